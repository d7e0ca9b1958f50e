"""What this version holds, out of the descriptor of the data package, and how to cite it."""

import json
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from textwrap import fill
from typing import Any, Literal

WIDTH = 100


class UnknownTableError(LookupError):
    """There is nothing of this name here; the text says what there is."""


@dataclass(frozen=True)
class Column:
    """One column: ``type`` as in the descriptor (string, integer, number, boolean, date; empty for a view's), ``values`` each with its meaning."""

    name: str
    type: str
    title: str
    description: str
    values: dict[str, str]


@dataclass(frozen=True)
class Table:
    """One table, view or macro: what a row of it is, and its columns. Printed, it is a page of the codebook."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]

    def __str__(self) -> str:
        return "\n\n".join([fill(f"{self.name}: {self.description}", WIDTH), *map(_told, self.columns)])


def _told(column: Column) -> str:
    lines = [f"{column.name}  {column.type}".rstrip(), _indented(column.description)]
    return "\n".join(lines + [_indented(f"{value}: {meaning}" if meaning != value else value) for value, meaning in column.values.items()])


def _indented(text: str) -> str:
    return fill(text, WIDTH, initial_indent="    ", subsequent_indent="    ")


def data() -> Traversable:
    """The folder with the data."""
    return files(__package__) / "data"


@cache
def contents() -> dict[str, Any]:
    """All that is said of this version."""
    return json.loads((data() / "contents.json").read_text(encoding="utf-8"))


def version() -> str:
    """The version of the data."""
    return str(contents()["version"])


def tables() -> dict[str, str]:
    """What ``load`` takes, each with what a row of it is."""
    return {name: table["description"] for name, table in contents()["tables"].items()}


def describe(name: str) -> Table:
    """What a table, or a view or macro of the database, and its columns mean. Raises UnknownTableError."""
    known = contents()["tables"] | contents()["views"]
    if name not in known:
        raise unknown(name, known)
    table = known[name]
    return Table(name, table["title"], table["description"], tuple(Column(**column) for column in table["columns"]))


def demand_table(name: str) -> None:
    """Raise UnknownTableError unless ``load`` takes the name."""
    if name in contents()["views"]:
        called = contents()["views"][name]["title"]
        raise UnknownTableError(f'{name} is computed in the database: connect().sql("FROM {called}") reads it.')
    if name not in contents()["tables"]:
        raise unknown(name, contents()["tables"])


def unknown(name: str, known: dict[str, Any]) -> UnknownTableError:
    """What to say of a name that is none."""
    near = get_close_matches(str(name), known, 3)
    return UnknownTableError(
        f'There is no table "{name}". {"Did you mean" if near else "There are"} {", ".join(near or known)}{"?" if near else "."}'
    )


def cite(form: Literal["apa", "bibtex"] = "apa") -> str:
    """How to cite this version: a reference in the style of the APA, or a BibTeX entry with the fingerprint of the tables."""
    known: dict[str, str] = contents()["citation"]
    if form not in known:
        raise ValueError(f'There is no citation in the form "{form}". Choose {" or ".join(known)}.')
    return known[form]
