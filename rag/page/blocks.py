"""The page in gradio: one form, one answer, and the earlier questions of this window.

Gradio carries questions and answers; the HTML is ours. The server keeps nothing of a visitor:
the conversation lives in the window alone.
"""

import logging
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

# Gradio asks its makers for a newer version, and counts its users, unless told otherwise first.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

import gradio as gr
from fastapi import FastAPI

from rag.errors import KamerantwoordError
from rag.page.form import filters, form
from rag.page.frame import footer, header
from rag.page.guard import Guard
from rag.page.turns import failure, turn, welcome
from rag.retriever import LONGEST_QUESTION, Retriever

_HERE = Path(__file__).parent
_WAITING = 64
_AT_ONCE = 4
_LAST_TURN = 1_000_000
_EARLIER = '<section id="eerder" class="earlier" hidden><h2>Eerder gevraagd</h2><div></div></section>'
_ARRIVED = "watch('value', () => document.dispatchEvent(new Event('kamerantwoord:antwoord')))"
_FAILED = "() => { document.dispatchEvent(new Event('kamerantwoord:mislukt')); }"
_log = logging.getLogger(__name__)


def blocks(retriever: Retriever, examples: Sequence[str] = ()) -> gr.Blocks:
    """The page over one retriever, with questions to start from."""
    script = (_HERE / "page.js").read_text(encoding="utf-8")
    style = (_HERE / "page.css").read_text(encoding="utf-8")

    def ask(event: gr.EventData) -> str:
        """Answer what the form sent."""
        return answered(retriever, event._data)

    page = gr.Blocks(title="Kamerantwoord", analytics_enabled=False, fill_width=True)
    with page:
        _html(f"<style>{style}</style>{header(retriever.coverage)}", "kop")
        asking = _html(form(retriever.values, retriever.coverage), "vragen", script)
        answer = _html(welcome(examples), "antwoord", _ARRIVED)
        _html(_EARLIER, "eerder-blok")
        _html(footer(), "voet")
        asked = asking.submit(
            ask, outputs=answer, api_visibility="private", show_progress="hidden", concurrency_limit=_AT_ONCE
        )
        asked.failure(None, js=_FAILED)
    page.queue(max_size=_WAITING)
    return page


def web_app(page: gr.Blocks) -> FastAPI:
    """The page as a web application behind :class:`rag.page.guard.Guard`."""
    theme = gr.themes.Base(font=("system-ui", "sans-serif"), font_mono=("ui-monospace", "monospace"))
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    gr.mount_gradio_app(
        app,
        page,
        path="/",
        theme=theme,
        footer_links=[],
        run_history=False,
        enable_monitoring=False,
        show_error=False,
        ssr_mode=False,
        mcp_server=False,
        max_file_size="1kb",
    )
    app.add_middleware(Guard)
    return app


def answered(retriever: Retriever, data: Mapping[str, object]) -> str:
    """The HTML of the turn for what the form sent; never a stack trace."""
    question, number = _question(data), _number(data)
    try:
        return turn(retriever.search(question, filters=filters(data)), number)
    except KamerantwoordError as error:
        return failure(question[:LONGEST_QUESTION], str(error), number)
    except Exception as error:
        # The message of a foreign error may hold the question, which stays out of every log.
        _log.error("Zoeken mislukt: %s", type(error).__name__)
        return failure(question, "Er ging iets mis bij het zoeken. Probeer het opnieuw.", number)


def _html(value: str, name: str, script: str | None = None) -> gr.HTML:
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False)


def _question(data: Mapping[str, object]) -> str:
    question = data.get("question")
    return question if isinstance(question, str) else ""


def _number(data: Mapping[str, object]) -> int:
    number = data.get("turn")
    return number if type(number) is int and 0 < number < _LAST_TURN else 1
