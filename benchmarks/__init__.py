"""One file per question asked of the speed; results as JSON named by commit."""
