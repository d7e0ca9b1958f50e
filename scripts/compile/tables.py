"""``raw/*.csv`` to ``build/*.csv`` and ``build/*.parquet``: read strictly, check, compile, commit as one."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from pathlib import Path

import polars as pl

from scripts.compile import checks, reader
from scripts.compile.expulsions import compile_expulsions
from scripts.compile.problems import Problems
from scripts.compile.reliability import compile_reliability
from scripts.package import changes, contract, snapshot
from scripts.package.contract import Table
from scripts.package.store import command, csv_bytes, parquet_bytes

PROBLEMS = Path("build") / "validation" / "problems.txt"


def compiled(root: Path = contract.ROOT, today: date | None = None) -> dict[str, pl.DataFrame]:
    """The product's tables out of ``root``/raw. Ends the run, all problems printed, if a curator has to mend any.

    Tables are held against each other only if each row of each could be read.
    """
    product, problems = contract.product(root), Problems()
    raw = reader.read(problems, root)
    if problems.torn:
        problems.stop(root / PROBLEMS)
    tables, expulsions = linked(raw)
    checks.check(raw, expulsions, product, today or date.today(), problems)
    problems.stop(root / PROBLEMS)
    tables["reliability"] = compile_reliability(raw, expulsions, product)
    shaped = {name: _shaped(tables[name], table) for name, table in product.tables.items() if name in tables}
    released = snapshot.latest(root)
    current = {name: csv_bytes(frame) for name, frame in shaped.items()} if released else {}
    return shaped | {changes.SELF: changes.so_far(product, current, released, raw["corrections"])}


def linked(raw: dict[str, pl.DataFrame]) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """The tables, not yet in their shape, and the compiled expulsions with what the curator's checks need."""
    expulsions = compile_expulsions(raw)
    days = expulsions.select("expulsion_id", "announced_on", "announced_precision")
    tables = {
        "expulsions": expulsions,
        "statements": raw["statements"].with_columns(announced_precision="announced_on_precision", acted_until="acted_until_last"),
        "articles": raw["articles"].with_columns(published_precision="published_on_precision"),
        "answers": _lagged(raw["answers"], days),
        "claims": raw["claims"],
        "actors": raw["actors"],
        "memberships": raw["memberships"],
        "recodings": raw["recodings"],
        "scope": raw["scope"],
        "searches": raw["searches"],
        "harvests": raw["harvests"],
        "retired": raw["expulsions"].filter(pl.col("replaced_by").is_not_null()),
    }
    return tables, expulsions


def _lagged(answers: pl.DataFrame, days: pl.DataFrame) -> pl.DataFrame:
    """Answers with the days between the two announcements, where both days are known."""
    exact = days.filter(pl.col("announced_precision") == "day").select("expulsion_id", on="announced_on")
    rows = answers.join(exact, on="expulsion_id", how="left").join(
        exact.select(answers="expulsion_id", cause="on"), on="answers", how="left"
    )
    return rows.with_columns(lag_days=(pl.col("on") - pl.col("cause")).dt.total_days())


def _shaped(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    """A table in the contract's columns, order and types, sorted by primary key."""
    types = pl.Schema({name: contract.POLARS[field.type] for name, field in table.fields.items()})
    return frame.select(table.columns).cast(types).sort(table.primary_key)


def main() -> None:
    """Compile and commit all tables; report how many rows each has."""
    with command("tables") as store:
        messages: list[str] = []
        store.commit(_files(store.build, messages))
        store.message = ", ".join(filter(None, messages))


def _files(build: Path, messages: list[str]) -> Iterator[tuple[str, bytes]]:
    """Both files of each table; what is to be told of it goes into ``told``."""
    for name, frame in compiled().items():
        messages.append(counted(name, frame.height, build))
        yield f"build/{name}.csv", csv_bytes(frame)
        yield f"build/{name}.parquet", parquet_bytes(frame)


def counted(name: str, rows: int, build: Path) -> str:
    """How many rows a table has, and how many fewer than the one that lies in ``build``: rows are lost by mistake only."""
    before = _rows(build / f"{name}.csv")
    if not rows and not before:
        return ""
    return f"{rows} {name}" + (f" ({before - rows} fewer than before)" if before > rows else "")


def _rows(path: Path) -> int:
    """Number of rows of a CSV that a build wrote: its cells hold no line ends."""
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(partial(file.read, 1 << 20), b"")) - 1


if __name__ == "__main__":
    main()
