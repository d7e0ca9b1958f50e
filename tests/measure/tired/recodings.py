"""Slips with second codings and corrections."""

import random

from tests.measure.tired.base import Found, Row, Tables, choose, drop, fault, has, hit, index, key, pick, put, spot

TOLD = {"vantage", "attribution", "measure", "counted_unit", "covers", "persons_ordered", "qualifier"}


def statements_only(row: Row) -> bool:
    """Whether a recoding is of a statement's cell with a closed list of values."""
    return row["sample"].startswith("statements") and row["variable"] in TOLD


def rekeyed(tables: Tables, row: Row, **cells: str) -> Found:
    """Change a recoding's key and keep the file's order."""
    drop(tables, "recodings", row)
    return hit("recodings", put(tables, "recodings", {**row, **cells}))


@fault("recodings")
def settled_as_a_third_value(tables: Tables, rng: random.Random) -> Found | None:
    """Both coders agree, and another value is settled without a word."""
    row = pick(rng, tables["recodings"], statements_only, lambda r: r["first"] == r["second"] == r["settled"] and not r["reason"])
    others = {r["settled"] for r in tables["recodings"] if r["variable"] == row["variable"]} - {row["settled"], ""}
    row["settled"] = choose(rng, others)
    return hit("recodings", row)


@fault("recodings")
def settled_without_a_reason(tables: Tables, rng: random.Random) -> Found | None:
    """The two differ, one is taken, and the reason was not typed."""
    row = pick(rng, tables["recodings"], lambda r: r["first"] != r["second"] and r["reason"])
    row["reason"] = ""
    return hit("recodings", row)


@fault("recodings")
def settled_left_open(tables: Tables, rng: random.Random) -> Found | None:
    """The settled value left empty where both have one."""
    row = pick(rng, tables["recodings"], lambda r: r["first"] == r["second"] == r["settled"] != "")
    row["settled"] = ""
    return hit("recodings", row)


@fault("recodings", visible=False)
def codings_exchanged(tables: Tables, rng: random.Random) -> Found | None:
    """First and second coding typed in each other's column."""
    row = pick(rng, tables["recodings"], lambda r: r["first"] != r["second"])
    row["first"], row["second"] = row["second"], row["first"]
    return hit("recodings", row)


@fault("recodings", visible=False)
def second_coding_looked_at_the_first(tables: Tables, rng: random.Random) -> Found | None:
    """A disagreement smoothed away: the second coding now is what the first was."""
    row = pick(rng, tables["recodings"], lambda r: r["first"] != r["second"] and r["settled"] == r["first"])
    row["second"], row["reason"] = row["first"], ""
    return hit("recodings", row)


@fault("recodings")
def recoding_in_other_words(tables: Tables, rng: random.Random) -> Found | None:
    """The second coder's value in the words of another list."""
    words = {"official": "Official", "expeller": "Expeller", "diplomats": "diplomat", "persona_non_grata": "PNG", "yes": "true"}
    row = pick(rng, tables["recodings"], statements_only, lambda r: r["second"] in words)
    row["second"] = words[row["second"]]
    return hit("recodings", row)


@fault("recodings")
def recoding_of_another_column(tables: Tables, rng: random.Random) -> Found | None:
    """The values stand beside the wrong variable: one row off."""
    rows = tables["recodings"]
    same = (i for i in range(1, len(rows)) if rows[i]["unit_id"] == rows[i - 1]["unit_id"])
    i = spot(rng, (i for i in same if statements_only(rows[i]) and rows[i - 1]["settled"] not in ("", rows[i]["settled"], "yes", "no")))
    for column in ("first", "second", "settled"):
        rows[i][column] = rows[i - 1][column]
    return hit("recodings", rows[i])


@fault("recodings")
def recoding_of_a_variable_not_there(tables: Tables, rng: random.Random) -> Found | None:
    """The variable's name misspelt."""
    row = pick(rng, tables["recodings"], has(variable="attribution"))
    return rekeyed(tables, row, variable="atribution")


@fault("recodings")
def recoding_of_a_unit_not_there(tables: Tables, rng: random.Random) -> Found | None:
    """The unit's number is one that its page does not have."""
    row = pick(rng, tables["recodings"], statements_only)
    return rekeyed(tables, row, unit_id=row["unit_id"].rsplit(".", 1)[0] + ".29")


@fault("recodings")
def recoding_of_a_sample_not_there(tables: Tables, rng: random.Random) -> Found | None:
    """A sample that nobody drew, of a single cell."""
    row = pick(rng, tables["recodings"], statements_only)
    return rekeyed(tables, row, sample="statements-16")


@fault("recodings")
def settled_cell_not_changed(tables: Tables, rng: random.Random) -> Found | None:
    """The last settlement differs from what the table holds: the cell was changed back, or never."""
    rows = index(tables, "statements")
    last = {(r["unit_id"], r["variable"]): r for r in tables["recodings"] if statements_only(r)}
    agreed = [r for (u, v), r in last.items() if u in rows and rows[u][v] == r["settled"] == r["first"] == r["second"]]
    row = pick(rng, agreed)
    others = {r["settled"] for r in tables["recodings"] if r["variable"] == row["variable"]} - {row["settled"], ""}
    row["first"] = row["second"] = row["settled"] = choose(rng, others)
    return hit("recodings", row)


@fault("recodings")
def recoded_figure_turned(tables: Tables, rng: random.Random) -> Found | None:
    """Two digits exchanged in one coding of a lower bound: it is far above the upper one."""
    row = pick(
        rng, tables["recodings"], has(variable="officials_low"), lambda r: len(r["settled"]) == 2 and r["settled"][0] < r["settled"][1]
    )
    row["first"] = row["second"] = row["settled"] = row["settled"][::-1]
    return hit("recodings", row)


@fault("recodings")
def recoded_day_by_spreadsheet(tables: Tables, rng: random.Random) -> Found | None:
    """One day in the form of a spreadsheet, so that the codings seem to differ."""
    row = pick(rng, tables["recodings"], has(variable="announced_on"), lambda r: len(r["second"]) == 10 and r["first"] == r["second"])
    row["second"] = "/".join((row["second"][8:], row["second"][5:7], row["second"][:4]))
    return hit("recodings", row)


@fault("lost", visible=False)
def recoding_lost(tables: Tables, rng: random.Random) -> Found | None:
    """One cell of a second coding was not copied."""
    row = pick(rng, tables["recodings"], lambda r: r["first"] != r["second"])
    drop(tables, "recodings", row)
    return hit("recodings", row)


@fault("recodings")
def correction_of_a_row_not_there(tables: Tables, rng: random.Random) -> Found | None:
    """A correction names a row that no table has."""
    row = pick(rng, tables["corrections"], lambda r: r["row_id"] != "*")
    cells = {"row_id": row["row_id"].rsplit(".", 1)[0] + ".7"}
    drop(tables, "corrections", row)
    return hit("corrections", put(tables, "corrections", {**row, **cells}))


@fault("recodings")
def correction_of_another_table(tables: Tables, rng: random.Random) -> Found | None:
    """The table filled down: the corrected column is not one of its columns."""
    row = pick(rng, tables["corrections"], lambda r: key("corrections", r).endswith("announced_on"))
    drop(tables, "corrections", row)
    return hit("corrections", put(tables, "corrections", {**row, "table_name": "articles"}))
