"""The page of the small world in a real browser: what a reader sees, against numbers counted by hand from its raw tables.

No number here comes out of the database or of ``expected/``: each is the sum of the figures in the comment beside it.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import world

Open = Callable[[str], Any]


@pytest.fixture(scope="module")
def window(small_world: Path, browser: Any) -> Iterator[tuple[Any, list[str]]]:
    """One window for all tests, and what it complains of."""
    complaints: list[str] = []
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(f"file://{small_world / world.PAGE}")
    page.wait_for_selector("body.ready", state="attached")
    yield page, complaints
    page.close()


@pytest.fixture
def at(window: tuple[Any, list[str]]) -> Iterator[Open]:
    """Goes to an address of the page; nothing may be complained of meanwhile."""
    page, complaints = window

    def go(address: str) -> Any:
        # By way of another view, so that each is drawn anew.
        page.evaluate(
            """async address => { for (const hash of ["none", address]) {
            location.hash = hash; await new Promise(done => setTimeout(done, 20)); } }""",
            address,
        )
        return page

    yield go
    assert complaints == []


def text(page: Any, selector: str = "main") -> str:
    """What is seen there, white space folded."""
    return re.sub(r"\s+", " ", page.inner_text(selector)).strip()


def rows(page: Any, selector: str) -> list[list[str]]:
    """The cells of a table's rows."""
    result = page.eval_on_selector_all(f"{selector} tbody tr", "rows => rows.map(r => [...r.cells].map(c => c.innerText))")
    return [[re.sub(r"\s+", " ", cell).strip() for cell in row] for row in result]


def table(page: Any, caption: str) -> list[list[str]]:
    """The rows of the table with this caption."""
    return rows(page, f"table:has(caption:text-is('{caption}'))")


# --- the table -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "line"),
    [
        # Best: 2+1+3+4 of before 2018, 23+23+60+5+58+10 to 2020, 8+1, 4+12+35+6+34+2+12+45 of 2022, 11+9. Contained 5 and retracted 70 are
        # rows, and in no sum. Low takes the two ranges too (2, 1), and 8 less for London's list, 5 for Paris', 1 each for Oslo and Tallinn, 2 for
        # Helsinki. What is unknown leaves no upper end.
        ("table", "32 of 32 expulsions; 368 officials known (at least 354), 6 without a published figure."),
        # 35+6; low 30+6+1; the five of March are in the 35; the range has no best figure.
        ("table?expeller=FRA", "4 of 32 expulsions; 41 officials known (at least 37), 1 without a published figure."),
        ("table?expeller=BGR", "1 of 32 expulsions; 0 officials known, 0 without a published figure."),
        ("table?status=retracted", "1 of 32 expulsions; 0 officials known, 0 without a published figure."),
        # A closed post is not without a figure.
        ("table?expeller=SVN", "1 of 32 expulsions; 0 officials known, 0 without a published figure."),
        ("table?expeller=CZE", "1 of 32 expulsions; no figure known, 1 without a published figure."),
        # Of the two grounds one stands in a rejected statement only.
        ("table?ground=violence", "1 of 32 expulsions; 23 officials known (23–25), 0 without a published figure."),
        ("table?ground=war", "1 of 32 expulsions; 4 officials known (3–5), 0 without a published figure."),
        # Both days are included, and no more.
        ("table?from=2022-02-24&until=2022-02-28", "2 of 32 expulsions; 16 officials known (15–17), 0 without a published figure."),
        ("table?from=2022-02-25&until=2022-02-27", "0 of 32 expulsions; 0 officials known, 0 without a published figure."),
        ("table?q=list", "1 of 32 expulsions; 35 officials known (30–41), 0 without a published figure."),
        ("table?q=france+consulate", "1 of 32 expulsions; 2 officials known, 0 without a published figure."),
    ],
)
def test_the_count_line_of_a_selection(at: Open, address: str, line: str) -> None:
    assert text(at(address), ".count") == line


def test_rows_of_the_table(at: Open) -> None:
    """Figures as they are stated, with their range; the latest first."""
    output = rows(at("table"), "main table.data")
    assert [row[0] for row in output[:3]] == ["2023-10-03-XKX-RUS", "2023-04-04-FIN-RUS", "2023-04-RUS-FIN"] and len(output) == 32
    figures = {row[0]: row[1] for row in output}
    wanted = {
        "2018-03-14-GBR-RUS": "23 23–25", "2018-03-26-USA-RUS": "60 60–62", "2022-06-28-GRC-RUS": "about 12 12 or more", "2022-10-10-POL-RUS": "at least 45 45 or more",
        "2022-09-01-SVN-RUS": "nobody", "2022-09-15-CZE-RUS": "not published 7 or fewer", "2022-07-05-FRA-RUS": "not published 1–3", "2023-10-03-XKX-RUS": "not published",
        "2022-03-28-FRA-RUS": "5", "2022-06-10-BGR-RUS": "70",
    }  # fmt: skip
    assert {key: figures[key] for key in wanted} == wanted
    assert {row[0]: row[-1] for row in output}["2022-04-20-FRA-RUS"] == "3"


def test_rows_without_a_figure_come_last_whichever_way_they_are_sorted(at: Open) -> None:
    """The least and the most first; twelve rows have no number in either order."""
    page, ends = at("table"), []
    for _ in range(2):
        page.click("th button:text('Officials')")
        output = [row[1] for row in rows(page, "main table.data")]
        assert not any(figure.startswith(("not published", "nobody")) for figure in output[:20])
        ends.append((output[0], {figure.split(" ")[0] for figure in output[-6:]}))
    assert ends == [("1", {"not", "nobody"}), ("70", {"not", "nobody"})]


def test_a_state_has_its_nationals_expelled_as_an_organisations_staff(at: Open) -> None:
    """88 in 2018, NATO's 8, Britain's 10 of 2020, Germany's 1, since the invasion 113, and 12 of the United Nations' staff."""
    assert "232 officials of Russia are known to have been expelled by anyone" in text(at("RUS"))


def test_the_page_of_a_state_that_is_no_more_ends_with_it(at: Open) -> None:
    """What comes after it is neither missing nor outside the scope: nothing of it could be sought there."""
    page = text(at("SUN"))
    assert "From 1 January 1983 to 25 December 1991 2 officials of the Soviet Union are known to have been expelled by anyone" in page
    assert (
        "Outside the scope is 1 January 1983 to 25 December 1991: what is found there is not all" in page
        and "2023" not in page.split("By year")[0]
    )


def test_the_search_offers_the_latest_decisions_first(at: Open) -> None:
    page = at("table")
    page.fill("#search input", "Russia")
    offered = [line for line in page.inner_text("#found").splitlines() if re.fullmatch(r"\d{4}-\d\d(-\d\d)?", line)]
    assert offered == ["2023-10-03", "2023-04", "2023-04-04", "2023-01-23", "2022-10-10", "2022-09-15"]
    page.fill("#search input", "")


# --- overview --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "numbers"),
    [
        # Estonia 4, France 35 + 6, Greece 12, Poland 45, Finland 11; unknown: a French range, Czechia, Kosovo. Slovenia ordered nobody out.
        ("overview", "113 officials known in all at least 106; 10 decisions 3 without a published figure; 7 expellers 1 target; 3 posts cut"),
        # Britain is a member on the last day of January 2020: 23 + 10; of February there is nobody.
        ("overview?expeller=EU*&since=2018-03-01&until=2020-01-31", "33 officials known low to high 25–36; 2 decisions 0 without a published figure; 1 expeller 1 target; 0 posts cut"),
        ("overview?expeller=EU*&since=2018-03-01&until=2020-02-01", "0 officials known; 0 decisions 0 without a published figure; 0 expellers 0 targets; 0 posts cut"),
        # Finland is a member since 4 April 2023: Britons 23, Americans 58 and a list, French 34 + 2, Finns 9, Estonians under a ceiling.
        ("overview?expeller=RUS&target=NATO*&since=2018-01-01&until=2023-04-04", "126 officials known in all at least 126; 7 decisions 2 without a published figure; 1 expeller 5 targets; 7 posts cut"),
        ("overview?expeller=RUS&target=NATO*&since=2018-01-01&until=2023-04-03", "117 officials known in all at least 117; 6 decisions 2 without a published figure; 1 expeller 4 targets; 7 posts cut"),
        ("overview?expeller=Europe*&since=2018-03-01&until=2018-03-31", "28 officials known low to high 27–31; 2 decisions 0 without a published figure; 2 expellers 1 target; 0 posts cut"),
        ("overview?expeller=EU*&since=2022-06-10&until=2022-06-10", "0 officials known; 0 decisions 0 without a published figure; 0 expellers 0 targets; 0 posts cut"),
        # All that was printed of the British is one number.
        ("overview?expeller=RUS&target=GBR&since=2018-01-01&until=2018-12-31", "23 officials known printed figures agree; 1 decision 0 without a published figure; 1 expeller 1 target; 1 posts cut"),
    ],
)  # fmt: skip
def test_headline_numbers_of_a_scope(at: Open, address: str, numbers: str) -> None:
    output = text(at(address), ".headline")
    for item in numbers.split("; "):
        value, rest = item.split(" ", 1)
        label, note = re.fullmatch(r"(officials known|decisions?|expellers?|posts cut) ?(.*)", rest).groups()  # type: ignore[union-attr]
        assert re.search(rf"{label} {value} ?{re.escape(note)}", output), (item, output)


def test_the_running_total_day_by_day(at: Open) -> None:
    page = at("overview")
    page.click("main details summary")
    assert rows(page, "main details table") == [
        ["2022-02-24", "our running total", "4", "3–5"],
        ["2022-04-04", "our running total", "39", "33–46"],
        ["2022-04-20", "our running total", "45", "39–53"],
        ["2022-04-30", "published: Tally", "at least 46", ""],
        ["2022-06-28", "our running total", "57", "at least 51"],
        ["2022-07-05", "our running total", "57", "at least 52, 1 unknown"],
        ["2022-09-01", "our running total", "57", "at least 52, 1 unknown"],
        ["2022-09-15", "our running total", "57", "at least 52, 2 unknown"],
        ["2022-10-10", "our running total", "102", "at least 97, 2 unknown"],
        ["2022-12-31", "published: The Guardian", "about 150", ""],
        ["2023-04-04", "our running total", "113", "at least 106, 2 unknown"],
        ["2023-10-03", "our running total", "113", "at least 106, 3 unknown"],
    ]
    days = page.eval_on_selector_all(".chart a[href^='#table']", "all => all.map(a => a.getAttribute('aria-label'))")
    assert sorted(days) == sorted(
        [
            "24 February 2022: 1 decision, 4 officials known (3–5)", "4 April 2022: 1 decision, 35 officials known (30–41)", "20 April 2022: 1 decision, 6 officials known (6–7)",
            "28 June 2022: 1 decision, 12 officials known (at least 12)", "5 July 2022: 1 decision, no figure known (at least 1), 1 without a published figure",
            "1 September 2022: 1 decision, 0 officials known", "15 September 2022: 1 decision, no figure known, 1 without a published figure",
            "10 October 2022: 1 decision, 45 officials known (at least 45)", "4 April 2023: 1 decision, 11 officials known (9–12)",
            "3 October 2023: 1 decision, no figure known, 1 without a published figure",
        ]
    )  # fmt: skip


def test_decisions_without_a_day_stand_in_no_calendar(at: Open) -> None:
    page = at("overview?expeller=RUS&target=FIN&since=2023-01-01&until=2023-12-31")
    assert "1 decision of which only the month or year is known is left out." in text(page)
    assert page.locator(".chart a[href^='#table']").count() == 0


# --- dyads -----------------------------------------------------------------------------------------------------------


def _matrix(page: Any) -> dict[str, dict[str, str]]:
    """Cells by row and column head; those that say something."""
    heads = [head.strip() for head in page.eval_on_selector_all(".matrix thead th", "all => all.map(h => h.innerText)")]
    return {row[0]: {head: cell for head, cell in zip(heads[1:], row[1:], strict=True) if cell} for row in rows(page, ".matrix")}


def test_sums_of_each_expeller_and_target(at: Open) -> None:
    page = at("dyads")
    output = _matrix(page)
    # Russia: 23 + 58 + 36 + 9, an unknown list, a ceiling, a closed office; the United States: 60 + 12.
    assert output["Russia"] == {"Sum": "126+?", "GBR": "23", "USA": "58+?", "FRA": "36", "EST": "?", "FIN": "9", "NATO": "0"}
    assert output["United States"] == {"Sum": "72", "RUS": "60", "UN": "12"}
    assert output["France"] == {"Sum": "41+?", "RUS": "41+?"} and output["United Kingdom"] == {"Sum": "33", "RUS": "33"}
    assert [output[name]["RUS"] for name in ("Slovenia", "Czechia", "Slovakia", "Kosovo", "Germany")] == ["0", "?", "?", "?", "1"]
    assert output["Germany"] == {"Sum": "4", "RUS": "1", "DDR": "3"} and "Bulgaria" not in output
    foot = page.eval_on_selector_all(".matrix tfoot td", "all => all.map(c => c.innerText)")
    # All: 368; against Russia 33 + 60 + 5 + 8 + 1 + 4 + 41 + 12 + 45 + 11.
    assert foot[0] == "368+?" and "220+?" in foot
    output = _matrix(at("dyads?show=decisions"))
    assert output["Russia"] == {"Sum": "8", "GBR": "1", "USA": "2", "FRA": "2", "EST": "1", "FIN": "1", "NATO": "1"}
    assert output["France"] == {"Sum": "3", "RUS": "3"} and output["Slovenia"] == {"Sum": "1", "RUS": "1"}


@pytest.mark.parametrize("period", ["from=1990-01-01&until=2020-06-30", "from=2022-01-01&until=2022-12-31"])
def test_no_dot_where_nobody_looked_for_both_by_name(at: Open, period: str) -> None:
    """Members of the EU were searched for in 2020 as a group; of the states sought by name Hungary, which expelled nobody, is in no row."""
    page = at(f"dyads?{period}")
    assert not [name for name, cells in _matrix(page).items() if "·" in cells.values()]
    assert "Such searches reach from the first half of 2022 to the second half of 2023" in text(page)


def test_both_directions_of_a_dyad_without_what_sums_skip(at: Open) -> None:
    page = at("dyads?expeller=FRA&target=RUS")
    output = {row[0]: row[1] for row in rows(page, "#chosen")}
    assert output == {
        "2022-04-04-FRA-RUS": "35 30–41", "2022-04-20-FRA-RUS": "6 6–7", "2022-07-05-FRA-RUS": "not published 1–3",
        "2022-05-18-RUS-FRA": "34", "2022-05-18-RUS-FRA-2": "2",
    }  # fmt: skip


# --- answers ---------------------------------------------------------------------------------------------------------


def test_answers_with_days_figures_and_ratio(at: Open) -> None:
    page = at("answers")
    assert {(r[0], r[1]): (r[3], r[4], r[5], r[6], r[7]) for r in table(page, "Answer edges")} == {
        ("1983-11-SUN-NLD", "1983-NLD-SUN"): ("retaliation", "target", "–", "2 → 1", "0.50"),
        ("2018-03-17-RUS-GBR", "2018-03-14-GBR-RUS"): ("retaliation", "expeller", "3", "23 → 23", "1.00"),
        ("2018-03-26-USA-RUS", "2018-03-14-GBR-RUS"): ("solidarity", "expeller", "12", "23 → 60", "–"),
        ("2018-03-27-NOR-RUS", "2018-03-14-GBR-RUS"): ("solidarity", "inferred", "13", "23 → 5", "–"),
        ("2018-03-27-NOR-RUS", "2018-03-26-USA-RUS"): ("solidarity", "press", "1", "60 → 5", "–"),
        ("2018-03-29-RUS-USA", "2018-03-26-USA-RUS"): ("retaliation", "expeller, denied by United States", "3", "60 → 58", "0.97"),
        ("2021-10-18-RUS-NATO", "2021-10-06-NATO-RUS"): ("retaliation", "press", "12", "8 → 0", "0.00"),
        ("2022-03-24-RUS-USA", "2022-02-28-USA-UN"): ("retaliation", "press", "24", "12 → ?", "–"),
        ("2022-05-18-RUS-FRA", "2022-04-04-FRA-RUS"): ("retaliation", "expeller", "44", "35 → 34", "0.88"),
        ("2022-05-18-RUS-FRA", "2022-04-20-FRA-RUS"): ("retaliation", "expeller", "28", "6 → 34", "0.88"),
        ("2022-05-18-RUS-FRA-2", "2022-04-04-FRA-RUS"): ("retaliation", "target", "44", "35 → 2", "0.88"),
        ("2022-05-18-RUS-FRA-2", "2022-03-28-FRA-RUS"): ("retaliation", "inferred", "51", "5 → 2", "0.88"),
        ("2023-01-23-RUS-EST", "2022-02-24-EST-RUS"): ("retaliation", "inferred, denied by Russia", "333", "4 → ?", "–"),
        ("2023-04-RUS-FIN", "2023-04-04-FIN-RUS"): ("retaliation", "target", "–", "11 → 9", "0.82"),
    }
    # 1 3 3 12 12 13 24 28 44 44 51 333, so between 13 and 24; 0 0.5 0.818 0.878 0.967 1.
    assert "12 answers with both days known; median 18.5 days." in text(page)
    assert "6 sets with all figures known, median 0.848." in text(page)
    labels = page.eval_on_selector_all("svg[role=img]", "all => all.map(s => s.getAttribute('aria-label'))")
    weeks = "0 to 6 days: 3; 7 to 13 days: 3; 21 to 27 days: 1; 28 to 34 days: 1; 42 to 48 days: 2; 49 to 55 days: 1; 112 days or more: 1"
    assert f"Days until the answer, by week. {weeks}" in labels
    assert "Ratio of answers to first moves. none: 1; half to less than one: 4; exactly one: 1; a figure is unknown: 2" in labels
    # The retracted one is in no pair; of France and Russia all six are drawn, the contained one too, and four answers between the two.
    page = at("answers?pair=FRA-RUS")
    assert [r[1] for r in table(page, "Answer edges")].count("2022-04-04-FRA-RUS") == 2 and len(table(page, "Answer edges")) == 4
    # 28 44 44 51; of the one linked set of theirs the ratio is 0.878.
    assert "4 answers with both days known; median 44 days." in text(page) and "1 set with all figures known, median 0.878." in text(page)
    assert page.locator(".chart circle").count() == 6


# --- claims ----------------------------------------------------------------------------------------------------------


def test_claims_beside_ours(at: Open) -> None:
    page = at("claims?lines=1")
    assert text(page, "main p.note:not(:empty):visible").startswith("17 claims, printed again once; 13 agree with ours. Ours is")
    output = [(row[0].split(" ")[0], *row[1:4]) for row in rows(page, "main table.data")]
    assert sorted(output) == sorted(
        [
            ("Tally", "3 diplomats", "4 3–5, then 3", "+1 agrees"),
            # 4 + 35 + 6; the list of France appeared on 2 May, so then it was 34.
            ("Tally", "at least 46 diplomats", "45 39–53, then 44", "−1 agrees"),
            ("Tally", "41 diplomats", "41 36–48, then 40", "0 agrees"),
            ("Tally", "4 diplomats", "4 3–5, then 4", "0 agrees"),
            ("Government", "none nobody expelled", "0 then 0", "0 agrees"),
            ("A", "none nobody expelled", "1 then 1", "+1 differs"),
            # Estonia, France, Greece, Czechia, Poland; a closed post alone is no expeller, what was retracted is none.
            ("Tally", "5 expellers", "5 then 5", "0 agrees"),
            ("Tally", "3 posts cut", "3 then 3", "0 agrees"),
            ("Government", "none nobody expelled", "0 then 0", "0 agrees"),
            # 4 + 41 + 12 + 45; low 3 + 37 + 12 + 45; a French range and Czechia have no figure.
            ("The", "about 150 officials", "102 at least 97, 2 unknown, then 102 + 2 unknown", "−48 differs"),
            # 23 + 36 + 9; the weekly that told of Finns appeared in May.
            ("Tally", "68 officials", "68 at least 68, 1 unknown, then 59 + 1 unknown", "0 agrees"),
            ("Review", "about 31 diplomats", "28 27–31, then 28", "−3 agrees"),
            ("Review", "at most 5 officials", "5 4–6, then 5", "0 agrees"),
            ("Review", "29 officials", "28 27–31, then 28", "−1 agrees"),
            ("Review", "110 diplomats", "88 87–93, then 88", "−22 differs"),
            ("Review", "33 members of missions", "33 25–36, then 33", "0 agrees"),
            ("Review", "33 members of missions", "0 then 0", "−33 differs"),
        ]
    )
    assert text(at("claims"), "main p.note:not(:empty):visible").startswith(
        "15 claims, printed again once; 11 agree with ours. 2 more are lines of another total."
    )
    assert text(at("claims?agrees=no"), "main p.note:not(:empty):visible").startswith("Differing only: 4 claims; 0 agree with ours.")


# --- one expulsion ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "phrases"),
    [
        ("2022-04-04-FRA-RUS", ["best 35 diplomats", "low 30", "high 41", "Of 4 statements, 4 count with one number for the whole decision; 1 of these says 35 diplomats.", "decided by authoritative",
            "Authoritative: It prints the list", "1.0.0: added", "1.1.0: changed", "officials_best: 34 → 35", "note: empty → The review saw the list itself."]),
        ("2018-03-14-GBR-RUS", ["best 23", "high 25", "Of 5 statements, 3 count with one number", "decided by vantage", "Rejected: It is the total of all states", "Superseded: The office corrected it", "Grounds violence, conduct"]),
        ("2018-03-26-USA-RUS", ["Of 6 statements, 4 count with one number for the whole decision; 1 of these says 60 diplomats.", "decided by attribution",
            "In its linked set the United States moved first with 60 officials in 1 decision; Russia expelled 58 in 1. Ratio: 0.97."]),
        ("2022-04-20-FRA-RUS", ["Of 5 statements, 5 count with one number for the whole decision; 2 of these say 6 diplomats.", "decided by origins", "1.2.0: changed", "officials_best: 7 → 6"]),
        ("2022-03-28-FRA-RUS", ["This figure is already contained in that of 2022-04-04-FRA-RUS; sums skip it.", "2.0.0: changed", "reply: none_found → expulsion"]),
        ("2022-06-28-GRC-RUS", ["best about 12 diplomats", "low 12", "high open", "support disputed 3 statements, 2 origins"]),
        ("2022-09-01-SVN-RUS", ["best nobody no person was ordered out", "posts cut 3", "Nobody was ordered out, so there is no figure"]),
        ("2022-09-15-CZE-RUS", ["best not published", "low – lower bound", "high 7 upper bound", "None of the 2 statements gives one number for the whole decision."]),
        ("2023-04-RUS-FIN", ["Made public in April 2023", "retaliation, stated by the target (Вести «Час»)", "Ratio: 0.82"]),
        ("1983-NLD-SUN", ["Made public in 1983", "in English"]),
        ("2023-01-23-RUS-EST", ["ceiling 8 posts allowed to remain", "posts cut 4", "retaliation, inferred, denied by Russia, 333 days between", "ceiling: 7 → 8"]),
        ("2022-02-23-DEU-RUS", ["ordered between 20 February 2022 and 22 February 2022", "Head of mission yes"]),
        ("2022-05-18-RUS-FRA-2", ["In its linked set France moved first with 41 officials in 2 decisions; Russia expelled 36 in 2. Ratio: 0.88."]),
        ("2023-10-03-XKX-RUS", ["2.0.0: added", "best not published"]),
        ("2022-04-21-FRA-RUS", ["This id was retired. It is replaced by 2022-04-20-FRA-RUS. The same decision, coded twice"]),
        ("2022-04-09-ITA-RUS", ["There is no expulsion with the id 2022-04-09-ITA-RUS in version 2.0.0."]),
    ],
)  # fmt: skip
def test_the_page_of_an_expulsion(at: Open, key: str, phrases: list[str]) -> None:
    output = text(at(key))
    for phrase in phrases:
        assert phrase in output, (phrase, output)


# --- about -----------------------------------------------------------------------------------------------------------


def test_searches_choices_and_harvests(at: Open) -> None:
    page = at("about")
    # In the first half of 2022 eight queries touch; whole were those for France, Hungary and Switzerland, Estonia's two parts are none. That
    # for Switzerland is of ten years, and Slovenia's, of a known case, is no sweep.
    page.click("div:has(> .scroll[aria-label='Coverage by half-year']) > .actions > button:text('Show all 22 rows')")
    output = {row[0]: row[1:] for row in table(page, "Coverage by half-year")}
    assert len(output) == 22
    assert {half: output[half] for half in output if output[half] != ["1", "1", "0"]} == {
        "1983, first": ["1", "1", "1"], "1983, second": ["1", "1", "1"], "2018, first": ["2", "1", "0"], "2020, first": ["2", "28", "0"],
        "2021, first": ["2", "1,325", "0"], "2021, second": ["2", "1,325", "0"], "2022, first": ["8", "3", "2"], "2022, second": ["5", "5", "3"],
        "2023, first": ["2", "3", "2"], "2023, second": ["2", "3", "2"],
    }  # fmt: skip
    assert table(page, "Searches by language") == [
        ["English", "8", "62"], ["German", "1", "0"], ["French", "1", "7"], ["Hungarian", "1", "6"], ["Dutch", "1", "1"], ["Russian", "1", "11"],
        ["Slovenian", "1", "2"],
    ]  # fmt: skip
    # Unmarked France is 34; targets speak of 41 Frenchmen's Russians only; confirmed are 4, 35, 6, 45, 11, a closed post and Czechia.
    assert rows(page, "section:has(h2:text-is('Sensitivity')) table") == [
        ["Best", "10", "113", "3"], ["Low", "10", "106", "2"], ["High", "10", "132", "1"], ["Without authoritative marks", "10", "112", "3"],
        ["What expellers say", "10", "112", "3"], ["What targets say", "10", "41", "8"], ["Confirmed only", "7", "101", "1"],
    ]  # fmt: skip
    # 10 * 10 / 9 - 1.
    assert table(page, "What is missed") == [
        ["2018–2023", "expeller side", "target side", "9", "9", "8", "10", "10.1", "10.0 to 12.3"],
        ["2015–2019", "expeller side", "target side", "5", "5", "5", "5", "–", "–"],
        ["2020–2024", "expeller side", "target side", "4", "4", "3", "5", "–", "–"],
    ]


def test_where_the_sources_disagree(at: Open) -> None:
    output = {row[0]: row[2:] for row in rows(at("evidence"), "main table.data")}
    assert (
        output["2018-03-14-GBR-RUS"] == ["20 (superseded), 23, 24, 25, 59 (rejected)", "20–59", "23", "vantage", "2"] and len(output) == 11
    )
    assert output["2023-04-04-FIN-RUS"] == ["9, 11, 12", "9–12", "11", "id", "0"] and output["2022-02-24-EST-RUS"] == [
        "3, 4, 5",
        "3–5",
        "4",
        "recency",
        "0",
    ]
    # One range is all that was printed.
    assert output["1993-01-01-SVK-RUS"] == ["2", "2–3", "–", "–", "0"]
