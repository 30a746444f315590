"""Names of members and ministers as official papers print them.

An office keeps the words of its source and gets none of its own: "Minister Verzonnen (Bruggen)"
gives the name "Verzonnen" and the office "Minister (Bruggen)"; "Bedacht, Minister van Water" gives
"Bedacht" and "Minister van Water". "Minister (Bruggen)" is how the official papers print it, and
whether it is "van" or "voor" Bruggen they do not say there.
"""

import re
import unicodedata

from rag.documents import Asker, Minister

# "´" inside a word may be an apostrophe (l´Arbre), at its end it is the lost accent of "Bedachtić".
_SPLIT_ACCENT = re.compile(r"(?P<letter>[A-Za-z]) ?(?P<accent>[¸¨]|´(?![^\W\d_]))")
_COMBINING = {"´": "\u0301", "¸": "\u0327", "¨": "\u0308"}
_HONORIFIC = re.compile(
    r"^(?:(?:de|den|het) (?:heren|heer|leden|lid)|mevrouw|mejuffrouw|leden|lid)\s+(?=\S)", re.IGNORECASE
)
_SHARED = re.compile(r"^(?:beiden|beide|allen|alle)\s+", re.IGNORECASE)
_NAME = re.compile(r"['’]?[^\W\d_][^\d()\"«»?!:;]{0,59}")
_WITH_PARENTHESIS = re.compile(r"(?P<before>[^()]*)(?:\((?P<inside>[^()]*)\)?)?")
_OFFICE = (
    r"(?:minister-president|vice-?eerste-?minister|viceminister-president|eerste minister"
    r"|ministers?|staatssecretarissen|staatssecretaris)"
)
_GOVERNING = re.compile(
    rf"^(?:[,;.]?\s*(?:en|van|antwoord|de|door)\s+)*(?P<office>{_OFFICE})\b\"?\s*(?P<name>.*)$", re.IGNORECASE
)
_GLUED_OFFICE = re.compile(r"^(minister|staatssecretaris)(?=van [A-Z]|[A-Z])")
_OFFICE_ONLY = re.compile(rf"^(?:de )?{_OFFICE}(?:$|,| (?:van|voor|zonder|belast|en) )", re.IGNORECASE)
_OFFICE_NAME = re.compile(rf"^(?P<office>{_OFFICE}) (?P<name>[^,]+)(?P<rest>,.*)?$", re.IGNORECASE)
_FOREIGN_OFFICE = r"(?:premier ministre|vice-premier|ministre|secrétaire d'État)"
_NAME_OFFICE = re.compile(
    rf"^(?P<name>[^,.:]{{2,60}})[,.:] ?(?P<office>(?:{_OFFICE}|{_FOREIGN_OFFICE})\b.*)$", re.IGNORECASE
)
_NEXT_PERSON = re.compile(
    r"(?:, en|,| en) (?:van )?(?=(?:de heer |mevrouw |mejuffrouw )?"
    r"(?![Mm]inister|[Ss]taatssecretaris)[A-Z](?:(?! en )[^,()]){1,40}, (?:[Mm]inister|[Ss]taatssecretaris))"
)
_ON_BEHALF = re.compile(r"[,;.]?\s*(?:(?:mede|rnede) |en )?namens ", re.IGNORECASE)
_AFTERTHOUGHT = re.compile(r"\s*\(?(?:zie ook|ontvangen)\b.*$", re.IGNORECASE | re.DOTALL)
# "de Minister en de Staatssecretaris van C" share one portfolio and stay together.
_NEXT_OFFICE = re.compile(
    rf"(?<!\bminister)(?<!\bstaatssecretaris)(?:, en|,| en) (?=(?:de|het) {_OFFICE}\b)", re.IGNORECASE
)
_NEXT_PORTFOLIO = re.compile(r"(?:, en|,| en) (?=(?:van|voor) )")
_BINDING = re.compile(r"^(?:en van|en|van)\s+(?=[A-Z])")
_ARTICLE = re.compile(rf"^(?:de|het) (?={_OFFICE})", re.IGNORECASE)
_PLURALS = {"ministers": "Minister", "staatssecretarissen": "Staatssecretaris"}


def tidy(text: str) -> str:
    """Blanks collapsed and accents that scraping split off put back ("Bedachtic ´" -> "Bedachtić")."""
    return _SPLIT_ACCENT.sub(_composed, " ".join(text.split()))


def parse_askers(text: str) -> tuple[Asker, ...]:
    """Askers from "A (P), B (P) en C (P)", "A en B (beiden P)", "A, B (allen P)".

    A party that follows several names without "beiden" or "allen" belongs to the last of them;
    the others get ``None``, because the text does not say it.
    """
    askers: list[Asker] = []
    for match in _WITH_PARENTHESIS.finditer(tidy(text)):
        names = [name for name in map(_bare_name, re.split(r",|\ben\b", match["before"])) if name]
        inside = (match["inside"] or "").strip()
        party = _SHARED.sub("", inside) or None
        shared = bool(_SHARED.match(inside))
        for position, name in enumerate(names, 1):
            askers.append(Asker(name, party if shared or position == len(names) else None))
    return tuple(askers)


def parse_answerers(text: str) -> tuple[tuple[Minister, ...], tuple[str, ...]]:
    """Who answered, and on whose behalf also, from the text after "Antwoord van".

    Reads "Minister A (P), mede namens ...", "Minister A (P) en van Minister B (Q)", "de Ministers
    A (P) en B (Q)", "A, Minister van P", "Minister A", and an office without a name.
    """
    head, *others = _ON_BEHALF.split(_AFTERTHOUGHT.sub("", tidy(text)))
    head = _GLUED_OFFICE.sub(r"\1 ", head.strip(" ,;."))
    behalf = tuple(office for other in others for office in split_offices(other))
    return _ministers(head), behalf


def split_offices(text: str) -> tuple[str, ...]:
    """Offices one by one: "de Ministers van A en van B en de Staatssecretaris van C" gives three.

    "de Minister en Staatssecretaris van C" stays one, and so does a portfolio with "en" in it.
    """
    offices: list[str] = []
    for part in _NEXT_OFFICE.split(text.strip(" ,;.")):
        piece = _ARTICLE.sub("", _HONORIFIC.sub("", part.strip()))
        word, _, rest = piece.partition(" ")
        singular = _PLURALS.get(word.lower())
        if singular is None:
            offices.extend(_HONORIFIC.sub("", person) for person in _NEXT_PERSON.split(piece))
            continue
        singular = singular if word[:1].isupper() else singular.lower()
        offices.extend(f"{singular} {portfolio}" for portfolio in _NEXT_PORTFOLIO.split(rest))
    return tuple(office for office in offices if office)


def _composed(match: re.Match[str]) -> str:
    whole = unicodedata.normalize("NFC", match["letter"] + _COMBINING[match["accent"]])
    return whole if len(whole) == 1 else match[0]


def _bare_name(text: str) -> str | None:
    name = _HONORIFIC.sub("", text.strip(" ,.")).strip()
    return name if _NAME.fullmatch(name) else None


def _ministers(head: str) -> tuple[Minister, ...]:
    if not head:
        return ()
    if "(" in head and _GOVERNING.match(head):
        return _with_portfolios(head)
    people = [_named(piece.strip(" ,;.")) for piece in _NEXT_PERSON.split(head)]
    return tuple(person for person in people if person is not None)


def _with_portfolios(head: str) -> tuple[Minister, ...]:
    """Each name before a parenthesis, which may be left open: "Minister A (P) en van Minister B (Q"."""
    ministers: list[Minister] = []
    office = ""
    for match in _WITH_PARENTHESIS.finditer(head):
        before, portfolio = match["before"].strip(" ,;."), (match["inside"] or "").strip(" ,;.")
        governing = _GOVERNING.match(before)
        if governing:
            word = governing["office"]
            office = _PLURALS.get(word.lower(), word)
        name = _bare_name(governing["name"] if governing else _BINDING.sub("", before))
        if name or (portfolio and governing):
            ministers.append(Minister(name, f"{office} ({portfolio})" if portfolio else office))
    return tuple(ministers)


def _named(piece: str) -> Minister | None:
    """One person or office without parentheses."""
    piece = _HONORIFIC.sub("", piece)
    if not piece:
        return None
    if _OFFICE_ONLY.match(piece):
        return Minister(None, _ARTICLE.sub("", piece))
    match = _NAME_OFFICE.match(piece)
    if match:
        return Minister(_HONORIFIC.sub("", match["name"]).strip(), match["office"])
    match = _OFFICE_NAME.match(piece)
    if match:
        return Minister(match["name"].strip(), match["office"] + (match["rest"] or ""))
    return Minister(piece)
