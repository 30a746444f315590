"""A tiny made-up corpus in the shape of the shared data."""

import gzip
import json
import random
from pathlib import Path
from typing import Any

from embeddings.training.contrast import ContrastSettings
from embeddings.training.pipeline import TrainingSettings
from embeddings.training.vectors import VectorSettings

SETTINGS = TrainingSettings(
    least=1,
    most=500,
    vectors=VectorSettings(dimension=16, window=5, oversampling=8),
    contrast=ContrastSettings(passes=10, batch=32),
)
_TOPICS = (
    "dijk water sluis polder rivier waterschap gemaal overstroming".split(),
    "school leraar leerling klas examen rooster lokaal onderwijs".split(),
    "trein spoor perron reiziger station conducteur vertraging kaartje".split(),
    "arts ziekenhuis patient medicijn verpleegkundige operatie bed wachtlijst".split(),
    "boer koe mest stal akker tractor melk oogst".split(),
    "rechter straf cel advocaat vonnis dader proces boete".split(),
)
_FILLERS = "de het een van en in op is wordt met voor".split()


def write_shared(folder: Path) -> Path:
    """Write all files that training reads, under ``folder``; always the same."""
    draw = random.Random(3)
    documents = [_document(number, draw) for number in range(90)]
    files: dict[str, list[dict[str, Any]]] = {
        "corpus/be_written_2017": documents[:30],
        "corpus/be_oral_2024_2025": documents[30:60],
        "corpus/nl_1945_1995": documents[60:],
        "corpus/nl_pairs_2019_2023": [_pair(draw, "question", "answer") for _ in range(20)],
        "text/be_questions_2017_2020": [_pair(draw, "title", "question") for _ in range(20)],
        "text/nl_question_titles_2008_2024": [_pair(draw, "title", "rest") for _ in range(20)],
        "text/laws_headings": [_pair(draw, "heading", "passage") for _ in range(20)],
    }
    for name, rows in files.items():
        write_rows(folder / f"{name}.jsonl.gz", rows)
    for name in ("handelingen_1955_1995", "laws_2017", "business_docs", "words_opentaal"):
        _write(folder / f"text/{name}.txt.gz", [_sentence(draw, topic, 12) for topic in range(len(_TOPICS))])
    synonyms = ["sluis\tschut\thouten deur", "leraar\tdocent\tmeester", "open veld\tland"]
    _write(folder / "text/synonyms_odwn.tsv.gz", synonyms)
    return folder


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write ``rows`` as gzipped JSON lines."""
    _write(path, [json.dumps(row, ensure_ascii=False) for row in rows])


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The rows that :func:`write_rows` wrote."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _document(number: int, draw: random.Random) -> dict[str, Any]:
    topic = number % len(_TOPICS)
    exchange = {"number": "1", "question": _sentence(draw, topic, 15), "answer": _sentence(draw, topic, 40)}
    return {"id": f"verzonnen-{number}", "title": _sentence(draw, topic, 4), "exchanges": [exchange]}


def _pair(draw: random.Random, short: str, long: str) -> dict[str, Any]:
    topic = draw.randrange(len(_TOPICS))
    return {short: _sentence(draw, topic, 6), long: _sentence(draw, topic, 30)}


def _sentence(draw: random.Random, topic: int, length: int) -> str:
    return " ".join(draw.choice(_TOPICS[topic] + _FILLERS) for _ in range(length))


def _write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
