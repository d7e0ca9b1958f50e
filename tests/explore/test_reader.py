"""What a reader meets who comes from elsewhere: pasted addresses, other names, paper, a finger, Back; on the page of the small world."""

import itertools
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import world
from tests.explore.test_world_page import Open, at, rows, text, window  # noqa: F401


@pytest.fixture(scope="module")
def other(small_world: Path, browser: Any) -> Iterator[Any]:
    """Opens windows of other kinds at an address; none of them may complain."""
    opened, complaints = [], []

    def new(address: str, script: str = "", **options: Any) -> Any:
        context = browser.new_context(**options)
        opened.append(context)
        if script:
            context.add_init_script(script)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"file://{small_world / world.PAGE}#{address}")
        if options.get("java_script_enabled", True):
            page.wait_for_selector("body.ready", state="attached")
        return page

    yield new
    for context in opened:
        context.close()
    assert complaints == []


# --- addresses -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "left_out"),
    [
        ("overview?since=2022-02-24.", "since “2022-02-24.”"),
        ("overview?until=zzz", "until “zzz”"),
        ("overview?until=10000-01-01", "until “10000-01-01”"),
        ("overview?since=0001-01-01&until=9999-12-31", "since “0001-01-01”, until “9999-12-31”"),
        ("overview?since=2022-12-31&until=2022-01-01", "until “2022-01-01”"),
        ("table?from=2022-12-31&until=2022-01-01", "until “2022-01-01”"),
        ("dyads?from=2022-12-31&until=2022-01-01", "until “2022-01-01”"),
        ("table?expeller=USSR&q=france", "expeller “USSR”"),
        ("overview?target=Ruritania", "target “Ruritania”"),
    ],
)
def test_what_no_choice_can_be_is_left_out_with_a_word(at: Open, address: str, left_out: str) -> None:  # noqa: F811
    page = at(address)
    assert text(page, "#left-out") == f"Left out of this address, because there is no such choice: {left_out}."
    assert text(page, "h1 ~ *:not(#left-out)")


def test_a_choice_that_no_row_has_is_shown(at: Open) -> None:  # noqa: F811
    """Nothing is found under a field that says what was asked for, never under a blank one."""
    for address in ("table?expeller=NATO&target=HUN&measure=relations_severed&wave=us_2016", "overview?target=HUN&expeller=CHE"):
        page = at(address)
        shown = page.eval_on_selector_all("main select", "all => all.map(s => s.selectedOptions[0]?.textContent ?? '')")
        assert "Hungary (none)" in shown and all(shown), shown
    assert text(at("overview?until=2020-02-01"), ".headline").startswith("officials known 98 ")


def test_hundreds_of_addresses_are_answered_at_once(at: Open) -> None:  # noqa: F811
    chance = random.Random(18)
    words = [
        "2022-02-24",
        "2022-02-24.",
        "9999-12-31",
        "0000-00-00",
        "-1",
        "RUS",
        "EU*",
        "*",
        "zzz",
        "",
        "%00",
        "%",
        "FRA-RUS",
        "1e9",
        "🦊",
        "../",
        "<b>",
    ]
    keys = [
        "since",
        "until",
        "from",
        "target",
        "expeller",
        "pair",
        "q",
        "sort",
        "down",
        "show",
        "order",
        "claim",
        "by",
        "wave",
        "lines",
        "of",
        "states",
        "side",
        "days",
        "x",
    ]
    views = [
        "overview",
        "dyads",
        "waves",
        "answers",
        "evidence",
        "claims",
        "table",
        "about",
        "",
        "RUS",
        "2022-05-18-RUS-FRA",
        "nowhere",
        "%E0%A4%A",
    ]
    asked = [
        f"{chance.choice(views)}?" + "&".join(f"{chance.choice(keys)}={chance.choice(words)}" for _ in range(chance.randint(0, 4)))
        for _ in range(400)
    ]
    slow = at("about").evaluate(
        """async all => { const slow = []; for (const address of all) { const start = performance.now(); location.hash = address;
        dispatchEvent(new Event('hashchange')); document.body.offsetHeight; await new Promise(done => setTimeout(done));
        if (performance.now() - start > 1000 || !document.querySelector('h1')) slow.push(address); } return slow; }""",
        asked,
    )
    assert slow == []


def test_the_address_catches_up_where_the_browser_refuses_it(other: Any) -> None:
    """WebKit throws at the hundredth address of half a minute."""
    page = other(
        "table",
        """let calls = 0; const write = history.replaceState.bind(history);
        history.replaceState = (...given) => { if (++calls > 3 && calls < 9) throw new DOMException("too many", "SecurityError"); write(...given); };""",
    )
    page.type("main input[type=search]", "France")
    page.wait_for_url("**q=France", timeout=5000)
    assert text(page, ".count").startswith("6 of 32 ")


# --- what is said is so ----------------------------------------------------------------------------------------------


def test_agreement_is_said_only_of_figures_that_could_differ(at: Open) -> None:  # noqa: F811
    """Of the German decision of 2022 one number was printed once; of the Dutch one in the Soviet Union the same number twice."""
    page = at("overview?expeller=DEU&target=RUS&since=2022-01-01&until=2022-12-31")
    assert "each printed once" in text(page, ".headline") and "agree" not in text(page, ".headline")
    assert "agree" not in text(at("2022-02-23-DEU-RUS")) and "unanimous" not in text(at("2022-02-23-DEU-RUS"))
    page = at("overview?expeller=SUN&target=NLD&since=1983-01-01&until=1983-12-31")
    assert "printed figures agree" in text(page, ".headline")
    assert "They agree with each other." in text(at("1983-11-SUN-NLD"))


def test_a_published_total_keeps_its_about_and_at_least(at: Open) -> None:  # noqa: F811
    page = at("overview")
    page.eval_on_selector_all("main details", "all => all.forEach(d => (d.open = true))")
    output = {row[1]: row[2] for row in rows(page, "main details table")}
    assert (output["published: Tally"], output["published: The Guardian"]) == ("at least 46", "about 150")
    labels = page.eval_on_selector_all("a.mark text", "all => all.map(t => t.textContent)")
    assert labels and all(re.search("at least|about", label) for label in labels), labels
    strips = at("claims").eval_on_selector_all("svg.strip", "all => all.map(s => s.getAttribute('aria-label'))")
    assert sum("published at least 46" in label for label in strips) == 1


def test_a_day_and_a_band_say_their_range(at: Open) -> None:  # noqa: F811
    days = at("overview").eval_on_selector_all(".chart a[href^='#table']", "all => all.map(a => a.getAttribute('aria-label'))")
    assert "4 April 2022: 1 decision, 35 officials known (30–41)" in days


def test_every_figure_says_of_whom_by_whom_and_when(at: Open) -> None:  # noqa: F811
    whole = "Officials of Russia, expelled by France, 24 February 2022 to 30 June 2022"
    page = at("overview?expeller=FRA&since=2022-02-24&until=2022-06-30")
    assert page.eval_on_selector_all("section:has(.chart) .subject", "all => all.map(p => p.textContent)") == [whole] * 2
    page = at("dyads?from=2022-01-01&until=2022-12-31")
    assert page.locator("section:has(.chart, .matrix)").count() == page.locator("section:has(.chart, .matrix) .subject").count() > 0
    assert "1 January 2022 to 31 December 2022" in text(page, ".subject >> nth=0")
    assert "France" in text(at("answers?pair=FRA-RUS"), ".subject >> nth=0")


def test_names_stand_in_sentences_as_they_are_spoken(at: Open) -> None:  # noqa: F811
    assert text(at("2018-03-29-RUS-USA"), "h1") == "Russia expels officials of the United States"
    assert text(at("2018-03-26-USA-RUS"), "h1") == "The United States expels officials of Russia"
    assert "the United States" in text(at("2018-03-29-RUS-USA"), "section:has(h2:text-is('Triggers and replies'))")
    answered = text(at("2022-02-28-USA-UN"), "section:has(h2:text-is('Triggers and replies'))")
    assert "Russia expels officials of the United States, their number not published" in answered
    assert "expels not published" not in answered


def test_the_legend_ends_before_the_next_sentence(at: Open) -> None:  # noqa: F811
    assert "40 or more officials. 1 decision of which only the month" in text(
        at("overview?expeller=RUS&target=FIN&since=2023-01-01&until=2023-12-31")
    )


# --- time ------------------------------------------------------------------------------------------------------------


def test_a_period_is_drawn_or_taken_from_those_that_people_ask_for(at: Open) -> None:  # noqa: F811
    page = at("overview")
    presets = page.eval_on_selector_all(".presets button", "all => all.map(b => b.textContent)")
    # The small world begins in 1983.
    assert presets == ["All", "Since 1990", "Since 2014", "Since 2018", "Since the invasion of 2022"]
    assert text(page, ".presets [aria-pressed=true]") == "Since the invasion of 2022"
    page.click(".presets button:text-is('Since 1990')")
    assert page.evaluate("location.hash") == "#overview?since=1990-01-01"
    assert text(page, "#figure-total figcaption").endswith("1 January 1990 to 3 October 2023")
    page.click(".presets button:text-is('Since the invasion of 2022')")
    page.locator(".brush .overlay").scroll_into_view_if_needed()
    box = page.locator(".brush .overlay").bounding_box()
    page.mouse.move(box["x"] + box["width"] * 0.2, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.4, box["y"] + 10, steps=3)
    page.mouse.up()
    result = re.fullmatch(r"#overview\?since=(199\d-\d\d-\d\d)&until=(\d{4}-\d\d-\d\d)", page.evaluate("location.hash"))
    assert result and result[1] < result[2]


def test_a_blank_day_says_what_it_is(at: Open) -> None:  # noqa: F811
    """France and Russia were looked for by name in 2022 and 2023, Norway never; before 2014 nothing is promised. Only chosen days are drawn."""
    kinds = "all => [...new Set(all.map(r => r.getAttribute('class')))].sort()"
    blank = "#figure-calendar svg > path"
    assert at("overview?expeller=NOR&since=2022-01-01&until=2022-12-31").eval_on_selector_all(blank, kinds) == ["unsought"]
    page = at("overview?expeller=FRA&since=2013-12-01&until=2014-01-31")
    assert page.eval_on_selector_all(blank, kinds) == ["outside", "unsought"]
    assert sum(page.eval_on_selector_all(blank, "all => all.map(p => p.getAttribute('d').split('M').length - 1)")) == 62
    assert at("overview?expeller=FRA&since=2022-08-01&until=2022-08-31").eval_on_selector_all(blank, kinds) == ["empty"]
    assert at("overview?expeller=GBR&target=USA&since=2022-08-01&until=2022-08-31").eval_on_selector_all(blank, kinds) == ["outside"]


def test_decades_have_a_calendar_of_months(at: Open) -> None:  # noqa: F811
    """A month leads to its decisions, one known to the month has its place, and what is outside the scope is told from what nobody found."""
    page = at("overview?target=*&since=1983-01-01")
    output = page.eval_on_selector_all("#figure-calendar a", "all => all.map(a => [a.getAttribute('aria-label'), a.getAttribute('href')])")
    assert ["November 1983: 1 decision, 1 official known", "#table?from=1983-11-01&until=1983-11-30"] in output
    assert ["March 2018: 5 decisions, 169 officials known (168–174)", "#table?from=2018-03-01&until=2018-03-31"] in output
    assert "by month of announcement" in text(page, "#figure-calendar") and "of which only the year is known" in text(
        page, "#figure-calendar"
    )
    sizes = page.eval_on_selector_all(
        "#figure-calendar rect", "all => all.map(r => r.getBoundingClientRect()).map(b => Math.min(b.width, b.height))"
    )
    assert min(sizes) >= 20
    kinds = page.eval_on_selector_all("#figure-calendar svg > path", "all => all.map(r => r.getAttribute('class'))")
    assert sorted(kinds) == ["empty", "outside", "unsought"]
    outside = (
        "Outside the scope is 1 January 1983 to 31 December 2013: what is found there is not all, and what is absent there means nothing."
    )
    assert text(page, ".answer").endswith(outside)
    ticks = page.eval_on_selector_all("#figure-total .chart.tall .tick", "all => all.map(t => t.textContent)")
    assert {"1985", "1990", "2020"} <= set(ticks)
    assert page.locator("#figure-total rect.beyond").count() == 1
    assert "Outside the scope" not in text(at("overview"), ".answer")


def test_names_of_events_never_run_into_each_other(at: Open, other: Any) -> None:  # noqa: F811
    boxes = """all => all.map(t => t.getBoundingClientRect()).map(b => [b.left, b.right, b.top, b.bottom])"""
    for page in (
        at("overview?target=*&since=1983-01-01"),
        other("overview?target=*&since=1983-01-01", viewport={"width": 390, "height": 844}),
    ):
        result = page.eval_on_selector_all("#figure-total .event-name", boxes)
        assert result
        assert not [
            (a, b) for a, b in itertools.combinations(result, 2) if a[0] < b[1] and b[0] < a[1] and a[2] + 2 < b[3] and b[2] + 2 < a[3]
        ]


def test_waves_stand_side_by_side_from_their_first_day(at: Open) -> None:  # noqa: F811
    page = at("waves")
    # 23 + 23 + 60 + 58 + 5 from 14 March to 29 March; of March 27 the third and half of 169 is reached with the Americans' 60 on day 12.
    output = {row[0]: row[1:] for row in rows(page, "main table:has(caption:text-is('Waves'))")}
    assert output["Poisoning in Salisbury"] == ["2018-03-14", "5", "4", "169 (168–174)", "12 days"]
    label = page.get_attribute("#figure-waves svg", "aria-label")
    assert "Skripal 2018: 169" in label
    assert page.locator("#figure-waves svg path").count() > 1 and page.locator("#figure-waves style").count() == 0
    assert "Russia" in page.get_attribute("#figure-panels svg", "aria-label") or "No expeller took part" in text(page, "#figure-panels")


def test_waves_are_chosen_for_colour(at: Open) -> None:  # noqa: F811
    page = at("waves?of=skripal_2018")
    boxes = "main table input[type=checkbox]"
    on = page.eval_on_selector_all(boxes, "all => all.filter(b => b.checked).map(b => b.getAttribute('aria-label'))")
    assert on == ["Draw Poisoning in Salisbury in colour"]
    assert text(page, "#figure-waves .legend") == "Skripal 2018, from 14 March 2018"
    page.click(f"{boxes}:not(:checked) >> nth=-1")
    assert page.evaluate("location.hash") == "#waves?of=skripal_2018-ukraine_2022"
    assert page.evaluate("document.activeElement.id") == "draw-ukraine_2022"
    assert "Ukraine 2022" in text(page, "#figure-panels .legend")
    colours = page.eval_on_selector_all("main table .key:not(.none)", "all => all.map(k => getComputedStyle(k).backgroundColor)")
    assert len(set(colours)) == 2
    assert "of “nobody”" in text(at("waves?of=nobody"), "#left-out")


def test_a_map_tells_many_from_more_and_none_known_from_no_decision(at: Open) -> None:  # noqa: F811
    """In March 2018 the largest sum is 60; of all time Russia's officials are 220."""
    page = at("dyads?from=2018-03-01&until=2018-03-31")
    assert text(page, "#figure-map .legend") == "none known 1–4 5–14 15–39 40 or more officials known. no decision known"
    assert page.locator("#figure-map .land").count() > 100


def test_a_claim_says_what_it_counts(at: Open) -> None:  # noqa: F811
    shown = at("claims").eval_on_selector_all(
        "#figure-claims a", "all => all.map(a => [...a.querySelectorAll('text')].map(t => t.textContent))"
    )
    assert any("anyone against Russia" in words for words in shown) and all(len(words) == 3 for words in shown)


def test_years_outside_the_scope_are_shaded(at: Open) -> None:  # noqa: F811
    page = at("NLD")
    assert page.locator("#figure-years rect.beyond").count() > 0 and "years outside the scope" in text(page, "#figure-years .legend")
    assert at("FRA").locator("#figure-years rect.beyond").count() == 0


# --- search ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "count"),
    [
        # France is in six decisions; Russia in all but four: Yemen's, two Dutch, the German of 1990.
        ("France", 6), ("frankreich", 6), ("FRANCE", 6), ("Франция", 6), ("russia", 28), ("Россия", 28), ("RUS", 28), ("Russian Federation", 28),
        # "US" is neither in RUS nor in Russia: two moves of the Americans, two against them.
        ("US", 4), ("us", 4), ("USA", 4), ("United States", 4),
        # 200 is Britain's code among the Correlates of War; "britain" is in a spelling of it.
        ("200", 3), ("Great Britain", 3), ("great brit", 3),
        # Salisbury is what the wave is called in words.
        ("Skripal", 5), ("Salisbury", 5), ("skripal norway", 1),
        ("espionage", None), ("ambassador", None), ("Tschad", 0),
    ],
)  # fmt: skip
def test_a_state_is_found_by_each_of_its_names(at: Open, query: str, count: int | None) -> None:  # noqa: F811
    result = int(text(at("table?q=" + query.replace(" ", "+")), ".count").split(" ")[0])
    assert result == count if count is not None else result > 0


@pytest.mark.parametrize(
    ("query", "first"),
    [("Great Britain", "United Kingdom"), ("Россия", "Russia"), ("skripal", "Poisoning in Salisbury"), ("2022-05-18-RUS-FRA-2", "Russia expels 2 officials of France")],
)  # fmt: skip
def test_the_search_of_the_page_offers_the_best_first_and_enter_takes_it(at: Open, query: str, first: str) -> None:  # noqa: F811
    page = at("about")
    page.fill("#search input", query)
    assert text(page, "#found li >> nth=0").startswith(first)
    page.press("#search input", "Enter")
    page.wait_for_function("location.hash !== '#about'")
    assert page.locator("#found li:visible").count() == 0


def test_enter_in_the_table_opens_the_first_row(at: Open) -> None:  # noqa: F811
    page = at("table?expeller=FRA")
    first = rows(page, "main table.data")[0][0]
    page.press("main input[type=search]", "Enter")
    page.wait_for_function("location.hash !== '#table?expeller=FRA'")
    assert page.evaluate("location.hash") == "#" + first


# --- places, paper, fingers ------------------------------------------------------------------------------------------


def test_back_returns_to_the_row_and_its_height(at: Open) -> None:  # noqa: F811
    page = at("table")
    link = "main table.data tbody tr:nth-child(30) th a"
    key = page.get_attribute(link, "href")
    page.click("main th button:text('Expeller')")
    page.locator(link).scroll_into_view_if_needed()
    key, height = page.get_attribute(link, "href"), page.evaluate("scrollY")
    page.click(link)
    page.wait_for_selector(".crumb")
    assert page.evaluate("scrollY") == 0 < height
    page.go_back()
    page.wait_for_selector("main table.data")
    assert page.evaluate("[scrollY, document.activeElement.getAttribute('href')]") == [height, key]
    assert page.get_attribute("main th:has(button:text('Expeller'))", "aria-sort") == "ascending"
    page.go_forward()
    page.wait_for_selector(".crumb")
    page.go_back()
    # From one cell of the matrix to the next the view stays: Back closes what was opened.
    at("dyads")
    page.click(".matrix td a >> nth=0")
    page.wait_for_selector("#chosen h2")
    page.go_back()
    page.wait_for_selector("#chosen:not(:has(h2))", state="attached")


def test_a_print_says_what_it_leaves_out(other: Any) -> None:
    page = other("claims?lines=1")
    page.evaluate("document.querySelector('main table.data') && dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("main .printed-only:visible:not(figure *):not(:empty)").count() == 0
    assert page.locator("figure .printed-only:visible").inner_text().startswith("Diplomatic Expulsions 2.0.0")
    page = other("table?expeller=FRA&from=2022-01-01&ground=war")
    assert page.locator("main .subject:visible").count() == 0
    page.emulate_media(media="print")
    output = text(page, "main .subject")
    assert output == "Officials of all states and organisations, expelled by France, 1 January 2022 to 3 October 2023; ground: war"
    assert "(folded, not printed)" in page.evaluate(
        "() => { location.hash = 'about'; dispatchEvent(new Event('hashchange')); "
        "return getComputedStyle(document.querySelector('main details:not([open]) > summary'), '::after').content; }"
    )


def test_days_can_be_touched(other: Any) -> None:
    page = other("overview", viewport={"width": 390, "height": 844}, has_touch=True)
    sizes = page.eval_on_selector_all(
        ".chart a[href^='#table']", "all => all.map(a => a.getBoundingClientRect()).map(b => Math.min(b.width, b.height))"
    )
    assert len(sizes) == 10 and min(sizes) >= 24
    # Paper is not touched.
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#figure-calendar svg a").count() == 10


def test_a_phone_s_page_holds_its_claims_and_its_tips(other: Any) -> None:
    """Each cell of a claim and each explanation stands within the width of the page."""
    page = other("claims", viewport={"width": 390, "height": 844})
    ends = page.eval_on_selector_all(
        ".cards tbody :is(th, td):not(.bar)", "all => all.map(c => c.getBoundingClientRect()).map(b => [b.left, b.right])"
    )
    assert ends and min(left for left, _ in ends) >= 0 and max(right for _, right in ends) <= 390
    page = other("2022-04-04-FRA-RUS", viewport={"width": 390, "height": 844})
    for link in page.query_selector_all(".term a"):
        link.focus()
        output = page.eval_on_selector(
            ".tip:visible", "t => [t.getBoundingClientRect().left, t.getBoundingClientRect().right, t.innerText.length]"
        )
        assert output[0] >= 0 and output[1] <= 390 and output[2] > 20, output


def test_a_print_has_the_map_of_europe_beside_that_of_the_world(other: Any) -> None:
    """One below the other they would leave the first page empty."""
    page = other("dyads")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    width, height = page.eval_on_selector("#figure-map svg", "e => [+e.getAttribute('width'), +e.getAttribute('height')]")
    assert (width, height < 300) == (680, True)


def test_keys_keep_their_colours_where_the_reader_chooses_them(other: Any) -> None:
    page = other("overview", forced_colors="active")
    shown = page.eval_on_selector_all(
        ".key.q1, .key.q4, .key.line, .key.diamond", "all => all.map(k => getComputedStyle(k).backgroundColor)"
    )
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert len(set(shown)) > 1 and ground not in shown


def test_a_month_s_number_is_read_in_the_reader_s_own_colours(other: Any) -> None:
    page = other("overview?target=*&since=1983-01-01", forced_colors="active")
    inks = page.eval_on_selector_all(
        "#figure-calendar .tile-name", "all => all.map(t => [getComputedStyle(t).fill, getComputedStyle(t).stroke])"
    )
    assert inks and all(fill != stroke for fill, stroke in inks)
    kinds = page.eval_on_selector_all(
        "#figure-calendar svg > path", "all => all.map(p => getComputedStyle(p)).map(s => s.fill + s.fillOpacity)"
    )
    assert len(set(kinds)) == 3


def test_each_figure_is_one_stop_for_tab(at: Open) -> None:  # noqa: F811
    for address in ("overview", "dyads", "answers?pair=FRA-RUS"):
        stops = at(address).eval_on_selector_all(
            ":is(main svg, main .matrix):has(a)", "all => all.map(f => [...f.querySelectorAll('a')].filter(a => a.tabIndex === 0).length)"
        )
        assert stops and set(stops) == {1}, address
