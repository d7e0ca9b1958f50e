"""``raw/*.csv`` to ``build/*.csv`` and ``build/*.parquet``: read strictly, check, compile, commit as one."""

import io
from datetime import date
from pathlib import Path

import polars as pl

from scripts import changes, contract, curation, history, journal, reader
from scripts.problem import Problems
from scripts.product import compile_product


def compiled(root: Path = contract.ROOT, today: date | None = None) -> dict[str, pl.DataFrame]:
    """The product's tables out of ``root``/raw. Ends the run, all problems printed, if a curator has to mend any.

    Tables are held against each other only if each row of each could be read.
    """
    problems = Problems()
    raw = reader.read(problems, root)
    if problems.torn:
        problems.stop()
    product = contract.product(root)
    tables, expulsions = compile_product(raw, product)
    curation.check(raw, expulsions, today or date.today(), problems)
    problems.stop()
    current = {name: csv_bytes(frame) for name, frame in tables.items()}
    return tables | {"changes": changes.so_far(product, current, history.latest(root), raw["corrections"])}


def csv_bytes(frame: pl.DataFrame) -> bytes:
    """RFC 4180 with LF line ends; empty for missing; booleans as true and false."""
    return frame.write_csv().encode()


def parquet_bytes(frame: pl.DataFrame) -> bytes:
    """Parquet, the same bytes for the same frame."""
    buffer = io.BytesIO()
    frame.write_parquet(buffer, compression="zstd", statistics=True)
    return buffer.getvalue()


def main() -> None:
    """Compile and commit all tables; report how many rows each has."""
    with history.refusals("tables"), journal.command("tables") as store:
        tables = compiled()
        files = {f"{name}.csv": csv_bytes(frame) for name, frame in tables.items()}
        files |= {f"{name}.parquet": parquet_bytes(frame) for name, frame in tables.items()}
        store.commit(files)
        store.told = ", ".join(f"{frame.height} {name}" for name, frame in tables.items() if frame.height)


if __name__ == "__main__":
    main()
