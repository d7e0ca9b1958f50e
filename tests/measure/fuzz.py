"""Fuzzing of the raw reader: whatever the bytes, it reports problems or reads what csv.reader reads, and never fails.

``make fuzz`` runs this under atheris in an environment of its own (the library has wheels for few versions of
Python); ``tests/compile/test_fuzz.py`` drives the same function with hypothesis.
"""

import csv
import inspect
import io
import os
import sys
import tempfile
from pathlib import Path

import polars as pl

from scripts.compile import cells, checks, reader
from scripts.compile.problems import Problems
from scripts.package import contract

ROWS = 3
RAW = contract.raw()
NAMES = sorted(RAW.tables)
SAMPLES = {
    name: b"".join((contract.ROOT / table.file).read_bytes().splitlines(keepends=True)[: ROWS + 1]) for name, table in RAW.tables.items()
}
KNOWN = reader._known_spellings(*(reader._text(RAW[name], contract.ROOT, Problems()) for name in reader.SPELLERS))
HELD = tempfile.TemporaryDirectory(dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None)
PLACE = Path(HELD.name)
(PLACE / "raw").mkdir()


def examine(name: str, content: bytes) -> Problems:
    """Read one table of this content; raises AssertionError if what was accepted is not what csv.reader reads."""
    table, problems = RAW[name], Problems()
    path = PLACE / table.file
    path.write_bytes(content)
    text = reader._text(table, PLACE, problems)
    torn = bool(problems.frames)
    typed = cells.typed(table, text, KNOWN, problems)
    checks.check_keys(table, typed, problems)
    result = problems.all()
    assert result.filter(pl.col("line") < 1).is_empty()
    assert all(line.startswith(f"{table.file}:") for line in problems.lines(20))
    assert len(problems.report().splitlines()) >= result.height
    if not torn:
        expected = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))[1:]
        assert [["" if c is None else c for c in row] for row in text.select(table.columns).iter_rows()] == expected
    return problems


def mutated(data: bytes) -> tuple[str, bytes]:
    """A table's name and its first rows with the rest of ``data`` spliced in: byte 0 the table, 1–4 where and how much is cut."""
    name = NAMES[data[0] % len(NAMES)] if data else NAMES[0]
    if len(data) < 6:
        return name, data[1:]
    sample = SAMPLES[name]
    place = int.from_bytes(data[1:3], "big") % (len(sample) + 1)
    cut = data[3] % 32
    return name, data[5:] if data[4] > 250 else sample[:place] + data[5:] + sample[place + cut :]


def main() -> None:
    """Run atheris; its options follow, as in ``-runs=200000``: it takes what is no number for none, tries nothing and succeeds."""
    for runs in (option.removeprefix("-runs=") for option in sys.argv[1:] if option.startswith("-runs=")):
        if not runs.isdecimal() or int(runs) < 1:
            raise SystemExit(f'fuzz: "{runs}" is no number of inputs. Write digits, as in make fuzz RUNS=200000.')
    import atheris

    for function in filter(inspect.isfunction, vars(reader).values()):
        atheris.instrument_func(function)
    atheris.Setup(sys.argv, lambda data: (examine(*mutated(data)), None)[1])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
