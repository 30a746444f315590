"""Typed access to the fields of a JSON object; a wrong type is refused with its name and value."""

from collections.abc import Iterable, Mapping
from datetime import date

from rag.readers.dates import parse_iso
from rag.readers.refused import RefusedError, shorten

Record = Mapping[str, object]


def text_or_none(record: Record, name: str) -> str | None:
    """A string, or ``None`` where the field is absent or null."""
    value = record.get(name)
    if value is None or isinstance(value, str):
        return value
    raise wrong_type(name, value, "tekst tussen aanhalingstekens")


def text(record: Record, name: str) -> str:
    """A string; empty where the field is absent or null."""
    return text_or_none(record, name) or ""


def day(record: Record, name: str) -> date | None:
    """A date written as YYYY-MM-DD, or ``None`` where the field is absent or null."""
    value = text_or_none(record, name)
    if value is None:
        return None
    found = parse_iso(value)
    if found is None:
        what = f"veld '{name}' is geen datum: {shorten(value)}"
        raise RefusedError(what, "schrijf de datum als JJJJ-MM-DD of als null")
    return found


def texts(record: Record, name: str) -> tuple[str, ...]:
    """A list of strings, or one string; empty where the field is absent or null."""
    value = record.get(name)
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return tuple(value)
    if value is None:
        return ()
    raise wrong_type(name, value, "een lijst van teksten")


def numbers(record: Record, name: str) -> tuple[str, ...]:
    """Question numbers: a list or one value, each a string or a whole number; blanks dropped."""
    value = record.get(name)
    items = value if isinstance(value, list) else [value]
    if any(isinstance(item, bool) or not isinstance(item, str | int | None) for item in items):
        raise wrong_type(name, value, "een nummer of een lijst van nummers")
    return tuple(str(item).strip() for item in items if item is not None and str(item).strip())


def objects(record: Record, name: str) -> list[dict[str, object]]:
    """A list of JSON objects; empty where the field is absent or null."""
    value = record.get(name)
    if value is None:
        return []
    if isinstance(value, list) and all(isinstance(item, dict) for item in value):
        return list(value)
    raise wrong_type(name, value, "een lijst van objecten")


def whole_number(record: Record, name: str) -> int:
    """A whole number of 0 or more; 0 where the field is absent."""
    value = record.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise wrong_type(name, value, "een geheel getal van 0 of meer")
    return value


def unknown(record: Record, known: Iterable[str]) -> dict[str, object]:
    """The fields that are none of the known ones, in their order."""
    return {name: value for name, value in record.items() if name not in frozenset(known)}


def wrong_type(name: str, value: object, wanted: str) -> RefusedError:
    """The error for a value of the wrong type."""
    return RefusedError(f"veld '{name}' heeft een verkeerd type: {shorten(value)}", f"geef {wanted}")
