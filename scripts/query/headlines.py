"""The numbers that people quote, and the rows that make them: what moved from one state to another.

The head of a view declares its headline in a line ``headline: caption (measure): query``: each row of the query is a key and an
amount, and the number is their sum, their number (rows) or their median.
"""

import re
from collections.abc import Mapping
from statistics import median
from typing import NamedTuple

import duckdb

from scripts.package.contract import DUCKDB, Contract
from scripts.package.snapshot import Snapshot
from scripts.query import database, views

Amounts = dict[str, float | None]


class Headline(NamedTuple):
    """One number of one state: its view, caption, value (None if nothing gives one) and the amount of each row."""

    view: str
    caption: str
    value: float | None
    amounts: Amounts


class Move(NamedTuple):
    """One headline in two states. ``published`` is what the earlier release said, by its own views; rows are those that differ."""

    view: str
    caption: str
    published: float | None
    before: float | None
    after: float | None
    rows: list[tuple[str, str, str]]


def of(connection: duckdb.DuckDBPyConnection, texts: Mapping[str, str] | None = None) -> list[Headline]:
    """All headlines that view files (name to text; those of the package) declare, by name of the view."""
    result = []
    for view, text in (texts or views.public()).items():
        for caption, measure, query in re.findall(rf"^-- {views.HEADLINE}(.*) \((sum|rows|median)\): (.*)$", text, re.MULTILINE):
            # Where rows are counted, only one that comes or goes moves the number.
            counted = {key: 1 if measure == "rows" else amount for key, amount in connection.execute(query).fetchall()}
            amounts = {key: None if amount is None else float(amount) for key, amount in counted.items()}
            result.append(Headline(view, caption, _measured(measure, amounts), amounts))
    return result


def _measured(measure: str, amounts: Amounts) -> float | None:
    given = [amount for amount in amounts.values() if amount is not None]
    if measure == "rows":
        return float(len(amounts))
    if measure == "sum":
        return float(sum(given))
    return round(median(given), 3) if given else None


def of_state(state: Snapshot, contract: Contract) -> list[Headline]:
    """The headlines of a state by the views of today: columns and tables that it lacks are empty."""
    with duckdb.connect() as connection:
        for table in contract.compiled.values():
            had = state.contract.tables.get(table.name)
            columns = [
                f"TRY_CAST({field.name} AS {DUCKDB[field.type]}) AS {field.name}"
                if had and field.name in had.fields
                else f"NULL::{DUCKDB[field.type]} AS {field.name}"
                for field in table.fields.values()
            ]
            source = f"FROM {database.source(had, state.folder)}" if had else "LIMIT 0"
            connection.execute(f"CREATE TABLE {table.name} AS SELECT {', '.join(columns)} {source}")
        connection.execute("CREATE TABLE release AS SELECT ? AS version, '' AS fingerprint", [state.version])
        database.add_released(connection, contract, [])
        for path in views.views_in_order():
            connection.execute(path.read_text(encoding="utf-8"))
        return of(connection)


def moved(before: Snapshot, after: Snapshot, contract: Contract) -> list[Move]:
    """Every headline in two states, those first whose number moved."""
    ours = {headline.view: headline for headline in of_state(after, contract)}
    published = before.record.get("headlines", {})
    moves = []
    for old in of_state(before, contract):
        new = ours[old.view]
        rows = [
            (key, formatted(old.amounts.get(key), key in old.amounts), formatted(new.amounts.get(key), key in new.amounts))
            for key in sorted(old.amounts.keys() | new.amounts.keys())
            if (key in old.amounts) != (key in new.amounts) or old.amounts[key] != new.amounts[key]
        ]
        moves.append(Move(old.view, old.caption, published.get(old.view, old.value), old.value, new.value, rows))
    return sorted(moves, key=lambda move: (move.published == move.after, move.view))


def formatted(amount: float | None, present: bool = True) -> str:
    """A number as it is printed; a dash where the row is absent, unknown where it has no figure."""
    if not present:
        return "–"
    return "unknown" if amount is None else f"{amount:g}" if amount % 1 else f"{amount:.0f}"
