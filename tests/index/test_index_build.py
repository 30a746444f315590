"""Building: what is embedded again and what is not, who may build, and what is refused."""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from rag.corpus import Corpus
from rag.documents import Document
from rag.errors import Rejection, SnapshotError
from rag.index import build as building
from rag.index import manifest
from rag.index.build import build
from rag.index.snapshot import CORPUS, CURRENT, SNAPSHOTS, current, open_snapshot, verify
from rag.progress import Progress
from tests.helpers import WordEncoder, build_index, document
from tests.index.answering import answers

LONG = "De brug bij Nergenshuizen is van staal en wordt elk jaar door een ploeg geschilderd. " * 12


@pytest.fixture
def documents() -> list[Document]:
    return [document(n, f"Antwoord over veer {n}.", LONG) for n in range(4)]


def test_a_first_build_embeds_every_answer_and_every_paragraph(
    tmp_path: Path, documents: list[Document]
) -> None:
    encoder = WordEncoder()
    report = build_index(tmp_path, *documents, encoder=encoder)
    assert report.counts == {"documents": 4, "answers": 8, "paragraphs": 12}
    assert (report.embedded, report.reused) == (28, 0) == (len(encoder.seen), 0)
    assert (report.intake.added, report.intake.is_new) == (4, True)
    assert report.snapshot == current(tmp_path)


def test_one_changed_document_embeds_only_the_changed_texts(
    tmp_path: Path, documents: list[Document]
) -> None:
    build_index(tmp_path, *documents)
    encoder = WordEncoder()
    changed = document(2, "Antwoord over veer twee.", LONG)
    report = build_index(tmp_path, *documents[:2], changed, documents[3], encoder=encoder)
    title = f"{changed.title}\nKlopt het?\nAntwoord over veer twee."
    assert encoder.seen == [title, "Antwoord over veer twee."]
    assert (report.embedded, report.reused) == (2, 26)
    assert (report.intake.changed, report.intake.unchanged) == (1, 3)


def test_reused_vectors_are_those_of_a_build_from_nothing(tmp_path: Path, documents: list[Document]) -> None:
    build_index(tmp_path / "grown", *documents[:3])
    build_index(tmp_path / "grown", documents[3], replace(documents[0], title="Anders"))
    build_index(tmp_path / "fresh", replace(documents[0], title="Anders"), *documents[1:])
    grown, fresh = open_snapshot(tmp_path / "grown"), open_snapshot(tmp_path / "fresh")
    for name in ("units", "asked", "passages"):
        a, b = getattr(grown, name), getattr(fresh, name)
        assert np.array_equal(a.rows(0, len(a)), b.rows(0, len(b)))
    assert answers(grown) == answers(fresh)


def test_the_same_documents_leave_the_snapshot_as_it_is(tmp_path: Path, documents: list[Document]) -> None:
    first = build_index(tmp_path, *documents)
    encoder = WordEncoder()
    again = build_index(tmp_path, *documents[::-1], encoder=encoder)
    assert (again.snapshot, again.counts) == (first.snapshot, first.counts)
    assert (again.embedded, again.reused, encoder.seen) == (0, 28, [])
    assert again.intake.unchanged == 4
    assert build_index(tmp_path).snapshot == first.snapshot


def test_another_encoder_embeds_everything_again(tmp_path: Path, documents: list[Document]) -> None:
    build_index(tmp_path, *documents)
    other = WordEncoder("andere woorden", 32)
    report = build_index(tmp_path, encoder=other)
    assert (report.embedded, report.reused, len(other.seen)) == (28, 0, 28)
    mark = open_snapshot(tmp_path).manifest.encoder
    assert (mark.name, mark.dimension) == ("andere woorden", 32)


def test_another_name_for_the_same_model_is_written_down_but_embeds_nothing(
    tmp_path: Path, documents: list[Document]
) -> None:
    build_index(tmp_path, *documents)
    report = build([], tmp_path, WordEncoder(), model="map/model", progress=Progress())
    assert (report.embedded, report.reused) == (0, 28)
    assert open_snapshot(tmp_path).manifest.encoder.model == "map/model"


def test_another_analyser_makes_a_new_snapshot_without_embedding(
    tmp_path: Path, documents: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(building, "VERSION", "0 (oud)")
        old = build_index(tmp_path, *documents).snapshot
    report = build_index(tmp_path, *documents)
    assert report.snapshot != old
    assert (report.embedded, verify(tmp_path)) == (0, [])


def test_a_snapshot_of_an_older_format_is_made_anew(
    tmp_path: Path, documents: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(manifest, "FORMAT", manifest.FORMAT - 1)
        build_index(tmp_path, *documents)
    with pytest.raises(SnapshotError, match="heeft vorm"):
        open_snapshot(tmp_path)
    assert build_index(tmp_path).embedded == 28
    assert verify(tmp_path) == []


@pytest.mark.parametrize("name", ["units.npy", "asked.npy", "passages-digests.npy", "owners.npy"])
def test_damage_in_the_previous_snapshot_is_not_carried_over(
    tmp_path: Path, documents: list[Document], name: str
) -> None:
    build_index(tmp_path, *documents)
    expected = answers(open_snapshot(tmp_path))
    _flip_last_bit(current(tmp_path) / name)
    encoder = WordEncoder()
    report = build_index(tmp_path, *documents, encoder=encoder)
    assert (report.embedded, len(encoder.seen)) == (28, 28)
    assert verify(tmp_path) == []
    assert answers(open_snapshot(tmp_path)) == expected


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe", b"onzin\n", b"weg " + b"0" * 64 + b"\n\n"])
def test_a_build_mends_an_index_whose_pointer_is_broken(
    tmp_path: Path, documents: list[Document], content: bytes | None
) -> None:
    build_index(tmp_path, *documents)
    expected = answers(open_snapshot(tmp_path))
    if content is None:
        (tmp_path / CURRENT).unlink()
    else:
        (tmp_path / CURRENT).write_bytes(content)
    assert verify(tmp_path) != []
    build_index(tmp_path, *documents)
    assert verify(tmp_path) == []
    assert answers(open_snapshot(tmp_path)) == expected


def test_a_build_mends_lost_snapshots(tmp_path: Path, documents: list[Document]) -> None:
    build_index(tmp_path, *documents)
    shutil.rmtree(tmp_path / SNAPSHOTS)
    build_index(tmp_path)
    assert verify(tmp_path) == []


def test_texts_that_occur_twice_get_the_same_vector(tmp_path: Path) -> None:
    build_index(tmp_path, document(1, "Ja.", "Ja."), document(2, "Ja."))
    passages = open_snapshot(tmp_path).passages.rows(0, 3)
    assert (passages == passages[0]).all()


def test_a_text_without_a_word_can_be_built_and_searched(tmp_path: Path) -> None:
    build_index(tmp_path, document(1, "…", title=""), document(2, "Ja."))
    assert open_snapshot(tmp_path).passages.rows(0, 1).any() == np.False_
    assert answers(open_snapshot(tmp_path)) is not None


def test_a_second_build_meanwhile_is_refused_and_the_first_ends_well(
    tmp_path: Path, documents: list[Document]
) -> None:
    def interrupted() -> Iterator[Document]:
        yield from documents
        with pytest.raises(SnapshotError, match=re.escape(f"bouwt al aan {tmp_path}: wacht")):
            build_index(tmp_path, document(9, "Van een ander."))

    build(interrupted(), tmp_path, WordEncoder(), progress=Progress())
    with Corpus.open(tmp_path / CORPUS) as corpus:
        assert [paper.id for paper in corpus.documents()] == [paper.id for paper in documents]
    assert verify(tmp_path) == []


def test_rejections_are_told_and_do_not_stop_the_build(tmp_path: Path, documents: list[Document]) -> None:
    rejection = Rejection("bron", "geen id", "geef er een")
    report = build([rejection, *documents], tmp_path, WordEncoder(), progress=Progress())
    assert report.intake.rejections == [rejection]
    assert report.counts["documents"] == 4


def test_a_corpus_without_an_answer_is_refused_and_can_grow(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="geen enkel antwoord"):
        build_index(tmp_path, document(1))
    assert not (tmp_path / CURRENT).exists()
    assert build_index(tmp_path, document(2, "Ja.")).counts["documents"] == 2


@dataclass(slots=True)
class _Breaking(WordEncoder):
    """Stops halfway, as a model that runs out of memory does."""

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> NDArray[np.float32]:
        raise MemoryError


def test_a_build_that_fails_leaves_the_old_one_and_the_next_holds_all(
    tmp_path: Path, documents: list[Document]
) -> None:
    old = build_index(tmp_path, *documents[:2]).snapshot
    expected = answers(open_snapshot(tmp_path))
    with pytest.raises(MemoryError):
        build_index(tmp_path, *documents, encoder=_Breaking())
    assert current(tmp_path) == old
    assert answers(open_snapshot(tmp_path)) == expected
    assert verify(tmp_path) == []
    # Nothing is new to the corpus now, yet the snapshot lacks two documents.
    report = build_index(tmp_path, *documents)
    assert (report.intake.is_new, report.counts["documents"]) == (False, 4)
    assert open_snapshot(tmp_path).manifest.counts["documents"] == 4


def test_batches_of_texts_give_the_same_vectors(
    tmp_path: Path, documents: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    build_index(tmp_path / "a", *documents)
    monkeypatch.setattr(building, "_BATCH", 3)
    build_index(tmp_path / "b", *documents)
    a, b = (open_snapshot(tmp_path / name).passages for name in "ab")
    assert np.array_equal(a.rows(0, len(a)), b.rows(0, len(b)))


def _flip_last_bit(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
