"""Views of the database as tables, for packages that have no database in them."""

import duckdb
import polars as pl

from scripts.package.contract import POLARS, Contract, Table
from scripts.query import views

# A share or an estimate may end in other digits on another machine, and a list is no cell.
EXACT: dict[type[pl.DataType], str] = {
    pl.String: "string",
    pl.Int32: "integer",
    pl.Int64: "integer",
    pl.Boolean: "boolean",
    pl.Date: "date",
}
# As long as the panel of all dyads and years, whose effort sums it up.
LEFT_OUT = {"coverage"}


def tables(connection: duckdb.DuckDBPyConnection, contract: Contract) -> dict[str, tuple[Table, pl.DataFrame]]:
    """Each view that users are promised, whose cells are all exact and which is no table of the package, described by its head."""
    names = [name for (name,) in connection.execute("SELECT view_name FROM duckdb_views() WHERE NOT internal ORDER BY ALL").fetchall()]
    result, promised = {}, views.public()
    for name in names:
        if name in promised and name not in contract.tables.keys() | LEFT_OUT:
            frame = connection.sql(f"FROM {name} ORDER BY ALL").pl()
            kinds = {column: EXACT[kind] for column, kind in frame.schema.items() if kind in EXACT}
            if len(kinds) == frame.width:
                result[name] = _table(name, promised[name], kinds), frame.cast({column: POLARS[kind] for column, kind in kinds.items()})
    return result


def _table(name: str, text: str, kinds: dict[str, str]) -> Table:
    grain, meanings = views.header(text)
    fields = [{"name": column, "type": kind, "title": _title(column), "description": meanings[column]} for column, kind in kinds.items()]
    return Table({"name": name, "title": _title(name), "description": grain, "schema": {"primaryKey": [], "fields": fields}}, "")


def _title(text: str) -> str:
    return text[:1].upper() + text[1:].replace("_", " ")
