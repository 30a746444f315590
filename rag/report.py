"""Reports on an index and on its quality, as text or JSON."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from rag.evaluation import Judged, evaluate
from rag.ranking import LEGS, Weights
from rag.retriever import Retriever
from rag.terminal import coverage_text

_FIGURES = ("ndcg@10", "recall@5", "recall@10", "mrr@10", "mark_f1", "found", "queries")


def evaluation_report(retriever: Retriever, judged: Sequence[Judged], *, as_json: bool) -> str:
    """Quality over all questions and by type."""
    result = evaluate(retriever, judged)
    if as_json:
        return json.dumps(result, ensure_ascii=False)
    types = result["by_type"]
    rows = {"alle": result} | (types if isinstance(types, dict) else {})
    return f"{_table(rows)}\n{result['ms_per_query']} ms per vraag"


def legs_report(retriever: Retriever, judged: Sequence[Judged], *, as_json: bool) -> str:
    """Quality of the whole beside plain stemmed BM25 and each leg alone; nothing abstains here.

    Plain BM25 looks for the question's own words; every leg has the lexicon's words beside them.
    """
    results = {"samen": evaluate(retriever.with_weights(replace(Weights(), found=0.0)), judged)}
    plain = Weights(legs=_alone("stem"), others=0.0, found=0.0)
    results["kale BM25"] = evaluate(retriever.with_weights(plain), judged)
    for name in LEGS:
        results[name] = evaluate(retriever.with_weights(Weights(legs=_alone(name), found=0.0)), judged)
    return json.dumps(results, ensure_ascii=False) if as_json else _table(results)


def _alone(name: str) -> tuple[float, ...]:
    return tuple(float(leg == name) for leg in LEGS)


def info_report(index: Path, *, as_json: bool) -> str:
    """What the index holds and what made it."""
    retriever = Retriever.open(index)
    snapshot, coverage = retriever.snapshot, retriever.coverage
    folder, manifest, kinds = snapshot.folder, snapshot.manifest, snapshot.texts.counts()
    values = asdict(manifest) | {"snapshot": folder.name, "kinds": kinds}
    if as_json:
        return json.dumps(values, ensure_ascii=False)
    encoder = manifest.encoder
    size = sum(mark.bytes for mark in manifest.files.values())
    return "\n".join(
        [
            coverage_text(coverage)[:1].upper() + coverage_text(coverage)[1:] + ".",
            "Soorten: " + ", ".join(f"{name} {count}" for name, count in kinds.items()) + ".",
            f"Momentopname {folder.name}, gemaakt {manifest.made}, {size / 1e6:.0f} MB.",
            f"Encoder {encoder.name} ({encoder.dimension} getallen, {encoder.digest[:12]}).",
            f"Woordanalyse {manifest.analyser}.",
        ]
    )


def _table(rows: Mapping[str, Mapping[str, object]]) -> str:
    head = f"{'':14}" + "".join(f"{name:>11}" for name in _FIGURES)
    return "\n".join(
        [
            head,
            *(
                f"{name:14}" + "".join(f"{_cell(row[key]):>11}" for key in _FIGURES)
                for name, row in rows.items()
            ),
        ]
    )


def _cell(value: object) -> str:
    return "-" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
