"""Official publications in XML, of the new format (officiele-publicatie) and the old (vraagdoc)."""

import re
from collections.abc import Iterator

from lxml import etree

from rag.documents import Document
from rag.errors import Rejection
from rag.readers.metadata import EMPTY, ROOTS, Metadata, read_metadata
from rag.readers.numbers import is_label, parse_numbers
from rag.readers.officialpaper import Paper, paper_document
from rag.readers.pairing import Part
from rag.readers.refused import RefusedError, shorten
from rag.readers.source import Source, open_source
from rag.readers.xmlsafe import parse_xml
from rag.readers.xmltext import line_of_text, plain_text, raw_text, referenced_notes

_PAPERS = frozenset({"officiele-publicatie", "vraagdoc", "kamervragen"})
_REMOVED = re.compile(r"op verzoek van .{0,80}verwijderd", re.IGNORECASE)
_PDF = re.compile(r"\bpdf\b", re.IGNORECASE)
_LIST = re.compile(r"\W*lijst van vragen\b", re.IGNORECASE)
_RECORD = re.compile(r"^(?P<page>https?://\S+/(?P<name>[^/\s]+))/metadata\.xml$")
_LEADING_LABEL = re.compile(
    r"^(?P<label>\d{1,3}[a-z]?(?:(?:, | en | t/m )\d{1,3}[a-z]?)*)[.)]?\s+(?=[A-Z«‘])"
)


def read_official_xml(source: Source) -> Iterator[Document | Rejection]:
    """The one document in an XML file, joined with the metadata beside it.

    Metadata that cannot be read is rejected, and the paper is read without it. Raises
    DocumentError, saying so, for a removed publication, a paper that exists as PDF only, an HTML
    page, metadata without a paper, a Lijst van vragen, and XML of another kind.
    """
    root = parse_xml(source.content())
    _refuse_others(root)
    metadata = EMPTY
    if source.metadata is not None:
        try:
            metadata = read_metadata(parse_xml(open_source(source.metadata).content()))
        except RefusedError as refused:
            yield refused.at(str(source.metadata))
    yield paper_document(_paper(root, source.stem, metadata), metadata)


def _refuse_others(root: etree._Element) -> None:
    tag = str(root.tag).lower()
    if tag == "html":
        what = "een HTML-pagina in plaats van XML (vaak een foutpagina)"
        raise RefusedError(what, "haal het XML-bestand opnieuw op")
    if tag in ROOTS:
        raise RefusedError(
            "alleen metadata, zonder het stuk zelf", "zet het XML-bestand van het stuk ernaast"
        )
    if tag not in _PAPERS:
        remedy = "geef de XML van een Aanhangsel of van Kamervragen"
        raise RefusedError(f"onbekende soort XML: <{shorten(tag, 40)}>", remedy)


def _paper(root: etree._Element, stem: str, metadata: Metadata) -> Paper:
    """What stands in the paper, in parts; refused where there is nothing to quote or show."""
    notes = referenced_notes(root)
    questions, answers = _parts(root, "vraag", notes), _parts(root, "antwoord", notes)
    remark = _joined_texts(root, "kamervraagopmerking", notes)
    if not (questions or answers or remark):
        _refuse_empty(root)
    question, answer = _sentences(root)
    name, page = _record_address(root)
    if _LIST.match(metadata.first("DC.title") or question):
        raise _not_questions()
    return Paper(
        name=metadata.first("DC.identifier") or name or stem,
        question_sentence=question,
        answer_sentence=answer,
        questions=questions,
        answers=tuple(part for part in answers if part.text),
        remark=remark,
        page=page,
        explanation=_joined_texts(root, "toelicht", notes),
        number=_text_of(root, "kamervraagnummer") or _text_of(root, "vraagnummer"),
    )


def _parts(root: etree._Element, tag: str, notes: dict[str, etree._Element]) -> tuple[Part, ...]:
    return tuple(_part(element, notes) for element in root.iter(tag))


def _joined_texts(root: etree._Element, tag: str, notes: dict[str, etree._Element]) -> str | None:
    texts = (plain_text(element, notes).text for element in root.iter(tag))
    return "\n".join(filter(None, texts)) or None


def _refuse_empty(root: etree._Element) -> None:
    text = " ".join(raw_text(root).split())
    if _REMOVED.search(text):
        raise RefusedError("de publicatie is op verzoek verwijderd", "verwijder het bestand ook uit de bron")
    if "lijst van vragen" in text[:400].lower():
        raise _not_questions()
    if _PDF.search(text):
        raise RefusedError(
            "de XML verwijst alleen naar een PDF", "zet de PDF om naar tekst, of laat het stuk weg"
        )
    raise RefusedError("de XML bevat geen vragen en geen antwoorden", "haal het bestand opnieuw op")


def _not_questions() -> RefusedError:
    return RefusedError("een Lijst van vragen is een Kamerstuk, geen Kamervraag", "laat het stuk weg")


def _part(element: etree._Element, notes: dict[str, etree._Element]) -> Part:
    """A question or answer: its number from ``nr``, ``nummer``, or a paragraph that is just that."""
    numbers = _printed_number(element) or _number_paragraph(element)
    content = plain_text(element, notes)
    in_answer = element.tag == "antwoord"
    if not numbers and in_answer and element.getroottree().getroot().tag == "vraagdoc":
        match = _LEADING_LABEL.match(content.text)
        numbers = parse_numbers(match["label"]) if match else ()
    return Part(numbers, content.text, content.footnotes(in_answer=in_answer))


def _printed_number(element: etree._Element) -> tuple[str, ...]:
    label = next(element.iterchildren("nr", "nummer"), None)
    return () if label is None else parse_numbers(line_of_text(label))


def _number_paragraph(element: etree._Element) -> tuple[str, ...]:
    """The numbers of a first paragraph that holds nothing else; it is taken out of the text.

    An only paragraph is never a label: "12." may be the answer to "how many".
    """
    first = next(element.iterchildren("al"), None)
    if first is None or first.getnext() is None:
        return ()
    label = line_of_text(first)
    if not is_label(label):
        return ()
    element.remove(first)
    return parse_numbers(label)


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


def _record_address(root: etree._Element) -> tuple[str | None, str | None]:
    """The id and the page that the address of the external metadata record points to."""
    for meta in root.iter("meta"):
        match = _RECORD.match(meta.get("content", "").strip())
        if match:
            return match["name"], f"{match['page']}.html"
    return None, None


def _text_of(root: etree._Element, tag: str) -> str | None:
    element = next(root.iter(tag), None)
    return None if element is None else line_of_text(element) or None
