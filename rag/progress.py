"""Progress on a terminal, silence in a pipe."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from tqdm import tqdm

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Progress:
    """Draws bars on stderr where it is ``shown`` and stderr is a terminal."""

    shown: bool = False

    def counted(self, items: Iterable[T], label: str, *, total: int | None = None) -> Iterator[T]:
        """The same items, counted as they pass."""
        # disable=None is tqdm's word for "only on a terminal".
        yield from tqdm(items, desc=label, total=total, disable=None if self.shown else True, delay=0.5)

    def batches(self, items: Sequence[T], size: int, label: str) -> Iterator[list[T]]:
        """The items in lists of at most ``size``."""
        with tqdm(total=len(items), desc=label, disable=None if self.shown else True, delay=0.5) as bar:
            for start in range(0, len(items), size):
                yield list(items[start : start + size])
                bar.update(min(size, len(items) - start))
