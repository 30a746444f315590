"""One complete, immutable index on disk, and the switch from one to the next.

An index folder holds ``corpus.db`` (the truth), ``snapshots/<name>/`` and ``CURRENT``, a text
file whose first line names the snapshot that answers, with the digest of its manifest, and
whose second line names the one before it.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from rag.corpus import Corpus
from rag.errors import SnapshotError
from rag.index import manifest as marks
from rag.index.analysis import VERSION
from rag.index.columns import Columns
from rag.index.files import replace_text, sha256_of, sync_tree
from rag.index.manifest import Manifest
from rag.index.vectors import VectorIndex
from rag.index.words import WordIndex

CORPUS = "corpus.db"
CURRENT = "CURRENT"
SNAPSHOTS = "snapshots"
_BUILD = "bouw er een met 'kamerantwoord build BRON --index MAP'"


@dataclass(frozen=True)
class Snapshot:
    """An opened snapshot: whoever holds it keeps it, whatever is built afterwards.

    Row ``i`` of ``units`` and of ``words`` is the exchange ``entries[i]`` (its row number in
    ``texts``); row ``j`` of ``passages`` is a paragraph of row ``owners[j]``.
    """

    folder: Path
    manifest: Manifest
    texts: Corpus
    words: WordIndex
    units: VectorIndex
    passages: VectorIndex
    owners: NDArray[np.int32]
    entries: NDArray[np.int64]
    columns: Columns


def current(index: Path) -> Path:
    """The folder of the snapshot that answers.

    Raises:
        SnapshotError: there is none, or ``CURRENT`` does not fit its manifest.
    """
    line = _lines(index)[0]
    return _checked(index, line)


def open_snapshot(index: Path) -> Snapshot:
    """Open the snapshot that answers; sizes are checked here, contents by ``verify``.

    Raises:
        SnapshotError: it is absent, damaged, or made by another version of this program.
    """
    folder = current(index)
    manifest = Manifest.read(folder)
    damage = manifest.missing(folder)
    if damage:
        raise SnapshotError(
            f"De index in {index} is beschadigd ({damage[0]}): {_BUILD}, of ga terug met 'rollback'."
        )
    if manifest.analyser != VERSION:
        raise SnapshotError(
            f"De index in {index} is gemaakt met woordanalyse {manifest.analyser}, "
            f"hier draait {VERSION}: {_BUILD}."
        )
    return Snapshot(
        folder=folder,
        manifest=manifest,
        texts=Corpus.open_frozen(folder / "texts.db"),
        words=WordIndex.open(folder / "words"),
        units=VectorIndex.open(folder / "units.npy"),
        passages=VectorIndex.open(folder / "passages.npy"),
        owners=np.load(folder / "owners.npy", allow_pickle=False),
        entries=np.load(folder / "entries.npy", allow_pickle=False),
        columns=Columns.open(folder / "columns"),
    )


def switch(index: Path, made: Path, manifest: Manifest) -> Path:
    """Seal the folder ``made`` and let it answer from now on; the one before it stays."""
    manifest.write(made)
    sync_tree(made)
    digest = sha256_of(made / marks.NAME)
    final = index / SNAPSHOTS / f"{manifest.made.replace(':', '').replace('+0000', 'Z')}-{digest[:8]}"
    made.rename(final)
    before = _lines(index)[:1] if (index / CURRENT).exists() else []
    replace_text(index / CURRENT, "\n".join([f"{final.name} {digest}", *before]) + "\n")
    _sweep(index)
    return final


def rollback(index: Path) -> Path:
    """Let the previous snapshot answer again.

    Raises:
        SnapshotError: there is no previous one.
    """
    lines = _lines(index)
    if len(lines) < 2:
        raise SnapshotError(f"In {index} is geen vorige momentopname om naar terug te gaan.")
    folder = _checked(index, lines[1])
    replace_text(index / CURRENT, f"{lines[1]}\n{lines[0]}\n")
    return folder


def verify(index: Path) -> list[str]:
    """Everything that is wrong with the index: every truncated file, every flipped bit."""
    try:
        folder = current(index)
        found = Manifest.read(folder).damage(folder)
    except SnapshotError as error:
        return [str(error)]
    return found + _corpus_damage(index / CORPUS)


def _corpus_damage(file: Path) -> list[str]:
    if not file.is_file():
        return [f"{CORPUS}: ontbreekt"]
    try:
        with Corpus.open(file) as corpus:
            return [f"{CORPUS}: {line}" for line in corpus.damage()]
    except SnapshotError as error:
        return [str(error)]


def _lines(index: Path) -> list[str]:
    try:
        lines = (index / CURRENT).read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise SnapshotError(f"In {index} is geen index: {_BUILD}.") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SnapshotError(f"{index / CURRENT} is onleesbaar ({error}): {_BUILD}.") from error
    if not lines:
        raise SnapshotError(f"{index / CURRENT} is leeg: {_BUILD}.")
    return lines


def _checked(index: Path, line: str) -> Path:
    name, _, digest = line.partition(" ")
    folder = index / SNAPSHOTS / name
    if not name or "/" in name or not (folder / marks.NAME).is_file():
        raise SnapshotError(
            f"{index / CURRENT} wijst naar een momentopname die er niet is ({name!r}): {_BUILD}."
        )
    if sha256_of(folder / marks.NAME) != digest:
        raise SnapshotError(f"Het manifest van {folder} is veranderd (SHA-256 klopt niet): {_BUILD}.")
    return folder


def _sweep(index: Path) -> None:
    kept = {line.partition(" ")[0] for line in _lines(index)}
    for folder in (index / SNAPSHOTS).iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)
