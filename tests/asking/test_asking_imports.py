"""The lines of the architecture: who imports whom, and what a search never loads."""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.asking.stock import BRUG, ROOT

HEAVY = ("torch", "transformers", "sentence_transformers", "gradio", "playwright", "gensim")
# What a module may not import is on a line above its own; the longest name that fits decides.
LINES = (
    ("embeddings",),
    ("rag.documents", "rag.errors", "rag.settings", "rag.progress"),
    (
        "rag.function_words",
        "rag.paragraphs",
        "rag.people",
        "rag.citation",
        "rag.answers",
        "rag.conversation",
        "rag.readers",
    ),
    ("rag.ranking", "rag.quoting", "rag.marking", "rag.expansion", "rag.corpus", "rag.index"),
    ("rag.retriever",),
    ("rag.batch", "rag.evaluation", "rag.passages", "rag.terminal", "rag.report", "rag.dutch"),
    ("rag", "rag.cli", "rag.__main__", "rag.page"),
    ("app",),
)


def source_files() -> list[Path]:
    folders = (ROOT / "rag", ROOT / "embeddings")
    return [ROOT / "app.py", *(path for folder in folders for path in sorted(folder.rglob("*.py")))]


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path: Path) -> Iterator[str]:
    """Every module that a file imports, at its top or anywhere else."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are written in full"
            name = node.module or ""
            nested = [f"{name}.{alias.name}" for alias in node.names]
            yield from (each if is_module(each) else name for each in nested)


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def height(module: str) -> int:
    names = [(len(name), n, name) for n, line in enumerate(LINES) for name in line]
    # "rag" names the package's own file alone: a new module has to be given its place.
    fitting = [
        item for item in names if module == item[2] or (module.startswith(f"{item[2]}.") and item[2] != "rag")
    ]
    assert fitting, f"{module}: give this module a place in LINES"
    return max(fitting)[1]


def ours(name: str) -> bool:
    return name.split(".", maxsplit=1)[0] in ("app", "rag", "embeddings")


@pytest.mark.parametrize("path", source_files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_run_one_way(path: Path) -> None:
    module = module_of(path)
    above = [name for name in imports(path) if ours(name) and height(name) > height(module)]
    assert not above, f"{module} imports {above}"


def test_no_module_imports_itself_by_a_detour() -> None:
    graph = {module_of(path): {name for name in imports(path) if ours(name)} for path in source_files()}
    assert len(list(TopologicalSorter(graph).static_order())) >= len(graph)


def test_embeddings_knows_nothing_of_parliament() -> None:
    for path in (ROOT / "embeddings").rglob("*.py"):
        assert not [name for name in imports(path) if name.split(".")[0] in ("rag", "app")], path


def test_gradio_is_imported_by_the_page_alone() -> None:
    importers = {
        module_of(path) for path in source_files() if any(n.split(".")[0] == "gradio" for n in imports(path))
    }
    assert importers
    assert all(name == "app" or name.startswith("rag.page.") for name in importers)


def test_torch_is_imported_by_the_encoder_that_needs_it_alone() -> None:
    heavy = {"torch", "sentence_transformers", "transformers"}
    importers = {
        module_of(path) for path in source_files() if heavy & {n.split(".")[0] for n in imports(path)}
    }
    assert all(name.startswith("embeddings.") for name in importers)


def loaded(code: str) -> list[str]:
    """Which heavy modules a fresh interpreter has loaded after running ``code``."""
    ending = f"; import sys, json; sys.stderr.write(json.dumps([n for n in {HEAVY} if n in sys.modules]))"
    done = subprocess.run(
        [sys.executable, "-c", code + ending],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    names: list[str] = json.loads(done.stderr.splitlines()[-1])
    return names


def test_the_check_itself_sees_what_is_loaded() -> None:
    assert loaded("import sys; sys.modules['gradio'] = sys") == ["gradio"]


def test_importing_the_library_loads_nothing_heavy() -> None:
    assert loaded("import rag") == []


def test_a_search_on_the_command_line_loads_nothing_heavy(stock_index: Path) -> None:
    arguments = ["ask", BRUG, "--json", "--index", str(stock_index)]
    assert loaded(f"import rag.cli; assert not rag.cli.app({arguments!r}, standalone_mode=False)") == []
