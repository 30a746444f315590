"""Progress: a bar on a terminal, silence in a pipe, and the items untouched."""

import io
import sys

import pytest

from rag.progress import Progress


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("shown", [True, False])
@pytest.mark.parametrize(("count", "size"), [(0, 3), (1, 3), (3, 3), (7, 3)])
def test_items_pass_unchanged(count: int, size: int, *, shown: bool) -> None:
    progress = Progress(shown)
    items = list(range(count))
    assert list(progress.counted(iter(items), "Lezen")) == items
    batches = list(progress.batches(items, size, "Vectoren"))
    assert [item for batch in batches for item in batch] == items
    assert all(0 < len(batch) <= size for batch in batches)


@pytest.mark.parametrize(
    ("shown", "stream", "drawn"),
    [(True, _Terminal, True), (True, io.StringIO, False), (False, _Terminal, False)],
)
def test_a_bar_is_drawn_on_a_terminal_only_and_where_asked(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], *, shown: bool, drawn: bool
) -> None:
    written = stream()
    monkeypatch.setattr(sys, "stderr", written)
    # Bars wait half a second, so that short work shows none: the clock is moved instead.
    clock = iter(range(10_000))
    monkeypatch.setattr("tqdm.std.time", lambda: float(next(clock)))
    assert list(Progress(shown).counted("abc", "Woorden", total=3)) == ["a", "b", "c"]
    assert list(Progress(shown).batches("abc", 2, "Vectoren")) == [["a", "b"], ["c"]]
    bars = written.getvalue()
    assert ("Woorden" in bars, "Vectoren" in bars, bool(bars)) == (drawn, drawn, drawn)


def test_items_are_read_one_by_one() -> None:
    read: list[int] = []
    items = Progress().counted((read.append(n) or n for n in range(5)), "Lezen")  # type: ignore[func-returns-value]
    assert next(items) == 0
    assert read == [0]
