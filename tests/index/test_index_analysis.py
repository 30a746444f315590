"""Word analysis: text and question meet in the same terms, and nothing breaks it."""

import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.analysis import GRAM, VERSION, grams, stems, words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De Brug, bij Nergenshuizen!", ["de", "brug", "bij", "nergenshuizen"]),
        ("financiën CAFÉ", ["financien", "cafe"]),
        ("huur-\ntoeslag en huur-toeslag", ["huurtoeslag", "en", "huur", "toeslag"]),
        ("brug\u00adwachter", ["brugwachter"]),
        ("1.000 euro in 2030/'31", ["1", "000", "euro", "in", "2030", "31"]),
        ("\ufb01ets", ["fiets"]),
        ("x" * 500, ["x" * 60]),
        ("", []),
        ("… – !", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@given(st.text() | st.text(st.characters(categories=["Cs", "Cc", "Cf", "Mn", "Lo"])))
def test_any_text_gives_clean_words_stems_and_grams(text: str) -> None:
    found = words(text)
    assert all(word and len(word) <= 60 and word.split() == [word] for word in found)
    assert len(stems(found)) == len(found)
    assert all("".join(gram.split()) == gram != "" for word in found for gram in grams(word))


@given(st.text("abcdehijkmnosuvxyz éëïöüáàèçóúñê0123 -,", max_size=80))
def test_letter_case_and_the_writing_of_accents_make_no_difference(text: str) -> None:
    assert words(text) == words(text.upper()) == words(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(("piece", "count"), [("é", 1), ("a ", 50_000), ("\ud800", 0), ("abc\n", 25_000)])
def test_a_hundred_thousand_characters(piece: str, count: int) -> None:
    found = stems(words((piece * 100_000)[:100_000]))
    assert len(found) == count
    assert all(grams(word) for word in found)


def test_inflected_forms_share_a_stem() -> None:
    assert stems(["brug", "bruggen"])[0] == stems(["bruggen"])[0] == "brug"
    assert stems([]) == []


def test_grams_are_all_runs_of_five() -> None:
    assert GRAM == 5
    assert grams("toeslag") == ["toesl", "oesla", "eslag"]
    assert grams("brugg") == ["brugg"]
    assert grams("brug") == ["brug"]


def test_stems_from_many_threads_are_those_of_one() -> None:
    vocabulary = [f"{start}{end}" for start in ("brug", "loop") for end in ("gen", "en", "je", "s", "")]
    expected = stems(vocabulary)
    with ThreadPoolExecutor(8) as pool:
        assert all(found == expected for found in pool.map(lambda _: stems(vocabulary), range(400)))


def test_the_version_names_stemmer_and_gram_size() -> None:
    assert "PyStemmer" in VERSION
    assert f"{GRAM}-grams" in VERSION
