"""What a browser would make of HTML: elements and text, through the standard library's parser."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"input", "br", "meta", "link", "img"})


@dataclass
class Element:
    """One element with its attributes and all text within it."""

    tag: str
    attributes: dict[str, str | None]
    inside: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    def all(self, tag: str | None = None, **attributes: str) -> list["Element"]:
        """Every element below this one with that tag and those attributes (``class_`` holds a word)."""
        children = [part for part in self.inside if isinstance(part, Element)]
        below = [hit for child in children for hit in child.all(tag, **attributes)]
        own = [child for child in children if child._is(tag, attributes)]
        return own + below

    def one(self, tag: str | None = None, **attributes: str) -> "Element":
        (hit,) = self.all(tag, **attributes)
        return hit

    def _is(self, tag: str | None, attributes: dict[str, str]) -> bool:
        if tag is not None and self.tag != tag:
            return False
        for name, value in attributes.items():
            held = self.attributes.get(name.rstrip("_")) or ""
            if value not in (held.split() if name == "class_" else [held]):
                return False
        return True


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Element("root", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, dict(attrs))
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        closed = self.open.pop()
        assert closed.tag == tag, f"</{tag}> closes <{closed.tag}>"

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def done(self) -> Element:
        self.close()
        (root,) = self.open
        return root


def parsed(html: str) -> Element:
    """The root above the elements of ``html``; elements must be closed in order."""
    parser = _Parser()
    parser.feed(html)
    return parser.done()
