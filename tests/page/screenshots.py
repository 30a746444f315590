"""Pictures of the page: ``python -m tests.page.screenshots`` writes ``docs/screenshots/*.png``."""

import logging
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from embeddings.encoder import load_encoder
from rag.index.build import build
from rag.progress import Progress
from rag.readers import read_sources
from tests.browser import ARGUMENTS, chromium
from tests.page.conftest import ROOT, serving

FOLDER = ROOT / "docs" / "screenshots"


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: a window of ``width`` by ``height`` pixels after the first example was asked."""

    name: str
    width: int
    height: int
    scheme: Literal["light", "dark"]


SHOTS = (Shot("pagina", 1280, 900, "light"), Shot("pagina-telefoon-donker", 390, 844, "dark"))


def main() -> None:
    """Serve an index of the sample and take every picture."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        index = Path(folder) / "index"
        build(read_sources([ROOT / "data" / "sample"]), index, load_encoder(), progress=Progress())
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        with serving(index) as address:
            for shot in SHOTS:
                _take(browser, address, shot)
        browser.close()


def _take(browser: Browser, address: str, shot: Shot) -> None:
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme=shot.scheme,
        reduced_motion="reduce",
        locale="nl-NL",
    )
    page.goto(address)
    page.locator(".example").first.click()
    page.locator("#antwoord .card").first.wait_for()
    page.wait_for_timeout(300)
    file = FOLDER / f"{shot.name}.png"
    page.screenshot(path=file)
    page.close()
    logging.getLogger(__name__).info("%s (%d kB)", file.relative_to(ROOT), file.stat().st_size // 1000)


if __name__ == "__main__":
    main()
