"""BM25 over character 5-grams inside words: the word side to measure vectors beside."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from embeddings.training.text import words_of

LENGTH = 5
K1 = 1.0
B = 0.7


def grams_of(text: str) -> list[str]:
    """All runs of five characters inside words; a shorter word is one gram."""
    return [
        word[start : start + LENGTH]
        for word in words_of(text)
        for start in range(max(1, len(word) - LENGTH + 1))
    ]


def bm25(queries: Sequence[str], texts: Sequence[str]) -> NDArray[np.float32]:
    """Scores, shape ``(len(queries), len(texts))``, each row divided by its greatest score."""
    index: dict[str, int] = {}
    counted = [Counter(grams_of(text)) for text in texts]
    for counts in counted:
        for gram in counts:
            index.setdefault(gram, len(index))
    asked = [{index[gram]: 1 for gram in grams_of(query) if gram in index} for query in queries]
    weighed = _weigh(_matrix([{index[gram]: n for gram, n in c.items()} for c in counted], len(index)))
    scores: NDArray[np.float32] = np.asarray(
        (_matrix(asked, len(index)) @ weighed.T).todense(), dtype=np.float32
    )
    scores /= np.maximum(scores.max(axis=1, keepdims=True), np.float32(1e-6))
    return scores


def _weigh(counts: csr_matrix) -> csr_matrix:
    """Term frequencies as BM25 weights (Robertson and Zaragoza 2009)."""
    texts = counts.shape[0]
    found = np.bincount(counts.indices, minlength=counts.shape[1])
    rarity = np.log(1 + (texts - found + 0.5) / (found + 0.5))
    lengths = np.asarray(counts.sum(axis=1)).ravel()
    damping = np.repeat(K1 * (1 - B + B * lengths / lengths.mean()), np.diff(counts.indptr))
    data = rarity[counts.indices] * counts.data * (K1 + 1) / (counts.data + damping)
    return csr_matrix((data, counts.indices, counts.indptr), shape=counts.shape)


def _matrix(rows: Sequence[dict[int, int]], width: int) -> csr_matrix:
    starts = np.cumsum([0, *(len(row) for row in rows)])
    columns = [column for row in rows for column in row]
    data = [value for row in rows for value in row.values()]
    return csr_matrix((np.array(data, dtype=np.float64), columns, starts), shape=(len(rows), width))
