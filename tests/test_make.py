"""The same bytes in another folder, time zone, locale and umask; make does nothing when nothing changed."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.contract import ROOT

CODE = ["Makefile", "datapackage.json", "raw", "scripts", "validation", "requirements.lock", "build/releases"]


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """The project in a folder whose path has spaces and letters beyond ASCII, with this environment."""
    folder = tmp_path / "Höflich ausgewiesen – вон"
    folder.mkdir()
    for source in (ROOT / name for name in CODE if (ROOT / name).exists()):
        name = source.relative_to(ROOT)
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, folder / name)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    return folder


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make as a person would, not as the child of the make that runs these tests."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE") and name != "MFLAGS"}
    return subprocess.run(["make", *arguments], cwd=folder, env=own | environment, capture_output=True, text=True, umask=0o077)


def sums(folder: Path) -> dict[str, str]:
    files = [p for p in (folder / "build").rglob("*") if p.suffix in (".csv", ".parquet", ".md", ".json", ".html", ".svg")]
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files if "releases" not in p.parts}


@pytest.mark.skipif(not (ROOT / ".venv").is_dir(), reason="needs the project's own environment")
def test_same_bytes_elsewhere(elsewhere: Path) -> None:
    done = make(elsewhere, "build", TZ="Pacific/Kiritimati", LC_ALL="tr_TR.UTF-8", LANG="tr_TR.UTF-8", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr + done.stdout
    here, there = sums(ROOT), sums(elsewhere)
    same = set(here) & set(there)
    assert {"build/expulsions.csv", "build/dyads.parquet", "build/codebook.md", "build/validation/results.json"} <= same
    assert {name for name in same if here[name] != there[name]} == set()

    again = make(elsewhere, "build")
    assert again.stdout.strip() in ("", "make: Nothing to be done for 'build'.")

    kept = sums(elsewhere)
    page = elsewhere / "raw" / "statements.csv"
    page.write_text(page.read_text(encoding="utf-8").replace(",expeller,", ",expelller,", 1), encoding="utf-8")
    failed = make(elsewhere, "build")
    assert failed.returncode != 0 and "raw/statements.csv:" in failed.stderr and sums(elsewhere) == kept


@pytest.mark.skipif(not (ROOT / ".venv").is_dir(), reason="needs the project's own environment")
@pytest.mark.parametrize("text", ["$(shell touch run)", "`touch run`", "'; touch run; '", '"; touch run; "', "$$(touch run)"])
def test_make_variables_are_text(elsewhere: Path, text: str) -> None:
    done = make(elsewhere, "verify-sources", f"TEXTS={text}")
    assert not (elsewhere / "run").exists()
    assert done.returncode and "Nothing was checked: there is no folder" in done.stderr


def test_help_lists_every_target() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = " ".join(line.removeprefix(".PHONY:") for line in text.splitlines() if line.startswith(".PHONY:")).split()
    shown = make(ROOT, "help").stdout
    assert {line.split()[1] for line in shown.splitlines()} == set(phony)
