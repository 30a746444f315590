"""The page served as people get it: ``python app.py`` in a process of its own."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser import ARGUMENTS, chromium

ROOT = Path(__file__).parent.parent.parent
PATIENCE = 60.0


@contextmanager
def serving(index: Path) -> Iterator[str]:
    """The address of a page over ``index``; the server ends with the block."""
    port = free_port()
    command = [sys.executable, str(ROOT / "app.py"), "--index", str(index), "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    try:
        _await(server, port)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.communicate(timeout=20)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def _await(server: subprocess.Popen[str], port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise RuntimeError(f"app.py ended with {server.returncode}: {server.communicate()[1]}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"app.py did not listen on port {port} within {PATIENCE:.0f} s")


@pytest.fixture(scope="session")
def address(sample_index: Path) -> Iterator[str]:
    """The address of the page over the sample."""
    with serving(sample_index) as url:
        yield url


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """A Chromium to run."""
    return chromium()


# Not for the whole session: playwright keeps an event loop running, in which no other may start.
@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """One Chromium for the tests of a file; each test opens a fresh window in it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path, args=list(ARGUMENTS))
        yield browser
        browser.close()
