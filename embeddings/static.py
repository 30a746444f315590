"""The fast path: a table of token vectors, summed; no torch, no sentence-transformers."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from embeddings.errors import EncoderError
from embeddings.pieces import Piece, batches, encodable, pieces

WEIGHTS = "model.safetensors"
TOKENIZER = "tokenizer.json"
MODULES = "modules.json"
_KNOWN_MODULES = (["StaticEmbedding"], ["StaticEmbedding", "Normalize"])
_REMEDY = "Zet de map terug zoals zij was, of kies een ander model met --model"


def is_static_model(folder: Path) -> bool:
    """Whether ``folder`` holds a sentence-transformers model that is one static table."""
    try:
        modules = json.loads((folder / MODULES).read_text(encoding="utf-8"))
        return [module["type"].rpartition(".")[2] for module in modules] in _KNOWN_MODULES
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


@dataclass(frozen=True, slots=True)
class StaticEncoder:
    """A text's vector is the sum of its tokens' rows, made a unit.

    ``table`` holds one row per token, int8 or float, shape ``(tokens, dimension)``; ``scale`` is
    float32, shape ``(tokens,)``, so that ``table[t] * scale[t]`` is the vector of token ``t``.
    """

    name: str
    digest: str
    tokenizer: Tokenizer = field(repr=False)
    table: NDArray[Any] = field(repr=False)
    scale: NDArray[np.float32] = field(repr=False)

    @classmethod
    def load(cls, folder: Path) -> "StaticEncoder":
        """Read a static model's folder; raises :class:`EncoderError` where that cannot be."""
        try:
            table, scale = _read_table(folder / WEIGHTS)
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
            digest = _digest(folder)
        except Exception as error:  # tokenizers and safetensors raise no common class
            raise EncoderError(f"Het model in {folder} is niet te lezen ({error}). {_REMEDY}.") from error
        if not tokenizer.get_vocab_size() == len(table) == len(scale):
            counts = f"{tokenizer.get_vocab_size()} woorden, {len(table)} vectoren, {len(scale)} gewichten"
            raise EncoderError(f"Het model in {folder} hoort niet bij elkaar: {counts}. {_REMEDY}.")
        tokenizer.no_padding()
        tokenizer.no_truncation()
        return cls(folder.name, digest, tokenizer, table, scale)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.table.shape[1])

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> NDArray[np.float32]:
        """Unit rows, shape ``(len(texts), dimension)``, float32; no known word gives zeros.

        Memory beyond the result is bounded: texts go through in batches, long ones in pieces.
        """
        sums = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for batch in batches(pieces(_shown(texts, progress))):
            for piece, vector in zip(batch, self._sums(batch), strict=True):
                sums[piece.row] += vector
        norms = np.linalg.norm(sums, axis=1, keepdims=True)
        sums /= np.where(norms > 0, norms, 1)
        return sums

    def _sums(self, batch: list[Piece]) -> Iterable[NDArray[np.float32]]:
        encodings = self.tokenizer.encode_batch_fast(
            [encodable(piece.text) for piece in batch], add_special_tokens=False
        )
        for encoding in encodings:
            ids = encoding.ids
            # One product per text is faster than a reduction over the batch: the rows stay in cache.
            yield self.scale[ids] @ self.table[ids].astype(np.float32)


def _read_table(path: Path) -> tuple[NDArray[Any], NDArray[np.float32]]:
    """The table and its scale, under sentence-transformers' or model2vec's names."""
    tensors = load_file(path)
    table = tensors["embedding.weight"] if "embedding.weight" in tensors else tensors["embeddings"]
    if "mapping" in tensors:
        table = table[tensors["mapping"]]
    scale = tensors.get("weights", np.ones(len(table), dtype=np.float32))
    return table, scale.astype(np.float32)


def _digest(folder: Path) -> str:
    """SHA-256 over the two files that decide a vector, each with its length in front."""
    digest = hashlib.sha256()
    for name in (WEIGHTS, TOKENIZER):
        content = (folder / name).read_bytes()
        digest.update(len(content).to_bytes(8, "big"))
        digest.update(content)
    return digest.hexdigest()


def _shown(texts: Sequence[str], progress: bool) -> Iterable[str]:
    if not progress:
        return texts
    from tqdm import tqdm

    # disable=None keeps a pipe silent.
    return tqdm(texts, desc="vectoren", unit=" teksten", disable=None)
