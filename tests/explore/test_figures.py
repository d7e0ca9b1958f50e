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
    days = connection.sql("SELECT day, cumulative_low, cumulative_known, cumulative_high FROM cumulative_officials ORDER BY day").fetchall()
    claims = figures.first_published(connection.execute(figures.CLAIMS, figures.INVASION).fetchall())
    one, two = figures.curve(days, claims), figures.curve(days, claims)
    assert one == two and set(one) == {"svg", "png"}
    assert "Foreign Policy ≥ 394" in one["svg"].decode()
    assert one["png"].startswith(b"\x89PNG")


def test_a_counter_is_marked_once_for_each_figure_on_its_first_day() -> None:
    early, late = ("2022-04-07", 394, "Foreign Policy"), ("2022-05-18", 394, "Foreign Policy")
    assert figures.first_published([early, late, ("2022-05-18", 400, "Foreign Policy")]) == [early, ("2022-05-18", 400, "Foreign Policy")]


def test_drawn_and_written_is_what_is_committed(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(built.parent, tmp_path / "build")
    monkeypatch.setattr("scripts.package.store.Store", lambda: Store(tmp_path))
    figures.main()
    made, folder = tmp_path / "build" / "figures", ROOT / "build" / "figures"
    assert {path.name for path in made.iterdir()} == {"officials.svg", "officials.png", "claims.md"}
    for name in ("officials.svg", "claims.md"):
        assert (made / name).read_bytes() == (folder / name).read_bytes(), "run `make figures`"


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


def test_a_users_matplotlibrc_changes_nothing(tmp_path: Path) -> None:
    """Neither a grid and other sizes, nor what matplotlib itself does not reset."""
    (tmp_path / "matplotlibrc").write_text(
        "axes.grid: True\nfont.size: 20\nlines.linewidth: 9\nsvg.fonttype: path\ntimezone: Pacific/Kiritimati\ndate.epoch: 1900-01-01T00:00:00\n"
    )
    days, claims = [(date(2022, 3, day), 0, 300, 600) for day in (1, 9)], [(date(2022, 4, 7), 394, "Foreign Policy", "at_least")]
    script = "import datetime, sys; from scripts.explore import figures; sys.stdout.buffer.write(figures.curve({}, {})['svg'])"
    command, settings = [sys.executable, "-c", script.format(days, claims)], os.environ | {"PYTHONPATH": str(ROOT)}
    drawn = subprocess.run(command, cwd=tmp_path, env=settings, capture_output=True, check=True).stdout
    assert drawn == figures.curve(days, claims)["svg"] and b"Foreign Policy" in drawn
