"""From scores to a chance: fits the numbers of ``rag.ranking.Weights`` on the sample's questions.

``python -m benchmarks.calibration`` builds an index of the sample and looks at the best hit of
every judged question, with its own document there (an answer exists) and taken away (none does),
beside the unanswerable questions. Logistic regression gives ``chance`` and ``bias``; ``found`` is
set where three answerable questions in twenty are lost. The sample was written for this project, so no
real judged question is seen; its everyday questions avoid the words of the answer on purpose.
"""

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from embeddings.encoder import load_encoder
from rag import Retriever
from rag.answers import Quote
from rag.evaluation import Judged, read_judged
from rag.index.build import build
from rag.progress import Progress
from rag.ranking import LEGS, Weights
from rag.readers import read_sources

USED = ("paper", "unit")
LOST = 0.15


def main() -> None:
    """Fit and print."""
    with tempfile.TemporaryDirectory() as folder:
        build(read_sources([Path("data/sample")]), Path(folder), load_encoder(), progress=Progress())
        retriever = Retriever.open(folder).with_weights(replace(Weights(), found=0.0))
        judged = read_judged(Path("data/judged/sample.jsonl"))
        there = _rows(retriever, [item for item in judged if item.relevant], gone=False)
        absent = _rows(retriever, judged, gone=True)
    rows = np.concatenate([there, absent])
    truth = np.repeat([1, 0], [len(there), len(absent)])
    model = LogisticRegression(C=100.0, class_weight="balanced", max_iter=2000).fit(rows, truth)
    slopes = dict(zip(USED, model.coef_[0].round(2).tolist(), strict=True))
    chances = model.predict_proba(there)[:, 1]
    print("chance =", tuple(slopes.get(leg, 0.0) for leg in LEGS))
    print("bias =", model.intercept_.round(2).tolist()[0])
    print("found =", round(float(np.quantile(chances, LOST)), 2))
    print(
        "abstains on the sample without the answer:", _share_below(model.predict_proba(absent)[:, 1], chances)
    )


def _rows(retriever: Retriever, judged: list[Judged], *, gone: bool) -> NDArray[np.float64]:
    """The used leg scores of each question's best hit; with ``gone``, the best of other documents."""
    best = [_best(retriever, item, gone=gone) for item in judged]
    return np.array([[quote.parts[leg] for leg in USED] for quote in best if quote])


def _best(retriever: Retriever, item: Judged, *, gone: bool) -> Quote | None:
    own = {answer.rpartition("#")[0] for answer in item.relevant} if gone else set()
    quotes = retriever.search(item.query, k=50).quotes
    return next((quote for quote in quotes if quote.document not in own), None)


def _share_below(absent: NDArray[np.float64], there: NDArray[np.float64]) -> float:
    return round(float(np.mean(absent < np.quantile(there, LOST))), 3)


if __name__ == "__main__":
    main()
