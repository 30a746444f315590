"""Readers: files of any known format to documents, rejected input reported, never lost."""

from rag.readers.records import from_record, to_record
from rag.readers.registry import read_sources

__all__ = ["from_record", "read_sources", "to_record"]
