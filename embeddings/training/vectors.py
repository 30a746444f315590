"""Word vectors from running text: neighbours counted, positive PMI, truncated SVD.

The recipe of Levy, Goldberg and Dagan (TACL 2015) without its singular values: the left singular
vectors alone (eigenvalue weight 0). Every step is deterministic, unlike word2vec on threads.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix  # type: ignore[import-untyped]

from embeddings.training.text import Vocabulary

Vectors = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class VectorSettings:
    """How word vectors are made; the values are those of the built-in model.

    ``window`` words to either side count as neighbours, linearly less the further away. Only the
    first ``contexts`` words count as a neighbour. A word with frequency ``f`` is left out of the
    stream with probability ``1 - sqrt(sample / f) - sample / f``, which widens the window; the
    counts of ``draws`` such streams are added up, so that chance matters less.
    """

    dimension: int = 256
    window: int = 20
    contexts: int = 30_000
    sample: float = 1e-4
    oversampling: int = 48
    iterations: int = 4
    draws: int = 3
    seed: int = 1


def word_vectors(
    sources: Iterable[tuple[float, Sequence[list[str]]]], vocabulary: Vocabulary, settings: VectorSettings
) -> Vectors:
    """Unit rows, one a word, shape ``(words, dimension)``, from weighted ``sources`` of texts."""
    counts = sum(
        (weight * neighbours(texts, vocabulary, settings) for weight, texts in sources),
        start=csr_matrix(
            (len(vocabulary.words), min(settings.contexts, len(vocabulary.words))), dtype=np.float32
        ),
    )
    return unit(left_singular_vectors(positive_pmi(counts), settings))


def neighbours(texts: Sequence[list[str]], vocabulary: Vocabulary, settings: VectorSettings) -> csr_matrix:
    """How often each word stands near each context word; shape ``(words, contexts)``, float32."""
    rows = _rows(texts, vocabulary, gap=settings.window)
    shape = (len(vocabulary.words), min(settings.contexts, len(vocabulary.words)))
    counts = csr_matrix(shape, dtype=np.float32)
    for draw in range(settings.draws):
        stream = _thinned(rows, vocabulary, settings, seed=settings.seed + draw)
        for distance in range(1, settings.window + 1):
            weight = np.float32((settings.window - distance + 1) / settings.window)
            counts = counts + weight * _at_distance(stream, distance, shape)
    return counts


def _at_distance(stream: NDArray[np.int32], distance: int, shape: tuple[int, int]) -> csr_matrix:
    """How often a word stands ``distance`` words before or after a context word."""
    left, right = stream[:-distance], stream[distance:]
    within = (left >= 0) & (right >= 0)
    words = np.concatenate([left[within], right[within]])
    contexts = np.concatenate([right[within], left[within]])
    known = contexts < shape[1]
    ones = np.ones(int(known.sum()), dtype=np.float32)
    return coo_matrix((ones, (words[known], contexts[known])), shape=shape).tocsr()


def _rows(texts: Sequence[list[str]], vocabulary: Vocabulary, *, gap: int) -> NDArray[np.int32]:
    """Rows of the words in order; ``gap`` times -1 keeps the texts apart."""
    index = vocabulary.index()
    rows: list[int] = []
    for text in texts:
        rows.extend(index[word] for word in text if word in index)
        rows.extend([-1] * gap)
    return np.array(rows, dtype=np.int32)


def _thinned(
    rows: NDArray[np.int32], vocabulary: Vocabulary, settings: VectorSettings, *, seed: int
) -> NDArray[np.int32]:
    """The stream without most of its most frequent words."""
    ratio = settings.sample / vocabulary.frequencies
    chance = np.sqrt(ratio) + ratio
    drawn = np.random.default_rng(seed).random(len(rows))
    return rows[(rows < 0) | (drawn < chance[np.maximum(rows, 0)])]


def positive_pmi(counts: csr_matrix) -> csr_matrix:
    """log(p(word, context) / (p(word) p(context))) where that is above 0."""
    total = counts.sum(dtype=np.float64)
    words = np.asarray(counts.sum(axis=1, dtype=np.float64)).ravel()
    contexts = np.asarray(counts.sum(axis=0, dtype=np.float64)).ravel()
    cells = counts.tocoo()
    pmi = np.log(cells.data * total / (words[cells.row] * contexts[cells.col]))
    above = pmi > 0
    return csr_matrix(
        (pmi[above].astype(np.float32), (cells.row[above], cells.col[above])), shape=counts.shape
    )


def left_singular_vectors(matrix: csr_matrix, settings: VectorSettings) -> Vectors:
    """The first left singular vectors, by randomised subspace iteration (Halko et al. 2011).

    Shape ``(words, dimension)``; columns beyond the rank of a small matrix are zero.
    """
    width = min(settings.dimension + settings.oversampling, *matrix.shape)
    transposed = matrix.T.tocsr()
    start = np.random.default_rng(settings.seed).standard_normal((matrix.shape[1], width))
    basis = np.linalg.qr(matrix @ start.astype(np.float32))[0]
    for _ in range(settings.iterations):
        basis = np.linalg.qr(matrix @ np.linalg.qr(transposed @ basis)[0])[0]
    rotation = np.linalg.svd((transposed @ basis).T, full_matrices=False)[0]
    vectors = (basis @ rotation)[:, : settings.dimension]
    missing = settings.dimension - vectors.shape[1]
    return np.pad(vectors, ((0, 0), (0, missing))).astype(np.float32)


def unit(rows: Vectors) -> Vectors:
    """Rows of length 1; a zero row stays zero."""
    norms = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(norms > 0, norms, 1)).astype(np.float32)
