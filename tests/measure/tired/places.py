"""Statements coded twice, or hung on the wrong page or decision."""

import random
from collections.abc import Callable

from tests.measure.tired.base import (
    LOOK_ALIKE,
    Found,
    Row,
    Tables,
    about,
    choose,
    day_of,
    exact,
    fault,
    full,
    groups,
    hit,
    index,
    like,
    pick,
    plain,
    put,
    spot,
)
from tests.measure.tired.ids import next_statement


def ends(tables: Tables) -> Callable[[Row], tuple[str, str]]:
    """A function that gives a statement's two sides."""
    rows = index(tables, "expulsions")
    return lambda row: (rows[row["expulsion_id"]]["expeller"], rows[row["expulsion_id"]]["target"])


@fault("duplicates")
def statement_twice_other_measure(tables: Tables, rng: random.Random) -> Found | None:
    """The same passage coded twice after a pause, the second time with another measure."""
    row = pick(rng, tables["statements"], plain, lambda r: r["measure"] in ("ordered_to_leave", "persona_non_grata"))
    other = "persona_non_grata" if row["measure"] == "ordered_to_leave" else "ordered_to_leave"
    name = next_statement(tables, row["article_id"])
    return hit("statements", put(tables, "statements", {**row, "statement_id": name, "measure": other}))


@fault("duplicates")
def statement_twice_reworded(tables: Tables, rng: random.Random) -> Found | None:
    """The same passage coded twice, with the sentence begun in another way."""
    row = pick(rng, tables["statements"], plain, like("says", "^The "))
    says = "According to the page, the" + row["says"][3:]
    name = next_statement(tables, row["article_id"])
    return hit("statements", put(tables, "statements", {**row, "statement_id": name, "says": says}))


@fault("duplicates")
def sentence_under_two_pages(tables: Tables, rng: random.Random) -> Found | None:
    """One sentence pasted for two pages that tell the same decision."""
    mine = about(tables)
    row = pick(rng, tables["statements"], lambda r: len({x["article_id"] for x in mine[r["expulsion_id"]]}) > 1)
    row["says"] = pick(rng, mine[row["expulsion_id"]], lambda r: r["article_id"] != row["article_id"])["says"]
    return hit("statements", row)


@fault("links to pages")
def statement_number_skipped(tables: Tables, rng: random.Random) -> Found | None:
    """A number was left out in counting the statements of a page."""
    mine = groups(tables["statements"], "article_id")
    row = pick(rng, tables["statements"], lambda r: r is mine[r["article_id"]][-1] and not r["statement_id"].endswith(".1"))
    stem, number = row["statement_id"].rsplit(".", 1)
    row["statement_id"] = f"{stem}.{int(number) + 1}"
    return hit("statements", row)


@fault("links to pages")
def statement_under_another_page(tables: Tables, rng: random.Random) -> Found | None:
    """The article's column was filled down from the row above; the statement's id has the right one."""
    rows = tables["statements"]
    i = spot(rng, (i for i in range(1, len(rows)) if rows[i]["article_id"] != rows[i - 1]["article_id"]))
    rows[i]["article_id"] = rows[i - 1]["article_id"]
    return hit("statements", rows[i])


@fault("links to pages")
def statement_of_the_mirrored_decision(tables: Tables, rng: random.Random) -> Found | None:
    """Trigger and reply confused: the statement hangs on the reversed dyad's decision of the same month."""
    sides = ends(tables)
    ids = {(day_of(e)[:7], *pair): e for e, pair in ((r["expulsion_id"], (r["expeller"], r["target"])) for r in tables["expulsions"])}
    row = pick(rng, tables["statements"], lambda r: (day_of(r["expulsion_id"])[:7], *sides(r)[::-1]) in ids)
    row["expulsion_id"] = ids[(day_of(row["expulsion_id"])[:7], *sides(row)[::-1])]
    return hit("statements", row)


@fault("links to pages")
def statement_of_another_year(tables: Tables, rng: random.Random) -> Found | None:
    """Two exchanges of the same states confused: the statement hangs on that of another year."""
    sides = ends(tables)
    mine = groups(tables["expulsions"], "expeller")
    dated = [row for row in tables["statements"] if full(row["announced_on"])]

    def others(row: Row) -> list[str]:
        end, year = sides(row), row["announced_on"][:4]
        return [e["expulsion_id"] for e in mine[end[0]] if e["target"] == end[1] and day_of(e["expulsion_id"])[:4] != year]

    row = pick(rng, dated, others)
    row["expulsion_id"] = choose(rng, others(row))
    return hit("statements", row)


@fault("links to pages")
def statement_of_a_look_alike_state(tables: Tables, rng: random.Random) -> Found | None:
    """Slovakia for Slovenia, Latvia for Lithuania: the statement hangs on the other one's decision against the same target."""
    sides = ends(tables)
    mine = groups(tables["expulsions"], "expeller")

    def others(row: Row) -> list[str]:
        end = sides(row)
        return [e["expulsion_id"] for e in mine.get(LOOK_ALIKE.get(end[0], ""), []) if e["target"] == end[1]]

    row = pick(rng, tables["statements"], others)
    row["expulsion_id"] = choose(rng, others(row))
    return hit("statements", row)


@fault("links to pages")
def statement_of_the_row_above(tables: Tables, rng: random.Random) -> Found | None:
    """In a page with a list of states, the decision of the line above was filled down."""
    rows = tables["statements"]
    near = (i for i in range(1, len(rows)) if rows[i]["article_id"] == rows[i - 1]["article_id"])
    i = spot(rng, (i for i in near if rows[i]["expulsion_id"] != rows[i - 1]["expulsion_id"]))
    rows[i]["expulsion_id"] = rows[i - 1]["expulsion_id"]
    return hit("statements", rows[i])


@fault("links to pages")
def statement_moved_to_the_same_figure(tables: Tables, rng: random.Random) -> Found | None:
    """A statement hangs on a decision of the same day with the same figure, against or by another state."""
    same = groups([r for r in tables["statements"] if exact(r) and full(r["announced_on"])], "announced_on")

    def others(row: Row) -> list[str]:
        like = [r for r in same[row["announced_on"]] if r["officials_low"] == row["officials_low"]]
        return [r["expulsion_id"] for r in like if r["expulsion_id"] != row["expulsion_id"]]

    row = pick(rng, (r for rows in same.values() for r in rows), others)
    row["expulsion_id"] = choose(rng, others(row))
    return hit("statements", row)
