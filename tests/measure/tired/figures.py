"""Slips with figures: digits, wording against bounds, other rows' numbers."""

import random
import re

from tests.measure.tired.base import (
    Found,
    Row,
    Tables,
    about,
    choose,
    day_of,
    digits,
    exact,
    fault,
    figure,
    hit,
    index,
    pick,
    plain,
    spot,
)

WORDS = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen"


def number(row: Row) -> int:
    """The lower bound."""
    return int(row["officials_low"])


def agreed(tables: Tables) -> list[Row]:
    """Plain statements whose decision has three or more of them, all with one figure."""
    good = {
        e
        for e, rows in about(tables).items()
        if len([r for r in rows if plain(r)]) > 2 and len({r["officials_low"] for r in rows if plain(r)}) == 1
    }
    return [row for row in tables["statements"] if row["expulsion_id"] in good and plain(row)]


def unsettled(tables: Tables) -> list[Row]:
    """Plain statements whose decision has other figures too, or fewer than three."""
    settled = {row["expulsion_id"] for row in agreed(tables)}
    return [r for r in tables["statements"] if r["expulsion_id"] not in settled and plain(r)]


def throughout(row: Row, new: int) -> None:
    """Another figure in bounds, wording and sentence alike: the page itself was misread."""
    words, old = dict(enumerate(WORDS.split(), 1)), number(row)
    was = rf"(?i)\b({old}|{words.get(old, old)})\b"
    figure(row, new)
    row["figure_as_printed"] = str(new)
    row["says"] = re.sub(was, words.get(new, str(new)), row["says"], count=1)


def earlier(tables: Tables, row: Row) -> int:
    """How many the same dyad had told to go before, by the largest plain figure of each decision."""
    rows = index(tables, "expulsions")
    end = (rows[row["expulsion_id"]]["expeller"], rows[row["expulsion_id"]]["target"])
    best: dict[str, int] = {}
    for other in tables["statements"]:
        e = rows[other["expulsion_id"]]
        if plain(other) and (e["expeller"], e["target"]) == end and day_of(e["expulsion_id"]) < day_of(row["expulsion_id"]):
            best[e["expulsion_id"]] = max(best.get(e["expulsion_id"], 0), number(other))
    return sum(best.values())


def triggers(tables: Tables) -> dict[str, int]:
    """The agreed figure of the decision that a decision answers, where the two differ."""
    best = {row["expulsion_id"]: number(row) for row in agreed(tables)}
    pairs = ((row["expulsion_id"], row["answers"]) for row in tables["answers"] if row["relation"] == "retaliation")
    return {mine: best[theirs] for mine, theirs in pairs if mine in best and theirs in best and best[mine] != best[theirs]}


@fault("figures")
def running_total_for_the_decision(tables: Tables, rng: random.Random) -> Found | None:
    """The total since the beginning of the affair typed as this decision's figure; all other pages have the smaller one."""
    row = pick(rng, agreed(tables), digits, lambda r: earlier(tables, r))
    figure(row, number(row) + earlier(tables, row), printed=True)
    return hit("statements", row)


@fault("figures")
def running_total_alone(tables: Tables, rng: random.Random) -> Found | None:
    """The total since the beginning typed where the pages differ anyhow; wording and bounds agree."""
    row = pick(rng, unsettled(tables), lambda r: earlier(tables, r))
    throughout(row, number(row) + earlier(tables, row))
    return hit("statements", row)


@fault("figures")
def number_of_the_trigger(tables: Tables, rng: random.Random) -> Found | None:
    """The trigger's number in the bounds of the reply; the wording still has the reply's."""
    other = triggers(tables)
    row = pick(rng, agreed(tables), digits, lambda r: r["expulsion_id"] in other)
    figure(row, other[row["expulsion_id"]])
    return hit("statements", row)


@fault("figures")
def number_of_the_trigger_throughout(tables: Tables, rng: random.Random) -> Found | None:
    """The trigger's number read for the reply, in wording and bounds; the other pages have another."""
    other = triggers(tables)
    row = pick(rng, agreed(tables), lambda r: r["expulsion_id"] in other)
    figure(row, other[row["expulsion_id"]])["figure_as_printed"] = str(other[row["expulsion_id"]])
    return hit("statements", row)


@fault("figures")
def digits_turned(tables: Tables, rng: random.Random) -> Found | None:
    """Two digits exchanged in both bounds: 54 for 45."""
    row = pick(
        rng,
        tables["statements"],
        exact,
        lambda r: len(r["officials_low"]) == 2 and len(set(r["officials_low"])) == 2 and r["officials_low"][1] != "0",
    )
    figure(row, int(row["officials_low"][::-1]))
    return hit("statements", row)


@fault("figures")
def digits_turned_in_the_wording(tables: Tables, rng: random.Random) -> Found | None:
    """Two digits exchanged in wording and bounds alike; the other statements have them right."""
    row = pick(
        rng,
        agreed(tables),
        digits,
        lambda r: len(r["officials_low"]) == 2 and len(set(r["officials_low"])) == 2 and r["officials_low"][1] != "0",
    )
    figure(row, int(row["officials_low"][::-1]), printed=True)
    return hit("statements", row)


@fault("figures")
def digit_doubled(tables: Tables, rng: random.Random) -> Found | None:
    """A key pressed twice: 155 for 15."""
    row = pick(rng, tables["statements"], exact)
    figure(row, int(row["officials_low"] + row["officials_low"][-1]))
    return hit("statements", row)


@fault("figures")
def digit_dropped(tables: Tables, rng: random.Random) -> Found | None:
    """A key not pressed: 1 for 18."""
    row = pick(rng, tables["statements"], exact, lambda r: len(r["officials_low"]) == 2)
    figure(row, int(row["officials_low"][0]))
    return hit("statements", row)


@fault("figures")
def wrong_key_beside(tables: Tables, rng: random.Random) -> Found | None:
    """The key beside the right one: one more or one less, only in the bounds."""
    row = pick(rng, tables["statements"], exact, digits, lambda r: r["officials_low"][-1] in "2345678")
    figure(row, number(row) + choose_step(rng))
    return hit("statements", row)


def choose_step(rng: random.Random) -> int:
    """One up or one down."""
    return rng.choice((-1, 1))


@fault("figures")
def number_word_misread(tables: Tables, rng: random.Random) -> Found | None:
    """A foreign number word taken for one that looks like it: doi for 12, six for 10, drei for 30."""
    words = {
        "двух": "12",
        "трех": "13",
        "два": "20",
        "zwei": "12",
        "drei": "30",
        "deux": "12",
        "trois": "13",
        "doi": "12",
        "dos": "12",
        "tre": "13",
    }
    words |= {
        "двоих": "12",
        "троих": "13",
        "четырех": "14",
        "пяти": "50",
        "десять": "9",
        "девяти": "10",
        "fem": "15",
        "två": "12",
        "dvou": "12",
    }
    row = pick(
        rng, tables["statements"], exact, lambda r: r["figure_as_printed"].split()[:1] and r["figure_as_printed"].split()[0] in words
    )
    figure(row, int(words[row["figure_as_printed"].split()[0]]))
    return hit("statements", row)


@fault("figures")
def figure_of_the_row_above(tables: Tables, rng: random.Random) -> Found | None:
    """Bounds filled down from the statement above; the wording is this one's."""
    rows = tables["statements"]
    i = spot(
        rng,
        (
            i
            for i in range(1, len(rows))
            if exact(rows[i]) and exact(rows[i - 1]) and rows[i]["officials_low"] != rows[i - 1]["officials_low"]
        ),
    )
    figure(rows[i], number(rows[i - 1]))
    return hit("statements", rows[i])


@fault("figures")
def figure_filled_as_a_series(tables: Tables, rng: random.Random) -> Found | None:
    """Dragged down, the number grew by one instead of being copied."""
    rows = tables["statements"]
    same = (
        i for i in range(1, len(rows)) if plain(rows[i]) and plain(rows[i - 1]) and rows[i]["officials_low"] == rows[i - 1]["officials_low"]
    )
    i = spot(rng, same)
    figure(rows[i], number(rows[i]) + 1)
    return hit("statements", rows[i])


@fault("figures")
def number_by_spreadsheet(tables: Tables, rng: random.Random) -> Found | None:
    """A column with gaps came back from a program as decimals: 35.0."""
    row = pick(rng, tables["statements"], exact)
    column = choose(rng, ("officials_low", "officials_high"))
    row[column] += ".0"
    return hit("statements", row)


@fault("figures", visible=False)
def ambassador_counted_on_top(tables: Tables, rng: random.Random) -> Found | None:
    """The ambassador, who is one of them, counted beside them: one too many, where the pages differ anyhow."""
    row = pick(rng, unsettled(tables), lambda r: number(r) > 1)
    throughout(row, number(row) + 1)
    return hit("statements", row)
