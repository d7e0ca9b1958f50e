"""The tables as Stata files and as an Excel workbook: the same bytes for the same tables, everywhere and always."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import deflate
import polars as pl

from scripts.package.contract import POLARS, Contract, Field, Table
from scripts.package.store import csv_bytes, parquet_bytes

if TYPE_CHECKING:
    import pandas as pd

# libdeflate's: the next ones take three and ten times as long to save some 2 and 5 % more.
LEVEL = 9
STATA_LABEL = 80
# Excel takes the year 1900 for a leap year and knows no day before it.
FIRST_EXCEL_DAY = date(1900, 3, 1)
EXCEL_CELL = 32767
YES_NO = {0: "false", 1: "true"}


def created(contract: Contract) -> datetime:
    """Day of the version, by its descriptor, without a time zone."""
    return datetime.fromisoformat(contract.spec["created"].replace("Z", "+00:00")).replace(tzinfo=None)


def read(content: bytes, table: Table) -> pl.DataFrame:
    """A CSV of the package as a frame in the contract's types."""
    schema = {name: POLARS[field.type] for name, field in table.fields.items()}
    return pl.read_csv(io.BytesIO(content), schema=schema)


# --- Stata ---------------------------------------------------------------------------------------------------------------


def stata(frame: pl.DataFrame, table: Table, contract: Contract) -> bytes:
    """A .dta file (format 118, Stata 14 and later): titles as variable labels, enums and booleans as labelled numbers.

    Enum values are numbered from 1 in the order of the contract, their label being the value as in the CSV. Missing numbers
    and days are Stata's ``.``; Stata has no missing text but the empty one. Texts of more than 2,045 bytes become strL by pandas' own rule.
    """
    import pandas as pd

    columns = {name: _stata_column(frame[name], field, pd) for name, field in table.fields.items()}
    buffer = io.BytesIO()
    pd.DataFrame(columns).to_stata(
        buffer,
        write_index=False,
        version=118,
        time_stamp=created(contract),
        data_label=f"{contract.spec['title']} {contract.version}: {table.spec['title']}"[:STATA_LABEL],
        variable_labels={name: field.spec["title"][:STATA_LABEL] for name, field in table.fields.items()},
        value_labels={name: labels for name, field in table.fields.items() if (labels := value_labels(field))},
        convert_dates={name: "td" for name, field in table.fields.items() if field.type == "date"},
    )
    return buffer.getvalue()


def value_labels(field: Field) -> dict[int, str]:
    """Number to label of a column that Stata holds as labelled numbers; empty for others."""
    if field.type == "boolean":
        return YES_NO
    return dict(enumerate(field.enum, 1))


def _stata_column(column: pl.Series, field: Field, pd: Any) -> "pd.Series[Any]":
    if field.type == "date":
        return pd.Series(column.cast(pl.Datetime("ns")).to_numpy(), dtype="datetime64[ns]")
    if field.type == "number":
        return pd.Series(column.to_list(), dtype="float64")
    if field.enum:
        numbers = {label: number for number, label in value_labels(field).items()}
        return pd.Series([numbers.get(value) for value in column], dtype="Int16")
    if field.type in ("integer", "boolean"):
        return pd.Series(column.to_list(), dtype="Int32" if field.type == "integer" else "boolean").astype("Int32")
    return pd.Series(column.fill_null("").to_list(), dtype="object")


# --- Excel ---------------------------------------------------------------------------------------------------------------


def excel(frames: Mapping[str, pl.DataFrame], contract: Contract) -> bytes:
    """A workbook with a sheet a table and a codebook in front. Text is stored as text: no cell is a formula or a link."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({"title": contract.spec["title"], "comments": f"Version {contract.version}", "created": created(contract)})
        bold, day = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        _codebook(book.add_worksheet("codebook"), contract, bold)
        for name, table in contract.tables.items():
            _sheet(book.add_worksheet(name), frames[name], table, bold, day)
    return recompressed(buffer.getvalue())


def _codebook(sheet: Any, contract: Contract, bold: Any) -> None:
    head = ["table", "column", "type", "required", "label", "meaning", "values", "example"]
    sheet.set_column(0, 1, 22)
    sheet.set_column(5, 6, 70)
    sheet.write_string(0, 0, f"{contract.spec['title']} {contract.version}", bold)
    note = "An empty cell means that nothing was published or found. Columns with a day before March 1900 hold days as text."
    sheet.write_string(1, 0, note)
    for k, text in enumerate(head):
        sheet.write_string(3, k, text, bold)
    rows = [(table.name, *_described(field)) for table in contract.tables.values() for field in table.fields.values()]
    for line, cells in enumerate(rows, 4):
        for k, text in enumerate(cells):
            sheet.write_string(line, k, text)
    sheet.freeze_panes(4, 2)
    sheet.autofilter(3, 0, 3 + len(rows), len(head) - 1)


def _described(field: Field) -> tuple[str, ...]:
    spec = field.spec
    required = "yes" if field.required else ""
    return field.name, field.type, required, spec["title"], spec["description"], _values(field), str(spec.get("example", ""))


def _values(field: Field) -> str:
    return "; ".join(value if label == value else f"{value}: {label}" for value, label in field.labels.items())


def _sheet(sheet: Any, frame: pl.DataFrame, table: Table, bold: Any, day: Any) -> None:
    sheet.set_column(0, len(table.columns) - 1, 16)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, frame.height, len(table.columns) - 1)
    for k, (name, field) in enumerate(table.fields.items()):
        sheet.write_string(0, k, name, bold)
        column = frame[name]
        as_text = field.type == "date" and column.min() is not None and column.min() < FIRST_EXCEL_DAY  # type: ignore[operator]
        for line, value in enumerate(column, 1):
            if value is None:
                continue
            if field.type == "boolean":
                sheet.write_boolean(line, k, value)
            elif field.type in ("integer", "number"):
                sheet.write_number(line, k, value)
            elif field.type == "date" and not as_text:
                sheet.write_datetime(line, k, value, day)
            else:
                sheet.write_string(line, k, _fitting(str(value), table, name))


def _fitting(text: str, table: Table, column: str) -> str:
    if len(text) > EXCEL_CELL:
        raise ValueError(f"{table.name}.{column} holds a text of {len(text)} characters; an Excel cell takes {EXCEL_CELL}.")
    return text


# --- zip -----------------------------------------------------------------------------------------------------------------


def zipped(files: Mapping[str, bytes], folder: str = "") -> bytes:
    """A zip of files, sorted, with fixed dates and modes, compressed by the encoder in the lock: that of ``zipfile`` is the machine's.

    Raises struct.error beyond 4 GiB or 65,535 files.
    """
    return _archived({folder + name: files[name] for name in sorted(files)})


def recompressed(content: bytes) -> bytes:
    """A zip anew, its order kept where readers rely on it (an office document begins with its content types)."""
    with zipfile.ZipFile(io.BytesIO(content)) as old:
        return _archived({name: old.read(name) for name in old.namelist()})


def _archived(files: Mapping[str, bytes]) -> bytes:
    """The zip format by hand: ``zipfile`` takes no member that is compressed already."""
    body, directory = bytearray(), bytearray()
    for name, content in files.items():
        packed = bytes(deflate.deflate_compress(content, LEVEL))
        method, held = (zipfile.ZIP_DEFLATED, packed) if len(packed) < len(content) else (zipfile.ZIP_STORED, content)
        path, sizes = name.encode(), (len(held), len(content))
        # Version 2.0; UTF-8 where a name needs it; no hour on the first day that there is: a release's own day stands in its descriptor.
        shared = struct.pack("<5H3L2H", 20, 0 if name.isascii() else 1 << 11, method, 0, 33, zlib.crc32(content), *sizes, len(path), 0)
        # Made under Unix, which has modes.
        directory += b"PK\1\2" + struct.pack("<H", 3 << 8 | 20) + shared + struct.pack("<3H2L", 0, 0, 0, 0o100644 << 16, len(body)) + path
        body += b"PK\3\4" + shared + path + held
    end = struct.pack("<4H2LH", 0, 0, len(files), len(files), len(directory), len(body), 0)
    return bytes(body + directory) + b"PK\5\6" + end


def gzipped(content: bytes) -> bytes:
    """A gzip file without name and time."""
    return bytes(deflate.gzip_compress(content, LEVEL))


def all_files(folder: Path, contract: Contract) -> dict[str, bytes]:
    """Stata files and workbook of the CSVs in ``folder``, by their path in a release."""
    frames = {name: read((folder / Path(table.file).name).read_bytes(), table) for name, table in contract.tables.items()}
    files = {f"stata/{name}.dta": stata(frames[name], table, contract) for name, table in contract.tables.items()}
    return files | {f"{contract.spec['name']}-{contract.version}.xlsx": excel(frames, contract)}


def panel(frame: pl.DataFrame, table: Table, contract: Contract) -> dict[str, bytes]:
    """A panel that is no table of the package, since it would fill the repository: as Parquet, compressed CSV and Stata file, by path."""
    return {
        f"{table.name}.csv.gz": gzipped(csv_bytes(frame, contract.truth)),
        f"parquet/{table.name}.parquet": parquet_bytes(frame),
        f"stata/{table.name}.dta": stata(frame, table, contract),
    }
