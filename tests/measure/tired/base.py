"""What all planted faults share: the register, the keys, and small tools for picking and changing one row."""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import wraps
from typing import NamedTuple

Row = dict[str, str]
Tables = dict[str, list[Row]]
Found = tuple[str, str]
Plant = Callable[[Tables, random.Random], Found | None]
Test = Callable[[Row], object]

KEYS: dict[str, tuple[str, ...]] = {
    "articles": ("article_id",),
    "statements": ("statement_id",),
    "expulsions": ("expulsion_id",),
    "answers": ("expulsion_id", "answers", "relation"),
    "claims": ("claim_id",),
    "searches": ("searched_on", "coder", "query", "expeller_scope"),
    "harvests": ("expulsion_id", "found_by"),
    "recodings": ("sample", "unit_id", "variable"),
    "actors": ("actor_id",),
    "memberships": ("actor_id", "organisation", "joined_on"),
    "spellings": ("spelling",),
    "corrections": ("version", "table_name", "row_id", "column_name"),
}

# Codes and names that a tired eye takes for each other.
LOOK_ALIKE = {
    "SVK": "SVN", "SVN": "SVK", "AUT": "AUS", "AUS": "AUT", "LVA": "LTU", "LTU": "LVA", "EST": "ESP", "ESP": "EST",
    "SWE": "CHE", "CHE": "SWE", "IRN": "IRQ", "IRQ": "IRN", "PRK": "KOR", "KOR": "PRK", "COD": "COG", "COG": "COD",
    "NER": "NGA", "NGA": "NER", "IRL": "ISL", "ISL": "IRL", "MNE": "MKD", "MKD": "MNE", "ROU": "RUS", "BGR": "BEL",
    "BEL": "BLR", "BLR": "BEL", "MDA": "MDG", "UKR": "GBR", "DNK": "DOM", "NOR": "NLD", "NLD": "NOR", "HUN": "HND",
    "POL": "PRT", "PRT": "POL", "GRC": "GEO", "GEO": "GRC", "ALB": "ARM", "COL": "COM", "CZE": "CHE",
}  # fmt: skip


class Slip(NamedTuple):
    """One kind of fault: how it is called, what it belongs to, and the hand that commits it."""

    name: str
    category: str
    visible: bool
    what: str
    plant: Plant


FAULTS: list[Slip] = []


class NoRowError(LookupError):
    """No row suits the fault."""


def fault(category: str, visible: bool = True) -> Callable[[Plant], Plant]:
    """Put a function on the register; finding no row then becomes an answer of None."""

    def enter(plant: Plant) -> Plant:
        @wraps(plant)
        def quiet(tables: Tables, rng: random.Random) -> Found | None:
            try:
                return plant(tables, rng)
            except NoRowError:
                return None

        FAULTS.append(Slip(plant.__name__, category, visible, (plant.__doc__ or "").strip(), quiet))
        return quiet

    return enter


def key(table: str, row: Row) -> str:
    """The primary key as one text."""
    return "/".join(row[column] for column in KEYS[table])


def hit(table: str, row: Row) -> Found:
    """The answer of a fault: where it was planted."""
    return table, key(table, row)


def pick(rng: random.Random, rows: Iterable[Row], *tests: Test) -> Row:
    """Any one of the rows that pass every test."""
    good = [row for row in rows if all(test(row) for test in tests)]
    if not good:
        raise NoRowError
    return rng.choice(good)


def has(**cells: str) -> Test:
    """A test: these columns hold these texts."""
    return lambda row: all(row[column] == text for column, text in cells.items())


def like(column: str, pattern: str) -> Test:
    """A test: the pattern is found in the column, in whatever case."""
    return lambda row: re.search(pattern, row[column], re.IGNORECASE)


def unlike(column: str, pattern: str) -> Test:
    """A test: the pattern is not found in the column."""
    return lambda row: not re.search(pattern, row[column], re.IGNORECASE)


def choose(rng: random.Random, things: Iterable[str]) -> str:
    """Any one of some texts."""
    listed = sorted(set(things))
    if not listed:
        raise NoRowError
    return rng.choice(listed)


def spot(rng: random.Random, places: Iterable[int]) -> int:
    """Any one of some row numbers."""
    listed = list(places)
    if not listed:
        raise NoRowError
    return rng.choice(listed)


def natural(text: str) -> list[tuple[int, str]]:
    """An order in which 9 comes before 10."""
    return [(int(part), "") if part.isdigit() else (-1, part) for part in re.split(r"([0-9]+)", text) if part]


def put(tables: Tables, table: str, row: Row) -> Row:
    """Insert a row where the file's order wants it."""
    rows, mine = tables[table], [natural(row[column]) for column in KEYS[table]]
    place = next((i for i, other in enumerate(rows) if [natural(other[c]) for c in KEYS[table]] > mine), len(rows))
    rows.insert(place, row)
    return row


def drop(tables: Tables, table: str, row: Row) -> None:
    """Take a row out."""
    tables[table][:] = [other for other in tables[table] if other is not row]


def index(tables: Tables, table: str) -> dict[str, Row]:
    """Rows by primary key."""
    return {key(table, row): row for row in tables[table]}


def groups(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    """Rows by the value of one column."""
    out: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        out[row[column]].append(row)
    return out


def about(tables: Tables) -> dict[str, list[Row]]:
    """Statements by decision."""
    return groups(tables["statements"], "expulsion_id")


def article_of(tables: Tables, row: Row) -> Row:
    """The article of a statement or claim."""
    return index(tables, "articles")[row["article_id"]]


def actor_names(tables: Tables) -> dict[str, str]:
    """Short English names of actors."""
    return {row["actor_id"]: row["name"] for row in tables["actors"]}


def full(text: str) -> bool:
    """Whether a date cell has a day."""
    return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text))


def day(text: str) -> date:
    """A full day as a date."""
    return date.fromisoformat(text)


def moved(text: str, days: int) -> str:
    """A day, some days later."""
    return (day(text) + timedelta(days=days)).isoformat()


def swapped(text: str) -> str:
    """Day and month exchanged."""
    return f"{text[:4]}-{text[8:]}-{text[5:7]}"


def swappable(text: str) -> bool:
    """Whether day and month can be exchanged and then differ."""
    return full(text) and int(text[8:]) <= 12 and text[8:] != text[5:7]


def other_year(text: str, years: int) -> str:
    """The same day of another year."""
    if text[4:] == "-02-29":
        text = text[:4] + "-02-28"
    return f"{int(text[:4]) + years}{text[4:]}"


def day_of(expulsion_id: str) -> str:
    """The day, month or year in an expulsion's id."""
    return re.match(r"[0-9-]+(?=-[A-Z])", expulsion_id)[0]  # type: ignore[index]


def mirror(row: Row) -> tuple[str, str]:
    """The reversed dyad of an expulsion."""
    return row["target"], row["expeller"]


def has_figure(row: Row) -> bool:
    """Whether a statement is bounded below."""
    return row["officials_low"] != ""


def exact(row: Row) -> bool:
    """Whether a statement has one exact number."""
    return has_figure(row) and row["officials_low"] == row["officials_high"] and row["qualifier"] == "exact"


def plain(row: Row) -> bool:
    """A whole, accepted, exact statement."""
    return exact(row) and row["covers"] == "whole" and row["standing"] == "accepted"


def figure(row: Row, number: int, printed: bool = False) -> Row:
    """Give a statement another exact figure, in its wording too if so wished."""
    old = row["officials_low"]
    row["officials_low"] = row["officials_high"] = str(number)
    if printed:
        row["figure_as_printed"] = re.sub(rf"(?<!\d){old}(?!\d)", str(number), row["figure_as_printed"])
    return row


def digits(row: Row) -> bool:
    """Whether the printed figure is the coded number in digits, and nothing else is."""
    return re.findall(r"\d+", row["figure_as_printed"]) == [row["officials_low"]]


def mojibake(text: str) -> str:
    """UTF-8 read as a Western code page."""
    return text.encode().decode("cp1252", "replace")
