"""Each expectation is seen to fail on a planted violation, by itself and through make; how failures are told."""

import json
import shutil
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from scripts.package import contract, fingerprint
from scripts.package.contract import Field
from scripts.package.store import csv_bytes
from tests import world
from tests.conftest import Sheet, loosen
from validation import expectations, run
from validation.report import page

ITA = "2022-05-18-RUS-ITA"


@pytest.fixture(scope="module")
def frames(small_world: Path) -> dict[str, pd.DataFrame]:
    with duckdb.connect(str(small_world / world.DATABASE), read_only=True) as connection:
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
    "dyads": [{"officials_high": -1, "officials": 1}, {"officials": -1}, {"last_announced_on": pd.Timestamp("1901-01-01")}],
    "dyad_years": [{"officials_high": -1, "officials": 1}, {"n_unknown": 99}, {"year": 22}],
    "dyad_months": [{"officials_high": -1, "officials": 1}, {"n_unknown": 99}],
    "actor_years": [{"year": 22}],
    "scope": [{"period_until": pd.Timestamp("1901-01-01")}],
    "memberships": [{"left_on": pd.Timestamp("1801-01-01")}],
    "actors": [{}],
}  # fmt: skip


@pytest.mark.parametrize("table", sorted(expectations.BY_HAND))
def test_hand_written_expectations_fail_where_they_should(frames: dict[str, pd.DataFrame], judge: Any, table: str) -> None:
    hand, plants = expectations.BY_HAND[table], HAND_PLANTS[table]
    assert len(hand) == len(plants)
    for expected, cells in zip(hand, plants, strict=True):
        assert expected.meta["reason"]
        spoilt = frames[table].tail(3).copy().astype(object)
        for column, value in cells.items():
            spoilt[column] = value
        assert not judge(spoilt, expected)[0], expected.expectation_type
        assert judge(frames[table], expected)[0], expected.expectation_type


# --- through make ----------------------------------------------------------------------------------------------------


def _judged(folder: Path) -> dict[str, Any]:
    """What a run of make wrote of its validation."""
    return json.loads((folder / world.RESULTS).read_text(encoding="utf-8"))


def test_every_rule_and_every_expectation_is_judged(small_world: Path) -> None:
    """All rule files, all that the contract asks for and all that was written by hand, each with its reason: none is lost on the way."""
    results = _judged(small_world)
    suites = {suite["suite"]: suite["checks"] for suite in results["suites"]}
    assert (
        list(suites) == [*contract.product().tables, "rules"]
        and results["frictionless"] == results["waivers"] == []
        and results["rules"] == {}
    )
    assert [(c["kwargs"]["column"], c["reason"]) for c in suites["rules"]] == [
        (path.stem, run.rule_reason(path)) for path in sorted(run.RULES.glob("*.sql"))
    ]
    for name, table in contract.product().tables.items():
        output = sorted(
            (c["expectation"], c["kwargs"].get("column") or c["kwargs"].get("column_A") or "", c["reason"]) for c in suites[name]
        )
        asked = [(e, "The contract says so.") for e in expectations.from_contract(table)]
        asked += [(e, e.meta["reason"]) for e in expectations.BY_HAND.get(name, [])]
        wanted = [(e.expectation_type, getattr(e, "column", None) or getattr(e, "column_A", None) or "", reason) for e, reason in asked]
        assert output == sorted(wanted), name
    assert all(check["success"] and not check["exception"] and check["unexpected"] == 0 for checks in suites.values() for check in checks)


def _set(table: str, cells: str, where: str) -> str:
    return f"UPDATE {table} SET {cells} WHERE {where};"


def _expulsion(key: str, cells: str) -> str:
    return _set("expulsions", cells, f"expulsion_id = '{key}'")


def _said(key: str, cells: str) -> str:
    return _set("statements", cells, f"statement_id = '{key}'")


# A violation of each rule in the small world; some break others too.
BROKEN = {
    "acted_far_off": _said("gazeta-2022-10-10.1", "acted_from = '2010-01-01'"),
    "actor_not_existing": _expulsion("1992-12-31-CSK-YEM", "target = 'SUN'"),
    "agreement_too_low": "INSERT INTO reliability BY NAME SELECT 'statements-99' AS sample, 'vantage' AS variable, '*' AS region, '*' AS period, 'nominal' AS level, 99 AS n_units, 20 AS n_rarer, 0.5 AS alpha;",
    "ambassador_not_head": _expulsion("2022-02-23-DEU-RUS", "officials_best = 0"),
    "announced_after_published": _said("acorn-2022-03-29.1", "announced_on = '2030-01-01'"),
    "answer_before_cause": _expulsion("2018-03-17-RUS-GBR", "announced_on = '2018-03-10'"),
    "article_without_yield": _set("articles", "no_expulsion_because = NULL", "article_id = 'silent-2022-04-02'"),
    "best_differs_from_order": _expulsion("2020-01-20-GBR-RUS", "officials_best = 11"),
    "ceiling_as_head_count": _expulsion("2021-10-06-NATO-RUS", "ceiling = 8"),
    "ceiling_in_figure": _said("vesti-2018-03-29.1", "ceiling = 58"),
    "claim_far_below": _set("claims", "figure = 10", "claim_id = 'tally-2022-04-30.c1'"),
    "claim_gap_unexplained": _set("claims", "gap_reason = NULL", "claim_id = 'tally-2022-12-31.c4'"),
    "claim_line_outside_total": _set("claims", "since = '2022-01-01'", "claim_id = 'tally-2022-04-30.c2'"),
    "closed_post_with_figure": _expulsion("2023-04-04-FIN-RUS", "persons_ordered = 'no'"),
    "code_of_two_actors": _set("memberships", "code = '220'", "actor_id = 'CAN' AND organisation = 'COW'"),
    "deadline_contradicted": _expulsion("2018-03-14-GBR-RUS", "leave_by = '2018-04-25'"),
    "deadline_far_off": _said("vesti-2018-03-17.1", "deadline_hours = 5"),
    "edge_without_trigger": _expulsion("2018-03-29-RUS-USA", "trigger = 'incident'"),
    "expulsion_without_statement": "DELETE FROM statements WHERE expulsion_id = '2023-10-03-XKX-RUS';",
    "figure_added_twice": _expulsion("2022-03-28-FRA-RUS", "officials_best = 50"),
    "figure_far_off": _said("cedar-2020-01-23.2", "officials_low = 100, officials_high = 100"),
    "harvest_of_another_day": _set("harvests", "announced_on = '2019-01-01'", "expulsion_id = '2018-03-27-NOR-RUS'"),
    "low_best_high": _expulsion("2018-03-26-USA-RUS", "officials_low = 99"),
    "membership_before_organisation": _set("memberships", "joined_on = '1950-01-01'", "actor_id = 'LUX' AND organisation = 'EU'"),
    "more_diplomats_than_officials": _expulsion("2022-02-24-EST-RUS", "diplomats = 99"),
    "note_copied": _set("expulsions", "note = 'Same.'", "expeller = 'RUS' AND target = 'FRA'"),
    "organisation_size_wrong": "DELETE FROM memberships WHERE actor_id = 'ISL' AND organisation = 'NATO';",
    "origin_is_reprint": _set("claims", "origin = 'tally-2022-12-31.c5'", "claim_id = 'tally-2022-12-31.c1'"),
    "part_above_whole": "UPDATE statements SET officials_low = 99 WHERE covers = 'part' AND expulsion_id = '2018-03-26-USA-RUS';",
    "possible_duplicate": "INSERT INTO expulsions SELECT * REPLACE ('2022-10-11-POL-RUS' AS expulsion_id) FROM expulsions WHERE expulsion_id = '2022-10-10-POL-RUS';",
    "published_before_announced": _set("articles", "published_on = '2021-01-01'", "article_id = 'wire-2022-02-28'"),
    "publisher_misspelt": _set("articles", "publisher = 'Acorm'", "article_id = 'acorn-2022-09-20'"),
    "reply_without_edge": _expulsion("2022-10-10-POL-RUS", "reply = 'expulsion'"),
    "retaliation_not_reversed": _set("answers", "relation = 'retaliation'", "expulsion_id = '2018-03-27-NOR-RUS'"),
    "retired_id_alive": _set("retired", "replaced_by = '2022-04-21-FRA-RUS'", "true"),
    "scope_wider_than_stated": _set("claims", "scope_as_stated = 'by members of NATO'", "claim_id = 'tally-2022-04-30.c1'"),
    "self_expulsion": _expulsion("1993-01-01-SVK-RUS", "expeller = 'RUS'"),
    "single_publisher_confirmed": _expulsion("2022-06-28-GRC-RUS", "n_publishers = 9"),
    "solidarity_other_target": _set("answers", "relation = 'solidarity'", "expulsion_id = '2021-10-18-RUS-NATO'"),
    "state_without_iso2": _set("actors", "iso2 = NULL", "actor_id = 'NAM'"),
    "statement_of_another_day": _said("matin-2022-04-20.1", "announced_on = '2022-04-01'"),
    "text_without_coder_words": _set("statements", "says = 'The same words in two rows.'", "expulsion_id = '2022-02-24-EST-RUS'"),
    "trigger_without_edge": _expulsion("2022-06-28-GRC-RUS", "trigger = 'expulsion'"),
    "unexplained_first_move": "DELETE FROM answers WHERE expulsion_id = '2022-03-24-RUS-USA';",
    "wave_outside_its_time": _expulsion("2021-10-06-NATO-RUS", "wave = 'ukraine_2022'"),
    "year_beside_day": _said("baltic-2022-03-26.1", "announced_precision = 'year'"),
    "organisation_staff_unspecified": _set("statements", "counted_unit = 'unspecified'", "expulsion_id = '2021-10-18-RUS-NATO'"),
    "accredited_elsewhere": _said("vesti-2018-03-17.1", "accredited_to = 'BLR'"),
    "agency_misspelt": _set("articles", "agency = 'pressa'", "article_id = 'cedar-2022-04-20'"),
    "basis_without_statement": _set("answers", "basis = 'stated_by_target'", "expulsion_id = '2022-03-24-RUS-USA'"),
    "ceiling_without_cut": _said("vesti-2022-03-24.1", "measure = 'staff_ceiling'"),
    "closed_post_with_people": _expulsion("2022-10-10-POL-RUS", "measure = 'post_closed'"),
    "deadline_of_its_own": _said("herald-2018-03-14.1", "leave_by = '2018-04-14', deadline_hours = 168, announced_precision = 'day', announced_on = '2018-03-14'"),
    "denied_by_outsider": _set("answers", "denied_by = 'CAN'", "expulsion_id = '2018-03-29-RUS-USA'"),
    "disclosed_by_silent": _expulsion("2021-10-18-RUS-NATO", "disclosed_by = 'target'"),
    "dispute_without_word": _expulsion("2022-06-28-GRC-RUS", "note = NULL"),
    "earlier_figure_stands": "INSERT INTO statements SELECT * REPLACE ('x.1' AS statement_id, 'More.' AS says, 44 AS officials_low, 44 AS officials_high, 'exact' AS qualifier) "
    "FROM statements WHERE statement_id IN ('herald-2020-01-20.1'); "
    "INSERT INTO statements SELECT * REPLACE ('x.2' AS statement_id, 'Most.' AS says) FROM statements WHERE statement_id = 'herald-2020-01-20.1';",
    "edge_article_silent": _set("answers", "article_id = 'silent-2022-04-02'", "expulsion_id = '2018-03-29-RUS-USA'"),
    "figure_unlike_text": _said("wire-2022-02-28.1", "officials_low = 13, officials_high = 13"),
    "gap_reason_without_gap": _set("claims", "gap_reason = 'misprinted'", "claim_id = 'review-2020-01-31.c1'"),
    "ground_without_edge": _expulsion("2020-01-20-GBR-RUS", "ground_solidarity = true"),
    "host_of_other_letters": _set("articles", "url = 'https://xn--exmple-4nf.org/a'", "article_id = 'acorn-2023-04-04'"),
    "kind_unlike_publisher": _set("articles", "kind = 'other'", "article_id = 'acorn-2022-03-27'"),
    "language_unlike_site": _set("articles", "language = 'de'", "article_id = 'acorn-2022-03-29'"),
    "leaves_at_once": _said("vesti-2018-03-29.1", "leave_by = announced_on, announced_precision = 'day'"),
    "nationality_beside_state": _said("vesti-2020-01-24.1", "nationality = 'BLR'"),
    "no_order_said": _said("norge-2018-03-27.1", "says = 'Norway may expel Russian diplomats.'"),
    "reversed_duplicate": "INSERT INTO expulsions SELECT * REPLACE ('2022-10-11-RUS-POL' AS expulsion_id, 'RUS' AS expeller, 'POL' AS target, NULL AS wave) "
    "FROM expulsions WHERE expulsion_id = '2022-10-10-POL-RUS';",
    "sides_turned": _said("wire-2018-03-30.1", "says = 'The State Department expels 58 Russian diplomats.'"),
    "statement_twice": "INSERT INTO statements SELECT * REPLACE ('x.3' AS statement_id, 'Once more.' AS says) FROM statements WHERE statement_id = 'lubl-2022-09-01.1';",
    "stayers_as_leavers": _said("herald-2018-03-17.1", "says = 'The Foreign Office confirms that 23 of its diplomats may stay.'"),
    "subregion_of_two_regions": _set("actors", "un_region = 'Asia'", "actor_id = 'FRA'"),
    "third_state_named": _said("vesti-2018-03-29.1", "says = 'The ministry declared 58 Polish diplomats unwelcome.'"),
    "total_of_several": _said("cedar-2018-03-28.1", "says = 'The states of the West have sent 62 people home in all.'"),
    "war_before_war": _set("statements", "ground_war = true", "expulsion_id = '1993-01-01-SVK-RUS'"),
    "wave_trigger_without_wave": _expulsion("2018-03-27-NOR-RUS", "wave = NULL"),
    "agency_left_out": "INSERT INTO articles SELECT * EXCLUDE (n) REPLACE ('y-' || n AS article_id, 'y' || n AS url, 'Yorker' AS publisher, CASE WHEN n > 0 THEN 'Yorker' END AS agency) "
    "FROM articles, range(7) AS r (n) WHERE article_id = 'acorn-2022-03-27';",
    "cow_code_unlike_gw": _set("memberships", "code = '99'", "actor_id = 'ITA' AND organisation = 'COW'"),
    "edge_without_ground": _set("expulsions", "ground_retaliation = false", "expulsion_id = '2018-03-29-RUS-USA'"),
    "iso2_unlike_id": _set("actors", "iso2 = 'TI'", "actor_id = 'ITA'"),
    "scope_other_than_stated": _set("claims", "expeller_scope = 'GBR', target_scope = 'RUS', scope_as_stated = 'Polish list'", "claim_id = 'review-2018-03-31.c4'"),
    "spells_overlap": "INSERT INTO memberships BY NAME SELECT 'ITA' AS actor_id, 'G7' AS organisation, DATE '2000-01-01' AS joined_on;",
    "query_of_another_year": _set("searches", "query = 'who expelled Russians in March 1999'", "query = 'who expelled Russians in March 2018'"),
    "query_of_another_state": _set("searches", "query = 'Italy expels'", "query = 'Estonia Russian diplomats April to June'"),
    "page_of_another_day": _set("articles", "url = 'https://acorn.example.org/2021/03/27/a'", "article_id = 'acorn-2022-03-27'"),
    "speaker_unlike_text": _said("athens-2022-06-29.1", "says = 'The Russian ministry told of eight.'"),
    "press_with_side": _said("herald-2018-03-14.1", "attribution = 'press'"),
    "source_called_official": _said("sofia-2022-06-10.1", "says = 'Unnamed officials told of it.'"),
    "actor_unlike_its_names": _set("actors", "name = 'France'", "actor_id = 'ITA'"),
    "kind_unlike_name": _set("articles", "publisher = 'Ministry of Trade'", "article_id = 'cedar-2020-01-23'"),
    "second_without_first": "INSERT INTO expulsions SELECT * REPLACE ('2019-01-01-GRC-RUS-2' AS expulsion_id) FROM expulsions WHERE expulsion_id = '2022-06-28-GRC-RUS';",
    "print_unlike_columns": _said("suomi-2023-04-04.1", "figure_as_printed = 'the ambassador', officials_high = 1, head_of_mission = false, covers = 'whole'"),
    "edge_both_ways": "INSERT INTO answers SELECT * REPLACE (answers AS expulsion_id, expulsion_id AS answers) FROM answers WHERE expulsion_id = '2018-03-29-RUS-USA';",
    "edge_before_its_page": _set("articles", "published_on = '2018-01-01', published_precision = 'day'", "article_id = (SELECT min(article_id) FROM answers WHERE expulsion_id = '2018-03-29-RUS-USA')"),
    "edge_over_a_nearer": "INSERT INTO expulsions SELECT * REPLACE ('2018-03-28-USA-RUS' AS expulsion_id, DATE '2018-03-28' AS announced_on) FROM expulsions WHERE expulsion_id = '2018-03-26-USA-RUS'; "
    "UPDATE expulsions SET announced_on = DATE '2017-03-26' WHERE expulsion_id = '2018-03-26-USA-RUS';",
    "press_over_office": "UPDATE statements SET standing = 'accepted' WHERE statement_id = 'herald-2020-01-20.1'; "
    "INSERT INTO statements SELECT * REPLACE ('x.4' AS statement_id, 'The press.' AS says, 'press' AS attribution, 'authoritative' AS standing) FROM statements WHERE statement_id = 'herald-2020-01-20.1';",
    "superseded_by_nobody": "UPDATE statements SET standing = 'superseded', attribution = 'official' WHERE expulsion_id = '2022-06-10-BGR-RUS' AND vantage = 'expeller';",
    "gap_reason_without_note": _set("claims", "gap_reason = 'misprinted', note = NULL", "claim_id = 'tally-2022-12-31.c1'"),
    "scope_unlike_wording": _set("claims", "expeller_scope = 'EU', scope_as_stated = 'by states of the EU'", "claim_id = 'review-2018-03-31.c2'"),
    "line_unlike_its_list": _set("claims", "counted = 'expellers', figure = 99", "claim_id = 'tally-2022-12-31.c1'"),
    "contained_in_earlier": _expulsion("2022-05-18-RUS-FRA-2", "announced_on = DATE '2023-01-01', included_in = '2022-05-18-RUS-FRA'"),
    "period_unlike_text": _said("bote-1990-10-02.1", "says = 'Within 72 hours they go.'"),
    "figure_of_one_alone": "INSERT INTO statements SELECT * EXCLUDE (n) REPLACE ('z.' || n AS statement_id, 'Said ' || n AS says, 'whole' AS covers, 'accepted' AS standing, 'exact' AS qualifier, n // 9 + 3 AS officials_low, n // 9 + 3 AS officials_high) "
    "FROM statements, range(5, 10) AS r (n) WHERE statement_id = 'norge-2018-03-27.1';",
    "ceiling_unlike_others": "".join(
        f"INSERT INTO statements SELECT * REPLACE ('z.{n}' AS statement_id, 'Again {n}.' AS says, {n} AS ceiling) FROM statements WHERE statement_id = 'vesti-2022-03-24.1'; " for n in (90, 91)
    ),
    "note_denies_deadline": _expulsion("2022-06-28-GRC-RUS", "note = 'No deadline is told.', deadline_hours = 24"),
    "publisher_of_another_site": "INSERT INTO articles SELECT * EXCLUDE (n) REPLACE ('w' || n || '-2022-03-27' AS article_id, 'https://w.example.org/' || n AS url, CASE WHEN n > 0 THEN 'W' ELSE 'V' END AS publisher) "
    "FROM articles, range(7) AS r (n) WHERE article_id = 'acorn-2022-03-27';",
    "coder_without_gold": "INSERT INTO recodings BY NAME SELECT 'people-9' AS sample, 'norge-2018-03-27.1' AS unit_id, 'vantage' AS variable, 'p9' AS coder;",
    "recoding_of_nothing": _set("recodings", "unit_id = 'nothing.1'", "unit_id = 'herald-2018-03-14.2'"),
}  # fmt: skip
# And of each expectation written by hand that these leave whole.
BROKEN_BY_HAND = [
    _expulsion("2022-03-24-RUS-USA", "officials_best = 801, deadline_hours = 1"), _expulsion("2022-09-15-CZE-RUS", "n_statements = 0"),
    _expulsion("2022-02-23-DEU-RUS", "acted_until = '2022-02-01'"), _expulsion("2022-02-28-USA-UN", "leave_by = '2001-01-01'"),
    "INSERT INTO expulsions FROM expulsions WHERE expulsion_id = '2022-09-01-SVN-RUS';",
    _said("vesti-2018-03-15.1", f"officials_low = 30, figure_as_printed = '{'x' * 81}'"), _said("lubl-2022-09-01.1", "says = 'Short.'"),
    _set("articles", "read_on = '2001-01-01'", "article_id = 'post-2018-03-16'"), _set("articles", "url = 'https://twice.example.org/'", "publisher = 'Tally'"),
    _set("answers", "lag_days = 401", "expulsion_id = '2023-01-23-RUS-EST'"), _set("claims", "as_of = '2001-01-01', figure = 3001", "claim_id = 'review-2018-03-31.c4'"),
    _set("scope", "period_until = '1901-01-01'", "target_scope = 'RUS'"), _set("memberships", "left_on = '1801-01-01'", "actor_id = 'CHE' AND organisation = 'COW'"), "DELETE FROM actors WHERE un_region = 'Oceania' OR un_subregion = 'Caribbean';",
]  # fmt: skip


def test_what_is_wrong_in_the_database_ends_make_and_is_named_row_by_row(small_world: Path, tmp_path: Path) -> None:
    """Each rule and each expectation written by hand is broken, all at once: make ends with each of them, and names its rows and lines."""
    folder = world.copied(small_world, tmp_path)
    sound, broken = folder / world.DATABASE, folder / "broken.duckdb"
    with duckdb.connect(str(broken)) as connection:
        loosen(connection, sound)
        for change in [*BROKEN.values(), *BROKEN_BY_HAND]:
            connection.execute(change)
        # The tables beside it say the same: a database that holds something else is made anew.
        for name, table in contract.product().tables.items():
            (folder / table.file).write_bytes(csv_bytes(connection.table(name).pl().select(table.columns)))
        connection.execute("UPDATE release SET fingerprint = ?", [fingerprint.of_folder(folder / "build", contract.product())])
    broken.replace(sound)
    for name in contract.product().derived:
        for form in ("csv", "parquet"):
            (folder / "build" / f"{name}.{form}").touch()
    sound.touch()
    done = world.make(folder, "build")
    assert done.returncode and done.stderr.count("Validation failed. The tables are new; the rows above need a look.") == 1
    results = _judged(folder)
    failed = {
        (s["suite"], c["kwargs"].get("column") or c["kwargs"].get("column_A"), c["reason"])
        for s in results["suites"]
        for c in s["checks"]
        if not c["success"]
    }
    assert sorted(BROKEN) == sorted(column for suite, column, _ in failed if suite == "rules") == sorted(results["rules"])
    by_hand = [
        (name, getattr(e, "column", None) or getattr(e, "column_A", None), e.meta["reason"])
        for name, listed in expectations.BY_HAND.items()
        for e in listed
        # What is derived follows from the tables: its own rows cannot be broken here.
        if name in contract.product().compiled
    ]
    assert [place for place in by_hand if place not in failed] == []
    for suite, column, reason in failed:
        assert f"{suite}.{column or 'table'}: " in done.stderr and reason in done.stderr
    line = Sheet(folder, "expulsions").find(expulsion_id="2023-04-04-FIN-RUS") + 2
    output = done.stderr.split("rules.closed_post_with_figure: ")[1].splitlines()
    assert output[0].endswith("failed. Nobody was ordered out, yet officials are counted.")
    assert output[1] == f"    expulsion_id=2023-04-04-FIN-RUS, officials_best=11  (raw/expulsions.csv:{line})"
    # So that the next make validates anew.
    assert (folder / world.RESULTS).with_name(".passed").stat().st_mtime < sound.stat().st_mtime


def test_the_report_stands_alone_and_holds_no_clock(small_world: Path) -> None:
    html = (small_world / "build" / "validation" / "index.html").read_text(encoding="utf-8")
    assert "<script" not in html and "://" not in html and "all hold" in html
    assert "ge_load_time" not in str(_judged(small_world))


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
            "waivers": ["<s>"],
        }
    )
    assert not any(tag in html for tag in ("<img>", "<b>", "<script>", "<i>", "<u>", "<s>"))


def test_frictionless_sees_a_broken_file(small_world: Path, tmp_path: Path) -> None:
    shutil.copytree(small_world / "build", tmp_path / "build", ignore=shutil.ignore_patterns(".*", "releases"))
    shutil.copy(small_world / "datapackage.json", tmp_path)
    assert run.frictionless_errors(tmp_path) == []
    path = tmp_path / "build" / "answers.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("retaliation", "revenge", 1), encoding="utf-8")
    assert any("revenge" in error for error in run.frictionless_errors(tmp_path))
