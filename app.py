"""The page of Kamerantwoord: ``python app.py [--index DIR] [--port N] [--host ADDRESS]``."""

import argparse
import logging
import socket
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from embeddings.errors import EncoderError
from rag import KamerantwoordError, Retriever
from rag.page.examples import examples
from rag.settings import DEFAULT_INDEX

if TYPE_CHECKING:
    import gradio

SAMPLE_QUESTIONS = Path(__file__).parent / "data" / "judged" / "sample.jsonl"
_log = logging.getLogger("kamerantwoord")


def make_page(retriever: Retriever) -> "gradio.Blocks":
    """The gradio page over one retriever."""
    # Importing gradio takes seconds; help and mistakes on the command line do not wait for it.
    from rag.page.blocks import blocks

    return blocks(retriever, examples(retriever, SAMPLE_QUESTIONS))


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page until it is stopped; 0 done, 1 failed, 2 wrong usage."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s", stream=sys.stderr)
    _log.setLevel(logging.INFO)
    options = _parser().parse_args(arguments)
    _log.info("De pagina start ...")
    try:
        retriever = Retriever.open(options.index)
        listening = _listen(options.host, options.port)
    except (KamerantwoordError, EncoderError, OSError) as error:
        _log.error("%s", error)
        return 1
    _serve(make_page(retriever), listening)
    return 0


class _DutchHelp(argparse.HelpFormatter):
    """Help whose first word is Dutch."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: "Iterable[argparse._MutuallyExclusiveGroup]",
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, prefix or "Gebruik: ")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="app.py",
        description="Start de pagina van Kamerantwoord.",
        formatter_class=_DutchHelp,
        add_help=False,
    )
    options = parser.add_argument_group("opties")
    options.add_argument(
        "--index",
        type=Path,
        default=DEFAULT_INDEX,
        metavar="MAP",
        help="map van de index (standaard %(default)s)",
    )
    options.add_argument(
        "--port", type=int, default=7860, metavar="N", help="de poort (standaard %(default)s)"
    )
    options.add_argument(
        "--host", default="127.0.0.1", metavar="ADRES", help="het adres (standaard %(default)s)"
    )
    options.add_argument("-h", "--help", action="help", help="toon deze hulp")
    return parser


def _listen(host: str, port: int) -> socket.socket:
    """A socket bound to the address; bound here so that a port in use gives a Dutch message."""
    try:
        return socket.create_server((host, port), backlog=128)
    except (OSError, OverflowError) as error:
        message = f"{host}:{port} is niet beschikbaar ({error}): kies een andere --port of --host."
        raise OSError(message) from error


def _serve(page: "gradio.Blocks", listening: socket.socket) -> None:
    import uvicorn

    from rag.page.blocks import web_app

    host, port = listening.getsockname()[:2]
    # The access log would hold what visitors do; this page keeps none.
    config = uvicorn.Config(web_app(page), access_log=False, log_level="warning", timeout_graceful_shutdown=3)
    _log.info("De pagina staat op http://%s:%d (stoppen met Ctrl+C)", host, port)
    uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    sys.exit(main())
