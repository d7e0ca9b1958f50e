"""What holds for every raw folder, not for one."""

import csv
import io
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from scripts.compile import reader, tables, tidy
from scripts.compile.expulsions import compile_expulsions
from scripts.compile.problems import Problems
from scripts.package import contract, store
from scripts.package.contract import ROOT
from tests.measure import damage

RAW = reader.read(Problems())
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(st.integers(0, 10**6))
def test_row_order_never_matters(seed: int) -> None:
    shuffled = {name: frame.sample(fraction=1, shuffle=True, seed=seed) for name, frame in RAW.items()}
    one, two = (compile_expulsions(raw).drop("line").sort("expulsion_id") for raw in (RAW, shuffled))
    assert_frame_equal(one, two, check_row_order=True)


def test_tidy_has_nothing_to_do() -> None:
    for table in contract.raw().tables.values():
        text = (ROOT / table.file).read_text(encoding="utf-8")
        assert tidy.canonical(table, text) == text, f"run make tidy: {table.file}"


@QUICK
@given(st.integers(0, 10**6))
def test_tidy_undoes_a_shuffle(seed: int) -> None:
    import random

    for table in contract.raw().tables.values():
        text = (ROOT / table.file).read_text(encoding="utf-8")
        # The canonical form is sorted by key, so the first rows of a file are canonical too.
        text = "".join(text.splitlines(keepends=True)[:400])
        header, *rows = list(csv.reader(io.StringIO(text)))
        random.Random(seed).shuffle(rows)
        mixed = io.StringIO()
        csv.writer(mixed, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([header, *rows])
        assert tidy.canonical(table, mixed.getvalue()) == text


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=300), st.sampled_from(["articles", "claims", "spellings"]))
def test_reader_reports_whatever_bytes_it_meets(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copy(ROOT / "datapackage.json", root)
        (root / "raw").mkdir()
        shutil.copy(ROOT / "raw" / "datapackage.json", root / "raw")
        for table in contract.raw(root).tables.values():
            (root / table.file).write_text(",".join(table.columns) + "\n", encoding="utf-8")
        path = root / "raw" / f"{name}.csv"
        path.write_bytes(path.read_bytes() + content)
        problems = Problems()
        frames = reader.read(problems, root)
        assert problems.all().height or content.decode().strip() == "" or frames[name].height


# 48 and 61 repeat articles, which once ended in a traceback.
@pytest.mark.parametrize("seed", [0, 1, 2, 3, 48, 61])
def test_damaged_tables_are_told_or_compiled(seed: int) -> None:
    assert damage.outcome(seed) in ("told", "compiled")


def test_shuffled_files_give_the_same_bytes(root: Path) -> None:
    if (ROOT / "build" / "releases").is_dir():
        shutil.copytree(ROOT / "build" / "releases", root / "build" / "releases")
    for table in ("statements", "expulsions", "answers"):
        path = root / "raw" / f"{table}.csv"
        header, *rows = path.read_text(encoding="utf-8").splitlines()
        path.write_text("\n".join([header, *reversed(rows), ""]), encoding="utf-8")
    one, two = tables.compiled(), tables.compiled(root)
    assert all(store.csv_bytes(one[n]) == store.csv_bytes(two[n]) for n in one)
