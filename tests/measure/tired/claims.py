"""Slips with published totals: their days, scopes, kinds and gaps."""

import random
import re

from tests.measure.tired.base import LOOK_ALIKE, Found, Tables, choose, fault, has, hit, like, mojibake, other_year, pick, spot, unlike


@fault("claims")
def claim_ends_before_it_begins(tables: Tables, rng: random.Random) -> Found | None:
    """First and last day of the count exchanged."""
    row = pick(rng, tables["claims"], lambda r: r["since"] < r["as_of"])
    row["since"], row["as_of"] = row["as_of"], row["since"]
    return hit("claims", row)


@fault("claims")
def claim_after_its_page(tables: Tables, rng: random.Random) -> Found | None:
    """The count goes on for a year after the page that prints it."""
    days = {row["article_id"]: row["published_on"] for row in tables["articles"]}
    row = pick(rng, tables["claims"], lambda r: other_year(r["as_of"], 1) > days[r["article_id"]] + "-99")
    row["as_of"] = other_year(row["as_of"], 1)
    return hit("claims", row)


@fault("claims")
def claim_since_another_wave(tables: Tables, rng: random.Random) -> Found | None:
    """The first day of the list before: counted since the war, on a page of years earlier."""
    row = pick(rng, tables["claims"], lambda r: r["as_of"] < "2020" and r["since"] >= "2018")
    row["since"] = "2022-02-24"
    return hit("claims", row)


@fault("claims")
def claim_since_a_year_before(tables: Tables, rng: random.Random) -> Found | None:
    """One line of a list counts from a year before all others."""
    row = pick(rng, tables["claims"], lambda r: r["part_of"] and r["since"] > "2015")
    row["since"] = other_year(row["since"], -1)
    return hit("claims", row)


@fault("claims")
def claim_scopes_exchanged(tables: Tables, rng: random.Random) -> Found | None:
    """Expellers and targets typed in each other's column."""
    row = pick(rng, tables["claims"], has(target_scope="RUS"), lambda r: r["expeller_scope"] not in ("*", "RUS"))
    row["expeller_scope"], row["target_scope"] = row["target_scope"], row["expeller_scope"]
    return hit("claims", row)


@fault("claims")
def members_taken_for_the_body(tables: Tables, rng: random.Random) -> Found | None:
    """The star forgotten: the organisation itself instead of its members."""
    row = pick(rng, tables["claims"], lambda r: r["expeller_scope"] in ("EU*", "EU* -GBR", "NATO*", "Europe* EU*"))
    row["expeller_scope"] = row["expeller_scope"].replace("*", "").replace("Europe ", "Europe* ").strip()
    return hit("claims", row)


@fault("claims")
def exception_forgotten(tables: Tables, rng: random.Random) -> Found | None:
    """Without, except, other than stands in the wording, and nothing is taken out of the scope."""
    row = pick(rng, tables["claims"], like("expeller_scope", " -"), like("scope_as_stated", "without|except|other than|besides|apart|not "))
    row["expeller_scope"] = re.sub(" -[A-Z]+", "", row["expeller_scope"])
    return hit("claims", row)


@fault("claims", visible=False)
def scope_widened(tables: Tables, rng: random.Random) -> Found | None:
    """Officials of all states, where the page meant one state's; the wording names nobody."""
    row = pick(rng, tables["claims"], has(target_scope="RUS"), unlike("scope_as_stated", "Russia|Moscow"))
    row["target_scope"] = "*"
    return hit("claims", row)


@fault("claims")
def line_of_a_look_alike(tables: Tables, rng: random.Random) -> Found | None:
    """A look-alike code in the scope of a line; its wording has the right one."""
    row = pick(rng, tables["claims"], lambda r: r["expeller_scope"] in LOOK_ALIKE and r["expeller_scope"] in r["scope_as_stated"])
    row["expeller_scope"] = LOOK_ALIKE[row["expeller_scope"]]
    return hit("claims", row)


@fault("claims")
def line_of_a_look_alike_throughout(tables: Tables, rng: random.Random) -> Found | None:
    """A look-alike code in scope and wording: the list has one state twice, or one that expelled nobody."""
    row = pick(rng, tables["claims"], lambda r: r["part_of"] and r["expeller_scope"] in LOOK_ALIKE)
    old, new = row["expeller_scope"], LOOK_ALIKE[row["expeller_scope"]]
    row["expeller_scope"], row["scope_as_stated"] = new, row["scope_as_stated"].replace(old, new)
    return hit("claims", row)


@fault("claims")
def more_than_forgotten(tables: Tables, rng: random.Random) -> Found | None:
    """More than stands in wording or note, and the figure is exact."""
    loose = [row for row in tables["claims"] if row["qualifier"] == "at_least"]
    row = pick(rng, loose, lambda r: re.search("more than|over |at least", r["scope_as_stated"] + r["note"]))
    row["qualifier"] = "exact"
    return hit("claims", row)


@fault("claims", visible=False)
def claim_qualifier_misread(tables: Tables, rng: random.Random) -> Found | None:
    """Some, nearly, more than: read as exact, and no word of it kept."""
    row = pick(rng, tables["claims"], lambda r: r["qualifier"] in ("about", "at_least") and not r["note"] and not r["gap_reason"])
    row["qualifier"] = "exact"
    return hit("claims", row)


@fault("claims")
def nobody_with_a_figure(tables: Tables, rng: random.Random) -> Found | None:
    """The kind filled down: nobody was expelled, with a figure."""
    row = pick(rng, tables["claims"], has(kind="total"), lambda r: r["figure"])
    row["kind"] = "none"
    return hit("claims", row)


@fault("claims")
def total_without_a_figure(tables: Tables, rng: random.Random) -> Found | None:
    """The figure of a total left empty."""
    row = pick(rng, tables["claims"], has(kind="total"), lambda r: r["figure"])
    row["figure"] = ""
    return hit("claims", row)


@fault("claims")
def states_counted_as_diplomats(tables: Tables, rng: random.Random) -> Found | None:
    """The number of states that expelled coded as a number of diplomats."""
    row = pick(rng, tables["claims"], has(counted="expellers"), like("scope_as_stated", "state|countr"))
    row["counted"] = "diplomats"
    return hit("claims", row)


@fault("claims")
def diplomats_counted_as_states(tables: Tables, rng: random.Random) -> Found | None:
    """A number of diplomats coded as a number of states."""
    row = pick(rng, tables["claims"], has(counted="diplomats"), like("scope_as_stated", "diplomats"), lambda r: int(r["figure"] or 0) > 20)
    row["counted"] = "expellers"
    return hit("claims", row)


@fault("claims")
def gap_no_longer_explained(tables: Tables, rng: random.Random) -> Found | None:
    """The reason of the gap deleted, its working left in the note."""
    row = pick(rng, tables["claims"], lambda r: r["gap_reason"] and r["note"])
    row["gap_reason"] = ""
    return hit("claims", row)


@fault("claims")
def gap_without_working(tables: Tables, rng: random.Random) -> Found | None:
    """A reason chosen from the list, and no word how it was found."""
    row = pick(rng, tables["claims"], lambda r: r["gap_reason"] and r["note"])
    row["note"] = ""
    return hit("claims", row)


@fault("claims", visible=False)
def gap_explained_wrongly(tables: Tables, rng: random.Random) -> Found | None:
    """The reason that fitted the row above."""
    row = pick(rng, tables["claims"], has(gap_reason="missing_expulsions"))
    row["gap_reason"] = choose(rng, ("narrower_scope", "staff_left_out", "earlier_figure"))
    return hit("claims", row)


@fault("claims", visible=False)
def printer_taken_for_the_counter(tables: Tables, rng: random.Random) -> Found | None:
    """The paper that printed it typed as the one who counted."""
    papers = {row["article_id"]: row["publisher"] for row in tables["articles"]}
    row = pick(rng, tables["claims"], has(part_of=""), lambda r: papers[r["article_id"]] != r["claimed_by"])
    row["claimed_by"] = papers[row["article_id"]]
    return hit("claims", row)


@fault("links to pages")
def claim_under_another_page(tables: Tables, rng: random.Random) -> Found | None:
    """The page's id filled down; the claim's own id has the right one."""
    rows = tables["claims"]
    i = spot(rng, (i for i in range(1, len(rows)) if rows[i]["article_id"] != rows[i - 1]["article_id"]))
    rows[i]["article_id"] = rows[i - 1]["article_id"]
    return hit("claims", rows[i])


@fault("texts")
def claim_note_damaged(tables: Tables, rng: random.Random) -> Found | None:
    """UTF-8 opened as a Western code page and saved: debris in a claim's text."""
    row = pick(rng, tables["claims"], lambda r: re.search("[à-öø-ýčšž’ćőű]", r["claimed_by"]))
    row["claimed_by"] = mojibake(row["claimed_by"]).replace("\ufffd", "")
    return hit("claims", row)


@fault("texts")
def scope_wording_of_another_row(tables: Tables, rng: random.Random) -> Found | None:
    """The wording of the line above, naming another state, pasted once more."""
    rows = tables["claims"]
    unlike_above = (i for i in range(1, len(rows)) if re.search(": [A-Z]{3}$", rows[i - 1]["scope_as_stated"]))
    i = spot(rng, (i for i in unlike_above if rows[i]["expeller_scope"] != rows[i - 1]["expeller_scope"]))
    rows[i]["scope_as_stated"] = rows[i - 1]["scope_as_stated"]
    return hit("claims", rows[i])
