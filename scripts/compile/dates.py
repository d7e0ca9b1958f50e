"""Days that may be vague: ``2022-05-18``, ``2022-05`` or ``2022``, as first and last possible day."""

import polars as pl

VAGUE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
DAY = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
PRECISION = pl.Enum(["day", "month", "year"])


def day(text: pl.Expr) -> pl.Expr:
    """The day that an ISO 8601 text names; null if there is no such day."""
    return pl.when(text.str.contains(DAY)).then(text.str.to_date("%Y-%m-%d", strict=False))


def first_day(text: pl.Expr) -> pl.Expr:
    """First possible day of a vague date; null if there is no such date."""
    return pl.when(text.str.contains(VAGUE)).then((text + "-01-01").str.slice(0, 10).str.to_date("%Y-%m-%d", strict=False))


def last_day(text: pl.Expr) -> pl.Expr:
    """Last possible day of a vague date; null if there is no such date."""
    first = first_day(text)
    return (
        pl.when(text.str.len_chars() == 4)
        .then(pl.date(first.dt.year(), 12, 31))
        .when(text.str.len_chars() == 7)
        .then(first.dt.month_end())
        .otherwise(first)
    )


def precision(text: pl.Expr) -> pl.Expr:
    """``day``, ``month`` or ``year``; null where there is no date."""
    return text.str.len_chars().replace_strict({4: "year", 7: "month", 10: "day"}, default=None, return_dtype=PRECISION)
