"""``make attack``: one fault at a time is planted in the real raw/, and the machine has to see it.

Each kind of fault is planted with several seeds. A fault is caught if the reader, the curator's checks or the
database refuse it, if a rule or an expectation names a row that it did not name before, or if the file is no longer
in canonical form. It is harmless if the product comes out the same, byte for byte. All else survives.
"""

import contextlib
import csv
import io
import os
import random
import re
import shutil
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import duckdb

from scripts.compile import tables, tidy
from scripts.package import contract, store
from scripts.query import database
from validation import run

Row = dict[str, str]
Change = Callable[[str, Row, random.Random], str]


@dataclass
class Sheet:
    """One raw file as rows of cells, to be changed and saved."""

    path: Path
    columns: list[str]
    rows: list[Row]

    @classmethod
    def read(cls, path: Path) -> "Sheet":
        """The sheet of a file."""
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            return cls(path, list(reader.fieldnames or []), list(reader))

    def save(self) -> None:
        """Write it in the plainest form of CSV."""
        with self.path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(self.columns)
            writer.writerows([row[c] for c in self.columns] for row in self.rows)


class Raw:
    """A copy of the raw tables in canonical form."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def sheet(self, name: str) -> Sheet:
        """One table."""
        return Sheet.read(self.root / "raw" / f"{name}.csv")


# A fault changes the copy and says where: (table, line); None if nothing in raw/ is fit for it.
Fault = Callable[[Raw, random.Random], tuple[str, int] | None]
KINDS: dict[str, Fault] = {}
# Kinds that no check can see, and why.
UNDETECTABLE: dict[str, str] = {}


def kind(name: str, undetectable: str = "") -> Callable[[Fault], Fault]:
    """Register a kind of fault."""

    def register(fault: Fault) -> Fault:
        KINDS[name] = fault
        if undetectable:
            UNDETECTABLE[name] = undetectable
        return fault

    return register


def cell(name: str, place: str, change: Change | str, fit: Callable[[Row], Any] = lambda row: True, undetectable: str = "") -> None:
    """Register a kind that changes one cell of one row that is fit for it."""
    table, column = place.split(".")

    @kind(name, undetectable)
    def fault(raw: Raw, rng: random.Random) -> tuple[str, int] | None:
        sheet = raw.sheet(table)
        fits = [i for i, row in enumerate(sheet.rows) if fit(row)]
        while fits:
            index = fits.pop(rng.randrange(len(fits)))
            before = sheet.rows[index][column]
            after = change if isinstance(change, str) else change(before, sheet.rows[index], rng)
            if after != before:
                sheet.rows[index][column] = after
                sheet.save()
                return table, index + 2
        return None


def has(*columns: str) -> Callable[[Row], bool]:
    """Rows in which none of the columns is empty."""
    return lambda row: all(row[c] for c in columns)


def one(**cells: str) -> Callable[[Row], bool]:
    """Rows with these cells."""
    return lambda row: all(row[c] == v for c, v in cells.items())


# --- what no cell may hold -----------------------------------------------------------------------------------------

HOMOGLYPHS = dict(zip("aceopxyABEKMHOPCTXS", "асеорхуАВЕКМНОРСТХЅ", strict=True))


def homoglyph(text: str, row: Row, rng: random.Random) -> str:
    places = [i for i, c in enumerate(text) if c in HOMOGLYPHS]
    if not places:
        return text
    i = rng.choice(places)
    return text[:i] + HOMOGLYPHS[text[i]] + text[i + 1 :]


def typo(text: str, row: Row, rng: random.Random) -> str:
    i = rng.randrange(max(1, len(text) - 1))
    return text[:i] + text[i + 1 :]


def decomposed(text: str, row: Row, rng: random.Random) -> str:
    return unicodedata.normalize("NFD", text)


def inserted(middle: str) -> Change:
    def change(text: str, row: Row, rng: random.Random) -> str:
        i = rng.randrange(1, max(2, len(text)))
        return text[:i] + middle + text[i:]

    return change


cell("unknown actor", "expulsions.target", typo)
cell("unknown accreditation", "statements.accredited_to", "Nowhere")
cell("misspelt value of an enum", "statements.measure", typo)
cell("value of an enum in capitals", "statements.vantage", lambda t, r, g: t.upper())
cell("synonym for a value of an enum", "statements.qualifier", "approximately")
cell("unknown coder", "statements.coder", "c9x")
cell(
    "day written day first",
    "articles.published_on",
    lambda t, r, g: ".".join(reversed(t.split("-"))),
    lambda r: len(r["published_on"]) == 10,
)
cell("day that does not exist", "statements.announced_on", lambda t, r, g: t[:5] + "02-30", lambda r: len(r["announced_on"]) == 10)
cell("month that does not exist", "statements.announced_on", lambda t, r, g: t[:5] + "13-01", lambda r: len(r["announced_on"]) == 10)
cell("month without its zero", "statements.announced_on", lambda t, r, g: t.replace("-0", "-"), lambda r: "-0" in r["announced_on"])
cell("time behind a day", "statements.announced_on", lambda t, r, g: t + "T00:00", has("announced_on"))
cell("number as a word", "statements.officials_low", "twelve", has("officials_low"))
cell("negative number", "statements.officials_low", lambda t, r, g: f"-{t}", has("officials_low"))
cell("number with a thousands mark", "statements.officials_high", "1,000", has("officials_high"))
cell("number with a leading zero", "statements.officials_low", lambda t, r, g: f"0{t}", has("officials_low"))
cell("decimal number", "statements.officials_low", lambda t, r, g: f"{t}.0", has("officials_low"))
cell(
    "digits of another script",
    "statements.officials_low",
    lambda t, r, g: t.translate({48 + i: 0x660 + i for i in range(10)}),
    has("officials_low"),
)
cell("number too large", "statements.deadline_hours", "99999999999", has("deadline_hours"))
cell("space at an end", "articles.publisher", lambda t, r, g: t + " ")
cell("no-break space at an end", "articles.publisher", lambda t, r, g: t + "\u00a0")
cell("two spaces inside", "articles.publisher", lambda t, r, g: t.replace(" ", "  "), lambda r: " " in r["publisher"])
cell("no-break space inside", "articles.publisher", lambda t, r, g: t.replace(" ", "\u00a0"), lambda r: " " in r["publisher"])
cell("invisible character", "articles.publisher", inserted("\u200b"))
cell("soft hyphen", "articles.publisher", inserted("\u00ad"))
cell("letters not composed", "articles.title", decomposed, lambda r: r["title"] != unicodedata.normalize("NFD", r["title"]))
cell("homoglyph in an id", "expulsions.expulsion_id", homoglyph)
cell("homoglyph in a reference", "statements.article_id", homoglyph)
cell("homoglyph in a publisher", "articles.publisher", homoglyph)
cell("homoglyph in an actor's id", "answers.answers", homoglyph)
cell("formula", "articles.title", lambda t, r, g: "=" + t)
cell("required cell empty", "articles.publisher", "")
cell("required reference empty", "statements.expulsion_id", "")
cell("malformed address", "articles.url", lambda t, r, g: t.replace("https://", "htps:/"), has("url"))
cell("neither yes nor no", "statements.head_of_mission", "maybe")
cell("unknown ground", "statements.grounds", "spying")
cell("ground twice", "statements.grounds", lambda t, r, g: f"{t} {t}", has("grounds"))
cell("grounds behind commas", "statements.grounds", "war, retaliation")
cell("malformed hash", "articles.text_sha256", "abc123")
cell("cell too long", "statements.says", lambda t, r, g: t * 40)
cell("sentence of one word", "statements.says", "Expelled.")
cell("placeholder for nothing", "statements.leave_by", "n/a")
cell("placeholder for nothing in a text", "statements.standing_reason", "-")


# --- what no file may be -------------------------------------------------------------------------------------------


def bytes_of(name: str, change: Callable[[list[bytes], int], list[bytes]]) -> None:
    """Register a kind that changes the lines (each with its end) of one file."""

    @kind(name)
    def fault(raw: Raw, rng: random.Random) -> tuple[str, int]:
        table = rng.choice(["statements", "articles", "expulsions"])
        path = raw.root / "raw" / f"{table}.csv"
        lines = path.read_bytes().splitlines(keepends=True)
        index = rng.randrange(1, len(lines) - 1)
        path.write_bytes(b"".join(change(lines, index)))
        return table, index + 1


def at(change: Callable[[bytes], bytes]) -> Callable[[list[bytes], int], list[bytes]]:
    return lambda lines, i: [*lines[:i], change(lines[i]), *lines[i + 1 :]]


bytes_of("byte order mark", lambda lines, i: [b"\xef\xbb\xbf", *lines])
bytes_of("CRLF in the whole file", lambda lines, i: [line.replace(b"\n", b"\r\n") for line in lines])
bytes_of("CRLF on one line", at(lambda line: line.replace(b"\n", b"\r\n")))
bytes_of("NUL byte", at(lambda line: line[:5] + b"\0" + line[5:]))
bytes_of("byte that is no UTF-8", at(lambda line: line[:5] + b"\xe9" + line[5:]))
bytes_of("no end of the last line", lambda lines, i: [*lines[:-1], lines[-1].rstrip(b"\n")])
bytes_of("empty line", lambda lines, i: [*lines[:i], b"\n", *lines[i:]])
bytes_of("empty lines at the end", lambda lines, i: [*lines, b"\n"])
bytes_of("quote not closed", at(lambda line: b'"' + line))
bytes_of("one cell too many", at(lambda line: line[:-1] + b",\n"))
bytes_of("one cell too few", at(lambda line: line.replace(b",", b"", 1)))
bytes_of("line end inside a cell", at(lambda line: line.replace(b",", b'\n"', 1)))
bytes_of("semicolons for commas", lambda lines, i: [line.replace(b",", b";") for line in lines])
bytes_of(
    "columns swapped with their cells", lambda lines, i: [b",".join([*line.split(b",")[1::-1], *line.split(b",")[2:]]) for line in lines]
)
bytes_of("column renamed", lambda lines, i: [lines[0].replace(b"_id", b"id", 1), *lines[1:]])
bytes_of("column missing", lambda lines, i: [line.split(b",", 1)[1] for line in lines])
bytes_of("column too many", lambda lines, i: [line[:-1] + b",x\n" for line in lines])
bytes_of("header twice", lambda lines, i: [*lines[:i], lines[0], *lines[i:]])
bytes_of("file cut in the middle of a line", lambda lines, i: [*lines[:i], lines[i][: len(lines[i]) // 2]])
bytes_of("file cut behind a line", lambda lines, i: lines[:i])
bytes_of("all rows gone", lambda lines, i: lines[:1])
bytes_of("empty file", lambda lines, i: [])
bytes_of("mark of a merge conflict", lambda lines, i: [*lines[:i], b"<<<<<<< HEAD\n", *lines[i:]])
bytes_of("rows in another order", lambda lines, i: [lines[0], *lines[i:], *lines[1:i]])
bytes_of("row twice", lambda lines, i: [*lines[:i], lines[i], *lines[i:]])
bytes_of(
    "cells of two rows mixed",
    lambda lines, i: [*lines[:i], lines[i].split(b",", 2)[0] + b"," + lines[i - 1].split(b",", 1)[1], *lines[i + 1 :]],
)


@kind("file missing")
def file_missing(raw: Raw, rng: random.Random) -> tuple[str, int]:
    table = rng.choice(["statements", "articles", "expulsions", "answers", "claims", "actors", "searches", "recodings"])
    (raw.root / "raw" / f"{table}.csv").unlink()
    return table, 1


def lost(name: str, table: str, fit: Callable[[Row, Sheet], Any] = lambda row, sheet: True, undetectable: str = "") -> None:
    """Register the loss of one row."""

    @kind(name, undetectable)
    def fault(raw: Raw, rng: random.Random) -> tuple[str, int] | None:
        sheet = raw.sheet(table)
        fits = [i for i, row in enumerate(sheet.rows) if fit(row, sheet)]
        if not fits:
            return None
        index = rng.choice(fits)
        del sheet.rows[index]
        sheet.save()
        return table, index + 2


def number(row: Row) -> int:
    return int(row["statement_id"].rsplit(".", 1)[1])


def siblings(row: Row, sheet: Sheet) -> int:
    return sum(other["article_id"] == row["article_id"] for other in sheet.rows)


lost("lost article", "articles", lambda row, sheet: not row["no_expulsion_because"])
lost("lost expulsion", "expulsions")
lost("lost actor", "actors")
lost("lost edge", "answers")
lost("lost spell of membership", "memberships", lambda row, sheet: row["actor_id"] in ("RUS", "USA", "DEU", "FRA", "EST", "POL"))
lost("lost statement, the only one of its article", "statements", lambda row, sheet: siblings(row, sheet) == 1)
lost("lost statement, not the last of its article", "statements", lambda row, sheet: number(row) < siblings(row, sheet))
lost(
    "lost statement, the last of its article",
    "statements",
    lambda row, sheet: 1 < siblings(row, sheet) == number(row),
    "What was never typed leaves no trace; `make build` tells that a table has fewer rows than before, and git shows which.",
)
lost(
    "lost entry of a harvest",
    "harvests",
    undetectable="A list that lacks an entry looks like one that did not find it; `make build` tells that a table has fewer rows than before.",
)
lost(
    "lost search",
    "searches",
    undetectable="A search that is not logged leaves no trace; `make build` tells that a table has fewer rows than before.",
)


# --- figures -------------------------------------------------------------------------------------------------------


def figure(name: str, change: Callable[[str, random.Random], str], fit: Callable[[Row], Any] = bool, undetectable: str = "") -> None:
    """Register a change of both bounds of an exact figure."""

    @kind(name, undetectable)
    def fault(raw: Raw, rng: random.Random) -> tuple[str, int] | None:
        sheet = raw.sheet("statements")
        fits = [
            i
            for i, r in enumerate(sheet.rows)
            if r["qualifier"] == "exact" and r["standing"] == "accepted" and r["officials_low"] and fit(r)
        ]
        while fits:
            index = fits.pop(rng.randrange(len(fits)))
            row = sheet.rows[index]
            after = change(row["officials_low"], rng)
            if after not in ("", row["officials_low"]):
                row["officials_low"] = row["officials_high"] = after
                sheet.save()
                return "statements", index + 2
        return None


def many(row: Row) -> bool:
    return len(row["officials_low"]) > 1


def worded(row: Row) -> bool:
    """Figures that are printed without a digit."""
    return bool(row["officials_low"]) and not re.search("[0-9]", row["figure_as_printed"])


figure("digit dropped", lambda t, g: t[:-1] if g.random() < 0.5 else t[1:].lstrip("0"), many)
figure("digit doubled", lambda t, g: t[0] + t)
figure("digits turned", lambda t, g: t[::-1].lstrip("0"), many)
figure("figure off by one, printed in digits", lambda t, g: str(int(t) + 1), lambda r: re.search("[0-9]", r["figure_as_printed"]))
figure("figure off by one, printed in words", lambda t, g: str(int(t) + 1), lambda r: worded(r) and int(r["officials_low"]) > 1)
figure("digit doubled, printed in words", lambda t, g: t[0] + t, worded)
cell("bounds turned", "statements.officials_low", lambda t, r, g: str(int(t) + 10), has("officials_high", "officials_low"))
cell("one bound missing", "statements.officials_high", "", lambda r: r["officials_high"] and r["qualifier"] == "exact")
cell("both ends for at_least", "statements.qualifier", "at_least", lambda r: r["qualifier"] == "exact" and r["officials_high"])
cell("figure without a qualifier", "statements.qualifier", "none", has("officials_low"))
cell("figure without its wording", "statements.figure_as_printed", "", has("officials_low"))
cell("figure without a unit", "statements.counted_unit", "", has("officials_low"))
cell("zero for nothing", "statements.officials_low", "0", lambda r: r["officials_low"])
cell("more diplomats than officials", "statements.diplomats", lambda t, r, g: str(int(r["officials_high"]) + 1), has("officials_high"))
cell("figure though nobody was ordered out", "statements.persons_ordered", "no", has("officials_low"))
cell(
    "head of mission among several",
    "statements.head_of_mission",
    "yes",
    lambda r: r["officials_low"] and int(r["officials_low"]) == 1 and "ambassador" not in r["says"].lower(),
    "Whether the one expelled headed the mission is read from the page; second codings measure how often it is misread.",
)
cell(
    "hours typed as days",
    "statements.deadline_hours",
    lambda t, r, g: str(int(t) // 24),
    lambda r: r["deadline_hours"] and int(r["deadline_hours"]) >= 48,
)
cell("minutes typed as hours", "statements.deadline_hours", lambda t, r, g: str(int(t) * 60), has("deadline_hours"))


def into_head_count(name: str, column: str) -> None:
    """Register that ``column`` was typed where the head count belongs."""

    @kind(name)
    def fault(raw: Raw, rng: random.Random) -> tuple[str, int] | None:
        sheet = raw.sheet("statements")
        fits = [
            i
            for i, r in enumerate(sheet.rows)
            if r[column] and int(r[column]) > 1 and r["standing"] == "accepted" and r["officials_low"] != r[column]
        ]
        if not fits:
            return None
        index = rng.choice(fits)
        row = sheet.rows[index]
        row |= {
            "officials_low": row[column],
            "officials_high": row[column],
            "qualifier": "exact",
            "counted_unit": row["counted_unit"] or "unspecified",
            "covers": "whole",
        }
        row["figure_as_printed"] = row[column]
        sheet.save()
        return "statements", index + 2


into_head_count("ceiling entered as a head count", "ceiling")
into_head_count("posts cut entered as a head count", "posts_cut")


@kind("trigger's number copied to the reply")
def copied_number(raw: Raw, rng: random.Random) -> tuple[str, int] | None:
    sheet, edges = raw.sheet("statements"), raw.sheet("answers").rows
    known: dict[str, Counter[str]] = {}
    for row in sheet.rows:
        if row["officials_low"] == row["officials_high"] != "" and row["covers"] == "whole":
            known.setdefault(row["expulsion_id"], Counter())[row["officials_low"]] += 1
    rng.shuffle(edges)
    for edge in edges:
        reply, cause = known.get(edge["expulsion_id"]), known.get(edge["answers"])
        if reply and cause and (number := cause.most_common(1)[0][0]) not in reply:
            index = rng.choice(
                [
                    i
                    for i, r in enumerate(sheet.rows)
                    if r["expulsion_id"] == edge["expulsion_id"] and r["officials_low"] and r["qualifier"] == "exact"
                ]
            )
            sheet.rows[index] |= {"officials_low": number, "officials_high": number}
            sheet.save()
            return "statements", index + 2
    return None


# --- days ----------------------------------------------------------------------------------------------------------


def year(step: int) -> Change:
    return lambda text, row, rng: f"{int(text[:4]) + step}{text[4:]}".replace("-02-29", "-02-28")


def month(text: str, row: Row, rng: random.Random) -> str:
    return f"{text[:5]}{int(text[5:7]) % 12 + 1:02}{text[7:]}".replace("-31", "-30").replace("-02-30", "-02-28").replace("-02-29", "-02-28")


def turned_day(text: str, row: Row, rng: random.Random) -> str:
    y, m, d = text.split("-")
    return f"{y}-{d}-{m}" if int(d) <= 12 else text


full = lambda column: lambda row: len(row[column]) == 10 and row.get("standing", "accepted") == "accepted"  # noqa: E731
cell("announced a year too early", "statements.announced_on", year(-1), full("announced_on"))
cell("announced a year too late", "statements.announced_on", year(1), full("announced_on"))
cell("announced a month off", "statements.announced_on", month, full("announced_on"))
cell("day and month turned", "statements.announced_on", turned_day, full("announced_on"))
cell(
    "published a year too early",
    "articles.published_on",
    year(-1),
    lambda r: len(r["published_on"]) == 10 and not r["no_expulsion_because"],
)
cell(
    "published a year too late", "articles.published_on", year(1), lambda r: len(r["published_on"]) == 10 and not r["no_expulsion_because"]
)
cell("read before it was published", "articles.read_on", "2012-01-01")
cell("read in the future", "articles.read_on", "2999-01-01")
cell("due to leave a year too early", "statements.leave_by", year(-1), has("leave_by"))
cell("due to leave a year too late", "statements.leave_by", year(1), has("leave_by"))
cell("acted a year too late", "statements.acted_from", year(1), has("acted_from"))
cell("claim counted a year too long", "claims.as_of", year(1), has("as_of"))
cell("claim counted from a year later", "claims.since", year(1), has("since"))


def renamed(raw: Raw, before: str, after: str) -> int:
    """Rename an expulsion in all tables; its line in expulsions."""
    line = 0
    for name in ("expulsions", "statements", "answers"):
        sheet = raw.sheet(name)
        for i, row in enumerate(sheet.rows):
            for column in ("expulsion_id", "answers", "included_in", "replaced_by"):
                if row.get(column) == before:
                    row[column] = after
                    line = i + 2 if name == "expulsions" and column == "expulsion_id" else line
        sheet.rows.sort(key=lambda row: [tidy._natural(row[c]) for c in contract.raw().tables[name].primary_key])
        sheet.save()
        if name == "expulsions":
            line = next(i for i, row in enumerate(sheet.rows, 2) if row["expulsion_id"] == after)
    return line


@kind("id of the year before, everywhere")
def renamed_year(raw: Raw, rng: random.Random) -> tuple[str, int]:
    before = rng.choice(raw.sheet("expulsions").rows)["expulsion_id"]
    return "expulsions", renamed(raw, before, f"{int(before[:4]) - 1}{before[4:]}")


# --- who and which -------------------------------------------------------------------------------------------------


@kind("expeller and target swapped")
def swapped(raw: Raw, rng: random.Random) -> tuple[str, int]:
    sheet = raw.sheet("expulsions")
    index = rng.randrange(len(sheet.rows))
    row = sheet.rows[index]
    row["expeller"], row["target"] = row["target"], row["expeller"]
    sheet.save()
    return "expulsions", index + 2


@kind("expeller and target swapped, in the id too")
def swapped_everywhere(raw: Raw, rng: random.Random) -> tuple[str, int] | None:
    sheet = raw.sheet("expulsions")
    ids = {row["expulsion_id"] for row in sheet.rows}
    row = rng.choice(sheet.rows)
    before = row["expulsion_id"]
    after = before[:-7] + f"{row['target']}-{row['expeller']}" if len(before) == 18 else before
    if after in ids:
        return None
    row["expeller"], row["target"] = row["target"], row["expeller"]
    sheet.save()
    return "expulsions", renamed(raw, before, after)


def moved(name: str, like: Callable[[Row, Row], Any], undetectable: str = "") -> None:
    """Register a statement that is moved to an expulsion that looks like its own."""

    @kind(name, undetectable)
    def fault(raw: Raw, rng: random.Random) -> tuple[str, int] | None:
        sheet, expulsions = raw.sheet("statements"), raw.sheet("expulsions").rows
        by_id = {row["expulsion_id"]: row for row in expulsions}
        fits = [i for i, r in enumerate(sheet.rows) if r["standing"] == "accepted"]
        while fits:
            index = fits.pop(rng.randrange(len(fits)))
            own = by_id[sheet.rows[index]["expulsion_id"]]
            others = [e for e in expulsions if e is not own and like(own, e)]
            if others:
                sheet.rows[index]["expulsion_id"] = rng.choice(others)["expulsion_id"]
                sheet.save()
                return "statements", index + 2
        return None


moved("statement moved to a look-alike of the same dyad", lambda a, b: (a["expeller"], a["target"]) == (b["expeller"], b["target"]))
moved("statement moved to the other direction", lambda a, b: (a["expeller"], a["target"]) == (b["target"], b["expeller"]))
moved(
    "statement moved to another expulsion of that day",
    lambda a, b: a["expulsion_id"][:10] == b["expulsion_id"][:10] and a["target"] == b["target"],
)
moved("statement moved to another expeller", lambda a, b: a["target"] == b["target"] and a["expulsion_id"][:10] != b["expulsion_id"][:10])
cell("actor of another time", "expulsions.target", "SUN", one(target="RUS"))
cell("actor who expels itself", "expulsions.target", lambda t, r, g: r["expeller"])
cell("accredited to their own state", "statements.accredited_to", lambda t, r, g: r["nationality"], has("nationality"))
cell("included in itself", "expulsions.included_in", lambda t, r, g: r["expulsion_id"])
cell("included in another dyad's", "expulsions.included_in", "2022-05-18-RUS-FRA", lambda r: r["target"] != "FRA" and not r["included_in"])
cell("retired without reason", "expulsions.replaced_by", "2022-05-18-RUS-FRA", lambda r: not r["replaced_by"])
cell("replaced by itself", "expulsions.replaced_by", lambda t, r, g: r["expulsion_id"])
cell("wave before its time", "expulsions.wave", "ukraine_2022", lambda r: r["expulsion_id"] < "2022-02")
cell("trigger that is no expulsion", "expulsions.trigger", "incident", one(trigger="expulsion"))
cell("trigger that is an expulsion", "expulsions.trigger", "expulsion", lambda r: r["trigger"] != "expulsion")
cell("reply coded away", "expulsions.reply", "none_found", one(reply="expulsion"))
cell("reply without an edge", "expulsions.reply", "expulsion", lambda r: r["reply"] != "expulsion")
cell("spelling of another actor", "spellings.actor_id", "GBT")
cell(
    "spelling taken for another actor",
    "spellings.actor_id",
    "FRA",
    one(spelling="Russia"),
    "A spelling may stand for any actor. Where raw/ uses it, the ids give it away; here none does.",
)


def edge(name: str, change: Callable[[Row, list[Row], random.Random], Row | None], undetectable: str = "") -> None:
    """Register a change of one edge."""

    @kind(name, undetectable)
    def fault(raw: Raw, rng: random.Random) -> tuple[str, int] | None:
        sheet, expulsions = raw.sheet("answers"), raw.sheet("expulsions").rows
        order = list(range(len(sheet.rows)))
        rng.shuffle(order)
        for index in order:
            if changed := change(sheet.rows[index], expulsions, rng):
                sheet.rows[index] = sheet.rows[index] | changed
                sheet.save()
                return "answers", index + 2
        return None


def look_alike(row: Row, expulsions: list[Row], rng: random.Random) -> Row | None:
    own = next(e for e in expulsions if e["expulsion_id"] == row["answers"])
    others = [e for e in expulsions if e is not own and (e["expeller"], e["target"]) == (own["expeller"], own["target"])]
    return {"answers": rng.choice(others)["expulsion_id"]} if others else None


edge("edge reversed", lambda row, e, g: {"expulsion_id": row["answers"], "answers": row["expulsion_id"]})
edge("edge to itself", lambda row, e, g: {"answers": row["expulsion_id"]})
edge("edge to a look-alike", look_alike)
edge("retaliation called solidarity", lambda row, e, g: {"relation": "solidarity"} if row["relation"] == "retaliation" else None)
edge("solidarity called retaliation", lambda row, e, g: {"relation": "retaliation"} if row["relation"] == "solidarity" else None)
edge("edge of an unread article", lambda row, e, g: {"article_id": "nobody-2022-01-01"})
edge("edge to an unknown expulsion", lambda row, e, g: {"answers": "2022-01-01-RUS-USA"})


# --- the same twice ------------------------------------------------------------------------------------------------


def another_year(text: str, row: Row, rng: random.Random) -> str:
    return f"{int(text[:4]) - 1}{text[4:]}"


cell("harvested a year earlier", "harvests.announced_on", another_year, lambda row: row["announced_on"][5:] not in ("", "02-29"))
cell("harvested figure ten times as large", "harvests.officials", lambda text, row, rng: f"{text}0", has("officials"))
cell("entry of a harvest matched to no expulsion", "harvests.expulsion_id", typo)
cell("side of a harvest mistyped", "harvests.found_by", typo)


@kind("statement twice under another id")
def statement_twice(raw: Raw, rng: random.Random) -> tuple[str, int]:
    sheet = raw.sheet("statements")
    row = rng.choice(sheet.rows)
    last = max(i for i, r in enumerate(sheet.rows) if r["article_id"] == row["article_id"])
    sheet.rows.insert(last + 1, row | {"statement_id": f"{row['article_id']}.{siblings(row, sheet) + 1}"})
    sheet.save()
    return "statements", last + 3


@kind("article twice under another id")
def article_twice(raw: Raw, rng: random.Random) -> tuple[str, int]:
    sheet = raw.sheet("articles")
    index = rng.randrange(len(sheet.rows))
    row = sheet.rows[index]
    again = row["article_id"] + "-2"
    sheet.rows.append(
        row | {"article_id": again, "url": row["url"] and row["url"] + "?again", "no_expulsion_because": row["no_expulsion_because"]}
    )
    sheet.rows.sort(key=lambda r: tidy._natural(r["article_id"]))
    sheet.save()
    statements = raw.sheet("statements")
    for own in [r for r in statements.rows if r["article_id"] == row["article_id"]]:
        statements.rows.append(own | {"article_id": again, "statement_id": f"{again}.{number(own)}"})
    statements.rows.sort(key=lambda r: tidy._natural(r["statement_id"]))
    statements.save()
    return "articles", next(i for i, r in enumerate(sheet.rows, 2) if r["article_id"] == again)


@kind("expulsion twice under another id")
def expulsion_twice(raw: Raw, rng: random.Random) -> tuple[str, int]:
    sheet, statements = raw.sheet("expulsions"), raw.sheet("statements")
    row = rng.choice([r for r in sheet.rows if len(r["expulsion_id"]) == 18])
    again = row["expulsion_id"] + "-2"
    sheet.rows.append(row | {"expulsion_id": again})
    sheet.rows.sort(key=lambda r: tidy._natural(r["expulsion_id"]))
    sheet.save()
    own = [r for r in statements.rows if r["expulsion_id"] == row["expulsion_id"] and r["standing"] == "accepted"]
    for copied in rng.sample(own, min(2, len(own))):
        copied["expulsion_id"] = again
    statements.save()
    return "expulsions", next(i for i, r in enumerate(sheet.rows, 2) if r["expulsion_id"] == again)


cell("address of another article", "articles.url", "https://24hoursworlds.com/international/159663", lambda r: r["article_id"] > "3")


def misspelt(name: str, fit: Callable[[int], bool], undetectable: str = "") -> None:
    """Register a publisher's name that loses a letter, by how many articles it has on that site."""

    @kind(name, undetectable)
    def fault(raw: Raw, rng: random.Random) -> tuple[str, int] | None:
        sheet = raw.sheet("articles")
        site = [(row["publisher"], urlsplit(row["url"]).netloc) for row in sheet.rows]
        counts = Counter(site)
        index = rng.choice([i for i, s in enumerate(site) if fit(counts[s]) and len(s[0]) > 4])
        sheet.rows[index]["publisher"] = typo(sheet.rows[index]["publisher"], sheet.rows[index], rng)
        sheet.save()
        return "articles", index + 2


misspelt("publisher with a letter lost", lambda n: n > 1)
misspelt(
    "publisher of one article with a letter lost",
    lambda n: n == 1,
    "There is no other row to hold the name against; the number of origins stays right.",
)


# --- standing, coverage, judgement ---------------------------------------------------------------------------------

JUDGED = "It is read from the page, and either value is possible; second codings measure how often it is misread."
cell("authoritative without reason", "statements.standing", "authoritative", lambda r: r["standing"] == "accepted")
cell("rejected without reason", "statements.standing", "rejected", lambda r: r["standing"] == "accepted")
cell("superseded figure accepted", "statements.standing", "accepted", one(standing="superseded"))
cell("rejected statement accepted", "statements.standing", "accepted", one(standing="rejected"))
cell("part taken for the whole", "statements.covers", "whole", one(covers="part"), undetectable=JUDGED)
cell("more than the whole taken for the whole", "statements.covers", "whole", one(covers="beyond"), undetectable=JUDGED)
cell("vantage mistaken", "statements.vantage", lambda t, r, g: "target" if t == "expeller" else "expeller", undetectable=JUDGED)
cell("attribution mistaken", "statements.attribution", lambda t, r, g: "press" if t == "official" else "official", undetectable=JUDGED)
cell("ground missed", "statements.grounds", "", has("grounds"), undetectable=JUDGED)
cell(
    "unit mistaken",
    "statements.counted_unit",
    lambda t, r, g: "mission_members" if t == "diplomats" else "diplomats",
    has("counted_unit"),
    undetectable=JUDGED,
)
cell(
    "agency not named",
    "articles.agency",
    "",
    has("agency"),
    undetectable="Whether a page copies an agency is read from the page; the origins then count one too many.",
)
cell("article said to yield nothing", "articles.no_expulsion_because", "Nothing in it.", lambda r: not r["no_expulsion_because"])
cell("article coded nowhere", "articles.no_expulsion_because", "", has("no_expulsion_because"))


# --- claims, actors, memberships -----------------------------------------------------------------------------------

cell("claim's target scope widened", "claims.target_scope", "*", lambda r: r["target_scope"] == "RUS" and "Russia" in r["scope_as_stated"])
cell(
    "claim's target scope widened, its wording naming nobody",
    "claims.target_scope",
    "*",
    lambda r: r["target_scope"] == "RUS" and "Russia" not in r["scope_as_stated"],
    undetectable="The wording in the row does not say whose officials were counted.",
)
cell("claim's expeller scope widened", "claims.expeller_scope", "*", lambda r: r["expeller_scope"] != "*")
cell("claim's scope of no group", "claims.expeller_scope", "Europa*")
cell("claim's figure with a digit doubled", "claims.figure", lambda t, r, g: t[0] + t, has("figure"))
cell("claim's figure with a digit dropped", "claims.figure", lambda t, r, g: t[:-1], lambda r: len(r["figure"]) > 1)
cell("claim's figure missing", "claims.figure", "", has("figure"))
cell("claim part of itself", "claims.part_of", lambda t, r, g: r["claim_id"])
cell("membership of an unknown actor", "memberships.actor_id", "QQQ")
cell("membership that ends before it begins", "memberships.left_on", "1700-01-01")
cell("membership a century early", "memberships.joined_on", year(-100), lambda r: r["organisation"] == "EU")
cell("two actors with one code", "actors.iso2", "RU", lambda r: r["iso2"] and r["iso2"] != "RU")
cell("two states with one number", "memberships.code", "365", lambda r: r["organisation"] == "COW" and r["code"] != "365")
cell("Namibia's code taken for nothing", "actors.iso2", "", one(iso2="NA"))
cell("region misspelt", "actors.un_region", typo, has("un_region"))


# --- seeing --------------------------------------------------------------------------------------------------------


TRACEBACK = "traceback:"


@dataclass(frozen=True)
class Outcome:
    """What became of one planted fault: by what it was seen, and whether its own line was told."""

    kind: str
    seed: int
    seen: str
    placed: bool
    output: str = ""


@contextlib.contextmanager
def copy() -> Iterator[Raw]:
    """A canonical copy of the real raw/, for as long as the block lasts."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copy(contract.ROOT / "datapackage.json", root)
        shutil.copytree(contract.ROOT / "raw", root / "raw")
        for table in contract.raw(root).tables.values():
            path = root / table.file
            path.write_text(tidy.canonical(table, path.read_text(encoding="utf-8")), encoding="utf-8", newline="")
        yield Raw(root)


@dataclass(frozen=True)
class Seen:
    """What the machine says of a folder: lines told, by whom, and the bytes of the product."""

    by: str
    lines: frozenset[str]
    product: bytes = b""


def examined(root: Path, known: Seen | None = None) -> Seen:
    """Read, check, compile, load, and ask the rules; stops at the first of them that has something to say.

    Where none says more than is ``known`` and the product is another, the expectations are asked too.
    """
    output = io.StringIO()
    try:
        with contextlib.redirect_stderr(output):
            compiled = tables.compiled(root)
    except SystemExit:
        return Seen("reader", frozenset(output.getvalue().splitlines()))
    files = {name: store.csv_bytes(frame) for name, frame in compiled.items()}
    product = b"".join(files.values())
    canonical = {f"{table.file}: not canonical" for table in contract.raw(root).tables.values() if uncanonical(table, root)}
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        for name, content in files.items():
            (Path(folder) / f"{name}.csv").write_bytes(content)
        try:
            database.build(connection, contract.product(root), Path(folder))
        except duckdb.Error as error:
            return Seen("database", frozenset({str(error)}), product)
        broken, idle = run.waive(run.violations(connection), root)
        lines = {
            f"{rule}: {' '.join(places(row, root))} {row}" for rule, rows in broken.items() for row in rows.astype(str).to_dict("records")
        } | set(idle)
        by = "canonical form" if canonical and not lines else "rule"
        if known and not (lines | canonical) - known.lines and product != known.product:
            lines |= {text for text in run.failures(run.validate(connection, contract.product(root))) if not text.startswith("    ")}
            by = "expectation"
    return Seen(by, frozenset(lines | canonical), product)


def uncanonical(table: contract.Table, root: Path) -> bool:
    """Whether `make tidy` would change the file."""
    text = (root / table.file).read_text(encoding="utf-8")
    return tidy.canonical(table, text) != text


def places(row: dict[str, str], root: Path) -> list[str]:
    """The raw lines of the key and of the ids in a row."""
    return [*filter(None, [run.raw_row(row, root)])] + [place for value in row.values() if (place := run.raw_line(value, root))]


def attempt(fault: Fault, name: str, seed: int, known: Seen) -> Outcome | None:
    """Plant one fault and see."""
    with copy() as raw:
        planted = fault(raw, random.Random(f"{name}/{seed}"))
        if planted is None:
            return None
        table, line = planted
        try:
            seen = examined(raw.root, known)
        except Exception as error:  # a traceback tells a curator nothing: it is no catch, and ends the attack as failed
            return Outcome(name, seed, "", False, f"raw/{table}.csv:{line}: {TRACEBACK} {error!r}")
        new = seen.lines - known.lines
        if not new:
            same = seen.product == known.product
            return Outcome(name, seed, "harmless" if same else "", False, "" if same else f"raw/{table}.csv:{line}")
        place = re.compile(rf"raw/{table}\.csv:{line}\b")
        return Outcome(name, seed, seen.by, any(place.search(text) for text in seen.lines), min(new))


def own() -> dict[str, Fault]:
    """The kinds of this module."""
    return KINDS


def _attempts(jobs: list[tuple[str, int]], kinds: Callable[[], dict[str, Fault]]) -> list[Outcome]:
    planters = kinds()
    with copy() as raw:
        known = examined(raw.root, Seen("", frozenset()))
    return [outcome for name, seed in jobs if (outcome := attempt(planters[name], name, seed, known))]


def attack(seeds: int, workers: int = 2, names: list[str] | None = None, kinds: Callable[[], dict[str, Fault]] = own) -> list[Outcome]:
    """Plant every kind with every seed; ``kinds`` gives them, in each worker anew."""
    # One thread for each worker: the tables are small, and the workers share the cores.
    os.environ.setdefault("POLARS_MAX_THREADS", "1")
    jobs = [(name, seed) for name in names or kinds() for seed in range(seeds)]
    random.Random(0).shuffle(jobs)
    if workers == 1:
        return _attempts(jobs, kinds)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        return [outcome for part in pool.map(_attempts, [jobs[i::workers] for i in range(workers)], [kinds] * workers) for outcome in part]


def table(outcomes: list[Outcome]) -> str:
    """Markdown: a row for each kind, and the sums."""
    lines = ["| Fault | Planted | Caught | By | Own line told |", "|---|--:|--:|---|--:|"]
    for name in KINDS:
        mine = [o for o in outcomes if o.kind == name and o.seen != "harmless"]
        caught = [o for o in mine if o.seen]
        if mine:
            by = ", ".join(sorted({o.seen for o in caught}))
            mark = " (undetectable)" if name in UNDETECTABLE else ""
            lines.append(f"| {name}{mark} | {len(mine)} | {len(caught)} | {by} | {sum(o.placed for o in caught)} |")
    return "\n".join(lines)


def share(outcomes: list[Outcome], but: dict[str, str] | None = None) -> float:
    """Share of the harmful faults that were caught, without the kinds in ``but``."""
    mine = [o for o in outcomes if o.seen != "harmless" and o.kind not in (but or {})]
    return sum(bool(o.seen) for o in mine) / len(mine)


def main() -> None:
    """Print the table; end with 1 if fewer than 95 % of what can be seen at all are caught, or any ended in a traceback."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    outcomes = attack(seeds, names=[k for k in KINDS if re.search(sys.argv[2], k)] if len(sys.argv) > 2 else None)
    print(table(outcomes))
    for outcome in sorted(outcomes, key=lambda o: o.kind):
        if not outcome.seen:
            print(f"survived: {outcome.kind} (seed {outcome.seed}) at {outcome.output}")
    print(
        f"{len(KINDS)} kinds, {len(outcomes)} faults: {share(outcomes):.1%} caught, "
        f"{share(outcomes, UNDETECTABLE):.1%} without the undetectable kinds."
    )
    raise SystemExit(share(outcomes, UNDETECTABLE) < 0.95 or any(TRACEBACK in o.output for o in outcomes if not o.seen))


if __name__ == "__main__":
    main()
