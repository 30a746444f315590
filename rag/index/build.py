"""Documents to a snapshot: store, embed what is new, index, switch."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from rag.corpus import Corpus, Entry, Intake
from rag.documents import Document
from rag.errors import Rejection, SnapshotError
from rag.index.analysis import VERSION
from rag.index.columns import Columns
from rag.index.files import only_writer
from rag.index.manifest import EncoderMark, Manifest
from rag.index.snapshot import CORPUS, SNAPSHOTS, current, switch
from rag.index.spelling import write_vocabulary
from rag.index.words import GRAM, build_words
from rag.progress import Progress

_DIGEST_BYTES = 16
_BATCH = 4096

VECTORS = ("units", "asked", "passages")


@dataclass(frozen=True, slots=True)
class Report:
    """What a build did; ``embedded`` and ``reused`` count texts, ``snapshot`` is its folder."""

    intake: Intake
    counts: dict[str, int]
    embedded: int
    reused: int
    snapshot: Path


def build(
    items: Iterable[Document | Rejection],
    index: Path,
    encoder: Encoder,
    *,
    model: str | None = None,
    progress: Progress,
) -> Report:
    """Add documents to the index's corpus and let a snapshot of the whole corpus answer.

    ``model`` is what ``encoder`` was loaded by. Killed at any moment, the snapshot that answered
    before goes on answering. Where nothing changed, that snapshot stays.

    Raises:
        SnapshotError: another process builds here, or the corpus holds no answer at all.
    """
    with only_writer(index), Corpus.open(index / CORPUS) as corpus:
        intake = corpus.add(progress.counted(items, "Lezen"))
        mark = EncoderMark(encoder.name, encoder.digest, encoder.dimension, model)
        unchanged = None if intake.is_new else _still_fits(corpus, index, mark)
        if unchanged:
            folder, manifest = unchanged
            kept = 2 * manifest.counts["answers"] + manifest.counts["paragraphs"]
            return Report(intake, manifest.counts, 0, kept, folder)
        return _derive(corpus, index, encoder, mark, intake, progress)


def _derive(
    corpus: Corpus, index: Path, encoder: Encoder, mark: EncoderMark, intake: Intake, progress: Progress
) -> Report:
    entries = list(corpus.entries())
    if not entries:
        raise SnapshotError(
            f"Het corpus in {index} bevat geen enkel antwoord: geef een bron met antwoorden op."
        )
    made = _fresh_folder(index)
    corpus.copy_to(made / "texts.db")
    texts = _texts(entries)
    _write_words(made, texts["units"], entries, progress)
    known = _known_vectors(index, mark)
    embedded = sum(_embed(made, name, texts[name], encoder, known, progress) for name in VECTORS)
    _write_columns(made, entries)
    counts = _counts(corpus, entries)
    folder = switch(index, made, Manifest.of(made, mark, VERSION, counts))
    return Report(intake, counts, embedded, sum(map(len, texts.values())) - embedded, folder)


def _write_words(made: Path, units: list[str], entries: list[Entry], progress: Progress) -> None:
    build_words(made / "words", progress.counted(units, "Woorden", total=len(units)))
    write_vocabulary(made / "vocabulary.tsv", units)
    papers = [list(group) for _, group in groupby(entries, key=lambda entry: entry.document.id)]
    build_words(made / "papers", progress.counted(map(_paper_text, papers), "Stukken"), fields=(GRAM,))


def _write_columns(made: Path, entries: list[Entry]) -> None:
    sizes = [len(entry.paragraphs) for entry in entries]
    _save(made / "owners.npy", np.repeat(np.arange(len(entries), dtype=np.int32), sizes))
    _save(made / "entries.npy", np.array([entry.row for entry in entries], dtype=np.int64))
    Columns.of([entry.document for entry in entries]).save(made / "columns")


def _counts(corpus: Corpus, entries: list[Entry]) -> dict[str, int]:
    return {
        "documents": sum(corpus.counts().values()),
        "answers": len(entries),
        "paragraphs": sum(len(entry.paragraphs) for entry in entries),
    }


def _texts(entries: list[Entry]) -> dict[str, list[str]]:
    """What is searched: turned into vectors, by the name of its file."""
    return {
        "units": [entry.document.unit_text(entry.exchange) for entry in entries],
        "asked": [f"{entry.document.title}\n{entry.exchange.question}" for entry in entries],
        "passages": [span.of(entry.exchange.answer) for entry in entries for span in entry.paragraphs],
    }


def _paper_text(entries: list[Entry]) -> str:
    """A whole paper, for words that stand in another of its exchanges."""
    texts = (f"{entry.exchange.question}\n{entry.exchange.answer}" for entry in entries)
    return "\n".join([entries[0].document.title, *texts])


def _fresh_folder(index: Path) -> Path:
    folder = index / SNAPSHOTS / ".making"
    # What is here was left by a build that was killed.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def _still_fits(corpus: Corpus, index: Path, mark: EncoderMark) -> tuple[Path, Manifest] | None:
    """The snapshot that answers, where it is whole and a new one would hold the same."""
    try:
        folder = current(index)
        manifest = Manifest.read(folder)
    except SnapshotError:
        return None
    if manifest.encoder != mark or manifest.analyser != VERSION or manifest.damage(folder):
        return None
    # A build that was killed, or a rollback, leaves a corpus that knows more than the snapshot.
    with Corpus.open_frozen(folder / "texts.db") as texts:
        return (folder, manifest) if texts.fingerprint() == corpus.fingerprint() else None


def _embed(
    folder: Path,
    name: str,
    texts: list[str],
    encoder: Encoder,
    known: dict[bytes, NDArray[np.float32]],
    progress: Progress,
) -> int:
    """Write vectors and text digests of ``texts``; returns how many had to be embedded."""
    digests = [_digest(text) for text in texts]
    rows = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    new = []
    for row, digest in enumerate(digests):
        if digest in known:
            rows[row] = known[digest]
        else:
            new.append(row)
    for batch in progress.batches(new, _BATCH, f"Vectoren ({name})"):
        rows[batch] = encoder.encode([texts[row] for row in batch])
    _save(folder / f"{name}.npy", rows)
    _save(
        folder / f"{name}-digests.npy",
        np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(-1, _DIGEST_BYTES),
    )
    return len(new)


def _known_vectors(index: Path, mark: EncoderMark) -> dict[bytes, NDArray[np.float32]]:
    """Vectors of the snapshot that answers, by text digest, where the same encoder made them."""
    found = _still_readable(index, mark)
    return {} if found is None else dict(pair for name in VECTORS for pair in _stored(found, name))


def _still_readable(index: Path, mark: EncoderMark) -> Path | None:
    try:
        folder = current(index)
        manifest = Manifest.read(folder)
        # A damaged vector must not live on in the next snapshot.
        return folder if manifest.encoder.digest == mark.digest and not manifest.damage(folder) else None
    except SnapshotError:
        return None


def _stored(folder: Path, name: str) -> Iterator[tuple[bytes, NDArray[np.float32]]]:
    rows = np.load(folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)
    digests = np.load(folder / f"{name}-digests.npy", allow_pickle=False)
    return ((digest.tobytes(), row) for digest, row in zip(digests, rows, strict=True))


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=_DIGEST_BYTES).digest()


def _save(file: Path, array: NDArray[np.generic]) -> None:
    np.save(file, array, allow_pickle=False)
