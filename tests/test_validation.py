"""Each expectation is seen to fail on a planted violation; how failures are told."""

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from scripts import contract
from scripts.contract import Field
from validation import expectations, run
from validation.report import page

FRA, ITA = "2022-05-18-RUS-FRA", "2022-05-18-RUS-ITA"


@pytest.fixture(scope="module")
def frames(built: Path) -> dict[str, pd.DataFrame]:
    with duckdb.connect(str(built), read_only=True) as connection:
        return {name: connection.table(name).df() for name in contract.product().tables}


@pytest.fixture(scope="module")
def judge() -> Any:
    """Whether a frame meets an expectation."""
    import great_expectations as gx

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("frames")
    counter = iter(range(10**6))

    def meets(frame: pd.DataFrame, *expected: Any) -> list[bool]:
        batch = source.add_dataframe_asset(str(next(counter))).add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
        suite = gx.ExpectationSuite(name=str(next(counter)), expectations=[e.copy() for e in expected])
        return [item.success for item in batch.validate(suite).results]

    return meets


FIELDS = [(name, field) for name, table in contract.product().tables.items() for field in table.fields.values()]


def _spoilt(frame: pd.DataFrame, field: Field, kind: str) -> pd.DataFrame:
    """The frame with one value that breaks the constraint of this kind."""
    wrong = {"required": None, "enum": "nothing of the sort", "pattern": "not this form!", "minimum": -1, "maximum": 99}[kind]
    spoilt = frame.head(3).copy()
    spoilt[field.name] = spoilt[field.name].astype(object)
    spoilt.loc[spoilt.index[0], field.name] = wrong
    return spoilt


@pytest.mark.parametrize("table", contract.product().tables)
def test_expectations_from_the_contract_fail_where_they_should(frames: dict[str, pd.DataFrame], judge: Any, table: str) -> None:
    frame = frames[table]
    if frame.empty:
        pytest.skip(f"{table} has no rows yet")
    expected, spoilt = [], []
    for field in contract.product()[table].fields.values():
        derived = expectations._from_field(field)
        kinds = [k for k in ("required", "enum", "pattern", "minimum") if field.constraints.get(k) not in (None, False)]
        by_kind = {
            "required": "expect_column_values_to_not_be_null", "enum": "expect_column_values_to_be_in_set",
            "pattern": "expect_column_values_to_match_regex", "minimum": "expect_column_values_to_be_between",
        }  # fmt: skip
        for kind in kinds:
            expected.append(next(e for e in derived if e.expectation_type == by_kind[kind]))
            spoilt.append(_spoilt(frame, field, kind))
    verdicts = [judge(rows, e)[0] for e, rows in zip(expected, spoilt, strict=True)]
    assert not any(verdicts)
    assert not judge(frame[frame.columns[::-1]], expectations.from_contract(contract.product()[table])[0])[0]


HAND_PLANTS: dict[str, list[dict[str, Any]]] = {
    "expulsions": [
        {"officials_best": 801}, {"deadline_hours": 0}, {"n_statements": 0}, {"n_statements": 1, "n_articles": 2}, {"n_articles": 1, "n_publishers": 2},
        {"officials_high": 1, "officials_low": 2}, {"acted_until": pd.Timestamp("2022-01-01"), "acted_from": pd.Timestamp("2022-01-02")},
        {"leave_by": pd.Timestamp("2001-01-01")}, {"expulsion_id": ITA},
    ],
    "statements": [{"officials_high": 1, "officials_low": 2}, {"deadline_hours": 9999}, {"says": "short"}, {"figure_as_printed": "x" * 81}],
    "articles": [{"read_on": pd.Timestamp("2001-01-01")}, {"url": "https://twice.example/"}],
    "answers": [{"lag_days": 401}],
    "claims": [{"as_of": pd.Timestamp("2001-01-01")}, {"figure": 3001}],
    "dyads": [{"officials_known_high": -1}, {"officials_known": -1}, {"last_announced_on": pd.Timestamp("1901-01-01")}],
    "memberships": [{"left_on": pd.Timestamp("1801-01-01")}],
    "actors": [{}],
}  # fmt: skip


@pytest.mark.parametrize("table", sorted(expectations.BY_HAND))
def test_hand_written_expectations_fail_where_they_should(frames: dict[str, pd.DataFrame], judge: Any, table: str) -> None:
    hand, plants = expectations.BY_HAND[table], HAND_PLANTS[table]
    assert len(hand) == len(plants)
    for expected, cells in zip(hand, plants, strict=True):
        assert expected.meta["reason"]
        spoilt = frames[table].head(3).copy().astype(object)
        for column, value in cells.items():
            spoilt[column] = value
        assert not judge(spoilt, expected)[0], expected.expectation_type
        assert judge(frames[table], expected)[0], expected.expectation_type


def test_a_range_alone_may_have_a_low_sum_above_what_is_known(frames: dict[str, pd.DataFrame], judge: Any) -> None:
    """A range gives no best figure: its decision is unknown, its low figure is not."""
    ordered = next(e for e in expectations.BY_HAND["dyads"] if getattr(e, "column_B", "") == "officials_known_low")
    dyad = frames["dyads"].head(1)
    lone = dyad.assign(officials_known_low=2, officials_known=0, officials_known_high=3)
    assert judge(lone.assign(n_unknown=1), ordered) == [True] and judge(lone.assign(n_unknown=0), ordered) == [False]


def test_failures_name_rows_and_raw_lines(loose: duckdb.DuckDBPyConnection) -> None:
    loose.execute(f"UPDATE expulsions SET persons_ordered = 'no' WHERE expulsion_id = '{FRA}'")
    told = run.failures(run.validate(loose, contract.product()))
    head = next(i for i, line in enumerate(told) if line.startswith("rules.closed_post_with_figure: "))
    assert told[head].endswith("expect_column_max_to_be_between failed. Nobody was ordered out, yet officials are counted.")
    assert f"expulsion_id={FRA}" in told[head + 1] and "raw/expulsions.csv:" in told[head + 1]


def test_results_are_stable_and_the_page_stands_alone(connection: duckdb.DuckDBPyConnection) -> None:
    results = {"version": "0", "fingerprint": "f", "frictionless": []} | run.validate(connection, contract.product())
    html = page(results)
    assert "<script" not in html and "://" not in html and "all hold" in html
    assert "ge_load_time" not in str(results)
    assert {check["unexpected"] for suite in results["suites"] for check in suite["checks"]} == {0}


def test_text_in_the_page_is_never_markup() -> None:
    check = {
        "expectation": "expect_x",
        "kwargs": {"column": "<img>"},
        "reason": "<b>",
        "success": False,
        "checked": 1,
        "unexpected": 1,
        "observed": None,
        "rows": [{"id": "<script>"}],
        "exception": None,
    }
    html = page(
        {
            "version": "<i>",
            "fingerprint": "",
            "frictionless": ["<u>"],
            "suites": [{"suite": "s", "success": False, "checks": [check]}],
            "rules": {},
        }
    )
    assert not any(tag in html for tag in ("<img>", "<b>", "<script>", "<i>", "<u>"))


def test_frictionless_sees_a_broken_file(tmp_path: Path, product: dict) -> None:
    from scripts import tables

    (tmp_path / "build").mkdir()
    (tmp_path / "datapackage.json").write_text((contract.ROOT / "datapackage.json").read_text(encoding="utf-8"), encoding="utf-8")
    for name, frame in product.items():
        (tmp_path / "build" / f"{name}.csv").write_bytes(tables.csv_bytes(frame))
    assert run.frictionless_errors(tmp_path) == []
    path = tmp_path / "build" / "answers.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("retaliation", "revenge", 1), encoding="utf-8")
    assert any("revenge" in error for error in run.frictionless_errors(tmp_path))
