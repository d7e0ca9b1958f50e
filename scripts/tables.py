"""``raw/*.csv`` to ``build/*.csv`` and ``build/*.parquet``: read strictly, check, compile, commit as one."""

import io
from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import IO

import polars as pl

from scripts import changes, contract, curation, history, journal, reader
from scripts.problem import Problems
from scripts.product import compile_product, shaped
from scripts.reliability import compile_reliability

PROBLEMS = Path("build") / "validation" / "problems.txt"


def compiled(root: Path = contract.ROOT, today: date | None = None) -> dict[str, pl.DataFrame]:
    """The product's tables out of ``root``/raw. Ends the run, all problems printed, if a curator has to mend any.

    Tables are held against each other only if each row of each could be read.
    """
    problems = Problems()
    raw = reader.read(problems, root)
    whole = root / PROBLEMS
    if problems.torn:
        problems.stop(whole)
    tables, expulsions = compile_product(raw)
    curation.check(raw, expulsions, today or date.today(), problems)
    problems.stop(whole)
    tables["reliability"] = compile_reliability(raw)
    corrections = raw["corrections"]
    raw.clear()
    product, released = contract.product(root), history.latest(root)
    tables = shaped(tables, product)
    current = {name: csv_bytes(frame) for name, frame in tables.items()} if released else {}
    changed = changes.so_far(product, current, released, corrections)
    return {name: tables.get(name, changed) for name in product.tables}


def write_csv(frame: pl.DataFrame, file: IO[bytes]) -> None:
    """RFC 4180 with LF line ends; empty for missing; booleans as true and false."""
    frame.write_csv(file)


def write_parquet(frame: pl.DataFrame, file: IO[bytes]) -> None:
    """Parquet, the same bytes for the same frame."""
    frame.write_parquet(file, compression="zstd", statistics=True)


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """A frame as the bytes of its CSV."""
    buffer = io.BytesIO()
    write_csv(frame, buffer)
    return buffer.getvalue()


def parquet_bytes(frame: pl.DataFrame) -> bytes:
    """A frame as the bytes of its Parquet file."""
    buffer = io.BytesIO()
    write_parquet(frame, buffer)
    return buffer.getvalue()


def main() -> None:
    """Compile and commit all tables; report how many rows each has."""
    with history.refusals("tables"), journal.command("tables") as store:
        tables = compiled()
        files = {f"{name}.csv": partial(write_csv, frame) for name, frame in tables.items()}
        files |= {f"{name}.parquet": partial(write_parquet, frame) for name, frame in tables.items()}
        told = counted(tables, store.build)
        store.commit(files)
        store.told = told


def counted(tables: Mapping[str, pl.DataFrame], build: Path) -> str:
    """How many rows each table has, and how many fewer than the one that lies in ``build``: rows are lost by mistake only."""
    heights = {name: frame.height for name, frame in tables.items() if frame.height or _rows(build / f"{name}.csv") > 0}
    lost = {name: _rows(build / f"{name}.csv") - height for name, height in heights.items()}
    return ", ".join(
        f"{height} {name}" + (f" ({lost[name]} fewer than before)" if lost[name] > 0 else "") for name, height in heights.items()
    )


def _rows(path: Path) -> int:
    """Number of rows of a CSV that a build wrote: its cells hold no line ends."""
    return path.read_bytes().count(b"\n") - 1 if path.exists() else 0


if __name__ == "__main__":
    main()
