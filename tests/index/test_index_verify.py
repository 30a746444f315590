"""Verify: every truncated file and every flipped bit is told."""

import os
import random
from contextlib import ExitStack
from pathlib import Path

import pytest

from rag.documents import Document
from rag.index.manifest import NAME
from rag.index.snapshot import CORPUS, CURRENT, SNAPSHOTS, current, verify
from tests.helpers import build_index


def _content(folder: Path) -> dict[Path, bytes]:
    """Every file of a snapshot but its manifest, and what it holds."""
    return {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and p.name != NAME}


def _flipped(content: bytes, at: int, bit: int) -> bytes:
    changed = bytearray(content)
    changed[at] ^= 1 << bit
    return bytes(changed)


def test_a_whole_index_has_no_damage(index: Path) -> None:
    assert verify(index) == []


@pytest.mark.parametrize(("which", "rounds"), [("current", 200), ("previous", 30)])
def test_every_flipped_bit_of_every_file_is_told(index: Path, which: str, rounds: int) -> None:
    folder = _folder(index, which)
    files = {path: content for path, content in _content(folder).items() if content}
    chance = random.Random(7)
    assert len(files) > 25
    flips: dict[int, tuple[int, int]] = {}
    with ExitStack() as stack:
        open_files = {path: stack.enter_context(path.open("r+b", buffering=0)) for path in files}
        for number in range(rounds):
            # One bit in each file at a time: a file of up to ``rounds`` bytes is gone through whole.
            for path, content in files.items():
                at = number if number < min(len(content), rounds) else chance.randrange(len(content))
                handle = open_files[path].fileno()
                flips[handle] = at, content[at]
                os.pwrite(handle, bytes([content[at] ^ 1 << chance.randrange(8)]), at)
            told = {line.removeprefix("vorige momentopname: ") for line in verify(index)}
            names = (path.relative_to(folder).as_posix() for path in files)
            assert told == {f"{name}: inhoud veranderd (SHA-256 klopt niet)" for name in names}
            for handle, (at, byte) in flips.items():
                os.pwrite(handle, bytes([byte]), at)
        assert verify(index) == []


@pytest.mark.parametrize("which", ["current", "previous"])
@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.9, 1])
def test_every_truncated_file_is_told(index: Path, which: str, share: float) -> None:
    folder = _folder(index, which)
    files = {path: content for path, content in _content(folder).items() if content}
    for path, content in files.items():
        path.write_bytes(content[: min(int(len(content) * share), len(content) - 1)])
    told = verify(index)
    assert len(told) == len(files)
    assert all("bytes, verwacht" in line for line in told)


def test_every_lengthened_missing_or_extra_file_is_told(index: Path) -> None:
    folder = current(index)
    for path, content in _content(folder).items():
        path.write_bytes(content + b"\0")
        assert len(verify(index)) == 1, path
        path.unlink()
        assert len(verify(index)) == 1, path
        path.write_bytes(content)
    assert verify(index) == []
    for name in ("extra.npy", "words/extra.idx", "columns/.verborgen"):
        (folder / name).touch()
        assert verify(index) == [f"{name}: hoort er niet"]
        (folder / name).unlink()


@pytest.mark.parametrize("which", ["current", "previous"])
def test_every_flipped_bit_of_the_manifest_is_told(index: Path, which: str) -> None:
    file = _folder(index, which) / NAME
    content = file.read_bytes()
    chance = random.Random(11)
    for at in chance.sample(range(len(content)), 120):
        file.write_bytes(_flipped(content, at, chance.randrange(8)))
        assert any("manifest" in line for line in verify(index)), at
    for size in (0, 1, len(content) // 2, len(content) - 1):
        file.write_bytes(content[:size])
        assert any("manifest" in line for line in verify(index)), size
    file.unlink()
    assert any("momentopname die er niet is" in line for line in verify(index))


def test_every_flipped_bit_and_every_truncation_of_the_pointer_is_told(index: Path) -> None:
    file = index / CURRENT
    content = file.read_bytes()
    for at in range(len(content)):
        for bit in range(8) if content[at] in b" \n-T" else (at % 8,):
            file.write_bytes(_flipped(content, at, bit))
            assert verify(index) != [], (at, bit)
        file.write_bytes(content[:at])
        assert verify(index) != [], at
    file.write_bytes(content + b"\n")
    assert verify(index) != []
    file.unlink()
    assert len(verify(index)) == 1


def test_every_truncation_of_a_first_pointer_is_told(tmp_path: Path, papers: tuple[Document, ...]) -> None:
    build_index(tmp_path, *papers)
    content = (tmp_path / CURRENT).read_bytes()
    for size in range(len(content)):
        (tmp_path / CURRENT).write_bytes(content[:size])
        assert verify(tmp_path) != [], size


def test_every_flipped_bit_of_a_text_in_the_corpus_is_told(index: Path, papers: tuple[Document, ...]) -> None:
    file = index / CORPUS
    content = file.read_bytes()
    texts = {t for paper in papers for e in paper.exchanges for t in (e.question, e.answer)}
    texts |= {paper.title for paper in papers} | {paper.id for paper in papers}
    chance = random.Random(13)
    places = sorted({at for text in texts for at in _places(content, text.encode())})
    assert len(places) > 500
    for at in places[:: len(places) // 200]:
        file.write_bytes(_flipped(content, at, chance.randrange(8)))
        assert any(CORPUS in line for line in verify(index)), at


def test_a_corpus_that_is_cut_short_emptied_or_gone_is_told(index: Path) -> None:
    file = index / CORPUS
    content = file.read_bytes()
    for size in (*range(0, len(content), 2048), 1, 99, len(content) - 1):
        file.write_bytes(content[:size])
        assert any(CORPUS in line for line in verify(index)), size
    file.unlink()
    assert verify(index) == ["corpus.db: ontbreekt"]
    assert not file.exists()


def test_whatever_bit_of_the_corpus_flips_verify_tells_in_words_and_never_fails(index: Path) -> None:
    file = index / CORPUS
    content = file.read_bytes()
    chance = random.Random(17)
    told = 0
    for _ in range(200):
        file.write_bytes(_flipped(content, chance.randrange(len(content)), chance.randrange(8)))
        told += bool(verify(index))
    # The rest of the bits lie in free space.
    assert told > 20


def test_a_corpus_ahead_of_its_snapshot_is_no_damage_and_one_behind_is(
    index: Path, papers: tuple[Document, ...], tmp_path: Path
) -> None:
    build_index(tmp_path / "less", *papers[:3])
    (index / CORPUS).write_bytes((tmp_path / "less" / CORPUS).read_bytes())
    assert verify(index) == ["corpus.db: minder dan de 6 documenten van de momentopname"]
    (tmp_path / "less" / CORPUS).write_bytes((tmp_path / "less" / CORPUS).read_bytes())
    assert verify(tmp_path / "less") == []


def _folder(index: Path, which: str) -> Path:
    line = (index / CURRENT).read_text().splitlines()[which == "previous"]
    return index / SNAPSHOTS / line.split()[0]


def _places(content: bytes, text: bytes) -> list[int]:
    found: list[int] = []
    at = content.find(text)
    while text and at >= 0:
        found += range(at, at + len(text))
        at = content.find(text, at + 1)
    return found
