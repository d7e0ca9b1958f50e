"""The wings of ``scripts/`` know each other in one direction: what a datum passes later is not asked earlier."""

import ast

import pytest

from scripts.package.contract import ROOT

# What each wing may not import.
CLOSED = {
    "package": {"compile", "query", "publish", "explore"},
    "compile": {"query", "publish", "explore"},
    "query": {"compile", "publish", "explore"},
    "publish": {"compile", "explore"},
    "explore": {"compile", "publish"},
}


def _imported(path: str) -> set[str]:
    """The wings that a module imports, wherever in it."""
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    names = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    names += [f"{node.module}.{alias.name}" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names]
    names += [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    return {name.split(".")[1] for name in names if name.startswith("scripts.")}


def test_scripts_holds_the_wings_and_no_flat_module() -> None:
    held = {path.name for path in (ROOT / "scripts").iterdir() if path.name != "__pycache__"}
    assert held == CLOSED.keys() | {"__init__.py"}


@pytest.mark.parametrize("path", sorted(str(path.relative_to(ROOT)) for path in (ROOT / "scripts").glob("*/*.py")))
def test_a_wing_imports_none_that_comes_later(path: str) -> None:
    assert not _imported(path) & CLOSED[path.split("/")[1]]


def test_tests_mirror_the_wings() -> None:
    """What measures or attacks is no test, and a test is where its module is."""
    assert {path.name for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"} == (
        CLOSED.keys() | {"validation", "measure", "world"}
    )
    assert not list((ROOT / "tests" / "measure").glob("test_*"))
