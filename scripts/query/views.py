"""The view files: their heads, their order, and how one is added to a database."""

import re
from graphlib import TopologicalSorter
from pathlib import Path

import duckdb

from scripts.package.contract import ROOT
from scripts.package.store import RefusedError

VIEWS = ROOT / "scripts" / "query" / "views"
HEADLINE = "headline: "


def header(text: str) -> tuple[str, dict[str, str]]:
    """The opening comment of a view file: the grain in one sentence, then ``column: meaning`` for each column."""
    lines = [line.removeprefix("--").strip() for line in text.splitlines() if line.startswith("--")]
    columns = [line for line in lines[1:] if ": " in line and not line.startswith(HEADLINE)]
    return lines[0], dict(line.split(": ", 1) for line in columns)


def public(views: Path = VIEWS) -> dict[str, str]:
    """Text of each view file that users are promised, by name; the steps between views are not among them."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(views.glob("[!.]*.sql"))}


def signature(text: str) -> str:
    """Name of a view, or name and parameters of a macro."""
    return re.findall(r"CREATE (?:VIEW|MACRO) (\w+(?:\([^)]*\))?)", text)[0]


def views_in_order(views: Path = VIEWS) -> list[Path]:
    """View files, steps included, each after those that it reads from."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted(views.rglob("[!.]*.sql"))}
    sorter = TopologicalSorter(
        {path: [p for p in texts if p != path and re.search(rf"\b{p.stem}\b", _code(text))] for path, text in texts.items()}
    )
    return list(sorter.static_order())


def _code(text: str) -> str:
    """A view file without its comments, which name other views too."""
    return re.sub(r"^--.*$", "", text, flags=re.MULTILINE)


def add_view(connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Run one file of ``scripts/query/views`` and comment what it made."""
    text = path.read_text(encoding="utf-8")
    try:
        connection.execute(text)
    except duckdb.Error as error:
        raise RefusedError(f"{path.name} of scripts/query/views cannot be run ({first_line(error)}). Correct it.") from error
    connection.execute(comments(path.stem, text))


def comments(name: str, text: str) -> str:
    """The statements that comment a view or macro, and a view's columns, by the head of its file."""
    grain, columns = header(text)
    kind = "VIEW" if "CREATE VIEW" in text else "MACRO TABLE" if " AS TABLE" in text else "MACRO"
    lines = [f"COMMENT ON {kind} {name} IS {quoted(grain)};"]
    if kind == "VIEW":
        lines += [f"COMMENT ON COLUMN {name}.{column} IS {quoted(meaning)};" for column, meaning in columns.items()]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def first_line(error: duckdb.Error) -> str:
    """What DuckDB says of an error, without the place in the query and the hints below."""
    return str(error).splitlines()[0].rstrip(".")
