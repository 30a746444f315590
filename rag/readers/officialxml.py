"""Official publications in XML, of the new format (officiele-publicatie) and the old (vraagdoc)."""

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from rag.documents import Document
from rag.readers.metadata import EMPTY, ROOTS, Metadata, read_metadata
from rag.readers.numbers import is_label, parse_numbers
from rag.readers.officialpaper import Paper, paper_document
from rag.readers.pairing import Part
from rag.readers.refusal import Refusal, shorten
from rag.readers.source import Source
from rag.readers.xmlsafe import parse_xml
from rag.readers.xmltext import line_of_text, plain_text, raw_text, referenced_notes

_PAPERS = frozenset({"officiele-publicatie", "vraagdoc", "kamervragen"})
_REMOVED = re.compile(r"op verzoek van .{0,80}verwijderd", re.IGNORECASE)
_PDF = re.compile(r"\bpdf\b", re.IGNORECASE)
_LIST = re.compile(r"\blijst van vragen\b", re.IGNORECASE)
_ID = re.compile(r"\b((?:ah|kv)-[A-Za-z0-9-]*\d[A-Za-z0-9-]*)")
_LEADING_LABEL = re.compile(
    r"^(?P<label>\d{1,3}[a-z]?(?:(?:, | en | t/m )\d{1,3}[a-z]?)*)[.)]?\s+(?=[A-Z«‘])"
)


def read_official_xml(source: Source) -> Iterator[Document]:
    """The one document in an XML file, joined with the metadata beside it.

    Raises DocumentError, saying so, for a removed publication, a paper that exists as PDF only, an
    HTML page, metadata without a paper, a Lijst van vragen, and XML of another kind.
    """
    root = parse_xml(source.content())
    _refuse_others(root)
    metadata = _metadata(source.metadata)
    yield paper_document(_paper(root, source.stem, metadata), metadata)


def _refuse_others(root: etree._Element) -> None:
    tag = str(root.tag).lower()
    if tag == "html":
        what = "een HTML-pagina in plaats van XML (vaak een foutpagina)"
        raise Refusal(what, "haal het XML-bestand opnieuw op")
    if tag in ROOTS:
        raise Refusal("alleen metadata, zonder het stuk zelf", "zet het XML-bestand van het stuk ernaast")
    if tag not in _PAPERS:
        remedy = "geef de XML van een Aanhangsel of van Kamervragen"
        raise Refusal(f"onbekende soort XML: <{shorten(tag, 40)}>", remedy)


def _metadata(path: Path | None) -> Metadata:
    return EMPTY if path is None else read_metadata(parse_xml(path.read_bytes()))


def _paper(root: etree._Element, stem: str, metadata: Metadata) -> Paper:
    """What stands in the paper, in parts; refused where there is nothing to quote or show."""
    notes = referenced_notes(root)
    parts: dict[str, list[Part]] = {"vraag": [], "antwoord": []}
    remarks: list[str] = []
    for element in root.iter("vraag", "antwoord", "kamervraagopmerking"):
        if element.tag == "kamervraagopmerking":
            remarks.append(plain_text(element, notes).text)
        else:
            parts[str(element.tag)].append(_part(element, notes))
    if not any(parts.values()) and not remarks:
        _refuse_empty(root)
    question, answer = _sentences(root)
    if _LIST.search((metadata.first("DC.title") or "")[:60] or question[:60]):
        raise _not_questions()
    return Paper(
        name=metadata.first("DC.identifier") or _name_inside(root) or stem,
        question_sentence=question,
        answer_sentence=answer,
        questions=tuple(parts["vraag"]),
        answers=tuple(part for part in parts["antwoord"] if part.text),
        remark="\n".join(filter(None, remarks)) or None,
        explanation="\n".join(plain_text(element, notes).text for element in root.iter("toelicht")) or None,
        number=_text_of(root, "kamervraagnummer") or _text_of(root, "vraagnummer"),
    )


def _refuse_empty(root: etree._Element) -> None:
    text = " ".join(raw_text(root).split())
    if _REMOVED.search(text):
        raise Refusal("de publicatie is op verzoek verwijderd", "verwijder het bestand ook uit de bron")
    if _LIST.search(text[:400]):
        raise _not_questions()
    if _PDF.search(text):
        raise Refusal("de XML verwijst alleen naar een PDF", "zet de PDF om naar tekst, of laat het stuk weg")
    raise Refusal("de XML bevat geen vragen en geen antwoorden", "haal het bestand opnieuw op")


def _not_questions() -> Refusal:
    return Refusal("een Lijst van vragen is een Kamerstuk, geen Kamervraag", "laat het stuk weg")


def _part(element: etree._Element, notes: dict[str, etree._Element]) -> Part:
    """A question or answer: its number from ``nr``, ``nummer``, or a paragraph that is just that."""
    label = next((child for child in element if child.tag in ("nr", "nummer")), None)
    numbers = parse_numbers(line_of_text(label)) if label is not None else ()
    first = next(element.iterchildren("al"), None)
    if not numbers and first is not None and is_label(line_of_text(first)):
        numbers = parse_numbers(line_of_text(first))
        element.remove(first)
    content = plain_text(element, notes)
    in_answer = element.tag == "antwoord"
    text, footnotes = content.text, content.footnotes(in_answer=in_answer)
    match = None if numbers or not in_answer else _LEADING_LABEL.match(text)
    return Part(numbers or (parse_numbers(match["label"]) if match else ()), text, footnotes)


def _sentences(root: etree._Element) -> tuple[str, str]:
    """The question sentence and the answer sentence, empty where they are absent."""
    found = {"vraag": "", "antwoord": ""}
    for element in root.iter("kamervraagomschrijving"):
        found[element.get("type", "vraag")] = _sentence(element)
    for tag, kind in (("vragen", "vraag"), ("reactie", "antwoord")):
        for parent in root.iter(tag):
            texts = [_sentence(child) for child in parent.iterchildren("titel", "omschr")]
            found[kind] = found[kind] or " ".join(filter(None, texts))
    return found["vraag"], found["antwoord"]


def _sentence(element: etree._Element) -> str:
    """A sentence on one line; a date that is only given as attribute is written out."""
    for day in element.iter("datum"):
        if not raw_text(day):
            day.text = day.get("isodatum", "")
    return line_of_text(element)


def _name_inside(root: etree._Element) -> str | None:
    """The id in the address of the external metadata record."""
    for meta in root.iter("meta"):
        match = _ID.search(meta.get("content", ""))
        if match:
            return match[1]
    return None


def _text_of(root: etree._Element, tag: str) -> str | None:
    element = next(root.iter(tag), None)
    return None if element is None else line_of_text(element) or None
