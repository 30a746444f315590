"""Writes a table of token vectors as a folder that both paths can read."""

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save

from embeddings.static import MODULES, TOKENIZER, WEIGHTS
from embeddings.training.table import TokenTable
from embeddings.training.tokens import build_tokenizer

_STATIC = "sentence_transformers.sentence_transformer.modules.StaticEmbedding"
_NORMALIZE = "sentence_transformers.base.modules.Normalize"


def write_model(folder: Path, table: TokenTable) -> None:
    """Write the table and its tokenizer; files of the same names are replaced.

    Rows are stored as int8, which takes a quarter of the room, and every token has a float32
    weight that holds its row's scale too. The names are those of model2vec, which
    sentence-transformers reads as well.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows, scale = quantise(table.rows)
    tensors: dict[str, NDArray[Any]] = {
        "embeddings": rows,
        "mapping": table.mapping,
        "weights": table.weights * scale[table.mapping],
    }
    (folder / WEIGHTS).write_bytes(save(tensors))
    build_tokenizer(table.tokens).save(str(folder / TOKENIZER), pretty=False)
    for name, content in _settings(table.rows.shape[1]).items():
        (folder / name).write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")


def quantise(rows: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as int8 and one scale a row, so that ``table * scale[:, None]`` is near ``rows``."""
    scale = (np.abs(rows).max(axis=1) / 127).astype(np.float32)
    table = np.rint(rows / np.where(scale > 0, scale, 1)[:, None])
    return table.astype(np.int8), scale


def _settings(dimension: int) -> dict[str, Any]:
    """The small files that sentence-transformers and model2vec look for."""
    return {
        MODULES: [
            {"idx": 0, "name": "0", "path": "", "type": _STATIC},
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
