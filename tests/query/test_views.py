"""What each view promises, on small tables made by hand: bounds, ties, what is not known and what does not count."""

import math
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

from scripts.package import contract
from scripts.query import database, views

INVASION = date(2022, 2, 24)
NAMES = {"FRA": "France", "DEU": "Germany", "ITA": "Italy", "RUS": "Russia", "UKR": "Ukraine", "USA": "United States"}
REGIONS = {"FRA": "Europe", "DEU": "Europe", "ITA": "Europe", "RUS": "Europe", "UKR": "Europe", "USA": "Americas"}
CODES = {"FRA": (220, 220), "DEU": (255, 260), "ITA": (325, 325), "RUS": (365, 365), "UKR": (369, 369), "USA": (2, 2)}


class World:
    """Tables with the contract's columns, without keys, to be filled by hand."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.articles = 0

    def put(self, table: str, **cells: Any) -> None:
        self.connection.execute(f"INSERT INTO {table} ({', '.join(cells)}) VALUES ({', '.join('?' * len(cells))})", list(cells.values()))

    def expel(self, key: str, best: int | None = None, **cells: Any) -> str:
        """A confirmed decision; its id gives day, expeller and target."""
        day, sides = key[:10], key[11:].split("-")
        stated = {"expulsion_id": key, "expeller": sides[0], "target": sides[1], "announced_on": day, "announced_precision": "day"}
        figures = {"officials_low": best, "officials_best": best, "officials_high": best}
        whole = stated | figures | {"persons_ordered": "yes", "status": "confirmed", "in_scope": True} | cells
        self.put("expulsions", **({"counts": whole.get("included_in") is None and whole["status"] != "retracted"} | whole))
        return key

    def say(self, expulsion: str, figure: int | None, published: str | None = None, **cells: Any) -> str:
        """A statement in an article of its own, by default exact, official, from the expeller and of the expulsion's day."""
        self.articles += 1
        article = f"a{self.articles}"
        origin = {"publisher": cells.pop("publisher", article), "agency": cells.pop("agency", None)}
        self.put("articles", article_id=article, published_on=published or expulsion[:10], **origin)
        stated = {"vantage": "expeller", "attribution": "official", "covers": "whole", "qualifier": "exact", "standing": "accepted"}
        figures = {"officials_low": figure, "officials_high": figure, "counted_unit": "diplomats", "announced_on": expulsion[:10]}
        self.put(
            "statements", **({"statement_id": f"{article}.1", "article_id": article, "expulsion_id": expulsion} | stated | figures | cells)
        )
        return f"{article}.1"

    def claim(self, key: str, figure: int | None, qualifier: str | None = "exact", **cells: Any) -> None:
        """A total of Russians expelled by anybody from 1 to 31 March 2022, published on the last day."""
        self.put("articles", article_id=key, publisher=key, published_on="2022-03-31")
        scope = {"expeller_scope": "*", "target_scope": "RUS", "since": "2022-03-01", "as_of": "2022-03-31", "counted": "unspecified"}
        self.put(
            "claims", **({"claim_id": key, "article_id": key, "kind": "total", "figure": figure, "qualifier": qualifier} | scope | cells)
        )

    def search(self, expellers: str, targets: str, first: str, last: str, pages: int = 1, purpose: str = "sweep") -> None:
        scope = {"expeller_scope": expellers, "target_scope": targets, "period_from": first, "period_until": last}
        self.put("searches", n_pages=pages, purpose=purpose, **scope)

    def promise(self, expellers: str, targets: str, first: str, last: str) -> None:
        self.put("scope", expeller_scope=expellers, target_scope=targets, period_from=first, period_until=last)

    def join(self, actor: str, organisation: str, first: str, last: str | None = None, code: int | None = None) -> None:
        self.put("memberships", actor_id=actor, organisation=organisation, code=code, joined_on=first, left_on=last)

    def states(self, *actors: str, first: str = "1945-01-01", last: str | None = None) -> None:
        """Make actors states of both systems, with their codes."""
        for actor in actors:
            for system, code in zip(("COW", "GW"), CODES[actor], strict=True):
                self.join(actor, system, first, last, code)

    def rows(self, query: str) -> list[tuple]:
        return self.connection.sql(query).fetchall()


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for table in contract.product().compiled.values():
            columns = ", ".join(f"{field.name} {contract.DUCKDB[field.type]}" for field in table.fields.values())
            connection.execute(f"CREATE TABLE {table.name} ({columns})")
        connection.execute("CREATE TABLE release AS SELECT '2.0.0' AS version, '' AS fingerprint")
        database.add_released(connection, contract.product(), [])
        for path in views.views_in_order():
            connection.execute(path.read_text(encoding="utf-8"))
        for actor, name in NAMES.items():
            connection.execute(
                "INSERT INTO actors (actor_id, name, kind, un_region) VALUES (?, ?, 'state', ?)", [actor, name, REGIONS[actor]]
            )
        connection.execute("INSERT INTO actors (actor_id, name, kind) VALUES ('EU', 'European Union', 'organisation')")
        yield connection


@pytest.fixture
def world(empty: duckdb.DuckDBPyConnection) -> Iterator[World]:
    empty.begin()
    yield World(empty)
    empty.rollback()


def decisions(world: World, first: str = "2022-03-01", last: str = "2022-03-03", sides: str = "FRA-RUS") -> tuple[int | None, ...]:
    """Seven decisions of one dyad of which sums take five: their number, complete, known, low and high totals, unknown and open ones, posts.

    A range, a figure with an open end, one unknown with a lower bound, two that told nobody to go, one of them closing posts; then one that
    is contained in the first, one retracted.
    """
    whole = world.expel(f"{first}-{sides}", 10, officials_low=8, officials_high=15)
    world.expel(f"{last}-{sides}", 5, officials_high=None)
    world.expel(f"{last}-{sides}-2", officials_low=2)
    world.expel(f"{last}-{sides}-3", persons_ordered="no")
    world.expel(f"{last}-{sides}-4", persons_ordered="no", posts_cut=3)
    world.expel(f"{last}-{sides}-5", 100, included_in=whole)
    world.expel(f"{last}-{sides}-6", 100, status="retracted")
    return (5, None, 15, 15, None, 1, 1, 3)


# --- sums ------------------------------------------------------------------------------------------------------------

ONE: dict[str, Any] = {"officials_low": 5, "officials_best": 5, "officials_high": 5}
RANGE, OPEN = ONE | {"officials_low": 3, "officials_high": 9}, ONE | {"officials_high": None}
UNKNOWN: dict[str, Any] = {}
BOUNDED, PERHAPS, NOBODY = {"officials_low": 2, "officials_high": 9}, {"persons_ordered": "unknown"}, {"persons_ordered": "no"}
# Decisions of one dyad and month: complete and known sum, low and high bound, unknown and open ones.
TOTALS: dict[str, tuple[list[dict[str, Any]], tuple[int | None, ...]]] = {
    "known": ([ONE, RANGE], (10, 10, 8, 14, 0, 0)),
    "open": ([ONE, OPEN], (10, 10, 10, None, 0, 1)),
    "unknown": ([UNKNOWN], (None, None, 0, None, 1, 0)),
    "perhaps": ([PERHAPS], (None, None, 0, None, 1, 0)),
    "bounded": ([BOUNDED], (None, None, 2, None, 1, 0)),
    "partly known": ([ONE, BOUNDED], (None, 5, 7, None, 1, 0)),
    "nobody": ([NOBODY], (0, 0, 0, 0, 0, 0)),
    "nobody beside": ([ONE, NOBODY], (5, 5, 5, 5, 0, 0)),
    "nobody beside unknown": ([UNKNOWN, NOBODY], (None, 0, 0, None, 1, 0)),
    "both empty the high": ([OPEN, UNKNOWN], (None, 5, 5, None, 1, 1)),
}
SUMS = ["officials", "officials_known", "officials_low", "officials_high", "n_unknown", "n_open"]
MARCH = "DATE '2022-03-01', DATE '2022-03-31'"
SUMMED = {
    "dyads WHERE target = 'RUS'": SUMS,
    "dyad_years": SUMS,
    "dyad_months": SUMS,
    "officials_since_invasion": SUMS,
    f"officials_expelled('RUS', {MARCH})": SUMS,
    "panel_years(2022, 2022) WHERE expeller = 'FRA' AND target = 'RUS'": SUMS,
    "panel_months(2022, 2022) WHERE expeller = 'FRA' AND target = 'RUS' AND month = 3": SUMS,
    "cow_dyad_years(2022, 2022) WHERE ccode1 = 220 AND ccode2 = 365": SUMS,
    "gw_dyad_years(2022, 2022) WHERE gwcode1 = 220 AND gwcode2 = 365": SUMS,
    f"monthly_officials('RUS', {MARCH})": [*SUMS[:5]],
    f"edge_list({MARCH})": ["officials", "officials_known", "n_unknown"],
    "totals_as_of(DATE '2022-03-31')": ["officials", "officials_known", "n_unknown"],
    "actor_years WHERE actor_id = 'FRA'": [f"{name.replace('officials', 'officials_made')}{'_made' * (name[0] == 'n')}" for name in SUMS],
    "actor_years WHERE actor_id = 'RUS'": [
        f"{name.replace('officials', 'officials_suffered')}{'_suffered' * (name[0] == 'n')}" for name in SUMS
    ],
    "reciprocity": ["officials_initiator", "officials_initiator_known", "n_unknown"],
}


def _kind(column: str) -> int:
    """Which of the sums a view's column is."""
    return SUMS.index(re.sub("_(made|suffered|initiator)", "", column))


@pytest.mark.parametrize("case", TOTALS)
def test_unknown_is_never_zero(world: World, case: str) -> None:
    """The complete sum is empty beside what is unknown, the known sum where nothing is known, the high beside what is open, too."""
    cells, wanted = TOTALS[case]
    for n, one in enumerate(cells):
        world.expel(f"2022-03-01-FRA-RUS-{n}", **one)
    assert world.rows(f"SELECT {', '.join(SUMS)} FROM dyads") == [wanted]


def test_where_nothing_was_decided_officials_are_known_to_be_none(world: World) -> None:
    world.expel("2022-03-01-FRA-RUS", 5)
    assert world.rows(f"FROM officials_expelled('UKR', {MARCH})") == [(0, 0, 0, 0, 0, 0, 0, 0, None)]


@pytest.mark.parametrize("case", ["open", "bounded", "nobody"])
def test_every_view_that_sums_officials_does_it_so(world: World, case: str) -> None:
    cells, wanted = TOTALS[case]
    world.states("FRA", "RUS")
    world.promise("*", "*", "2022-01-01", "2022-12-31")
    world.search("FRA", "RUS", "2022-01-01", "2022-12-31")
    for n, one in enumerate(cells):
        world.say(world.expel(f"2022-03-01-FRA-RUS-{n}", **one), one.get("officials_best"))
    reply = world.expel("2022-04-01-RUS-FRA", persons_ordered="no", in_scope=False)
    for n in range(len(cells)):
        world.put("answers", expulsion_id=reply, answers=f"2022-03-01-FRA-RUS-{n}", relation="retaliation")
    for view, columns in SUMMED.items():
        assert world.rows(f"SELECT {', '.join(columns)} FROM {view}") == [tuple(wanted[_kind(column)] for column in columns)], view


def test_officials_expelled_between_two_days_both_included(world: World) -> None:
    n, _, known, low, _, *rest = decisions(world, "2022-03-01", "2022-03-31")
    world.expel("2022-03-31-DEU-RUS", 1)
    for other in ("2022-02-28-FRA-RUS", "2022-04-01-FRA-RUS", "2022-03-02-RUS-FRA"):
        world.expel(other, 50)
    result = world.rows("FROM officials_expelled('RUS', DATE '2022-03-01', DATE '2022-03-31')")
    assert n and known and low and result == [(n + 1, 2, None, known + 1, low + 1, None, *rest)]


def test_officials_since_invasion_begin_on_that_day_and_the_most_come_first(world: World) -> None:
    totals = decisions(world, "2022-02-24", "2022-02-26")
    world.expel("2022-02-23-FRA-RUS", 50)
    world.expel("2022-03-01-RUS-FRA", 50)
    world.expel("2022-03-01-DEU-RUS", 40)
    world.expel("2022-03-01-ITA-RUS")
    day = date(2022, 3, 1)
    assert world.rows("FROM officials_since_invasion") == [
        ("DEU", "Germany", 1, 40, 40, 40, 40, 0, 0, None, day, day), ("FRA", "France", *totals, date(2022, 2, 24), date(2022, 2, 26)),
        ("ITA", "Italy", 1, None, None, 0, None, 1, 0, None, day, day),
    ]  # fmt: skip


@pytest.mark.parametrize("target", ["RUS", "UKR"])
def test_the_curve_has_every_day_to_the_last_decision_against_a_target(world: World, target: str) -> None:
    decisions(world, "2022-02-24", "2022-02-26", f"FRA-{target}")
    world.expel(f"2022-02-23-FRA-{target}", 50)
    world.expel("2022-03-01-RUS-FRA", 50)
    assert world.rows(f"FROM cumulative_officials('{target}', DATE '2022-02-24')") == [
        (date(2022, 2, 24), 10, 8, 10, 15, 15, 0), (date(2022, 2, 25), 0, 8, 10, 15, 15, 0), (date(2022, 2, 26), 5, 15, 15, 20, None, 1),
    ]  # fmt: skip
    assert world.rows("FROM cumulative_officials('USA', DATE '2022-02-24')") == []


def test_a_day_on_which_nothing_is_known_is_not_zero(world: World) -> None:
    """Nor is the running sum before something is; a day that told nobody to go, and one without a decision, are zero."""
    for key, cells in {
        "2022-03-02-FRA-RUS": UNKNOWN,
        "2022-03-04-FRA-RUS": ONE,
        "2022-03-05-FRA-RUS": UNKNOWN,
        "2022-03-06-FRA-RUS": NOBODY,
    }.items():
        world.expel(key, **cells)
    result = world.rows("SELECT officials_known, cumulative_known, cumulative_unknown FROM cumulative_officials('RUS', DATE '2022-03-01')")
    assert result == [(0, 0, 0), (None, None, 1), (0, None, 1), (5, 5, 1), (None, 5, 2), (0, 5, 2)]


def test_months_have_no_gaps_and_no_bare_years(world: World) -> None:
    """From the month of the first day to that of the last, both days included; what knows only its year is in none."""
    _, *sums, _, _ = decisions(world, "2022-03-02", "2022-03-31")
    world.expel("2022-05-01-DEU-RUS", 2, announced_precision="month")
    world.expel("2022-04-01-FRA-RUS", 50, announced_precision="year")
    for other in ("2022-03-01-FRA-RUS", "2022-05-03-FRA-RUS"):
        world.expel(other, 50)
    world.expel("2022-04-02-RUS-FRA", 7)
    zero, may = (date(2022, 4, 1), *[0] * 6), (date(2022, 5, 1), 1, 2, 2, 2, 2, 0)
    days = "DATE '2022-03-02', DATE '2022-05-02'"
    assert world.rows(f"FROM monthly_officials('RUS', {days})") == [(date(2022, 3, 1), 5, *sums), zero, may]
    assert world.rows(f"FROM monthly_officials('*', {days})") == [(date(2022, 3, 1), 5, *sums), (date(2022, 4, 1), 1, 7, 7, 7, 7, 0), may]


def test_edges_and_nodes_are_of_the_same_days(world: World) -> None:
    """Both days are included; a node without an edge is none."""
    decisions(world, "2022-03-01", "2022-03-31")
    world.expel("2022-03-02-RUS-FRA", 7)
    world.expel("2022-03-02-USA-EU")
    for other in ("2022-02-28-ITA-RUS", "2022-04-01-ITA-RUS"):
        world.expel(other, 50)
    assert world.rows(f"FROM edge_list({MARCH})") == [
        ("FRA", "RUS", 5, None, 15, 1), ("RUS", "FRA", 1, 7, 7, 0), ("USA", "EU", 1, None, None, 1)
    ]  # fmt: skip
    assert world.rows(f"FROM node_list({MARCH})") == [
        ("EU", "European Union", "organisation", None, 0, 1), ("FRA", "France", "state", "Europe", 5, 1),
        ("RUS", "Russia", "state", "Europe", 1, 5), ("USA", "United States", "state", "Americas", 1, 0),
    ]  # fmt: skip


def test_dyads_take_what_counts_in_scope_or_not_with_first_and_last_day(world: World) -> None:
    totals = decisions(world, "2022-03-01", "2022-03-31")
    world.expel("2022-03-02-RUS-FRA", 7, in_scope=False)
    world.expel("2022-03-02-DEU-RUS", 1)
    world.expel("2022-03-02-RUS-DEU", 50, status="retracted")
    second = date(2022, 3, 2)
    assert world.rows("FROM dyads") == [
        ("DEU", "RUS", 1, 1, 1, 1, 1, 0, 0, None, second, second, False), ("FRA", "RUS", *totals, date(2022, 3, 1), date(2022, 3, 31), True),
        ("RUS", "FRA", 1, 7, 7, 7, 7, 0, 0, None, second, second, True),
    ]  # fmt: skip


PANEL = "expeller, target, year, {}expulsions, officials, officials_known, officials_low, officials_high, n_unknown, n_open, posts_cut"


def test_months_and_the_undated_make_up_the_years_of_what_is_in_scope(world: World) -> None:
    totals = decisions(world, "2022-03-01", "2022-03-31")
    world.expel("2022-04-01-FRA-RUS", 2, announced_precision="month")
    world.expel("2022-01-01-FRA-RUS", 50, announced_precision="year")
    world.expel("2022-03-02-FRA-RUS", 50, in_scope=False)
    world.expel("2021-12-31-FRA-RUS", 1)
    assert world.rows(f"SELECT {PANEL.format('month, ')} FROM dyad_months") == [
        ("FRA", "RUS", 2021, 12, 1, 1, 1, 1, 1, 0, 0, None), ("FRA", "RUS", 2022, 3, *totals), ("FRA", "RUS", 2022, 4, 1, 2, 2, 2, 2, 0, 0, None),
    ]  # fmt: skip
    assert world.rows(f"SELECT {PANEL.format('n_undated, ')} FROM dyad_years") == [
        ("FRA", "RUS", 2021, 0, 1, 1, 1, 1, 1, 0, 0, None), ("FRA", "RUS", 2022, 1, 7, None, 67, 67, None, 1, 1, 3),
    ]  # fmt: skip


def test_a_panel_counts_heads_of_mission_and_what_retaliates(world: World) -> None:
    world.join("FRA", "COW", "1945-01-01", "2022-06-30", 1)
    world.join("FRA", "COW", "2022-07-01", None, 3)
    world.join("RUS", "GW", "1945-01-01", None, 365)
    cause, other = world.expel("2022-03-01-FRA-RUS", 1, head_of_mission=True), world.expel("2022-03-02-FRA-RUS", 1, head_of_mission=False)
    world.expel("2022-03-03-RUS-EU", 1)
    world.put("answers", expulsion_id=other, answers="2022-03-03-RUS-EU", relation="retaliation")
    world.put("answers", expulsion_id=other, answers=cause, relation="retaliation")
    world.put("answers", expulsion_id=cause, answers=other, relation="solidarity")
    columns = "ccode1, ccode2, gwcode1, gwcode2, expeller_name, target_name, involves_organisation, effort, expulsions, heads_of_mission, n_retaliation"
    rows = [
        (3, None, None, 365, "France", "Russia", False, "none", 2, 1, 1), (None, None, 365, None, "Russia", "European Union", True, "none", 1, 0, 0)
    ]  # fmt: skip
    for panel in ("dyad_years", "dyad_months"):
        assert world.rows(f"SELECT {columns} FROM {panel}") == rows


# --- panels ----------------------------------------------------------------------------------------------------------

CELLS = ["expulsions", *SUMS, "heads_of_mission", "n_retaliation"]


def _cell(world: World, sides: str = "FRA-RUS", call: str = "panel_years(2022, 2022)") -> tuple | None:
    """The cells of one directed dyad in a panel: all 0, all empty or what they are; None without a row."""
    expeller, target = sides.split("-")
    result = world.rows(f"SELECT {', '.join(CELLS)} FROM {call} WHERE expeller = '{expeller}' AND target = '{target}'")
    assert len(result) < 2
    return result[0] if result else None


ZERO, EMPTY = (0,) * len(CELLS), (None,) * len(CELLS)
YEAR = ("2022-01-01", "2022-12-31")
# Searches for France's expulsions of Russians in 2022, and the effort that they make.
EFFORTS: dict[str, tuple[list[tuple], str]] = {
    "nobody looked": ([], "none"),
    "both by name": ([("FRA", "RUS", *YEAR)], "both_sides"),
    "both among others": ([("DEU FRA", "UKR RUS", *YEAR)], "both_sides"),
    "both in two sweeps": ([("FRA", "*", *YEAR), ("*", "RUS", *YEAR)], "both_sides"),
    "the other way about": ([("RUS", "FRA", *YEAR)], "none"),
    "five years": ([("FRA", "RUS", "2018-01-01", "2022-12-31")], "both_sides"),
    "longer": ([("FRA", "RUS", "2018-01-01", "2023-01-01")], "one_side"),
    "one of two is longer": ([("FRA", "*", "2018-01-01", "2023-01-01"), ("*", "RUS", *YEAR)], "one_side"),
    "the other of two is longer": ([("FRA", "*", *YEAR), ("*", "RUS", "2018-01-01", "2023-01-01")], "one_side"),
    "expeller by name": ([("FRA", "*", *YEAR)], "one_side"),
    "target by name": ([("Europe*", "RUS", *YEAR)], "one_side"),
    "region": ([("Europe*", "Europe*", *YEAR)], "region_or_wave"),
    "everybody": ([("*", "*", *YEAR)], "region_or_wave"),
    "a known event": ([("FRA", "RUS", *YEAR, 1, "case")], "none"),
    "a known event beside a region": ([("FRA", "RUS", *YEAR, 1, "case"), ("*", "*", *YEAR)], "region_or_wave"),
    "half by half": ([("FRA", "RUS", "2022-01-01", "2022-06-30"), ("FRA", "RUS", "2022-07-01", "2022-12-31")], "both_sides"),
    "one half": ([("FRA", "RUS", "2022-01-01", "2022-06-30")], "none"),
    "a day is missing": ([("FRA", "RUS", "2022-01-02", "2022-12-31")], "none"),
    "the last day is missing": ([("FRA", "RUS", "2022-01-01", "2022-12-30")], "none"),
    "the lesser half": ([("FRA", "RUS", "2022-01-01", "2022-06-30"), ("*", "*", "2022-07-01", "2022-12-31")], "region_or_wave"),
}


@pytest.mark.parametrize("case", EFFORTS)
def test_a_zero_is_where_somebody_looked_hard_enough(world: World, case: str) -> None:
    searches, effort = EFFORTS[case]
    world.states("FRA", "RUS")
    world.promise("*", "*", *YEAR)
    for search in searches:
        world.search(*search)
    assert world.rows("SELECT effort FROM panel_years(2022, 2022) WHERE expeller = 'FRA'") == [(effort,)]
    assert _cell(world) == (ZERO if effort == "both_sides" else EMPTY)


def test_a_lower_effort_can_be_chosen(world: World) -> None:
    """By the name of the least that is enough, for years and for each of their months."""
    world.states("FRA", "ITA", "UKR", "USA", "RUS")
    world.promise("*", "*", *YEAR)
    for expellers, targets in (("FRA", "RUS"), ("ITA", "*"), ("Europe*", "Europe*")):
        world.search(expellers, targets, *YEAR)
    for level, quiet in {"none": "FRA ITA UKR USA", "region_or_wave": "FRA ITA UKR", "one_side": "FRA ITA", "both_sides": "FRA"}.items():
        for panel, times in (("panel_years", 1), ("panel_months", 12)):
            result = f"SELECT expeller, count(expulsions) FROM {panel}(2022, 2022, at_least := '{level}') WHERE target = 'RUS' GROUP BY ALL ORDER BY ALL"
            assert world.rows(result) == [(actor, times * (actor in quiet)) for actor in ("FRA", "ITA", "UKR", "USA")], (level, panel)


def test_a_cell_with_a_decision_is_never_emptied_or_made_zero(world: World) -> None:
    """Whatever the effort: an unknown figure stays unknown where both sides were looked for, and stands where nobody looked."""
    world.states("FRA", "RUS")
    world.promise("*", "*", *YEAR)
    world.expel("2022-03-01-FRA-RUS")
    world.expel("2022-03-01-RUS-FRA")
    world.search("FRA", "RUS", *YEAR)
    for sides in ("FRA-RUS", "RUS-FRA"):
        assert _cell(world, sides) == (1, None, None, 0, None, 1, 0, 0, 0), sides


PROMISES: dict[str, tuple[list[tuple], bool]] = {
    "everybody": ([("*", "*", *YEAR)], True),
    "both by name": ([("DEU FRA", "RUS", *YEAR)], True),
    "target by name": ([("*", "RUS", *YEAR)], True),
    "the other way about": ([("RUS", "*", *YEAR)], False),
    "a longer period": ([("*", "*", "2014-01-01", "2023-01-31")], True),
    "a day is missing": ([("*", "*", "2022-01-02", "2022-12-31")], False),
    "the last month is missing": ([("*", "*", "2022-01-01", "2022-11-30")], False),
    "nothing": ([], False),
    "everyone but the expeller": ([("* -FRA", "*", *YEAR)], False),
    "everyone but the target": ([("*", "* -RUS", *YEAR)], False),
    "everyone but another": ([("* -UKR", "* -UKR", *YEAR)], True),
}


@pytest.mark.parametrize("case", PROMISES)
def test_a_zero_is_where_the_package_promises_decisions(world: World, case: str) -> None:
    promises, inside = PROMISES[case]
    world.states("FRA", "RUS")
    world.expel("2023-01-01-RUS-FRA", 1)
    for promise in promises:
        world.promise(*promise)
    world.search("FRA", "RUS", *YEAR)
    assert _cell(world) == (ZERO if inside else EMPTY)
    assert world.rows("SELECT expulsions FROM cow_dyad_years(2022, 2022) WHERE ccode1 = 220") == [(0 if inside else None,)]


def test_months_are_promised_one_by_one(world: World) -> None:
    """The year that scope does not reach the end of has no zero, its months before that end have."""
    world.states("FRA", "RUS")
    world.promise("*", "*", "2022-02-01", "2022-10-31")
    world.search("FRA", "RUS", *YEAR)
    assert _cell(world) == EMPTY
    result = world.rows("SELECT month, expulsions FROM panel_months(2022, 2022) WHERE expeller = 'FRA'")
    assert result == [(month, 0 if 2 <= month <= 10 else None) for month in range(1, 13)]


def test_a_decision_beside_the_scope_is_no_zero(world: World) -> None:
    """Neither is it one of the panel's: an actor's year, too, is empty where nothing of it is promised."""
    world.states("FRA", "RUS", "UKR")
    world.promise("RUS", "*", *YEAR)
    world.expel("2022-03-01-FRA-UKR", 1, in_scope=False)
    world.search("FRA", "UKR", *YEAR)
    assert _cell(world, "FRA-UKR") == EMPTY
    assert world.rows("FROM dyad_years") == []
    assert world.rows("SELECT expulsions_made, officials_made FROM actor_years WHERE actor_id = 'FRA'") == [(None, None)]


def test_actors_are_in_a_panel_in_the_days_in_which_they_existed(world: World) -> None:
    """States by either system or by their own days, organisations only if ever a side, nobody beside itself."""
    world.states("FRA", "RUS")
    world.states("UKR", last="2021-12-31")
    world.states("ITA", last="2022-01-01")
    world.states("DEU", first="2023-01-01")
    world.join("USA", "EU", "1945-01-01")
    world.promise("*", "*", *YEAR)
    world.connection.execute("UPDATE actors SET existed_from = DATE '1958-01-01' WHERE actor_id = 'EU'")
    actors = "SELECT string_agg(DISTINCT expeller, ' ' ORDER BY expeller), count(*) FROM panel_years(2022, 2022)"
    assert world.rows(actors) == [("FRA ITA RUS", 6)]
    world.connection.execute("UPDATE actors SET existed_from = DATE '2022-12-31' WHERE actor_id = 'USA'")
    world.expel("2014-03-02-RUS-EU", 1, in_scope=False)
    # Italy left on the first day and the United States came on the last: they never met.
    assert world.rows(actors) == [("EU FRA ITA RUS USA", 18)]
    assert _cell(world, "ITA-USA") is None
    world.connection.execute("UPDATE actors SET existed_until = DATE '2021-12-31' WHERE actor_id = 'EU'")
    assert world.rows(actors) == [("FRA ITA RUS USA", 10)]


def test_months_are_of_actors_that_existed_in_them(world: World) -> None:
    """An actor that ended in the year, and one that began, could not have expelled anybody before and after."""
    world.states("FRA", "RUS")
    world.states("UKR", last="2022-03-01")
    world.states("ITA", first="2022-11-30")
    world.promise("*", "*", *YEAR)
    months = "SELECT list(month) FROM panel_months(2022, 2022) WHERE expeller = '{}' AND target = 'RUS'"
    assert {actor: world.rows(months.format(actor))[0][0] for actor in ("FRA", "UKR", "ITA")} == {
        "FRA": [*range(1, 13)], "UKR": [1, 2, 3], "ITA": [11, 12]
    }  # fmt: skip


def test_a_panel_has_every_year_from_first_to_last(world: World) -> None:
    world.states("FRA", "RUS")
    world.promise("*", "*", "2020-01-01", "2023-12-31")
    world.expel("2024-03-01-FRA-RUS", 5)
    assert world.rows("SELECT year FROM panel_years(2021, 2022) WHERE expeller = 'FRA'") == [(2021,), (2022,)]
    assert world.rows("SELECT year, month FROM panel_months(2021, 2022) WHERE expeller = 'FRA'") == [
        (year, month) for year in (2021, 2022) for month in range(1, 13)
    ]


def test_a_panel_dates_by_announcement_or_by_the_order(world: World) -> None:
    """An order between two days of one month is of that month; one of two months knows only its year; without one the announcement dates it."""
    world.states("FRA", "RUS")
    world.promise("*", "*", "2021-01-01", "2022-12-31")
    world.expel("2022-01-05-FRA-RUS", 1, acted_from="2021-12-30", acted_until="2021-12-31")
    world.expel("2022-02-05-FRA-RUS", 2, acted_from="2021-11-30", acted_until="2021-12-01")
    world.expel("2022-03-05-FRA-RUS", 4)
    world.expel("2022-01-01-FRA-RUS", 8, announced_precision="year", acted_from="2022-04-01")
    months = "SELECT year, month, officials FROM panel_months(2021, 2022, dated_by := '{}') WHERE expulsions > 0"
    years = "SELECT year, officials, n_undated FROM panel_years(2021, 2022, dated_by := '{}') WHERE expulsions > 0"
    assert world.rows(months.format("announced")) == [(2022, 1, 1), (2022, 2, 2), (2022, 3, 4)]
    assert world.rows(years.format("announced")) == [(2022, 15, 1)]
    assert world.rows(months.format("acted")) == [(2021, 12, 1), (2022, 3, 4), (2022, 4, 8)]
    assert world.rows(years.format("acted")) == [(2021, 3, 1), (2022, 12, 0)]


@pytest.mark.parametrize("panel", ["panel_years", "panel_months"])
def test_words_that_a_panel_does_not_know_are_errors(world: World, panel: str) -> None:
    world.states("FRA", "RUS")
    world.expel("2022-03-01-FRA-RUS", 5)
    with pytest.raises(
        duckdb.InvalidInputException, match=r'"both" is no level of effort\. Choose none, region_or_wave, one_side or both_sides'
    ):
        world.rows(f"FROM {panel}(2022, 2022, at_least := 'both')")
    world.connection.rollback()
    world.connection.begin()
    world.states("FRA", "RUS")
    world.expel("2022-03-01-FRA-RUS", 5)
    with pytest.raises(duckdb.InvalidInputException, match=r'"ordered" dates no decision\. Choose announced or acted\.'):
        world.rows(f"FROM {panel}(2022, 2022, dated_by := 'ordered')")


def test_a_panel_of_codes_has_one_row_per_pair_of_codes_and_year(world: World) -> None:
    """Ukraine succeeds to Russia's code within the year; its zero needs both to have been looked for, and its sums take both."""
    world.states("FRA", "USA")
    world.join("RUS", "COW", "1945-01-01", "2022-06-30", 365)
    world.join("UKR", "COW", "2022-07-01", None, 365)
    world.join("ITA", "COW", "1945-01-01", "2022-06-30", 1)
    world.join("ITA", "COW", "2022-07-01", None, 3)
    world.promise("*", "*", *YEAR)
    columns = "SELECT ccode1, ccode2, year, effort, expulsions, officials_known FROM cow_dyad_years(2022, 2022)"
    codes = [1, 2, 3, 220, 365]
    assert world.rows(columns) == [(a, b, 2022, "none", None, None) for a in codes for b in codes if a != b]
    assert len(world.rows("FROM gw_dyad_years(2022, 2022)")) == 2
    world.search("FRA", "RUS", *YEAR)
    pair = f"{columns} WHERE ccode1 = 220 AND ccode2 = 365"
    assert world.rows(pair) == [(220, 365, 2022, "none", None, None)]
    world.search("*", "UKR", *YEAR)
    assert world.rows(pair) == [(220, 365, 2022, "one_side", None, None)]
    world.search("FRA", "UKR", *YEAR)
    assert world.rows(pair) == [(220, 365, 2022, "both_sides", 0, 0)]
    world.connection.execute("UPDATE scope SET target_scope = 'RUS'")
    assert world.rows(pair) == [(220, 365, 2022, "both_sides", None, None)]
    world.expel("2022-06-30-FRA-RUS", 5)
    world.expel("2022-07-01-FRA-UKR", 6)
    world.expel("2022-07-02-FRA-UKR", 50, in_scope=False)
    world.expel("2022-06-30-ITA-FRA", 7)
    world.expel("2022-07-01-ITA-FRA", 8)
    world.expel("2022-07-01-EU-FRA", 50)
    assert world.rows(f"{columns} WHERE expulsions > 0") == [
        (1, 220, 2022, "none", 1, 7), (3, 220, 2022, "none", 1, 8), (220, 365, 2022, "both_sides", 2, 11)
    ]  # fmt: skip


def test_an_actor_s_year_is_zero_only_on_the_side_on_which_it_was_sought(world: World) -> None:
    """By name, in both half-years, in sweeps of at most five years; a decision stands whoever looked."""
    world.states("DEU", "FRA", "ITA", "RUS", "UKR")
    world.promise("*", "*", *YEAR)
    decisions(world)
    for search in [("FRA", "RUS", *YEAR), ("*", "RUS", *YEAR), ("DEU", "*", "2022-01-01", "2022-06-30"), ("DEU", "*", "2022-07-01", "2022-12-31"), ("*", "ITA", "2018-01-01", "2022-12-31")]:  # fmt: skip
        world.search(*search)
    for search in [("UKR", "*", "2018-01-01", "2023-01-01"), ("ITA", "*", "2022-01-01", "2022-06-30"), ("RUS", "FRA", *YEAR, 1, "case")]:
        world.search(*search)
    # Posts are no column of it.
    sums, zero, empty = (5, None, 15, 15, None, 1, 1), (0,) * 7, (None,) * 7
    assert world.rows("FROM actor_years") == [
        ("DEU", 2022, 255, 260, True, False, *zero, *empty), ("FRA", 2022, 220, 220, True, False, *sums, *empty),
        ("ITA", 2022, 325, 325, False, True, *empty, *zero), ("RUS", 2022, 365, 365, False, True, *empty, *sums),
        ("UKR", 2022, 369, 369, False, False, *empty, *empty),
    ]  # fmt: skip


PROMISED: dict[str, tuple[list[tuple], list[tuple], int | None]] = {
    "what was swept": ([("*", "RUS", *YEAR)], [("FRA", "RUS", *YEAR)], 0),
    "some of what was swept": ([("FRA", "RUS", *YEAR)], [("FRA", "RUS UKR", *YEAR)], 0),
    "less than everybody": ([("*", "RUS", *YEAR)], [("FRA", "*", *YEAR)], 0),
    "more than was swept": ([("*", "RUS UKR", *YEAR)], [("FRA", "RUS", *YEAR)], None),
    "everybody": ([("*", "*", *YEAR)], [("FRA", "RUS", *YEAR)], None),
    "others": ([("*", "RUS", *YEAR)], [("FRA", "UKR", *YEAR)], None),
    "decisions of others": ([("RUS", "*", *YEAR)], [("FRA", "*", *YEAR)], None),
    "more in another row": ([("*", "RUS", *YEAR), ("FRA", "*", *YEAR)], [("FRA", "RUS", *YEAR)], None),
    "half by half": ([("*", "RUS", *YEAR)], [("FRA", "RUS", "2022-01-01", "2022-06-30"), ("FRA", "*", "2022-07-01", "2022-12-31")], 0),
    "part of the year": ([("*", "RUS", "2022-01-01", "2022-11-30")], [("FRA", "RUS", *YEAR)], None),
    "more in part of the year": ([("*", "RUS", *YEAR), ("FRA", "UKR", "2022-12-01", "2022-12-31")], [("FRA", "RUS", *YEAR)], None),
}  # fmt: skip


@pytest.mark.parametrize("case", PROMISED)
def test_an_actor_s_zero_is_of_all_that_the_package_promises_of_its_side(world: World, case: str) -> None:
    """A sweep against one target says nothing of another; the same holds of the target's side."""
    promises, sweeps, zero = PROMISED[case]
    world.states("FRA")
    for expellers, targets, *period in promises:
        world.promise(expellers, targets, *period)
    for expellers, targets, *period in sweeps:
        world.search(expellers, targets, *period)
    columns = "sought_as_expeller, expulsions_made, officials_made, sought_as_target, expulsions_suffered, officials_suffered"
    assert world.rows(f"SELECT {columns} FROM actor_years") == [(True, zero, zero, False, None, None)]
    world.connection.execute("UPDATE searches SET (expeller_scope, target_scope) = (target_scope, expeller_scope)")
    world.connection.execute("UPDATE scope SET (expeller_scope, target_scope) = (target_scope, expeller_scope)")
    assert world.rows(f"SELECT {columns} FROM actor_years") == [(False, None, None, True, zero, zero)]


def test_actor_years_are_the_years_in_scope_with_the_last_codes_of_the_year(world: World) -> None:
    world.states("FRA", last="2021-06-30")
    world.join("FRA", "COW", "2021-07-01", "2022-01-01", 9)
    world.join("RUS", "GW", "2021-12-31", None, 365)
    world.promise("*", "RUS", "2020-02-01", "2021-01-31")
    world.promise("RUS", "*", "2022-02-01", "2023-01-31")
    world.expel("2019-01-01-FRA-RUS", 1)
    world.expel("2024-01-01-FRA-RUS", 1)
    assert world.rows("SELECT actor_id, year, ccode, gwcode FROM actor_years") == [
        ("FRA", 2020, 220, 220), ("FRA", 2021, 9, 220), ("FRA", 2022, 9, None), *(("RUS", year, None, 365) for year in (2021, 2022, 2023))
    ]  # fmt: skip


# --- other sums ------------------------------------------------------------------------------------------------------


def test_totals_as_of_a_day_know_what_was_announced_and_published_by_then(world: World) -> None:
    one, two = world.expel("2022-03-01-FRA-RUS", 10), world.expel("2022-03-02-FRA-RUS", 5)
    world.say(one, 8, "2022-03-01")
    world.say(one, 10, "2022-03-03", vantage="target", standing="authoritative")
    world.say(two, None, "2022-03-02", qualifier="none")
    for closed in ("2022-03-02-FRA-RUS-2", "2022-03-02-FRA-RUS-4"):
        world.say(world.expel(closed, persons_ordered="no"), None, "2022-03-02", qualifier="none")
    world.say(world.expel("2022-03-02-FRA-RUS-3", 50, included_in=one), 50)
    # Announced by then and reported later, and the other way about.
    world.say(world.expel("2022-02-28-FRA-RUS", 50), 50, "2022-03-03")
    world.say(world.expel("2022-03-03-FRA-RUS", 50), 50, "2022-03-02")
    assert world.rows("FROM totals_as_of(DATE '2022-03-01')") == [("FRA", "RUS", 1, 8, 8, 0)]
    assert world.rows("FROM totals_as_of(DATE '2022-03-02')") == [("FRA", "RUS", 4, None, 8, 1)]


def test_each_choice_counts_the_same_decisions_in_its_way(world: World) -> None:
    """A bound stands in for an unknown figure where bounds are what is counted."""
    decisions(world, "2022-02-24", "2022-02-26")
    marked = world.expel("2022-03-01-DEU-RUS", 40, best_basis="authoritative", status="single_source")
    world.say(marked, 40, vantage="third_party", standing="authoritative")
    world.say(marked, 30)
    world.say(marked, 20, vantage="target")
    # Two alike in all that is counted stay two.
    for again in ("2022-03-02-ITA-RUS", "2022-03-03-ITA-RUS"):
        world.expel(again, 1)
    world.expel("2022-02-23-FRA-RUS", 50)
    world.expel("2022-03-01-RUS-FRA", 50)
    assert world.rows("FROM sensitivity") == [
        ("best", 8, None, 57, 1, 0.2), ("low", 8, 57, 57, 0, 0.1667), ("high", 8, None, 62, 1, 0.2),
        ("without authoritative marks", 8, None, 30, 5, 1.0), ("what expellers say", 8, None, 30, 5, 1.0), ("what targets say", 8, None, 20, 5, 1.0),
        ("confirmed only", 7, None, 17, 1, 0.0),
    ]  # fmt: skip


# --- figures ---------------------------------------------------------------------------------------------------------


def test_only_whole_counting_statements_of_one_number_are_ranked(world: World) -> None:
    key = world.expel("2022-03-01-FRA-RUS", 5)
    ranked = [world.say(key, 5), world.say(key, 5, standing="authoritative"), world.say(key, 5, officials_high=None, qualifier="at_least")]
    world.say(key, 5, standing="rejected")
    world.say(key, 5, standing="superseded")
    world.say(key, 5, covers="part")
    world.say(key, 5, officials_high=9, qualifier="about")
    world.say(key, 5, officials_high=None)
    world.say(key, None, qualifier="at_least")
    world.say(key, None, officials_high=5, qualifier="at_most")
    assert [key for (key,) in world.rows("SELECT statement_id FROM ranked_figures ORDER BY 1")] == sorted(ranked)


def test_ranks_begin_at_zero_in_the_published_order(world: World) -> None:
    key = world.expel("2022-03-01-FRA-RUS", 5)
    orders = {
        "vantage": ["expeller", "target", "third_party"], "attribution": ["official", "unnamed_official", "press"], "qualifier": ["exact", "about", "at_least"],
        "counted_unit": ["mission_members", "unspecified", "diplomats", "administrative_technical"], "standing": ["authoritative", "accepted"],
    }  # fmt: skip
    ranks = {
        "vantage": "r_vantage",
        "attribution": "r_attribution",
        "qualifier": "r_exactness",
        "counted_unit": "r_unit",
        "standing": "marked",
    }
    for column, values in orders.items():
        ids = [world.say(key, 5, **{column: value}) for value in values]
        result = dict(world.rows(f"SELECT statement_id, {ranks[column]} FROM ranked_figures"))
        assert [result[i] for i in ids] == list(range(len(values))), column


def test_recency_counts_from_the_first_announcement_for_thirty_days(world: World) -> None:
    """Later is better within 30 days of it (a day before is its date line), and worse after, or where no day is known."""
    key = world.expel("2022-03-02-FRA-RUS", 5)
    ranks = {"2022-02-28": 62, "2022-03-01": 31, "2022-03-02": 30, "2022-04-01": 0, "2022-04-02": 91}
    for day in ranks:
        world.say(key, 5, day)
    world.say(key, 5, "2022-04-02", announced_on="2022-03-20")
    assert dict(world.rows("SELECT published_on::VARCHAR, r_recency FROM ranked_figures")) == ranks
    undated = world.expel("2022-03-02-RUS-FRA", 5)
    world.say(undated, 5, announced_on=None)
    assert world.rows(f"SELECT r_recency FROM ranked_figures WHERE expulsion_id = '{undated}'") == [(1000000,)]


def test_best_figure_as_of_a_day_includes_what_appeared_on_it(world: World) -> None:
    key = world.expel("2022-03-01-FRA-RUS", 5)
    world.say(key, 4, "2022-03-01")
    world.say(key, 5, "2022-03-02")
    best = [world.rows(f"SELECT officials FROM best_figures(DATE '{day}', true)") for day in ("2022-02-28", "2022-03-01", "2022-03-02")]
    assert best == [[], [(4,)], [(5,)]]


def test_an_agency_is_one_origin_whoever_prints_it(world: World) -> None:
    key = world.expel("2022-03-01-FRA-RUS", 6)
    for _ in range(3):
        world.say(key, 5, agency="TASS")
    world.say(key, 6)
    assert world.rows("SELECT officials FROM best_figures(DATE '9999-12-31', true)") == [(5,)]
    world.say(key, 6)
    assert world.rows("SELECT officials FROM best_figures(DATE '9999-12-31', true)") == [(6,)]
    world.claim("c", 6)
    assert world.rows("SELECT officials_then FROM claim_expulsions") == [(6,)]


def test_a_mark_decides_only_where_marks_are_asked_for(world: World) -> None:
    key = world.expel("2022-03-01-FRA-RUS", 9)
    world.say(key, 5)
    world.say(key, 9, vantage="third_party", attribution="press", standing="authoritative")
    assert [world.rows(f"SELECT officials FROM best_figures(DATE '9999-12-31', {marks})") for marks in ("true", "false")] == [
        [(9,)],
        [(5,)],
    ]


def test_each_side_has_its_own_preferred_figure(world: World) -> None:
    key = world.expel("2022-03-01-FRA-RUS", 5)
    for vantage, good, poor in (("expeller", 5, 50), ("target", 6, 1), ("third_party", 7, 70)):
        world.say(key, poor, vantage=vantage, attribution="press")
        world.say(key, good, vantage=vantage)
    other = world.expel("2022-03-02-FRA-RUS", 8)
    world.say(other, 8, vantage="target")
    assert world.rows("FROM by_vantage") == [(key, 5, 6, 7), (other, None, 8, None)]


def test_each_side_s_figure_follows_the_whole_order(world: World) -> None:
    """Step by step the first figure goes before the second, which all later steps would prefer."""
    steps: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
        "marked": ({"standing": "authoritative", "attribution": "press"}, {}),
        "attribution": ({"qualifier": "about"}, {"attribution": "unnamed_official"}),
        "exactness": ({"counted_unit": "administrative_technical"}, {"qualifier": "about"}),
        "unit": ({"counted_unit": "mission_members"}, {"published": "2022-03-31"}),
        "recency": ({"published": "2022-03-31"}, {}),
        "origins": ({"agency": "C"}, {"agency": "A"}),
    }
    for n, (step, (good, poor)) in enumerate(steps.items(), 1):
        key = world.expel(f"2022-03-0{n}-FRA-RUS", 1)
        # The second comes first by id and, but for the last step, from more origins.
        for agency in ("A", "A") if step == "origins" else ("A", "B"):
            world.say(key, 2, **({"agency": agency} | poor))
        world.say(key, 1, **({"agency": "C"} | good))
        if step == "origins":
            world.say(key, 1, agency="D")
    tie = world.expel("2022-03-07-FRA-RUS", 1)
    for figure in (1, 2):
        world.say(tie, figure)
    assert [row[1] for row in world.rows("FROM by_vantage")] == [1] * (len(steps) + 1)


def test_disagreements_are_of_different_figures_of_the_whole(world: World) -> None:
    key, agreed, two = world.expel("2022-03-02-FRA-RUS", 5), world.expel("2022-03-01-DEU-RUS", 40), world.expel("2022-03-01-ITA-RUS", 30)
    world.say(two, 30)
    world.say(two, 25)
    world.say(key, 7, standing="rejected")
    world.say(key, 5)
    world.say(key, 5, standing="superseded")
    world.say(key, None, officials_high=6, qualifier="at_most")
    world.say(key, None, qualifier="none", standing="rejected")
    world.say(key, 1, covers="part")
    for cells in ({}, {}, {"covers": "part", "officials_low": 3}, {"officials_low": None, "officials_high": None, "standing": "rejected"}):
        world.say(agreed, 40, **cells)
    wide = world.expel("2022-03-03-FRA-RUS", 22, officials_low=20, officials_high=25)
    world.say(wide, 20, officials_high=25, qualifier="about")
    world.say(world.expel("2022-03-04-FRA-RUS", 20, officials_high=None), 20, officials_high=None, qualifier="at_least")
    columns = "expulsion_id, officials_low, officials_best, officials_high, printed_low, printed_high, figures, n_not_counting"
    printed = [
        [{"figure": figure, "standing": standing} for figure, standing in figures]
        for figures in ([(25, "accepted"), (30, "accepted")], [(5, "accepted"), (5, "superseded"), (6, "accepted"), (7, "rejected")], [(20, "accepted")])
    ]  # fmt: skip
    assert world.rows(f"SELECT {columns} FROM disagreements") == [
        (two, 30, 30, 30, 25, 30, printed[0], 0), (key, 5, 5, 5, 5, 7, printed[1], 2), (wide, 20, 22, 25, 20, 25, printed[2], 0),
    ]  # fmt: skip


# --- sides -----------------------------------------------------------------------------------------------------------


def test_codes_are_those_of_each_side_on_the_day(world: World) -> None:
    """Spells hold on their first and on their last day; other systems, spells and actors give no code; organisations have none."""
    for system, old, new in (("COW", 1, 2), ("GW", 3, 4)):
        for actor, tens in (("FRA", 10), ("RUS", 20)):
            world.join(actor, system, "1945-01-01", "2022-03-01", tens + old)
            world.join(actor, system, "2022-03-02", None, tens + new)
    world.join("FRA", "NATO", "1945-01-01", None, 99)
    world.expel("2022-03-01-FRA-RUS", 5)
    world.expel("2022-03-02-RUS-FRA", 5)
    world.expel("1944-12-31-RUS-FRA", 5)
    world.expel("2022-03-02-EU-RUS", 5)
    world.expel("2022-03-02-RUS-EU", 5)
    columns = "expeller_name, expeller_cow, expeller_gw, target_name, target_cow, target_gw, involves_organisation"
    assert world.rows(f"SELECT {columns} FROM expulsion_dyads ORDER BY expulsion_id") == [
        ("Russia", None, None, "France", None, None, False),
        ("France", 11, 13, "Russia", 21, 23, False),
        ("European Union", None, None, "Russia", 22, 24, True),
        ("Russia", 22, 24, "European Union", None, None, True),
        ("Russia", 22, 24, "France", 12, 14, False),
    ]


def test_what_is_contained_or_retracted_does_not_count(world: World) -> None:
    decisions(world)
    assert [key[-1] for (key,) in world.rows("SELECT expulsion_id FROM expulsion_dyads WHERE NOT counts ORDER BY 1")] == ["5", "6"]


def test_unknown_is_a_missing_figure_where_people_were_or_may_have_been_told_to_go(world: World) -> None:
    decisions(world)
    world.expel("2022-03-04-FRA-RUS", persons_ordered="unknown")
    world.expel("2022-03-05-FRA-RUS", status="retracted")
    ids = ["2022-03-03-FRA-RUS-2", "2022-03-04-FRA-RUS", "2022-03-05-FRA-RUS"]
    assert world.rows("SELECT expulsion_id FROM expulsion_dyads WHERE unknown ORDER BY 1") == [(key,) for key in ids]
    world.claim("c", 1)
    for key, *_ in world.rows("FROM expulsions"):
        world.say(key, 1)
    assert world.rows("SELECT expulsion_id FROM claim_expulsions WHERE unknown ORDER BY 1") == [(key,) for key in ids[:2]]
    assert world.rows("SELECT n_unknown FROM claim_checks") == [(2,)]


def test_what_counts_and_what_is_unknown_is_said_in_one_place() -> None:
    """Everywhere else the columns ``counts`` and ``unknown`` are read."""
    again = re.compile(
        r"officials_best (?:IS|=== ?) ?NULL AND [\w.]*persons_ordered|included_in (?:IS|=== ?) ?NULL (?:AND|&&) [\w.]*status", re.IGNORECASE
    )
    folders = {"scripts/query/views": "**/*.sql", "validation/rules": "*.sql", "scripts/explore/page": "*.js"}
    files = [path for folder, pattern in folders.items() for path in (contract.ROOT / folder).glob(pattern)]
    assert len(files) > 75
    assert [path.stem for path in files if again.search(path.read_text(encoding="utf-8"))] == ["expulsion_dyads"]


def _members(world: World, organisation: str = "EU", day: str = "2022-02-24") -> None:
    """France for good, Germany from the day on, Italy to the end of it; Ukraine joins a day later, the United States left a day before."""
    world.join("FRA", organisation, "1958-01-01")
    world.join("DEU", organisation, day)
    world.join("ITA", organisation, "1958-01-01", day)
    world.join("UKR", organisation, str(date.fromisoformat(day).replace(day=25)))
    world.join("USA", organisation, "1958-01-01", str(date.fromisoformat(day).replace(day=23)))


def _quiet(world: World) -> list[str]:
    return [
        actor for (actor,) in world.rows("SELECT actor_id FROM eu_members_without_expulsion('RUS', DATE '2022-01-24', DATE '2022-02-24')")
    ]


def test_members_of_the_eu_on_the_last_day_that_expelled_nobody(world: World) -> None:
    _members(world)
    world.join("RUS", "NATO", "1958-01-01")
    assert _quiet(world) == ["DEU", "FRA", "ITA"]
    for other in ("2022-01-23-FRA-RUS", "2022-02-25-FRA-RUS", "2022-02-01-FRA-UKR"):
        world.expel(other, 5)
    world.expel("2022-02-01-FRA-RUS", 5, status="retracted")
    world.expel("2022-02-01-FRA-RUS-2", persons_ordered="no")
    assert _quiet(world) == ["DEU", "FRA", "ITA"]
    world.expel("2022-01-24-DEU-RUS")
    world.expel("2022-02-24-ITA-RUS", 5, included_in="2022-02-01-FRA-RUS")
    assert _quiet(world) == ["FRA"]


@pytest.mark.parametrize("organisation", ["EU", "NATO", "G7"])
def test_non_expellers_are_members_on_the_day_of_the_invasion(world: World, organisation: str) -> None:
    _members(world, organisation)
    world.join("RUS", "CIS", "1991-12-21")
    everybody = [(organisation, actor, NAMES[actor], False) for actor in ("DEU", "FRA", "ITA")]
    assert world.rows("FROM non_expellers") == everybody
    for other in ("2022-02-23-FRA-RUS", "2022-03-01-FRA-UKR", "2022-03-01-UKR-RUS"):
        world.expel(other, 5)
    world.expel("2022-03-01-FRA-RUS", 5, status="retracted")
    world.expel("2022-03-01-FRA-RUS-2", persons_ordered="no")
    assert world.rows("FROM non_expellers") == everybody
    world.expel("2022-02-24-DEU-RUS")
    world.search("FRA", "RUS", "2022-01-01", "2022-06-30")
    world.search("ITA", "RUS", "2022-06-01", "2022-06-30")
    world.search("ITA", "RUS", "2022-01-01", "2022-06-30", purpose="case")
    world.search("ITA", "RUS", "2021-01-01", "2021-12-31")
    world.search("ITA", "UKR", "2022-01-01", "2022-12-31")
    assert world.rows("FROM non_expellers") == [(organisation, "FRA", "France", True), (organisation, "ITA", "Italy", False)]


def test_reciprocity_is_over_what_retaliation_ties_directly_or_over_others(world: World) -> None:
    """Two French decisions and what answers them are one set; the earlier announcement opens it, whatever its id."""
    first, second = world.expel("2022-04-04-FRA-RUS", 10, announced_on="2022-04-03"), world.expel("2022-04-11-FRA-RUS", 6)
    answer, more = world.expel("2022-04-01-RUS-FRA", 12, announced_on="2022-05-18"), world.expel("2022-05-20-FRA-RUS", 1)
    world.expel("2022-05-18-DEU-RUS", 40)
    inside = world.expel("2022-05-19-RUS-FRA", 50, included_in=answer)
    for late, early in ((answer, first), (answer, second), (more, answer), (inside, first)):
        world.put("answers", expulsion_id=late, answers=early, relation="retaliation")
    world.put("answers", expulsion_id="2022-05-18-DEU-RUS", answers=first, relation="solidarity")
    open_, unknown = world.expel("2022-06-01-ITA-RUS", 30), world.expel("2022-06-02-RUS-ITA")
    world.put("answers", expulsion_id=unknown, answers=open_, relation="retaliation")
    closed, closes = world.expel("2022-07-01-ITA-RUS", 30), world.expel("2022-07-02-RUS-ITA", persons_ordered="no")
    world.put("answers", expulsion_id=closes, answers=closed, relation="retaliation")
    assert world.rows("SELECT * REPLACE (ratio::DOUBLE AS ratio) FROM reciprocity") == [
        (
            answer,
            "FRA",
            "RUS",
            3,
            1,
            17,
            12,
            17,
            12,
            0,
            0.706,
            date(2022, 4, 3),
            date(2022, 5, 20),
            sorted([first, second, answer, more, inside]),
        ),
        (open_, "ITA", "RUS", 1, 1, 30, None, 30, None, 1, None, date(2022, 6, 1), date(2022, 6, 2), [open_, unknown]),
        (closed, "ITA", "RUS", 1, 1, 30, 0, 30, 0, 0, 0.0, date(2022, 7, 1), date(2022, 7, 2), [closed, closes]),
    ]


def test_a_first_move_answers_nothing_also_where_days_are_vague_or_the_same(world: World) -> None:
    """A reply of which the month is known, one of the same day, and one to a decision against an organisation's officials."""
    vague, same = ("2022-04-01-RUS-DEU", "2022-04-04-DEU-RUS"), ("2022-05-01-FRA-RUS", "2022-05-01-RUS-FRA")
    for reply, cause in (vague, same, ("2022-06-02-RUS-USA", "2022-06-01-USA-EU")):
        for key, best in ((cause, 10), (reply, 5)):
            world.expel(key, best, announced_precision="month" if key == vague[0] else "day")
        world.put("answers", expulsion_id=reply, answers=cause, relation="retaliation")
    assert world.rows("SELECT initiator, responder, officials_initiator, officials_responder, ratio::DOUBLE FROM reciprocity") == [
        ("DEU", "RUS", 10, 5, 0.5), ("RUS", "FRA", 10, 5, 0.5), ("USA", "RUS", 10, 5, 0.5)
    ]  # fmt: skip


def test_a_first_move_whose_answers_sums_skip_has_its_target_as_the_other_side(world: World) -> None:
    cause, reply = world.expel("2022-04-04-DEU-RUS", 10), world.expel("2022-04-05-RUS-DEU", 5, status="retracted")
    world.put("answers", expulsion_id=reply, answers=cause, relation="retaliation")
    assert world.rows("SELECT initiator, responder, expulsions_responder FROM reciprocity") == [("DEU", "RUS", 0)]


# --- scopes, searches and claims -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "members"),
    [
        ("FRA RUS", "FRA RUS"), ("EU", "EU"), ("EU*", "DEU FRA ITA"), ("EU* -FRA", "DEU ITA"), ("EU* -FRA USA", "DEU ITA USA"),
        ("Europe*", "DEU FRA ITA RUS UKR"), ("Americas* EU*", "DEU FRA ITA USA"), ("*", "DEU EU FRA ITA RUS UKR USA"), ("* -EU* -EU", "RUS UKR USA"),
    ],
)  # fmt: skip
def test_scope_has_actors_regions_and_members_of_the_day_but_for_those_named(world: World, scope: str, members: str) -> None:
    _members(world)
    for side in ("expeller_scope", "target_scope"):
        world.put("claims", **{side: scope, "as_of": INVASION})
        world.put("searches", **{side: scope, "period_until": INVASION})
    result = world.rows(f"SELECT actor_id FROM scope_members WHERE scope = '{scope}' AND day = DATE '2022-02-24' ORDER BY 1")
    assert " ".join(actor for (actor,) in result) == members


def test_groups_are_actors_regions_and_organisations_with_their_spells(world: World) -> None:
    """An actor alone, everyone, a region and an organisation; a second spell is a row of its own, an actor without a region is in none."""
    world.join("ITA", "EU", "1958-01-01", "1999-12-31")
    world.join("ITA", "EU", "2005-01-01")
    groups = [("*", None, None), ("EU*", date(1958, 1, 1), date(1999, 12, 31)), ("EU*", date(2005, 1, 1), None), ("Europe*", None, None), ("ITA", None, None)]  # fmt: skip
    assert world.rows("SELECT scope, joined_on, left_on FROM group_members WHERE actor_id = 'ITA' ORDER BY ALL") == groups
    assert world.rows("SELECT scope FROM group_members WHERE actor_id = 'EU' ORDER BY ALL") == [("*",), ("EU",)]
    assert world.rows("SELECT count(*) FROM group_members WHERE scope = '*'") == [(len(NAMES) + 1,)]


def test_a_half_year_is_covered_by_one_search_that_has_all_of_it(world: World) -> None:
    """Whatever its purpose; effort is made by sweeps alone."""
    world.search("FRA", "RUS", "2021-07-01", "2022-06-30", 2)
    world.search("FRA RUS", "RUS", "2022-06-30", "2022-07-01", 3)
    world.search("DEU", "RUS", "2022-01-02", "2022-06-30")
    world.search("DEU", "RUS", "2022-07-01", "2022-12-30")
    world.search("ITA", "RUS", "2022-01-01", "2022-06-30", purpose="case")
    assert world.rows("FROM coverage ORDER BY ALL") == [
        ("DEU", "RUS", 2022, 1, 1, 1, False, "none"), ("DEU", "RUS", 2022, 2, 1, 1, False, "none"),
        ("FRA", "RUS", 2021, 2, 1, 2, True, "both_sides"), ("FRA", "RUS", 2022, 1, 2, 5, True, "both_sides"), ("FRA", "RUS", 2022, 2, 1, 3, False, "none"),
        ("ITA", "RUS", 2022, 1, 1, 1, True, "none"),
    ]  # fmt: skip


def test_a_search_counts_for_the_scope_of_its_own_side_and_day(world: World) -> None:
    """Members are those of the period's last day, and what is sought in one direction says nothing about the other."""
    world.join("FRA", "EU", "2022-01-01")
    world.search("EU*", "RUS", "2021-01-01", "2021-12-31")
    world.search("EU*", "RUS", "2021-01-01", "2022-06-30")
    world.search("DEU", "EU* USA", "2021-01-01", "2021-06-30")
    assert world.rows("SELECT expeller, target, year, half, n_searches FROM coverage ORDER BY ALL") == [
        ("DEU", "USA", 2021, 1, 1), ("FRA", "RUS", 2021, 1, 1), ("FRA", "RUS", 2021, 2, 1), ("FRA", "RUS", 2022, 1, 1)
    ]  # fmt: skip


def test_a_claim_takes_the_decisions_of_its_scope_and_period(world: World) -> None:
    """Both days are included; it knows what was published by its last day, and gives what is known today beside it."""
    first, last = world.expel("2022-03-01-FRA-RUS", 10), world.expel("2022-03-31-DEU-RUS", 5)
    world.say(first, 9, "2022-03-31")
    world.say(first, 10, "2022-04-01", vantage="expeller")
    world.say(first, None, "2022-03-02", qualifier="none")
    world.say(last, 5, "2022-04-01")
    for other in ("2022-02-28-FRA-RUS", "2022-04-01-FRA-RUS", "2022-03-02-RUS-FRA", "2022-03-02-ITA-RUS", "2022-03-02-FRA-UKR"):
        world.say(world.expel(other, 50), 50)
    world.say(world.expel("2022-03-02-FRA-RUS", 50, included_in=first), 50)
    world.claim("c", 15, expeller_scope="FRA DEU")
    # The same scopes stand for other members on another day.
    world.claim("d", 15, expeller_scope="EU*", since="2022-02-01", as_of="2022-02-28")
    world.claim("e", 15, expeller_scope="EU*", since="2022-01-01", as_of="2022-01-31")
    world.join("FRA", "EU", "2022-02-28")
    assert world.rows("SELECT claim_id, expulsion_id, officials_best, published_then, officials_then FROM claim_expulsions ORDER BY ALL") == [
        ("c", first, 10, True, 9), ("c", last, 5, False, None), ("d", "2022-02-28-FRA-RUS", 50, True, 50),
    ]  # fmt: skip


COUNTED: dict[str, tuple[int | None, ...]] = {"unspecified": (None, 15, 15, None), "expellers": (1,) * 4, "posts": (3,) * 4}


@pytest.mark.parametrize("counted", COUNTED)
def test_a_claim_stands_beside_our_total_of_what_it_counts(world: World, counted: str) -> None:
    decisions(world)
    for (key,) in world.rows("SELECT expulsion_id FROM expulsions"):
        world.say(key, None, qualifier="none")
    world.say("2022-03-01-FRA-RUS", 7)
    world.say("2022-03-03-FRA-RUS", 2)
    # Closed posts alone make no expeller.
    world.say(world.expel("2022-03-02-ITA-RUS", persons_ordered="no"), None, qualifier="none")
    world.claim("c", 14, counted=counted)
    columns = "figure, ours, ours_low, ours_known, ours_high, n_unknown, ours_then, n_unknown_then, difference"
    ours, low, known, high = COUNTED[counted]
    then = 9 if counted == "unspecified" else known
    assert known is not None and world.rows(f"SELECT {columns} FROM claim_checks") == [(14, ours, low, known, high, 1, then, 1, known - 14)]


def test_what_was_not_published_by_then_was_not_unknown_then(world: World) -> None:
    """Of two expellers and three decisions the claim's day knew one; later articles add nothing to it."""
    world.say(world.expel("2022-03-01-FRA-RUS"), None, qualifier="none")
    for key in ("2022-03-02-DEU-RUS", "2022-03-03-DEU-RUS"):
        world.say(world.expel(key), None, "2022-04-01", qualifier="none")
    world.claim("a", 2, counted="expellers")
    world.claim("b", None, kind="none")
    assert world.rows("SELECT figure, ours_known, n_unknown, ours_then, n_unknown_then, difference FROM claim_checks") == [
        (2, 2, 3, 1, 1, 0), (0, 3, 3, 1, 1, 3)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("qualifier", "agrees", "differs"),
    [
        ("exact", [13, 14, 20], [12, 21]), ("at_least", [1, 13, 20], [21]), ("at_most", [13, 20, 99], [12]), (None, [13, 20], [12, 21]),
        ("about", [13, 20], [12, 21, 22]),
    ],
)  # fmt: skip
def test_a_claim_agrees_with_our_range_or_as_its_qualifier_allows(
    world: World, qualifier: str | None, agrees: list[int], differs: list[int]
) -> None:
    decisions(world)
    for (key,) in world.rows("SELECT expulsion_id FROM expulsions"):
        world.say(key, None, qualifier="none")
    for figure in agrees + differs:
        world.claim(str(figure), figure, qualifier)
    assert dict(world.rows("SELECT figure, agrees FROM claim_checks")) == dict.fromkeys(agrees, True) | dict.fromkeys(differs, False)


def test_agreement_is_held_against_the_ends_that_are_known(world: World) -> None:
    """A decision without a figure keeps our total empty; its bounds make room above and narrow nothing below."""
    world.say(world.expel("2022-03-01-FRA-RUS", 10), 10)
    world.say(world.expel("2022-03-02-FRA-RUS", officials_low=2, officials_high=9), None, qualifier="none")
    for figure in (9, 10, 19, 20):
        world.claim(str(figure), figure)
    world.claim("nobody", 0, expeller_scope="DEU")
    columns = "figure, ours, ours_low, ours_known, ours_high, n_unknown, agrees"
    assert world.rows(f"SELECT {columns} FROM claim_checks ORDER BY figure") == [
        (0, 0, 0, 0, 0, 0, True), *((figure, None, 12, 10, None, 1, figure in (10, 19)) for figure in (9, 10, 19, 20))
    ]  # fmt: skip


def test_about_allows_a_tenth_of_the_claim_and_none_allows_nobody(world: World) -> None:
    world.say(world.expel("2022-03-01-FRA-RUS", 18), 18)
    for figure in (16, 17, 20, 21):
        world.claim(str(figure), figure, "about")
    world.claim("none", None, None, kind="none")
    world.claim("nobody", None, None, kind="none", expeller_scope="DEU")
    world.claim("closed", None, None, kind="none", expeller_scope="ITA")
    world.say(world.expel("2022-03-01-ITA-RUS", persons_ordered="no"), None, qualifier="none")
    assert dict(world.rows("SELECT claim_id, agrees FROM claim_checks")) == {
        "16": False, "17": True, "20": True, "21": False, "none": False, "nobody": True, "closed": True
    }  # fmt: skip


def test_our_rows_explain_their_share_of_a_total_and_never_more_than_all(world: World) -> None:
    """What is unknown explains nothing; a count of expellers has its share too, and a claim of nobody none."""
    world.say(world.expel("2022-03-01-FRA-RUS", 10), 10)
    world.say(world.expel("2022-03-02-DEU-RUS"), None, qualifier="none")
    for figure in (9, 10, 30):
        world.claim(str(figure), figure)
    world.claim("expellers", 4, counted="expellers")
    world.claim("none", None, None, kind="none")
    world.claim("nobody", 0, expeller_scope="ITA")
    shares = {"9": 100, "10": 100, "30": 33, "expellers": 50, "none": None, "nobody": None}
    assert dict(world.rows("SELECT claim_id, explained FROM claim_checks")) == shares


def test_a_figure_was_reached_on_the_first_day_whose_sum_is_not_below_it(world: World) -> None:
    for key, best in {"2022-03-01-FRA-RUS": 10, "2022-03-02-DEU-RUS": 5, "2022-03-02-ITA-RUS": 3, "2022-03-03-FRA-RUS": 9}.items():
        world.say(world.expel(key, best), best)
    days = {10: "2022-03-01", 11: "2022-03-02", 18: "2022-03-02", 19: "2022-03-03", 28: None}
    for figure in days:
        world.claim(str(figure), figure)
    for counted in ("expellers", "posts"):
        world.claim(counted, 1, counted=counted)
    result = dict(world.rows("SELECT claim_id, reached_on::VARCHAR FROM claim_checks"))
    assert result == {str(figure): day for figure, day in days.items()} | {"expellers": None, "posts": None}


# --- harvests and releases -------------------------------------------------------------------------------------------


def _listed(world: World, year: int, lists: str, times: int = 1, sides: str = "FRA-RUS", **cells: Any) -> None:
    """Decisions of one year, each on all of the named lists, or on none."""
    for n in range(times):
        key = world.expel(f"{year}-03-01-{sides}-{lists.replace(' ', '')}{n}", **({"best": 1} | cells))
        for found_by in lists.split():
            world.put("harvests", expulsion_id=key, found_by=found_by)


def _pooled(world: World) -> list[tuple]:
    figures = "n_a, n_b, n_both, n_found, estimate, estimate_low, estimate_high"
    return world.rows(f"SELECT {figures} FROM capture_recapture WHERE list_a = 'a' AND region = '*' AND from_year = 2015")


def test_seven_on_both_lists_make_an_estimate_and_six_none(world: World) -> None:
    """Nobody is missed where one list holds all of the other: 9 * 8 / 8 - 1."""
    for lists, times in {"a b": 7, "a": 1, "": 2}.items():
        _listed(world, 2018, lists, times)
    assert _pooled(world) == [(8, 7, 7, 8, 8.0, 8.0, 8.0)]
    world.connection.execute("DELETE FROM harvests WHERE expulsion_id LIKE '%-ab0' AND found_by = 'b'")
    assert _pooled(world) == [(8, 6, 6, 8, None, None, None)]


def test_interval_of_the_estimate_to_one_decimal(world: World) -> None:
    """Chapman's variance for 10 and 10 with 7 in both is 11 * 11 * 3 * 3 / (8 * 8 * 9); 1.125 were missed, log-normally."""
    for lists, times in {"a b": 7, "a": 3, "b": 3}.items():
        _listed(world, 2018, lists, times)
    assert _pooled(world) == [(10, 10, 7, 13, 14.1, 13.2, 20.3)]


def test_any_two_lists_that_meet_are_a_pair_by_region_and_five_years(world: World) -> None:
    """First all of a pair, then its periods, its regions, and both; expellers without a region are not everybody."""
    _listed(world, 2014, "a b")
    _listed(world, 2014, "a")
    _listed(world, 2017, "a b", sides="USA-RUS")
    _listed(world, 2019, "b", sides="EU-RUS")
    # They meet neither: a list of one entry, and one that meets only the first.
    _listed(world, 2016, "c", sides="RUS-FRA")
    _listed(world, 2025, "a d", included_in="x")
    _listed(world, 2014, "b", sides="RUS-FRA", status="retracted")
    columns = "list_a, list_b, region, from_year, until_year, n_a, n_b, n_both, n_found"
    assert sorted(world.rows(f"SELECT {columns} FROM capture_recapture WHERE list_b = 'b'"), key=str) == sorted([
        ("a", "b", "*", 2014, 2025, 4, 3, 2, 5), ("a", "b", "*", 2010, 2014, 2, 1, 1, 2), ("a", "b", "*", 2015, 2019, 1, 2, 1, 2),
        ("a", "b", "*", 2025, 2029, 1, 0, 0, 1), ("a", "b", "Americas", 2017, 2017, 1, 1, 1, 1), ("a", "b", "Americas", 2015, 2019, 1, 1, 1, 1),
        ("a", "b", "Europe", 2014, 2025, 3, 1, 1, 3), ("a", "b", "Europe", 2010, 2014, 2, 1, 1, 2), ("a", "b", "Europe", 2025, 2029, 1, 0, 0, 1),
        ("a", "b", None, 2019, 2019, 0, 1, 0, 1), ("a", "b", None, 2015, 2019, 0, 1, 0, 1),
    ], key=str)  # fmt: skip
    assert world.rows("SELECT DISTINCT list_a, list_b FROM capture_recapture ORDER BY ALL") == [("a", "b"), ("a", "d")]


def _wilson(result: int, listed: int) -> tuple[float, ...]:
    """The share and its 95 % interval."""
    share, z = result / listed, 1.96
    middle, half = share + z * z / (2 * listed), z * math.sqrt(share * (1 - share) / listed + z * z / (4 * listed**2))
    ends = ((middle + side * half) / (1 + z * z / listed) for side in (-1, 1))
    return tuple(round(value, 4) for value in (share, *ends))


def test_recall_is_the_share_of_another_list_that_the_sweep_found(world: World) -> None:
    """In all, by region of the expeller, five years and size; a list that the sweep never met, and the sweep itself, have none."""
    _listed(world, 2014, "q sweep", 3)
    _listed(world, 2019, "q", 1, sides="USA-RUS", best=2)
    _listed(world, 2015, "q", 1, sides="EU-RUS", best=None)
    _listed(world, 2015, "sweep", 5)
    _listed(world, 2015, "r", 5)
    counts = {
        ("all", "*"): (3, 5), ("region", "Americas"): (0, 1), ("region", "Europe"): (3, 3), ("region", None): (0, 1),
        ("years", "2010"): (3, 3), ("years", "2015"): (0, 2), ("size", "one"): (3, 3), ("size", "several"): (0, 1), ("size", "unknown"): (0, 1),
    }  # fmt: skip
    result = {(row[1], row[2]): row[3:] for row in world.rows("FROM sweep_recall")}
    assert result == {key: (listed, n, *_wilson(n, listed)) for key, (n, listed) in counts.items()}
    assert len(world.rows("FROM sweep_recall WHERE listed_by = 'q'")) == len(counts)


def test_lines_of_a_list_are_equal_within_explained_or_unexplained(world: World) -> None:
    """A line that is a reprint, one without a list, one without a number and a share of the whole are in no count."""
    world.say(world.expel("2022-03-01-FRA-RUS", 10, officials_low=8, officials_high=15), 10)
    world.claim("t", 50, expeller_scope="EU*")
    world.claim("share", 10, expeller_scope="EU*", part_of="t")
    world.claim("other", 10)
    lines: dict[str, tuple[int | None, dict[str, Any]]] = {
        "equal": (10, {}), "range": (12, {}), "qualified": (5, {"qualifier": "at_least"}), "later": (3, {"gap_reason": "later_expulsions_missing"}),
        "nobody knows": (4, {"gap_reason": "not_explained"}), "nobody says": (5, {}), "reprint": (10, {"origin": "equal"}), "unnumbered": (None, {}),
    }  # fmt: skip
    for key, (figure, cells) in lines.items():
        world.claim(key, figure, **({"part_of": "t"} | cells))
    assert world.rows("FROM list_agreement") == [("t", None, date(2022, 3, 31), 50, 6, 1, 2, 1, 2)]


def test_a_release_gives_its_own_rows_and_another_is_refused(world: World) -> None:
    old, new = world.expel("2022-03-01-FRA-RUS", 5), world.expel("2022-03-02-FRA-RUS", 5)
    for version, keys in {"1.0.0": [old], "1.1.0": [old, new]}.items():
        for key in keys:
            world.put("released_expulsions", version=version, expulsion_id=key)
    world.expel("2022-03-03-FRA-RUS", 5)
    sizes = {version: len(world.rows(f"FROM as_of_version('{version}')")) for version in ("1.0.0", "1.1.0", "2.0.0")}
    assert sizes == {"1.0.0": 1, "1.1.0": 2, "2.0.0": 3}
    with pytest.raises(duckdb.InvalidInputException, match=r'no release "3\.0\.0" here. Held: 1\.0\.0, 1\.1\.0, 2\.0\.0\.'):
        world.rows("FROM as_of_version('3.0.0')")
