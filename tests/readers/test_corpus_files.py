"""The real corpora, where they lie beside the repository: all of them read, to the letter."""

import gzip
import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from rag.documents import Document, Kind
from rag.errors import Rejection
from rag.readers import from_record, read_sources, to_record
from tests.readers.samples import SHARED

CORPUS = SHARED / "corpus"
NAMES = ("be_oral_2024_2025", "be_written_2017", "nl_1945_1995", "nl_2022_2024")
pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no ../shared/corpus here")


def file_of(name: str) -> Path:
    return CORPUS / f"{name}.jsonl.gz"


def raw(name: str) -> Iterator[dict[str, object]]:
    with gzip.open(file_of(name), "rt", encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def test_every_document_is_read_and_every_answer_is_equal() -> None:
    count = 0
    for name in NAMES:
        for record, document in zip(raw(name), read_sources([file_of(name)]), strict=True):
            assert isinstance(document, Document)
            given = record["exchanges"]
            assert isinstance(given, list)
            assert document.id == record["id"]
            assert [e.answer for e in document.exchanges] == [item["answer"] for item in given]
            assert [e.question for e in document.exchanges] == [item["question"] for item in given]
            assert len({e.number for e in document.exchanges}) == len(given)
            count += 1
    assert count == 7141


def test_v17_every_record_comes_back_whole() -> None:
    for name in NAMES:
        for record in raw(name):
            written = to_record(from_record(record))
            assert from_record(json.loads(json.dumps(written))) == from_record(record)
            for field in record.keys() - {"exchanges"}:
                assert written[field] == record[field]
            given, back = record["exchanges"], written["exchanges"]
            assert isinstance(given, list)
            assert isinstance(back, list)
            for position, (item, again) in enumerate(zip(given, back, strict=True), 1):
                assert {**again, **item, "number": item["number"] or str(position)} == again


def test_pairs_without_an_id_are_rejected_line_by_line() -> None:
    results = list(read_sources([file_of("nl_pairs_2019_2023")]))
    assert len(results) == 1762
    for number, result in enumerate(results, 1):
        assert isinstance(result, Rejection)
        assert result.where.endswith(f", regel {number}")
        assert "geen id" in result.what


def test_askers_with_their_party_come_from_the_title() -> None:
    titled = [
        d
        for d in read_sources([file_of("nl_2022_2024")])
        if isinstance(d, Document) and d.title.startswith("Vragen van")
    ]
    known = [d for d in titled if d.asked_by and all(asker.party for asker in d.asked_by)]
    assert len(titled) > 100
    assert len(known) >= 0.95 * len(titled)


@pytest.mark.parametrize(("name", "share"), [("nl_1945_1995", 0.97), ("be_oral_2024_2025", 0.99)])
def test_askers_of_other_times_and_places(name: str, share: float) -> None:
    documents = [d for d in read_sources([file_of(name)]) if isinstance(d, Document)]
    assert sum(bool(d.asked_by) for d in documents) >= share * len(documents)


@pytest.mark.parametrize("name", NAMES)
def test_who_answered_is_known_wherever_the_source_says_it(name: str) -> None:
    for record, document in zip(raw(name), read_sources([file_of(name)]), strict=True):
        assert isinstance(document, Document)
        assert bool(document.answered_by) == bool(record["answered_by"])


def test_the_real_page() -> None:
    file = CORPUS / "kamervraag_2023Z14675.txt"
    content = file.read_text(encoding="utf-8")
    document, delay = (result for result in read_sources([file]) if isinstance(result, Document))
    assert (document.id, document.question_id) == ("ah-tk-20232024-212", "2023Z14675")
    assert (delay.id, delay.kind) == ("2023Z14675-mededeling-20230926", Kind.DELAY)
    assert len(document.exchanges) == 11
    marks = [(note.mark, note.in_answer) for e in document.exchanges for note in e.footnotes]
    assert [int(mark) for mark, in_answer in marks if not in_answer] == [1, 2]
    assert [int(mark) for mark, in_answer in marks if in_answer] == [*range(2, 10), *range(11, 19)]
    assert _put_back(document) == "".join(_texts(content))


def _put_back(document: Document) -> str:
    """Questions and answers with their marks at the kept positions again, without line ends."""
    texts = []
    for exchange in document.exchanges:
        for text, in_answer in ((exchange.question, False), (exchange.answer, True)):
            notes = [note for note in exchange.footnotes if note.in_answer == in_answer]
            edges = [0, *(note.position for note in notes), len(text)]
            slices = [text[start:end] for start, end in pairwise(edges)]
            texts += [
                piece + note for piece, note in zip(slices, [*(n.mark for n in notes), ""], strict=True)
            ]
    return "".join(texts).replace("\n", "")


def _texts(content: str) -> list[str]:
    """The lines of the page between the first question and the notice of delay, headings left out."""
    lines = [line.strip() for line in content.splitlines()]
    start = lines.index("• Vraag 1")
    end = next(i for i, line in enumerate(lines) if line.startswith("• Mededeling"))
    return [line for line in lines[start:end] if not line.startswith("• Vraag")]
