"""Filter columns: which rows hold which date, person, office, party... as NumPy arrays.

A facet maps each value to its rows in the manner of an inverted list: ``rows`` of value ``v``
stand at ``starts[v]:starts[v + 1]``.
"""

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from rag.answers import Filters
from rag.documents import Document, Minister
from rag.errors import FilterError

FACETS = ("minister", "ministry", "asker", "party", "topic", "kind", "document")
_LABELS = {
    "minister": "minister",
    "ministry": "ministerie",
    "asker": "vraagsteller",
    "party": "partij",
    "topic": "onderwerp",
    "kind": "soort",
    "document": "document",
}
_NO_DATE = np.datetime64("NaT")
_ROLE = re.compile(
    r"^(?:de |het )?(?:demissionair )?"
    r"(?:(?:(?:vice)?minister[- ]president|ministers?|ministerie|staatssecretaris(?:sen)?|leden|lid)\b"
    r"[ ,]*(?:(?:van|voor)\b\s*)?)+",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one filter and the rows of each."""

    values: tuple[str, ...]
    starts: NDArray[np.int64]
    rows: NDArray[np.int32]

    @classmethod
    def of(cls, row_values: Iterable[Iterable[str | None]]) -> Self:
        """From the values of row 0, of row 1, and so on."""
        lists: dict[str, list[int]] = defaultdict(list)
        for row, values in enumerate(row_values):
            for value in filter(None, dict.fromkeys(values)):
                lists[value].append(row)
        names = tuple(sorted(lists))
        starts = np.cumsum([0, *(len(lists[name]) for name in names)], dtype=np.int64)
        rows = np.array([row for name in names for row in lists[name]], dtype=np.int32)
        return cls(names, starts, rows)

    def counts(self, allowed: NDArray[np.bool_] | None = None) -> dict[str, int]:
        """Rows per value, of the allowed ones where given, values without any left out."""
        sizes = np.diff(self.starts)
        if allowed is not None and len(self.rows):
            sizes = np.diff(np.concatenate(([0], np.cumsum(allowed[self.rows])))[self.starts])
        return {name: int(size) for name, size in zip(self.values, sizes, strict=True) if size}

    def holding(self, numbers: Iterable[int]) -> NDArray[np.int32]:
        """The rows that have any of these values (by place in ``values``)."""
        parts = [self.rows[self.starts[n] : self.starts[n + 1]] for n in numbers]
        return np.concatenate(parts) if parts else np.empty(0, np.int32)


@dataclass(frozen=True)
class Columns:
    """Everything that filters look at, row by row."""

    dates: NDArray[np.datetime64]
    facets: dict[str, Facet]

    @classmethod
    def of(cls, documents: list[Document]) -> Self:
        """Columns for rows whose documents are given in row order."""
        dates = np.array([document.answered or _NO_DATE for document in documents], dtype="datetime64[D]")
        values = [_values(document) for document in documents]
        return cls(dates, {name: Facet.of(row[name] for row in values) for name in FACETS})

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Read what ``save`` wrote."""
        names = json.loads((folder / "values.json").read_text(encoding="utf-8"))
        facets = {
            name: Facet(
                tuple(names[name]), _load(folder / f"{name}-starts.npy"), _load(folder / f"{name}-rows.npy")
            )
            for name in FACETS
        }
        return cls(_load(folder / "dates.npy"), facets)

    def save(self, folder: Path) -> None:
        """Write one ``.npy`` file per array and the values as JSON."""
        folder.mkdir(parents=True)
        np.save(folder / "dates.npy", self.dates, allow_pickle=False)
        for name, facet in self.facets.items():
            np.save(folder / f"{name}-starts.npy", facet.starts, allow_pickle=False)
            np.save(folder / f"{name}-rows.npy", facet.rows, allow_pickle=False)
        values = {name: facet.values for name, facet in self.facets.items()}
        (folder / "values.json").write_text(json.dumps(values, ensure_ascii=False), encoding="utf-8")

    def allowed(self, filters: Filters) -> NDArray[np.bool_] | None:
        """bool[rows]: which rows meet every filter given; ``None`` where none is given.

        Raises:
            FilterError: a value that no row holds; the message names the nearest known ones.
        """
        given = filters.given()
        if not given:
            return None
        mask = self._within(filters.since, filters.until)
        for name in FACETS:
            if name in given:
                chosen = np.zeros(len(mask), dtype=np.bool_)
                chosen[self.facets[name].holding(self._matches(name, given[name]))] = True
                mask &= chosen
        return mask

    def _within(self, since: date | None, until: date | None) -> NDArray[np.bool_]:
        if since and until and since > until:
            raise FilterError(f"De periode van {since} tot en met {until} is leeg: wissel de twee data om.")
        mask = np.ones(len(self.dates), dtype=np.bool_)
        # A comparison with NaT is false: an answer without a date is in no period.
        if since:
            mask &= self.dates >= np.datetime64(since)
        if until:
            mask &= self.dates <= np.datetime64(until)
        return mask

    def _matches(self, name: str, wanted: str) -> list[int]:
        folded = self._folded[name]
        key = fold(wanted)
        exact = [number for number, value in enumerate(folded) if value == key]
        found = exact or [number for number, value in enumerate(folded) if matches(name, value, key)]
        if not found:
            raise FilterError(_unknown(name, wanted, self.facets[name].values))
        return found

    @cached_property
    def papers(self) -> NDArray[np.int64]:
        """The place of each row's document among all documents by id, int64[rows]."""
        facet = self.facets["document"]
        places = np.empty(len(facet.rows), dtype=np.int64)
        places[facet.rows] = np.repeat(np.arange(len(facet.values)), np.diff(facet.starts))
        return places

    @cached_property
    def documents(self) -> list[str]:
        """The document id of each row."""
        facet = self.facets["document"]
        names = np.repeat(np.array(facet.values, dtype=object), np.diff(facet.starts))
        return [str(name) for name in names[np.argsort(facet.rows)]]

    @cached_property
    def _folded(self) -> dict[str, list[str]]:
        return {name: [fold(value) for value in facet.values] for name, facet in self.facets.items()}


def fold(text: str) -> str:
    """Lower case, accents and doubled white space dropped, for comparing names."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


def matches(facet: str, value: str, wanted: str) -> bool:
    """Whether a folded value is meant by a folded wish that is not equal to it.

    People match by surname, with or without title and office in front or behind
    ("staatssecretaris Achahbar (Financien)"); ministries without their role word.
    """
    if facet in ("minister", "asker"):
        bare = _bare_name(wanted)
        return bool(bare) and (value == bare or value.endswith(f" {bare}"))
    if facet == "ministry":
        return value == _ROLE.sub("", wanted).strip()
    if facet == "topic":
        return bool(wanted) and wanted in value
    return False


def ministry(minister: Minister) -> str | None:
    """The ministry in an office: "Minister van Financien" gives "Financien"."""
    if minister.office is None:
        return None
    inside = _PARENTHESIS.search(minister.office)
    bare = inside[1] if inside else _ROLE.sub("", minister.office)
    bare = bare.strip(" ,")
    return bare[:1].upper() + bare[1:] or None


def _bare_name(wanted: str) -> str:
    return _ROLE.sub("", _PARENTHESIS.sub("", wanted)).strip()


def _values(document: Document) -> dict[str, Iterable[str | None]]:
    return {
        "minister": (minister.name or minister.office for minister in document.answered_by),
        "ministry": map(ministry, document.answered_by),
        "asker": (asker.name for asker in document.asked_by),
        "party": (asker.party for asker in document.asked_by),
        "topic": document.topics,
        "kind": (document.kind.value,),
        "document": (document.id,),
    }


def _unknown(name: str, wanted: str, known: tuple[str, ...]) -> str:
    label = _LABELS[name]
    if not known:
        return (
            f"Filteren op {label} ({wanted!r}) kan niet: deze index kent bij geen enkel antwoord een {label}."
        )
    by_key = {fold(value): value for value in known}
    near = get_close_matches(_bare_name(fold(wanted)) or fold(wanted), by_key, n=3, cutoff=0.4)
    remedy = (
        "Bedoelt u: " + ", ".join(by_key[key] for key in near)
        if near
        else f"Bekend zijn onder meer: {', '.join(known[:5])}"
    )
    return f"Onbekende waarde voor {label}: {wanted!r}. {remedy}."


def _load(file: Path) -> NDArray[Any]:
    array: NDArray[Any] = np.load(file, allow_pickle=False)
    return array
