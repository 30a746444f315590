import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answers import Filters
from rag.batch import (
    Question,
    parse_date,
    parse_filters,
    read_questions,
)
from rag.errors import FilterError, Rejection, SourceError
from tests.asking.stock import BRUG, GOOSE, STEADY


def read(
    tmp_path: Path, name: str, content: str | bytes, base: Filters | None = None
) -> list[Question | Rejection]:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(read_questions(file, base or Filters()))


def questions(found: list[Question | Rejection]) -> list[tuple[str, str]]:
    assert not [item for item in found if isinstance(item, Rejection)]
    return [(item.id, item.query) for item in found if isinstance(item, Question)]


def rejection(item: Question | Rejection) -> Rejection:
    assert isinstance(item, Rejection)
    assert item.remedy
    return item


def test_text_has_a_question_a_line(tmp_path: Path) -> None:
    found = read(tmp_path, "v.txt", '\ufeffEerste vraag?\r\n\n   \n  Tweede; of "derde", vraag?  \n')
    assert questions(found) == [("q1", "Eerste vraag?"), ("q2", 'Tweede; of "derde", vraag?')]


def test_a_text_line_that_is_no_utf8_is_skipped_and_said(tmp_path: Path) -> None:
    first, second, third = read(tmp_path, "v.TXT", b"Eerste?\ncaf\xe9?\nDerde?\n")
    assert isinstance(first, Question)
    assert isinstance(third, Question)
    assert "regel 2" in rejection(second).where
    assert "UTF-8" in rejection(second).what


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("separator", [",", ";"])
def test_csv_with_comma_or_semicolon_and_byte_order_mark(tmp_path: Path, separator: str, mark: str) -> None:
    rows = [
        ["id", "query", "party", "since"],
        ["a", "Waar, of; wanneer?", "XYZ", "2041-01-01"],
        ["", "Twee\nregels?", "", ""],
    ]
    text = mark + "\r\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    first, second = read(tmp_path, "v.csv", text)
    assert first == Question("a", "Waar, of; wanneer?", Filters(party="XYZ", since=date(2041, 1, 1)))
    assert second == Question("q2", "Twee\nregels?", Filters())


def test_a_csv_question_that_falls_apart_over_a_comma_is_not_answered_by_half(tmp_path: Path) -> None:
    bad, good = read(tmp_path, "v.csv", "query\nKomt de brug, of niet?\nKomt de brug?\n")
    assert "regel 2" in rejection(bad).where
    assert "aanhalingstekens" in rejection(bad).remedy
    assert questions([good]) == [("q2", "Komt de brug?")]


@pytest.mark.parametrize("content", ["", "vraag\nKomt de brug?\n", "\n"])
def test_csv_without_the_column_says_which_there_are(tmp_path: Path, content: str) -> None:
    with pytest.raises(SourceError, match="geen kolom 'query'"):
        read(tmp_path, "v.csv", content)


def test_csv_with_short_rows(tmp_path: Path) -> None:
    first, second = read(tmp_path, "v.csv", "id,query\nalleen\nb,Komt de brug?\n")
    assert "query" in rejection(first).what
    assert questions([second]) == [("b", "Komt de brug?")]


def test_json_lines_with_ids_and_filters_of_their_own(tmp_path: Path) -> None:
    lines = [
        {"query": BRUG, "id": "eigen", "filters": {"party": "ABC", "until": "2041-03-10", "topic": None}},
        {"query": GOOSE, "filters": {}},
        {"query": GOOSE, "id": 0, "filters": None, "anders": [1]},
        {"query": GOOSE, "id": " "},
    ]
    base = Filters(party="XYZ", kind="answered")
    found = read(tmp_path, "v.jsonl", "\n\n".join(map(json.dumps, lines)), base)
    own = Filters(party="ABC", kind="answered", until=date(2041, 3, 10))
    assert found == [
        Question("eigen", BRUG, own),
        *(Question(name, GOOSE, base) for name in ("q2", "0", "q4")),
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "geen JSON"),
        ("[1]", "geen JSON-object"),
        ("null", "geen JSON-object"),
        ('{"vraag": "Komt de brug?"}', "query"),
        ('{"query": ""}', "query"),
        ('{"query": 5}', "query"),
        ('{"query": "Komt de brug?", "filters": [1]}', "filters"),
        ('{"query": "Komt de brug?", "filters": {"partij": "XYZ"}}', "partij"),
        ('{"query": "Komt de brug?", "filters": {"since": "1 mei"}}', "1 mei"),
        ('{"query": "Komt de brug?", "filters": {"since": "2041-02-30"}}', "2041-02-30"),
        ('{"query": "Komt de brug?\\xff"}', "geen JSON"),
        ("[" * 100_000, "geen JSON"),
    ],
    ids=lambda value: str(value)[:50],
)
def test_a_bad_line_is_said_and_the_next_one_is_read(tmp_path: Path, line: str, says: str) -> None:
    bad, good = read(tmp_path, "v.jsonl", f'{line}\n{{"query": "Komt de brug?"}}\n'.encode("latin-1"))
    assert says in rejection(bad).what
    assert "v.jsonl" in rejection(bad).where
    assert "1" in rejection(bad).where
    assert questions([good]) == [("q2", "Komt de brug?")]


@pytest.mark.parametrize("name", ["v.xlsx", "v", "v.json"])
def test_an_unknown_kind_of_question_file_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=r"\.txt, \.csv of \.jsonl"):
        read(tmp_path, name, "Komt de brug?")


@pytest.mark.parametrize("name", ["v.txt", "v.csv", "v.jsonl"])
def test_a_question_file_that_is_not_there(tmp_path: Path, name: str) -> None:
    with pytest.raises(SourceError, match=name):
        list(read_questions(tmp_path / name, Filters()))


def test_a_csv_in_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="UTF-8"):
        read(tmp_path, "v.csv", b"query\ncaf\xe9 en brug?\n")


@STEADY
@given(st.text(st.characters(codec="utf-8")), st.sampled_from([".txt", ".csv", ".jsonl"]))
def test_no_content_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, text: str, suffix: str
) -> None:
    try:
        found = read(tmp_path_factory.getbasetemp(), f"v{suffix}", text)
    except SourceError:
        assert suffix == ".csv"
    else:
        assert all(item.query.strip() for item in found if isinstance(item, Question))


def test_filters_over_filters_and_what_is_none() -> None:
    base = Filters(party="XYZ", since=date(2040, 1, 1))
    assert parse_filters({}, base) == base
    assert parse_filters({"party": "ABC", "until": date(2041, 1, 1)}, base) == replace(
        base, party="ABC", until=date(2041, 1, 1)
    )
    with pytest.raises(FilterError, match=r"'x'.*since, until"):
        parse_filters({"x": "y"}, base)
    with pytest.raises(FilterError, match=r"since: '31-1-2040'.*jjjj-mm-dd"):
        parse_date("since", "31-1-2040")
