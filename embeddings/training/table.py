"""The table of tokens: words, pieces of words and English words, each a weighted row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from embeddings.training.text import Vocabulary
from embeddings.training.tokens import CONTINUED, UNKNOWN
from embeddings.training.vectors import Vectors

SMOOTHING = 1e-4
PIECES = 30_000
SHORTEST_PIECE = 4
PIECE_WEIGHT = 0.7


@dataclass(frozen=True, slots=True)
class TokenTable:
    """Token ``t`` has the vector ``rows[mapping[t]] * weights[t]``; row 0 is zero.

    ``rows`` float32 ``(rows, dimension)``, ``mapping`` int32 and ``weights`` float32 ``(tokens,)``.
    A word and the same word as the continuation of another share a row. Row 0 is for the tokens
    that mean nothing: ``[UNK]``, which is token 0, single characters, English fillers.
    """

    tokens: tuple[str, ...]
    rows: Vectors
    mapping: NDArray[np.int32]
    weights: NDArray[np.float32]

    def vectors(self) -> Vectors:
        """One row a token, float32, shape ``(tokens, dimension)``."""
        return self.rows[self.mapping] * self.weights[:, None]

    def texts(self) -> list[str]:
        """The characters of each token, without the mark of a continuation."""
        return [token.removeprefix(CONTINUED) for token in self.tokens]


@dataclass(frozen=True, slots=True)
class English:
    """English words: translated ones, and fillers that shall weigh nothing."""

    translations: Mapping[str, Sequence[str]]
    fillers: Sequence[str]


def build_table(vocabulary: Vocabulary, vectors: Vectors, english: English) -> TokenTable:
    """Words weighted by a / (a + frequency) (SIF, Arora et al., ICLR 2017), then all other tokens."""
    weights = (SMOOTHING / (SMOOTHING + vocabulary.frequencies)).astype(np.float32)
    rows = vectors - vectors.mean(axis=0)
    words = {word: number + 1 for number, word in enumerate(vocabulary.words)}
    translated = _translated(vocabulary, rows * weights[:, None], english.translations)
    table = _Tokens([np.zeros((1, rows.shape[1]), dtype=np.float32), rows])
    table.add(UNKNOWN, 0, 1.0)
    for word, row in words.items():
        if word not in translated and word not in english.fillers:
            table.add(word, row, float(weights[row - 1]))
    for word in english.fillers:
        table.add(word, 0, 1.0)
    table.add_rows(translated)
    letters = sorted({letter for word in words for letter in word})
    for word in _piece_words(vocabulary):
        table.add(CONTINUED + word, words[word], PIECE_WEIGHT * float(weights[words[word] - 1]))
    for letter in letters:
        table.add(letter, 0, 1.0)
        table.add(CONTINUED + letter, 0, 1.0)
    return table.finish()


def without_common(table: TokenTable, texts: Vectors, *, components: int = 2) -> TokenTable:
    """The table without the directions that all ``texts`` (unit rows) have in common."""
    common = np.linalg.svd(texts, full_matrices=False)[2][:components]
    return replace(table, rows=table.rows - (table.rows @ common.T) @ common)


def _piece_words(vocabulary: Vocabulary) -> list[str]:
    """The words that may continue another: the most frequent long ones, as in woning + bouw."""
    fitting = (word for word in vocabulary.words if len(word) >= SHORTEST_PIECE and word.isalpha())
    return [word for _, word in zip(range(PIECES), fitting, strict=False)]


def _translated(
    vocabulary: Vocabulary, weighted: Vectors, translations: Mapping[str, Sequence[str]]
) -> dict[str, Vectors]:
    """The mean of the vectors of its translations, for each English word that has any."""
    index = vocabulary.index()
    known = {
        english: [index[word] for word in dutch if word in index] for english, dutch in translations.items()
    }
    return {english: weighted[rows].mean(axis=0) for english, rows in known.items() if rows}


class _Tokens:
    """Collects tokens; the first to claim a name has it."""

    def __init__(self, rows: list[Vectors]) -> None:
        self._rows = rows
        self._tokens: dict[str, tuple[int, float]] = {}

    def add(self, token: str, row: int, weight: float) -> None:
        self._tokens.setdefault(token, (row, weight))

    def add_rows(self, vectors: Mapping[str, Vectors]) -> None:
        first = sum(len(rows) for rows in self._rows)
        for number, (token, vector) in enumerate(vectors.items()):
            self._rows.append(vector[None, :])
            self.add(token, first + number, 1.0)

    def finish(self) -> TokenTable:
        mapping, weights = zip(*self._tokens.values(), strict=True)
        return TokenTable(
            tuple(self._tokens),
            np.concatenate(self._rows).astype(np.float32),
            np.array(mapping, dtype=np.int32),
            np.array(weights, dtype=np.float32),
        )
