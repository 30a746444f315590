"""The vector index: exact inner products over unit rows, by FAISS.

Rows are kept as a plain NumPy file: FAISS's own format has no checksum, and reading a damaged
one can corrupt memory. The flat FAISS index over them is made at open.
"""

from pathlib import Path
from typing import Any, Self

import faiss
import numpy as np
from numpy.typing import NDArray

from rag.index.words import Leg

# More threads make single questions slower (measured: five times at two threads).
faiss.omp_set_num_threads(1)


class VectorIndex:
    """Finds the nearest rows of a float32[n, dimension] matrix of unit vectors."""

    def __init__(self, rows: NDArray[np.float32]) -> None:
        self._index = faiss.IndexFlatIP(rows.shape[1])
        self._index.add(np.ascontiguousarray(rows))

    @classmethod
    def open(cls, file: Path) -> Self:
        """Open the matrix in a ``.npy`` file; no pickled content is accepted."""
        return cls(np.load(file, mmap_mode="r", allow_pickle=False))

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, vector: NDArray[np.float32], allowed: NDArray[np.bool_] | None, limit: int) -> Leg:
        """The ``limit`` allowed rows of largest cosine with ``vector`` (float32[dimension])."""
        matching = len(self) if allowed is None else int(np.count_nonzero(allowed))
        wanted = min(limit, matching)
        if not wanted:
            return Leg(np.empty(0, np.int64), np.empty(0, np.float32))
        scores, rows = self._index.search(vector[np.newaxis, :], wanted, params=_only(allowed))
        # FAISS pads with -1 where it finds fewer: that is no row.
        real = rows[0] >= 0
        return Leg(rows[0][real], scores[0][real])

    def rows(self, start: int, count: int) -> NDArray[np.float32]:
        """Rows ``start`` up to ``start + count`` as stored."""
        found: NDArray[np.float32] = self._index.reconstruct_n(start, count)
        return found

    def at(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """The stored rows with these numbers, float32[len(rows), dimension]."""
        found: NDArray[np.float32] = self._index.reconstruct_batch(rows)
        return found


def _only(allowed: NDArray[np.bool_] | None) -> Any:
    if allowed is None:
        return None
    # FAISS's own type stubs describe the C++ signature, not the Python one.
    selector: Any = faiss.IDSelectorBitmap
    parameters: Any = faiss.SearchParameters
    return parameters(sel=selector(np.packbits(allowed, bitorder="little")))
