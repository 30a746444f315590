"""Typing errors: a word that the corpus does not know, and the known word that was meant."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rag.index.analysis import words

_SHORTEST, _LONGEST = 5, 30
_SURE = 2


def write_vocabulary(file: Path, texts: Iterable[str]) -> None:
    """Write every word of the texts with its count, most frequent first."""
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(words(text))
    lines = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    file.write_text("".join(f"{word}\t{count}\n" for word, count in lines), encoding="utf-8")


@dataclass(frozen=True)
class Spelling:
    """Corrects against the words of a corpus and how often each stands there."""

    counts: Mapping[str, int]

    @classmethod
    def open(cls, file: Path) -> Self:
        """Read what ``write_vocabulary`` wrote."""
        lines = (line.split("\t") for line in file.read_text(encoding="utf-8").splitlines())
        return cls({word: int(count) for word, count in lines})

    def correction(self, word: str) -> str | None:
        """The known word that a folded, unknown word most likely stands for.

        One slip (a letter too many, too few, wrong, or two swapped) is mended; in a word of eight
        letters or more two are, if the first letter is right. The most frequent candidate wins.
        """
        if word in self.counts or not _SHORTEST <= len(word) <= _LONGEST or not word.isalpha():
            return None
        most = 2 if len(word) >= 8 else 1
        near = process.extract(word, self._sure, scorer=OSA.distance, score_cutoff=most, limit=None)
        fit = [
            (slips, -self.counts[known], known)
            for known, slips, _ in near
            if slips < 2 or known[0] == word[0]
        ]
        return min(fit)[2] if fit else None

    @cached_property
    def _sure(self) -> list[str]:
        """Words that may be meant: those that stand in the corpus more than once."""
        return [
            word
            for word, count in self.counts.items()
            if count >= _SURE and _SHORTEST - 1 <= len(word) <= _LONGEST + 2 and word.isalpha()
        ]
