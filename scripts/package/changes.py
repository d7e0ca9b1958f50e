"""What differs between two states of the package, by table, row and column, each with its reason: the table ``changes``."""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

import polars as pl

from scripts.package import snapshot
from scripts.package.contract import Contract, Table
from scripts.package.snapshot import Snapshot

WHOLE = "*"
NAMED = 5
Row = dict[str, str]
Rows = dict[str, Row]
Noted = Mapping[tuple[str, str, str], str]
# Not compared: it is itself the comparison.
SELF = "changes"
# Whose added rows are listed; of other tables they are counted.
LISTED = ["expulsions", "claims"]
# Tables computed from others: where the rows that can move one of theirs stand, and by which columns they are tied to it.
EVIDENCE = {
    "expulsions": ("statements", ["expulsion_id"]),
    "answers": ("expulsions", ["expulsion_id"]),
    "reliability": ("recodings", ["sample"]),
}


class Change(NamedTuple):
    """One row of the table ``changes`` without its two versions."""

    table_name: str
    row_id: str
    column_name: str
    kind: str
    old: str
    new: str
    reason: str


@dataclass
class Moves:
    """Keys of the rows of one table that were added, changed or removed, and the reasons that its rows give."""

    before: Rows = field(default_factory=dict)
    after: Rows = field(default_factory=dict)

    @property
    def added(self) -> list[str]:
        return [key for key in self.after if key not in self.before]

    @property
    def removed(self) -> list[str]:
        return [key for key in self.before if key not in self.after]

    def changed(self, columns: Iterable[str]) -> list[str]:
        names = list(columns)
        return [k for k, row in self.after.items() if k in self.before and any(row[c] != self.before[k][c] for c in names)]


def rows(content: bytes, table: Table, key: list[str] | None = None) -> Rows:
    """The rows of a CSV by primary key, or by another ``key``, each a cell's text by column."""
    reader = csv.DictReader(io.StringIO(content.decode(), newline=""))
    flags = [name for name, field in table.fields.items() if field.type == "boolean"]
    # Versions spell them in their own way.
    return {_joined(row, key or table.primary_key): row | {name: row[name].upper() for name in flags} for row in reader}


def between(before: Contract, after: Contract, old: Mapping[str, bytes], new: Mapping[str, bytes], noted: Noted) -> list[Change]:
    """All changes from one state to another, sorted by table, row and column.

    ``old`` and ``new`` are the CSVs by table; ``noted`` the reasons that a curator gave, by table, row and column.
    """
    kept = [name for name in after.compiled if name in before.tables and name != SELF]
    moves = {name: _moves(before[name], after[name], old[name], new[name]) for name in kept}
    common = {name: [c for c in after[name].columns if c in before[name].columns] for name in kept}
    changes = _form(before, after, noted)
    for name in kept:
        evidence = _evidence(name, moves, common)
        changes += _rows_changed(after[name], moves[name], common[name], evidence, noted, moves)
    return sorted(changes, key=lambda change: (change.table_name, change.row_id, change.column_name))


def _moves(before: Table, after: Table, old: bytes, new: bytes) -> Moves:
    """Both versions' rows by the primary key of now, or, where it was widened since, by that of then as long as it tells rows apart."""
    narrow = [column for column in after.primary_key if column in before.fields]
    told_apart = narrow == after.primary_key or len(rows(new, after, narrow)) == len(rows(new, after))
    key = narrow if told_apart else None
    return Moves(rows(old, before, narrow), rows(new, after, key))


def _form(before: Contract, after: Contract, noted: Noted) -> list[Change]:
    """Tables and columns that came, went or were redefined."""
    result = []
    for name in sorted((before.tables.keys() | after.tables.keys()) - {SELF}):
        if name not in before.tables:
            result.append(Change(name, WHOLE, WHOLE, "table_added", "", "", after[name].spec["description"]))
        elif name not in after.tables:
            result.append(Change(name, WHOLE, WHOLE, "table_removed", "", "", noted.get((name, WHOLE, WHOLE), "")))
        else:
            result += _columns(before[name], after[name], noted)
    return result


def _columns(before: Table, after: Table, noted: Noted) -> list[Change]:
    result = []
    for column in [*before.columns, *(c for c in after.columns if c not in before.fields)]:
        reason = noted.get((after.name, WHOLE, column), "")
        if column not in before.fields:
            described = after.fields[column].spec["description"]
            result.append(Change(after.name, WHOLE, column, "column_added", "", "", reason or described))
        elif column not in after.fields:
            result.append(Change(after.name, WHOLE, column, "column_removed", "", "", reason))
        elif (one := meaning(before, column)) != (other := meaning(after, column)):
            result.append(Change(after.name, WHOLE, column, "column_changed", one, other, reason))
    return result


def meaning(table: Table, column: str) -> str:
    """What a column means, in one line: type, description and the meaning of each value."""
    it = table.fields[column]
    values = "; ".join(f"{value}: {label}" for value, label in it.labels.items())
    return f"{it.type}. {it.spec['description']}" + (f" Values: {values}." if values else "")


def _rows_changed(
    table: Table,
    moves: Moves,
    common: list[str],
    evidence: Mapping[str, str],
    noted: Noted,
    all_moves: Mapping[str, Moves],
) -> list[Change]:
    name = table.name
    retired = all_moves["retired"].after if "retired" in all_moves else {}

    def reason(key: str, column: str, own: str) -> str:
        for place in ((name, key, column), (name, key, WHOLE), (name, WHOLE, column), (name, WHOLE, WHOLE)):
            if place in noted:
                return noted[place]
        return own or evidence.get(key, "")

    result = [Change(name, key, WHOLE, "row_added", "", "", reason(key, WHOLE, _origin(moves.after[key]))) for key in moves.added]
    for key in moves.removed:
        gone = retired.get(key, {})
        result.append(Change(name, key, WHOLE, "row_removed", "", gone.get("replaced_by", ""), reason(key, WHOLE, gone.get("note", ""))))
    for key in moves.changed(common):
        one, other = moves.before[key], moves.after[key]
        columns = [c for c in common if one[c] != other[c]]
        own = next((other[c] for c in ("standing_reason", "note") if c in columns and other[c]), "")
        result += [Change(name, key, c, "value_changed", one[c], other[c], reason(key, c, own)) for c in columns]
    return result


def _origin(row: Row) -> str:
    """Where an added row comes from, as far as the row itself says."""
    if "read_on" in row:
        return f"Read on {row['read_on']}."
    return f"From article {row['article_id']}." if "article_id" in row else ""


def _evidence(name: str, moves: Mapping[str, Moves], common: Mapping[str, list[str]]) -> dict[str, str]:
    """For each row of a computed table a sentence that names the rows of evidence that came, went or changed."""
    if name not in EVIDENCE or EVIDENCE[name][0] not in moves:
        return {}
    other, columns = EVIDENCE[name]
    moved = moves[other]
    evidence: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for what, keys in {"added": moved.added, "changed": moved.changed(common[other]), "removed": moved.removed}.items():
        for key in keys:
            # A statement that went over to another expulsion is evidence for both.
            for end in {_joined(at[key], columns) for at in (moved.before, moved.after) if key in at}:
                evidence[end][f"{other} {what}"].append(key)
    sentences = {end: " ".join(_named(what, keys) for what, keys in groups.items()) for end, groups in evidence.items()}
    held = moves[name].before | moves[name].after
    return {key: sentences[end] for key, row in held.items() if (end := _joined(row, columns)) in sentences}


def _joined(row: Row, columns: Iterable[str]) -> str:
    return "/".join(row[column] for column in columns)


def _named(what: str, keys: list[str]) -> str:
    more = f" and {len(keys) - NAMED} more" if len(keys) > NAMED else ""
    return f"{what.capitalize()}: {', '.join(sorted(keys)[:NAMED])}{more}."


def noted_in(corrections: pl.DataFrame, since: str, until: str) -> Noted:
    """Reasons that ``raw/corrections.csv`` gives for the versions after one up to another, by table, row and column."""
    first, last = snapshot.numbers(since), snapshot.numbers(until.removesuffix("+unreleased"))
    whole = corrections.drop_nulls(["version", "table_name", "row_id", "column_name", "reason"])
    return {
        (row["table_name"], row["row_id"], row["column_name"]): row["reason"]
        for row in whole.iter_rows(named=True)
        if first < snapshot.numbers(row["version"]) <= last
    }


def frame(changes: Iterable[Change], since: str, until: str, table: Table) -> pl.DataFrame:
    """Changes as rows of the table ``changes``; empty cells are null."""
    result = [(since, until, *change) for change in changes]
    schema = dict.fromkeys(("from_version", "to_version", *Change._fields), pl.String)
    shaped = pl.DataFrame(result, schema=schema, orient="row").select(table.columns)
    return shaped.with_columns(pl.when(pl.col(c) != "").then(pl.col(c)) for c in table.columns)


def so_far(contract: Contract, current: Mapping[str, bytes], last: Snapshot | None, corrections: pl.DataFrame) -> pl.DataFrame:
    """The table ``changes``: the last release's own, and what came since, once the version has been raised."""
    table = contract[SELF]
    if last is None:
        return frame([], "", "", table)
    schema = dict.fromkeys(table.columns, pl.String)
    rows = pl.read_csv(io.BytesIO(last.csv(SELF)), infer_schema=False).select(table.columns).cast(schema)  # type: ignore[arg-type]
    if last.version == contract.version:
        return _condensed(rows)
    old = {name: last.csv(name) for name in last.contract.tables}
    new = between(last.contract, contract, old, current, noted_in(corrections, last.version, contract.version))
    return _condensed(pl.concat([rows, frame(new, last.version, contract.version, table)])).sort(table.primary_key)


def _condensed(rows: pl.DataFrame) -> pl.DataFrame:
    """The table with added rows as one count a table, but for those that people look up one by one."""
    many = (pl.col("kind") == "row_added") & ~pl.col("table_name").is_in(LISTED)
    counts = rows.filter(many).group_by("from_version", "to_version", "table_name").agg(new=pl.len().cast(pl.String))
    whole = {"row_id": WHOLE, "column_name": WHOLE, "kind": "rows_added"}
    nothing = dict.fromkeys(("old", "reason"), pl.lit(None, pl.String))
    return pl.concat([rows.filter(~many), counts.with_columns(**{c: pl.lit(v) for c, v in whole.items()}, **nothing).select(rows.columns)])
