"""The data note: every number out of the database, the same bytes for the same tables, one sentence for what goes wrong."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import duckdb
import pytest

from scripts.explore import figures, paper
from scripts.package.contract import ROOT, product
from scripts.package.store import RefusedError
from tests import world


@pytest.fixture(scope="module")
def connection(small_world: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(small_world / world.DATABASE), read_only=True)


@pytest.fixture(scope="module")
def output(connection: duckdb.DuckDBPyConnection, small_world: Path) -> dict[str, Any]:
    return paper.facts(connection, product(small_world))


@pytest.fixture
def typst() -> Any:
    return pytest.importorskip("typst", reason="Typst is not installed (make paper)")


def test_the_template_asks_for_what_there_is_and_for_all_of_it(output: dict[str, Any]) -> None:
    """No number is typed into the text: where one stands, it is a fact."""
    text = (paper.SOURCES / "note.typ").read_text(encoding="utf-8")
    assert set(re.findall(r"\bf\.(\w+)", text)) == output.keys()
    assert set(re.findall(r"\bn\.(\w+)", text)) == output["numbers"].keys()
    prose = re.sub(r"\([^()]*\)|`[^`]*`|^[#/ ].*$|^  *#?block.*$", "", text[text.index("= What a decision is") :], flags=re.MULTILINE)
    assert set(re.findall(r"(?<![\w.#])\d[\d,.]*\d(?!\w)", prose)) <= {"24", "2022", "95"}


def test_the_facts_are_those_of_the_database(output: dict[str, Any], connection: duckdb.DuckDBPyConnection) -> None:
    def asked(query: str) -> list[tuple[Any, ...]]:
        return connection.execute(query).fetchall()

    assert output["numbers"]["statements"] == asked("SELECT count(*) FROM statements")[0][0]
    assert sum(row[1] for row in output["measures"]) == sum(row[1] for row in output["basis"]) == output["numbers"]["counting"]
    in_scope = asked("SELECT count(*), sum(officials_best)::INTEGER FROM expulsions WHERE counts AND in_scope")[0]
    for rows in (output["periods"], output["regions"]):
        assert (sum(row[1] for row in rows), sum(row[2] for row in rows)) == in_scope
    assert [table["name"] for table in output["codebook"]] == [*product().tables]
    assert len(output["recipes"]) == len(paper.EXAMPLES) and all(recipe["rows"] for recipe in output["recipes"])
    assert not [row for row in output["reliability"] if row[4] and "-0.00" in row[4]]
    json.dumps(output)


def test_the_note_is_a_pdf_with_the_same_bytes_anywhere(typst: Any, small_world: Path) -> None:
    """In any time zone and locale: PDF/A, dated by its version."""
    code = (
        "import duckdb, sys; from pathlib import Path; from scripts.explore import paper; from scripts.package.contract import product;"
        f"root = Path({str(small_world)!r}); c = duckdb.connect(str(root / {world.DATABASE!r}), read_only=True);"
        "sys.stdout.buffer.write(paper.typeset(paper.facts(c, product(root)), paper.drawn(c)))"
    )
    made = [
        subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"TZ": zone, "LC_ALL": locale}, capture_output=True, check=True
        ).stdout
        for zone, locale in (("UTC", "C.UTF-8"), ("Pacific/Auckland", "C"))
    ]
    assert made[0] == made[1] and made[0].startswith(b"%PDF-") and b"pdfaid" in made[0]
    assert world.CREATED.replace("-", "").encode() in made[0]


def test_a_package_that_is_still_empty_has_a_note(typst: Any, output: dict[str, Any], connection: duckdb.DuckDBPyConnection) -> None:
    """No list was closed twice, no total was published, nothing was coded again."""
    bare = {name: [] if name in {*paper.TABLES, "claims", "recipes", "reasons"} else value for name, value in output.items()}
    bare |= {"numbers": dict.fromkeys(output["numbers"]), "doi": "10.1000/x"}
    assert paper.typeset(bare, paper.drawn(connection)).startswith(b"%PDF-")


def test_a_fault_of_the_template_is_one_sentence(typst: Any, output: dict[str, Any], tmp_path: Path) -> None:
    sources = Path(shutil.copytree(paper.SOURCES, tmp_path / "paper"))
    (sources / "note.typ").write_text("#unheard")
    with pytest.raises(RefusedError, match=r"The note cannot be typeset \(.*unheard.*\)\. Correct scripts/explore/paper\."):
        paper.typeset(output, {}, sources)


def test_without_the_compiler_one_is_told_what_installs_it(output: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(RefusedError, match=r"The compiler of the note is not installed\. Run `make paper`, which installs it\."):
        paper.typeset(output, {})


def test_bars_are_drawn_as_outlines_twice_the_same() -> None:
    """The note's fonts are not matplotlib's."""
    rows = [(2001, 1, 0), (2002, 5, 40)]
    assert figures.years(rows) == figures.years(rows) and b"<text" not in figures.years(rows)
