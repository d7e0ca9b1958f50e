"""The descriptors as Python objects: tables, columns, types, enums and keys of the product and of raw/."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

ROOT = Path(__file__).resolve().parents[2]
# The descriptor's types as each engine and vocabulary names them.
POLARS: dict[str, type[pl.DataType]] = {
    "string": pl.String,
    "integer": pl.Int64,
    "number": pl.Float64,
    "boolean": pl.Boolean,
    "date": pl.Date,
}
DUCKDB = {"string": "VARCHAR", "integer": "INTEGER", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
CROISSANT = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean", "date": "sc:Date"}


@dataclass(frozen=True)
class Field:
    """One column of a descriptor. In raw/ a column inherits what it does not say from the product's."""

    spec: dict[str, Any]

    @property
    def name(self) -> str:
        return self.spec["name"]

    @property
    def type(self) -> str:
        return self.spec.get("type", "string")

    @property
    def constraints(self) -> dict[str, Any]:
        return self.spec.get("constraints", {})

    @property
    def required(self) -> bool:
        return self.constraints.get("required", False)

    @property
    def enum(self) -> list[str]:
        return self.constraints.get("enum", [])

    @property
    def labels(self) -> dict[str, str]:
        """Meaning of each enum value, in the order of the enum."""
        return self.spec.get("enumLabels", {value: value for value in self.enum})


@dataclass(frozen=True)
class Table:
    """One resource of a descriptor."""

    spec: dict[str, Any]
    file: str

    @property
    def name(self) -> str:
        return self.spec["name"]

    @cached_property
    def fields(self) -> dict[str, Field]:
        return {spec["name"]: Field(spec) for spec in self.spec["schema"]["fields"]}

    @property
    def columns(self) -> list[str]:
        return list(self.fields)

    @property
    def derived(self) -> bool:
        """Whether it is a view of the database, exported: no row of it is compiled from raw/."""
        return self.spec.get("derived", False)

    @property
    def primary_key(self) -> list[str]:
        return self.spec["schema"]["primaryKey"]

    @property
    def foreign_keys(self) -> list[tuple[str, str, str]]:
        """(column, referenced table, referenced column); an empty table name in the descriptor is this table."""
        return [
            (key["fields"][0], key["reference"]["resource"] or self.name, key["reference"]["fields"][0])
            for key in self.spec["schema"].get("foreignKeys", [])
        ]


@dataclass(frozen=True)
class Contract:
    """All tables of one descriptor."""

    spec: dict[str, Any]
    tables: dict[str, Table]

    @property
    def version(self) -> str:
        return self.spec["version"]

    @property
    def compiled(self) -> dict[str, Table]:
        """The tables that are compiled from raw/."""
        return {name: table for name, table in self.tables.items() if not table.derived}

    @property
    def derived(self) -> dict[str, Table]:
        """The tables that are views of the database, exported."""
        return {name: table for name, table in self.tables.items() if table.derived}

    @property
    def truth(self) -> tuple[str, str]:
        """How the CSVs of this version write true and false: what base R reads, from 2.0.0 on."""
        return ("TRUE", "FALSE") if int(self.version.split(".")[0]) >= 2 else ("true", "false")

    def __getitem__(self, name: str) -> Table:
        return self.tables[name]


def product(root: Path = ROOT) -> Contract:
    """The contract of the product, ``datapackage.json``."""
    spec = _descriptor(root, "datapackage.json")
    return Contract(spec, {r["name"]: Table(r, r["path"]) for r in spec["resources"]})


def raw(root: Path = ROOT) -> Contract:
    """What a coder may type, ``raw/datapackage.json``, completed from the product's contract."""
    spec = _descriptor(root, "raw/datapackage.json")
    complete = product(root)
    tables = {r["name"]: Table(_inherit(r, complete), f"raw/{r['path']}") for r in spec["resources"]}
    return Contract(spec, tables)


def _descriptor(root: Path, name: str) -> dict[str, Any]:
    """A descriptor's JSON; ends the run with one sentence if it is none, or lacks what a table needs."""
    try:
        spec = json.loads((root / name).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise SystemExit(f"{name}: it cannot be read as JSON ({error}). Restore or mend it. Nothing was written.") from None
    if not _describes_tables(spec):
        raise SystemExit(f"{name}: a table needs name, path, and a schema of fields with a primary key. Mend it. Nothing was written.")
    return spec


def _describes_tables(spec: Any) -> bool:
    try:
        tables = [
            (r["name"], r["path"], r["schema"]["primaryKey"][0], [field["name"] for field in r["schema"]["fields"]])
            for r in spec["resources"]
        ]
    except (KeyError, TypeError, IndexError):
        return False
    return bool(tables)


def _inherit(resource: dict[str, Any], complete: Contract) -> dict[str, Any]:
    """A raw resource with each column's missing properties, and the keys that hold there, taken from the product."""
    parent = complete.tables.get(resource["name"])
    if parent is None:
        return resource
    known = {name: field.spec for name, field in parent.fields.items()}
    schema = resource["schema"]
    fields = [known.get(spec["name"], {}) | spec for spec in schema["fields"]]
    keys = [
        key
        for key in parent.spec["schema"].get("foreignKeys", [])
        if any(spec["name"] == key["fields"][0] and not spec.get("spelling") for spec in fields)
    ]
    return resource | {"schema": schema | {"fields": fields, "foreignKeys": keys}}
