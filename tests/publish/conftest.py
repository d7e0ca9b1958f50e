"""What the packages for Python and R are made of: the tables of the small world, and the files of its zip that they take."""

from pathlib import Path

import polars as pl
import pytest

from scripts.package import contract
from scripts.package.contract import Contract, Table
from scripts.publish import archive, computed, formats, rpackage
from scripts.query import database


@pytest.fixture(scope="session")
def world_contract(small_world: Path) -> Contract:
    return contract.product(small_world)


@pytest.fixture(scope="session")
def world_panel(small_world: Path, world_contract: Contract) -> pl.DataFrame:
    """All directed dyads and years of the world's scope."""
    with database.opened(small_world / "build", world_contract) as connection:
        return database.panel(connection, archive.panel(world_contract))


@pytest.fixture(scope="session")
def world_files(small_world: Path, world_contract: Contract) -> dict[str, bytes]:
    """Tables, descriptor, Parquet and licence, by path in the zip."""
    build = small_world / "build"
    result = archive.tables(world_contract, build)
    result |= {f"parquet/{name}.parquet": (build / f"{name}.parquet").read_bytes() for name in world_contract.tables}
    return result | {"LICENSE.md": (small_world / "LICENSE.md").read_bytes()}


@pytest.fixture(scope="session")
def world_tables(
    small_world: Path, world_contract: Contract, world_files: dict[str, bytes], world_panel: pl.DataFrame
) -> dict[str, tuple[Table, pl.DataFrame]]:
    """What is packed: the tables, the panel, and views, each with its rows."""
    held = {name: (table, formats.read(world_files[f"{name}.csv"], table)) for name, table in world_contract.tables.items()}
    with database.opened(small_world / "build", world_contract) as connection:
        return held | {"panel_years": (archive.panel(world_contract), world_panel)} | computed.tables(connection, world_contract)


@pytest.fixture(scope="session")
def world_rpackage(world_contract: Contract, world_tables: dict[str, tuple[Table, pl.DataFrame]], world_files: dict[str, bytes]) -> bytes:
    return rpackage.archive(world_contract, world_tables, world_files)
