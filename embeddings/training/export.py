"""Writes a table of token vectors as a folder that both paths can read."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import BertNormalizer
from tokenizers.pre_tokenizers import Whitespace

UNKNOWN = "[UNK]"
CONTINUED = "##"
LONGEST_WORD = 60
_MODULE = "sentence_transformers.sentence_transformer.modules.StaticEmbedding"
_NORMALIZE = "sentence_transformers.base.modules.Normalize"


def write_model(folder: Path, tokens: Sequence[str], vectors: NDArray[np.float32]) -> None:
    """Write ``vectors`` (one row a token, ``[UNK]`` not among them) and its tokenizer to ``folder``.

    Rows are stored as int8 with one float32 scale each: a quarter of the size, and cosines move
    by less than 0.005. Existing files of these names are replaced.
    """
    folder.mkdir(parents=True, exist_ok=True)
    table, scale = quantise(vectors)
    unknown = np.zeros((1, table.shape[1]), dtype=np.int8)
    tensors = {
        "embeddings": np.concatenate([unknown, table]),
        "weights": np.concatenate([np.zeros(1, dtype=np.float32), scale]),
    }
    save_file(tensors, folder / "model.safetensors", metadata={"format": "np"})
    build_tokenizer(tokens).save(str(folder / "tokenizer.json"), pretty=False)
    for name, content in _settings(vectors.shape[1]).items():
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as int8 and one scale a row, so that ``table * scale[:, None]`` is near ``vectors``."""
    scale = np.abs(vectors).max(axis=1) / np.float32(127)
    table = np.rint(vectors / np.where(scale > 0, scale, 1)[:, None])
    return table.astype(np.int8), scale.astype(np.float32)


def build_tokenizer(tokens: Sequence[str]) -> Tokenizer:
    """Whole words first, then the longest known beginning and continuations (``##``).

    Texts are lower-cased and lose their accents; punctuation is an unknown token, which weighs
    nothing. Token 0 is ``[UNK]``; token ``i + 1`` is ``tokens[i]``.
    """
    vocabulary = {token: number for number, token in enumerate([UNKNOWN, *tokens])}
    tokenizer = Tokenizer(
        WordPiece(
            vocabulary,
            unk_token=UNKNOWN,
            continuing_subword_prefix=CONTINUED,
            max_input_chars_per_word=LONGEST_WORD,
        )
    )
    tokenizer.normalizer = BertNormalizer(
        clean_text=True, handle_chinese_chars=False, strip_accents=True, lowercase=True
    )
    tokenizer.pre_tokenizer = Whitespace()
    return tokenizer


def _settings(dimension: int) -> dict[str, Any]:
    """The small files that sentence-transformers and model2vec look for."""
    return {
        "modules.json": [
            {"idx": 0, "name": "0", "path": "", "type": _MODULE},
            {"idx": 1, "name": "1", "path": "1_Normalize", "type": _NORMALIZE},
        ],
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": {"query": "", "document": ""},
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "config.json": {
            "model_type": "model2vec",
            "architectures": ["StaticModel"],
            "hidden_dim": dimension,
            "normalize": True,
            "max_length": None,
        },
    }
