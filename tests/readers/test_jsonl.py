"""JSON Lines: streaming, damaged lines, damaged compression."""

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest

from rag.documents import Document
from rag.errors import Rejection
from rag.readers import jsonl, read_sources
from tests.readers.samples import one, read, refused

GOOD = [{"id": f"d{i}", "kind": "answered", "title": f"Brug {i}", "exchanges": []} for i in range(1, 4)]


def lines(*items: object) -> bytes:
    return b"".join(item if isinstance(item, bytes) else json.dumps(item).encode() + b"\n" for item in items)


def names(results: list[Document | Rejection]) -> list[str]:
    """Ids of documents and places of rejections, in the order they came."""
    return [r.id if isinstance(r, Document) else "!" + r.where.rsplit("/", 1)[-1] for r in results]


@pytest.mark.parametrize(
    ("bad", "what"),
    [
        (b"{kapot\n", "geen geldige JSON"),
        (b"[1, 2]\n", "geen JSON-object"),
        (b"3\n", "geen JSON-object"),
        (b'{"id": "\xff"}\n', "UTF-8 (bij positie 8)"),
        (b'{"id": "\\ud800", "kind": "answered"}\n', "UTF-8"),
        (b"[" * 100_000 + b"\n", "geen geldige JSON"),
        (b'{"id": ' + b"9" * 5000 + b"}\n", "geen geldige JSON"),
        (b'{"kind": "answered"}\n', "geen id"),
    ],
)
def test_a_bad_line_is_rejected_and_the_others_are_read(tmp_path: Path, bad: bytes, what: str) -> None:
    results = read(tmp_path, "a.jsonl", lines(GOOD[0], bad, b"\n", GOOD[1]))
    assert names(results) == ["d1", "!a.jsonl, regel 2", "d2"]
    rejection = results[1]
    assert isinstance(rejection, Rejection)
    assert what in rejection.what
    assert rejection.remedy


def test_a_bad_first_line_and_no_final_newline(tmp_path: Path) -> None:
    results = read(tmp_path, "a.jsonl", lines(b"kapot\n", GOOD[0]).rstrip())
    assert names(results) == ["!a.jsonl, regel 1", "d1"]


def test_v45_byte_order_mark(tmp_path: Path) -> None:
    assert names(read(tmp_path, "a.txt", b"\xef\xbb\xbf" + lines(*GOOD))) == ["d1", "d2", "d3"]


def test_windows_line_ends(tmp_path: Path) -> None:
    assert names(read(tmp_path, "a.jsonl", lines(*GOOD).replace(b"\n", b"\r\n"))) == ["d1", "d2", "d3"]


def test_compression_is_seen_from_the_content(tmp_path: Path) -> None:
    assert names(read(tmp_path, "zonder-naam", gzip.compress(lines(*GOOD)))) == ["d1", "d2", "d3"]
    assert names(read(tmp_path, "niet-echt.jsonl.gz", lines(*GOOD))) == ["d1", "d2", "d3"]


def test_half_a_gzip_gives_its_good_lines_first(tmp_path: Path) -> None:
    many = [{**GOOD[0], "id": f"d{i}", "title": f"{i * 7919}"} for i in range(5000)]
    whole = gzip.compress(lines(*many))
    results = read(tmp_path, "half.jsonl.gz", whole[: len(whole) // 2])
    *documents, rejection = results
    assert len(documents) > 1000
    assert names(documents) == [f"d{i}" for i in range(len(documents))]
    assert isinstance(rejection, Rejection)
    assert "afgebroken" in rejection.what
    assert rejection.where.endswith(f"regel {len(documents) + 1}")


def test_a_gzip_cut_in_its_first_block(tmp_path: Path) -> None:
    rejection = refused(read(tmp_path, "kort.gz", gzip.compress(lines(*GOOD))[:15]))
    assert "afgebroken" in rejection.what


def test_a_small_gzip_that_lost_only_its_end_gives_its_lines(tmp_path: Path) -> None:
    results = read(tmp_path, "kort.gz", gzip.compress(lines(*GOOD))[:-6])
    assert names(results) == ["d1", "d2", "d3", "!kort.gz, regel 4"]


def test_a_gzip_with_a_wrong_checksum(tmp_path: Path) -> None:
    content = bytearray(gzip.compress(lines(*GOOD)))
    content[-5] ^= 255
    *documents, rejection = read(tmp_path, "fout.jsonl.gz", bytes(content))
    assert isinstance(rejection, Rejection)
    assert "beschadigd" in rejection.what
    assert all(isinstance(document, Document) for document in documents)


def test_a_huge_line_is_rejected_in_bounded_memory_and_the_next_is_read(tmp_path: Path) -> None:
    file = tmp_path / "groot.jsonl"
    with file.open("wb") as stream:
        stream.write(lines(GOOD[0]))
        for _ in range(100):
            stream.write(b"x" * (1 << 20))
        stream.write(b"\n" + lines(GOOD[1]))
    tracemalloc.start()
    results = list(read_sources([file]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert names(results) == ["d1", "!groot.jsonl, regel 2", "d2"]
    assert peak < 3 * jsonl.LONGEST_LINE


def test_a_line_just_within_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(lines(GOOD[0]))
    for limit, expected in ((size, ["d1", "d2"]), (size - 1, ["!a.jsonl, regel 1", "!a.jsonl, regel 2"])):
        monkeypatch.setattr(jsonl, "LONGEST_LINE", limit)
        assert names(read(tmp_path, "a.jsonl", lines(*GOOD[:2]))) == expected


def test_one_object_over_many_lines(tmp_path: Path) -> None:
    assert one(read(tmp_path, "a.json", json.dumps(GOOD[0], indent=2))).id == "d1"
    assert "JSON" in refused(read(tmp_path, "b.json", "{\n kapot")).what


def test_v60_a_list_is_no_json_lines(tmp_path: Path) -> None:
    assert "JSON-lijst" in refused(read(tmp_path, "a.json", json.dumps(GOOD))).what


def test_v42_long_answers_and_many_questions(tmp_path: Path) -> None:
    exchanges = [{"number": str(i), "question": "?", "answer": "brug " * 2000} for i in range(1, 121)]
    document = one(read(tmp_path, "a.jsonl", lines({**GOOD[0], "exchanges": exchanges})))
    assert len(document.exchanges) == 120
    assert document.exchanges[-1].answer == "brug " * 2000


def test_v59_the_same_id_twice_comes_out_twice(tmp_path: Path) -> None:
    # Replacing by id is the store's work; the reader keeps the order so that the last one wins.
    newer = {**GOOD[0], "title": "Heruitgave"}
    results = read(tmp_path, "a.jsonl", lines(GOOD[0], newer))
    assert [r.title for r in results if isinstance(r, Document)] == ["Brug 1", "Heruitgave"]
