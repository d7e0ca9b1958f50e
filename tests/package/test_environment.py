"""The environments: refused, set up anew or left alone; nothing is installed here, what would be run is noted."""

import ast
import os
import subprocess
import sys
import tomllib
from importlib import metadata
from pathlib import Path

import pytest

from scripts.package import environment
from scripts.package.contract import ROOT

LOCK = "requirements.lock"
SUPPORTED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["requires-python"]


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in (*environment.GROUPS, "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    monkeypatch.chdir(tmp_path)
    return tmp_path


class Calls:
    """What is run, and whether the stamp was there meanwhile; the command whose name is ``failing`` fails."""

    def __init__(self, stamp: Path) -> None:
        self.stamp = stamp
        self.seen: list[list[str]] = []
        self.failing = ""

    def __call__(self, command: tuple[str, ...], env: dict[str, str], check: bool) -> subprocess.CompletedProcess[str]:
        assert not self.stamp.exists()
        assert env.items() >= {"PIP_USER": "false", "PIP_DRY_RUN": "false", "PIP_NO_DEPS": "false"}.items()
        self.seen.append(list(command))
        if command[1:3] == ("-m", "venv"):
            _fill(Path(command[-1]), Path(sys.executable))
        return subprocess.CompletedProcess(command, int(self.failing in command if self.failing else False))

    def names(self) -> list[str]:
        """The modules that were run since this was asked last."""
        names = [command[2] for command in self.seen]
        self.seen.clear()
        return names


def _fill(folder: Path, python: Path) -> None:
    """What venv leaves: a link to the interpreter and the place of it."""
    (folder / "bin").mkdir(parents=True, exist_ok=True)
    (folder / "bin" / "python").unlink(missing_ok=True)
    (folder / "bin" / "python").symlink_to(python)
    (folder / "pyvenv.cfg").write_text(f"home = /usr/bin\nexecutable = {python.resolve()}\n")


@pytest.fixture
def calls(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    calls = Calls(Path(".venv/.ready"))
    monkeypatch.setattr(environment.subprocess, "run", calls)
    return calls


def _main(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["environment", *arguments])
    environment.main()


# --- which Python --------------------------------------------------------------------------------------------------------


def test_older_pythons_can_read_what_refuses_them() -> None:
    ast.parse((ROOT / "scripts" / "package" / "environment.py").read_text(encoding="utf-8"), feature_version=(3, 6))


@pytest.mark.parametrize(
    ("version", "implementation", "what"),
    [
        ("3.9.18", "CPython", "too old"), ("3.10.13", "CPython", "too old"), ("3.11.0", "CPython", ""), ("3.11.7", "CPython", ""),
        ("3.14.2", "CPython", ""), ("3.15.0a1", "CPython", "too new"), ("4.0.0", "CPython", "too new"), ("3.11.13", "PyPy", "no CPython"),
    ],
)  # fmt: skip
def test_a_python_that_cannot_serve_is_named(version: str, implementation: str, what: str) -> None:
    message = environment.unfit(version, implementation, ">=3.11,<3.15")
    assert message == (
        f"{implementation} {version} is {what}: pyproject.toml asks for CPython >=3.11,<3.15. "
        "Name another one, as in make build PYTHON=python3.11. Nothing was installed."
        if what
        else ""
    )


def test_make_refuses_a_python_before_anything_is_installed(tmp_path: Path) -> None:
    """Of a first build and, as by an older version of this, of an environment that stayed half made."""
    for name in ("Makefile", "datapackage.json", "pyproject.toml", LOCK):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw" / "datapackage.json").write_bytes((ROOT / "raw" / "datapackage.json").read_bytes())
    (tmp_path / "scripts" / "package").mkdir(parents=True)
    (tmp_path / "scripts" / "package" / "environment.py").write_bytes((ROOT / "scripts" / "package" / "environment.py").read_bytes())
    old = tmp_path / "python3.10"
    code = "import platform, runpy, sys; platform.python_version = lambda: '3.10.13'; del sys.argv[:2]; runpy.run_module('scripts.package.environment', run_name='__main__')"
    old.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{code}" "$@"\n')
    old.chmod(0o755)
    for half_made in (False, True):
        if half_made:
            _fill(tmp_path / ".venv", old)
        done = subprocess.run(["make", "data", "PYTHON=./python3.10"], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode
        assert done.stderr.splitlines()[0] == f"environment: {environment.unfit('3.10.13', 'CPython', SUPPORTED)}"
        assert (tmp_path / ".venv").exists() == half_made and "Traceback" not in done.stderr


# --- setting up ----------------------------------------------------------------------------------------------------------


def test_an_environment_is_ready_once_its_packages_can_be_imported(
    checkout: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whichever step fails, there is no stamp, and the next run begins with an empty environment."""
    for failing in ("venv", "pip", "load"):
        calls.failing = failing
        with pytest.raises(SystemExit, match=r"^environment: .*\.venv .*\(see above\)\. Mend it and run make again\.$"):
            _main(monkeypatch, ".venv/.ready", LOCK)
        assert not calls.stamp.exists()
    assert calls.names() == ["venv", "venv", "pip", "venv", "pip", "scripts.package.environment"]
    calls.failing = ""
    _main(monkeypatch, ".venv/.ready", LOCK)
    assert calls.stamp.exists()
    assert calls.seen[0] == [sys.executable, "-m", "venv", "--clear", ".venv"]
    python = [".venv/bin/python", "-m"]
    assert calls.seen[1] == [*python, "pip", "install", "--quiet", "--disable-pip-version-check", "--require-hashes", "--requirement", LOCK]
    assert calls.seen[2][:4] == [*python, "scripts.package.environment", "load"] and {"polars", "duckdb", "great-expectations"} <= set(
        calls.seen[2]
    )
    assert capsys.readouterr().out.splitlines()[-1] == f"environment  setting up .venv from {LOCK}"


def test_what_is_ready_is_left_alone_and_filled_up_when_its_lock_changes(
    checkout: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Fresh is fresh under any Python: make -B asks, whatever is called python3 by then."""
    _main(monkeypatch, ".venv/.ready", LOCK)
    calls.seen.clear()
    with monkeypatch.context() as patch:
        patch.setattr(environment.platform, "python_version", lambda: "3.10.13")
        _main(monkeypatch, ".venv/.ready", LOCK)
    assert calls.names() == []
    os.utime(checkout / LOCK, (2**32, 2**32))
    _main(monkeypatch, ".venv/.ready", LOCK)
    assert calls.names() == ["pip", "scripts.package.environment"]


@pytest.mark.parametrize("gone", [True, False])
def test_an_environment_that_lost_its_python_is_made_anew_with_a_word(
    checkout: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], gone: bool
) -> None:
    _main(monkeypatch, ".venv/.ready", LOCK)
    calls.seen.clear()
    if gone:
        (checkout / ".venv" / "bin" / "python").unlink()
        (checkout / ".venv" / "bin" / "python").symlink_to("/nowhere/python3.11")
    else:
        (checkout / ".venv" / "pyvenv.cfg").write_text("executable = /usr/bin/python3.12\n")
    (checkout / ".venv" / ".ready").rename(checkout / "kept")
    (checkout / "kept").rename(checkout / ".venv" / ".ready")
    monkeypatch.setattr(calls, "stamp", Path("nothing"))
    _main(monkeypatch, ".venv/.ready", LOCK)
    assert calls.names() == ["venv", "pip", "scripts.package.environment"]
    assert capsys.readouterr().out.splitlines()[-1] == (
        f"environment  the Python of .venv is gone or another one; setting up .venv from {LOCK}"
    )


def test_an_environment_that_is_lent_is_never_touched(checkout: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link to another checkout's environment is replaced by one of its own."""
    lender = checkout / "lender"
    _fill(lender, Path(sys.executable))
    (lender / ".ready").touch()
    (checkout / ".venv").symlink_to(lender)
    _main(monkeypatch, ".venv/.ready", LOCK)
    assert calls.names() == []
    os.utime(checkout / LOCK, (2**32, 2**32))
    _main(monkeypatch, ".venv/.ready", LOCK)
    assert calls.names() == ["venv", "pip", "scripts.package.environment"]
    assert not (checkout / ".venv").is_symlink() and (lender / ".ready").exists()


@pytest.mark.parametrize(
    ("stamp", "arguments", "wanted", "loaded"),
    [
        (".venv/.browser", ["browser.lock"], ["--require-hashes", "--requirement", "browser.lock"], "playwright"),
        (".venv/.mutation", ["mutation.lock"], ["--require-hashes", "--requirement", "mutation.lock"], "cosmic-ray"),
        (
            ".validators/.ready",
            ["requirements-release.lock"],
            ["--require-hashes", "--requirement", "requirements-release.lock"],
            "mlcroissant",
        ),
        (".fuzz/.ready", [LOCK, "atheris", "polars"], ["atheris", f"polars=={metadata.version('polars')}"], "polars"),
    ],
)
def test_other_environments(
    checkout: Path, calls: Calls, monkeypatch: pytest.MonkeyPatch, stamp: str, arguments: list[str], wanted: list[str], loaded: str
) -> None:
    """What the browser's tests and the mutants need goes into .venv, which is not made anew for it."""
    if not stamp.endswith(".ready"):
        _fill(checkout / ".venv", Path(sys.executable))
    _main(monkeypatch, stamp, *arguments)
    *_, pip, load = calls.seen
    assert pip[6:] == wanted and loaded in load
    assert calls.names()[:-2] == (["venv"] if stamp.endswith(".ready") else [])
    assert (checkout / stamp).exists()


# --- importing -----------------------------------------------------------------------------------------------------------


def test_distributions_are_imported_by_the_modules_they_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the module is called; one that is not there, or breaks, ends the run with one line."""
    names = environment._wanted(ROOT / LOCK)
    assert {"markdown-it-py", "great-expectations", "polars"} <= set(names)
    environment.load(["markdown-it-py", "XlsxWriter"])
    with pytest.raises(SystemExit, match=r"^ImportError: no-such-thing is not there; .*pip config list"):
        _main(monkeypatch, "load", "markdown-it-py", "no-such-thing")


def test_readme_names_the_pythons_of_pyproject() -> None:
    first, end = (text.split(".") for text in SUPPORTED.removeprefix(">=").split(",<"))
    assert f"CPython 3.{first[1]} to 3.{int(end[1]) - 1}" in (ROOT / "README.md").read_text(encoding="utf-8")
