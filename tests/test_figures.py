"""The headline figure: the same bytes for the same data, with the published totals on it."""

from datetime import date
from typing import Any

import duckdb
import pytest

from scripts import contract, figures
from scripts.contract import ROOT


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


def test_drawn_and_written_is_what_is_committed(connection: duckdb.DuckDBPyConnection) -> None:
    days = connection.sql("SELECT day, cumulative_low, cumulative_known, cumulative_high FROM cumulative_officials ORDER BY day").fetchall()
    claims, wave = (
        figures.first_published(connection.execute(figures.CLAIMS, count).fetchall()) for count in (figures.INVASION, figures.SKRIPAL)
    )
    folder = ROOT / "build" / "figures"
    assert figures.curve(days, claims)["svg"] == (folder / "officials.svg").read_bytes(), "run `make figures`"
    reasons = contract.product()["claims"].fields["gap_reason"].labels
    assert figures.text(claims, wave, reasons) == (folder / "claims.md").read_text(encoding="utf-8"), "run `make figures`"


@pytest.mark.parametrize(
    ("qualifier", "known", "unknown", "reason", "agrees", "row"),
    [
        ("exact", 153, 0, None, True, "| 2018-03-31 | A | 153 | 153 | +0 | they agree (`a.c1`) |\n"),
        ("at_least", 150, 2, None, True, "| 2018-03-31 | A | at least 153 | 150 + 2 unknown | -3 | holds as a lower bound (`a.c1`) |\n"),
        ("about", 90, 0, "misprinted", False, "| 2018-03-31 | A | about 153 | 90 | -63 | a wrong number is printed (`a.c1`) |\n"),
        ("exact", 90, 0, None, False, "| 2018-03-31 | A | 153 | 90 | -63 | not explained (`a.c1`) |\n"),
    ],
)
def test_row_of_the_table(qualifier: str, known: int, unknown: int, reason: str | None, agrees: bool, row: str) -> None:
    claim: tuple[Any, ...] = (date(2018, 3, 31), 153, "A", qualifier, known, unknown, known - 153, reason, "", "a.c1", "", "", agrees)
    written = figures.table([claim], {"misprinted": "a wrong number is printed"})
    assert written.startswith("| Day | Counted by | Published | Ours, same scope |")
    assert written.splitlines(keepends=True)[2:] == [row]
