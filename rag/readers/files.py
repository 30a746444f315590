"""Files and folders given by the user, as sources in a fixed order; metadata joined to its paper."""

import os
from collections.abc import Iterator
from itertools import islice
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
        elif path.is_file():
            yield path
        elif path.exists():
            yield Rejection(str(path), "dit is geen gewoon bestand", "geef een bestand of een map")
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
    shared = paper.parent / _SIDECARS[0]
    if shared.is_file() and _is_single_paper(paper.parent):
        candidates.append(shared)
    return next((path for path in candidates if path.is_file()), None)


def _walk(folder: Path) -> Iterator[Path | Rejection]:
    failures: list[OSError] = []
    for directory, subfolders, names in os.walk(folder, onerror=failures.append):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            path = Path(directory, name)
            if not name.startswith(".") and path.is_file() and not _belongs_to_paper(path):
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
    return above.is_file() or _is_single_paper(path.parent)


def _is_sidecar(path: Path) -> bool:
    return path.name in _SIDECARS or path.name.endswith(".metadata.xml")


def _is_single_paper(folder: Path) -> bool:
    """Whether exactly one paper stands in a folder; a folder of thousands is not listed whole."""
    papers = (p for p in folder.iterdir() if p.name.endswith((".xml", ".xml.gz")) and not _is_sidecar(p))
    return len(list(islice(papers, 2))) == 1
