"""The small world comes out as it was read by eye; faults planted in its raw tables are told by make."""

import csv
import hashlib
import itertools
import json
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest

from scripts.package import contract, fingerprint
from scripts.publish import cite
from tests import world
from tests.conftest import Sheet

EXPECTED = world.expected()


@pytest.fixture(scope="module")
def result(small_world: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return world.outputs(world.copied(small_world, tmp_path_factory.mktemp("found")))


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(text.splitlines()))


# --- what comes out --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_as_it_was_read_by_eye(name: str, result: dict[str, str]) -> None:
    output = "if that is meant, run `python -m tests.world --write`, read the diff and commit it"
    assert result.get(name, "").splitlines() == EXPECTED[name].splitlines(), output
    assert result[name] == EXPECTED[name], output


def test_nothing_else_comes_out(result: dict[str, str]) -> None:
    assert sorted(result) == sorted(EXPECTED)


def test_every_value_of_what_is_coded_occurs() -> None:
    """So that a later edit of the world loses no case."""
    rare = {"wave", "gap_reason"}
    for name in ("expulsions", "statements", "articles", "answers", "claims", "reliability", "harvests"):
        rows = _rows(EXPECTED[f"tables/{name}.csv"])
        for column, field in contract.product()[name].fields.items():
            if column not in rare:
                assert set(field.enum) <= {row[column] for row in rows}, (name, column)


def test_each_column_of_sums_has_a_row_of_its_own() -> None:
    """No two columns of figures agree in every row, so that one taken for another shows."""
    for name in ("tables/dyads", "tables/expulsions", "views/officials_since_invasion", "tables/dyad_years", "views/cumulative_officials"):
        columns = list(zip(*csv.reader(EXPECTED[f"{name}.csv"].splitlines()), strict=True))
        numbers = [c for c in columns if c[0].startswith(("officials", "cumulative", "n_", "posts", "ceiling", "diplomats", "expulsions"))]
        assert all(one[1:] != other[1:] for one, other in itertools.combinations(numbers, 2)), name


# --- agreement -------------------------------------------------------------------------------------------------------


def _distance(one: str, other: str, level: str) -> float:
    """Of two values of a level, after the definitions."""
    if level == "interval":
        return float((date.fromisoformat((one + "-01-01")[:10]) - date.fromisoformat((other + "-01-01")[:10])).days ** 2)
    if level == "ratio":
        return ((int(one) - int(other)) / (int(one) + int(other))) ** 2
    if level == "masi":
        a, b = set(one.split()), set(other.split())
        alike = 1 if a == b else 2 / 3 if a <= b or b <= a else 1 / 3
        return 0.0 if a == b else 1 - alike * len(a & b) / len(a | b)
    return float(one != other)


def _place(unit: str) -> tuple[str, str]:
    """Region and period of the decision that a statement is about, by its id; all expellers but one are of Europe."""
    ids = {row["statement_id"]: row["expulsion_id"] for row in _rows((world.RAW / "statements.csv").read_text(encoding="utf-8"))}
    about = ids.get(unit, unit.rpartition("/")[2])
    period = "1946-1989" if about < "1990" else "1990-2013" if about < "2014" else "2014-"
    return "Americas" if "-USA-" in about else "Europe", period


@pytest.mark.parametrize("row", _rows(EXPECTED["tables/reliability.csv"]), ids=lambda row: "-".join(list(row.values())[:4]))
def test_agreement_is_that_of_the_pairs(row: dict[str, str]) -> None:
    """Alpha as the observed by the expected disagreement of all pairs of values, counted one by one."""
    variable = row["variable"].removesuffix("_given")
    coded = _rows((world.RAW / "recodings.csv").read_text(encoding="utf-8"))
    here = (row["region"], row["period"])
    coded = [r for r in coded if here in (("*", "*"), _place(r["unit_id"]))]
    pairs = [(r["first"], r["second"]) for r in coded if (r["sample"], r["variable"]) == (row["sample"], variable)]
    if row["variable"] != variable:
        pairs = [(str(bool(a)), str(bool(b))) for a, b in pairs]
    elif row["level"] in ("ratio", "interval"):
        pairs = [(a, b) for a, b in pairs if a and b]
    values = [value for pair in pairs for value in pair]
    apart = [_distance(a, b, row["level"]) for a, b in pairs]
    expected = [_distance(a, b, row["level"]) for a, b in itertools.permutations(values, 2)]
    assert int(row["n_units"]) == len(pairs)
    # Where all values are one, agreement is not to be told from chance.
    wanted = pytest.approx(1 - np.mean(apart) / np.mean(expected), abs=1e-4) if any(expected) else None
    assert (float(row["alpha"]) if row["alpha"] else None) == wanted
    assert float(row["agreement"]) == pytest.approx(np.mean([d == 0 for d in apart]), abs=1e-4)


# --- fingerprints ----------------------------------------------------------------------------------------------------

SLICES = {
    "reply='expulsion' and trigger='none_stated'": [
        "2021-10-06-NATO-RUS", "2022-02-24-EST-RUS", "2022-02-28-USA-UN", "2022-03-28-FRA-RUS", "2022-04-04-FRA-RUS", "2022-04-20-FRA-RUS",
        "2023-04-04-FIN-RUS",
    ],
    "expeller='RUS' and target='FRA'": ["2022-05-18-RUS-FRA", "2022-05-18-RUS-FRA-2"],
}  # fmt: skip


@pytest.mark.parametrize("query", SLICES)
def test_a_slice_has_the_fingerprint_of_its_sorted_lines_whatever_the_order_of_the_file(
    query: str, small_world: Path, tmp_path: Path
) -> None:
    held = contract.product(small_world)
    for table in held.tables:
        header, *lines = (small_world / "build" / f"{table}.csv").read_bytes().splitlines(keepends=True)
        (tmp_path / f"{table}.csv").write_bytes(header + b"".join(reversed(lines)))
    header, *lines = EXPECTED["tables/expulsions.csv"].splitlines(keepends=True)
    chosen = sorted(line for line in lines if line.split(",")[0] in SLICES[query])
    wanted = hashlib.sha256((header + "".join(chosen)).encode()).hexdigest()
    assert cite.selected(query, held, tmp_path) == (len(SLICES[query]), wanted)
    assert fingerprint.of_folder(tmp_path, held) == fingerprint.of_folder(small_world / "build", held)


def test_the_fingerprint_of_the_whole_is_of_the_sorted_lines_of_each_table(small_world: Path) -> None:
    """As its module says, computed here by hand; citation, database and validation name the same."""
    lines = []
    for path in sorted((small_world / "build").glob("*.csv")):
        header, *rows = path.read_bytes().splitlines(keepends=True)
        lines.append(f"{hashlib.sha256(header + b''.join(sorted(rows))).hexdigest()}  {path.stem}\n")
    whole = hashlib.sha256("".join(lines).encode()).hexdigest()
    assert EXPECTED["cite.txt"].count(f"sha256:{whole}") == 3
    with duckdb.connect(str(small_world / world.DATABASE), read_only=True) as connection:
        assert connection.execute("FROM release").fetchall() == [(world.VERSION, whole)]
    assert json.loads((small_world / world.RESULTS).read_text(encoding="utf-8"))["fingerprint"] == whole


# --- faults go through make ------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(small_world: Path, tmp_path: Path) -> Path:
    """A copy of the world to break."""
    return world.copied(small_world, tmp_path)


# Kinds of columns whose cells have a form, so that no formula can stand there.
FORMED = {"vague", "spelling", "list", "scope"}


def _tells(output: str, table: str, line: int, column: str, message: str) -> bool:
    return output.startswith(f"raw/{table}.csv:{line}:{column}  ") and message in output


def test_every_planted_fault_is_told_by_make_at_its_place(elsewhere: Path) -> None:
    """One fault for each way in which a cell can be wrong, a formula in each column of free text: all in one run, and nothing is written."""
    sheets = {name: Sheet(elsewhere, name) for name in contract.raw().tables}
    wanted: list[tuple[str, int, str, str]] = []

    def plant(table: str, column: str, value: str, message: str, **where: str) -> None:
        sheet = sheets[table]
        wanted.append((table, sheet.set(sheet.find(**where), **{column: value}), column, message))

    formula = "A spreadsheet would run this cell as a formula."
    for first, slug in {"=": "acorn", "+": "birch", "-": "cedar", "@": "matin"}.items():
        plant("articles", "title", f"{first}SUM(1)", formula, article_id=f"{slug}-2022-04-20")
    for name, table in contract.raw().tables.items():
        free = [
            f
            for f in table.fields.values()
            if f.type == "string" and not (f.enum or f.constraints.get("pattern") or f.spec.keys() & FORMED)
        ]
        for place, field in enumerate(free):
            last = len(sheets[name].rows) - 1
            wanted.append((name, sheets[name].set(last - place % (last + 1), **{field.name: "@now"}), field.name, formula))
    plant("articles", "title", "\u202eodd", "A control or invisible character.", article_id="soir-2022-04-20")
    plant("articles", "title", "Lyce\u0301e", "not in Unicode's composed form (NFC)", article_id="matin-2022-05-18")
    plant("articles", "published_on", "2022-02-30", "is not a date", article_id="wire-2022-02-28")
    plant("expulsions", "expeller", "Grance", '"Grance" is no known actor', expulsion_id="2022-07-05-FRA-RUS")
    plant("statements", "qualifier", "exactly", "is not one of", statement_id="wire-2021-10-06.1")
    plant("statements", "officials_high", "07", "is not a whole number", statement_id="bote-1990-10-02.1")
    plant("statements", "figure_as_printed", "kilenc", "The printed numbers are not the coded bounds", statement_id="norge-2018-03-27.1")
    plant("statements", "standing_reason", "", "The standing needs a reason", statement_id="beaumont-2022-05-02.1")
    plant("answers", "answers", "2022-05-18-RUS-FRA-3", "is not in raw/expulsions.csv", expulsion_id="2018-03-17-RUS-GBR")
    plant("claims", "expeller_scope", "EU* -XYZ", '"-XYZ" is neither', claim_id="tally-2022-12-31.c1")
    before = {path: path.read_bytes() for path in (elsewhere / "build").glob("*.csv")}
    done = world.make(elsewhere, "data")
    assert done.returncode and "Nothing was written." in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("raw/")]
    assert [place for place in wanted if not any(_tells(line, *place) for line in lines)] == [] and len(wanted) > 30
    assert {path: path.read_bytes() for path in (elsewhere / "build").glob("*.csv")} == before


def test_faults_across_rows_are_told_by_make(elsewhere: Path) -> None:
    """Those that are looked for once every cell can be read."""
    answers, expulsions, statements = (Sheet(elsewhere, name) for name in ("answers", "expulsions", "statements"))
    wanted: list[Any] = [
        ("statements", statements.set(statements.find(statement_id="vesti-2023-05.1"), announced_on="2023-03"), "", ""),
        ("answers", answers.find(expulsion_id="2023-04-RUS-FIN") + 2, "answers", "Announced before what it answers."),
        ("expulsions", expulsions.set(expulsions.find(expulsion_id="2022-03-28-FRA-RUS"), included_in="2022-05-18-RUS-FRA"), "included_in", "Another dyad's figure"),
        ("expulsions", expulsions.set(expulsions.find(expulsion_id="1993-01-01-SVK-RUS"), target="SUN"), "target", "SUN did not exist on 1993-01-01."),
    ]  # fmt: skip
    done = world.make(elsewhere, "data")
    lines = [line for line in done.stderr.splitlines() if line.startswith("raw/")]
    assert done.returncode
    assert [place for place in wanted[1:] if not any(_tells(line, *place) for line in lines)] == []
