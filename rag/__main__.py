"""``python -m rag`` is the command ``kamerantwoord``."""

from rag.cli import main

main()
