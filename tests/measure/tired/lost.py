"""Lost and merged rows, and columns that slid against their rows."""

import random

from tests.measure.tired.base import Found, Row, Tables, about, drop, fault, groups, has, hit, pick, put, spot


def slide(rng: random.Random, rows: list[Row], columns: tuple[str, ...], length: int) -> Row:
    """Paste a block of columns one row too low, over a few rows; the first row keeps its cells."""
    changing = (i for i in range(len(rows) - length) if any(rows[i][c] != rows[i + 1][c] for c in columns))
    i = spot(rng, changing)
    block = [{c: row[c] for c in columns} for row in rows[i : i + length]]
    for row, cells in zip(rows[i + 1 : i + 1 + length], block, strict=True):
        row.update(cells)
    return rows[i + 1]


@fault("slid columns")
def figures_slid_down(tables: Tables, rng: random.Random) -> Found | None:
    """The bounds of four statements pasted one row too low."""
    return hit("statements", slide(rng, tables["statements"], ("officials_low", "officials_high"), 4))


@fault("slid columns")
def days_slid_down(tables: Tables, rng: random.Random) -> Found | None:
    """The announcement days of five statements pasted one row too low."""
    return hit("statements", slide(rng, tables["statements"], ("announced_on",), 5))


@fault("slid columns")
def deadlines_slid_down(tables: Tables, rng: random.Random) -> Found | None:
    """Last day and hours of four statements pasted one row too low."""
    return hit("statements", slide(rng, tables["statements"], ("leave_by", "deadline_hours"), 4))


@fault("slid columns")
def addresses_slid_down(tables: Tables, rng: random.Random) -> Found | None:
    """Titles and addresses of four pages pasted one row too low."""
    return hit("articles", slide(rng, tables["articles"], ("title", "url"), 4))


@fault("slid columns")
def triggers_slid_down(tables: Tables, rng: random.Random) -> Found | None:
    """Trigger, reply and wave of five decisions pasted one row too low."""
    return hit("expulsions", slide(rng, tables["expulsions"], ("trigger", "reply", "wave"), 5))


@fault("slid columns")
def claim_figures_slid_down(tables: Tables, rng: random.Random) -> Found | None:
    """The figures of six claims pasted one row too low."""
    return hit("claims", slide(rng, tables["claims"], ("figure",), 6))


@fault("slid columns")
def harvest_days_slid_down(tables: Tables, rng: random.Random) -> Found | None:
    """The days of four entries of a harvest pasted one row too low."""
    return hit("harvests", slide(rng, tables["harvests"], ("announced_on", "officials"), 4))


@fault("slid columns")
def settlements_slid_down(tables: Tables, rng: random.Random) -> Found | None:
    """The settled values of five recodings pasted one row too low."""
    return hit("recodings", slide(rng, tables["recodings"], ("settled",), 5))


@fault("slid columns")
def languages_sorted_alone(tables: Tables, rng: random.Random) -> Found | None:
    """A few languages sorted without their rows."""
    rows = tables["articles"]
    mixed = (i for i in range(len(rows) - 6) if [r["language"] for r in rows[i : i + 6]] != sorted(r["language"] for r in rows[i : i + 6]))
    i = spot(rng, mixed)
    was = [row["language"] for row in rows[i : i + 6]]
    for row, language in zip(rows[i : i + 6], sorted(was), strict=True):
        row["language"] = language
    return hit("articles", next(row for row, old in zip(rows[i : i + 6], was, strict=True) if row["language"] != old))


@fault("lost")
def statement_lost_in_the_middle(tables: Tables, rng: random.Random) -> Found | None:
    """A row deleted between two others of its page: a number is missing."""
    pages = groups(tables["statements"], "article_id")
    row = pick(rng, tables["statements"], lambda r: r is not pages[r["article_id"]][-1])
    drop(tables, "statements", row)
    return hit("statements", row)


@fault("lost", visible=False)
def statement_lost_at_the_end(tables: Tables, rng: random.Random) -> Found | None:
    """The last statement of a page not saved; nothing rests on it alone."""
    pages, mine = groups(tables["statements"], "article_id"), about(tables)
    coded = {row["unit_id"] for row in tables["recodings"]}
    edges = {(row["article_id"], row[c]) for row in tables["answers"] for c in ("expulsion_id", "answers")}
    row = pick(
        rng,
        tables["statements"],
        lambda r: r is pages[r["article_id"]][-1] and len(pages[r["article_id"]]) > 1 and len(mine[r["expulsion_id"]]) > 3,
        lambda r: r["statement_id"] not in coded and (r["article_id"], r["expulsion_id"]) not in edges,
    )
    drop(tables, "statements", row)
    return hit("statements", row)


@fault("lost")
def only_statement_of_a_page_lost(tables: Tables, rng: random.Random) -> Found | None:
    """The only statement of a page not saved: the page says nothing, and nobody says why."""
    pages, claimed = groups(tables["statements"], "article_id"), {row["article_id"] for row in tables["claims"]}
    row = pick(rng, tables["statements"], lambda r: len(pages[r["article_id"]]) == 1 and r["article_id"] not in claimed)
    drop(tables, "statements", row)
    return hit("statements", row)


@fault("lost")
def page_lost(tables: Tables, rng: random.Random) -> Found | None:
    """The row of a page deleted, its statements left."""
    used = {row["article_id"] for row in tables["statements"]}
    row = pick(rng, tables["articles"], lambda r: r["article_id"] in used)
    drop(tables, "articles", row)
    return hit("articles", row)


@fault("lost", visible=False)
def page_and_all_it_said_lost(tables: Tables, rng: random.Random) -> Found | None:
    """A page and its one statement not saved, of a decision that other pages tell too."""
    pages, mine = groups(tables["statements"], "article_id"), about(tables)
    used = {row["article_id"] for table in ("answers", "claims") for row in tables[table]} | {
        r["unit_id"].split(".")[0].split("/")[0] for r in tables["recodings"]
    }
    alone = [row for row in tables["statements"] if len(pages[row["article_id"]]) == 1 and row["article_id"] not in used]
    message = pick(rng, alone, lambda r: len(mine[r["expulsion_id"]]) > 3)
    row = pick(rng, tables["articles"], has(article_id=message["article_id"]))
    drop(tables, "statements", message)
    drop(tables, "articles", row)
    return hit("articles", row)


@fault("lost")
def decision_lost(tables: Tables, rng: random.Random) -> Found | None:
    """The row of a decision deleted, its statements left."""
    row = pick(rng, tables["expulsions"])
    drop(tables, "expulsions", row)
    return hit("expulsions", row)


@fault("lost")
def edge_lost(tables: Tables, rng: random.Random) -> Found | None:
    """An edge deleted; the decision still says that an expulsion triggered it."""
    rows = {row["expulsion_id"]: row for row in tables["expulsions"]}
    mine = groups(tables["answers"], "expulsion_id")
    row = pick(rng, tables["answers"], lambda r: len(mine[r["expulsion_id"]]) == 1 and rows[r["expulsion_id"]]["trigger"] == "expulsion")
    drop(tables, "answers", row)
    return hit("answers", row)


@fault("lost", visible=False)
def one_of_several_edges_lost(tables: Tables, rng: random.Random) -> Found | None:
    """Of several decisions that it answers or joins one was not typed."""
    mine = groups(tables["answers"], "expulsion_id")
    row = pick(rng, tables["answers"], lambda r: len(mine[r["expulsion_id"]]) > 1)
    drop(tables, "answers", row)
    return hit("answers", row)


@fault("lost")
def actor_lost(tables: Tables, rng: random.Random) -> Found | None:
    """The row of an actor deleted that others name."""
    used = {row[c] for row in tables["expulsions"] for c in ("expeller", "target")}
    row = pick(rng, tables["actors"], lambda r: r["actor_id"] in used and r["actor_id"] != "RUS")
    drop(tables, "actors", row)
    return hit("actors", row)


@fault("merged")
def two_statements_in_one(tables: Tables, rng: random.Random) -> Found | None:
    """Two rows of one page merged: both sentences in one cell, the second row gone, the later numbers drawn up."""
    rows = tables["statements"]
    pages = groups(rows, "article_id")
    two = (i for i in range(1, len(rows)) if len(pages[rows[i]["article_id"]]) == 2 and rows[i]["article_id"] == rows[i - 1]["article_id"])
    i = spot(rng, (i for i in two if rows[i]["expulsion_id"] != rows[i - 1]["expulsion_id"]))
    kept = rows[i - 1]
    kept["says"] = f"{kept['says']} {rows[i]['says']}"
    drop(tables, "statements", rows[i])
    return hit("statements", kept)


@fault("merged")
def two_pages_in_one(tables: Tables, rng: random.Random) -> Found | None:
    """The statement of a second page of the publisher is hung on the first, of another day; the second page's row is gone."""
    mine, pages = groups(tables["articles"], "publisher"), groups(tables["statements"], "article_id")
    edges = {row["article_id"] for table in ("answers", "claims") for row in tables[table]}
    single = [r for r in tables["articles"] if len(pages[r["article_id"]]) == 1 and r["article_id"] not in edges]
    row = pick(rng, single, lambda r: any(x["published_on"] < r["published_on"] and pages[x["article_id"]] for x in mine[r["publisher"]]))
    first = pick(rng, mine[row["publisher"]], lambda r: r["published_on"] < row["published_on"] and pages[r["article_id"]])
    message = pages[row["article_id"]][0]
    last = max(int(r["statement_id"].rsplit(".", 1)[1]) for r in pages[first["article_id"]])
    drop(tables, "statements", message)
    drop(tables, "articles", row)
    name = f"{first['article_id']}.{last + 1}"
    return hit("statements", put(tables, "statements", {**message, "article_id": first["article_id"], "statement_id": name}))


@fault("merged")
def cell_fallen_out(tables: Tables, rng: random.Random) -> Found | None:
    """One empty cell deleted with its place: what follows moved one column to the left."""
    row = pick(rng, tables["statements"], has(posts_cut="", ceiling="", diplomats=""))
    columns = list(row)
    start = columns.index("diplomats")
    cells = [row[c] for c in columns[start + 1 :]] + [""]
    row.update(zip(columns[start:], cells, strict=True))
    return hit("statements", row)
