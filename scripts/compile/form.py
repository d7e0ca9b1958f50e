"""``make check-sheet``: a workbook on which somebody codes drawn statements and dossiers from their pages, seeing nothing of our coding."""

import hashlib
import io
import os
import re
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from scripts.compile import reader, sample
from scripts.compile.problems import Problems
from scripts.compile.sample import ASKED
from scripts.compile.tables import linked
from scripts.package import contract
from scripts.package.contract import Field
from scripts.package.store import RefusedError, command, csv_bytes

FILE = "build/check-sheet.xlsx"
GOLD = "gold"
PAGE = ["publisher", "title", "published", "address"]
GIVEN = {"statements": ["unit", "expeller", "target", "year", *PAGE], "dossiers": ["unit", "expeller", "target", "year"]}
WIDTHS = {"unit": 15, "expeller": 18, "target": 18, "year": 6, "publisher": 18, "title": 50, "published": 12, "address": 40}
# Statements for each dossier, which takes as long as several of them.
PER_DOSSIER = 5
# What Excel takes of a prompt.
PROMPT = 255
ABOUT = """\
Code each row from its page, with the rules on the sheet "rules", before you look at anything of this dataset.
Of a decision all pages are on the sheet "pages". Where a page tells of several decisions between the two, the year says which is meant.
Write days as YYYY-MM-DD, or YYYY-MM or YYYY where no more is known; several grounds with a space between them. Change nothing else.
Leave a row empty whose page does not open. A row counts as done, and its empty cells then say that the page gives nothing, if these are filled:
{required}. Of a row that is only begun the filled cells count.\
"""


@dataclass(frozen=True)
class Asked:
    """What can be asked about, out of one checkout's raw/."""

    root: Path
    seed: str
    raw: dict[str, pl.DataFrame]
    expulsions: pl.DataFrame

    @cached_property
    def product(self) -> contract.Contract:
        return contract.product(self.root)

    @cached_property
    def statement(self) -> dict[str, Field]:
        return contract.raw(self.root)["statements"].fields

    def fields(self, kind: str) -> dict[str, Field]:
        """The columns to fill, days as coders type them."""
        known = self.statement if kind == "statements" else self.product["expulsions"].fields
        days = {"announced_on": Field(self.statement["announced_on"].spec | {"constraints": known["announced_on"].constraints})}
        return {name: (known | days)[name] for name in ASKED[kind]}

    def required(self, kind: str) -> list[str]:
        """The columns that no row which was coded leaves empty."""
        return [name for name, field in self.fields(kind).items() if field.required]

    @cached_property
    def units(self) -> pl.DataFrame:
        """All units with their tags, and whether another sample has them."""
        units = sample.units(self.raw, self.expulsions, self.product)
        others = self.raw["recodings"].filter(~pl.col("sample").is_in([f"people-{self.seed}", f"cells-{self.seed}"]))["unit_id"]
        return units.with_columns(sample.tags(units["unit_id"], self.seed), recoded=pl.col("unit_id").is_in(others.unique().implode()))

    @cached_property
    def cited(self) -> pl.DataFrame:
        """Each statement with its page and the two sides; whether the page tells of several decisions of theirs, and whether of one year."""
        names = self.raw["actors"].select("actor_id", "name")
        sides = self.expulsions.select("expulsion_id", "expeller", "target", year=pl.col("announced_on").dt.year().cast(pl.String))
        for side in ("expeller", "target"):
            sides = sides.join(names.rename({"actor_id": side, "name": f"{side}_name"}), on=side, how="left")
        articles = self.raw["articles"].select("article_id", "publisher", "title", address="url", published=_day("published_on"))
        cited = (
            self.raw["statements"]
            .select("statement_id", "article_id", "expulsion_id")
            .join(sides, on="expulsion_id")
            .join(articles, on="article_id")
        )
        pair = ["article_id", "expeller", "target"]
        return cited.with_columns(
            expeller="expeller_name",
            target="target_name",
            alone=pl.len().over("article_id", "expulsion_id") == 1,
            several=pl.col("expulsion_id").n_unique().over(pair) > 1,
            same_year=pl.col("expulsion_id").n_unique().over([*pair, "year"]) > 1,
        )

    def rows(self, kind: str) -> pl.DataFrame:
        """Each unit that can be told apart on its pages: what is given of it, then our coding of what is asked; all text."""
        year = pl.when("several").then("year").alias("year")
        if kind == "statements":
            given = self.cited.filter("alone", ~pl.col("same_year")).select("expeller", "target", year, *PAGE, unit_id="statement_id")
            coded = self.raw["statements"].rename({"statement_id": "unit_id"})
        else:
            dossiers = self.cited.group_by("expulsion_id").agg(
                pl.col("expeller", "target", "year").first(), pl.col("several", "same_year").any()
            )
            given = dossiers.filter(~pl.col("same_year")).select("expeller", "target", year, unit_id="expulsion_id")
            coded = self.expulsions.rename({"expulsion_id": "unit_id"})
        ours = coded.select("unit_id", *(_ours(field) for field in self.fields(kind).values()))
        tagged = self.units.filter(pl.col("kind") == kind).join(given, on="unit_id").join(ours, on="unit_id")
        return tagged.with_columns(pl.col(GIVEN[kind]).cast(pl.String))

    def pages(self, dossiers: pl.DataFrame) -> pl.DataFrame:
        """The pages of some dossiers, in their order."""
        cited = dossiers.select("unit", "expulsion_id").join(self.cited, on="expulsion_id", maintain_order="left")
        return cited.select("unit", *PAGE).unique(maintain_order=True)

    def drawn(self, n: int) -> dict[str, pl.DataFrame]:
        """``n`` statements and a fifth as many dossiers; with the seed ``gold`` the gold set and no dossier."""
        rows = {kind: self.rows(kind) for kind in ASKED}
        if self.seed == GOLD:
            gold = self.raw["gold"]["statement_id"].implode()
            return {
                "statements": rows["statements"].filter(pl.col("unit_id").is_in(gold)).sort("unit"),
                "dossiers": rows["dossiers"].clear(),
            }
        return {kind: sample.drawn(frame, n if kind == "statements" else n // PER_DOSSIER) for kind, frame in rows.items()}

    def fingerprint(self, rows: dict[str, pl.DataFrame]) -> str:
        """SHA-256 of what some rows give and of our coding of them."""
        parts = [csv_bytes(rows[kind].select(*GIVEN[kind], *ASKED[kind]).sort("unit")) for kind in ASKED]
        return hashlib.sha256(b"".join(parts)).hexdigest()


def asked(root: Path, seed: str) -> Asked:
    """Read raw/. Ends the run with its problems if it has any; raises RefusedError if the seed is none."""
    if not re.fullmatch(rf"[1-9][0-9]{{0,5}}|{GOLD}", seed):
        raise RefusedError(f"SEED={seed!r} is neither a number from 1 up nor {GOLD}.")
    problems = Problems()
    raw = reader.read(problems, root)
    problems.stop()
    return Asked(root, seed, raw, linked(raw)[1])


def _day(column: str) -> pl.Expr:
    """A vague day as it is typed."""
    known = pl.col(f"{column}_precision").cast(pl.String).replace_strict({"day": 10, "month": 7, "year": 4}, return_dtype=pl.UInt32)
    return pl.col(column).dt.to_string("%Y-%m-%d").str.slice(0, known)


def _ours(field: Field) -> pl.Expr:
    """Our coding of a column as it would be typed."""
    column = pl.col(field.name)
    if field.spec.get("vague"):
        return _day(field.name).alias(field.name)
    if "list" in field.spec:
        stem = field.name.removesuffix("s")
        words = [pl.when(pl.col(f"{stem}_{member}")).then(pl.lit(member)) for member in field.spec["list"]]
        joined = pl.concat_str(words, separator=" ", ignore_nulls=True)
        return pl.when(joined != "").then(joined).alias(field.name)
    if field.type == "boolean":
        return pl.when(column).then(pl.lit("yes")).when(~column).then(pl.lit("no")).alias(field.name)
    return column.cast(pl.String)


def rules(manual: str, column: str) -> str:
    """The points and paragraphs of the coding manual that name a column in backticks."""
    points = [" ".join(point.removeprefix("- ").split()) for point in re.split(r"\n(?=- )|\n\n", manual)]
    return "\n".join(point for point in points if f"`{column}`" in point and not point.startswith("|"))


# --- the workbook ----------------------------------------------------------------------------------------------------


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
        told = "\n".join(value if label == value else f"{value}: {label}" for value, label in values.items())
        for k, text in enumerate([name, f"{field.spec['title']}. {field.spec['description']}", told, rules(manual, name)]):
            sheet.write_string(line, k, text, forms["wrap"])
    for line, text in enumerate(manual.split("\n"), len(columns) + 3):
        sheet.write_string(line, 3, text)
    sheet.freeze_panes(1, 1)


def main() -> None:
    """Write the form that the variables SHEET_N and SHEET_SEED of the environment ask for, unless it lies there filled."""
    from scripts.compile.codings import filled

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
