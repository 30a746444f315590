"""Files that are whole or absent, the lock, and the manifest."""

import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest

from rag.errors import SnapshotError
from rag.index import files
from rag.index.files import files_below, only_writer, replace_text, sha256_of, sync_tree
from rag.index.manifest import FORMAT, NAME, EncoderMark, FileMark, Manifest

MARK = EncoderMark("woorden", "ab" * 32, 64, None)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two files and its manifest."""
    below = tmp_path / "snapshot" / "words"
    below.mkdir(parents=True)
    (below / "leeg").touch()
    (tmp_path / "snapshot" / "units.npy").write_bytes(b"0123456789")
    _manifest(tmp_path / "snapshot").write(tmp_path / "snapshot")
    return tmp_path / "snapshot"


def _manifest(folder: Path) -> Manifest:
    return Manifest.of(folder, MARK, "1 (proef)", {"documents": 1})


def test_sha256_is_that_of_the_bytes(tmp_path: Path) -> None:
    content = os.urandom(300_000)
    (tmp_path / "file").write_bytes(content)
    assert sha256_of(tmp_path / "file") == sha256(content).hexdigest()


def test_files_below_are_all_files_sorted(folder: Path) -> None:
    names = [path.relative_to(folder).as_posix() for path in files_below(folder)]
    assert names == [NAME, "units.npy", "words/leeg"]


def test_text_is_replaced_whole(tmp_path: Path) -> None:
    file = tmp_path / "CURRENT"
    replace_text(file, "één\n")
    replace_text(file, "twee\n")
    assert file.read_text(encoding="utf-8") == "twee\n"
    assert list(tmp_path.iterdir()) == [file]


def test_the_new_text_is_on_disk_before_it_takes_the_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    monkeypatch.setattr(files, "sync", lambda path: steps.append(f"sync {path.name}"))
    monkeypatch.setattr(Path, "replace", lambda path, target: steps.append(f"{path.name} -> {target.name}"))
    replace_text(tmp_path / "CURRENT", "tekst")
    assert steps == ["sync .CURRENT.new", ".CURRENT.new -> CURRENT", f"sync {tmp_path.name}"]


def test_every_file_and_folder_of_a_tree_is_synced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_ino))
    sync_tree(folder)
    expected = [*folder.rglob("*"), folder, folder.parent]
    assert sorted(synced) == sorted(path.stat().st_ino for path in expected)


def test_a_second_writer_is_refused_until_the_first_is_done(tmp_path: Path) -> None:
    with only_writer(tmp_path / "index"):
        expected = re.escape(f"Een ander proces bouwt al aan {tmp_path / 'index'}: wacht tot het klaar is.")
        with pytest.raises(SnapshotError, match=expected), only_writer(tmp_path / "index"):
            pass
    with only_writer(tmp_path / "index"):
        pass


def test_the_lock_of_another_process_holds_and_dies_with_it(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib\nfrom rag.index.files import only_writer\n"
        "with only_writer(pathlib.Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=pipe, stdout=pipe) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(SnapshotError, match="Een ander proces"), only_writer(tmp_path):
            pass
        other.kill()
        other.wait()
        with only_writer(tmp_path):
            pass


def test_a_manifest_comes_back_as_it_was_written(folder: Path) -> None:
    manifest = Manifest.read(folder)
    assert (manifest.format, manifest.encoder, manifest.analyser) == (FORMAT, MARK, "1 (proef)")
    assert manifest.counts == {"documents": 1}
    assert manifest.files == {
        "units.npy": FileMark(10, sha256(b"0123456789").hexdigest()),
        "words/leeg": FileMark(0, sha256(b"").hexdigest()),
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", manifest.made)
    named = replace(manifest, encoder=replace(MARK, model="map/modél"))
    named.write(folder)
    assert Manifest.read(folder) == named


def test_a_whole_folder_has_no_damage(folder: Path) -> None:
    assert Manifest.read(folder).missing(folder) == []
    assert Manifest.read(folder).damage(folder) == []


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("units.npy", b"", "units.npy: 0 bytes, verwacht 10"),
        ("units.npy", b"012345678", "units.npy: 9 bytes, verwacht 10"),
        ("units.npy", b"0123456789 ", "units.npy: 11 bytes, verwacht 10"),
        ("units.npy", None, "units.npy: -1 bytes, verwacht 10"),
        ("words/leeg", b"x", "words/leeg: 1 bytes, verwacht 0"),
        ("units.npy", b"0123456788", "units.npy: inhoud veranderd (SHA-256 klopt niet)"),
        ("words/extra", b"", "words/extra: hoort er niet"),
    ],
)
def test_each_difference_is_told_once(folder: Path, name: str, content: bytes | None, said: str) -> None:
    manifest = Manifest.read(folder)
    if content is None:
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content)
    assert manifest.damage(folder) == [said]
    assert manifest.missing(folder) == ([said] if "verwacht" in said else [])


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff",
        b"{",
        b"[]",
        b"null",
        b"3",
        b'{"format": %d}' % FORMAT,
        b'{"format": %d, "encoder": {}, "files": {}}' % FORMAT,
        b'{"format": %d, "encoder": null, "files": null}' % FORMAT,
    ],
)
def test_an_unreadable_manifest_is_refused_with_the_remedy(folder: Path, content: bytes) -> None:
    (folder / NAME).write_bytes(content)
    with pytest.raises(SnapshotError, match=r"onleesbaar .*bouw de index opnieuw"):
        Manifest.read(folder)


def test_an_absent_manifest_and_another_format_are_refused(folder: Path) -> None:
    values = json.loads((folder / NAME).read_text(encoding="utf-8"))
    (folder / NAME).write_text(json.dumps({**values, "format": FORMAT + 1}))
    with pytest.raises(SnapshotError, match=f"heeft vorm {FORMAT + 1}, verwacht {FORMAT}"):
        Manifest.read(folder)
    (folder / NAME).unlink()
    with pytest.raises(SnapshotError, match="onleesbaar"):
        Manifest.read(folder)
