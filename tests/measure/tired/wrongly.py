"""What is no expulsion, coded as one: each adds a decision and the statement on which it rests, in a page already read."""

import random
import re

from tests.measure.tired.base import (
    Found,
    Row,
    Tables,
    actor_names,
    fault,
    full,
    hit,
    index,
    pick,
    plain,
    put,
)
from tests.measure.tired.ids import fresh_id, next_statement

BLANK = dict.fromkeys(("figure_as_printed", "officials_low", "officials_high", "counted_unit", "diplomats", "head_of_mission"), "")
BLANK |= dict.fromkeys(("includes_outsiders", "posts_cut", "ceiling", "ceiling_diplomats", "nationality", "accredited_to"), "")
BLANK |= dict.fromkeys(("acted_from", "acted_until", "leave_by", "deadline_hours", "grounds", "standing_reason"), "")


def enter(tables: Tables, rng: random.Random, says: str, word: str = "", **cells: str) -> Found:
    """Enter what a page tells in passing as a decision of its target against its expeller; the braces take their names."""
    pages, rows, names = index(tables, "articles"), index(tables, "expulsions"), actor_names(tables)
    base = pick(rng, tables["statements"], plain, lambda r: full(pages[r["article_id"]]["published_on"]))
    old, on = rows[base["expulsion_id"]], pages[base["article_id"]]["published_on"]
    who, whom = old["target"], old["expeller"]
    fresh: Row = {**dict.fromkeys(old, ""), "expeller": who, "target": whom, "trigger": "incident", "reply": "none_found"}
    fresh |= {"expulsion_id": fresh_id(tables, f"{on}-{who}-{whom}"), "disclosed_by": "expeller"}
    message: Row = {**base, **BLANK, "vantage": "expeller", "attribution": "official", "measure": "ordered_to_leave", "announced_on": on}
    message |= {"qualifier": "exact" if word else "none", "figure_as_printed": word, "persons_ordered": "yes"}
    if word:
        count = "1" if not re.match("t(wo|hree)", word) else "2" if word.startswith("two") else "3"
        message |= {"officials_low": count, "officials_high": count, "counted_unit": "diplomats"}
    message |= {"statement_id": next_statement(tables, base["article_id"]), "expulsion_id": fresh["expulsion_id"]}
    message["says"] = says.format(who=names[who], whom=names[whom])
    put(tables, "expulsions", {**fresh, **{k: v for k, v in cells.items() if k in fresh}})
    put(tables, "statements", {**message, **{k: v for k, v in cells.items() if k in message}})
    return hit("expulsions", fresh)


@fault("no expulsion")
def summons_coded(tables: Tables, rng: random.Random) -> Found | None:
    """A summoned ambassador is coded as an expelled one."""
    says = "The foreign ministry summoned the ambassador of {whom} and protested; nobody was told to leave."
    return enter(tables, rng, says, "the ambassador", head_of_mission="yes")


@fault("no expulsion")
def threat_coded(tables: Tables, rng: random.Random) -> Found | None:
    """A promise to respond is coded as the response."""
    says = "The foreign ministry of {who} promised that a mirror response would follow without delay."
    return enter(tables, rng, says, trigger="expulsion")


@fault("no expulsion")
def journalist_coded(tables: Tables, rng: random.Random) -> Found | None:
    """A correspondent without accreditation to any mission."""
    says = "The foreign ministry of {who} withdrew the press card of a correspondent of {whom}, who has to leave."
    return enter(tables, rng, says, "a journalist")


@fault("no expulsion")
def entry_ban_coded(tables: Tables, rng: random.Random) -> Found | None:
    """A list of people who may not enter, none of them posted there."""
    says = "The foreign ministry of {who} closed its borders to three members of parliament from {whom}."
    return enter(tables, rng, says, "three deputies")


@fault("no expulsion")
def visa_refusal_coded(tables: Tables, rng: random.Random) -> Found | None:
    """A first visa refused to somebody who had not arrived."""
    says = "{who} refused a first visa to a diplomat whom {whom} had meant to send."
    return enter(tables, rng, says, "a diplomat", trigger="visa_refusal")


@fault("no expulsion")
def agrement_refusal_coded(tables: Tables, rng: random.Random) -> Found | None:
    """A proposed ambassador who was never received."""
    says = "{who} let it be known that the ambassador whom {whom} proposed would not receive its agreement."
    return enter(tables, rng, says, "an ambassador", head_of_mission="yes", measure="accreditation_withdrawn")


@fault("no expulsion")
def own_recall_coded(tables: Tables, rng: random.Random) -> Found | None:
    """An ambassador whom the own state called home in protest, coded as recalled on demand."""
    says = "{whom} called its ambassador home from {who} for consultations, in protest and of its own accord."
    return enter(tables, rng, says, "ambassador", head_of_mission="yes", measure="recalled_on_request")


@fault("no expulsion")
def dropped_request_coded(tables: Tables, rng: random.Random) -> Found | None:
    """A request to leave that the same page calls withdrawn."""
    says = "{who} had asked a diplomat of {whom} to go, and dropped the request the same evening; the diplomat stays."
    return enter(tables, rng, says, "a diplomat", measure="recalled_on_request")


@fault("no expulsion")
def teachers_coded(tables: Tables, rng: random.Random) -> Found | None:
    """Teachers of a cultural institute, who are no mission staff."""
    says = "{who} ended the residence of two teachers of the cultural institute of {whom}."
    return enter(tables, rng, says, "two teachers", measure="stay_not_renewed")


@fault("no expulsion")
def observers_coded(tables: Tables, rng: random.Random) -> Found | None:
    """Observers or troops, not accredited to any diplomatic mission."""
    return enter(tables, rng, "{who} told three military observers from {whom} to leave the monitoring mission.", "three observers")


@fault("no expulsion")
def own_withdrawal_coded(tables: Tables, rng: random.Random) -> Found | None:
    """An embassy that shuts itself for lack of safety or money."""
    says = "{whom} shuts its consulate in {who} by its own decision, for want of staff."
    return enter(tables, rng, says, measure="post_closed", persons_ordered="no")


@fault("no expulsion")
def rotation_coded(tables: Tables, rng: random.Random) -> Found | None:
    """An attaché at the end of the usual term."""
    says = "An attaché of {whom} left {who} at the end of a regular term, a newspaper notes."
    return enter(tables, rng, says, "an attaché", attribution="press")


@fault("no expulsion")
def call_of_a_party_coded(tables: Tables, rng: random.Random) -> Found | None:
    """What an opposition party demands is coded as what the government ordered."""
    says = "An opposition leader in {who} called on the government to send the ambassador of {whom} away."
    return enter(tables, rng, says, "the ambassador", head_of_mission="yes", vantage="third_party", attribution="press")


@fault("no expulsion", visible=False)
def summons_believed(tables: Tables, rng: random.Random) -> Found | None:
    """A summons misread as an expulsion from the first word to the last: the row looks like any other."""
    return enter(tables, rng, "The foreign ministry told the ambassador of {whom} that one diplomat has to leave {who}.", "a diplomat")
