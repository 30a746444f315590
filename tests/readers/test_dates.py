"""Dutch dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.readers.dates import find_date, format_date, parse_iso


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("7 mei 2030", id="v61-no-leading-zero"),
        pytest.param("07 mei 2030", id="v61-leading-zero"),
        pytest.param("7 Mei 2030", id="v61-capital"),
        pytest.param("7\u00a0mei\u00a02030", id="v61-nbsp"),
        pytest.param("7 mei2030", id="v51-glued"),
        pytest.param("7 mei\n2030", id="v51-broken"),
        pytest.param("ontvangen 7 mei 2030).", id="in-a-sentence"),
        pytest.param("31 februari 2030, verbeterd: 7 mei 2030", id="impossible-day-first"),
        pytest.param("2030-05-07", id="iso"),
        pytest.param("7-5-2030", id="day-month-year"),
    ],
)
def test_the_date_is_found(text: str) -> None:
    assert find_date(text) == date(2030, 5, 7)


@pytest.mark.parametrize("text", ["", "mei 2030", "7 mei", "31 februari 2030", "17 mei 20306", "99-99-2030"])
def test_no_date_is_guessed(text: str) -> None:
    assert find_date(text) is None


@given(st.dates(min_value=date(1000, 1, 1)))
def test_dates_round_trip(day: date) -> None:
    assert find_date(format_date(day)) == day
    assert find_date(day.isoformat()) == day
    assert parse_iso(day.isoformat()) == day


@pytest.mark.parametrize(
    "text", ["2030-13-01", "20300507", "2030-W01-1", "7 mei 2030", "2030-05-07T00:00", ""]
)
def test_iso_is_strict(text: str) -> None:
    assert parse_iso(text) is None


def test_abbreviated_months() -> None:
    assert find_date("3 mrt. 2030") == date(2030, 3, 3)
    assert find_date("3 sept 2030") == find_date("3 sep 2030") == date(2030, 9, 3)
