"""The headline figure: the same bytes for the same data, with the published totals on it."""

import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from scripts.explore import figures
from scripts.package.contract import ROOT
from scripts.package.store import Store


def test_figure_is_the_same_on_every_build_and_names_the_counters(connection: duckdb.DuckDBPyConnection) -> None:
    days = connection.sql(figures.DAYS).fetchall()
    claims = figures.first_published(connection.execute(figures.CLAIMS, figures.INVASION).fetchall())
    one, two = figures.curve(days, claims, 0), figures.curve(days, claims, 0)
    assert one == two and set(one) == {"svg", "png"}
    assert "Foreign Policy ≥ 394" in one["svg"].decode()
    assert f"not in it: {days[-1][4]}" in one["svg"].decode()
    assert one["png"].startswith(b"\x89PNG")


def test_the_caption_says_why_the_band_is_no_upper_bound() -> None:
    """What is unknown is not in the band, and an open figure ends at its best; with neither nothing is said."""
    assert figures.caption(5, 0).splitlines()[1] == "The band is no upper bound (decisions without a published figure, not in it: 5)."
    assert figures.caption(0, 1).splitlines()[1] == "The band is no upper bound (figures open above, at their best: 1)."
    assert "not in it: 2; figures open above, at their best: 1" in figures.caption(2, 1)
    assert len(figures.caption(0, 0).splitlines()) == 1


def test_reprints_are_no_totals_of_their_own(connection: duckdb.DuckDBPyConnection) -> None:
    """MI5's 600 stands once on the curve and in the table."""
    output = [claim[8] for claim in connection.execute(figures.CLAIMS, figures.INVASION).fetchall()]
    reprints = {row[0] for row in connection.sql("SELECT claim_id FROM claims WHERE origin IS NOT NULL").fetchall()}
    assert reprints and not reprints & set(output)


def test_a_counter_is_marked_once_for_each_figure_on_its_first_day() -> None:
    early, late = ("2022-04-07", 394, "Foreign Policy"), ("2022-05-18", 394, "Foreign Policy")
    assert figures.first_published([early, late, ("2022-05-18", 400, "Foreign Policy")]) == [early, ("2022-05-18", 400, "Foreign Policy")]


def test_drawn_and_written_is_what_is_committed(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(built.parent, tmp_path / "build")
    monkeypatch.setattr("scripts.package.store.Store", lambda: Store(tmp_path))
    figures.main()
    made, folder = tmp_path / "build" / "figures", ROOT / "build" / "figures"
    assert {path.name for path in made.iterdir()} == {
        *(f"{name}.{kind}" for name in ("officials", "decisions", "moscow") for kind in ("svg", "png")), "claims.md"
    }  # fmt: skip
    for name in ("officials.svg", "decisions.svg", "moscow.svg", "claims.md"):
        assert (made / name).read_bytes() == (folder / name).read_bytes(), "run `make figures`"


def test_decisions_stand_by_year_and_region_under_what_is_missed() -> None:
    """A year's bars are stacked, a bracket ends with the last year, and no estimate is no bracket and no caption."""
    rows = [(2010, "Asia", 3), (2010, "Europe", 2), (2016, "organisations", 1)]
    drawn = figures.by_region(rows, [(2010, 1.2, 0.2, 8.9), (2015, 5.1, 1.7, 16.9)])["svg"].decode()
    assert drawn == figures.by_region(rows, [(2010, 1.2, 0.2, 8.9), (2015, 5.1, 1.7, 16.9)])["svg"].decode()
    assert all(output in drawn for output in ("+1 (0–9)", "+5 (2–17)", "Asia", "Europe", "organisations", figures.BRACKETS))
    bare = figures.by_region(rows, [])["svg"].decode()
    assert "Africa" not in bare and figures.BRACKETS not in bare


def test_decisions_drawn_are_those_that_count_in_scope(connection: duckdb.DuckDBPyConnection) -> None:
    counted = connection.sql("SELECT count(*) FROM expulsions WHERE counts AND in_scope AND announced_on >= DATE '1990-01-01'").fetchall()[
        0
    ][0]
    rows = connection.sql(figures.BY_REGION).fetchall()
    assert sum(n for _, _, n in rows) == counted and {region for _, region, _ in rows} <= figures.REGIONS.keys()


def test_decisions_are_drawn_from_the_day_that_everyone_is_promised(loose: duckdb.DuckDBPyConnection) -> None:
    """An earlier promise for one actor begins no year; where there is no other, it begins the first."""
    loose.execute(
        "UPDATE expulsions SET announced_on = DATE '1946-05-01' WHERE expulsion_id = (SELECT min(expulsion_id) FROM expulsions WHERE counts AND in_scope)"
    )
    loose.execute("DELETE FROM scope WHERE expeller_scope = 'SUN' OR target_scope = 'SUN'")
    loose.execute("INSERT INTO scope VALUES (DATE '1946-01-01', DATE '1989-12-31', '*', 'SUN')")
    first = f"SELECT min(year) FROM ({figures.BY_REGION}) AS drawn(year, region, n)"
    assert loose.sql(first).fetchall() == [(1990,)]
    loose.execute("DELETE FROM scope WHERE target_scope <> 'SUN'")
    assert loose.sql(first).fetchall() == [(1946,)]


def test_moscows_years_stand_in_both_directions_under_the_published_totals() -> None:
    rows = [(1983, False, 4, 4), (1983, True, 93, 95), (2022, True, 500, 510)]
    drawn = figures.by_year(rows, [(1983, 135)])["svg"].decode()
    assert drawn == figures.by_year(rows, [(1983, 135)])["svg"].decode()
    assert all(line in drawn for line in figures.MIRROR.splitlines()) and "−" not in drawn
    assert drawn != figures.by_year(rows, [(1983, 147)])["svg"].decode()


def test_moscows_years_take_what_counts_in_scope_from_low_to_the_high_ends_known(loose: duckdb.DuckDBPyConnection) -> None:
    """A range without best, a figure open above, and none at all; a decision between others is not Moscow's."""
    sides = "announced_on = DATE '1950-05-01', expeller = 'FRA', target = 'SUN'"
    for k, figures_of in enumerate(
        [
            "3, officials_high = 5, officials_best = NULL",
            "4, officials_high = NULL, officials_best = 4",
            "NULL, officials_high = NULL, officials_best = NULL",
        ]
    ):
        loose.execute(
            f"UPDATE expulsions SET {sides}, officials_low = {figures_of} WHERE expulsion_id = (SELECT expulsion_id FROM expulsions WHERE counts AND in_scope ORDER BY expulsion_id LIMIT 1 OFFSET {k + 600})"
        )
    of_1950 = f"FROM ({figures.BY_YEAR}) AS y(year, suffered, low, high) WHERE year = 1950"
    assert loose.sql(of_1950).fetchall() == [(1950, True, 7, 9)]
    for change, left in (
        ("counts = false WHERE officials_high = 5", (1950, True, 4, 4)),
        ("in_scope = false WHERE officials_low = 4", (1950, True, 0, 0)),
        ("target = 'DEU' WHERE true", None),
    ):
        loose.execute(f"UPDATE expulsions SET {change} AND announced_on = DATE '1950-05-01'")
        assert loose.sql(of_1950).fetchall() == ([left] if left else [])


def test_yearly_totals_are_worldwide_counts_of_one_calendar_year(loose: duckdb.DuckDBPyConnection) -> None:
    whole = "since = DATE '1950-01-01', as_of = DATE '1950-12-31', kind = 'total', origin = NULL, expeller_scope = '*', target_scope = 'SUN', counted = 'unspecified', figure = 21"
    loose.execute(f"UPDATE claims SET {whole} WHERE claim_id = 'foreignpolicy-2022-04-07.c1'")
    assert (1950, 21) in loose.sql(figures.YEARLY).fetchall()
    for other in (
        "since = DATE '1949-12-31'",
        "as_of = DATE '1950-12-30'",
        "expeller_scope = 'FRA'",
        "target_scope = 'DEU'",
        "counted = 'expellers'",
        "origin = 'guardian-2018-03-31.c1'",
    ):
        loose.execute(f"UPDATE claims SET {other} WHERE claim_id = 'foreignpolicy-2022-04-07.c1'")
        assert (1950, 21) not in loose.sql(figures.YEARLY).fetchall()
        loose.execute(f"UPDATE claims SET {whole} WHERE claim_id = 'foreignpolicy-2022-04-07.c1'")


@pytest.mark.parametrize(
    ("qualifier", "ours", "reason", "agrees", "row"),
    [
        ("exact", (153, 153, 153, 0), None, True, "| 2018-03-31 | A | 153 | 153 | +0 | they agree (`a.c1`) |\n"),
        ("exact", (150, 151, 155, 0), None, True, "| 2018-03-31 | A | 153 | 151 (150–155) | -2 | lies in our range (`a.c1`) |\n"),
        ("at_least", (150, 150, None, 2), None, True, "| 2018-03-31 | A | at least 153 | 150 + 2 unknown | -3 | holds as a lower bound (`a.c1`) |\n"),
        ("about", (149, 150, None, 1), None, True, "| 2018-03-31 | A | about 153 | 150 + 1 unknown (at least 149) | -3 | holds as a round number (`a.c1`) |\n"),
        ("about", (90, 90, 90, 0), "misprinted", False, "| 2018-03-31 | A | about 153 | 90 | -63 | a wrong number is printed (`a.c1`) |\n"),
        ("exact", (90, 90, 90, 0), None, False, "| 2018-03-31 | A | 153 | 90 | -63 | not explained (`a.c1`) |\n"),
    ],
)  # fmt: skip
def test_row_of_the_table(qualifier: str, ours: tuple[int, int, int | None, int], reason: str | None, agrees: bool, row: str) -> None:
    low, known, high, unknown = ours
    claim: tuple[Any, ...] = (date(2018, 3, 31), 153, "A", qualifier, known, unknown, known - 153, reason, "a.c1", agrees, low, high)
    written = figures.table([claim], {"misprinted": "a wrong number is printed"})
    assert written.startswith("| Day | Counted by | Published | Ours, same scope |")
    assert written.splitlines(keepends=True)[2:] == [row]


def test_shares_of_published_totals_stand_under_what_is_known_by_decade() -> None:
    """A range, what is unknown, one expeller or anybody, and a share in per cent."""
    year = (date(1983, 12, 31), 147, "B", "about", 93, 2, -54, "no_page_found", "b.c1", False, 90, None, date(1983, 1, 1), "*", 63)
    canada = (date(1988, 6, 30), 38, "A", "exact", 38, 0, 0, None, "a.c1", True, 38, 40, date(1978, 1, 1), "CAN", 100)
    assert figures.shares([(1980, 40, 120, 2, 118, None), (1990, 1, 3, 0, 3, 3)], [year, canada]) == (
        "| Decade | Decisions | Officials |\n|---|---:|---:|\n| 1980s | 40 | 120 + 2 unknown (at least 118) |\n| 1990s | 1 | 3 |\n"
        "\n| From | To | Expelled by | Counted by | Published | Ours, same scope | Explained |\n|---|---|---|---|---:|---:|---:|\n"
        "| 1983-01-01 | 1983-12-31 | anybody | B (`b.c1`) | about 147 | 93 + 2 unknown (at least 90) | 63 % |\n"
        "| 1978-01-01 | 1988-06-30 | CAN | A (`a.c1`) | 38 | 38 (38–40) | 100 % |\n"
    )


def test_a_users_matplotlibrc_changes_nothing(tmp_path: Path) -> None:
    """Neither a grid and other sizes, nor what matplotlib itself does not reset."""
    (tmp_path / "matplotlibrc").write_text(
        "axes.grid: True\nfont.size: 20\nlines.linewidth: 9\nsvg.fonttype: path\ntimezone: Pacific/Kiritimati\ndate.epoch: 1900-01-01T00:00:00\n"
    )
    days, claims = [(date(2022, 3, day), 0, 300, 600, 0) for day in (1, 9)], [(date(2022, 4, 7), 394, "Foreign Policy", "at_least")]
    script = "import datetime, sys; from scripts.explore import figures; sys.stdout.buffer.write(figures.curve({}, {}, 0)['svg'])"
    command, settings = [sys.executable, "-c", script.format(days, claims)], os.environ | {"PYTHONPATH": str(ROOT)}
    drawn = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, check=True).stdout
    assert drawn == figures.curve(days, claims, 0)["svg"] and b"Foreign Policy" in drawn
