"""Snapshots: what is opened, the switch, the way back, and readers that stay."""

import ast
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rag.documents import Document
from rag.errors import SnapshotError
from rag.index import snapshot as snapshots
from rag.index.analysis import VERSION
from rag.index.files import replace_text, sha256_of
from rag.index.manifest import NAME, Manifest
from rag.index.snapshot import CURRENT, SNAPSHOTS, current, open_snapshot, rollback, verify
from tests.helpers import WordEncoder, build_index, document
from tests.index.answering import answers, wanted

ROOT = Path(__file__).parents[2]


def test_rows_of_all_parts_belong_together(index: Path, papers: tuple[Document, ...]) -> None:
    snapshot = open_snapshot(index)
    encoder = WordEncoder()
    entries = [snapshot.texts.entry(int(row)) for row in snapshot.entries]
    assert [e.exchange for e in entries] == [
        e for paper in papers for e in paper.exchanges if paper.kind.quotable
    ]
    assert snapshot.columns.documents == [entry.document.id for entry in entries]
    units = snapshot.units.rows(0, len(snapshot.units))
    np.testing.assert_array_equal(
        units, encoder.encode([entry.document.unit_text(entry.exchange) for entry in entries])
    )
    asked = [f"{entry.document.title}\n{entry.exchange.question}" for entry in entries]
    np.testing.assert_array_equal(snapshot.asked.rows(0, len(snapshot.asked)), encoder.encode(asked))
    passages = [
        (row, span.of(entry.exchange.answer))
        for row, entry in enumerate(entries)
        for span in entry.paragraphs
    ]
    assert snapshot.owners.tolist() == [row for row, _ in passages]
    expected = encoder.encode([text for _, text in passages])
    np.testing.assert_array_equal(snapshot.passages.rows(0, len(snapshot.passages)), expected)
    for row, entry in enumerate(entries):
        paper = snapshot.papers.search(wanted(entry.exchange.answer), None, 99, fields=("gram",))["gram"]
        assert snapshot.columns.papers[row] in paper.rows[:2]
        assert (
            row
            in snapshot.words.search(wanted(entry.document.unit_text(entry.exchange)), None, 99)["stem"].rows[
                :2
            ]
        )


def test_the_manifest_says_what_it_holds_and_what_made_it(index: Path) -> None:
    snapshot = open_snapshot(index)
    manifest, encoder = snapshot.manifest, WordEncoder()
    assert (manifest.encoder.name, manifest.encoder.digest) == (encoder.name, encoder.digest)
    assert (manifest.encoder.dimension, manifest.encoder.model) == (encoder.dimension, None)
    assert manifest.analyser == VERSION
    assert manifest.counts == {"documents": 6, "answers": 5, "paragraphs": len(snapshot.passages)}
    for name, mark in manifest.files.items():
        assert (mark.bytes, mark.sha256) == (
            (snapshot.folder / name).stat().st_size,
            sha256_of(snapshot.folder / name),
        )
    kinds = {"texts.db", "units.npy", "passages.npy", "columns/dates.npy", "words/meta.json"}
    assert kinds <= set(manifest.files)


def test_opening_and_searching_write_nothing(index: Path) -> None:
    before = _state(index)
    answers(open_snapshot(index))
    assert _state(index) == before
    assert verify(index) == []


def test_current_names_the_snapshot_and_the_one_before(index: Path) -> None:
    now, before = (index / CURRENT).read_text().splitlines()
    assert current(index).name == now.split()[0]
    for line in (now, before):
        name, digest = line.split()
        assert sha256_of(index / SNAPSHOTS / name / NAME) == digest
    assert sorted(path.name for path in (index / SNAPSHOTS).iterdir()) == sorted(
        line.split()[0] for line in (now, before)
    )


def test_the_first_snapshot_has_none_before(tmp_path: Path) -> None:
    build_index(tmp_path, document(1, "Ja."))
    assert (tmp_path / CURRENT).read_text() == f"{current(tmp_path).name} {_digest(tmp_path)}\n\n"
    with pytest.raises(SnapshotError, match="geen vorige momentopname"):
        rollback(tmp_path)


def test_rollback_goes_back_and_forth(index: Path) -> None:
    new, new_answers = current(index), answers(open_snapshot(index))
    old = rollback(index)
    assert current(index) == old != new
    assert open_snapshot(index).manifest.counts["documents"] == 5
    assert verify(index) == []
    assert rollback(index) == new
    assert answers(open_snapshot(index)) == new_answers


def test_a_build_after_a_rollback_holds_the_whole_corpus_again(
    index: Path, papers: tuple[Document, ...]
) -> None:
    old = rollback(index)
    report = build_index(index, *papers)
    assert report.snapshot != old
    assert open_snapshot(index).manifest.counts["documents"] == len(papers)
    assert rollback(index) == old


def test_a_damaged_previous_snapshot_is_not_gone_back_to(index: Path) -> None:
    now = current(index)
    (before,) = set((index / SNAPSHOTS).iterdir()) - {now}
    _flip(before / "units.npy")
    with pytest.raises(SnapshotError, match=r"vorige momentopname .* beschadigd \(units.npy: inhoud"):
        rollback(index)
    assert current(index) == now


def test_a_damaged_snapshot_is_not_kept_for_a_rollback(index: Path) -> None:
    _flip(current(index) / "columns" / "dates.npy")
    build_index(index, document(9, "Nieuw."))
    assert verify(index) == []
    assert len(list((index / SNAPSHOTS).iterdir())) == 1


def test_a_reader_goes_on_after_two_rebuilds(index: Path) -> None:
    reader = open_snapshot(index)
    expected = answers(reader)
    for number in (11, 12):
        build_index(index, document(number, f"Een nieuw antwoord over brug {number}."))
    assert not reader.folder.exists()
    assert answers(reader) == expected
    assert reader.manifest.counts["documents"] == 6
    assert open_snapshot(index).manifest.counts["documents"] == 8


def test_who_opens_during_a_build_gets_the_old_or_the_new(index: Path) -> None:
    for number in range(20, 24):
        counts = []
        with ThreadPoolExecutor(1) as pool:
            building = pool.submit(build_index, index, document(number, f"Antwoord {number}."))
            while not building.done():
                counts.append(open_snapshot(index).manifest.counts["documents"])
            building.result()
        assert counts == sorted(counts)
        assert set(counts) <= {number - 14, number - 13}


def test_threads_share_one_reader(index: Path) -> None:
    reader = open_snapshot(index)
    expected = answers(reader)
    with ThreadPoolExecutor(8) as pool:
        assert all(found == expected for found in pool.map(lambda _: answers(reader), range(40)))


def test_an_index_that_is_not_there_is_refused_with_the_remedy(tmp_path: Path) -> None:
    for asked in (open_snapshot, current, rollback):
        with pytest.raises(SnapshotError, match="is geen index: bouw er een met 'kamerantwoord build"):
            asked(tmp_path / "nergens")
    assert verify(tmp_path / "nergens") != []
    assert list(tmp_path.iterdir()) == []


def test_a_current_that_is_no_file_is_refused(index: Path) -> None:
    (index / CURRENT).unlink()
    (index / CURRENT).mkdir()
    with pytest.raises(SnapshotError, match="onleesbaar"):
        open_snapshot(index)


def test_another_analyser_is_refused_with_both_versions(index: Path) -> None:
    _reseal(index, current(index), replace(Manifest.read(current(index)), analyser="0 (oud)"))
    with pytest.raises(SnapshotError, match=r"woordanalyse 0 \(oud\), hier draait 1 .*bouw er een"):
        open_snapshot(index)


@pytest.mark.parametrize("name", ["units.npy", "texts.db", "columns/values.json", "words/meta.json"])
def test_a_truncated_file_is_refused_at_the_start(index: Path, name: str) -> None:
    file = current(index) / name
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(SnapshotError, match=f"beschadigd .*{name}.*rollback"):
        open_snapshot(index)


@pytest.mark.parametrize("name", ["units.npy", "owners.npy", "columns/values.json", "words/meta.json"])
def test_a_file_that_cannot_be_read_is_refused_in_words(index: Path, name: str) -> None:
    file = current(index) / name
    file.write_bytes(b"\0" * file.stat().st_size)
    with pytest.raises(SnapshotError, match="beschadigd"):
        open_snapshot(index)


@pytest.mark.parametrize(
    "name", ["units", "passages", "owners", "entries", "columns/dates", "columns/kind-rows"]
)
def test_arrays_of_python_objects_are_refused(index: Path, name: str) -> None:
    folder = current(index)
    np.save(folder / f"{name}.npy", np.array([{}, print], dtype=object), allow_pickle=True)
    manifest = Manifest.read(folder)
    (folder / NAME).unlink()
    _reseal(index, folder, Manifest.of(folder, manifest.encoder, manifest.analyser, manifest.counts))
    with pytest.raises(SnapshotError, match=r"beschadigd \(.*[Oo]bject"):
        open_snapshot(index)


def test_no_source_reads_or_writes_pickles() -> None:
    sources = [path for room in ("rag", "embeddings") for path in (ROOT / room).rglob("*.py")]
    assert len(sources) > 20
    for path in sources:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = {alias.name for alias in node.names} | {getattr(node, "module", None)}
                assert not names & {"pickle", "joblib", "shelve", "marshal", "dill"}, path
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("np.load", "np.save"):
                assert "allow_pickle=False" in ast.unparse(node), path
            assert not (isinstance(node, ast.keyword) and ast.unparse(node) == "allow_pickle=True"), path


def test_switch_syncs_before_it_names_the_new_snapshot(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    monkeypatch.setattr(snapshots, "sync_tree", lambda folder: steps.append(f"tree {folder.name}"))
    monkeypatch.setattr(snapshots, "sync", lambda folder: steps.append(f"names in {folder.name}"))

    def noted(file: Path, text: str) -> None:
        steps.append(file.name)
        replace_text(file, text)

    monkeypatch.setattr(snapshots, "replace_text", noted)
    build_index(index, document(9, "Nieuw."))
    assert steps == ["tree .making", f"names in {SNAPSHOTS}", CURRENT]


def _state(index: Path) -> dict[str, tuple[int, str]]:
    return {str(p): (p.stat().st_mtime_ns, sha256_of(p)) for p in index.rglob("*") if p.is_file()}


def _digest(index: Path) -> str:
    return sha256_of(current(index) / NAME)


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)


def _reseal(index: Path, folder: Path, manifest: Manifest) -> None:
    """Make a snapshot describe itself by this manifest, and answer."""
    manifest.write(folder)
    replace_text(index / CURRENT, f"{folder.name} {sha256_of(folder / NAME)}\n\n")
