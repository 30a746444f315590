"""Colours of the style sheet can be read: WCAG 2.1 contrast, light and dark."""

import re
from pathlib import Path

import pytest

import rag.page

CSS = (Path(rag.page.__file__).parent / "page.css").read_text(encoding="utf-8")
TEXT, PART = 4.5, 3.0
PAIRS = [
    ("ink", "paper", TEXT),
    ("soft", "paper", TEXT),
    ("accent", "paper", TEXT),
    ("warn", "paper", TEXT),
    ("ink", "field", TEXT),
    ("soft", "field", TEXT),
    ("on-accent", "accent", TEXT),
    ("on-mark", "mark", TEXT),
    ("ink", "note", TEXT),
    ("edge", "paper", PART),
    ("edge", "field", PART),
]


def palette(selector: str) -> dict[str, str]:
    block = CSS[CSS.index(f"{selector} {{") :].split("}", 1)[0]
    return dict(re.findall(r"--ka-([a-z-]+): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    """Relative luminance, 0 black to 1 white, as WCAG 2.1 defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("selector", [":root", "body.dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_contrast(selector: str, front: str, back: str, least: float) -> None:
    colours = palette(selector)
    lighter, darker = sorted((luminance(colours[front]), luminance(colours[back])), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= least


def test_contrast_of_black_on_white() -> None:
    assert (luminance("#ffffff") + 0.05) / (luminance("#000000") + 0.05) == pytest.approx(21)


def test_nothing_is_fetched_from_elsewhere() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
