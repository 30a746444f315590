"""Which reader fits which content, judged from its first bytes, and the one way to read sources."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rag.documents import Document
from rag.errors import Rejection
from rag.readers.files import find_files, metadata_beside
from rag.readers.jsonl import read_jsonl
from rag.readers.officialxml import read_official_xml
from rag.readers.openkamer import read_openkamer
from rag.readers.openkamerpage import looks_like_page
from rag.readers.refused import RefusedError
from rag.readers.source import Source, open_source


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: whether a source is of it, and how it is read."""

    name: str
    fits: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Document | Rejection]]


def read_sources(paths: Iterable[Path]) -> Iterator[Document | Rejection]:
    """Documents from files and folders of any known format, one by one, and what was left out.

    Folders are walked in sorted order, hidden files skipped. The format is seen from the content,
    after decompression where it is gzip. Whatever cannot be read becomes a Rejection, in Dutch,
    that names the place, and reading goes on with the rest; nothing is raised.
    """
    for found in find_files(list(paths)):
        if isinstance(found, Rejection):
            yield found
            continue
        try:
            yield from _read_file(found)
        except RefusedError as refused:
            yield refused.at(str(found))
        except OSError as error:
            what = f"het bestand kan niet worden gelezen ({error.strerror or error})"
            yield Rejection(str(found), what, "controleer het bestand en de rechten ervan")


def choose_reader(source: Source) -> Reader:
    """The first reader that fits; DocumentError where none does, or the form is known but not read."""
    start = _start(source)
    if not start:
        raise RefusedError("het bestand is leeg", "haal het bestand opnieuw op")
    _refuse(start, _UNREADABLE)
    for reader in READERS:
        if reader.fits(source):
            return reader
    _refuse(start, _NEARLY)
    remedy = "geef JSON Lines, XML van officielebekendmakingen.nl of een pagina van openkamer"
    raise RefusedError("de vorm van het bestand is niet herkend", remedy)


def _refuse(start: bytes, forms: Iterable[tuple[bytes, str, str]]) -> None:
    for mark, what, remedy in forms:
        if start.startswith(mark):
            raise RefusedError(what, remedy)


def _read_file(path: Path) -> Iterator[Document | Rejection]:
    source = open_source(path, metadata_beside(path))
    return choose_reader(source).read(source)


def _start(source: Source) -> bytes:
    """The first bytes without byte order mark and blanks, in lower case."""
    return source.head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()


def _is_xml(source: Source) -> bool:
    return _start(source).startswith(b"<") or source.head.startswith((b"\xff\xfe<", b"\xfe\xff\x00<"))


def _is_jsonl(source: Source) -> bool:
    """Content that opens an object; a name in .jsonl decides only where the first line is damaged."""
    named = source.path.name.removesuffix(".gz").endswith(".jsonl")
    return _start(source).startswith(b"{") or named


def _is_page(source: Source) -> bool:
    return looks_like_page(source.head.decode("utf-8-sig", errors="replace"))


_TEXT_REMEDY = "sla de tekst op als pagina van openkamer of als JSON Lines"
_UNREADABLE = (
    (b"%pdf", "een PDF, die vorm wordt niet gelezen", "zoek de XML van hetzelfde stuk"),
    (b"pk\x03\x04", "een zipbestand, DOCX of ODT, die vorm wordt niet gelezen", _TEXT_REMEDY),
    (b"\xd0\xcf\x11\xe0", "een oud Office-bestand, die vorm wordt niet gelezen", _TEXT_REMEDY),
    (b"<!doctype html", "een HTML-pagina (vaak een foutpagina)", "haal het XML-bestand van het stuk op"),
    (b"<html", "een HTML-pagina (vaak een foutpagina)", "haal het XML-bestand van het stuk op"),
)
_NEARLY = (
    (b"[", "een JSON-lijst in plaats van JSON Lines", "schrijf een JSON-object per regel"),
    (b"|", "een tabel met alleen antwoorden, zonder vragen", "bewaar de pagina zelf, met haar kop"),
)
READERS = (
    Reader("XML van officielebekendmakingen.nl", _is_xml, read_official_xml),
    Reader("JSON Lines", _is_jsonl, read_jsonl),
    Reader("pagina van openkamer", _is_page, read_openkamer),
)
