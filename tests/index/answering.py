"""What a snapshot answers, as plain values that compare across copies of an index."""

from datetime import date

import numpy as np
from numpy.typing import NDArray

from rag.answers import Filters
from rag.index.analysis import words
from rag.index.snapshot import Snapshot
from rag.index.words import GRAM
from tests.helpers import WordEncoder

QUESTIONS = ("Wanneer gaat de brug open?", "reisvergoeding voor leerlingen", "blijft het veer varen")
SCOPES = (Filters(), Filters(party="xyz", since=date(2030, 1, 1)), Filters(kind="answered"))

Wanted = list[tuple[str, float]]
Answers = list[tuple[str, str, float]]


def wanted(question: str) -> Wanted:
    """The words of a question, each of weight 1."""
    return [(word, 1.0) for word in words(question)]


def answers(snapshot: Snapshot) -> Answers:
    """Leg, answer text and score of everything found for some questions under some filters."""
    vectors = WordEncoder().encode(QUESTIONS)
    return [
        found
        for filters in SCOPES
        for question, vector in zip(QUESTIONS, vectors, strict=True)
        for found in _found(snapshot, question, vector, snapshot.columns.allowed(filters))
    ]


def _found(
    snapshot: Snapshot, question: str, vector: NDArray[np.float32], allowed: NDArray[np.bool_] | None
) -> Answers:
    legs = snapshot.words.search(wanted(question), allowed, 10)
    legs["unit"] = snapshot.units.search(vector, allowed, 10)
    legs["asked"] = snapshot.asked.search(vector, allowed, 10)
    passages = None if allowed is None else allowed[snapshot.owners]
    texts = [snapshot.texts.entry(int(row)).exchange.answer for row in snapshot.entries]
    found = [
        (name, texts[row], round(float(score), 5))
        for name, leg in legs.items()
        for row, score in zip(leg.rows.tolist(), leg.scores.tolist(), strict=True)
    ]
    leg = snapshot.passages.search(vector, passages, 10)
    owners = snapshot.owners[leg.rows].tolist()
    scores = [round(float(score), 5) for score in leg.scores]
    found += _papers(snapshot, question)
    # Equal scores may stand in any order.
    return sorted(found + [("passage", texts[o], s) for o, s in zip(owners, scores, strict=True)])


def _papers(snapshot: Snapshot, question: str) -> Answers:
    leg = snapshot.papers.search(wanted(question), None, 10, fields=(GRAM,))[GRAM]
    names = dict(zip(snapshot.columns.papers.tolist(), snapshot.columns.documents, strict=True))
    scores = leg.scores.tolist()
    return [
        ("paper", names[row], round(float(score), 5))
        for row, score in zip(leg.rows.tolist(), scores, strict=True)
    ]
