import json
from dataclasses import replace
from math import log2
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answers import Answer, Filters
from rag.errors import SourceError
from rag.evaluation import Best, Judged, evaluate, mark_f1, read_judged, scores_per_question
from rag.ranking import LEGS
from rag.report import evaluation_report, info_report, legs_report
from rag.retriever import Retriever
from tests.asking.stock import BRUG, GOOSE, STEADY, answer_of, bridge_paper, quote_of, stock

FIGURES = {"ndcg@10", "recall@5", "recall@10", "mrr@10", "mark_f1", "found", "queries"}
BEST = "De zwevende brug bij Waterdrecht gaat dicht als er een schip nadert."
JUDGED = [
    Judged("a", BRUG, "woord", {"ah-tk-20402041-12#2": 2}, Best("ah-tk-20402041-12#2", 0, len(BEST))),
    Judged("b", GOOSE, "woord", {"ah-tk-20412042-1#1": 2, "ah-tk-20412042-2#1": 1}),
    Judged("c", "Hoe vaak vallen ganzen wandelaars aan?", "filter", {"ah-tk-20412042-2#1": 2},
           filters=Filters(document="ah-tk-20412042-2")),
    Judged("d", "xqzv wkpf jjjqx", "unanswerable"),
]  # fmt: skip


def listed(*names: str) -> Answer:
    """An answer whose quotes are these exchanges in order, all with one score."""
    base = quote_of(bridge_paper())
    return answer_of(*(replace(base, rank=n, answer=name, score=0.5) for n, name in enumerate(names, 1)))


def test_worked_example() -> None:
    judged = [
        Judged("een", "?", "t", {"x": 2, "y": 1, "z": 1}),
        Judged("twee", "?", "t", {"x": 1}),
        Judged("drie", "?", "t", {"x": 1}),
        Judged("vier", "?", "t"),
    ]
    answers = [listed("q", "y", "p", "o", "n", "x"), listed(*"abcdefghijx"), listed(), listed("x")]
    scores = scores_per_question(judged, answers)
    # Gains 2^g - 1: x 3, y 1, z 1. Found: y at 2 (1/log2 3 = .630930), x at 6 (3/log2 7 = 1.068621).
    # Ideal: 3/1 + 1/log2 3 + 1/log2 4 = 4.130930. So 1.699551 / 4.130930 = .411421.
    assert scores["ndcg@10"] == pytest.approx({"een": 0.411421, "twee": 0.0, "drie": 0.0}, abs=1e-6)
    assert scores["mrr@10"] == {"een": 0.5, "twee": 0.0, "drie": 0.0}
    assert scores["recall@5"] == {"een": 1.0, "twee": 0.0, "drie": 0.0}
    assert scores["recall@10"] == {"een": 1.0, "twee": 0.0, "drie": 0.0}


def test_recall_counts_questions_not_answers() -> None:
    judged = [Judged("een", "?", "t", {"x": 1, "y": 1, "z": 2})]
    assert scores_per_question(judged, [listed(*"abcdex")])["recall@5"] == {"een": 0.0}
    assert scores_per_question(judged, [listed(*"abcdex")])["recall@10"] == {"een": 1.0}


LISTS = st.permutations("abcdefghijklmn").flatmap(lambda order: st.integers(0, 14).map(lambda n: order[:n]))
GRADES = st.dictionaries(st.sampled_from("abcdefghijklmnopq"), st.integers(1, 2), min_size=1)


@STEADY
@given(st.lists(st.tuples(GRADES, LISTS), min_size=1, max_size=5))
def test_measures_equal_the_formulas(cases: list[tuple[dict[str, int], list[str]]]) -> None:
    judged = [Judged(f"q{n}", "?", "t", grades) for n, (grades, _) in enumerate(cases)]
    scores = scores_per_question(judged, [listed(*found) for _, found in cases])
    for n, (grades, found) in enumerate(cases):
        name = f"q{n}"
        first = [place for place, answer in enumerate(found, 1) if answer in grades]
        assert scores["ndcg@10"][name] == pytest.approx(_ndcg(grades, found))
        assert scores["mrr@10"][name] == pytest.approx(1 / first[0] if first and first[0] <= 10 else 0)
        assert scores["recall@5"][name] == float(bool(first) and first[0] <= 5)
        assert scores["recall@10"][name] == float(bool(first) and first[0] <= 10)


def _ndcg(grades: dict[str, int], found: list[str]) -> float:
    gains = 2.0 ** np.array([grades.get(answer, 0) for answer in found[:10]]) - 1
    ideal = 2.0 ** np.array(sorted(grades.values(), reverse=True)[:10]) - 1
    discount = np.array([1 / log2(place + 1) for place in range(1, 11)])
    return float(gains @ discount[: len(gains)] / (ideal @ discount[: len(ideal)]))


@pytest.mark.parametrize(
    ("mark", "best", "f1"),
    [
        ((0, 10), (0, 10), 1.0),
        ((0, 10), (10, 20), 0.0),
        ((0, 10), (15, 20), 0.0),
        ((0, 10), (5, 15), 0.5),
        ((0, 30), (10, 20), 0.5),
        ((10, 20), (0, 30), 0.5),
        ((0, 4), (0, 1), 0.4),
    ],
)
def test_mark_f1_by_hand(mark: tuple[int, int], best: tuple[int, int], f1: float) -> None:
    assert mark_f1(mark, best) == pytest.approx(f1)


SPAN = st.tuples(st.integers(0, 50), st.integers(1, 50)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@STEADY
@given(SPAN, SPAN)
def test_mark_f1_is_that_of_the_sets_of_characters(mark: tuple[int, int], best: tuple[int, int]) -> None:
    ours, theirs = set(range(*mark)), set(range(*best))
    assert mark_f1(mark, best) == pytest.approx(2 * len(ours & theirs) / (len(ours) + len(theirs)))


def test_evaluation_of_the_corpus(retriever: Retriever) -> None:
    result = evaluate(retriever, JUDGED)
    assert result.keys() == FIGURES | {"by_type", "ms_per_query"}
    assert (result["queries"], result["found"]) == (4, 0.75)
    assert (result["recall@5"], result["mrr@10"], result["mark_f1"]) == (1.0, 1.0, 1.0)
    by_type = result["by_type"]
    assert isinstance(by_type, dict)
    assert list(by_type) == ["filter", "unanswerable", "woord"]
    assert by_type["unanswerable"] == dict.fromkeys(FIGURES) | {"found": 0.0, "queries": 1}
    assert by_type["filter"]["recall@5"] == 1.0
    assert by_type["woord"]["queries"] == 2
    assert float(str(result["ms_per_query"])) > 0


def test_a_missing_mark_counts_as_a_wrong_one_and_a_missing_hit_not_at_all(retriever: Retriever) -> None:
    name = "ah-tk-20402041-12#1"
    judged = [Judged("a", "Kent u het bericht over de zwevende brug?", "t", {name: 2}, Best(name, 1, 3))]
    mark = next(q for q in retriever.search(judged[0].query, k=10).quotes if q.answer == name).mark
    assert evaluate(retriever, judged)["mark_f1"] == (0.0 if mark is None else 0.8)
    elsewhere = [replace(judged[0], best=Best("ah-tk-1#1", 0, 3))]
    assert evaluate(retriever, elsewhere)["mark_f1"] is None


def test_nothing_to_judge(retriever: Retriever) -> None:
    assert evaluate(retriever, [])["queries"] == 0
    assert evaluate(retriever, [])["ndcg@10"] is None


def judged_file(tmp_path: Path, *lines: object) -> Path:
    file = tmp_path / "beoordeeld.jsonl"
    texts = [line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines]
    file.write_text("\n".join(texts), encoding="utf-8")
    return file


def test_reading_every_form_of_a_judged_line(tmp_path: Path) -> None:
    file = judged_file(
        tmp_path,
        {
            "query": "een",
            "type": "woord",
            "relevant": {"x#1": 2},
            "best": {"answer": "x#1", "start": 1, "end": 5},
        },
        "",
        {"query": "twee", "id": "u1", "kind": "near"},
        {"query": "drie"},
        {"query": "vier", "relevant": {"x#1": 1}, "filters": {"party": "XYZ", "since": "2041-01-01"}},
        {
            "id": "c1",
            "turns": [{"query": "vijf", "relevant": {"x#1": 1}}, {"query": "en zes?", "relevant": {}}],
        },
        {"query": "met \u2028 erin"},
    )
    found = read_judged(file)
    assert [(j.id, j.query, j.type) for j in found] == [
        ("regel1", "een", "woord"), ("u1", "twee", "near"), ("regel4", "drie", "unanswerable"),
        ("regel5", "vier", "question"), ("c1.1", "vijf", "beurt 1"), ("c1.2", "en zes?", "beurt 2"),
        ("regel7", "met \u2028 erin", "unanswerable"),
    ]  # fmt: skip
    assert found[0].best == Best("x#1", 1, 5)
    assert str(found[3].filters.since) == "2041-01-01"
    assert [bool(j.relevant) for j in found] == [True, False, False, True, True, False, False]


@pytest.mark.parametrize(
    "line",
    [
        "{", "[]", "5", '"query"', "[" * 100_000, {}, {"vraag": "x"}, {"query": "x", "relevant": ["a"]},
        {"query": "x", "relevant": {"a": "veel"}}, {"query": "x", "relevant": {"a": 3}},
        {"query": "x", "relevant": {"a": -1}}, {"query": "x", "relevant": {"a": None}},
        {"query": "x", "relevant": {"a": 1}, "best": {"answer": "a"}}, {"query": "x", "filters": ["party"]},
        {"query": "x", "filters": {"partij": "XYZ"}}, {"query": "x", "filters": {"since": "gisteren"}},
        {"turns": ["x"]}, {"turns": [{}]},
    ],
    ids=lambda line: str(line)[:50],
)  # fmt: skip
def test_a_malformed_line_is_a_clear_error(tmp_path: Path, line: object) -> None:
    with pytest.raises(SourceError, match=r"beoordeeld\.jsonl.*data/judged"):
        read_judged(judged_file(tmp_path, {"query": "goed"}, line))


def test_a_question_that_stands_twice_under_one_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="u1"):
        read_judged(judged_file(tmp_path, {"id": "u1", "query": "een"}, {"id": "u1", "query": "twee"}))


def test_a_judged_file_that_is_not_there_or_no_utf8(tmp_path: Path) -> None:
    (tmp_path / "fout.jsonl").write_bytes(b'{"query": "caf\xe9"}')
    for name in ("weg.jsonl", "fout.jsonl"):
        with pytest.raises(SourceError, match=name):
            read_judged(tmp_path / name)


def test_the_judged_files_of_the_project_can_be_read() -> None:
    folder = Path(__file__).parents[2] / "data" / "judged"
    for file in folder.glob("*.jsonl"):
        assert read_judged(file)


def test_the_report_has_a_row_a_type(retriever: Retriever) -> None:
    lines = evaluation_report(retriever, JUDGED, as_json=False).splitlines()
    assert [line.split()[0] for line in lines[1:-1]] == ["alle", "filter", "unanswerable", "woord"]
    assert lines[0].split() == ["ndcg@10", "recall@5", "recall@10", "mrr@10", "mark_f1", "found", "queries"]
    assert lines[3].split()[1:] == ["-", "-", "-", "-", "-", "0.000", "1"]
    assert lines[-1].endswith("ms per vraag")
    assert json.loads(evaluation_report(retriever, JUDGED, as_json=True)).keys() == FIGURES | {
        "by_type",
        "ms_per_query",
    }


def test_the_report_of_the_legs_has_each_alone(retriever: Retriever) -> None:
    lines = legs_report(retriever, JUDGED, as_json=False).splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["samen", "kale", *LEGS]
    result = json.loads(legs_report(retriever, JUDGED, as_json=True))
    assert list(result) == ["samen", "kale BM25", *LEGS]
    assert all(figures["queries"] == 4 for figures in result.values())


def test_the_report_on_an_index(stock_index: Path) -> None:
    text = info_report(stock_index, as_json=False)
    documents = len(stock())
    assert f"uit {documents} documenten, beantwoord van 28 oktober 2040 tot en met 10 mei 2041." in text
    assert "answered 9, correction 1, delay 1, supplement 1, unanswered 1." in text
    assert "Encoder kamerantwoord-nl-1" in text
    values = json.loads(info_report(stock_index, as_json=True))
    assert values["counts"]["documents"] == documents
    assert values["kinds"]["delay"] == 1
    assert values["encoder"]["name"] == "kamerantwoord-nl-1"
    assert values["files"]
    assert values["snapshot"] in text


def test_the_report_writes_nothing(stock_index: Path, tmp_path: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in stock_index.rglob("*")}
    info_report(stock_index, as_json=True)
    assert {path: path.stat().st_mtime_ns for path in stock_index.rglob("*")} == before
