"""How long does a question take: in a warm process, and from a cold start?"""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from rag import Filters, Retriever


def measure(index: Path, questions: Sequence[str]) -> dict[str, float]:
    """Milliseconds of a question (median and 95th percentile of two rounds), seconds from cold."""
    retriever = Retriever.open(index)
    times = [_timed(retriever, question, None) for _ in range(2) for question in questions]
    day = retriever.coverage.last
    narrow = [_timed(retriever, question, Filters(until=day)) for question in questions]
    return {
        "ask_p50_ms": float(np.percentile(times, 50)),
        "ask_p95_ms": float(np.percentile(times, 95)),
        "ask_filtered_p95_ms": float(np.percentile(narrow, 95)),
        "cold_s": _cold(index, questions[0]),
    }


def _timed(retriever: Retriever, question: str, filters: Filters | None) -> float:
    started = time.perf_counter()
    retriever.search(question, k=5, filters=filters)
    return 1000 * (time.perf_counter() - started)


def _cold(index: Path, question: str) -> float:
    """Seconds of ``ask`` as a whole process: the median of five."""
    return sorted(_ask(index, question) for _ in range(5))[2]


def _ask(index: Path, question: str) -> float:
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "rag", "ask", question, "--index", str(index)], check=True, capture_output=True
    )
    return time.perf_counter() - started
