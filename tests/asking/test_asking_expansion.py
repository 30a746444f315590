from pathlib import Path

import pytest

from rag.expansion import CORRECTED, LEXICON, Lexicon, built_in, coverage, wording
from rag.index.spelling import Spelling

SMALL = Lexicon({("dokter",): ("huisarts", "arts"), ("geld", "terug"): ("restitutie van kosten",)})
KNOWN = Spelling({"dokter": 9, "huisarts": 30, "geld": 12, "terug": 8, "wachttijd": 4, "krijg": 3, "ik": 9})


def test_alternatives_share_the_weight_of_their_phrase() -> None:
    words, weights = zip(*SMALL.others("Welke dokter?"), strict=True)
    assert words == ("huisarts", "arts")
    assert weights == pytest.approx([0.7071, 0.7071], abs=1e-4)


def test_a_phrase_counts_only_as_a_whole() -> None:
    assert SMALL.others("Waar is het geld?") == []
    others = SMALL.others("Krijg ik mijn geld terug?")
    assert [word for word, _ in others] == ["restitutie", "van", "kosten"]
    assert sum(weight**2 for _, weight in others) == pytest.approx(1)


def test_own_words_weigh_1_corrected_ones_less_and_others_least() -> None:
    found = wording("Wachttijdd voor de dokter", KNOWN, SMALL, others=0.5)
    weights = dict(found.weighted)
    assert weights["dokter"] == weights["wachttijdd"] == 1
    assert weights["wachttijd"] == CORRECTED
    assert weights["huisarts"] == pytest.approx(0.5 * 0.7071, abs=1e-4)
    assert found.text == "Wachttijdd voor de dokter wachttijd"


def test_a_mended_word_finds_its_others() -> None:
    assert "huisarts" in dict(wording("dokterr", KNOWN, SMALL, others=0.5).weighted)


def test_a_word_of_the_lexicon_is_no_typing_error() -> None:
    known = Spelling({"dokters": 40, "dokter": 1})
    assert wording("dokter", known, SMALL, others=0.5).text == "dokter huisarts arts"


def test_an_everyday_word_and_an_english_one_meet_the_official_one() -> None:
    assert "werkgever" in dict(built_in().others("mijn baas"))
    assert "belasting" in " ".join(word for word, _ in built_in().others("why do we pay taxes"))


@pytest.mark.parametrize("file", sorted(LEXICON.glob("*.tsv")), ids=lambda file: file.stem)
def test_the_lists_are_well_formed(file: Path) -> None:
    lines = [line.split("\t") for line in file.read_text(encoding="utf-8").splitlines()]
    assert len(lines) > 1000
    assert all(len(line) == 2 for line in lines)
    left = [phrase for phrase, _ in lines]
    assert len(set(left)) == len(left)
    assert all(phrase == phrase.strip() and 1 <= len(phrase.split()) <= 3 for phrase in left)
    assert all(part.strip() == part and part for _, others in lines for part in others.split(";"))


@pytest.mark.parametrize(
    ("question", "share"),
    [
        ("Hoe snel moet de verhuurder schimmel verhelpen?", 1.0),
        ("Welke verhuurders verhelpen schimmels?", 1.0),  # nearly: most runs of five letters are there
        ("Wie verhelpt de kakkerlakken?", 0.0),
        ("schimmel of kakkerlakken", 0.5),
        ("Waarom is dat zo?", 0.0),  # nothing that tells
    ],
)
def test_coverage_counts_telling_words(question: str, share: float) -> None:
    text = "Binnen acht weken moet de verhuurder snel de schimmel verhelpen."
    assert coverage(question, text) == share
