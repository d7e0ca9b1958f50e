"""Whole tables of the real raw/ damaged at random: a curator is told, or the tables compile, load and can be asked; never a traceback."""

import contextlib
import io
import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import duckdb

from scripts.compile import tables
from scripts.package import contract, store
from scripts.package.contract import ROOT
from scripts.query import database
from tests.conftest import Sheet
from validation import run

STRAY = ["", "0", "-1", "9" * 22, "2022-02-30", "9999-12-31", "nobody", "RUS", "1.5", "é", "🙂", "a" * 5000, "yes", "NaN"]
Rows = list[list[str]]


def _cells(rows: Rows, column: int, rng: random.Random) -> Rows:
    for _ in range(rng.choice([1, 5, 200])):
        row = rng.choice(rows)
        row[rng.randrange(len(row))] = rng.choice(STRAY)
    return rows


def _column(rows: Rows, column: int, rng: random.Random) -> Rows:
    value = rng.choice(STRAY)
    return [[*row[:column], value, *row[column + 1 :]] for row in rows]


def _shuffled(rows: Rows, column: int, rng: random.Random) -> Rows:
    values = rng.sample([row[column] for row in rows], len(rows))
    return [[*row[:column], value, *row[column + 1 :]] for row, value in zip(rows, values, strict=True)]


def _swapped(rows: Rows, column: int, rng: random.Random) -> Rows:
    other = rng.randrange(len(rows[0]))
    for row in rows:
        row[column], row[other] = row[other], row[column]
    return rows


def _repeated(rows: Rows, column: int, rng: random.Random) -> Rows:
    return rows + rng.sample(rows, min(len(rows), rng.choice([1, 10, 300])))


def _lost(rows: Rows, column: int, rng: random.Random) -> Rows:
    return rng.sample(rows, max(0, len(rows) - rng.choice([1, 20, len(rows) // 2, len(rows)])))


DAMAGES: list[Callable[[Rows, int, random.Random], Rows]] = [_cells, _column, _shuffled, _swapped, _repeated, _lost]


def outcome(seed: int) -> str:
    """What became of one to three damages: told, or compiled and loaded. Raises whatever ends in a traceback."""
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copy(ROOT / "datapackage.json", root)
        shutil.copytree(ROOT / "raw", root / "raw")
        for _ in range(rng.choice([1, 1, 2, 3])):
            sheet = Sheet(root, rng.choice(sorted(contract.raw().tables)))
            if sheet.rows:
                sheet.rows = rng.choice(DAMAGES)(sheet.rows, rng.randrange(len(sheet.header)), rng)
                sheet.save()
        return _examined(root)


def _examined(root: Path) -> str:
    try:
        with contextlib.redirect_stderr(io.StringIO()):
            compiled = tables.compiled(root)
    except SystemExit:
        return "told"
    for name, frame in compiled.items():
        (root / f"{name}.csv").write_bytes(store.csv_bytes(frame))
    with duckdb.connect() as connection:
        database.build(connection, contract.product(root), root)
        run.violations(connection)
    return "compiled"


def main() -> None:
    """Damage the tables as often as asked for; ends with a traceback, the seed beside it, if any damage does."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    outcomes: Counter[str] = Counter()
    for seed in range(count):
        try:
            outcomes[outcome(seed)] += 1
        except Exception as error:
            raise AssertionError(f"Damage {seed} ends in a traceback.") from error
    print(f"{count} times whole tables damaged: {outcomes['told']} told, {outcomes['compiled']} compiled and loaded, no traceback.")


if __name__ == "__main__":
    main()
