"""The retriever: open an index, search it. Searching writes nothing and opens no socket."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from embeddings.encoder import Encoder, load_encoder
from rag.answers import FILTER_LABELS, Answer, Coverage, Filters, Quote
from rag.citation import is_fictional
from rag.corpus import Entry
from rag.documents import Document
from rag.errors import QuestionError, SnapshotError
from rag.expansion import built_in, coverage, wording
from rag.index.snapshot import Snapshot, open_snapshot
from rag.index.words import GRAM, Leg
from rag.marking import Marker
from rag.quoting import quote
from rag.ranking import LEGS, Ranked, Weights, is_found, rank, varied

LONGEST_QUESTION = 2000
_DEPTH = 1000
_MOST = 1000
_LITERAL = 0.9


class Retriever:
    """Answers questions from one snapshot; safe to share between threads."""

    def __init__(self, snapshot: Snapshot, encoder: Encoder, weights: Weights | None = None) -> None:
        self.snapshot = snapshot
        self._encoder = encoder
        self._weights = weights or Weights()
        self._marker = Marker(encoder, snapshot.words)
        self.coverage = _coverage(snapshot)

    @classmethod
    def open(cls, index: str | Path, *, encoder: Encoder | None = None) -> Self:
        """Open the index in a folder, with the encoder that made it unless one is given.

        Raises:
            SnapshotError: no index there, a damaged one, or one that another encoder made.
        """
        snapshot = open_snapshot(Path(index))
        mark = snapshot.manifest.encoder
        chosen = encoder or load_encoder(mark.model)
        if chosen.digest != mark.digest:
            raise SnapshotError(
                f"De index in {index} is gemaakt met encoder {mark.name} ({mark.digest[:12]}), "
                f"hier is {chosen.name} ({chosen.digest[:12]}) geladen: "
                "bouw de index opnieuw met 'kamerantwoord build'."
            )
        return cls(snapshot, chosen)

    def search(self, question: str, *, k: int = 5, filters: Filters | None = None) -> Answer:
        """Quotes for one question, best first, at most ``k``; or an honest "nothing found".

        Raises:
            QuestionError: the question is empty or over 2,000 characters, or ``k`` is out of 1..1000.
            FilterError: a filter names a value that the index does not hold.
        """
        return self.search_many([question], k=k, filters=filters)[0]

    def search_many(
        self, questions: Sequence[str], *, k: int = 5, filters: Filters | None = None
    ) -> list[Answer]:
        """As ``search`` for each question; the same answers as one by one."""
        if not 1 <= k <= _MOST:
            raise QuestionError(f"Het aantal citaten is {k}: kies een getal van 1 tot en met {_MOST}.")
        asked = [_checked(question) for question in questions]
        scope = self._scope(filters or Filters())
        wordings = [
            wording(question, self.snapshot.spelling, built_in(), self._weights.others) for question in asked
        ]
        vectors = self._encoder.encode([item.text for item in wordings])
        return [
            self._answer(_Asked(question, item.weighted, vector, k), scope)
            for question, item, vector in zip(asked, wordings, vectors, strict=True)
        ]

    def with_weights(self, weights: Weights) -> "Retriever":
        """The same index ranked by other weights."""
        return Retriever(self.snapshot, self._encoder, weights)

    def document(self, name: str) -> Document:
        """A whole document by its id.

        Raises:
            DocumentError: there is none.
        """
        return self.snapshot.texts.document(name)

    def values(self, facet: str) -> dict[str, int]:
        """The values that a filter (``"minister"``, ``"party"``...) can take, with answers per value."""
        return self.snapshot.columns.facets[facet].counts()

    def _scope(self, filters: Filters) -> "_Scope":
        allowed = self.snapshot.columns.allowed(filters)
        return _Scope(filters, allowed, None if allowed is None else allowed[self.snapshot.owners])

    def _answer(self, asked: "_Asked", scope: "_Scope") -> Answer:
        ranked = self._ranked(asked, scope)
        found = is_found(ranked, self._weights) or self._is_literal(asked.text, ranked)
        return Answer(
            query=asked.text,
            found=found,
            quotes=tuple(self._quotes(asked, self._chosen(ranked, asked.k))) if found else (),
            filters=scope.filters,
            coverage=self.coverage,
            advice=() if found else _advice(scope.filters),
            question_used=asked.text,
        )

    def _chosen(self, ranked: list[Ranked], k: int) -> list[Ranked]:
        documents = [self.snapshot.columns.documents[hit.row] for hit in ranked]
        return varied(ranked, documents, k, self._weights)

    def _is_literal(self, question: str, ranked: list[Ranked]) -> bool:
        """Whether the best hit has (nearly) every telling word: a chance too low must not hide it."""
        if not ranked:
            return False
        best = self._entry(ranked[0])
        return coverage(question, best.document.unit_text(best.exchange)) >= _LITERAL

    def _ranked(self, asked: "_Asked", scope: "_Scope") -> list[Ranked]:
        legs = self._exchange_legs(asked, scope)
        rows, scores = _aligned(legs)
        papers = self._paper_scores(asked, scope)
        scores[:, LEGS.index("paper")] = papers[self.snapshot.columns.papers[rows]]
        # Variety looks further down than the list that is shown.
        return rank(rows, scores, self._weights, max(50, 2 * asked.k))

    def _exchange_legs(self, asked: "_Asked", scope: "_Scope") -> dict[str, Leg]:
        snapshot = self.snapshot
        legs = snapshot.words.search(asked.words, scope.rows, _DEPTH)
        legs["unit"] = snapshot.units.search(asked.vector, scope.rows, _DEPTH)
        legs["asked"] = snapshot.asked.search(asked.vector, scope.rows, _DEPTH)
        passages = snapshot.passages.search(asked.vector, scope.passages, _DEPTH)
        legs["passage"] = _by_owner(passages, snapshot.owners)
        return legs

    def _paper_scores(self, asked: "_Asked", scope: "_Scope") -> NDArray[np.float32]:
        """The score of each whole paper, float32[papers], 0 where it has none of the words."""
        places = self.snapshot.columns.papers
        allowed = (
            None if scope.rows is None else np.bincount(places[scope.rows], minlength=places.max() + 1) > 0
        )
        leg = self.snapshot.papers.search(asked.words, allowed, _DEPTH, fields=(GRAM,))[GRAM]
        scores = np.zeros(places.max() + 1, dtype=np.float32)
        scores[leg.rows] = leg.scores
        return scores

    def _quotes(self, asked: "_Asked", hits: list[Ranked]) -> Iterable[Quote]:
        entries = [self._entry(hit) for hit in hits]
        passages = self._marker.passages(asked.text, asked.vector, entries)
        for number, (hit, entry, passage) in enumerate(zip(hits, entries, passages, strict=True), start=1):
            yield quote(number, hit, entry, passage, self._about(entry.document))

    def _entry(self, hit: Ranked) -> Entry:
        return self.snapshot.texts.entry(int(self.snapshot.entries[hit.row]))

    def _about(self, document: Document) -> list[Document]:
        return self.snapshot.texts.about(document.question_id) if document.question_id else []


@dataclass(frozen=True, slots=True)
class _Asked:
    """One question, the words to look for, its unit vector, and how many quotes it wants."""

    text: str
    words: tuple[tuple[str, float], ...]
    vector: NDArray[np.float32]
    k: int


@dataclass(frozen=True, slots=True)
class _Scope:
    """What the filters allow: bool[exchanges] and bool[paragraphs], both ``None`` for all."""

    filters: Filters
    rows: NDArray[np.bool_] | None
    passages: NDArray[np.bool_] | None


def _checked(question: str) -> str:
    # Half a surrogate pair (a broken byte on the command line) cannot be encoded: it becomes "?".
    text = " ".join(question.encode("utf-8", "replace").decode().split())
    if not text:
        raise QuestionError("De vraag is leeg: stel een vraag in gewone woorden.")
    if len(text) > LONGEST_QUESTION:
        raise QuestionError(
            f"De vraag telt {len(text)} tekens, meer dan de toegestane {LONGEST_QUESTION}: kort haar in."
        )
    return text


def _by_owner(leg: Leg, owners: NDArray[np.int32]) -> Leg:
    """Paragraph hits as exchange hits: the first, and so best, of each exchange."""
    rows, first = np.unique(owners[leg.rows], return_index=True)
    return Leg(rows.astype(np.int64), leg.scores[first])


def _aligned(legs: dict[str, Leg]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    rows = np.unique(np.concatenate([leg.rows for leg in legs.values()]))
    scores = np.zeros((len(rows), len(LEGS)), dtype=np.float32)
    for name, leg in legs.items():
        scores[np.searchsorted(rows, leg.rows), LEGS.index(name)] = leg.scores
    return rows, scores


def _advice(filters: Filters) -> tuple[str, ...]:
    advice = ["Stel de vraag in andere woorden, of noem het onderwerp preciezer."]
    if filters.given():
        names = ", ".join(
            f"{FILTER_LABELS[name].lower()}: {value}" for name, value in filters.given().items()
        )
        advice.insert(0, f"Er gelden filters ({names}): laat er een weg.")
    return tuple(advice)


def _coverage(snapshot: Snapshot) -> Coverage:
    days = snapshot.columns.dates
    dated = days[~np.isnat(days)]
    first, last = (dated.min().item(), dated.max().item()) if len(dated) else (None, None)
    fictional = any(is_fictional(name) for name in snapshot.columns.facets["document"].values)
    counts = snapshot.manifest.counts
    return Coverage(counts["documents"], counts["answers"], first, last, fictional)
