"""metadata.xml of an official publication: names and values, the names in any case, repeatable."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from lxml import etree

from rag.documents import Kind
from rag.readers.dates import find_date
from rag.readers.people import tidy

ROOTS = frozenset({"metadata_gegevens", "owms-metadata"})
_KINDS = {
    "antwoord": Kind.ANSWERED,
    "mededeling": Kind.DELAY,
    "nader antwoord": Kind.SUPPLEMENT,
    "schriftelijke vragen": Kind.UNANSWERED,
    "mondelinge vragen": Kind.UNANSWERED,
    "kamervragen zonder antwoord": Kind.UNANSWERED,
}
_INITIALS = r"(?:[A-Z][a-z]?\.\s*)+"
_INITIALS_LAST = re.compile(rf"^(?P<name>.+?)(?P<before>(?:\s+[a-z'’]+)*)\s+(?P<initials>{_INITIALS})$")
_ISO_PREFIX = re.compile(r"^\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Metadata:
    """The values by lower-case name, in order; all of them may be absent."""

    values: Mapping[str, tuple[str, ...]]

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a name."""
        return self.values.get(name.lower(), ())

    def first(self, name: str) -> str | None:
        """The first value of a name, ``None`` where it is absent."""
        return next(iter(self.all(name)), None)

    def day(self, name: str) -> date | None:
        """The first value of a name as a date."""
        return find_date((self.first(name) or "")[:10])

    @property
    def kind(self) -> Kind | None:
        """What the type says this paper is; ``None`` where it says nothing of the kind."""
        kinds = (_KINDS.get(value.lower()) for value in self.all("DC.type"))
        return next((kind for kind in kinds if kind is not None), None)

    @property
    def question_numbers(self) -> tuple[str, ...]:
        """``vraagnummer``, which may be a Z, a D or another number."""
        return self.all("OVERHEIDop.vraagnummer")

    def names(self, name: str) -> tuple[str, ...]:
        """Names of persons as initials, prefix, surname, whatever their order."""
        return tuple(dict.fromkeys(natural_name(value) for value in self.all(name)))


EMPTY = Metadata({})


def read_metadata(root: etree._Element) -> Metadata:
    """The metadata under the root of a metadata.xml; empty values are left out."""
    found: dict[str, list[str]] = {}
    for element in root.iter("metadata", "meta"):
        name, value = element.get("name", ""), tidy(element.get("content", ""))
        if name and value:
            found.setdefault(name.lower(), []).append(value)
    return Metadata({name: tuple(dict.fromkeys(values)) for name, values in found.items()})


def natural_name(text: str) -> str:
    """A name as "A.B. van Voorbeeld", also where it stands as "Voorbeeld van A.B."; a surname stays."""
    text = tidy(text).replace(",", "")
    match = _INITIALS_LAST.match(text)
    if not match:
        return text
    return " ".join(f"{match['initials'].strip()} {match['before'].strip()} {match['name']}".split())
