"""Slips with edges between decisions."""

import random

from tests.measure.tired.base import Found, Row, Tables, choose, day_of, drop, fault, groups, has, hit, index, key, pick, put


def replies(tables: Tables) -> list[Row]:
    """Edges of retaliation."""
    return [row for row in tables["answers"] if row["relation"] == "retaliation"]


def free(tables: Tables, row: Row, **cells: str) -> bool:
    """Whether no edge has the key that an edge would get."""
    return key("answers", {**row, **cells}) not in index(tables, "answers")


def rekeyed(tables: Tables, row: Row, **cells: str) -> Found:
    """Change an edge and keep the file's order."""
    drop(tables, "answers", row)
    return hit("answers", put(tables, "answers", {**row, **cells}))


def dyad(tables: Tables, expeller: str, target: str) -> list[str]:
    """The decisions of a dyad."""
    return [r["expulsion_id"] for r in tables["expulsions"] if r["expeller"] == expeller and r["target"] == target]


@fault("edges")
def edge_reversed(tables: Tables, rng: random.Random) -> Found | None:
    """The trigger answers its reply: the two ids typed in each other's column."""
    row = pick(rng, tables["answers"], lambda r: free(tables, r, expulsion_id=r["answers"], answers=r["expulsion_id"]))
    return rekeyed(tables, row, expulsion_id=row["answers"], answers=row["expulsion_id"])


@fault("edges")
def edge_to_itself(tables: Tables, rng: random.Random) -> Found | None:
    """Filled across: a decision answers itself."""
    row = pick(rng, tables["answers"])
    return rekeyed(tables, row, answers=row["expulsion_id"])


@fault("edges")
def edge_to_another_year(tables: Tables, rng: random.Random) -> Found | None:
    """The same two states, an exchange of years before."""
    rows = index(tables, "expulsions")

    def others(row: Row) -> list[str]:
        e = rows[row["answers"]]
        return [x for x in dyad(tables, e["expeller"], e["target"]) if x[:4] < row["expulsion_id"][:4] and free(tables, row, answers=x)]

    row = pick(rng, replies(tables), others)
    return rekeyed(tables, row, answers=choose(rng, others(row)))


@fault("edges")
def edge_to_a_later_one(tables: Tables, rng: random.Random) -> Found | None:
    """The same two states, an exchange that came only afterwards."""
    rows = index(tables, "expulsions")

    def others(row: Row) -> list[str]:
        e = rows[row["answers"]]
        return [x for x in dyad(tables, e["expeller"], e["target"]) if x[:7] > row["expulsion_id"][:7] and free(tables, row, answers=x)]

    row = pick(rng, replies(tables), others)
    return rekeyed(tables, row, answers=choose(rng, others(row)))


@fault("edges")
def edge_to_another_state(tables: Tables, rng: random.Random) -> Found | None:
    """In a list of answers the id of the line above: the reply answers a third state."""
    rows = index(tables, "expulsions")

    def others(row: Row) -> list[str]:
        mine, year = rows[row["expulsion_id"]], row["expulsion_id"][:4]
        far = [i for i, e in rows.items() if e["target"] == mine["expeller"] and e["expeller"] != mine["target"]]
        return [i for i in far if i[:4] == year and i < row["expulsion_id"] and free(tables, row, answers=i)]

    row = pick(rng, replies(tables), others)
    return rekeyed(tables, row, answers=choose(rng, others(row)))


@fault("edges")
def edge_twice_other_relation(tables: Tables, rng: random.Random) -> Found | None:
    """The same edge once as retaliation and once as solidarity."""
    row = pick(rng, tables["answers"])
    other = "solidarity" if row["relation"] == "retaliation" else "retaliation"
    return hit("answers", put(tables, "answers", {**row, "relation": other}))


@fault("edges")
def edge_both_ways(tables: Tables, rng: random.Random) -> Found | None:
    """Entered from each of two pages, once in each direction."""
    row = pick(rng, replies(tables), lambda r: free(tables, r, expulsion_id=r["answers"], answers=r["expulsion_id"]))
    return hit("answers", put(tables, "answers", {**row, "expulsion_id": row["answers"], "answers": row["expulsion_id"]}))


@fault("edges")
def retaliation_called_solidarity(tables: Tables, rng: random.Random) -> Found | None:
    """Hitting back is coded as joining."""
    row = pick(rng, replies(tables), lambda r: free(tables, r, relation="solidarity"))
    return rekeyed(tables, row, relation="solidarity")


@fault("edges")
def solidarity_called_retaliation(tables: Tables, rng: random.Random) -> Found | None:
    """Joining another expeller is coded as hitting back."""
    row = pick(rng, tables["answers"], has(relation="solidarity"), lambda r: free(tables, r, relation="retaliation"))
    return rekeyed(tables, row, relation="retaliation")


@fault("edges")
def solidarity_against_another_target(tables: Tables, rng: random.Random) -> Found | None:
    """Joins a decision against somebody else: the reply instead of the trigger."""
    back = {row["answers"]: row["expulsion_id"] for row in replies(tables)}
    joined = [r for r in tables["answers"] if r["relation"] == "solidarity" and r["answers"] in back]
    row = pick(rng, joined, lambda r: free(tables, r, answers=back[r["answers"]]))
    return rekeyed(tables, row, answers=back[row["answers"]])


@fault("edges", visible=False)
def solidarity_with_a_fellow(tables: Tables, rng: random.Random) -> Found | None:
    """Joins another joiner of the same wave, not the state for whose sake all joined."""
    joiners = groups([r for r in tables["answers"] if r["relation"] == "solidarity"], "answers")
    rows = [r for group in joiners.values() for r in group if r["expulsion_id"][:10] > min(x["expulsion_id"] for x in group)[:10]]
    row = pick(rng, rows)
    fellow = min(x["expulsion_id"] for x in joiners[row["answers"]])
    return rekeyed(tables, row, answers=fellow)


@fault("edges", visible=False)
def edge_basis_misread(tables: Tables, rng: random.Random) -> Found | None:
    """Who states the link was not looked up again."""
    row = pick(rng, tables["answers"], has(basis="stated_by_expeller"))
    row["basis"] = choose(rng, ("stated_by_press", "inferred"))
    return hit("answers", row)


@fault("edges")
def edge_by_a_page_about_others(tables: Tables, rng: random.Random) -> Found | None:
    """The page's id filled down from the row above: it is about other states and another year."""
    row = pick(rng, tables["answers"])
    year = row["expulsion_id"][:4]
    row["article_id"] = pick(rng, tables["answers"], lambda r: r["expulsion_id"][:4] != year)["article_id"]
    return hit("answers", row)


@fault("edges")
def edge_by_a_page_before_the_reply(tables: Tables, rng: random.Random) -> Found | None:
    """The link rests on a page about the trigger, printed before the reply was there."""
    days = {row["article_id"]: row["published_on"] for row in tables["articles"]}
    output = groups(tables["statements"], "expulsion_id")

    def early(row: Row) -> list[str]:
        pages = {s["article_id"] for s in output[row["answers"]]} - {s["article_id"] for s in output[row["expulsion_id"]]}
        return [a for a in pages if len(days[a]) == 10 and days[a] < day_of(row["expulsion_id"])]

    row = pick(rng, replies(tables), early)
    row["article_id"] = choose(rng, early(row))
    return hit("answers", row)


@fault("edges")
def edge_denied_by_a_bystander(tables: Tables, rng: random.Random) -> Found | None:
    """A third state denies a link between two others."""
    row = pick(rng, tables["answers"], has(denied_by=""))
    involved = {*row["expulsion_id"].split("-"), *row["answers"].split("-")}
    row["denied_by"] = choose(rng, {r["expeller"] for r in tables["expulsions"]} - involved)
    return hit("answers", row)


@fault("edges", visible=False)
def edge_denial_forgotten(tables: Tables, rng: random.Random) -> Found | None:
    """The denial of a link was not kept."""
    row = pick(rng, tables["answers"], lambda r: r["denied_by"])
    row["denied_by"] = ""
    return hit("answers", row)


@fault("edges")
def edge_of_a_decision_not_there(tables: Tables, rng: random.Random) -> Found | None:
    """A day mistyped in the id of what is answered: no such decision."""
    row = pick(rng, tables["answers"], lambda r: r["answers"][8:10].isdigit())
    wrong = row["answers"][:8] + ("28" if row["answers"][8:10] != "28" else "27") + row["answers"][10:]
    return rekeyed(tables, row, answers=wrong)


@fault("edges")
def chain_of_replies_short_circuited(tables: Tables, rng: random.Random) -> Found | None:
    """The counter-reply of the first expeller answers its own first blow."""
    before = {row["expulsion_id"]: row["answers"] for row in replies(tables)}
    row = pick(rng, replies(tables), lambda r: r["answers"] in before and free(tables, r, answers=before[r["answers"]]))
    return rekeyed(tables, row, answers=before[row["answers"]])
