"""What a change asks of the version number: semantic versioning of data, computed from two states.

major: a column's meaning, a removed or renamed column, a changed id. minor: rows, columns, tables, views added. patch: values corrected.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from scripts.package.changes import SELF, Change, rows
from scripts.package.contract import Contract, Table
from scripts.package.snapshot import Snapshot, numbers
from scripts.query import views

LEVELS = ["patch", "minor", "major"]
Views = dict[str, dict[str, str]]
Wordings = frozenset[tuple[str, str]]


class RequiredBump(NamedTuple):
    """A level that the version has to be raised by at least, and why."""

    level: str
    because: str


def required_bumps(
    before: Snapshot, contract: Contract, changes: Iterable[Change], now: Views, wordings: Wordings = frozenset()
) -> list[RequiredBump]:
    """Every reason to raise the version, the strongest first.

    ``wordings`` names the (table or view, column) whose description was only put better.
    """
    result = [RequiredBump("major", fault) for fault in broken(before.contract, contract, wordings)]
    result += _rows_ask(contract, list(changes))
    result += _form_asks(before.contract, contract, wordings)
    if "views" in before.record:
        result += _views_ask(before.record["views"], now, wordings)
    return sorted(result, key=lambda required_bump: (-LEVELS.index(required_bump.level), required_bump.because))


def broken(before: Contract, after: Contract, wordings: Wordings = frozenset()) -> list[str]:
    """What of ``before`` a script may rely on and ``after`` breaks; nothing may be here within a major version.

    Held are tables, keys, and of columns the names, relative order, types, meanings and values. New ones may come anywhere.
    """
    faults = [f"table {name} is gone" for name in before.tables if name not in after.tables]
    for name, old in before.tables.items():
        if name in after.tables:
            faults += [f"{name}{fault}" for fault in _table_broken(old, after[name], wordings)]
    return faults


def _table_broken(old: Table, new: Table, wordings: Wordings) -> list[str]:
    faults = [f".{column} is gone or renamed" for column in old.columns if column not in new.fields]
    kept = [column for column in old.columns if column in new.fields]
    if [column for column in new.columns if column in old.fields] != kept:
        faults.append(" has its columns in another order")
    if old.primary_key != new.primary_key:
        faults.append(" has another key")
    for column in kept:
        one, other = old.fields[column], new.fields[column]
        lost = [value for value in one.enum if value not in other.enum]
        if one.type != other.type:
            faults.append(f".{column} has another type")
        if lost and other.enum:
            faults.append(f".{column} no longer takes {', '.join(lost)}")
        if (new.name, column) not in wordings and _described(one.spec) != _described(other.spec, one.enum):
            faults.append(f".{column} has another meaning")
    return faults


def _described(spec: Mapping[str, Any], values: Iterable[str] | None = None) -> tuple[str, dict[str, str]]:
    labels = spec.get("enumLabels", {})
    wanted = labels if values is None else values
    return spec["description"], {value: labels[value] for value in wanted if value in labels}


def _rows_ask(contract: Contract, changes: list[Change]) -> list[RequiredBump]:
    counts = Counter((change.kind, change.table_name) for change in changes)
    result = []
    for (kind, name), count in sorted(counts.items()):
        if kind == "row_added":
            result.append(RequiredBump("minor", f"{_plural(count, 'row')} added to {name}"))
        elif kind == "value_changed":
            result.append(RequiredBump("patch", f"{_plural(count, 'value')} changed in {name}"))
        elif kind == "row_removed" and len(contract[name].primary_key) > 1:
            result.append(RequiredBump("patch", f"{_plural(count, 'row')} removed from {name}"))
        elif kind == "row_removed":
            result.append(RequiredBump("major", f"{_plural(count, 'id')} of {name} changed or retired"))
    return result


def _form_asks(before: Contract, after: Contract, wordings: Wordings) -> list[RequiredBump]:
    result = [RequiredBump("minor", f"table {name} added") for name in after.tables if name not in before.tables]
    for name, table in before.tables.items():
        new = after.tables.get(name)
        if new is None:
            continue
        result += [RequiredBump("minor", f"column {name}.{column} added") for column in new.columns if column not in table.fields]
        for column in (c for c in table.columns if c in new.fields):
            fresh = [value for value in new.fields[column].enum if value not in table.fields[column].enum]
            if fresh and table.fields[column].enum:
                result.append(RequiredBump("minor", f"{name}.{column} also takes {', '.join(fresh)}"))
            if (name, column) in wordings:
                result.append(RequiredBump("patch", f"{name}.{column} described in better words"))
    return result


def _views_ask(before: Views, after: Views, wordings: Wordings) -> list[RequiredBump]:
    result = [RequiredBump("major", f"view {name} is gone") for name in before if name not in after]
    result += [RequiredBump("minor", f"view {name} added") for name in after if name not in before]
    for name in before.keys() & after.keys():
        for column in before[name].keys() | after[name].keys():
            if column not in after[name]:
                result.append(RequiredBump("major", f"column {name}.{column} is gone or renamed"))
            elif column not in before[name]:
                result.append(RequiredBump("minor", f"column {name}.{column} added"))
            elif before[name][column] != after[name][column] and (name, column) not in wordings:
                result.append(RequiredBump("major", f"{name}.{column} has another meaning"))
    return result


def promised_views() -> Views:
    """Columns of each view and macro with their meanings, by its signature."""
    return {views.signature(text): views.header(text)[1] for text in views.public().values()}


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


# --- version and ids -------------------------------------------------------------------------------------------------


def bump_fault(before: str, after: str, asked: list[RequiredBump]) -> str | None:
    """Why ``after`` does not follow on ``before``, in one sentence; None if it does. A higher bump than asked for is a person's choice."""
    if not asked:
        return f"nothing differs from {before}, so there is nothing to release."
    (major, minor, patch), given = numbers(before), numbers(after)
    following = {"major": (major + 1, 0, 0), "minor": (major, minor + 1, 0), "patch": (major, minor, patch + 1)}
    level = asked[0].level
    reasons = "; ".join(required_bump.because for required_bump in asked if required_bump.level == level)
    allowed = {following[name]: name for name in LEVELS[LEVELS.index(level) :]}
    if given in allowed:
        return None
    wanted = " or ".join(".".join(map(str, version)) for version in allowed)
    return f"{after} does not fit after {before}: the change asks for a {level} version ({reasons}). Write {wanted} in datapackage.json."


def lost_ids(earlier: Iterable[Snapshot], contract: Contract, current: Mapping[str, bytes], noted: Iterable[tuple[str, str]]) -> list[str]:
    """Ids of earlier releases that are neither present, nor retired with a live replacement, nor, where a table has no retired
    ids, accounted for in raw/corrections.csv (``noted``: table and id); ``table id (release)`` each.
    """
    keyed = {name: table for name, table in contract.tables.items() if len(table.primary_key) == 1 and name != SELF}
    held = {name: rows(current[name], table) for name, table in keyed.items()}
    live = held["expulsions"]
    excused = {("expulsions", key) for key, row in held["retired"].items() if row["replaced_by"] in live} | set(noted)
    lost: dict[tuple[str, str], str] = {}
    for state in earlier:
        for name, table in state.contract.tables.items():
            if len(table.primary_key) == 1 and name in held:
                for key in rows(state.csv(name), table):
                    if key not in held[name] and (name, key) not in excused:
                        lost.setdefault((name, key), state.version)
    return [f"{name} {key} ({version})" for (name, key), version in sorted(lost.items())]


def unexplained(changes: Iterable[Change]) -> list[Change]:
    """Values changed and rows removed for which nothing says why."""
    return [change for change in changes if change.kind in ("value_changed", "row_removed") and not change.reason]
