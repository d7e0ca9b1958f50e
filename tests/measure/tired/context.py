"""Slips with what a decision answers, what answered it, its wave, its dispute, its note: the other tables deny it."""

import random
import re

from tests.measure.tired.base import (
    Found,
    Row,
    Tables,
    about,
    choose,
    day_of,
    fault,
    groups,
    has,
    hit,
    index,
    moved,
    pick,
)
from tests.measure.tired.expulsions import dated


@fault("contradictions")
def trigger_without_an_edge(tables: Tables, rng: random.Random) -> Found | None:
    """An expulsion as the trigger, though nothing is answered."""
    answering = {row["expulsion_id"] for row in tables["answers"]}
    row = pick(rng, tables["expulsions"], has(trigger="incident"), lambda r: r["expulsion_id"] not in answering)
    row["trigger"] = "expulsion"
    return hit("expulsions", row)


@fault("contradictions")
def answer_without_a_trigger(tables: Tables, rng: random.Random) -> Found | None:
    """No trigger stated, though the decision answers another."""
    answering = {row["expulsion_id"] for row in tables["answers"] if row["relation"] == "retaliation"}
    row = pick(rng, tables["expulsions"], has(trigger="expulsion"), lambda r: r["expulsion_id"] in answering)
    row["trigger"] = choose(rng, ("none_stated", "incident", "visa_refusal", "sanctions"))
    return hit("expulsions", row)


@fault("contradictions")
def wave_trigger_without_a_wave(tables: Tables, rng: random.Random) -> Found | None:
    """A wave triggered it, and the wave is not named."""
    row = pick(rng, tables["expulsions"], has(trigger="wave"))
    row["wave"] = ""
    return hit("expulsions", row)


@fault("contradictions")
def wave_of_another_year(tables: Tables, rng: random.Random) -> Found | None:
    """The entry beside it in the list: a wave of another year."""
    row = pick(rng, tables["expulsions"], lambda r: r["wave"])
    row["wave"] = choose(rng, {w for w in ("crimea_2014", "skripal_2018", "vrbetice_2021", "ukraine_2022") if w[-4:] != row["wave"][-4:]})
    return hit("expulsions", row)


@fault("readings", visible=False)
def wave_by_its_day_alone(tables: Tables, rng: random.Random) -> Found | None:
    """In those weeks everybody expelled: counted into the wave though no page links it."""
    row = pick(rng, tables["expulsions"], has(wave="", trigger="none_stated"), lambda r: r["expulsion_id"] > "2022-03")
    row["wave"] = "ukraine_2022"
    return hit("expulsions", row)


@fault("contradictions")
def reply_of_nobody(tables: Tables, rng: random.Random) -> Found | None:
    """An expulsion as the reply, though no decision answers this one."""
    answered = {row["answers"] for row in tables["answers"]}
    row = pick(rng, tables["expulsions"], has(reply="none_found"), lambda r: r["expulsion_id"] not in answered)
    row["reply"] = "expulsion"
    return hit("expulsions", row)


@fault("contradictions")
def reply_overlooked(tables: Tables, rng: random.Random) -> Found | None:
    """No reply found, or declined, though a decision answers this one."""
    answered = {row["answers"] for row in tables["answers"] if row["relation"] == "retaliation"}
    row = pick(rng, tables["expulsions"], has(reply="expulsion"), lambda r: r["expulsion_id"] in answered)
    row["reply"] = choose(rng, ("none_found", "declined", "other_measure"))
    return hit("expulsions", row)


@fault("readings", visible=False)
def reply_guessed(tables: Tables, rng: random.Random) -> Found | None:
    """A protest read as another measure in reply."""
    answered = {row["answers"] for row in tables["answers"]}
    row = pick(rng, tables["expulsions"], has(reply="none_found", note=""), lambda r: r["expulsion_id"] not in answered)
    row["reply"] = "other_measure"
    return hit("expulsions", row)


@fault("contradictions")
def disputed_by_nobody(tables: Tables, rng: random.Random) -> Found | None:
    """Disputed, or withdrawn, though both ministries state it."""
    official = {e: {r["vantage"] for r in rows if r["attribution"] == "official"} for e, rows in about(tables).items()}
    row = pick(rng, tables["expulsions"], has(dispute=""), lambda r: {"expeller", "target"} <= official.get(r["expulsion_id"], set()))
    row["dispute"] = choose(rng, ("disputed", "retracted"))
    return hit("expulsions", row)


@fault("contradictions")
def dispute_forgotten(tables: Tables, rng: random.Random) -> Found | None:
    """The dispute told in the note, and not in its column."""
    row = pick(rng, tables["expulsions"], has(dispute="disputed"))
    row["dispute"] = ""
    return hit("expulsions", row)


@fault("contradictions")
def included_in_itself(tables: Tables, rng: random.Random) -> Found | None:
    """The id pasted once too often: included in itself."""
    row = pick(rng, tables["expulsions"])
    row["included_in"] = row["expulsion_id"]
    return hit("expulsions", row)


@fault("contradictions")
def included_in_the_other_side(tables: Tables, rng: random.Random) -> Found | None:
    """Included in the reply: the reversed dyad's decision, which counts other people."""
    replies = {row["answers"]: row["expulsion_id"] for row in tables["answers"] if row["relation"] == "retaliation"}
    row = pick(rng, tables["expulsions"], lambda r: r["expulsion_id"] in replies)
    row["included_in"] = replies[row["expulsion_id"]]
    return hit("expulsions", row)


@fault("contradictions")
def included_in_an_earlier_one(tables: Tables, rng: random.Random) -> Found | None:
    """Said the wrong way round: the later decision is included in the earlier one of its dyad."""
    rows = groups(tables["expulsions"], "expeller")

    def before(row: Row) -> list[str]:
        same = (r["expulsion_id"] for r in rows[row["expeller"]] if r["target"] == row["target"])
        return [e for e in same if day_of(e) < day_of(row["expulsion_id"])]

    row = pick(rng, tables["expulsions"], before)
    row["included_in"] = max(before(row))
    return hit("expulsions", row)


@fault("contradictions")
def disclosed_by_the_silent_side(tables: Tables, rng: random.Random) -> Found | None:
    """Disclosed by the target, of which no statement is there."""
    output = {e for e, rows in about(tables).items() if any(r["vantage"] != "expeller" for r in rows)}
    row = pick(rng, tables["expulsions"], has(disclosed_by="expeller"), lambda r: r["expulsion_id"] not in output)
    row["disclosed_by"] = "target"
    return hit("expulsions", row)


@fault("readings", visible=False)
def disclosed_misread(tables: Tables, rng: random.Random) -> Found | None:
    """A paper had it hours before the ministry, or so it says: disclosed by the press."""
    press = {row["expulsion_id"] for row in tables["statements"] if row["attribution"] == "press"}
    row = pick(rng, tables["expulsions"], has(disclosed_by="expeller"), lambda r: r["expulsion_id"] in press)
    row["disclosed_by"] = "press"
    return hit("expulsions", row)


@fault("texts")
def note_of_another_decision(tables: Tables, rng: random.Random) -> Found | None:
    """The note of the row above, about other states, pasted once more."""
    row = pick(rng, tables["expulsions"], has(note=""))
    sides = (row["expeller"], row["target"])
    row["note"] = pick(rng, tables["expulsions"], lambda r: len(r["note"]) > 60 and r["expeller"] not in sides)["note"]
    return hit("expulsions", row)


@fault("texts")
def note_cut(tables: Tables, rng: random.Random) -> Found | None:
    """The note was longer than the program's cell and ends in a word."""
    row = pick(rng, tables["expulsions"], lambda r: len(r["note"]) > 140)
    row["note"] = re.sub(r"\W+$", "", row["note"][: rng.randint(90, 120)])
    return hit("expulsions", row)


@fault("contradictions")
def note_denies_the_deadline(tables: Tables, rng: random.Random) -> Found | None:
    """The note says that no deadline was found; a page read later gave one."""
    timed = {row["expulsion_id"] for row in tables["statements"] if row["deadline_hours"] or row["leave_by"]}
    row = pick(rng, tables["expulsions"], has(note=""), lambda r: r["expulsion_id"] in timed)
    row["note"] = "No deadline found."
    return hit("expulsions", row)


@fault("contradictions")
def retired_yet_in_use(tables: Tables, rng: random.Random) -> Found | None:
    """Retired in favour of another decision while its statements still name it."""
    row = pick(rng, tables["expulsions"], has(target="RUS"))
    row["replaced_by"] = pick(rng, tables["expulsions"], lambda r: r is not row and r["target"] == row["target"])["expulsion_id"]
    return hit("expulsions", row)


@fault("contradictions")
def replaced_by_nothing(tables: Tables, rng: random.Random) -> Found | None:
    """Retired, its statements moved, and the replacement's id mistyped: no such decision."""
    rows = index(tables, "expulsions")
    row = pick(rng, tables["expulsions"], dated, lambda r: moved(day_of(r["expulsion_id"]), 1) + r["expulsion_id"][10:] not in rows)
    row["replaced_by"] = moved(day_of(row["expulsion_id"]), 1) + row["expulsion_id"][10:]
    return hit("expulsions", row)
