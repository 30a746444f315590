"""Kamerantwoord: ministerial answers to verbatim quotes."""

from rag.answers import Answer, Coverage, Filters, Quote, Reference
from rag.errors import KamerantwoordError
from rag.retriever import Retriever

__all__ = ["Answer", "Coverage", "Filters", "KamerantwoordError", "Quote", "Reference", "Retriever"]
