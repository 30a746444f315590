"""Quotes made by hand for tests of the page."""

from dataclasses import replace
from datetime import date

from rag.answers import Answer, Coverage, Filters, Quote
from rag.documents import Asker, Footnote, Kind, Minister

ANSWER = (
    "Ja. De veerpont van Lutterdam vaart sinds 1 maart weer elk half uur.\n"
    "In de winter geldt een kortere dienst.\n"
    "De kosten bedragen 2 miljoen euro."
)
MARK = "De veerpont van Lutterdam vaart sinds 1 maart weer elk half uur."
COVERAGE = Coverage(
    documents=58, answers=345, first=date(2039, 3, 29), last=date(2042, 6, 12), fictional=True
)

QUOTE = Quote(
    rank=1,
    score=0.9,
    document="fictie-20402041-900",
    answer="fictie-20402041-900#2",
    start=0,
    end=107,
    text=ANSWER[:107],
    mark_start=ANSWER.index(MARK),
    mark_end=ANSWER.index(MARK) + len(MARK),
    answer_text=ANSWER,
    numbers=("2", "3"),
    question="Vaart de pont weer?\nEn hoe vaak?",
    title="Vragen over de veerpont van Lutterdam",
    kind=Kind.ANSWERED,
    answered_by=(Minister(None, "Minister van Water en Visserij"),),
    on_behalf_of=(),
    asked=date(2040, 10, 2),
    answered=date(2040, 11, 7),
    asked_by=(Asker("Voorbeeld", "XYZ"), Asker("Bedacht")),
    topics=("veren", "water"),
    question_id="2040F00900",
    url="https://voorbeeld.invalid/fictie-20402041-900",
    question_url="https://voorbeeld.invalid/2040F00900",
    citation="Fictief voorbeeld 2040/41, nr. 900",
    fictional=True,
)


def with_answer(text: str, *, mark: tuple[int, int] | None = None, notes: tuple[Footnote, ...] = ()) -> Quote:
    """``QUOTE`` with another answer, shown whole."""
    start, end = mark or (None, None)
    return replace(
        QUOTE,
        answer_text=text,
        text=text,
        start=0,
        end=len(text),
        mark_start=start,
        mark_end=end,
        footnotes=notes,
    )


def found(*quotes: Quote, filters: Filters | None = None) -> Answer:
    """An answer with these quotes; with none, nothing found."""
    advice = () if quotes else ("Stel de vraag in andere woorden.",)
    return Answer("Vaart de pont?", bool(quotes), quotes, filters or Filters(), COVERAGE, advice)
