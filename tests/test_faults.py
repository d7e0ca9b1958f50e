"""Old or new, whole: whatever happens around a build, no reader meets a mixture, and the next build heals it."""

import ast
import ctypes
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.package import store as journal
from scripts.package.contract import ROOT
from tests import world
from tests.measure import faults

PYTHON = str(ROOT / ".venv/bin/python")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A checkout of the small world with a finished `make data`."""
    root = world.checkout(tmp_path_factory.mktemp("faults") / "checkout")
    faults.make(root, faults.STEPS)
    yield root


@pytest.fixture(scope="module")
def large(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout with the real tables, on which each command is still at work when it is interrupted."""
    root = faults.checkout(tmp_path_factory.mktemp("large"))
    shutil.copytree(built.parent, root / "build")
    return root


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_a_random_moment(checkout: Path, seed: int) -> None:
    assert faults.survived(checkout, seed, longest=1.5) == ""


@pytest.mark.parametrize("step", range(12))
def test_killed_at_each_step_of_a_commit(tmp_path: Path, step: int) -> None:
    """The process ends at its step-th call to the disk; then either all files are old or all are new."""
    old, new = {"build/a.csv": b"old a", "raw/b.csv": b"old b"}, {"build/a.csv": b"new a", "raw/b.csv": b"new b"}
    with journal.Store(tmp_path).locked() as store:
        store.commit(old)
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from scripts.package import store as journal\n"
        "left = [int(sys.argv[2])]\n"
        "def counted(call):\n"
        "    def run(*given, **named):\n"
        "        if left[0] == 0:\n"
        "            os._exit(9)\n"
        "        left[0] -= 1\n"
        "        return call(*given, **named)\n"
        "    return run\n"
        "os.fsync, os.replace = counted(os.fsync), counted(os.replace)\n"
        f"with journal.Store(Path(sys.argv[1])).locked() as store:\n    store.commit({new!r})\n"
    )
    subprocess.run([PYTHON, "-c", script, str(tmp_path), str(step)], cwd=ROOT, check=False)
    with journal.Store(tmp_path).locked():
        pass
    result = {name: (tmp_path / name).read_bytes() for name in old}
    assert result in (old, new)
    assert not [path for path in tmp_path.rglob("*") if path.name in (".staging", ".journal")]


def test_half_written_journal_is_discarded(tmp_path: Path) -> None:
    with journal.Store(tmp_path).locked() as store:
        store.commit({"build/a.csv": b"old"})
    (tmp_path / "build" / ".staging").mkdir()
    (tmp_path / "build" / ".staging" / "a.csv").write_bytes(b"new")
    (tmp_path / "build" / ".staging" / ".journal").write_bytes(b'["a.c')
    with journal.Store(tmp_path).locked():
        pass
    assert (tmp_path / "build" / "a.csv").read_bytes() == b"old"


def _limited(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


@pytest.mark.parametrize("limit", [1_000_000, 8_000_000])
def test_full_disk_leaves_the_database_as_it_was(checkout: Path, limit: int) -> None:
    """While the tables are loaded, or when the log is written into the file: there DuckDB said nothing, and left no table."""
    before = (checkout / "build" / "expulsions.duckdb").read_bytes()
    command = [PYTHON, "-m", "scripts.query.database"]
    run = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False, preexec_fn=lambda: _limited(limit))
    advice = "Nothing was changed. Make room there or make it writable, then run it again."
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == f"database: build/ could not be written (File too large). {advice}\n"
    assert (checkout / "build" / "expulsions.duckdb").read_bytes() == before


def test_full_disk_cuts_no_raw_file(checkout: Path) -> None:
    """All files are tidied or none: the other one would have had room."""
    command = [PYTHON, "-m", "scripts.compile.tidy"]
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    paths = [checkout / "raw" / name for name in ("answers.csv", "statements.csv")]
    kept = [path.read_bytes() for path in paths]
    for path, content in zip(paths, kept, strict=True):
        header, *rows = content.splitlines(keepends=True)
        path.write_bytes(b"".join([header, *reversed(rows)]))
    turned = [path.read_bytes() for path in paths]
    run = subprocess.run(command, cwd=checkout, capture_output=True, text=True, check=False, preexec_fn=lambda: _limited(10_000))
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith("tidy: raw/ could not be written (File too large). Nothing was changed. Make room there")
    assert [path.read_bytes() for path in paths] == turned
    subprocess.run(command, cwd=checkout, check=True, capture_output=True)
    assert [path.read_bytes() for path in paths] == kept
    assert not (checkout / "raw" / ".staging").exists()


# --- Ctrl-C --------------------------------------------------------------------------------------------------------------

INTERRUPTED = "Interrupted. Each file is whole, as it was or new: run the same again.\n"


# As `python -m` does it, and it says when Python itself has started.
STARTED = (
    "import runpy, sys; sys.argv[0] = '-m'; __import__(sys.argv[1].partition('.')[0]); print('started', flush=True)\n"
    "runpy.run_module(sys.argv[1], run_name='__main__', alter_sys=True)\n"
)


@pytest.mark.parametrize(
    ("module", "seconds"),
    [
        ("scripts.compile.tables", 0.0),
        ("scripts.compile.tables", 0.3),
        ("scripts.query.database", 0.2),
        ("scripts.query.database", 0.5),
        ("validation.run", 0.6),
    ],
)
def test_ctrl_c_ends_a_command_with_one_line(large: Path, module: str, seconds: float) -> None:
    """While it imports its libraries, while Polars computes, while DuckDB loads."""
    before = faults.tables(large)
    command = [PYTHON, "-c", STARTED, module]
    with subprocess.Popen(command, cwd=large, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None and child.stdout.readline() == "started\n"
        time.sleep(seconds)
        child.send_signal(signal.SIGINT)
        out, err = child.communicate()
    assert (out, err, child.returncode) == ("", INTERRUPTED, -signal.SIGINT)
    assert faults.recovered(large) == before


def test_a_python_that_is_too_old_gets_as_far_as_to_be_told() -> None:
    """It imports the package on its way to scripts.package.environment: no annotation there may be evaluated that it cannot, nor a hook be needed."""
    text = (ROOT / "scripts" / "__init__.py").read_text(encoding="utf-8")
    tree = ast.parse(text, feature_version=(3, 6))
    annotations = [node.annotation for node in ast.walk(tree) if isinstance(node, ast.arg) and node.annotation]
    assert annotations and all(isinstance(annotation, ast.Constant | ast.Name) for annotation in annotations)
    script = "import sys; sys.argv[0] = '-m'; del sys.unraisablehook; import scripts"
    subprocess.run([PYTHON, "-c", script], cwd=ROOT, check=True)


@pytest.mark.parametrize(
    ("goal", "module"),
    [
        ("expulsions.csv", "scripts.compile.tables"),
        ("answers.parquet", "scripts.compile.tables"),
        ("dyads.parquet", "scripts.query.database"),
        ("expulsions.duckdb", "scripts.query.database"),
        ("codebook.md", "scripts.query.codebook"),
        ("cookbook.md", "scripts.query.cookbook"),
        ("figures/claims.md", "scripts.explore.figures"),
        ("site/index.html", "scripts.explore.site"),
        ("validation/.passed", "validation.run"),
    ],
)
def test_ctrl_c_deletes_nothing_that_was_made(checkout: Path, tmp_path: Path, goal: str, module: str) -> None:
    """Make deletes what an interrupted command has just written, unless it is told that it is precious."""
    for folder in ("figures", "site", "validation"):
        (checkout / "build" / folder).mkdir(exist_ok=True)
    faults.make(checkout, "--touch", "build", "figures", "site")
    os.utime(checkout / "build" / goal, (10**9, 10**9))
    stub = tmp_path / "stub"
    stub.write_text(f'#!/bin/sh\n[ "$2" != {module} ] || {{ touch build/{goal} && echo written && exec sleep 9; }}\n')
    stub.chmod(0o755)
    graph = (checkout / "Makefile").read_text(encoding="utf-8").replace("PY := .venv/bin/python", f"PY := {stub}")
    (tmp_path / "Makefile").write_text(graph, encoding="utf-8")
    command = ["make", "-f", str(tmp_path / "Makefile"), f"build/{goal}"]
    with subprocess.Popen(
        command, cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as child:
        assert child.stdout is not None and child.stdout.readline() == "written\n"
        os.killpg(child.pid, signal.SIGINT)
        assert "Deleting" not in child.communicate()[1]
    assert (checkout / "build" / goal).exists()


def test_full_disk_changes_nothing_and_says_so(checkout: Path) -> None:
    before = faults.tables(checkout)
    faults.edit(checkout, "On a full disk")
    made = faults.make(checkout, faults.STEPS, check=False, preexec_fn=lambda: _limited(10_000))
    assert made.returncode != 0
    assert "tables: build/ could not be written (File too large" in made.stderr
    assert "Nothing was changed." in made.stderr
    assert "Traceback" not in made.stderr
    assert faults.tables(checkout) == before
    faults.make(checkout, faults.STEPS)
    assert faults.tables(checkout) != before


def _powerless() -> None:
    """Give up what lets root write where nobody may (PR_CAPBSET_DROP of CAP_DAC_OVERRIDE); nothing for any other user."""
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


@pytest.mark.parametrize("module", ["compile.tables", "query.database", "query.codebook"])
def test_closed_folder_says_so(checkout: Path, module: str) -> None:
    before = faults.tables(checkout)
    (checkout / "build").chmod(0o555)
    made = subprocess.run(
        [PYTHON, "-m", f"scripts.{module}"], cwd=checkout, capture_output=True, text=True, check=False, preexec_fn=_powerless
    )
    (checkout / "build").chmod(0o755)
    assert made.returncode == 1
    advice = "Nothing was changed. Make room there or make it writable, then run it again."
    assert made.stderr == f"{module.split('.')[1]}: build/ could not be written (Permission denied). {advice}\n"
    assert faults.tables(checkout) == before


def test_two_builds_at_once(checkout: Path) -> None:
    faults.edit(checkout, "Two at once")
    both = [
        subprocess.Popen(["make", "-j2", faults.STEPS], cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for one in both:
        _, output = one.communicate()
        assert one.returncode == 0, output
    assert faults.make(checkout, "--question", faults.STEPS, check=False).returncode == 0
    assert "Two at once" in (checkout / "build" / "articles.csv").read_text(encoding="utf-8")


def test_clock_set_back(checkout: Path) -> None:
    """An edit that seems older than what was built from the file before is seen by make -B."""
    before = faults.tables(checkout)
    path = checkout / "raw" / "articles.csv"
    faults.edit(checkout, "With the clock set back")
    os.utime(path, (10**9, 10**9))
    faults.make(checkout, faults.STEPS)
    assert faults.tables(checkout) == before
    faults.make(checkout, "-B", faults.STEPS)
    assert faults.tables(checkout) != before


@pytest.mark.parametrize("keep", [0.5, 0.99])
def test_half_written_input_is_refused(checkout: Path, keep: float) -> None:
    before = faults.tables(checkout)
    path = checkout / "raw" / "statements.csv"
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * keep)].rstrip(b"\n")[:-1])
    made = faults.make(checkout, faults.STEPS, check=False)
    path.write_bytes(whole)
    assert made.returncode != 0
    assert "raw/statements.csv:" in made.stderr
    assert faults.tables(checkout) == before


def test_no_network_is_needed(checkout: Path) -> None:
    """The build runs in a network namespace without any interface."""
    alone = ["unshare", "--map-root-user", "--net"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("This machine gives no network namespaces.")
    faults.edit(checkout, "Without a network")
    made = subprocess.run([*alone, "make", "-j2", faults.STEPS], cwd=checkout, capture_output=True, text=True, check=False)
    assert made.returncode == 0, made.stderr
    assert "Without a network" in (checkout / "build" / "articles.csv").read_text(encoding="utf-8")


def test_a_journal_that_no_command_wrote_is_told_and_cleaned_away(checkout: Path) -> None:
    """The advice that is given helps."""
    before = faults.tables(checkout)
    (checkout / "build" / ".journal").write_bytes(b"")
    faults.edit(checkout, "Beside a bad journal")
    made = faults.make(checkout, faults.STEPS, check=False)
    assert made.returncode != 0 and "Traceback" not in made.stderr
    output = [line for line in made.stderr.splitlines() if not line.startswith("make: ")]
    assert {line.split(": ", 1)[1] for line in output} == {
        "build/.journal is not what an interrupted command leaves: it holds no list of files. Nothing was changed. "
        "Run `make clean`, which removes it, then `make build`."
    }
    assert faults.tables(checkout) == before
    faults.make(checkout, "clean")
    assert subprocess.run([PYTHON, "-m", "scripts.package.store"], cwd=checkout, capture_output=True, check=True).stderr == b""
