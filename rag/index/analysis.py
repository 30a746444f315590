"""Dutch word analysis: one function for text and question, so that both meet. Pure.

Two views of a text: stems of its words, and runs of five characters inside its words, which
find parts of compounds ("huurtoeslag" in "huurtoeslaggrens") and survive typing errors.
"""

import re
import unicodedata

import Stemmer

GRAM = 5
VERSION = f"1 (NFKD, Snowball dutch, PyStemmer {Stemmer.version()}, {GRAM}-grams)"

_SPLIT_WORD = re.compile(r"(?<=\w)-\n(?=\w)")
_WORD = re.compile(r"\w+")
_LONGEST_WORD = 60
_STEMMER = Stemmer.Stemmer("dutch")


def words(text: str) -> list[str]:
    """The words of a text in order: lower case, accents dropped, line-end hyphens mended."""
    mended = _SPLIT_WORD.sub("", text.replace("\u00ad", ""))
    plain = unicodedata.normalize("NFKD", mended.lower())
    bare = plain if plain.isascii() else "".join(c for c in plain if not unicodedata.combining(c))
    return [word[:_LONGEST_WORD] for word in _WORD.findall(bare)]


def stems(text_words: list[str]) -> list[str]:
    """The Dutch Snowball stem of each word."""
    return list(_STEMMER.stemWords(text_words))


def grams(word: str) -> list[str]:
    """All runs of five characters inside one word; a shorter word is its own only gram."""
    return [word[i : i + GRAM] for i in range(max(1, len(word) - GRAM + 1))]


def gram_set(text: str) -> set[str]:
    """All grams of all words of a text."""
    return {piece for word in words(text) for piece in grams(word)}
