"""Slips with the lines of published lists and with their figures."""

import random
import re

from tests.measure.tired.base import Found, Row, Tables, choose, drop, fault, groups, has, hit, pick, put, spot


def lines(tables: Tables) -> dict[str, list[Row]]:
    """The lines of each list."""
    return {part: rows for part, rows in groups(tables["claims"], "part_of").items() if part}


def sums(tables: Tables) -> list[Row]:
    """Exact totals to which their lines add up."""
    parts = lines(tables)
    return [
        row
        for row in tables["claims"]
        if row["claim_id"] in parts
        and row["qualifier"] == "exact"
        and sum(int(r["figure"] or 0) for r in parts[row["claim_id"]]) == int(row["figure"] or -1)
    ]


def next_claim(tables: Tables, article_id: str) -> str:
    """The next free claim id of an article."""
    last = max(int(r["claim_id"].rsplit(".c", 1)[1]) for r in tables["claims"] if r["article_id"] == article_id)
    return f"{article_id}.c{last + 1}"


def turnable(row: Row) -> bool:
    """Whether the figure has two different digits to turn."""
    return len(row["figure"]) == 2 and row["figure"][0] != row["figure"][1] and row["figure"][1] != "0"


@fault("claims")
def total_unlike_its_lines(tables: Tables, rng: random.Random) -> Found | None:
    """A digit of the total wrong: its lines no longer add up to it."""
    row = pick(rng, sums(tables))
    row["figure"] = str(int(row["figure"]) + rng.choice((10, -10, 1)))
    return hit("claims", row)


@fault("claims")
def line_unlike_its_total(tables: Tables, rng: random.Random) -> Found | None:
    """A line's figure wrong by one: the list no longer adds up."""
    whole = {row["claim_id"] for row in sums(tables)}
    row = pick(rng, tables["claims"], lambda r: r["part_of"] in whole and r["figure"])
    row["figure"] = str(int(row["figure"]) + 1)
    return hit("claims", row)


@fault("claims")
def line_has_the_next_figure(tables: Tables, rng: random.Random) -> Found | None:
    """The eye slid one line down in a list: the next state's figure."""
    rows = tables["claims"]
    near = (i for i in range(len(rows) - 1) if rows[i]["part_of"] and rows[i]["part_of"] == rows[i + 1]["part_of"])
    i = spot(rng, (i for i in near if rows[i]["figure"] != rows[i + 1]["figure"] != ""))
    rows[i]["figure"] = rows[i + 1]["figure"]
    return hit("claims", rows[i])


@fault("claims")
def two_lines_exchanged(tables: Tables, rng: random.Random) -> Found | None:
    """Two lines of a list have each other's state: the sum stays right."""
    rows = tables["claims"]
    near = (i for i in range(len(rows) - 1) if rows[i]["part_of"] and rows[i]["part_of"] == rows[i + 1]["part_of"])
    i = spot(rng, (i for i in near if abs(int(rows[i]["figure"] or 0) - int(rows[i + 1]["figure"] or 0)) > 3))
    rows[i]["figure"], rows[i + 1]["figure"] = rows[i + 1]["figure"], rows[i]["figure"]
    return hit("claims", rows[i])


@fault("claims")
def claim_digits_turned(tables: Tables, rng: random.Random) -> Found | None:
    """Two digits of a single state's figure exchanged."""
    row = pick(rng, tables["claims"], turnable, lambda r: re.fullmatch("[A-Z]{3}", r["expeller_scope"]))
    row["figure"] = row["figure"][::-1]
    return hit("claims", row)


@fault("claims")
def claim_nought_too_many(tables: Tables, rng: random.Random) -> Found | None:
    """A nought too many: 4000 for 400."""
    row = pick(rng, tables["claims"], lambda r: r["figure"].endswith("0"))
    row["figure"] += "0"
    return hit("claims", row)


@fault("claims")
def line_of_another_list(tables: Tables, rng: random.Random) -> Found | None:
    """The total's id filled down from another page's list."""
    row = pick(rng, tables["claims"], lambda r: r["part_of"])
    row["part_of"] = choose(rng, {p for p in lines(tables) if not p.startswith(row["article_id"] + ".")})
    return hit("claims", row)


@fault("claims")
def part_of_itself(tables: Tables, rng: random.Random) -> Found | None:
    """The total is a line of itself."""
    totals = lines(tables)
    row = pick(rng, tables["claims"], lambda r: r["claim_id"] in totals)
    row["part_of"] = row["claim_id"]
    return hit("claims", row)


@fault("claims")
def line_off_its_list(tables: Tables, rng: random.Random) -> Found | None:
    """A line in the middle of a list is tied to no total."""
    rows = tables["claims"]
    inside = (i for i in range(1, len(rows) - 1) if rows[i - 1]["part_of"] == rows[i + 1]["part_of"] != "")
    i = spot(rng, (i for i in inside if rows[i]["part_of"]))
    rows[i]["part_of"] = ""
    return hit("claims", rows[i])


@fault("claims")
def lines_of_two_counters(tables: Tables, rng: random.Random) -> Found | None:
    """One line of a list is said to be counted by somebody else than its total."""
    row = pick(rng, tables["claims"], lambda r: r["part_of"])
    row["claimed_by"] = choose(rng, {r["claimed_by"] for r in tables["claims"]} - {row["claimed_by"]})
    return hit("claims", row)


@fault("duplicates")
def claim_twice(tables: Tables, rng: random.Random) -> Found | None:
    """The same total coded once from the headline and once from the text."""
    row = pick(rng, tables["claims"], has(part_of=""), lambda r: r["figure"])
    copy = {**row, "claim_id": next_claim(tables, row["article_id"]), "scope_as_stated": "headline: " + row["scope_as_stated"]}
    return hit("claims", put(tables, "claims", copy))


@fault("duplicates")
def line_twice_two_figures(tables: Tables, rng: random.Random) -> Found | None:
    """One state twice in a list, with two figures."""
    row = pick(rng, tables["claims"], lambda r: r["part_of"] and r["figure"])
    copy = {**row, "claim_id": next_claim(tables, row["article_id"]), "figure": str(int(row["figure"]) + rng.randint(1, 3))}
    return hit("claims", put(tables, "claims", copy))


@fault("lost")
def line_of_a_list_lost(tables: Tables, rng: random.Random) -> Found | None:
    """A line skipped in copying a list: a number is missing and the sum does not come out."""
    whole = {row["claim_id"] for row in sums(tables)}
    row = pick(rng, tables["claims"], lambda r: r["part_of"] in whole and int(r["figure"] or 0) > 0)
    drop(tables, "claims", row)
    return hit("claims", row)
