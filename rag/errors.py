"""What can go wrong, each error naming the value and the remedy."""

from dataclasses import dataclass


class KamerantwoordError(Exception):
    """Root of every error this package raises on purpose."""


class SourceError(KamerantwoordError):
    """A file cannot be read as a document at all."""


class DocumentError(KamerantwoordError):
    """One document breaks a rule of the exchange format."""


class SnapshotError(KamerantwoordError):
    """An index is absent, damaged, or made by something else."""


class FilterError(KamerantwoordError):
    """A filter names a value that the index does not hold."""


class QuestionError(KamerantwoordError):
    """A question cannot be searched for: it is empty or too long."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """One piece of input that was left out: where it stands, what is wrong, what to do."""

    where: str
    what: str
    remedy: str
