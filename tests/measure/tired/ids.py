"""Ids: free ones, and the search and replace of an editor."""

import re
from collections.abc import Iterator

from tests.measure.tired.base import Tables


def fresh_id(tables: Tables, wanted: str) -> str:
    """An expulsion id, numbered from 2 where it is taken."""
    taken = {row["expulsion_id"] for row in tables["expulsions"]}
    return next(name for name in numbered(wanted) if name not in taken)


def numbered(wanted: str) -> Iterator[str]:
    """An id, then the same id with -2, -3 and so on."""
    yield wanted
    yield from (f"{wanted}-{n}" for n in range(2, 99))


def fresh_article(tables: Tables, wanted: str) -> str:
    """An article id, numbered from 2 where it is taken."""
    taken = {row["article_id"] for row in tables["articles"]}
    return next(name for name in numbered(wanted) if name not in taken)


def next_statement(tables: Tables, article_id: str) -> str:
    """The next free statement id of an article."""
    last = max((int(r["statement_id"].rsplit(".", 1)[1]) for r in tables["statements"] if r["article_id"] == article_id), default=0)
    return f"{article_id}.{last + 1}"


def rename_expulsion(tables: Tables, old: str, new: str) -> None:
    """Replace an expulsion's id in all tables, as an editor's search and replace does."""
    for rows in tables.values():
        for row in rows:
            for column in ("expulsion_id", "answers", "included_in", "replaced_by", "unit_id"):
                value = row.get(column, "")
                if value == old or (column == "unit_id" and value.endswith(f"/{old}")):
                    row[column] = value[: len(value) - len(old)] + new


def rename_article(tables: Tables, old: str, new: str) -> None:
    """Replace an article's id, and with it the ids of its statements and claims, in all tables."""
    tail = re.compile(rf"{re.escape(old)}((?:\.c?\d+)?(?:/.*)?)")
    for rows in tables.values():
        for row in rows:
            for column in ("article_id", "statement_id", "claim_id", "part_of", "unit_id"):
                result = tail.fullmatch(row.get(column, ""))
                if result:
                    row[column] = new + result[1]
