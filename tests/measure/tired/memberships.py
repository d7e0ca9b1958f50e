"""Slips with spells of membership."""

import random

from tests.measure.tired.base import (
    LOOK_ALIKE,
    Found,
    Row,
    Tables,
    drop,
    fault,
    full,
    groups,
    has,
    hit,
    index,
    moved,
    other_year,
    pick,
    put,
    swappable,
    swapped,
)

STATES = ("COW", "GW")


def twin(tables: Tables, row: Row) -> Row | None:
    """The spell of the same state in the other system that begins within a year."""
    others = [
        r for r in tables["memberships"] if r["actor_id"] == row["actor_id"] and {r["organisation"], row["organisation"]} == set(STATES)
    ]
    return next((r for r in others if r["joined_on"][:4] == row["joined_on"][:4]), None)


def respelt(tables: Tables, table: str, row: Row, **cells: str) -> Found:
    """Change a key and keep the file's order."""
    drop(tables, table, row)
    return hit(table, put(tables, table, {**row, **cells}))


def later_spells(tables: Tables) -> list[Row]:
    """Ended spells that are followed by another one of the same state in the same system."""
    rows = tables["memberships"]
    near = (i for i in range(len(rows) - 1) if rows[i]["actor_id"] == rows[i + 1]["actor_id"])
    return [rows[i] for i in near if rows[i]["organisation"] == rows[i + 1]["organisation"] and rows[i]["left_on"]]


@fault("memberships")
def spell_left_open(tables: Tables, rng: random.Random) -> Found | None:
    """The end of a spell lost, though the next one of the same state begins: they overlap."""
    row = pick(rng, later_spells(tables))
    row["left_on"] = ""
    return hit("memberships", row)


@fault("memberships")
def spell_into_the_next(tables: Tables, rng: random.Random) -> Found | None:
    """The end of a spell typed some years too late, into the next one."""
    row = pick(rng, later_spells(tables))
    row["left_on"] = other_year(row["left_on"], 30)
    return hit("memberships", row)


@fault("memberships")
def spell_ends_before_it_begins(tables: Tables, rng: random.Random) -> Found | None:
    """First and last day exchanged."""
    row = pick(rng, tables["memberships"], lambda r: r["left_on"])
    return respelt(tables, "memberships", row, joined_on=row["left_on"], left_on=row["joined_on"])


@fault("memberships", visible=False)
def spell_day_month_swapped(tables: Tables, rng: random.Random) -> Found | None:
    """Day and month of an accession exchanged, where only one system has it."""
    row = pick(rng, tables["memberships"], lambda r: swappable(r["joined_on"]) and r["organisation"] in STATES and twin(tables, r) is None)
    return respelt(tables, "memberships", row, joined_on=swapped(row["joined_on"]))


@fault("memberships")
def accession_unlike_its_fellows(tables: Tables, rng: random.Random) -> Found | None:
    """Ten joined on one day, and one of them is put a year later."""
    mine = groups(tables["memberships"], "joined_on")
    row = pick(rng, tables["memberships"], lambda r: r["organisation"] in ("EU", "NATO") and len(mine[r["joined_on"]]) > 5)
    return respelt(tables, "memberships", row, joined_on=other_year(row["joined_on"], 1))


@fault("memberships")
def spell_in_another_century(tables: Tables, rng: random.Random) -> Found | None:
    """1891 for 1991: one of the two state systems is a hundred years off the other."""
    row = pick(rng, tables["memberships"], lambda r: r["joined_on"] > "1960" and r["organisation"] in STATES and twin(tables, r))
    return respelt(tables, "memberships", row, joined_on=other_year(row["joined_on"], -100))


@fault("memberships")
def code_digits_turned(tables: Tables, rng: random.Random) -> Found | None:
    """Two digits of a state's number exchanged; the other system has it right."""
    row = pick(
        rng,
        tables["memberships"],
        lambda r: len(r["code"]) == 3 and r["code"][0] != r["code"][1] and (twin(tables, r) or {}).get("code") == r["code"],
    )
    row["code"] = row["code"][1] + row["code"][0] + row["code"][2]
    return hit("memberships", row)


@fault("memberships")
def spell_of_a_look_alike(tables: Tables, rng: random.Random) -> Found | None:
    """A spell typed for the look-alike, which then has two and a wrong number."""
    rows = index(tables, "memberships")
    row = pick(
        rng,
        tables["memberships"],
        lambda r: r["organisation"] in STATES and r["actor_id"] in LOOK_ALIKE,
        lambda r: f"{LOOK_ALIKE[r['actor_id']]}/{r['organisation']}/{r['joined_on']}" not in rows,
    )
    return respelt(tables, "memberships", row, actor_id=LOOK_ALIKE[row["actor_id"]])


@fault("memberships")
def spell_twice(tables: Tables, rng: random.Random) -> Found | None:
    """The day of signing and the day of entering into force: the same membership twice."""
    row = pick(rng, tables["memberships"], has(left_on=""), lambda r: r["organisation"] in ("EU", "NATO") and full(r["joined_on"]))
    return hit("memberships", put(tables, "memberships", {**row, "joined_on": moved(row["joined_on"], -400)}))


@fault("memberships")
def organisation_in_another_language(tables: Tables, rng: random.Random) -> Found | None:
    """UE and OTAN: the organisation by its French letters."""
    row = pick(rng, tables["memberships"], lambda r: r["organisation"] in ("EU", "NATO"))
    return respelt(tables, "memberships", row, organisation={"EU": "UE", "NATO": "OTAN"}[row["organisation"]])


@fault("memberships")
def member_of_another_continent(tables: Tables, rng: random.Random) -> Found | None:
    """A look-alike code among the members: a state of another continent joins."""
    far = {row["actor_id"] for row in tables["actors"] if row["un_region"] not in ("Europe", "")}
    row = pick(rng, tables["memberships"], has(organisation="EU"), lambda r: LOOK_ALIKE.get(r["actor_id"], "") in far)
    return respelt(tables, "memberships", row, actor_id=LOOK_ALIKE[row["actor_id"]])


@fault("lost", visible=False)
def membership_lost(tables: Tables, rng: random.Random) -> Found | None:
    """A member skipped in typing the list."""
    row = pick(rng, tables["memberships"], lambda r: r["organisation"] in ("EU", "NATO"))
    drop(tables, "memberships", row)
    return hit("memberships", row)


@fault("lost")
def spell_lost(tables: Tables, rng: random.Random) -> Found | None:
    """A state's only spell in one system lost; the other system has it."""
    count = groups(tables["memberships"], "actor_id")
    row = pick(rng, tables["memberships"], lambda r: r["organisation"] in STATES and len(count[r["actor_id"]]) > 1 and twin(tables, r))
    drop(tables, "memberships", row)
    return hit("memberships", row)
