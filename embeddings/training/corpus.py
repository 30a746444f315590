"""Reads the texts and the pairs to train on from the shared data."""

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from embeddings.errors import EncoderError
from embeddings.training.text import words_of

HELD_OUT_SHARE = 0.1
SHORTEST_ANSWER = 80
DOCUMENT_FILES = ("be_written_2017", "be_oral_2024_2025", "nl_1945_1995")
# The topic of a title: what stands in quotes, or after the words that open it.
_QUOTED = re.compile(r'"(.+)"')
_PREAMBLE = re.compile(r"^(?:Vra(?:ag|gen)|VRA(?:AG|GEN))\b.*?\b(?:over|inzake|betreffende|in verband met)\b")

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts about the same thing: a short one and a longer one."""

    query: str
    passage: str


@dataclass(frozen=True, slots=True)
class Source:
    """Running texts and how heavily one word of them counts."""

    name: str
    weight: float
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Corpus:
    """All there is to learn from; held-out documents are not in it."""

    sources: tuple[Source, ...]
    pairs: tuple[Pair, ...]


def held_out(key: str) -> bool:
    """Whether the document or pair named ``key`` is kept for development: one in ten, by its hash."""
    first = int.from_bytes(hashlib.sha256(key.encode()).digest()[:2], "big")
    return first < HELD_OUT_SHARE * 2**16


def read_corpus(shared: Path) -> Corpus:
    """Everything under ``shared`` but the held-out documents and the measuring corpus."""
    texts, corpora = shared / "text", shared / "corpus"
    documents = [row for name in DOCUMENT_FILES for row in read_records(corpora / f"{name}.jsonl.gz")]
    pairs = read_records(corpora / "nl_pairs_2019_2023.jsonl.gz")
    read = _Read(
        [document for document in documents if not held_out(document["id"])],
        _without_held_out(list(read_records(texts / "be_questions_2017_2020.jsonl.gz")), documents),
        [row for row in pairs if not held_out(row["question"])],
        list(read_records(texts / "laws_headings.jsonl.gz")),
    )
    return Corpus(tuple(_sources(read, texts)), tuple(_pairs(read)))


@dataclass(frozen=True, slots=True)
class _Read:
    """What gives running text as well as pairs."""

    documents: list[Record]
    questions: list[Record]
    loose: list[Record]
    laws: list[Record]


def _sources(read: _Read, texts: Path) -> Iterator[Source]:
    """Law and business are heavy in words and far from parliament, so they weigh little."""
    titles = read_records(texts / "nl_question_titles_2008_2024.jsonl.gz")
    yield Source("documents", 2.0, tuple(text for document in read.documents for text in _texts(document)))
    yield Source("questions", 2.0, tuple(f"{row['title']}\n{row['question']}" for row in read.questions))
    yield Source("pairs", 4.0, tuple(f"{row['question']}\n{row['answer']}" for row in read.loose))
    yield Source("titles", 2.0, tuple(row["title"] for row in titles))
    yield Source("proceedings", 1.0, tuple(read_lines(texts / "handelingen_1955_1995.txt.gz")))
    yield Source("law articles", 0.5, tuple(f"{row['heading']}\n{row['passage']}" for row in read.laws))
    yield Source("laws", 0.3, tuple(read_lines(texts / "laws_2017.txt.gz")))
    yield Source("business", 0.4, tuple(read_lines(texts / "business_docs.txt.gz")))


def _pairs(read: _Read) -> Iterator[Pair]:
    for document in read.documents:
        topic = topic_of(document["title"])
        for exchange in document["exchanges"]:
            question, answer = exchange["question"], exchange["answer"]
            if len(answer) >= SHORTEST_ANSWER:
                yield from (Pair(topic, answer), Pair(topic, question), Pair(question, answer))
    yield from (Pair(row["title"], row["question"]) for row in read.questions)
    answered = (row for row in read.loose if len(row["answer"]) >= SHORTEST_ANSWER)
    yield from (Pair(row["question"], row["answer"]) for row in answered)
    # One article a heading: "Begripsbepalingen" says nothing about its thousand articles.
    long = [row for row in read.laws if len(row["passage"]) >= SHORTEST_ANSWER]
    first = {row["heading"].lower(): row for row in reversed(long)}
    yield from (Pair(row["heading"], row["passage"]) for row in first.values())


def topic_of(title: str) -> str:
    """The part of a title that says what it is about, without askers and ministers."""
    quoted = _QUOTED.search(title)
    return quoted.group(1) if quoted else _PREAMBLE.sub("", title).strip()


def _texts(document: Record) -> Iterator[str]:
    yield document["title"]
    for exchange in document["exchanges"]:
        yield from (text for text in (exchange["question"], exchange["answer"]) if text)


def _without_held_out(asked: list[Record], documents: list[Record]) -> list[Record]:
    """The loose questions that are not the question of a held-out document, accents apart."""
    held = [document for document in documents if held_out(document["id"])]
    titles = {_start(document["title"]) for document in held}
    questions = {_start(exchange["question"]) for document in held for exchange in document["exchanges"]}
    return [
        row
        for row in asked
        if _start(row["title"]) not in titles and _start(row["question"]) not in questions
    ]


def _start(text: str) -> tuple[str, ...]:
    return tuple(words_of(text[:120])[:12])


def read_records(path: Path) -> Iterator[Record]:
    """The records of a gzipped JSON-lines file; raises :class:`EncoderError` where it is missing."""
    return (json.loads(line) for line in read_lines(path))


def read_lines(path: Path) -> Iterator[str]:
    """The lines of a gzip file that are not empty; raises :class:`EncoderError` where it is missing."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from (line.strip() for line in lines if line.strip())
    except FileNotFoundError as error:
        raise EncoderError(
            f"Het bestand {path} ontbreekt. Geef met --shared de map waarin het staat."
        ) from error
