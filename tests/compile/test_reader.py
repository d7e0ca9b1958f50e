"""Every bad input that a curator can type is told by file, line and column."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.compile import reader, tables
from scripts.compile.problems import Problems
from scripts.package import contract, store
from tests.conftest import Sheet

FRENCH = "2022-05-18-RUS-FRA"
ARTICLE = "moscowtimes-2021-04-26"

# table, row, changed cells, column of the message, what it says
UNKEMPT = "Another language, a question, a misspelt term or the sentence twice. Say it in English, once."
CELLS = [
    ("expulsions", {"expulsion_id": FRENCH}, {"target": "Frnace"}, "target", '"Frnace" is no known actor. Correct it, or add the spelling to raw/spellings.csv. Nearest: France'),
    ("expulsions", {"expulsion_id": FRENCH}, {"trigger": "expulsoin"}, "trigger", '"expulsoin" is not one of expulsion, visa_refusal, sanctions, incident, wave, none_stated. Choose one. Nearest: expulsion.'),
    ("expulsions", {"expulsion_id": FRENCH}, {"expeller": "France"}, "target", "An actor cannot expel its own officials. Correct either end."),
    ("expulsions", {"expulsion_id": FRENCH}, {"target": "ESP"}, "target", "The id says FRA. Correct the cell, or retire the id."),
    ("expulsions", {"expulsion_id": FRENCH}, {"included_in": "2022-05-18-RUS-ITA"}, "included_in", "Another dyad's figure cannot contain it. Correct the id."),
    ("expulsions", {"expulsion_id": FRENCH}, {"included_in": FRENCH}, "included_in", "It cannot contain itself. Name the other expulsion."),
    ("expulsions", {"expulsion_id": FRENCH}, {"included_in": "2022-05-17-RUS-FRA"}, "included_in", '"2022-05-17-RUS-FRA" is not in raw/expulsions.csv. Correct it, or add the row. Nearest: 2022-05-18-RUS-FRA'),
    ("expulsions", {"expulsion_id": FRENCH}, {"expulsion_id": "2022-5-18-RUS-FRA"}, "expulsion_id", '"2022-5-18-RUS-FRA" is malformed. Write it in the form of 2022-05-18-RUS-FRA.'),
    ("expulsions", {"expulsion_id": FRENCH}, {"expulsion_id": "2022-05-18-RUЅ-FRA"}, "expulsion_id", '"2022-05-18-RUЅ-FRA" is malformed.'),
    ("articles", {"article_id": ARTICLE}, {"published_on": "2021-02-30"}, "published_on", '"2021-02-30" is not a date. Write YYYY-MM-DD, YYYY-MM or YYYY, a date that exists.'),
    ("articles", {"article_id": ARTICLE}, {"published_on": "26.04.2021"}, "published_on", '"26.04.2021" is not a date.'),
    ("articles", {"article_id": ARTICLE}, {"read_on": "2126-01-01"}, "read_on", "The day is later than today. Correct it."),
    ("articles", {"article_id": ARTICLE}, {"read_on": "2021-04-25"}, "read_on", "Read before it was published. Correct either day."),
    ("articles", {"article_id": ARTICLE}, {"url": "ftp://example.org/a"}, "url", '"ftp://example.org/a" is malformed. Write it in the form of https://example.org/page.'),
    ("articles", {"article_id": ARTICLE}, {"title": "=1+1"}, "title", "A spreadsheet would run this cell as a formula. Begin it otherwise."),
    ("articles", {"article_id": ARTICLE}, {"title": "Two  "}, "title", "White space at an end of the cell. Remove it."),
    ("articles", {"article_id": ARTICLE}, {"title": "zero\u200bwidth"}, "title", "A control or invisible character. Delete it."),
    ("articles", {"article_id": ARTICLE}, {"title": "e\u0301clair"}, "title", "The letters are not in Unicode's composed form (NFC). Type them again, or run `make tidy`."),
    ("articles", {"article_id": ARTICLE}, {"publisher": ""}, "publisher", "The cell is empty. Fill it."),
    ("articles", {"article_id": ARTICLE}, {"no_expulsion_because": "Nothing."}, "no_expulsion_because", "The article is coded. Empty this cell, or remove what rests on it."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"announced_on": "2021-04-28"}, "announced_on", "Later than its article, by more than the date line allows. Correct either day."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"officials_low": "-1"}, "officials_low", "-1 is below 0. Write a number from 0 up."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"officials_low": "one"}, "officials_low", '"one" is not a whole number. Write digits only, no sign, no leading zero.'),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"officials_low": "2"}, "officials_high", "The upper bound is below the lower one. Correct either."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"counted_unit": ""}, "counted_unit", "A figure without a unit. Say whom it counts."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"qualifier": "none"}, "qualifier", "There is a figure. Say how it is stated."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"officials_low": "", "officials_high": ""}, "officials_low", "The qualifier promises a figure. Fill it, or write none."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"officials_high": ""}, "officials_high", "One bound is missing. Fill both, the same number twice if it is one number."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"qualifier": "at_least"}, "officials_high", "at_least has no upper bound. Empty the cell."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"qualifier": "at_most"}, "officials_low", "at_most has no lower bound. Empty the cell."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"officials_low": "0", "officials_high": "0"}, "officials_low", "Zero officials are no expulsion. Leave unknown figures empty."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"figure_as_printed": ""}, "figure_as_printed", "A figure that was not printed. Fill the wording."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"figure_as_printed": "11 attachés"}, "figure_as_printed", "The printed numbers are not the coded bounds. Correct either."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"diplomats": "2"}, "diplomats", "More diplomats than officials. Correct either."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"ceiling": "5", "ceiling_diplomats": "6"}, "ceiling_diplomats", "A higher ceiling than for all staff. Correct either."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"persons_ordered": "no"}, "persons_ordered", "Nobody was ordered out, yet there is a figure. Correct either."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"standing": "rejected"}, "standing_reason", "The standing needs a reason. Say why."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"leave_by": "2021-04-01"}, "leave_by", "Due to leave before it was announced. Correct either day."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"acted_from": "2021-04-27", "acted_until": "2021-04-01"}, "acted_until", "It ends before it begins. Correct either day."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"acted_from": "2021-05"}, "acted_from", "Ordered after it was announced. Correct either day."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"grounds": "war peace"}, "grounds", '"peace" is not one of espionage, war,'),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"grounds": "war espionnage"}, "grounds", '"espionnage" is not one of espionage, war, interference, violence, conduct, retaliation, solidarity, parity, other. Choose from them. Nearest: espionage.'),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"grounds": "war war"}, "grounds", "A ground stands twice. Keep one."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"head_of_mission": "maybe"}, "head_of_mission", '"maybe" is neither yes nor no. Write one of them, or leave the cell empty.'),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"accredited_to": "Nowhere"}, "accredited_to", '"Nowhere" is no known actor.'),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"accredited_to": "ITA", "nationality": "ITA"}, "accredited_to", "Accredited to their own state. Correct either."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"statement_id": "otherpaper-2021-04-26.1"}, "statement_id", "It does not begin with its article_id. Make it the article_id, a dot and a number."),
    ("statements", {"statement_id": f"{ARTICLE}.2"}, {"statement_id": f"{ARTICLE}.1"}, "statement_id", "The same as on line"),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"says": "x" * 4001}, "says", "The cell has more than 4000 characters. Shorten it."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"expulsion_id": "2021-04-26-RUS-ITL"}, "expulsion_id", '"2021-04-26-RUS-ITL" is not in raw/expulsions.csv. Correct it, or add the row. Nearest: 2021-04-26-RUS-ITA'),
    ("answers", {"expulsion_id": FRENCH}, {"expulsion_id": "2022-04-04-FRA-RUS", "answers": FRENCH}, "answers", "Announced before what it answers. Correct the ids or the relation."),
    ("answers", {"expulsion_id": FRENCH}, {"answers": FRENCH}, "answers", "It cannot answer itself. Name the other expulsion."),
    ("answers", {"expulsion_id": FRENCH}, {"basis": "rumour"}, "basis", '"rumour" is not one of'),
    ("claims", {"claim_id": "republicworld-2022-05-18.c1"}, {"figure": ""}, "figure", "A total without a figure. Fill it."),
    ("claims", {"claim_id": "republicworld-2022-05-18.c1"}, {"qualifier": ""}, "qualifier", "Say how the figure is stated."),
    ("claims", {"claim_id": "republicworld-2022-05-18.c3"}, {"figure": "3"}, "figure", "Kind none has no figure. Empty it, or make it a total."),
    ("claims", {"claim_id": "republicworld-2022-05-18.c1"}, {"as_of": "2022-02-23"}, "as_of", "The count ends before it begins. Correct either day."),
    ("claims", {"claim_id": "republicworld-2022-05-18.c1"}, {"as_of": "2022-06-18"}, "as_of", "Later than its article. Correct either day."),
    ("claims", {"claim_id": "republicworld-2022-05-18.c1"}, {"expeller_scope": "Europa*"}, "expeller_scope", '"Europa*" is neither an actor\'s id, nor a group with *, nor one of them behind a minus. Correct it. Nearest: Europe*'),
    ("claims", {"claim_id": "republicworld-2022-05-18.c1"}, {"part_of": "republicworld-2022-05-18.c1"}, "part_of", "A claim cannot be part of itself. Name the total."),
    ("claims", {"claim_id": "republicworld-2022-05-18.c1"}, {"part_of": "republicworld-2022-05-18.c99"}, "part_of", '"republicworld-2022-05-18.c99" is not in raw/claims.csv.'),
    ("claims", {"claim_id": "republicworld-2022-05-18.c1"}, {"claim_id": "republic-2022-05-18.c1"}, "claim_id", "It does not begin with its article_id. Make it the article_id, a dot, c and a number."),
    ("recodings", {"variable": "announced_on"}, {"second": "2022-13"}, "second", '"2022-13" is not a date. Write YYYY-MM-DD, YYYY-MM or YYYY, a date that exists.'),
    ("recodings", {"variable": "officials_low"}, {"first": "ten"}, "first", '"ten" is not a whole number. Write digits only, no sign, no leading zero.'),
    ("recodings", {"variable": "officials_low"}, {"first": "010"}, "first", '"010" is not a whole number. Write digits only, no sign, no leading zero.'),
    ("gold", {"statement_id": "itv-2020-06-23.3"}, {"statement_id": "itv-2020-06-23.99"}, "statement_id", '"itv-2020-06-23.99" is not in raw/statements.csv.'),
    ("recodings", {"variable": "vantage"}, {"sample": "folk-1"}, "sample", '"folk-1" is malformed. Write it in the form of statements-1.'),
    ("spellings", {"spelling": "Britain"}, {"actor_id": "GBT"}, "actor_id", '"GBT" is not in raw/actors.csv.'),
    ("memberships", {"actor_id": "USA", "organisation": "COW"}, {"actor_id": "USB"}, "actor_id", '"USB" is not in raw/actors.csv.'),
    ("articles", {"article_id": ARTICLE}, {"published_on": "2021-04-25"}, "published_on", "The id names another day. Correct the day, or code the article under a new id."),
    ("articles", {"article_id": ARTICLE}, {"published_on": "2021-05"}, "published_on", "The id names another day."),
    ("articles", {"article_id": ARTICLE}, {"title": "＝1+1"}, "title", "A spreadsheet would run this cell as a formula. Begin it otherwise."),
    ("articles", {"article_id": ARTICLE}, {"title": "Russia &amp; Italy"}, "title", "Letters were lost or turned into others on the way. Copy the text again."),
    ("articles", {"article_id": ARTICLE}, {"title": "Высылка дипломатов"}, "title", "Letters that the page's language does not have. Correct the text or the language."),
    ("articles", {"article_id": ARTICLE}, {"language": "xx"}, "language", "No code of ISO 639. Write the language's two letters."),
    ("articles", {"article_id": ARTICLE}, {"url": "https://user:word@example.org/a/page/of/it"}, "url", "The address holds a user's name. Remove it."),
    ("articles", {"article_id": ARTICLE}, {"url": "http://localhost:8000/a/page/of/it"}, "url", "The address leads to this or a private machine. Give the page's public address."),
    ("articles", {"article_id": ARTICLE}, {"url": "https://www.exаmple.org/a/page/of/it"}, "url", "The host has letters of another script. Copy the address from the page, its host in ASCII."),
    ("articles", {"article_id": ARTICLE}, {"url": "https://web.archive.org/web/2021/https://example.org/a"}, "url", "An archive's copy. Put the page's own address here, and the copy into archive_url."),
    ("articles", {"article_id": ARTICLE}, {"url": "https://www.example.org/"}, "url", "A front page is no article. Give the article's own address."),
    ("articles", {"article_id": ARTICLE}, {"url": "https://www.google.com/search?q=Italy"}, "url", "A search result is no article. Give the article's own address."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"figure_as_printed": "at least one"}, "qualifier", "The wording says how exact the figure is, and not so. Correct the qualifier, or cut the wording to the figure."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"figure_as_printed": "атташе"}, "figure_as_printed", "Letters that the page's language does not have. Correct the text or the language."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"says": "The ministry dÃ©clared it."}, "says", "Letters were lost or turned into others on the way. Copy the text again."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"says": "The Russian ministry tells the Italian"}, "says", "The sentence does not end. Finish it with a full stop."),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"says": "The ministry высылает him."}, "says", UNKEMPT),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"says": "The ministry (two or three?) tells it."}, "says", UNKEMPT),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"says": "He is persona non grater now."}, "says", UNKEMPT),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"says": "The ministry tells an Italian to go. The ministry tells an Italian to go."}, "says", UNKEMPT),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"standing": "rejected", "standing_reason": "dÃ©claré"}, "standing_reason", "Letters were lost"),
    ("statements", {"statement_id": f"{ARTICLE}.1"}, {"figure_as_printed": "dÃ©claré"}, "figure_as_printed", "Letters were lost"),
    ("expulsions", {"expulsion_id": "2022-05-18-RUS-FRA"}, {"note": "dÃ©claré."}, "note", "Letters were lost"),
    ("expulsions", {"expulsion_id": "2022-05-18-RUS-FRA"}, {"note": "It was the"}, "note", "The note does not end. Finish it with a full stop."),
    ("claims", {"claim_id": "republicworld-2022-05-18.c1"}, {"note": "dÃ©claré"}, "note", "Letters were lost"),
    ("claims", {"claim_id": "republicworld-2022-05-18.c1"}, {"scope_as_stated": "dÃ©claré"}, "scope_as_stated", "Letters were lost"),
    ("searches", {"coder": "c1"}, {"query": "dÃ©claré"}, "query", "Letters were lost"),
    ("searches", {"coder": "c1"}, {"period_until": "2126-01-01"}, "period_until", "The period ends after the search. Correct either day."),
    ("recodings", {"variable": "vantage"}, {"first": "target", "second": "target", "settled": ""}, "settled", "Both coders have a value. Settle one."),
    ("searches", {"coder": "c1"}, {"searched_on": "2126-01-01"}, "searched_on", "The day is later than today. Correct it."),
    ("searches", {"coder": "c1"}, {"period_from": "2025-01-01", "period_until": "2024-12-31"}, "period_until", "It ends before it begins. Correct either day."),
    ("searches", {"coder": "c1"}, {"searched_on": "2010-01-01"}, "period_from", "The period begins after the search. Correct either day."),
    ("searches", {"coder": "c1"}, {"n_pages": "0", "n_expulsions": "1"}, "n_expulsions", "Expulsions on no page. Correct either number."),
    ("searches", {"coder": "c1"}, {"language": "xx"}, "language", "No code of ISO 639. Write the language's two letters."),
    ("harvests", {"coder": "c1"}, {"harvested_on": "2126-01-01"}, "harvested_on", "The day is later than today. Correct it."),
    ("harvests", {"coder": "c1"}, {"announced_on": "1990-01-02", "harvested_on": "1990-01-01"}, "announced_on", "Announced after the list was closed. Correct either day."),
    ("memberships", {"actor_id": "CZE", "organisation": "EU"}, {"left_on": "2004-04-30"}, "left_on", "It ends before it begins. Correct either day."),
    ("memberships", {"actor_id": "CZE", "organisation": "EU"}, {"joined_on": "2104-05-01"}, "joined_on", "The day is later than today. Correct it."),
    ("actors", {"actor_id": "NATO"}, {"existed_until": "1900-01-01"}, "existed_until", "It ends before it begins. Correct either day."),
    ("recodings", {"variable": "measure"}, {"second": "expelled"}, "second", '"expelled" is no value of measure. Choose one of its list.'),
    ("recodings", {"variable": "vantage"}, {"first": "target", "second": "target", "settled": "expeller", "reason": ""}, "reason", "Settled as neither coder had it. Say why."),
]  # fmt: skip


@pytest.mark.parametrize(("table", "row", "cells", "column", "says"), CELLS, ids=lambda v: v if isinstance(v, str) else None)
def test_cell_is_reported(
    sheet: Callable[[str], Sheet],
    problems_of: Callable[[], list[str]],
    table: str,
    row: dict[str, str],
    cells: dict[str, str],
    column: str,
    says: str,
) -> None:
    page = sheet(table)
    line = page.set(page.find(**row), **cells)
    output = problems_of()
    assert any(t.startswith(f"raw/{table}.csv:{line}:{column}  {says}") for t in output), output


def test_all_problems_in_one_run_sorted(sheet: Callable[[str], Sheet], problems_of: Callable[[], list[str]]) -> None:
    statements, articles = sheet("statements"), sheet("articles")
    first = statements.set(statements.find(statement_id=f"{ARTICLE}.1"), vantage="nobody")
    second = statements.set(statements.find(statement_id=f"{ARTICLE}.2"), covers="half")
    third = articles.set(articles.find(article_id=ARTICLE), language="English")
    output = problems_of()
    assert [t.split("  ")[0] for t in output[:-1]] == [
        f"raw/articles.csv:{third}:language",
        f"raw/statements.csv:{first}:vantage",
        f"raw/statements.csv:{second}:covers",
    ]
    assert output[-1] == "3 problems in raw/. Nothing was written."


def test_row_that_stands_twice(sheet: Callable[[str], Sheet], problems_of: Callable[[], list[str]]) -> None:
    expected = set()
    for name, table in contract.raw().tables.items():
        expected.add(f"{table.file}:{sheet(name).add(0)}:{table.primary_key[-1]}  The same as on line 2. Each row needs its own.")
    assert expected <= set(problems_of())


def test_no_statements_left(sheet: Callable[[str], Sheet], problems_of: Callable[[], list[str]]) -> None:
    page = sheet("statements")
    page.rows = []
    page.save()
    assert any(output.startswith("raw/articles.csv:2:no_expulsion_because  The article has neither") for output in problems_of())


def test_tables_without_rows(root: Path, sheet: Callable[[str], Sheet]) -> None:
    for name in contract.raw().tables:
        page = sheet(name)
        page.rows = []
        page.save()
    compiled = tables.compiled(root)
    assert {name for name, frame in compiled.items() if frame.height} == set()
    assert store.csv_bytes(compiled["statements"]).decode() == ",".join(contract.product()["statements"].columns) + "\n"


def test_second_authoritative_statement(sheet: Callable[[str], Sheet], problems_of: Callable[[], list[str]]) -> None:
    page = sheet("statements")
    page.set(page.find(statement_id=f"{ARTICLE}.1"), standing="authoritative", standing_reason="It knows.")
    line = page.set(page.find(statement_id=f"{ARTICLE}.2"), standing="authoritative", standing_reason="It knows.")
    assert problems_of()[0] == f"raw/statements.csv:{line}:standing  A second authoritative statement for this expulsion. Keep one."


def test_article_that_yields_nothing(sheet: Callable[[str], Sheet], problems_of: Callable[[], list[str]]) -> None:
    page = sheet("articles")
    line = page.add(0, article_id="idle-2022-01-01", url="https://example.org/idle", no_expulsion_because="")
    assert f"raw/articles.csv:{line}:no_expulsion_because  The article has neither statement nor claim." in problems_of()[0]


def test_same_address_twice(sheet: Callable[[str], Sheet], problems_of: Callable[[], list[str]]) -> None:
    page = sheet("articles")
    line = page.add(page.find(article_id=ARTICLE), article_id="again-2021-04-26", no_expulsion_because="The same page.")
    assert f"raw/articles.csv:{line}:url  The same address as an earlier row." in problems_of()[0]


@pytest.mark.parametrize(
    "form", ["http://{}/", "https://m.{}", "https://www.{}?utm_source=x&fbclid=y", "https://{}#top", "https://{}/amp", "https://{}?"]
)
def test_one_page_under_two_addresses(sheet: Callable[[str], Sheet], problems_of: Callable[[], list[str]], form: str) -> None:
    page = sheet("articles")
    same = page.get(page.find(article_id=ARTICLE), "url").removeprefix("https://").removeprefix("www.")
    line = page.add(
        page.find(article_id=ARTICLE), article_id="again-2021-04-26", no_expulsion_because="The same page.", url=form.format(same)
    )
    assert f"raw/articles.csv:{line}:url  The same address as an earlier row." in problems_of()[0]


def test_sentence_that_is_the_title(sheet: Callable[[str], Sheet], problems_of: Callable[[], list[str]]) -> None:
    articles, statements = sheet("articles"), sheet("statements")
    articles.set(articles.find(article_id=ARTICLE), title="The naval attaché is out.")
    line = statements.set(statements.find(statement_id=f"{ARTICLE}.1"), says="The naval attaché is out.")
    assert problems_of()[0] == f"raw/statements.csv:{line}:says  The article's title. Say it in your own words."


def test_claim_that_stands_twice_in_one_article(sheet: Callable[[str], Sheet], problems_of: Callable[[], list[str]]) -> None:
    page = sheet("claims")
    line = page.add(page.find(claim_id="republicworld-2022-05-18.c1"), claim_id="republicworld-2022-05-18.c99", note="Again.")
    assert problems_of()[0] == f"raw/claims.csv:{line}:claim_id  The article has the same claim before. Keep one."


def test_actor_of_another_time(sheet: Callable[[str], Sheet], problems_of: Callable[[], list[str]]) -> None:
    statements, expulsions, answers = sheet("statements"), sheet("expulsions"), sheet("answers")
    line = expulsions.set(expulsions.find(expulsion_id=FRENCH), expulsion_id="2022-05-18-SUN-FRA", expeller="SUN")
    for page in (statements, answers):
        column = page.header.index("expulsion_id")
        for row in page.rows:
            row[column] = row[column].replace(FRENCH, "2022-05-18-SUN-FRA")
        page.save()
    assert f"raw/expulsions.csv:{line}:expeller  SUN did not exist on 2022-05-18. Use the actor of that day." in problems_of()


def test_expulsion_without_statement(sheet: Callable[[str], Sheet], problems_of: Callable[[], list[str]]) -> None:
    page = sheet("expulsions")
    line = page.add(page.find(expulsion_id=FRENCH), expulsion_id="2022-05-19-RUS-FRA")
    assert problems_of()[0].startswith(f"raw/expulsions.csv:{line}:expulsion_id  No accepted statement is about it.")


def test_retired_id(sheet: Callable[[str], Sheet], problems_of: Callable[[], list[str]]) -> None:
    page = sheet("expulsions")
    line = page.set(page.find(expulsion_id=FRENCH), replaced_by="2022-05-18-RUS-XXX", note="")
    output = problems_of()
    assert f"raw/expulsions.csv:{line}:replaced_by  The replacement is retired or unknown. Name a live id." in output
    assert f"raw/expulsions.csv:{line}:note  A retired id needs a reason. Say why it was withdrawn." in output
    assert any(":expulsion_id  The id is retired. Use its replacement." in t for t in output)


def test_corrected_date_needs_a_note(sheet: Callable[[str], Sheet], problems_of: Callable[[], list[str]]) -> None:
    expulsions, statements = sheet("expulsions"), sheet("statements")
    line = expulsions.set(expulsions.find(expulsion_id="2021-04-26-RUS-ITA"), note="")
    for index, row in enumerate(statements.rows):
        if "2021-04-26-RUS-ITA" in row:
            statements.set(index, announced_on="2021-04-25")
    assert f"raw/expulsions.csv:{line}:note  The id's date is not the compiled one." in problems_of()[0]


def test_vague_dates_are_compared_as_intervals(root: Path, sheet: Callable[[str], Sheet]) -> None:
    articles, statements = sheet("articles"), sheet("statements")
    articles.set(articles.find(article_id=ARTICLE), published_on="2021-04")
    statements.set(statements.find(statement_id=f"{ARTICLE}.1"), announced_on="2021-04-26")
    compiled = tables.compiled(root)["articles"]
    assert compiled.filter(compiled["article_id"] == ARTICLE)["published_precision"].to_list() == ["month"]


def _rewrite(root: Path, change: Callable[[bytes], bytes]) -> None:
    path = root / "raw" / "statements.csv"
    path.write_bytes(change(path.read_bytes()))


BYTES = [
    (lambda b: b"\xef\xbb\xbf" + b, "1:", "The file begins with a byte order mark. Save it as UTF-8 without BOM."),
    (lambda b: b.replace(b"\n", b"\r\n"), "1:", "A carriage return (CRLF). Save the file with LF line ends."),
    (lambda b: b.replace(b"c1\n", b"c\0\n", 1), "2:", "A NUL byte. Delete it."),
    (lambda b: b.replace(b"c1\n", b"c\xff\n", 1), "2:", "Bytes that are not UTF-8. Save the file as UTF-8."),
    (lambda b: b.replace(b",c1\n", b"\n", 1), "2:", "The row has not as many cells as the header (31). Add or remove commas."),
    (lambda b: b.replace(b",c1\n", b",c1,\n", 1), "2:", "The row has not as many cells as the header (31). Add or remove commas."),
    (lambda b: b.replace(b",c1\n", b',"c\n1"\n', 1), "2:", "A quoted cell is not closed on its line"),
    (lambda b: b.replace(b",c1\n", b',c"1\n', 1), "2:", "A quoted cell is not closed on its line"),
    (lambda b: b.replace(b"\n", b"\n\n", 1), "2:", "The line is empty. Delete it."),
    (lambda b: b.rstrip(b"\n"), "", "The last line does not end. Put a line end (LF) behind it."),
    (lambda b: b.replace(b"statement_id,article_id", b"article_id,statement_id", 1), "1:article_id", "The columns are not in the order of raw/datapackage.json. Reorder them."),
    (lambda b: b.replace(b",says,", b",", 1), "1:says", "The column is missing. Add it where raw/datapackage.json has it."),
    (lambda b: b.replace(b",says,", b",says,colour,", 1), "1:colour", "The column is not in raw/datapackage.json. Remove it."),
    (lambda b: b"", "1:", "The last line does not end."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "place", "says"), BYTES, ids=[b[2][:40] for b in BYTES])
def test_bytes_are_reported(
    root: Path, problems_of: Callable[[], list[str]], change: Callable[[bytes], bytes], place: str, says: str
) -> None:
    _rewrite(root, change)
    output = problems_of()
    assert any(t.startswith(f"raw/statements.csv:{place}") and says in t for t in output), output


def test_what_rests_on_a_torn_row_is_not_told_as_missing(root: Path, problems_of: Callable[[], list[str]]) -> None:
    """The row is there, and cannot be read: one problem, whatever else has its id."""
    path = root / "raw" / "articles.csv"
    first, second, rest = path.read_text(encoding="utf-8").split("\n", 2)
    path.write_text("\n".join([first, second + ",", rest]), encoding="utf-8")
    output = problems_of()
    assert output[0].startswith("raw/articles.csv:2:  The row has not as many cells") and output[1:] == [
        "1 problem in raw/. Nothing was written."
    ]


def test_missing_file(root: Path, problems_of: Callable[[], list[str]]) -> None:
    (root / "raw" / "searches.csv").unlink()
    assert problems_of()[0].startswith("raw/searches.csv:1:  The file is missing.")


def test_namibia_is_no_missing_value(product: dict) -> None:
    actors = product["actors"]
    assert actors.filter(actors["actor_id"] == "NAM")["iso2"].to_list() == ["NA"]


def test_ten_thousand_problems_are_capped_on_the_screen(root: Path, problems_of: Callable[[], list[str]]) -> None:
    _rewrite(root, lambda b: b.replace(b",c1\n", b",x1\n"))
    output = problems_of()
    assert len(output) == 201
    count = int(output[-1].split()[0])
    assert f"({count - 200} more not shown" in output[-1]


# --- other files in raw/ -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("statements - Kopie.csv", "statements - Kopie.csv"),
        ("statments.csv", "statments.csv"),
        ("statements.xlsx", "statements.xlsx"),
        ("notes.txt", "notes.txt"),
        ("a\nb.csv", "a?b.csv"),
        ("a\udcffb.csv", "a?b.csv"),
    ],
)
def test_a_stranger_in_raw_is_named(root: Path, problems_of: Callable[[], list[str]], name: str, shown: str) -> None:
    (root / "raw" / name).touch()
    message = "No table has this name, so nobody reads it. Move its rows to the table that they belong to and the file elsewhere."
    assert problems_of() == [f"raw/{shown}:1:  {message}", "1 problem in raw/. Nothing was written."]


def test_what_programs_put_beside_an_open_file_is_ignored(root: Path) -> None:
    """Hidden files, locks and backups of LibreOffice, Excel, vim, Emacs, the Finder and merges; and the manual."""
    for name in (
        ".~lock.statements.csv#", "~$statements.xlsx", ".statements.csv.swp", "statements.csv~", "#statements.csv#", ".#statements.csv",
        ".DS_Store", "._statements.csv", "statements.csv.bak", "statements.csv.orig", "README.md",
    ):  # fmt: skip
        (root / "raw" / name).write_bytes(b"\0\xff")
    problems = Problems()
    reader.read(problems, root)
    assert list(problems.lines()) == []
