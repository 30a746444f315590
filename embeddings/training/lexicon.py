"""What the project itself knows about words: everyday groups and an English glossary."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

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


def draw_together(vectors: Vectors, vocabulary: Vocabulary, groups: Sequence[Sequence[str]]) -> Vectors:
    """Unit rows: each word of a group moved halfway to the mean of the words it shares a group with.

    One step of retrofitting (Faruqui et al., NAACL 2015).
    """
    index = vocabulary.index()
    links = {
        (index[one], index[other])
        for group in groups
        for one in group
        for other in group
        if one != other and one in index and other in index
    }
    if not links:
        return vectors
    rows, columns = np.array(sorted(links)).T
    shape = (len(vocabulary.words),) * 2
    adjacent = csr_matrix((np.ones(len(rows), dtype=np.float32), (rows, columns)), shape=shape)
    moved = unit(vectors + unit(adjacent @ vectors))
    moved[adjacent.getnnz(axis=1) == 0] = vectors[adjacent.getnnz(axis=1) == 0]
    return moved


def read_glossary(dutch: frozenset[str], path: Path = _HERE / "english.txt") -> dict[str, list[str]]:
    """English words with their Dutch translations; words that are in ``dutch`` too are left out."""
    entries = [words_of(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {english: translations for english, *translations in entries if english not in dutch}
