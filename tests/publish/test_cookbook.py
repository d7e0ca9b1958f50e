"""The cookbook: every question in SQL, R and Python, run in the small world with the packages that it names, has one answer."""

import importlib
import io
import math
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from scripts.package.contract import Contract, Table
from scripts.package.store import RefusedError
from scripts.publish import wheel
from scripts.query import cookbook, database

RECIPES = cookbook.recipes(cookbook.PAGE.read_text(encoding="utf-8"))
Tables = dict[str, tuple[Table, pl.DataFrame]]
# Each answer as a file; what fails is told with its question.
ANSWERED = """
library(diplomaticexpulsions)
for (file in commandArgs(TRUE)) {
  held <- new.env()
  tryCatch(source(file, local = held), error = function(e) stop(file, ": ", conditionMessage(e)))
  write.csv(held$answer, sub("[.]R$", ".csv", file), na = "", row.names = FALSE, fileEncoding = "UTF-8")
}
"""


@pytest.fixture(scope="module")
def connection(small_world: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(small_world / "build" / database.NAME), read_only=True)


@pytest.fixture(scope="module")
def in_sql(connection: duckdb.DuckDBPyConnection) -> list[pd.DataFrame]:
    return [connection.sql(recipe.code["sql"]).df() for recipe in RECIPES]


def _rows(frame: pd.DataFrame) -> list[list[object]]:
    """Cells that can be compared, whatever library or language they come from."""
    return [[_cell(value) for value in row] for row in frame.itertuples(index=False)]


def _cell(value: object) -> object:
    if value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    text = str(value)
    return round(float(text), 3) if text.replace(".", "", 1).lstrip("-").isdigit() else text


def test_every_question_is_answered_in_three_languages() -> None:
    assert len(RECIPES) >= 12 and all(list(recipe.code) == ["sql", "r", "python"] for recipe in RECIPES)


def test_answers_are_not_all_empty(in_sql: list[pd.DataFrame]) -> None:
    assert sum(not frame.empty for frame in in_sql) >= 12


def test_python_gives_the_answers_of_sql(
    in_sql: list[pd.DataFrame],
    small_world: Path,
    world_contract: Contract,
    world_tables: Tables,
    world_files: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with database.opened(small_world / "build", world_contract) as connection:
        content = wheel.wheel(world_contract, world_tables, world_files, connection)
    with zipfile.ZipFile(io.BytesIO(content)) as unpacked:
        unpacked.extractall(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    for module in [name for name in sys.modules if name.split(".")[0] == wheel.NAME]:
        monkeypatch.delitem(sys.modules, module)
    de = importlib.import_module(wheel.NAME)
    for recipe, wanted in zip(RECIPES, in_sql, strict=True):
        held: dict[str, object] = {"de": de, "pd": pd}
        exec(recipe.code["python"], held)
        answer = held["answer"]
        assert isinstance(answer, pd.DataFrame) and list(answer.columns) == list(wanted.columns), recipe.question
        assert _rows(answer) == _rows(wanted), recipe.question


def test_r_gives_the_answers_of_sql(in_sql: list[pd.DataFrame], world_rpackage: bytes, tmp_path: Path) -> None:
    if shutil.which("R") is None:
        pytest.skip("R is not installed")
    (tmp_path / "package.tar.gz").write_bytes(world_rpackage)
    (tmp_path / "library").mkdir()
    files = [tmp_path / f"{n}.R" for n in range(len(RECIPES))]
    for file, recipe in zip(files, RECIPES, strict=True):
        file.write_text(recipe.code["r"], encoding="utf-8")
    own = os.environ | {"R_LIBS": str(tmp_path / "library"), "LC_ALL": "C.UTF-8"}
    for command in (
        ["R", "CMD", "INSTALL", "--no-docs", "--library=library", "package.tar.gz"],
        ["Rscript", "--vanilla", "-e", ANSWERED, *(file.name for file in files)],
    ):
        done = subprocess.run(command, cwd=tmp_path, env=own, capture_output=True, text=True, check=False)
        assert not done.returncode, done.stderr
    for file, recipe, wanted in zip(files, RECIPES, in_sql, strict=True):
        answer = pd.read_csv(file.with_suffix(".csv"), keep_default_na=False, dtype=str)
        assert list(answer.columns) == list(wanted.columns), recipe.question
        assert _rows(answer) == _rows(wanted), recipe.question


def test_the_page_shows_the_first_rows_of_each_answer(connection: duckdb.DuckDBPyConnection, world_contract: Contract) -> None:
    page = cookbook.cookbook(world_contract, connection)
    assert page.startswith(f"# Cookbook of Diplomatic Expulsions {world_contract.version}\n") and "{version}" not in page
    assert page.count("\n## ") == len(RECIPES) == page.count("\n|---|")
    assert "| expulsions | known | low | high | n_unknown |\n|---|---|---|---|---|\n| " in page and " rows more." in page


def test_a_query_that_fails_is_told_with_its_question(
    connection: duckdb.DuckDBPyConnection, world_contract: Contract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cookbook, "PAGE", tmp_path / "cookbook.md")
    (tmp_path / "cookbook.md").write_text("# A\n\n## Who?\n\n```sql\nFROM nothing;\n```\n")
    with pytest.raises(RefusedError, match=r'The query of "Who\?" in scripts/query/cookbook\.md cannot be run \(Catalog Error: .*nothing'):
        cookbook.cookbook(world_contract, connection)
    (tmp_path / "cookbook.md").write_text("# A\n\n## Who?\n\n```sql\nFROM actors WHERE false;\n```\n")
    assert "\n\nNo row." in cookbook.cookbook(world_contract, connection)
