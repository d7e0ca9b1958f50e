"""The order of preference, step by step, and what follows from statements."""

from datetime import date
from typing import Any

import polars as pl
import pytest

from scripts.compile.expulsions import compile_expulsions

STATEMENT: dict[str, Any] = {
    "statement_id": "a-2022-04-01.1", "article_id": "a-2022-04-01", "expulsion_id": "2022-04-01-FRA-RUS", "vantage": "expeller",
    "attribution": "official", "covers": "whole", "qualifier": "exact", "officials_low": 5, "officials_high": 5,
    "counted_unit": "diplomats", "diplomats": None, "head_of_mission": None, "includes_outsiders": None, "posts_cut": None,
    "ceiling": None, "ceiling_diplomats": None, "measure": "ordered_to_leave", "persons_ordered": "yes", "nationality": None,
    "accredited_to": None, "announced_on": date(2022, 4, 1), "announced_on_last": date(2022, 4, 1), "announced_on_precision": "day",
    "figure_as_printed": "5", "acted_from": None, "acted_until_last": None, "leave_by": None, "deadline_hours": None, "ground_war": False,
    "standing": "accepted",
}  # fmt: skip
# Russia with everyone, and two states of its neighbourhood against each other.
SCOPE = [
    (date(2022, 1, 1), date(2022, 12, 31), "*", "RUS"),
    (date(2022, 1, 1), date(2022, 12, 31), "RUS", "*"),
    (date(2022, 4, 1), date(2022, 4, 1), "FRA DEU", "UKR BLR"),
    (date(2020, 1, 1), date(2020, 12, 31), "* -UKR", "* -UKR"),
]
TYPES = {
    "head_of_mission": pl.Boolean,
    "includes_outsiders": pl.Boolean,
    "acted_from": pl.Date,
    "acted_until_last": pl.Date,
    "leave_by": pl.Date,
}
TYPES |= dict.fromkeys(
    ["diplomats", "posts_cut", "ceiling", "ceiling_diplomats", "deadline_hours", "officials_low", "officials_high"], pl.Int64
)
TYPES |= dict.fromkeys(["nationality", "accredited_to", "counted_unit"], pl.String)


def compiled(*statements: dict[str, Any], articles: dict[str, dict[str, Any]] | None = None, **expulsion: Any) -> dict[str, Any]:
    """The one expulsion that these statements make; statement n is in article n unless it says otherwise."""
    rows = [
        STATEMENT | {"statement_id": f"a{n}-2022-04-01.1", "article_id": f"a{n}-2022-04-01"} | changes
        for n, changes in enumerate(statements)
    ]
    given = articles or {}
    pages = [
        {"article_id": i, "publisher": i, "agency": None, "published_on": date(2022, 4, 1), "published_on_last": date(2022, 4, 1)}
        | given.get(i, {})
        for i in sorted({row["article_id"] for row in rows})
    ]
    raw = {
        "expulsion_id": "2022-04-01-FRA-RUS", "expeller": "FRA", "target": "RUS", "dispute": None, "included_in": None, "replaced_by": None,
    } | expulsion  # fmt: skip
    frames = {
        "statements": pl.DataFrame(rows, schema_overrides=TYPES),
        "articles": pl.DataFrame(pages, schema_overrides={"agency": pl.String}),
        "expulsions": pl.DataFrame([raw], schema_overrides=dict.fromkeys(["dispute", "included_in", "replaced_by"], pl.String)),
        "scope": pl.DataFrame(SCOPE, orient="row", schema=["period_from", "period_until", "expeller_scope", "target_scope"]),
    }
    return compile_expulsions(frames).row(0, named=True)


def figure(n: int, **more: Any) -> dict[str, Any]:
    return {"officials_low": n, "officials_high": n} | more


STEPS = [
    ("unanimous", [figure(5), figure(5)], 5),
    ("authoritative", [figure(5), figure(7, vantage="third_party", attribution="press", standing="authoritative")], 7),
    ("vantage", [figure(7, vantage="target"), figure(5), figure(8, vantage="third_party")], 5),
    ("attribution", [figure(7, attribution="press"), figure(5), figure(6, attribution="unnamed_official")], 5),
    ("exactness", [figure(7, qualifier="about"), figure(5), {"officials_low": 9, "officials_high": None, "qualifier": "at_least"}], 5),
    ("unit", [figure(4), figure(5, counted_unit="mission_members")], 5),
    ("id", [figure(5), figure(6)], 5),
]


@pytest.mark.parametrize(("basis", "statements", "best"), STEPS, ids=[s[0] for s in STEPS])
def test_each_step_decides(basis: str, statements: list[dict[str, Any]], best: int) -> None:
    row = compiled(*statements)
    assert (row["officials_best"], row["best_basis"]) == (best, basis)


def test_later_report_within_thirty_days_goes_first_and_retrospectives_last() -> None:
    pages = {
        "a0-2022-04-01": {"published_on": date(2022, 4, 1)},
        "a1-2022-04-01": {"published_on": date(2022, 4, 20)},
        "a2-2022-04-01": {"published_on": date(2023, 4, 20)},
    }
    row = compiled(figure(5), figure(6), figure(7), articles=pages)
    assert (row["officials_best"], row["best_basis"]) == (6, "recency")


def test_what_was_printed_before_the_announcement_or_on_no_day_goes_behind() -> None:
    """A day early is a date line; two days early are a forecast, behind all near reports; years late is still before undated."""
    for first, second, best in ((31, 30, 5), (30, 31, 6), (30, 28, 5), (28, 30, 6)):
        pages = {f"a{n}-2022-04-01": {"published_on": date(2022, 3, day)} for n, day in enumerate((first, second))}
        assert compiled(figure(5), figure(6), articles=pages)["officials_best"] == best
    pages = {"a0-2022-04-01": {"published_on": None}, "a1-2022-04-01": {"published_on": date(2031, 4, 1)}}
    row = compiled(figure(5), figure(6), articles=pages)
    assert (row["officials_best"], row["best_basis"]) == (6, "recency")


def test_a_wider_unit_goes_first_even_where_its_article_has_no_day() -> None:
    """Each step is asked only where all before it leave a choice."""
    pages = {"a0-2022-04-01": {"published_on": None}}
    row = compiled(figure(5, counted_unit="mission_members"), figure(6, counted_unit="unspecified"), articles=pages)
    assert (row["officials_best"], row["best_basis"]) == (5, "unit")


def test_the_figure_of_more_origins_wins_and_an_agency_counts_once() -> None:
    agency = {f"a{n}-2022-04-01": {"agency": "AFP"} for n in (0, 1)}
    row = compiled(figure(5), figure(5), figure(6), figure(6), articles=agency)
    assert (row["officials_best"], row["best_basis"]) == (6, "origins")
    assert row["n_publishers"] == 3


@pytest.mark.parametrize(("standing", "publishers"), [("accepted", 2), ("superseded", 2), ("rejected", 1)])
def test_who_printed_what_was_replaced_is_a_publisher_too(standing: str, publishers: int) -> None:
    """It reported the decision all the same; a stated error is no report."""
    row = compiled(figure(5), figure(6, standing=standing))
    assert (row["n_publishers"], row["status"]) == (publishers, "confirmed" if publishers == 2 else "single_source")


@pytest.mark.parametrize(
    ("message", "diplomats"),
    [({}, 5), ({"qualifier": "about"}, None), ({"counted_unit": "mission_members"}, None), ({"diplomats": 3}, 3)],
)
def test_an_exact_figure_of_diplomats_is_their_number(message: dict[str, Any], diplomats: int | None) -> None:
    """Where no statement counts the diplomats among the officials, an exact figure of diplomats does."""
    assert compiled(figure(5, **message))["diplomats"] == diplomats


def bounds(*statements: dict[str, Any]) -> tuple[int | None, int | None, int | None]:
    row = compiled(*statements)
    return row["officials_low"], row["officials_best"], row["officials_high"]


PRESS = {"attribution": "press", "vantage": "third_party"}
AT_LEAST = {"officials_high": None, "qualifier": "at_least"}
AT_MOST = {"officials_low": None, "qualifier": "at_most"}


@pytest.mark.parametrize(
    ("statements", "wanted"),
    [
        # Whoever speaks and whatever unit is counted; what does not stand, or reaches beyond, bounds nothing.
        ([figure(5), figure(4, **PRESS), figure(6, **PRESS)], (4, 5, 6)),
        ([figure(5), figure(50, counted_unit="administrative_technical", **PRESS)], (5, 5, 50)),
        ([figure(5), figure(90, covers="beyond"), figure(8, standing="rejected"), figure(9, standing="superseded")], (5, 5, 5)),
        # An open end is closed by an upper bound that is not below it.
        ([figure(5, **AT_LEAST)], (5, 5, None)),
        ([figure(5), figure(6, **AT_LEAST | PRESS)], (5, 5, None)),
        ([figure(5), figure(5, **AT_LEAST | PRESS)], (5, 5, 5)),
        ([figure(20, **AT_LEAST), figure(34, **PRESS)], (20, 20, 34)),
        ([figure(9), figure(12, **AT_MOST | PRESS)], (9, 9, 12)),
        ([figure(7, **AT_MOST)], (None, None, 7)),
        # A range in words counts where no number stands, one in numbers always.
        ([figure(30), {"officials_low": 10, "officials_high": 99, "figure_as_printed": "two-digit number"} | PRESS], (30, 30, 30)),
        ([{"officials_low": 10, "officials_high": 99, "figure_as_printed": "two-digit number"}], (10, None, 99)),
        ([figure(30), {"officials_low": 25, "officials_high": 35, "figure_as_printed": "25 to 35"} | PRESS], (25, 30, 35)),
        # A part bounds from below, also where nothing else does; one that is larger than the whole is for a rule to find.
        ([figure(5), figure(3, covers="part")], (5, 5, 5)),
        ([figure(5, **AT_MOST), figure(3, covers="part")], (3, None, 5)),
        ([{"officials_low": None, "officials_high": None, "qualifier": "none"}, figure(3, covers="part")], (3, None, None)),
        ([{"officials_low": None, "officials_high": None, "qualifier": "none"}], (None, None, None)),
    ],
)
def test_bounds_are_those_of_all_standing_statements(
    statements: list[dict[str, Any]], wanted: tuple[int | None, int | None, int | None]
) -> None:
    assert bounds(*statements) == wanted


def test_a_range_gives_no_best() -> None:
    row = compiled({"officials_low": 10, "officials_high": 99})
    assert [row[c] for c in ("officials_low", "officials_best", "officials_high", "counted_unit", "best_basis")] == [
        10,
        None,
        99,
        "diplomats",
        None,
    ]


def test_no_figure_is_unknown_and_not_zero() -> None:
    row = compiled({"officials_low": None, "officials_high": None, "qualifier": "none", "counted_unit": None})
    assert row["officials_best"] is None and row["counted_unit"] is None and row["diplomats"] is None


def test_a_stated_form_goes_before_a_formless_order() -> None:
    row = compiled({}, {"measure": "persona_non_grata", "vantage": "third_party", "attribution": "press"})
    assert row["measure"] == "persona_non_grata"


def test_a_day_goes_before_a_month() -> None:
    month = {"announced_on": date(2022, 4, 1), "announced_on_last": date(2022, 4, 30), "announced_on_precision": "month"}
    row = compiled(month, {"announced_on": date(2022, 4, 4), "announced_on_last": date(2022, 4, 4), "vantage": "third_party"})
    assert (row["announced_on"], row["announced_precision"]) == (date(2022, 4, 4), "day")


def test_grounds_are_joined_and_places_default_to_the_expeller() -> None:
    row = compiled({"ground_war": True}, {})
    assert row["ground_war"] is True and row["accredited_to"] == "FRA"
    assert compiled({}, {"accredited_to": "several"})["accredited_to"] == "several"


@pytest.mark.parametrize(
    ("dispute", "statements", "status"),
    [
        (None, [{}, {}], "confirmed"),
        (None, [{}], "single_source"),
        ("disputed", [{}, {}], "disputed"),
        (None, [{}, {"standing": "rejected"}], "single_source"),
    ],
)
def test_status(dispute: str | None, statements: list[dict[str, Any]], status: str) -> None:
    assert compiled(*statements, dispute=dispute)["status"] == status


@pytest.mark.parametrize(
    ("cells", "counts"), [({}, True), ({"included_in": "x"}, False), ({"dispute": "retracted"}, False), ({"dispute": "disputed"}, True)]
)
def test_contained_and_retracted_expulsions_do_not_count(cells: dict[str, Any], counts: bool) -> None:
    assert compiled({}, **cells)["counts"] is counts


@pytest.mark.parametrize(
    ("statement", "cells", "inside"),
    [
        ({}, {}, True),
        ({}, {"expeller": "RUS", "target": "FRA"}, True),
        ({}, {"target": "UN"}, False),
        # A nationality matches like a target.
        ({"nationality": "RUS"}, {"target": "UN"}, True),
        ({}, {"target": "BLR"}, True),
        ({}, {"expeller": "ITA", "target": "BLR"}, False),
        ({"announced_on": date(2021, 12, 31)}, {}, False),
        ({"announced_on": date(2022, 4, 2)}, {"target": "BLR"}, False),
        # Everyone but one: neither it nor its nationals elsewhere.
        ({"announced_on": date(2020, 4, 1)}, {}, True),
        ({"announced_on": date(2020, 4, 1)}, {"expeller": "UKR"}, False),
        ({"announced_on": date(2020, 4, 1)}, {"target": "UKR"}, False),
        ({"announced_on": date(2020, 4, 1), "nationality": "UKR"}, {"target": "UN"}, False),
    ],
)
def test_scope_is_a_period_and_two_sides(statement: dict[str, Any], cells: dict[str, Any], inside: bool) -> None:
    assert compiled(statement, **cells)["in_scope"] is inside
