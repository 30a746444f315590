"""Answer text to paragraphs and sentences: slices with offsets. Pure.

Text from PDF files is hard-wrapped: a newline there is a space, not the end of a paragraph.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from sentencex import segment

TARGET = 250
LIMIT = 900

_WRAPPED_LINE = 110
_SENTENCE_END = tuple(".?!:;»”\"’')")
# sentencex panics on some white space beyond ASCII ("A\u00a0.x") and refuses half characters.
_UNSAFE = re.compile(r"\s|[\ud800-\udfff]")
_ITEM = re.compile(r"\s*(?:[-–•*]|\d{1,2}[.)]|[a-z][.)])\s")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A slice of a text: characters ``start`` up to, not including, ``end``."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The slice itself."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start


def paragraphs(text: str) -> list[Span]:
    """Passages of whole sentences in reading order, of about 250 to 900 characters.

    Natural paragraphs are joined while short (a list stays with the line that opens it) and
    cut between sentences while long. Spans carry no white space at either end and together
    cover every other character.
    """
    pieces = [piece for block in _blocks(text) for piece in _cut(text, block)]
    return _joined(text, pieces)


def lines(text: str, within: Span) -> list[Span]:
    """The natural paragraphs of a slice as they were written, without white space at either end.

    In hard-wrapped text a paragraph holds newlines, which stand for spaces.
    """
    return _lines(text, within, wrapped=_is_wrapped(text))


def sentences(text: str, within: Span) -> list[Span]:
    """The sentences of a slice, in order, without white space at either end."""
    wrapped = _is_wrapped(text)
    found = []
    for block in _lines(text, within, wrapped=wrapped):
        # One character for one: offsets in the flattened copy are offsets in the text.
        flat = _UNSAFE.sub(" ", block.of(text))
        start = block.start
        for piece in segment("nl", flat):
            found.append(_trimmed(text, Span(start, start + len(piece))))
            start += len(piece)
    return _without_bare_numbers(text, [span for span in found if len(span)])


def covers(text: str, spans: Sequence[Span]) -> bool:
    """Whether spans are what ``paragraphs`` promises: in order, trimmed, nothing left out."""
    at = 0
    for span in spans:
        piece = span.of(text)
        if span.start < at or not piece or piece != piece.strip() or text[at : span.start].strip():
            return False
        at = span.end
    return at <= len(text) and not text[at:].strip()


def _blocks(text: str) -> list[Span]:
    whole = _trimmed(text, Span(0, len(text)))
    return _lines(text, whole, wrapped=_is_wrapped(text)) if len(whole) else []


def _is_wrapped(text: str) -> bool:
    """Whether single newlines are layout: most lines short, few ending like a sentence."""
    lines = [line for line in text.split("\n")[:-1] if line.strip()]
    if len(lines) < 2 or median(map(len, lines)) > _WRAPPED_LINE:
        return False
    open_lines = sum(not line.rstrip().endswith(_SENTENCE_END) for line in lines)
    return open_lines / len(lines) > 0.5


def _lines(text: str, within: Span, *, wrapped: bool) -> list[Span]:
    breaks = [within.start]
    for match in re.finditer(r"\n+", text[within.start : within.end]):
        at = within.start + match.end()
        if not wrapped or _ends_paragraph(text, within.start + match.start(), at):
            breaks.append(at)
    breaks.append(within.end)
    spans = (_trimmed(text, Span(start, end)) for start, end in pairwise(breaks))
    return [span for span in spans if len(span)]


def _ends_paragraph(text: str, line_end: int, next_line: int) -> bool:
    """In wrapped text: a blank line, a list item, or a short line that closes a sentence."""
    if next_line - line_end > 1 or _ITEM.match(text, next_line):
        return True
    line = text[text.rfind("\n", 0, line_end) + 1 : line_end].rstrip()
    return len(line) < 60 and line.endswith(_SENTENCE_END)


def _cut(text: str, block: Span) -> list[Span]:
    if len(block) <= LIMIT:
        return [block]
    parts = -(-len(block) // LIMIT)
    aim = len(block) / parts
    pieces: list[Span] = []
    start = end = block.start
    for sentence in sentences(text, block):
        if end > start and sentence.end - start > aim:
            pieces.append(Span(start, end))
            start = sentence.start
        end = sentence.end
    pieces.append(Span(start, end))
    return pieces


def _joined(text: str, pieces: list[Span]) -> list[Span]:
    result: list[Span] = []
    for piece in pieces:
        if result and _belongs(text, result[-1], piece):
            result[-1] = Span(result[-1].start, piece.end)
        else:
            result.append(piece)
    return result


def _belongs(text: str, last: Span, piece: Span) -> bool:
    if piece.end - last.start > LIMIT:
        return False
    opens_list = text[last.start : last.end].endswith(":") or _ITEM.match(text, piece.start)
    return len(last) < TARGET or len(piece) < TARGET // 4 or bool(opens_list)


def _trimmed(text: str, span: Span) -> Span:
    piece = span.of(text)
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.end - (len(piece) - len(piece.rstrip()))))


def _without_bare_numbers(text: str, spans: list[Span]) -> list[Span]:
    """Join a list number that was split off ("1." ) to the sentence that it opens."""
    result: list[Span] = []
    for span in reversed(spans):
        if result and len(span) <= 3 and span.of(text).rstrip(".)").isalnum():
            result[-1] = Span(span.start, result[-1].end)
        else:
            result.append(span)
    return result[::-1]
