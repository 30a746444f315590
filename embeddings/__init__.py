"""Text to vectors. Knows nothing of parliament."""
