"""What an edit costs: `make build` with nothing to do, after one cell, after one view, and from clean, beside its imports.

Part of ``make bench``. Each case runs in a copy of the project, several times; the floor of a case is the time that its
commands take only to start Python and to import the libraries that they need.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from scripts.package.contract import ROOT

CODE = ["Makefile", "datapackage.json", "pyproject.toml", "requirements.lock", "raw", "scripts", "validation"]
RUNS = 3
# What each command of a build imports; validation alone needs Great Expectations and, for it, pandas.
IMPORTS = {
    "tables": "polars, numpy",
    "database": "duckdb",
    "codebook": "duckdb",
    "validation": "duckdb, pandas, great_expectations",
}


def copy_sources(root: Path) -> None:
    """What a build needs of the project, with the environment of this one."""
    root.mkdir(parents=True)
    for name in CODE:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, root / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, root)
    (root / ".venv").symlink_to(ROOT / ".venv")


def checkout(folder: Path) -> Path:
    """A built copy of the project."""
    root = folder / "project"
    copy_sources(root)
    (root / "build").mkdir()
    shutil.copytree(ROOT / "build" / "releases", root / "build" / "releases")
    make(root, "build")
    return root


def make(root: Path, goal: str) -> None:
    """Run make there; raises CalledProcessError if it fails."""
    subprocess.run(["make", goal], cwd=root, check=True, capture_output=True)


def edit_cell(root: Path, turn: int) -> None:
    """Another title for the first article."""
    path = root / "raw" / "articles.csv"
    header, first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    cells = first.split(",")
    path.write_text("".join([header, ",".join([*cells[:3], f"Title {turn}", *cells[4:]]), *rest]), encoding="utf-8")


def edit_view(root: Path, turn: int) -> None:
    """One more remark in a view."""
    with (root / "scripts" / "query" / "views" / "coverage.sql").open("a", encoding="utf-8") as file:
        file.write(f"-- Turn {turn}\n")


def clean(root: Path, turn: int) -> None:
    """Nothing but what is committed."""
    make(root, "clean")
    for path in (root / "build").glob("*.csv"):
        path.unlink()


CASES: dict[str, tuple[Callable[[Path, int], None], str, list[str]]] = {
    "nothing to do": (lambda root, turn: None, "build", []),
    "one cell, tables and database only": (edit_cell, "data", ["tables", "database"]),
    "one cell": (edit_cell, "build", ["tables", "database", "codebook", "validation"]),
    "one view": (edit_view, "build", ["database", "codebook", "validation"]),
    "from clean": (clean, "build", ["tables", "database", "codebook", "validation"]),
}


def imports() -> dict[str, float]:
    """Seconds that each command takes to start and to import its libraries, the median of several."""
    return {command: median(partial(start, libraries)) for command, libraries in IMPORTS.items()}


def start(libraries: str) -> float:
    """Seconds of a Python process that only imports."""
    begin = time.perf_counter()
    subprocess.run([sys.executable, "-c", f"import {libraries}"], check=True)
    return time.perf_counter() - begin


def median(measure: Callable[[], float]) -> float:
    """Median of several measurements."""
    return statistics.median(measure() for _ in range(RUNS))


def measured(root: Path, prepare: Callable[[Path, int], None], goal: str) -> float:
    """Median seconds of `make goal` after something was prepared."""
    seconds = []
    for turn in range(RUNS):
        prepare(root, turn)
        begin = time.perf_counter()
        make(root, goal)
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def main() -> None:
    """Print the table."""
    floors = imports()
    lines = ["| After an edit | Command | Seconds | Of which imports | Over the floor |", "|---|---|--:|--:|--:|"]
    with tempfile.TemporaryDirectory() as folder:
        root = checkout(Path(folder))
        for name, (prepare, goal, commands) in CASES.items():
            seconds, floor = measured(root, prepare, goal), sum(floors[command] for command in commands)
            lines.append(f"| {name} | `make {goal}` | {seconds:.2f} | {floor:.2f} | {seconds - floor:.2f} |")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
