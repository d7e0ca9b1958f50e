"""Content fingerprints: the same for the same rows, whatever their order, the platform and the format that held them.

The fingerprint of a table, or of a slice of it, is the SHA-256 of its UTF-8 CSV by RFC 4180: LF line ends, the header in the
contract's column order, quotes only where a cell needs them, empty for missing, TRUE and FALSE (true and false before 2.0.0), ISO 8601 days, numbers in
their shortest form, and the rows sorted bytewise as lines (no cell holds a line end, so a line is a row). That of a package is
the SHA-256 of one line ``<fingerprint>  <table>`` a table, sorted by the table's name.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from scripts.package.contract import POLARS, Contract, Table
from scripts.package.store import csv_bytes


def of_csv(content: bytes) -> str:
    """Fingerprint of a CSV in the package's form, its rows in any order."""
    header, *rows = content.removesuffix(b"\n").split(b"\n")
    return hashlib.sha256(b"\n".join([header, *sorted(rows)]) + b"\n").hexdigest()


def of_frame(frame: pl.DataFrame, table: Table, truth: tuple[str, str]) -> str:
    """Fingerprint of rows of ``table`` held as a frame; other columns than the contract's and the order do not matter.

    Raises polars.exceptions.PolarsError if a column is missing or holds what its type cannot.
    """
    shaped = frame.select(pl.col(name).cast(POLARS[field.type]) for name, field in table.fields.items())
    return of_csv(csv_bytes(shaped, truth))


def of_tables(tables: Mapping[str, str]) -> str:
    """Fingerprint of a package out of the fingerprints of its tables."""
    return hashlib.sha256("".join(f"{tables[name]}  {name}\n" for name in sorted(tables)).encode()).hexdigest()


def of_folder(folder: Path, contract: Contract) -> str:
    """Fingerprint of the package whose CSVs lie in ``folder``."""
    return of_tables({name: of_csv((folder / Path(table.file).name).read_bytes()) for name, table in contract.tables.items()})
