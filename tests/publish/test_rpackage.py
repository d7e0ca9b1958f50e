"""The R package: every cell as R reads it, its help, and what R itself says of it."""

import hashlib
import io
import os
import re
import shutil
import subprocess
import tarfile
import time
from pathlib import Path

import polars as pl
import pytest

from scripts.package import citation
from scripts.package.contract import Contract, Field, Table
from scripts.publish import formats, rdata, rpackage

NAME = rpackage.NAME
Tables = dict[str, tuple[Table, pl.DataFrame]]
# Each table as a CSV again, in the form that the package's have.
WRITTEN = """
out <- commandArgs(TRUE)[1]
for (name in data(package = "diplomaticexpulsions")$results[, "Item"]) {
  table <- getExportedValue("diplomaticexpulsions", name)
  exact <- function(x) if (is.factor(x)) as.character(x) else if (is.double(x) && !inherits(x, "Date")) format(x, digits = 17) else x
  kept <- as.data.frame(lapply(table, function(x) ifelse(is.na(x), NA, as.character(exact(x)))))
  write.csv(kept, file.path(out, paste0(name, ".csv")), na = "", row.names = FALSE, fileEncoding = "UTF-8")
}
"""
TOLD = """
library(diplomaticexpulsions)
cat(class(expulsions$announced_on), class(expulsions$counts), class(expulsions$officials_best), class(expulsions$measure), "\\n")
cat(attr(expulsions$measure, "label"), "|", de_labels(subset(expulsions, counts)$measure)[["post_closed"]], "\\n")
cat(nrow(de_panel()), nrow(de_panel(2022, 2022)), unique(de_panel(2022, 2022)$year), rownames(de_panel(2022, 2022))[1], "\\n")
cat(sum(de_panel()$expulsions == 0, na.rm = TRUE), sum(de_panel()$expulsions, na.rm = TRUE), "\\n")
cat(de_cite(), "\\n")
cat(de_cite("bibtex"), "\\n")
cat(citation("diplomaticexpulsions")$title, "\\n")
for (wrong in list(c(2023, 2022), c(1800, 2022), c(NA, 2022), c("a", "b"))) try(de_panel(wrong[1], wrong[2]))
try(de_labels(expulsions$note))
"""


@pytest.fixture(scope="module")
def made(world_contract: Contract, world_rpackage: bytes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dist") / rpackage.file_name(world_contract)
    path.write_bytes(world_rpackage)
    return path


@pytest.fixture(scope="module")
def pages(made: Path) -> dict[str, str]:
    with tarfile.open(made) as tar:
        return {name: tar.extractfile(name).read().decode() for name in tar.getnames() if not name.endswith(".rda")}  # type: ignore[union-attr]


# --- without R -----------------------------------------------------------------------------------------------------------


def test_the_same_tables_make_the_same_bytes(
    world_contract: Contract, world_tables: Tables, world_files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """In any time zone."""
    few = {name: (table, frame.head(100)) for name, (table, frame) in world_tables.items()}
    once = rpackage.archive(world_contract, few, world_files)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    again = rpackage.archive(world_contract, few, world_files)
    monkeypatch.undo()
    time.tzset()
    assert again == once


def test_the_encoder_is_the_one_in_the_lock() -> None:
    """Another version may pack otherwise: a release that was made with this one would then be made anew with other bytes."""
    content = rdata.rda({"x": rdata.strings([f"{n * n % 9973}" for n in range(20_000)])})
    assert hashlib.sha256(content).hexdigest()[:16] == "d74747fb08f1681a"


def test_the_archive_is_sorted_and_without_an_owner(made: Path) -> None:
    with tarfile.open(made) as tar:
        held = tar.getmembers()
    assert [entry.name for entry in held] == sorted(entry.name for entry in held) and all(
        entry.name.startswith(f"{NAME}/") for entry in held
    )
    assert {(entry.uid, entry.gid, entry.uname, entry.gname, entry.mode) for entry in held} == {(0, 0, "", "", 0o644)}


def test_every_table_column_and_code_has_its_help(pages: dict[str, str], world_tables: Tables) -> None:
    for name, (table, _) in world_tables.items():
        page = pages[f"{NAME}/man/{name}.Rd"]
        assert f"\\alias{{{name}}}" in page and rpackage.marked(table.spec["description"]) in page
        for field in table.fields.values():
            assert f"\\item{{\\code{{{field.name}}}}}{{{rpackage.marked(field.spec['title'] + '. ' + field.spec['description'])}" in page
            assert all(f"\\item{{\\code{{{value}}}}}{{{rpackage.marked(output)}}}" in page for value, output in field.labels.items())
    front = pages[f"{NAME}/man/{NAME}-package.Rd"]
    assert all(f"\\link{{{name}}}" in front for name in [*world_tables, "de_panel", "de_cite", "de_labels"])


def test_signs_of_rs_markup_are_taken_as_they_are() -> None:
    assert rpackage.marked("50% of {a}, `x_y{1}` and \\n; `b`") == "50\\% of \\{a\\}, \\code{x_y\\{1\\}} and \\\\n; \\code{b}"
    assert rpackage.marked("`only`") == "\\code{only}" and rpackage.marked("plain") == "plain"


def test_the_description_says_version_day_and_licence(pages: dict[str, str], world_contract: Contract) -> None:
    output = dict(line.split(": ", 1) for line in pages[f"{NAME}/DESCRIPTION"].splitlines())
    assert (output["Version"], output["Date"]) == (world_contract.version, world_contract.spec["created"][:10])
    assert (output["License"], output["Depends"], output["LazyData"], output["NeedsCompilation"]) == (
        "CC BY 4.0",
        "R (>= 4.1)",
        "true",
        "no",
    )
    assert not {"Imports", "Suggests", "LinkingTo"} & output.keys()


def test_r_cites_a_doi_as_soon_as_there_is_one(world_contract: Contract) -> None:
    named = Contract(world_contract.spec | {"id": "https://doi.org/10.5281/zenodo.1", "title": 'A "B"'}, world_contract.tables)
    assert 'doi = "10.5281/zenodo.1"' in rpackage.bibentry(named) and 'title = "A \\"B\\""' in rpackage.bibentry(named)
    assert "doi" not in rpackage.bibentry(world_contract)


def test_an_integer_that_r_does_not_hold_is_an_error() -> None:
    field = Field({"name": "n", "type": "integer", "title": "N"})
    assert rdata.column(pl.Series("n", [2**31 - 1, -(2**31) + 1, None]), field)
    for beyond in (2**31, -(2**31)):
        with pytest.raises(OverflowError, match=r"n holds an integer that R's do not hold\."):
            rdata.column(pl.Series("n", [0, beyond]), field)


# --- with R --------------------------------------------------------------------------------------------------------------


def _r(*command: str, folder: Path, library: Path | None = None) -> str:
    """What R prints, its complaints last; without the machine's settings, which name a mirror to ask."""
    own = os.environ | {"R_LIBS": str(library or ""), "R_PROFILE": os.devnull, "R_PROFILE_USER": os.devnull, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def checked(made: Path) -> tuple[str, Path]:
    """What ``R CMD check`` says, and the library into which it installed the package."""
    if shutil.which("R") is None:
        pytest.skip("R is not installed")
    output = _r("R", "CMD", "check", "--no-manual", str(made), folder=made.parent)
    return output, made.parent / f"{NAME}.Rcheck"


def test_r_checks_it_without_error_or_warning(checked: tuple[str, Path]) -> None:
    """One note stands: texts are in UTF-8."""
    output = checked[0]
    assert f"* checking whether package ‘{NAME}’ can be installed ... OK" in output and "* checking examples ... OK" in output
    assert re.findall(r"^\* checking (.*) \.\.\. (?:NOTE|WARNING|ERROR)$", output, re.MULTILINE) == ["data for non-ASCII characters"], (
        output
    )


def test_r_reads_every_cell(checked: tuple[str, Path], world_tables: Tables, tmp_path: Path) -> None:
    _r("Rscript", "-e", WRITTEN, str(tmp_path), folder=tmp_path, library=checked[1])
    for name, (table, frame) in world_tables.items():
        assert formats.read((tmp_path / f"{name}.csv").read_bytes(), table).equals(frame), name


def test_r_has_types_labels_and_functions(
    checked: tuple[str, Path], world_panel: pl.DataFrame, world_contract: Contract, tmp_path: Path
) -> None:
    """A year that the panel does not cover, and a column without codes, are one sentence each."""
    lines = _r("Rscript", "-e", TOLD, folder=tmp_path, library=checked[1]).splitlines()
    assert lines[:2] == ["Date logical integer factor ", "Measure | a mission or consulate closed "]
    year = world_panel.filter(pl.col("year") == 2022)
    assert lines[2] == f"{world_panel.height} {year.height} 2022 1 "
    assert lines[3] == f"{(world_panel['expulsions'] == 0).sum()} {world_panel['expulsions'].sum()} "
    assert lines[4] == f"{citation.apa(world_contract)} "
    assert "content fingerprint sha256:" in "".join(lines) and f"{world_contract.spec['title']} " in lines
    first, last = world_panel["year"].min(), world_panel["year"].max()
    refused = f"Error : The panel covers {first} to {last}: give a first and a last year of it, in this order."
    message = [line for line in lines if line.startswith("Error")]
    assert message == [refused] * 4 + ["Error : Only columns of codes have labels: give one, as in de_labels(expulsions$measure)."]


def test_the_demo_joins_a_panel_and_fits_a_model(checked: tuple[str, Path], tmp_path: Path) -> None:
    output = _r("Rscript", "-e", f"demo('panel', package = '{NAME}', ask = FALSE, echo = FALSE)", folder=tmp_path, library=checked[1])
    result = re.search(r"(\d+) rows of yours, (\d+) looked for on both sides, (\d+) joined, (\d+) decisions", output)
    assert result and all(int(number) > 0 for number in result.groups()) and "\nyear " in output


def test_bytes_of_a_small_frame_are_those_that_r_writes(checked: tuple[str, Path], tmp_path: Path) -> None:
    """R, asked to write what it read, writes the same values."""
    content = rdata.rda({"x": rdata.strings(["a", None, "é"], {"names": rdata.strings(["p", "q", "r"])})})
    (tmp_path / "x.rda").write_bytes(content)
    code = 'load("x.rda"); stopifnot(identical(x, c(p = "a", q = NA, r = "\\u00e9"))); cat(Encoding(x))'
    assert _r("Rscript", "-e", code, folder=tmp_path).split() == ["unknown", "unknown", "UTF-8"]
    assert io.BytesIO(content).read(6) == b"\xfd7zXZ\0"
