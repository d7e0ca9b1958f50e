"""Two trial releases of the small world in a repository of their own, and what is refused there."""

import csv
import gzip
import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import duckdb
import pandas as pd
import polars as pl
import pytest

from scripts.package import manifest, snapshot
from scripts.package.contract import ROOT, product
from scripts.publish import diff, semver, verify
from tests import world
from tests.conftest import Sheet

PARTS = ["raw", "scripts", "datapackage.json", "Makefile", "pyproject.toml", "requirements.lock", ".gitignore", ".gitattributes"]
SCOPE = "period_from,period_until,expeller_scope,target_scope\n2022-01-01,2022-12-31,*,RUS\n2022-01-01,2022-12-31,RUS,*\n"
DAYS = {"2.0.0": "2026-01-01", "2.1.0": "2026-02-01"}
ARTICLE_TITLE = "Corrected title"
HOSTILE = "$(shell touch pwned)`touch pwned`'\"; touch pwned"


class Trial:
    """A repository with a copy of the project, in which commands run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, *command: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=self.folder, env=os.environ | variables, capture_output=True, text=True, check=False)

    def script(self, name: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return self.run(sys.executable, "-m", f"scripts.{name}", *arguments, **variables)

    def printed(self, name: str, *arguments: str, **variables: str) -> str:
        """What a command that refuses says; nothing may change."""
        before = self.state()
        done = self.script(name, *arguments, **variables)
        assert done.returncode == 1, done.stdout
        assert "Traceback" not in done.stderr
        assert self.state() == before
        return done.stderr

    def state(self) -> dict[str, str]:
        files = [p for p in self.folder.rglob("*") if p.is_file() and not {".git", ".venv", "__pycache__", ".lock"} & set(p.parts)]
        return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}

    def commit(self, message: str = "Change") -> None:
        who = ["-c", "user.name=Trial", "-c", "user.email=trial@diplomatic-expulsions.invalid", "-c", "commit.gpgsign=false"]
        self.run("git", "add", "-A")
        done = self.run("git", *who, "commit", "-qm", message)
        assert not done.returncode, done.stderr + done.stdout

    def prepare(self, version: str) -> None:
        """Raise the version everywhere and commit."""
        for name, pattern, text in (
            ("datapackage.json", r'"version": "[^"]*"', f'"version": "{version}"'),
            ("datapackage.json", r'"created": "[^"]*"', f'"created": "{DAYS[version]}T00:00:00Z"'),
            ("pyproject.toml", r"(?m)^version = .*$", f'version = "{version}"'),
        ):
            path = self.folder / name
            path.write_text(re.sub(pattern, text, path.read_text(encoding="utf-8"), count=1), encoding="utf-8")
        mains = "from scripts.compile import tables\nfrom scripts.explore import figures\nfrom scripts.publish import cite, metadata\n"
        mains += "from scripts.query import codebook, cookbook, database\n"
        mains += "for it in tables, database, metadata, codebook, cookbook, figures, cite: it.main()"
        done = self.run(sys.executable, "-c", mains)
        assert not done.returncode, done.stderr
        cff = done.stdout.split("CITATION.cff\n")[1].split("\n\n")[0]
        (self.folder / "CITATION.cff").write_text(cff + "\n")
        log = self.folder / "CHANGELOG.md"
        log.write_text(f"## {version}\n\nSaid by a person.\n\n" + (log.read_text() if log.exists() else ""))
        self.commit(f"Prepare {version}")

    def release(self, version: str) -> None:
        done = self.script("publish.release")
        assert not done.returncode, done.stderr
        self.commit(f"Release {version}")


def _cells(sheet: Sheet, column: str) -> list[str]:
    return [row[sheet.header.index(column)] for row in sheet.rows]


def _take_out(root: Path) -> tuple[str, dict[str, list[list[str]]]]:
    """Take out of raw/ the expulsion that rests on the fewest statements, each the last of its article, with all that rests on it.

    Gives its id and the rows before.
    """
    sheets = {name: Sheet(root, name) for name in ("expulsions", "statements", "answers", "articles")}
    before = {name: list(sheet.rows) for name, sheet in sheets.items()}
    about = _cells(sheets["statements"], "expulsion_id")
    named = {*_cells(sheets["expulsions"], "included_in"), *_cells(sheets["expulsions"], "replaced_by")}
    named |= set(_cells(Sheet(root, "harvests"), "expulsion_id"))
    last = {row[1]: row[2] for row in sorted(sheets["statements"].rows, key=lambda row: int(row[0].rsplit(".", 1)[1]))}
    named |= {row[2] for row in sheets["statements"].rows if last[row[1]] != row[2]}
    one = min((key for key in _cells(sheets["expulsions"], "expulsion_id") if key in about and key not in named), key=about.count)
    used = {cell for name in ("statements", "answers") for cell in _cells(sheets[name], "article_id")}
    for name in ("expulsions", "statements", "answers"):
        sheets[name].rows = [row for row in sheets[name].rows if one not in row]
    kept = {cell for name in ("statements", "answers") for cell in _cells(sheets[name], "article_id")} | set(
        _cells(Sheet(root, "claims"), "article_id")
    )
    sheets["articles"].rows = [row for row in sheets["articles"].rows if row[0] not in used - kept]
    for sheet in sheets.values():
        sheet.save()
    return one, before


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    """Release 2.0.0 without one expulsion, release 2.1.0 with it, with a title corrected."""
    folder = tmp_path_factory.mktemp("trial")
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    shutil.copytree(world.RAW, folder / "raw", dirs_exist_ok=True)
    (folder / ".venv").symlink_to(sys.prefix, target_is_directory=True)
    (folder / "raw" / "corrections.csv").write_text("version,table_name,row_id,column_name,kind,reason\n")
    (folder / "LICENSE.md").write_text("Licence\n")
    # A year's panel is as good as one of all years, and quicker.
    (folder / "raw" / "scope.csv").write_text(SCOPE)
    it = Trial(folder)
    it.run("git", "init", "-q")
    (folder / ".git" / "info" / "exclude").write_text(".venv\n")
    spare, before = _take_out(folder)
    it.prepare("2.0.0")
    it.release("2.0.0")
    for name, rows in before.items():
        sheet = Sheet(folder, name)
        sheet.rows = rows
        sheet.save()
    articles = Sheet(folder, "articles")
    articles.set(0, title=ARTICLE_TITLE)
    with (folder / "raw" / "corrections.csv").open("a", newline="") as file:
        line = csv.writer(file, lineterminator="\n").writerow
        line(["2.1.0", "articles", articles.get(0, "article_id"), "title", "value", "Read anew."])
    it.prepare("2.1.0")
    it.release("2.1.0")
    it.spare, it.article = spare, articles.get(0, "article_id")  # type: ignore[attr-defined]
    return it


@pytest.fixture
def again(trial: Trial, tmp_path: Path) -> Trial:
    """A clone of the trial with its built files, to break."""
    folder = tmp_path / "again"
    shutil.copytree(trial.folder, folder, symlinks=True)
    return Trial(folder)


def _state(trial: Trial, version: str) -> snapshot.Snapshot:
    return snapshot.release(version, trial.folder)


# --- what a release is -----------------------------------------------------------------------------------------------


def test_release_folder_holds_tables_descriptor_record_and_checksums(trial: Trial) -> None:
    folder = trial.folder / "build" / "releases" / "2.0.0"
    names = {path.name for path in folder.iterdir()}
    assert names == {f"{t}.csv" for t in product().tables} | {"datapackage.json", "release.json", "SHA256SUMS"}
    assert not trial.run("sha256sum", "--check", "--quiet", "SHA256SUMS").returncode or snapshot.altered(folder) == []
    assert trial.run("git", "ls-files", "--error-unmatch", str(folder / "expulsions.csv")).returncode == 0


def test_zip_has_fixed_dates_and_modes_and_is_whole(trial: Trial) -> None:
    with zipfile.ZipFile(trial.folder / "dist" / "diplomatic-expulsions-2.1.0.zip") as archive:
        infos = archive.infolist()
        assert {(i.date_time, i.external_attr >> 16) for i in infos} == {((1980, 1, 1, 0, 0, 0), 0o100644)}
        assert 0 < sum(i.compress_size for i in infos) < 0.3 * sum(i.file_size for i in infos)
        spec = json.loads(archive.read("datapackage.json"))
        assert spec["version"] == "2.1.0"
        for resource in spec["resources"]:
            content = archive.read(resource["path"])
            stamp = (f"sha256:{hashlib.sha256(content).hexdigest()}", len(content), content.count(b"\n") - 1)
            assert (resource["hash"], resource["bytes"], resource["rows"]) == stamp
        wanted = {"README.md", "LICENSE.md", "CITATION.cff", "codebook.md", "croissant.json", "ro-crate-metadata.json", "SHA256SUMS"}
        assert wanted <= set(archive.namelist())


def test_zip_loads_in_frictionless_as_it_is(trial: Trial) -> None:
    import frictionless

    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(trial.folder / "dist" / "diplomatic-expulsions-2.1.0.zip")).validate()
    assert report.valid, report.flatten(["name", "message"])[:3]


@pytest.fixture(scope="module")
def unpacked(trial: Trial, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The zip as somebody has it who downloaded it."""
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(trial.folder / "dist" / "diplomatic-expulsions-2.1.0.zip") as archive:
        archive.extractall(folder)
    return folder


def test_every_link_in_the_zip_leads_somewhere_in_it(unpacked: Path) -> None:
    pages = sorted(path.relative_to(unpacked).as_posix() for path in unpacked.rglob("*.md"))
    assert pages == ["CHANGELOG.md", "LICENSE.md", "README.md", "codebook.md", "coding-manual.md", "cookbook.md", "figures/claims.md"]
    links = [(page, link) for page in pages for link in re.findall(r"\]\(([^()\s]+)\)", (unpacked / page).read_text(encoding="utf-8"))]
    assert len(links) > 10
    for page, link in links:
        assert re.match("https?:|#", link) or ((unpacked / page).parent / link).exists(), f"{page}: {link}"


def test_what_the_zips_pages_name_is_in_it(unpacked: Path) -> None:
    """And nothing of the repository: what the manual names of it, its first line says."""
    text = (unpacked / "README.md").read_text(encoding="utf-8")
    named = {name for name in re.findall(r"`([\w./*-]+)`", text) if re.search(r"[./]", name)}
    named -= {"diplomatic-expulsions-2.1.0.duckdb", "de.load", "de.describe", "de.connect", "de.cite"}
    assert {"*.csv", "parquet/", "changes.csv", "datapackage.json", "explorer/index.html"} <= named
    assert [name for name in sorted(named - {"explorer/index.html"}) if not list(unpacked.glob(name))] == []
    for page, strange in (
        ("README.md", r"\b(build|raw|dist|scripts)/|\bmake [a-z]|\{"),
        ("codebook.md", r"\b(build|raw|dist|scripts)/[\w*]"),
    ):
        assert not re.search(strange, (unpacked / page).read_text(encoding="utf-8")), page
    assert (unpacked / "coding-manual.md").read_text(encoding="utf-8").startswith("*The page `raw/README.md` of the repository: ")


def _snippets(folder: Path) -> list[tuple[str, str]]:
    result: list[tuple[str, str]] = re.findall(
        r"^```(\w+)\n(.*?)^```$", (folder / "README.md").read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE
    )
    return result


def _ran(language: str, code: str, folder: Path) -> str:
    """What a snippet prints in a folder; empty if its language or a package of it is not at hand."""
    if language == "sql":
        language, code = "python", f"import duckdb; print(duckdb.sql({code!r}).fetchall()[0][0])"
    if language == "python":
        command = [sys.executable, "-I", "-c", code]
    else:
        missing = language != "r" or not shutil.which("Rscript")
        if missing or (
            "frictionless" in code and subprocess.run(["Rscript", "-e", "library(frictionless)"], capture_output=True).returncode
        ):
            return ""
        command = ["Rscript", "-e", code]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert not done.returncode, done.stderr
    return done.stdout.strip()


def test_every_snippet_runs_in_the_folder_of_the_zip(unpacked: Path) -> None:
    """In a language at hand, and all print the same total. Stata is not free."""
    with duckdb.connect() as connection:
        query = "SELECT sum(officials_known)::INTEGER FROM 'dyad_years.csv' WHERE target = 'RUS' AND year = 2022"
        year = connection.sql(query.replace("'dyad", f"'{unpacked}/dyad")).fetchall()[0][0]
    snippets = _snippets(unpacked)
    assert [language for language, _ in snippets] == ["python", "python", "python", "r", "r", "stata", "sql"]
    output = [_ran(language, code, unpacked) for language, code in snippets]
    assert len(set(output) - {""}) == 1 and output[-1] == output[0] and 0 < year - int(output[0]) < 50


def test_the_panel_in_the_zip_is_the_grid_of_the_scope_with_the_rows_of_dyad_years(trial: Trial, unpacked: Path) -> None:
    """Each pair and year in scope once, in three forms; what it has beside dyad_years is zeros where both were looked for, and empty cells."""
    grid = pl.read_parquet(unpacked / "parquet" / "panel_years.parquet")
    known = pl.read_parquet(unpacked / "parquet" / "dyad_years.parquet")
    key = ["expeller", "target", "year"]
    assert grid.columns == known.columns and grid.height == grid.select(key).n_unique() > 350
    assert grid.filter(pl.col("expeller").ne("RUS") & pl.col("target").ne("RUS") & pl.col("expulsions").is_null()).is_empty()
    assert grid["year"].unique().to_list() == [2022]
    assert grid.join(known, on=key, how="semi").equals(known.filter(year=2022))
    rest = grid.join(known, on=key, how="anti")
    assert {*rest["expulsions"].unique()} == {0, None} and {*rest.filter(expulsions=0)["effort"]} == {"both_sides"}
    read = pl.read_csv(gzip.decompress((unpacked / "panel_years.csv.gz").read_bytes()), schema=grid.schema)
    assert read.equals(grid)
    output = pd.read_stata(unpacked / "stata" / "panel_years.dta", columns=["expeller", "expulsions", "effort"])
    assert output["expeller"].tolist() == grid["expeller"].to_list() and output["expulsions"].sum() == grid["expulsions"].sum()


def test_verify_rebuilds_an_earlier_release_elsewhere_whatever_zone_and_umask(trial: Trial) -> None:
    command = f"umask 077; {shlex.quote(sys.executable)} -m scripts.publish.verify"
    done = trial.run("sh", "-c", command, VERIFY_VERSION="2.0.0", TZ="Pacific/Auckland", LC_ALL="C")
    assert not done.returncode, done.stderr
    assert "byte for byte" in done.stdout
    assert "the database by its content" in done.stdout


def test_verify_proves_a_zip_and_finds_each_way_to_alter_it(trial: Trial, tmp_path: Path) -> None:
    good = trial.folder / "dist" / "diplomatic-expulsions-2.0.0.zip"
    assert "release 2.0.0, byte for byte" in trial.script("publish.verify", VERIFY_ZIP=str(good)).stdout
    with zipfile.ZipFile(good) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    bad = tmp_path / "bad.zip"

    def output(**changed: bytes | None) -> str:
        with zipfile.ZipFile(bad, "w") as archive:
            for name, content in ({**files} | {k.replace("__", "."): v for k, v in changed.items()}).items():
                if content is not None:
                    archive.writestr(name, content)
        return _refused(bad)

    def _refused(path: Path) -> str:
        with pytest.raises(snapshot.RefusedError) as refusal:
            verify.proved(path, trial.folder)
        return str(refusal.value)

    assert "dyads.csv has other bytes" in output(dyads__csv=files["dyads.csv"].replace(b"RUS", b"USR", 1))
    assert "dyads.csv is missing" in output(dyads__csv=None)
    assert "extra.csv is not part of it" in output(extra__csv=b"a\n")
    assert "datapackage.json cannot be read" in output(datapackage__json=b"{")
    assert "is no release" in output(SHA256SUMS=None)
    # Consistent with itself, yet another zip than the one released.
    assert "not the zip that was released as 2.0.0" in output()
    bad.write_bytes(good.read_bytes()[:-100])
    assert "damaged or no zip" in _refused(bad)


@pytest.mark.parametrize(
    ("script", "variables", "sentence"),
    [
        ("publish.verify", {}, "Name a release or a zip"),
        ("publish.verify", {"VERIFY_VERSION": "9.9.9"}, 'There is no release "9.9.9". Released: 2.0.0, 2.1.0.'),
        ("publish.verify", {"VERIFY_VERSION": "../../x"}, 'There is no release "../../x"'),
        ("publish.verify", {"VERIFY_ZIP": "none.zip"}, 'There is no file "none.zip"'),
        ("publish.diff", {"DIFF_FROM": "0.1.0"}, 'There is no release "0.1.0". Released: 2.0.0, 2.1.0.'),
        ("publish.diff", {"DIFF_FROM": "2.0.0", "DIFF_TO": "2.0.0"}, "does not differ from itself"),
        ("publish.cite", {"CITE_QUERY": "DROP TABLE expulsions"}, "QUERY selects rows and does nothing else"),
        ("publish.cite", {"CITE_QUERY": "expeller='ruS'"}, "QUERY selects no row of expulsions"),
        ("compile.sources", {}, "Nothing was checked: no folder of texts is named."),
        ("compile.sources", {"TEXTS_FOLDER": "raw"}, 'Nothing was checked: "raw" holds no text'),
        ("publish.release", {}, "2.1.0 is released already"),
    ],
)
def test_refused_with_one_sentence_and_nothing_changed(trial: Trial, script: str, variables: dict[str, str], sentence: str) -> None:
    assert sentence in trial.printed(script, **variables)


@pytest.mark.parametrize("variable", ["FROM", "TO", "VERSION", "ZIP", "QUERY"])
def test_make_variables_are_text_and_never_run(trial: Trial, variable: str) -> None:
    target = {"FROM": "diff", "TO": "diff", "QUERY": "cite"}.get(variable, "verify")
    os.utime(trial.folder / "requirements.lock", (0, 0))
    done = trial.run("make", "-o", "data", target, f"{variable}={HOSTILE}")
    assert done.returncode
    assert "Nothing was changed." in done.stderr
    assert not (trial.folder / "pwned").exists()


def test_missing_commit(again: Trial) -> None:
    path = again.folder / "build" / "releases" / "2.0.0" / "release.json"
    record = json.loads(path.read_text())
    path.write_text(path.read_text().replace(record["commit"], "0" * 40))
    assert "release.json has other bytes" in again.printed("publish.verify", VERIFY_VERSION="2.0.0")
    folder = path.parent
    sums = {p.name: p.read_bytes() for p in folder.iterdir() if p.name != manifest.SUMS}
    (folder / manifest.SUMS).write_bytes(manifest.checksums(sums))
    assert "The commit 000000000000 of 2.0.0 is not in this repository" in again.printed("publish.verify", VERIFY_VERSION="2.0.0")


def test_altered_release_folder_is_noticed(again: Trial) -> None:
    path = again.folder / "build" / "releases" / "2.0.0" / "expulsions.csv"
    path.write_bytes(path.read_bytes() + b"x\n")
    for script, variables in (
        ("publish.diff", {"DIFF_FROM": "2.0.0"}),
        ("query.database", {}),
        ("publish.verify", {"VERIFY_VERSION": "2.0.0"}),
    ):
        assert "build/releases/2.0.0 is not as it was released: expulsions.csv has other bytes" in again.printed(script, **variables)


# --- what changed ----------------------------------------------------------------------------------------------------


def test_changes_name_row_column_values_and_reason(trial: Trial) -> None:
    with (trial.folder / "build" / "changes.csv").open(newline="") as file:
        rows = {(r["table_name"], r["row_id"], r["column_name"]): r for r in csv.DictReader(file)}
    corrected = rows["articles", trial.article, "title"]  # type: ignore[attr-defined]
    assert (corrected["kind"], corrected["new"], corrected["reason"]) == ("value_changed", ARTICLE_TITLE, "Read anew.")
    added = rows["expulsions", trial.spare, "*"]  # type: ignore[attr-defined]
    assert added["kind"] == "row_added"
    assert added["reason"].startswith("Statements added: ")
    assert {(r["from_version"], r["to_version"]) for r in rows.values()} == {("2.0.0", "2.1.0")}


def test_diff_tells_which_results_moved_and_by_which_rows(trial: Trial) -> None:
    done = trial.script("publish.diff", DIFF_FROM="2.0.0", DIFF_TO="2.1.0")
    assert not done.returncode, done.stderr
    folder = trial.folder / "build" / "diff" / "2.0.0-2.1.0"
    assert "Asks for a minor version." in done.stdout
    assert diff.SENTENCE in done.stdout
    count = len(Sheet(trial.folder, "expulsions").rows)
    text = (folder / "changes.md").read_text()
    assert text.index("Which published results moved") < text.index("What changed in the tables")
    assert re.search(r"\| Expulsions that sums take \| `expulsion_dyads` \| \d+ \| \d+ \| 1 \|", text)
    with (folder / "results.csv").open(newline="") as file:
        moved = {(r["view"], r["row"]): r for r in csv.DictReader(file)}
    assert moved["expulsion_dyads", trial.spare]["before"] == "–"  # type: ignore[attr-defined]
    assert _state(trial, "2.1.0").record["headlines"]["dyad_years"] <= count
    assert "<script" not in (folder / "index.html").read_text()
    output, kept = (set((place / "changes.csv").read_text().splitlines()) for place in (folder, trial.folder / "build"))
    assert {line for line in kept if ",*,*,rows_added,," not in line} <= output


def test_as_of_version_gives_each_release_out_of_the_current_database(trial: Trial) -> None:
    trial.script("query.database")
    with duckdb.connect(str(trial.folder / "build" / "expulsions.duckdb"), read_only=True) as connection:
        for version in DAYS:
            ids = {row[0] for row in connection.execute(f"SELECT expulsion_id FROM as_of_version('{version}')").fetchall()}
            with (trial.folder / "build" / "releases" / version / "expulsions.csv").open(newline="") as file:
                assert ids == {row["expulsion_id"] for row in csv.DictReader(file)}
        with pytest.raises(duckdb.Error, match=r'no release "3.0.0" here. Held: 2.0.0, 2.1.0'):
            connection.execute("FROM as_of_version('3.0.0')").fetchall()


# --- what a release refuses ------------------------------------------------------------------------------------------


def test_release_refuses_lost_ids_silent_changes_idle_reasons_and_a_small_bump(again: Trial) -> None:
    spare, _ = _take_out(again.folder)
    articles = Sheet(again.folder, "articles")
    articles.set(-1, title="Another title")
    with (again.folder / "raw" / "corrections.csv").open("a") as file:
        file.write("2.1.1,dyads,RUS/NOWHERE,expulsions,value,Why.\n")
    DAYS["2.1.1"] = "2026-03-01"
    again.prepare("2.1.1")
    (again.folder / "stray.txt").write_text("x")
    output = again.printed("publish.release", "check")
    assert "The tree is not clean: stray.txt." in output
    assert f"expulsions {spare} (2." in output
    assert "Changes without a reason: " in output
    assert f"articles {articles.get(-1, 'article_id')} title" in output
    assert "raw/corrections.csv explains what did not change: dyads RUS/NOWHERE expulsions." in output
    assert "the change asks for a major version" in output
    assert "Write 3.0.0 in datapackage.json" in output


# --- the real releases -----------------------------------------------------------------------------------------------


def test_released_folders_are_as_released() -> None:
    for version in snapshot.versions():
        assert snapshot.altered(ROOT / "build" / "releases" / version) == []


def test_contract_keeps_what_the_last_release_promised_within_a_major_version() -> None:
    last = snapshot.latest()
    if last is None or snapshot.numbers(last.version)[0] != snapshot.numbers(product().version)[0]:
        pytest.skip("no earlier release of this major version")
    words = diff.wordings(diff.corrections_at_hand(), last.version, product().version)
    assert semver.broken(last.contract, product(), words) == []
