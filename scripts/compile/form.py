"""``make check-sheet``: a workbook on which somebody codes drawn statements and dossiers from their pages, seeing nothing of our coding."""

import io
import os
import re
from datetime import datetime
from typing import Any

import polars as pl

from scripts.compile.asked import GIVEN, PAGE, Asked, asked
from scripts.compile.codings import filled
from scripts.compile.sample import ASKED
from scripts.package.contract import Field
from scripts.package.store import RefusedError, command

FILE = "build/check-sheet.xlsx"
WIDTHS = {"unit": 15, "expeller": 18, "target": 18, "year": 6, "publisher": 18, "title": 50, "published": 12, "address": 40}
# What Excel takes of a prompt.
PROMPT = 255
ABOUT = """\
Code each row from its page, with the rules on the sheet "rules", before you look at anything of this dataset.
Of a decision all pages are on the sheet "pages". Where a page tells of several decisions between the two, the year says which is meant.
Write days as YYYY-MM-DD, or YYYY-MM or YYYY where no more is known; several grounds with a space between them. Change nothing else.
Leave a row empty whose page does not open. A row counts as done, and its empty cells then say that the page gives nothing, if these are filled:
{required}. Of a row that is only begun the filled cells count.\
"""


def rules(manual: str, column: str) -> str:
    """The points and paragraphs of the coding manual that name a column in backticks."""
    points = [" ".join(point.removeprefix("- ").split()) for point in re.split(r"\n(?=- )|\n\n", manual)]
    return "\n".join(point for point in points if f"`{column}`" in point and not point.startswith("|"))


def workbook(source: Asked, rows: dict[str, pl.DataFrame]) -> bytes:
    """The form of some rows. Texts are texts: no cell is a formula, none but an address a link."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as book:
        created = datetime.fromisoformat(source.product.spec["created"].replace("Z", "+00:00")).replace(tzinfo=None)
        book.set_properties({"title": "Check sheet", "created": created})
        forms = {
            "bold": book.add_format({"bold": True}),
            "text": book.add_format({"num_format": "@"}),
            "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        }
        _about(book.add_worksheet("about"), source, rows, forms)
        for kind, frame in rows.items():
            _to_fill(book.add_worksheet(kind), frame, GIVEN[kind], source.fields(kind), forms)
        _to_fill(book.add_worksheet("pages"), source.pages(rows["dossiers"]), ["unit", *PAGE], {}, forms)
        _rules(book.add_worksheet("rules"), source, forms)
    return buffer.getvalue()


def _about(sheet: Any, source: Asked, rows: dict[str, pl.DataFrame], forms: dict[str, Any]) -> None:
    """The facts that the form is known again by, in the first rows, then how to fill it."""
    facts = {
        "version": source.product.version,
        "fingerprint": source.fingerprint(rows),
        "seed": source.seed,
        **{kind: str(frame.height) for kind, frame in rows.items()},
    }
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 120)
    for line, (name, value) in enumerate(facts.items()):
        sheet.write_string(line, 0, name, forms["bold"])
        sheet.write_string(line, 1, value)
    required = "; ".join(f"of {kind} {', '.join(source.required(kind))}" for kind in rows)
    for line, text in enumerate(ABOUT.format(required=required).split("\n"), len(facts) + 1):
        sheet.write_string(line, 1, text, forms["wrap"])


def _to_fill(sheet: Any, frame: pl.DataFrame, given: list[str], fields: dict[str, Field], forms: dict[str, Any]) -> None:
    """What is given, then empty cells with what may stand in them."""
    sheet.freeze_panes(1, 1)
    for k, name in enumerate([*given, *fields]):
        sheet.write_string(0, k, name, forms["bold"])
        sheet.set_column(k, k, WIDTHS.get(name, 16), forms["text"] if name in fields else None)
    for line, cells in enumerate(frame.select(given).iter_rows(), 1):
        for k, (name, cell) in enumerate(zip(given, cells, strict=True)):
            if name == "address" and sheet.write_url(line, k, cell, string=cell) == 0:
                continue
            if cell is not None:
                sheet.write_string(line, k, cell)
    for k, field in enumerate(fields.values(), len(given)):
        if frame.height:
            sheet.data_validation(1, k, frame.height, k, _permitted(field))


def _permitted(field: Field) -> dict[str, Any]:
    """A drop-down list where the contract has one, and what the column means."""
    listed = field.enum or (["yes", "no"] if field.type == "boolean" else [])
    members = f" One or more of: {' '.join(field.spec['list'])}." if "list" in field.spec else ""
    prompt = {"input_title": field.spec["title"][:32], "input_message": (members.strip() or field.spec["description"])[:PROMPT]}
    error = {"error_title": field.name, "error_message": "Choose one of the list, or leave the cell empty."}
    return prompt | ({"validate": "list", "source": listed, **error} if listed else {"validate": "any"})


def _rules(sheet: Any, source: Asked, forms: dict[str, Any]) -> None:
    """Each column's meaning, values and rules, as descriptor and manual have them, then the manual whole."""
    manual = (source.root / "raw" / "README.md").read_text(encoding="utf-8")
    columns = {name: field for kind in ASKED for name, field in source.fields(kind).items()}
    for k, (head, width) in enumerate({"column": 18, "meaning": 50, "values": 50, "rules": 120}.items()):
        sheet.write_string(0, k, head, forms["bold"])
        sheet.set_column(k, k, width, forms["wrap"])
    for line, (name, field) in enumerate(columns.items(), 1):
        values = field.labels or {member: source.product["statements"].fields[f"{name.removesuffix('s')}_{member}"].spec["description"] for member in field.spec.get("list", [])}  # fmt: skip
        output = "\n".join(value if label == value else f"{value}: {label}" for value, label in values.items())
        for k, text in enumerate([name, f"{field.spec['title']}. {field.spec['description']}", output, rules(manual, name)]):
            sheet.write_string(line, k, text, forms["wrap"])
    for line, text in enumerate(manual.split("\n"), len(columns) + 3):
        sheet.write_string(line, 3, text)
    sheet.freeze_panes(1, 1)


def main() -> None:
    """Write the form that the variables SHEET_N and SHEET_SEED of the environment ask for, unless it lies there filled."""
    with command("check-sheet") as store:
        number, seed = os.environ.get("SHEET_N") or "60", os.environ.get("SHEET_SEED") or "1"
        if not re.fullmatch("[1-9][0-9]{0,5}", number):
            raise RefusedError(f"N={number!r} is no number from 1 up.")
        if (store.root / FILE).exists() and filled(store.root / FILE):
            raise RefusedError(f"{FILE} is filled, in part at least.", "Nothing was changed. Move it elsewhere, then run it again.")
        source = asked(store.root, seed)
        rows = source.drawn(int(number))
        store.commit({FILE: workbook(source, rows)})
        store.message = f"{FILE}: " + ", ".join(f"{frame.height} {kind}" for kind, frame in rows.items())


if __name__ == "__main__":
    main()
