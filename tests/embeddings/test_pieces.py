"""Pieces and batches: nothing lost, nothing too large."""

from hypothesis import given
from hypothesis import strategies as st

from embeddings.pieces import BATCH_CHARACTERS, BATCH_PIECES, PIECE_CHARACTERS, Piece, batches, pieces


def test_short_texts_are_one_piece_each() -> None:
    assert list(pieces(["een", "", "twee drie"])) == [Piece(0, "een"), Piece(1, ""), Piece(2, "twee drie")]


def test_a_long_text_is_cut_at_white_space_only() -> None:
    text = "woordje " * 30_000
    parts = [piece.text for piece in pieces([text])]
    assert len(parts) > 1
    assert max(len(part) for part in parts) <= PIECE_CHARACTERS
    assert [word for part in parts for word in part.split()] == text.split()


def test_a_run_without_white_space_stays_whole() -> None:
    run = "x" * (PIECE_CHARACTERS + 10)
    assert [piece.text.strip() for piece in pieces([f"voor {run} na"])] == ["voor", run, "na"]


def test_batches_are_bounded() -> None:
    many = list(batches(Piece(row, "x") for row in range(2 * BATCH_PIECES + 1)))
    assert [len(batch) for batch in many] == [BATCH_PIECES, BATCH_PIECES, 1]
    large = list(batches(Piece(row, "x" * PIECE_CHARACTERS) for row in range(50)))
    assert max(sum(len(piece.text) for piece in batch) for batch in large) <= BATCH_CHARACTERS


@given(st.lists(st.text()))
def test_batches_keep_every_piece_in_order(texts: list[str]) -> None:
    assert [piece for batch in batches(pieces(texts)) for piece in batch] == list(pieces(texts))
