"""Mixed XML content to plain text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rag.readers.xmlsafe import parse_xml
from rag.readers.xmltext import line_of_text, plain_text, referenced_notes


def text(inside: str) -> str:
    return plain_text(parse_xml(f"<antwoord>{inside}</antwoord>".encode())).text


def notes(inside: str) -> list[tuple[str, str | None, str]]:
    """Mark, note, and the text before the mark."""
    root = parse_xml(f"<antwoord>{inside}</antwoord>".encode())
    plain = plain_text(root, referenced_notes(root))
    return [(mark, note, plain.text[:at]) for mark, note, at in plain.notes]


def noot(number: int, content: str = "De Brugkrant.", kind: str = "voet") -> str:
    return (
        f'<noot id="n{number}" type="{kind}"><noot.nr>{number}</noot.nr><noot.al>{content}</noot.al></noot>'
    )


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        pytest.param("<nr>Antwoord 1</nr><al>Ja.</al><al>Nee.</al>", "Ja.\nNee.", id="paragraphs"),
        pytest.param("<al-groep><al>Ja.</al><al>Nee.</al></al-groep>", "Ja.\nNee.", id="grouped"),
        pytest.param("Ja.", "Ja.", id="bare-text"),
        pytest.param("Ja, <nadruk>zeker</nadruk>.<al>Nee.</al>Toch.", "Ja, zeker.\nNee.\nToch.", id="mixed"),
        pytest.param("<onbekend>Ja.</onbekend><ander>Nee.</ander>", "Ja.\nNee.", id="unknown-blocks"),
        pytest.param("<sectie><al>Ja.</al><al>Nee.</al></sectie>", "Ja.\nNee.", id="unknown-container"),
        pytest.param("<al>Een <vreemd>b</vreemd>rug.</al>", "Een brug.", id="unknown-inline"),
        pytest.param("<tussenkop>Kop</tussenkop><al>Ja.</al>", "Kop\nJa.", id="sub-heading"),
        pytest.param("<al>Zie <extref doc='a' soort='URL'>de site</extref>.</al>", "Zie de site.", id="link"),
        pytest.param(
            "<nr>1</nr><al>Zie <nr>5</nr> en <nummer>6</nummer>.</al>", "Zie 5 en 6.", id="nr-as-text"
        ),
        pytest.param("<al>Een<br/>brug.</al>", "Een brug.", id="line-break"),
        pytest.param(
            "<definitielijst><definitie-item><term>Brug</term><al>Weg.</al></definitie-item></definitielijst>",
            "Brug\nWeg.",
            id="definitions",
        ),
        pytest.param(
            "<al>Een <nadruk type='vet'>br</nadruk>ug, <nadruk type='cur'>red.</nadruk></al>",
            "Een brug, red.",
            id="v34",
        ),
        pytest.param(
            "<al>[dienst van Bruggen,<nadruk type='cur'>red.</nadruk>]</al>",
            "[dienst van Bruggen,red.]",
            id="v34-glued",
        ),
        pytest.param("<al>CO<inf>2</inf> en 10 m<sup>3</sup>.</al>", "CO2 en 10 m3.", id="v36"),
        pytest.param(
            "<al>\n      Een\n      <nadruk>lange</nadruk>\n      brug.\n    </al>\n    <al> Ja. </al>\n",
            "Een lange brug.\nJa.",
            id="v37",
        ),
        pytest.param(
            "<al>Een\u00a0brug\u2009van ‘de «oude» stad’ – wa\u00adter</al>",
            "Een\u00a0brug\u2009van ‘de «oude» stad’ – wa\u00adter",
            id="v35",
        ),
        pytest.param("<plaatje><illustratie naam='a.png' alt=''/></plaatje>", "", id="v33"),
        pytest.param(
            "<al>Zie:</al><plaatje><illustratie naam='a.png'/></plaatje><al>Einde.</al>",
            "Zie:\nEinde.",
            id="v33-between",
        ),
        pytest.param("<al>Zie https://voorbeeld.nl/a?b=1.</al>", "Zie https://voorbeeld.nl/a?b=1.", id="v43"),
        pytest.param(
            "<al>Brugi&#x107; en Brugic&#x301;</al>", "Brugić en Brugic\u0301", id="v40-to-the-letter"
        ),
    ],
)
def test_text(inside: str, expected: str) -> None:
    assert text(inside) == expected


@pytest.mark.parametrize(
    ("inside", "expected"),
    [
        (
            "<lijst type='expliciet'><li><li.nr>–</li.nr><al>noord;</al></li>"
            "<li><li.nr>–</li.nr><al>zuid.</al></li></lijst>",
            "– noord;\n– zuid.",
        ),
        ("<lijst type='expliciet'><li><li.nr>•</li.nr><al>noord;</al></li></lijst>", "• noord;"),
        (
            "<lijst type='expliciet'><li><li.nr>a.</li.nr><al>noord;</al><al>en verder.</al></li></lijst>",
            "a. noord;\nen verder.",
        ),
        ("<lijst type='ongemarkeerd'><li><al>noord;</al></li></lijst>", "– noord;"),
        (
            "<lijst type='nummer' start='3'><li><al>noord;</al></li><li><al>zuid.</al></li></lijst>",
            "3. noord;\n4. zuid.",
        ),
        ("<lijst type='alfa'><li><al>noord;</al></li><li><al>zuid.</al></li></lijst>", "a. noord;\nb. zuid."),
        (
            "<lijst><li><li.nr>1.</li.nr><al>noord:</al><lijst><li><li.nr>a.</li.nr><al>hoog;</al></li></lijst></li><li><li.nr>2.</li.nr><al>zuid.</al></li></lijst>",
            "1. noord:\na. hoog;\n2. zuid.",
        ),
        (
            "<al>Namelijk:<lijst><li><al>noord;</al></li></lijst>en dat was het.</al>",
            "Namelijk:\n– noord;\nen dat was het.",
        ),
        ("<lijst><li><plaatje/></li><li><al>zuid.</al></li></lijst>", "– zuid."),
        ("<lijst><li>noord;</li></lijst>", "– noord;"),
    ],
)
def test_v31_lists_become_lines(inside: str, expected: str) -> None:
    assert text(inside) == expected


def test_v32_tables_become_lines() -> None:
    columns = "".join(f"<colspec colname='c{i}' colnum='{i}'/>" for i in (1, 2, 3))
    table = (
        f"<table><title>Bruggen</title><tgroup cols='3'>{columns}"
        "<thead><row><entry><al>Streek</al></entry>"
        "<entry namest='c2' nameend='c3'><al>Lengte</al></entry></row></thead>"
        "<tbody><row><entry morerows='2'><al>Noord</al></entry><entry><al>A</al></entry>"
        "<entry><al>1</al><al>m</al></entry></row>"
        "<row><entry>B</entry><entry morerows='1'>2</entry></row><row><entry>C</entry></row>"
        "<row><entry namest='c1' nameend='c2'>Samen</entry><entry/></row></tbody></tgroup></table>"
    )
    assert text(f"<al>Zie:</al>{table}<al>Einde.</al>") == (
        "Zie:\nBruggen\nStreek | Lengte |\nNoord | A | 1 m\nNoord | B | 2\nNoord | C | 2\nSamen | |\nEinde."
    )


def test_v32_a_note_in_a_cell_that_spans_rows_counts_once() -> None:
    table = (
        "<table><tgroup cols='2'><tbody>"
        f"<row><entry morerows='1'><al>Noord{noot(1, kind='tabel')}</al></entry><entry>A</entry></row>"
        f"<row><entry>B{noot(2)}</entry></row></tbody></tgroup></table>"
    )
    assert text(table) == "Noord | A\nNoord | B"
    assert [(mark, before) for mark, _, before in notes(table)] == [
        ("1", "Noord"),
        ("2", "Noord | A\nNoord | B"),
    ]


@pytest.mark.parametrize(
    "span", ["morerows='x'", "morerows='-1'", "namest='c9' nameend='c1'", "morerows='99999999'"]
)
def test_v32_absurd_spans_do_no_harm(span: str) -> None:
    row = f"<row><entry {span}>A</entry><entry>B</entry></row>"
    assert text(f"<table><tgroup><colspec/><tbody>{row}</tbody></tgroup></table>") == "A | B"


@pytest.mark.parametrize(
    ("inside", "clean", "before"),
    [
        (f"<al>Kent u de brug?{noot(1)}</al>", "Kent u de brug?", "Kent u de brug?"),
        (f"<al>Kent u de brug{noot(1)}?</al>", "Kent u de brug?", "Kent u de brug"),
        (f"<al>Kent u de brug {noot(1)} goed?</al>", "Kent u de brug goed?", "Kent u de brug"),
        (f"<al>Kent u de brug {noot(1)}</al>", "Kent u de brug", "Kent u de brug"),
        (f"<al>Ja.</al><al>{noot(1)}Nee.</al>", "Ja.\nNee.", "Ja.\n"),
        (f"<al>Een <nadruk>br{noot(1)}ug</nadruk>.</al>", "Een brug.", "Een br"),
    ],
)
def test_v27_notes_leave_the_running_text(inside: str, clean: str, before: str) -> None:
    assert text(inside) == clean
    assert notes(inside) == [("1", "De Brugkrant.", before)]


def test_v27_a_stray_placeholder_in_the_source_does_not_shift_notes() -> None:
    assert notes(f"<al>A\ue000B{noot(1)}</al>\ue000<al>C</al>") == [("1", "De Brugkrant.", "AB")]


@pytest.mark.parametrize("tag", ["sectie", "nadruk", "al", "lijst><li"])
def test_deep_nesting_does_no_harm(tag: str) -> None:
    close = "></".join(reversed(tag.split("><")))
    depth = 240 // len(tag.split("><"))
    assert text(f"<{tag}>" * depth + "brug" + f"</{close}>" * depth).endswith("brug")


def test_v27_two_notes_in_a_row() -> None:
    inside = f"<al>De brug?{noot(1, 'A.')} {noot(2, 'B.')} En water?{noot(3, 'C.')}</al>"
    assert text(inside) == "De brug? En water?"
    assert [(mark, note, before) for mark, note, before in notes(inside)] == [
        ("1", "A.", "De brug?"),
        ("2", "B.", "De brug?"),
        ("3", "C.", "De brug? En water?"),
    ]


def test_v29_notes_in_any_form() -> None:
    assert notes("<al>A<noot><noot.nr>1</noot.nr><noot.al>x</noot.al><noot.al>y</noot.al></noot></al>") == [
        ("1", "x y", "A")
    ]
    assert notes("<al>A<noot>los</noot></al>") == [("1", "los", "A")]
    assert notes("<al>A<noot><noot.nr>2</noot.nr></noot></al>") == [("2", None, "A")]
    assert notes("<al>A<nootref refid='weg'/></al>") == [("1", None, "A")]
    assert notes("<al>A<nootref refid='n4'>4</nootref></al><noot id='n4'><al>d</al></noot>") == [
        ("4", "d", "A")
    ]
    listed = (
        "<noot><noot.nr>1</noot.nr><noot.lijst><noot.li>x</noot.li><noot.li>y</noot.li></noot.lijst></noot>"
    )
    assert notes(f"<al>A{listed}</al>")[0][0] == "1"


def test_v35_nbsp_is_a_plain_blank_in_headings() -> None:
    assert line_of_text(etree.fromstring("<omschr>12\u00a0mei\n 2030</omschr>")) == "12 mei 2030"


INLINE = st.sampled_from(["nadruk", "sup", "inf", "extref", "vreemd"])
LETTERS = st.text(alphabet="abc ,.«»2\u00a0\u00ad", max_size=12)


@given(st.lists(st.tuples(LETTERS, INLINE, LETTERS, st.booleans()), max_size=6))
def test_v34_markup_and_notes_never_change_the_letters(pieces: list[tuple[str, str, str, bool]]) -> None:
    plain = "".join(f"{before}{inside}" for before, _, inside, _ in pieces)
    marked = "".join(f"{before}<{tag}>{inside}</{tag}>" for before, tag, inside, _ in pieces)
    assert text(f"<al>{marked}</al>") == " ".join(part for part in plain.split(" ") if part)
    noted = "".join(f"{b}<{tag}>{i}</{tag}>{noot(9) if note else ''}" for b, tag, i, note in pieces)
    assert text(f"<al>{noted}</al>").replace(" ", "") == plain.replace(" ", "")
    assert len(notes(f"<al>{noted}</al>")) == sum(note for *_, note in pieces)
