"""Slips with the ledger of searches, the two harvests and the second codings."""

import random
import re

from tests.measure.tired.base import (
    LOOK_ALIKE,
    Found,
    Row,
    Tables,
    choose,
    drop,
    fault,
    full,
    groups,
    has,
    hit,
    index,
    key,
    like,
    mojibake,
    moved,
    other_year,
    pick,
    put,
    spot,
    swappable,
    swapped,
)


def lone(tables: Tables) -> list[Row]:
    """Entries of decisions that only one list has."""
    mine = groups(tables["harvests"], "expulsion_id")
    return [row for row in tables["harvests"] if len(mine[row["expulsion_id"]]) == 1]


def one_dyad(row: Row) -> bool:
    """Whether a search asks for one expeller and one target."""
    return all(re.fullmatch("[A-Z]{3}", row[c]) for c in ("expeller_scope", "target_scope"))


def sides(row: Row) -> set[str]:
    """The states of a search besides Russia."""
    return {row["expeller_scope"], row["target_scope"]} - {"RUS"}


@fault("searches")
def search_scopes_exchanged(tables: Tables, rng: random.Random) -> Found | None:
    """Expeller and target exchanged: the query asks whom Russia expels, the columns say who expels Russians."""
    row = pick(rng, tables["searches"], one_dyad, has(expeller_scope="RUS"), like("query", "^(Россия высыла|Russia expel)"))
    row["expeller_scope"], row["target_scope"] = row["target_scope"], row["expeller_scope"]
    return hit("searches", row)


@fault("searches")
def search_of_a_look_alike(tables: Tables, rng: random.Random) -> Found | None:
    """A look-alike code; the query names the other state."""
    named = "Slovak|Sloven|Latvia|Lithuan|Austria|Swed|Словак|Словен|Латв|Литв|Швец|Австри"
    row = pick(rng, tables["searches"], lambda r: r["expeller_scope"] in LOOK_ALIKE, like("query", named))
    row["expeller_scope"] = LOOK_ALIKE[row["expeller_scope"]]
    return hit("searches", row)


@fault("searches")
def search_ends_before_it_begins(tables: Tables, rng: random.Random) -> Found | None:
    """First and last day of the period exchanged."""
    row = pick(rng, tables["searches"], lambda r: r["period_from"] < r["period_until"])
    row["period_from"], row["period_until"] = row["period_until"], row["period_from"]
    return hit("searches", row)


@fault("searches")
def search_of_the_future(tables: Tables, rng: random.Random) -> Found | None:
    """A period that ends after the day of the search."""
    row = pick(rng, tables["searches"], lambda r: r["period_until"] == r["searched_on"])
    row["period_until"] = other_year(row["period_until"], 1)
    return hit("searches", row)


@fault("searches")
def search_before_its_period(tables: Tables, rng: random.Random) -> Found | None:
    """Last year's number in the day of the search: what it sought had not begun."""
    row = pick(rng, tables["searches"], lambda r: r["period_from"] > "2024")
    drop(tables, "searches", row)
    return hit("searches", put(tables, "searches", {**row, "searched_on": other_year(row["searched_on"], -4)}))


@fault("searches")
def search_period_unlike_its_query(tables: Tables, rng: random.Random) -> Found | None:
    """The period filled down from another year's searches; the query names its year."""
    row = pick(rng, tables["searches"], lambda r: re.search(rf"\b{r['period_from'][:4]}\b", r["query"]) and r["period_from"] > "2017")
    row["period_from"], row["period_until"] = "2014-01-01", "2014-12-31"
    return hit("searches", row)


@fault("searches")
def search_language_of_another_script(tables: Tables, rng: random.Random) -> Found | None:
    """A query in Cyrillic is logged as English."""
    row = pick(rng, tables["searches"], has(language="ru"), like("query", "[а-я]{5}"))
    row["language"] = "en"
    return hit("searches", row)


@fault("searches")
def search_counts_exchanged(tables: Tables, rng: random.Random) -> Found | None:
    """Pages and expulsions typed in each other's column: more expulsions than pages could bear."""
    row = pick(rng, tables["searches"], has(n_expulsions="0"))
    row["n_pages"], row["n_expulsions"] = row["n_expulsions"], row["n_pages"]
    return hit("searches", row)


@fault("searches")
def search_count_doubled(tables: Tables, rng: random.Random) -> Found | None:
    """A key pressed twice in the number of pages: 88 for 8."""
    row = pick(rng, tables["searches"], has(n_pages="8"))
    row["n_pages"] = "88"
    return hit("searches", row)


@fault("searches")
def search_that_found_nothing_uncounted(tables: Tables, rng: random.Random) -> Found | None:
    """An empty cell for no expulsion."""
    row = pick(rng, tables["searches"], has(n_expulsions="0"))
    row["n_expulsions"] = ""
    return hit("searches", row)


@fault("searches")
def search_widened(tables: Tables, rng: random.Random) -> Found | None:
    """A search on one dyad logged as one of all states against that target; the query names one."""
    row = pick(rng, tables["searches"], one_dyad, has(target_scope="RUS"))
    row["expeller_scope"] = "EU*"
    return hit("searches", row)


@fault("searches")
def search_of_a_state_against_itself(tables: Tables, rng: random.Random) -> Found | None:
    """Filled across: both scopes are the same state."""
    row = pick(rng, tables["searches"], one_dyad)
    row["target_scope"] = row["expeller_scope"]
    return hit("searches", row)


@fault("searches")
def search_query_of_another_state(tables: Tables, rng: random.Random) -> Found | None:
    """The query of the row above pasted beside other states."""
    rows = tables["searches"]
    near = (i for i in range(1, len(rows)) if one_dyad(rows[i]) and one_dyad(rows[i - 1]))
    i = spot(rng, (i for i in near if sides(rows[i]).isdisjoint(sides(rows[i - 1]))))
    query = rows[i - 1]["query"]
    if key("searches", {**rows[i], "query": query}) in index(tables, "searches"):
        query += " "
    rows[i]["query"] = query
    return hit("searches", rows[i])


@fault("texts")
def search_query_damaged(tables: Tables, rng: random.Random) -> Found | None:
    """The query in a wrong code page."""
    row = pick(rng, tables["searches"], lambda r: re.search("[à-öø-ýčšž]", r["query"]))
    row["query"] = mojibake(row["query"]).replace("\ufffd", "")
    return hit("searches", row)


@fault("lost", visible=False)
def search_lost(tables: Tables, rng: random.Random) -> Found | None:
    """A search that found nothing was not logged."""
    row = pick(rng, tables["searches"], has(n_expulsions="0"))
    drop(tables, "searches", row)
    return hit("searches", row)


@fault("harvests")
def harvest_matched_to_the_reply(tables: Tables, rng: random.Random) -> Found | None:
    """An entry matched to the reversed dyad's decision, whose day or figure is another."""
    back = {row["answers"]: row["expulsion_id"] for row in tables["answers"] if row["relation"] == "retaliation"}
    rows = index(tables, "harvests")
    late = [row for row in lone(tables) if full(row["announced_on"]) and row["expulsion_id"] in back]
    row = pick(
        rng, late, lambda r: r["announced_on"] != back[r["expulsion_id"]][:10] and f"{back[r['expulsion_id']]}/{r['found_by']}" not in rows
    )
    drop(tables, "harvests", row)
    return hit("harvests", put(tables, "harvests", {**row, "expulsion_id": back[row["expulsion_id"]]}))


@fault("harvests", visible=False)
def harvest_of_the_other_side(tables: Tables, rng: random.Random) -> Found | None:
    """An entry put on the other side's list."""
    row = pick(rng, lone(tables))
    row["found_by"] = "target_side" if row["found_by"] == "expeller_side" else "expeller_side"
    return hit("harvests", row)


@fault("harvests")
def harvest_year_off(tables: Tables, rng: random.Random) -> Found | None:
    """The year of an entry mistyped."""
    row = pick(rng, tables["harvests"], lambda r: full(r["announced_on"]))
    row["announced_on"] = other_year(row["announced_on"], rng.choice((-1, 1)))
    return hit("harvests", row)


@fault("harvests")
def harvest_day_month_swapped(tables: Tables, rng: random.Random) -> Found | None:
    """Day and month of an entry exchanged."""
    row = pick(rng, tables["harvests"], lambda r: swappable(r["announced_on"]))
    row["announced_on"] = swapped(row["announced_on"])
    return hit("harvests", row)


@fault("harvests")
def harvest_digit_doubled(tables: Tables, rng: random.Random) -> Found | None:
    """A key pressed twice in an entry's figure."""
    row = pick(rng, tables["harvests"], lambda r: r["officials"])
    row["officials"] += row["officials"][-1]
    return hit("harvests", row)


@fault("harvests", visible=False)
def harvest_made_like_the_data(tables: Tables, rng: random.Random) -> Found | None:
    """A day that the list did not have was filled in from the data."""
    row = pick(rng, tables["harvests"], has(announced_on=""), lambda r: full(r["expulsion_id"][:10]))
    row["announced_on"] = row["expulsion_id"][:10]
    return hit("harvests", row)


@fault("harvests")
def harvest_before_the_event(tables: Tables, rng: random.Random) -> Found | None:
    """The list was closed before what it holds had happened: its year is wrong."""
    row = pick(rng, tables["harvests"], lambda r: r["announced_on"] > "2021")
    row["harvested_on"] = other_year(row["announced_on"], -1)
    return hit("harvests", row)


@fault("lost", visible=False)
def harvest_entry_lost(tables: Tables, rng: random.Random) -> Found | None:
    """An entry of one list was not copied."""
    row = pick(rng, tables["harvests"])
    drop(tables, "harvests", row)
    return hit("harvests", row)


@fault("harvests")
def harvest_a_month_off(tables: Tables, rng: random.Random) -> Found | None:
    """The month typed one too high, four weeks after the decision."""
    row = pick(rng, tables["harvests"], lambda r: full(r["announced_on"]) and r["announced_on"] == r["expulsion_id"][:10])
    row["announced_on"] = moved(row["announced_on"], rng.choice((28, 30)))
    return hit("harvests", row)


@fault("harvests")
def harvest_coder_mistyped(tables: Tables, rng: random.Random) -> Found | None:
    """The coder's mark in capitals."""
    row = pick(rng, tables["harvests"])
    row["coder"] = choose(rng, ("C1", "c 1", "1"))
    return hit("harvests", row)
