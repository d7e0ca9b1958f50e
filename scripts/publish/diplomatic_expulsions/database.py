"""The database: the tables with keys, checks and comments, and all views and macros."""

import os
from importlib.resources import as_file
from pathlib import Path
from typing import TYPE_CHECKING

from .contents import contents, data
from .engines import demand

if TYPE_CHECKING:
    import duckdb


def connect(path: str | os.PathLike[str] | None = None) -> "duckdb.DuckDBPyConnection":
    """The database in memory, which is the caller's to change; or read-only in the file ``path``, made there on first use and after an upgrade.

    Raises NoEngineError without DuckDB.
    """
    demand("duckdb")
    import duckdb

    if path is None:
        connection = duckdb.connect()
        _fill(connection)
        return connection
    file = Path(path)
    if not _holds_this_version(file):
        _write(file)
    return duckdb.connect(str(file), read_only=True)


def _fill(connection: "duckdb.DuckDBPyConnection") -> None:
    """Tables before those that refer to them, then what is computed from them; as one, since a file is slow to write piece by piece."""
    connection.begin()
    connection.execute((data() / "tables.sql").read_text(encoding="utf-8"))
    for name in contents()["stored"]:
        with as_file(data() / f"{name}.parquet") as path:
            connection.execute(f"INSERT INTO {name} FROM read_parquet(?)", [str(path)])
    connection.execute((data() / "views.sql").read_text(encoding="utf-8"))
    connection.commit()


def _holds_this_version(file: Path) -> bool:
    """Raises ValueError for a file that is no database of this package, which is not to be replaced."""
    import duckdb

    if not file.exists():
        return False
    try:
        with duckdb.connect(str(file), read_only=True) as connection:
            held = connection.execute("SELECT version, fingerprint FROM release").fetchall()
    except duckdb.Error as error:
        raise ValueError(f"{file} is no database of this package, or is open elsewhere. Name another file.") from error
    return held == [tuple(contents()["release"])]


def _write(file: Path) -> None:
    """Whole or not at all: another process may wait for it."""
    import duckdb

    beside = file.with_name(f"{file.name}.{os.getpid()}")
    try:
        with duckdb.connect(str(beside)) as connection:
            _fill(connection)
        os.replace(beside, file)
    finally:
        beside.unlink(missing_ok=True)
