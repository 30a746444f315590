"""The figures in docs/encoder.md: metrics by hand, BM25 against a plain one, the command as a whole."""

import json
import logging
import math
import sys
from pathlib import Path

import numpy as np
import pytest

from embeddings.training.corpus import held_out
from embeddings.training.grams import K1, B, bm25, grams_of
from embeddings.training.measure import main, ndcg, read_tasks, success

TEXTS = ["de dijk en de sluis", "een lange verhandeling over sluizen en dijken en nog eens dijken", "kaas"]


def test_grams_stay_inside_words() -> None:
    assert grams_of("Sluis, dijken op 't") == ["sluis", "dijke", "ijken", "op", "t"]


def test_bm25_equals_a_plain_one() -> None:
    queries = ["dijken", "sluis kaas", "onbekend"]
    plain = np.array([[_plain(query, text) for text in TEXTS] for query in queries])
    tops = np.maximum(plain.max(axis=1, keepdims=True), 1e-6)
    np.testing.assert_allclose(bm25(queries, TEXTS), plain / tops, atol=1e-5)


def _plain(query: str, text: str) -> float:
    grams = [grams_of(other) for other in TEXTS]
    own, mean = grams_of(text), sum(map(len, grams)) / len(grams)
    score = 0.0
    for gram in set(grams_of(query)):
        found = sum(gram in other for other in grams)
        rarity = math.log(1 + (len(grams) - found + 0.5) / (found + 0.5))
        count = own.count(gram)
        score += rarity * count * (K1 + 1) / (count + K1 * (1 - B + B * len(own) / mean)) if found else 0
    return score


def test_metrics_by_hand() -> None:
    scores = np.array([[0.9, 0.5, 0.1], [0.1, 0.2, 0.3]], dtype=np.float32)
    relevant = [{1: 2}, {2: 1, 0: 2}]
    second = (1 / math.log2(2) + 3 / math.log2(4)) / (3 / math.log2(2) + 1 / math.log2(3))
    assert ndcg(scores, relevant) == pytest.approx((1 / math.log2(3) + second) / 2)
    assert success(scores, relevant) == 1
    assert success(scores, relevant, first=1) == 0.5


def _judged(folder: Path) -> Path:
    held = [number for number in range(90) if held_out(f"verzonnen-{number}")]
    rows = [
        {"id": f"{mark}001", "query": "dijk en sluis", "relevant": {f"verzonnen-{held[0]}#1": 2}}
        for mark in "ab"
    ]
    path = folder / "vragen.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_tasks_ask_for_held_out_documents_only(tiny_shared: Path, tmp_path: Path) -> None:
    first, after, titles = read_tasks(tiny_shared, _judged(tmp_path))
    assert len(first.queries) == len(after.queries) == 1
    assert len(first.texts) == 90
    held = sum(held_out(f"verzonnen-{number}") for number in range(60))
    assert len(titles.queries) == len(titles.relevant) == held < len(titles.texts) == 60


def test_the_command_reports(
    tiny_shared: Path,
    tiny_model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    judged = _judged(tmp_path)
    arguments = ["--shared", str(tiny_shared), "--model", str(tiny_model), "--judged", str(judged)]
    monkeypatch.setattr(sys, "argv", ["measure", *arguments])
    with caplog.at_level(logging.INFO):
        assert main() == 0
    assert [record.getMessage().count("/") for record in caplog.records] == [3, 3, 3]


def test_the_command_fails_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(
        sys, "argv", ["measure", "--shared", str(tmp_path), "--judged", str(_judged(tmp_path))]
    )
    assert main() == 1
    assert "ontbreekt" in caplog.text
