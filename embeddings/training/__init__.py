"""Trains the built-in static encoder; ``python -m embeddings.training --help``."""
