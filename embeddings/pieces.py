"""Cuts the work of encoding into batches of bounded size (pure)."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

PIECE_CHARACTERS = 50_000
BATCH_CHARACTERS = 1_000_000
BATCH_PIECES = 2_048
# A piece ends before white space, where no token can be cut; a longer unbroken run stays whole.
_PIECE = re.compile(rf".{{1,{PIECE_CHARACTERS}}}(?=\s|\Z)|\S+", re.DOTALL)


class Piece(NamedTuple):
    """A part of the text in row ``row`` of the result."""

    row: int
    text: str


def pieces(texts: Iterable[str]) -> Iterator[Piece]:
    """The texts in order, each cut at white space into pieces of about 50,000 characters."""
    for row, text in enumerate(texts):
        if len(text) <= PIECE_CHARACTERS:
            yield Piece(row, text)
        else:
            yield from (Piece(row, found.group()) for found in _PIECE.finditer(text))


def encodable(text: str) -> str:
    """The text with lone surrogates, which no tokenizer takes, replaced by a question mark."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def batches(parts: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces in order, in lists of at most 2,048 pieces and about a million characters."""
    batch: list[Piece] = []
    size = 0
    for piece in parts:
        batch.append(piece)
        size += len(piece.text)
        if len(batch) >= BATCH_PIECES or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
