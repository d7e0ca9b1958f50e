"""Whole files only, whatever happens and whenever."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

import pytest

from scripts import journal
from scripts.journal import Store

OLD = {"a.csv": b"old a", "sub/b.csv": b"old b"}
NEW = {"a.csv": b"new a", "sub/b.csv": b"new b"}


def _contents(build: Path) -> dict[str, bytes]:
    return {name: (build / name).read_bytes() for name in OLD}


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    with store.locked():
        store.commit(OLD)
    return store


def test_folders_are_made_as_deep_as_a_file_lies(tmp_path: Path) -> None:
    """Written from bytes or by a function; nothing but the files and the lock remains."""

    def two(file: IO[bytes]) -> None:
        file.write(b"2")

    with Store(tmp_path).locked() as store:
        store.commit({"a/b/c.csv": b"1", "d.csv": two})
    held = {str(path.relative_to(store.build)): path.read_bytes() for path in store.build.rglob("*") if path.is_file()}
    assert held == {"a/b/c.csv": b"1", "d.csv": b"2", ".lock": b""}


class Killed(BaseException):
    pass


@pytest.mark.parametrize("after", range(8))
@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_killed_at_any_call_leaves_old_or_new(store: Store, monkeypatch: pytest.MonkeyPatch, after: int, call: str) -> None:
    real, calls = getattr(os, call), iter(range(100))

    def dying(*args: object) -> object:
        if next(calls) >= after:
            raise Killed
        return real(*args)

    build = store.build
    with monkeypatch.context() as patch:
        patch.setattr(os, call, dying)
        # A kill runs no cleanup, so none is run here either.
        patch.setattr("shutil.rmtree", lambda *a, **k: None)
        try:
            with store.locked():
                store.commit(NEW)
        except Killed:
            pass
    with Store(build.parent).locked():
        assert _contents(build) in (OLD, NEW)
    assert not (build / ".journal").exists() and not (build / ".staging").exists()


def test_killed_between_moves_is_rolled_forward(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace
    with monkeypatch.context() as patch:
        moved: list[str] = []

        def dying(source: object, target: object) -> None:
            if len(moved) == 2:
                raise Killed
            moved.append(str(target))
            real(source, target)  # type: ignore[arg-type]

        patch.setattr(os, "replace", dying)
        patch.setattr("shutil.rmtree", lambda *a, **k: None)
        with pytest.raises(Killed), store.locked():
            store.commit(NEW)
    assert _contents(store.build) == {"a.csv": b"new a", "sub/b.csv": b"old b"}
    with Store(store.build.parent).locked():
        assert _contents(store.build) == NEW


def test_staged_without_journal_is_discarded(store: Store) -> None:
    store.staging.mkdir()
    (store.staging / "a.csv").write_bytes(b"half")
    with Store(store.build.parent).locked():
        assert _contents(store.build) == OLD
    assert not store.staging.exists()


def test_a_real_kill_leaves_a_whole_build(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from scripts.journal import Store\n"
        "s = Store(Path(sys.argv[1])); n = 0\n"
        "while True:\n"
        "    n += 1\n"
        "    with s.locked(): s.commit({f'{i}.csv': str(n).encode() * 9999 for i in range(20)})\n"
    )
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
        time.sleep(0.25)
        process.send_signal(signal.SIGKILL)
        process.wait()
        store = Store(tmp_path)
        with store.locked():
            files = {p.read_bytes() for p in store.build.glob("*.csv")}
            assert len(files) <= 1


def test_a_command_tells_its_name_its_seconds_and_what_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line a command, so that whoever builds sees which step takes how long."""
    monkeypatch.setattr(journal, "Store", lambda: Store(tmp_path))
    monkeypatch.setattr(journal, "STARTED", time.perf_counter() - 12.5)
    with journal.command("tables") as store:
        store.told = "3 answers"
    assert re.fullmatch(r"tables       12\.[5-9] s  3 answers\n", capsys.readouterr().out)


def test_a_folder_that_cannot_be_written_is_told_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class Full(Store):
        def commit(self, files: object) -> None:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal, "Store", lambda: Full(tmp_path))
    with pytest.raises(SystemExit), journal.command("tables") as store:
        store.commit({})
    assert capsys.readouterr().err == "tables: build/ could not be written (No space left on device). Nothing was changed.\n"
