"""A small world: raw tables that hold every special case once, and all that is made of them, committed and read by eye.

``python -m tests.world --write`` puts what the present code makes into ``expected/``: read its diff before you commit it.
"""

import csv
import io
import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import duckdb

from scripts.package import contract
from scripts.query import headlines

ROOT = contract.ROOT
FOLDER = Path(__file__).resolve().parent
RAW, RELEASES, EXPECTED = FOLDER / "raw", FOLDER / "releases", FOLDER / "expected"
# What a checkout needs to run its commands, and what the database and the page are called there.
CODE = [
    "Makefile",
    "datapackage.json",
    "pyproject.toml",
    "requirements.lock",
    ".gitignore",
    "raw/datapackage.json",
    "scripts",
    "validation",
]
DATABASE, PAGE, RESULTS = "build/expulsions.duckdb", "build/site/index.html", "build/validation/results.json"
VERSION, CREATED = "2.0.0", "2024-12-31"
TEXTS = ["README.md", "LICENSE.md", "raw/README.md"]

QUERIES = ["expeller='RUS' and announced_on>='2022-02-24'", "included_in is not null or status='retracted'", "contains(note, 'list')"]
DIFFERENCES = [("1.2.0", ""), ("1.0.0", "1.1.0")]
ARGUMENTS = {
    "as_of_version": ["'1.0.0'", "'1.2.0'", f"'{VERSION}'"],
    "best_figures": ["DATE '2022-04-30', true", "DATE '9999-12-31', true", "DATE '9999-12-31', false"],
    "eu_members_without_expulsion": [
        "'RUS', DATE '2022-02-24', DATE '2022-12-31'",
        "'CHN', DATE '2020-01-01', DATE '2020-01-31'",
        "'SUN', DATE '1983-01-01', DATE '1983-12-31'",
    ],
    "officials_expelled": [
        "'RUS', DATE '2022-02-24', DATE '2022-12-31'",
        "'RUS', DATE '2018-03-15', DATE '2023-10-02'",
        "'FRA', DATE '2022-05-18', DATE '2022-05-18'",
        "'SUN', DATE '1983-01-01', DATE '1983-12-31'",
        "'CHN', DATE '1946-01-01', DATE '2024-12-31'",
    ],
    "cumulative_officials": ["'RUS', DATE '2022-04-01'", "'RUS', DATE '2018-03-01'"],
    "monthly_officials": ["'RUS', DATE '2022-02-24', DATE '2022-12-31'", "'*', DATE '1983-10-01', DATE '1983-12-31'"],
    "edge_list": ["DATE '2018-01-01', DATE '2018-12-31'", "DATE '2022-01-01', DATE '2022-12-31'"],
    "node_list": ["DATE '2018-01-01', DATE '2018-12-31'", "DATE '2022-01-01', DATE '2022-12-31'"],
    "totals_as_of": ["DATE '1992-12-31'", "DATE '2022-03-01'", "DATE '2022-04-30'", "DATE '2023-04-30'"],
}
ARGUMENTS |= {
    "panel_years": ["2018, 2018", "2021, 2022", "2022, 2022, at_least := 'one_side'", "2018, 2018, dated_by := 'acted'"],
    "panel_months": ["2022, 2022"],
    "cow_dyad_years": ["2022, 2022"],
    "gw_dyad_years": ["2022, 2022"],
}
# Of the grids only what somebody found or looked for; of the country-years only those of which something is known; of the work what is short.
ONLY = {
    "panel_years": "expulsions IS NOT NULL OR effort IN ('one_side', 'both_sides')",
    "panel_months": "expulsions > 0 OR expulsions = 0 AND month = 1",
    "cow_dyad_years": "expulsions IS NOT NULL",
    "gw_dyad_years": "expulsions IS NOT NULL",
    "worklist": "kind <> 'no sweep'",
    "actor_years": "sought_as_expeller OR sought_as_target OR expulsions_made > 0 OR expulsions_suffered > 0",
}
# Steps that others show whole, and that would be long.
UNTOLD = {"half_years", "effort_by_half", "actor_spells", "actors_by_year", "panel", "panel_sums", "code_years"}
# Views that promise an order; all others are sorted here.
IN_ORDER = {
    "answer_lags", "by_vantage", "capture_recapture", "claim_checks", "cumulative_officials", "disagreements", "dyad_months", "dyad_years",
    "non_expellers", "officials_since_invasion", "reciprocity", "sensitivity", "eu_members_without_expulsion", "totals_as_of",
}  # fmt: skip
CHOSEN = {"as_of_version": "version, expulsion_id, expeller, target, officials_best, best_basis, wave, disclosed_by, ceiling_diplomats"}
# Long views, told without loss: rows that follow each other in time and say the same are one, and so are rows alike but for an actor.
RUNS = {"cumulative_officials": "day"}
LISTS = {"scope_members": ["actor_id"], "coverage": ["expeller", "target"], "effort_by_year": ["expeller", "target"]}
Rows = list[list[str]]


# --- the checkout ----------------------------------------------------------------------------------------------------


def checkout(folder: Path) -> Path:
    """A checkout of the present code with the world's raw tables and releases; nothing is built there yet."""
    for name in CODE:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, target)
    shutil.copytree(RAW, folder / "raw", dirs_exist_ok=True)
    shutil.copytree(RELEASES, folder / "build" / "releases")
    for name, pattern, text in (
        ("datapackage.json", r'"version": "[^"]*"', f'"version": "{VERSION}"'),
        ("datapackage.json", r'"created": "[^"]*"', f'"created": "{CREATED}T00:00:00Z"'),
        ("pyproject.toml", r"(?m)^version = .*$", f'version = "{VERSION}"'),
    ):
        path = folder / name
        path.write_text(re.sub(pattern, text, path.read_text(encoding="utf-8"), count=1), encoding="utf-8")
    for name in TEXTS:
        (folder / name).write_text(f"{name}\n")
    (folder / ".venv").symlink_to(ROOT / ".venv")
    os.utime(folder / "requirements.lock", (0, 0))
    return folder


def make(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run make as a person would."""
    return subprocess.run(["make", *arguments], cwd=folder, capture_output=True, text=True, check=False)


def output(folder: Path, *arguments: str) -> str:
    """What make prints; it has to succeed."""
    done = make(folder, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def built(folder: Path) -> Path:
    """The checkout with all that ``make build site`` makes."""
    output(checkout(folder), "build", "site")
    return folder


def copied(folder: Path, place: Path) -> Path:
    """A copy of a built world, for commands that write there."""
    return Path(shutil.copytree(folder, place / "world", symlinks=True))


# --- what came out ---------------------------------------------------------------------------------------------------


def outputs(folder: Path) -> dict[str, str]:
    """Everything that is held against ``expected/``, by path there: tables, views, macros, headlines, citations, differences, refusals."""
    tables = [path for path in (folder / "build").glob("*.csv") if path.stem not in ONLY]
    result = {f"tables/{path.name}": path.read_text(encoding="utf-8") for path in tables}
    with duckdb.connect(str(folder / DATABASE), read_only=True) as connection:
        result |= {f"views/{name}.csv": _view(connection, name, [""]) for name in views(connection)}
        result |= {f"views/{name}.csv": _view(connection, name, ARGUMENTS[name]) for name in macros(connection)}
        numbers = [[h.view, h.caption, _cell(h.value)] for h in headlines.of(connection)]
    result["headlines.csv"] = _csv([["view", "caption", "value"], *numbers])
    cited = [_without_clock(output(folder, "cite", f"QUERY={query}")) for query in ("", *QUERIES)]
    result["cite.txt"] = "\n\n".join([cited[0], *(text[text.index("Slice\n") :] for text in cited[1:])]) + "\n"
    for since, until in DIFFERENCES:
        result |= _difference(folder, since, until)
    result["release.txt"] = refused_release(folder)
    return result


def views(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Those that are no table of the package, and the one table that is told in part."""
    held = connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL").fetchall()
    whole = contract.product().derived.keys() - ONLY.keys() | UNTOLD
    return [name for (name,) in held if name not in whole]


def macros(connection: duckdb.DuckDBPyConnection) -> list[str]:
    query = "SELECT function_name FROM duckdb_functions() WHERE function_type = 'table_macro' AND NOT internal ORDER BY ALL"
    return [name for (name,) in connection.execute(query).fetchall() if name not in UNTOLD]


def _view(connection: duckdb.DuckDBPyConnection, name: str, arguments: Sequence[str]) -> str:
    """A view's rows as CSV, or a macro's with its arguments before each."""
    output: Rows = []
    where = f" WHERE {ONLY[name]}" if name in ONLY else ""
    for given in arguments:
        cursor = connection.execute(f"SELECT {CHOSEN.get(name, '*')} FROM {name}" + (f"({given})" if given else "") + where)
        head = [column[0] for column in cursor.description or []]
        rows = [[_cell(value) for value in row] for row in cursor.fetchall()]
        rows = _told_shorter(name, head, rows if name in IN_ORDER else sorted(rows))
        output += [[given, *row] for row in rows] if given else rows
    return _csv([["arguments", *head] if arguments != [""] else head, *output])


def _told_shorter(name: str, head: list[str], rows: Rows) -> Rows:
    if name in RUNS:
        rows = _runs(rows, head.index(RUNS[name]))
    for column in LISTS.get(name, []):
        rows = _lists(rows, head.index(column))
    return rows


def _runs(rows: Rows, k: int) -> Rows:
    """Rows that follow each other and differ in one column only, as one with its first and last value there."""
    result: Rows = []
    for row in rows:
        same = result and [*result[-1][:k], *result[-1][k + 1 :]] == [*row[:k], *row[k + 1 :]]
        if same:
            result[-1][k] = f"{result[-1][k].split(' to ')[0]} to {row[k]}"
        else:
            result.append(list(row))
    return result


def _lists(rows: Rows, k: int) -> Rows:
    """Rows that differ in one column only, as one with all values there, at the place of the first."""
    result: dict[tuple[str, ...], list[str]] = {}
    for row in rows:
        result.setdefault((*row[:k], *row[k + 1 :]), []).append(row[k])
    return [[*rest[:k], " ".join(sorted(values)), *rest[k:]] for rest, values in result.items()]


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(map(_cell, value))
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def _csv(rows: Iterable[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()


def _without_clock(text: str) -> str:
    """What a command prints without the line that says how long it took."""
    return "\n".join(line for line in text.splitlines() if not re.match(r"\w+ +[0-9.]+ s  ", line))


def _difference(folder: Path, since: str, until: str) -> dict[str, str]:
    """The files of ``make diff``, of its page the text, and what is printed."""
    printed = _without_clock(output(folder, "diff", f"FROM={since}", f"TO={until}"))
    place = folder / "build" / "diff" / f"{since}-{until or VERSION}"
    files = {name: (place / name).read_text(encoding="utf-8") for name in ("changes.csv", "changes.md", "results.csv", "section.md")}
    assert printed.strip() == files["section.md"].strip()
    files["page.txt"] = text_of((place / "index.html").read_text(encoding="utf-8"))
    return {f"diff/{since}-{until or VERSION}/{name}": text for name, text in files.items()}


class _Text(HTMLParser):
    """The text of a page: a line a block or row, cells between bars."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden |= tag == "style"
        if tag in ("h1", "h2", "p", "summary", "tr", "li", "br"):
            self.text += "\n"
        elif tag in ("td", "th"):
            self.text += "| "

    def handle_endtag(self, tag: str) -> None:
        self.hidden &= tag != "style"
        if tag in ("td", "th"):
            self.text += " "

    def handle_data(self, data: str) -> None:
        self.text += "" if self.hidden else data


def text_of(page: str) -> str:
    """What a reader sees of a page without scripts."""
    parser = _Text()
    parser.feed(page)
    return "\n".join(line.rstrip() for line in parser.text.splitlines() if line.strip()) + "\n"


def refused_release(folder: Path) -> str:
    """What ``make release`` refuses of the world, committed as it is: its first command, for which the note need not be typeset."""
    who = ["-c", "user.name=World", "-c", "user.email=world@example.org", "-c", "commit.gpgsign=false"]
    for command in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "World"]):
        subprocess.run(["git", *command], cwd=folder, check=True, capture_output=True)
    output(folder, "site")
    check = [".venv/bin/python", "-m", "scripts.publish.release", "check"]
    done = subprocess.run(check, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    return "\n".join(line for line in done.stderr.splitlines() if not line.startswith("make")) + "\n"


# --- expected --------------------------------------------------------------------------------------------------------


def expected() -> dict[str, str]:
    return {str(path.relative_to(EXPECTED)): path.read_text(encoding="utf-8") for path in EXPECTED.rglob("*") if path.is_file()}


def write(result: dict[str, str]) -> Iterator[str]:
    """Make ``expected/`` what was found; gives the names of the files that changed."""
    before = expected()
    for name in sorted(before.keys() | result.keys()):
        path = EXPECTED / name
        if name not in result:
            path.unlink()
        elif before.get(name) != result[name]:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(result[name], encoding="utf-8")
        else:
            continue
        yield name
