"""The explorer's page as text, part by part and without a browser."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from scripts import contract, site
from scripts.contract import Contract
from scripts.journal import Store

# JSON holds no line end.
BETWEEN = "\n====\n"


def test_half_years_searched_are_patterns_from_the_first_year_on() -> None:
    """A digit a half-year; targets of one expeller that were searched alike share one pattern."""
    columns = ["expeller", "target", "year", "half"]
    rows: list[list[Any]] = [["AAA", "BBB", 2021, 2], ["AAA", "CCC", 2021, 2], ["AAA", "DDD", 2020, 1], ["BBB", "AAA", 2021, 1]]
    alike = {"AAA": {"0001": "BBB CCC", "1000": "DDD"}, "BBB": {"0010": "AAA"}}
    assert site.coverage({"columns": columns, "rows": rows}) == {"first": 2020, "pairs": alike}
    rows = [["AAA", "DDD", 2020, 1], ["AAA", "DDD", 2022, 2]]
    assert site.coverage({"columns": columns, "rows": rows}) == {"first": 2020, "pairs": {"AAA": {"100001": "DDD"}}}
    assert site.coverage({"columns": [], "rows": []}) == {"first": 0, "pairs": {}}


def test_history_tells_what_each_release_did(tmp_path: Path) -> None:
    """Releases in the order of their numbers; other folders, and those without expulsions, are none. A new column changes what fills it."""
    for version, text in {
        "1.9.0": "expulsion_id,best\na,1\nb,2\n",
        "1.10.0": "expulsion_id,best,more\na,3,\nc,4,x\n",
        "1.10.1": "expulsion_id,best,more\na,3,y\nc,4,x\n",
        "draft": "expulsion_id\nd\n",
    }.items():
        (tmp_path / version / "in").mkdir(parents=True)
        (tmp_path / version / "in" / "expulsions.csv").write_text(text)
    (tmp_path / "1.11.0").mkdir()
    versions = site.releases(tmp_path)
    assert [version for version, _ in versions] == ["1.9.0", "1.10.0", "1.10.1"]
    assert site.history(versions) == {
        "a": [["1.9.0", "added", []], ["1.10.0", "changed", [["best", "1", "3"]]], ["1.10.1", "changed", [["more", "", "y"]]]],
        "b": [["1.9.0", "added", []], ["1.10.0", "removed", []]],
        "c": [["1.10.0", "added", []]],
    }


def test_a_block_holds_any_value_as_json() -> None:
    """Days as ISO 8601, letters as they are, nothing that closes the element; what has no place there is refused."""
    assert site.block({"day": date(2022, 5, 18), "é": "</script>"}) == '{"day":"2022-05-18","é":"\\u003c/script>"}'
    with pytest.raises(TypeError, match="bytes has no place in the page"):
        site.block(b"x")


def test_the_codebook_folds_each_section_and_titles_its_parts() -> None:
    """A section with a body folds, one without is a heading of those after it; tables scroll on their own and have column heads."""
    shown = site.codebook(
        "# Book\n\nOpening.\n\n| Here |\n|---|\n| x |\n\n## t & u\n\nBody.\n\n| c |\n|---|\n| d |\n\n# Views\n\n## v\n\nMore.\n"
    )
    assert shown.startswith("<p>Opening.</p>\n") and "Book" not in shown
    regions = re.findall(r'<div class="scroll" tabindex="0" role="region" aria-label="([^"]*)"><table>', shown)
    assert regions == ["Terms, columns", "t &amp; u, columns"] and shown.count("</table></div>") == 2
    assert re.findall(r"<summary>(.*?)</summary>|<h3>(.*?)</h3>", shown) == [("t &amp; u", ""), ("", "Views"), ("v", "")]
    assert shown.count('<th scope="col">') == 2


def _sources(**more: str) -> dict[str, str]:
    places = BETWEEN.join(f"{{{{{name}}}}}" for name in ("title", "policy", "style", "script", "core", "evidence", "codebook"))
    return {"index.html": places, "style.css": "b{}", **{f"{part}.js": f"/*{part}*/" for part in site.PARTS}} | more


def test_the_page_is_its_sources_with_each_place_filled_once() -> None:
    """Scripts in their order, strict and closed; what was filled in is never searched for places again."""
    title, policy, style, script, core, evidence, book = site.page(_sources(), {"a": "{{title}}"}, [1], "{{core}}", "T & U").split(BETWEEN)
    assert (title, style, core, evidence, book) == ("T &amp; U", "b{}", '{"a":"{{title}}"}', "[1]", "{{core}}")
    parts = "\n".join(f"/*{part}*/" for part in site.PARTS)
    assert script == f'"use strict";\n(() => {{\n{parts}\n}})();\n'
    assert policy == site.policy(script, style) and '"' not in policy
    for admitted in (
        f"script-src {site.digest(script)};",
        f"style-src {site.digest(style)};",
        "default-src 'none';",
        "require-trusted-types-for",
    ):
        assert admitted in policy
    # printf 'abc' | openssl dgst -sha256 -binary | base64
    assert site.digest("abc") == "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='"


def test_the_page_cites_as_its_version() -> None:
    held = contract.product()
    cited = site.citation(Contract(held.spec | {"version": "1.2.0", "created": "2026-02-01T00:00:00Z"}, held.tables), "f00")
    author, licence = held.spec["contributors"][0]["title"], held.spec["licenses"][0]["name"]
    assert cited["text"] == f"{author} (2026). Diplomatic Expulsions, version 1.2.0 [Data set]. Tables sha256:f00. {licence}."
    assert cited["bibtex"].splitlines() == [
        "@misc{diplomatic_expulsions_1_2_0,",
        f"  author = {{{{{author}}}}},",
        "  title = {Diplomatic Expulsions},",
        "  year = {2026},",
        "  version = {1.2.0},",
        "  note = {Data set, version 1.2.0, tables sha256:f00}",
        "}",
    ]


def _check(column: str | None, success: bool) -> dict[str, Any]:
    return {"kwargs": {"column": column} if column else {}, "reason": f"Why {column}.", "success": success}


def test_the_page_tells_what_the_validation_found() -> None:
    """Expectations and failures of each suite, and of the rules each one with its reason."""
    suites = [
        {"suite": "expulsions", "checks": [_check("note", True), _check("note", False), _check(None, False)]},
        {"suite": "rules", "checks": [_check("self_expulsion", True), _check("figure_far_off", False), _check(None, True)]},
    ]
    assert site.summary({"suites": suites, "frictionless": ["a: b"]}) == {
        "suites": [["expulsions", 3, 2], ["rules", 3, 1]],
        "rules": [["self_expulsion", "Why self_expulsion.", True], ["figure_far_off", "Why figure_far_off.", False]],
        "form": ["a: b"],
    }
    assert site.summary({}) == {"suites": [], "rules": [], "form": []}


def _core(text: str) -> dict[str, Any]:
    return json.loads(text.split(BETWEEN)[4])


def test_the_site_is_made_of_the_build_folder(built: Path, tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """The report lies beside the page if there is one; after the last release comes what is built now, if there is a release."""
    held, sources = contract.product(), tmp_path / "sources"
    sources.mkdir()
    for name, text in _sources().items():
        (sources / name).write_text(text, encoding="utf-8")
    build = tmp_path / "build"
    (build / "validation").mkdir(parents=True)
    (build / "codebook.md").write_text("Book.\n")
    (build / "expulsions.csv").write_bytes((built.parent / "expulsions.csv").read_bytes())
    files = site.render(connection, build, held, sources)
    assert set(files) == {"site/index.html"}
    core = _core(files["site/index.html"].decode())
    assert core["history"] == {} and core["validation"] == site.summary({})
    assert core["expulsions"]["columns"] == held["expulsions"].columns and len(core["expulsions"]["rows"]) > 300
    assert (
        core["labels"]["expulsions"]["status"] == held["expulsions"].fields["status"].labels and "note" not in core["labels"]["expulsions"]
    )
    assert core["fields"]["officials_best"] == {"title": held["expulsions"].fields["officials_best"].spec["title"], "type": "integer"}
    fingerprint = connection.execute("SELECT fingerprint FROM release").fetchall()[0][0]
    assert core["release"] == {"title": held.spec["title"], "version": held.version, "fingerprint": fingerprint}
    licence = held.spec["licenses"][0]
    assert core["about"] == {"description": held.spec["description"], "licence": licence["title"], "licence_url": licence["path"]}
    assert core["cite"] == site.citation(held, fingerprint)
    # A state system is no group.
    assert not {"COW", "GW"} & {row[0] for row in core["groups"]["rows"]} and len(core["groups"]["rows"]) > 30

    for version in ("1.0.0", "1.1.0"):
        (build / "releases" / version).mkdir(parents=True)
        (build / "releases" / version / "expulsions.csv").write_text("expulsion_id\ngone\n")
    (build / "validation" / "results.json").write_text('{"frictionless": ["a"]}')
    (build / "validation" / "index.html").write_bytes(b"report")
    files = site.render(connection, build, held, sources)
    assert files["site/validation.html"] == b"report"
    core = _core(files["site/index.html"].decode())
    assert core["history"]["gone"] == [["1.0.0", "added", []], ["after 1.1.0", "removed", []]]
    assert core["validation"]["form"] == ["a"]


def test_the_site_is_written_and_its_size_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "build").mkdir()
    duckdb.connect(str(tmp_path / "build" / "expulsions.duckdb")).close()
    monkeypatch.setattr(site.journal, "Store", lambda: Store(tmp_path))
    monkeypatch.setattr(site, "render", lambda *_: {"site/index.html": b"x" * 2_340_000})
    site.main()
    assert (tmp_path / "build" / "site" / "index.html").stat().st_size == 2_340_000
    assert capsys.readouterr().out.endswith("  build/site/index.html, 2.3 MB\n")
