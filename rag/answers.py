"""What is asked and what comes back: Filters, Quote, Answer. Pure values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date

from rag.documents import Asker, Footnote, Kind, Minister

FILTER_LABELS = {
    "since": "Beantwoord vanaf",
    "until": "Beantwoord tot en met",
    "minister": "Bewindspersoon",
    "ministry": "Ministerie",
    "asker": "Vraagsteller",
    "party": "Partij van de vraagsteller",
    "topic": "Onderwerp",
    "kind": "Soort document",
    "document": "Document",
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What an answer must meet before it is ranked; ``None`` means not asked.

    ``since`` and ``until`` are inclusive and look at the answer's date; an answer without a
    date meets neither. Names match case- and accent-insensitively by name or surname. All
    given filters hold together.
    """

    since: date | None = None
    until: date | None = None
    minister: str | None = None
    ministry: str | None = None
    asker: str | None = None
    party: str | None = None
    topic: str | None = None
    kind: str | None = None
    document: str | None = None

    def given(self) -> dict[str, str]:
        """The filters that were asked for, by name, dates in ISO form."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: str(value) for name, value in values.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Reference:
    """Another text that belongs to a quote, labelled: the answer referred to, a delay notice..."""

    label: str
    text: str
    document: str
    published: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """One exact slice of one ministerial answer, with everything needed to cite it.

    ``text == answer_text[start:end]``; ``mark_start``/``mark_end`` (same text, same origin)
    delimit the deciding sentence, both ``None`` where there is none. ``score`` lies in 0..1,
    higher is better, and is the estimated chance that this answers the question.
    Fields that the source does not give are ``None`` or empty and are shown as "onbekend".
    """

    rank: int
    score: float
    document: str
    answer: str
    start: int
    end: int
    text: str
    mark_start: int | None
    mark_end: int | None
    answer_text: str
    numbers: tuple[str, ...]
    question: str
    title: str
    kind: Kind
    answered_by: tuple[Minister, ...]
    on_behalf_of: tuple[str, ...]
    asked: date | None
    answered: date | None
    asked_by: tuple[Asker, ...]
    topics: tuple[str, ...]
    question_id: str | None
    url: str | None
    question_url: str | None
    citation: str
    fictional: bool
    footnotes: tuple[Footnote, ...] = ()
    references: tuple[Reference, ...] = ()
    parts: Mapping[str, float] = field(default_factory=dict)

    @property
    def days(self) -> int | None:
        """Days from question to answer, ``None`` where a date is unknown."""
        if self.asked is None or self.answered is None:
            return None
        return (self.answered - self.asked).days

    @property
    def mark(self) -> str | None:
        """The deciding sentence itself."""
        if self.mark_start is None or self.mark_end is None:
            return None
        return self.answer_text[self.mark_start : self.mark_end]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the index holds: counts, and the period of its dated answers."""

    documents: int
    answers: int
    first: date | None
    last: date | None
    fictional: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What one search gives back: quotes, best first, or an honest "nothing found".

    ``query`` is what was asked; ``question_used`` what was searched, which in a conversation has
    the subject of the questions before it.
    """

    query: str
    found: bool
    quotes: tuple[Quote, ...]
    filters: Filters
    coverage: Coverage
    advice: tuple[str, ...] = ()
    question_used: str = ""

    @property
    def filters_used(self) -> Filters:
        """The filters that were in force."""
        return self.filters
