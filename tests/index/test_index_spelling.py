from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from rag.index.spelling import Spelling, write_vocabulary
from tests.asking.stock import STEADY

KNOWN = Spelling(
    {
        "opleiding": 40,
        "opleving": 3,
        "brandweer": 12,
        "brand": 50,
        "raming": 9,
        "roaming": 7,
        "pijler": 1,
        "warmtenet": 5,
    }
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("opleding", "opleiding"),  # a letter too few; the most frequent of two at one slip
        ("brandwere", "brandweer"),  # two letters swapped count as one slip
        ("roming", "raming"),
        ("warmtnet", "warmtenet"),
        ("bradnwer", "brandweer"),  # two slips in eight letters, the first letter right
        ("prandwer", None),  # two slips, the first letter wrong
        ("braadw", None),  # two slips in a short word
        ("opleiding", None),  # known
        ("bran", None),  # too short to judge
        ("pijlers", None),  # what stands in the corpus once may itself be an error
        ("2o24x5", None),  # no word
    ],
)
def test_corrections(typed: str, meant: str | None) -> None:
    assert KNOWN.correction(typed) == meant


@STEADY
@given(st.text(alphabet="abdeginloprw", min_size=1, max_size=12))
def test_a_correction_is_known_and_near(word: str) -> None:
    found = KNOWN.correction(word)
    if found is not None:
        assert word not in KNOWN.counts
        assert KNOWN.counts[found] > 1
        assert OSA.distance(word, found) <= 2


def test_vocabulary_is_written_and_read_whole(tmp_path: Path) -> None:
    write_vocabulary(tmp_path / "woorden.tsv", ["Het Énige huis, het huis.", "Een huis\tvan 2 woorden"])
    counts = Spelling.open(tmp_path / "woorden.tsv").counts
    assert counts == {"het": 2, "enige": 1, "huis": 3, "een": 1, "van": 1, "2": 1, "woorden": 1}
    assert next(iter(counts)) == "huis"
