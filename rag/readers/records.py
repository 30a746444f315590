"""The exchange format: one JSON object per document, to a Document and back without loss.

Questions and answers are kept to the letter. What a record leaves out is derived where the text
itself says it: askers from the official sentence in the title, ministers from a string such as
"Minister Verzonnen (Bruggen)", a reference from "Zie het antwoord op vraag 2.". Unknown fields go
to ``Document.extra`` under their own name, those of an exchange to ``extra["exchanges"]`` by
number, and where a known field was written in another form than ours, that form is kept in
``extra`` under the field's name: ``to_record`` writes it again as long as it still says the same.
"""

from collections.abc import Mapping
from typing import NamedTuple

from rag.documents import Asker, Document, Exchange, Footnote, Kind, Minister
from rag.readers import fields
from rag.readers.fields import Record
from rag.readers.numbers import distinct, find_reference
from rag.readers.people import parse_answerers
from rag.readers.refused import RefusedError, shorten
from rag.readers.sentences import parse_question_sentence

_ALWAYS = ("id", "kind", "title", "asked", "answered", "answered_by", "url", "exchanges")
_LISTS = ("asked_by", "answered_by", "on_behalf_of", "topics", "related")
_KNOWN = frozenset({*_ALWAYS, *_LISTS, "question_id", "question_url", "notice", "published"})
_EXCHANGE = frozenset({"number", "numbers", "question", "answer", "footnotes", "refers_to"})
_KINDS = ", ".join(Kind)


class _Lists(NamedTuple):
    """The list fields of a document as values."""

    asked_by: tuple[Asker, ...]
    answered_by: tuple[Minister, ...]
    on_behalf_of: tuple[str, ...]
    topics: tuple[str, ...]
    related: tuple[str, ...]


def from_record(record: Mapping[str, object]) -> Document:
    """The document of one JSON object.

    Raises DocumentError, naming field and value, for a missing id, an unknown kind, a bad date or
    a field of a wrong type. An exchange without a number gets its 1-based position; a number that
    occurs twice is made distinct ("2", "2-2").
    """
    lists = _lists(record)
    exchanges, leftovers = _exchanges(record)
    return Document(
        id=_id(record),
        kind=_kind(record),
        title=fields.text(record, "title"),
        exchanges=exchanges,
        asked=fields.day(record, "asked"),
        answered=fields.day(record, "answered"),
        question_id=fields.text_or_none(record, "question_id"),
        url=fields.text_or_none(record, "url"),
        question_url=fields.text_or_none(record, "question_url"),
        notice=fields.text_or_none(record, "notice"),
        published=fields.day(record, "published"),
        extra=fields.unknown(record, _KNOWN) | _other_forms(record, lists) | leftovers,
        **lists._asdict(),
    )


def to_record(document: Document) -> dict[str, object]:
    """The JSON object of one document; ``from_record`` of it gives an equal document."""
    optional = {
        "question_id": document.question_id,
        "question_url": document.question_url,
        "notice": document.notice,
        "published": document.published and document.published.isoformat(),
    }
    record: dict[str, object] = {
        "id": document.id,
        "kind": document.kind.value,
        "title": document.title,
        "asked": document.asked and document.asked.isoformat(),
        "answered": document.answered and document.answered.isoformat(),
        "answered_by": None,
        "url": document.url,
        "exchanges": _exchange_records(document),
        **{name: value for name, value in optional.items() if value is not None},
        **{name: value for name, value in document.extra.items() if name not in _KNOWN},
    }
    _add_lists(record, document)
    return record


def _id(record: Record) -> str:
    name = fields.text(record, "id")
    if not name.strip():
        remedy = "geef elk document een eigen 'id', zoals ah-tk-20302031-12"
        raise RefusedError("het document heeft geen id", remedy)
    return name


def _kind(record: Record) -> Kind:
    try:
        return Kind(fields.text(record, "kind"))
    except ValueError:
        given = shorten(record.get("kind"))
        raise RefusedError(
            f"onbekende soort document: {given}", f"kies voor 'kind' een van: {_KINDS}"
        ) from None


def _lists(record: Record) -> _Lists:
    """The list fields; askers, ministers and "mede namens" are derived where they are left out."""
    ministers, behalf = _ministers(record)
    asked_by = tuple(
        Asker(fields.text(item, "name"), fields.text_or_none(item, "party"))
        for item in fields.objects(record, "asked_by")
    )
    if record.get("asked_by") is None:
        asked_by = _askers_in(fields.text(record, "title"))
    if record.get("on_behalf_of") is not None:
        behalf = fields.texts(record, "on_behalf_of")
    topics, related = fields.texts(record, "topics"), fields.texts(record, "related")
    return _Lists(asked_by, ministers, behalf, topics, related)


def _ministers(record: Record) -> tuple[tuple[Minister, ...], tuple[str, ...]]:
    value = record.get("answered_by")
    if isinstance(value, str):
        return parse_answerers(value)
    listed = tuple(
        Minister(*(fields.text_or_none(item, name) for name in ("name", "office", "party")))
        for item in fields.objects(record, "answered_by")
    )
    return listed, ()


def _askers_in(title: str) -> tuple[Asker, ...]:
    sentence = parse_question_sentence(title)
    return sentence.askers if sentence else ()


def _other_forms(record: Record, lists: _Lists) -> dict[str, object]:
    """List fields as they were given, where our own form would not give that back."""
    ours = _list_records(lists)
    return {
        name: record[name] for name in _LISTS if record.get(name) is not None and record[name] != ours[name]
    }


def _list_records(lists: _Lists) -> dict[str, list[object]]:
    return {
        "asked_by": [_filled(name=asker.name, party=asker.party) for asker in lists.asked_by],
        "answered_by": [
            _filled(name=person.name, office=person.office, party=person.party)
            for person in lists.answered_by
        ],
        "on_behalf_of": list(lists.on_behalf_of),
        "topics": list(lists.topics),
        "related": list(lists.related),
    }


def _filled(**values: str | None) -> dict[str, str]:
    return {name: value for name, value in values.items() if value is not None}


def _add_lists(record: dict[str, object], document: Document) -> None:
    """Adds the list fields that are filled, or that reading would otherwise derive anew."""
    lists = _Lists(*(getattr(document, name) for name in _LISTS))
    record |= {name: value for name, value in _list_records(lists).items() if value}
    for name in _LISTS:
        given = document.extra.get(name)
        if given is not None and _says_the_same({**record, name: given}, name, lists):
            record[name] = given
    derived = _lists(record)
    for name in ("asked_by", "on_behalf_of"):
        if getattr(derived, name) != getattr(lists, name):
            record[name] = []


def _says_the_same(record: Record, name: str, lists: _Lists) -> bool:
    try:
        return bool(getattr(_lists(record), name) == getattr(lists, name))
    except RefusedError:
        return False


def _exchanges(record: Record) -> tuple[tuple[Exchange, ...], dict[str, object]]:
    """The exchanges under distinct numbers, and their unknown fields by number."""
    items = fields.objects(record, "exchanges")
    exchanges = distinct(_exchange(item, position) for position, item in enumerate(items, 1))
    left = {
        exchange.number: rest
        for exchange, item in zip(exchanges, items, strict=True)
        if (rest := fields.unknown(item, _EXCHANGE))
    }
    return exchanges, {"exchanges": left} if left else {}


def _exchange(item: Record, position: int) -> Exchange:
    first = fields.numbers(item, "number")
    numbers = tuple(dict.fromkeys([*first, *fields.numbers(item, "numbers")])) or (str(position),)
    answer = fields.text(item, "answer")
    refers_to = fields.texts(item, "refers_to") if "refers_to" in item else find_reference(answer)
    return Exchange(
        numbers=numbers,
        question=fields.text(item, "question"),
        answer=answer,
        footnotes=tuple(_footnote(note) for note in fields.objects(item, "footnotes")),
        refers_to=refers_to,
    )


def _footnote(note: Record) -> Footnote:
    return Footnote(
        mark=fields.text(note, "mark"),
        text=fields.text_or_none(note, "text"),
        position=fields.whole_number(note, "position"),
        in_answer=note.get("in_answer") is not False,
    )


def _exchange_records(document: Document) -> list[dict[str, object]]:
    left = document.extra.get("exchanges")
    by_number: Mapping[str, Record] = left if isinstance(left, dict) else {}
    return [_exchange_record(exchange, by_number.get(exchange.number, {})) for exchange in document.exchanges]


def _exchange_record(exchange: Exchange, left: Record) -> dict[str, object]:
    record: dict[str, object] = {
        "number": exchange.number,
        "question": exchange.question,
        "answer": exchange.answer,
    }
    if len(exchange.numbers) > 1:
        record["numbers"] = list(exchange.numbers)
    if exchange.footnotes:
        record["footnotes"] = [_footnote_record(note) for note in exchange.footnotes]
    if exchange.refers_to or find_reference(exchange.answer):
        record["refers_to"] = list(exchange.refers_to)
    return record | {name: value for name, value in left.items() if name not in _EXCHANGE}


def _footnote_record(note: Footnote) -> dict[str, object]:
    return {"mark": note.mark, "text": note.text, "position": note.position, "in_answer": note.in_answer}
