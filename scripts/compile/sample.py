"""What is coded a second time: statements and dossiers drawn by hash within cells and strata, and weighted back by them.

A cell is the region of the expeller and the period of the announcement; its strata are whether a number is known and whether any coded value
is a rare one. Strata take turns within a cell, and cells with each other, so that rare values and small cells are drawn more often than they occur.
"""

import hashlib

import polars as pl

from scripts.package.contract import Contract

# What a second coder is asked, by kind of unit.
ASKED = {
    "statements": [
        "vantage", "attribution", "covers", "qualifier", "officials_low", "officials_high", "counted_unit", "measure", "persons_ordered",
        "head_of_mission", "posts_cut", "ceiling", "announced_on", "leave_by", "deadline_hours", "grounds",
    ],
    "dossiers": ["measure", "officials_best", "counted_unit", "announced_on", "deadline_hours", "trigger", "reply"],
}  # fmt: skip
STRATUM = ["kind", "region", "period", "known", "rarer"]
# A value that fewer have than this share of all units is a rare one.
RARE = 0.1
ALL = "*"
LAST_YEAR = 9999
# Too few decisions for a cell of their own.
POOLED = {"Africa": "Africa and Oceania", "Oceania": "Africa and Oceania"}


def cells(raw: dict[str, pl.DataFrame], expulsions: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Cell of each decision: expulsion_id, region (empty for an organisation's), period."""
    year = pl.col("announced_on").dt.year()
    spans = [(period, *period.split("-")) for period in contract["reliability"].fields["period"].enum if period != ALL]
    period = pl.coalesce(pl.when(year.is_between(int(begin), int(end or LAST_YEAR))).then(pl.lit(name)) for name, begin, end in spans)
    regions = raw["actors"].select(expeller="actor_id", region=pl.col("un_region").cast(pl.String).replace(POOLED))
    return expulsions.join(regions, on="expeller", how="left").select("expulsion_id", "region", period=period)


def units(raw: dict[str, pl.DataFrame], expulsions: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Every statement and every live decision: unit_id, expulsion_id and the columns of ``STRATUM``."""
    number = pl.any_horizontal(pl.col("officials_low", "officials_high").is_not_null())
    kinds = {
        "statements": (raw["statements"].with_columns(unit_id="statement_id"), number),
        "dossiers": (expulsions.with_columns(unit_id="expulsion_id"), pl.col("officials_best").is_not_null()),
    }
    frames = []
    for kind, (frame, known) in kinds.items():
        fields = contract["statements" if kind == "statements" else "expulsions"].fields
        shares = [pl.len().over(name) < RARE * pl.len() for name in ASKED[kind] if name in fields and fields[name].enum]
        frames.append(frame.select("unit_id", "expulsion_id", kind=pl.lit(kind), known=known, rarer=pl.any_horizontal(shares)))
    return pl.concat(frames).join(cells(raw, expulsions, contract), on="expulsion_id", how="left")


def tags(unit_ids: pl.Series, seed: str) -> pl.Series:
    """A name for each unit that tells nothing of it, and by whose order it is drawn."""
    digests = [hashlib.sha256(f"{seed}/{unit}".encode()).hexdigest() for unit in unit_ids]
    return pl.Series("unit", [f"u{digest[:12]}" for digest in digests], dtype=pl.String)


def drawn(candidates: pl.DataFrame, n: int) -> pl.DataFrame:
    """``n`` of the units (columns unit, recoded and ``STRATUM``), or all, those not recoded yet first; in an order that tells nothing."""
    turn = candidates.drop_nulls("region").sort("recoded", "unit").with_columns(turn=pl.int_range(pl.len()).over(STRATUM))
    turn = turn.sort("turn", "known", "rarer", descending=[False, True, True]).with_columns(turn=pl.int_range(pl.len()).over(STRATUM[:3]))
    return turn.sort("turn", "unit").head(n).sort("unit")


def weights(recodings: pl.DataFrame, population: pl.DataFrame) -> pl.Series:
    """How many units of its stratum each row of one sample and variable stands for; one where the unit is in no stratum."""
    sizes = population.group_by(STRATUM).agg(there=pl.len())
    strata = recodings.select("sample", "variable", "unit_id").join(population, on="unit_id", how="left", maintain_order="left")
    sized = strata.join(sizes, on=STRATUM, how="left", maintain_order="left")
    return sized.select(weight=(pl.col("there") / pl.len().over("sample", "variable", *STRATUM)).fill_null(1.0)).to_series()
