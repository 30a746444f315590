"""Every benchmark in one run: ``python -m benchmarks.run [--sources FILE...] [--questions FILE]``.

Without options the sample is measured. Figures are printed and kept in ``data/results/`` as JSON
named by commit; times stand beside the machine's own speed in the same run.
"""

import argparse
import json
import subprocess
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from benchmarks import asking, building, quotes, yardstick
from rag.evaluation import read_judged

RESULTS = Path("data/results")


def main() -> None:
    """Measure, print, keep."""
    options = _options()
    questions = [item.query for item in read_judged(options.questions)]
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index"
        unit = yardstick.seconds()
        figures = building.measure(options.sources, index)
        figures |= asking.measure(index, questions) | quotes.measure(index)
    result = {
        "commit": _commit(),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "yardstick_s": unit,
    }
    result |= {"sources": [source.name for source in options.sources], "figures": figures}
    result["in_yardsticks"] = {
        name: _ratio(name, value, unit) for name, value in figures.items() if _ratio(name, value, unit)
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    target = RESULTS / f"speed-{result['commit']}.json"
    target.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(result, indent=1))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, nargs="+", default=[Path("data/sample")])
    parser.add_argument("--questions", type=Path, default=Path("data/judged/sample.jsonl"))
    return parser.parse_args()


def _commit() -> str:
    found = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], check=True, capture_output=True, text=True
    )
    return found.stdout.strip()


def _ratio(name: str, value: float, unit: float) -> float | None:
    """Times as a multiple of the yardstick; what is no time has none."""
    seconds = value / 1000 if name.endswith("_ms") else value if name.endswith("_s") else None
    return None if seconds is None else round(seconds / unit, 2)


if __name__ == "__main__":
    main()
