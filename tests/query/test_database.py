"""Keys, checks and comments of the database; views and macros against an independent recomputation in pandas."""

import math
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from scripts.explore import figures, site
from scripts.package import contract
from scripts.package import store as journal
from scripts.package.store import RefusedError, Store
from scripts.query import database, views
from validation import run

BREAKS = {
    "primary key": "INSERT INTO actors SELECT * FROM actors WHERE actor_id = 'RUS'",
    "foreign key": "INSERT INTO memberships VALUES ('QQQ', 'EU', NULL, DATE '2020-01-01', NULL)",
    "not null": "UPDATE expulsions SET expeller = NULL WHERE expulsion_id = '2022-05-18-RUS-FRA'",
    "enum": "UPDATE articles SET kind = 'blog' WHERE article_id = 'moscowtimes-2021-04-26'",
    "minimum": "UPDATE statements SET ceiling = -1 WHERE statement_id = 'moscowtimes-2021-04-26.1'",
    "pattern": "UPDATE articles SET url = 'nowhere' WHERE article_id = 'moscowtimes-2021-04-26'",
}


@pytest.fixture(scope="module")
def _strict(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(shutil.copy(built, tmp_path_factory.mktemp("strict")))) as connection:
        yield connection


@pytest.fixture
def strict(_strict: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The database with its keys and checks; what is written is gone after the test."""
    _strict.begin()
    yield _strict
    _strict.rollback()


@pytest.mark.parametrize("break_", BREAKS.values(), ids=BREAKS)
def test_constraint_holds(strict: duckdb.DuckDBPyConnection, break_: str) -> None:
    with pytest.raises(duckdb.ConstraintException):
        strict.execute(break_)


def test_every_table_and_column_has_its_comment(connection: duckdb.DuckDBPyConnection) -> None:
    output = {
        (t, c): text
        for t, c, text in connection.sql("SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal").fetchall()
    }
    for name, table in contract.product().compiled.items():
        for column, field in table.fields.items():
            assert output[name, column] == f"{field.spec['title']}. {field.spec['description']}"
    # A derived table is a view, which says in its head what its columns are.
    for name, text in views.public().items():
        if "CREATE VIEW" in text:
            assert {c: comment for (t, c), comment in output.items() if t == name} == views.header(text)[1], name
    assert contract.product().derived.keys() <= views.public().keys()


HEADS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(views.VIEWS.rglob("*.sql"))}
# Other macros give one value.
WITH_ROWS = [name for name, text in HEADS.items() if "CREATE VIEW" in text or " AS TABLE" in text]


@pytest.mark.parametrize("name", WITH_ROWS)
def test_view_header_is_what_duckdb_describes(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    grain, columns = views.header(HEADS[name])
    described = [row[0] for row in connection.sql(f"DESCRIBE FROM {CALLS.get(name, name)}").fetchall()]
    assert grain.startswith("One row")
    # A head that ends with "and all other columns of" some table names those before.
    more = list(columns.values())[-1].startswith("and ")
    assert list(columns) == (described[: len(columns)] if more else described)


CALLS = {
    "as_of_version": f"as_of_version('{contract.product().version}')",
    "best_figures": "best_figures(DATE '2022-05-18', true)",
    "code_years": "code_years('COW', 2022, 2022)",
    "cow_dyad_years": "cow_dyad_years(2022, 2022)",
    "cumulative_officials": "cumulative_officials('RUS', DATE '2022-02-24')",
    "edge_list": "edge_list(DATE '2022-02-24', DATE '2022-12-31')",
    "eu_members_without_expulsion": "eu_members_without_expulsion('RUS', DATE '2022-02-24', DATE '2022-05-18')",
    "gw_dyad_years": "gw_dyad_years(2022, 2022)",
    "monthly_officials": "monthly_officials('RUS', DATE '2022-02-24', DATE '2022-12-31')",
    "node_list": "node_list(DATE '2022-02-24', DATE '2022-12-31')",
    "officials_expelled": "officials_expelled('RUS', DATE '2022-02-24', DATE '2022-12-31')",
    "panel": "panel(2022, 2022, true, 'both_sides', 'announced', true)",
    "panel_months": "panel_months(2022, 2022)",
    "panel_sums": "panel_sums('announced', true)",
    "panel_years": "panel_years(2022, 2022)",
    "totals_as_of": "totals_as_of(DATE '2022-05-18')",
}


@pytest.fixture
def events(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    frame = connection.table("expulsions").df()
    frame["announced_on"] = pd.to_datetime(frame["announced_on"])
    return frame[(frame["status"] != "retracted") & frame["included_in"].isna()]


def test_what_counts_is_in_no_other_and_not_retracted(connection: duckdb.DuckDBPyConnection, events: pd.DataFrame) -> None:
    assert connection.sql("SELECT count(*), count(*) FILTER (counts) FROM expulsions").fetchall() == [
        (connection.table("expulsions").df().shape[0], len(events))
    ]
    assert events["counts"].all()


SUMS = "officials, officials_known, officials_low, officials_high, n_unknown, n_open"


def _sums(rows: pd.DataFrame) -> tuple[int | None, ...]:
    """Complete and known sum, low and high bound, unknown and open ones."""
    unknown = rows["officials_best"].isna() & (rows["persons_ordered"] != "no")
    open_ = rows["officials_best"].notna() & rows["officials_high"].isna()
    known = int(rows["officials_best"].sum()) if len(rows) == 0 or not unknown.all() else None
    return (
        None if unknown.any() else known,
        known,
        int(rows["officials_low"].sum()),
        None if (unknown | open_).any() else int(rows["officials_high"].sum()),
        int(unknown.sum()),
        int(open_.sum()),
    )


def _grouped(connection: duckdb.DuckDBPyConnection, table: str, keys: str) -> dict[tuple, tuple]:
    """The sums of a view by its key."""
    n = len(keys.split(","))
    return {row[:n]: row[n:] for row in connection.sql(f"SELECT {keys}, {SUMS} FROM {table}").fetchall()}


def test_macro_officials_expelled(connection: duckdb.DuckDBPyConnection, events: pd.DataFrame) -> None:
    rows = events[(events["target"] == "RUS") & events["announced_on"].between("2022-02-24", "2022-12-31")]
    n, expellers, *sums, _ = connection.sql(f"FROM {CALLS['officials_expelled']}").fetchall()[0]
    assert [n, expellers] == [len(rows), rows["expeller"].nunique()]
    assert tuple(sums) == _sums(rows)
    assert sums[1] > 394


def test_since_invasion_and_the_curve_agree(connection: duckdb.DuckDBPyConnection, events: pd.DataFrame) -> None:
    rows = events[(events["target"] == "RUS") & (events["announced_on"] >= "2022-02-24")]
    by_expeller = _grouped(connection, "officials_since_invasion", "expeller")
    assert by_expeller == {(expeller,): _sums(group) for expeller, group in rows.groupby("expeller")}
    days, first, *last = connection.sql(
        "SELECT count(*), min(day), max(day), max_by(cumulative_known, day), max_by(cumulative_low, day), max_by(cumulative_known_high, day), max_by(cumulative_unknown, day) "
        f"FROM {CALLS['cumulative_officials']}"
    ).fetchall()[0]
    _, known, low, _, unknown, _ = _sums(rows)
    assert last[1:] == [known, low, int(rows["officials_high"].fillna(rows["officials_best"]).sum()), unknown]
    assert days == (last[0] - first).days + 1


def test_dyads_years_and_months_are_sums_of_what_they_promise(connection: duckdb.DuckDBPyConnection, events: pd.DataFrame) -> None:
    inside = events[events["in_scope"]].assign(year=events["announced_on"].dt.year, month=events["announced_on"].dt.month)
    dated = inside[inside["announced_precision"] != "year"]
    assert 0 < len(dated) <= len(inside) <= len(events)
    for table, keys, rows in [
        ("dyads", ["expeller", "target"], events),
        ("dyad_years", ["expeller", "target", "year"], inside),
        ("dyad_months", ["expeller", "target", "year", "month"], dated),
    ]:
        assert _grouped(connection, table, ", ".join(keys)) == {key: _sums(group) for key, group in rows.groupby(keys)}, table


def test_the_grid_of_a_year_has_its_decisions_and_zeros_of_both_sides(connection: duckdb.DuckDBPyConnection) -> None:
    """All other cells are empty; the states of both systems and those of their own days are in it, and none that is gone."""
    connection.execute("CREATE TEMP TABLE grid AS FROM panel_years(2022, 2022)")
    assert (
        connection.sql("SELECT count(*) FROM grid").fetchall()
        == connection.sql("SELECT count(DISTINCT expeller) * (count(DISTINCT expeller) - 1) FROM grid").fetchall()
    )
    assert connection.sql("FROM grid WHERE expulsions > 0").fetchall() == connection.sql("FROM dyad_years WHERE year = 2022").fetchall()
    quiet = dict(connection.sql("SELECT effort, (count(*), count(expulsions)) FROM grid WHERE expulsions IS NOT DISTINCT FROM 0 OR expulsions IS NULL GROUP BY ALL").fetchall())  # fmt: skip
    searched, zeros = quiet.pop("both_sides")
    assert 0 < zeros <= searched and all(result == 0 for _, result in quiet.values())
    actors = {row[0] for row in connection.sql("SELECT DISTINCT expeller FROM grid").fetchall()}
    assert not actors & {"SUN", "DDR", "YUG", "CSK", "SCG", "YMD", "XRV", "XTB", "XZA", "IAEA"}
    assert {"VAT", "PSE", "XKX", "EU"} <= actors
    connection.execute("DROP TABLE grid")


@pytest.mark.parametrize("year", [1990, 1991, 2003, 2006, 2022])
@pytest.mark.parametrize(("system", "code"), [("COW", "ccode"), ("GW", "gwcode")])
def test_codes_make_one_row_per_pair_and_year(connection: duckdb.DuckDBPyConnection, system: str, code: str, year: int) -> None:
    """One to one with the state system of that year, whose codes actors hand on: Russia's, Germany's, Yemen's, Serbia's."""
    codes = {
        row[0]
        for row in connection.execute(
            "SELECT DISTINCT code FROM memberships WHERE organisation = $1 AND year(joined_on) <= $2 AND coalesce(year(left_on), 9999) >= $2",
            [system, year],
        ).fetchall()
    }
    pairs = connection.sql(f"SELECT {code}1, {code}2, year FROM {system.lower()}_dyad_years({year}, {year})").fetchall()
    assert len(pairs) == len(codes) * (len(codes) - 1) > 27_000
    assert set(pairs) == {(one, other, year) for one in codes for other in codes if one != other}


def test_capture_recapture_is_chapmans_estimate(loose: duckdb.DuckDBPyConnection) -> None:
    loose.execute("DELETE FROM harvests")
    loose.execute("UPDATE expulsions SET announced_on = announced_on - INTERVAL 4 YEAR")
    result = loose.sql(
        "SELECT expulsion_id FROM expulsions WHERE year(announced_on) = 2018 AND expeller <> 'RUS' AND target = 'RUS' ORDER BY 1 LIMIT 20"
    ).fetchall()
    lists = {"expeller_side": result[:15], "target_side": result[5:20]}
    for side, ids in lists.items():
        loose.executemany("INSERT INTO harvests VALUES (?, ?, NULL, NULL, DATE '2026-11-24', 'c1')", [[i, side] for (i,) in ids])
    ask = "SELECT n_a, n_b, n_both, n_found, estimate, estimate_low, estimate_high FROM capture_recapture WHERE from_year = 2015 AND region = '*'"
    # 15 and 15 with 10 in both: 16 * 16 / 11 - 1; the variance is 16 * 16 * 5 * 5 / (11 * 11 * 12).
    missed, variance = 16 * 16 / 11 - 1 - 20, 16 * 16 * 25 / (121 * 12)
    factor = math.exp(1.96 * math.sqrt(math.log(1 + variance / missed**2)))
    assert loose.sql(ask).fetchall() == [
        (15, 15, 10, 20, round(20 + missed, 1), round(20 + missed / factor, 1), round(20 + missed * factor, 1))
    ]
    loose.execute(
        "DELETE FROM harvests WHERE found_by = 'target_side' AND expulsion_id IN (SELECT unnest(?))", [[i for (i,) in result[5:9]]]
    )
    assert loose.sql(ask).fetchall() == [(15, 11, 6, 20, None, None, None)]


def test_best_figures_in_sql_are_the_compiled_ones(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.sql(
        "SELECT e.officials_best, b.officials, e.counted_unit, b.counted_unit, e.best_qualifier, b.qualifier "
        "FROM expulsions AS e JOIN best_figures(DATE '9999-12-31', true) AS b USING (expulsion_id)"
    ).fetchall()
    assert len(rows) > 100 and all(a == b and c == d and e == f for a, b, c, d, e, f in rows)


def test_totals_as_of_grow_to_the_dyads(connection: duckdb.DuckDBPyConnection) -> None:
    columns = "expeller, target, officials, officials_known, n_unknown"
    final = connection.sql(f"SELECT {columns} FROM totals_as_of(DATE '2026-11-24') ORDER BY ALL").fetchall()
    dyads = connection.sql(f"SELECT {columns} FROM dyads ORDER BY ALL").fetchall()
    assert final == dyads
    early = {(r[0], r[1]): r[4] for r in connection.sql("FROM totals_as_of(DATE '2022-04-04')").fetchall()}
    # Two in March 2018 and two in March 2021; the thirty of 5 April 2022 are not known yet.
    assert early["ITA", "RUS"] == 4


def test_claim_394_stands_beside_our_total_of_that_day_and_scope(connection: duckdb.DuckDBPyConnection, events: pd.DataFrame) -> None:
    rows = events[(events["target"] == "RUS") & events["announced_on"].between("2022-02-24", "2022-04-07")]
    check = connection.sql(
        "SELECT figure, agrees, ours, ours_known, ours_low, ours_high, n_unknown FROM claim_checks WHERE claim_id = 'republicworld-2022-05-18.c1'"
    ).fetchall()[0]
    assert check[:2] == (394, True) and check[2:] == _sums(rows)[:5]


def test_negative_claim_holds(connection: duckdb.DuckDBPyConnection) -> None:
    assert connection.sql("SELECT actor_id FROM eu_members_without_expulsion('RUS', DATE '2022-02-24', DATE '2022-05-18')").fetchall() == [
        ("CYP",),
        ("HUN",),
        ("MLT",),
    ]
    assert connection.sql(
        "SELECT figure, ours_known, agrees FROM claim_checks WHERE claim_id = 'republicworld-2022-05-18.c3'"
    ).fetchall() == [(0, 0, True)]


def test_a_claim_knows_only_what_was_published_by_its_day(connection: duckdb.DuckDBPyConnection) -> None:
    assert connection.sql("SELECT count(*) FROM claim_checks WHERE ours_then > ours_high").fetchall() == [(0,)]


def test_reciprocity_is_over_linked_sets(connection: duckdb.DuckDBPyConnection) -> None:
    row = connection.sql(
        "SELECT initiator, responder, officials_initiator, officials_responder, ratio FROM reciprocity WHERE linked_set = '2022-04-04-FRA-RUS'"
    ).fetchall()[0]
    assert row[:2] == ("FRA", "RUS") and row[2] == 41 and row[3] == 34 and float(row[4]) == pytest.approx(34 / 41, abs=1e-3)


def test_codes_on_that_day(connection: duckdb.DuckDBPyConnection) -> None:
    row = connection.sql(
        "SELECT expeller_cow, expeller_gw, target_cow, target_gw FROM expulsion_dyads WHERE expulsion_id = '2022-04-04-DEU-RUS'"
    ).fetchall()
    assert row == [(255, 260, 365, 365)]


MEMBERS: list[tuple[str, str, int | None, str, str | None]] = [
    ("DDR", "COW", 265, "1954-03-25", "1990-10-02"), ("DEU", "COW", 260, "1955-05-05", "1990-10-02"), ("DEU", "COW", 255, "1990-10-03", None),
    ("CSK", "COW", 315, "1945-05-10", "1992-12-31"), ("CZE", "GW", 316, "1993-01-01", None), ("YUG", "GW", 345, "1918-12-01", "2003-02-03"),
    ("SRB", "GW", 340, "2006-06-05", None), ("YEM", "COW", 679, "1990-05-22", None), ("YMD", "GW", 680, "1967-11-30", "1990-05-21"),
    ("XKX", "COW", 347, "2008-02-20", None), ("SUN", "COW", 365, "1922-12-30", "1991-12-25"), ("RUS", "COW", 365, "1991-12-26", None),
    ("KIR", "COW", 946, "1999-09-14", None), ("KIR", "GW", 970, "1979-07-12", None), ("GBR", "EU", None, "1973-01-01", "2020-01-31"),
    ("FIN", "NATO", None, "2023-04-04", None), ("CAN", "G7", None, "1976-06-27", None),
]  # fmt: skip


@pytest.mark.parametrize("spell", MEMBERS, ids=lambda s: "-".join(s[:2]))
def test_hard_spells(connection: duckdb.DuckDBPyConnection, spell: tuple) -> None:
    result = connection.execute(
        "SELECT joined_on::VARCHAR, left_on::VARCHAR FROM memberships WHERE actor_id = $1 AND organisation = $2 AND code IS NOT DISTINCT FROM $3",
        list(spell[:3]),
    ).fetchall()
    assert spell[3:] in result


def test_every_state_of_both_systems_since_1945(connection: duckdb.DuckDBPyConnection) -> None:
    codes = dict(
        connection.sql(
            "SELECT organisation, count(DISTINCT code) FROM memberships WHERE organisation IN ('COW', 'GW') GROUP BY 1"
        ).fetchall()
    )
    assert codes == {"COW": 202, "GW": 205}
    today = dict(connection.sql("SELECT organisation, count(*) FROM memberships WHERE left_on IS NULL GROUP BY 1").fetchall())
    assert (today["EU"], today["NATO"], today["G7"]) == (27, 32, 7)


def test_unknown_figures_are_never_zero(loose: duckdb.DuckDBPyConnection) -> None:
    before = loose.sql(f"FROM {CALLS['officials_expelled']}").fetchall()[0]
    loose.execute(
        "UPDATE expulsions SET officials_low = NULL, officials_best = NULL, officials_high = NULL WHERE expulsion_id = '2022-04-04-DEU-RUS'"
    )
    after = loose.sql(f"FROM {CALLS['officials_expelled']}").fetchall()[0]
    # Its number stays, the known sum and the bound lose what it had, and nothing is complete.
    lost = (before[3] - 40, before[4] - 40, None, before[6] + 1)
    assert (after[0], after[2], *after[3:7]) == (before[0], None, *lost)


def test_posts_cut_are_no_officials(loose: duckdb.DuckDBPyConnection) -> None:
    call: Callable[[], tuple] = lambda: loose.sql(f"FROM {CALLS['officials_expelled']}").fetchall()[0]  # noqa: E731
    before = call()
    loose.execute("UPDATE expulsions SET posts_cut = coalesce(posts_cut, 0) + 7 WHERE expulsion_id = '2022-04-04-DEU-RUS'")
    assert call()[:8] == before[:8] and call()[8] == (before[8] or 0) + 7


# --- the file ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """A build folder with the tables and a database of them."""
    return Path(shutil.copytree(built.parent, tmp_path / "build"))


def _edited(query: str) -> Callable[[Path], object]:
    def edit(path: Path) -> None:
        with duckdb.connect(str(path)) as connection:
            connection.execute(query)

    return edit


def _flipped(path: Path) -> None:
    """Other bytes in each block after the headers."""
    content = bytearray(path.read_bytes())
    for place in range(50_000, len(content), 262_144):
        content[place] ^= 255
    path.write_bytes(content)


def _with_log_of_another(path: Path) -> None:
    """The log of a session on the database that lay here before, and was killed."""
    log = path.with_name("expulsions.duckdb.wal")
    script = "import duckdb, os, sys; c = duckdb.connect(sys.argv[1]); c.execute('CREATE TABLE t (a INT)'); os._exit(0)"
    subprocess.run([sys.executable, "-c", script, str(path.with_name("other"))], check=True)
    path.with_name("other.wal").rename(log)


DAMAGED = {
    "without a byte": lambda path: path.write_bytes(b""),
    "no database": lambda path: path.write_bytes(b"text" * 9999),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:3_000_000]),
    "flipped": _flipped,
    "with a log of another": _with_log_of_another,
}
OTHER = {
    "it is empty": lambda path: (path.unlink(), duckdb.connect(str(path)).close()),
    "it has no table retired": _edited("DROP TABLE retired"),
    "it was made from other tables": _edited("UPDATE release SET fingerprint = 'f00'"),
    "answers has other rows": _edited("DELETE FROM answers"),
    "articles has other rows": _edited("UPDATE articles SET title = 'x' WHERE article_id = 'moscowtimes-2021-04-26'"),
}


def test_a_database_of_the_tables_at_hand_is_opened(folder: Path) -> None:
    before = (folder / database.NAME).read_bytes()
    with database.opened(folder, contract.product()) as connection:
        assert connection.sql("SELECT count(*) FROM expulsions").fetchall()[0][0] > 300
    assert (folder / database.NAME).read_bytes() == before


@pytest.mark.parametrize("fault", [*DAMAGED, *OTHER])
def test_one_that_does_not_hold_them_is_removed(folder: Path, fault: str) -> None:
    """In whichever way: it says in which, and the next make builds it anew."""
    path = folder / database.NAME
    (DAMAGED | OTHER)[fault](path)
    with pytest.raises(RefusedError) as refused, database.opened(folder, contract.product()):
        pass
    message = re.fullmatch(r"build/expulsions\.duckdb does not hold what the tables hold \((.+)\)\.", str(refused.value))
    assert message and message[1] == (fault if fault in OTHER else message[1])
    assert refused.value.after == "It was removed: run make again, which makes it anew."
    assert not [other for other in folder.iterdir() if other.name.startswith(database.NAME)]


def test_one_that_is_written_by_another_program_is_left_to_it(folder: Path) -> None:
    path = folder / database.NAME
    script = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print(flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", script, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None and other.stdout.readline()
        with pytest.raises(RefusedError, match=r"^build/expulsions\.duckdb is open for writing in another program\.$"):
            database.opened(folder, contract.product()).__enter__()
        assert path.exists()
        other.communicate()


@pytest.mark.parametrize("error", [RuntimeError("Query interrupted"), KeyboardInterrupt(), duckdb.InterruptException()])
def test_one_is_not_removed_because_somebody_stopped_the_reading(
    folder: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def stopped(*_: object) -> str:
        raise error

    monkeypatch.setattr(database, "unlike", stopped)
    with pytest.raises(type(error)):
        database.opened(folder, contract.product()).__enter__()
    assert (folder / database.NAME).exists()


@pytest.mark.parametrize("command", [figures, site, run], ids=["figures", "site", "validation"])
def test_every_command_that_reads_it_refuses_one_of_other_tables(
    folder: Path, command: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    OTHER["it is empty"](folder / database.NAME)
    before = sorted(folder.iterdir())
    monkeypatch.setattr(journal, "Store", lambda: Store(folder.parent))
    monkeypatch.setattr(run, "frictionless_errors", lambda: [])
    with pytest.raises(SystemExit) as stopped:
        command.main()
    assert stopped.value.code == 1
    assert capsys.readouterr().err.endswith(
        ": build/expulsions.duckdb does not hold what the tables hold (it is empty). It was removed: run make again, which makes it anew.\n"
    )
    assert {path.name for path in before} - {path.name for path in folder.iterdir()} == {database.NAME}


@pytest.fixture
def write(folder: Path, tmp_path: Path) -> Callable[[], int]:
    return lambda: database.write(tmp_path / "new.duckdb", contract.product(), folder)


def test_a_database_is_compared_before_it_is_moved(write: Callable[[], int], monkeypatch: pytest.MonkeyPatch) -> None:
    """DuckDB may close in silence without having written anything."""
    monkeypatch.setattr(database, "build", lambda *_, **__: {})
    with pytest.raises(RefusedError, match=r"^The database was not written whole \(it is empty\)\.$"):
        write()


def test_a_table_that_breaks_a_key_and_a_view_that_cannot_be_run_are_told_in_a_sentence(
    write: Callable[[], int], folder: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.sql"
    broken.write_text("-- One row.\nCREATE VIEW broken AS SELECT nothing FROM nowhere\n")
    with (
        duckdb.connect() as connection,
        pytest.raises(RefusedError, match=r"^broken\.sql of scripts/query/views cannot be run \(.*nowhere.*\)\. Cor"),
    ):
        views.add_view(connection, broken)
    actors = folder / "actors.csv"
    actors.write_bytes(actors.read_bytes() + actors.read_bytes().splitlines(keepends=True)[-1])
    with pytest.raises(RefusedError, match=r"^The tables cannot be loaded \(Constraint Error: .*\)\.$"):
        write()
