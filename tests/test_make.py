"""make: what it reads, what it hands on, what it starts and when; and the same bytes in another folder, zone, locale and umask."""

import hashlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts.package import contract
from scripts.package.contract import ROOT
from scripts.package.store import Store
from tests import world

CSV = [f"build/{name}.csv" for name in contract.product().tables]
RAW = [table.file for table in contract.raw().tables.values()]
MADE = {
    "scripts.compile.tables": [*CSV, *(path.replace(".csv", ".parquet") for path in CSV)],
    "scripts.query.database": ["build/expulsions.duckdb"],
    "scripts.query.codebook": ["build/codebook.md"],
    "scripts.query.cookbook": ["build/cookbook.md"],
    "validation.run": ["build/validation/results.json"],
    "scripts.explore.figures": [
        "build/figures/officials.svg",
        "build/figures/officials.png",
        "build/figures/decisions.svg",
        "build/figures/decisions.png",
        "build/figures/moscow.svg",
        "build/figures/moscow.png",
        "build/figures/claims.md",
    ],
    "scripts.explore.site": ["build/site/index.html"],
}
GRAPH = ["build", "figures", "site"]
# The codebook rests on the database: whatever moves that moves all.
ALL = ["codebook", "cookbook", "database", "figures", "site", "tables", "validation"]
BEHIND_VIEWS = ["codebook", "cookbook", "database", "figures", "site", "validation"]
HOSTILE = "$(shell touch pwned)$$(touch pwned)`touch pwned`'\"; touch pwned; %"
# What a name of a file could do while make reads it.
NAMES = [
    "a;touch pwned;b{}",
    "$(touch pwned){}",
    "`touch pwned`{}",
    "$(shell touch pwned){}",
    "it's{}",
    "a: pwned{}",
    "statements - Kopie{}",
]


def make(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run make as a person would."""
    return subprocess.run(
        ["make", *arguments], cwd=folder, env=os.environ | environment, capture_output=True, text=True, umask=0o077, check=False
    )


class Sketch:
    """A checkout whose Python only notes what it is called with, and touches what a step would make."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for file in (
            *RAW, "scripts/compile/tables.py", "scripts/query/views/one.sql", "scripts/explore/page/main.js", "validation/run.py",
            "validation/rules/one.sql", "build/releases/1.0.0/SHA256SUMS", ".venv/.ready", ".venv/pyvenv.cfg",
        ):  # fmt: skip
            self.touch(file)
        for name in ("Makefile", "datapackage.json", "raw/datapackage.json", "requirements.lock"):
            shutil.copy2(ROOT / name, folder / name)
        self.python(".venv/bin/python")

    def touch(self, file: str) -> None:
        path = self.folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()

    def python(self, file: str) -> None:
        """A Python that notes its arguments in ``.called`` and its environment in ``.handed``."""
        path, here = self.folder / file, shlex.quote(str(self.folder))
        path.parent.mkdir(parents=True, exist_ok=True)
        cases = "".join(
            f"{step}) mkdir -p build/figures build/site build/validation; touch {' '.join(made)};;\n" for step, made in MADE.items()
        )
        path.write_text(f'#!/bin/sh\necho "$*" >> {here}/.called\nenv -0 > {here}/.handed\ncase "$2" in\n{cases}esac\n')
        path.chmod(0o755)

    def make(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return make(self.folder, *arguments, **variables)

    def called(self) -> list[str]:
        """What Python was called with since this was asked last."""
        log = self.folder / ".called"
        lines = log.read_text().splitlines() if log.exists() else []
        log.unlink(missing_ok=True)
        return lines

    def steps(self, *arguments: str) -> list[str]:
        """The steps that make runs, by name."""
        done = self.make(*(arguments or GRAPH))
        assert not done.returncode, done.stderr
        # The next touch has to be newer by the kernel's coarse clock.
        time.sleep(0.01)
        return sorted(line.removeprefix("-m ").removesuffix(".run").rpartition(".")[2] for line in self.called())

    def handed(self) -> dict[str, str]:
        """The environment in which Python was called last."""
        return dict(entry.split("=", 1) for entry in (self.folder / ".handed").read_text().split("\0") if entry)

    def state(self) -> dict[str, int]:
        return {str(path): path.lstat().st_mtime_ns for path in (self.folder, *self.folder.rglob("*"))}


@pytest.fixture
def sketch(tmp_path: Path) -> Sketch:
    folder = tmp_path / 'it\'s a "checkout", $(x) #1; 5%: é'
    folder.mkdir()
    return Sketch(folder)


# --- reading the Makefile ------------------------------------------------------------------------------------------------


def test_reading_runs_nothing() -> None:
    """No program is started while make reads, and nothing that was read is read again as a rule."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    outside_recipes = re.sub(r"(?m)^\t.*$", "", text)
    assert not re.findall(r"\$[({](?:shell|eval)\b|!=|\.SECONDEXPANSION", outside_recipes)


def test_reading_takes_the_tables_from_the_descriptors(sketch: Sketch) -> None:
    show = "include Makefile\nshow:\n\t@printf '%s\\n' $(RAW) = $(CSV) = $(PARQUET)\n"
    done = subprocess.run(["make", "-f", "-", "show"], input=show, cwd=sketch.folder, capture_output=True, text=True, check=True)
    raw, csv, parquet = (part.split() for part in done.stdout.split("="))
    assert raw == ["datapackage.json", "raw/datapackage.json", *RAW]
    assert csv == CSV and [*csv, *parquet] == MADE["scripts.compile.tables"]


@pytest.mark.parametrize("name", NAMES)
def test_names_in_raw_are_never_run(sketch: Sketch, name: str) -> None:
    """Reading changes no file and no date, whatever lies in raw/; only the command, which tells of strangers, is called."""
    sketch.steps()
    sketch.touch("raw/" + name.format(".csv"))
    before = sketch.state()
    for arguments in (["help"], ["-n", *GRAPH], ["-q", *GRAPH]):
        assert "***" not in sketch.make(*arguments).stderr
    assert sketch.state() == before
    assert sketch.steps() == ALL
    assert not list(sketch.folder.rglob("pwned"))


@pytest.mark.parametrize(
    "place",
    [
        "scripts/{}.py",
        "scripts/query/views/{}.sql",
        "validation/rules/{}.sql",
        "scripts/explore/page/{}.js",
        "build/releases/1.0.0/{}",
        "build/releases/{}",
    ],
)
@pytest.mark.parametrize("name", NAMES)
def test_names_elsewhere_are_refused(sketch: Sketch, place: str, name: str) -> None:
    """A file of code or of a release whose name make would read as a rule is named, and nothing is run."""
    # That a part of a name is a file too is when the rest of it would be run.
    sketch.touch(place.format("a"))
    sketch.touch(place.format(name.format("")))
    for goal in ("help", "build"):
        done = sketch.make(goal)
        assert done.returncode and "rename or remove" in done.stderr and name.format("") in done.stderr
    assert not sketch.called() and not list(sketch.folder.rglob("pwned"))


@pytest.mark.parametrize("descriptor", ["datapackage.json", "raw/datapackage.json"])
def test_a_descriptor_that_names_no_table_is_told(sketch: Sketch, descriptor: str) -> None:
    sketch.steps()
    for change in (lambda path: path.write_text("{}"), Path.unlink):
        change(sketch.folder / descriptor)
        done = sketch.make("data")
        assert done.returncode and "have to name the tables; restore them" in done.stderr


@pytest.mark.parametrize("letter", ["\\", "*", "?", "["])
def test_a_path_that_is_a_pattern_is_refused(tmp_path: Path, letter: str) -> None:
    folder = tmp_path / f"a{letter}b"
    folder.mkdir()
    done = Sketch(folder).make("build")
    assert done.returncode and f"The path of this checkout holds {letter}: move it" in done.stderr


def test_help_lists_every_target_under_a_heading() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = set(re.findall(r"(?m)^\.PHONY: (help .*)$", text)[0].split())
    first, *shown = make(ROOT, "help").stdout.strip().splitlines()
    assert first == "Build"
    assert {line.split()[1] for line in shown if line.startswith("  make ")} == phony - {"FORCE"}
    assert all(re.fullmatch(r"  make [a-z-]+ +\S.*|[A-Z][a-z ]+|", line) for line in shown[:-1])
    assert "make -B" in shown[-1]


# --- what is made when ---------------------------------------------------------------------------------------------------


def test_nothing_is_done_twice(sketch: Sketch) -> None:
    assert sketch.steps() == ALL
    assert sketch.steps() == []


@pytest.mark.parametrize(
    ("file", "steps"),
    [
        ("raw/statements.csv", ALL),
        ("datapackage.json", ALL),
        ("raw/datapackage.json", ALL),
        ("build/releases/1.0.0/SHA256SUMS", ALL),
        ("build/releases/1.1.0/SHA256SUMS", ALL),
        ("raw/strangers.csv", ALL),
        ("build/.journal", ALL),
        ("scripts/compile/tables.py", ALL),
        ("scripts/query/views/one.sql", BEHIND_VIEWS),
        ("scripts/query/views/two.sql", BEHIND_VIEWS),
        ("validation/rules/one.sql", ["site", "validation"]),
        ("validation/rules/two.sql", ["site", "validation"]),
        ("validation/run.py", ["site", "validation"]),
        ("scripts/explore/page/main.js", ["figures", "site"]),
        ("raw/.~lock.statements.csv#", []),
        ("raw/.statements.csv.swp", []),
        ("raw/statements.csv~", []),
        ("raw/~$statements.xlsx", []),
        ("README.md", []),
    ],
)
def test_an_edit_runs_what_rests_on_it(sketch: Sketch, file: str, steps: list[str]) -> None:
    sketch.steps()
    sketch.touch(file)
    assert sketch.steps() == steps


@pytest.mark.parametrize(
    ("file", "steps"),
    [
        ("raw/statements.csv", ALL),
        ("scripts/query/views/two.sql", BEHIND_VIEWS),
        ("validation/rules/two.sql", ["site", "validation"]),
        ("build/releases/1.0.0/two.csv", ALL),
        ("build/actors.parquet", ALL),
        ("build/expulsions.duckdb", BEHIND_VIEWS),
    ],
)
def test_a_file_that_is_gone_is_seen(sketch: Sketch, file: str, steps: list[str]) -> None:
    sketch.touch(file)
    sketch.steps()
    (sketch.folder / file).unlink()
    assert sketch.steps() == steps


def test_an_edit_under_a_clock_that_was_set_back(sketch: Sketch) -> None:
    """-B makes all anew, and not the environment."""
    sketch.steps()
    sketch.python("python3")
    shutil.copy(ROOT / "pyproject.toml", sketch.folder)
    (sketch.folder / "scripts" / "package").mkdir()
    shutil.copy(ROOT / "scripts" / "package" / "environment.py", sketch.folder / "scripts" / "package")
    os.utime(sketch.folder / "scripts" / "package" / "environment.py", (10**9, 10**9))
    os.utime(sketch.folder / "raw" / "statements.csv", (10**9, 10**9))
    assert sketch.steps() == []
    assert sketch.steps("-B", f"PYTHON={sys.executable}", *GRAPH) == ALL


def test_an_edit_during_a_command_is_newer_than_what_the_command_writes(tmp_path: Path) -> None:
    edited = tmp_path / "edited.csv"
    with Store(tmp_path).locked() as store:
        time.sleep(0.02)
        edited.touch()
        time.sleep(0.02)
        store.commit({"build/written.csv": b"of what was read before"})
    assert (tmp_path / "build" / "written.csv").stat().st_mtime_ns < edited.stat().st_mtime_ns


# --- variables and the environment ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("goal", "variable", "handed"),
    [
        ("verify-sources", "TEXTS", "TEXTS_FOLDER"),
        ("bench", "N", "BENCH_ROWS"),
        ("bench", "BENCH_DBT", "BENCH_DBT"),
        ("check-sheet", "N", "SHEET_N"),
        ("check-sheet", "SEED", "SHEET_SEED"),
        ("read-sheet", "FILE", "SHEET_FILE"),
        ("read-sheet", "CODER", "SHEET_CODER"),
        ("mutants", "SHARE", "MUTANTS_SHARE"),
        ("diff", "FROM", "DIFF_FROM"),
        ("diff", "TO", "DIFF_TO"),
        ("verify", "VERSION", "VERIFY_VERSION"),
        ("verify", "ZIP", "VERIFY_ZIP"),
        ("cite", "QUERY", "CITE_QUERY"),
        ("fuzz", "RUNS", "FUZZ_RUNS"),
        ("data", "PYTHON", "PYTHON"),
    ],
)
def test_a_variable_is_text(sketch: Sketch, goal: str, variable: str, handed: str) -> None:
    """What is typed arrives as it was typed; nothing in it is run, be it at reading or in a recipe."""
    for name in (".venv/.mutation", ".fuzz/.ready", ".fuzz/pyvenv.cfg"):
        sketch.touch(name)
    sketch.python(".fuzz/bin/python")
    shutil.copy(ROOT / "mutation.lock", sketch.folder)
    os.utime(sketch.folder / "mutation.lock", (10**9, 10**9))
    done = sketch.make(goal, f"{variable}={HOSTILE}")
    assert not done.returncode, done.stderr
    assert sketch.handed()[handed] == HOSTILE
    assert not list(sketch.folder.rglob("pwned"))


@pytest.mark.parametrize(
    ("arguments", "unknown", "nearest"),
    [
        (["cite", "QUERRY=expeller='RUS'"], "QUERRY", ["QUERY"]),
        (["verify", "VERSON=1.0.0"], "VERSON", ["VERSION", "ZIP"]),
        (["bench", "ROWS=10"], "ROWS", ["N", "BENCH_DBT"]),
        (["cite", "VERSION=1.0.0"], "VERSION", ["QUERY"]),
        (["diff", "FROM=1.0.0", "UNTIL=1.1.0"], "UNTIL", ["FROM", "TO"]),
        (["build", "QUERRY="], "QUERRY", ["QUERY", "VERSION", "TEXTS"]),
        ([f"X={HOSTILE}", "build"], "X", ["QUERY"]),
    ],
)
def test_a_variable_that_no_target_knows_is_refused(sketch: Sketch, arguments: list[str], unknown: str, nearest: list[str]) -> None:
    """By name, with those that the target knows, or with all if it knows none."""
    done = sketch.make(*arguments)
    assert done.returncode and f"takes no {unknown}." in done.stderr
    assert [name for name in nearest if f" {name}=" not in done.stderr] == []
    assert not sketch.called() and not (sketch.folder / "pwned").exists()


def test_a_variable_of_the_environment_is_nobodys(sketch: Sketch) -> None:
    """Other programs' settings are called so too: ZIP holds options of zip, VERSION what a CI builds."""
    named = {"VERSION": "9", "ZIP": "-9", "QUERY": "x", "FROM": "a", "TO": "b", "N": "5", "TEXTS": "t", "SHARE": "2", "RUNS": "1"}
    assert not sketch.make("verify", **named).returncode
    handed = sketch.handed()
    assert {handed[name] for name in ("VERIFY_VERSION", "VERIFY_ZIP", "CITE_QUERY", "DIFF_FROM", "DIFF_TO", "BENCH_ROWS")} == {""}
    assert not handed.keys() & named.keys()


STRANGE = dict.fromkeys(
    (
        "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_DRY_RUN", "PIP_NO_DEPS", "PIP_CONSTRAINT", "PIP_REQUIREMENT", "PIP_PYTHON",
        "PIP_NO_BINARY", "PIP_REQUIRE_VIRTUALENV", "PYTHONPATH", "PYTHONHOME", "PYTHONSAFEPATH", "PYTHONOPTIMIZE", "PYTHONSTARTUP",
        "PYTHONWARNINGS", "PYTHONINSPECT", "PYTHONIOENCODING", "PYTHONPLATLIBDIR", "PYTHONUSERBASE", "MATPLOTLIBRC", "MPLCONFIGDIR",
        "MPLBACKEND", "POLARS_ENGINE_AFFINITY", "POLARS_IGNORE_TIMEZONE_PARSE_ERROR", "GX_CLOUD_ACCESS_TOKEN", "DUCKDB_CUSTOM_PLATFORM",
        "__PYVENV_LAUNCHER__",
    ),
    "/nowhere",
)  # fmt: skip
OWN = dict.fromkeys(
    (
        "PIP_INDEX_URL", "PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_NO_INDEX", "PIP_TRUSTED_HOST", "PIP_CERT", "PIP_PROXY",
        "PIP_CONFIG_FILE", "PYTHONDONTWRITEBYTECODE", "POLARS_MAX_THREADS", "HOME",
    ),
    "mine",
)  # fmt: skip


def test_settings_end_at_make_and_an_index_of_ones_own_does_not(sketch: Sketch) -> None:
    """In each step, and in what sets the environment up."""
    sketch.python("python3")
    fixed = {"PYTHONUTF8": "1", "PYTHONHASHSEED": "0", "GX_ANALYTICS_ENABLED": "false"}
    for wanted in ("-m scripts.compile.tables", "-m scripts.package.environment .venv/.ready requirements.lock"):
        done = sketch.make("data", "PYTHON=./python3", **STRANGE, **OWN, **dict.fromkeys(fixed, "7"))
        assert not done.returncode, done.stderr
        assert sketch.called()[0] == wanted
        handed = sketch.handed()
        assert not handed.keys() & STRANGE.keys()
        assert handed.items() >= (OWN | fixed).items()
        (sketch.folder / ".venv" / ".ready").unlink(missing_ok=True)
        shutil.rmtree(sketch.folder / "build")
        sketch.touch("build/releases/1.0.0/SHA256SUMS")


# --- the environment in .venv --------------------------------------------------------------------------------------------


def test_an_environment_is_set_up_before_the_first_step_and_after_its_lock(sketch: Sketch) -> None:
    sketch.python("python3")
    ready, lock = sketch.folder / ".venv" / ".ready", sketch.folder / "requirements.lock"
    for at, setting in ((None, True), (1, True), (3, False)):
        ready.unlink()
        if at:
            ready.touch()
            os.utime(ready, (at, at))
            os.utime(lock, (2, 2))
        assert not sketch.make("tidy", "PYTHON=./python3").returncode
        assert sketch.called() == ["-m scripts.package.environment .venv/.ready requirements.lock"] * setting + ["-m scripts.compile.tidy"]
        ready.touch()


@pytest.mark.parametrize(
    ("link", "config", "anew"),
    [
        (sys.executable, "executable = {real}\n", False),
        ("gone", "executable = {real}\n", True),
        (sys.executable, "executable = /usr/bin/python3.1\n", True),
        (sys.executable, "", True),
        ("", "", False),
    ],
)
def test_an_environment_that_lost_its_python_is_set_up_anew(sketch: Sketch, link: str, config: str, anew: bool) -> None:
    """The interpreter is gone, or the link leads to another one; a copy inside the environment is its own."""
    python = sketch.folder / ".venv" / "bin" / "python"
    if link:
        python.unlink()
        python.symlink_to(link)
    (sketch.folder / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\n" + config.format(real=Path(sys.executable).resolve()))
    sketch.python("python3")
    sketch.make("tidy", "PYTHON=./python3")
    assert ("-m scripts.package.environment .venv/.ready requirements.lock" in sketch.called()) == anew


# --- other folders -------------------------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """The small world in a folder whose path has spaces, signs and letters beyond ASCII, with this environment."""
    folder = tmp_path / "Höflich 'ausgewiesen' – \"вон\" #1; $HOME %20: {a,b}"
    folder.mkdir()
    return world.checkout(folder)


def sums(folder: Path) -> dict[str, str]:
    files = [p for p in (folder / "build").rglob("*") if p.suffix in (".csv", ".parquet", ".md", ".json", ".html", ".svg")]
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files if "releases" not in p.parts}


@pytest.mark.skipif(not (ROOT / ".venv").is_dir(), reason="needs the project's own environment")
def test_same_bytes_elsewhere(elsewhere: Path, small_world: Path) -> None:
    done = make(elsewhere, "build", TZ="Pacific/Kiritimati", LC_ALL="tr_TR.UTF-8", LANG="tr_TR.UTF-8", PYTHONHASHSEED="7")
    assert done.returncode == 0, done.stderr + done.stdout
    here, there = sums(small_world), sums(elsewhere)
    same = set(here) & set(there)
    assert {
        "build/expulsions.csv",
        "build/dyads.parquet",
        "build/codebook.md",
        "build/cookbook.md",
        "build/validation/results.json",
    } <= same
    assert {name for name in same if here[name] != there[name]} == set()

    again = make(elsewhere, "build")
    assert again.stdout.strip() in ("", "make: Nothing to be done for 'build'.")

    kept = sums(elsewhere)
    page = elsewhere / "raw" / "statements.csv"
    page.write_text(page.read_text(encoding="utf-8").replace(",expeller,", ",expelller,", 1), encoding="utf-8")
    (elsewhere / "raw" / "statements - Kopie.csv").touch()
    failed = make(elsewhere, "build")
    assert failed.returncode != 0 and "raw/statements.csv:" in failed.stderr and sums(elsewhere) == kept
    assert "raw/statements - Kopie.csv:1:  No table has this name" in failed.stderr
