"""Other words for the words of a question: everyday to official Dutch, English to Dutch. Pure.

The lists in ``rag/lexicon`` were written for this project by hand, without sight of any judged
question. A line is an everyday word or phrase, a tab, and the words that ministers use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rag.function_words import FUNCTION_WORDS
from rag.index.analysis import gram_set, grams, stems, words
from rag.index.spelling import Spelling

LEXICON = Path(__file__).parent / "lexicon"
_LONGEST_PHRASE = 3
_NEARLY = 0.8

CORRECTED = 0.8
# In a small corpus "waarom" and "kunnen" are rare words, and would count as what is asked.
FUNCTION = 0.3
# A word that stands less often in the corpus than this is strange to the encoder.
STRANGE = 5


@dataclass(frozen=True, slots=True)
class Wording:
    """What to look for: ``weighted`` words for the word legs, ``text`` for the vector legs."""

    weighted: tuple[tuple[str, float], ...]
    text: str


def wording(question: str, spelling: Spelling, lexicon: Lexicon, others: float) -> Wording:
    """The question's words, the words meant by those that are misspelt, and other words for them.

    ``others`` is the weight of another word beside the 1 of the question's own; with 0 the
    question is taken as it stands.
    """
    found = words(question)
    if not others:
        return Wording(tuple((word, 1.0) for word in found), question)
    mended = {
        word: known for word in found if not lexicon.knows(word) and (known := spelling.correction(word))
    }
    corrected = " ".join(mended.get(word, word) for word in found)
    more = [(word, others * weight) for word, weight in lexicon.others(corrected)]
    own = ((word, FUNCTION if word in FUNCTION_WORDS else 1.0) for word in found)
    weighted = [*own, *((known, CORRECTED) for known in mended.values()), *more]
    # The encoder knows what a word of the corpus means; a strange one needs its others.
    strange = [
        word for word in found if word not in FUNCTION_WORDS and spelling.counts.get(word, 0) < STRANGE
    ]
    explained = (other for word in strange for other, _ in lexicon.others(word))
    text = " ".join(dict.fromkeys([question, *mended.values(), *explained]))
    return Wording(tuple(weighted), text)


def coverage(question: str, text: str) -> float:
    """The share of the question's telling words that stand in the text, whole or nearly, in 0..1."""
    telling = [word for word in words(question) if word not in FUNCTION_WORDS]
    present = gram_set(text)
    there = [sum(piece in present for piece in grams(word)) >= _NEARLY * len(grams(word)) for word in telling]
    return sum(there) / len(there) if there else 0.0


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases by their stems, each with the words that may stand for it."""

    entries: Mapping[tuple[str, ...], tuple[str, ...]]

    def others(self, question: str) -> list[tuple[str, float]]:
        """Words to look for beside those of the question, with their weight in 0..1.

        The alternatives of one phrase share its weight, and the words of one alternative share
        that of the alternative: a long list or a long name counts no more than a short one.
        """
        found = stems(words(question))
        return [
            (word, 1 / (len(alternatives) * len(parts)) ** 0.5)
            for alternatives in self._matches(found)
            for parts in map(words, alternatives)
            for word in parts
        ]

    def knows(self, word: str) -> bool:
        """Whether the word has an entry of its own."""
        return tuple(stems([word])) in self.entries

    def _matches(self, found: list[str]) -> Iterable[tuple[str, ...]]:
        for length in range(1, _LONGEST_PHRASE + 1):
            for start in range(len(found) - length + 1):
                if alternatives := self.entries.get(tuple(found[start : start + length])):
                    yield alternatives


@cache
def built_in() -> Lexicon:
    """The lists that ship with the project."""
    entries: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for file in sorted(LEXICON.glob("*.tsv")):
        for line in file.read_text(encoding="utf-8").splitlines():
            phrase, _, others = line.partition("\t")
            entries[tuple(stems(words(phrase)))] += others.split(";")
    return Lexicon({phrase: tuple(dict.fromkeys(others)) for phrase, others in entries.items()})
