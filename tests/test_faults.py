"""Old or new, whole: whatever happens around a build, no reader meets a mixture, and the next build heals it."""

import ctypes
import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import journal
from scripts.contract import ROOT
from tests import faults

PYTHON = str(ROOT / ".venv/bin/python")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A checkout of its own with a finished `make data`."""
    root = faults.checkout(tmp_path_factory.mktemp("faults"))
    faults.make(root, faults.STEPS)
    yield root


@pytest.mark.parametrize("seed", range(2))
def test_killed_at_a_random_moment(checkout: Path, seed: int) -> None:
    assert faults.survived(checkout, seed, longest=1.5) == ""


@pytest.mark.parametrize("step", range(9))
def test_killed_at_each_step_of_a_commit(tmp_path: Path, step: int) -> None:
    """The process ends at its step-th call to the disk; then either all files are old or all are new."""
    old, new = {"a.csv": b"old a", "b.csv": b"old b"}, {"a.csv": b"new a", "b.csv": b"new b"}
    with journal.Store(tmp_path).locked() as store:
        store.commit(old)
    script = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from scripts import journal\n"
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
    found = {name: (tmp_path / "build" / name).read_bytes() for name in old}
    assert found in (old, new)
    assert not (tmp_path / "build" / ".staging").exists()
    assert not (tmp_path / "build" / ".journal").exists()


def test_half_written_journal_is_discarded(tmp_path: Path) -> None:
    with journal.Store(tmp_path).locked() as store:
        store.commit({"a.csv": b"old"})
    (tmp_path / "build" / ".staging").mkdir()
    (tmp_path / "build" / ".staging" / "a.csv").write_bytes(b"new")
    (tmp_path / "build" / ".staging" / ".journal").write_bytes(b'["a.c')
    with journal.Store(tmp_path).locked():
        pass
    assert (tmp_path / "build" / "a.csv").read_bytes() == b"old"


def _limited(limit: int) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def test_full_disk_changes_nothing_and_says_so(checkout: Path) -> None:
    before = faults.tables(checkout)
    faults.edit(checkout, "On a full disk")
    made = faults.make(checkout, faults.STEPS, check=False, preexec_fn=lambda: _limited(200_000))
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


@pytest.mark.parametrize("command", ["tables", "database", "codebook"])
def test_closed_folder_says_so(checkout: Path, command: str) -> None:
    before = faults.tables(checkout)
    (checkout / "build").chmod(0o555)
    made = subprocess.run(
        [PYTHON, "-m", f"scripts.{command}"], cwd=checkout, capture_output=True, text=True, check=False, preexec_fn=_powerless
    )
    (checkout / "build").chmod(0o755)
    assert made.returncode == 1
    assert made.stderr == f"{command}: build/ could not be written (Permission denied). Nothing was changed.\n"
    assert faults.tables(checkout) == before


def test_two_builds_at_once(checkout: Path) -> None:
    faults.edit(checkout, "Two at once")
    both = [
        subprocess.Popen(["make", "-j2", faults.STEPS], cwd=checkout, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for one in both:
        _, told = one.communicate()
        assert one.returncode == 0, told
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
    path.write_bytes(whole[: int(len(whole) * keep)])
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
