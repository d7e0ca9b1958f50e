"""``make mutants SHARE=10``: faults planted in the code itself, one at a time; for each some test has to fail.

Python is mutated by cosmic-ray's operators, SQL (views and rules) by the small set below. A share of all mutants is drawn
by a hash, so that every run with the same share tests the same ones. Verdicts are kept in ``build/validation/mutants.jsonl`` under a
hash of the mutated text: a run that was stopped goes on where it stopped, and an edited file is tested anew.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import Queue
from typing import NamedTuple

from scripts.package.contract import ROOT

VERDICTS = ROOT / "build" / "validation" / "mutants.jsonl"
WORKERS = 2
TIMEOUT = 240
# They take minutes: whole trial releases, a browser.
SLOW = {"test_release.py", "test_site.py", "test_world_page.py"}
# The first does nothing; the second fails on a tuple of exceptions.
UNFIT = {"core/NoOp", "core/ExceptionReplacer"}
# What runs only as a command, or only under a type checker.
GUARDS = ("if __name__", "if TYPE_CHECKING")
SQL = {
    r" <= ": " < ", r" < ": " <= ", r" >= ": " > ", r" > ": " >= ", r" <> ": " = ", r" = ": " <> ", r"\bAND\b": "OR", r"\bOR\b": "AND",
    r"\bmin\(": "max(", r"\bmax\(": "min(", r"\bsum\(": "count(", r"\bLEFT JOIN\b": "JOIN", r"\bNOT EXISTS\b": "EXISTS",
    r"\bIS NOT NULL\b": "IS NULL", r"\bIS NULL\b": "IS NOT NULL", r"\bDISTINCT ": "", r" \+ ": " - ", r" - ": " + ", r"\b1\b": "2",
    r"\bgreatest\(": "least(", r"\bbool_or\(": "bool_and(", r"\bUNION ALL\b": "UNION",
}  # fmt: skip


class Mutant(NamedTuple):
    """One fault: the file, its mutated text and the line that differs."""

    file: str
    text: str
    was: str
    now: str

    @property
    def key(self) -> str:
        return hashlib.sha256(f"{self.file}\n{self.text}".encode()).hexdigest()[:16]


def mutants() -> Iterator[Mutant]:
    """All mutants of ``scripts/`` and ``validation/``, in the order of files and places."""
    for folder in ("scripts", "validation"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield from _told(path, _python(path.read_text(encoding="utf-8")))
        for path in sorted((ROOT / folder).rglob("*.sql")):
            yield from _told(path, _sql(path.read_text(encoding="utf-8")))


def _python(source: str) -> Iterator[str]:
    from cosmic_ray import plugins
    from cosmic_ray.mutating import mutate_code

    for name in plugins.operator_names():
        operator = plugins.get_operator(name)
        if operator.arguments() or name in UNFIT:
            continue
        occurrence = 0
        while (text := mutate_code(source, operator(), occurrence)) is not None:
            yield text
            occurrence += 1


def _sql(source: str) -> Iterator[str]:
    """Each operator at each place outside comments and quoted words."""
    quiet = re.sub(r"--.*|'[^']*'", lambda result: "~" * len(result.group()), source)
    for pattern, replacement in SQL.items():
        for result in re.finditer(pattern, quiet):
            yield source[: result.start()] + replacement + source[result.end() :]


def _told(path: Path, texts: Iterator[str]) -> Iterator[Mutant]:
    source = path.read_text(encoding="utf-8").splitlines()
    for text in texts:
        changed = [(a, b) for a, b in zip(source, text.splitlines(), strict=False) if a != b] or [("", "")]
        if not changed[0][0].startswith(GUARDS):
            yield Mutant(str(path.relative_to(ROOT)), text, changed[0][0].strip(), changed[0][1].strip())


def tests_of(file: str) -> list[str]:
    """The test files that reach a module or an SQL file: those of its wing, the one of its name first, then the small world."""
    first, wing, *_ = Path(file).parts
    folder = ROOT / "tests" / (wing if first == "scripts" else first)
    own = sorted((p for p in folder.glob("test_*.py") if p.name not in SLOW), key=lambda p: (p.stem != f"test_{Path(file).stem}", p))
    return [str(path.relative_to(ROOT)) for path in [*own, ROOT / "tests" / "test_world.py"]]


def survives(mutant: Mutant, tree: Path) -> bool:
    """True if every test passes with the mutant in the tree; a test that does not end has failed."""
    path = tree / mutant.file
    before = path.read_bytes()
    path.write_text(mutant.text, encoding="utf-8")
    command = [sys.executable, "-B", "-m", "pytest", "-x", "-n0", "--dist=no", "-q", *tests_of(mutant.file)]
    environment = os.environ | {"POLARS_MAX_THREADS": "1"}
    try:
        done = subprocess.run(command, cwd=tree, env=environment, capture_output=True, timeout=TIMEOUT, check=False)
        return done.returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        path.write_bytes(before)


def verdicts() -> dict[str, dict[str, str | bool]]:
    """What is known already, by key of the mutant."""
    lines = VERDICTS.read_text(encoding="utf-8").splitlines() if VERDICTS.exists() else []
    return {result["key"]: result for result in map(json.loads, lines)}


def main() -> None:
    """Test a share of the mutants and print how many of each file were killed, and which survived."""
    given = os.environ.get("MUTANTS_SHARE") or "10"
    if not given.isdecimal() or int(given) < 1:
        raise SystemExit(f'mutants: "{given}" is no share. Write digits, as in make mutants SHARE=20 for every twentieth.')
    drawn = [mutant for mutant in mutants() if int(mutant.key, 16) % int(given) == 0]
    if not drawn:
        raise SystemExit(f"mutants: one in {given} is none of them. Write a smaller SHARE.")
    known = verdicts()
    todo = [mutant for mutant in drawn if mutant.key not in known]
    print(f"{len(drawn)} mutants drawn, {len(todo)} to test", flush=True)
    VERDICTS.parent.mkdir(parents=True, exist_ok=True)
    trees: Queue[Path] = Queue()
    with tempfile.TemporaryDirectory() as folder, VERDICTS.open("a", encoding="utf-8") as file:
        for number in range(WORKERS):
            tree = Path(folder) / str(number)
            shutil.copytree(ROOT, tree, ignore=shutil.ignore_patterns(".git", ".venv", ".fuzz", ".validators", "dist"), symlinks=True)
            trees.put(tree)

        def verdict(mutant: Mutant) -> None:
            tree = trees.get()
            try:
                result = {"key": mutant.key, "file": mutant.file, "was": mutant.was, "now": mutant.now, "survives": survives(mutant, tree)}
            finally:
                trees.put(tree)
            file.write(json.dumps(result) + "\n")
            file.flush()

        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(verdict, todo))
    report([result for mutant in drawn if (result := verdicts().get(mutant.key))])


def report(result: list[dict[str, str | bool]]) -> None:
    """Killed and drawn by file, then the survivors."""
    drawn, alive = Counter(str(v["file"]) for v in result), Counter(str(v["file"]) for v in result if v["survives"])
    for file, number in sorted(drawn.items()):
        print(f"{file:45} {number - alive[file]:4} of {number:4}")
    for v in result:
        if v["survives"]:
            print(f"survives  {v['file']}\n    - {v['was']}\n    + {v['now']}")
    print(f"{sum(drawn.values()) - sum(alive.values())} of {sum(drawn.values())} killed")


if __name__ == "__main__":
    main()
