"""Slips with actors and the ways of writing their names."""

import random

from tests.measure.tired.base import (
    LOOK_ALIKE,
    Found,
    Tables,
    choose,
    fault,
    has,
    hit,
    index,
    mojibake,
    pick,
    put,
    spot,
)
from tests.measure.tired.memberships import respelt


@fault("actors")
def short_codes_exchanged(tables: Tables, rng: random.Random) -> Found | None:
    """AU and AT exchanged: two states have each other's two letters."""
    rows = index(tables, "actors")
    row = pick(rng, tables["actors"], lambda r: LOOK_ALIKE.get(r["actor_id"]) in rows)
    other = rows[LOOK_ALIKE[row["actor_id"]]]
    row["iso2"], other["iso2"] = other["iso2"], row["iso2"]
    return hit("actors", row)


@fault("actors")
def short_code_twice(tables: Tables, rng: random.Random) -> Found | None:
    """The two letters filled down from the row above."""
    rows = tables["actors"]
    i = spot(rng, (i for i in range(1, len(rows)) if rows[i - 1]["iso2"] and rows[i]["iso2"]))
    rows[i]["iso2"] = rows[i - 1]["iso2"]
    return hit("actors", rows[i])


@fault("actors")
def namibia_not_available(tables: Tables, rng: random.Random) -> Found | None:
    """A program took the letters NA for a missing value."""
    row = pick(rng, tables["actors"], has(iso2="NA"))
    row["iso2"] = ""
    return hit("actors", row)


@fault("actors")
def region_of_the_row_above(tables: Tables, rng: random.Random) -> Found | None:
    """The region filled down; the subregion belongs to another one."""
    rows = tables["actors"]
    i = spot(rng, (i for i in range(1, len(rows)) if "" != rows[i - 1]["un_region"] != rows[i]["un_region"] != ""))
    rows[i]["un_region"] = rows[i - 1]["un_region"]
    return hit("actors", rows[i])


@fault("actors")
def subregion_of_the_row_above(tables: Tables, rng: random.Random) -> Found | None:
    """The subregion filled down; it is not in the state's region."""
    rows = tables["actors"]
    i = spot(rng, (i for i in range(1, len(rows)) if "" != rows[i - 1]["un_region"] != rows[i]["un_region"] != ""))
    rows[i]["un_subregion"] = rows[i - 1]["un_subregion"]
    return hit("actors", rows[i])


@fault("actors", visible=False)
def subregion_beside(tables: Tables, rng: random.Random) -> Found | None:
    """The neighbouring subregion of the same region."""
    rows = [row for row in tables["actors"] if row["un_region"] in ("Africa", "Asia")]
    row = pick(rng, rows)
    row["un_subregion"] = choose(rng, {r["un_subregion"] for r in rows if r["un_region"] == row["un_region"]} - {row["un_subregion"]})
    return hit("actors", row)


@fault("actors")
def names_exchanged(tables: Tables, rng: random.Random) -> Found | None:
    """Two look-alikes have each other's name; letters and spellings say otherwise."""
    rows = index(tables, "actors")
    row = pick(rng, tables["actors"], lambda r: LOOK_ALIKE.get(r["actor_id"]) in rows)
    other = rows[LOOK_ALIKE[row["actor_id"]]]
    row["name"], other["name"] = other["name"], row["name"]
    return hit("actors", row)


@fault("actors")
def name_damaged(tables: Tables, rng: random.Random) -> Found | None:
    """A name with an accent in a wrong code page."""
    row = pick(rng, tables["actors"], lambda r: not r["name"].isascii())
    row["name"] = mojibake(row["name"])
    return hit("actors", row)


@fault("actors")
def state_as_organisation(tables: Tables, rng: random.Random) -> Found | None:
    """The kind filled down: a state with two letters and a region is an organisation."""
    row = pick(rng, tables["actors"], has(kind="state"), lambda r: r["iso2"])
    row["kind"] = "organisation"
    return hit("actors", row)


@fault("actors")
def actor_born_after_its_deeds(tables: Tables, rng: random.Random) -> Found | None:
    """The day on which an organisation began is put after the decisions in which it takes part."""
    used = {row[c] for row in tables["expulsions"] for c in ("expeller", "target")} | {row["accredited_to"] for row in tables["statements"]}
    row = pick(rng, tables["actors"], lambda r: r["existed_from"] and r["actor_id"] in used)
    row["existed_from"] = "20" + ("24" if row["existed_from"][2:4] != "24" else "25") + row["existed_from"][4:]
    return hit("actors", row)


@fault("actors")
def living_actor_ended(tables: Tables, rng: random.Random) -> Found | None:
    """An end typed in the wrong row: an organisation is over before decisions that concern it."""
    used = {row["accredited_to"] for row in tables["statements"]} | {row["target"] for row in tables["expulsions"]}
    row = pick(rng, tables["actors"], has(kind="organisation"), lambda r: r["actor_id"] in used)
    row["existed_until"] = "1991-12-31"
    return hit("actors", row)


@fault("spellings")
def spelling_of_a_look_alike(tables: Tables, rng: random.Random) -> Found | None:
    """A name given to the look-alike: its other spellings belong to another actor."""
    row = pick(rng, tables["spellings"], lambda r: r["actor_id"] in LOOK_ALIKE)
    row["actor_id"] = LOOK_ALIKE[row["actor_id"]]
    return hit("spellings", row)


@fault("spellings")
def spelling_of_the_row_above(tables: Tables, rng: random.Random) -> Found | None:
    """The actor filled down from the row above."""
    rows = tables["spellings"]
    i = spot(rng, (i for i in range(1, len(rows)) if rows[i]["actor_id"] != rows[i - 1]["actor_id"]))
    rows[i]["actor_id"] = rows[i - 1]["actor_id"]
    return hit("spellings", rows[i])


@fault("spellings")
def spelling_in_capitals_of_another(tables: Tables, rng: random.Random) -> Found | None:
    """The same name once more in capitals, for another actor."""
    row = pick(rng, tables["spellings"], lambda r: r["actor_id"] in LOOK_ALIKE)
    return hit("spellings", put(tables, "spellings", {"spelling": row["spelling"].upper(), "actor_id": LOOK_ALIKE[row["actor_id"]]}))


@fault("spellings")
def spelling_letter_lost(tables: Tables, rng: random.Random) -> Found | None:
    """A letter lost in the middle of a long name, so that the right name is no longer known."""
    names = {row["name"] for row in tables["actors"]}
    row = pick(rng, tables["spellings"], lambda r: len(r["spelling"]) > 12 and r["spelling"] not in names)
    i = rng.randrange(3, len(row["spelling"]) - 2)
    return respelt(tables, "spellings", row, spelling=row["spelling"][:i] + row["spelling"][i + 1 :])


@fault("spellings")
def spelling_of_nobody(tables: Tables, rng: random.Random) -> Found | None:
    """The code mistyped: no such actor."""
    row = pick(rng, tables["spellings"], lambda r: len(r["actor_id"]) == 3)
    row["actor_id"] = row["actor_id"][:2] + "Q"
    return hit("spellings", row)


@fault("spellings")
def spelling_with_a_stray_blank(tables: Tables, rng: random.Random) -> Found | None:
    """A blank came along at the end of a name."""
    row = pick(rng, tables["spellings"])
    return respelt(tables, "spellings", row, spelling=row["spelling"] + choose(rng, (" ", "\u00a0")))
