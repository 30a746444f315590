"""How long does a build take, a second one with nothing new, and how much memory?"""

import resource
import subprocess
import sys
import time
from pathlib import Path


def measure(sources: list[Path], index: Path) -> dict[str, float]:
    """Seconds of a first and of a second build as whole processes, and the peak memory in MB."""
    command = [sys.executable, "-m", "rag", "build", *map(str, sources), "--index", str(index)]
    first, second = _run(command), _run(command)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1000
    return {"build_s": first, "build_again_s": second, "build_peak_mb": peak}


def _run(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - started
