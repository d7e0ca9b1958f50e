"""The libraries that can hold a table, and which of them is there."""

from importlib.util import find_spec
from typing import Literal

Engine = Literal["pandas", "polars", "arrow", "duckdb"]
# The modules, and distributions of the same name, that each needs, in the order in which they are tried; pandas reads Parquet through Arrow.
NEEDS: dict[Engine, tuple[str, ...]] = {
    "pandas": ("pandas", "pyarrow"),
    "polars": ("polars",),
    "arrow": ("pyarrow",),
    "duckdb": ("duckdb",),
}


class NoEngineError(ImportError):
    """No library is there that could hold a table, or not the one that was asked for."""


def chosen(engine: Engine | None) -> Engine:
    """The engine asked for, or the first that is there. Raises NoEngineError if it is not there, ValueError if it is none."""
    if engine is None:
        there = [name for name in NEEDS if not lacking(name)]
        if not there:
            raise NoEngineError(
                f"No library that can hold a table is installed. Install one: {install('pandas')}, or polars, arrow or duckdb."
            )
        return there[0]
    if engine not in NEEDS:
        raise ValueError(f'There is no engine "{engine}". Choose {", ".join(NEEDS)}.')
    demand(engine)
    return engine


def demand(engine: Engine) -> None:
    """Raise NoEngineError unless all that an engine needs is there."""
    if gone := lacking(engine):
        raise NoEngineError(
            f"{' and '.join(gone)} {'is' if len(gone) == 1 else 'are'} not installed. Install what is missing: {install(engine)}."
        )


def lacking(engine: Engine) -> list[str]:
    """The modules that an engine needs and that are not there."""
    return [module for module in NEEDS[engine] if find_spec(module) is None]


def install(engine: Engine) -> str:
    """The command that installs what an engine needs."""
    return f"pip install {' '.join(NEEDS[engine])}"
