"""Where a Chromium is, and how to get one: ``python -m tests.browser`` makes sure there is one."""

import logging
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Nothing but the page itself may cause a request.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
REMEDY = (
    "No Chromium found and none could be installed: install one by hand ('apt-get install chromium' or "
    "'python -m playwright install --with-deps chromium') and run the tests again."
)


def chromium() -> Path:
    """A Chromium to run: an installed one, else Debian's, else playwright's own.

    Raises:
        RuntimeError: there is none and none could be had.
    """
    for install in (_nothing, _debian, _playwright):
        install()
        if found := next(_candidates(), None):
            return found
    raise RuntimeError(REMEDY)


def _candidates() -> Iterator[Path]:
    yield from (Path(found) for name in NAMES if (found := shutil.which(name)))
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    yield from sorted(folder.glob("chromium-*/chrome-*/chrome"), reverse=True)


def _nothing() -> None:
    """The first try: what is installed already."""


def _debian() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _attempt(["apt-get", "update"], quiet)
        _attempt(["apt-get", "install", "--yes", "--no-install-recommends", "chromium"], quiet)


def _playwright() -> None:
    _attempt([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def _attempt(command: list[str], environment: dict[str, str]) -> None:
    # A failure here is no error yet: another way may work.
    subprocess.run(command, env=environment, check=False, stdout=sys.stderr)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    logging.getLogger(__name__).info("Chromium: %s", chromium())
