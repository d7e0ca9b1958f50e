"""``make worklist``: what a curator should do next, in order, each with its line in raw/ and a query to try."""

from html import escape
from itertools import groupby
from pathlib import Path

import duckdb
import polars as pl

from scripts.package import page
from scripts.package.contract import ROOT, product, raw
from scripts.package.store import command, csv_bytes
from scripts.query import database

COLUMNS = ["kind", "key", "place", "query"]
LEAD = "What is missing, where its row stands in raw/, and words to search for. In order of work: begin at the top."


def worklist(connection: duckdb.DuckDBPyConnection, root: Path = ROOT) -> pl.DataFrame:
    """The rows of the view ``worklist`` in order, each with its place in raw/ as file:line; columns as in ``COLUMNS``."""
    todo = connection.sql("FROM worklist ORDER BY rank, key, query").pl()
    files = {name: table.file for name, table in raw(root).tables.items()}
    lines = pl.concat([_lines(name, files[name], root) for name in sorted(todo["table_name"].unique())] or [todo.clear()], how="diagonal")
    # A row that is to be added has its file and no line but the header's.
    placed = todo.join(lines, on=["table_name", "row_id"], how="left", maintain_order="left").with_columns(pl.col("line").fill_null(1))
    return placed.with_columns(place=pl.format("{}:{}", pl.col("table_name").replace_strict(files), "line")).select(COLUMNS)


def _lines(name: str, file: str, root: Path) -> pl.DataFrame:
    """The line of each row of a raw table, by the first column of its key."""
    table = pl.read_csv(root / file, infer_schema=False)
    return table.with_row_index("line", offset=2).select(
        table_name=pl.lit(name), row_id=table.columns[0], line=pl.col("line").cast(pl.Int64)
    )


def html(rows: pl.DataFrame) -> str:
    """The list as a page: a part that folds for each kind."""
    parts = [f"<h1>Worklist</h1>\n<p>{LEAD}</p>"]
    head = "".join(f'<th scope="col">{column}</th>' for column in COLUMNS[1:])
    for kind, group in groupby(rows.iter_rows(), key=lambda row: row[0]):
        cells = ["".join(f"<td>{escape(cell)}</td>" for cell in row[1:]) for row in group]
        parts.append(
            f"<details><summary>{escape(kind)} ({len(cells)})</summary>\n"
            f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(kind)}"><table><thead><tr>{head}</tr></thead><tbody>\n'
            + "".join(f"<tr>{row}</tr>\n" for row in cells)
            + "</tbody></table></div></details>"
        )
    return page.frame("Worklist", '<main class="reading">\n' + "\n".join(parts) + "\n</main>")


def main() -> None:
    """Write build/worklist.csv and build/worklist.html; tell how much there is of each kind."""
    with command("worklist") as store:
        with database.opened(store.build, product()) as connection:
            rows = worklist(connection, store.root)
        store.commit({"build/worklist.csv": csv_bytes(rows), "build/worklist.html": html(rows).encode()})
        counts = rows.group_by("kind", maintain_order=True).len().rows()
        store.message = "build/worklist.html: " + (", ".join(f"{count} {kind}" for kind, count in counts) or "nothing to do")


if __name__ == "__main__":
    main()
