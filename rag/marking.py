"""Which paragraph to show and which sentence decides: likeness in meaning and in rare words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder
from rag.corpus import Entry
from rag.index.analysis import stems, words
from rag.index.words import WordIndex
from rag.paragraphs import Span, sentences
from rag.quoting import Passage, best_passage

LEAST = 0.15
_WORDS_SHARE = 0.5
_SHORTEST = 25
_MOST_SENTENCES = 120


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
        """float64[len(texts)]: cosine and share of the question's rare words found, half and half."""
        if not texts:
            return np.empty(0)
        cosines = self._encoder.encode(texts) @ vector
        wanted = list(dict.fromkeys(stems(words(question))))
        rarity = self._words.rarity(wanted)
        shares = np.array([_share(wanted, rarity, text) for text in texts])
        return (1 - _WORDS_SHARE) * cosines + _WORDS_SHARE * shares


def _candidates(entry: Entry) -> list[Span]:
    answer = entry.exchange.answer
    found = [span for paragraph in entry.paragraphs for span in sentences(answer, paragraph)]
    # "Ja." and "Nee." decide nothing by themselves where more is said.
    long = [span for span in found if len(span) >= _SHORTEST]
    return (long or found)[:_MOST_SENTENCES]


def _share(wanted: list[str], rarity: NDArray[np.float64], text: str) -> float:
    present = set(stems(words(text)))
    whole = float(rarity.sum()) or 1.0
    return float(sum(weight for stem, weight in zip(wanted, rarity, strict=True) if stem in present)) / whole
