"""The wheel: installed in an empty environment, loaded by each engine, held against the tables and the database of the small world."""

import ast
import base64
import hashlib
import importlib
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import duckdb
import pandas as pd
import polars as pl
import pytest

from scripts.package import citation, fingerprint
from scripts.package.contract import POLARS, Contract, Table
from scripts.publish import wheel
from scripts.query import database

Tables = dict[str, tuple[Table, pl.DataFrame]]


def _wheel(small_world: Path, world_contract: Contract, world_tables: Tables, world_files: dict[str, bytes]) -> bytes:
    with database.opened(small_world / "build", world_contract) as connection:
        return wheel.wheel(world_contract, world_tables, world_files, connection)


@pytest.fixture(scope="module")
def made(
    small_world: Path,
    world_contract: Contract,
    world_tables: Tables,
    world_files: dict[str, bytes],
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    path = tmp_path_factory.mktemp("dist") / wheel.file_name(world_contract)
    path.write_bytes(_wheel(small_world, world_contract, world_tables, world_files))
    return path


@pytest.fixture(scope="module")
def de(made: Path) -> Iterator[ModuleType]:
    """The package, imported from where it was unpacked."""
    with zipfile.ZipFile(made) as unpacked:
        unpacked.extractall(made.parent)
    sys.path.insert(0, str(made.parent))
    yield importlib.import_module("diplomatic_expulsions")
    sys.path.remove(str(made.parent))


def test_the_same_tables_make_the_same_bytes(
    made: Path, small_world: Path, world_contract: Contract, world_tables: Tables, world_files: dict[str, bytes]
) -> None:
    assert _wheel(small_world, world_contract, world_tables, world_files) == made.read_bytes()


def test_the_record_lists_every_file_with_its_digest(made: Path, world_contract: Contract) -> None:
    info = f"diplomatic_expulsions-{world_contract.version}.dist-info"
    with zipfile.ZipFile(made) as archive:
        lines = archive.read(f"{info}/RECORD").decode().splitlines()
        digests = {
            name: base64.urlsafe_b64encode(hashlib.sha256(archive.read(name)).digest()).decode().rstrip("=") for name in archive.namelist()
        }
        sizes = {entry.filename: entry.file_size for entry in archive.infolist()}
    record = f"{info}/RECORD"
    assert sorted(lines) == sorted([f"{name},sha256={digests[name]},{sizes[name]}" for name in digests if name != record] + [f"{record},,"])
    assert "diplomatic_expulsions/py.typed" in digests


def test_it_installs_in_an_empty_environment_and_says_what_is_missing(
    made: Path, world_contract: Contract, world_tables: Tables, tmp_path: Path
) -> None:
    """No engine and an unknown table: one message each, no dependency, the version of the data."""
    venv.create(tmp_path / "empty")
    python = str(tmp_path / "empty" / "bin" / "python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-index", "--disable-pip-version-check"]
    subprocess.run([*pip, str(made)], check=True, capture_output=True)
    code = (
        "import diplomatic_expulsions as de\n"
        "print(de.__version__, len(de.tables()), de.describe('dyad_years').columns[0].name, de.cite(), sep='|')\n"
        "for does in (lambda: de.load('dyads'), lambda: de.load('dyad'), lambda: de.load('dyads', 'polars'), de.connect):\n"
        "    try:\n        does()\n    except (de.NoEngineError, de.UnknownTableError) as error:\n        print(error)\n"
    )
    output = subprocess.run([python, "-I", "-c", code], check=True, capture_output=True, text=True).stdout.splitlines()
    assert output == [
        f"{world_contract.version}|{len(world_tables)}|expeller|{citation.apa(world_contract)}",
        "No library that can hold a table is installed. Install one: pip install pandas pyarrow, or polars, arrow or duckdb.",
        'There is no table "dyad". Did you mean dyads?',
        "polars is not installed. Install what is missing: pip install polars.",
        "duckdb is not installed. Install what is missing: pip install duckdb.",
    ]


@pytest.mark.parametrize("engine", ["pandas", "polars", "arrow", "duckdb"])
def test_every_engine_gives_every_row_in_its_types(
    engine: str, de: ModuleType, world_contract: Contract, world_tables: Tables, world_files: dict[str, bytes]
) -> None:
    for name in de.tables():
        table, wanted = world_tables[name]
        given = de.load(name, engine)
        frame = given.pl() if engine == "duckdb" else pl.DataFrame(given)
        assert frame.cast({column: POLARS[field.type] for column, field in table.fields.items()}).equals(wanted), name


def test_pandas_has_categories_days_and_nullable_numbers(de: ModuleType, world_contract: Contract) -> None:
    """Without an engine asked for: pandas comes first."""
    frame = de.load("expulsions")
    assert list(frame["measure"].cat.categories) == world_contract["expulsions"].fields["measure"].enum
    kinds = {column: str(frame[column].dtype) for column in ("announced_on", "officials_best", "counts", "head_of_mission")}
    assert kinds == {"announced_on": "datetime64[ms]", "officials_best": "Int64", "counts": "boolean", "head_of_mission": "boolean"}
    assert frame["officials_best"].isna().any() and isinstance(frame, pd.DataFrame)
    assert de.load("expulsions", "polars")["measure"].dtype.categories.to_list() == world_contract["expulsions"].fields["measure"].enum


@pytest.mark.parametrize(
    ("gone", "chosen"), [((), "pandas"), (("pyarrow",), "polars"), (("pandas", "polars"), "arrow"), (("pyarrow", "polars"), "duckdb")]
)
def test_the_first_engine_that_is_there_serves(gone: tuple[str, ...], chosen: str, de: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(de.engines, "find_spec", lambda module: None if module in gone else module)
    assert de.engines.chosen(None) == chosen


def test_the_database_is_that_of_the_release(de: ModuleType, small_world: Path) -> None:
    """Tables with their keys, views, macros and every comment; the rows of earlier releases too."""
    theirs = duckdb.connect(str(small_world / "build" / database.NAME), read_only=True)
    ours = de.connect()
    for query in (
        "SELECT sql, comment FROM duckdb_tables() WHERE NOT internal ORDER BY ALL",
        "SELECT view_name, comment FROM duckdb_views() WHERE NOT internal ORDER BY ALL",
        "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY ALL",
        "SELECT function_name, parameters, comment FROM duckdb_functions() WHERE NOT internal ORDER BY ALL",
        "SELECT table_name, constraint_text FROM duckdb_constraints() ORDER BY ALL",
        "FROM release",
        "FROM as_of_version('1.0.0') ORDER BY ALL",
        *[f"FROM {name} ORDER BY ALL" for name in ("statements", "claim_checks", "reciprocity", "sensitivity", "panel_years(2022, 2022)")],
    ):
        assert ours.execute(query).fetchall() == theirs.execute(query).fetchall() != [], query


def test_a_database_in_a_file_is_made_once_and_anew_for_another_version(de: ModuleType, tmp_path: Path) -> None:
    """It is opened to be read; a file of anybody else's is left alone."""
    file = tmp_path / "kept.duckdb"
    with de.connect(file) as connection:
        rows = connection.execute("SELECT count(*) FROM expulsions").fetchall()
        with pytest.raises(duckdb.InvalidInputException, match="read-only"):
            connection.execute("DELETE FROM answers")
    made = file.stat().st_mtime_ns
    de.connect(file).close()
    assert file.stat().st_mtime_ns == made and [path.name for path in tmp_path.iterdir()] == ["kept.duckdb"]
    with duckdb.connect(str(file)) as connection:
        connection.execute("UPDATE release SET version = '0.1.0'")
        connection.execute("DELETE FROM harvests")
    with de.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM harvests").fetchall()[0][0]
    # The same version of other tables is another database.
    with duckdb.connect(str(file)) as connection:
        connection.execute("UPDATE release SET fingerprint = 'sha256:0'")
        connection.execute("DELETE FROM harvests")
    with de.connect(file) as connection:
        assert connection.execute("SELECT count(*) FROM harvests").fetchall()[0][0]
        assert connection.execute("SELECT count(*) FROM expulsions").fetchall() == rows
    for content in (b"a letter", b""):
        file.write_bytes(content)
        with pytest.raises(ValueError, match=r"kept.duckdb is no database of this package, or is open elsewhere\. Name another file\."):
            de.connect(file)
        assert file.read_bytes() == content


def test_everything_is_described_as_in_the_descriptor(de: ModuleType, world_contract: Contract, world_tables: Tables) -> None:
    for name, table in world_contract.tables.items():
        output = de.describe(name)
        assert (output.title, output.description) == (table.spec["title"], table.spec["description"])
        assert [(c.name, c.type, c.description, c.values) for c in output.columns] == [
            (f.name, f.type, f.spec["description"], f.labels) for f in table.fields.values()
        ]
    assert list(de.tables()) == list(world_tables) and {*world_contract.tables, "panel_years", "claim_checks"} < set(world_tables)
    page = str(de.describe("expulsions"))
    assert page.startswith("expulsions: One row per decision") and "\n\nmeasure  string\n    Legal form of the decision.\n" in page
    assert "\n    post_closed: a mission or consulate closed\n" in page
    assert de.describe("claim_checks").columns and de.describe("panel_months").title.startswith("panel_months(first, last")


def test_what_is_computed_is_read_from_the_database(de: ModuleType) -> None:
    for name, called in (("sensitivity", "sensitivity"), ("officials_expelled", "officials_expelled(target, since, until)")):
        with pytest.raises(de.UnknownTableError) as output:
            de.load(name)
        assert str(output.value) == f'{name} is computed in the database: connect().sql("FROM {called}") reads it.'
    with pytest.raises(de.UnknownTableError, match=r'There is no table "zzz"\. There are expulsions, statements, .*, panel_years, .*\.$'):
        de.load("zzz")
    with pytest.raises(ValueError, match=r'There is no engine "x"\. Choose pandas, polars, arrow, duckdb\.'):
        de.load("dyads", "x")


def test_it_cites_its_version(de: ModuleType, world_contract: Contract, small_world: Path) -> None:
    assert de.__version__ == world_contract.version and de.cite() == citation.apa(world_contract)
    assert de.cite("bibtex") == citation.bibtex(world_contract, fingerprint.of_folder(small_world / "build", world_contract))
    with pytest.raises(ValueError, match=r'There is no citation in the form "mla"\. Choose apa or bibtex\.'):
        de.cite("mla")


def test_extras_ask_for_what_engines_need(world_contract: Contract) -> None:
    lines = wheel.metadata(world_contract).splitlines()
    assert [line for line in lines if line.startswith(("Provides", "Requires"))] == [
        "Requires-Python: >=3.11",
        "Provides-Extra: pandas",
        'Requires-Dist: pandas>=2.0; extra == "pandas"',
        'Requires-Dist: pyarrow>=14; extra == "pandas"',
        "Provides-Extra: polars",
        'Requires-Dist: polars>=1.0; extra == "polars"',
        "Provides-Extra: arrow",
        'Requires-Dist: pyarrow>=14; extra == "arrow"',
        "Provides-Extra: duckdb",
        'Requires-Dist: duckdb>=1.1; extra == "duckdb"',
    ]


def test_what_is_installed_needs_nothing_of_the_repository() -> None:
    """Every module in the folder imports the standard library, its neighbours, and engines inside functions only."""
    for path in wheel.MODULES.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        named = {alias.name for node in top if isinstance(node, ast.Import) for alias in node.names}
        named |= {node.module or "" for node in top if isinstance(node, ast.ImportFrom) and not node.level}
        assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names, path
