"""From texts to a model folder, in stages."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from embeddings.training.contrast import ContrastSettings, tune
from embeddings.training.corpus import Corpus, Pair, read_corpus, read_lines
from embeddings.training.export import write_model
from embeddings.training.lexicon import (
    ENGLISH_FILLERS,
    draw_together,
    read_glossary,
    read_groups,
    read_synonyms,
)
from embeddings.training.table import English, TokenTable, build_table, without_common
from embeddings.training.text import Vocabulary, build_vocabulary, words_of
from embeddings.training.tokens import build_tokenizer
from embeddings.training.vectors import Vectors, VectorSettings, unit, word_vectors

COMMON_SAMPLE = 6_000
SYNONYM_STRENGTH = 0.3
MOST_SYNONYMS = 6
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """How the model is made; the values are those of the built-in model."""

    least: int = 3
    most: int = 132_000
    vectors: VectorSettings = field(default_factory=VectorSettings)
    contrast: ContrastSettings = field(default_factory=ContrastSettings)


def train(shared: Path, output: Path, settings: TrainingSettings | None = None) -> None:
    """Train on the data in ``shared`` and write the model to ``output``; see docs/encoder.md.

    Raises :class:`embeddings.errors.EncoderError` where a file is missing.
    """
    settings = settings or TrainingSettings()
    _log.info("teksten lezen")
    corpus = read_corpus(shared)
    vocabulary, vectors = _learn_words(corpus, settings)
    _log.info("%d woorden; tabel maken", len(vocabulary.words))
    synonyms = read_synonyms(shared)
    vectors = draw_together(vectors, vocabulary, synonyms, strength=SYNONYM_STRENGTH, most=MOST_SYNONYMS)
    vectors = draw_together(vectors, vocabulary, read_groups())
    table = build_table(vocabulary, vectors, _english(shared))
    tokenizer = build_tokenizer(table.tokens)
    table = without_common(table, _sample_vectors(table, tokenizer, corpus.pairs))
    _log.info("%d paren; contrast", len(corpus.pairs))
    write_model(output, tune(table, tokenizer, corpus.pairs, settings.contrast))
    _log.info("klaar: %s", output)


def _learn_words(corpus: Corpus, settings: TrainingSettings) -> tuple[Vocabulary, Vectors]:
    sources = [(source.weight, [words_of(text) for text in source.texts]) for source in corpus.sources]
    vocabulary = build_vocabulary(sources, least=settings.least, most=settings.most)
    _log.info("woordvectoren leren")
    return vocabulary, word_vectors(sources, vocabulary, settings.vectors)


def _english(shared: Path) -> English:
    dutch = frozenset(
        word for line in read_lines(shared / "text" / "words_opentaal.txt.gz") for word in words_of(line)
    )
    fillers = tuple(word for word in ENGLISH_FILLERS if word not in dutch)
    return English(read_glossary(dutch), fillers)


def _sample_vectors(table: TokenTable, tokenizer: Tokenizer, pairs: Sequence[Pair]) -> Vectors:
    """Unit rows of passages spread over all pairs, to see what texts have in common."""
    every = max(1, len(pairs) // COMMON_SAMPLE)
    passages = [pair.passage for pair in pairs[::every]]
    token_vectors = table.vectors()
    encodings = tokenizer.encode_batch_fast(passages, add_special_tokens=False)
    return unit(np.stack([token_vectors[encoding.ids].sum(axis=0) for encoding in encodings]))
