"""Slips with what a page says: readings, and columns that contradict each other."""

import random
import re

from tests.measure.tired.base import (
    Found,
    Tables,
    choose,
    fault,
    has,
    has_figure,
    hit,
    index,
    like,
    pick,
    plain,
    unlike,
)

OFFICE = re.compile(
    r"(?i)\b(ministr|ministry|minister|foreign office|state department|federal foreign|government|service|spokes|president|prime|embassy|"
    r"ambassador|authorities|council|chancell|secretary|source|said|says|told|announced|declared)"
)


@fault("readings", visible=False)
def vantage_of_the_printer(tables: Tables, rng: random.Random) -> Found | None:
    """The vantage of whoever printed it, not of whoever claims it; the sentence names no office."""
    row = pick(rng, tables["statements"], lambda r: r["vantage"] == "expeller" and not OFFICE.search(r["says"]))
    row["vantage"], row["attribution"] = "third_party", "press"
    return hit("statements", row)


@fault("readings", visible=False)
def vantage_of_the_other_side(tables: Tables, rng: random.Random) -> Found | None:
    """The side that protests on the page taken for the side that tells it."""
    row = pick(rng, tables["statements"], lambda r: r["vantage"] in ("expeller", "target") and not OFFICE.search(r["says"]))
    row["vantage"] = "target" if row["vantage"] == "expeller" else "expeller"
    return hit("statements", row)


@fault("contradictions")
def vantage_against_its_sentence(tables: Tables, rng: random.Random) -> Found | None:
    """The Russian ministry speaks in the sentence, and the other side in the columns."""
    row = pick(rng, tables["statements"], lambda r: re.match("(The )?Russian (foreign )?ministry (said|told|declared|ann)", r["says"]))
    row["vantage"] = "target" if row["vantage"] == "expeller" else "expeller"
    return hit("statements", row)


@fault("contradictions")
def office_coded_as_press(tables: Tables, rng: random.Random) -> Found | None:
    """A ministry that announces in the sentence is coded as hearsay of the press."""
    row = pick(rng, tables["statements"], has(attribution="official"), like("says", "ministry (announced|told|decl)"))
    row["attribution"] = "press"
    return hit("statements", row)


@fault("contradictions")
def hearsay_coded_as_official(tables: Tables, rng: random.Random) -> Found | None:
    """Sources that want no name are coded as an official statement."""
    row = pick(rng, tables["statements"], has(attribution="unnamed_official"), like("says", "source"))
    row["attribution"] = "official"
    return hit("statements", row)


@fault("contradictions")
def press_with_a_side(tables: Tables, rng: random.Random) -> Found | None:
    """Only one of two columns changed: a paper's own words are the expeller's."""
    row = pick(rng, tables["statements"], has(vantage="third_party", attribution="press"))
    row["vantage"] = "expeller"
    return hit("statements", row)


@fault("readings", visible=False)
def measure_misread(tables: Tables, rng: random.Random) -> Found | None:
    """Told to leave or declared persona non grata: the headline has the other one."""
    row = pick(rng, tables["statements"], has(measure="ordered_to_leave"), unlike("says", "non grata|unwelcome"))
    row["measure"] = "persona_non_grata"
    return hit("statements", row)


@fault("contradictions")
def measure_against_its_sentence(tables: Tables, rng: random.Random) -> Found | None:
    """The next entry of the drop-down list: an order to people becomes a closed post."""
    row = pick(rng, tables["statements"], has(measure="persona_non_grata"), like("says", "non grata"))
    row["measure"] = choose(rng, ("post_closed", "relations_severed", "staff_ceiling", "stay_not_renewed"))
    return hit("statements", row)


@fault("readings", visible=False)
def unit_misread(tables: Tables, rng: random.Random) -> Found | None:
    """Members of the mission taken for diplomats, the word of the headline."""
    row = pick(rng, tables["statements"], has(counted_unit="mission_members"), unlike("figure_as_printed", "dipl|дипл"))
    row["counted_unit"] = "diplomats"
    return hit("statements", row)


@fault("contradictions")
def unit_against_the_print(tables: Tables, rng: random.Random) -> Found | None:
    """The wording says diplomats, the unit says technical staff: one line too low in the list."""
    row = pick(rng, tables["statements"], has(counted_unit="diplomats"), like("figure_as_printed", "diplom|диплом"))
    row["counted_unit"] = "administrative_technical"
    return hit("statements", row)


@fault("readings", visible=False)
def ground_overlooked(tables: Tables, rng: random.Random) -> Found | None:
    """The second of two grounds, further down on the page, was not read."""
    row = pick(rng, tables["statements"], lambda r: " " in r["grounds"])
    row["grounds"] = row["grounds"].split()[0]
    return hit("statements", row)


@fault("readings", visible=False)
def ground_of_the_press(tables: Tables, rng: random.Random) -> Found | None:
    """What only the paper finds likely is coded as the expeller's ground."""
    row = pick(rng, tables["statements"], has(grounds="conduct"), unlike("says", "spy|espion|intellig"))
    row["grounds"] = "espionage"
    return hit("statements", row)


@fault("contradictions")
def ground_against_its_sentence(tables: Tables, rng: random.Random) -> Found | None:
    """The sentence names spying, the grounds are those of the row above."""
    row = pick(rng, tables["statements"], has(grounds="espionage"), like("says", "spying|espionage|intelligence"))
    row["grounds"] = choose(rng, ("parity", "solidarity", "war"))
    return hit("statements", row)


@fault("contradictions")
def retaliation_for_nothing(tables: Tables, rng: random.Random) -> Found | None:
    """The first blow of an exchange coded as its answer."""
    rows, answering = index(tables, "expulsions"), {row["expulsion_id"] for row in tables["answers"]}
    row = pick(
        rng,
        tables["statements"],
        lambda r: rows[r["expulsion_id"]]["trigger"] == "incident" and r["expulsion_id"] not in answering and r["grounds"] == "espionage",
    )
    row["grounds"] = "retaliation"
    return hit("statements", row)


@fault("contradictions")
def ground_twice(tables: Tables, rng: random.Random) -> Found | None:
    """A ground typed twice in one cell."""
    row = pick(rng, tables["statements"], lambda r: r["grounds"])
    row["grounds"] = f"{row['grounds']} {row['grounds'].split()[0]}"
    return hit("statements", row)


@fault("readings", visible=False)
def head_of_mission_guessed(tables: Tables, rng: random.Random) -> Found | None:
    """An ambassador in the picture makes one of the expelled the head of mission."""
    row = pick(rng, tables["statements"], plain, has(head_of_mission=""), like("figure_as_printed", "^(two|three|four|двух|трех)$"))
    row["head_of_mission"] = "yes"
    return hit("statements", row)


@fault("contradictions")
def head_of_mission_denied(tables: Tables, rng: random.Random) -> Found | None:
    """The wording is an ambassador, and no head of mission is among them."""
    row = pick(rng, tables["statements"], has(head_of_mission="yes"), like("figure_as_printed", "ambas|посол|посл"))
    row["head_of_mission"] = "no"
    return hit("statements", row)


@fault("contradictions")
def nobody_ordered_yet_counted(tables: Tables, rng: random.Random) -> Found | None:
    """Persons declared persona non grata, and nobody told to go: no and yes exchanged."""
    row = pick(rng, tables["statements"], lambda r: r["measure"] == "persona_non_grata" and r["persons_ordered"] == "yes" and has_figure(r))
    row["persons_ordered"] = choose(rng, ("no", "unknown"))
    return hit("statements", row)


@fault("readings", visible=False)
def closed_post_sends_people_home(tables: Tables, rng: random.Random) -> Found | None:
    """A consulate closes, and the coder takes for granted that people must go."""
    row = pick(rng, tables["statements"], lambda r: r["measure"] == "post_closed" and r["persons_ordered"] in ("no", "unknown"))
    row["persons_ordered"] = "yes"
    return hit("statements", row)


@fault("contradictions")
def outsiders_denied(tables: Tables, rng: random.Random) -> Found | None:
    """The sentence counts spouses or teachers in, the column leaves it open."""
    row = pick(rng, tables["statements"], lambda r: r["includes_outsiders"] == "yes")
    row["includes_outsiders"] = ""
    return hit("statements", row)
