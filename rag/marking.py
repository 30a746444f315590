"""Which paragraph to show and which sentence decides: likeness in meaning and in rare words."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from rag.corpus import Entry
from rag.index.analysis import grams, words
from rag.index.words import GRAM, WordIndex
from rag.paragraphs import Span, sentences
from rag.quoting import Passage, best_passage

LEAST = 0.12
_COSINE = 0.3
_SHORTEST = 25
_MOST_SENTENCES = 60


class Marker:
    """Chooses passages for the hits of one question."""

    def __init__(self, encoder: Encoder, word_index: WordIndex) -> None:
        self._encoder = encoder
        self._words = word_index

    def passages(self, question: str, vector: NDArray[np.float32], entries: Sequence[Entry]) -> list[Passage]:
        """For each entry the paragraph to show and the sentence to mark.

        ``vector`` is the question's unit vector, float32[dimension].
        """
        listed = [_candidates(entry) for entry in entries]
        texts = [
            span.of(entry.exchange.answer)
            for entry, spans in zip(entries, listed, strict=True)
            for span in spans
        ]
        likeness = self._likeness(question, vector, texts)
        chosen, at = [], 0
        for entry, spans in zip(entries, listed, strict=True):
            scored = list(zip(spans, likeness[at : at + len(spans)].tolist(), strict=True))
            chosen.append(best_passage(entry.paragraphs, scored, LEAST))
            at += len(spans)
        return chosen

    def _likeness(self, question: str, vector: NDArray[np.float32], texts: list[str]) -> NDArray[np.float64]:
        """float64[len(texts)]: share of the question's weight in grams that is there, and some cosine."""
        if not texts:
            return np.empty(0)
        weights = self._gram_weights(question)
        shares = np.array([sum(weights.get(gram, 0.0) for gram in _grams(text)) for text in texts])
        likeness: NDArray[np.float64] = shares + _COSINE * (self._encoder.encode(texts) @ vector)
        return likeness

    def _gram_weights(self, question: str) -> dict[str, float]:
        """How much each gram of the question tells, all together 1; every word has one vote."""
        votes: dict[str, float] = defaultdict(float)
        for word in words(question):
            pieces = grams(word)
            for piece in pieces:
                votes[piece] += 1 / len(pieces)
        weights = np.array(list(votes.values())) * self._words.rarity(GRAM, votes)
        return dict(zip(votes, (weights / (weights.sum() or 1)).tolist(), strict=True))


def _grams(text: str) -> set[str]:
    return {piece for word in words(text) for piece in grams(word)}


def _candidates(entry: Entry) -> list[Span]:
    answer = entry.exchange.answer
    found = [span for paragraph in entry.paragraphs for span in sentences(answer, paragraph)]
    # "Ja." and "Nee." decide nothing by themselves where more is said.
    long = [span for span in found if len(span) >= _SHORTEST]
    return (long or found)[:_MOST_SENTENCES]
