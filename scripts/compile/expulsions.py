"""Statements to expulsions: one published order of preference for every column.

The order is a convention, not an estimate (raw/README.md, "How the best figure is chosen"): a statement marked
authoritative; else vantage, attribution, exactness, unit, recency, number of origins, smallest id.
"""

import polars as pl

from scripts.compile import dates

RETROSPECTIVE_DAYS = 30
VANTAGE = ["expeller", "target", "third_party"]
ATTRIBUTION = ["official", "unnamed_official", "press"]
QUALIFIER = ["exact", "about", "at_least"]
UNIT = ["mission_members", "unspecified", "diplomats", "administrative_technical"]
COVERS = ["whole", "part", "beyond"]
FIGURE = ["officials_low", "counted_unit", "qualifier"]
UNDATED = 10**6
FIGURED = ["expulsion_id", "origin", "covers", "officials_high", "includes_outsiders"]
STEPS = ["authoritative", "vantage", "attribution", "exactness", "unit", "recency", "origins", "id"]


def compile_expulsions(frames: dict[str, pl.DataFrame]) -> pl.DataFrame:
    """One row per live expulsion of ``raw/expulsions.csv``.

    Takes the typed raw frames ``expulsions``, ``statements`` and ``articles``. Gives the columns of the product's
    ``expulsions`` and, for the curator's checks, ``announced_last`` and ``n_counting`` (statements that count).
    """
    live, statements = frames["expulsions"].filter(pl.col("replaced_by").is_null()), frames["statements"]
    statements = _ranked(statements.join(live, on="expulsion_id", how="semi"), frames["articles"])
    counting = statements.filter(pl.col("standing").is_in(["accepted", "authoritative"]))
    compiled = live
    for part in (
        _evidence(statements),
        _grounds(counting),
        _figures(counting.select("^r_.*$", *FIGURED, *FIGURE).filter(pl.col("covers") == "whole")),
        _preferred(counting),
    ):
        compiled = compiled.join(part, on="expulsion_id", how="left", maintain_order="left")
    return _completed(compiled)


def _rank(column: str, order: list[str]) -> pl.Expr:
    return pl.col(column).replace_strict({v: i for i, v in enumerate(order)}, default=len(order), return_dtype=pl.Int64)


def _ranked(statements: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Statements with their origin, their rank in each step that needs no comparison (``r_…``, small is better), ids as ``r_id``."""
    origin = articles.select(
        "article_id", origin=pl.coalesce("agency", "publisher"), published="published_on", published_last="published_on_last"
    )
    ranked = statements.join(origin, on="article_id", how="left", maintain_order="left").with_columns(
        r_authoritative=(pl.col("standing") != "authoritative").cast(pl.Int64),
        r_covers=_rank("covers", COVERS),
        r_vantage=_rank("vantage", VANTAGE),
        r_attribution=_rank("attribution", ATTRIBUTION),
        r_exactness=_rank("qualifier", QUALIFIER),
        r_unit=_rank("counted_unit", UNIT),
        r_id=pl.col("statement_id").rank("ordinal").cast(pl.Int64),
        anchor=pl.col("announced_on").min().over("expulsion_id"),
    )
    days = (pl.col("published") - pl.col("anchor")).dt.total_days()
    near = days.is_between(-1, RETROSPECTIVE_DAYS)
    recency = pl.when(near).then(RETROSPECTIVE_DAYS - days).otherwise(2 * RETROSPECTIVE_DAYS + days.abs())
    return ranked.with_columns(r_recency=recency.fill_null(UNDATED))


def _ordered(*steps: str) -> list[str]:
    """Columns to sort by, the first step before the others; ids break ties."""
    return [f"r_{step}" for step in (*steps, "id")]


def _figures(whole: pl.DataFrame) -> pl.DataFrame:
    """officials_low, _best, _high, counted_unit, best_qualifier, best_basis, includes_outsiders for each expulsion."""
    points = whole.filter(
        (pl.col("officials_low") == pl.col("officials_high"))
        | (pl.col("officials_low").is_not_null() & (pl.col("qualifier") == "at_least"))
    )
    best = _decided(points)
    ranges = (
        whole.filter(pl.max_horizontal("officials_low", "officials_high").is_not_null())
        .sort(_ordered(*STEPS[:6]))
        .group_by("expulsion_id")
        .agg(unit=pl.col("counted_unit").first())
    )
    units = ranges.join(best, on="expulsion_id", how="left").select("expulsion_id", counted_unit=pl.coalesce("best_unit", "unit"))
    extremes = (
        whole.join(units, on=["expulsion_id", "counted_unit"])
        .group_by("expulsion_id")
        .agg(
            low=pl.col("officials_low").min(),
            high=pl.col("officials_high").max(),
            open=pl.col("officials_low").filter(pl.col("qualifier") == "at_least").max(),
        )
    )
    figures = units.join(extremes, on="expulsion_id", how="left").join(best, on="expulsion_id", how="left")
    is_open = (pl.col("best_qualifier") == "at_least") | (pl.col("open") > pl.col("high")).fill_null(False)
    return figures.select(
        "expulsion_id",
        "counted_unit",
        "officials_best",
        "best_qualifier",
        "best_basis",
        "includes_outsiders",
        officials_low="low",
        officials_high=pl.when(~is_open.fill_null(False)).then(pl.col("high")),
    )


def _decided(points: pl.DataFrame) -> pl.DataFrame:
    """The best point figure of each expulsion and the first step after which all that remains agrees."""
    origins = points.group_by("expulsion_id", *FIGURE).agg(r_origins=-pl.col("origin").n_unique().cast(pl.Int64))
    points = points.join(origins, on=["expulsion_id", *FIGURE], how="left", nulls_equal=True)
    best = points.sort(_ordered(*STEPS[:-1])).group_by("expulsion_id").first()
    # A dissenting figure falls out at the first step at which it ranks below the best one; the last to fall decides.
    dissents = pl.any_horizontal(pl.col(column) != pl.col(f"{column}_best") for column in FIGURE)
    others = points.join(best, on="expulsion_id", suffix="_best").filter(dissents)
    fallen = pl.coalesce(pl.when(pl.col(f"r_{step}") != pl.col(f"r_{step}_best")).then(place) for place, step in enumerate(STEPS))
    basis = others.group_by("expulsion_id").agg(place=fallen.max())
    names = pl.col("place").replace_strict(dict(enumerate(STEPS)), default="unanimous", return_dtype=pl.String)
    return best.join(basis, on="expulsion_id", how="left").select(
        "expulsion_id",
        "includes_outsiders",
        officials_best="officials_low",
        best_unit="counted_unit",
        best_qualifier="qualifier",
        best_basis=names,
    )


def _preferred(counting: pl.DataFrame) -> pl.DataFrame:
    """The columns that are no figure: for each the preferred statement, of those that have one.

    A statement that says more (a form, a day, that people must go) goes before one that says less, then one of the whole decision.
    """
    order = _ordered("authoritative", "covers", "vantage", "attribution", "recency")
    single = ["accredited_to", "nationality", "diplomats", "posts_cut", "ceiling", "ceiling_diplomats", "leave_by", "deadline_hours"]
    acted = pl.col("acted_from").is_not_null()
    singles = (
        counting.select("expulsion_id", "acted_from", "acted_until_last", "head_of_mission", *single, *order)
        .sort(order)
        .group_by("expulsion_id")
        .agg(
            pl.col(single).drop_nulls().first(),
            pl.col("acted_from", "acted_until_last").filter(acted).first(),
            n_counting=pl.len(),
            head_of_mission=pl.col("head_of_mission").any(ignore_nulls=False),
        )
    )
    by_exactness = [
        (
            ["announced_on", "announced_on_last", "announced_on_precision"],
            _rank("announced_on_precision", dates.PRECISION.categories.to_list()),
        ),
        (["measure"], (pl.col("measure") == "ordered_to_leave").cast(pl.Int64)),
        (["persons_ordered"], _rank("persons_ordered", ["yes", "no", "unknown"])),
    ]
    for names, exactness in by_exactness:
        singles = singles.join(_first(counting, names, exactness), on="expulsion_id", how="left")
    return singles


def _first(counting: pl.DataFrame, names: list[str], exactness: pl.Expr) -> pl.DataFrame:
    """The preferred statement's ``names``, of those that have the first of them, the more exact before the less."""
    order = _ordered("authoritative", "exactness", "covers", "vantage", "attribution", "recency")
    having = counting.filter(pl.col(names[0]).is_not_null()).with_columns(r_exactness=exactness)
    return having.select("expulsion_id", *names, *order).sort(order).group_by("expulsion_id").agg(pl.col(names).first())


def _grounds(counting: pl.DataFrame) -> pl.DataFrame:
    """Each ground that any counting statement reports as the expeller's."""
    return counting.group_by("expulsion_id").agg(pl.col("^ground_.*$").any())


def _evidence(statements: pl.DataFrame) -> pl.DataFrame:
    """Numbers of statements, articles and independent origins; rejected statements count as statements only."""
    return statements.group_by("expulsion_id").agg(
        n_statements=pl.len(),
        n_articles=pl.col("article_id").n_unique(),
        n_publishers=pl.col("origin").filter(pl.col("standing") != "rejected").n_unique(),
    )


def _completed(compiled: pl.DataFrame) -> pl.DataFrame:
    """Defaults that have a rule of their own: place, rank, status, and a count of zero where nothing was joined."""
    counts = ["n_statements", "n_articles", "n_publishers", "n_counting"]
    all_diplomats = (pl.col("counted_unit") == "diplomats") & (pl.col("best_qualifier") == "exact")
    return compiled.with_columns(
        pl.col(counts).fill_null(0),
        pl.col("^ground_.*$").fill_null(False),
        accredited_to=pl.coalesce("accredited_to", "expeller"),
        announced_precision="announced_on_precision",
        announced_last="announced_on_last",
        acted_until="acted_until_last",
        persons_ordered=pl.col("persons_ordered").fill_null("unknown"),
        diplomats=pl.coalesce("diplomats", pl.when(all_diplomats).then("officials_best")),
        status=pl.when(pl.col("dispute").is_not_null())
        .then("dispute")
        .when(pl.col("n_publishers").fill_null(0) > 1)
        .then(pl.lit("confirmed"))
        .otherwise(pl.lit("single_source")),
    )


def compile_dyads(expulsions: pl.DataFrame) -> pl.DataFrame:
    """One row per directed dyad; sums skip contained and retracted expulsions, unknown figures are counted apart."""
    kept = expulsions.filter(pl.col("status") != "retracted")
    summed = pl.col("included_in").is_null()
    best = pl.col("officials_best")
    dyads = kept.group_by("expeller", "target").agg(
        expulsions=pl.len(),
        officials_known_low=pl.coalesce("officials_low", best).filter(summed).sum(),
        officials_known=best.filter(summed).sum(),
        officials_known_high=pl.max_horizontal("officials_high", best).filter(summed).sum(),
        n_unknown=(best.is_null() & (pl.col("persons_ordered") != "no") & summed).sum(),
        n_open=(best.is_not_null() & pl.col("officials_high").is_null() & summed).sum(),
        posts_cut=pl.when(pl.col("posts_cut").is_not_null().any()).then(pl.col("posts_cut").filter(summed).sum()),
        first_announced_on=pl.col("announced_on").min(),
        last_announced_on=pl.col("announced_on").max(),
    )
    reverse = dyads.select(expeller="target", target="expeller", reciprocated=pl.lit(True))
    return dyads.join(reverse, on=["expeller", "target"], how="left").with_columns(pl.col("reciprocated").fill_null(False))
