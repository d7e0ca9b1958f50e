"""The frame of all pages, and the explorer's page as text, part by part and without a browser."""

import base64
import json
import re
import zlib
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from scripts.explore import site
from scripts.package import citation, contract, page
from scripts.package.store import Store

# No block holds a line end.
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


def test_history_is_the_first_release_and_the_changes_since() -> None:
    """Releases in the order of their numbers; other tables and their columns are none of it."""
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE released_expulsions (version VARCHAR, expulsion_id VARCHAR)")
        connection.execute("INSERT INTO released_expulsions VALUES ('1.10.0', 'a'), ('1.10.0', 'c'), ('1.9.0', 'a'), ('1.9.0', 'b')")
        columns = ", ".join(f"{name} VARCHAR" for name in contract.product()["changes"].columns)
        connection.execute(f"CREATE TABLE changes ({columns})")
        for row in (
            ("1.10.0", "1.10.1", "expulsions", "a", "more", "value_changed", None, "y", "Why."),
            ("1.9.0", "1.10.0", "expulsions", "a", "best", "value_changed", "1", "3", None),
            ("1.9.0", "1.10.0", "expulsions", "b", "*", "row_removed", None, None, None),
            ("1.9.0", "1.10.0", "expulsions", "c", "*", "row_added", None, None, None),
            ("1.9.0", "1.10.0", "expulsions", "*", "more", "column_added", None, None, None),
            ("1.9.0", "1.10.0", "statements", "a", "says", "value_changed", "x", "y", None),
        ):
            connection.execute(f"INSERT INTO changes VALUES ({', '.join('?' * len(row))})", row)
        assert site.rows(connection, site.CORE["history"])["rows"] == [
            ["a", "1.9.0", "row_added", None, None, None],
            ["a", "1.10.0", "value_changed", "best", "1", "3"],
            ["a", "1.10.1", "value_changed", "more", None, "y"],
            ["b", "1.9.0", "row_added", None, None, None],
            ["b", "1.10.0", "row_removed", "*", None, None],
            ["c", "1.10.0", "row_added", "*", None, None],
        ]


def test_a_block_holds_any_value_as_json() -> None:
    """Days as ISO 8601, letters as they are, nothing that closes the element; what has no place there is refused."""
    held = site.block({"day": date(2022, 5, 18), "é": "</script>"})
    assert zlib.decompress(base64.b64decode(held)).decode() == '{"day":"2022-05-18","é":"</script>"}' and "<" not in held
    with pytest.raises(TypeError, match="bytes has no place in the page"):
        site.block(b"x")


def test_markdown_folds_each_section_and_names_its_tables() -> None:
    """A heading of the level that folds opens a part, one above it ends the part; tables scroll on their own and have column heads."""
    text = "Opening.\n\n| Here |\n|---|\n| x |\n\n## t & `u`\n\nBody.\n\n| c | n |\n|---|--:|\n| d | 1 |\n\n### Part\n\n# Views\n\n## v\n\nMore.\n"
    shown = page.markdown(text, folding=2, top=3)
    assert shown.startswith("<p>Opening.</p>\n")
    regions = re.findall(r'<div class="scroll" tabindex="0" role="region" aria-label="([^"]*)"><table>', shown)
    assert regions == ["Columns", "t &amp; u, columns"] and shown.count("</table>\n</div>") == 2
    parts = ["<details><summary>t &amp; <code>u</code></summary>", "<h5>Part</h5>", "</details>", "<h3>Views</h3>", "<details><summary>v</summary>", "</details>"]  # fmt: skip
    assert re.findall(r"<details>.*|</details>|<h\d>.*", shown) == parts
    assert '<th scope="col">c</th>\n<th class="number" scope="col">n</th>' in shown and '<td class="number">1</td>' in shown
    assert "style=" not in shown and "<h1>" in page.markdown("# Title", folding=2)


def test_markdown_keeps_raw_html_as_text() -> None:
    shown = page.markdown("## t<b>\n\n<img src=x onerror=alert(1)>\n\n| a |\n|---|\n| <i>x</i> |\n", folding=2)
    assert "<img" not in shown and "<i>" not in shown
    assert "<summary>t&lt;b&gt;</summary>" in shown and 'aria-label="t&lt;b&gt;, columns"' in shown


def test_a_framed_page_admits_its_own_style_and_script_only() -> None:
    """Text stays text in the title; without a script none is admitted; the common style comes first."""
    plain, alive = page.frame("T & <U>", "<p>x</p>"), page.frame("T", "<p>x</p>", "b{}", "go()")
    common = page.STYLE.read_text(encoding="utf-8")
    for shown, style in ((plain, common), (alive, common + "b{}")):
        assert f"<style>{style}</style>" in shown and f"style-src {page.digest(style)};" in shown
        assert "default-src 'none';" in shown and "require-trusted-types-for 'script'\">" in shown
        assert re.fullmatch(r"(?s)<!doctype html>\n<html lang=\"en\">\n<head>\n.*</head>\n<body>\n<p>x</p>\n.*</body>\n</html>\n", shown)
    assert "<title>T &amp; &lt;U&gt;</title>" in plain and "script-src" not in plain and "<script" not in plain
    assert f"script-src {page.digest('go()')};" in alive and "<script>go()</script>\n</body>" in alive
    # printf 'abc' | openssl dgst -sha256 -binary | base64
    assert page.digest("abc") == "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='"


def _sources(**more: str) -> dict[str, str]:
    places = BETWEEN.join(f"{{{{{name}}}}}" for name in ("title", "core", "evidence", "codebook"))
    return {"body.html": f"{BETWEEN}{places}{BETWEEN}", "style.css": "b{}", **{f"{part}.js": f"/*{part}*/" for part in site.PARTS}} | more


def test_the_page_is_its_sources_with_each_place_filled_once() -> None:
    """Scripts in their order, strict and closed; what was filled in is never searched for places again."""
    text = site.whole(
        _sources(), {"a": "{{title}}"}, {"b": 1}, {"codebook": "# Book\n\n{{core}}\n", "cookbook": "# Dishes\n\n## Why?\n"}, "T & U"
    )
    before, title, core, evidence, book, after = text.split(BETWEEN)
    assert (title, unpacked(core), unpacked(evidence), book) == ("T &amp; U", {"a": "{{title}}"}, {"b": 1}, "<p>{{core}}</p>\n")
    parts = "\n".join(f"/*{part}*/" for part in site.PARTS)
    script = f'"use strict";\n(async () => {{\n{parts}\n}})();\n'
    assert f"<script>{script}</script>" in after and page.policy(page.STYLE.read_text(encoding="utf-8") + "b{}", script) in before


def test_the_page_cites_as_make_cite_does() -> None:
    """The version as it is there, and a slice with places for its condition, number and fingerprint."""
    held = contract.product()
    of = site.cited(held, "f00")
    assert (of["text"], of["bibtex"]) == (citation.apa(held), citation.bibtex(held, "f00"))
    assert of["slice"] == f"{citation.apa(held)} Rows of expulsions where {{where}} (n = {{count}}; sha256:{{digest}})."
    assert of["all"] == f"{citation.apa(held)} All rows of expulsions (n = {{count}}; sha256:{{digest}})."


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


def unpacked(block: str) -> Any:
    """What a block of the page holds."""
    return json.loads(zlib.decompress(base64.b64decode(block)))


def _core(text: str) -> dict[str, Any]:
    return unpacked(text.split(BETWEEN)[2])


def test_the_site_is_made_of_the_build_folder(tmp_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """The report lies beside the page if there is one."""
    held, sources = contract.product(), tmp_path / "sources"
    sources.mkdir()
    for name, text in _sources().items():
        (sources / name).write_text(text, encoding="utf-8")
    build = tmp_path / "build"
    (build / "validation").mkdir(parents=True)
    for book in ("codebook", "cookbook"):
        (build / f"{book}.md").write_text("# Book\n")
    files = site.render(connection, build, held, sources)
    assert set(files) == {"site/index.html"}
    core = _core(files["site/index.html"].decode())
    assert core["validation"] == site.summary({}) and list(core["fields"]) == held["expulsions"].columns
    assert (
        core["expulsions"]["columns"] == [*held["expulsions"].columns, "unknown", "open", "n_figures"]
        and len(core["expulsions"]["cells"][0]) > 300
    )
    assert (
        core["labels"]["expulsions"]["status"] == held["expulsions"].fields["status"].labels and "note" not in core["labels"]["expulsions"]
    )
    assert core["fields"]["officials_best"] == {"title": held["expulsions"].fields["officials_best"].spec["title"], "type": "integer"}
    fingerprint = connection.execute("SELECT fingerprint FROM release").fetchall()[0][0]
    assert core["release"] == {"title": held.spec["title"], "version": held.version, "fingerprint": fingerprint}
    licence = held.spec["licenses"][0]
    assert core["terms"] == site.terms(held) and core["terms"]["vantage"].startswith("Whose claim it is")
    named = {"name": held.spec["name"], "homepage": None}
    assert core["about"] == named | {"description": held.spec["description"], "licence": licence["title"], "licence_url": licence["path"]}
    assert core["cite"] == site.cited(held, fingerprint)
    # A state system is no group.
    scopes = set(core["scopes"]["cells"][core["scopes"]["columns"].index("scope")])
    assert not {"COW*", "GW*"} & scopes and len(scopes) > 10

    (build / "validation" / "results.json").write_text('{"frictionless": ["a"]}')
    (build / "validation" / "index.html").write_bytes(b"report")
    files = site.render(connection, build, held, sources)
    assert files["site/validation.html"] == b"report"
    core = _core(files["site/index.html"].decode())
    assert core["validation"]["form"] == ["a"]


def test_the_site_is_written_and_its_size_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("scripts.package.store.Store", lambda: Store(tmp_path))
    monkeypatch.setattr(site.database, "opened", lambda *_: nullcontext())
    monkeypatch.setattr(site, "render", lambda *_, **__: {"site/index.html": b"x" * 2_340_000})
    site.main()
    assert (tmp_path / "build" / "site" / "index.html").stat().st_size == 2_340_000
    assert capsys.readouterr().out.endswith("  build/site/index.html, 2.3 MB\n")
