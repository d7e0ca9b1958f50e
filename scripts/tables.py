"""``raw/*.csv`` to ``build/*.csv`` and ``build/*.parquet``: read strictly, check, compile, commit as one."""

import io
from collections.abc import Iterator
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
    """The product's tables out of ``root``/raw. Ends the run, all problems printed, if a curator has to mend any."""
    return {name: frame.collect() for name, frame in each(root, today)}


def each(root: Path = contract.ROOT, today: date | None = None) -> Iterator[tuple[str, pl.LazyFrame]]:
    """The product's tables, one after the other, so that no two need be held in full; ends the run if anything is wrong.

    Tables are held against each other only if each row of each could be read.
    """
    problems, texts = Problems(), reader.Packed()
    raw = reader.read(problems, root, texts)
    whole = root / PROBLEMS
    if problems.torn:
        problems.stop(whole)
    tables, expulsions = compile_product(raw)
    curation.check(raw, expulsions, today or date.today(), problems)
    problems.stop(whole)
    tables["reliability"] = compile_reliability(raw)
    corrections = raw["corrections"]
    raw.clear()
    del expulsions
    product, released = contract.product(root), history.latest(root)
    current = {}
    for name in [name for name in product.tables if name in tables]:
        frame = tables.pop(name)
        if name in texts:
            whole_texts = reader.unpacked(texts.pop(name))
            frame = frame.drop(whole_texts.columns, strict=False).hstack(whole_texts)
            del whole_texts
        lazy = shaped(frame, product[name])
        del frame
        if released:
            current[name] = csv_bytes(lazy)
        yield name, lazy
        del lazy
    yield changes.SELF, changes.so_far(product, current, released, corrections).lazy()


def write_csv(frame: pl.LazyFrame, file: IO[bytes]) -> None:
    """RFC 4180 with LF line ends; empty for missing; booleans as true and false."""
    frame.sink_csv(file)


def write_parquet(frame: pl.LazyFrame, file: IO[bytes]) -> None:
    """Parquet, the same bytes for the same frame."""
    frame.sink_parquet(file, compression="zstd", statistics=True)


def csv_bytes(frame: pl.LazyFrame | pl.DataFrame) -> bytes:
    """A frame as the bytes of its CSV."""
    buffer = io.BytesIO()
    write_csv(frame.lazy(), buffer)
    return buffer.getvalue()


def parquet_bytes(frame: pl.LazyFrame | pl.DataFrame) -> bytes:
    """A frame as the bytes of its Parquet file."""
    buffer = io.BytesIO()
    write_parquet(frame.lazy(), buffer)
    return buffer.getvalue()


def main() -> None:
    """Compile and commit all tables; report how many rows each has."""
    with history.refusals("tables"), journal.command("tables") as store:
        told: list[str] = []
        store.commit(_files(store.build, told))
        store.told = ", ".join(filter(None, told))


def _files(build: Path, told: list[str]) -> Iterator[tuple[str, journal.Content]]:
    """Both files of each table; what is to be told of it goes into ``told``."""
    for name, frame in each():
        told.append(counted(name, frame.select(pl.len()).collect().item(), build))
        yield f"{name}.csv", partial(write_csv, frame)
        yield f"{name}.parquet", partial(write_parquet, frame)
        del frame


def counted(name: str, rows: int, build: Path) -> str:
    """How many rows a table has, and how many fewer than the one that lies in ``build``: rows are lost by mistake only."""
    before = _rows(build / f"{name}.csv")
    if not rows and not before:
        return ""
    return f"{rows} {name}" + (f" ({before - rows} fewer than before)" if before > rows else "")


def _rows(path: Path) -> int:
    """Number of rows of a CSV that a build wrote: its cells hold no line ends."""
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return sum(block.count(b"\n") for block in iter(partial(file.read, 1 << 20), b"")) - 1


if __name__ == "__main__":
    main()
