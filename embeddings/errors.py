"""What can go wrong with an encoder; the message names the value and the remedy."""


class EncoderError(Exception):
    """Root of every error this package raises on purpose."""
