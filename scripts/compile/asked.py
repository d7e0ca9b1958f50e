"""What somebody can be asked about without seeing our coding: drawn statements and dossiers, and what is given of them."""

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import polars as pl

from scripts.compile import reader, sample
from scripts.compile.problems import Problems
from scripts.compile.sample import ASKED
from scripts.compile.tables import linked
from scripts.package import contract
from scripts.package.contract import Field
from scripts.package.store import RefusedError, csv_bytes

GOLD = "gold"
PAGE = ["publisher", "title", "published", "address"]
GIVEN = {"statements": ["unit", "expeller", "target", "year", *PAGE], "dossiers": ["unit", "expeller", "target", "year"]}
# Statements for each dossier, which takes as long as several of them.
PER_DOSSIER = 5


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
