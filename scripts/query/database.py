"""``build/*.csv`` to ``build/expulsions.duckdb``: tables with keys, checks and comments, then views and macros."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb
import polars as pl

from scripts.package import snapshot
from scripts.package.contract import DUCKDB, POLARS, Contract, Field, Table, product
from scripts.package.fingerprint import of_csv, of_folder, of_tables
from scripts.package.snapshot import Snapshot
from scripts.package.store import UNCHANGED, Content, RefusedError, command, csv_bytes, no_room, parquet_bytes, unwritable
from scripts.query.views import VIEWS, add_view, first_line, quoted, views_in_order

NAME = "expulsions.duckdb"


def build(
    connection: duckdb.DuckDBPyConnection, contract: Contract, folder: Path, views: Path = VIEWS, earlier: Iterable[Snapshot] = ()
) -> dict[str, pl.DataFrame]:
    """Fill an empty database from the CSVs in ``folder``; the derived tables. Raises duckdb.ConstraintException on a broken key.

    ``earlier`` releases give the rows of ``released_expulsions``.
    """
    for table in _parents_first(contract):
        connection.execute(create(table))
        connection.execute(f"INSERT INTO {table.name} FROM {source(table, folder)}")
        for target, text in [(f"TABLE {table.name}", table.spec["description"]), *_column_comments(table)]:
            connection.execute(f"COMMENT ON {target} IS {quoted(text)}")
    connection.execute("CREATE TABLE release (version VARCHAR, fingerprint VARCHAR)")
    connection.execute("COMMENT ON TABLE release IS 'Version of the package, and fingerprint of the tables, in one row.'")
    add_released(connection, contract, earlier)
    for path in views_in_order(views):
        add_view(connection, path)
    derived = {name: exported(connection, table) for name, table in contract.derived.items()}
    connection.execute("INSERT INTO release VALUES (?, ?)", [contract.version, _fingerprint(contract, folder, derived)])
    return derived


def exported(connection: duckdb.DuckDBPyConnection, table: Table) -> pl.DataFrame:
    """The rows of a derived table in the contract's columns, order and types, sorted by primary key."""
    return _typed(connection.table(table.name).pl(), table)


def panel(connection: duckdb.DuckDBPyConnection, table: Table) -> pl.DataFrame:
    """All directed dyads and years in scope, with their zeros, as ``exported`` gives the table ``dyad_years``.

    A dyad is in scope in a year whose first or last day is promised of it, or with a decision that is, be it by the officials' nationality.
    """
    years = connection.execute("SELECT min(year(period_from)), max(year(period_until)) FROM scope").fetchall()[0]
    within = " OR ".join(f"promised(expeller, target, make_date(year, {day}), make_date(year, {day}))" for day in ("1, 1", "12, 31"))
    return _typed(connection.sql(f"FROM panel_years(?, ?) WHERE expulsions IS NOT NULL OR {within}", params=list(years)).pl(), table)


def _typed(rows: pl.DataFrame, table: Table) -> pl.DataFrame:
    types = pl.Schema({name: POLARS[field.type] for name, field in table.fields.items()})
    return rows.select(table.columns).cast(types).sort(table.primary_key)


def _fingerprint(contract: Contract, folder: Path, derived: Mapping[str, pl.DataFrame]) -> str:
    """Content fingerprint of the package: of what is compiled by the CSVs in ``folder``, of what is derived by its rows."""
    prints = {name: of_csv((folder / Path(table.file).name).read_bytes()) for name, table in contract.compiled.items()}
    return of_tables(prints | {name: of_csv(csv_bytes(frame, contract.truth)) for name, frame in derived.items()})


def create(table: Table) -> str:
    """The CREATE TABLE statement of one table of the contract."""
    parts = [_column(field) for field in table.fields.values()]
    parts.append(f"PRIMARY KEY ({', '.join(table.primary_key)})")
    for column, other, target in table.foreign_keys:
        # DuckDB checks a reference to the same table row by row while it loads; frictionless and the rules do it whole.
        if other != table.name:
            parts.append(f"FOREIGN KEY ({column}) REFERENCES {other} ({target})")
    return f"CREATE TABLE {table.name} ({', '.join(parts)})"


def _column(field: Field) -> str:
    parts = [field.name, DUCKDB[field.type]]
    if field.required:
        parts.append("NOT NULL")
    if field.enum:
        parts.append(f"CHECK ({field.name} IN ({', '.join(map(quoted, field.enum))}))")
    if "minimum" in field.constraints:
        parts.append(f"CHECK ({field.name} >= {field.constraints['minimum']})")
    if "pattern" in field.constraints:
        parts.append(f"CHECK (regexp_matches({field.name}, {quoted(field.constraints['pattern'])}))")
    return " ".join(parts)


def source(table: Table, folder: Path) -> str:
    columns = ", ".join(f"{quoted(f.name)}: {quoted(DUCKDB[f.type])}" for f in table.fields.values())
    path = folder / Path(table.file).name
    form = "header = true, nullstr = '', auto_detect = false, delim = ',', quote = '\"'"
    return f"read_csv({quoted(str(path))}, {form}, columns = {{{columns}}})"


def _column_comments(table: Table) -> list[tuple[str, str]]:
    return [(f"COLUMN {table.name}.{f.name}", f"{f.spec['title']}. {f.spec['description']}") for f in table.fields.values()]


def _parents_first(contract: Contract) -> list[Table]:
    done: dict[str, Table] = {}
    while len(done) < len(contract.compiled):
        for name, table in contract.compiled.items():
            if name not in done and all(o in done or o == name for _, o, _ in table.foreign_keys):
                done[name] = table
    return list(done.values())


def add_released(connection: duckdb.DuckDBPyConnection, contract: Contract, earlier: Iterable[Snapshot]) -> None:
    """The table ``released_expulsions``: each release's expulsions, whatever columns it had, with its version."""
    connection.execute("CREATE TABLE released_expulsions AS SELECT NULL::VARCHAR AS version, * FROM expulsions LIMIT 0")
    for state in earlier:
        rows = f"SELECT {quoted(state.version)} AS version, * FROM {source(state.contract['expulsions'], state.folder)}"
        known = {row[0] for row in connection.execute("SELECT column_name FROM (DESCRIBE released_expulsions)").fetchall()}
        for field in state.contract["expulsions"].fields.values():
            if field.name not in known:
                connection.execute(f"ALTER TABLE released_expulsions ADD COLUMN {field.name} {DUCKDB[field.type]}")
        connection.execute(f"INSERT INTO released_expulsions BY NAME {rows}")
    connection.execute("COMMENT ON TABLE released_expulsions IS 'One row per expulsion in each earlier release. Columns as in expulsions.'")
    described = {field.name: field for state in earlier for field in state.contract["expulsions"].fields.values()}
    described |= contract["expulsions"].fields
    connection.execute("COMMENT ON COLUMN released_expulsions.version IS 'Release that had the row.'")
    for field in described.values():
        connection.execute(f"COMMENT ON COLUMN released_expulsions.{field.name} IS {quoted(field.spec['description'])}")


def write(path: Path, contract: Contract, folder: Path, earlier: Iterable[Snapshot] = ()) -> tuple[int, dict[str, pl.DataFrame]]:
    """Build the database of the CSVs in ``folder`` at a new ``path``; the number of its views, and the derived tables.

    Raises RefusedError if the file does not hold what the CSVs do: DuckDB closes in silence where its checkpoint finds the disk full.
    """
    try:
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH {quoted(str(path))} AS target (STORAGE_VERSION 'v1.0.0')")
            connection.execute("USE target")
            derived = build(connection, contract, folder, earlier=earlier)
            count = connection.execute("SELECT count(*) FROM duckdb_views() WHERE NOT internal").fetchall()[0][0]
            connection.execute("CHECKPOINT target")
        _without_log(path)
        with duckdb.connect(str(path), read_only=True) as connection:
            wrong = unlike(connection, contract, folder, _fingerprint(contract, folder, derived))
    except duckdb.InterruptException:
        raise
    except duckdb.Error as error:
        message = first_line(error)
        if str(path) in message:
            raise no_room(folder, message.rsplit(": ", 1)[-1]) from error
        raise RefusedError(f"The tables cannot be loaded ({message}).") from error
    if wrong:
        raise RefusedError(f"The database was not written whole ({wrong}).", f"{UNCHANGED} Run it again.")
    return count, derived


@contextmanager
def opened(folder: Path, contract: Contract) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database beside the CSVs in ``folder``, to be read.

    One that is damaged or holds something else than they do is removed, so that make builds it anew; then RefusedError is raised.
    """
    path = folder / NAME
    with path.open("rb"):
        pass
    try:
        connection = duckdb.connect(str(path), read_only=True)
    except duckdb.IOException as error:
        if "lock on file" not in str(error):
            raise _removed(path, first_line(error)) from error
        raise RefusedError(
            f"{_shown(path)} is open for writing in another program.", f"{UNCHANGED} Close it there, then run it again."
        ) from error
    except duckdb.Error as error:
        raise _removed(path, first_line(error)) from error
    with connection:
        try:
            wrong = unlike(connection, contract, folder, of_folder(folder, contract))
        except (duckdb.InterruptException, duckdb.OutOfMemoryException):
            raise
        except duckdb.Error as error:
            wrong = first_line(error)
        if wrong:
            raise _removed(path, wrong)
        yield connection


def unlike(connection: duckdb.DuckDBPyConnection, contract: Contract, folder: Path, wanted: str) -> str:
    """In what a database differs from the CSVs in ``folder``, whose fingerprint is ``wanted``, or nothing. Every row of it is read."""
    names = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    lacking = [name for name in [*contract.compiled, "release", "released_expulsions"] if name not in names]
    if lacking:
        return f"it has no table {lacking[0]}" if names else "it is empty"
    if connection.execute("FROM release").fetchall() != [(contract.version, wanted)]:
        return "it was made from other tables"
    connection.execute("SELECT bit_xor(hash(r)) FROM released_expulsions AS r").fetchall()
    summary = "SELECT (count(*), bit_xor(hash(t))) FROM"
    others = " UNION ALL ".join(
        f"SELECT {quoted(name)} WHERE ({summary} {name} AS t) IS DISTINCT FROM ({summary} {source(table, folder)} AS t)"
        for name, table in contract.compiled.items()
    )
    other = connection.execute(others).fetchall()
    return f"{other[0][0]} has other rows" if other else ""


def _removed(path: Path, reason: str) -> RefusedError:
    """Remove a database that is not to be read."""
    with unwritable(path.parent):
        path.unlink(missing_ok=True)
        _without_log(path)
    return RefusedError(
        f"{_shown(path)} does not hold what the tables hold ({reason}).", "It was removed: run make again, which makes it anew."
    )


def _without_log(path: Path) -> None:
    """Remove the log that a session which was killed left beside a database: beside another one, it keeps it from being opened."""
    path.with_name(f"{path.name}.wal").unlink(missing_ok=True)


def _shown(path: Path) -> str:
    return path.relative_to(path.parents[1]).as_posix()


def main() -> None:
    """Build the database beside its place, then move it there together with the derived tables."""
    with command("database") as store:
        name = f"build/{NAME}"
        path = store.staged(name)
        with unwritable(store.build):
            path.parent.mkdir(exist_ok=True)
        contract = product()
        count, derived = write(path, contract, store.build, [snapshot.release(version) for version in snapshot.versions()])
        _without_log(store.build / NAME)
        files: dict[str, Content] = {name: path}
        for table, frame in derived.items():
            files |= {f"build/{table}.csv": csv_bytes(frame), f"build/{table}.parquet": parquet_bytes(frame)}
        store.commit(files)
        store.message = ", ".join([f"{count} views", *(f"{frame.height} {table}" for table, frame in derived.items())])


if __name__ == "__main__":
    main()
