"""``make bench N=1000000``: speed and peak memory beside what a user would otherwise use, all measured in one run.

The generator multiplies the real raw/: each copy has other actors and earlier months, so that rows keep the real
lengths, gaps and languages, and every check has as much to do as on real rows. Each contender runs as a process of
its own, in turn, several times; seconds are wall time with imports, memory is the peak resident size.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl

from scripts.package import contract, store
from tests.measure import rivals

CHUNK = 100
YEARS = 5
RUNS = 3
MOST_FOR_ALL = 1_000_000
DBT = os.environ.get("BENCH_DBT", "")


# --- plausible raw folders ------------------------------------------------------------------------------------------


def generate(root: Path, rows: int, faulty: float = 0.0) -> None:
    """A folder with both descriptors and raw tables of at least ``rows`` statements, a share of them faulty."""
    (root / "raw").mkdir(parents=True)
    shutil.copy(contract.ROOT / "datapackage.json", root)
    shutil.copytree(contract.ROOT / "raw", root / "raw", dirs_exist_ok=True)
    tables = {
        name: pl.read_csv(root / "raw" / f"{name}.csv", infer_schema=False) for name in ("articles", "statements", "expulsions", "answers")
    }
    tables = _named_by_id(tables, root)
    states = _old_states(root)
    copies = -(-rows // tables["statements"].height)
    for name, table in tables.items():
        with (root / "raw" / f"{name}.csv").open("ab") as file:
            for first in range(1, copies, CHUNK):
                numbers = range(first, min(copies, first + CHUNK))
                copied = pl.concat([_copy(name, table, number, states) for number in numbers])
                if faulty and name == "statements":
                    copied = _spoilt(copied, faulty)
                copied.write_csv(file, include_header=False)


def _named_by_id(tables: dict[str, pl.DataFrame], root: Path) -> dict[str, pl.DataFrame]:
    """Actors by their ids; only articles that a statement or an edge rests on, or that say why they yield nothing."""
    raw = contract.raw(root)
    spellings = dict(pl.read_csv(root / "raw" / "spellings.csv", infer_schema=False).iter_rows())
    named = {
        name: table.with_columns(pl.col(f.name).replace(spellings) for f in raw[name].fields.values() if f.spec.get("spelling"))
        for name, table in tables.items()
    }
    used = pl.concat([named["statements"]["article_id"], named["answers"]["article_id"]])
    idle = pl.col("no_expulsion_because").is_not_null()
    return named | {"articles": named["articles"].filter(pl.col("article_id").is_in(used.implode()) | idle)}


def _old_states(root: Path) -> list[str]:
    """States that existed all the time from 1946 on."""
    spells = pl.read_csv(root / "raw" / "memberships.csv", try_parse_dates=True)
    actors = pl.read_csv(root / "raw" / "actors.csv", try_parse_dates=True, null_values="")
    before, kept = pl.date(1946, 1, 1), pl.col("left_on").is_null()
    old = spells.filter((pl.col("organisation") == "COW") & (pl.col("joined_on") < before) & kept)["actor_id"]
    others = actors.filter((pl.col("kind") == "state") & (pl.col("existed_from") < before) & pl.col("existed_until").is_null())["actor_id"]
    return sorted({*old, *others})


def _copy(name: str, table: pl.DataFrame, number: int, states: list[str]) -> pl.DataFrame:
    """The ``number``-th copy of a table: actors turned by ``number`` places, years shifted once all were turned, then ids counted."""
    turned = dict(zip(states, states[number % len(states) :] + states[: number % len(states)], strict=True))
    years = number // len(states) % YEARS
    exprs = []
    for column in table.columns:
        cell = pl.col(column)
        if column in ("expulsion_id", "answers", "included_in", "replaced_by"):
            day, expeller, target, more = (cell.str.extract(r"^([0-9-]+)-([A-Z]+)-([A-Z]+)(?:-([0-9]+))?$", i) for i in (1, 2, 3, 4))
            # The number tells a copy from the rows of other states on the same day.
            last = pl.lit("-") + more.fill_null("1") + f"{number:07}"
            cell = pl.concat_str(_earlier(day, years), pl.lit("-"), expeller.replace(turned), pl.lit("-"), target.replace(turned), last)
        elif column in ("article_id", "statement_id"):
            slug, day, rest = (
                cell.str.extract(r"^(.+?)-((?:1[89]|20)[0-9]{2}(?:-[0-9]{2}){0,2})(-[0-9]+)?(\.[0-9]+)?$", i) for i in (1, 2, 3)
            )
            dot = cell.str.extract(r"(\.[0-9]+)$").fill_null("")
            cell = pl.concat_str(slug, pl.lit(f"-w{number}-"), _earlier(day, years), rest.fill_null(""), dot)
        elif column in ("expeller", "target", "nationality", "accredited_to", "denied_by"):
            cell = cell.replace(turned)
        elif column in ("published_on", "announced_on", "acted_from", "acted_until", "leave_by"):
            cell = _earlier(cell, years)
        elif column == "url":
            cell = cell + pl.when(cell.str.contains("?", literal=True)).then(pl.lit("&")).otherwise(pl.lit("?")) + f"copy={number}"
        elif column == "wave":
            cell = pl.lit(None, pl.String)
        exprs.append(cell.alias(column))
    return table.select(exprs)


def _earlier(day: pl.Expr, years: int) -> pl.Expr:
    """A vague day some years earlier."""
    year = (day.str.slice(0, 4).cast(pl.Int64) - years).cast(pl.String)
    return pl.concat_str(year, day.str.slice(4).str.replace("-02-29", "-02-28", literal=True)) if years else day


def _spoilt(statements: pl.DataFrame, share: float) -> pl.DataFrame:
    """Every so many rows one of five faults."""
    every = round(1 / share)
    place = pl.int_range(pl.len())
    faults = {
        "vantage": "nobody",
        "officials_low": "many",
        "announced_on": "2022-02-30",
        "accredited_to": "Nowhere",
        "says": "Two  blanks.",
    }
    return statements.with_columns(
        pl.when((place % every == 0) & (place // every % len(faults) == i)).then(pl.lit(value)).otherwise(pl.col(column)).alias(column)
        for i, (column, value) in enumerate(faults.items())
    )


# --- what is measured -------------------------------------------------------------------------------------------------


def build(root: Path, out: Path) -> dict[str, float]:
    """Read with all checks, compile, write CSV and Parquet; seconds of each."""
    from scripts.compile import tables

    laps = dict.fromkeys(("read, check, compile", "write csv", "write parquet"), 0.0)
    start = time.perf_counter()

    def lap(step: str) -> None:
        nonlocal start
        laps[step] += time.perf_counter() - start
        start = time.perf_counter()

    compiled = tables.compiled(root)
    lap("read, check, compile")
    for name, frame in compiled.items():
        for form, content in (("csv", store.csv_bytes), ("parquet", store.parquet_bytes)):
            (out / f"{name}.{form}").write_bytes(content(frame))
            lap(f"write {form}")
    return laps


def load(root: Path, out: Path) -> dict[str, float]:
    """The database with keys, checks and views from the CSVs in ``out``, then every rule."""
    import duckdb

    from scripts.query import database
    from validation import run

    (out / "bench.duckdb").unlink(missing_ok=True)
    with duckdb.connect(str(out / "bench.duckdb")) as connection:
        start = time.perf_counter()
        database.build(connection, contract.product(root), out)
        laps = {"database and views": time.perf_counter() - start}
        start = time.perf_counter()
        run.violations(connection)
    return laps | {"rules": time.perf_counter() - start}


def faulty(root: Path, out: Path) -> dict[str, float]:
    """Read the folder in which a hundredth of the statements are faulty, and report."""
    from scripts.compile import tables

    try:
        tables.compiled(root.with_name(root.name + "-faulty"))
    except SystemExit:
        return {}
    raise AssertionError("The faulty folder was compiled.")


def dbt(root: Path, out: Path) -> dict[str, float]:
    """The same tables as a dbt build; needs the path of a dbt in the environment variable BENCH_DBT."""
    folder = out / "dbt"
    shutil.rmtree(folder, ignore_errors=True)
    rivals.dbt_project(root, folder)
    subprocess.run([DBT, "build", "--quiet", "--project-dir", str(folder), "--profiles-dir", str(folder)], check=True)
    return {}


def plain(function: Callable[[Path, Path], Any]) -> Callable[[Path, Path], dict[str, float]]:
    """A contender without steps of its own."""

    def run(root: Path, out: Path) -> dict[str, float]:
        function(root, out)
        return {}

    return run


CONTENDERS: dict[str, Callable[[Path, Path], dict[str, float]]] = {
    "this build": build,
    "this build, 1 % faulty": faulty,
    "database and rules": load,
    "floor: DuckDB": plain(rivals.floor),
    "dbt-duckdb": dbt,
    "pandas": plain(rivals.pandas),
    "frictionless-py": plain(rivals.frictionless),
}
# These take so long at a million rows that one run says enough; beyond, only the build and its floor are measured.
SLOW = {"pandas", "frictionless-py"}


@dataclass(frozen=True)
class Run:
    """One run of one contender: wall seconds with imports, peak memory in GiB, seconds of its steps."""

    seconds: float
    memory: float
    steps: dict[str, float]


def measured(name: str, root: Path, out: Path) -> Run:
    """Run a contender as a process of its own."""
    out.mkdir(parents=True, exist_ok=True)
    report = out / "steps.json"
    command = [sys.executable, "-m", "tests.measure.bench", name, str(root), str(out)]
    start = time.perf_counter()
    child = subprocess.Popen(command, cwd=contract.ROOT, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"bench: {name} ended with {child.returncode}.")
    return Run(seconds, usage.ru_maxrss / 2**20, json.loads(report.read_text(encoding="utf-8")))


def table(rows: int, runs: dict[str, list[Run]]) -> str:
    """Markdown: medians, ratios to the build, peak memory."""
    ours = statistics.median(run.seconds for run in runs["this build"])
    lines = [
        f"| {rows:,} statements | Seconds (median) | Spread | Build is … × as quick | Peak memory, GiB | Runs |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, own in runs.items():
        seconds = [run.seconds for run in own]
        median = statistics.median(seconds)
        peak = max(run.memory for run in own)
        lines.append(f"| {name} | {median:.2f} | {min(seconds):.2f}–{max(seconds):.2f} | {median / ours:.2f} | {peak:.2f} | {len(own)} |")
        for step in own[0].steps:
            lines.append(f"| … {step} | {statistics.median(run.steps[step] for run in own):.2f} | | | | |")
    return "\n".join(lines)


def main() -> None:
    """Measure all contenders on N statements (environment variable BENCH_ROWS), in turn, and print the table."""
    if len(sys.argv) == 4:
        name, root, out = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
        (out / "steps.json").write_text(json.dumps(CONTENDERS[name](root, out)), encoding="utf-8")
        return
    given = os.environ.get("BENCH_ROWS") or "100000"
    if not given.isdecimal() or int(given) < 1:
        raise SystemExit(f'bench: "{given}" is no number of statements. Write digits, as in make bench N=100000.')
    rows = int(given)
    if DBT and not shutil.which(DBT):
        raise SystemExit(f'bench: BENCH_DBT="{DBT}" is no program. Give the path of a dbt, or leave it empty.')
    names = [name for name in CONTENDERS if name != "dbt-duckdb" or DBT]
    if rows > MOST_FOR_ALL:
        names = ["this build", "floor: DuckDB"]
    runs: dict[str, list[Run]] = {name: [] for name in names}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "raw"
        generate(root, rows)
        if "this build, 1 % faulty" in names:
            generate(root.with_name("raw-faulty"), rows, 0.01)
        for turn in range(RUNS):
            for name in names:
                if turn == 0 or (name not in SLOW and rows <= MOST_FOR_ALL):
                    # The database is made from what the build wrote.
                    out = Path(folder) / ("this build" if name == "database and rules" else name)
                    runs[name].append(measured(name, root, out))
    print(table(rows, runs))


if __name__ == "__main__":
    main()
