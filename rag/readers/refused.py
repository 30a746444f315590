"""Why one piece of input was left out, as an exception that becomes a Rejection at the edge."""

from rag.errors import DocumentError, Rejection


class RefusedError(DocumentError):
    """Input that cannot become a Document: ``what`` is wrong and the ``remedy``, both in Dutch."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(f"{what}; {remedy}")
        self.what = what
        self.remedy = remedy

    def at(self, where: str) -> Rejection:
        """The same, with the place (file, line) where it happened."""
        return Rejection(where, self.what, self.remedy)


def shorten(value: object, limit: int = 80) -> str:
    """A value as it may stand in a message: its text, cut to ``limit`` characters."""
    text = repr(value) if not isinstance(value, str) else value
    return text if len(text) <= limit else text[: limit - 1] + "…"
