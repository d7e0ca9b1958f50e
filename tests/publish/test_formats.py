"""Stata, Excel and zip: read back and compared, the same bytes twice."""

import gzip
import hashlib
import io
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pandas as pd
import polars as pl
import pytest

from scripts.package import contract
from scripts.package.contract import ROOT, Contract, Field, Table
from scripts.publish import formats


@pytest.fixture(scope="module")
def held() -> Contract:
    return contract.product()


@pytest.fixture(scope="module")
def product(product: dict[str, pl.DataFrame], held: Contract) -> dict[str, pl.DataFrame]:
    """The derived tables too, as committed."""
    derived = {name: formats.read((ROOT / "build" / f"{name}.csv").read_bytes(), table) for name, table in held.derived.items()}
    return product | derived


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


@pytest.fixture
def small() -> Contract:
    """A table with a column of each type."""
    kinds = {"key": "string", "number": "number", "count": "integer", "given": "boolean", "day": "date", "old": "date", "kind": "string"}
    fields = [{"name": name, "type": type_, "title": name.title(), "description": f"{name} it is."} for name, type_ in kinds.items()]
    fields[0]["constraints"] = {"required": True}
    fields[-1] |= {"constraints": {"enum": ["a", "b"]}, "enumLabels": {"a": "a", "b": "B it is."}, "example": "b"}
    spec = {"name": "t", "title": "T", "schema": {"primaryKey": ["key"], "fields": fields}}
    return Contract({"name": "x", "title": "X", "version": "1.2.0", "created": "2026-02-03T00:00:00Z"}, {"t": Table(spec, "build/t.csv")})


SMALL = b"key,number,count,given,day,old,kind\n2022-05-18,0.5,3,true,2022-05-18,1899-01-02,b\nx,,,,,1950-01-02,\n"


def test_all_files_of_a_folder(small: Contract, tmp_path: Path) -> None:
    """A Stata file a table and one workbook; a text that looks like a day stays the text that it is."""
    (tmp_path / "t.csv").write_bytes(SMALL)
    frame = formats.read(SMALL, small["t"])
    assert frame["key"].to_list() == ["2022-05-18", "x"] and frame["day"].to_list() == [date(2022, 5, 18), None]
    assert formats.all_files(tmp_path, small) == {
        "stata/t.dta": formats.stata(frame, small["t"], small),
        "x-1.2.0.xlsx": formats.excel({"t": frame}, small),
    }


def test_workbook_says_what_it_is_and_every_sheet_can_be_filtered(small: Contract) -> None:
    """Headings stay in view; a column with a day before Excel's calendar holds all its days as text; the version's day is its date."""
    book = openpyxl.load_workbook(io.BytesIO(formats.excel({"t": formats.read(SMALL, small["t"])}, small)))
    front, sheet = book["codebook"], book["t"]
    assert (front["A1"].value, front["A2"].value[:13]) == ("X 1.2.0", "An empty cell")
    assert [cell.value for cell in front[4]] == ["table", "column", "type", "required", "label", "meaning", "values", "example"]
    output = list(front.iter_rows(min_row=5, values_only=True))
    assert output[0] == ("t", "key", "string", "yes", "Key", "key it is.", "", "")
    assert output[-1] == ("t", "kind", "string", "", "Kind", "kind it is.", "a; b: B it is.", "b")
    assert (front.auto_filter.ref, front.freeze_panes) == ("A4:H11", "C5")
    assert (sheet.auto_filter.ref, sheet.freeze_panes) == ("A1:G3", "B2")
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert rows[0] == ("2022-05-18", 0.5, 3, True, datetime(2022, 5, 18), "1899-01-02", "b")
    assert rows[1] == ("x", None, None, None, None, "1950-01-02", None)
    assert sheet["E2"].number_format == "yyyy-mm-dd" and all(cell.font.bold for cell in [*sheet[1], *front[4], front["A1"]])
    assert (book.properties.title, book.properties.description) == ("X", "Version 1.2.0")
    assert book.properties.created == datetime(2026, 2, 3)


def test_excel_begins_with_its_first_day(small: Contract) -> None:
    """Excel takes 1900 for a leap year: from the first of March 1900 on its days are right."""
    for day, held in (("1900-03-01", datetime(1900, 3, 1)), ("1900-02-28", "1900-02-28")):
        frame = formats.read(SMALL.replace(b"1899-01-02", day.encode()), small["t"])
        assert openpyxl.load_workbook(io.BytesIO(formats.excel({"t": frame}, small)))["t"]["F2"].value == held


def test_longest_text_of_a_cell_fits(held: Contract) -> None:
    assert formats._fitting("x" * 32767, held["retired"], "note")
    with pytest.raises(ValueError, match="of 32768 characters"):
        formats._fitting("x" * 32768, held["retired"], "note")


def test_stata_numbers_its_labels_and_keeps_within_its_lengths(small: Contract) -> None:
    """Values from 1 in the order of the contract; longer titles than Stata takes are cut, never refused."""
    small.spec["title"] = "X" * 100
    small["t"].fields["kind"].spec["title"] = "K" * 100
    content = formats.stata(formats.read(SMALL, small["t"]), small["t"], small)
    with pd.io.stata.StataReader(io.BytesIO(content)) as reader:
        assert reader.read(convert_categoricals=False)["kind"].fillna(0).to_list() == [2, 0]
        assert reader.value_labels() == {"given": {0: "false", 1: "true"}, "kind": {1: "a", 2: "b"}}
        assert reader.variable_labels()["kind"] == "K" * 80 and reader.data_label == "X" * 80
        assert reader.time_stamp == "03 Feb 2026 00:00"


def test_a_text_of_the_fixed_width_stays_fixed(small: Contract) -> None:
    """A longer one, counted in bytes, makes its column one of any length."""
    for text, kind in (("x" * 2045, "2045"), ("é" * 1022, "2044"), ("é" * 1023, "strL")):
        frame = formats.read(SMALL, small["t"]).with_columns(key=pl.lit(text))
        with pd.io.stata.StataReader(io.BytesIO(formats.stata(frame, small["t"], small))) as reader:
            assert reader.read()["key"].to_list() == [text] * 2
            assert str(reader._typlist[0]).replace("Q", "strL") == kind


FIXED = {((1980, 1, 1, 0, 0, 0), 3, 0o100644 << 16)}


def test_zip_is_sorted_compressed_and_without_a_date_of_its_own() -> None:
    """What would differ from machine to machine is fixed: order, encoder, days and modes. What gets no smaller is stored."""
    text, noise = b"text " * 999, bytes(range(256))
    content = formats.zipped({"b": text, "a/c": noise, "é": b""}, folder="x/")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        held = archive.infolist()
        assert [(i.filename, archive.read(i), i.compress_type) for i in held] == [
            ("x/a/c", noise, zipfile.ZIP_STORED),
            ("x/b", text, zipfile.ZIP_DEFLATED),
            ("x/é", b"", zipfile.ZIP_STORED),
        ]
        assert {(i.date_time, i.create_system, i.external_attr) for i in held} == FIXED
    assert len(content) < 700


def test_other_programs_read_the_zip(tmp_path: Path) -> None:
    if shutil.which("unzip") is None:
        pytest.skip("unzip is not installed")
    (tmp_path / "a.zip").write_bytes(formats.zipped({"b": b"text " * 999, "a/c": b"1", "none": b""}))
    done = subprocess.run(["unzip", "-t", tmp_path / "a.zip"], capture_output=True, text=True, check=False)
    assert not done.returncode and "No errors detected" in done.stdout, done.stdout


def test_an_office_document_keeps_its_order() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("first", "a"):
            archive.writestr(name, name * 99)
    with zipfile.ZipFile(io.BytesIO(formats.recompressed(buffer.getvalue()))) as archive:
        assert [archive.read(name) for name in archive.namelist()] == [b"first" * 99, b"a" * 99]
        assert {(i.date_time, i.create_system, i.external_attr) for i in archive.infolist()} == FIXED


def test_the_encoder_is_the_one_in_the_lock() -> None:
    """Another version may pack otherwise: a release that was made with this one would then be made anew with other bytes."""
    text = "".join(f"{n},{n * n % 9973},{'RUS' if n % 7 else 'FRA'}\n" for n in range(20_000)).encode()
    made = [hashlib.sha256(content).hexdigest()[:16] for content in (formats.zipped({"a": text}), formats.gzipped(text))]
    assert made == ["dc0f410f1a306c84", "dd0e51e2cacc3497"]


def test_a_panel_has_three_forms_of_the_same_rows(small: Contract) -> None:
    """Without a name or a time in the gzip file."""
    frame, table = formats.read(SMALL, small["t"]), Table(small["t"].spec | {"name": "p"}, "p.csv.gz")
    files = formats.panel(frame, table, small)
    assert list(files) == ["p.csv.gz", "parquet/p.parquet", "stata/p.dta"]
    assert files["p.csv.gz"][3:8] == bytes(5)
    assert pl.read_parquet(io.BytesIO(files["parquet/p.parquet"])).equals(frame)
    assert formats.read(gzip.decompress(files["p.csv.gz"]).replace(b"TRUE", b"true"), table).equals(frame)
    assert len(pd.read_stata(io.BytesIO(files["stata/p.dta"]))) == 2


def test_same_bytes_in_any_zone_and_locale() -> None:
    code = (
        "import hashlib, polars as pl; from scripts.package import contract; from scripts.publish import formats; c = contract.product();"
        "t = c['retired']; f = pl.DataFrame({n: ['a', None] for n in t.columns});"
        "x = {n: pl.DataFrame(schema=s.columns) for n, s in c.tables.items()} | {'retired': f};"
        "made = formats.stata(f, t, c), formats.excel(x, c), formats.zipped({'b': b'1', 'a': b'2'});"
        "print(*(hashlib.sha256(content).hexdigest() for content in made))"
    )
    output = set()
    for zone, locale in (("UTC", "C.UTF-8"), ("Pacific/Auckland", "C")):
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env=os.environ | {"TZ": zone, "LC_ALL": locale},
            capture_output=True,
            text=True,
            check=True,
        )
        output.add(done.stdout)
    assert len(output) == 1
