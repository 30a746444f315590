"""Trains the built-in encoder: ``python -m embeddings.training --shared ../shared --output FOLDER``."""

import argparse
import logging
import sys
from pathlib import Path

from embeddings.errors import EncoderError
from embeddings.training.pipeline import train


def main() -> int:
    """Read the command line, train, write the model; 0 done, 1 failed."""
    parser = argparse.ArgumentParser(prog="python -m embeddings.training", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="map met text/ en corpus/")
    parser.add_argument("--output", type=Path, required=True, help="map waarin het model komt")
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)
    try:
        train(arguments.shared, arguments.output)
    except EncoderError as error:
        logging.getLogger(__name__).error("%s", error)  # noqa: TRY400  # the message says it all
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
