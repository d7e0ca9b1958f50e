"""The do-file: Stata is not free, so it is not run; what it names is looked for in the Stata files, by pandas and, where it is, R's haven."""

import io
import re
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from scripts.package.contract import Contract, Table
from scripts.publish import archive, formats

Tables = dict[str, tuple[Table, pl.DataFrame]]


@pytest.fixture(scope="module")
def files(world_contract: Contract, world_tables: Tables) -> dict[str, bytes]:
    """The two that the do-file opens."""
    return {
        f"{name}.dta": formats.stata(world_tables[name][1], world_tables[name][0], world_contract) for name in ("expulsions", "panel_years")
    }


@pytest.fixture(scope="module")
def code(world_contract: Contract, world_tables: Tables) -> str:
    return archive.do_file(world_contract, world_tables["expulsions"][1])


def test_it_opens_what_lies_beside_it_and_names_its_columns(code: str, files: dict[str, bytes]) -> None:
    """Every word that is none of Stata's is a column of the file opened last."""
    stata = [
        "version",
        "clear",
        "all",
        "use",
        "summarize",
        "if",
        "inrange",
        "td",
        "feb",
        "dec",
        "meanonly",
        "display",
        "r",
        "sum",
        "assert",
        "egen",
        "long",
        "group",
        "xtset",
        "xtdescribe",
        "patterns",
        "keep",
        "missing",
        "tabulate",
        "poisson",
        "vce",
        "cluster",
        "RUS",
        "both_sides",
        "dyad",
        "dta",
    ]
    opened, columns = [], set()
    for line in code.splitlines():
        if line.startswith("use "):
            opened.append(line.split('"')[1])
            columns = set(pd.read_stata(io.BytesIO(files[opened[-1]])).columns)
        elif not line.startswith("*"):
            assert set(re.findall(r"(?<![\w\d])[A-Za-z_]\w*", line)) <= columns | set(stata), line
    assert opened == [*files]


def test_its_number_is_that_of_the_readme(code: str, files: dict[str, bytes], world_contract: Contract) -> None:
    rows = pd.read_stata(io.BytesIO(files["expulsions.dta"]))
    rows = rows[rows["counts"].eq("true") & rows["target"].eq("RUS") & rows["announced_on"].between("2022-02-24", "2022-12-31")]
    assert f"assert r(sum) == {int(rows['officials_best'].sum())}\n" in code and rows["officials_best"].sum() > 0
    assert code.startswith(f"* Diplomatic Expulsions {world_contract.version} in Stata") and "{" not in code


def test_what_it_sets_is_a_panel(files: dict[str, bytes]) -> None:
    """A dyad has a year once, and the level of effort is labelled as it names it."""
    with pd.io.stata.StataReader(io.BytesIO(files["panel_years.dta"])) as reader:
        panel = reader.read()
        labels = reader.value_labels()["effort"]
    assert not panel.duplicated(["expeller", "target", "year"]).any() and "both_sides" in labels.values()
    assert panel.loc[panel["effort"].eq("both_sides"), "expulsions"].notna().any()


def test_haven_reads_the_labels(files: dict[str, bytes], world_tables: Tables, tmp_path: Path) -> None:
    if shutil.which("Rscript") is None or subprocess.run(["Rscript", "-e", "library(haven)"], capture_output=True, check=False).returncode:
        pytest.skip("R's haven is not installed")
    (tmp_path / "expulsions.dta").write_bytes(files["expulsions.dta"])
    code = 'x <- haven::read_dta("expulsions.dta"); cat(nrow(x), sum(x$officials_best, na.rm = TRUE), names(attr(x$measure, "labels")))'
    output = subprocess.run(["Rscript", "-e", code], cwd=tmp_path, capture_output=True, text=True, check=True).stdout.split()
    table, frame = world_tables["expulsions"]
    assert output == [str(frame.height), str(frame["officials_best"].sum()), *table.fields["measure"].enum]
