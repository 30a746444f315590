"""The official question and answer sentences, and the names in them."""

from datetime import date

import pytest

from rag.documents import Asker, Kind, Minister
from rag.readers.people import parse_answerers, parse_askers, split_offices, tidy
from rag.readers.sentences import (
    find_citations,
    parse_answer_sentence,
    parse_question_sentence,
    without_date,
)

A, B, C = Asker("Voorbeeld", "XYZ"), Asker("Anders", "QRS"), Asker("Derde", "XYZ")


@pytest.mark.parametrize(
    ("names", "askers"),
    [
        pytest.param("Voorbeeld (XYZ)", (A,), id="one"),
        pytest.param("Voorbeeld (XYZ) en Anders (QRS)", (A, B), id="v48-own-parties"),
        pytest.param("Voorbeeld (XYZ), Anders (QRS) en Derde (XYZ)", (A, B, C), id="v48-three"),
        pytest.param("Voorbeeld en Derde (beiden XYZ)", (A, C), id="v48-beiden"),
        pytest.param("Voorbeeld en Derde (beide XYZ)", (A, C), id="v48-beide"),
        pytest.param("Voorbeeld , Derde (allen XYZ) en Anders (QRS)", (A, C, B), id="v48-allen"),
        pytest.param("Voorbeeld en Anders (QRS)", (Asker("Voorbeeld"), B), id="v46-party-not-said"),
        pytest.param("Voorbeeld(XYZ)", (A,), id="v51-glued"),
        pytest.param("Voorbeeld (Lange Partijnaam)", (Asker("Voorbeeld", "Lange Partijnaam"),), id="spelled"),
        pytest.param("Voorbeeld (Aa-Bb)", (Asker("Voorbeeld", "Aa-Bb"),), id="hyphen"),
        pytest.param(
            "Van Bedacht (Groep Bedacht)", (Asker("Van Bedacht", "Groep Bedacht"),), id="person-as-party"
        ),
        pytest.param("de heer Voorbeeld (X.Y.Z.)", (Asker("Voorbeeld", "X.Y.Z."),), id="honorific"),
        pytest.param("Voorbeeld", (Asker("Voorbeeld"),), id="v47-bare-surname"),
        pytest.param("Bedachtic ´ (XYZ)", (Asker("Bedachtić", "XYZ"),), id="v40-acute"),
        pytest.param("Bedas¸t (XYZ)", (Asker("Bedaşt", "XYZ"),), id="v40-cedilla"),
        pytest.param("'t Voorbeeld (XYZ)", (Asker("'t Voorbeeld", "XYZ"),), id="apostrophe"),
        pytest.param("L´Arbre (XYZ)", (Asker("L´Arbre", "XYZ"),), id="v40-accent-as-apostrophe"),
        pytest.param("Voorbeeld ()", (Asker("Voorbeeld"),), id="v46-empty-party"),
        pytest.param("", (), id="v46-nobody"),
        pytest.param("12 (XYZ)", (), id="no-name"),
    ],
)
def test_askers(names: str, askers: tuple[Asker, ...]) -> None:
    assert parse_askers(names) == askers


WHO = "Vragen van het lid Voorbeeld (XYZ)"
TO = "aan de Minister van Bruggen"


@pytest.mark.parametrize(
    "sentence",
    [
        f"{WHO} {TO} over korte bruggen (ingezonden 1 oktober 2030).",
        f"{WHO} {TO} over korte bruggen (ingezonden 1 oktober 2030)",
        f"{WHO} {TO} over korte bruggen. (Ingezonden 1 oktober 2030)",
        f"Vragen van het lid Voorbeeld(XYZ) {TO} over korte bruggen(ingezonden 1 oktober 2030).",
        f"{WHO}{TO} over korte bruggen (ingezonden 1 oktober2030).",
        f"Vragen van het\nlid Voorbeeld (XYZ) {TO} over\nkorte bruggen (ingezonden 1\u00a0oktober 2030).",
        f"Mondelinge vragen van het lid Voorbeeld (XYZ) {TO} over korte bruggen (ingezonden 1 oktober 2030).",
        f"VRAGEN van de heer Voorbeeld (XYZ) {TO} betreffende korte bruggen (ingezonden 1 oktober 2030)",
        f"Vragen van de leden lid Voorbeeld (XYZ) {TO} over korte bruggen (ingezonden 1 oktober 2030)",
        f"Vragen van het leden Voorbeeld (XYZ) {TO} over korte bruggen (ingezonden 1 oktober 2030)",
        f"(ingezonden 1 oktober 2030) {WHO} {TO} over korte bruggen",
    ],
)
def test_v51_question_sentence_in_all_its_spellings(sentence: str) -> None:
    found = parse_question_sentence(sentence)
    assert found is not None
    assert (found.askers, found.addressees) == ((A,), ("Minister van Bruggen",))
    assert (found.topic, found.asked) == ("korte bruggen", date(2030, 10, 1))


def test_v50_parentheses_and_dates_in_the_topic_do_no_harm() -> None:
    found = parse_question_sentence(
        "Vragen van de leden Voorbeeld (XYZ) en Anders (QRS) aan de Minister van Bruggen over het bericht "
        "«Wie gaat over de brug?» (ingezonden 3 mei 2029) en de motie over bruggen "
        "(Kamerstuk 39 999, nr. 2)(ingezonden 1 oktober 2030)."
    )
    assert found is not None
    assert found.askers == (A, B)
    assert found.asked == date(2030, 10, 1)
    assert found.topic is not None
    assert found.topic.startswith("het bericht «Wie gaat over")
    assert found.topic.endswith("(Kamerstuk 39 999, nr. 2)")


@pytest.mark.parametrize("glued", ["overhet bericht", "overde brug", "over «de brug»", "over de brug"])
def test_v51_glued_over(glued: str) -> None:
    found = parse_question_sentence(f"Vragen van het lid Voorbeeld (XYZ) aan de Minister van Bruggen {glued}")
    assert found is not None
    assert found.topic == glued.removeprefix("over").strip()


def test_v46_a_sentence_that_breaks_off_names_nobody() -> None:
    found = parse_question_sentence("Antwoord op vragen van het lid Voorbe")
    assert found is not None
    assert (found.askers, found.topic, found.asked) == ((), None, None)


def test_v46_no_addressee() -> None:
    found = parse_question_sentence("Vragen van het lid Voorbeeld (XYZ) over de brug aan de Kade")
    assert found is not None
    assert (found.askers, found.addressees, found.topic) == ((A,), (), "de brug aan de Kade")


@pytest.mark.parametrize("text", ["", "Korte bruggen", "De brug over de rivier"])
def test_other_titles_are_no_question_sentence(text: str) -> None:
    assert parse_question_sentence(text) is None


def test_belgian_title() -> None:
    found = parse_question_sentence(
        'Vraag van Jo Voorbeeld aan Bo Anders (Bruggen, belast met Water) over "De brug" (1C)'
    )
    assert found is not None
    assert (found.askers, found.topic) == ((Asker("Jo Voorbeeld"),), "De brug")
    assert found.addressees == ("Bo Anders (Bruggen, belast met Water)",)


def test_belgian_joint_title_names_each_asker_once() -> None:
    found = parse_question_sentence(
        'Samengevoegde vragen van - Jo Voorbeeld aan Bo Anders (Bruggen) over "A" (1C) '
        '-Di Derde aan Bo Anders (Bruggen) over "B" (2C) - Jo Voorbeeld aan Bo Anders (Bruggen) over "C" (3C)'
    )
    assert found is not None
    assert found.askers == (Asker("Jo Voorbeeld"), Asker("Di Derde"))


@pytest.mark.parametrize(
    ("text", "ministers", "behalf"),
    [
        pytest.param("Minister Verzonnen (Bruggen)", [("Verzonnen", "Minister (Bruggen)")], [], id="one"),
        pytest.param(
            "minister Verzonnen (Bruggen)", [("Verzonnen", "minister (Bruggen)")], [], id="v58-lower-case"
        ),
        pytest.param(
            "Minister Verzonnen (Bruggen), mede namens de Staatssecretaris van Water",
            [("Verzonnen", "Minister (Bruggen)")],
            ["Staatssecretaris van Water"],
            id="v49-mede-namens",
        ),
        pytest.param(
            "Minister Verzonnen (Bruggen) mede namens de Ministers van Water, Lucht en Vuur en voor Aarde",
            [("Verzonnen", "Minister (Bruggen)")],
            ["Minister van Water, Lucht en Vuur", "Minister voor Aarde"],
            id="v49-no-comma",
        ),
        pytest.param(
            "Minister Verzonnen (Bruggen) en van Staatssecretaris Van Bedacht (Water – Diep en Ondiep)",
            [
                ("Verzonnen", "Minister (Bruggen)"),
                ("Van Bedacht", "Staatssecretaris (Water – Diep en Ondiep)"),
            ],
            [],
            id="v49-two",
        ),
        pytest.param(
            "Minister Verzonnen (BR) van Minister Bedacht (Water)",
            [("Verzonnen", "Minister (BR)"), ("Bedacht", "Minister (Water)")],
            [],
            id="v49-en-missing",
        ),
        pytest.param(
            "Minister Verzonnen (Bruggen) en antwoord van Staatssecretaris Bedacht (Water)",
            [("Verzonnen", "Minister (Bruggen)"), ("Bedacht", "Staatssecretaris (Water)")],
            [],
            id="v49-en-antwoord-van",
        ),
        pytest.param(
            "de Ministers Verzonnen (Bruggen) en Bedacht (Water)",
            [("Verzonnen", "Minister (Bruggen)"), ("Bedacht", "Minister (Water)")],
            [],
            id="v49-plural",
        ),
        pytest.param(
            "Minister Verzonnen (Bruggen, Water",
            [("Verzonnen", "Minister (Bruggen, Water)")],
            [],
            id="v51-open",
        ),
        pytest.param(
            "Verzonnen, Minister van Bruggen, en Bedacht, Staatssecretaris van Water en Lucht, "
            "mede namens mevrouw Derde, Minister van Vuur",
            [("Verzonnen", "Minister van Bruggen"), ("Bedacht", "Staatssecretaris van Water en Lucht")],
            ["Derde, Minister van Vuur"],
            id="v47-name-first",
        ),
        pytest.param(
            "Verzonnen, Minister van Bruggen, mede namens de heer Bedacht, Minister van Water, "
            "en mevrouw Derde, Staatssecretaris van Vuur",
            [("Verzonnen", "Minister van Bruggen")],
            ["Bedacht, Minister van Water", "Derde, Staatssecretaris van Vuur"],
            id="v47-on-behalf-of-people",
        ),
        pytest.param(
            "Verzonnen, Minister-President, Minister van Alles",
            [("Verzonnen", "Minister-President, Minister van Alles")],
            [],
            id="v58-premier",
        ),
        pytest.param(
            "mejuffrouw Verzonnen, Minister van Bruggen",
            [("Verzonnen", "Minister van Bruggen")],
            [],
            id="miss",
        ),
        pytest.param(
            "Minister-President Verzonnen (Alles)",
            [("Verzonnen", "Minister-President (Alles)")],
            [],
            id="president",
        ),
        pytest.param("Minister Bo Anders", [("Bo Anders", "Minister")], [], id="no-portfolio"),
        pytest.param(
            "Eerste minister Bo Anders", [("Bo Anders", "Eerste minister")], [], id="first-minister"
        ),
        pytest.param("Bo Anders, ministre", [("Bo Anders", "ministre")], [], id="french"),
        pytest.param(
            "Minister van Mobiliteit, belast met Bruggen",
            [(None, "Minister van Mobiliteit, belast met Bruggen")],
            [],
            id="v46-office-only",
        ),
        pytest.param(
            "de Minister van Water", [(None, "Minister van Water")], [], id="v46-office-with-article"
        ),
        pytest.param(
            "Minister van Bedacht (Water)", [("van Bedacht", "Minister (Water)")], [], id="v47-small-van"
        ),
        pytest.param("Eerste minister", [(None, "Eerste minister")], [], id="v46-first-minister-only"),
        pytest.param("Verzonnen", [("Verzonnen", None)], [], id="v47-bare-surname"),
        pytest.param("", [], [], id="v46-nobody"),
        pytest.param(
            "ministerVerzonnen (Bruggen);", [("Verzonnen", "minister (Bruggen)")], [], id="v51-glued"
        ),
    ],
)
def test_answerers(text: str, ministers: list[tuple[str | None, str | None]], behalf: list[str]) -> None:
    found, others = parse_answerers(text)
    assert [(person.name, person.office) for person in found] == ministers
    assert list(others) == behalf


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Antwoord van Minister Verzonnen (Bruggen) (ontvangen 28 oktober 2030).", Kind.ANSWERED),
        ("Antwoord van Minister Verzonnen (Bruggen) (ontvangen (ontvangen 28 oktober 2030)", Kind.ANSWERED),
        ("Antwoord van Minister Verzonnen (Bruggen (ontvangen 28 oktober2030)", Kind.ANSWERED),
        ("Antwoord van Minister Verzonnen (Bruggen). (Ontvangen 28 oktober 2030)", Kind.ANSWERED),
        ("Mededeling van Minister Verzonnen (Bruggen) (ontvangen 28\noktober 2030).", Kind.DELAY),
        ("Nader antwoord van Minister Verzonnen (Bruggen) (ontvangen 28 oktober 2030).", Kind.SUPPLEMENT),
    ],
)
def test_v51_answer_sentence(sentence: str, kind: Kind) -> None:
    found = parse_answer_sentence(sentence)
    assert found is not None
    assert found.kind is kind
    assert found.ministers == (Minister("Verzonnen", "Minister (Bruggen)"),)
    assert found.answered == date(2030, 10, 28)


def test_v52_several_see_also_references() -> None:
    found = parse_answer_sentence(
        "Antwoord van Minister Verzonnen (Bruggen) (ontvangen 28 oktober 2030). "
        "Zie ook Aanhangsel Handelingen, vergaderjaar 2030–2031, nr. 9. "
        "Zie ook Aanhangsels Handelingen, vergaderjaar 2029-2030, 1028 en 1030."
    )
    assert found is not None
    assert found.related == ("ah-tk-20302031-9", "ah-tk-20292030-1028", "ah-tk-20292030-1030")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("Aanhangsel Handelingen II 2030/31, nr. 132", "ah-tk-20302031-132"),
        ("Aanhangsel van de Handelingen I, vergaderjaar 2030-2031, nr. 4", "ah-ek-20302031-4"),
        ("Aanhangsel Handelingen, vergaderjaar2030–2031,nr. 9", "ah-tk-20302031-9"),
        ("Aanhangsel Handelingen 1999/2000, nr. 9", "ah-tk-19992000-9"),
        ("Aanhangsel van de Handelingen, nr. 1045", ""),
    ],
)
def test_v51_citations(text: str, ids: str) -> None:
    assert list(find_citations(text)) == ids.split()


def test_v46_an_answer_sentence_without_a_date() -> None:
    found = parse_answer_sentence(
        "Antwoord van Minister Verzonnen (Bruggen). Zie ook Aanhangsel Handelingen 2030/31, nr. 9."
    )
    assert found is not None
    assert (found.answered, found.related) == (None, ("ah-tk-20302031-9",))
    assert found.ministers == (Minister("Verzonnen", "Minister (Bruggen)"),)


def test_no_answer_sentence() -> None:
    assert parse_answer_sentence("Korte bruggen") is None


def test_v50_joint_offices_stay_together() -> None:
    assert split_offices("de Minister en de Staatssecretaris van Bruggen") == (
        "Minister en de Staatssecretaris van Bruggen",
    )
    assert split_offices("de Minister-President en de Minister van Bruggen en Water") == (
        "Minister-President",
        "Minister van Bruggen en Water",
    )
    assert split_offices("de Staatssecretarissen van Bruggen en van Water") == (
        "Staatssecretaris van Bruggen",
        "Staatssecretaris van Water",
    )
    assert split_offices("") == ()


def test_a_title_loses_its_date_only() -> None:
    assert (
        without_date("Vragen over (korte) bruggen (ingezonden 1 mei 2030).") == "Vragen over (korte) bruggen"
    )
    assert without_date("Korte bruggen") == "Korte bruggen"


def test_v40_accents_that_do_not_compose_stay() -> None:
    assert tidy("Bedachtq ´  x") == "Bedachtq ´ x"
