import json
from pathlib import Path

import pytest

from rag.retriever import Retriever
from tests.asking.command import run, said
from tests.asking.stock import BRUG, GOOSE, stock


def test_build_says_what_it_did_and_does_nothing_twice(source: Path, tmp_path: Path) -> None:
    first = run("build", source, "--index", tmp_path / "index")
    assert first.exit_code == 0
    assert first.stdout.splitlines()[0] == f"Documenten: {len(stock())} nieuw, 0 gewijzigd, 0 ongewijzigd."
    assert f"uit {len(stock())} documenten." in first.stdout
    assert first.stderr == ""
    again = run("build", source, "--index", tmp_path / "index")
    assert f"0 nieuw, 0 gewijzigd, {len(stock())} ongewijzigd." in again.stdout
    assert "Vectoren: 0 gemaakt" in again.stdout


def test_build_with_a_rejected_line_ends_with_3(source: Path, tmp_path: Path) -> None:
    source.write_text(source.read_text(encoding="utf-8") + "\n{kapot\n", encoding="utf-8")
    result = run("build", source, "--index", tmp_path / "index")
    assert result.exit_code == 3
    assert "Documenten:" in result.stdout
    assert "Afgewezen: 1." in result.stderr
    assert "waar | wat | wat te doen" in result.stderr
    assert f"bron.jsonl, regel {len(stock()) + 1}" in result.stderr
    assert run("ask", BRUG, "--index", tmp_path / "index").exit_code == 0


def test_build_of_nothing_fails(tmp_path: Path) -> None:
    assert "geen enkel antwoord" in said(run("build", tmp_path / "nergens", "--index", tmp_path / "index"), 1)


def test_build_with_a_model_that_asking_then_finds_by_itself(
    source: Path, tmp_path: Path, other_model: Path
) -> None:
    index = tmp_path / "index"
    assert run("build", source, "--index", index, "--model", other_model).exit_code == 0
    assert json.loads(run("info", "--index", index, "--json").stdout)["encoder"]["name"] == "klein"
    assert "ah-tk-20402041-12" in run("ask", BRUG, "--index", index).stdout


def test_a_model_that_cannot_be_read(source: Path, tmp_path: Path, other_model: Path) -> None:
    broken = tmp_path / "stuk"
    broken.mkdir()
    for file in other_model.iterdir():
        (broken / file.name).write_bytes(
            file.read_bytes()[:50] if "json" not in file.name else file.read_bytes()
        )
    assert "--model" in said(run("build", source, "--index", tmp_path / "index", "--model", broken), 1)


def test_ask_shows_the_quote_with_its_source(stock_index: Path) -> None:
    result = run("ask", BRUG, "--index", stock_index)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("1. Aanhangsel Handelingen II 2040/41, nr. 12, vraag 2 en 3")
    assert "»De zwevende brug" in result.stdout
    assert "Bron antwoord: https://voorbeeld.invalid/ah-tk-20402041-12.html" in result.stdout
    assert "\x1b" not in result.stdout


def test_ask_as_json_is_one_line_that_equals_the_library(stock_index: Path, retriever: Retriever) -> None:
    result = run("ask", BRUG, "-k", 2, "--json", "--index", stock_index)
    assert (result.exit_code, result.stderr) == (0, "")
    (line,) = result.stdout.splitlines()
    record = json.loads(line)
    assert (record["id"], record["query"], record["found"]) == ("q1", BRUG, True)
    quotes = retriever.search(BRUG, k=2).quotes
    assert [hit["answer"] for hit in record["hits"]] == [quote.answer for quote in quotes]
    assert [hit["text"] for hit in record["hits"]] == [quote.text for quote in quotes]


@pytest.mark.parametrize(
    ("filters", "documents"),
    [
        (["--party", "abc"], {"ah-tk-20412042-1", "ah-tk-20412042-3", "ah-tk-20412042-5"}),
        (["--minister", "Papier", "--since", "2041-03-10"], {"ah-tk-20412042-3", "ah-tk-20412042-5"}),
        (["--ministry", "molens", "--until", "2041-01-10"], {"ah-tk-20412042-1"}),
        (["--asker", "Proefpersoon", "--topic", "parken"], {"ah-tk-20412042-5"}),
        (["--kind", "answered", "--document", "ah-tk-20412042-2"], {"ah-tk-20412042-2"}),
    ],
)
def test_filters_limit_what_is_asked(stock_index: Path, filters: list[str], documents: set[str]) -> None:
    result = run("ask", GOOSE, "--index", stock_index, "-k", 50, "--json", *filters)
    assert {hit["document"] for hit in json.loads(result.stdout)["hits"]} == documents


def test_nothing_found_is_a_success_that_says_so(stock_index: Path) -> None:
    result = run("ask", "xqzv wkpf jjjqx", "--index", stock_index)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Geen antwoord gevonden." in result.stdout
    assert (
        json.loads(run("ask", "xqzv wkpf jjjqx", "--index", stock_index, "--json").stdout)["found"] is False
    )


@pytest.mark.parametrize(
    "verb", [["ask", BRUG], ["info"], ["evaluate"], ["batch"], ["rollback"]], ids=lambda v: v[0]
)
def test_without_an_index_every_verb_says_how_to_make_one(tmp_path: Path, verb: list[str]) -> None:
    questions = tmp_path / "vragen.jsonl"
    questions.write_text(json.dumps({"query": BRUG}), encoding="utf-8")
    output = tmp_path / "uit.jsonl"
    more: dict[str, list[object]] = {"evaluate": [questions], "batch": [questions, "--output", output]}
    message = said(run(*verb, *more.get(verb[0], []), "--index", tmp_path / "geen"), 1)
    assert "kamerantwoord build" in message
    assert not output.exists()
    assert not (tmp_path / "geen").exists()


def test_verify_of_a_missing_index(tmp_path: Path) -> None:
    assert "kamerantwoord build" in said(run("verify", "--index", tmp_path / "geen"), 1)


def test_batch_writes_what_ask_says(stock_index: Path, tmp_path: Path) -> None:
    questions, output = tmp_path / "vragen.jsonl", tmp_path / "uit.jsonl"
    lines = [{"query": BRUG, "id": "a"}, {"query": GOOSE, "filters": {"party": "ABC"}}]
    questions.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    result = run(
        "batch", questions, "--output", output, "-k", 3, "--index", stock_index, "--kind", "answered"
    )
    assert (result.exit_code, result.stdout) == (0, "")
    assert "2 vragen beantwoord" in result.stderr
    first, second = map(json.loads, output.read_text(encoding="utf-8").splitlines())
    common = ["--index", stock_index, "-k", 3, "--json", "--kind", "answered"]
    assert first == json.loads(run("ask", BRUG, *common).stdout) | {"id": "a"}
    assert second == json.loads(run("ask", GOOSE, *common, "--party", "ABC").stdout) | {"id": "q2"}


def test_batch_with_bad_lines_answers_the_rest_and_ends_with_3(stock_index: Path, tmp_path: Path) -> None:
    questions, output = tmp_path / "vragen.jsonl", tmp_path / "uit.jsonl"
    good, wrong = json.dumps({"query": BRUG}), json.dumps({"query": BRUG, "filters": {"party": "NIEMAND"}})
    lines = [
        good,
        "{kapot",
        wrong,
        json.dumps({"query": "x" * 3000}),
        json.dumps({"query": "brug \ud800"}),
        good,
    ]
    questions.write_text("\n".join(lines), encoding="utf-8")
    result = run("batch", questions, "--output", output, "--index", stock_index)
    assert (result.exit_code, result.stdout) == (3, "")
    names = [json.loads(line)["id"] for line in output.read_text(encoding="utf-8").splitlines()]
    assert [name for name in names if name != "q5"] == ["q1", "q6"]
    for says in ("geen JSON", "NIEMAND", "3000", "waar | wat | wat te doen"):
        assert says in result.stderr


@pytest.mark.parametrize(
    ("questions", "output", "says"),
    [
        ("weg.txt", "uit.jsonl", "weg.txt"),
        ("vragen.pdf", "uit.jsonl", ".txt, .csv of .jsonl"),
        ("vragen.txt", "uit.docx", ".jsonl, .csv of .trec"),
        ("vragen.txt", "geen/uit.csv", "niet te schrijven"),
    ],
)
def test_batch_files_that_cannot_be(
    stock_index: Path, tmp_path: Path, questions: str, output: str, says: str
) -> None:
    (tmp_path / "vragen.txt").write_text(BRUG, encoding="utf-8")
    (tmp_path / "vragen.pdf").write_text(BRUG, encoding="utf-8")
    result = run("batch", tmp_path / questions, "--output", tmp_path / output, "--index", stock_index)
    assert says in said(result, 1)
    assert not (tmp_path / output).exists()


@pytest.mark.parametrize("k", [0, 1001])
def test_batch_with_an_impossible_count_is_wrong_usage(stock_index: Path, tmp_path: Path, k: int) -> None:
    (tmp_path / "v.txt").write_text(BRUG, encoding="utf-8")
    result = run("batch", tmp_path / "v.txt", "--output", tmp_path / "u.csv", "-k", k, "--index", stock_index)
    assert "1 tot en met 1000" in said(result, 2)


def test_batch_with_a_filter_that_the_index_does_not_know_is_wrong_usage(
    stock_index: Path, tmp_path: Path
) -> None:
    (tmp_path / "v.txt").write_text(BRUG, encoding="utf-8")
    arguments = ["--output", tmp_path / "u.csv", "--index", stock_index, "--party", "XYY"]
    assert "XYZ" in said(run("batch", tmp_path / "v.txt", *arguments), 2)
    assert not (tmp_path / "u.csv").exists()


@pytest.fixture
def judged(tmp_path: Path) -> Path:
    file = tmp_path / "beoordeeld.jsonl"
    lines = [{"query": BRUG, "relevant": {"ah-tk-20402041-12#2": 2}}, {"query": "xqzv wkpf"}]
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return file


def test_evaluate_as_table_and_json(stock_index: Path, judged: Path) -> None:
    table = run("evaluate", judged, "--index", stock_index)
    assert (table.exit_code, table.stderr) == (0, "")
    assert "ndcg@10" in table.stdout
    result = json.loads(run("evaluate", judged, "--index", stock_index, "--json").stdout)
    assert (result["ndcg@10"], result["queries"], result["found"]) == (1.0, 2, 0.5)
    assert "samen" in run("evaluate", judged, "--index", stock_index, "--legs").stdout


def test_evaluate_of_a_malformed_file(stock_index: Path, judged: Path) -> None:
    judged.write_text("[1]", encoding="utf-8")
    assert "regel 1" in said(run("evaluate", judged, "--index", stock_index), 1)


def test_info_as_text_and_json(stock_index: Path) -> None:
    text = run("info", "--index", stock_index)
    assert (text.exit_code, text.stderr) == (0, "")
    assert "Encoder kamerantwoord-nl-1" in text.stdout
    assert json.loads(run("info", "--index", stock_index, "--json").stdout)["counts"]["documents"] == len(
        stock()
    )


def test_verify_and_rollback(source: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    run("build", source, "--index", index)
    assert "geen vorige" in said(run("rollback", "--index", index), 1)
    whole = run("verify", "--index", index)
    assert (whole.exit_code, whole.stdout) == (0, "De index is heel.\n")
    more = json.loads(source.read_text(encoding="utf-8").splitlines()[0]) | {"id": "ah-tk-20402041-13"}
    source.write_text(json.dumps(more), encoding="utf-8")
    run("build", source, "--index", index)
    newest = json.loads(run("info", "--index", index, "--json").stdout)
    back = run("rollback", "--index", index)
    assert back.exit_code == 0
    oldest = json.loads(run("info", "--index", index, "--json").stdout)
    assert oldest["counts"]["documents"] == newest["counts"]["documents"] - 1
    assert oldest["snapshot"] in back.stdout
    (index / "snapshots" / oldest["snapshot"] / "units.npy").write_bytes(b"stuk")
    damage = said(run("verify", "--index", index), 1)
    assert "units.npy" in damage
    assert "rollback" in damage
    assert "beschadigd" in said(run("ask", BRUG, "--index", index), 1)
