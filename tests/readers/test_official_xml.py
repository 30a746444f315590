"""Official publications in XML: structure, kinds, metadata, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from rag.documents import Asker, Document, Footnote, Kind, Minister
from rag.errors import Rejection
from rag.readers import read_sources
from rag.readers.metadata import natural_name
from tests.readers.samples import (
    ANSWER,
    FIXTURES,
    QUESTION,
    asked,
    metadata,
    one,
    paper,
    read,
    refused,
    replied,
)

NAME = "ah-tk-20302031-12.xml"
TYPE = ("DC.type", "Antwoord")


def pairs(document: Document) -> list[tuple[str, str, str]]:
    """Numbers, question and answer of each exchange."""
    return [(" ".join(e.numbers), e.question, e.answer) for e in document.exchanges]


def with_metadata(folder: Path, content: str, *values: tuple[str, str], name: str = NAME) -> Document:
    (folder / name.replace(".xml", ".metadata.xml")).write_text(metadata(values), encoding="utf-8")
    return one(read(folder, name, content))


def test_new_format() -> None:
    document = one(list(read_sources([FIXTURES / "ah-tk-20302031-12.xml"])))
    assert (document.id, document.kind) == ("ah-tk-20302031-12", Kind.ANSWERED)
    assert document.title == (
        "Vragen van het lid Voorbeeld (XYZ) aan de Minister van Bruggen over de lengte van fietsbruggen"
    )
    assert (document.asked, document.answered) == (date(2030, 10, 1), date(2030, 10, 28))
    assert document.asked_by == (Asker("Voorbeeld", "XYZ"),)
    assert document.answered_by == (Minister("Verzonnen", "Minister (Bruggen)"),)
    assert document.on_behalf_of == ("Staatssecretaris van Bruggen",)
    assert document.url == "https://zoek.officielebekendmakingen.nl/ah-tk-20302031-12.html"
    assert document.extra["addressees"] == ["Minister van Bruggen"]
    assert pairs(document) == [
        ("1", "Kent u het bericht «Brug te kort»?", "Ja."),
        (
            "2 3",
            "Hoeveel bruggen zijn te kort?\nWat doet u daaraan?",
            "Twee, namelijk:\n– de noordbrug;\n– de zuidbrug.\n"
            "Lengtes\nBrug | Lengte |\nNoord | 1 | 2\nNoord | 3 | 4",
        ),
    ]
    note = Footnote("1", "De Brugkrant, 30 september 2030.", 34, in_answer=False)
    assert document.exchanges[0].footnotes == (note,)
    (cell_note,) = document.exchanges[1].footnotes
    assert document.exchanges[1].answer[: cell_note.position].endswith("Noord | 1 | 2")


def test_old_format() -> None:
    document = one(list(read_sources([FIXTURES / "old"])))
    assert (document.id, document.kind) == ("kv-2989912340", Kind.ANSWERED)
    assert document.title == "Vragen van het lid Voorbeeld (XYZ) aan de minister van Bruggen over water"
    assert (document.asked, document.answered) == (date(1999, 3, 3), date(1999, 4, 1))
    assert document.answered_by == (Minister("Verzonnen", "minister (Bruggen)"),)
    assert pairs(document) == [
        ("1 2", "Is het waar dat het bij het café regent?\nZo ja, waarom?", "Ja, door wolken."),
        ("3", "Wanneer houdt het op?", "3 Dat hangt van de wolken af."),
    ]
    assert [(n.mark, n.text, n.position) for n in document.exchanges[0].footnotes] == [
        ("1", "De Brugkrant.", 40),
        ("*", "Aanhangsel Handelingen nr. 9.", 54),
    ]
    assert document.extra["explanation"] == "Zie ook eerdere vragen."


def test_metadata_is_joined(tmp_path: Path) -> None:
    content = paper(asked("Vraag 1"), replied("Antwoord 1"), question="Korte bruggen", answer="")
    (tmp_path / "metadata.xml").write_bytes((FIXTURES / "metadata_answer.xml").read_bytes())
    document = one(read(tmp_path, "download.xml", content))
    assert (document.id, document.kind) == ("ah-tk-20302031-12", Kind.ANSWERED)
    assert document.question_id == "2030Z00045"
    assert document.question_url == "https://zoek.officielebekendmakingen.nl/kv-tk-2030Z00045.html"
    assert document.topics == ("Verkeer | Weg", "Ruimte en infrastructuur | Waterkeringen")
    assert document.answered_by == (Minister("F. Verzonnen"),)
    assert document.extra["session"] == "2030-2031"


def test_v55_the_event_date_counts_never_the_publication(tmp_path: Path) -> None:
    (tmp_path / "ah-tk-20302031-12.metadata.xml").write_bytes((FIXTURES / "metadata_answer.xml").read_bytes())
    document = one(read(tmp_path, NAME, paper(asked("Vraag 1"), replied("Antwoord 1"))))
    assert (document.asked, document.answered) == (date(2030, 9, 12), date(2030, 10, 28))


def test_v54_session_years_may_differ(tmp_path: Path) -> None:
    # Asked on 12 September is session 2029-2030, answered in October is 2030-2031: the id is kept as text.
    values = (("OVERHEIDop.datumIndiening", "2030-09-12"), ("OVERHEIDop.datumOntvangst", "2030-10-28"))
    document = with_metadata(tmp_path, paper(asked("Vraag 1"), replied("Antwoord 1")), *values)
    assert (document.id, document.asked) == ("ah-tk-20302031-12", date(2030, 9, 12))


def test_v47_names_in_three_orders(tmp_path: Path) -> None:
    (tmp_path / "metadata.xml").write_bytes((FIXTURES / "metadata_answer.xml").read_bytes())
    document = one(
        read(tmp_path, NAME, paper(asked("Vraag 1"), replied("Antwoord 1"), question="Korte bruggen"))
    )
    assert [asker.name for asker in document.asked_by] == [
        "A.B. Voorbeeld",
        "C. Anders",
        "D.E. van den Berg",
        "Derde",
    ]
    assert natural_name("Van Voorbeeld A.B.") == "A.B. Van Voorbeeld"


def test_v56_and_v57_repeated_names_in_any_case(tmp_path: Path) -> None:
    values = (
        ("overheidop.VRAAGNUMMER", "2030D00077"),
        ("OVERHEIDop.vraagnummer", "2030Z00045"),
        ("OVERHEIDop.indiener", "Voorbeeld"),
        ("OVERHEIDop.indiener", "Voorbeeld"),
    )
    document = with_metadata(tmp_path, paper(asked("Vraag 1"), question="Korte bruggen"), *values)
    assert document.question_id == "2030Z00045"
    assert document.asked_by == (Asker("Voorbeeld"),)


def test_v53_a_document_number_is_no_question_number(tmp_path: Path) -> None:
    content = paper(asked("Vraag 1"), replied("Antwoord 1"))
    document = with_metadata(tmp_path, content, ("OVERHEIDop.vraagnummer", "2030D00077"))
    assert (document.question_id, document.question_url) == (None, None)
    assert document.extra["other_numbers"] == ["2030D00077"]


def test_v46_nothing_known_but_the_text(tmp_path: Path) -> None:
    content = paper(asked("Vraag 1"), replied("Antwoord 1"), question="", answer="")
    document = one(read(tmp_path, NAME, content))
    assert (document.title, document.asked, document.answered) == ("", None, None)
    assert (document.asked_by, document.answered_by, document.topics) == ((), (), ())
    assert document.kind is Kind.ANSWERED


def test_v01_questions_without_answers(tmp_path: Path) -> None:
    content = paper(asked("Vraag 1"), asked("Vraag 2", "Hoe?"), answer="", number="2030Z00045")
    document = one(read(tmp_path, "kv-tk-2030Z00045.xml", content))
    assert (document.kind, document.question_id) == (Kind.UNANSWERED, "2030Z00045")
    assert pairs(document) == [("1", "Waarom?", ""), ("2", "Hoe?", "")]


@pytest.mark.parametrize("said_by", ["sentence", "metadata", "text"])
def test_v02_a_delay_only(tmp_path: Path, said_by: str) -> None:
    remark = "De vragen kunnen niet binnen de gebruikelijke termijn worden beantwoord."
    answer = ANSWER.replace("Antwoord", "Mededeling") if said_by == "sentence" else ""
    values = [("DC.type", "Mededeling")] if said_by == "metadata" else []
    content = paper(
        asked("Vraag 1"), f"<kamervraagopmerking><al>{remark}</al></kamervraagopmerking>", answer=answer
    )
    document = with_metadata(tmp_path, content, *values, ("OVERHEIDop.datumOntvangst", "2030-10-20"))
    assert (document.kind, document.notice) == (Kind.DELAY, remark)
    assert (document.answered, document.published) == (None, date(2030, 10, 20))
    assert pairs(document) == [("1", "Waarom?", "")]


def test_answers_win_from_a_type_that_says_unanswered(tmp_path: Path) -> None:
    content = paper(asked("Vraag 1"), replied("Antwoord 1"))
    document = with_metadata(tmp_path, content, ("DC.type", "Schriftelijke vragen"))
    assert (document.kind, document.exchanges[0].answer) == (Kind.ANSWERED, "Daarom.")


def test_v46_the_addressee_of_a_question_is_no_answerer(tmp_path: Path) -> None:
    content = paper(asked("Vraag 1"), question="Korte bruggen", answer="")
    values = (("DC.type", "Schriftelijke vragen"), ("OVERHEIDop.ontvanger", "Verzonnen F."))
    document = with_metadata(tmp_path, content, *values, name="kv-tk-2030Z00045.xml")
    assert document.answered_by == ()
    assert document.extra["addressees"] == ["F. Verzonnen"]


def test_a_paper_without_any_id(tmp_path: Path) -> None:
    assert "geen id" in refused(read(tmp_path, ".xml", paper(asked("Vraag 1")))).what


def test_v02_a_delay_printed_as_an_answer_is_never_an_answer(tmp_path: Path) -> None:
    answer = replied("", "De vragen kunnen niet binnen de gestelde termijn worden beantwoord.")
    document = one(read(tmp_path, NAME, paper(asked("Vraag 1"), asked("Vraag 2"), answer, answer="")))
    assert document.kind is Kind.DELAY
    assert document.notice == "De vragen kunnen niet binnen de gestelde termijn worden beantwoord."
    assert not any(exchange.answer for exchange in document.exchanges)


def test_an_answer_that_mentions_the_term_is_an_answer(tmp_path: Path) -> None:
    answers = [replied("Antwoord 1", "Ja."), replied("Antwoord 2", "Zo spoedig mogelijk.")]
    document = one(read(tmp_path, NAME, paper(asked("Vraag 1"), asked("Vraag 2"), *answers, answer="")))
    assert document.kind is Kind.ANSWERED


def test_one_long_answer_that_mentions_the_term_is_an_answer(tmp_path: Path) -> None:
    text = "De brug is dicht. " * 100 + "Binnen de gebruikelijke termijn gaat zij open."
    content = paper(asked("1"), asked("2"), replied("1 en 2", text), answer="")
    assert one(read(tmp_path, NAME, content)).kind is Kind.ANSWERED


def test_v03_a_delay_and_a_later_answer_are_two_documents(tmp_path: Path) -> None:
    number = ("OVERHEIDop.vraagnummer", "2030Z00045")
    late = with_metadata(
        tmp_path, paper(asked("Vraag 1")), ("DC.type", "Mededeling"), number, name="ah-tk-20302031-9.xml"
    )
    final = with_metadata(tmp_path, paper(asked("Vraag 1"), replied("Antwoord 1")), TYPE, number)
    assert (late.kind, final.kind) == (Kind.DELAY, Kind.ANSWERED)
    assert late.question_id == final.question_id == "2030Z00045"
    assert late.id != final.id


def test_v04_a_supplement(tmp_path: Path) -> None:
    content = paper(
        asked("Vraag 1"), replied("Antwoord 1"), answer=ANSWER.replace("Antwoord", "Nader antwoord")
    )
    assert one(read(tmp_path, NAME, content)).kind is Kind.SUPPLEMENT
    document = with_metadata(
        tmp_path, paper(asked("Vraag 1"), replied("Antwoord 1")), ("DC.type", "Nader antwoord")
    )
    assert (document.kind, document.answered) == (Kind.SUPPLEMENT, date(2030, 10, 28))


def test_v05_withdrawn_questions(tmp_path: Path) -> None:
    remark = "De vragen kunnen als ingetrokken worden beschouwd."
    element = f"<kamervraagopmerking><al>{remark}</al></kamervraagopmerking>"
    document = one(read(tmp_path, NAME, paper(asked("Vraag 1"), element, answer="")))
    assert (document.kind, document.notice) == (Kind.DELAY, remark)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("ah-tk-20302031-12.xml", Kind.ANSWERED),
        ("ah-tk-20302031-12-h1.xml", Kind.ANSWERED),
        ("ah-tk-20302031-12-n1.xml", Kind.CORRECTION),
    ],
)
def test_v08_reprint_and_correction(tmp_path: Path, name: str, kind: Kind) -> None:
    document = one(read(tmp_path, name, paper(asked("Vraag 1"), replied("Antwoord 1"))))
    assert (document.id, document.kind) == (name.removesuffix(".xml"), kind)


def test_v09_oral_questions_without_numbers(tmp_path: Path) -> None:
    question = QUESTION.replace("Vragen", "Mondelinge vragen")
    document = one(
        read(
            tmp_path,
            "kv-2293012340.xml",
            paper(asked("", "Hoe lang is de brug?"), question=question, answer=""),
        )
    )
    assert document.kind is Kind.UNANSWERED
    assert document.asked_by == (Asker("Voorbeeld", "XYZ"),)
    assert pairs(document) == [("1", "Hoe lang is de brug?", "")]


def test_v10_a_paper_of_the_senate(tmp_path: Path) -> None:
    content = paper(asked("1"), replied("1"), question="Schriftelijke vragen over bruggen", number="3")
    document = with_metadata(
        tmp_path, content, ("OVERHEIDop.vraagnummer", "229300001"), name="ah-ek-20302031-3.xml"
    )
    assert (document.id, document.title) == ("ah-ek-20302031-3", "Schriftelijke vragen over bruggen")
    assert document.question_id is None
    assert document.extra["other_numbers"] == ["229300001"]


def test_v52_related_papers(tmp_path: Path) -> None:
    answer = f"{ANSWER} Zie ook Aanhangsel Handelingen, vergaderjaar 2030–2031, nr. 9 en 12."
    content = paper(asked("Vraag 1"), replied("Antwoord 1"), answer=answer)
    document = with_metadata(tmp_path, content, ("OVERHEIDop.aanhangsel", "ah-tk-20302031-7"))
    assert document.related == ("ah-tk-20302031-7", "ah-tk-20302031-9")


def test_a_date_that_is_only_an_attribute(tmp_path: Path) -> None:
    question = QUESTION.replace("1 oktober 2030", '<datum isodatum="2030-10-01"/>')
    assert one(read(tmp_path, NAME, paper(asked("Vraag 1"), question=question))).asked == date(2030, 10, 1)


@pytest.mark.parametrize(
    ("content", "what"),
    [
        pytest.param(
            "<officiele-publicatie><al>Deze publicatie is op verzoek van publicerende organisatie "
            "verwijderd.</al></officiele-publicatie>",
            "verwijderd",
            id="v06",
        ),
        pytest.param("<vraagdoc><al>Zie de PDF van dit stuk.</al></vraagdoc>", "PDF", id="v07"),
        pytest.param("<html><body>404</body></html>", "HTML", id="v11"),
        pytest.param("\n<!DOCTYPE html><html><body>404</body></html>", "HTML", id="v11-doctype"),
        pytest.param(
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>', "HTML", id="v11-xhtml"
        ),
        pytest.param("", "leeg", id="v12"),
        pytest.param(" \n", "leeg", id="v12-blank"),
        pytest.param(paper(), "geen vragen", id="v12-nothing-in-it"),
        pytest.param("<metadata_gegevens/>", "metadata", id="metadata-only"),
        pytest.param("<owms-metadata/>", "metadata", id="owms-only"),
        pytest.param("<kamerstuk/>", "<kamerstuk>", id="other-xml"),
        pytest.param("<vraagdoc><titel>LIJST VAN VRAGEN</titel></vraagdoc>", "Lijst van vragen", id="list"),
        pytest.param(
            paper(asked("1"), question="Lijst van vragen en antwoorden"), "Lijst van vragen", id="list-full"
        ),
        pytest.param("<vraagdoc><al>half", "geen geldige XML", id="half"),
        pytest.param(
            '<?xml version="1.0" encoding="US-ASCII"?><vraagdoc>é', "geen geldige XML", id="half-ascii"
        ),
        pytest.param(b"%PDF-1.7 ...", "PDF", id="pdf-named-xml"),
        pytest.param(b"PK\x03\x04...", "zip", id="docx-named-xml"),
        pytest.param(b"\xd0\xcf\x11\xe0...", "Office", id="doc-named-xml"),
    ],
)
def test_what_cannot_be_read_is_rejected_and_said(tmp_path: Path, content: str | bytes, what: str) -> None:
    rejection = refused(read(tmp_path, NAME, content))
    assert what in rejection.what
    assert rejection.where.endswith(NAME)
    assert rejection.remedy


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE vraagdoc [<!ENTITY a "brug"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><vraagdoc><vraag><al>&c;</al></vraag></vraagdoc>'
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE vraagdoc [<!ENTITY a SYSTEM "{}">]>'
    "<vraagdoc><vraag><al>&a;</al></vraag></vraagdoc>"
)


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    assert "entiteiten" in refused(read(tmp_path, NAME, BOMB)).what
    assert (
        "entiteiten"
        in refused(read(tmp_path, NAME, BOMB.replace("?>", ' encoding="UTF-16"?>', 1).encode("utf-16"))).what
    )


def test_an_entity_bomb_in_an_attribute_is_refused(tmp_path: Path) -> None:
    assert "entiteiten" in refused(read(tmp_path, NAME, BOMB.replace("<vraag>", '<vraag soort="&c;">'))).what
    unused = BOMB.replace("&c;</al>", "</al>")
    assert "entiteiten" in refused(read(tmp_path, NAME, unused)).what


def test_an_external_entity_is_refused(tmp_path: Path) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_text("geheim", encoding="utf-8")
    rejection = refused(read(tmp_path, NAME, OUTSIDE.format(secret.as_uri())))
    assert "entiteiten" in rejection.what
    assert "geheim.txt" not in rejection.what


def test_a_document_type_elsewhere_is_not_fetched(tmp_path: Path) -> None:
    (tmp_path / "vraagdoc.dtd").write_text('<!ENTITY eacute "FOUT">', encoding="utf-8")
    content = (
        '<!DOCTYPE vraagdoc SYSTEM "vraagdoc.dtd"><vraagdoc><vraag><al>caf&eacute;</al></vraag></vraagdoc>'
    )
    assert pairs(one(read(tmp_path, NAME, content))) == [("1", "café", "")]


def test_a_file_above_the_limit_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rag.readers.source.LARGEST_DOCUMENT", 1 << 20)
    assert "groter dan 1 MiB" in refused(read(tmp_path, NAME, paper(asked("1", "x" * (1 << 20))))).what


def test_v44_declared_ascii_with_utf8_inside(tmp_path: Path) -> None:
    content = '<?xml version="1.0" encoding="US-ASCII"?>\n' + paper(
        asked("Vraag 1", "Kent u het café «Brug»?")
    )
    assert one(read(tmp_path, NAME, content)).exchanges[0].question == "Kent u het café «Brug»?"


def test_v45_byte_order_mark_before_the_declaration(tmp_path: Path) -> None:
    content = "\ufeff\n<?xml version='1.0' encoding='UTF-8'?>" + paper(asked("Vraag 1", "Café?"))
    assert one(read(tmp_path, NAME, content)).exchanges[0].question == "Café?"


def test_no_address_is_made_up(tmp_path: Path) -> None:
    document = one(read(tmp_path, "proefstuk-7.xml", paper(asked("1"), number="2041F02205")))
    assert (document.id, document.url) == ("proefstuk-7", None)
    assert (document.question_id, document.question_url) == ("2041F02205", None)
    content = (FIXTURES / "ah-tk-20302031-12.xml").read_text(encoding="utf-8")
    elsewhere = content.replace("zoek.officielebekendmakingen.nl", "voorbeeld.invalid")
    assert one(read(tmp_path, "a.xml", elsewhere)).url == "https://voorbeeld.invalid/ah-tk-20302031-12.html"


def test_broken_metadata_is_rejected_and_the_paper_still_read(tmp_path: Path) -> None:
    (tmp_path / "metadata.xml").write_text("<metadata_gegevens>", encoding="utf-8")
    rejection, document = read(tmp_path, NAME, paper(asked("Vraag 1"), replied("Antwoord 1")))
    assert isinstance(rejection, Rejection)
    assert rejection.where.endswith("metadata.xml")
    assert isinstance(document, Document)
    assert document.id == "ah-tk-20302031-12"


def test_the_id_may_stand_inside(tmp_path: Path) -> None:
    content = (FIXTURES / "ah-tk-20302031-12.xml").read_bytes()
    assert one(read(tmp_path, "download(1).xml", content)).id == "ah-tk-20302031-12"
    other = content.replace(b"<metadata>", b'<metadata><meta name="bijlage" content="kv-tk-2030Z00001"/>')
    assert one(read(tmp_path, "download(2).xml", other)).id == "ah-tk-20302031-12"


def test_v58_offices_are_kept_as_printed(tmp_path: Path) -> None:
    answer = "Antwoord van minister Verzonnen (Bruggen, Water en Lucht) (ontvangen 28 oktober 2030)."
    document = one(read(tmp_path, NAME, paper(asked("1"), replied("1"), answer=answer)))
    assert document.answered_by == (Minister("Verzonnen", "minister (Bruggen, Water en Lucht)"),)
