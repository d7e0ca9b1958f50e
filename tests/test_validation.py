"""Each rule and each expectation is seen to fail on a planted violation."""

from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from scripts import contract
from scripts.contract import Field
from validation import expectations, run
from validation.report import page

FRA, ITA, ESP = "2022-05-18-RUS-FRA", "2022-05-18-RUS-ITA", "2022-05-18-RUS-ESP"
CAUSE = "2022-04-04-FRA-RUS"
STATEMENT = "republicworld-2022-05-18.3"

PLANTS = {
    "self_expulsion": f"UPDATE expulsions SET target = 'RUS' WHERE expulsion_id = '{FRA}'",
    "actor_not_existing": f"UPDATE expulsions SET expeller = 'SUN' WHERE expulsion_id = '{FRA}'",
    "announced_after_published": f"UPDATE statements SET announced_on = '2022-05-20' WHERE statement_id = '{STATEMENT}'",
    "published_before_announced": "UPDATE articles SET published_on = '2021-05-18' WHERE article_id = 'republicworld-2022-05-18'",
    "answer_before_cause": f"UPDATE expulsions SET announced_on = '2021-05-18' WHERE expulsion_id = '{FRA}'",
    "retaliation_not_reversed": f"UPDATE answers SET answers = '2022-04-05-ITA-RUS' WHERE expulsion_id = '{FRA}'",
    "solidarity_other_target": f"UPDATE answers SET relation = 'solidarity' WHERE expulsion_id = '{FRA}'",
    "figure_added_twice": f"UPDATE expulsions SET included_in = '{ITA}' WHERE expulsion_id = '{FRA}'",
    "expulsion_without_statement": f"DELETE FROM statements WHERE expulsion_id = '{FRA}'",
    "possible_duplicate": f"INSERT INTO expulsions SELECT * REPLACE ('2022-05-19-RUS-FRA' AS expulsion_id, NULL AS note) FROM expulsions WHERE expulsion_id = '{FRA}'",
    "dyad_total_wrong": f"UPDATE expulsions SET officials_best = 35 WHERE expulsion_id = '{FRA}'",
    "low_best_high": f"UPDATE expulsions SET officials_low = 35 WHERE expulsion_id = '{FRA}'",
    "best_differs_from_order": f"UPDATE statements SET officials_low = 43, officials_high = 43 WHERE expulsion_id = '{FRA}'",
    "single_publisher_confirmed": f"UPDATE articles SET publisher = 'X', agency = NULL WHERE article_id IN (SELECT article_id FROM statements WHERE expulsion_id = '{FRA}')",
    "trigger_without_edge": f"DELETE FROM answers WHERE expulsion_id = '{FRA}'",
    "edge_without_trigger": f"UPDATE expulsions SET trigger = 'incident' WHERE expulsion_id = '{FRA}'",
    "reply_without_edge": f"UPDATE expulsions SET reply = 'expulsion' WHERE expulsion_id = '{FRA}'",
    "unexplained_first_move": f"UPDATE expulsions SET note = NULL WHERE expulsion_id = '{FRA}'; DELETE FROM answers WHERE expulsion_id = '{FRA}'",
    "claim_gap_unexplained": "UPDATE claims SET figure = 999, gap_reason = NULL WHERE claim_id = 'republicworld-2022-05-18.c1'",
    "closed_post_with_figure": f"UPDATE expulsions SET persons_ordered = 'no' WHERE expulsion_id = '{FRA}'",
    "ceiling_as_head_count": f"UPDATE expulsions SET ceiling = officials_best WHERE expulsion_id = '{FRA}'",
    "more_diplomats_than_officials": f"UPDATE expulsions SET diplomats = 99 WHERE expulsion_id = '{FRA}'",
    "deadline_contradicted": f"UPDATE expulsions SET leave_by = '2022-05-01' WHERE expulsion_id = '{FRA}'",
    "statement_of_another_day": f"UPDATE statements SET announced_on = '2022-05-01' WHERE statement_id = '{STATEMENT}'",
    "figure_far_off": f"UPDATE expulsions SET officials_best = 340 WHERE expulsion_id = '{FRA}'",
    "wave_outside_its_time": f"UPDATE expulsions SET announced_on = '2021-05-18' WHERE expulsion_id = '{FRA}'",
    "ambassador_not_head": f"UPDATE expulsions SET head_of_mission = true, officials_best = 0 WHERE expulsion_id = '{FRA}'",
    "retired_id_alive": f"INSERT INTO retired VALUES ('{FRA}', '{ITA}', 'Twice.')",
    "article_without_yield": "INSERT INTO articles SELECT * REPLACE ('idle-2022-01-01' AS article_id) FROM articles WHERE no_expulsion_because IS NULL LIMIT 1",
    "claim_line_outside_total": "UPDATE claims SET part_of = 'republicworld-2022-05-18.c2' WHERE claim_id = 'republicworld-2022-05-18.c1'",
    "agreement_too_low": "INSERT INTO reliability BY NAME SELECT 'statements-99' AS sample, 'vantage' AS variable, 'nominal' AS level, 150 AS n_units, 40 AS n_rarer, 0.7 AS alpha",
    "acted_far_off": f"UPDATE statements SET acted_from = '2012-05-18' WHERE statement_id = '{STATEMENT}'",
    "ceiling_in_figure": f"UPDATE statements SET ceiling = officials_low WHERE statement_id = '{STATEMENT}'; UPDATE expulsions SET note = NULL WHERE expulsion_id = '{FRA}'",
    "claim_far_below": "UPDATE claims SET figure = 39, gap_reason = NULL WHERE claim_id = 'republicworld-2022-05-18.c1'",
    "code_of_two_actors": "UPDATE memberships SET code = '220' WHERE actor_id = 'DEU' AND organisation = 'COW'",
    "deadline_far_off": f"UPDATE statements SET leave_by = '2032-06-01' WHERE statement_id = '{STATEMENT}'",
    "membership_before_organisation": "UPDATE memberships SET joined_on = '1904-05-01' WHERE actor_id = 'POL' AND organisation = 'EU'",
    "harvest_of_another_day": f"INSERT INTO harvests VALUES ('{FRA}', 'target_side', '2021-05-18', 34, '2026-11-24', 'c1')",
    "note_copied": f"UPDATE expulsions SET note = 'One.' WHERE expulsion_id IN ('{CAUSE}', '2022-04-11-FRA-RUS')",
    "organisation_size_wrong": "DELETE FROM memberships WHERE actor_id = 'MLT' AND organisation = 'EU'",
    "publisher_misspelt": "UPDATE articles SET publisher = publisher || 'x' WHERE article_id = (SELECT min(article_id) FROM articles WHERE publisher = 'TASS' AND url LIKE '%//tass.ru%')",
    "scope_wider_than_stated": "UPDATE claims SET expeller_scope = '*' WHERE claim_id = 'republicworld-2022-05-18.c2'; UPDATE claims SET scope_as_stated = 'members of the EU' WHERE claim_id = 'republicworld-2022-05-18.c2'",
    "state_without_iso2": "UPDATE actors SET iso2 = NULL WHERE actor_id = 'NAM'",
    "year_beside_day": f"UPDATE statements SET announced_precision = 'year' WHERE statement_id = '{STATEMENT}'",
    "text_without_coder_words": "INSERT INTO statements SELECT * REPLACE ('x' AS statement_id) FROM statements LIMIT 1",
}  # fmt: skip


def test_every_rule_has_a_plant() -> None:
    assert sorted(PLANTS) == sorted(path.stem for path in run.RULES.glob("*.sql"))


@pytest.mark.parametrize("name", sorted(PLANTS))
def test_rule_selects_the_planted_row(loose: duckdb.DuckDBPyConnection, name: str) -> None:
    query = (run.RULES / f"{name}.sql").read_text(encoding="utf-8")
    before = len(loose.sql(query).fetchall())
    loose.execute(PLANTS[name])
    assert len(loose.sql(query).fetchall()) > before


def test_days_typed_as_hours_are_far_off(loose: duckdb.DuckDBPyConnection) -> None:
    query = (run.RULES / "deadline_far_off.sql").read_text(encoding="utf-8")
    before = {row[0] for row in loose.sql(query).fetchall()}
    loose.execute(f"UPDATE statements SET deadline_hours = 14 WHERE statement_id = '{STATEMENT}'")
    assert {row[0] for row in loose.sql(query).fetchall()} - before == {STATEMENT}


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


def test_failures_name_rows_and_raw_lines(loose: duckdb.DuckDBPyConnection) -> None:
    loose.execute(PLANTS["closed_post_with_figure"])
    told = run.failures(run.validate(loose, contract.product()))
    head = next(i for i, line in enumerate(told) if line.startswith("rules.closed_post_with_figure: "))
    assert told[head].endswith("expect_column_max_to_be_between failed. Nobody was ordered out, yet officials are counted.")
    assert f"expulsion_id={FRA}" in told[head + 1] and "raw/expulsions.csv:" in told[head + 1]


def test_results_are_stable_and_the_page_stands_alone(connection: duckdb.DuckDBPyConnection) -> None:
    results = {"version": "0", "fingerprint": "f", "frictionless": []} | run.validate(connection, contract.product())
    html = page(results)
    assert "<script" not in html and "http" not in html and "all hold" in html
    assert "ge_load_time" not in str(results)


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
