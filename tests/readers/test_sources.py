"""Files and folders: what is read, in which order, and by which reader."""

import gzip
import json
import os
from pathlib import Path
from typing import IO, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.documents import Document
from rag.errors import Rejection
from rag.readers import read_sources
from tests.readers.samples import FIXTURES, asked, metadata, paper, read, refused, replied

RECORD = json.dumps({"id": "d1", "kind": "answered"})
PAPER = paper(asked("Vraag 1"), replied("Antwoord 1"))
TITLE = metadata([("DC.type", "Nader antwoord")])


def write(folder: Path, **files: str) -> None:
    """Files by name, with __ for a slash and _ for a dot at the place of a suffix."""
    for name, content in files.items():
        path = folder / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def names(paths: list[Path]) -> list[str]:
    return [r.id if isinstance(r, Document) else f"! {r.what}" for r in read_sources(paths)]


def test_folders_are_walked_in_order_and_hidden_files_skipped(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a/z.jsonl", "c/y.jsonl", ".hidden.jsonl", ".git/x.jsonl"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(json.dumps({"id": name, "kind": "answered"}), encoding="utf-8")
    assert names([tmp_path]) == ["b.jsonl", "a/z.jsonl", "c/y.jsonl"]
    assert names([tmp_path / "c", tmp_path / "b.jsonl"]) == ["c/y.jsonl", "b.jsonl"]
    assert names([tmp_path / ".hidden.jsonl"]) == [".hidden.jsonl"]


def test_the_content_decides_not_the_suffix(tmp_path: Path) -> None:
    page = (FIXTURES / "openkamer_2030Z00045.txt").read_text(encoding="utf-8")
    write(tmp_path, a_xml=RECORD, b_jsonl=PAPER, c_json=page, d_html=RECORD)
    (tmp_path / "e.pdf").write_bytes(gzip.compress(PAPER.encode()))
    assert names([tmp_path]) == [
        "d1",
        "b",
        "ah-tk-20302031-12",
        "2030Z00045-mededeling-20301020",
        "d1",
        "e.pdf",
    ]


def test_every_failure_is_a_rejection_and_reading_goes_on(tmp_path: Path) -> None:
    write(tmp_path, a_txt="", b_xml="%PDF-1.4", c_txt="Een brief over bruggen.", d_jsonl=RECORD)
    missing = tmp_path / "weg.xml"
    results = list(read_sources([missing, tmp_path]))
    assert [type(result) for result in results] == [Rejection] * 4 + [Document]
    for result in results[:4]:
        assert isinstance(result, Rejection)
        assert result.where
        assert result.what
        assert result.remedy
    assert names([missing]) == ["! het bestand of de map bestaat niet"]
    assert "niet herkend" in names([tmp_path / "c.txt"])[0]


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a_jsonl=RECORD, b_jsonl=RECORD)

    def closed(path: Path, mode: str) -> IO[Any]:
        if path.name == "a.jsonl":
            raise PermissionError(13, "Permission denied")
        return original(path, mode)

    original = Path.open
    monkeypatch.setattr(Path, "open", closed)
    assert names([tmp_path]) == ["! het bestand kan niet worden gelezen (Permission denied)", "d1"]


def test_a_folder_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def closed(path: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", closed)
    rejection = refused(list(read_sources([tmp_path])))
    assert rejection.where == str(tmp_path)
    assert "Permission denied" in rejection.what


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_a_named_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pijp")
    assert names([tmp_path / "pijp"]) == ["! dit is geen gewoon bestand"]
    assert names([tmp_path]) == []


@pytest.mark.parametrize("place", ["ah-1.metadata.xml", "ah-1/metadata.xml", "metadata.xml"])
def test_metadata_beside_its_paper_is_joined_and_not_read_alone(tmp_path: Path, place: str) -> None:
    (tmp_path / "ah-1.xml").write_text(PAPER, encoding="utf-8")
    beside = tmp_path / place
    beside.parent.mkdir(exist_ok=True)
    beside.write_text(TITLE, encoding="utf-8")
    beside.with_name("metadata_owms.xml").write_text("<owms-metadata/>", encoding="utf-8")
    (document,) = read_sources([tmp_path])
    assert isinstance(document, Document)
    assert document.kind.value == "supplement"


def test_metadata_in_a_folder_with_its_paper_below(tmp_path: Path) -> None:
    folder = tmp_path / "ah-1"
    folder.mkdir()
    (folder / "ah-1.xml.gz").write_bytes(gzip.compress(PAPER.encode()))
    (folder / "metadata.xml").write_bytes(gzip.compress(TITLE.encode()))
    (document,) = read_sources([tmp_path])
    assert isinstance(document, Document)
    assert (document.id, document.kind.value) == ("ah-1", "supplement")


def test_metadata_of_several_papers_is_joined_to_none(tmp_path: Path) -> None:
    for name in ("a.xml", "b.xml"):
        (tmp_path / name).write_text(PAPER, encoding="utf-8")
    (tmp_path / "metadata.xml").write_text(TITLE, encoding="utf-8")
    assert names([tmp_path]) == ["a", "b", "! alleen metadata, zonder het stuk zelf"]


def test_metadata_alone_is_said_to_be_so(tmp_path: Path) -> None:
    (tmp_path / "metadata.xml").write_text(TITLE, encoding="utf-8")
    (tmp_path / "x.metadata.xml").write_text(TITLE, encoding="utf-8")
    assert names([tmp_path]) == ["! alleen metadata, zonder het stuk zelf"] * 2


def test_reading_is_lazy(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("\n".join([RECORD] * 3), encoding="utf-8")
    results = read_sources([tmp_path, tmp_path / "weg"])
    assert isinstance(next(results), Document)
    (tmp_path / "weg").mkdir()


def test_no_paths_give_nothing() -> None:
    assert list(read_sources([])) == []


def test_half_an_xml_in_gzip(tmp_path: Path) -> None:
    whole = gzip.compress(
        "".join(f"<al>{i * 7919}</al>" for i in range(9000)).join(("<vraagdoc>", "")).encode()
    )
    assert "afgebroken" in refused(read(tmp_path, "a.xml.gz", whole[: len(whole) // 2])).what


@settings(max_examples=200)
@given(st.binary(max_size=300) | st.sampled_from([b"{", b"<a>", b"\x1f\x8b", b"Vraag 1\n"]).flatmap(
    lambda start: st.binary(max_size=100).map(lambda rest: start + rest)
))  # fmt: skip
def test_no_content_raises(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    file = tmp_path_factory.mktemp("any") / "bestand"
    file.write_bytes(content)
    for result in read_sources([file]):
        assert isinstance(result, Document | Rejection)
