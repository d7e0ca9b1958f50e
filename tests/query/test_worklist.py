"""The list of what to do next: each kind of line comes with what it tells of and goes when that is done, in order, with place and query."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from scripts.query import worklist
from tests import world
from tests.conftest import Sheet, loosen


@pytest.fixture(scope="module")
def _loosened(small_world: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        loosen(connection, small_world / world.DATABASE)
        yield connection


@pytest.fixture
def loose(_loosened: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    _loosened.begin()
    yield _loosened
    _loosened.rollback()


FRA, FIN = "2022-05-18-RUS-FRA", "2023-04-04-FIN-RUS"
SWEEP = "INSERT INTO searches VALUES (DATE '2024-02-01', '{}', '{}', DATE '{}', DATE '{}', 'en', 'q', 1, 0, '{}', 'c1')"
TOLD = "UPDATE statements SET vantage = 'target', says = '{}' WHERE expulsion_id = '" + FIN + "'"
SILENT = f"UPDATE expulsions SET reply = 'none_found', note = NULL WHERE expulsion_id = '{FIN}';"
KINDS = ["no sweep", "one publisher", "no figure", "no day", "claim unexplained", "reply promised", "second coding due"]
# Of each kind: a key, what has to be there for the line to come, and what only just keeps it away.
CASES = {
    "no sweep": (
        "EST 2020-H1 to 2022-H2 as expeller and target",
        "DELETE FROM searches WHERE expeller_scope = 'EST'",
        SWEEP.format("EST", "RUS", "2022-07-01", "2022-12-31", "sweep") + ";" + SWEEP.format("RUS", "EST", "2022-07-01", "2022-12-31", "sweep"),
    ),
    "no sweep of the whole half-year": (
        "CHE 2015-H1 to 2016-H1 as expeller and target",
        SWEEP.format("CHE", "CHE", "2016-01-02", "2016-12-31", "sweep"),
        SWEEP.format("CHE", "CHE", "2016-01-01", "2016-06-30", "sweep"),
    ),
    "no sweep but a case, nor one of five years": (
        "CHE 2015-H1 to 2019-H2 as expeller and target",
        SWEEP.format("CHE", "CHE", "2016-01-01", "2016-12-31", "case") + ";" + SWEEP.format("CHE", "CHE", "2012-01-01", "2017-01-01", "sweep"),
        SWEEP.format("CHE", "CHE", "2012-01-02", "2017-01-01", "sweep"),
    ),
    "no sweep of one half-year alone": (
        "CHE 2019-H2 as expeller and target",
        SWEEP.format("CHE", "CHE", "2015-01-01", "2019-06-30", "sweep"),
        SWEEP.format("CHE", "CHE", "2015-01-01", "2019-12-31", "sweep"),
    ),
    "one publisher": (FRA, f"UPDATE expulsions SET n_publishers = 1 WHERE expulsion_id = '{FRA}'", f"UPDATE expulsions SET n_publishers = 2 WHERE expulsion_id = '{FRA}'"),
    "no figure": (
        FRA,
        f"UPDATE expulsions SET officials_best = NULL WHERE expulsion_id = '{FRA}'",
        f"UPDATE expulsions SET officials_best = NULL, persons_ordered = 'no' WHERE expulsion_id = '{FRA}'",
    ),
    "no day": (FRA, f"UPDATE expulsions SET announced_precision = 'month' WHERE expulsion_id = '{FRA}'", f"UPDATE expulsions SET announced_precision = 'day' WHERE expulsion_id = '{FRA}'"),
    "claim unexplained": (
        "review-2018-03-31.c4",
        "UPDATE claims SET figure = 9999, qualifier = 'exact', gap_reason = 'not_explained' WHERE claim_id = 'review-2018-03-31.c4'",
        "UPDATE claims SET figure = 9999, qualifier = 'exact', gap_reason = 'misprinted' WHERE claim_id = 'review-2018-03-31.c4'",
    ),
    "reply promised": (FIN, SILENT + TOLD.format("Moscow promised a fitting reply."), SILENT + TOLD.format("Moscow said that this would have no reply.")),
    "reply promised in the note": (FIN, SILENT + f"UPDATE expulsions SET note = 'Moscow announced counter-measures; none was found.' WHERE expulsion_id = '{FIN}'", SILENT),
    "reply promised and coded": (FIN, SILENT + TOLD.format("Moscow vowed to answer."), TOLD.format("Moscow vowed to answer.") + f";UPDATE expulsions SET reply = 'other_measure' WHERE expulsion_id = '{FIN}'"),
    "second coding due": (
        "3 statements Europe 1946-1989",
        "DELETE FROM recodings WHERE unit_id = 'courier-1983-12.1'",
        "INSERT INTO recodings BY NAME SELECT 'cells-9' AS sample, statement_id AS unit_id, 'vantage' AS variable, 'c9' AS coder FROM statements",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_line_comes_with_what_it_tells_of_and_only_then(case: str, small_world: Path, loose: duckdb.DuckDBPyConnection) -> None:
    key, planted, near = CASES[case]
    kind = next(kind for kind in KINDS if case.startswith(kind))
    loose.execute(planted)
    rows = {(row[0], row[1]): row for row in worklist.worklist(loose, small_world).iter_rows()}
    assert (kind, key) in rows
    _, _, place, query = rows[kind, key]
    file, line = place.split(":")
    assert key.split(" ")[0] in (small_world / file).read_text().splitlines()[int(line) - 1] or kind == "second coding due"
    assert query and "None" not in query
    loose.rollback()
    loose.begin()
    loose.execute(near)
    assert (kind, key) not in {(row[0], row[1]) for row in worklist.worklist(loose, small_world).iter_rows()}


def test_what_was_not_swept_is_asked_for_by_five_years_with_the_one_actor_that_is_promised(loose: duckdb.DuckDBPyConnection) -> None:
    """Runs of half-years end with the five years, with what was swept, and with the roles; everyone is named as nobody."""
    words, query = (
        "diplomats expelled persona non grata ambassador ordered to leave",
        "SELECT key, query FROM worklist WHERE kind = 'no sweep' AND row_id = 'CHE' ORDER BY ALL",
    )
    loose.execute(SWEEP.format("CHE", "*", "2016-07-01", "2017-12-31", "sweep"))
    loose.execute(SWEEP.format("CHE", "CHE", "2014-01-01", "2014-06-30", "sweep"))
    loose.execute(SWEEP.format("CHE", "CHE", "2020-01-01", "2023-12-31", "sweep"))
    assert loose.execute(query).fetchall() == [
        ("CHE 2014-H2 as expeller and target", f"Switzerland Russia {words} July to December 2014"),
        ("CHE 2015-H1 to 2016-H1 as expeller and target", f"Switzerland Russia {words} January 2015 to June 2016"),
        ("CHE 2016-H2 to 2017-H2 as target", f"Switzerland Russia {words} July 2016 to December 2017"),
        ("CHE 2018-H1 to 2019-H2 as expeller and target", f"Switzerland Russia {words} January 2018 to December 2019"),
    ]
    loose.execute("INSERT INTO scope VALUES (DATE '2018-01-01', DATE '2019-12-31', '*', '*')")
    assert loose.execute(query).fetchall()[-1][1] == f"Switzerland {words} January 2018 to December 2019"


def test_a_cell_wants_more_where_the_interval_is_wide(loose: duckdb.DuckDBPyConnection) -> None:
    """By the law of the square root: four times as many for half the width; never more than there are."""
    loose.execute("DELETE FROM recodings; DELETE FROM reliability")
    loose.execute("INSERT INTO statements SELECT * EXCLUDE (n) REPLACE ('many-' || n || '.1' AS statement_id) FROM statements, range(300) AS r(n) WHERE expulsion_id = '2022-05-18-RUS-FRA' AND statement_id = (SELECT min(statement_id) FROM statements WHERE expulsion_id = '2022-05-18-RUS-FRA')")  # fmt: skip
    cell = "SELECT n_wanted, n_due, variable, half_width FROM reliability_cells WHERE kind = 'statements' AND region = 'Europe' AND period = '2014-'"
    assert loose.execute(cell).fetchall() == [(60, 60, None, None)]
    wide = "INSERT INTO reliability BY NAME SELECT '{}' AS sample, '{}' AS variable, 'Europe' AS region, '2014-' AS period, {} AS n_units, {} AS n_rarer, 0.6 AS alpha_low, {} AS alpha_high"
    loose.execute(wide.format("statements-1", "vantage", 60, 14, 1.0))
    loose.execute(wide.format("articles-1", "reports", 60, 15, 1.0))
    assert loose.execute(cell).fetchall() == [(60, 60, None, None)]
    loose.execute(wide.format("cells_statements-1", "vantage", 60, 15, 1.0))
    assert loose.execute(cell).fetchall() == [(240, 240, "vantage", 0.2)]
    # The narrowest of a variable's samples counts, and the widest variable.
    loose.execute(wide.format("people_statements-2", "vantage", 60, 15, 0.8))
    assert loose.execute(cell).fetchall() == [(60, 60, "vantage", 0.1)]
    loose.execute(wide.format("cells_statements-1", "grounds", 60, 15, 1.4))
    assert loose.execute(cell).fetchall()[0][:2] == (358, 358)


def test_make_writes_the_list_in_order_as_table_and_page(small_world: Path, tmp_path: Path) -> None:
    folder = world.copied(small_world, tmp_path)
    output = world.output(folder, "worklist")
    with (folder / "build" / "worklist.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    kinds = list(dict.fromkeys(row["kind"] for row in rows))
    assert kinds == [kind for kind in KINDS if kind not in ("claim unexplained", "reply promised")] and all(
        kind in output for kind in kinds
    )
    line = Sheet(folder, "expulsions").find(expulsion_id="2023-04-RUS-FIN") + 2
    assert {"kind": "no day", "key": "2023-04-RUS-FIN", "place": f"raw/expulsions.csv:{line}", "query": "Russia expels Finland diplomats April 2023 retaliation ordered to leave yesterday"} in rows  # fmt: skip
    html = (folder / "build" / "worklist.html").read_text(encoding="utf-8")
    assert [text.rsplit(" ", 1)[0] for text in re.findall("<summary>(.*?)</summary>", html)] == kinds and "://" not in html
    assert html.count("<tr><td>") == len(rows)
    assert "worklist" not in world.output(folder, "clean") and not list((folder / "build").glob("worklist.*"))


def test_text_in_the_page_is_never_markup(small_world: Path, loose: duckdb.DuckDBPyConnection) -> None:
    loose.execute("UPDATE actors SET name = '<img src=x>' WHERE actor_id = 'FIN'")
    assert "&lt;img src=x&gt;" in (html := worklist.html(worklist.worklist(loose, small_world))) and "<img" not in html
