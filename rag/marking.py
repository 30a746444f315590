"""Which paragraph to show and which sentence decides: likeness in meaning and in rare words."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from rag.corpus import Entry
from rag.index.analysis import gram_set, grams, words
from rag.index.words import GRAM, WordIndex
from rag.paragraphs import Span, sentences
from rag.quoting import Passage, best_passage

LEAST = 0.05
_COSINE = 0.2
# A cosine above this only says again that rare words are shared, which the shares have counted.
_ENOUGH = 0.4
_SHORTEST = 25
# Only these are compared in meaning too: to encode every sentence takes longer than the search.
_CANDIDATES = 6


class Marker:
    """Chooses passages for the hits of one question."""

    def __init__(self, encoder: Encoder, word_index: WordIndex) -> None:
        self._encoder = encoder
        self._words = word_index

    def passages(self, question: str, vector: NDArray[np.float32], entries: Sequence[Entry]) -> list[Passage]:
        """For each entry the paragraph to show and the sentence to mark.

        ``vector`` is the question's unit vector, float32[dimension].
        """
        weights = self._gram_weights(question)
        listed = [_scored(entry, weights) for entry in entries]
        texts = [
            span.of(e.exchange.answer) for e, pairs in zip(entries, listed, strict=True) for span, _ in pairs
        ]
        likeness = iter((self._encoder.encode(texts) @ vector).tolist() if texts else ())
        return [
            best_passage(
                entry.paragraphs,
                [(span, share + _COSINE * min(next(likeness), _ENOUGH)) for span, share in pairs],
                LEAST,
            )
            for entry, pairs in zip(entries, listed, strict=True)
        ]

    def _gram_weights(self, question: str) -> dict[str, float]:
        """How much each gram of the question tells, all together 1; every word has one vote."""
        votes: dict[str, float] = defaultdict(float)
        for word in words(question):
            pieces = grams(word)
            for piece in pieces:
                votes[piece] += 1 / len(pieces)
        weights = np.array(list(votes.values())) * self._words.rarity(GRAM, votes)
        return dict(zip(votes, (weights / (weights.sum() or 1)).tolist(), strict=True))


def _scored(entry: Entry, weights: Mapping[str, float]) -> list[tuple[Span, float]]:
    """The sentences that share most with the question, in reading order, each with its share."""
    answer = entry.exchange.answer
    found = [span for paragraph in entry.paragraphs for span in sentences(answer, paragraph)]
    # "Ja." and "Nee." decide nothing by themselves where more is said.
    long = [span for span in found if len(span) >= _SHORTEST]
    shares = [(span, _share(span.of(answer), weights)) for span in long or found]
    return sorted(sorted(shares, key=lambda pair: -pair[1])[:_CANDIDATES])


def _share(text: str, weights: Mapping[str, float]) -> float:
    return sum(weights.get(piece, 0.0) for piece in gram_set(text))
