"""The words of the house: Document, Exchange, Paragraph, and what they are made of.

Pure values, no input or output. Texts are stored to the letter; every offset counts
characters of the exchange's ``answer`` from 0, end exclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Kind(StrEnum):
    """What a published paper is; only the first, fourth and fifth hold answers."""

    ANSWERED = "answered"
    UNANSWERED = "unanswered"
    DELAY = "delay"
    SUPPLEMENT = "supplement"
    CORRECTION = "correction"

    @property
    def quotable(self) -> bool:
        """Whether texts of this kind may be quoted as an answer."""
        return self in (Kind.ANSWERED, Kind.SUPPLEMENT, Kind.CORRECTION)


@dataclass(frozen=True, slots=True)
class Asker:
    """A member who asked, with the party at that date; ``None`` where the source is silent."""

    name: str
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Minister:
    """Who answered, in the office held at that date; ``None`` where the source is silent."""

    name: str | None
    office: str | None = None
    party: str | None = None


@dataclass(frozen=True, slots=True)
class Footnote:
    """A note that was lifted out of the running text.

    ``mark`` is the printed mark ("1"); ``text`` the note, ``None`` where the source lost it;
    ``position`` the offset in the cleaned question or answer at which the mark stood
    (the length of the text before it).
    """

    mark: str
    text: str | None
    position: int
    in_answer: bool = True


@dataclass(frozen=True, slots=True)
class Exchange:
    """One or more question numbers, the question text and the answer text.

    A joint answer has all its numbers, the first of them first ("2", "3"), and the texts of
    all its questions in ``question``, separated by a newline. ``answer`` is empty where there
    is none. ``refers_to`` holds the numbers named by "zie het antwoord op vraag N" where that
    is the whole answer.
    """

    numbers: tuple[str, ...]
    question: str
    answer: str
    footnotes: tuple[Footnote, ...] = ()
    refers_to: tuple[str, ...] = ()

    @property
    def number(self) -> str:
        """The first number, which names the exchange."""
        return self.numbers[0]


@dataclass(frozen=True, slots=True)
class Document:
    """One published paper with its provenance; ``None`` means that the source does not say.

    ``notice`` is the text of a delay notice or remark, never quoted as an answer.
    ``published`` is the date of a paper that is no answer. ``related`` holds ids of papers
    about the same question. ``extra`` keeps unknown fields.
    """

    id: str
    kind: Kind
    title: str
    exchanges: tuple[Exchange, ...] = ()
    asked: date | None = None
    answered: date | None = None
    asked_by: tuple[Asker, ...] = ()
    answered_by: tuple[Minister, ...] = ()
    on_behalf_of: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    question_id: str | None = None
    url: str | None = None
    question_url: str | None = None
    notice: str | None = None
    published: date | None = None
    related: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    def exchange_id(self, exchange: Exchange) -> str:
        """``<document id>#<number>``, the name by which an answer is judged and linked."""
        return f"{self.id}#{exchange.number}"

    def unit_text(self, exchange: Exchange) -> str:
        """What is searched for one exchange: title, question and answer."""
        return f"{self.title}\n{exchange.question}\n{exchange.answer}"
