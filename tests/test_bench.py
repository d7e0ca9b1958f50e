"""The benchmark does what it says, on few rows: no times are tested. No measurement that measures nothing succeeds."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import polars as pl
import pytest

from scripts.compile import tables
from scripts.package import contract
from tests.measure import bench, fuzz, mutants, rivals

ROWS = 12_000
REFERENCE = re.compile(r"{{ ref\('(\w+)'\) }}")


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("bench") / "raw"
    bench.generate(root, ROWS)
    bench.generate(root.with_name("raw-faulty"), ROWS, 0.1)
    return root


def test_generated_folder_passes_every_check(generated: Path) -> None:
    compiled = tables.compiled(generated)
    real = pl.read_csv(contract.ROOT / "build" / "expulsions.csv", infer_schema=False)["officials_best"]
    assert compiled["statements"].height >= ROWS
    assert compiled["expulsions"]["officials_best"].null_count() / compiled["expulsions"].height == pytest.approx(
        real.null_count() / real.len(), abs=0.02
    )


def test_faulty_folder_is_told_whole_in_a_file(generated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = generated.with_name("raw-faulty")
    with pytest.raises(SystemExit):
        tables.compiled(root)
    last = capsys.readouterr().err.splitlines()[-1]
    # The real rows, the first in the file, are left as they are.
    rows, real = (pl.read_csv(folder / "raw" / "statements.csv", infer_schema=False).height for folder in (root, contract.ROOT))
    count = int(last.split()[0])
    assert 0.09 * (rows - real) < count < 0.14 * (rows - real)
    assert len((root / tables.PROBLEMS).read_text(encoding="utf-8").splitlines()) == count


@pytest.mark.parametrize("rival", [rivals.floor, rivals.pandas, rivals.frictionless])
def test_rivals_read_the_same_rows(generated: Path, tmp_path: Path, rival: Callable[[Path, Path], object]) -> None:
    assert not rival(generated, tmp_path)
    written = tmp_path / "statements.parquet"
    if written.exists():
        assert pl.read_parquet(written).height == pl.read_csv(generated / "raw" / "statements.csv", infer_schema=False).height


def test_pandas_finds_the_planted_faults(generated: Path, tmp_path: Path) -> None:
    assert rivals.pandas(generated.with_name("raw-faulty"), tmp_path) > 0


@pytest.fixture(scope="module")
def modelled(generated: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The models of the dbt project, run without dbt."""
    with duckdb.connect() as connection:
        for name, query in rivals.dbt_models(generated).items():
            connection.execute(f"CREATE TABLE {name} AS {_plain(query)}")
        yield connection


def _plain(query: str) -> str:
    return REFERENCE.sub(r"\1", query)


def test_dbt_models_give_the_builds_figures(generated: Path, modelled: duckdb.DuckDBPyConnection) -> None:
    columns = ["expulsion_id", "officials_best", "counted_unit", "n_statements", "n_publishers"]
    chosen = pl.col("officials_best").is_not_null()
    ours = tables.compiled(generated)["expulsions"].filter(chosen).select(columns)
    theirs = modelled.execute(f"SELECT {', '.join(columns)} FROM expulsions WHERE officials_best IS NOT NULL ORDER BY 1").fetchall()
    assert theirs == ours.rows()


def test_dbt_tests_pass_on_sound_rows(generated: Path, modelled: duckdb.DuckDBPyConnection) -> None:
    rules = [f"SELECT 1 FROM {table} WHERE NOT coalesce({rule}, true)" for table, rules in rivals.RULES.items() for rule in rules]
    failing = [q for q in (*rules, *rivals.SINGULAR.values()) if modelled.execute(_plain(q)).fetchall()]
    assert not failing


def test_dbt_project_has_the_contracts_tests(generated: Path, tmp_path: Path) -> None:
    rivals.dbt_project(generated, tmp_path / "dbt")
    assert "accepted_values" in (tmp_path / "dbt" / "models" / "schema.yml").read_text(encoding="utf-8")


def test_table_compares_with_the_build() -> None:
    runs = {"this build": [bench.Run(2.0, 1.0, {"write csv": 0.5})], "floor: DuckDB": [bench.Run(1.0, 0.5, {})]}
    output = bench.table(1000, runs)
    assert "| floor: DuckDB | 1.00 | 1.00–1.00 | 0.50 | 0.50 | 1 |" in output


@pytest.mark.parametrize("given", ["0", "-1", "ten", "1e6", " "])
def test_a_number_that_is_none_is_refused(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCH_ROWS", given)
    monkeypatch.setenv("MUTANTS_SHARE", given)
    monkeypatch.setattr(mutants, "mutants", list)
    monkeypatch.setattr("sys.argv", ["it", f"-runs={given}"])
    for measure, what in ((bench, "number of statements"), (mutants, "share"), (fuzz, "number of inputs")):
        with pytest.raises(SystemExit, match=rf'"{given}" is no {what}\. Write digits'):
            measure.main()


def test_no_mutant_drawn_is_no_mutant_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MUTANTS_SHARE", "7")
    monkeypatch.setattr(mutants, "mutants", list)
    with pytest.raises(SystemExit, match=r"one in 7 is none of them\. Write a smaller SHARE"):
        mutants.main()


def test_a_dbt_that_is_no_program_is_told_before_anything_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "DBT", "dbt; touch pwned")
    monkeypatch.setattr(bench.sys, "argv", ["bench"])
    with pytest.raises(SystemExit, match=r'^bench: BENCH_DBT="dbt; touch pwned" is no program\. Give the path of a dbt'):
        bench.main()
