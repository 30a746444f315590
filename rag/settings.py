"""What a user may set, read once in main() and passed on."""

from pathlib import Path

DEFAULT_INDEX = Path("data/index")
