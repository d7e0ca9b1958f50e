"""Slips with the standing of statements: marks forgotten, misplaced, or given without a reason."""

import random

from tests.measure.tired.base import Found, Tables, about, choose, fault, has, hit, pick, plain, spot
from tests.measure.tired.extent import wholes
from tests.measure.tired.figures import agreed, number


@fault("standing")
def superseded_left_accepted(tables: Tables, rng: random.Random) -> Found | None:
    """The mark taken back, its reason left beside it."""
    row = pick(rng, tables["statements"], lambda r: r["standing"] in ("superseded", "rejected"))
    row["standing"] = "accepted"
    return hit("statements", row)


@fault("standing", visible=False)
def estimate_not_marked(tables: Tables, rng: random.Random) -> Found | None:
    """A first estimate that its own speaker replaced is simply accepted, for nobody compared the pages."""
    row = pick(rng, tables["statements"], has(standing="superseded"))
    row["standing"], row["standing_reason"] = "accepted", ""
    return hit("statements", row)


@fault("standing", visible=False)
def error_not_marked(tables: Tables, rng: random.Random) -> Found | None:
    """A figure that is wrong on its page is simply accepted."""
    row = pick(rng, tables["statements"], has(standing="rejected"))
    row["standing"], row["standing_reason"] = "accepted", ""
    return hit("statements", row)


@fault("standing")
def rejected_for_differing(tables: Tables, rng: random.Random) -> Found | None:
    """A figure rejected only because the others have another."""
    others = wholes(tables)
    row = pick(rng, tables["statements"], plain, lambda r: len(set(others[r["expulsion_id"]])) > 1)
    row["standing"], row["standing_reason"] = "rejected", "Differs from the figure of most other pages."
    return hit("statements", row)


@fault("standing")
def rejected_without_reason(tables: Tables, rng: random.Random) -> Found | None:
    """Marked rejected in passing, the reason to be typed later."""
    row = pick(rng, tables["statements"], plain)
    row["standing"] = "rejected"
    return hit("statements", row)


@fault("standing")
def superseded_by_nobody(tables: Tables, rng: random.Random) -> Found | None:
    """Superseded by a figure of its speaker that no statement gives."""
    row = pick(rng, agreed(tables), lambda r: number(r) > 1)
    row.update(standing="superseded", standing_reason=f"The same ministry later gave {number(row) + 2}.")
    return hit("statements", row)


@fault("standing")
def two_that_decide(tables: Tables, rng: random.Random) -> Found | None:
    """A second authoritative statement of one decision, with another figure or none."""
    marked = {row["expulsion_id"] for row in tables["statements"] if row["standing"] == "authoritative"}
    row = pick(rng, tables["statements"], has(standing="accepted", covers="whole"), lambda r: r["expulsion_id"] in marked)
    row.update(standing="authoritative", standing_reason="The ministry's own count.")
    return hit("statements", row)


@fault("standing")
def deciding_press(tables: Tables, rng: random.Random) -> Found | None:
    """The paper that the coder trusts is authoritative against what both ministries say."""
    official = {e for e, rows in about(tables).items() if sum(r["attribution"] == "official" and plain(r) for r in rows) > 2}
    row = pick(rng, tables["statements"], plain, has(attribution="press"), lambda r: r["expulsion_id"] in official)
    row.update(standing="authoritative", standing_reason="A usually well informed paper.")
    return hit("statements", row)


@fault("standing")
def reason_of_another_row(tables: Tables, rng: random.Random) -> Found | None:
    """The reason pasted from another decision's rejected statement."""
    row = pick(rng, tables["statements"], has(standing="rejected"))
    mine = row["standing_reason"]
    other = [r["standing_reason"] for r in tables["statements"] if r["standing"] == "rejected" and r["expulsion_id"] != row["expulsion_id"]]
    row["standing_reason"] = choose(rng, set(other) - {mine})
    return hit("statements", row)


@fault("standing")
def mark_on_the_row_below(tables: Tables, rng: random.Random) -> Found | None:
    """Mark and reason typed one row too low, on a statement of the same page about another decision or figure."""
    rows = tables["statements"]
    i = spot(rng, (i for i in range(len(rows) - 1) if rows[i]["standing"] in ("rejected", "superseded") and plain(rows[i + 1])))
    for column, blank in (("standing", "accepted"), ("standing_reason", "")):
        rows[i + 1][column], rows[i][column] = rows[i][column], blank
    return hit("statements", rows[i + 1])


@fault("standing")
def all_of_a_decision_rejected(tables: Tables, rng: random.Random) -> Found | None:
    """The only statement of a decision is rejected and the decision is left standing."""
    lone = {e for e, rows in about(tables).items() if sum(r["standing"] == "accepted" for r in rows) == 1}
    row = pick(rng, tables["statements"], has(standing="accepted"), lambda r: r["expulsion_id"] in lone)
    row.update(standing="rejected", standing_reason="Another page shows that the report is wrong.")
    return hit("statements", row)
