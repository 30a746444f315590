"""The text of one openkamer.org page: a written question, its answer, and notices of delay.

What the page lost stays unknown: the number after "Vraag" is a running counter, topics have no
boundaries left (one line is kept as one topic), and of the answer's footnotes only marks remain.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from rag.documents import Asker, Document, Exchange, Kind, Minister
from rag.readers.dates import find_date
from rag.readers.footnotes import find_marks, lift_marks
from rag.readers.numbers import distinct, find_reference
from rag.readers.openkamerpage import Block, Page, split_page
from rag.readers.people import tidy
from rag.readers.refused import RefusedError
from rag.readers.source import Source

_NUMBER = re.compile(r"\d{4}[A-Z]\d{4,6}")
_OUTSIDE = re.compile(r",\s+(?![^(]*\))")
_PERSON = re.compile(r"^(?P<name>[^()]*?)\s*(?P<rest>(?:\([^()]*\)\s*)*)$")
_PARENTHESIS = re.compile(r"\(\s*([^()]*?)\s*\)")
_OFFICE = re.compile(r"minister|staatssecretaris|president", re.IGNORECASE)


def read_openkamer(source: Source) -> Iterator[Document]:
    """The answered or unanswered document of a page, then one delay document per Mededeling.

    Refused where the text is no UTF-8, has no number to be known by, or holds no questions.
    """
    yield from documents(_decoded(source.content()), file_name=source.path.name)


def documents(text: str, *, file_name: str = "") -> list[Document]:
    """The documents on a page given as text; DocumentError where it is none.

    A page that lost its heading and its end matter is known by the number in its file name.
    """
    page = split_page(text)
    if page.has_answer_headings and not (page.labels or page.number):
        what = "de tekst van een officieel stuk, met koppen als «Antwoord 1»; die vorm wordt niet gelezen"
        raise RefusedError(what, "haal de XML van hetzelfde stuk op")
    number = _question_number(page, file_name)
    name = _last_part(page.value("Bron antwoord")) or page.ending.get("Kamerantwoord") or number
    if not name:
        raise RefusedError(
            "de pagina noemt geen nummer van vraag of antwoord", "bewaar de pagina met haar kop"
        )
    questions = [block for block in page.blocks if block.number is not None]
    if not questions:
        raise RefusedError(
            "de pagina bevat geen vragen", "bewaar de pagina zelf, niet een tabel of lijst eruit"
        )
    main = _main(page, name, number)
    delays = _delays(page, main)
    return [replace(main, related=tuple(delay.id for delay in delays)), *delays]


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = f"de tekst is geen geldige UTF-8 (bij byte {error.start})"
        raise RefusedError(what, "sla het bestand op als UTF-8") from error


def _question_number(page: Page, file_name: str) -> str | None:
    for text in (page.number, page.value("Bron vraag"), page.ending.get("Kamervraag"), file_name):
        match = _NUMBER.search(text or "")
        if match:
            return match[0]
    return None


def _main(page: Page, name: str, number: str | None) -> Document:
    exchanges = _exchanges(page)
    answered = any(exchange.answer for exchange in exchanges)
    return Document(
        id=name,
        kind=Kind.ANSWERED if answered or page.says_answered else Kind.UNANSWERED,
        title=page.title,
        exchanges=exchanges,
        asked=find_date(page.value("Ingediend") or ""),
        answered=find_date(page.value("Beantwoord") or ""),
        asked_by=_askers(page),
        answered_by=_ministers(page),
        topics=_topics(page),
        question_id=number,
        url=page.value("Bron antwoord") or page.value("Bron vraag"),
        question_url=page.value("Bron vraag"),
    )


def _topics(page: Page) -> tuple[str, ...]:
    line = page.value("Onderwerpen")
    return (line,) if line else ()


def _exchanges(page: Page) -> tuple[Exchange, ...]:
    """The exchanges without marks; questions and answers each have a running sequence of their own."""
    blocks = [block for block in page.blocks if block.number is not None]
    texts = [_question_and_answer(block, page) for block in blocks]
    asked = find_marks([question for question, _ in texts], page.notes or None)
    answered = find_marks([answer for _, answer in texts])
    exchanges = []
    for block, raw, marks, more in zip(blocks, texts, asked, answered, strict=True):
        question, notes = lift_marks(raw[0], marks, notes=page.notes, in_answer=False)
        answer, others = lift_marks(raw[1], more)
        numbers = (block.number or "",)
        exchanges.append(Exchange(numbers, question, answer, (*notes, *others), find_reference(answer)))
    return distinct(exchanges)


def _question_and_answer(block: Block, page: Page) -> tuple[str, str]:
    """A question is one paragraph, so the first line; on an unanswered page everything is question."""
    first, *rest = block.lines or ("",)
    if page.says_answered is False:
        return "\n".join([first, *rest]), ""
    return first, "\n".join(rest)


def _delays(page: Page, main: Document) -> list[Document]:
    taken: set[str] = set()
    delays = []
    for block in page.blocks:
        if block.number is None:
            day = find_date(block.heading)
            delays.append(_delay(main, block, day, taken))
            taken.add(delays[-1].id)
    return delays


def _delay(main: Document, block: Block, day: date | None, taken: set[str]) -> Document:
    name = f"{main.question_id or main.id}-mededeling" + (f"-{day:%Y%m%d}" if day else "")
    count = sum(other == name or other.startswith(f"{name}-") for other in taken)
    return Document(
        id=f"{name}-{count + 1}" if count else name,
        kind=Kind.DELAY,
        title=main.title,
        asked=main.asked,
        asked_by=main.asked_by,
        topics=main.topics,
        question_id=main.question_id,
        url=main.question_url,
        question_url=main.question_url,
        notice="\n".join(block.lines),
        published=day,
        related=(main.id,),
    )


def _askers(page: Page) -> tuple[Asker, ...]:
    people = [_person(text) for text in _people(page.value("Indieners") or page.value("Indiener"))]
    return tuple(Asker(name, _party(groups)) for name, groups in people if name)


def _ministers(page: Page) -> tuple[Minister, ...]:
    """Name, office and party; a single parenthesis without an office word is the party.

    An office whose holder the page does not name has the name ``None``.
    """
    ministers = []
    for name, groups in map(_person, _people(page.value("Beantwoord door"))):
        office = next((group for group in groups if _OFFICE.search(group)), None)
        ministers.append(Minister(name or None, office, _party(groups)))
    return tuple(ministers)


def _party(groups: list[str]) -> str | None:
    return next((group for group in reversed(groups) if not _OFFICE.search(group)), None)


def _people(line: str | None) -> list[str]:
    return [part.strip() for part in _OUTSIDE.split(line or "") if part.strip()]


def _person(text: str) -> tuple[str, list[str]]:
    """A name and what stands in its parentheses, empty ones left out."""
    match = _PERSON.match(text)
    if not match:
        return tidy(text), []
    groups = [tidy(group) for group in _PARENTHESIS.findall(match["rest"])]
    return tidy(match["name"]), [group for group in groups if group]


def _last_part(url: str | None) -> str | None:
    """``ah-tk-20302031-12`` for an address that ends so, with or without ``.html`` or a slash."""
    if not url:
        return None
    return url.split("?")[0].split("#")[0].rstrip("/").rsplit("/", 1)[-1].removesuffix(".html") or None
