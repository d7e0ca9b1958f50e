"""The explorer, in a real browser: what it shows is what DuckDB answers, and nothing in the data is ever run."""

import ast
import base64
import functools
import hashlib
import http.server
import itertools
import json
import re
import shutil
import subprocess
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import duckdb
import pandas as pd
import polars as pl
import pytest

from scripts.explore import site
from scripts.package import citation, page
from scripts.package.contract import ROOT, product
from scripts.package.store import csv_bytes
from scripts.publish import cite
from scripts.query import codebook, cookbook
from tests.conftest import loosen
from tests.query.test_views import World, decisions, empty, world  # noqa: F401
from tests.world import DATABASE, PAGE

VIEWS = ["overview", "dyads", "waves", "answers", "evidence", "claims", "table", "about"]
RECORD = "2022-05-18-RUS-FRA"


# --- the machine behind the page ------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def folder(built: Path) -> Path:
    """A build folder with everything that the page is made of."""
    with duckdb.connect(str(built), read_only=True) as connection:
        (built.parent / "codebook.md").write_text(codebook.codebook(product(), connection), encoding="utf-8")
        (built.parent / "cookbook.md").write_text(cookbook.cookbook(product(), connection), encoding="utf-8")
    (built.parent / "validation").mkdir(exist_ok=True)
    check = {"kwargs": {"column": "self_expulsion"}, "reason": "An actor expels its own officials.", "success": True}
    suites = [{"suite": "rules", "checks": [check]}]
    (built.parent / "validation" / "results.json").write_text(json.dumps({"suites": suites, "frictionless": []}), encoding="utf-8")
    (built.parent / "validation" / "index.html").write_text("<!doctype html><title>Validation</title>", encoding="utf-8")
    return built.parent


def rendered(folder: Path, connection: duckdb.DuckDBPyConnection) -> dict[str, bytes]:
    return site.render(connection, folder, product())


@pytest.fixture(scope="session")
def page_path(folder: Path) -> Path:
    """The page on disk, as a reader opens it."""
    with duckdb.connect(str(folder / "expulsions.duckdb"), read_only=True) as connection:
        files = rendered(folder, connection)
    for name, content in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(content)
    return folder / "site" / "index.html"


def unpacked(block: str) -> Any:
    return json.loads(zlib.decompress(base64.b64decode(block)))


def embedded(text: str, name: str) -> Any:
    return unpacked(re.search(rf'<script type="text/plain" id="{name}">(.*?)</script>', text, re.DOTALL)[1])


def test_same_data_same_bytes(small_world: Path) -> None:
    """In another process, with other threads."""
    with duckdb.connect(str(small_world / DATABASE), read_only=True) as connection:
        files = site.render(connection, small_world / "build", product(small_world), raw=small_world / "raw")
    assert files["site/index.html"] == (small_world / PAGE).read_bytes()


def test_page_is_one_file_below_three_megabytes_without_addresses_to_load_from(page_path: Path) -> None:
    text = page_path.read_text(encoding="utf-8")
    assert len(text.encode()) < 3_000_000
    markup = re.sub(r"<script.*?</script>|<style>.*?</style>", "", text, flags=re.DOTALL)
    assert (
        re.findall(r"<script[^>]*\ssrc=|<link[^>]*stylesheet|<img|<iframe|@import|url\(", text.split('<script type="text/plain"')[0]) == []
    )
    assert set(re.findall(r'(?:src|href)="([^"#]+)"', markup)) <= {"data:,"} | {f"../{name}.csv" for name in product().tables}


def test_policy_admits_the_script_by_hash_and_nothing_else(page_path: Path) -> None:
    text = page_path.read_text(encoding="utf-8")
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', text)[1]
    script = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(script) == 1
    assert page.digest(script[0]) in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_block_cannot_be_closed_from_within() -> None:
    text = "</script><!--<script>"
    assert "<" not in site.block({"a": text})
    assert unpacked(site.block({"a": text})) == {"a": text}


def test_tables_are_sealed_column_by_column() -> None:
    held = {"t": {"columns": ["a", "b"], "rows": [[1, 2], [3, 4]]}, "none": {"columns": ["a"], "rows": []}, "x": {"first": 0}}
    assert unpacked(site.block(site.by_column(held))) == {
        "t": {"columns": ["a", "b"], "cells": [[1, 3], [2, 4]]}, "none": {"columns": ["a"], "cells": []}, "x": {"first": 0}
    }  # fmt: skip


def test_sources_never_write_markup() -> None:
    forbidden = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|srcdoc|fetch\(|XMLHttpRequest|import\("
    )
    # The libraries hold such functions; the policy stops them if they were ever called.
    for path in set(site.SOURCES.glob("*.js")) - {site.SOURCES / "vendor.js"}:
        assert not forbidden.search(path.read_text(encoding="utf-8")), path.name


def test_modules_take_what_earlier_ones_give_and_declare_no_name_twice() -> None:
    """Joined in their order they are one program: nothing is taken before it is there, given to nobody, or left in the page as an import."""
    braces = r"^{} \{{([^{{}}]*)\}}(?: from \"\./(\w+)\.js\")?;$"
    texts = {part: (site.SOURCES / f"{part}.js").read_text(encoding="utf-8") for part in site.PARTS}
    assert {path.stem for path in site.SOURCES.glob("*.js")} == set(texts)
    names = lambda held: {name.strip() for name in held.split(",") if name.strip()}  # noqa: E731
    given: dict[str, set[str]] = {}
    taken: set[tuple[str, str]] = set()
    for part, text in texts.items():
        for held, source in re.findall(braces.format("import"), text, re.MULTILINE):
            assert names(held) <= given.get(source, set()), (part, source)
            taken |= {(source, name) for name in names(held)}
        given[part] = set().union(*(names(held) for held, _ in re.findall(braces.format("export"), text, re.MULTILINE)))
        assert not re.search(r"^(?:import|export)\b", site.TAKEN.sub("", text), re.MULTILINE), part
    assert taken == {(part, name) for part, held in given.items() for name in held}
    declared = [
        name
        for part, text in texts.items()
        if part != "vendor"
        for name in re.findall(r"^(?:async )?(?:const|let|function) (\w+)", text, re.MULTILINE)
    ]
    assert len(declared) == len(set(declared)) > 200


def test_coverage_holds_what_the_view_says(page_path: Path, connection: duckdb.DuckDBPyConnection) -> None:
    result = embedded(page_path.read_text(encoding="utf-8"), "core")["coverage"]
    output = {
        (expeller, target, result["first"] + i // 2, i % 2 + 1)
        for expeller, patterns in result["pairs"].items()
        for pattern, targets in patterns.items()
        for target in targets.split(" ")
        for i, digit in enumerate(pattern)
        if digit == "1"
    }
    connection.execute(site.LOOKED)
    assert output == set(map(tuple, site.rows(connection, site.CORE["coverage"])["rows"]))


# --- in the browser -------------------------------------------------------------------------------------------------


class Reader:
    """One page that notes every message, error and request beyond this machine."""

    def __init__(self, browser: Any, path: Path, **options: Any) -> None:
        self.path = path
        self.complaints: list[str] = []
        self.requests: list[str] = []
        self.context = browser.new_context(accept_downloads=True, **options)
        self.page = self.context.new_page()
        self.page.on("console", lambda m: self.complaints.append(m.text))
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))
        self.page.on("request", lambda r: self.requests.append(r.url))

    def open(self, address: str) -> Any:
        self.page.goto("about:blank")
        self.page.goto(f"file://{self.path}#{address}")
        self.page.wait_for_selector("body.ready", state="attached")
        return self.page

    def outside(self) -> list[str]:
        return [url for url in self.requests if not url.startswith(("file:", "data:", "blob:", "about:"))]


@pytest.fixture(scope="session")
def usual(browser: Any, page_path: Path) -> Reader:
    """The reader that most tests share: a new window for each would take half of their time."""
    return Reader(browser, page_path)


@pytest.fixture
def reader(usual: Reader, browser: Any, page_path: Path) -> Iterator[Callable[..., Reader]]:
    """Gives readers, and asserts at the end that none of them complained or asked another host."""
    opened: list[Reader] = []

    def new(path: Path = page_path, **options: Any) -> Reader:
        opened.append(Reader(browser, path, **options) if options or path != page_path else usual)
        return opened[-1]

    yield new
    for one in opened:
        if one is not usual:
            one.context.close()
        assert one.complaints == []
        assert one.outside() == []


def rows_of(page: Any, selector: str = "main table.data tbody tr") -> list[list[str]]:
    """The cells of a table's rows, all of them asked for."""
    for more in page.query_selector_all("main button.quiet:visible:text-matches('^Show all')"):
        more.click()
    return page.eval_on_selector_all(selector, "rows => rows.map(r => [...r.cells].map(c => c.innerText))")


RUSSIANS = "overview?target=RUS&since=2022-02-24"


def test_overview_gives_the_view_s_totals(reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection) -> None:
    page = reader().open(RUSSIANS)
    known, unknown = connection.execute(
        "SELECT cumulative_known, cumulative_unknown FROM cumulative_officials('RUS', DATE '2022-02-24') ORDER BY day DESC LIMIT 1"
    ).fetchall()[0]
    assert page.inner_text(".headline strong") == f"{known:,}"
    assert f"{unknown} without a published figure" in page.inner_text(".headline")
    steps = connection.execute(
        "SELECT day::VARCHAR, cumulative_known::VARCHAR FROM cumulative_officials('RUS', DATE '2022-02-24') "
        "WHERE day IN (SELECT announced_on FROM expulsion_dyads WHERE counts AND target = 'RUS')"
    ).fetchall()
    page.click("main details summary")
    assert [(r[0], r[2].replace(",", "")) for r in rows_of(page) if r[1] == "our running total"] == steps


def test_overview_marks_the_published_totals(reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection) -> None:
    page = reader().open(RUSSIANS)
    titles = page.eval_on_selector_all("a.mark", "marks => marks.map(m => m.getAttribute('aria-label'))")
    wanted = connection.execute(
        "SELECT claimed_by, figure FROM claims WHERE kind = 'total' AND expeller_scope = '*' AND target_scope = 'RUS' "
        "AND since = DATE '2022-02-24' AND counted NOT IN ('expellers', 'posts') AND origin IS NULL"
    ).fetchall()
    assert len(titles) == len(wanted)
    assert all(any(by in t and f"{figure:,}" in t for t in titles) for by, figure in wanted)
    page.press("a.mark >> nth=0", "Enter")
    page.wait_for_selector("tr.chosen")
    assert page.locator("tr.chosen").count() == 1


def test_overview_of_a_chosen_day_and_scope(reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection) -> None:
    page = reader().open("overview?target=RUS&since=2022-02-24&expeller=EU*&until=2022-04-05")
    known = connection.execute(
        "SELECT sum(officials_best)::INTEGER FROM expulsion_dyads WHERE counts AND target = 'RUS' "
        "AND announced_on BETWEEN DATE '2022-02-24' AND DATE '2022-04-05' AND expeller IN (SELECT actor_id FROM memberships "
        "WHERE organisation = 'EU' AND DATE '2022-04-05' BETWEEN joined_on AND coalesce(left_on, DATE '9999-12-31'))"
    ).fetchall()[0][0]
    assert page.inner_text(".headline strong") == f"{known:,}"
    page.select_option("select >> nth=0", "*")
    assert "target=*" in page.url or "target=%2A" in page.url


def test_calendar_leads_to_the_day_and_arrow_keys_move(reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection) -> None:
    page = reader().open(RUSSIANS)
    days = page.locator(".chart a[href^='#table']")
    count = connection.execute(
        "SELECT count(DISTINCT announced_on) FROM expulsion_dyads WHERE counts AND target = 'RUS' "
        "AND announced_on >= DATE '2022-02-24' AND announced_precision = 'day'"
    ).fetchall()[0][0]
    assert days.count() == count
    first, second = (days.nth(i).get_attribute("href") for i in (0, 1))
    days.nth(0).focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('href')") == second != first
    page.keyboard.press("Enter")
    day = re.search(r"from=([\d-]+)", second)[1]
    expected = connection.execute("SELECT count(*) FROM expulsions WHERE target = 'RUS' AND announced_on = $1", [day]).fetchall()[0][0]
    assert len(rows_of(page)) == expected


def test_matrix_has_each_dyad_and_a_cell_leads_to_its_expulsions(
    reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection
) -> None:
    page = reader().open("dyads?show=decisions&states=*")
    wanted = connection.execute("SELECT expeller, target, count(*) FROM expulsion_dyads WHERE counts GROUP BY ALL").fetchall()
    output = page.eval_on_selector_all(
        ".matrix td a",
        """cells => cells.map(a => [new URLSearchParams(a.hash.split('?')[1]), a.innerText])
        .map(([q, n]) => [q.get('expeller'), q.get('target'), +n])""",
    )
    assert sorted(map(tuple, output)) == sorted(wanted)
    page.click(".matrix td a[href*='expeller=RUS&target=FRA']")
    page.wait_for_selector("#chosen h2")
    ids = [r[0] for r in rows_of(page, "#chosen tbody tr")]
    both = connection.execute(
        "SELECT expulsion_id FROM expulsion_dyads WHERE counts AND (expeller, target) IN (('RUS', 'FRA'), ('FRA', 'RUS'))"
    ).fetchall()
    assert sorted(ids) == sorted(r[0] for r in both)
    page.click(f"#chosen a[href='#{RECORD}']")
    page.wait_for_selector("h1:has-text('Russia expels officials of France')")


def test_a_dot_means_searched_and_nothing_found(reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection) -> None:
    page = reader().open("dyads?from=2022-01-01&until=2022-12-31&states=*")
    dots = page.locator(".matrix td.none").count()
    expected = connection.execute(
        "WITH seen AS (FROM expulsion_dyads WHERE counts AND year(announced_on) = 2022) "
        "SELECT count(*) FROM panel_years(2022, 2022) WHERE expulsions = 0 "
        "AND expeller IN (SELECT expeller FROM seen) AND target IN (SELECT target FROM seen)"
    ).fetchall()[0][0]
    assert dots == expected > 0


def test_map_and_bars_have_every_actor_with_its_sums(reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection) -> None:
    page = reader().open("dyads")
    for address, side in (("dyads", "expeller"), ("dyads?side=target", "target")):
        turned(page, address)
        output = page.eval_on_selector_all(
            "#figure-map a", "all => all.map(a => [a.getAttribute('href').slice(1), a.getAttribute('aria-label')])"
        )
        wanted = connection.execute(
            f"SELECT {side}, count(*), sum(officials_best)::INTEGER FROM expulsion_dyads WHERE counts GROUP BY {side}"
        ).fetchall()
        # A state of several parts is one shape; what has no place on the map is a tile.
        assert sorted(key for key, _ in output) == sorted(key for key, _, _ in wanted)
        labels = dict(output)
        assert all(f"{n} decision" in labels[key] and (known is None or f"{known:,} official" in labels[key]) for key, n, known in wanted)
    first = page.get_attribute("#figure-bars a", "aria-label")
    assert first.startswith("Russia.") and page.locator("#figure-bars a").count() == 30


def within(place: tuple[float, float], rings: list[list[list[float]]]) -> bool:
    """Whether a place lies in an odd number of rings of degrees."""
    x, y = place
    crossed = 0
    for ring in rings:
        for (x1, y1), (x2, y2) in itertools.pairwise(ring):
            crossed += (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1)
    return crossed % 2 == 1


@pytest.mark.parametrize(
    ("place", "state"),
    [
        ((34.1, 44.95), "UKR"),  # Simferopol
        ((30.5, 50.4), "UKR"),
        ((37.6, 55.7), "RUS"),
        ((33.6, 35.3), "CYP"),  # north of Nicosia
        ((44.06, 9.56), "SOM"),  # Hargeisa
        ((21.16, 42.66), "XKX"),  # Pristina
    ],
)
def test_whose_a_place_is_on_the_map(place: tuple[float, float], state: str, usual: Reader) -> None:
    library = site.TAKEN.sub("", (site.SOURCES / "vendor.js").read_text(encoding="utf-8"))
    features = usual.context.new_page().evaluate(
        f"() => {{ {library}\nreturn lib.feature(lib.atlas.topology, lib.atlas.topology.objects.states).features; }}"
    )
    rings = {
        f["id"]: [ring for polygon in f["geometry"]["coordinates"] for ring in polygon]
        if f["geometry"]["type"] == "MultiPolygon"
        else f["geometry"]["coordinates"]
        for f in features
    }
    assert [key for key, shape in rings.items() if within(place, shape)] == [state]


def test_libraries_are_those_of_the_lock() -> None:
    """The committed file names each package with its version and licence; make bundle writes it out of the lock."""
    head = (site.SOURCES / "vendor.js").read_text(encoding="utf-8").partition("*/")[0]
    lock = json.loads((site.SOURCES.parent / "bundle" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    output = dict(re.findall(r"^((?:@[\w-]+/)?[\w-]+) (\d+\.\d+\.\d+)$", head, re.MULTILINE))
    assert {"@observablehq/plot", "d3-geo", "topojson-client", "world-atlas"} <= output.keys()
    assert output == {name: lock[f"node_modules/{name}"]["version"] for name in output}
    assert all(held.get("integrity", "sha512-").startswith("sha512-") for held in lock.values())
    assert head.count("Copyright") >= len(output) - 2


def test_each_answer_with_its_lag_and_ratio(reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection) -> None:
    page = reader().open("answers")
    output = {(r[0], r[1], r[5]) for r in rows_of(page)}
    wanted = connection.execute("SELECT expulsion_id, answers, coalesce(lag_days::VARCHAR, '–') FROM answer_lags").fetchall()
    assert output == set(wanted)
    ratio = connection.execute("SELECT ratio FROM reciprocity WHERE linked_set = '2022-04-04-FRA-RUS'").fetchall()[0][0]
    assert {r[7] for r in rows_of(page) if r[0] == RECORD} == {f"{ratio:.2f}"}
    page = reader().open("answers?pair=FRA-RUS")
    links = page.eval_on_selector_all(".chart circle", "circles => circles.map(c => c.closest('a').getAttribute('href').slice(1))")
    both = connection.execute("SELECT expulsion_id FROM expulsions WHERE (expeller, target) IN (('RUS', 'FRA'), ('FRA', 'RUS'))").fetchall()
    assert sorted(links) == sorted(r[0] for r in both)


def test_evidence_shows_every_statement_with_its_article(reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection) -> None:
    page = reader().open(RECORD)
    wanted = connection.execute(
        "SELECT s.says, a.publisher, a.url, s.vantage FROM statements AS s JOIN articles AS a USING (article_id) WHERE expulsion_id = $1",
        [RECORD],
    ).fetchall()
    output = page.eval_on_selector_all(
        ".statement",
        """all => all.map(s => { const link = s.querySelector('.source a');
        return [s.querySelector('.says').textContent, link.textContent, link.href, s.querySelector('.codes').innerText]; })""",
    )
    assert sorted((t[0], t[1], t[2]) for t in output) == sorted((w[0], w[1], w[2]) for w in wanted)
    assert all("vantage: " in t[3] for t in output)
    assert page.locator(".headline strong >> nth=0").inner_text() == "34"
    # What a coder called a French page is in English and said to be the coder's; a Russian title is in Russian.
    titles = page.eval_on_selector_all(".headline-title", "all => all.map(t => [t.textContent, t.lang])")
    assert ["Report on Russia expelling 34 French diplomats and the French reaction (coder’s title)", "en"] in titles
    assert any(lang == "ru" and re.search("[а-я]", title) and "coder" not in title for title, lang in titles)
    assert "decided by unit" in page.inner_text("main")
    assert RECORD in page.input_value("textarea")
    assert page.locator("a[href='#2022-04-04-FRA-RUS']").count() == 1


def test_every_expulsion_opens(reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection) -> None:
    page = reader().open("evidence")
    ids = [r[0] for r in connection.execute("SELECT expulsion_id FROM expulsions").fetchall()]
    counts = page.evaluate(
        """async ids => { const counts = []; for (const id of ids) { location.hash = id; await new Promise(r => setTimeout(r));
        counts.push([id, document.querySelector('.crumb')?.textContent, document.querySelectorAll('.statement').length]); }
        return counts; }""",
        ids,
    )
    wanted = connection.execute("SELECT expulsion_id, expulsion_id, n_statements FROM expulsions ORDER BY 1").fetchall()
    assert sorted(map(tuple, counts)) == wanted


def test_an_unknown_id_gets_a_sentence(reader: Callable[..., Reader]) -> None:
    page = reader().open("2022-05-18-RUS-%3Cb%3E")
    assert "There is no expulsion with the id 2022-05-18-RUS-<b>" in page.inner_text("main")


def test_claims_stand_beside_our_totals(reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection) -> None:
    page = reader().open("claims?lines=1&claim=republicworld-2022-05-18.c1")
    wanted = connection.execute(
        "SELECT claimed_by, CASE WHEN ours IS NULL AND ours_known = 0 THEN '?' ELSE ours_known::VARCHAR END, agrees FROM claim_checks "
        "WHERE origin IS NULL"
    ).fetchall()
    output = [(r[0].split("\n")[0], r[2].split("\n")[0].replace(",", ""), r[3].split("\n")[1] == "agrees") for r in rows_of(page)]
    assert sorted(output) == sorted(wanted)
    again = connection.execute("SELECT count(*) FROM claims WHERE origin IS NOT NULL").fetchall()[0][0]
    assert sum(cell.count("printed again") for cell in page.locator("main tbody th").all_inner_texts()) <= again
    assert f"printed again {again} times" in page.inner_text("main")


def lines_of(page: Any) -> list[str]:
    """The lines of SQL, Python and R that give the selection."""
    return page.eval_on_selector_all(".code pre", "all => all.map(p => p.textContent)")


def turned(page: Any, address: str) -> list[str]:
    """Goes to an address without loading the page anew; gives the lines of a selection, once they are those of this address."""
    page.evaluate("all => all.forEach(a => { location.hash = a; dispatchEvent(new Event('hashchange')); })", ["about", address])
    if address.startswith("table"):
        page.wait_for_selector("#fingerprint:not(:empty)")
    return lines_of(page)


SELECTIONS = {
    "table": "SELECT * FROM expulsions",
    "table?target=RUS&from=2022-02-24&until=2022-04-05": (
        "SELECT * FROM expulsions WHERE target = 'RUS' AND announced_on BETWEEN '2022-02-24' AND '2022-04-05'"
    ),
    "table?ground=espionage&measure=persona_non_grata&status=confirmed": (
        "SELECT * FROM expulsions WHERE ground_espionage AND measure = 'persona_non_grata' AND status = 'confirmed'"
    ),
    # A state is on one side or named by a word of its own; a closed post is a consulate's in the words of its label.
    "table?q=consul+russia": (
        "SELECT * FROM expulsions WHERE (note ILIKE '%consul%' OR measure = 'post_closed') "
        "AND ('RUS' IN (expeller, target, nationality) OR regexp_matches(lower(note), '\\brussia\\b'))"
    ),
    "table?q=no+such%22row'": "SELECT * FROM expulsions WHERE false",
}


@pytest.fixture(scope="session")
def places(built: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A checkout and, last, the folder of an unpacked zip, as far as the lines go."""
    checkout, unpacked = (tmp_path_factory.mktemp(name) for name in ("checkout", "unpacked"))
    (checkout / "build").symlink_to(built.parent)
    (unpacked / "parquet").mkdir()
    with duckdb.connect(str(built), read_only=True) as connection:
        for table in ("expulsions", "actors"):
            (unpacked / f"{table}.csv").symlink_to(built.parent / f"{table}.csv")
            connection.table(table).to_parquet(str(unpacked / "parquet" / f"{table}.parquet"))
    return [checkout, unpacked]


@pytest.mark.parametrize(("address", "query"), SELECTIONS.items())
def test_download_is_what_duckdb_answers(
    address: str,
    query: str,
    reader: Callable[..., Reader],
    connection: duckdb.DuckDBPyConnection,
    places: list[Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = reader().open(address)
    with page.expect_download() as download:
        page.click("#download")
    content = Path(download.value.path()).read_bytes()
    lines = csv_bytes(connection.sql(query).pl()).splitlines(keepends=True)
    assert content == lines[0] + b"".join(sorted(lines[1:]))
    page.wait_for_selector("#fingerprint:not(:empty)")
    print_ = hashlib.sha256(content).hexdigest()
    assert page.inner_text("#fingerprint") == print_
    assert print_ in page.inner_text("#citation")
    sql, python, r = lines_of(page)
    ids = sorted(line.split(b",")[0].decode() for line in lines[1:])
    assert [row[0] for row in connection.execute(sql).fetchall()] == ids
    counted = sum(row["officials_best"] or 0 for row in connection.sql(query).pl().rows(named=True) if row["counts"])
    for place in places:
        monkeypatch.chdir(place)
        result: dict[str, Any] = {}
        exec(python, result)
        assert isinstance(result["selection"], pd.DataFrame)
        assert sorted(result["selection"].expulsion_id) == ids and result["known"] == counted
    with duckdb.connect() as unpacked:
        unpacked.execute(re.search("CREATE VIEW .*;", sql)[0])  # In the last of the places.
        assert unpacked.sql(sql).fetchall() == connection.sql(sql).fetchall()
    assert r.count("(") == r.count(")")


def test_whole_table_has_the_bytes_of_the_product(product: dict[str, pl.DataFrame], reader: Callable[..., Reader]) -> None:
    page = reader().open("table")
    with page.expect_download() as download:
        page.click("#download")
    header, *lines = csv_bytes(product["expulsions"]).splitlines(keepends=True)
    assert Path(download.value.path()).read_bytes() == header + b"".join(sorted(lines))


def test_fingerprint_is_the_same_without_the_browser_s_cryptography(reader: Callable[..., Reader]) -> None:
    one, other = reader(), reader(locale="en-GB")
    other.context.add_init_script("Object.defineProperty(crypto, 'subtle', { value: undefined })")
    prints = []
    for opened in (one, other):
        page = opened.open("table?expeller=RUS")
        page.wait_for_selector("#fingerprint:not(:empty)")
        prints.append(page.inner_text("#fingerprint"))
    assert prints[0] == prints[1]


def test_filter_sort_and_clear_by_hand(reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection) -> None:
    page = reader().open("table")
    page.fill("main input[type=search]", "fra")
    page.get_by_label("Expeller").select_option("RUS")
    page.click("th button:text('Officials')")
    wanted = connection.execute(
        "SELECT expulsion_id, officials_best FROM expulsions WHERE expeller = 'RUS' AND target = 'FRA' ORDER BY officials_best"
    ).fetchall()
    output = [(r[0], int(r[1])) for r in rows_of(page)]
    assert [t[1] for t in output] == [w[1] for w in wanted]
    assert page.get_attribute("th:has(button:text('Officials'))", "aria-sort") == "ascending"
    page.reload()
    assert [(r[0], int(r[1])) for r in rows_of(page)] == output
    page.click("button:text('Clear')")
    assert len(rows_of(page)) == connection.execute("SELECT count(*) FROM expulsions").fetchall()[0][0]


def test_about_holds_codebook_validation_and_citation(reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection) -> None:
    page = reader().open("about")
    for table in product().compiled:
        assert page.locator(f".codebook summary:text-is('{table}')").count() == 1
    assert page.locator(".cookbook summary").all_inner_texts() == [
        recipe.question for recipe in cookbook.recipes(cookbook.PAGE.read_text())
    ]
    assert page.inner_text("#cite") == citation.apa(product())
    fingerprint = connection.execute("SELECT fingerprint FROM release").fetchall()[0][0]
    assert page.inner_text("pre[aria-label=BibTeX]") == citation.bibtex(product(), fingerprint)
    assert "1 expectations" in page.inner_text("main")
    query = "SELECT n_both, estimate FROM capture_recapture WHERE region = '*'"
    missed = {(r[5], r[7]) for r in rows_of(page, "table:has(caption:text-is('What is missed')) tbody tr")}
    assert missed == {
        (str(both), "–" if estimate is None else f"{estimate:.1f}") for both, estimate in connection.execute(query).fetchall()
    }
    page.click("a[href='validation.html']")
    page.wait_for_url("**/validation.html")
    assert page.title() == "Validation"


@pytest.mark.parametrize(
    ("address", "query"),
    [
        (
            "table?expeller=RUS&from=2022-05-01&ground=retaliation",
            "expeller = 'RUS' AND announced_on >= DATE '2022-05-01' AND ground_retaliation",
        ),
        ("table", ""),
    ],
)
def test_a_selection_is_cited_as_make_cite_does(address: str, query: str, reader: Callable[..., Reader], built: Path) -> None:
    page = reader().open(address)
    page.wait_for_selector("#citation:not(:empty)")
    if query:
        assert page.inner_text("#citation") == cite.citation(product(), built.parent, released=True, query=query).splitlines()[-1]
    else:
        assert page.inner_text("#citation").startswith(f"{citation.apa(product())} All rows of expulsions (n = ")


# --- on a small case -------------------------------------------------------------------------------------------------


@pytest.fixture
def small(world: World, folder: Path, tmp_path: Path) -> Callable[[], Path]:  # noqa: F811
    """Writes the page of the small tables that a test fills."""

    def write() -> Path:
        path = tmp_path / "small.html"
        path.write_bytes(rendered(folder, world.connection)["site/index.html"])
        return path

    return write


def test_june_is_in_the_first_half_year(world: World, small: Callable[[], Path], reader: Callable[..., Reader]) -> None:  # noqa: F811
    """A dyad that was searched from January to June is searched throughout June, and not in July."""
    for day in ("2021-06-01", "2021-07-01"):
        world.expel(f"{day}-FRA-UKR", 1)
        world.expel(f"{day}-DEU-RUS", 1)
        # Looked for by the targets' names only.
        world.expel(f"{day}-ITA-RUS", 1)
    for actor in ("FRA", "DEU", "ITA", "RUS", "UKR"):
        world.join(actor, "COW", "1991-01-01")
    world.put("scope", period_from="2021-01-01", period_until="2021-12-31", expeller_scope="*", target_scope="*")
    world.search("FRA", "RUS", "2021-01-01", "2021-06-30")
    world.search("DEU", "UKR", "2021-07-01", "2021-12-31")
    world.search("Europe*", "UKR", "2021-01-01", "2021-12-31")
    opened = reader(small())
    dots = {}
    for first, last in (("06-01", "06-30"), ("06-30", "07-01"), ("07-01", "07-31")):
        page = opened.open(f"dyads?from=2021-{first}&until=2021-{last}")
        dots[first] = [row[0] for row in rows_of(page, ".matrix tbody tr:has(td.none)")]
    assert dots == {"06-01": ["France"], "06-30": [], "07-01": ["Germany"]}


def test_the_page_opens_where_its_promise_begins(world: World, small: Callable[[], Path], reader: Callable[..., Reader]) -> None:  # noqa: F811
    """What lies before is a preset away."""
    world.expel("1991-06-01-FRA-UKR", 1)
    world.expel("2015-06-01-DEU-RUS", 2)
    world.put("scope", period_from="2014-01-01", period_until="2021-12-31", expeller_scope="*", target_scope="*")
    page = reader(small()).open("overview")
    assert page.inner_text("#figure-total figcaption").endswith("1 January 2014 to 1 June 2015")
    page.click(".presets button:text-is('All')")
    assert page.inner_text("#figure-total figcaption").endswith("1 June 1991 to 1 June 2015")


def test_a_period_is_offered_once(world: World, small: Callable[[], Path], reader: Callable[..., Reader]) -> None:  # noqa: F811
    world.expel("1945-11-01-FRA-UKR", 1)
    world.put("scope", period_from="1946-01-01", period_until="2021-12-31", expeller_scope="*", target_scope="*")
    output = reader(small()).open("overview").eval_on_selector_all(".presets button", "all => all.map(b => b.textContent)")
    assert output == ["All", "1946 on", "Since 1990", "Since 2018", "Since the invasion of 2022"]


def test_the_count_line_sums_what_counts(world: World, small: Callable[[], Path], reader: Callable[..., Reader]) -> None:  # noqa: F811
    """All rows are counted, contained and retracted ones too; officials are summed over the others."""
    decisions(world)
    low, known, unknown = world.rows(
        "SELECT officials_low, officials_known, n_unknown FROM officials_expelled('RUS', DATE '2022-03-01', DATE '2022-03-03')"
    )[0]
    output = reader(small()).open("table").inner_text(".count")
    assert output == f"7 of 7 expulsions; {known} officials known (at least {low}), {unknown} without a published figure."


def test_what_is_unknown_or_open_is_never_summed_as_if_it_were_not(
    world: World,  # noqa: F811
    small: Callable[[], Path],
    reader: Callable[..., Reader],
) -> None:
    """A sum says what it lacks; print agrees only where every whole number in print is the same, whatever became of the others."""
    world.expel("2022-03-01-FRA-RUS", 4)
    world.say("2022-03-01-FRA-RUS", 4)
    world.expel("2022-03-02-DEU-RUS", 2, best_basis="unanimous")
    world.say("2022-03-02-DEU-RUS", 2)
    world.say("2022-03-02-DEU-RUS", 9, standing="superseded")
    world.expel("2022-03-03-ITA-RUS", 5, officials_high=None, best_qualifier="at_least")
    world.expel("2022-03-04-USA-RUS", officials_low=1)
    page = reader(small()).open("about")
    output = {}
    for until in ("03-01", "03-02", "03-03", "03-04"):
        turned(page, f"overview?until=2022-{until}")
        output[until] = page.eval_on_selector(".headline div", "all => all.innerText.split(/\\n+/)")
    assert output == {
        "03-01": ["officials known", "4", "each printed once"],
        "03-02": ["officials known", "6", "standing figures agree"],
        "03-03": ["officials known", "11", "in all at least 11"],
        "03-04": ["officials known", "11", "in all at least 12"],
    }
    turned(page, "overview?expeller=USA&until=2022-03-04")
    assert page.inner_text(".headline div").split() == ["officials", "known", "?", "in", "all", "at", "least", "1"]
    turned(page, "table?expeller=USA")
    assert page.inner_text(".count") == "1 of 4 expulsions; no figure known (at least 1), 1 without a published figure."
    turned(page, "dyads")
    assert page.eval_on_selector_all(".matrix tfoot td", "all => all.map(c => c.innerText)") == ["11+?", "11+?"]
    sums = {row[0]: row[1] for row in rows_of(page, ".matrix tbody tr")}
    assert (sums["United States"], sums["Italy"], sums["France"]) == ("?", "5+", "4")
    turned(page, "evidence")
    assert [row[2:6] for row in rows_of(page)] == [["2, 9 (superseded)", "2–9", "2", "no other stands"]]


def test_groups_are_those_of_the_last_day(world: World, small: Callable[[], Path], reader: Callable[..., Reader]) -> None:  # noqa: F811
    """A member counts on its first and on its last day; a region has its states at any time."""
    world.join("FRA", "EU", "1958-01-01", "2022-03-02")
    world.join("DEU", "EU", "2022-03-02")
    for amount, key in ((1, "2022-03-01-FRA-RUS"), (2, "2022-03-01-DEU-RUS"), (4, "2022-03-01-USA-RUS")):
        world.expel(key, amount)
    page = reader(small()).open("about")
    output = {}
    for scope, day in (
        ("EU*", "03-01"),
        ("EU*", "03-02"),
        ("EU*", "03-03"),
        ("Europe*", "03-01"),
        ("*", "03-01"),
        ("USA", "03-01"),
        ("ITA", "03-01"),
    ):
        turned(page, f"overview?expeller={scope}&until=2022-{day}")
        output[scope, day] = page.inner_text(".headline strong")
        assert page.inner_text("#left-out") == ""
    assert list(output.values()) == ["1", "3", "2", "3", "7", "4", "0"]


# --- attacks ---------------------------------------------------------------------------------------------------------

HOSTILE = [
    "</script><script>hit()</script>",
    "<img src=x onerror=hit()>",
    '"><svg onload=hit()>',
    "<!--<script>hit()</script>",
    "{{script}} ${hit()} `'\\",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "=HYPERLINK(\"javascript:hit()\")",
]  # fmt: skip
ADDRESSES = ["javascript:hit()", "JaVaScRiPt:hit()//https://x.example", "data:text/html,<script>hit()</script>", "vbscript:hit()", "file:///etc/passwd",
    'https://x.example/"onmouseover="hit()', "//x.example/a", "not an address"]  # fmt: skip


def _list(texts: list[str]) -> str:
    return "[" + ", ".join("'" + t.replace("'", "''") + "'" for t in texts) + "]"


@pytest.fixture
def planted(small_world: Path, tmp_path: Path) -> tuple[Path, list[str]]:
    """The page from the small world's tables in which every free text is an attack, and the ids of its expulsions."""
    loose = duckdb.connect()
    loosen(loose, small_world / DATABASE)
    for table, columns in {
        "statements": ["says", "figure_as_printed", "standing_reason"],
        "articles": ["publisher", "agency", "title", "language"],
        "expulsions": ["note"],
        "claims": ["claimed_by", "scope_as_stated", "note"],
        "actors": ["name"],
        "searches": ["language", "query"],
    }.items():
        for column in columns:
            # Names have to differ; everything else takes the attacks in turn.
            suffix = " || actor_id" if table == "actors" else ""
            chosen = f"({_list(HOSTILE)})[(rowid % {len(HOSTILE)} + 1)::INTEGER]{suffix}"
            loose.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * REPLACE ({chosen} AS {column}) FROM {table}")
    chosen = f"({_list(ADDRESSES)})[(rowid % {len(ADDRESSES)} + 1)::INTEGER]"
    loose.execute(f"CREATE OR REPLACE TABLE articles AS SELECT * REPLACE ({chosen} AS url) FROM articles")
    path = tmp_path / "planted.html"
    path.write_bytes(rendered(small_world / "build", loose)["site/index.html"])
    return path, [key for (key,) in loose.execute("SELECT expulsion_id FROM expulsions").fetchall()]


def test_planted_scripts_attributes_and_addresses_stay_text(planted: tuple[Path, list[str]], reader: Callable[..., Reader]) -> None:
    path, ids = planted
    opened = reader(path)
    opened.context.add_init_script("window.hits = 0; window.hit = () => window.hits++;")
    opened.page.goto(f"file://{path}")
    for address in [*VIEWS, "table?q=%3Cimg+src%3Dx+onerror%3Dhit()%3E", "%3Cimg%20src=x%20onerror=hit()%3E", *ids]:
        opened.page.evaluate("a => { location.hash = a; }", address)
        opened.page.wait_for_timeout(10)
        result = opened.page.evaluate(
            """() => ({ hits: window.hits,
            markup: document.querySelectorAll('main :is(img, iframe, script, svg[onload], [onerror], [onmouseover])').length,
            schemes: [...document.links].map(a => a.protocol) })"""
        )
        assert result["hits"] == 0
        assert result["markup"] == 0
        assert set(result["schemes"]) <= {"http:", "https:", "file:"}
        files = opened.page.eval_on_selector_all(
            "main a", "all => all.filter(a => a.protocol === 'file:').map(a => a.getAttribute('href'))"
        )
        assert all(href.startswith("#") or href == "validation.html" for href in files)
    assert opened.page.locator(".says").count() > 0
    assert opened.page.locator(".says").first.inner_text() in [t.replace("  ", " ") for t in HOSTILE]


# Each breaks out of the literals of at least one language, out of the line, or out of an object's own keys.
BREAKING = [
    'war]\nimport os; os.system("touch pwned")  #', "war; DROP TABLE expulsions; --", 'war") | system("touch pwned") | ("', '"\nsystem("touch pwned")\n"',
    "' OR true OR '", "\\' OR true --", '\\" + __import__("os").system("touch pwned") + "', "\\", "\u202e\u2066x\x85\u2028'", "x\U000e0001'", "__proto__",
]  # fmt: skip
# What the lines of R may call; that they call nothing else, and how many they are, R's own parser says.
R_CALLS = [
    "<-",
    "library",
    "dplyr",
    "readr",
    "read_csv",
    "cols",
    "$",
    "%in%",
    "filter",
    "==",
    ">=",
    "<=",
    "c",
    "if",
    "file.exists",
    "file.path",
    "sum",
    "as.integer",
]
R_READ = """
all <- jsonlite::fromJSON(file("stdin"), simplifyVector = FALSE)
texts <- function(x) if (is.character(x)) x else if (is.call(x)) unlist(lapply(as.list(x), texts))
cat(jsonlite::toJSON(lapply(all, function(one) {
  read <- parse(text = one, keep.source = FALSE, encoding = "UTF-8")
  list(calls = unique(setdiff(all.names(read), all.names(read, functions = FALSE))), lines = length(read), texts = unlist(lapply(read, texts)))
})))
"""


def called(python: str) -> set[str]:
    """Names of all functions and methods that some lines of Python call."""
    return {ast.unparse(node.func).split(".")[-1] for node in ast.walk(ast.parse(python)) if isinstance(node, ast.Call)}


def test_what_no_filter_can_be_is_left_out_and_named(reader: Callable[..., Reader]) -> None:
    """Hostile values of every filter leave the lines of all rows; each view says what it left out."""
    page = reader().open("about")
    plain, everything = turned(page, "table"), page.inner_text(".count")
    filters = ["expeller", "target", "from", "until", "measure", "ground", "trigger", "reply", "wave", "status", "sort", "down", "colour"]
    for value in (BREAKING[0], BREAKING[3], "constructor", "__proto__", "2022-02-30", "0"):
        asked = {key: value for key in filters if (key, value) != ("down", "0")}
        assert turned(page, "table?" + urlencode(asked)) == plain, value
        assert page.inner_text(".count") == everything, value
        assert page.inner_text("#left-out").count("“") == len(asked), value
    for view, keys in {
        "overview": ["target", "expeller", "since", "until", "others"],
        "dyads": ["from", "until", "show", "order", "expeller", "target"],
        "answers": ["pair"],
        "claims": ["by", "agrees", "lines", "claim"],
        "evidence": ["any"],
    }.items():
        for value in (BREAKING[0], "__proto__", "2022-02-30"):
            turned(page, f"{view}?{urlencode(dict.fromkeys(keys, value))}")
            assert page.inner_text("#left-out").count("“") == len(keys), (view, value)
            assert page.locator("main :is(a[href*='touch'], a[href*='proto'], a[href*='02-30'])[href^='#']").count() == 0
    turned(page, "table?__proto__=RUS&constructor=1")
    assert page.inner_text("#left-out") == "Left out of this address, because there is no such choice: __proto__ “RUS”, constructor “1”."
    turned(page, "table?expeller=RUS&wave=&sort=day")
    assert page.inner_text("#left-out") == "" and page.locator("#left-out").count() == 1


def test_what_is_searched_for_is_quoted_for_each_language(
    reader: Callable[..., Reader], connection: duckdb.DuckDBPyConnection, places: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One query, the same calls, the ids that were found: nothing of the word is run, and each language finds what the page finds."""
    folder = places[0]
    monkeypatch.chdir(folder)
    page = reader().open("about")
    calls = {"Path", "exists", "read_csv", "isin", "sum"}
    in_r, wanted = [], []
    for value in BREAKING:
        sql, python, r = turned(page, "table?" + urlencode({"q": value, "expeller": "RUS"}))
        assert page.inner_text("#left-out") == ""
        assert not re.search(r"[^\S\n ]|[\u202e\u2066\x85\U000e0001]", sql + python + r)
        ids = sorted(row[0] for row in rows_of(page))
        assert [s.type for s in duckdb.extract_statements(sql)] == [duckdb.StatementType.SELECT], value
        assert [row[0] for row in connection.execute(sql).fetchall()] == ids, value
        assert called(python) == calls and len(ast.parse(python).body) == 6, value
        result: dict[str, Any] = {}
        exec(python, result)
        assert sorted(result["selection"].expulsion_id) == ids, value
        in_r.append(r)
        wanted.append(ids)
    assert not (folder / "pwned").exists()
    if shutil.which("Rscript"):
        read = subprocess.run(
            ["Rscript", "-e", R_READ],
            input=json.dumps(in_r),
            capture_output=True,
            text=True,
            env={"LC_ALL": "C.UTF-8", "PATH": "/usr/bin:/bin"},
        )
        assert read.returncode == 0, read.stderr
        for one, ids in zip(json.loads(read.stdout), wanted, strict=True):
            assert set(one["calls"]) <= set(R_CALLS) and one["lines"] == [6], one
            assert set(one["texts"]) >= set(ids), one
    turned(page, "table?q=%00")
    assert "q “" in page.inner_text("#left-out")


def test_policy_stops_what_would_get_through(page_path: Path, browser: Any) -> None:
    opened = Reader(browser, page_path)
    page = opened.open("about")
    stopped = page.evaluate(
        """() => { const tried = {};
        try { document.querySelector('main').innerHTML = '<b>x</b>'; } catch { tried.markup = true; }
        const script = document.createElement('script');
        try { script.textContent = 'window.ran = 1'; document.body.append(script); } catch { tried.script = true; }
        const image = document.createElement('div');
        try { image.setAttribute('onclick', 'window.ran = 2'); } catch { tried.handler = true; }
        document.body.append(image); image.click();
        return [tried.markup === true, window.ran === undefined]; }"""
    )
    assert stopped == [True, True]
    refused = page.evaluate("fetch('https://example.org/').then(() => 'sent', () => 'refused')")
    assert refused == "refused"
    opened.context.close()


# --- for everybody ---------------------------------------------------------------------------------------------------


# Small selections, and of long tables the first rows: axe-core takes its time with each cell. What follows the first four looks
# alike in the dark.
FIRST_ROWS = "document.querySelectorAll('tbody tr:nth-child(n + 20)').forEach(row => row.remove())"
CHECKED = [
    RECORD,
    "dyads?from=2022-05-18&expeller=RUS&target=FRA",
    "overview",
    "claims",
    "evidence",
    "table?target=FRA",
    "answers",
    "waves",
    "FRA",
    "about",
]


@pytest.mark.parametrize(("width", "scheme", "rules"), [(1280, "light", None), (390, "dark", ["color-contrast"])])
def test_axe_core_finds_no_violation(width: int, scheme: str, rules: list[str] | None, reader: Callable[..., Reader]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core for Playwright is not installed")
    opened = reader(viewport={"width": width, "height": 844}, color_scheme=scheme)
    result = []
    for address in CHECKED[: 4 if rules else None]:
        page = opened.open(address)
        page.eval_on_selector_all("main details", "all => all.slice(0, 2).forEach(d => (d.open = true))")
        page.evaluate(FIRST_ROWS)
        page.wait_for_timeout(50)
        results = axe.Axe().run(page, options={"resultTypes": ["violations"]} | ({"runOnly": rules} if rules else {})).response
        result += [(address, v["id"], v["nodes"][0]["html"][:200]) for v in results["violations"]]
    assert result == []


def test_axe_core_would_find_one(reader: Callable[..., Reader]) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe-core for Playwright is not installed")
    page = reader().open("evidence")
    page.evaluate("document.querySelector('h1').style.setProperty('color', '#eee')")
    assert [v["id"] for v in axe.Axe().run(page).response["violations"]] == ["color-contrast"]


def test_a_phone_s_page_does_not_scroll_sideways(reader: Callable[..., Reader]) -> None:
    opened = reader(viewport={"width": 390, "height": 844})
    for address in [*VIEWS, RECORD]:
        page = opened.open(address)
        page.eval_on_selector_all("main details", "all => all.forEach(d => (d.open = true))")
        page.wait_for_timeout(50)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address


def test_keyboard_reaches_content_and_views(reader: Callable[..., Reader]) -> None:
    page = reader().open("overview")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.focus("#nav a[href='#dyads']")
    page.keyboard.press("Enter")
    page.wait_for_selector(".matrix")
    assert page.get_attribute("#nav a[href='#dyads']", "aria-current") == "page"
    page.go_back()
    page.wait_for_selector(".headline")


def test_print_drops_controls(reader: Callable[..., Reader]) -> None:
    page = reader().open(RECORD)
    page.emulate_media(media="print")
    seen = [page.is_visible(part) for part in ("nav", "textarea", ".statement")]
    page.emulate_media(media="screen")
    assert seen == [False, False, True]


# --- at the size to come -----------------------------------------------------------------------------------------------


@pytest.fixture
def grown(loose: duckdb.DuckDBPyConnection, folder: Path, tmp_path: Path) -> Path:
    """The page with every expulsion, statement, answer and article twice over: about 3,200 expulsions with 14,600 statements."""
    for table, keys in {
        "expulsions": ["expulsion_id"],
        "statements": ["expulsion_id", "statement_id", "article_id"],
        "answers": ["expulsion_id", "answers", "article_id"],
        "articles": ["article_id"],
    }.items():
        changed = ", ".join(f"CASE WHEN i = 0 THEN {k} ELSE {k} || '-' || (i + 20) END AS {k}" for k in keys)
        loose.execute(f"CREATE OR REPLACE TABLE {table} AS SELECT * EXCLUDE (i) REPLACE ({changed}) FROM {table}, range(2) AS copies(i)")
    path = tmp_path / "grown.html"
    path.write_bytes(rendered(folder, loose)["site/index.html"])
    return path


def test_the_world_s_expulsions_stay_small(grown: Path, reader: Callable[..., Reader]) -> None:
    """How soon they are painted and filtered is measured by hand: a clock is no test."""
    assert grown.stat().st_size < 3_000_000
    page = reader(grown).open("table")
    assert page.locator("tbody tr").count() > 0


# --- where and of what it is opened ------------------------------------------------------------------------------------


def test_it_opens_from_a_static_host(page_path: Path, browser: Any) -> None:
    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(page_path.parent))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        host = f"http://127.0.0.1:{server.server_port}/"
        opened = Reader(browser, page_path)
        opened.page.goto(f"{host}#{RECORD}")
        opened.page.wait_for_selector("body.ready", state="attached")
        assert opened.page.locator(".statement").count() > 0
        assert {url for url in opened.requests if not url.startswith("data:")} == {host + "#" + RECORD} or opened.outside() == [host]
        assert opened.complaints == []
        opened.context.close()
        server.shutdown()


def test_history_and_retired_ids_are_told(
    folder: Path, loose: duckdb.DuckDBPyConnection, reader: Callable[..., Reader], tmp_path: Path
) -> None:
    """What the first release held, what each later one changed, and nothing where no release knows the expulsion."""
    loose.execute("DELETE FROM changes")
    loose.execute("INSERT INTO released_expulsions BY NAME SELECT '1.9.0' AS version, * FROM expulsions WHERE expeller = 'RUS'")
    for version, column, old, new in (
        ("1.10.0", "note", "Old.", None),
        ("1.10.0", "officials_best", "41", "34"),
        ("1.11.0", "ceiling", None, "5"),
    ):
        loose.execute(
            "INSERT INTO changes VALUES ('1.9.0', ?, 'expulsions', ?, ?, 'value_changed', ?, ?, NULL)", [version, RECORD, column, old, new]
        )
    loose.execute(f"INSERT INTO retired VALUES ('2022-05-19-RUS-FRA', '{RECORD}', 'Counted twice.')")
    path = tmp_path / "page.html"
    path.write_bytes(rendered(folder, loose)["site/index.html"])
    opened = reader(path)
    past = "section:has(h2:text-is('History'))"
    output = opened.open(RECORD).inner_text(past).split()
    wanted = "History 1.9.0: added 1.10.0: changed note: Old. → empty officials_best: 41 → 34 1.11.0: changed ceiling: empty → 5"
    assert output == wanted.split()
    assert "First version: no release before this one holds it." in opened.open("2022-04-04-FRA-RUS").inner_text(past)
    retired = opened.open("2022-05-19-RUS-FRA")
    assert "Counted twice." in retired.inner_text("main")
    assert retired.locator(f"main a[href='#{RECORD}']").count() == 1


def test_this_checkout_is_ignored_by_git() -> None:
    assert "/build/site/" in (ROOT / ".gitignore").read_text(encoding="utf-8")
