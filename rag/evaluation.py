"""Quality on judged questions: nDCG, recall, MRR, marks, abstention. Measures by ir_measures."""

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import ir_measures
from ir_measures import RR, Qrel, ScoredDoc, Success, nDCG

from rag.answers import Answer, Filters
from rag.batch import parse_filters
from rag.conversation import Conversation
from rag.errors import KamerantwoordError, SourceError
from rag.retriever import Retriever

DEPTH = 10
# Gains 2^grade - 1, as interfaces fix them.
_GAINS = {0: 0, 1: 1, 2: 3}
_NDCG = nDCG(gains=_GAINS) @ 10
_MEASURES = {"ndcg@10": _NDCG, "recall@5": Success @ 5, "recall@10": Success @ 10, "mrr@10": RR @ 10}


@dataclass(frozen=True, slots=True)
class Best:
    """The judged deciding text: an answer and a slice of it."""

    answer: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Judged:
    """One judged question; without ``relevant`` there is no answer to it in the corpus.

    ``turn`` counts from 1 in a dialogue; a later turn follows up the question before it.
    """

    id: str
    query: str
    type: str
    relevant: dict[str, int] = field(default_factory=dict)
    best: Best | None = None
    filters: Filters = field(default_factory=Filters)
    turn: int = 1


def read_judged(file: Path) -> list[Judged]:
    """The questions of a judged file; each turn of a dialogue is a question, asked in its conversation.

    Raises:
        SourceError: the file cannot be read or a line is not in the judged form.
    """
    try:
        # Not splitlines(): a line separator may stand inside a JSON string.
        lines = file.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise _not_judged(file, str(error)) from error
    found: dict[str, Judged] = {}
    for number, line in enumerate(lines, start=1):
        try:
            for item in _judged(json.loads(line), number) if line.strip() else []:
                if found.setdefault(item.id, item) is not item:
                    raise SourceError(f"vraag {item.id} staat er twee keer")
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, KamerantwoordError) as error:
            raise _not_judged(file, f"regel {number}: {error!r}") from error
    return list(found.values())


def evaluate(retriever: Retriever, judged: Sequence[Judged]) -> dict[str, object]:
    """The figures of ``evaluate --json``; an abstention counts as an empty list of hits."""
    started = time.perf_counter()
    conversation = Conversation(retriever)
    answers = [_ask(conversation, item) for item in judged]
    elapsed = time.perf_counter() - started
    pairs = list(zip(judged, answers, strict=True))
    by_type: dict[str, list[tuple[Judged, Answer]]] = defaultdict(list)
    for item, answer in pairs:
        by_type[item.type].append((item, answer))
    return {
        **_figures(pairs),
        "by_type": {name: _figures(group) for name, group in sorted(by_type.items())},
        "ms_per_query": round(1000 * elapsed / max(len(judged), 1), 2),
    }


def _ask(conversation: Conversation, item: Judged) -> Answer:
    if item.turn == 1:
        conversation.reset()
    return conversation.ask(item.query, k=DEPTH, filters=item.filters if item.filters.given() else None)


def scores_per_question(judged: Sequence[Judged], answers: Sequence[Answer]) -> dict[str, dict[str, float]]:
    """Per measure the value of each answerable question by its id, for intervals and tests."""
    pairs = [(item, answer) for item, answer in zip(judged, answers, strict=True) if item.relevant]
    names = {str(measure): name for name, measure in _MEASURES.items()}
    values: dict[str, dict[str, float]] = {name: {item.id: 0.0 for item, _ in pairs} for name in _MEASURES}
    for metric in ir_measures.iter_calc(list(_MEASURES.values()), _qrels(pairs), _run(pairs)):
        values[names[str(metric.measure)]][metric.query_id] = metric.value
    return values


def mark_f1(mark: tuple[int, int], best: tuple[int, int]) -> float:
    """F1 over characters of two slices (start, end) of one text."""
    overlap = min(mark[1], best[1]) - max(mark[0], best[0])
    return max(0.0, 2 * overlap / (mark[1] - mark[0] + best[1] - best[0]))


def _figures(pairs: Sequence[tuple[Judged, Answer]]) -> dict[str, object]:
    judged, answers = [item for item, _ in pairs], [answer for _, answer in pairs]
    scores = scores_per_question(judged, answers)
    marks = [value for item, answer in pairs if (value := _mark_value(item, answer)) is not None]
    return {
        **{name: _mean(list(values.values())) for name, values in scores.items()},
        "mark_f1": _mean(marks),
        "found": _mean([float(answer.found) for answer in answers]),
        "queries": len(pairs),
    }


def _mark_value(item: Judged, answer: Answer) -> float | None:
    best = item.best
    hit = next((quote for quote in answer.quotes if best and quote.answer == best.answer), None)
    if best is None or hit is None:
        return None
    if hit.mark_start is None or hit.mark_end is None:
        return 0.0
    return mark_f1((hit.mark_start, hit.mark_end), (best.start, best.end))


def _mean(values: Sequence[float]) -> float | None:
    return round(sum(values) / len(values), 4) if values else None


def _qrels(pairs: Iterable[tuple[Judged, Answer]]) -> list[Qrel]:
    return [Qrel(item.id, name, grade) for item, _ in pairs for name, grade in item.relevant.items()]


def _run(pairs: Iterable[tuple[Judged, Answer]]) -> list[ScoredDoc]:
    # Minus the rank: equal scores must not let the measure reorder the list that people see.
    return [
        ScoredDoc(item.id, quote.answer, -float(quote.rank))
        for item, answer in pairs
        for quote in answer.quotes
    ]


def _not_judged(file: Path, why: str) -> SourceError:
    message = f"{file} is geen bestand met beoordeelde vragen ({why}): zie data/judged voor de vorm."
    return SourceError(message)


def _judged(value: dict[str, object], number: int) -> list[Judged]:
    name = str(value.get("id") or f"regel{number}")
    turns = value.get("turns")
    if isinstance(turns, list):
        numbered = enumerate(turns, start=1)
        return [replace(_one({**turn, "type": f"beurt {i}"}, f"{name}.{i}"), turn=i) for i, turn in numbered]
    return [_one(value, name)]


def _one(value: dict[str, object], name: str) -> Judged:
    relevant, best, filters = value.get("relevant") or {}, value.get("best"), value.get("filters") or {}
    if not isinstance(relevant, dict) or not isinstance(filters, dict):
        raise SourceError(f"vraag {name}: relevant en filters zijn objecten")
    kind = str(value.get("type") or value.get("kind") or ("unanswerable" if not relevant else "question"))
    span = Best(str(best["answer"]), int(best["start"]), int(best["end"])) if isinstance(best, dict) else None
    grades = {str(answer): int(grade) for answer, grade in relevant.items()}
    if not set(grades.values()) <= _GAINS.keys():
        raise SourceError(f"vraag {name}: een oordeel is 0, 1 of 2")
    return Judged(name, str(value["query"]), kind, grades, span, parse_filters(filters, Filters()))
