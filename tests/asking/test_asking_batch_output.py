import csv
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answers import Answer, Filters
from rag.batch import (
    Question,
    answer_all,
    answer_record,
    write_answers,
)
from rag.errors import Rejection, SourceError
from rag.retriever import Retriever
from tests.asking.stock import BRUG, GOOSE, answer_of, bridge_paper, odd_papers, quote_of

KEYS = set(
    "rank score document answer start end text mark_start mark_end title question "
    "answered_by answered asked_by url citation".split()
)


def write(file: Path, *pairs: tuple[str, Answer]) -> str:
    write_answers(file, ((Question(name, answer.query, answer.filters), answer) for name, answer in pairs))
    return file.read_text(encoding="utf-8")


def test_a_json_line_holds_what_the_interface_fixes(tmp_path: Path, retriever: Retriever) -> None:
    answer = retriever.search(BRUG, k=3)
    lines = write(tmp_path / "a.jsonl", ("q1", answer), ("q2", answer_of())).splitlines()
    record, nothing = map(json.loads, lines)
    assert (record["id"], record["query"], record["found"]) == ("q1", BRUG, True)
    assert (nothing["found"], nothing["hits"]) == (False, [])
    assert [hit["rank"] for hit in record["hits"]] == [1, 2, 3]
    for hit in record["hits"]:
        assert hit.keys() >= KEYS
    best = record["hits"][0]
    text = bridge_paper().exchanges[1].answer
    assert best["text"] == text[best["start"] : best["end"]]
    assert text[best["mark_start"] : best["mark_end"]] in best["text"]
    assert (best["document"], best["answer"]) == ("ah-tk-20402041-12", "ah-tk-20402041-12#2")
    assert (best["answered"], best["asked"]) == ("2040-10-28", "2040-10-01")
    assert best["asked_by"] == ["Voorbeeld (XYZ)", "De Vries-Verzinsel"]
    assert best["answered_by"] == "Verzonnen (Minister van Bruggen)"
    assert best["citation"] == "Aanhangsel Handelingen II 2040/41, nr. 12"
    assert {item["label"] for item in best["references"]} == {"Uitstelbericht", "Nader antwoord", "Correctie"}
    assert best["footnotes"][0]["text"] == "Brugblad, 3 mei 2040."
    assert best["numbers"] == ["2", "3"]


def test_what_is_unknown_is_null() -> None:
    record = answer_record("q", answer_of(quote_of(odd_papers()[0])))
    hits = record["hits"]
    assert isinstance(hits, list)
    (hit,) = hits
    assert [hit[key] for key in ("answered", "asked", "answered_by", "url", "mark_start", "days")] == [
        None
    ] * 6
    assert hit["asked_by"] == []


def test_csv_has_a_row_a_quote(tmp_path: Path) -> None:
    quotes = [replace(quote_of(bridge_paper(), n), rank=n + 1) for n in range(3)]
    write(tmp_path / "a.csv", ("q1", answer_of(*quotes)), ("q2", answer_of()))
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert rows[0].keys() == KEYS | {"id", "query", "found"}
    assert [(row["id"], row["rank"], row["found"]) for row in rows] == [
        ("q1", "1", "true"), ("q1", "2", "true"), ("q1", "3", "true"), ("q2", "", "false"),
    ]  # fmt: skip
    assert rows[1]["text"] == bridge_paper().exchanges[1].answer
    assert rows[1]["question"] == bridge_paper().exchanges[1].question
    assert rows[0]["asked_by"] == "Voorbeeld (XYZ); De Vries-Verzinsel"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_of_a_csv_runs_as_a_formula(tmp_path: Path, start: str) -> None:
    evil = f"{start}CMD()|x"
    shown = replace(quote_of(bridge_paper()), text=evil, title=evil, question=evil, url=evil, document=evil)
    write(tmp_path / "a.csv", (evil, answer_of(shown, query=evil)), (evil, answer_of(query=evil)))
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as stream:
        cells = [cell for row in csv.reader(stream) for cell in row]
    assert sum(cell == f"'{evil}" for cell in cells) == 9
    assert not [cell for cell in cells if cell.startswith(start)]


def test_trec_has_six_fields(tmp_path: Path) -> None:
    quotes = [replace(quote_of(bridge_paper(), n), rank=n + 1, score=0.5 - n / 8) for n in range(2)]
    spaced = replace(quotes[0], answer="Antwoord over de brug.docx#1")
    text = write(tmp_path / "a.trec", ("q 1", answer_of(spaced, quotes[1])), ("q2", answer_of()))
    assert text.splitlines() == [
        "q%201 Q0 Antwoord%20over%20de%20brug.docx#1 1 0.500000 kamerantwoord",
        "q%201 Q0 ah-tk-20402041-12#2 2 0.375000 kamerantwoord",
    ]


def test_batch_is_the_single_search(retriever: Retriever, tmp_path: Path) -> None:
    asked = [
        Question("a", BRUG, Filters()),
        Question("b", GOOSE, Filters(party="ABC")),
        Question("c", "xqzv", Filters()),
    ]
    rejected: list[Rejection] = []
    text = write(
        tmp_path / "a.jsonl", *((q.id, a) for q, a in answer_all(retriever, asked, k=4, rejected=rejected))
    )
    single = [answer_record(q.id, retriever.search(q.query, k=4, filters=q.filters)) for q in asked]
    assert [json.loads(line) for line in text.splitlines()] == [
        json.loads(json.dumps(record)) for record in single
    ]
    assert not rejected


def test_what_cannot_be_answered_is_said_and_the_rest_answered(retriever: Retriever) -> None:
    early = Rejection("v.txt, regel 1", "geen UTF-8", "sla op")
    asked: list[Question | Rejection] = [
        early, Question("a", "x" * 3000, Filters()), Question("b", BRUG, Filters(party="NIEMAND")),
        Question("c", BRUG, Filters()),
    ]  # fmt: skip
    rejected: list[Rejection] = []
    assert [q.id for q, _ in answer_all(retriever, asked, k=2, rejected=rejected)] == ["c"]
    assert rejected[0] == early
    assert [item.where for item in rejected[1:]] == ["vraag a", "vraag b"]
    assert "3000" in rejected[1].what
    assert "NIEMAND" in rejected[2].what


@pytest.mark.parametrize("name", ["a.json", "a", "a.xlsx"])
def test_an_unknown_kind_of_output_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=r"\.jsonl, \.csv of \.trec"):
        write_answers(tmp_path / name, [])
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".trec"])
def test_output_is_whole_or_not_at_all(tmp_path: Path, suffix: str) -> None:
    def broken() -> Iterator[tuple[Question, Answer]]:
        yield Question("q1", BRUG, Filters()), answer_of(quote_of(bridge_paper()))
        raise SourceError("halverwege")

    file = tmp_path / f"a{suffix}"
    file.write_text("van gisteren", encoding="utf-8")
    with pytest.raises(SourceError, match="halverwege"):
        write_answers(file, broken())
    assert file.read_text(encoding="utf-8") == "van gisteren"
    assert list(tmp_path.iterdir()) == [file]
    write_answers(file, [])
    assert "van gisteren" not in file.read_text(encoding="utf-8")


def test_an_output_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "map.jsonl").mkdir()
    for file in (tmp_path / "geen" / "a.jsonl", tmp_path / "map.jsonl"):
        with pytest.raises(SourceError, match=r"niet te schrijven.*--output"):
            write_answers(file, [])


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".trec"])
def test_half_a_surrogate_pair_breaks_no_output(tmp_path: Path, suffix: str) -> None:
    text = write(
        tmp_path / f"a{suffix}", ("q\ud800", answer_of(quote_of(bridge_paper()), query="brug \udcff"))
    )
    assert "q\\ud800" in text
