"""The headline figure: the same bytes for the same data, with the published totals on it."""

import duckdb

from scripts import figures


def test_figure_is_the_same_on_every_build_and_names_the_counters(connection: duckdb.DuckDBPyConnection) -> None:
    days = connection.sql("SELECT day, cumulative_low, cumulative_known, cumulative_high FROM cumulative_officials ORDER BY day").fetchall()
    claims = figures.first_published(connection.execute(figures.CLAIMS, figures.INVASION).fetchall())
    one, two = figures.curve(days, claims), figures.curve(days, claims)
    assert one == two and set(one) == {"svg", "png"}
    assert "Foreign Policy ≥ 394" in one["svg"].decode()
    assert one["png"].startswith(b"\x89PNG")


def test_a_counter_is_marked_once_for_each_figure_on_its_first_day() -> None:
    early, late = ("2022-04-07", 394, "Foreign Policy"), ("2022-05-18", 394, "Foreign Policy")
    assert figures.first_published([early, late, ("2022-05-18", 400, "Foreign Policy")]) == [early, ("2022-05-18", 400, "Foreign Policy")]
