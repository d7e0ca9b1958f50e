"""Slips with the days of a statement: announced, acted, due to leave, and the hours to go."""

import random

from tests.measure.tired.base import (
    Found,
    Row,
    Tables,
    Test,
    about,
    article_of,
    choose,
    day,
    day_of,
    fault,
    full,
    has,
    hit,
    moved,
    other_year,
    pick,
    swappable,
    swapped,
    unlike,
)

no_day_told = unlike("says", r"\d (Ja|Fe|Ma|Ap|Ju|Au|Se|Oc|No|De)|(Ja|Fe|Ma|Ap|Ju|Au|Se|Oc|No|De)[a-z]+ \d|end of")


def dated(column: str) -> Test:
    """A test: the column has a full day."""
    return lambda row: full(row[column])


def as_its_id(row: Row) -> bool:
    """Whether a statement announces on the day that its decision's id has."""
    return full(row["announced_on"]) and day_of(row["expulsion_id"]) == row["announced_on"]


@fault("days")
def announced_day_month_swapped(tables: Tables, rng: random.Random) -> Found | None:
    """Day and month of the announcement exchanged."""
    row = pick(rng, tables["statements"], as_its_id, lambda r: swappable(r["announced_on"]))
    row["announced_on"] = swapped(row["announced_on"])
    return hit("statements", row)


@fault("days")
def announced_in_the_year_of_the_page(tables: Tables, rng: random.Random) -> Found | None:
    """A retrospective names no year beside the day; the year of the page was typed."""
    days = {row["article_id"]: row["published_on"] for row in tables["articles"]}
    row = pick(rng, tables["statements"], dated("announced_on"), lambda r: days[r["article_id"]][:4] > r["announced_on"][:4])
    row["announced_on"] = days[row["article_id"]][:4] + row["announced_on"][4:]
    return hit("statements", row)


@fault("days")
def announced_last_year(tables: Tables, rng: random.Random) -> Found | None:
    """Typed in January: the year of the months before."""
    row = pick(rng, tables["statements"], as_its_id)
    row["announced_on"] = other_year(row["announced_on"], -1)
    return hit("statements", row)


@fault("days")
def announced_a_week_before(tables: Tables, rng: random.Random) -> Found | None:
    """On Tuesday is taken for the Tuesday before: a week too early."""
    row = pick(rng, tables["statements"], as_its_id)
    row["announced_on"] = moved(row["announced_on"], -7)
    return hit("statements", row)


@fault("days")
def announced_a_week_after(tables: Tables, rng: random.Random) -> Found | None:
    """A weekday counted forward: announced after the page that reports it."""
    days = {row["article_id"]: row["published_on"] for row in tables["articles"]}
    row = pick(rng, tables["statements"], as_its_id, lambda r: days[r["article_id"]] == r["announced_on"])
    row["announced_on"] = moved(row["announced_on"], 7)
    return hit("statements", row)


@fault("days")
def announced_on_the_day_of_the_page(tables: Tables, rng: random.Random) -> Found | None:
    """The day of a much later page is typed for the day of the event."""
    days = {row["article_id"]: row["published_on"] for row in tables["articles"]}

    def late(row: Row) -> bool:
        return full(days[row["article_id"]]) and full(row["announced_on"]) and days[row["article_id"]] > moved(row["announced_on"], 20)

    row = pick(rng, tables["statements"], late)
    row["announced_on"] = days[row["article_id"]]
    return hit("statements", row)


@fault("days", visible=False)
def announced_a_day_off(tables: Tables, rng: random.Random) -> Found | None:
    """Late in the evening there, the next day here: one day late, as many pages have it."""
    days = {row["article_id"]: row["published_on"] for row in tables["articles"]}
    row = pick(rng, tables["statements"], as_its_id, lambda r: days[r["article_id"]] > r["announced_on"], no_day_told)
    row["announced_on"] = moved(row["announced_on"], 1)
    return hit("statements", row)


@fault("days", visible=False)
def announced_day_given_up(tables: Tables, rng: random.Random) -> Found | None:
    """A weekday that the page's date would resolve is left as a month."""
    row = pick(rng, tables["statements"], as_its_id, no_day_told)
    row["announced_on"] = row["announced_on"][:7]
    return hit("statements", row)


@fault("days", visible=False)
def announced_day_left_out(tables: Tables, rng: random.Random) -> Found | None:
    """The month stands on the page, and the cell was forgotten."""
    row = pick(rng, tables["statements"], lambda r: len(r["announced_on"]) == 7)
    row["announced_on"] = ""
    return hit("statements", row)


@fault("days")
def announced_month_made_first_day(tables: Tables, rng: random.Random) -> Found | None:
    """A spreadsheet made the first of the month out of a month."""
    row = pick(rng, tables["statements"], lambda r: len(r["announced_on"]) == 7 and not day_of(r["expulsion_id"]).endswith("-01"))
    row["announced_on"] += "-01"
    return hit("statements", row)


@fault("days")
def announced_month_by_spreadsheet(tables: Tables, rng: random.Random) -> Found | None:
    """A spreadsheet wrote a month as it likes months: Apr-22."""
    row = pick(rng, tables["statements"], lambda r: len(r["announced_on"]) == 7)
    row["announced_on"] = f"{day(row['announced_on'] + '-01'):%b-%y}"
    return hit("statements", row)


@fault("days")
def day_filled_as_a_series(tables: Tables, rng: random.Random) -> Found | None:
    """Dragged down, the day grew by one instead of being copied: announced after a page of the same day."""
    days = {row["article_id"]: row["published_on"] for row in tables["articles"]}
    row = pick(rng, tables["statements"], as_its_id, lambda r: days[r["article_id"]] == r["announced_on"])
    row["announced_on"] = moved(row["announced_on"], rng.randint(2, 4))
    return hit("statements", row)


@fault("days")
def gone_before_told(tables: Tables, rng: random.Random) -> Found | None:
    """The day by which to leave keeps the year before."""
    row = pick(rng, tables["statements"], dated("leave_by"))
    row["leave_by"] = other_year(row["leave_by"], -1)
    return hit("statements", row)


@fault("days")
def leave_day_month_swapped(tables: Tables, rng: random.Random) -> Found | None:
    """Day and month of the last day exchanged."""
    row = pick(rng, tables["statements"], lambda r: swappable(r["leave_by"]))
    row["leave_by"] = swapped(row["leave_by"])
    return hit("statements", row)


@fault("days")
def leave_day_is_the_announcement(tables: Tables, rng: random.Random) -> Found | None:
    """The day of the announcement typed again for the last day, beside a period of days."""
    row = pick(rng, tables["statements"], as_its_id, has(leave_by=""), lambda r: len(r["deadline_hours"]) == 3)
    row["leave_by"] = row["announced_on"]
    return hit("statements", row)


@fault("days", visible=False)
def leave_day_of_another_month(tables: Tables, rng: random.Random) -> Found | None:
    """The end of the next month, from a decision where few statements give a last day."""
    mine = about(tables)
    row = pick(
        rng,
        tables["statements"],
        lambda r: full(r["leave_by"]) and r["leave_by"][8:] < "29" and not r["deadline_hours"],
        lambda r: sum(x["leave_by"] != "" for x in mine[r["expulsion_id"]]) < 3,
        no_day_told,
        unlike("says", "(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|week|month"),
    )
    row["leave_by"] = moved(row["leave_by"], 30)[:8] + row["leave_by"][8:]
    return hit("statements", row)


@fault("days")
def leave_day_far_off(tables: Tables, rng: random.Random) -> Found | None:
    """The next year typed in the last day: more than a year to pack."""
    row = pick(rng, tables["statements"], lambda r: full(r["leave_by"]) and r["announced_on"] and not r["leave_by"].endswith("01-01"))
    row["leave_by"] = other_year(row["leave_by"], 1)
    return hit("statements", row)


@fault("days")
def days_typed_as_hours(tables: Tables, rng: random.Random) -> Found | None:
    """Seven days typed as 7 in a column of hours."""
    row = pick(rng, tables["statements"], lambda r: int(r["deadline_hours"] or 1) % 24 == 0)
    row["deadline_hours"] = str(int(row["deadline_hours"]) // 24)
    return hit("statements", row)


@fault("days")
def hours_turned(tables: Tables, rng: random.Random) -> Found | None:
    """Two digits of the hours exchanged: 186 for 168, 27 for 72."""
    row = pick(rng, tables["statements"], lambda r: r["deadline_hours"] in ("168", "72", "48", "120", "360"))
    row["deadline_hours"] = {"168": "186", "72": "27", "48": "84", "120": "210", "360": "306"}[row["deadline_hours"]]
    return hit("statements", row)


@fault("days")
def hours_against_the_last_day(tables: Tables, rng: random.Random) -> Found | None:
    """A fortnight filled down beside a last day that is much nearer, or much farther."""
    row = pick(
        rng,
        tables["statements"],
        lambda r: full(r["leave_by"]) and full(r["announced_on"]) and abs((day(r["leave_by"]) - day(r["announced_on"])).days - 14) > 5,
    )
    row["deadline_hours"] = "336"
    return hit("statements", row)


@fault("days", visible=False)
def hours_overlooked(tables: Tables, rng: random.Random) -> Found | None:
    """The period to leave stands in the page's last paragraph and was not read."""
    row = pick(rng, tables["statements"], lambda r: r["deadline_hours"], unlike("says", "hour|day|week|fortnight|month"))
    row["deadline_hours"] = ""
    return hit("statements", row)


@fault("days")
def hours_against_the_sentence(tables: Tables, rng: random.Random) -> Found | None:
    """The sentence gives 72 hours, the column another usual period."""
    row = pick(rng, tables["statements"], has(deadline_hours="72"), lambda r: "72" in r["says"] or "three days" in r["says"])
    row["deadline_hours"] = choose(rng, ("48", "24", "168"))
    return hit("statements", row)


@fault("days")
def acted_after_announced(tables: Tables, rng: random.Random) -> Found | None:
    """A quiet order is put after its own disclosure: the year of the page instead of its own."""
    row = pick(rng, tables["statements"], lambda r: r["acted_from"] and r["announced_on"])
    last = article_of(tables, row)["published_on"][:4]
    row["acted_from"] = row["acted_until"] = str(int(last) + 1) + row["acted_from"][4:]
    return hit("statements", row)


@fault("days")
def acted_bounds_swapped(tables: Tables, rng: random.Random) -> Found | None:
    """First and last possible day of the order exchanged."""
    row = pick(rng, tables["statements"], lambda r: full(r["acted_from"]) and full(r["acted_until"]) and r["acted_from"] < r["acted_until"])
    row["acted_from"], row["acted_until"] = row["acted_until"], row["acted_from"]
    return hit("statements", row)


@fault("days")
def days_one_column_too_far(tables: Tables, rng: random.Random) -> Found | None:
    """One tab too many: the last day to leave stands as the last day of the order, and leaving is empty."""
    row = pick(rng, tables["statements"], lambda r: full(r["leave_by"]) and not r["acted_until"])
    row["acted_until"], row["leave_by"] = row["leave_by"], ""
    return hit("statements", row)


@fault("days")
def announcement_in_the_order(tables: Tables, rng: random.Random) -> Found | None:
    """One tab too many: the day of the announcement stands as that of the order, and the announcement is empty."""
    row = pick(rng, tables["statements"], as_its_id, has(acted_from="", acted_until=""))
    row["acted_from"], row["announced_on"] = row["announced_on"], ""
    return hit("statements", row)
