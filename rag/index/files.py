"""Files that are written whole or not at all, and known by their digest."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path

from rag.errors import SnapshotError


def sha256_of(file: Path) -> str:
    """SHA-256 of a file's bytes in hex."""
    with file.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def files_below(folder: Path) -> list[Path]:
    """Every file in a folder and its folders, sorted."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def sync_tree(folder: Path) -> None:
    """Push every file and folder below to the disk, so that a power cut finds them whole."""
    for path in [*folder.rglob("*"), folder, folder.parent]:
        sync(path)


def sync(path: Path) -> None:
    """Push one file, or the list of names in one folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def replace_text(file: Path, text: str) -> None:
    """Put ``text`` in ``file`` in one step: readers see the old or the new, never a part."""
    aside = file.with_name(f".{file.name}.new")
    aside.write_text(text, encoding="utf-8")
    sync(aside)
    aside.replace(file)
    sync(file.parent)


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; the system lets go of it when the process ends, however it ends.

    Raises:
        SnapshotError: another process is building here.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / ".lock").open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SnapshotError(f"Een ander proces bouwt al aan {folder}: wacht tot het klaar is.") from error
        yield
