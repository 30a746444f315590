"""The official way to cite a paper (Aanwijzingen voor de regelgeving, 3.43). Pure."""

import re
from datetime import date

from rag.documents import Document

_APPENDIX = re.compile(
    r"ah-(?P<chamber>tk|ek)-(?P<first>\d{4})(?P<second>\d{4})-(?P<number>\d{1,5})(?:-(?P<suffix>h1|n1|b1))?"
)
_FICTION = re.compile(r"fictie-(?P<first>\d{4})(?P<second>\d{4})-(?P<number>\w+)")
_QUESTION = re.compile(r"(?:kv-(?:tk-)?)?(?P<number>\d{4}[Zz]\d{4,6})(?:-(?:h1|n1))?")
_CHAMBERS = {"tk": "II", "ek": "I"}
_SUFFIXES = {None: "", "h1": " (herdruk)", "n1": " (verbeterde versie)", "b1": " (bijlage)"}
_MONTHS = ("januari februari maart april mei juni juli augustus september oktober november december").split()


def citation(document: Document) -> str:
    """The short form: ``Aanhangsel Handelingen II 2023/24, nr. 212``; what else has no number, its id."""
    if found := _APPENDIX.fullmatch(document.id):
        place = f"Aanhangsel Handelingen {_CHAMBERS[found['chamber']]} {_session(found)}"
        return f"{place}, nr. {found['number']}{_SUFFIXES[found['suffix']]}"
    if found := _FICTION.fullmatch(document.id):
        return f"Fictief voorbeeld {_session(found)}, nr. {found['number']}"
    if found := _QUESTION.fullmatch(document.id):
        return f"Kamervraag {found['number'].upper()}"
    return document.id


def long_citation(document: Document) -> str:
    """Citation with who answered, when, to which question, and the link where there is one."""
    names = (minister.name or minister.office for minister in document.answered_by)
    who = " en ".join(filter(None, names)) or "onbekend"
    when = dutch_date(document.answered) if document.answered else "datum onbekend"
    link = f", {document.url}" if document.url else ""
    return f"{citation(document)}, antwoord van {who}, {when}, op: {document.title}{link}"


def is_fictional(document_id: str) -> bool:
    """Whether the document was made up for the project's sample."""
    return _FICTION.match(document_id) is not None


def dutch_date(day: date) -> str:
    """``11 oktober 2023``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _session(found: re.Match[str]) -> str:
    # A change of century is written in full: 1999/2000.
    second = found["second"]
    return f"{found['first']}/{second if second.endswith('00') else second[2:]}"
