"""``make read-sheet``: what somebody coded on a form, read strictly, into ``raw/recodings.csv``; each difference from ours with its place."""

import csv
import io
import os
import re
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
from openpyxl.utils import get_column_letter

from scripts.compile.asked import GIVEN, GOLD, Asked, asked
from scripts.compile.cells import typed
from scripts.compile.problems import Problems
from scripts.compile.sample import ASKED
from scripts.compile.tidy import canonical
from scripts.package import contract
from scripts.package.contract import Table
from scripts.package.store import UNCHANGED, RefusedError, command

RECODINGS = "raw/recodings.csv"
FACTS = ["version", "fingerprint", "seed", *ASKED]
UNREAD = "Nobody has read the page again yet: ours stands."


class Workbook:
    """The sheets of a workbook as text, and where on them a problem is."""

    def __init__(self, path: Path) -> None:
        try:
            book = openpyxl.load_workbook(path)
        except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, openpyxl.utils.exceptions.InvalidFileException) as error:
            raise RefusedError(
                f"{path.name} is no Excel workbook ({str(error).rstrip('.')}).", f"{UNCHANGED} Save the form as .xlsx."
            ) from error
        self.name = path.name
        self.cells = {
            sheet.title: [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets
        }
        self.problems = Problems()

    def file(self, sheet: str) -> str:
        return f"{self.name}:{sheet}"

    def note(self, sheet: str, line: int, column: str, message: str) -> None:
        self.problems.note(self.file(sheet), line, column, message)

    def lines(self) -> list[str]:
        """Each problem as ``file:sheet:cell  what is wrong. What to do.``"""
        return [re.sub(r"^(.*?):([a-z]+):([0-9]+):(\w*)  ", self._cell, line, count=1) for line in self.problems.lines()]

    def _cell(self, match: "re.Match[str]") -> str:
        file, sheet, line, column = match.groups()
        return f"{file}:{sheet}:{self.place(sheet, int(line), column)}  "

    def place(self, sheet: str, line: int, column: str) -> str:
        """The name of a cell, of the first one where no column has the name."""
        head = self.cells[sheet][0] if self.cells.get(sheet) else []
        letter = column if re.fullmatch("[A-Z]+", column) else get_column_letter(head.index(column) + 1) if column in head else "A"
        return f"{letter}{line}"

    def facts(self) -> dict[str, str]:
        """What the form says of itself; a fact that is not there is noted."""
        held = {row[0]: row[1] for row in self.cells.get("about", []) if len(row) > 1 and row[0] and row[1]}
        for line, name in enumerate(FACTS, 1):
            if name not in held:
                self.note("about", line, "A", f"The form does not say its {name}. Restore it, or take a fresh form.")
        return {name: str(held.get(name)) for name in FACTS}

    def rows(self, kind: str) -> pl.DataFrame | None:
        """The rows of a sheet that hold anything, with their line; None where its columns are not the form's."""
        columns = [*GIVEN[kind], *ASKED[kind]]
        if not self.cells.get(kind):
            self.note(kind, 1, "A", "The sheet is missing. Restore it, or take a fresh form.")
            return None
        head, *body = self.cells[kind]
        for k, name in enumerate(head):
            if name is not None and (name not in columns or name in head[:k]):
                self.note(
                    kind,
                    1,
                    get_column_letter(k + 1),
                    f'"{name}" is no column of the form, or stands twice. Write its own name again, or remove it.',
                )
        for name in columns:
            if name not in head:
                self.note(kind, 1, "A", f'The column "{name}" is missing. Restore it.')
        for line, row in enumerate(body, 2):
            if any(cell is not None for k, cell in enumerate(row) if k >= len(head) or head[k] is None):
                self.note(kind, line, "A", "There is something in the row beside the form's columns. Remove it.")
        if not set(columns) <= set(head):
            return None
        cells = {name: [row[head.index(name)] for row in body] for name in columns}
        frame = pl.DataFrame(cells, schema=dict.fromkeys(columns, pl.String)).with_row_index("line", offset=2)
        return frame.filter(~pl.all_horizontal(pl.col(columns).is_null()))


def _text(cell: Any) -> str | None:
    """A cell as it would be typed: programs make days of what looks like one, and numbers have no decimals here."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, datetime) and cell.time() == datetime.min.time():
        return cell.date().isoformat()
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return None if cell is None or cell == "" else str(cell)


def filled(path: Path) -> bool:
    """Whether somebody has begun to fill a form."""
    book = Workbook(path)
    frames = [(ASKED[kind], book.rows(kind)) for kind in ASKED]
    # One that cannot be read may hold somebody's work.
    return any(rows is None or not rows.select(pl.all_horizontal(pl.col(names).is_null()).all()).item() for names, rows in frames)


# --- checks ----------------------------------------------------------------------------------------------------------


def checked(book: Workbook, facts: dict[str, str], source: Asked) -> dict[str, pl.DataFrame]:
    """The rows of each sheet; what is wrong with them is noted in the workbook's problems."""
    known = {kind: source.rows(kind) for kind in ASKED}
    rows = {kind: frame for kind in ASKED if (frame := book.rows(kind)) is not None}
    for kind, frame in rows.items():
        _check_units(book, kind, frame, known[kind], facts[kind])
        fields = [{**field.spec, "constraints": field.constraints | {"required": False}} for field in source.fields(kind).values()]
        table = Table({"name": kind, "schema": {"fields": fields, "primaryKey": []}}, book.file(kind))
        typed(
            table,
            frame.select(*ASKED[kind], pl.col("line").cast(pl.UInt32)),
            pl.DataFrame(schema={"spelling": pl.String, "actor": pl.String}),
            book.problems,
        )
    if facts["version"] != source.product.version:
        wording = f"It was drawn from version {facts['version']}, this is {source.product.version}. Read it in a checkout of that version, and carry over what is added there to {RECODINGS}."
        book.note("about", 1, "B", wording)
    elif (
        not book.problems.frames
        and source.fingerprint({kind: known[kind].join(rows[kind], on="unit", how="semi") for kind in rows}) != facts["fingerprint"]
    ):
        wording = f"What it asks was coded anew since it was drawn. Read it in a checkout of that day, and carry over what is added there to {RECODINGS}."
        book.note("about", 2, "B", wording)
    return rows


def _check_units(book: Workbook, kind: str, rows: pl.DataFrame, known: pl.DataFrame, drawn: str) -> None:
    """Note rows of no unit, of one twice, or whose given cells are another's, and rows that are gone."""
    file, problems = book.file(kind), book.problems
    strange = rows.join(known, on="unit", how="anti", nulls_equal=False)
    problems.add(strange, file, "unit", "The form has no such unit. Remove the row, or restore its unit.")
    problems.add(
        rows.filter(pl.col("unit").is_not_null() & ~pl.col("unit").is_first_distinct()),
        file,
        "unit",
        "The unit stands twice. Keep one row.",
    )
    both = rows.join(known.select(GIVEN[kind]), on="unit", suffix="_drawn")
    for column in GIVEN[kind][1:]:
        other = both.filter(pl.col(column).ne_missing(pl.col(f"{column}_drawn")))
        problems.add(other, file, column, "It is not what was given for this unit: cells were moved or changed. Restore it.")
    if drawn.isdecimal() and (left := rows.height - strange.height) < int(drawn):
        book.note(kind, 1, "A", f"Of {drawn} rows {left} are left. Restore the others; a row may stay empty.")


# --- what is added ---------------------------------------------------------------------------------------------------


def states(rows: dict[str, pl.DataFrame], source: Asked) -> dict[str, pl.DataFrame]:
    """The rows of each sheet with their state: done where all is filled that no coded row leaves empty, else begun or empty."""
    return {
        kind: frame.with_columns(
            state=pl.when(pl.all_horizontal(pl.col(source.required(kind)).is_not_null()))
            .then(pl.lit("done"))
            .when(pl.any_horizontal(pl.col(ASKED[kind]).is_not_null()))
            .then(pl.lit("begun"))
            .otherwise(pl.lit("empty"))
        )
        for kind, frame in rows.items()
    }


def codings(rows: dict[str, pl.DataFrame], source: Asked, sample: str, coder: str) -> pl.DataFrame:
    """A row for each cell that counts: the columns of recodings.csv, and kind and line on the form. An empty cell counts in a row that is done."""
    frames = []
    for kind, frame in rows.items():
        cells = frame.unpivot(ASKED[kind], index=["line", "unit", "state"], value_name="second")
        ours = source.rows(kind).unpivot(ASKED[kind], index=["unit", "unit_id"], value_name="first")
        counting = cells.filter((pl.col("state") == "done") | pl.col("second").is_not_null())
        frames.append(counting.join(ours, on=["unit", "variable"], maintain_order="left").with_columns(kind=pl.lit(kind)))
    # What is listed is the same in any order.
    one, other = (pl.col(column).str.split(" ").list.sort().list.join(" ") for column in ("first", "second"))
    return pl.concat(frames).with_columns(
        sample=pl.lit(sample),
        coder=pl.lit(coder),
        differs=one.ne_missing(other),
        settled="first",
        reason=pl.when(one.ne_missing(other)).then(pl.lit(UNREAD)),
    )


def _fresh(book: Workbook, result: pl.DataFrame, source: Asked, coder: str) -> pl.DataFrame:
    """What raw/recodings.csv does not have yet; a cell that it has otherwise from the same coder is noted."""
    key = ["sample", "unit_id", "variable", "coder"]
    held = result.join(source.raw["recodings"].select(*key, before="second"), on=key)
    for (kind, variable), rows in held.filter(pl.col("second").ne_missing(pl.col("before"))).group_by("kind", "variable"):
        wording = f"{coder} coded this otherwise before. Correct {RECODINGS}, or give another CODER= if somebody else filled the form."
        book.problems.add(rows, book.file(str(kind)), str(variable), wording)
    return result.join(held, on=key, how="anti", maintain_order="left")


def added(fresh: pl.DataFrame, root: Path) -> bytes:
    """raw/recodings.csv with rows more, in its canonical form."""
    table = contract.raw(root)["recodings"]
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(fresh.select(table.columns).fill_null("").iter_rows())
    return canonical(table, (root / RECODINGS).read_text(encoding="utf-8") + out.getvalue()).encode()


def differences(book: Workbook, fresh: pl.DataFrame, source: Asked, coder: str) -> list[str]:
    """A line for each cell that differs from ours: the row of raw/, both values, the cell of the form."""
    lines = {
        kind: dict(source.raw["statements" if kind == "statements" else "expulsions"].select(pl.first(), "line").iter_rows())
        for kind in ASKED
    }
    file = {"statements": "raw/statements.csv", "dossiers": "raw/expulsions.csv"}
    return [
        f"{file[kind]}:{lines[kind][unit]}:{variable}  ours {first or 'nothing'}, {coder} {second or 'nothing'}  ({book.file(kind)}:{book.place(kind, line, variable)})"
        for kind, unit, variable, first, second, line in fresh.filter("differs").select("kind", "unit_id", "variable", "first", "second", "line").iter_rows()
    ]  # fmt: skip


def main() -> None:
    """Read the form that SHEET_FILE of the environment names as the work of SHEET_CODER, add it to raw/recodings.csv, print the differences."""
    with command("read-sheet") as store:
        coder, path = os.environ.get("SHEET_CODER") or "p1", Path(os.environ.get("SHEET_FILE", ""))
        if not re.fullmatch("[cp][1-9][0-9]*", coder):
            raise RefusedError(f"CODER={coder!r} is no coder: p1 and on are people, c2 and on automated readings.")
        if not path.is_file():
            raise RefusedError(f"There is no file {str(path)!r}: make read-sheet FILE=path.")
        book = Workbook(path)
        facts = book.facts()
        _stop(book)
        source = asked(store.root, facts["seed"])
        rows = checked(book, facts, source)
        _stop(book)
        prefix = GOLD if facts["seed"] == GOLD else "people" if coder.startswith("p") else "cells"
        sample = f"{prefix}-{1 if prefix == GOLD else facts['seed']}"
        rows = states(rows, source)
        fresh = _fresh(book, codings(rows, source, sample, coder), source, coder)
        _stop(book)
        store.commit({RECODINGS: added(fresh, store.root)})
        print("\n".join(differences(book, fresh, source, coder)) or "No difference.")
        every = pl.concat([frame.select("state") for frame in rows.values()])["state"].to_list()
        counts = ", ".join(f"{every.count(state)} {state}" for state in ("done", "begun", "empty"))
        store.message = f"{sample}, {coder}: rows {counts}; {fresh.height} cells added, {fresh['differs'].sum()} differ from ours"


def _stop(book: Workbook) -> None:
    """End the run with status 1 if there is any problem."""
    if lines := book.lines():
        print("\n".join(lines), file=sys.stderr)
        print(f"{len(lines)} {'problem' if len(lines) == 1 else 'problems'} in {book.name}. Nothing was written.", file=sys.stderr)
        raise SystemExit(1)


if __name__ == "__main__":
    main()
