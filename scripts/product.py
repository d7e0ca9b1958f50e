"""The product's tables out of the raw ones: pure, no reading or writing."""

from collections.abc import Iterator

import polars as pl
from polars.io.plugins import register_io_source

from scripts.contract import Table
from scripts.expulsions import compile_dyads, compile_expulsions

TYPES = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64, "boolean": pl.Boolean, "date": pl.Date}
# So many rows are held in full at a time.
SLICE = 100_000


def compile_product(raw: dict[str, pl.DataFrame]) -> tuple[dict[str, pl.DataFrame], pl.DataFrame]:
    """The tables, not yet in their shape, and the compiled expulsions with what the curator's checks need.

    ``reliability`` and ``changes`` are left to scripts.tables: no check of a curator reads them.
    """
    expulsions = compile_expulsions(raw)
    days = expulsions.select("expulsion_id", "announced_on", "announced_precision")
    tables = {
        "expulsions": expulsions,
        "statements": raw["statements"].with_columns(announced_precision="announced_on_precision", acted_until="acted_until_last"),
        "articles": raw["articles"].with_columns(published_precision="published_on_precision"),
        "answers": _lagged(raw["answers"], days),
        "claims": raw["claims"],
        "dyads": compile_dyads(expulsions),
        "actors": raw["actors"],
        "memberships": raw["memberships"],
        "recodings": raw["recodings"],
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


def shaped(frame: pl.DataFrame, table: Table) -> pl.LazyFrame:
    """A table in the contract's columns, order and types, sorted by primary key; brought into it slice by slice, when it is written."""
    types = pl.Schema({name: TYPES[field.type] for name, field in table.fields.items()})
    held, order = frame.select(table.columns), frame.select(pl.arg_sort_by(table.primary_key)).to_series()

    def slices(columns: list[str] | None, predicate: pl.Expr | None, rows: int | None, _: int | None) -> Iterator[pl.DataFrame]:
        for start in range(0, held.height if rows is None else rows, SLICE):
            part = held[order.slice(start, SLICE if rows is None else min(SLICE, rows - start))].cast(types)
            part = part.select(columns or table.columns)
            yield part if predicate is None else part.filter(predicate)

    return register_io_source(slices, schema=types)
