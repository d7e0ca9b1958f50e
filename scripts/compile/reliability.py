"""Agreement between two blind codings of the same units: Krippendorff's alpha with a bootstrap interval.

Source of the rule: K. Krippendorff, Content Analysis, ch. 12 (two coders, no missing pair); MASI: R. Passonneau,
LREC 2006. Intervals resample articles (or whole dossiers), not units, since statements of one article hang together.
"""

import zlib
from typing import TYPE_CHECKING, Any

import polars as pl

from scripts.compile import sample
from scripts.compile.dates import first_day
from scripts.compile.sample import ALL
from scripts.package.contract import Contract

if TYPE_CHECKING:
    import numpy as np

RESAMPLES = 1000
SETS = {"grounds", "answers"}
LEVELS = {"integer": "ratio", "date": "interval"}
NOMINAL = "nominal"
DRAWN = "^(people|cells|gold|between)-(.*)$"


def compile_reliability(raw: dict[str, pl.DataFrame], expulsions: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """One row per sample and variable of ``raw/recodings.csv``, over all units and in each region and period; columns as in the contract."""
    table, levels = contract["reliability"], levels_of(contract)
    recodings = _named(raw["recodings"].filter(~pl.col("sample").str.starts_with("audit")))
    placed = _placed(recodings, raw, expulsions, contract)
    placed = placed.with_columns(_weights(placed, raw, expulsions, contract))
    rows = []
    for (name, variable), group in sorted(placed.group_by("sample", "variable")):
        cells = [((ALL, ALL), group), *sorted(group.drop_nulls("region").group_by("region", "period"))]
        for (region, period), units in cells:
            level = levels.get(str(variable), NOMINAL)
            for measured, *agreement in _agreements(str(name), str(variable), level, units.sort("unit_id", "coder")):
                rows.append((name, measured, region, period, *agreement))
    return pl.DataFrame(rows, schema=table.columns, orient="row") if rows else pl.DataFrame(schema=table.columns)


def _named(recodings: pl.DataFrame) -> pl.DataFrame:
    """Recodings under the names of published samples: of one that was drawn each kind of unit by itself, and people held against each other too."""
    people = recodings.filter(pl.col("sample").str.starts_with("people-"))
    pairs = people.join(people, on=["sample", "unit_id", "variable"]).filter(pl.col("coder") < pl.col("coder_right"))
    between = pairs.with_columns(pl.col("sample").str.replace("people", "between"), first="second", second="second_right")
    kind = pl.when(pl.col("unit_id").str.contains(r"\.[0-9]+$")).then(pl.lit("statements")).otherwise(pl.lit("dossiers"))
    prefix, number = (pl.col("sample").str.extract(DRAWN, group) for group in (1, 2))
    named = pl.when(prefix.is_not_null()).then(pl.format("{}_{}-{}", prefix, kind, number)).otherwise("sample")
    return pl.concat([recodings, between.select(recodings.columns)]).with_columns(sample=named)


def _placed(recodings: pl.DataFrame, raw: dict[str, pl.DataFrame], expulsions: pl.DataFrame, contract: Contract) -> pl.DataFrame:
    """Recodings with the region of the expeller and the period of the decision that their unit is about; empty where it is about none."""
    decision = pl.coalesce(pl.col("unit_id").str.extract(r"/(.+)$"), "about", "unit_id")
    about = raw["statements"].select(unit_id="statement_id", about="expulsion_id")
    return (
        recodings.join(about, on="unit_id", how="left")
        .with_columns(expulsion_id=decision)
        .join(sample.cells(raw, expulsions, contract), on="expulsion_id", how="left")
        .with_columns(region=pl.when(pl.col("period").is_not_null()).then("region"))
    )


def _weights(recodings: pl.DataFrame, raw: dict[str, pl.DataFrame], expulsions: pl.DataFrame, contract: Contract) -> pl.Series:
    """Weight of each recoding: that of its stratum where rarer values were drawn more often than they occur, one elsewhere."""
    weighted = recodings["sample"].str.contains("^(people|cells|between)_")
    if not weighted.any():
        return pl.repeat(1.0, recodings.height, eager=True).alias("weight")
    strata = sample.weights(recodings, sample.units(raw, expulsions, contract))
    return pl.select(weight=pl.when(weighted).then(strata).otherwise(1.0)).to_series()


def _agreements(name: str, variable: str, level: str, group: pl.DataFrame) -> list[tuple[Any, ...]]:
    """Name and measures: one row for a category or a set; for figures and days one for presence and one for the paired values."""
    if level in (NOMINAL, "masi"):
        return [_agreement(name, variable, level, group.with_columns(pl.col("first", "second").fill_null("")))]
    presence = group.with_columns(pl.col("first", "second").is_not_null().cast(pl.String))
    paired = group.drop_nulls(["first", "second"])
    rows = [_agreement(name, f"{variable}_given", NOMINAL, presence)]
    return rows + ([_agreement(name, variable, level, paired)] if paired.height else [])


def levels_of(contract: Contract) -> dict[str, str]:
    """Level of measurement of each coded column that is not nominal: days interval, numbers ratio, lists by MASI."""
    fields = [field for table in ("statements", "expulsions") for field in contract[table].fields.values()]
    return {field.name: LEVELS[field.type] for field in fields if field.type in LEVELS} | dict.fromkeys(SETS, "masi")


def _agreement(name: str, variable: str, level: str, group: pl.DataFrame) -> tuple[Any, ...]:
    import numpy as np

    first, second = (_values(group[c], level) for c in ("first", "second"))
    domain = sorted(set(first) | set(second))
    place = {value: number for number, value in enumerate(domain)}
    a, b = (np.array([place[v] for v in values]) for values in (first, second))
    weights = group["weight"].to_numpy() / group["weight"].mean()
    distance = np.array([[_distance(x, y, level) for y in domain] for x in domain], dtype=float)
    counts = np.bincount(np.concatenate([a, b]), np.concatenate([weights, weights]), minlength=len(domain))
    commonest = int(counts.argmax())
    clusters = np.unique(group["unit_id"].str.replace(r"\.[0-9]+$", "").to_numpy(), return_inverse=True)[1]
    errors = [abs(x - y) for x, y in zip(first, second, strict=True)] if level in ("ratio", "interval") else None
    low, high = _interval(a, b, distance, clusters, weights, seed=zlib.crc32(f"{name}/{variable}".encode()))
    return (
        variable,
        level,
        group.height,
        int(((a != commonest) | (b != commonest)).sum()),
        _rounded(counts[commonest] / (2 * group.height)),
        _rounded(float(np.average(a == b, weights=weights))),
        _rounded(float(np.average(errors, weights=weights))) if errors is not None else None,
        _rounded(float(_alphas(a, b, distance, weights[None])[0])),
        low,
        high,
    )


def _rounded(value: float) -> float | None:
    return None if value != value else round(float(value), 4)


def _values(cells: pl.Series, level: str) -> list[Any]:
    if level == "ratio":
        return cells.cast(pl.Float64).to_list()
    if level == "interval":
        return pl.select(first_day(pl.lit(cells))).to_series().to_physical().to_list()
    if level == "masi":
        return [" ".join(sorted(cell.split())) for cell in cells]
    return cells.to_list()


def _distance(x: Any, y: Any, level: str) -> float:
    if x == y:
        return 0.0
    if level == "ratio":
        return ((x - y) / (x + y)) ** 2
    if level == "interval":
        return float(x - y) ** 2
    if level == "masi":
        one, two = set(x.split()), set(y.split())
        return 1 - len(one & two) / len(one | two) * (2 / 3 if one <= two or two <= one else 1 / 3)
    return 1.0


def _alphas(a: "np.ndarray", b: "np.ndarray", distance: "np.ndarray", weights: "np.ndarray") -> "np.ndarray":
    """Alpha of each row of unit weights; NaN where expected disagreement, and so the observed one, is zero."""
    import numpy as np

    values = np.eye(len(distance))
    margins = weights @ (values[a] + values[b])
    total = margins.sum(axis=1)
    observed = weights @ distance[a, b] / (total / 2)
    expected = (margins @ distance * margins).sum(axis=1) / (total * (total - 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 - observed / expected


def _interval(
    a: "np.ndarray", b: "np.ndarray", distance: "np.ndarray", clusters: "np.ndarray", weights: "np.ndarray", seed: int
) -> tuple[float | None, float | None]:
    """The middle 95 % of alpha over resampled clusters; empty where alpha is hardly ever defined."""
    import numpy as np

    n = int(clusters.max()) + 1
    drawn = np.random.default_rng(seed).integers(n, size=(RESAMPLES, n)) + n * np.arange(RESAMPLES)[:, None]
    draws = np.bincount(drawn.ravel(), minlength=RESAMPLES * n).reshape(RESAMPLES, n)
    alphas = _alphas(a, b, distance, draws[:, clusters] * weights)
    defined = alphas[~np.isnan(alphas)]
    if len(defined) < RESAMPLES // 2:
        return None, None
    low, high = np.quantile(defined, [0.025, 0.975])
    return _rounded(low), _rounded(high)
