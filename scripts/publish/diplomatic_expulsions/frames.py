"""A table as a frame of the library at hand."""

from importlib.resources import as_file
from io import BytesIO
from typing import TYPE_CHECKING, Any, Literal, overload

from .contents import data, demand_table, describe
from .engines import Engine, chosen

if TYPE_CHECKING:
    import duckdb
    import pandas as pd
    import polars as pl
    import pyarrow as pa


@overload
def load(name: str, engine: None = None) -> Any: ...
@overload
def load(name: str, engine: Literal["pandas"]) -> "pd.DataFrame": ...
@overload
def load(name: str, engine: Literal["polars"]) -> "pl.DataFrame": ...
@overload
def load(name: str, engine: Literal["arrow"]) -> "pa.Table": ...
@overload
def load(name: str, engine: Literal["duckdb"]) -> "duckdb.DuckDBPyRelation": ...
def load(name: str, engine: Engine | None = None) -> Any:
    """A table, or ``panel_years``, all directed dyads and years of the scope with zeros where both sides were looked for.

    Without an ``engine`` the first that is there serves: pandas, Polars, Arrow, DuckDB. Missing is missing, never zero: in pandas numbers
    and flags are of the nullable types; columns of codes are categories in the order of the codebook in pandas and Polars. Raises
    UnknownTableError, NoEngineError, and ValueError for an engine that is none.
    """
    demand_table(name)
    return {"pandas": _pandas, "polars": _polars, "arrow": _arrow, "duckdb": _duckdb}[chosen(engine)](name)


def _content(name: str) -> BytesIO:
    return BytesIO((data() / f"{name}.parquet").read_bytes())


def _codes(name: str) -> dict[str, list[str]]:
    """The columns of codes, each with its codes."""
    return {column.name: list(column.values) for column in describe(name).columns if column.values}


def _pandas(name: str) -> "pd.DataFrame":
    import pandas as pd
    import pyarrow as pa

    nullable = {pa.int64(): pd.Int64Dtype(), pa.int32(): pd.Int32Dtype(), pa.bool_(): pd.BooleanDtype()}
    frame = _arrow(name).to_pandas(types_mapper=nullable.get, date_as_object=False)
    return frame.astype({column: pd.CategoricalDtype(codes) for column, codes in _codes(name).items()})


def _polars(name: str) -> "pl.DataFrame":
    import polars as pl

    return pl.read_parquet(_content(name)).cast({column: pl.Enum(codes) for column, codes in _codes(name).items()})


def _arrow(name: str) -> "pa.Table":
    import pyarrow.parquet as pq

    return pq.read_table(_content(name))


def _duckdb(name: str) -> "duckdb.DuckDBPyRelation":
    import duckdb

    connection = duckdb.connect()
    with as_file(data() / f"{name}.parquet") as path:
        connection.execute(f"CREATE TABLE {name} AS FROM read_parquet(?)", [str(path)])
    return connection.table(name)
