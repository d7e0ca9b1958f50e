"""Whole files only, whatever happens and whenever."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.package import store as journal
from scripts.package.store import RefusedError, Store

# One of each place that commands write, two of build/.
NAMES = ["build/a.csv", "build/sub/b.csv", "raw/c.csv", "dist/d.zip", ".zenodo.json"]
OLD = {name: f"old {name}".encode() for name in NAMES}
NEW = {name: f"new {name}".encode() for name in NAMES}


def _contents(root: Path) -> dict[str, bytes]:
    return {name: (root / name).read_bytes() for name in NAMES}


def _left(root: Path) -> list[str]:
    return [str(path.relative_to(root)) for path in root.rglob("*") if path.name in (".staging", ".journal")]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    with store.locked():
        store.commit(OLD)
    return store


def test_folders_are_made_as_deep_as_a_file_lies(tmp_path: Path) -> None:
    """Written, copied or taken from where it was staged; nothing but the files and the lock remains."""
    (tmp_path / "source").write_bytes(b"3")
    with Store(tmp_path).locked("trial") as store:
        at_hand = store.staged("build/at/hand")
        at_hand.parent.mkdir(parents=True)
        at_hand.write_bytes(b"4")
        store.commit({"build/a/b/c.csv": b"1", ".zenodo.json": b"2", "dist/copy": tmp_path / "source", "build/at/hand": at_hand})
    held = {str(path.relative_to(tmp_path)): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    lock = held.pop("build/.lock")
    assert held == {"build/a/b/c.csv": b"1", ".zenodo.json": b"2", "dist/copy": b"3", "build/at/hand": b"4", "source": b"3"}
    assert lock == f"trial (process {os.getpid()})".encode()


def test_who_may_read_a_file_does_not_change_with_its_bytes(store: Store) -> None:
    (store.root / ".zenodo.json").chmod(0o640)
    with store.locked():
        store.commit(NEW)
    assert (store.root / ".zenodo.json").stat().st_mode & 0o777 == 0o640


class Killed(BaseException):
    pass


@pytest.mark.parametrize("after", range(16))
@pytest.mark.parametrize("call", ["replace", "fsync"])
@pytest.mark.parametrize("cleanup", [False, True], ids=["killed", "interrupted"])
def test_ended_at_any_call_leaves_old_or_new(store: Store, monkeypatch: pytest.MonkeyPatch, after: int, call: str, cleanup: bool) -> None:
    """A kill runs no cleanup, Ctrl-C does."""
    real, calls = getattr(os, call), iter(range(100))

    def dying(*args: object) -> object:
        if next(calls) >= after:
            raise Killed
        return real(*args)

    with monkeypatch.context() as patch:
        patch.setattr(os, call, dying)
        if not cleanup:
            patch.setattr("shutil.rmtree", lambda *a, **k: None)
        try:
            with store.locked():
                store.commit(NEW)
        except Killed:
            pass
    with Store(store.root).locked():
        assert _contents(store.root) in (OLD, NEW)
    assert _left(store.root) == []


def test_killed_between_moves_is_rolled_forward(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.replace
    with monkeypatch.context() as patch:
        moved: list[str] = []

        def dying(source: object, target: object) -> None:
            if len(moved) == 3:
                raise Killed
            moved.append(str(target))
            real(source, target)  # type: ignore[arg-type]

        patch.setattr(os, "replace", dying)
        patch.setattr("shutil.rmtree", lambda *a, **k: None)
        with pytest.raises(Killed), store.locked():
            store.commit(NEW)
    result = _contents(store.root)
    assert sum(result[name] == NEW[name] for name in NAMES) == 2
    with Store(store.root).locked():
        assert _contents(store.root) == NEW


def test_staged_without_journal_is_discarded(store: Store) -> None:
    for name in NAMES:
        staged = store.staged(name)
        staged.parent.mkdir(parents=True, exist_ok=True)
        staged.write_bytes(b"half")
    with Store(store.root).locked():
        assert _contents(store.root) == OLD
    assert _left(store.root) == []


def test_a_real_kill_leaves_a_whole_build(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from scripts.package.store import Store\n"
        "s = Store(Path(sys.argv[1])); n = 0\n"
        "while True:\n"
        "    n += 1\n"
        "    with s.locked(): s.commit({f'build/{i}.csv': str(n).encode() * 9999 for i in range(20)})\n"
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


# --- what no command wrote -----------------------------------------------------------------------------------------------

OUTSIDE = [
    "/tmp/x",
    "../x",
    "build/../../x",
    "build/../raw/../../x",
    "x",
    "scripts/package/store.py",
    "build",
    "build/",
    "build//a.csv",
    "raw/\x00",
]


@pytest.mark.parametrize("name", [*OUTSIDE, "", ".", ".zenodo.json/x"])
def test_nothing_is_written_outside_the_folders_of_commands(store: Store, name: str) -> None:
    with store.locked(), pytest.raises(RefusedError, match="is no file that a command may write"):
        store.commit({"build/a.csv": b"new", name: b"x"})
    assert _contents(store.root) == OLD and not (store.root.parent / "x").exists() and _left(store.root) == []


@pytest.mark.parametrize("content", ["", "{", "{}", "7", '"build/a.csv"', "[7]", "[[]]", "[" * 100_000, "\ud800", *OUTSIDE])
def test_a_journal_that_no_command_wrote_is_told_and_moves_nothing(store: Store, content: str) -> None:
    """Empty, no JSON, no list, no names, or the name of a file outside, beside one that is fine."""
    if content in OUTSIDE:
        content = json.dumps(["build/a.csv", content])
    (store.build / ".staging").mkdir()
    (store.build / ".staging" / "a.csv").write_bytes(b"new")
    for place in (store.root / ".staging", store.root.parent / ".staging"):
        place.mkdir()
        (place / "x").write_bytes(b"outside")
    (store.build / ".journal").write_bytes(content.encode(errors="surrogatepass"))
    with (
        pytest.raises(RefusedError, match=r"^build/\.journal is not what an interrupted command leaves: .*[^.]\.$") as refused,
        store.locked(),
    ):
        pass
    assert content or "it holds no list of files" in str(refused.value)
    assert refused.value.after == "Nothing was changed. Run `make clean`, which removes it, then `make build`."
    assert _contents(store.root) == OLD
    assert (store.root.parent / ".staging" / "x").read_bytes() == b"outside" and not (store.root.parent / "x").exists()
    (store.root.parent / ".staging" / "x").unlink()
    (store.root.parent / ".staging").rmdir()


# --- telling -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[dict[str, journal.Content]], str]:
    """Commit some files in a command that refuses, and give what it says."""

    def output(files: dict[str, journal.Content]) -> str:
        with pytest.raises(SystemExit) as stopped, journal.command("trial", tmp_path) as store:
            store.commit(files)
        assert stopped.value.code == 1
        out, err = capsys.readouterr()
        assert out == "" and err.startswith("trial: ") and err.endswith("\n")
        return err.removeprefix("trial: ").removesuffix("\n")

    return output


def test_a_command_tells_its_name_its_seconds_and_what_it_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line a command, so that whoever builds sees which step takes how long."""
    monkeypatch.setattr(journal, "Store", lambda: Store(tmp_path))
    monkeypatch.setattr(journal, "STARTED", time.perf_counter() - 12.5)
    with journal.command("tables") as store:
        store.message = "3 answers"
    assert re.fullmatch(r"tables       12\.[5-9] s  3 answers\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("build/a.csv", "build/"),
        ("build/releases/1.0.0/a", "build/releases/1.0.0/"),
        ("raw/c.csv", "raw/"),
        (".zenodo.json", "The checkout"),
    ],
)
def test_a_full_disk_is_told_with_the_folder_that_was_to_be_written(
    run: Callable[..., str], store: Store, monkeypatch: pytest.MonkeyPatch, name: str, shown: str
) -> None:
    """Whichever of the files it is: none is changed, and no empty folder is left that looks like a release."""
    real = journal._write

    def full(path: Path, content: bytes) -> None:
        real(path, content[:3])
        if content == b"large":
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(journal, "_write", full)
    advice = "Nothing was changed. Make room there or make it writable, then run it again."
    assert run(NEW | {name: b"large"}) == f"{shown} could not be written (No space left on device). {advice}"
    assert _contents(store.root) == OLD and _left(store.root) == [] and not (store.build / "releases").exists()


def test_a_place_that_could_not_be_taken_is_told_before_anything_is_moved(run: Callable[..., str], store: Store) -> None:
    (store.root / "dist" / "e.zip").mkdir()
    assert run(NEW | {"dist/e.zip": b"x"}).startswith("dist/ could not be written (e.zip is a folder). Nothing was changed.")
    assert _contents(store.root) == OLD and _left(store.root) == []


def test_a_commit_that_stops_halfway_is_finished_by_the_next_command(
    run: Callable[..., str], store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is staged stays, and nobody is told that nothing was changed."""
    real = os.replace

    def failing(source: Path, target: Path) -> None:
        if target == store.root / "dist" / "d.zip":
            raise OSError(28, "No space left on device")
        real(source, target)

    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", failing)
        assert run(NEW) == (
            "dist/ could not be written (No space left on device). What is left is written by the next command. "
            "Make room there or make it writable, then run it again."
        )
    assert _contents(store.root) not in (OLD, NEW)
    with store.locked():
        assert _contents(store.root) == NEW


def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped, journal.command("trial", tmp_path):
        (tmp_path / "gone.csv").read_bytes()
    assert stopped.value.code == 1
    assert capsys.readouterr().err == (
        f"trial: {tmp_path}/gone.csv could not be read (No such file or directory). Nothing was changed. "
        "Restore it or make it readable, then run it again.\n"
    )


def test_a_refusal_ends_the_run_with_one_sentence_and_what_came_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    for refusal, wording in [
        (RefusedError("It cannot be done."), "diff: It cannot be done. Nothing was changed.\n"),
        (RefusedError("It was bad.", "It was removed."), "diff: It was bad. It was removed.\n"),
    ]:
        with pytest.raises(SystemExit) as stopped, journal.refusals("diff"):
            raise refusal
        assert stopped.value.code == 1 and capsys.readouterr().err == wording


def test_who_waits_is_told_for_whom(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """After a moment only: the steps of one make wait for each other too."""

    def second() -> None:
        with Store(tmp_path).locked("site"):
            pass

    for patience, output in [
        (60.0, ""),
        (0.0, f"site: waiting for figures (process {os.getpid()}) to finish its work here.\n"),
    ]:
        monkeypatch.setattr(journal, "PATIENCE", patience)
        waiting = threading.Thread(target=second)
        with Store(tmp_path).locked("figures"):
            waiting.start()
            waiting.join(0.3)
            assert waiting.is_alive()
        waiting.join(5)
        assert not waiting.is_alive() and capsys.readouterr().err == output
