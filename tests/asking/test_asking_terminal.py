import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answers import Answer, Filters, Quote, Reference
from rag.documents import Footnote
from rag.errors import Rejection
from rag.terminal import answer_text, coverage_text, harmless, nothing_text, quote_text, table
from tests.asking.stock import STEADY, answer_of, bridge_paper, odd_papers, paper, quote_of

BOLD, PLAIN = "\x1b[1m", "\x1b[0m"


def marked_quote(text: str, start: int, end: int) -> Quote:
    return quote_of(paper("ah-tk-20402041-1", "Titel", ("Vraag?", text)), mark_start=start, mark_end=end)


def body(text: str) -> str:
    """The quoted words, without margin and line breaks."""
    return " ".join(line.removeprefix("   |").strip() for line in text.split("\n") if line.startswith("   |"))


def test_a_quote_with_all_that_is_known() -> None:
    text = quote_text(quote_of(bridge_paper(), 1), colour=False)
    assert text.splitlines()[0] == "1. Aanhangsel Handelingen II 2040/41, nr. 12, vraag 2 en 3  [0.50]"
    for line in (
        "Antwoord van: Verzonnen (Minister van Bruggen)",
        "Mede namens: Minister van Molens",
        "Gevraagd: 1 oktober 2040",
        "Beantwoord: 28 oktober 2040 (na 27 dagen)",
        "Gevraagd door: Voorbeeld (XYZ), De Vries-Verzinsel",
        "Onderwerpen: verkeer, water",
        "Document: ah-tk-20402041-12, 2040Z00012",
        "Bron antwoord: https://voorbeeld.invalid/ah-tk-20402041-12.html",
        "Bron vraag: https://voorbeeld.invalid/kv-tk-2040Z00012.html",
        "Noot 1: Brugblad, 3 mei 2040.",
        "Noot 2: onbekend",
    ):
        assert f"\n   {line}" in text
    assert body(text) == bridge_paper().exchanges[1].answer


def test_the_number_of_questions_and_days() -> None:
    base = quote_of(bridge_paper())
    assert ", vraag 1  [" in quote_text(base, colour=False)
    assert ", vraag 1, 2 en 4a  [" in quote_text(replace(base, numbers=("1", "2", "4a")), colour=False)
    assert "(na 1 dag)" in quote_text(replace(base, answered=date(2040, 10, 2)), colour=False)
    assert "(na" not in quote_text(replace(base, asked=None), colour=False)


def test_the_mark_stands_between_signs_or_in_bold() -> None:
    shown = marked_quote("Eerste zin. De zin die beslist. Laatste zin.", 12, 31)
    assert body(quote_text(shown, colour=False)) == "Eerste zin. »De zin die beslist.« Laatste zin."
    assert (
        body(quote_text(shown, colour=True)) == f"Eerste zin. {BOLD}De zin die beslist.{PLAIN} Laatste zin."
    )
    bare = replace(shown, mark_start=None, mark_end=None)
    assert body(quote_text(bare, colour=True)) == shown.text


def test_the_mark_is_placed_from_the_start_of_the_slice() -> None:
    shown = replace(marked_quote("Weg. Wel hier. Ook.", 5, 14), start=5, text="Wel hier. Ook.")
    assert body(quote_text(shown, colour=False)) == "»Wel hier.« Ook."


HOSTILE = st.text(st.sampled_from("ab\x1b[1m0;31\x00\x07\x08\x7f\x9b\u202e\u200b\r\n\t\u00a0"), max_size=60)


@STEADY
@given(HOSTILE, st.booleans())
def test_no_control_character_of_a_document_reaches_the_terminal(evil: str, colour: bool) -> None:
    document = replace(
        paper(f"x{evil}", f"t{evil}", (f"v{evil}", f"a{evil}z")),
        topics=(f"o{evil}",),
        url=f"u{evil}",
        question_id=f"q{evil}",
    )
    shown = quote_of(
        document,
        mark_start=0,
        mark_end=1,
        footnotes=(Footnote(evil, evil, 0),),
        references=(Reference(f"l{evil}", f"t{evil}", "d"),),
    )
    text = quote_text(shown, colour=colour)
    if colour:
        assert (text.count(BOLD), text.count(PLAIN)) == (1, 1)
        text = text.replace(BOLD, "").replace(PLAIN, "")
    assert not [c for c in text if not c.isprintable() and c != "\n"]


def test_words_stay_apart_where_a_blank_was_odd() -> None:
    assert harmless("€\u00a0500\tper\u202fjaar\r\nof 10\u2009000") == "€ 500 per jaar \nof 10 000"
    assert harmless("\x1b[2Jweg\x9b\u202e") == "[2Jweg"
    hostile = body(quote_text(quote_of(odd_papers()[2]), colour=False))
    assert "Rode tekst <b>over</b> de spiegelkast in de" in hostile


@pytest.mark.parametrize("columns", [1, 20, 80, 300])
def test_lines_fit_the_terminal_but_never_break_a_link(monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    link = "https://voorbeeld.invalid/" + "heel-lang-" * 15
    text = quote_text(replace(quote_of(bridge_paper(), 1), url=link), colour=False)
    assert link in text
    for line in text.splitlines()[1:]:
        assert len(line) <= min(columns, 100) or not re.search(r"\S\s\S", line.strip(" |"))


def test_a_paragraph_stays_a_paragraph() -> None:
    text = quote_text(quote_of(paper("x", "T", ("V?", "Een.\n\nTwee."))), colour=False)
    assert text.splitlines()[1:4] == ["   | Een.", "   | ", "   | Twee."]


def test_nothing_found_says_what_was_searched_and_what_to_try() -> None:
    answer: Answer = answer_of()
    assert nothing_text(answer).splitlines() == [
        "Geen antwoord gevonden.",
        "Doorzocht: 9 antwoorden uit 3 documenten, beantwoord van 28 oktober 2040 tot en met 10 mei 2041.",
        "Stel de vraag anders.",
    ]
    assert answer_text(answer, colour=True) == nothing_text(answer)
    undated = replace(answer.coverage, first=None, last=None)
    assert coverage_text(undated) == "9 antwoorden uit 3 documenten"


def test_advice_with_a_filter_of_the_user_is_harmless() -> None:
    answer = replace(answer_of(), advice=("party: \x1b[31mX",), filters=Filters(party="\x1b[31mX"))
    assert "\x1b" not in answer_text(answer, colour=True)


def test_example_data_are_called_that() -> None:
    shown = quote_of(bridge_paper())
    assert answer_text(answer_of(shown, fictional=True), colour=False).startswith("Voorbeeldgegevens")
    assert answer_text(answer_of(fictional=True), colour=False).startswith("Voorbeeldgegevens")
    assert not answer_text(answer_of(shown, shown), colour=False).startswith("Voorbeeldgegevens")


def test_rejections_are_a_table_of_one_line_each() -> None:
    text = table([Rejection("v.txt, regel 1", "geen\nUTF-8 \x1b[31m", "sla op"), Rejection("b", "c", "d")])
    assert text.splitlines() == [
        "waar | wat | wat te doen",
        "v.txt, regel 1 | geen UTF-8 [31m | sla op",
        "b | c | d",
    ]
    assert table([]) == "waar | wat | wat te doen"
