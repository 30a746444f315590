"""Pages of openkamer as text."""

from datetime import date
from pathlib import Path

import pytest

from rag.documents import Asker, Document, Footnote, Kind, Minister
from rag.readers.openkamer import documents
from tests.readers.samples import END, FIXTURES, HEAD, one, page, read, refused

BLOCKS = (
    " • Vraag 1\n  Kent u het bericht «Brug te kort»?1\n\n  Ja.\n",
    " • Vraag 2\n  Hoeveel bruggen zijn te kort?\n\n  Twee.\n  De noordbrug en de zuidbrug.\n",
    " • Vraag 3\n  Wat doet u daaraan?\n\n  Zie antwoord vraag 2.\n",
)
DELAY = """ • Mededeling - 20 oktober 2030

  De vragen kunnen niet op tijd worden beantwoord.
  Het spijt mij.
"""


def main(*blocks: str, head: str | None = None, end: str | None = None) -> Document:
    return documents(page(*blocks, head=head, end=end))[0]


def test_a_whole_page() -> None:
    text = (FIXTURES / "openkamer_2030Z00045.txt").read_text(encoding="utf-8")
    document, delay = documents(text)
    assert document.id == "ah-tk-20302031-12"
    assert document.kind is Kind.ANSWERED
    assert document.title == "Korte bruggen"
    assert document.question_id == "2030Z00045"
    assert (document.asked, document.answered) == (date(2030, 10, 1), date(2030, 10, 28))
    assert document.asked_by == (Asker("An Voorbeeld", "XYZ"), Asker("Bo Anders", "QRS"))
    assert document.answered_by == (
        Minister("Cor Verzonnen", "minister bruggen", "XYZ"),
        Minister("Dee Bedacht", "staatssecretaris bruggen", "QRS"),
    )
    assert document.topics == ("organisatie en beleid verkeer weg",)
    assert document.url == "https://zoek.officielebekendmakingen.nl/ah-tk-20302031-12"
    assert document.question_url == "https://zoek.officielebekendmakingen.nl/kv-tk-2030Z00045"
    assert document.related == (delay.id,)
    assert [(e.number, e.question, e.answer) for e in document.exchanges] == [
        ("1", "Kent u het bericht «Brug te kort»?", "Ja."),
        ("2", "Hoeveel bruggen zijn te kort?", "Twee.\nDe noordbrug en de zuidbrug."),
        ("3", "Wat doet u daaraan?", "Zie antwoord vraag 2."),
    ]
    note = Footnote("1", "De Brugkrant, 30 september 2030", 34, in_answer=False)
    assert document.exchanges[0].footnotes == (note,)
    assert document.exchanges[2].refers_to == ("2",)


def test_v03_a_delay_beside_the_answer() -> None:
    document, delay = documents(page(*BLOCKS, DELAY))
    assert document.exchanges[2].answer == "Zie antwoord vraag 2."
    assert (delay.id, delay.kind) == ("2030Z00045-mededeling-20301020", Kind.DELAY)
    assert delay.notice == "De vragen kunnen niet op tijd worden beantwoord.\nHet spijt mij."
    assert (delay.published, delay.answered, delay.asked) == (date(2030, 10, 20), None, date(2030, 10, 1))
    assert (delay.question_id, delay.title) == (document.question_id, document.title)
    assert (document.related, delay.related) == ((delay.id,), (document.id,))
    assert delay.exchanges == ()


def test_v03_several_delays_have_ids_of_their_own() -> None:
    other = DELAY.replace("20 oktober", "10 oktober")
    ids = [document.id for document in documents(page(*BLOCKS, other, DELAY, DELAY))]
    assert ids == [
        "ah-tk-20302031-12",
        "2030Z00045-mededeling-20301010",
        "2030Z00045-mededeling-20301020",
        "2030Z00045-mededeling-20301020-2",
    ]


UNANSWERED = "\n".join(
    line for line in HEAD.splitlines() if not line.startswith(("Beantwoord", "Bron antwoord"))
)
UNANSWERED_END = "\nKamervraag document nummer: kv-tk-2030Z00045\nVolledige titel: Korte bruggen"


def test_v01_an_unanswered_page() -> None:
    blocks = ("  • Vraag 1\n    Kent u de brug?", "  • Vraag 2\n    Waarom?")
    (document,) = documents(page(*blocks, head=UNANSWERED, end=UNANSWERED_END))
    assert (document.id, document.kind) == ("2030Z00045", Kind.UNANSWERED)
    assert document.url == document.question_url
    assert [(e.question, e.answer) for e in document.exchanges] == [("Kent u de brug?", ""), ("Waarom?", "")]
    assert document.answered_by == ()


def test_v01_on_an_unanswered_page_every_line_is_question() -> None:
    block = "• Vraag 1\nKent u de brug?\nZo ja, waarom?"
    (document,) = documents(page(block, head=UNANSWERED, end=UNANSWERED_END))
    assert [(e.question, e.answer) for e in document.exchanges] == [("Kent u de brug?\nZo ja, waarom?", "")]
    assert document.kind is Kind.UNANSWERED


def test_v02_a_page_with_a_delay_only() -> None:
    document, delay = documents(
        page("• Vraag 1\nKent u de brug?", DELAY, head=UNANSWERED, end=UNANSWERED_END)
    )
    assert (document.kind, delay.kind) == (Kind.UNANSWERED, Kind.DELAY)
    assert delay.related == ("2030Z00045",)


def test_v05_a_withdrawn_question_keeps_the_notice() -> None:
    withdrawn = "• Mededeling - 20 oktober 2030\nDe vragen kunnen als ingetrokken worden beschouwd."
    delay = documents(page("• Vraag 1\nKent u de brug?", withdrawn, head=UNANSWERED, end=UNANSWERED_END))[1]
    assert delay.notice == "De vragen kunnen als ingetrokken worden beschouwd."


@pytest.mark.parametrize("bullet", ["•", "*", "-", " •", "  •"])
def test_bullets_and_indentation(bullet: str) -> None:
    blocks = [block.replace(" •", bullet) for block in BLOCKS]
    assert main(*blocks) == main(*BLOCKS)


def test_no_bullets_at_all() -> None:
    assert main(*[block.replace(" • ", "") for block in BLOCKS]) == main(*BLOCKS)


def test_no_blank_lines() -> None:
    squeezed = "\n".join(line for line in page(*BLOCKS).splitlines() if line.strip())
    assert documents(squeezed) == documents(page(*BLOCKS))


def test_labels_and_values_on_lines_of_their_own() -> None:
    labels = [
        "Ingediend",
        "Beantwoord door",
        "Beantwoord",
        "Indieners",
        "Onderwerpen",
        "Bron vraag",
        "Bron antwoord",
    ]
    head = "\n".join(
        next(
            (line.replace(f"{label} ", f"{label}\n") for label in labels if line.startswith(f"{label} ")),
            line,
        )
        for line in HEAD.splitlines()
    )
    assert "\nBeantwoord door\nCor" in head
    assert main(*BLOCKS, head=head) == main(*BLOCKS)


def test_v46_empty_topics_and_no_people() -> None:
    head = HEAD.replace("Onderwerpen organisatie en beleid verkeer weg", "Onderwerpen")
    head = "\n".join(line for line in head.splitlines() if not line.startswith("Indieners"))
    document = main(*BLOCKS, head=head)
    assert (document.topics, document.asked_by) == ((), ())
    assert document.url is not None


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("An Voorbeeld (XYZ)", [("An Voorbeeld", "XYZ")]),
        ("Voorbeeld", [("Voorbeeld", None)]),
        ("Voorbeeld (XYZ", [("Voorbeeld (XYZ", None)]),
        (
            "An Voorbeeld, Bo Anders (QRS), Di Derde (Xx, Yy)",
            [("An Voorbeeld", None), ("Bo Anders", "QRS"), ("Di Derde", "Xx, Yy")],
        ),
        (", ".join(f"Lid {n} (XYZ)" for n in "ABCDEFG"), [(f"Lid {n}", "XYZ") for n in "ABCDEFG"]),
    ],
)
def test_v48_askers(line: str, people: list[tuple[str, str | None]]) -> None:
    label = "Indieners" if len(people) > 1 else "Indiener"
    head = HEAD.replace("Indieners An Voorbeeld (XYZ), Bo Anders (QRS)", f"{label} {line}")
    assert [(asker.name, asker.party) for asker in main(*BLOCKS, head=head).asked_by] == people


@pytest.mark.parametrize(
    ("line", "ministers"),
    [
        (
            "Cor Verzonnen (minister onderwijs, cultuur en water) (XYZ)",
            [("Cor Verzonnen", "minister onderwijs, cultuur en water", "XYZ")],
        ),
        (
            "Cor Verzonnen (viceminister-president , minister bruggen) (XYZ)",
            [("Cor Verzonnen", "viceminister-president , minister bruggen", "XYZ")],
        ),
        ("Cor Verzonnen (minister ) (XYZ)", [("Cor Verzonnen", "minister", "XYZ")]),
        ("Cor Verzonnen (XYZ)", [("Cor Verzonnen", None, "XYZ")]),
        ("Cor Verzonnen (minister bruggen)", [("Cor Verzonnen", "minister bruggen", None)]),
        ("Verzonnen", [("Verzonnen", None, None)]),
        ("(minister bruggen) (XYZ)", [(None, "minister bruggen", "XYZ")]),
        (
            "Cor Verzonnen (minister a) (XYZ), Dee Bedacht (staatssecretaris b) (QRS)",
            [("Cor Verzonnen", "minister a", "XYZ"), ("Dee Bedacht", "staatssecretaris b", "QRS")],
        ),
    ],
)
def test_v49_answerers(line: str, ministers: list[tuple[str | None, str | None, str | None]]) -> None:
    head = HEAD.replace("Cor Verzonnen (minister bruggen) (XYZ)", line)
    found = main(*BLOCKS, head=head).answered_by
    assert [(person.name, person.office, person.party) for person in found] == ministers


@pytest.mark.parametrize("days", ["(na 27 dagen)", "(na -3 dagen)", "(na 564 dagen)", ""])
def test_day_counts_do_not_touch_the_dates(days: str) -> None:
    document = main(*BLOCKS, head=HEAD.replace("(na 27 dagen)", days))
    assert document.answered == date(2030, 10, 28)


@pytest.mark.parametrize(
    "url",
    [
        "https://zoek.officielebekendmakingen.nl/ah-tk-20302031-12.html",
        "https://zoek.officielebekendmakingen.nl/ah-tk-20302031-12",
        "http://www.officielebekendmakingen.nl/ah-tk-20302031-12/",
        "https://zoek.officielebekendmakingen.nl/ah-tk-20302031-12.html?zoekcriteria=x",
    ],
)
def test_v59_one_id_for_all_spellings_of_the_address(url: str) -> None:
    head = HEAD.replace("https://zoek.officielebekendmakingen.nl/ah-tk-20302031-12.html", url)
    document = main(*BLOCKS, head=head)
    assert (document.id, document.url) == ("ah-tk-20302031-12", url)


def test_v12_a_copy_without_its_table() -> None:
    document = main(*BLOCKS, head="Kamervraag 2030Z00045\n\nKorte bruggen\n", end="")
    assert (document.id, document.title, document.kind) == ("2030Z00045", "Korte bruggen", Kind.ANSWERED)
    assert [e.answer for e in document.exchanges] == [e.answer for e in main(*BLOCKS).exchanges]
    assert (document.asked, document.answered, document.url) == (None, None, None)


def test_v12_only_bullets_with_a_number_in_the_file_name(tmp_path: Path) -> None:
    content = page(*BLOCKS, head="Korte bruggen", end="")
    assert one(read(tmp_path, "kamervraag_2030Z00045.txt", content)).id == "2030Z00045"
    assert "geen nummer" in refused(read(tmp_path, "pagina.txt", content)).what


def test_the_title_at_the_end_is_used_where_the_head_has_none() -> None:
    head = HEAD.replace("\nKorte bruggen\n", "\n")
    assert main(*BLOCKS, head=head).title == "Korte bruggen"


def test_v24_a_line_that_looks_like_a_heading_is_text() -> None:
    quoting = " • Vraag 2\n  Hoe?\n\n  Eerder vroeg u:\n  Vraag 3\n  Waarom?\n  Antwoord\n  Daarom.\n"
    exchanges = main(BLOCKS[0], quoting, BLOCKS[2]).exchanges
    assert [e.number for e in exchanges] == ["1", "2", "3"]
    assert exchanges[1].answer == "Eerder vroeg u:\nVraag 3\nWaarom?\nAntwoord\nDaarom."


def test_v24_a_number_out_of_turn_is_text_even_with_a_bullet() -> None:
    quoting = " • Vraag 1\n  Hoe?\n\n  Eerder:\n  - Vraag 7\n  Waarom?\n"
    assert [e.answer for e in main(quoting).exchanges] == ["Eerder:\n- Vraag 7\nWaarom?"]


def test_v19_the_first_block_may_be_another_number() -> None:
    assert [e.number for e in main(BLOCKS[1], BLOCKS[2]).exchanges] == ["2", "3"]


def test_v20_a_question_without_an_answer() -> None:
    assert [e.answer for e in main(BLOCKS[0], " • Vraag 2\n  Hoe?\n", BLOCKS[2]).exchanges] == [
        "Ja.",
        "",
        "Zie antwoord vraag 2.",
    ]


def test_v27_marks_of_questions_and_answers_run_apart() -> None:
    document = main(
        " • Vraag 1\n  Kent u de brug?1\n\n  Ja, uit 2021.2 Artikel 125p en 10.000 bruggen.\n",
        " • Vraag 2\n  En die andere2?\n\n  De verordening Water3 en de wet (WW).4\n"
        "  Sinds 8 januari 20215 geldt\n  dat.6\n",
    )
    first, second = document.exchanges
    assert (first.question, second.question) == ("Kent u de brug?", "En die andere?")
    assert first.answer == "Ja, uit 2021. Artikel 125p en 10.000 bruggen."
    assert second.answer == "De verordening Water en de wet (WW).\nSinds 8 januari 2021 geldt\ndat."
    assert [(note.mark, note.in_answer) for note in second.footnotes] == [
        ("2", False), ("3", True), ("4", True), ("5", True), ("6", True),
    ]  # fmt: skip
    assert second.answer[: second.footnotes[-1].position].endswith("dat.")


@pytest.mark.parametrize("form", ["1. {}", "1) {}", "1 {}", "[1] {}"])
def test_v29_the_panel_of_notes(form: str) -> None:
    head = f"{HEAD}\nBronnen\n{form.format('De Brugkrant, 30 september 2030')}"
    document = main(*BLOCKS, head=head)
    assert document.exchanges[0].footnotes[0].text == "De Brugkrant, 30 september 2030"


def test_v30_a_note_cut_with_an_ellipsis_is_kept_as_it_is() -> None:
    document = main(
        *BLOCKS, head=f"{HEAD}\n1. De Brugkrant, 30 septem… (https://voorbeeld.nl | De Brugkrant)"
    )
    assert (
        document.exchanges[0].footnotes[0].text
        == "De Brugkrant, 30 septem… (https://voorbeeld.nl | De Brugkrant)"
    )


def test_v27_with_a_panel_only_its_numbers_are_marks_in_questions() -> None:
    blocks = " • Vraag 1\n  Kent u de brug?1 En de G20?2\n\n  Ja.\n"
    document = main(blocks, head=f"{HEAD}\n1. De Brugkrant")
    assert document.exchanges[0].question == "Kent u de brug? En de G20?2"


def test_v35_special_characters_survive() -> None:
    answer = "Een\u00a0brug van ‘de «oude» stad’ – 3\u2009m, wa\u00adter."
    assert main(f" • Vraag 1\n  Hoe?\n\n  {answer}\n").exchanges[0].answer == answer


def test_v26_a_question_repeated_in_the_answer_stays() -> None:
    document = main(" • Vraag 1\n  Hoe lang?\n\n  Hoe lang?\n  Tien meter.\n")
    assert document.exchanges[0].answer == "Hoe lang?\nTien meter."


def test_dates_in_title_and_question_are_not_the_filing_date() -> None:
    head = HEAD.replace("Korte bruggen", "Korte bruggen (ingezonden 2 mei 2029)")
    document = main(" • Vraag 1\n  Kent u de vragen (ingezonden 3 mei 2029)?\n\n  Ja\n", head=head)
    assert document.asked == date(2030, 10, 1)
    assert document.exchanges[0].answer == "Ja"


def test_v45_byte_order_mark_and_v44_other_encodings(tmp_path: Path) -> None:
    content = page(*BLOCKS)
    assert read(tmp_path, "a.txt", b"\xef\xbb\xbf" + content.encode()) == documents(content)
    rejection = refused(read(tmp_path, "b.txt", content.encode("cp1252", errors="replace")))
    assert "byte" in rejection.what
    assert str(content.encode("cp1252", errors="replace").index(b"\x95")) in rejection.what


def test_a_table_with_only_answers_is_reported(tmp_path: Path) -> None:
    assert "tabel" in refused(read(tmp_path, "a.txt", "| Ja. |\n| --- |\n| Zie antwoord vraag 2. |\n")).what


@pytest.mark.parametrize(
    "heading", ["Antwoord 1", "Antwoord op vraag 1:", "Antwoorden 1 en 2", "Antwoord 4 t-m 7"]
)
def test_v38_the_text_of_an_official_paper_is_not_misread(tmp_path: Path, heading: str) -> None:
    text = f"Vragen van het lid Voorbeeld\n\nVraag 1\n\nKent u de brug?\n\n{heading}\n\nJa.\n"
    assert "officieel stuk" in refused(read(tmp_path, "ah-tk-20302031-12.txt", text)).what


def test_v12_a_page_without_questions_is_reported(tmp_path: Path) -> None:
    assert "geen vragen" in refused(read(tmp_path, "a.txt", HEAD + END)).what
