"""Slips with decisions: coded twice, merged, sides and days confused."""

import random

from tests.measure.tired.base import (
    LOOK_ALIKE,
    Found,
    Row,
    Tables,
    about,
    day_of,
    drop,
    fault,
    full,
    hit,
    key,
    moved,
    other_year,
    pick,
    put,
    swappable,
    swapped,
)
from tests.measure.tired.ids import fresh_id, rename_expulsion


def dated(row: Row) -> bool:
    """Whether the id has a full day and no number."""
    return full(day_of(row["expulsion_id"])) and row["expulsion_id"].count("-") == 4


def renamed(tables: Tables, row: Row, day: str, expeller: str, target: str) -> Found:
    """Give a decision another day or other sides, its id and all that names it included."""
    rename_expulsion(tables, row["expulsion_id"], fresh_id(tables, f"{day}-{expeller}-{target}"))
    row["expeller"], row["target"] = expeller, target
    return hit("expulsions", row)


def split_off(tables: Tables, rng: random.Random, row: Row, name: str, **cells: str) -> Found:
    """Enter a decision a second time and hang some of its statements on the second entry."""
    copy = put(tables, "expulsions", {**row, "expulsion_id": fresh_id(tables, name), "note": "", **cells})
    mine = [r for r in tables["statements"] if r["expulsion_id"] == row["expulsion_id"]]
    for message in mine[len(mine) // 2 :]:
        message["expulsion_id"] = copy["expulsion_id"]
    return hit("expulsions", copy)


def several(tables: Tables) -> list[Row]:
    """Dated decisions with four statements or more."""
    mine = about(tables)
    return [row for row in tables["expulsions"] if dated(row) and len(mine[row["expulsion_id"]]) > 3]


@fault("duplicates")
def decision_twice_some_days_apart(tables: Tables, rng: random.Random) -> Found | None:
    """Later pages date it by their own day: the decision is entered again some days after."""
    row = pick(rng, several(tables))
    later = moved(day_of(row["expulsion_id"]), rng.randint(2, 5))
    return split_off(tables, rng, row, f"{later}-{row['expeller']}-{row['target']}")


@fault("duplicates")
def decision_twice_the_same_day(tables: Tables, rng: random.Random) -> Found | None:
    """Embassy and consulate of one decision entered as two, the second with a number."""
    row = pick(rng, several(tables))
    return split_off(tables, rng, row, row["expulsion_id"])


@fault("duplicates")
def decision_twice_in_its_month(tables: Tables, rng: random.Random) -> Found | None:
    """A retrospective gives the month: entered again as a decision of that month."""
    row = pick(rng, several(tables))
    return split_off(tables, rng, row, f"{day_of(row['expulsion_id'])[:7]}-{row['expeller']}-{row['target']}")


@fault("duplicates")
def decision_twice_reversed(tables: Tables, rng: random.Random) -> Found | None:
    """Pages that tell it from the other side are entered as a decision of the other side."""
    dyads = {(row["expeller"], row["target"]) for row in tables["expulsions"]}
    row = pick(rng, several(tables), lambda r: (r["target"], r["expeller"]) in dyads)
    sides = {"expeller": row["target"], "target": row["expeller"]}
    return split_off(tables, rng, row, f"{day_of(row['expulsion_id'])}-{row['target']}-{row['expeller']}", **sides)


@fault("duplicates")
def decision_twice_other_measure(tables: Tables, rng: random.Random) -> Found | None:
    """The closed consulate of the same announcement entered as a decision of its own, with one page's statement copied."""
    row = pick(rng, several(tables))
    copy = put(tables, "expulsions", {**row, "expulsion_id": fresh_id(tables, row["expulsion_id"]), "note": ""})
    message = pick(rng, about(tables)[row["expulsion_id"]])
    last = max(int(r["statement_id"].rsplit(".", 1)[1]) for r in tables["statements"] if r["article_id"] == message["article_id"])
    name = f"{message['article_id']}.{last + 1}"
    put(tables, "statements", {**message, "statement_id": name, "expulsion_id": copy["expulsion_id"], "measure": "accreditation_withdrawn"})
    return hit("expulsions", copy)


@fault("who")
def sides_exchanged(tables: Tables, rng: random.Random) -> Found | None:
    """Expeller and target typed in each other's column; the id is right."""
    row = pick(rng, tables["expulsions"])
    row["expeller"], row["target"] = row["target"], row["expeller"]
    return hit("expulsions", row)


@fault("who")
def sides_exchanged_throughout(tables: Tables, rng: random.Random) -> Found | None:
    """The victim taken for the doer, in the id too; the sentences tell it the other way round."""
    row = pick(rng, tables["expulsions"], dated)
    return renamed(tables, row, day_of(row["expulsion_id"]), row["target"], row["expeller"])


@fault("who")
def look_alike_expeller_throughout(tables: Tables, rng: random.Random) -> Found | None:
    """SVK for SVN, LTU for LVA, in the id too; the sentences name the other state."""
    row = pick(rng, tables["expulsions"], dated, lambda r: LOOK_ALIKE.get(r["expeller"], r["target"]) != r["target"])
    return renamed(tables, row, day_of(row["expulsion_id"]), LOOK_ALIKE[row["expeller"]], row["target"])


@fault("who")
def look_alike_target_throughout(tables: Tables, rng: random.Random) -> Found | None:
    """A look-alike code for the target, in the id too."""
    row = pick(rng, tables["expulsions"], dated, lambda r: LOOK_ALIKE.get(r["target"], r["expeller"]) != r["expeller"])
    return renamed(tables, row, day_of(row["expulsion_id"]), row["expeller"], LOOK_ALIKE[row["target"]])


@fault("who")
def look_alike_in_one_column(tables: Tables, rng: random.Random) -> Found | None:
    """A look-alike code in the column, the right one in the id."""
    column = rng.choice(("expeller", "target"))
    row = pick(rng, tables["expulsions"], lambda r: r[column] in LOOK_ALIKE)
    row[column] = LOOK_ALIKE[row[column]]
    return hit("expulsions", row)


@fault("who")
def state_expels_itself(tables: Tables, rng: random.Random) -> Found | None:
    """Filled across: both sides are the expeller."""
    row = pick(rng, tables["expulsions"])
    row["target"] = row["expeller"]
    return hit("expulsions", row)


@fault("days")
def decision_day_month_swapped(tables: Tables, rng: random.Random) -> Found | None:
    """Day and month exchanged in the id, and with it in all that names the decision."""
    row = pick(rng, tables["expulsions"], dated, lambda r: swappable(day_of(r["expulsion_id"])))
    return renamed(tables, row, swapped(day_of(row["expulsion_id"])), row["expeller"], row["target"])


@fault("days")
def decision_of_last_year(tables: Tables, rng: random.Random) -> Found | None:
    """The id typed with last year's number."""
    row = pick(rng, tables["expulsions"], dated)
    return renamed(tables, row, other_year(day_of(row["expulsion_id"]), -1), row["expeller"], row["target"])


@fault("days")
def decision_a_week_late(tables: Tables, rng: random.Random) -> Found | None:
    """The id built from a page of the week after; all statements have the earlier day."""
    row = pick(rng, several(tables))
    return renamed(tables, row, moved(day_of(row["expulsion_id"]), 7), row["expeller"], row["target"])


@fault("contradictions")
def number_two_without_a_first(tables: Tables, rng: random.Random) -> Found | None:
    """An id numbered as the second of its day where there is no first."""
    row = pick(rng, tables["expulsions"], dated)
    rename_expulsion(tables, row["expulsion_id"], row["expulsion_id"] + "-2")
    return hit("expulsions", row)


@fault("merged")
def two_decisions_merged(tables: Tables, rng: random.Random) -> Found | None:
    """Two decisions of one dyad in one month taken for one: the later one's statements hang on the first, its row is gone."""
    near: dict[tuple[str, str, str], list[Row]] = {}
    for row in tables["expulsions"]:
        near.setdefault((row["expeller"], row["target"], row["expulsion_id"][:7]), []).append(row)
    pairs = [rows for rows in near.values() if len(rows) > 1]
    last = pick(rng, [rows[1] for rows in pairs])
    first = next(rows[0] for rows in pairs if rows[1] is last)
    drop(tables, "expulsions", last)
    rename_expulsion(tables, last["expulsion_id"], first["expulsion_id"])
    for table in ("answers", "harvests", "recodings"):
        once = {key(table, row): row for row in reversed(tables[table]) if row.get("answers") != row.get("expulsion_id", "-")}
        tables[table][:] = [row for row in tables[table] if once.get(key(table, row)) is row]
    return hit("expulsions", first)
