"""What each view promises, on small tables made by hand: bounds, ties, what is not known and what does not count."""

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
        self.put("expulsions", **(stated | figures | {"persons_ordered": "yes", "status": "confirmed"} | cells))
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

    def search(self, expellers: str, targets: str, first: str, last: str, pages: int = 1) -> None:
        self.put("searches", expeller_scope=expellers, target_scope=targets, period_from=first, period_until=last, n_pages=pages)

    def join(self, actor: str, organisation: str, first: str, last: str | None = None, code: str | None = None) -> None:
        self.put("memberships", actor_id=actor, organisation=organisation, code=code, joined_on=first, left_on=last)

    def rows(self, query: str) -> list[tuple]:
        return self.connection.sql(query).fetchall()


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for table in contract.product().tables.values():
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


def decisions(
    world: World, first: str = "2022-03-01", last: str = "2022-03-03", sides: str = "FRA-RUS"
) -> tuple[int, int, int, int, int, int]:
    """Seven decisions of one dyad of which sums take five: their number, low, known and high totals, unknown ones and posts.

    A range, a figure with an open end, one unknown, two closed posts; then one that is contained in the first, one retracted.
    """
    whole = world.expel(f"{first}-{sides}", 10, officials_low=8, officials_high=15)
    world.expel(f"{last}-{sides}", 5, officials_low=None, officials_high=None)
    world.expel(f"{last}-{sides}-2")
    world.expel(f"{last}-{sides}-3", persons_ordered="no")
    world.expel(f"{last}-{sides}-4", persons_ordered="no", posts_cut=3)
    world.expel(f"{last}-{sides}-5", 100, included_in=whole)
    world.expel(f"{last}-{sides}-6", 100, status="retracted")
    return (5, 13, 15, 20, 1, 3)


# --- sums ------------------------------------------------------------------------------------------------------------


def test_officials_expelled_between_two_days_both_included(world: World) -> None:
    n, low, known, high, unknown, posts = decisions(world, "2022-03-01", "2022-03-31")
    world.expel("2022-03-31-DEU-RUS", 1)
    for other in ("2022-02-28-FRA-RUS", "2022-04-01-FRA-RUS", "2022-03-02-RUS-FRA"):
        world.expel(other, 50)
    found = world.rows("FROM officials_expelled('RUS', DATE '2022-03-01', DATE '2022-03-31')")
    assert found == [(n + 1, 2, low + 1, known + 1, high + 1, unknown, posts)]


def test_officials_since_invasion_begin_on_that_day_and_the_most_come_first(world: World) -> None:
    n, *sums = decisions(world, "2022-02-24", "2022-02-26")
    world.expel("2022-02-23-FRA-RUS", 50)
    world.expel("2022-03-01-RUS-FRA", 50)
    world.expel("2022-03-01-DEU-RUS", 40)
    assert world.rows("FROM officials_since_invasion") == [
        ("DEU", "Germany", 1, 40, 40, 40, 0, None, date(2022, 3, 1), date(2022, 3, 1)),
        ("FRA", "France", n, *sums, date(2022, 2, 24), date(2022, 2, 26)),
    ]


def test_the_curve_has_every_day_to_the_last_decision(world: World) -> None:
    _, low, known, high, unknown, _ = decisions(world, "2022-02-24", "2022-02-26")
    world.expel("2022-02-23-FRA-RUS", 50)
    world.expel("2022-03-01-RUS-FRA", 50)
    assert world.rows("FROM cumulative_officials") == [
        (date(2022, 2, 24), 10, 8, 10, 15, 0),
        (date(2022, 2, 25), 0, 8, 10, 15, 0),
        (date(2022, 2, 26), known - 10, low, known, high, unknown),
    ]


def test_dyads_and_months_take_what_sums_take_and_no_bare_years(world: World) -> None:
    totals = decisions(world, "2022-03-01", "2022-03-31")
    world.expel("2022-04-01-FRA-RUS", 2, announced_precision="month")
    world.expel("2022-01-01-FRA-RUS", 50, announced_precision="year")
    assert world.rows("FROM dyad_months") == [
        ("FRA", "RUS", date(2022, 3, 1), *totals),
        ("FRA", "RUS", date(2022, 4, 1), 1, 2, 2, 2, 0, None),
    ]


def test_a_year_is_zero_only_where_both_halves_were_searched(world: World) -> None:
    totals = decisions(world, "2021-03-01", "2021-03-03")
    world.search("FRA", "RUS", "2022-01-01", "2022-12-31")
    world.search("DEU", "RUS", "2023-01-01", "2023-06-30")
    nothing, zero = (None,) * 6, (0, 0, 0, 0, 0, None)
    assert world.rows("FROM dyad_years") == [
        *(("DEU", "RUS", year, False, *nothing) for year in (2021, 2022, 2023)),
        ("FRA", "RUS", 2021, False, *totals), ("FRA", "RUS", 2022, True, *zero), ("FRA", "RUS", 2023, False, *nothing),
    ]  # fmt: skip


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
    assert world.rows("FROM totals_as_of(DATE '2022-03-01')") == [("FRA", "RUS", 1, 8, 0)]
    assert world.rows("FROM totals_as_of(DATE '2022-03-02')") == [("FRA", "RUS", 4, 8, 1)]


def test_each_choice_counts_the_same_decisions_in_its_way(world: World) -> None:
    n, low, known, high, unknown, _ = decisions(world, "2022-02-24", "2022-02-26")
    marked = world.expel("2022-03-01-DEU-RUS", 40, best_basis="authoritative", status="single_source")
    world.say(marked, 40, vantage="third_party", standing="authoritative")
    world.say(marked, 30)
    world.say(marked, 20, vantage="target")
    # Two alike in all that is counted stay two.
    for again in ("2022-03-02-ITA-RUS", "2022-03-03-ITA-RUS"):
        world.expel(again, 1)
    world.expel("2022-02-23-FRA-RUS", 50)
    world.expel("2022-03-01-RUS-FRA", 50)
    all_ = n + 3
    assert world.rows("FROM sensitivity") == [
        ("best", all_, known + 42, unknown, 0.2), ("low", all_, low + 42, unknown, 0.2), ("high", all_, high + 42, unknown, 0.2),
        ("without authoritative marks", all_, 30, 5, 1.0), ("what expellers say", all_, 30, 5, 1.0), ("what targets say", all_, 20, 5, 1.0),
        ("confirmed only", all_ - 1, known + 2, unknown, 0.0),
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
        found = dict(world.rows(f"SELECT statement_id, {ranks[column]} FROM ranked_figures"))
        assert [found[i] for i in ids] == list(range(len(values))), column


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
    assert world.rows("SELECT expulsion_id, figures, n_not_counting FROM disagreements") == [(two, [25, 30], 0), (key, [5, 6, 7], 2)]


# --- sides -----------------------------------------------------------------------------------------------------------


def test_codes_are_those_of_each_side_on_the_day(world: World) -> None:
    """Spells hold on their first and on their last day; other systems, spells and actors give no code; organisations have none."""
    for system, old, new in (("COW", "1", "2"), ("GW", "3", "4")):
        for actor, prefix in (("FRA", "f"), ("RUS", "r")):
            world.join(actor, system, "1945-01-01", "2022-03-01", prefix + old)
            world.join(actor, system, "2022-03-02", None, prefix + new)
    world.join("FRA", "NATO", "1945-01-01", None, "n")
    world.expel("2022-03-01-FRA-RUS", 5)
    world.expel("2022-03-02-RUS-FRA", 5)
    world.expel("1944-12-31-RUS-FRA", 5)
    world.expel("2022-03-02-EU-RUS", 5)
    world.expel("2022-03-02-RUS-EU", 5)
    columns = "expeller_name, expeller_cow, expeller_gw, target_name, target_cow, target_gw, involves_organisation"
    assert world.rows(f"SELECT {columns} FROM expulsion_dyads ORDER BY expulsion_id") == [
        ("Russia", None, None, "France", None, None, False),
        ("France", "f1", "f3", "Russia", "r1", "r3", False),
        ("European Union", None, None, "Russia", "r2", "r4", True),
        ("Russia", "r2", "r4", "European Union", None, None, True),
        ("Russia", "r2", "r4", "France", "f2", "f4", False),
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
    world.search("FRA", "RUS", "2022-06-01", "2022-06-30")
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
        (answer, "FRA", "RUS", 3, 1, 17, 12, 0, 0.706, date(2022, 4, 3), date(2022, 5, 20), sorted([first, second, answer, more, inside])),
        (open_, "ITA", "RUS", 1, 1, 30, 0, 1, None, date(2022, 6, 1), date(2022, 6, 2), [open_, unknown]),
        (closed, "ITA", "RUS", 1, 1, 30, 0, 0, None, date(2022, 7, 1), date(2022, 7, 2), [closed, closes]),
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
    found = world.rows(f"SELECT actor_id FROM scope_members WHERE scope = '{scope}' AND day = DATE '2022-02-24' ORDER BY 1")
    assert " ".join(actor for (actor,) in found) == members


def test_groups_are_actors_regions_and_organisations_with_their_spells(world: World) -> None:
    """An actor alone, everyone, a region and an organisation; a second spell is a row of its own, an actor without a region is in none."""
    world.join("ITA", "EU", "1958-01-01", "1999-12-31")
    world.join("ITA", "EU", "2005-01-01")
    groups = [("*", None, None), ("EU*", date(1958, 1, 1), date(1999, 12, 31)), ("EU*", date(2005, 1, 1), None), ("Europe*", None, None), ("ITA", None, None)]  # fmt: skip
    assert world.rows("SELECT scope, joined_on, left_on FROM group_members WHERE actor_id = 'ITA' ORDER BY ALL") == groups
    assert world.rows("SELECT scope FROM group_members WHERE actor_id = 'EU' ORDER BY ALL") == [("*",), ("EU",)]
    assert world.rows("SELECT count(*) FROM group_members WHERE scope = '*'") == [(len(NAMES) + 1,)]


def test_a_half_year_is_covered_by_one_search_that_has_all_of_it(world: World) -> None:
    world.search("FRA", "RUS", "2021-07-01", "2022-06-30", 2)
    world.search("FRA RUS", "RUS", "2022-06-30", "2022-07-01", 3)
    world.search("DEU", "RUS", "2022-01-02", "2022-06-30")
    world.search("DEU", "RUS", "2022-07-01", "2022-12-30")
    assert world.rows("FROM coverage ORDER BY ALL") == [
        ("DEU", "RUS", 2022, 1, 1, 1, False), ("DEU", "RUS", 2022, 2, 1, 1, False),
        ("FRA", "RUS", 2021, 2, 1, 2, True), ("FRA", "RUS", 2022, 1, 2, 5, True), ("FRA", "RUS", 2022, 2, 1, 3, False),
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


COUNTED = {"unspecified": (13, 15, 20), "expellers": (1, 1, 1), "posts": (3, 3, 3)}


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
    columns = "figure, ours_low, ours_known, ours_high, n_unknown, ours_then, n_unknown_then, difference"
    low, known, high = COUNTED[counted]
    then = 9 if counted == "unspecified" else known
    assert world.rows(f"SELECT {columns} FROM claim_checks") == [(14, low, known, high, 1, then, 1, known - 14)]


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


def test_a_figure_was_reached_on_the_first_day_whose_sum_is_not_below_it(world: World) -> None:
    for key, best in {"2022-03-01-FRA-RUS": 10, "2022-03-02-DEU-RUS": 5, "2022-03-02-ITA-RUS": 3, "2022-03-03-FRA-RUS": 9}.items():
        world.say(world.expel(key, best), best)
    days = {10: "2022-03-01", 11: "2022-03-02", 18: "2022-03-02", 19: "2022-03-03", 28: None}
    for figure in days:
        world.claim(str(figure), figure)
    for counted in ("expellers", "posts"):
        world.claim(counted, 1, counted=counted)
    found = dict(world.rows("SELECT claim_id, reached_on::VARCHAR FROM claim_checks"))
    assert found == {str(figure): day for figure, day in days.items()} | {"expellers": None, "posts": None}


# --- harvests and releases -------------------------------------------------------------------------------------------


def _harvested(world: World, year: int, both: int, one: int, two: int, neither: int = 0, sides: str = "FRA-RUS") -> None:
    """Decisions of one year: on both lists, on the expellers' side alone, on the targets' side alone, on none."""
    for n, lists in enumerate(
        [("expeller_side", "target_side")] * both + [("expeller_side",)] * one + [("target_side",)] * two + [()] * neither
    ):
        key = world.expel(f"{year}-03-01-{sides}-{n}", 1)
        for found_by in lists:
            world.put("harvests", expulsion_id=key, found_by=found_by)


def _pooled(world: World, where: str) -> list[tuple]:
    return world.rows(
        f"SELECT n_expeller_side, n_target_side, n_both, n_found, n_known, estimate, estimate_low, estimate_high FROM capture_recapture WHERE {where}"
    )


def test_seven_on_both_lists_make_an_estimate_and_six_none(world: World) -> None:
    _harvested(world, 2018, 7, 1, 0, neither=2)
    # Nobody is missed where one list holds all of the other: 9 * 8 / 8 - 1.
    assert _pooled(world, "from_year = 2018 AND target = 'RUS'") == [(8, 7, 7, 8, 10, 8.0, 8.0, 8.0)]
    world.connection.execute("DELETE FROM harvests WHERE expulsion_id LIKE '%-0' AND found_by = 'target_side'")
    assert _pooled(world, "from_year = 2018 AND target = 'RUS'") == [(8, 6, 6, 8, 10, None, None, None)]


def test_interval_of_the_estimate_to_one_decimal(world: World) -> None:
    """Chapman's variance for 10 and 10 with 7 in both is 11 * 11 * 3 * 3 / (8 * 8 * 9); 1.125 were missed, log-normally."""
    _harvested(world, 2018, 7, 3, 3)
    assert _pooled(world, "from_year = 2018 AND target = 'RUS'") == [(10, 10, 7, 13, 13, 14.1, 13.2, 20.3)]


def test_pools_are_of_their_years_and_directions(world: World) -> None:
    """The last pool is all of them together, without the years that lie in none; a pool that found nothing has no row."""
    _harvested(world, 2014, 1, 1, 0)
    _harvested(world, 2017, 1, 0, 0, sides="RUS-FRA")
    _harvested(world, 2026, 1, 0, 1, neither=1)
    for year in (2013, 2021, 2022, 2027):
        _harvested(world, year, 1, 0, 0)
    _harvested(world, 2018, 0, 0, 0, neither=1)
    _harvested(world, 2019, 1, 0, 0, sides="FRA-UKR")
    world.put("harvests", expulsion_id=world.expel("2014-04-01-FRA-RUS", 1, status="retracted"), found_by="target_side")
    world.put("harvests", expulsion_id=world.expel("2014-05-01-FRA-RUS", 1, included_in="x"), found_by="expeller_side")
    assert world.rows("SELECT expeller, target, from_year, until_year, n_expeller_side, n_target_side, n_both, n_found, n_known FROM capture_recapture") == [
        ("*", "*", 2025, 2026, 1, 2, 1, 2, 3), ("*", "*", 2014, 2017, 4, 2, 2, 4, 4), ("*", "*", 2014, 2026, 5, 4, 3, 6, 8),
        ("*", "RUS", 2025, 2026, 1, 2, 1, 2, 3), ("*", "RUS", 2014, 2017, 3, 1, 1, 3, 3), ("*", "RUS", 2014, 2026, 4, 3, 2, 5, 7),
        ("RUS", "*", 2014, 2017, 1, 1, 1, 1, 1), ("RUS", "*", 2014, 2026, 1, 1, 1, 1, 1),
    ]  # fmt: skip


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
