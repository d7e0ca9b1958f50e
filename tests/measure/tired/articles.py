"""Slips with pages: the same page twice, and its day."""

import random
import re
from urllib.parse import urlsplit

from tests.measure.tired.base import (
    Found,
    Row,
    Tables,
    article_of,
    day,
    fault,
    full,
    groups,
    hit,
    moved,
    other_year,
    pick,
    put,
    swappable,
    swapped,
)
from tests.measure.tired.ids import fresh_article, next_statement, rename_article


def one_statement(tables: Tables) -> list[Row]:
    """Articles with exactly one statement."""
    mine = groups(tables["statements"], "article_id")
    return [row for row in tables["articles"] if len(mine[row["article_id"]]) == 1]


def undated(row: Row) -> bool:
    """Whether the address tells no year."""
    return not re.search(r"20\d\d", row["url"])


def again(tables: Tables, row: Row, url: str, **other: str) -> Found:
    """Enter a page a second time, with its statements, under another address."""
    base = re.sub(r"(-\d{4}-\d\d-\d\d)-\d+$", r"\1", row["article_id"])
    name = fresh_article(tables, other.pop("article_id", base))
    copy = put(tables, "articles", {**row, "article_id": name, "url": url, "text_sha256": "", **other})
    for message in [r for r in tables["statements"] if r["article_id"] == row["article_id"]]:
        put(tables, "statements", {**message, "article_id": name, "statement_id": next_statement(tables, name)})
    return hit("articles", copy)


def domain(row: Row) -> str:
    """The host of a page."""
    return urlsplit(row["url"]).netloc.removeprefix("www.")


@fault("duplicates")
def page_twice_tracked(tables: Tables, rng: random.Random) -> Found | None:
    """The page was opened again from a newsletter: a tracking tail makes it look new."""
    row = pick(rng, one_statement(tables), lambda r: full(r["published_on"]) and "?" not in r["url"])
    return again(tables, row, row["url"] + "?utm_source=newsletter&utm_medium=email")


@fault("duplicates")
def page_twice_mobile(tables: Tables, rng: random.Random) -> Found | None:
    """The telephone's address of a page that was read at the desk before."""
    row = pick(rng, one_statement(tables), lambda r: full(r["published_on"]) and "//www." in r["url"])
    return again(tables, row, row["url"].replace("//www.", "//m."))


@fault("duplicates")
def page_twice_secure(tables: Tables, rng: random.Random) -> Found | None:
    """Http and https, with and without the slash, taken for two pages."""
    row = pick(rng, one_statement(tables), lambda r: full(r["published_on"]) and r["url"].startswith("https://"))
    return again(tables, row, "http://" + row["url"][8:].rstrip("/") + ("" if row["url"].endswith("/") else "/"))


@fault("duplicates")
def page_twice_archived(tables: Tables, rng: random.Random) -> Found | None:
    """The archived copy of a page entered beside the page, under the archive's name."""
    row = pick(rng, one_statement(tables), lambda r: full(r["published_on"]) and "archive" not in r["url"])
    stamp = moved(row["published_on"], 1).replace("-", "")
    return again(tables, row, f"https://web.archive.org/web/{stamp}101500/{row['url']}", publisher="Internet Archive", kind="other")


@fault("duplicates")
def page_twice_other_day(tables: Tables, rng: random.Random) -> Found | None:
    """Read again months later; the page now shows the day of its last update, and it is entered as a new one."""
    row = pick(rng, one_statement(tables), lambda r: full(r["published_on"]) and r["article_id"].endswith(r["published_on"]))
    later = moved(row["published_on"], rng.randint(1, 6))
    return again(tables, row, row["url"] + "#comments", article_id=row["article_id"][:-10] + later, published_on=later)


@fault("duplicates")
def page_twice_translated(tables: Tables, rng: random.Random) -> Found | None:
    """A machine translation of a page already coded, entered as an English page of another outlet."""
    row = pick(rng, one_statement(tables), lambda r: full(r["published_on"]) and r["language"] not in ("en", ""))
    return again(tables, row, f"https://translate.google.com/translate?sl={row['language']}&tl=en&u={row['url']}", language="en")


@fault("duplicates")
def address_of_the_row_above(tables: Tables, rng: random.Random) -> Found | None:
    """Filled down: the address of the row above."""
    rows = tables["articles"]
    i = rng.randrange(1, len(rows))
    rows[i]["url"] = rows[i - 1]["url"]
    return hit("articles", rows[i])


@fault("days")
def page_day_month_swapped(tables: Tables, rng: random.Random) -> Found | None:
    """Day and month of the page exchanged, American style; the id has them right."""
    row = pick(rng, tables["articles"], lambda r: swappable(r["published_on"]))
    row["published_on"] = swapped(row["published_on"])
    return hit("articles", row)


@fault("days")
def page_year_wrong_everywhere(tables: Tables, rng: random.Random) -> Found | None:
    """The year of the page misread, and the id built from it; the address still has the right year."""
    row = pick(rng, tables["articles"], lambda r: full(r["published_on"]) and r["published_on"].replace("-", "/") in r["url"])
    old, new = row["published_on"], other_year(row["published_on"], -1)
    row["published_on"] = new
    name = fresh_article(tables, row["article_id"].replace(old, new))
    rename_article(tables, row["article_id"], name)
    return hit("articles", row)


@fault("days")
def page_dated_before_the_event(tables: Tables, rng: random.Random) -> Found | None:
    """A page put one month early: it reports what had not happened yet."""
    days = {row["article_id"]: row["published_on"] for row in tables["articles"]}
    message = pick(rng, tables["statements"], lambda r: full(r["announced_on"]) and days[r["article_id"]] == r["announced_on"])
    row = article_of(tables, message)
    row["published_on"] = moved(row["published_on"], -30)
    return hit("articles", row)


@fault("days")
def page_has_the_reading_day(tables: Tables, rng: random.Random) -> Found | None:
    """The day of reading typed for the day of publication."""
    row = pick(rng, tables["articles"], lambda r: full(r["published_on"]) and r["published_on"] != r["read_on"])
    row["published_on"] = row["read_on"]
    return hit("articles", row)


@fault("days")
def read_before_published(tables: Tables, rng: random.Random) -> Found | None:
    """Last year's number in the day of reading, so that the page was read before it was there."""
    row = pick(rng, tables["articles"], lambda r: r["published_on"][:4] >= "2022")
    row["read_on"] = other_year(row["read_on"], int(row["published_on"][:4]) - 1 - int(row["read_on"][:4]))
    return hit("articles", row)


@fault("days")
def page_day_lost(tables: Tables, rng: random.Random) -> Found | None:
    """The page's day cut to its month, though the id has the day."""
    row = pick(rng, tables["articles"], lambda r: full(r["published_on"]) and r["published_on"] in r["article_id"])
    row["published_on"] = row["published_on"][:7]
    return hit("articles", row)


@fault("days")
def page_day_by_spreadsheet(tables: Tables, rng: random.Random) -> Found | None:
    """A spreadsheet showed the day in its own way and saved it so."""
    row = pick(rng, tables["articles"], lambda r: full(r["published_on"]))
    row["published_on"] = f"{day(row['published_on']):%d.%m.%Y}"
    return hit("articles", row)


@fault("days")
def page_month_made_first_day(tables: Tables, rng: random.Random) -> Found | None:
    """A spreadsheet made the first of the month out of a month."""
    row = pick(rng, tables["articles"], lambda r: re.fullmatch(r"\d{4}-\d\d", r["published_on"]))
    row["published_on"] += "-01"
    return hit("articles", row)


@fault("days", visible=False)
def page_day_of_last_update(tables: Tables, rng: random.Random) -> Found | None:
    """The day of the page's update taken for that of its publication, a few days late."""
    row = pick(rng, tables["articles"], lambda r: full(r["published_on"]) and r["article_id"].endswith(r["published_on"]), undated)
    later = moved(row["published_on"], rng.randint(2, 5))
    rename_article(tables, row["article_id"], fresh_article(tables, row["article_id"][:-10] + later))
    row["published_on"] = later
    return hit("articles", row)


@fault("contradictions")
def said_to_hold_nothing(tables: Tables, rng: random.Random) -> Found | None:
    """A reason why the page holds no expulsion, typed beside a page that has statements."""
    row = pick(rng, one_statement(tables), lambda r: not r["no_expulsion_because"])
    row["no_expulsion_because"] = "Only a summons is reported; nobody was told to leave."
    return hit("articles", row)
