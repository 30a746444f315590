"""Text of the corpus stays text, to the letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.documents import Footnote
from rag.page.text import Layers, link, plain, prose, shown
from rag.paragraphs import Span
from tests.page.html import parsed

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "<style>*{display:none}</style>",
    "</blockquote></article><h1>groot</h1>",
    "[klik](javascript:alert(1)) **vet**",
    "{{#each value}}{{this}}{{/each}} ${alert(1)} `x`",
    "<!-- weg",
    "&lt;b&gt; &amp;amp; &#60;i&#62;",
    '" onclick="alert(1)" x="',
]
TEXTS = st.text(st.characters(), max_size=200)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_one_paragraph_of_text(text: str) -> None:
    paragraph = parsed(prose(text)).one("p")
    assert paragraph.all() == []
    assert paragraph.text == text


@given(TEXTS)
def test_no_text_makes_an_element_or_an_attribute(text: str) -> None:
    elements = parsed(prose(text)).all()
    assert {element.tag for element in elements} <= {"p", "span"}
    assert {name for element in elements for name in element.attributes} <= {"dir", "class", "data-code"}
    held = parsed(f'<button data-copy="{plain(text)}"></button>').one("button")
    assert set(held.attributes) == {"data-copy"}
    assert held.inside == []


@given(TEXTS)
def test_html_can_always_be_sent(text: str) -> None:
    html = shown(text) + plain(text)
    assert html.encode("utf-8").decode("utf-8") == html


@given(st.text("ab \n.", max_size=80), st.data())
def test_mark_and_slice_cover_their_characters_and_no_others(text: str, data: st.DataObject) -> None:
    start, end = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=2, max_size=2)))
    root = parsed(prose(text, layers=Layers(mark=Span(start, end))))
    # White space between paragraphs is not drawn; every other character is, in order.
    assert all(p.text in text for p in root.all("p"))
    assert "".join("".join(p.text for p in root.all("p")).split()) == "".join(text.split())
    # A mark over the end of a paragraph is drawn in two parts.
    marked = "".join(mark.text for mark in root.all("mark"))
    assert "".join(marked.split()) == "".join(text[start:end].split())


def test_a_newline_in_hard_wrapped_text_is_a_space() -> None:
    wrapped = "\n".join(
        ["Deze regel is afgebroken waar het blad ophield en loopt", "door op de volgende regel"] * 4
    )
    (paragraph,) = parsed(prose(wrapped + ".")).all("p")
    assert paragraph.text == wrapped + "."


def test_slice_is_cut_where_it_says() -> None:
    root = parsed(prose("een twee drie vier", Span(4, 13), Layers(mark=Span(9, 13))))
    assert root.text == "twee drie"
    assert root.one("mark").text == "drie"


def test_shown_part_is_drawn_apart_in_the_whole_text() -> None:
    root = parsed(prose("een twee drie", layers=Layers(mark=Span(4, 8), shown=Span(4, 13))))
    assert [part.text for part in root.all("span", class_="slice")] == ["twee", " drie"]
    assert root.one("mark").text == "twee"
    assert root.text == "een twee drie"


def test_note_hangs_at_its_place_and_adds_no_characters() -> None:
    note = Footnote("1", "Bode van Nergens", position=3)
    root = parsed(prose("een twee", layers=Layers(notes=(note,), prefix="a")))
    before, anchor, after = root.one("p").inside
    assert (before, after) == ("een", " twee")
    assert root.one("a").attributes["href"] == "#a-noot-1"
    assert anchor is root.one("a")
    assert anchor.text == ""


@pytest.mark.parametrize("sign", ["\u202e", "\u2066", "\u200b", "\ufeff", "\x07", "\ud800", "\U000e0041"])
def test_invisible_characters_are_made_visible(sign: str) -> None:
    root = parsed(prose(f"een{sign}twee"))
    assert root.one("span", class_="hidden-sign").attributes["data-code"] == f"U+{ord(sign):04X}"
    assert root.text == "eentwee"
    assert sign not in plain(f"een{sign}twee")


def test_soft_hyphen_is_ordinary() -> None:
    assert parsed(prose("koop\u00adkracht")).text == "koop\u00adkracht"


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "data:text/html,x", "//elders.invalid", " https://x"]
)
def test_only_web_addresses_become_links(url: str | None) -> None:
    assert link(url, "Antwoord") == ""


def test_link_opens_apart_and_tells_nobody() -> None:
    anchor = parsed(link('https://voorbeeld.invalid/?a="><b>', "Antwoord")).one("a")
    assert anchor.attributes == {
        "href": 'https://voorbeeld.invalid/?a="><b>',
        "target": "_blank",
        "rel": "noopener noreferrer",
    }
    assert anchor.text == "Antwoord (opent in een nieuw venster)"
