"""What is taken away from the page of the small world: figures as files, tables as CSV, embed lines; and what explains itself."""

import copy
import csv
import dataclasses
import json
import re
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import duckdb
import pytest
import yaml

from scripts.explore import site
from scripts.package.contract import ROOT, product
from tests import world
from tests.explore.test_reader import other  # noqa: F401
from tests.explore.test_world_page import Open, at, rows, text, window  # noqa: F401

FIGURES = {
    "overview?expeller=FRA": ["total", "calendar"],
    "dyads": ["map", "bars"],
    "waves": ["waves", "panels"],
    "answers?pair=FRA-RUS": ["chain", "lags", "ratios"],
    "claims": ["claims"],
    "FRA": ["years", "partners"],
}


@pytest.fixture
def answer(small_world: Path) -> Callable[[str], list[tuple[Any, ...]]]:
    """What DuckDB answers to a query on the small world."""

    def ask(query: str) -> list[tuple[Any, ...]]:
        with duckdb.connect(str(small_world / world.DATABASE), read_only=True) as connection:
            return connection.execute(query).fetchall()

    return ask


def saved(page: Any, button: str) -> bytes:
    with page.expect_download() as download:
        page.click(button)
    return Path(download.value.path()).read_bytes()


@pytest.mark.parametrize("address", FIGURES)
def test_a_figure_is_taken_with_title_subject_source_and_address(at: Open, address: str) -> None:  # noqa: F811
    page = at(address)
    assert page.eval_on_selector_all("main .figure", "all => all.map(f => f.id.slice(7))") == FIGURES[address]
    for name in FIGURES[address]:
        subject = text(page, f"#figure-{name} figcaption")
        drawn = ElementTree.fromstring(saved(page, f"#figure-{name} button:text-is('SVG')"))
        output = " ".join("".join(node.itertext()) for node in drawn.iter("{http://www.w3.org/2000/svg}text"))
        assert subject and subject in output and "Diplomatic Expulsions 2.0.0" in output and f"#{address}" in output.replace(" ", ""), (
            output
        )
        assert drawn.find("{http://www.w3.org/2000/svg}title") is not None
        shapes = [node for node in drawn.iter() if node.tag.endswith(("}path", "}rect", "}circle", "}line"))]
        assert len(shapes) > 3 and all(node.get("fill") for node in shapes[1:]) and not any(node.get("class") for node in drawn.iter())
    image = saved(page, f"#figure-{FIGURES[address][0]} button:text-is('PNG')")
    assert image.startswith(b"\x89PNG") and int.from_bytes(image[16:20], "big") == 2000


def test_a_figure_keeps_its_colours_and_its_keys(at: Open) -> None:  # noqa: F811
    """A rule that names a shape by what it stands in counts too; the keys that stand above a figure go along with their words."""
    svg = "{http://www.w3.org/2000/svg}"
    for address, name, shape, keys in (
        ("overview", "total", "a.mark path", "our total low to high published total of the same scope"),
        ("dyads", "map", ".map .land", "40 or more officials known. no decision known"),
        ("waves", "panels", "path[stroke]", "Skripal 2018, from 14 March 2018"),
        ("FRA", "partners", "rect.two", "expelled by France officials of France expelled."),
    ):
        page = at(address)
        kind, colour = page.eval_on_selector(
            f"#figure-{name} {shape}", "e => [e.tagName, [getComputedStyle(e).fill, getComputedStyle(e).stroke]]"
        )
        drawn = ElementTree.fromstring(saved(page, f"#figure-{name} button:text-is('SVG')"))
        assert colour in [[node.get("fill"), node.get("stroke")] for node in drawn.iter(svg + kind)], name
        output = " ".join("".join(node.itertext()) for node in drawn.iter(svg + "text"))
        assert keys in output, (name, output)
        ground = drawn.find(f"{svg}rect").get("fill")
        painted = [
            node for node in drawn if (node.tag != svg + "text" and (node.get("fill") or "") not in ("none", ground)) or node.get("stroke")
        ]
        assert len(painted) >= 2, name


def test_what_is_taken_as_csv_is_what_duckdb_answers(at: Open, answer: Callable[[str], list[tuple[Any, ...]]]) -> None:  # noqa: F811
    def table(address: str, button: str) -> list[tuple[str, ...]]:
        return [tuple(row) for row in csv.reader(StringIO(saved(at(address), button).decode()))][1:]

    def asked(query: str) -> list[tuple[str, ...]]:
        return [tuple("" if v is None else str(v) for v in row) for row in answer(query)]

    assert sorted(table("dyads", "main button:text-is('Download CSV')")) == sorted(
        asked(
            "SELECT expeller, target, expulsions, officials_known, officials_low, officials_high, n_unknown, n_open, "
            "coalesce(posts_cut, 0) FROM dyads"
        )
    )
    output = table("claims?lines=1", "main button:text-is('Download CSV')")
    assert sorted(row[0] for row in output) == sorted(row[0] for row in asked("SELECT claim_id FROM claim_checks"))
    known = {row[0]: (row[9], row[13]) for row in output}
    assert known == {key: (figure, ours) for key, figure, ours in asked("SELECT claim_id, figure, ours_known FROM claim_checks")}
    assert sorted(table("answers", "main button:text-is('Download CSV')")) == sorted(
        asked("SELECT expulsion_id, answers, expeller, target, relation, basis, lag_days FROM answer_lags")
    )
    total = table("overview", "#figure-total button:text-is('CSV')")
    assert (
        total[-1][:2]
        == asked("SELECT day, cumulative_known FROM cumulative_officials('RUS', DATE '2022-02-24') WHERE day = '2023-10-03'")[0]
    )
    output = table("2022-04-04-FRA-RUS", "main button:text-is('Download CSV')")
    query = "SELECT expulsion_id, statement_id, article_id, says FROM statements WHERE expulsion_id = '2022-04-04-FRA-RUS'"
    assert sorted(row[:4] for row in output) == sorted(asked(query))
    cited = saved(at("claims?by=Tally"), "main button:text-is('Download citation')").decode()
    assert "(Version 2.0.0)" in cited and "Rows of claims (n = " in cited and "#claims?by=Tally" in cited


def test_every_table_is_taken_with_its_citation(at: Open, answer: Callable[[str], list[tuple[Any, ...]]]) -> None:  # noqa: F811
    """Each table of the page stands before a button for its rows; those of About are what DuckDB answers."""
    for address in ("about", "waves", "dyads?expeller=FRA&target=RUS", "claims", "table", "answers", "evidence", "FRA"):
        page = at(address)
        bare = page.eval_on_selector_all(
            "main table:not(.reading table, figure table, details table)",
            """all => all.filter(t => ![...document.querySelectorAll("main button")].some(b => b.textContent.startsWith("Download CSV") &&
            (t.closest("section, article").contains(b)))).map(t => t.caption?.textContent)""",
        )
        assert bare == [], address
    page = at("about")
    for name, query in (
        ("reliability", "SELECT variable, sample, alpha FROM reliability WHERE region = '*' AND period = '*'"),
        ("sensitivity", "SELECT choice, expulsions, officials_known FROM sensitivity"),
        ("searches by language", "SELECT language, count(*), sum(n_pages)::INTEGER FROM searches GROUP BY language"),
    ):
        button = f"main button[aria-label='Download {name} as CSV']"
        output = list(csv.DictReader(StringIO(saved(page, button).decode())))
        columns = {"reliability": ["variable", "sample", "alpha"], "sensitivity": ["choice", "expulsions", "officials_known"]}.get(
            name, ["language", "searches", "pages"]
        )
        # A whole number of the page's is one of DuckDB's, point or no point.
        plain = lambda v: "" if v is None else re.sub(r"\.0$", "", str(v))  # noqa: E731
        assert sorted(tuple(row[c] for c in columns) for row in output) == sorted(tuple(map(plain, row)) for row in answer(query)), name
    cited = saved(page, "main button[aria-label='Download the citation of sensitivity']").decode()
    assert "(Version 2.0.0)" in cited and "Rows of sensitivity (n = " in cited


def test_an_embedded_figure_stands_alone(at: Open, other: Any) -> None:  # noqa: F811
    page = at("overview?expeller=FRA")
    page.evaluate("navigator.clipboard.writeText = async text => { window.copied = text; }")
    page.click("#figure-total button:text-is('Embed')")
    line = page.evaluate("window.copied")
    assert line.startswith("<iframe src=") and "only=total" in line and "expelled by France" in line
    page = other("overview?expeller=FRA&only=total")
    assert page.locator("figure").count() == 1 and page.locator("nav:visible, .headline:visible").count() == 0
    assert text(page, "figcaption").startswith("Officials of Russia, expelled by France")
    assert page.get_attribute("main .note a[href^='#overview']", "href") == "#overview?expeller=FRA"
    assert "only “nothing”" in text(at("overview?only=nothing"), "#left-out")


@pytest.mark.parametrize(
    ("key", "phrases"),
    [
        # 35 + 6, and a range without a best figure; from Russia 34 + 2. The five of March are in the 35.
        ("FRA", ["41 officials are known to have been expelled by France (in all at least 37), in 3 decisions.", "1 decision of these gives no number",
            "36 officials of France are known to have been expelled by anyone", "balance −5 ?", "Decisions (6)"]),
        # All that others did to Russia, and to a Russian of the United Nations.
        ("RUS", ["126 officials are known to have been expelled by Russia", "What it counts"]),
        ("HUN", ["no decision by Hungary against officials is known here"]),
        ("NLD", ["officials of the Netherlands"]),
    ],
)  # fmt: skip
def test_a_state_has_a_page(at: Open, key: str, phrases: list[str]) -> None:  # noqa: F811
    page = at(key)
    output = text(page)
    for phrase in phrases:
        assert phrase in output, (phrase, output)


def test_a_name_leads_to_its_page_and_a_partner_to_the_pair(at: Open) -> None:  # noqa: F811
    page = at("table?expeller=FRA")
    page.click("main table.data a.plain:text-is('France') >> nth=0")
    page.wait_for_selector("h1:text-is('France')")
    assert page.get_attribute("#figure-partners a", "href") == "#dyads?expeller=FRA&target=RUS"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("overview?expeller=FRA", "From 24 February 2022 to 3 October 2023 41 officials of Russia are known to have been expelled by France (in all at least 37), in 3 decisions. 1 decision of these gives no number, so the true total is higher."),
        ("overview?expeller=NOR&since=2018-01-01&until=2018-12-31", "From 1 January 2018 to 31 December 2018 5 officials of Russia are known to have been expelled by Norway (4–6), in 1 decision."),
        ("overview?expeller=CZE", "From 24 February 2022 to 3 October 2023 officials of Russia were expelled by Czechia, in 1 decision; how many is not published."),
        ("overview?expeller=FRA&since=2022-07-01", "From 1 July 2022 to 3 October 2023 officials of Russia were expelled by France, in 1 decision; how many is not published (at least 1)."),
        ("overview?expeller=HUN", "From 24 February 2022 to 3 October 2023 no decision by Hungary against officials of Russia is known here. Whether anybody looked is another question: the coverage is under About."),
        ("dyads?expeller=FRA&target=RUS&from=2022-01-01", "From 1 January 2022 to 3 October 2023 41 officials of Russia are known to have been expelled by France (in all at least 37), in 3 decisions. 1 decision of these gives no number, so the true total is higher. From 1 January 2022 to 3 October 2023 36 officials of France are known to have been expelled by Russia, in 2 decisions."),
        ("dyads?from=2018-01-01&until=2018-12-31", "From 1 January 2018 to 31 December 2018 169 officials are known to have been expelled by anyone (168–174), in 5 decisions."),
    ],
)  # fmt: skip
def test_one_sentence_answers_how_many(at: Open, address: str, sentence: str) -> None:  # noqa: F811
    assert text(at(address), ".answer").startswith(sentence)


def test_answers_follow_the_pair_and_a_wave_stands_beside_another(at: Open) -> None:  # noqa: F811
    page = at("answers?wave=skripal_2018")
    # 3 3 12 13 and 1: two answers of the wave are retaliation, three joined.
    assert "5 answers with both days known; median 3 days." in text(page)
    page = at("answers?wave=skripal_2018&beside=ukraine_2022")
    assert page.locator("#figure-lags rect.two").count() > 0 and "median" in text(page, "#figure-lags .note")
    for pair in ("FRA-RUS", "RUS-USA", "EST-RUS"):
        assert text(at(f"answers?pair={pair}"), "#figure-chain .legend").split("Russia expels")[0].count("expels officials of") == 1, pair


def test_terms_explain_themselves_on_focus_and_in_the_glossary(at: Open) -> None:  # noqa: F811
    page = at("2022-04-04-FRA-RUS")
    assert page.locator(".tip:visible").count() == 0
    page.focus(".statement .term a >> nth=0")
    assert text(page, ".tip:visible").startswith("Whose claim it is")
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:text-is('About')")
    assert text(page, "#term-vantage").startswith("Vantage Whose claim it is")
    assert page.locator(".glossary dt").count() == len(site.TERMS)


def test_without_scripts_there_is_a_list_and_the_tables(other: Any, answer: Callable[[str], list[tuple[Any, ...]]]) -> None:  # noqa: F811
    page = other("overview", java_script_enabled=False)
    assert page.locator("main li").count() == answer("SELECT count(*) FROM expulsions")[0][0]
    assert "2022-06-28: Greece against Russia, about 12" in page.inner_text("main")
    links = page.eval_on_selector_all("main a", "all => all.map(a => a.getAttribute('href'))")
    assert "../expulsions.csv" in links and len(links) == len(product().tables)


def test_an_error_is_reported_with_and_without_a_home(at: Open, small_world: Path, tmp_path: Path, browser: Any) -> None:  # noqa: F811
    assert "by the address in README" in text(at("2022-04-04-FRA-RUS"), ".report")
    held = dataclasses.replace(product(), spec=copy.deepcopy(product().spec) | {"homepage": "https://github.com/someone/somewhere"})
    with duckdb.connect(str(small_world / world.DATABASE), read_only=True) as connection:
        files = site.render(connection, small_world / "build", held, raw=small_world / "raw")
    (tmp_path / "index.html").write_bytes(files["site/index.html"])
    form = yaml.safe_load((ROOT / ".github" / "ISSUE_TEMPLATE" / "correction.yml").read_text(encoding="utf-8"))
    labels = {part["id"]: part["attributes"]["label"] for part in form["body"]}
    page = browser.new_page()
    page.goto(f"file://{tmp_path / 'index.html'}#2022-04-04-FRA-RUS")
    reported = page.input_value("textarea").splitlines()
    assert [line.split(":")[0] for line in reported[-len(labels) :]] == list(labels.values())
    page.fill("textarea", "\n".join([*reported[:-2], f"{labels['says']}: Thirty, it says.", reported[-1]]))
    page.eval_on_selector(".report a", "a => { a.addEventListener('click', e => e.preventDefault()); a.click(); }")
    link = page.get_attribute(".report a", "href")
    assert link.startswith("https://github.com/someone/somewhere/issues/new?template=correction.yml&title=")
    asked = {name: value for name, (value,) in parse_qs(urlsplit(link).query).items()}
    assert (asked["decision"], asked["says"]) == ("2022-04-04-FRA-RUS", "Thirty, it says.")
    assert asked["version"].startswith(held.version) and {"cell", "source"}.isdisjoint(asked)
    assert json.dumps(link).isascii()
    page.close()
