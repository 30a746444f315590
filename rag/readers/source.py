"""A file to be read: its first bytes, its content (decompressed), and the metadata beside it."""

import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from rag.readers.refused import RefusedError

MIB = 1 << 20
LARGEST_DOCUMENT = 64 * MIB
_HEAD = 4096
_GZIP = b"\x1f\x8b"
DAMAGED = (EOFError, gzip.BadGzipFile, zlib.error)


@dataclass(frozen=True, slots=True)
class Source:
    """One file; ``head`` is the start of its content after decompression, at most 4 KiB."""

    path: Path
    head: bytes
    compressed: bool
    metadata: Path | None = None

    @property
    def stem(self) -> str:
        """The file name without its suffixes ``.xml``, ``.txt``, ``.jsonl`` and ``.gz``."""
        name = self.path.name.removesuffix(".gz")
        for suffix in (".xml", ".txt", ".jsonl"):
            name = name.removesuffix(suffix)
        return name

    @contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """The content as a stream of bytes, decompressed while reading."""
        with _open(self.path, self.compressed) as stream:
            yield stream

    def content(self) -> bytes:
        """The whole content; refused above 64 MiB, or where the compression is damaged."""
        try:
            with self.open() as stream:
                content = stream.read(LARGEST_DOCUMENT + 1)
        except DAMAGED as error:
            raise damaged(error) from error
        if len(content) > LARGEST_DOCUMENT:
            what = f"het bestand is groter dan {LARGEST_DOCUMENT // MIB} MiB"
            raise RefusedError(what, "splits het in een bestand per document")
        return content


def open_source(path: Path, metadata: Path | None = None) -> Source:
    """The source at a path; its compression is seen from the first bytes, not from its name."""
    with path.open("rb") as stream:
        compressed = stream.read(2) == _GZIP
    head = b""
    with _open(path, compressed) as stream:
        try:
            head = stream.read(_HEAD)
        except DAMAGED as error:
            head = _salvaged(path)
            if not head:
                raise damaged(error) from error
    return Source(path, head, compressed, metadata)


def damaged(error: Exception) -> RefusedError:
    """The error for a compressed file that breaks off or does not add up."""
    what = f"het gecomprimeerde bestand is beschadigd of afgebroken ({type(error).__name__})"
    return RefusedError(what, "haal het bestand opnieuw op")


@contextmanager
def _open(path: Path, compressed: bool) -> Iterator[BinaryIO]:
    # GzipFile reads like a BinaryIO but is not declared as one.
    with gzip.open(path, "rb") if compressed else path.open("rb") as stream:
        yield cast(BinaryIO, stream)


def _salvaged(path: Path) -> bytes:
    """What can be decompressed of a file that breaks off within its first 4 KiB."""
    with path.open("rb") as stream:
        try:
            return zlib.decompressobj(wbits=31).decompress(stream.read(_HEAD), _HEAD)
        except zlib.error:
            return b""
