"""Words and vocabulary: the same cutting as the tokenizer does (pure)."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from embeddings.training.tokens import NORMALIZER

LONGEST_WORD = 40
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words, the most frequent first, with their weighted counts, float64, shape ``(words,)``."""

    words: tuple[str, ...]
    counts: NDArray[np.float64]

    @property
    def frequencies(self) -> NDArray[np.float64]:
        """Share of each word in the running text, shape ``(words,)``; they add up to 1."""
        return np.asarray(self.counts / self.counts.sum())

    def index(self) -> dict[str, int]:
        """The row of each word."""
        return {word: row for row, word in enumerate(self.words)}


def words_of(text: str) -> list[str]:
    """Lower-cased words without accents, in order."""
    return _WORD.findall(NORMALIZER.normalize_str(text))


def build_vocabulary(
    sources: Iterable[tuple[float, Sequence[list[str]]]], *, least: int, most: int
) -> Vocabulary:
    """The ``most`` heaviest words among those seen at least ``least`` times.

    ``sources`` are pairs of a weight and its texts, each a list of words.
    """
    seen: Counter[str] = Counter()
    weighed: Counter[str] = Counter()
    for weight, texts in sources:
        counts = Counter(word for text in texts for word in text)
        seen.update(counts)
        for word, count in counts.items():
            weighed[word] += count * weight  # type: ignore[assignment]  # Counter holds floats as well
    ranked = sorted(weighed.items(), key=lambda item: (-item[1], item[0]))
    kept = [(word, n) for word, n in ranked if seen[word] >= least and len(word) <= LONGEST_WORD][:most]
    return Vocabulary(tuple(word for word, _ in kept), np.array([n for _, n in kept], dtype=np.float64))
