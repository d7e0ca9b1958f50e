"""Copies of the real raw/ to plant faults in, the built database, and the small world."""

import csv
import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from scripts.compile import tables
from scripts.package import contract, store
from scripts.package.contract import ROOT
from scripts.query import database, views
from tests import world
from validation import run

# What a test starts runs as at a prompt, whether or not make or a hook of git started the tests.
for _name in [name for name in os.environ if name.startswith(("MAKE", "MFLAGS", "GIT_"))]:
    del os.environ[_name]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder with the real descriptors and raw tables."""
    shutil.copy(ROOT / "datapackage.json", tmp_path)
    shutil.copytree(ROOT / "raw", tmp_path / "raw")
    return tmp_path


@pytest.fixture
def problems_of(root: Path, capsys: pytest.CaptureFixture[str]) -> Callable[[], list[str]]:
    """Compile ``root`` and give what was printed; fails if nothing was wrong."""

    def run() -> list[str]:
        with pytest.raises(SystemExit) as stopped:
            tables.compiled(root)
        assert stopped.value.code == 1
        return capsys.readouterr().err.splitlines()

    return run


class Sheet:
    """One raw file, as lists of cells, to be changed and written back."""

    def __init__(self, root: Path, name: str) -> None:
        self.path = root / "raw" / f"{name}.csv"
        with self.path.open(encoding="utf-8", newline="") as file:
            self.header, *self.rows = list(csv.reader(file))

    def find(self, **cells: str) -> int:
        """Index of the first row with these cells."""
        wanted = {self.header.index(column): value for column, value in cells.items()}
        return next(i for i, row in enumerate(self.rows) if all(row[k] == v for k, v in wanted.items()))

    def set(self, index: int, **cells: str) -> int:
        """Change cells of a row, save, and give the row's line in the file."""
        for column, value in cells.items():
            self.rows[index][self.header.index(column)] = value
        self.save()
        return index + 2

    def add(self, like: int, **cells: str) -> int:
        """Append a changed copy of a row and give its line."""
        self.rows.append(list(self.rows[like]))
        return self.set(len(self.rows) - 1, **cells)

    def get(self, index: int, column: str) -> str:
        return self.rows[index][self.header.index(column)]

    def save(self) -> None:
        with self.path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([self.header, *self.rows])


@pytest.fixture
def sheet(root: Path) -> Callable[[str], Sheet]:
    return lambda name: Sheet(root, name)


@pytest.fixture(scope="session")
def product() -> dict[str, pl.DataFrame]:
    """The tables compiled from the real raw/."""
    return tables.compiled()


@pytest.fixture(scope="session")
def built(product: dict[str, pl.DataFrame], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database built from the real raw/."""
    folder = tmp_path_factory.mktemp("built")
    for name, frame in product.items():
        (folder / f"{name}.csv").write_bytes(store.csv_bytes(frame))
    path = folder / "expulsions.duckdb"
    with duckdb.connect(str(path)) as connection:
        derived = database.build(connection, contract.product(), folder)
    for name, frame in derived.items():
        (folder / f"{name}.csv").write_bytes(store.csv_bytes(frame))
    return path


@pytest.fixture
def connection(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(built), read_only=True) as connection:
        yield connection


def loosen(connection: duckdb.DuckDBPyConnection, database: Path) -> None:
    """Copy a database without keys and checks, which would refuse most planted faults."""
    connection.execute(f"ATTACH '{database}' AS strict (READ_ONLY)")
    for name in [*contract.product().compiled, "release", "released_expulsions"]:
        connection.execute(f"CREATE TABLE {name} AS FROM strict.{name}")
    connection.execute("DETACH strict")
    for path in views.views_in_order(views.VIEWS):
        views.add_view(connection, path)


@pytest.fixture(scope="session")
def _loosened(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        loosen(connection, built)
        connection.execute(run.WORDS.read_text(encoding="utf-8"))
        yield connection


@pytest.fixture
def loose(_loosened: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The same tables without keys and checks, and the views on them: violations can be planted here, and are gone after the test."""
    _loosened.begin()
    yield _loosened
    _loosened.rollback()


@pytest.fixture(scope="session")
def small_world(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The small world, built by make once for all workers; to be read only."""
    own = tmp_path_factory.getbasetemp()
    folder = (own if worker_id == "master" else own.parent) / "world"
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / world.PAGE).exists():
            world.built(folder)
    return folder
