"""The Encoder contract, and the one way to get an encoder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from embeddings.static import StaticEncoder, is_static_model

MODELS = Path(__file__).parent / "models"
BUILT_IN = "kamerantwoord-nl-1"


class Encoder(Protocol):
    """Turns texts into unit vectors; the same text always gives the same vector."""

    @property
    def name(self) -> str:
        """A name for people, as given by the user or the model's folder name."""

    @property
    def digest(self) -> str:
        """SHA-256 in hex over the model's files: two encoders with one digest give one vector."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> NDArray[np.float32]:
        """Unit rows, shape ``(len(texts), dimension)``, float32; an empty text gives zeros."""


def load_encoder(name: str | Path | None = None) -> Encoder:
    """The encoder called ``name``.

    ``None`` or the built-in model's name gives the built-in model. A folder that holds a static
    model is read without torch. Anything else, folder or hub name, goes to sentence-transformers,
    which is imported only then. Raises :class:`embeddings.errors.EncoderError` where no model can
    be read.
    """
    if name is None or str(name) == BUILT_IN:
        return StaticEncoder.load(MODELS / BUILT_IN)
    if is_static_model(Path(name)):
        return StaticEncoder.load(Path(name))
    # Importing sentence-transformers takes seconds; the fast path never pays for it.
    from embeddings.transformer import SentenceTransformerEncoder

    return SentenceTransformerEncoder.load(str(name))
