"""Stata, Excel and zip: read back and compared, the same bytes twice."""

import io
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime

import openpyxl
import pandas as pd
import polars as pl
import pytest

from scripts import contract, formats
from scripts.contract import ROOT, Contract, Field, Table


@pytest.fixture(scope="module")
def held() -> Contract:
    return contract.product()


@pytest.fixture(scope="module")
def workbook(product: dict[str, pl.DataFrame], held: Contract) -> bytes:
    return formats.excel(product, held)


def _cells(column: pl.Series, field: Field) -> list[object]:
    """What Stata should give back for a column."""
    if field.type == "boolean":
        return [None if value is None else str(value).lower() for value in column]
    return ["" if value is None and field.type == "string" and not field.enum else value for value in column]


def test_stata_holds_every_cell_with_labels_and_missing_values(product: dict[str, pl.DataFrame], held: Contract) -> None:
    for name, table in held.tables.items():
        with pd.io.stata.StataReader(io.BytesIO(formats.stata(product[name], table, held))) as reader:
            back = reader.read()
            assert reader.variable_labels() == {n: f.spec["title"] for n, f in table.fields.items()}
            labels = reader.value_labels()
            assert reader.data_label.startswith(f"Diplomatic Expulsions {held.version}: ")
        assert list(back.columns) == table.columns
        for column, field in table.fields.items():
            given = [None if pd.isna(v) else v.date() if field.type == "date" else v for v in back[column]]
            assert given == _cells(product[name][column], field), f"{name}.{column}"
            if field.enum and product[name].height:
                assert list(labels[column].values()) == field.enum


def test_stata_keeps_texts_longer_than_its_fixed_width() -> None:
    spec = {"name": "t", "title": "T", "schema": {"primaryKey": ["a"], "fields": [{"name": "a", "type": "string", "title": "A"}]}}
    table = Table(spec, "t.csv")
    held = Contract({"title": "X", "version": "1.0.0", "created": "2026-01-01T00:00:00Z"}, {"t": table})
    text = "é" * 2000
    assert list(pd.read_stata(io.BytesIO(formats.stata(pl.DataFrame({"a": [text, None]}), table, held)))["a"]) == [text, ""]


def test_excel_holds_every_cell_and_no_formula(product: dict[str, pl.DataFrame], held: Contract, workbook: bytes) -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)
    assert book.sheetnames == ["codebook", *held.tables]
    for name in ("expulsions", "memberships", "dyads", "actors"):
        header, *rows = book[name].iter_rows(values_only=True)
        assert list(header) == held[name].columns
        for column, values in zip(header, zip(*rows, strict=True), strict=True):
            given = [v.date() if isinstance(v, datetime) else v for v in values]
            wanted = product[name][column].to_list()
            if any(isinstance(v, date) and v < formats.FIRST_EXCEL_DAY for v in wanted):
                wanted = [None if v is None else str(v) for v in wanted]
            assert given == wanted, f"{name}.{column}"


def test_excel_never_runs_a_cell(held: Contract) -> None:
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "{=1}", "http://example.org", "internal:x", "12"]
    table = held["retired"]
    frames = {n: pl.DataFrame(schema=t.columns) for n, t in held.tables.items()}
    frames["retired"] = pl.DataFrame({"expulsion_id": evil, "replaced_by": evil, "note": evil})
    content = formats.excel(frames, held)
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for row in book["retired"].iter_rows(min_row=2) for cell in row]
    assert len(cells) == len(evil) * len(table.columns)
    assert [cell.value for cell in cells] == [text for text in evil for _ in table.columns]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert not [n for n in archive.namelist() if n.startswith("xl/worksheets/") and b"<f>" in archive.read(n)]
        assert not [n for n in archive.namelist() if "hyperlink" in archive.read(n).decode()]


def test_excel_codebook_describes_every_column(held: Contract, workbook: bytes) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(workbook), read_only=True)["codebook"]
    rows = {row[:2]: row for row in sheet.iter_rows(min_row=5, values_only=True)}
    assert set(rows) == {(t.name, c) for t in held.tables.values() for c in t.columns}
    assert rows["expulsions", "expeller"][5] == held["expulsions"].fields["expeller"].spec["description"]


def test_a_text_too_long_for_a_cell_is_an_error(held: Contract) -> None:
    with pytest.raises(ValueError, match=r"retired\.note holds a text of 40000 characters"):
        formats._fitting("x" * 40000, held["retired"], "note")


def test_same_bytes_in_any_zone_and_locale() -> None:
    code = (
        "import hashlib, polars as pl; from scripts import contract, formats; c = contract.product();"
        "t = c['retired']; f = pl.DataFrame({n: ['a', None] for n in t.columns});"
        "x = {n: pl.DataFrame(schema=s.columns) for n, s in c.tables.items()} | {'retired': f};"
        "made = formats.stata(f, t, c), formats.excel(x, c), formats.zipped({'b': b'1', 'a': b'2'});"
        "print(*(hashlib.sha256(content).hexdigest() for content in made))"
    )
    told = set()
    for zone, locale in (("UTC", "C.UTF-8"), ("Pacific/Auckland", "C")):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"TZ": zone, "LC_ALL": locale},
            capture_output=True,
            text=True,
            check=True,
        )
        told.add(done.stdout)
    assert len(told) == 1
