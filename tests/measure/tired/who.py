"""Slips with who is meant in a statement: nationality, accreditation, third states."""

import random

from tests.measure.tired.base import (
    LOOK_ALIKE,
    Found,
    Tables,
    about,
    choose,
    fault,
    has,
    hit,
    pick,
    unlike,
)
from tests.measure.tired.places import ends


@fault("who")
def nationality_is_the_expeller(tables: Tables, rng: random.Random) -> Found | None:
    """The wrong end of the dyad typed as the officials' nationality."""
    sides = ends(tables)
    row = pick(rng, tables["statements"], has(nationality="", accredited_to=""))
    row["nationality"] = sides(row)[0]
    return hit("statements", row)


@fault("who")
def nationality_is_the_target(tables: Tables, rng: random.Random) -> Found | None:
    """The target's own nationality filled in, which the column leaves out."""
    sides = ends(tables)
    row = pick(rng, tables["statements"], has(nationality=""), lambda r: sides(r)[1] not in ("UN", "EU", "NATO", "OSCE"))
    row["nationality"] = sides(row)[1]
    return hit("statements", row)


@fault("who")
def nationality_forgotten(tables: Tables, rng: random.Random) -> Found | None:
    """The nationality is left out in one statement; others about the decision have it."""
    mine = about(tables)
    row = pick(rng, tables["statements"], lambda r: r["nationality"] and sum(x["nationality"] != "" for x in mine[r["expulsion_id"]]) > 1)
    row["nationality"] = ""
    return hit("statements", row)


@fault("who")
def nationality_of_a_look_alike(tables: Tables, rng: random.Random) -> Found | None:
    """The nationality typed one letter off: another state's code."""
    row = pick(rng, tables["statements"], lambda r: r["nationality"] in ("RUS", "USA"))
    row["nationality"] = {"RUS": "ROU", "USA": "UGA"}[row["nationality"]]
    return hit("statements", row)


@fault("who")
def nationality_of_a_third_state(tables: Tables, rng: random.Random) -> Found | None:
    """A national of a third state mentioned on the page becomes the expelled one's nationality."""
    sides = ends(tables)
    row = pick(rng, tables["statements"], has(nationality="", accredited_to="", officials_low="1"))
    row["nationality"] = choose(rng, {"BLR", "UKR", "KAZ", "ARM"} - set(sides(row)))
    return hit("statements", row)


@fault("who")
def accreditation_is_the_expeller(tables: Tables, rng: random.Random) -> Found | None:
    """The expeller typed as the place of accreditation, which goes without saying."""
    sides = ends(tables)
    row = pick(rng, tables["statements"], has(accredited_to=""))
    row["accredited_to"] = sides(row)[0]
    return hit("statements", row)


@fault("who")
def accreditation_is_the_target(tables: Tables, rng: random.Random) -> Found | None:
    """The sender typed as the place of accreditation."""
    sides = ends(tables)
    row = pick(rng, tables["statements"], has(accredited_to=""))
    row["accredited_to"] = sides(row)[1]
    return hit("statements", row)


@fault("who")
def organisation_of_the_row_above(tables: Tables, rng: random.Random) -> Found | None:
    """Another organisation filled down: the sentence names the first one."""
    row = pick(rng, tables["statements"], has(accredited_to="UN"), lambda r: "United Nations" in r["says"] or "UN" in r["says"])
    row["accredited_to"] = choose(rng, ("NATO", "OSCE", "EU", "UNESCO"))
    return hit("statements", row)


@fault("who", visible=False)
def organisation_overlooked(tables: Tables, rng: random.Random) -> Found | None:
    """The mission to an organisation in the capital read as the embassy there."""
    mine = about(tables)
    missions = [row for row in tables["statements"] if row["accredited_to"] in ("UN", "NATO") and len(mine[row["expulsion_id"]]) > 1]
    row = pick(rng, missions, unlike("says", r"NATO|United Nations|\bUN\b|alliance|secretary general"))
    row["accredited_to"] = ""
    return hit("statements", row)


@fault("who")
def accredited_next_door(tables: Tables, rng: random.Random) -> Found | None:
    """The embassy of another page taken for that of this one: accredited to a third state that nobody names."""
    sides = ends(tables)
    near = [r for r in tables["statements"] if LOOK_ALIKE.get(sides(r)[0], sides(r)[1]) != sides(r)[1]]
    row = pick(rng, near, has(accredited_to=""))
    row["accredited_to"] = LOOK_ALIKE[sides(row)[0]]
    return hit("statements", row)


@fault("who")
def actor_by_an_unknown_name(tables: Tables, rng: random.Random) -> Found | None:
    """An actor typed by a nickname that no list knows."""
    row = pick(rng, tables["statements"], lambda r: r["accredited_to"] in ("UN", "NATO"))
    row["accredited_to"] = {"UN": "U.N.", "NATO": "Nato HQ"}[row["accredited_to"]]
    return hit("statements", row)
