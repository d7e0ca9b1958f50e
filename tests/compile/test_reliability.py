"""Alpha against the published package, and its edges."""

import itertools
import math

import krippendorff
import numpy as np
import polars as pl
import pytest

from scripts.compile import reliability
from scripts.package import contract

NO_EXPULSIONS = pl.DataFrame(schema={"expulsion_id": pl.String, "expeller": pl.String, "announced_on": pl.Date})
SCHEMA = ["sample", "unit_id", "variable", "first", "second", "settled", "reason", "coder"]


def _recodings(variable: str, pairs: list[tuple[str | None, str | None]], sample: str = "statements-1") -> dict[str, pl.DataFrame]:
    rows = [(sample, f"a{n // 2}-2022-01-01.{n % 2 + 1}", variable, a, b, a, None, "c2") for n, (a, b) in enumerate(pairs)]
    nothing = {"actors": ["actor_id", "un_region"], "statements": ["statement_id", "expulsion_id"]}
    others = {name: pl.DataFrame(schema=dict.fromkeys(columns, pl.String)) for name, columns in nothing.items()}
    return others | {"recodings": pl.DataFrame(rows, schema=dict.fromkeys(SCHEMA, pl.String), orient="row")}


def _row(frame: dict[str, pl.DataFrame]) -> dict[str, float]:
    return reliability.compile_reliability(frame, NO_EXPULSIONS, contract.product()).row(-1, named=True)


def _random_pairs(values: list[str], seed: int) -> list[tuple[str, str]]:
    random = np.random.default_rng(seed)
    first = random.choice(values, 80)
    return [(a, a if random.random() < 0.8 else random.choice(values)) for a in first.tolist()]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("variable", "values", "level"),
    [("vantage", ["expeller", "target", "third_party"], "nominal"), ("officials_low", ["1", "2", "10", "45"], "ratio"), ("announced_on", ["2022-04-01", "2022-04-02", "2022-05-18"], "interval")],
)  # fmt: skip
def test_alpha_is_the_published_one(variable: str, values: list[str], level: str, seed: int) -> None:
    pairs = _random_pairs(values, seed)
    frame = reliability.compile_reliability(_recodings(variable, pairs), NO_EXPULSIONS, contract.product())
    row = frame.filter(pl.col("variable") == variable).row(0, named=True)
    table = np.array([[values.index(v) for v in side] for side in zip(*pairs, strict=True)])
    if level != "nominal":
        numbers = [float(v) if level == "ratio" else float(np.datetime64(v).astype(int)) for v in values]
        table = np.vectorize(numbers.__getitem__)(table)
    assert row["level"] == level
    assert row["alpha"] == pytest.approx(krippendorff.alpha(reliability_data=table.astype(float), level_of_measurement=level), abs=1e-4)
    assert row["alpha_low"] <= row["alpha"] <= row["alpha_high"]
    assert row["agreement"] == pytest.approx(np.mean([a == b for a, b in pairs]), abs=1e-4)


def test_presence_and_pairs_are_apart() -> None:
    frame = reliability.compile_reliability(
        _recodings("officials_low", [("5", "5"), ("7", None), (None, None), ("3", "10")] * 5), NO_EXPULSIONS, contract.product()
    )
    assert frame["variable"].to_list() == ["officials_low_given", "officials_low"]
    assert frame["n_units"].to_list() == [20, 10]
    assert frame["mean_absolute_error"].to_list() == [None, 3.5]


def test_no_variation_is_undefined_and_stays_empty() -> None:
    row = reliability.compile_reliability(_recodings("covers", [("whole", "whole")] * 20), NO_EXPULSIONS, contract.product()).row(
        0, named=True
    )
    assert (row["alpha"], row["alpha_low"], row["agreement"], row["n_rarer"]) == (None, None, 1.0, 0)


def test_sets_are_compared_by_masi() -> None:
    assert reliability._distance("war", "war", "masi") == 0
    assert reliability._distance("war", "espionage", "masi") == 1
    assert reliability._distance("war", "war espionage", "masi") == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert reliability._distance("war other", "war espionage", "masi") == pytest.approx(1 - 1 / 3 * 1 / 3)


def test_a_set_is_the_same_in_any_order() -> None:
    """Grounds are ticked, not ranked: two coders who typed them in another order agree."""
    row = _row(_recodings("grounds", [("war other", "other war"), ("espionage", "espionage")] * 10))
    assert (row["agreement"], row["alpha"]) == (1.0, 1.0)


def test_a_vague_day_counts_as_its_first() -> None:
    """A coder who found the month only is as far from the day as that day is from the first of the month."""
    row = _row(_recodings("announced_on", [("2022-04-11", "2022-04"), ("2022", "2022-01-05"), ("2022-05-18", "2022-05-18")] * 10))
    assert row["mean_absolute_error"] == pytest.approx((10 + 4 + 0) / 3, abs=1e-4)


def test_interval_resamples_articles_as_the_published_alpha_of_every_resample_does() -> None:
    """Five articles of unlike agreement: of all 5^5 ways to draw five of them, the middle 95 % is what the interval estimates."""
    agreeing, values, rows = [8, 7, 6, 5, 3], ["expeller", "target"], []
    for article, agreed in enumerate(agreeing):
        for k in range(8):
            first = values[k % 2]
            rows.append((f"a{article}-2022-01-01.{k + 1}", first, first if k < agreed else values[1 - k % 2]))
    whole = [("statements-1", unit, "vantage", a, b, a, None, "c2") for unit, a, b in rows]
    row = _row(_recodings("vantage", []) | {"recodings": pl.DataFrame(whole, schema=dict.fromkeys(SCHEMA, pl.String), orient="row")})
    codes = np.array([[values.index(a), values.index(b)] for _, a, b in rows], dtype=float).reshape(5, 8, 2)
    alphas: list[float] = []
    for drawn in itertools.combinations_with_replacement(range(5), 5):
        ways = math.factorial(5) // math.prod(math.factorial(drawn.count(k)) for k in range(5))
        alphas += [krippendorff.alpha(reliability_data=codes[list(drawn)].reshape(-1, 2).T, level_of_measurement="nominal")] * ways
    assert len(alphas) == 5**5
    assert [row["alpha_low"], row["alpha_high"]] == pytest.approx(np.quantile(alphas, [0.025, 0.975]).tolist(), abs=0.03)


def test_interval_stands_where_most_resamples_vary_and_only_there() -> None:
    """One article of twenty has all variation: it is drawn in two thirds of the resamples, and the others say nothing."""
    row = _row(_recodings("covers", [("whole", "whole")] * 38 + [("part", "part"), ("part", "whole")]))
    assert row["alpha_low"] is not None and row["alpha_low"] < row["alpha"] <= row["alpha_high"]


def test_without_recodings_there_are_no_rows_and_audits_are_no_agreement() -> None:
    assert reliability.compile_reliability(_recodings("vantage", []), NO_EXPULSIONS, contract.product()).height == 0
    assert (
        reliability.compile_reliability(
            _recodings("vantage", [("expeller", "target")], "audit-1"), NO_EXPULSIONS, contract.product()
        ).height
        == 0
    )


def test_distance_of_figures_days_and_names() -> None:
    assert reliability._distance("war espionage", "war", "masi") == pytest.approx(1 - 1 / 2 * 2 / 3)
    assert reliability._distance(10.0, 30.0, "ratio") == pytest.approx(0.25)
    assert reliability._distance(19100, 19103, "interval") == 9.0
    assert reliability._distance("expeller", "target", "nominal") == 1.0


def test_prevalence_agreement_and_rarer_values() -> None:
    pairs = [("a", "a")] * 6 + [("a", "b"), ("b", "a"), ("b", "b"), ("c", "c")]
    row = reliability.compile_reliability(_recodings("vantage", [*pairs]), NO_EXPULSIONS, contract.product()).row(0, named=True)
    assert (row["n_units"], row["n_rarer"], row["prevalence"], row["agreement"]) == (10, 4, 0.7, 0.8)
