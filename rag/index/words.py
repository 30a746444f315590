"""The word index: one tantivy entry per exchange, searched by stems and by character grams."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Self

import numpy as np
import tantivy
from numpy.typing import NDArray

from rag.index.analysis import grams, stems, words

STEM, GRAM = "stem", "gram"
_K1_PLUS_1 = 2.2
_HEAP = 256_000_000


@dataclass(frozen=True, slots=True)
class Leg:
    """What one way of looking found: ``rows`` int64[n] and ``scores`` float32[n], best first."""

    rows: NDArray[np.int64]
    scores: NDArray[np.float32]


def build_words(folder: Path, texts: Iterable[str], *, fields: Sequence[str] = (STEM, GRAM)) -> None:
    """Write a word index of some fields; the i-th text becomes row i."""
    folder.mkdir(parents=True)
    index = tantivy.Index(_schema(fields), path=str(folder))
    # One thread and one commit: the same texts give the same rows and statistics.
    writer = index.writer(_HEAP, num_threads=1)
    for row, text in enumerate(texts):
        writer.add_document(_entry(row, words(text), fields))
    writer.commit()
    writer.wait_merging_threads()


class WordIndex:
    """Searches a word index; opened once, read by any number of threads."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the index in ``folder``."""
        return cls(tantivy.Index.open(str(folder)))

    def search(
        self,
        wanted: Sequence[tuple[str, float]],
        allowed: NDArray[np.bool_] | None,
        limit: int,
        *,
        fields: Sequence[str] = (STEM, GRAM),
    ) -> dict[str, Leg]:
        """BM25 by each field, limited to the allowed rows before ranking.

        ``wanted`` holds words as ``analysis.words`` gives them, each with its weight. Scores are
        divided by the most that they could be, so they lie in 0..1 and compare across questions.
        ``allowed`` is bool[rows], ``None`` for all.
        """
        gate = None if allowed is None else self._gate(allowed)
        return {field: self._leg(field, _terms(field, wanted), gate, limit) for field in fields}

    def rarity(self, field: str, terms: Iterable[str]) -> NDArray[np.float64]:
        """The inverse document frequency of each term, as BM25 counts it, float64[len(terms)]."""
        total = self._searcher.num_docs
        counts = np.array([self._searcher.doc_freq(field, term) for term in terms], dtype=np.float64)
        rarity: NDArray[np.float64] = np.log1p((total - counts + 0.5) / (counts + 0.5))
        return rarity

    def _leg(self, field: str, terms: Mapping[str, float], gate: tantivy.Query | None, limit: int) -> Leg:
        if not terms or not self._searcher.num_docs:
            return Leg(np.empty(0, np.int64), np.empty(0, np.float32))
        wanted = [(tantivy.Occur.Should, self._term(field, term, weight)) for term, weight in terms.items()]
        query = tantivy.Query.boolean_query(wanted)
        if gate is not None:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, gate), (tantivy.Occur.Must, query)])
        hits = self._searcher.search(query, limit, count=False).hits
        rows = self._searcher.fast_field_values("row", [address for _, address in hits])
        scores = np.array([score for score, _ in hits], dtype=np.float32)
        return Leg(np.array(rows, dtype=np.int64), scores / np.float32(self._most(field, terms)))

    def _most(self, field: str, terms: Mapping[str, float]) -> float:
        return float(_K1_PLUS_1 * self.rarity(field, terms) @ np.array(list(terms.values()))) or 1.0

    def _term(self, field: str, term: str, weight: float) -> tantivy.Query:
        query = tantivy.Query.term_query(self._schema, field, term, index_option="freq")
        return query if weight == 1 else tantivy.Query.boost_query(query, weight)

    def _gate(self, allowed: NDArray[np.bool_]) -> tantivy.Query:
        rows = np.flatnonzero(allowed).tolist()
        return tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, "row", rows), 0.0)


def _terms(field: str, wanted: Sequence[tuple[str, float]]) -> dict[str, float]:
    terms: dict[str, float] = defaultdict(float)
    for word, weight in wanted:
        pieces = stems([word]) if field == STEM else grams(word)
        for piece in pieces:
            # A long word has many grams: without this it would drown the short ones.
            terms[piece] += weight / sqrt(len(pieces))
    return terms


def _schema(fields: Sequence[str]) -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("row", indexed=True, fast=True)
    for field in fields:
        builder.add_text_field(field, tokenizer_name="whitespace", index_option="freq")
    return builder.build()


def _entry(row: int, text_words: list[str], fields: Sequence[str]) -> tantivy.Document:
    entry = tantivy.Document()
    entry.add_unsigned("row", row)
    if STEM in fields:
        entry.add_text(STEM, " ".join(stems(text_words)))
    if GRAM in fields:
        entry.add_text(GRAM, " ".join(piece for word in text_words for piece in grams(word)))
    return entry
