"""Dutch dates in running text: "1 oktober 2030", "27 augustus2030", "2030-10-01", "1-10-2030"."""

import re
from datetime import date

MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
_SHORT = {"mrt": 3, "sept": 9} | {name[:3]: number for number, name in enumerate(MONTHS, 1)}
_BY_NAME = _SHORT | {name: number for number, name in enumerate(MONTHS, 1)}
_NAMES = "|".join(sorted(_BY_NAME, key=len, reverse=True))
# Blanks are optional: scraped text glues "27 augustus2030", and \s also covers U+00A0.
_DATE = re.compile(
    rf"(?<!\d)(?P<d>\d{{1,2}})\s*(?P<month>{_NAMES})\.?\s*(?P<y>\d{{4}})(?!\d)"
    r"|(?<![\d-])(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})(?![\d-])"
    r"|(?<![\d-])(?P<nd>\d{1,2})-(?P<nm>\d{1,2})-(?P<ny>\d{4})(?![\d-])",
    re.IGNORECASE,
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def find_date(text: str) -> date | None:
    """The first real calendar date in the text, ``None`` where there is none.

    Months in any case, in full or abbreviated; a day that does not exist (31 februari) is
    passed over.
    """
    for match in _DATE.finditer(text):
        found = _calendar_day(match)
        if found is not None:
            return found
    return None


def parse_iso(text: str) -> date | None:
    """``YYYY-MM-DD`` and nothing else, ``None`` where the text is no such day."""
    if not _ISO.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def format_date(day: date) -> str:
    """The date as it is written in Dutch: "1 oktober 2030"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _calendar_day(match: re.Match[str]) -> date | None:
    year, month, day = _parts(match)
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _parts(match: re.Match[str]) -> tuple[int, int, int]:
    if match["month"]:
        return int(match["y"]), _BY_NAME[match["month"].lower()], int(match["d"])
    if match["iy"]:
        return int(match["iy"]), int(match["im"]), int(match["id"])
    return int(match["ny"]), int(match["nm"]), int(match["nd"])
