"""Example questions are questions that the index answers."""

import json
from pathlib import Path

import pytest

from rag import Retriever
from rag.page.examples import WANTED, examples

JUDGED = Path(__file__).parent.parent.parent / "data" / "judged" / "sample.jsonl"


@pytest.fixture(scope="module")
def retriever(sample_index: Path) -> Retriever:
    return Retriever.open(sample_index)


@pytest.fixture
def judged(tmp_path: Path, retriever: Retriever) -> Path:
    """One good question, and one for each reason to leave a question out."""
    text, good = _title_and_answer(retriever)
    lines = [
        {"query": text, "type": "fact", "relevant": {good: 2}},
        {"query": f"{text} Nog eens?", "type": "fact", "relevant": {good: 2}},
        {"query": text, "type": "keywords", "relevant": {_other(retriever, good): 2}},
        {"query": text, "type": "fact", "relevant": {"elders#1": 2}},
        {"query": text, "type": "fact", "relevant": {_other(retriever, good): 2}},
        {"query": "Wie?", "kind": "near"},
    ]
    file = tmp_path / "judged.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return file


def test_judged_questions_that_are_answered_by_the_right_document(retriever: Retriever, judged: Path) -> None:
    text, _ = _title_and_answer(retriever)
    assert examples(retriever, judged) == (text,)


def test_topics_where_there_is_no_judged_question(retriever: Retriever, tmp_path: Path) -> None:
    questions = examples(retriever)
    assert questions == examples(retriever, tmp_path / "none.jsonl")
    assert 0 < len(questions) <= WANTED
    assert all(question.startswith("Wat doet de minister aan ") for question in questions)


@pytest.mark.parametrize("file", [JUDGED, None])
def test_every_example_is_answered(retriever: Retriever, file: Path | None) -> None:
    assert all(retriever.search(question).found for question in examples(retriever, file))


def test_the_sample_has_six(retriever: Retriever) -> None:
    assert len(set(examples(retriever, JUDGED))) == WANTED


def _title_and_answer(retriever: Retriever) -> tuple[str, str]:
    """The words of one answer's own question, which surely find it."""
    first = sorted(retriever.values("document"))[0]
    exchange = max(retriever.document(first).exchanges, key=lambda exchange: len(exchange.answer))
    question = exchange.question[:100]
    return question, retriever.search(question, k=1).quotes[0].answer


def _other(retriever: Retriever, answer: str) -> str:
    return next(f"{name}#1" for name in retriever.values("document") if not answer.startswith(f"{name}#"))
