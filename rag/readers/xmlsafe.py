"""XML of unknown origin parsed without entities, network, DTD or unbounded memory."""

import re
from typing import Any

from lxml import etree

from rag.readers.refused import RefusedError, shorten

_DECLARATION = re.compile(rb"^<\?xml[^>]*\?>")
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_BOM = b"\xef\xbb\xbf"


def parse_xml(content: bytes) -> etree._Element:
    """The root element; element names without namespace, comments and instructions left out.

    A byte order mark or blanks before the declaration are skipped, and content that its
    declaration describes wrongly (US-ASCII for UTF-8) is read as UTF-8. Raises DocumentError
    where the text is no XML, or declares entities: those can read files or fill the memory.
    """
    content = content.removeprefix(_BOM).lstrip()
    _refuse_entities(bool(_ENTITY.search(content)))
    try:
        root = _parse(content)
    except etree.XMLSyntaxError as error:
        root = _parse_as_utf8(content, error)
    internal: Any = root.getroottree().docinfo.internalDTD
    _refuse_entities(internal is not None and any(True for _ in internal.iterentities()))
    for element in root.iter(etree.Element):
        element.tag = etree.QName(element).localname
    return root


def _parse(content: bytes) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    return etree.fromstring(content, parser)


def _parse_as_utf8(content: bytes, error: etree.XMLSyntaxError) -> etree._Element:
    """A second try without the declaration, which makes UTF-8 the encoding."""
    if _DECLARATION.match(content):
        try:
            return _parse(_DECLARATION.sub(b"", content, count=1))
        except etree.XMLSyntaxError:
            pass
    line = error.position[0] if error.position else 0
    what = f"geen geldige XML (regel {line}: {shorten(error.msg or '')})"
    raise RefusedError(what, "haal het bestand opnieuw op") from error


def _refuse_entities(found: bool) -> None:
    if found:
        what = "de XML declareert entiteiten (<!ENTITY ...>); die worden niet gelezen"
        raise RefusedError(what, "verwijder de DOCTYPE met entiteiten uit het bestand")
