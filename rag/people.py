"""People in words: a minister or asker as one line of text. Pure."""

from rag.documents import Asker, Minister

UNKNOWN = "onbekend"


def minister_text(minister: Minister) -> str:
    """``Name (office, party)``, without what is unknown."""
    rest = ", ".join(part for part in (minister.office if minister.name else None, minister.party) if part)
    name = minister.name or minister.office or UNKNOWN
    return f"{name} ({rest})" if rest else name


def asker_text(asker: Asker) -> str:
    """``Name (party)``, without what is unknown."""
    return f"{asker.name} ({asker.party})" if asker.party else asker.name
