"""Paragraphs and sentences: slices that cover the text, whatever the text."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.paragraphs import LIMIT, TARGET, Span, covers, paragraphs, sentences

# Half characters, controls, odd spaces, marks that sentence splitters stumble over.
_MARKS = ("\u00a0", "\u2003.", "\u2028", "\ud800", "\x00", "\x1c", "\x85", "A", ".é", "\u0301", "😀")
_WORDS = ("De brug is open. ", "Nee! ", "1. ", "- punt\n", "a) ", "drs. ", "“Ja.” ", "x" * 300, "woord " * 60)
_PIECES = st.sampled_from(("\n", "\n\n", "\r\n", *_MARKS, *_WORDS))
TEXTS = st.text() | st.lists(_PIECES, max_size=60).map("".join)
_SENTENCE = "De brug bij Nergenshuizen gaat in de zomer van dit jaar weer open voor al het verkeer. "


def _bare(text: str) -> str:
    return "".join(text.split())


@given(TEXTS)
@example("A\u00a0.x")
@example("\ud83d. \ude00 abc.")
@settings(max_examples=300, deadline=None)
def test_paragraphs_are_trimmed_slices_that_cover_the_text_in_order(text: str) -> None:
    spans = paragraphs(text)
    at = 0
    for span in spans:
        assert at <= span.start < span.end <= len(text)
        assert span.of(text) == text[span.start : span.end] == span.of(text).strip()
        at = span.end
    assert "".join(_bare(span.of(text)) for span in spans) == _bare(text)
    assert covers(text, spans)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_sentences_are_trimmed_slices_that_cover_their_paragraph(text: str) -> None:
    for span in paragraphs(text):
        found = sentences(text, span)
        assert [s.of(text) for s in found] == [s.of(text).strip() for s in found]
        assert all(a.end <= b.start for a, b in pairwise(found))
        assert found[0].start == span.start
        assert found[-1].end == span.end
        assert "".join(_bare(s.of(text)) for s in found) == _bare(span.of(text))


@pytest.mark.parametrize(
    "piece", ["x", "a ", "a. ", "\n", "a\n", "1. ", "(", '"', "é\u00a0.", "\ud800", "A.b", "a:\n- b\n"]
)
def test_a_hundred_thousand_characters_are_covered(piece: str) -> None:
    text = (piece * 100_000)[:100_000]
    spans = paragraphs(text)
    assert covers(text, spans)
    assert sum(len(_bare(s.of(text))) for span in spans[:3] for s in sentences(text, span)) == sum(
        len(_bare(span.of(text))) for span in spans[:3]
    )


@given(st.integers(1, 60), st.sampled_from([" ", "\n", "\n\n"]))
def test_ordinary_text_is_cut_between_sentences_and_kept_below_the_limit(count: int, glue: str) -> None:
    text = glue.join([_SENTENCE.strip()] * count)
    spans = paragraphs(text)
    assert all(len(span) <= LIMIT for span in spans)
    assert all(span.of(text).startswith("De brug") and span.of(text).endswith("verkeer.") for span in spans)
    assert all(len(span) >= TARGET for span in spans[:-1])


def test_a_long_block_is_cut_in_even_parts() -> None:
    text = (_SENTENCE * 24).strip()
    assert len(text) > 2 * LIMIT
    sizes = [len(span) for span in paragraphs(text)]
    assert len(sizes) == 3
    assert max(sizes) - min(sizes) <= 2 * len(_SENTENCE)


def test_one_sentence_beyond_the_limit_stays_whole() -> None:
    text = "woord " * 400 + "einde."
    assert [span.of(text) for span in paragraphs(text)] == [text]


def test_a_list_stays_with_the_line_that_opens_it() -> None:
    opening = (_SENTENCE * 3).strip() + " Het gaat om drie dingen:"
    text = f"{opening}\n- de brug;\n- het veer;\n- de weg.\n{(_SENTENCE * 4).strip()}"
    assert len(opening) > TARGET
    first, second = paragraphs(text)
    assert first.of(text).endswith("- de weg.")
    assert second.of(text).startswith("De brug")


def test_a_line_of_wrapped_text_is_no_paragraph() -> None:
    lines = ["De brug bij Nergenshuizen gaat pas na", "de zomer open, omdat het onderhoud", "veel langer"]
    text = "\n".join([*lines, "duurt.", "Het veer vaart."])
    assert [s.of(text) for s in sentences(text, Span(0, len(text)))] == [
        "\n".join([*lines, "duurt."]),
        "Het veer vaart.",
    ]


def test_blank_lines_and_items_end_a_paragraph_of_wrapped_text() -> None:
    wrapped = "\n".join(["De brug bij Nergenshuizen gaat pas na de zomer open en"] * 5)
    text = f"{wrapped}\n\n{wrapped}\n- {wrapped}"
    assert [span.of(text)[:2] for span in paragraphs(text)] == ["De", "De"]
    found = [s.of(text) for s in sentences(text, Span(0, len(text)))]
    assert found == [wrapped, wrapped, f"- {wrapped}"]


def test_a_bare_list_number_belongs_to_its_sentence() -> None:
    text = "1. De brug is open. 2. Het veer vaart."
    assert [s.of(text) for s in sentences(text, Span(0, len(text)))] == [
        "1. De brug is open.",
        "2. Het veer vaart.",
    ]


@pytest.mark.parametrize("text", ["", " ", "\n\u00a0\u2028\t\x1c"])
def test_white_space_holds_no_paragraph(text: str) -> None:
    assert paragraphs(text) == []
    assert sentences(text, Span(0, len(text))) == []


@pytest.mark.parametrize(
    "spans",
    [
        [],
        [Span(0, 2)],
        [Span(0, 3), Span(2, 5)],
        [Span(3, 5), Span(0, 2)],
        [Span(0, 5), Span(5, 9)],
        [Span(0, 3), Span(3, 5)],
        [Span(0, 2), Span(2, 2), Span(3, 5)],
        [Span(0, 2), Span(3, 6)],
    ],
)
def test_covers_refuses_spans_that_leave_out_overlap_or_overrun(spans: list[Span]) -> None:
    assert covers("ab cd", [Span(0, 2), Span(3, 5)])
    assert not covers("ab cd", spans)
