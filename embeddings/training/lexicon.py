"""What the project itself knows about words: everyday groups and an English glossary."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from embeddings.training.corpus import read_lines
from embeddings.training.text import Vocabulary, words_of
from embeddings.training.vectors import Vectors, unit

_HERE = Path(__file__).parent
# English words that only hold a sentence together; those that are Dutch words too are not here.
ENGLISH_FILLERS = """
the how does do did what which who when where why are have has will would can could should may must
and or not to from with without by it its they their there this that these those be being if any
many much more most than then so on you he she his her our your my them us about after before
during between against because while into up out all each other some such also just even very for
""".split()


def read_groups(path: Path = _HERE / "everyday.txt") -> list[list[str]]:
    """Lines of words that mean about the same, everyday words and official ones together."""
    return [words_of(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_synonyms(shared: Path) -> list[list[str]]:
    """Pairs of single words that Open Dutch WordNet calls synonyms."""
    lines = read_lines(shared / "text" / "synonyms_odwn.tsv.gz")
    entries = ([words_of(term) for term in line.split("\t")] for line in lines)
    return [
        [*lemma, *synonym]
        for lemma, *synonyms in entries
        for synonym in synonyms
        if len(lemma) == len(synonym) == 1
    ]


def draw_together(
    vectors: Vectors,
    vocabulary: Vocabulary,
    groups: Sequence[Sequence[str]],
    *,
    strength: float = 1.0,
    most: int | None = None,
) -> Vectors:
    """Unit rows: each word moved to the mean of the words that it shares a group with.

    The mean weighs ``strength`` against the word itself. A word with more than ``most`` such words
    stays: it has too many senses. One step of retrofitting (Faruqui et al., NAACL 2015).
    """
    adjacent = _adjacency(vocabulary, groups)
    neighbours = adjacent.getnnz(axis=1)
    stays = (neighbours == 0) | (neighbours > (most or len(vocabulary.words)))
    moved = unit(vectors + np.float32(strength) * unit(adjacent @ vectors))
    moved[stays] = vectors[stays]
    return moved


def _adjacency(vocabulary: Vocabulary, groups: Sequence[Sequence[str]]) -> csr_matrix:
    """1 where two words share a group, shape ``(words, words)``, float32."""
    index = vocabulary.index()
    links = {
        (index[one], index[other])
        for group in groups
        for one in group
        for other in group
        if one != other and one in index and other in index
    }
    rows, columns = np.array(sorted(links), dtype=np.int64).reshape(-1, 2).T
    shape = (len(vocabulary.words),) * 2
    return csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)


def read_glossary(dutch: frozenset[str], path: Path = _HERE / "english.txt") -> dict[str, list[str]]:
    """English words with their Dutch translations; words that are in ``dutch`` too are left out."""
    entries = [words_of(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {english: translations for english, *translations in entries if english not in dutch}
