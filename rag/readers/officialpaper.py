"""An official paper in parts, with its metadata, to a Document: what it is, who, when, what about."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from rag.documents import Asker, Document, Kind, Minister
from rag.readers.metadata import Metadata
from rag.readers.pairing import Part, pair
from rag.readers.refused import RefusedError
from rag.readers.sentences import (
    AnswerSentence,
    QuestionSentence,
    parse_answer_sentence,
    parse_question_sentence,
    without_date,
)

_PAGE = "https://zoek.officielebekendmakingen.nl/{}.html"
_OFFICIAL = re.compile(r"(?:ah|kv)-", re.IGNORECASE)
# A D number names a document and never a question; every question since 2008 has a Z number.
_QUESTION_NUMBER = re.compile(r"\b\d{4}[A-CE-Z]\d{4,6}\b", re.IGNORECASE)
_CORRECTION = re.compile(r"-n\d$")
_POSTPONED = re.compile(
    r"gestelde termijn|gebruikelijke termijn|zo spoedig mogelijk|als ingetrokken (?:worden )?beschouwd",
    re.IGNORECASE,
)
_LONGEST_NOTICE = 1500  # characters; a longer text that mentions the term is an answer


@dataclass(frozen=True, slots=True)
class Paper:
    """What a reader found in one paper; ``name`` is its id, sentences are empty where absent."""

    name: str
    question_sentence: str
    answer_sentence: str
    questions: tuple[Part, ...]
    answers: tuple[Part, ...]
    remark: str | None = None
    explanation: str | None = None
    number: str | None = None
    page: str | None = None


class _People(NamedTuple):
    """The fields of a document that hold people and offices."""

    asked_by: tuple[Asker, ...]
    answered_by: tuple[Minister, ...]
    on_behalf_of: tuple[str, ...]


def paper_document(paper: Paper, metadata: Metadata) -> Document:
    """The document of a paper; metadata wins for dates and type, the sentences for people.

    A delay has its date in ``published`` and its answers, if any, in ``notice``. Raises
    DocumentError where the paper has no usable id.
    """
    question = parse_question_sentence(paper.question_sentence)
    answer = parse_answer_sentence(paper.answer_sentence)
    kind = _kind(paper, metadata, answer)
    asked, received = _days(question, answer, metadata)
    number = _question_number(paper, metadata)
    return Document(
        id=_name(paper),
        kind=kind,
        title=without_date(paper.question_sentence) or metadata.first("DC.title") or "",
        exchanges=pair(paper.questions, paper.answers if kind.quotable else ()),
        asked=asked,
        answered=received if kind.quotable else None,
        **_people(question, answer, metadata)._asdict(),
        topics=metadata.all("OVERHEID.category"),
        question_id=number,
        url=paper.page or _page(paper.name),
        question_url=_page(f"kv-tk-{number}") if number and "Z" in number else None,
        notice=_notice(paper, kind),
        published=None if kind.quotable else received,
        related=_related(paper, metadata, answer),
        extra=_extra(paper, metadata, question),
    )


def _name(paper: Paper) -> str:
    if not paper.name.strip():
        remedy = "geef het bestand de naam van het stuk, zoals ah-tk-20302031-12"
        raise RefusedError("het stuk noemt geen id", remedy)
    return paper.name


def _page(name: str) -> str | None:
    """The official page of an id; ``None`` for a name that is no official id."""
    return _PAGE.format(name) if _OFFICIAL.match(name) else None


def _days(
    question: QuestionSentence | None, answer: AnswerSentence | None, metadata: Metadata
) -> tuple[date | None, date | None]:
    """When it was asked and when the answer or notice was received; never when it was published."""
    asked = metadata.day("OVERHEIDop.datumIndiening") or (question.asked if question else None)
    received = metadata.day("OVERHEIDop.datumOntvangst") or (answer.answered if answer else None)
    return asked, received


def _kind(paper: Paper, metadata: Metadata, answer: AnswerSentence | None) -> Kind:
    """From the metadata's type, else the answer sentence, else what the text looks like."""
    kind = metadata.kind or (answer.kind if answer and paper.answer_sentence else None) or _guess(paper)
    if kind is Kind.ANSWERED and _CORRECTION.search(paper.name):
        return Kind.CORRECTION
    if kind is Kind.UNANSWERED and paper.answers:
        return _guess(paper)
    return kind


def _guess(paper: Paper) -> Kind:
    texts = [part.text for part in paper.answers] or [paper.remark or ""]
    whole = " ".join(texts)
    postponed = len(whole) <= _LONGEST_NOTICE and bool(_POSTPONED.search(whole))
    if postponed and (not paper.answers or len(paper.answers) < max(2, len(paper.questions))):
        return Kind.DELAY
    return Kind.ANSWERED if paper.answers else Kind.UNANSWERED


def _notice(paper: Paper, kind: Kind) -> str | None:
    """The remark; of a delay also whatever was printed as an answer."""
    texts = [] if kind.quotable else [part.text for part in paper.answers]
    return "\n".join(filter(None, [paper.remark, *texts])) or None


def _people(question: QuestionSentence | None, answer: AnswerSentence | None, metadata: Metadata) -> _People:
    """People with party and office from the sentences; bare names from the metadata otherwise."""
    askers = question.askers if question else ()
    ministers = answer.ministers if answer else ()
    if not askers:
        askers = tuple(Asker(name) for name in metadata.names("OVERHEIDop.indiener"))
    if not ministers and metadata.kind is not Kind.UNANSWERED:
        ministers = tuple(Minister(name) for name in metadata.names("OVERHEIDop.ontvanger"))
    return _People(askers, ministers, answer.on_behalf_of if answer else ())


def _question_number(paper: Paper, metadata: Metadata) -> str | None:
    """The first question number among vraagnummer, the paper's own number and its id."""
    for text in (*metadata.question_numbers, paper.number or "", paper.name):
        match = _QUESTION_NUMBER.search(text)
        if match:
            return match[0].upper()
    return None


def _related(paper: Paper, metadata: Metadata, answer: AnswerSentence | None) -> tuple[str, ...]:
    """The answers a question paper links to, and the papers named by "Zie ook Aanhangsel"."""
    cited = answer.related if answer else ()
    ids = dict.fromkeys((*metadata.all("OVERHEIDop.aanhangsel"), *cited))
    return tuple(name for name in ids if name != paper.name)


def _extra(paper: Paper, metadata: Metadata, question: QuestionSentence | None) -> dict[str, object]:
    """What has no field of its own, by English names; absent where there is nothing to say."""
    addressees: Sequence[str] = question.addressees if question else ()
    if not addressees and metadata.kind is Kind.UNANSWERED:
        addressees = metadata.names("OVERHEIDop.ontvanger")
    other = [number for number in metadata.question_numbers if not _QUESTION_NUMBER.search(number)]
    found: dict[str, object] = {
        "addressees": list(addressees),
        "explanation": paper.explanation,
        "official_title": metadata.first("DC.title"),
        "other_numbers": other,
        "session": metadata.first("OVERHEIDop.vergaderjaar"),
    }
    return {name: value for name, value in found.items() if value}
