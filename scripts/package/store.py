"""Whole files only: a lock for every command, and commits that are rolled forward or discarded after a kill.

New files are written beside their targets, on the same file system: into the folder ``.staging`` of build/, dist/, raw/ or the
checkout itself. A journal that names them makes the commit final; then each is moved into place. Whoever comes next, after a
kill at any moment, finds either no journal (what is staged is discarded) or a whole one (the moves are finished).
"""

import errno
import fcntl
import io
import json
import os
import shutil
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath
from typing import IO

import polars as pl

from scripts.package.contract import ROOT

# What is to be written: bytes, or a file to copy; one that lies where ``Store.staged`` says is taken as it is.
Content = bytes | Path
# The folders and files of a checkout that commands write; a journal that names another is none of theirs.
FOLDERS, FILES = ("build", "dist", "raw"), (".zenodo.json",)
STAGING = ".staging"
UNCHANGED = "Nothing was changed."
# The steps of one make wait for each other for less.
PATIENCE = 1.0
STARTED = time.perf_counter()


class RefusedError(Exception):
    """What was asked for cannot be done; the text is one sentence for the person who asked, ``after`` what came of it."""

    def __init__(self, text: str, after: str = UNCHANGED) -> None:
        super().__init__(text)
        self.after = after


class Store:
    """One checkout, entered under the lock in its build/."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.build = root / "build"
        self.journal = self.build / ".journal"
        self.message = ""
        self.since = time.time_ns()

    @contextmanager
    def locked(self, name: str = "journal") -> Iterator["Store"]:
        """Wait for the lock, mend what a killed command left, and hold the lock inside the block; ``name`` is told to who waits.

        Raises RefusedError if the folder cannot be written or holds a journal that no command wrote.
        """
        with unwritable(self.build, self.root):
            self.build.mkdir(exist_ok=True)
            lock = (self.build / ".lock").open("a+b", buffering=0)
        with lock:
            _wait(lock, name)
            self.since = time.time_ns()
            self._recover()
            try:
                yield self
            finally:
                self._discard()

    def staged(self, name: str) -> Path:
        """Where the new file of a name is written, beside its target. Raises RefusedError if no command writes such a name."""
        first, *rest = PurePosixPath(name).parts or ("",)
        plain = str(PurePosixPath(name)) == name and ".." not in rest and name.isprintable()
        if not plain or (first not in FOLDERS if rest else name not in FILES):
            raise RefusedError(f"{name!r} is no file that a command may write.")
        return self.root.joinpath(first, STAGING, *rest) if rest else self.root / STAGING / name

    def commit(self, files: Mapping[str, Content] | Iterator[tuple[str, Content]]) -> None:
        """Write all ``files`` (path in the checkout to content) or none; a reader never meets a mixture for long.

        Raises RefusedError, naming the folder, if one of them cannot be written.
        """
        staged: dict[str, Path] = {}
        for name, content in files.items() if isinstance(files, Mapping) else files:
            staged[name], target = self.staged(name), self.root / name
            with unwritable(target.parent, self.root):
                _demand_movable(target)
                staged[name].parent.mkdir(parents=True, exist_ok=True)
                _write(staged[name], content)
                # As old as what was read, so that make sees an edit that was saved meanwhile.
                os.utime(staged[name], ns=(self.since, self.since))
                if target.exists():
                    shutil.copymode(target, staged[name])
        with unwritable(self.build, self.root):
            for folder in {path.parent for path in staged.values()}:
                _sync(folder)
            written = self.staged("build/.journal")
            written.parent.mkdir(exist_ok=True)
            _write(written, json.dumps(sorted(staged)).encode())
            os.replace(written, self.journal)
            _sync(self.build)
        self._recover()

    def _recover(self) -> None:
        """Finish the commit that a journal names, then discard what is staged."""
        if os.path.lexists(self.journal):
            moves = {self.root / name: source for name, source in self._named().items()}
            for target, source in moves.items():
                with unwritable(target.parent, self.root, after="What is left is written by the next command."):
                    if source.exists():
                        target.parent.mkdir(parents=True, exist_ok=True)
                        os.replace(source, target)
            with unwritable(self.build, self.root, after="What is left is written by the next command."):
                for folder in {target.parent for target in moves if target.parent.exists()}:
                    _sync(folder)
                self.journal.unlink()
        self._discard()

    def _named(self) -> dict[str, Path]:
        """The files that the journal names, each with where it is staged. Raises RefusedError if no command wrote such a journal."""
        try:
            names = json.loads(self.journal.read_bytes() or b"null")
            if not isinstance(names, list):
                raise ValueError("it holds no list of files")
            return {name: self.staged(name) for name in map(str, names)}
        except (OSError, ValueError, RecursionError, RefusedError) as error:
            raise RefusedError(
                f"build/.journal is not what an interrupted command leaves: {str(error).rstrip('.')}.",
                f"{UNCHANGED} Run `make clean`, which removes it, then `make build`.",
            ) from error

    def _discard(self) -> None:
        """Remove what is staged, unless a journal says that it is still to be moved."""
        if os.path.lexists(self.journal):
            return
        for place in (self.root, *(self.root / folder for folder in FOLDERS)):
            shutil.rmtree(place / STAGING, ignore_errors=True)


def _wait(lock: IO[bytes], name: str) -> None:
    """Take the lock; tell who waits longer than the steps of one make do, and for whom."""
    patient_until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError:
            if time.monotonic() > patient_until:
                lock.seek(0)
                holder = lock.read().decode(errors="replace") or "another command"
                print(f"{name}: waiting for {holder} to finish its work here.", file=sys.stderr, flush=True)
                fcntl.flock(lock, fcntl.LOCK_EX)
                break
            time.sleep(0.02)
    # A full disk keeps nobody from reading, nor from making room.
    with suppress(OSError):
        lock.truncate(0)
        lock.write(f"{name} (process {os.getpid()})".encode())


@contextmanager
def unwritable(folder: Path, root: Path = ROOT, after: str = UNCHANGED) -> Iterator[None]:
    """Turn what the system says against writing in a folder into a RefusedError that names the folder."""
    try:
        yield
    except OSError as error:
        raise no_room(folder, error.strerror or str(error), root, after) from error


def no_room(folder: Path, reason: str, root: Path = ROOT, after: str = UNCHANGED) -> RefusedError:
    """The refusal of a command that could not write in a folder of the checkout."""
    shown = "The checkout" if folder == root else f"{folder.relative_to(root).as_posix()}/"
    return RefusedError(f"{shown} could not be written ({reason}).", f"{after} Make room there or make it writable, then run it again.")


def _demand_movable(target: Path) -> None:
    """Raise OSError where a file could be staged but not be moved to its place: the journal would stand until a person came."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, f"{target.name} is a folder")
    nearest = next(folder for folder in target.parents if folder.exists())
    if not os.access(nearest, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _write(path: Path, content: Content) -> None:
    if isinstance(content, Path):
        if content != path:
            shutil.copyfile(content, path)
        _sync(path)
        return
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def csv_bytes(frame: pl.DataFrame, truth: tuple[str, str] = ("TRUE", "FALSE")) -> bytes:
    """A frame as a CSV: RFC 4180 with LF line ends; empty for missing; booleans as ``truth`` has them."""
    buffer = io.BytesIO()
    flags = pl.col(pl.Boolean)
    frame.with_columns(pl.when(flags).then(pl.lit(truth[0])).when(~flags).then(pl.lit(truth[1])).name.keep()).write_csv(buffer)
    return buffer.getvalue()


def parquet_bytes(frame: pl.DataFrame) -> bytes:
    """A frame as a Parquet file, the same bytes for the same frame."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=True)
    return buffer.getvalue()


@contextmanager
def refusals(name: str) -> Iterator[None]:
    """End the run with status 1 and one sentence where the block refuses or a file cannot be read."""
    try:
        yield
    except RefusedError as error:
        print(f"{name}: {error} {error.after}", file=sys.stderr)
        raise SystemExit(1) from error
    except OSError as error:
        file = str(error.filename or "").removeprefix(f"{ROOT}/")
        what = f"{file} could not be read ({error.strerror})" if file else str(error)
        print(f"{name}: {what}. {UNCHANGED} Restore it or make it readable, then run it again.", file=sys.stderr)
        raise SystemExit(1) from error


@contextmanager
def command(name: str, root: Path | None = None) -> Iterator[Store]:
    """What every command runs in: the lock held, interrupted commits mended, one line told with the time it took.

    What cannot be done, a disk that is full or a folder that cannot be written ends the run with one sentence.
    """
    store = Store(root) if root else Store()
    with refusals(name), store.locked(name):
        yield store
    print(f"{name:<12} {time.perf_counter() - STARTED:4.1f} s  {store.message}")


def main() -> None:
    """Mend an interrupted commit, if there is one."""
    with refusals("journal"), Store().locked():
        pass


if __name__ == "__main__":
    main()
