"""JSON Lines in the exchange format, read line by line in bounded memory."""

import json
from collections.abc import Iterator
from typing import BinaryIO

from rag.documents import Document
from rag.errors import Rejection
from rag.readers.records import from_record
from rag.readers.refused import RefusedError, shorten
from rag.readers.source import DAMAGED, MIB, Source, damaged

LONGEST_LINE = 20 * MIB
_SKIP = MIB


def read_jsonl(source: Source) -> Iterator[Document | Rejection]:
    """One document or rejection per line that is not blank; a bad line never stops the next one.

    Lines above 20 MiB are rejected without being held in memory. Where the compression breaks
    off, the whole lines before the break come out first, then a rejection. A file that spreads
    its one object over many lines is read as that object.
    """
    if source.head.split(b"\n", 1)[0].strip() == b"{":
        yield _read_line(source.content(), str(source.path))
        return
    with source.open() as stream:
        lines = _lines(stream)
        number = 0
        while True:
            number += 1
            where = f"{source.path}, regel {number}"
            try:
                line = next(lines, None)
            except DAMAGED as error:
                yield damaged(error).at(where)
                return
            if line is None:
                return
            if line.strip():
                yield _read_line(line, where)


def _read_line(line: bytes, where: str) -> Document | Rejection:
    try:
        return from_record(_record(line))
    except RefusedError as refused:
        return refused.at(where)


def _record(line: bytes) -> dict[str, object]:
    """The JSON object on one line; refused where it is no UTF-8, no JSON, or no object."""
    if len(line) > LONGEST_LINE:
        raise RefusedError(f"de regel is langer dan {LONGEST_LINE // MIB} MiB", "splits het document")
    try:
        text = line.decode("utf-8-sig")
        value = json.loads(text)
        if "\\ud" in text.lower():
            json.dumps(value, ensure_ascii=False).encode()  # half a surrogate pair cannot be stored
    except UnicodeError as error:
        what = f"de regel is geen geldige UTF-8 (bij positie {getattr(error, 'start', 0)})"
        raise RefusedError(what, "sla het bestand op als UTF-8") from error
    except (ValueError, RecursionError) as error:
        what = f"de regel is geen geldige JSON ({shorten(str(error))})"
        raise RefusedError(what, "schrijf een JSON-object per regel") from error
    if not isinstance(value, dict):
        what = f"de regel is geen JSON-object: {shorten(value)}"
        raise RefusedError(what, "schrijf een JSON-object per regel")
    return value


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """Lines of at most ``LONGEST_LINE`` + 1 bytes; the rest of a longer line is skipped."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line
        if len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            _skip_line(stream)


def _skip_line(stream: BinaryIO) -> None:
    while (part := stream.readline(_SKIP)) and not part.endswith(b"\n"):
        pass
