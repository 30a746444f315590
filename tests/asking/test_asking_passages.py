import gzip
import json
from pathlib import Path

import pytest

from rag.errors import SourceError
from rag.passages import has_passages, passage_index
from tests.asking.command import run, said

PAIRS = [
    ("Waar levert u een oude lamp in?", "Een oude lamp levert u in bij de milieustraat van uw gemeente."),
    (
        "Levert u een oude lamp in bij de milieustraat?",
        "Een oude lamp levert u in bij de milieustraat van uw gemeente.",
    ),
    ("Waar vraagt u een paspoort aan?", "Een paspoort vraagt u aan bij de balie van het gemeentehuis."),
]


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    file = tmp_path / "vragen.jsonl.gz"
    with gzip.open(file, "wt", encoding="utf-8") as stream:
        stream.writelines(json.dumps({"question": q, "passage": p}) + "\n" for q, p in PAIRS)
    return file


def test_the_passages_are_the_corpus(pairs: Path) -> None:
    assert has_passages(pairs)
    with passage_index(pairs) as (retriever, judged):
        assert retriever.coverage.answers == 2
        assert [item.relevant for item in judged] == [
            {"antwoord-1#1": 2},
            {"antwoord-1#1": 2},
            {"antwoord-2#1": 2},
        ]
        assert retriever.search(judged[2].query).quotes[0].answer == "antwoord-2#1"


def test_evaluate_takes_it_as_it_is(pairs: Path, tmp_path: Path) -> None:
    result = json.loads(run("evaluate", pairs, "--json", "--index", tmp_path / "geen").stdout)
    assert result["queries"] == 3
    assert result["recall@5"] == 1


def test_other_files_have_no_passages(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"query": "Wat?"}\n')
    (tmp_path / "b.jsonl").write_text("geen json\n")
    assert not has_passages(tmp_path / "a.jsonl")
    assert not has_passages(tmp_path / "b.jsonl")
    assert not has_passages(tmp_path / "c.jsonl")


def test_a_line_without_a_passage_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "half.jsonl"
    file.write_text('{"question": "Wat?", "passage": "Dat."}\n{"question": "Wie?"}\n')
    with pytest.raises(SourceError, match="passage"), passage_index(file):
        pass
    assert "Traceback" not in said(run("evaluate", file, "--index", tmp_path), 1)
