"""Mixed XML content to plain text: paragraphs, lists, tables, and footnotes lifted out.

No character of the source is added inside a paragraph, except that blanks collapse to one;
emphasis, superscript and links leave their text and never a space. Paragraphs are separated by a
newline. A list item is a line that starts with its mark, a table row a line of cells joined by
" | "; a cell that spans rows is repeated in each of them, one that spans columns is followed by
empty cells.
"""

import html
import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from lxml import etree

from rag.documents import Footnote

# Elements that end a paragraph even in the middle of running text.
_BLOCKS = frozenset(
    "al al-groep lijst li table tgroup thead tbody tfoot row entry tussenkop titel title kop plaatje "
    "definitielijst definitie-item box citaat vraag antwoord kamervraagopmerking toelicht".split()
)
# Containers: a child they do not know is a paragraph of its own, not part of a sentence.
_CONTAINERS = (_BLOCKS - {"al", "tussenkop", "titel", "title", "kop"}) | {"noot", "voetnoot", "noot.li"}
_INLINE = frozenset(
    "nadruk sup inf extref intref dossierref noot nootref voetref br naam achternaam voornaam voorvoegsels "
    "organisatie politiek functie kamervraagonderwerp datum omissie redactie ref ovl".split()
)
_NOTES = frozenset({"noot", "voetnoot"})
_REFERENCES = frozenset({"nootref", "voetref"})
# Numbers that belong to the structure; inside a sentence they are text.
_SKIPPED = frozenset({"nr", "nummer", "li.nr", "colspec", "metadata", "noot.nr"})
_MARK = "\ue000"  # stands for a footnote until positions are known
_BLANKS = re.compile(r"[ \t\r\n]+")
_LOOSE_MARK = re.compile(rf" ({_MARK}+)(?=[ .,;:?!)]|$)")


@dataclass(frozen=True, slots=True)
class PlainText:
    """A text and the notes (mark, text) in it with their offsets."""

    text: str
    notes: tuple[tuple[str, str | None, int], ...]

    def footnotes(self, *, in_answer: bool) -> tuple[Footnote, ...]:
        """The notes as footnotes of a question or an answer."""
        return tuple(Footnote(mark, text, at, in_answer) for mark, text, at in self.notes)


def plain_text(element: etree._Element, defined: Mapping[str, etree._Element] | None = None) -> PlainText:
    """The text of an element without its number; ``defined`` are notes that stand elsewhere, by id."""
    writer = _Writer(defined or {})
    writer.walk(element, inline=element.tag not in _CONTAINERS)
    writer.end_paragraph()
    return _located("\n".join(writer.paragraphs), writer.notes)


def line_of_text(element: etree._Element) -> str:
    """All text of an element on one line, notes left out, U+00A0 as a plain blank."""
    return " ".join(plain_text(element).text.split())


def raw_text(element: etree._Element) -> str:
    """All text of an element as it stands, without blanks around it."""
    return "".join(str(part) for part in element.itertext()).strip()


def referenced_notes(root: etree._Element) -> dict[str, etree._Element]:
    """The notes that a ``nootref`` or ``voetref`` points to, by id."""
    wanted = {reference.get("refid", "") for reference in root.iter(*_REFERENCES)}
    notes = {note.get("id", ""): note for note in root.iter(*_NOTES)}
    return {name: notes[name] for name in wanted if name in notes}


@dataclass(slots=True)
class _Writer:
    """Collects paragraphs while the tree is walked in document order."""

    defined: Mapping[str, etree._Element]
    paragraphs: list[str] = field(default_factory=list)
    notes: list[tuple[str, str | None]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    prefix: str = ""

    def walk(self, element: etree._Element, *, inline: bool) -> None:
        """Text, children and tails of an element in order."""
        self.pieces.append((element.text or "").replace(_MARK, ""))
        for child in element:
            self.child(child, inline=inline)
            self.pieces.append((child.tail or "").replace(_MARK, ""))

    def child(self, child: etree._Element, *, inline: bool) -> None:
        """One child: an entity, a note, a list, a table, or text that flows."""
        tag = child.tag
        if not isinstance(tag, str):
            # An entity of an unread DTD, such as &eacute;; libxml2 leaves it unresolved.
            self.pieces.append(html.unescape(child.text or ""))
        elif tag in _NOTES or tag in _REFERENCES:
            self.note(child)
        elif tag == "br":
            self.pieces.append(" ")
        elif tag == "lijst":
            self.items(child)
        elif tag == "table":
            self.table(child)
        elif inline or tag not in _SKIPPED:
            self.flowing(child, inline=inline)

    def flowing(self, child: etree._Element, *, inline: bool) -> None:
        """A child that stays in the sentence, or is a paragraph of its own."""
        stays = child.tag not in _BLOCKS and (inline or child.tag in _INLINE)
        if not stays:
            self.end_paragraph()
        self.walk(child, inline=stays or child.tag not in _CONTAINERS)
        if not stays:
            self.end_paragraph()

    def note(self, note: etree._Element) -> None:
        """A mark where the note stands; a definition that is referred to elsewhere leaves none."""
        if note.tag in _REFERENCES:
            target = self.defined.get(note.get("refid", ""))
            mark = raw_text(note) or _note_mark(target) or str(len(self.notes) + 1)
            self.add_note(mark, target)
        elif note.get("id", "") not in self.defined:
            self.add_note(_note_mark(note) or str(len(self.notes) + 1), note)

    def add_note(self, mark: str, note: etree._Element | None) -> None:
        """Keeps a note and leaves a placeholder."""
        text = " ".join(plain_text(note).text.split()) if note is not None else None
        self.notes.append((mark, text or None))
        self.pieces.append(_MARK)

    def items(self, element: etree._Element) -> None:
        """List items as lines that start with their mark."""
        self.end_paragraph()
        for position, item in enumerate(element.iterchildren("li")):
            self.prefix = _item_mark(element, item, position) + " "
            self.walk(item, inline=False)
            self.end_paragraph()
            self.prefix = ""
        self.end_paragraph()

    def table(self, element: etree._Element) -> None:
        """Table rows as lines."""
        self.end_paragraph()
        for title in element.iterchildren("title"):
            self.flowing(title, inline=False)
        for group in element.iterchildren("tgroup"):
            for cells in _rows(group):
                self.pieces.append(" | ".join(self.cell(entry) for entry in cells).strip())
                self.end_paragraph()

    def cell(self, entry: etree._Element | None) -> str:
        """The text of a cell on one line; its notes are kept in order."""
        if entry is None:
            return ""
        writer = _Writer(self.defined)
        writer.walk(entry, inline=False)
        writer.end_paragraph()
        self.notes.extend(writer.notes)
        return " ".join(writer.paragraphs)

    def end_paragraph(self) -> None:
        """Closes the paragraph; one without text is none."""
        text = _BLANKS.sub(" ", "".join(self.pieces)).strip(" ")
        self.pieces.clear()
        if text:
            self.paragraphs.append(self.prefix + text)
            self.prefix = ""


def _located(text: str, notes: list[tuple[str, str | None]]) -> PlainText:
    """The text without placeholders, and where they stood."""
    pieces = _LOOSE_MARK.sub(r"\1", text).split(_MARK)
    located, offset = [], 0
    for piece, (mark, note) in zip(pieces, notes, strict=False):
        offset += len(piece)
        located.append((mark, note, offset))
    return PlainText("".join(pieces), tuple(located))


def _note_mark(note: etree._Element | None) -> str:
    number = None if note is None else note.find("noot.nr")
    return "" if number is None else raw_text(number)


def _item_mark(element: etree._Element, item: etree._Element, position: int) -> str:
    """The printed mark; where the source has none a counter for numbered lists, else a dash."""
    printed = item.find("li.nr")
    if printed is not None and (mark := raw_text(printed)):
        return mark
    kind, start = element.get("type", ""), element.get("start", "1")
    count = (int(start) if start.isdecimal() else 1) + position
    if kind.startswith(("num", "arab", "cijfer")):
        return f"{count}."
    return f"{chr(96 + count)}." if kind.startswith(("alfa", "letter")) and count <= 26 else "–"


def _rows(group: etree._Element) -> Iterator[list[etree._Element | None]]:
    """Rows of a CALS table as cells by column; a row span repeats its cell without notes."""
    names = [spec.get("colname") or str(i) for i, spec in enumerate(group.iterchildren("colspec"), 1)]
    below: dict[int, tuple[int, etree._Element]] = {}
    for row in group.iter("row"):
        cells: list[etree._Element | None] = []
        for entry in row.iterchildren("entry"):
            _repeat(cells, below)
            rows = _count(entry.get("morerows"))
            if rows:
                below[len(cells)] = (rows, _without_notes(entry))
            cells += [entry, *[None] * _more_columns(entry, names)]
        _repeat(cells, below)
        yield cells


def _repeat(cells: list[etree._Element | None], below: dict[int, tuple[int, etree._Element]]) -> None:
    """Adds the cells that hang down from earlier rows at the next columns."""
    while len(cells) in below:
        rows, entry = below.pop(len(cells))
        if rows > 1:
            below[len(cells)] = (rows - 1, entry)
        cells.append(entry)


def _without_notes(entry: etree._Element) -> etree._Element:
    copy = deepcopy(entry)
    etree.strip_elements(copy, *_NOTES, *_REFERENCES, with_tail=False)
    return copy


def _more_columns(entry: etree._Element, names: list[str]) -> int:
    first, last = entry.get("namest"), entry.get("nameend")
    if first in names and last in names:
        return max(0, names.index(last) - names.index(first))
    return 0


def _count(value: str | None) -> int:
    return min(int(value), 1000) if value and value.isdecimal() else 0
