"""Measures a model on documents that training held out: ``python -m embeddings.training.measure``."""

import argparse
import json
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder, load_encoder
from embeddings.errors import EncoderError
from embeddings.training.corpus import DOCUMENT_FILES, Record, held_out, read_records, topic_of
from embeddings.training.grams import bm25

SHORTEST_ANSWER = 150
WORDS_SHARE = 0.4
TOP = 10
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """Questions, the texts to find, and per question the grade of each relevant text."""

    name: str
    queries: tuple[str, ...]
    texts: tuple[str, ...]
    relevant: tuple[Mapping[int, int], ...]


def main() -> int:
    """Read the command line, measure, report on stderr; 0 done, 1 failed."""
    parser = argparse.ArgumentParser(prog="python -m embeddings.training.measure", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="map met text/ en corpus/")
    parser.add_argument("--judged", type=Path, default=Path("data/judged/dev_everyday.jsonl"))
    parser.add_argument("--model", help="naam of map; anders het ingebouwde model")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        encoder = load_encoder(arguments.model)
        for task in read_tasks(arguments.shared, arguments.judged):
            _report(task, encoder)
    except EncoderError as error:
        _log.error("%s", error)
        return 1
    return 0


def _report(task: Task, encoder: Encoder) -> None:
    """nDCG@10 / success@5 of the vectors, of the 5-grams, and of their convex sum."""
    cosines = encoder.encode(task.queries) @ encoder.encode(task.texts).T
    vectors = cosines / np.maximum(cosines.max(axis=1, keepdims=True), np.float32(1e-6))
    words = bm25(task.queries, task.texts)
    both = WORDS_SHARE * words + (1 - WORDS_SHARE) * vectors
    figures = "  ".join(
        f"{name} {ndcg(scores, task.relevant):.3f} / {success(scores, task.relevant):.3f}"
        for name, scores in (("vectors", vectors), ("5-grams", words), ("both", both))
    )
    _log.info("%-22s %4d questions  %s", task.name, len(task.queries), figures)


def read_tasks(shared: Path, judged: Path) -> Iterator[Task]:
    """Everyday questions among all units, and topics of held-out titles among all Belgian answers."""
    documents = [
        (name, document)
        for name in DOCUMENT_FILES
        for document in read_records(shared / "corpus" / f"{name}.jsonl.gz")
    ]
    yield from _everyday([document for _, document in documents], judged)
    yield _titles([document for name, document in documents if name.startswith("be_")])


def _everyday(documents: Sequence[Record], judged: Path) -> Iterator[Task]:
    """Two sets: the first was written before the lexicon (ids a...), the second after it (b...)."""
    units = {
        f"{document['id']}#{exchange['number']}": "\n".join(
            (document["title"], exchange["question"], exchange["answer"])
        )
        for document in documents
        for exchange in document["exchanges"]
        if exchange["answer"]
    }
    place = {unit: number for number, unit in enumerate(units)}
    rows = [json.loads(line) for line in judged.read_text(encoding="utf-8").splitlines()]
    for mark, name in (("a", "everyday, first"), ("b", "everyday, after")):
        chosen = [row for row in rows if row["id"].startswith(mark)]
        relevant = ({place[unit]: grade for unit, grade in row["relevant"].items()} for row in chosen)
        yield Task(name, tuple(row["query"] for row in chosen), tuple(units.values()), tuple(relevant))


def _titles(documents: Sequence[Record]) -> Task:
    answers = [
        (document, exchange["answer"])
        for document in documents
        for exchange in document["exchanges"]
        if len(exchange["answer"]) > SHORTEST_ANSWER
    ]
    own = [(number, document) for number, (document, _) in enumerate(answers) if held_out(document["id"])]
    return Task(
        "title -> own answer",
        tuple(topic_of(document["title"]) for _, document in own),
        tuple(answer for _, answer in answers),
        tuple({number: 2} for number, _ in own),
    )


def ndcg(scores: NDArray[np.float32], relevant: Sequence[Mapping[int, int]]) -> float:
    """Mean nDCG@10 with gains 2^grade - 1."""
    discounts = 1 / np.log2(np.arange(2, TOP + 2))
    values = []
    for row, grades in zip(scores, relevant, strict=True):
        gains = np.array([2.0 ** grades.get(int(number), 0) - 1 for number in _best(row, TOP)])
        ideal = np.sort([2.0**grade - 1 for grade in grades.values()])[::-1][:TOP]
        values.append(float(gains @ discounts[: len(gains)] / (ideal @ discounts[: len(ideal)])))
    return float(np.mean(values))


def success(scores: NDArray[np.float32], relevant: Sequence[Mapping[int, int]], *, first: int = 5) -> float:
    """Share of questions with a relevant text among the ``first``."""
    return float(
        np.mean(
            [
                any(int(number) in grades for number in _best(row, first))
                for row, grades in zip(scores, relevant, strict=True)
            ]
        )
    )


def _best(row: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    return np.argsort(-row, kind="stable")[:count]


if __name__ == "__main__":
    sys.exit(main())
