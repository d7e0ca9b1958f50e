"""The edges of the cross-checks: the last value that is right passes, the next one is reported."""

from datetime import date, timedelta
from typing import Any

import polars as pl
import pytest

from scripts.compile import checks, reader
from scripts.compile.expulsions import compile_expulsions
from scripts.compile.problems import Problems
from scripts.package import contract

STATEMENT, ARTICLE, CLAIM = "moscowtimes-2021-04-26.1", "moscowtimes-2021-04-26", "republicworld-2022-05-18.c1"
# The last day on which anybody read or searched: rows of later days may come.
WORKED = {"articles": "read_on", "searches": "searched_on", "harvests": "harvested_on"}
TODAY = date.fromisoformat(
    max(pl.read_csv(contract.ROOT / "raw" / f"{table}.csv", columns=[column])[column].max() for table, column in WORKED.items())
)
SEARCHED = date(2026, 11, 24)
DAY = date(2021, 4, 26)
Frames = dict[str, pl.DataFrame]


@pytest.fixture(scope="module")
def raw() -> Frames:
    """The real raw tables, typed."""
    return reader.read(Problems())


def output(raw: Frames, table: str, row: str, **cells: Any) -> set[str]:
    """The columns in which problems are reported once the cells of one row are changed; nothing else is compiled anew."""
    frame = raw[table]
    key = frame.columns[0]
    changed = frame.with_columns(
        pl.when(pl.col(key) == row).then(pl.lit(value, dtype=frame.schema[c])).otherwise(pl.col(c)).alias(c) for c, value in cells.items()
    )
    problems = Problems()
    checks.check(raw | {table: changed}, compile_expulsions(raw), contract.product(), TODAY, problems)
    return set(problems.all()["column"])


def on(day: date, later: int = 0) -> date:
    return day + timedelta(days=later)


EDGES = {
    "leaves on the day itself": ("statements", STATEMENT, {"leave_by": on(DAY), "announced_on": on(DAY)}, set()),
    "leaves the day before": ("statements", STATEMENT, {"leave_by": on(DAY, -1), "announced_on": on(DAY)}, {"leave_by"}),
    "announced a day after the page": ("statements", STATEMENT, {"announced_on": on(DAY, 1), "leave_by": None}, set()),
    "announced two days after the page": ("statements", STATEMENT, {"announced_on": on(DAY, 2), "leave_by": None}, {"announced_on"}),
    "ordered on the day itself": ("statements", STATEMENT, {"acted_from": on(DAY), "announced_on_last": on(DAY)}, set()),
    "ordered a day later": ("statements", STATEMENT, {"acted_from": on(DAY, 1), "announced_on_last": on(DAY)}, {"acted_from"}),
    "ordered within a day": ("statements", STATEMENT, {"acted_from": on(DAY), "acted_until_last": on(DAY)}, set()),
    "ordered backwards": ("statements", STATEMENT, {"acted_from": on(DAY), "acted_until_last": on(DAY, -1)}, {"acted_until"}),
    "all are diplomats": ("statements", STATEMENT, {"officials_low": 1, "officials_high": 1, "diplomats": 1}, set()),
    "more diplomats than all": ("statements", STATEMENT, {"officials_low": 1, "officials_high": 1, "diplomats": 2}, {"diplomats"}),
    "all who stay are diplomats": ("statements", STATEMENT, {"ceiling": 5, "ceiling_diplomats": 5}, set()),
    "more diplomats stay than stay": ("statements", STATEMENT, {"ceiling": 5, "ceiling_diplomats": 6}, {"ceiling_diplomats"}),
    "bounds turned": ("statements", STATEMENT, {"officials_low": 2, "officials_high": 1}, {"officials_high"}),
    "read on the day of printing": ("articles", ARTICLE, {"published_on": on(DAY), "read_on": on(DAY)}, set()),
    "read the day before": ("articles", ARTICLE, {"published_on": on(DAY), "read_on": on(DAY, -1)}, {"read_on"}),
    "read today": ("articles", ARTICLE, {"read_on": TODAY}, set()),
    "read tomorrow": ("articles", ARTICLE, {"read_on": on(TODAY, 1)}, {"read_on"}),
    "printed a year before its id": ("articles", ARTICLE, {"published_on": date(2020, 4, 26)}, {"published_on"}),
    "printed a year after its id": ("articles", ARTICLE, {"published_on": date(2022, 4, 26)}, {"published_on"}),
    "printed in the month of its id": ("articles", ARTICLE, {"published_on": date(2021, 4, 1), "published_on_precision": "month"}, set()),
    "printed in another month": (
        "articles",
        ARTICLE,
        {"published_on": date(2021, 5, 1), "published_on_precision": "month"},
        {"published_on"},
    ),
    "printed in the year of its id": ("articles", ARTICLE, {"published_on": date(2021, 1, 1), "published_on_precision": "year"}, set()),
    "printed the day after its id": ("articles", ARTICLE, {"published_on": on(DAY, 1)}, {"published_on"}),
    "an English title of a Russian page": ("articles", ARTICLE, {"language": "ru", "title": "Russia expels an Italian"}, set()),
    "a Ukrainian title of a Russian page": ("articles", ARTICLE, {"language": "ru", "title": "Висилка дипломатів"}, {"title"}),
    "a question in a title": ("articles", ARTICLE, {"title": "Who is next? Q&A"}, set()),
    "searched today": ("searches", SEARCHED, {"searched_on": TODAY}, set()),
    "searched tomorrow": ("searches", SEARCHED, {"searched_on": on(TODAY, 1)}, {"searched_on"}),
    "a Russian query in Latin letters": ("searches", SEARCHED, {"query": "expelled", "language": "ru"}, {"language"}),
    "an English query in Russian": ("searches", SEARCHED, {"query": "выслан", "language": "en"}, {"language"}),
    "a query in both": ("searches", SEARCHED, {"query": "expelled выслан", "language": "en"}, set()),
    "a period of one day": ("searches", SEARCHED, {"period_from": on(DAY), "period_until": on(DAY)}, set()),
    "about one": ("statements", STATEMENT, {"figure_as_printed": "about one", "qualifier": "about"}, set()),
    "about one, exactly": ("statements", STATEMENT, {"figure_as_printed": "about one"}, {"qualifier"}),
    "dozens, no figure": (
        "statements",
        STATEMENT,
        {"figure_as_printed": "dozens", "qualifier": "none", "officials_low": None, "officials_high": None},
        set(),
    ),
    "two people non grata": ("statements", STATEMENT, {"says": "They are personae non gratae."}, set()),
    "a check of a document": ("statements", STATEMENT, {"says": "A checked list holds them, the ministry says; a list, it says."}, set()),
    "searched on the last day of its period": ("searches", SEARCHED, {"searched_on": TODAY, "period_until": TODAY}, set()),
    "a quotation ends it": ("statements", STATEMENT, {"says": "He said: “Go.”"}, set()),
    "counted on one day": ("claims", CLAIM, {"since": date(2022, 5, 18), "as_of": date(2022, 5, 18)}, set()),
    "counted until the day after the page": ("claims", CLAIM, {"as_of": date(2022, 5, 19)}, set()),
    "counted until two days after the page": ("claims", CLAIM, {"as_of": date(2022, 5, 20)}, {"as_of"}),
}


@pytest.mark.parametrize("edge", EDGES)
def test_edge(raw: Frames, edge: str) -> None:
    table, row, cells, columns = EDGES[edge]
    assert output(raw, table, row, **cells) == columns


def test_the_real_tables_have_no_problem(raw: Frames) -> None:
    assert output(raw, "statements", STATEMENT) == set()


def test_an_expulsion_needs_a_statement_that_counts_and_one_with_a_day(raw: Frames) -> None:
    """Without an accepted statement nothing is known; without a day it stands at no place in time."""
    one = raw["statements"].filter(pl.col("statement_id") == STATEMENT)["expulsion_id"][0]
    about = pl.col("expulsion_id") == one
    days = [c for c in raw["statements"].columns if c.startswith("announced_on")]
    planted = {
        "No accepted statement is about it": pl.when(about).then(pl.lit("rejected")).otherwise(pl.col("standing")).alias("standing"),
        "No statement gives the day": pl.when(~about).then(pl.col(days)),
    }
    for sentence, cells in planted.items():
        changed = raw | {"statements": raw["statements"].with_columns(cells)}
        problems = Problems()
        checks.check(changed, compile_expulsions(changed), contract.product(), TODAY, problems)
        assert [line for line in problems.lines() if sentence in line and ":expulsion_id " in line]


def test_a_number_left_out_within_an_article_is_told_on_the_next_line(raw: Frames) -> None:
    numbered = raw["statements"].filter(pl.col("article_id") == ARTICLE)
    assert numbered.height > 2
    problems = Problems()
    checks._check_numbering(raw["statements"].filter(pl.col("statement_id") != f"{ARTICLE}.2"), problems)
    result = problems.all()
    assert result["line"].to_list() == numbered.filter(pl.col("statement_id") == f"{ARTICLE}.3")["line"].to_list()
    assert "number 2, is missing" in result["message"][0]


@pytest.mark.parametrize(
    ("day", "alive"), [("1991-12-25", {"SUN"}), ("1991-12-26", {"RUS"}), ("1992-06-01", {"RUS"}), ("1950-01-01", {"SUN"})]
)
def test_an_actor_lives_from_its_first_to_its_last_day(raw: Frames, day: str, alive: set[str]) -> None:
    when = date.fromisoformat(day)
    rows = pl.DataFrame({"expulsion_id": ["a", "b"], "expeller": ["SUN", "RUS"], "target": ["SUN", "RUS"], "line": [2, 3]}).with_columns(
        announced_on=pl.lit(when), announced_last=pl.lit(when)
    )
    problems = Problems()
    checks._check_existence(raw, rows, problems)
    dead = {2: "SUN", 3: "RUS"}
    assert {dead[line] for line in problems.all()["line"]} == {"SUN", "RUS"} - alive
