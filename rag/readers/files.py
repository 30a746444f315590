"""Files and folders given by the user, as sources in a fixed order; metadata joined to its paper."""

import os
from collections.abc import Iterator
from pathlib import Path

from rag.errors import Rejection

_SIDECARS = ("metadata.xml", "metadata_owms.xml")


def find_files(paths: list[Path]) -> Iterator[Path | Rejection]:
    """Every file to be read: those given, and those in folders, sorted, hidden ones skipped.

    Metadata that stands beside its paper is left out; a path that does not exist is rejected.
    """
    for path in paths:
        if path.is_dir():
            yield from _walk(path)
        elif path.exists():
            yield path
        else:
            yield Rejection(str(path), "het bestand of de map bestaat niet", "controleer het pad")


def metadata_beside(paper: Path) -> Path | None:
    """The metadata of a paper: ``<id>.metadata.xml``, ``<id>/metadata.xml``, or ``metadata.xml``.

    A ``metadata.xml`` in the same folder counts where the paper is the only one there.
    """
    if _is_sidecar(paper):
        return None
    stem = paper.name.removesuffix(".gz").removesuffix(".xml")
    candidates = [paper.with_name(f"{stem}.metadata.xml"), paper.parent / stem / _SIDECARS[0]]
    if len(_papers(paper.parent)) == 1:
        candidates.append(paper.parent / _SIDECARS[0])
    return next((path for path in candidates if path.is_file()), None)


def _walk(folder: Path) -> Iterator[Path | Rejection]:
    failures: list[OSError] = []
    for directory, subfolders, names in os.walk(folder, onerror=failures.append):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            path = Path(directory, name)
            if not name.startswith(".") and not _belongs_to_paper(path):
                yield path
    for failure in failures:
        what = f"de map kan niet worden gelezen ({failure.strerror})"
        yield Rejection(str(failure.filename), what, "controleer de rechten van de map")


def _belongs_to_paper(path: Path) -> bool:
    """Whether this is metadata with its paper in the same folder or, as ``<id>.xml``, above it."""
    if not _is_sidecar(path):
        return False
    if path.name not in _SIDECARS:
        stem = path.name.removesuffix(".metadata.xml")
        return any(path.with_name(stem + suffix).is_file() for suffix in (".xml", ".xml.gz"))
    above = path.parent.parent / f"{path.parent.name}.xml"
    return above.is_file() or len(_papers(path.parent)) == 1


def _is_sidecar(path: Path) -> bool:
    return path.name in _SIDECARS or path.name.endswith(".metadata.xml")


def _papers(folder: Path) -> list[str]:
    names = os.listdir(folder)
    return [n for n in names if n.endswith((".xml", ".xml.gz")) and not _is_sidecar(Path(n))]
