"""One complete, immutable index on disk, and the switch from one to the next.

An index folder holds ``corpus.db`` (the truth), ``snapshots/<name>/`` and ``CURRENT``, a text
file whose first line names the snapshot that answers, with the digest of its manifest, and
whose second line names the one before it, or is empty where there is none.
"""

import re
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
from rag.index.files import replace_text, sha256_of, sync, sync_tree
from rag.index.manifest import Manifest
from rag.index.spelling import Spelling
from rag.index.vectors import VectorIndex
from rag.index.words import WordIndex

CORPUS = "corpus.db"
CURRENT = "CURRENT"
SNAPSHOTS = "snapshots"
_POINTER = re.compile(r"([\w-]+ [0-9a-f]{64})\n([\w-]+ [0-9a-f]{64})?\n", re.ASCII)
_BUILD = "bouw er een met 'kamerantwoord build BRON --index MAP'"


@dataclass(frozen=True)
class Snapshot:
    """An opened snapshot: whoever holds it keeps it, whatever is built afterwards.

    Row ``i`` of ``units``, ``asked`` and ``words`` is the exchange ``entries[i]`` (its row number in
    ``texts``); row ``j`` of ``passages`` is a paragraph of row ``owners[j]``.
    """

    folder: Path
    manifest: Manifest
    texts: Corpus
    words: WordIndex
    spelling: Spelling
    papers: WordIndex
    asked: VectorIndex
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
    return _checked(index, _pointers(index)[0])


def open_snapshot(index: Path) -> Snapshot:
    """Open the snapshot that answers; sizes are checked here, contents by ``verify``.

    Raises:
        SnapshotError: it is absent, damaged, or made by another version of this program.
    """
    folder = current(index)
    manifest = Manifest.read(folder)
    damage = manifest.missing(folder)
    if damage:
        raise SnapshotError(_damaged(index, damage[0]))
    if manifest.analyser != VERSION:
        raise SnapshotError(
            f"De index in {index} is gemaakt met woordanalyse {manifest.analyser}, "
            f"hier draait {VERSION}: {_BUILD}."
        )
    try:
        return _opened(folder, manifest)
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise SnapshotError(_damaged(index, str(error))) from error


def _opened(folder: Path, manifest: Manifest) -> Snapshot:
    return Snapshot(
        folder=folder,
        manifest=manifest,
        texts=Corpus.open_frozen(folder / "texts.db"),
        words=WordIndex.open(folder / "words"),
        spelling=Spelling.open(folder / "vocabulary.tsv"),
        papers=WordIndex.open(folder / "papers"),
        asked=VectorIndex.open(folder / "asked.npy"),
        units=VectorIndex.open(folder / "units.npy"),
        passages=VectorIndex.open(folder / "passages.npy"),
        owners=np.load(folder / "owners.npy", allow_pickle=False),
        entries=np.load(folder / "entries.npy", allow_pickle=False),
        columns=Columns.open(folder / "columns"),
    )


def switch(index: Path, made: Path, manifest: Manifest) -> Path:
    """Seal the folder ``made`` and let it answer from now on; the one before it stays if whole."""
    manifest.write(made)
    sync_tree(made)
    digest = sha256_of(made / marks.NAME)
    final = index / SNAPSHOTS / f"{manifest.made.replace(':', '').replace('+0000', 'Z')}-{digest[:8]}"
    made.rename(final)
    sync(final.parent)
    replace_text(index / CURRENT, f"{final.name} {digest}\n{_whole(index)}\n")
    _sweep(index)
    return final


def rollback(index: Path) -> Path:
    """Let the previous snapshot answer again.

    Raises:
        SnapshotError: there is no previous one, or it is damaged.
    """
    now, before = _pointers(index)
    if not before:
        raise SnapshotError(f"In {index} is geen vorige momentopname om naar terug te gaan.")
    damage = _damage(index, before)
    if damage:
        raise SnapshotError(f"De vorige momentopname in {index} is beschadigd ({damage[0]}): {_BUILD}.")
    replace_text(index / CURRENT, f"{before}\n{now}\n")
    return _checked(index, before)


def verify(index: Path) -> list[str]:
    """Everything that is wrong with the index: every truncated file, every flipped bit.

    Looks at the snapshot that answers, at the one before it, and at the corpus.
    """
    try:
        now, before = _pointers(index)
    except SnapshotError as error:
        return [str(error)]
    found = _damage(index, now)
    if before:
        found += [f"vorige momentopname: {line}" for line in _damage(index, before)]
    # Nothing takes documents out of a corpus, so it never holds fewer than its snapshot.
    least = 0 if found else Manifest.read(_checked(index, now)).counts["documents"]
    return found + _corpus_damage(index / CORPUS, least)


def _damage(index: Path, pointer: str) -> list[str]:
    try:
        folder = _checked(index, pointer)
        return Manifest.read(folder).damage(folder)
    except SnapshotError as error:
        return [str(error)]


def _corpus_damage(file: Path, least: int) -> list[str]:
    if not file.is_file():
        return [f"{CORPUS}: ontbreekt"]
    try:
        with Corpus.open(file) as corpus:
            found = corpus.damage()
            if not found and sum(corpus.counts().values()) < least:
                found = [f"minder dan de {least} documenten van de momentopname"]
            return [f"{CORPUS}: {line}" for line in found]
    except SnapshotError as error:
        return [str(error)]


def _whole(index: Path) -> str:
    """The pointer to the snapshot that answers, empty where there is none that is whole."""
    try:
        now = _pointers(index)[0]
    except SnapshotError:
        return ""
    return "" if _damage(index, now) else now


def _pointers(index: Path) -> tuple[str, str]:
    """Name and manifest digest of the snapshot that answers, and of the one before it or empty."""
    try:
        text = (index / CURRENT).read_bytes().decode("ascii", "replace")
    except FileNotFoundError as error:
        raise SnapshotError(f"In {index} is geen index: {_BUILD}.") from error
    except OSError as error:
        raise SnapshotError(f"{index / CURRENT} is onleesbaar ({error}): {_BUILD}.") from error
    found = _POINTER.fullmatch(text)
    if not found:
        raise SnapshotError(f"{index / CURRENT} is leeg of beschadigd: {_BUILD}.")
    return found[1], found[2] or ""


def _checked(index: Path, pointer: str) -> Path:
    name, _, digest = pointer.partition(" ")
    folder = index / SNAPSHOTS / name
    if not (folder / marks.NAME).is_file():
        raise SnapshotError(
            f"{index / CURRENT} wijst naar een momentopname die er niet is ({name!r}): {_BUILD}."
        )
    if sha256_of(folder / marks.NAME) != digest:
        raise SnapshotError(f"Het manifest van {folder} is veranderd (SHA-256 klopt niet): {_BUILD}.")
    return folder


def _sweep(index: Path) -> None:
    kept = {pointer.partition(" ")[0] for pointer in _pointers(index)}
    for folder in (index / SNAPSHOTS).iterdir():
        if folder.name not in kept:
            shutil.rmtree(folder, ignore_errors=True)


def _damaged(index: Path, how: str) -> str:
    return f"De index in {index} is beschadigd ({how}): {_BUILD}, of ga terug met 'rollback'."
