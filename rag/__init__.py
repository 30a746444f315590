"""Kamerantwoord: ministerial answers to verbatim quotes."""

from rag.answers import Answer, Coverage, Filters, Quote, Reference
from rag.conversation import Conversation
from rag.errors import KamerantwoordError
from rag.retriever import Retriever

__all__ = [
    "Answer",
    "Conversation",
    "Coverage",
    "Filters",
    "KamerantwoordError",
    "Quote",
    "Reference",
    "Retriever",
]
