"""Statements to expulsions: one published order of preference for every column.

The order is a convention, not an estimate (raw/README.md, "How the best figure is chosen"): a statement marked
authoritative; else vantage, attribution, exactness, unit, recency, number of origins, smallest id.
"""

import polars as pl

from scripts.compile import dates, numerals

RETROSPECTIVE_DAYS = 30
VANTAGE = ["expeller", "target", "third_party"]
ATTRIBUTION = ["official", "unnamed_official", "press"]
QUALIFIER = ["exact", "about", "at_least"]
UNIT = ["mission_members", "unspecified", "diplomats", "administrative_technical"]
COVERS = ["whole", "part", "beyond"]
FIGURE = ["officials_low", "counted_unit", "qualifier"]
UNDATED = 10**6
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
    for part in (_evidence(statements), _grounds(counting), _best(counting), _bounds(counting), _preferred(counting)):
        compiled = compiled.join(part, on="expulsion_id", how="left", maintain_order="left")
    return _placed(_completed(compiled), frames["scope"])


def _placed(compiled: pl.DataFrame, scope: pl.DataFrame) -> pl.DataFrame:
    """``counts`` and ``in_scope``; a scope's sides are actors' ids, everyone, or all but an actor, so that no membership is asked."""

    def side(column: str, *ends: str) -> pl.Expr:
        def named(sign: str) -> pl.Expr:
            tokens = pl.col(column).str.split(" ")
            return pl.any_horizontal(tokens.list.contains(pl.format("{}{}", pl.lit(sign), end)).fill_null(False) for end in ends)

        return (pl.col(column).str.split(" ").list.contains("*") | named("")) & ~named("-")

    promised = (
        compiled.select("expulsion_id", "expeller", "target", "nationality", "announced_on")
        .join(scope, how="cross")
        .filter(
            pl.col("announced_on").is_between("period_from", "period_until"),
            side("expeller_scope", "expeller"),
            side("target_scope", "target", "nationality"),
        )
    )
    return compiled.with_columns(
        counts=pl.col("included_in").is_null() & (pl.col("status") != "retracted"),
        in_scope=pl.col("expulsion_id").is_in(promised["expulsion_id"].implode()),
    )


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


def _best(counting: pl.DataFrame) -> pl.DataFrame:
    """officials_best with its unit, qualifier, basis and outsiders for each expulsion; without a best figure the unit of the range."""
    whole = counting.filter(pl.col("covers") == "whole")
    low, high = pl.col("officials_low"), pl.col("officials_high")
    points = whole.filter((low == high) | (low.is_not_null() & (pl.col("qualifier") == "at_least")))
    ranges = whole.filter(pl.max_horizontal(low, high).is_not_null()).sort(_ordered(*STEPS[:6]))
    units = ranges.group_by("expulsion_id").agg(unit=pl.col("counted_unit").first())
    best = units.join(_decided(points), on="expulsion_id", how="left")
    return best.with_columns(counted_unit=pl.coalesce("best_unit", "unit")).drop("unit", "best_unit")


def _bounds(counting: pl.DataFrame) -> pl.DataFrame:
    """officials_low and officials_high: the bounds of all standing statements (coding manual, "The range").

    At least n opens the range above unless an upper bound not below n stands beside it; a range in words, whose ends no
    wording prints, counts where no number stands; a part bounds the whole from below.
    """
    low, high = pl.col("officials_low"), pl.col("officials_high")
    figured = counting.filter(pl.max_horizontal(low, high).is_not_null()).with_columns(
        whole=pl.col("covers") == "whole",
        in_words=(low < high).fill_null(False) & ~numerals.numbers(pl.col("figure_as_printed")).list.contains(low.cast(pl.Int64)),
    )
    numbered = (pl.col("whole") & ~pl.col("in_words")).any().over("expulsion_id")
    figured = figured.filter(~(pl.col("whole") & pl.col("in_words") & numbered))
    open_above = pl.col("qualifier") == "at_least"
    bounds = figured.group_by("expulsion_id").agg(
        low=low.filter("whole").min(),
        part=low.filter(pl.col("covers") == "part").max(),
        high=high.filter("whole").max(),
        open=low.filter(pl.col("whole") & open_above).max(),
    )
    closed = (pl.col("open") <= pl.col("high")).fill_null(pl.col("open").is_null())
    return bounds.select(
        "expulsion_id", officials_low=pl.max_horizontal("low", "part"), officials_high=pl.when(closed).then(pl.col("high"))
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
