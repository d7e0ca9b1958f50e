"""Diplomatic Expulsions, the data set, in one import.

>>> import diplomatic_expulsions as de
>>> de.tables()                             # what there is to load
>>> de.describe("dyad_years")               # what a table and its columns mean
>>> de.load("dyad_years")                   # a pandas frame; or engine="polars", "arrow", "duckdb"
>>> de.connect().sql("FROM claim_checks")   # the database with its keys, comments, views and macros
>>> de.cite()                               # how to cite this version
"""

from .contents import Column, Table, UnknownTableError, cite, describe, tables, version
from .database import connect
from .engines import Engine, NoEngineError
from .frames import load

__all__ = ["Column", "Engine", "NoEngineError", "Table", "UnknownTableError", "cite", "connect", "describe", "load", "tables"]


def __getattr__(name: str) -> str:
    if name == "__version__":
        return version()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
