"""Whole files only: a lock for every command, and commits that are rolled forward or discarded after a kill.

New files are written beside their targets into ``build/.staging``; a journal that names them makes the commit
final; then each is moved into place. Whoever comes next, after a kill at any moment, finds either no journal
(what is staged is discarded) or a whole one (the moves are finished).
"""

import fcntl
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from scripts.contract import ROOT

Content = bytes | Callable[[IO[bytes]], None]
STARTED = time.perf_counter()


class Store:
    """The folder build/ of one checkout, entered under its lock."""

    def __init__(self, root: Path = ROOT) -> None:
        self.build = root / "build"
        self.staging = self.build / ".staging"
        self.journal = self.build / ".journal"
        self.told = ""
        self.since = time.time_ns()

    @contextmanager
    def locked(self) -> Iterator["Store"]:
        """Wait for the lock, mend what a killed command left, and hold the lock inside the block."""
        self.build.mkdir(exist_ok=True)
        with (self.build / ".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self.since = time.time_ns()
            self._recover()
            try:
                yield self
            finally:
                shutil.rmtree(self.staging, ignore_errors=True)

    def commit(self, files: Mapping[str, Content] | Iterator[tuple[str, Content]]) -> None:
        """Write all ``files`` (path under build/ to content, or to what writes it) or none; a reader never meets a mixture for long."""
        names = []
        try:
            for name, content in files.items() if isinstance(files, Mapping) else files:
                names.append(name)
                path = self.staging / name
                path.parent.mkdir(parents=True, exist_ok=True)
                _write(path, content)
                # As old as what was read, so that make sees an edit that was saved meanwhile.
                os.utime(path, ns=(self.since, self.since))
            _write(self.staging / ".journal", json.dumps(sorted(names)).encode())
        except OSError:
            shutil.rmtree(self.staging, ignore_errors=True)
            raise
        os.replace(self.staging / ".journal", self.journal)
        self._recover()

    def _recover(self) -> None:
        if self.journal.exists():
            for name in json.loads(self.journal.read_text()):
                source, target = self.staging / name, self.build / name
                if source.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    os.replace(source, target)
            _sync(self.build)
            self.journal.unlink()
        shutil.rmtree(self.staging, ignore_errors=True)


def _write(path: Path, content: Content) -> None:
    with path.open("wb") as file:
        if isinstance(content, bytes):
            file.write(content)
        else:
            content(file)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)


@contextmanager
def command(name: str) -> Iterator[Store]:
    """What every command runs in: the lock held, interrupted commits mended, one line told with the time it took.

    A disk that is full or a folder that cannot be written ends the run with one sentence and changes nothing.
    """
    try:
        with Store().locked() as store:
            yield store
    except OSError as error:
        print(f"{name}: build/ could not be written ({error.strerror or error}). Nothing was changed.", file=sys.stderr)
        raise SystemExit(1) from error
    print(f"{name:<12} {time.perf_counter() - STARTED:4.1f} s  {store.told}")


def main() -> None:
    """Mend an interrupted commit, if there is one."""
    with Store().locked():
        pass


if __name__ == "__main__":
    main()
