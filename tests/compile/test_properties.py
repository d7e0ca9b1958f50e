"""What holds for every raw folder, not for one."""

import csv
import io
import shutil
import tempfile
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from polars.testing import assert_frame_equal

from scripts.compile import reader, tables, tidy
from scripts.compile.expulsions import compile_dyads, compile_expulsions
from scripts.compile.problems import Problems
from scripts.package import contract, store
from scripts.package.contract import ROOT
from tests.measure import damage

RAW = reader.read(Problems())
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))

figures = st.one_of(st.none(), st.integers(1, 90))
pairs = st.sampled_from([("FRA", "RUS"), ("RUS", "FRA"), ("RUS", "DEU"), ("DEU", "RUS")])
events = st.lists(
    st.fixed_dictionaries(
        {
            "pair": pairs,
            "best": figures,
            "posts": figures,
            "status": st.sampled_from(["confirmed", "retracted"]),
            "inside": st.booleans(),
            "day": st.dates(),
        }
    ),
    min_size=1,
    max_size=20,
)


def _expulsions(rows: list[dict]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            (f"x{n}", *r["pair"], r["best"], r["best"], r["best"], r["posts"], r["status"], "x0" if r["inside"] else None, r["day"], "yes")
            for n, r in enumerate(rows)
        ],
        schema={
            "expulsion_id": pl.String, "expeller": pl.String, "target": pl.String, "officials_low": pl.Int64, "officials_best": pl.Int64,
            "officials_high": pl.Int64, "posts_cut": pl.Int64, "status": pl.String, "included_in": pl.String, "announced_on": pl.Date, "persons_ordered": pl.String,
        },
        orient="row",
    )  # fmt: skip


@QUICK
@given(events)
def test_dyad_totals_equal_sums(rows: list[dict]) -> None:
    frame = _expulsions(rows)
    kept = [r for r in rows if r["status"] != "retracted"]
    added = [r for r in kept if not r["inside"]]
    dyads = compile_dyads(frame)
    assert dyads["expulsions"].sum() == len(kept)
    assert dyads["officials_known"].sum() == sum(r["best"] or 0 for r in added)
    assert dyads["n_unknown"].sum() == sum(r["best"] is None for r in added)
    assert dyads["posts_cut"].sum() == sum(r["posts"] or 0 for r in added)


@QUICK
@given(events)
def test_swapping_all_sides_swaps_the_dyads(rows: list[dict]) -> None:
    frame = _expulsions(rows)
    swapped = compile_dyads(frame.rename({"expeller": "target", "target": "expeller"}))
    back = swapped.rename({"expeller": "target", "target": "expeller"})
    assert_frame_equal(back.sort("expeller", "target"), compile_dyads(frame).sort("expeller", "target"), check_column_order=False)


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
