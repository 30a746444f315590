"""Text of the corpus to HTML that shows it and can never become markup. Pure.

Every character of a document reaches the page through :func:`plain`.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from rag.documents import Footnote
from rag.paragraphs import Span, lines

# Soft hyphens and joiners are ordinary spelling; every other invisible character can deceive.
_ORDINARY = frozenset("\n\r\t\u00ad\u200c\u200d")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_SCHEMES = ("https://", "http://")


@dataclass(frozen=True, slots=True)
class Layers:
    """What lies over a text: the marked sentence, the shown slice, and notes that hang in it.

    Offsets count from the start of the whole text; ``prefix`` makes the ids of the notes unique.
    """

    mark: Span | None = None
    shown: Span | None = None
    notes: tuple[Footnote, ...] = ()
    prefix: str = ""


def plain(text: str) -> str:
    """Escaped text for an element or a quoted attribute, invisible characters left out."""
    return escape("".join(c for c in text if not _is_hidden(c)))


def shown(text: str) -> str:
    """Escaped text for an element; each invisible character becomes a visible label."""
    return "".join(_label(c) if _is_hidden(c) else escape(c) for c in text)


def prose(text: str, within: Span | None = None, layers: Layers | None = None) -> str:
    """The slice ``within`` of a text as its natural paragraphs; a newline inside one is shown as a space.

    The characters between the tags are those of the text: labels of notes and of invisible
    characters are drawn by the style sheet and are not part of what is selected or copied.
    """
    layers = layers or Layers()
    found = lines(text, within or Span(0, len(text)))
    return "".join(f'<p dir="auto">{_inline(text, line, layers)}</p>' for line in found)


def link(url: str | None, label: str) -> str:
    """A link to another site in a new window, or nothing where the address is no web address."""
    if url is None or not url.lower().startswith(_SCHEMES):
        return ""
    hint = '<span class="unseen"> (opent in een nieuw venster)</span>'
    return f'<a href="{plain(url)}" target="_blank" rel="noopener noreferrer">{plain(label)}{hint}</a>'


def _inline(text: str, line: Span, layers: Layers) -> str:
    cuts = sorted({line.start, line.end, *_edges(line, layers)})
    pieces = [_notes_at(line.start, layers)]
    for start, end in pairwise(cuts):
        pieces += [_layered(text, Span(start, end), layers), _notes_at(end, layers)]
    return "".join(pieces)


def _edges(line: Span, layers: Layers) -> Iterable[int]:
    spans = [span for span in (layers.mark, layers.shown) if span]
    edges = [edge for span in spans for edge in (span.start, span.end)]
    return (
        edge for edge in (*edges, *(note.position for note in layers.notes)) if line.start < edge < line.end
    )


def _layered(text: str, piece: Span, layers: Layers) -> str:
    html = shown(piece.of(text))
    if _covers(layers.mark, piece):
        html = f"<mark>{html}</mark>"
    return f'<span class="slice">{html}</span>' if _covers(layers.shown, piece) else html


def _covers(span: Span | None, piece: Span) -> bool:
    return span is not None and span.start <= piece.start and piece.end <= span.end


def _notes_at(position: int, layers: Layers) -> str:
    return "".join(
        f'<a class="note" href="#{plain(layers.prefix)}-noot-{number}" data-mark="{plain(note.mark)}"'
        f' aria-label="Voetnoot {plain(note.mark)}"></a>'
        for number, note in enumerate(layers.notes, start=1)
        if note.position == position
    )


def _is_hidden(character: str) -> bool:
    return character not in _ORDINARY and unicodedata.category(character) in _INVISIBLE


def _label(character: str) -> str:
    return f'<span class="hidden-sign" data-code="U+{ord(character):04X}"></span>'
