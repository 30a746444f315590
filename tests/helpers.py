"""Made-up documents and an encoder that depends on the text only; shared by all tests."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.documents import Asker, Document, Exchange, Kind, Minister
from rag.index.analysis import words
from rag.index.build import Report, build
from rag.progress import Progress


@dataclass(slots=True)
class WordEncoder:
    """Implements ``embeddings.encoder.Encoder``: a text is the unit sum of its words' vectors.

    ``seen`` holds every text that was encoded, in order.
    """

    name: str = "woorden"
    dimension: int = 64
    seen: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        return sha256(f"{self.name} {self.dimension}".encode()).hexdigest()

    def encode(self, texts: Sequence[str], *, progress: bool = False) -> NDArray[np.float32]:
        self.seen += texts
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, text in enumerate(texts):
            total = sum(map(self._word, words(text)), np.zeros(self.dimension, dtype=np.float32))
            rows[row] = total / (np.linalg.norm(total) or 1)
        return rows

    def _word(self, word: str) -> NDArray[np.float32]:
        seed = int.from_bytes(blake2b(f"{self.name} {word}".encode(), digest_size=8).digest())
        vector = np.random.default_rng(seed).standard_normal(self.dimension)
        return vector.astype(np.float32)


def exchange(
    number: str | int = 1, answer: str = "Ja.", question: str = "Klopt het?", **rest: Any
) -> Exchange:
    """One made-up exchange; ``rest`` goes to ``Exchange``."""
    return Exchange(numbers=rest.pop("numbers", (str(number),)), question=question, answer=answer, **rest)


def document(name: str | int = 1, *exchanges: Exchange | str, **rest: Any) -> Document:
    """One made-up answered document; a string is the answer to the next number.

    ``rest`` goes to ``Document``; what it leaves out gets a fixed value. A number as name becomes
    an id of a parliamentary year that never was.
    """
    given: dict[str, Any] = {
        "id": f"ah-tk-20302031-{name}" if isinstance(name, int) else name,
        "kind": Kind.ANSWERED,
        "title": "Vragen over de brug bij Nergenshuizen",
        "asked": date(2030, 10, 1),
        "answered": date(2030, 10, 28),
        "asked_by": (Asker("Lien Verzonnen", "XYZ"),),
        "answered_by": (Minister("Joris Bedacht", "Minister van Bruggen"),),
        "topics": ("Verkeer",),
        "url": "https://voorbeeld.invalid/1",
    }
    listed = tuple(
        item if isinstance(item, Exchange) else exchange(number, item)
        for number, item in enumerate(exchanges, start=1)
    )
    return Document(**{**given, "exchanges": listed, **rest})


def build_index(folder: Path, *documents: Document, encoder: WordEncoder | None = None) -> Report:
    """Build quietly, with a ``WordEncoder`` unless one is given."""
    return build(documents, folder, encoder or WordEncoder(), progress=Progress())
