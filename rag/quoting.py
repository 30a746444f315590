"""Hit to quote: the exact slice, the marked sentence, the citation, what belongs to it. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.answers import Quote, Reference
from rag.citation import citation, is_fictional
from rag.corpus import Entry
from rag.documents import Document, Exchange, Footnote, Kind
from rag.paragraphs import Span
from rag.ranking import Ranked

WHOLE_ANSWER = 900
_LABELS = {
    Kind.DELAY: "Uitstelbericht",
    Kind.SUPPLEMENT: "Nader antwoord",
    Kind.CORRECTION: "Correctie",
    Kind.ANSWERED: "Antwoord op dezelfde vragen",
}


@dataclass(frozen=True, slots=True)
class Passage:
    """Which paragraph to show and which sentence in it decides, if any."""

    paragraph: Span
    mark: Span | None


def quote(rank: int, hit: Ranked, entry: Entry, passage: Passage, about: Iterable[Document]) -> Quote:
    """The quote of one hit; ``about`` holds the other papers about the same question."""
    document, exchange = entry.document, entry.exchange
    span = _shown(exchange.answer, passage.paragraph)
    return Quote(
        rank=rank,
        score=hit.score,
        parts=hit.parts,
        document=document.id,
        answer=document.exchange_id(exchange),
        start=span.start,
        end=span.end,
        text=span.of(exchange.answer),
        mark_start=passage.mark.start if passage.mark else None,
        mark_end=passage.mark.end if passage.mark else None,
        answer_text=exchange.answer,
        numbers=exchange.numbers,
        question=exchange.question,
        title=document.title,
        kind=document.kind,
        answered_by=document.answered_by,
        on_behalf_of=document.on_behalf_of,
        asked=document.asked,
        answered=document.answered,
        asked_by=document.asked_by,
        topics=document.topics,
        question_id=document.question_id,
        url=document.url,
        question_url=document.question_url,
        citation=citation(document),
        fictional=is_fictional(document.id),
        footnotes=tuple(_notes_within(exchange.footnotes, span)),
        references=(*_referred(document, exchange), *_linked(document, about)),
    )


def best_passage(
    paragraphs: Sequence[Span], sentences: Sequence[tuple[Span, float]], least: float
) -> Passage:
    """The paragraph of the best sentence; that sentence is the mark where it scores ``least`` or more.

    ``sentences`` holds each sentence with its likeness to the question; the first of equals wins.
    """
    if not sentences:
        return Passage(paragraphs[0], None)
    best, score = max(sentences, key=lambda pair: (pair[1], -pair[0].start))
    around = next((p for p in paragraphs if p.start <= best.start < p.end), paragraphs[0])
    return Passage(around, best if score >= least else None)


def _shown(answer: str, paragraph: Span) -> Span:
    whole = Span(len(answer) - len(answer.lstrip()), len(answer.rstrip()))
    return whole if len(whole) <= WHOLE_ANSWER else paragraph


def _notes_within(notes: Iterable[Footnote], span: Span) -> Iterable[Footnote]:
    return (note for note in notes if note.in_answer and span.start <= note.position <= span.end)


def _referred(document: Document, exchange: Exchange) -> list[Reference]:
    return [
        Reference(
            f"Antwoord op vraag {number} (waarnaar wordt verwezen)",
            other.answer,
            document.id,
            document.answered,
            document.url,
        )
        for number in exchange.refers_to
        for other in document.exchanges
        if number in other.numbers and other.answer and other is not exchange
    ]


def _linked(document: Document, about: Iterable[Document]) -> list[Reference]:
    return [
        Reference(_LABELS[other.kind], other.notice or other.title, other.id, other.published, other.url)
        for other in about
        if other.id != document.id and other.kind in _LABELS
    ]
