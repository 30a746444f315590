"""The list of variations tells the truth: every number is there, every named test exists."""

import re
from pathlib import Path

HERE = Path(__file__).parent
ROW = re.compile(r"^\| (\d+) \| [^|]+ \| ([^|]+) \|$", re.MULTILINE)


def test_every_variation_has_its_test_or_its_reason() -> None:
    rows = ROW.findall((HERE / "VARIATIONS.md").read_text(encoding="utf-8"))
    source = "\n".join(file.read_text(encoding="utf-8") for file in HERE.glob("test_*.py"))
    existing = re.findall(r"^def (test_\w+)", source, re.MULTILINE) + re.findall(r'id="([^"]+)"', source)
    assert [int(number) for number, _ in rows] == list(range(1, 62))
    for number, where in rows:
        named = re.findall(r"`(\w+)(\*?)`", where)
        assert named or "later: harvest" in where, number
        for name, star in named:
            found = any(test.startswith(name) if star else test == name for test in existing)
            assert found, f"{number}: {name}{star}"
            assert f"v{int(number):02}" in name, f"{number}: {name} names another variation"
