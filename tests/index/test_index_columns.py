"""Filter columns against a plain loop over the documents."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.answers import Filters
from rag.documents import Asker, Document, Kind, Minister
from rag.errors import FilterError
from rag.index.columns import FACETS, Columns, Facet, fold, matches, ministry
from tests.helpers import document

HUFFELEN = Minister("Alexandra van Huffelen", "staatssecretaris van Koninkrijkszaken en Digitalisering")
ACHAHBAR = Minister("Nora Achahbar", "Staatssecretaris van Financiën")
BEDACHT = Minister("Joris Bedacht", "Minister van Bruggen, Veren en Sluizen")
NAMELESS = Minister(None, "Minister (Volkshuisvesting)")
LIEN, BO = Asker("Lien van den Verzonnen", "XYZ"), Asker("Bo Achahbar", "Één-Partij")

DOCUMENTS = [
    document(1, answered_by=(HUFFELEN,), asked_by=(LIEN,), topics=("Verkeer", "Bestuur | Gemeenten")),
    document(2, answered_by=(ACHAHBAR, BEDACHT), asked_by=(LIEN, BO), topics=(), answered=date(2030, 11, 1)),
    document(2, answered_by=(ACHAHBAR, BEDACHT), asked_by=(LIEN, BO), topics=(), answered=date(2030, 11, 1)),
    document(
        3, answered_by=(NAMELESS,), asked_by=(Asker("Kim"),), answered=None, kind=Kind.SUPPLEMENT, topics=()
    ),
    document(4, answered_by=(), asked_by=(), answered=date(2030, 12, 31), topics=("verkeer en water",)),
    document(
        "ah-5",
        answered_by=(Minister(None),),
        asked_by=(),
        answered=date(2029, 1, 1),
        kind=Kind.CORRECTION,
        topics=(),
    ),
]


@pytest.fixture(scope="module", params=["made", "read"])
def columns(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Columns:
    """The columns as made, and as read back from disk."""
    made = Columns.of(DOCUMENTS)
    if request.param == "made":
        return made
    folder = tmp_path_factory.mktemp("columns") / "columns"
    made.save(folder)
    return Columns.open(folder)


def _filters(**wanted: Any) -> Filters:
    return Filters(**wanted)


def _rows(columns: Columns, **wanted: Any) -> list[int]:
    mask = columns.allowed(_filters(**wanted))
    assert mask is not None
    assert mask.dtype == np.bool_
    assert len(mask) == len(DOCUMENTS)
    return [int(row) for row in np.flatnonzero(mask)]


def test_no_filter_is_no_mask(columns: Columns) -> None:
    assert columns.allowed(Filters()) is None


@pytest.mark.parametrize(
    ("facet", "wanted", "rows"),
    [
        ("minister", "Alexandra van Huffelen", [0]),
        ("minister", "Van Huffelen", [0]),
        ("minister", "HUFFELEN", [0]),
        ("minister", "minister van Huffelen", [0]),
        ("minister", "staatssecretaris Achahbar (Financiën)", [1, 2]),
        ("minister", "de demissionair staatssecretaris Achahbar", [1, 2]),
        ("minister", "  achahbár ", [1, 2]),
        ("minister", "Minister (Volkshuisvesting)", [3]),
        ("ministry", "Financiën", [1, 2]),
        ("ministry", "FINANCIEN", [1, 2]),
        ("ministry", "minister van Financiën", [1, 2]),
        ("ministry", "het ministerie van Financiën", [1, 2]),
        ("ministry", "Bruggen, Veren en Sluizen", [1, 2]),
        ("ministry", "volkshuisvesting", [3]),
        ("asker", "Lien van den Verzonnen", [0, 1, 2]),
        ("asker", "Van den Verzonnen", [0, 1, 2]),
        ("asker", "het lid Verzonnen (XYZ)", [0, 1, 2]),
        ("asker", "Achahbar", [1, 2]),
        ("asker", "kim", [3]),
        ("party", "xyz", [0, 1, 2]),
        ("party", "een-partij", [1, 2]),
        # An exact value goes before values that hold it.
        ("topic", "verkeer", [0]),
        ("topic", "verk", [0, 4]),
        ("topic", "gemeenten", [0]),
        ("topic", "water", [4]),
        ("kind", "supplement", [3]),
        ("kind", "Correction", [5]),
        ("document", "AH-TK-20302031-2", [1, 2]),
    ],
)
def test_a_facet_lets_through_the_rows_that_hold_the_value(
    columns: Columns, facet: str, wanted: str, rows: list[int]
) -> None:
    assert _rows(columns, **{facet: wanted}) == rows


@pytest.mark.parametrize(
    ("since", "until", "rows"),
    [
        (date(2030, 10, 28), None, [0, 1, 2, 4]),
        (date(2030, 10, 29), None, [1, 2, 4]),
        (None, date(2030, 11, 1), [0, 1, 2, 5]),
        (None, date(2030, 10, 31), [0, 5]),
        (date(2030, 11, 1), date(2030, 11, 1), [1, 2]),
        (date(1, 1, 1), date(9999, 12, 31), [0, 1, 2, 4, 5]),
        (date(2031, 1, 1), None, []),
        (date(2029, 6, 1), date(2029, 6, 2), []),
    ],
)
def test_dates_are_inclusive_and_no_date_is_in_no_period(
    columns: Columns, since: date | None, until: date | None, rows: list[int]
) -> None:
    assert _rows(columns, since=since, until=until) == rows


_DAYS = st.none() | st.integers(0, 900).map(lambda n: date(2029, 1, 1) + timedelta(n))


@given(
    since=_DAYS,
    until=_DAYS,
    minister=st.none() | st.sampled_from(["Achahbar", "van huffelen"]),
    party=st.none() | st.sampled_from(["XYZ", "Één-Partij"]),
    kind=st.none() | st.sampled_from(["answered", "correction"]),
)
@settings(max_examples=150, deadline=None)
def test_filters_hold_together(
    since: date | None, until: date | None, minister: str | None, party: str | None, kind: str | None
) -> None:
    def meets(paper: Document) -> bool:
        names = " ".join(str(person.name) for person in paper.answered_by)
        return (
            (since is None or (paper.answered is not None and paper.answered >= since))
            and (until is None or (paper.answered is not None and paper.answered <= until))
            and (minister is None or bool(re.search(minister, names, re.IGNORECASE)))
            and (party is None or any(asker.party == party for asker in paper.asked_by))
            and (kind is None or paper.kind.value == kind)
        )

    filters = Filters(since=since, until=until, minister=minister, party=party, kind=kind)
    columns = Columns.of(DOCUMENTS)
    if since and until and since > until:
        with pytest.raises(FilterError, match="wissel de twee data om"):
            columns.allowed(filters)
    elif filters.given():
        mask = columns.allowed(filters)
        assert mask is not None
        assert mask.tolist() == [meets(paper) for paper in DOCUMENTS]


def test_a_known_value_without_a_row_left_is_an_empty_mask_not_all(columns: Columns) -> None:
    assert _rows(columns, minister="Achahbar", kind="correction") == []
    assert _rows(columns, party="XYZ", since=date(2031, 1, 1)) == []


@pytest.mark.parametrize(
    ("facet", "wanted", "said"),
    [
        (
            "minister",
            "Hufelen",
            "Onbekende waarde voor minister: 'Hufelen'. Bedoelt u: Alexandra van Huffelen",
        ),
        ("minister", "staatssecretaris Nora Achabar (Financiën)", "Bedoelt u: Nora Achahbar"),
        ("ministry", "Financieen", "voor ministerie: 'Financieen'. Bedoelt u: Financiën"),
        ("party", "XYY", "voor partij: 'XYY'. Bedoelt u: XYZ"),
        ("kind", "suplement", "Bedoelt u: supplement"),
        ("asker", "Qqqqqq", "Bekend zijn onder meer: Bo Achahbar, Kim, Lien van den Verzonnen"),
        ("minister", "ffelen", "Onbekende waarde"),
        ("minister", "minister", "Onbekende waarde"),
        ("party", "XY", "Onbekende waarde"),
        ("document", "ah-tk-20302031", "Bedoelt u: ah-tk-20302031-"),
    ],
)
def test_an_unknown_value_names_the_nearest(columns: Columns, facet: str, wanted: str, said: str) -> None:
    with pytest.raises(FilterError, match=re.escape(said)):
        columns.allowed(_filters(**{facet: wanted}))


@pytest.mark.parametrize("facet", FACETS)
@pytest.mark.parametrize("wanted", ["", " ", "\u0301"])
def test_an_empty_value_is_refused(columns: Columns, facet: str, wanted: str) -> None:
    with pytest.raises(FilterError, match="Onbekende waarde"):
        columns.allowed(_filters(**{facet: wanted}))


def test_a_facet_that_no_document_fills_says_so() -> None:
    bare = Columns.of([document(1, asked_by=(), topics=())])
    with pytest.raises(FilterError, match=r"Filteren op partij \('XYZ'\) kan niet"):
        bare.allowed(Filters(party="XYZ"))


def test_documents_are_given_row_by_row(columns: Columns) -> None:
    assert columns.documents == [paper.id for paper in DOCUMENTS]


def test_papers_number_the_documents_by_id(columns: Columns) -> None:
    names = sorted({paper.id for paper in DOCUMENTS})
    assert columns.papers.tolist() == [names.index(paper.id) for paper in DOCUMENTS]


def test_columns_come_back_from_disk_to_the_bit(tmp_path: Path) -> None:
    made = Columns.of(DOCUMENTS)
    made.save(tmp_path / "columns")
    read = Columns.open(tmp_path / "columns")
    np.testing.assert_array_equal(read.dates, made.dates)
    assert read.dates.dtype == np.dtype("datetime64[D]")
    for name in FACETS:
        assert read.facets[name].values == made.facets[name].values
        assert np.array_equal(read.facets[name].starts, made.facets[name].starts)
        assert np.array_equal(read.facets[name].rows, made.facets[name].rows)


def test_columns_of_python_objects_are_refused(tmp_path: Path) -> None:
    Columns.of(DOCUMENTS).save(tmp_path / "columns")
    np.save(tmp_path / "columns" / "party-rows.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises(ValueError, match="allow_pickle=False"):
        Columns.open(tmp_path / "columns")


_VALUES = st.lists(st.lists(st.sampled_from(["a", "b", "c", "", None]), max_size=4), max_size=20)


@given(_VALUES, st.data())
def test_a_facet_counts_and_holds_as_a_loop_does(
    row_values: list[list[str | None]], data: st.DataObject
) -> None:
    facet = Facet.of(row_values)
    plain = {v: [n for n, row in enumerate(row_values) if v in row] for row in row_values for v in row if v}
    assert facet.values == tuple(sorted(plain))
    assert facet.counts() == {value: len(rows) for value, rows in plain.items()}
    for number, value in enumerate(facet.values):
        assert facet.holding([number]).tolist() == plain[value]
    assert facet.holding([]).tolist() == []
    flags = data.draw(st.lists(st.booleans(), min_size=len(row_values), max_size=len(row_values)))
    limited = {value: sum(flags[row] for row in rows) for value, rows in plain.items()}
    assert facet.counts(np.array(flags, dtype=np.bool_)) == {v: n for v, n in limited.items() if n}


@pytest.mark.parametrize(
    ("office", "expected"),
    [
        (None, None),
        ("Minister van Financiën", "Financiën"),
        ("staatssecretaris (Koninkrijksrelaties)", "Koninkrijksrelaties"),
        ("minister voor bruggen", "Bruggen"),
        ("minister-president", None),
        ("Minister-President, minister van Algemene Zaken", "Algemene Zaken"),
        ("viceminister-president, minister van Sluizen", "Sluizen"),
        ("Minister", None),
        ("Ministerraad", "Ministerraad"),
    ],
)
def test_the_ministry_in_an_office(office: str | None, expected: str | None) -> None:
    assert ministry(Minister("Joris Bedacht", office)) == expected


def test_folding_drops_case_accents_and_doubled_space() -> None:
    assert fold("  Één\u00a0 STRASSE straße ") == "een strasse strasse"


def test_only_whole_surnames_match() -> None:
    assert matches("minister", "alexandra van huffelen", "van huffelen")
    assert not matches("minister", "alexandra van huffelen", "felen")
    assert not matches("minister", "alexandra van huffelen", "alexandra")
    assert not matches("party", "xyz", "xy")
