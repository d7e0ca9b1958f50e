"""The README tells the truth: its snippets run, and all ways give the same total."""

import re
import shutil
import subprocess
import sys

import duckdb
import pytest

from scripts.package import fingerprint
from scripts.package.contract import ROOT
from scripts.query import views

TEXT = (ROOT / "README.md").read_text(encoding="utf-8")


def snippets(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", TEXT, flags=re.DOTALL)


@pytest.fixture(scope="module")
def total() -> str:
    with duckdb.connect() as connection:
        query = (
            "SELECT sum(officials_best)::INTEGER FROM read_csv('build/expulsions.csv') WHERE target = 'RUS' AND included_in IS NULL "
            "AND status <> 'retracted' AND announced_on BETWEEN '2022-02-24' AND '2022-12-31'"
        )
        return str(connection.sql(query.replace("build/", f"{ROOT}/build/")).fetchall()[0][0])


LOADING = [code for code in snippets("python") if "\nprint(" in code]


@pytest.mark.parametrize("code", LOADING, ids=lambda code: re.findall(r"(?:from|import) (\w+)", code)[0])
def test_python_snippet(code: str, total: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == [total], done.stderr


@pytest.mark.parametrize("code", snippets("r"), ids=lambda c: "frictionless" if "frictionless" in c else "base")
def test_r_snippet(code: str, total: str) -> None:
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    if "frictionless" in code and subprocess.run(["Rscript", "-e", "library(frictionless)"], capture_output=True).returncode:
        pytest.skip("R's frictionless package is not installed")
    done = subprocess.run(["Rscript", "-e", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split() == [total], done.stderr


def test_there_are_four_python_ways_and_two_targets() -> None:
    assert len(LOADING) == 4 and len(snippets("r")) == 2
    assert [line.split("#")[0].strip() for line in snippets("sh")[0].splitlines()] == ["make build", "make test"]


NUMBERS = re.findall(r"^\| (\d+) \| .* \| `(SELECT .*)` \|$", TEXT, flags=re.MULTILINE)


@pytest.mark.parametrize(("number", "query"), NUMBERS)
def test_numbers_that_people_quote(number: str, query: str, connection: duckdb.DuckDBPyConnection) -> None:
    assert str(connection.sql(query).fetchall()[0][0]) == number


SENTENCES = {
    r"Of (\d+) lines of lists that people made, state by state, (\d+) have": "SELECT sum(lines), sum(equal) FROM list_agreement",
    r"Of the zeros of `panel_years` (\d+) are of dyads in scope": "SELECT count(*) FROM panel_years(1946, 2026) WHERE expulsions = 0",
}


@pytest.mark.parametrize("sentence", SENTENCES)
def test_numbers_in_sentences(sentence: str, connection: duckdb.DuckDBPyConnection) -> None:
    message = re.search(sentence, TEXT)
    assert message and message.groups() == tuple(map(str, connection.sql(SENTENCES[sentence]).fetchall()[0]))


def test_every_view_answers_a_question() -> None:
    """And each view that a question is answered by is there."""
    asked = TEXT.split("| Your question |")[1].split("\n\n")[0]
    assert set(re.findall(r"`(\w+)", asked)) == set(views.public()) and len(NUMBERS) == 3


def test_links_lead_somewhere() -> None:
    for path in re.findall(r"\]\(([^)h][^)]*)\)", TEXT):
        assert (ROOT / path).exists(), path


def test_what_needs_the_network_is_named() -> None:
    """Each target that rests on an environment of its own, the note's and so the package's among them; `audit`, `bundle` and `lock` ask an
    index each time, `verify` of an older lock too.
    """
    rules = re.findall(r"^([a-z-]+):(.*?)(?:  ##|$)", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    own = {name for name, needs in rules if re.search(r"\.(fuzz|audit|validators)/\.ready|\.venv/\.(browser|mutation)", needs)}
    message = TEXT.split("only these need the network:")[1].split("\n\n")[0]
    assert set(re.findall(r"`make ([a-z-]+)", message)) == own | {"bundle", "lock", "package", "paper", "verify"} and len(own) == 5


def test_fingerprint_of_the_readme_is_the_packages() -> None:
    command = re.findall(r"`(\(head .*sha256sum)`", TEXT)[0]
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.split()[0] == fingerprint.of_csv((ROOT / "build" / "expulsions.csv").read_bytes())


def test_it_is_read_in_one_sitting() -> None:
    assert len(TEXT.splitlines()) <= 180 and len((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").splitlines()) <= 120
