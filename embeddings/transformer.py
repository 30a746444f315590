"""Any sentence-transformers model as an encoder. Importing this module takes seconds."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from embeddings.errors import EncoderError
from embeddings.pieces import encodable


@dataclass(frozen=True, slots=True)
class SentenceTransformerEncoder:
    """A model run by sentence-transformers; texts are cut at the model's own length."""

    name: str
    digest: str
    model: SentenceTransformer = field(repr=False)

    @classmethod
    def load(cls, name: str) -> "SentenceTransformerEncoder":
        """Load a folder or hub name; raises :class:`EncoderError` where there is no such model."""
        disable_progress_bar()  # type: ignore[no-untyped-call]
        try:
            model = SentenceTransformer(name)
        except Exception as error:  # the hub, the disk and the model files each raise their own
            raise EncoderError(
                f"Het model {name!r} is niet te laden ({error}). Geef een map met een"
                " sentence-transformers-model of een naam op de hub (daarvoor is internet nodig),"
                " of laat --model weg voor het ingebouwde model."
            ) from error
        return cls(name, _digest(model), model)

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self.model.get_embedding_dimension() or 0)

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> NDArray[np.float32]:
        """Unit rows, shape ``(len(texts), dimension)``, float32; an empty text gives zeros."""
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)
        rows = [row for row, text in enumerate(texts) if text.strip()]
        if rows:
            vectors[rows] = self.model.encode(
                [encodable(texts[row]) for row in rows],
                normalize_embeddings=True,
                convert_to_numpy=True,
                show_progress_bar=progress,
            )
        return vectors


def _digest(model: SentenceTransformer) -> str:
    """SHA-256 over the modules' settings, the words and the weights, wherever they came from."""
    digest = hashlib.sha256(repr(model).encode())
    digest.update(repr(sorted(model.tokenizer.get_vocab().items())).encode())
    for key, tensor in sorted(model.state_dict().items()):
        digest.update(key.encode())
        digest.update(tensor.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()
