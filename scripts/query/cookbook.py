"""``build/cookbook.md``: questions that people bring, in SQL, R and Python, out of ``cookbook.md`` beside this file, with their answers."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import duckdb

from scripts.package.contract import ROOT, Contract, product
from scripts.package.store import RefusedError, command
from scripts.query import database
from scripts.query.views import first_line

PAGE = ROOT / "scripts" / "query" / "cookbook.md"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
# What a page shows of a long answer.
SHOWN = 8


class Recipe(NamedTuple):
    """One question: its heading, its part of the page, and its code by language."""

    question: str
    text: str
    code: dict[str, str]


def recipes(page: str) -> list[Recipe]:
    """The questions of the page, after its preamble."""
    parts = page.split("\n## ")[1:]
    return [Recipe(part.partition("\n")[0], part, dict(BLOCK.findall(part))) for part in parts]


def cookbook(contract: Contract, connection: duckdb.DuckDBPyConnection) -> str:
    """The page, each question with the answer that the database gives. Raises RefusedError for a query that cannot be run."""
    page = PAGE.read_text(encoding="utf-8").replace("{version}", contract.version)
    answers = [f"## {recipe.text.strip()}\n\n{_answer(recipe, connection)}" for recipe in recipes(page)]
    return "\n\n".join([page.split("\n## ")[0].strip(), *answers]) + "\n"


def _answer(recipe: Recipe, connection: duckdb.DuckDBPyConnection) -> str:
    try:
        result = connection.execute(recipe.code["sql"])
        head, rows = [column[0] for column in result.description or []], result.fetchall()
    except duckdb.Error as error:
        raise RefusedError(
            f'The query of "{recipe.question}" in scripts/query/cookbook.md cannot be run ({first_line(error)}). Correct it.'
        ) from error
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *map(_row, rows[:SHOWN])]
    more = f"\n\n… and {len(rows) - SHOWN} rows more." if len(rows) > SHOWN else "" if rows else "\n\nNo row."
    return "\n".join(lines) + more


def _row(values: tuple[object, ...]) -> str:
    return f"| {' | '.join(_cells(values))} |"


def _cells(values: tuple[object, ...]) -> Iterator[str]:
    return ("" if value is None else str(value).replace("|", "\\|") for value in values)


def main() -> None:
    """Write the cookbook."""
    with command("cookbook") as store:
        contract = product()
        with database.opened(store.build, contract) as connection:
            store.commit({"build/cookbook.md": cookbook(contract, connection).encode()})
        store.message = f"build/cookbook.md, {len(recipes(PAGE.read_text(encoding='utf-8')))} questions"


if __name__ == "__main__":
    main()
