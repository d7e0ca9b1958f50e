"""Cross-checks of raw/ that a curator has to mend: one function a table, each reporting by line and column."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import polars as pl

from scripts.compile import addresses, numerals, wording
from scripts.compile.cells import INTEGER
from scripts.compile.dates import first_day
from scripts.compile.problems import Problems
from scripts.compile.reliability import NOMINAL, levels_of
from scripts.package.contract import Contract, Table

Frames = dict[str, pl.DataFrame]
GARBLED = "Letters were lost or turned into others on the way. Copy the text again."


def check(frames: Frames, expulsions: pl.DataFrame, contract: Contract, today: date, problems: Problems) -> None:
    """Report every contradiction within and between the raw tables.

    ``expulsions`` are the compiled ones (``expulsion_id``, ``announced_on``, ``announced_last``), for dates that
    no raw cell holds. Only days of work and of membership are compared with ``today``.
    """
    _check_articles(frames, today, problems)
    _check_statements(frames, problems)
    _check_expulsions(frames, expulsions, problems)
    _check_answers(frames, expulsions, problems)
    _check_claims(frames, problems)
    _check_searches(frames, today, problems)
    _check_spells(frames, today, problems)
    _check_recodings(frames, levels_of(contract), _values_of(contract), problems)


@contextmanager
def _reporting(rows: pl.DataFrame, file: str, problems: Problems) -> Iterator[Callable[..., None]]:
    """Gather faults that a row shows by itself, then look for all in one pass; only those that are there are looked at closely."""
    faults: list[tuple[pl.Expr, str, str | pl.Expr]] = []
    yield lambda fault, column, message: faults.append((fault, column, message))
    result = rows.select(fault.any().alias(str(place)) for place, (fault, _, _) in enumerate(faults)).row(0)
    for (fault, column, message), there in zip(faults, result, strict=True):
        if there:
            problems.add(rows.filter(fault), f"raw/{file}.csv", column, message)


def _check_articles(frames: Frames, today: date, problems: Problems) -> None:
    used = pl.concat([frames[t]["article_id"] for t in ("statements", "answers", "claims")]).drop_nulls().unique()
    articles = frames["articles"].with_columns(unused=~pl.col("article_id").is_in(used.implode()))
    with _reporting(articles, "articles", problems) as report:
        unused = pl.col("unused")
        report(
            unused & pl.col("no_expulsion_because").is_null(),
            "no_expulsion_because",
            "The article has neither statement nor claim. Code it, or say here why it yields nothing.",
        )
        report(
            ~unused & pl.col("no_expulsion_because").is_not_null(),
            "no_expulsion_because",
            "The article is coded. Empty this cell, or remove what rests on it.",
        )
        report(
            _another_day(),
            "published_on",
            "The id names another day. Correct the day, or code the article under a new id.",
        )
        report(pl.col("read_on") > pl.lit(today), "read_on", "The day is later than today. Correct it.")
        report(pl.col("published_on") > pl.col("read_on"), "read_on", "Read before it was published. Correct either day.")
        report(~pl.col("language").is_in(wording.LANGUAGES), "language", "No code of ISO 639. Write the language's two letters.")
        report(wording.garbled(pl.col("title")), "title", GARBLED)
    _check_script(articles, "articles", "title", problems)
    _check_addresses(articles.select("line", "url").drop_nulls(), problems)


def _another_day() -> pl.Expr:
    """Whether an article's id names a day, month or year that its day of publication is not in, nor it in that."""
    stamp = pl.col("article_id").str.extract(r"-((?:1[6-9]|20)[0-9]{2}(?:-[0-9]{2}){0,2})(?:-[0-9]+)?$")
    known = pl.col("published_on_precision").cast(pl.String).replace_strict({"day": 10, "month": 7, "year": 4}, return_dtype=pl.UInt32)
    common = pl.min_horizontal(stamp.str.len_chars(), known)
    return stamp.str.slice(0, common) != pl.col("published_on").dt.to_string("%Y-%m-%d").str.slice(0, common)


def _check_addresses(articles: pl.DataFrame, problems: Problems) -> None:
    """Report addresses of no article, and all but the first of one page."""
    suspects = articles.filter(addresses.suspect(pl.col("url")))
    for fault, message in addresses.faults(pl.col("url")):
        problems.add(suspects.filter(fault), "raw/articles.csv", "url", message)
    again = articles.filter(~addresses.canonical(articles["url"]).is_first_distinct())
    problems.add(again, "raw/articles.csv", "url", "The same address as an earlier row. Code both under one article.")


def _check_statements(frames: Frames, problems: Problems) -> None:
    rows = pl.concat([frames["statements"], _of_article(frames, "statements")], how="horizontal")
    with _reporting(rows, "statements", problems) as report:
        low, high, qualifier = pl.col("officials_low"), pl.col("officials_high"), pl.col("qualifier")
        has_figure = low.is_not_null() | high.is_not_null()
        report(
            ~_belongs("statement_id"), "statement_id", "It does not begin with its article_id. Make it the article_id, a dot and a number."
        )
        _check_numbering(rows, problems)
        report(low > high, "officials_high", "The upper bound is below the lower one. Correct either.")
        report(has_figure & pl.col("counted_unit").is_null(), "counted_unit", "A figure without a unit. Say whom it counts.")
        report(~has_figure & (qualifier != "none"), "officials_low", "The qualifier promises a figure. Fill it, or write none.")
        report(has_figure & (qualifier == "none"), "qualifier", "There is a figure. Say how it is stated.")
        report((qualifier == "at_least") & high.is_not_null(), "officials_high", "at_least has no upper bound. Empty the cell.")
        report((qualifier == "at_most") & low.is_not_null(), "officials_low", "at_most has no lower bound. Empty the cell.")
        report(
            qualifier.is_in(["exact", "about"]) & has_figure & (low.is_null() | high.is_null()),
            "officials_high",
            "One bound is missing. Fill both, the same number twice if it is one number.",
        )
        report(pl.min_horizontal(low, high) == 0, "officials_low", "Zero officials are no expulsion. Leave unknown figures empty.")
        report(wording.garbled(pl.col("says")), "says", GARBLED)
        report(wording.unfinished(pl.col("says")), "says", "The sentence does not end. Finish it with a full stop.")
        report(
            wording.unkempt(pl.col("says")),
            "says",
            "Another language, a question, a misspelt term or the sentence twice. Say it in English, once.",
        )
        report(wording.garbled(pl.col("standing_reason")), "standing_reason", GARBLED)
        report(wording.garbled(pl.col("figure_as_printed")), "figure_as_printed", GARBLED)
        report(pl.col("says") == pl.col("title"), "says", "The article's title. Say it in your own words.")
        report(has_figure & pl.col("figure_as_printed").is_null(), "figure_as_printed", "A figure that was not printed. Fill the wording.")
        report(pl.col("diplomats") > pl.max_horizontal(low, high), "diplomats", "More diplomats than officials. Correct either.")
        report(pl.col("ceiling_diplomats") > pl.col("ceiling"), "ceiling_diplomats", "A higher ceiling than for all staff. Correct either.")
        report(
            (pl.col("persons_ordered") == "no") & has_figure,
            "persons_ordered",
            "Nobody was ordered out, yet there is a figure. Correct either.",
        )
        report(
            (pl.col("standing") != "accepted") & pl.col("standing_reason").is_null(),
            "standing_reason",
            "The standing needs a reason. Say why.",
        )
        report(
            (pl.col("standing") == "accepted") & pl.col("standing_reason").is_not_null(),
            "standing",
            "An accepted statement has no reason against it. Say what it is, or empty the reason.",
        )
        report(
            pl.col("announced_on") > pl.col("published_last").dt.offset_by("1d"),
            "announced_on",
            "Later than its article, by more than the date line allows. Correct either day.",
        )
        report(pl.col("acted_from") > pl.col("acted_until_last"), "acted_until", "It ends before it begins. Correct either day.")
        report(pl.col("acted_from") > pl.col("announced_on_last"), "acted_from", "Ordered after it was announced. Correct either day.")
        report(pl.col("leave_by") < pl.col("announced_on"), "leave_by", "Due to leave before it was announced. Correct either day.")
        report(pl.col("accredited_to") == pl.col("nationality"), "accredited_to", "Accredited to their own state. Correct either.")
        retired = frames["expulsions"].filter(pl.col("replaced_by").is_not_null())["expulsion_id"].drop_nulls().to_list()
        report(pl.col("expulsion_id").is_in(retired), "expulsion_id", "The id is retired. Use its replacement.")
    _check_script(rows, "statements", "figure_as_printed", problems)
    problem = "The wording says how exact the figure is, and not so. Correct the qualifier, or cut the wording to the figure."
    problems.add(_miscalled(rows), "raw/statements.csv", "qualifier", problem)
    problem = "The printed numbers are not the coded bounds. Correct either."
    problems.add(_misprinted(rows), "raw/statements.csv", "figure_as_printed", problem)
    authoritative = rows.filter(pl.col("standing") == "authoritative")
    second = authoritative.filter(~pl.col("expulsion_id").is_first_distinct())
    problems.add(second, "raw/statements.csv", "standing", "A second authoritative statement for this expulsion. Keep one.")


def _of_article(frames: Frames, table: str) -> pl.DataFrame:
    """The last possible day of publication, language and title of each row's article."""
    # A repeated id is reported by the reader; here it must not repeat the rows.
    dated = (
        frames["articles"].select("article_id", "language", "title", published_last="published_on_last").unique("article_id", keep="first")
    )
    return frames[table].select("article_id").join(dated, on="article_id", how="left", maintain_order="left").drop("article_id")


def _check_numbering(statements: pl.DataFrame, problems: Problems) -> None:
    """Report where the numbers of an article's statements leave one out: a row was lost, since statements are rejected, not deleted."""
    if statements.is_empty():
        return
    number = pl.col("statement_id").str.extract(r"\.([0-9]+)$").cast(pl.Int64)
    follows = (pl.col("article_id") == pl.col("article_id").shift(1)) & (pl.col("number") == pl.col("number").shift(1) + 1)
    # Where rows are in order, nearly all follow the one above: only articles with others are looked at whole.
    jumping = statements.select("article_id", number=number).filter((pl.col("number") > 1) & ~follows.fill_null(False))
    numbered = statements.select("article_id", "line", "statement_id").join(jumping, on="article_id", how="semi")
    numbered = numbered.select("article_id", "line", number=number).drop_nulls()
    before = pl.col("number").sort().shift(1, fill_value=0).over("article_id")
    gaps = numbered.sort("article_id", "number").with_columns(before=before).filter(pl.col("number") > pl.col("before") + 1)
    problem = pl.format(
        "The statement before it, number {}, is missing. Restore it, rejected with a reason if it was wrong.", pl.col("number") - 1
    )
    problems.add(gaps, "raw/statements.csv", "statement_id", problem)


def _belongs(column: str) -> pl.Expr:
    return pl.col(column).str.starts_with(pl.col("article_id") + ".").fill_null(True)


def _check_script(rows: pl.DataFrame, table: str, column: str, problems: Problems) -> None:
    """Report texts with letters that their article's language does not have; those in ASCII have none."""
    wide = rows.select("line", "language", column).filter(pl.col(column).str.len_bytes() != pl.col(column).str.len_chars())
    strange = wide.filter(wording.of_another_script(pl.col(column), pl.col("language")))
    problems.add(strange, f"raw/{table}.csv", column, "Letters that the page's language does not have. Correct the text or the language.")


def _miscalled(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose wording says how exact the figure is, and whose qualifier says otherwise; few wordings differ, so each is looked at once."""
    columns = ["figure_as_printed", "qualifier"]
    wordings = rows.select(columns).unique()
    wrong = wordings.filter(wording.contradicts(pl.col("figure_as_printed"), pl.col("qualifier").cast(pl.String)))
    return rows.select("line", *columns).join(wrong, on=columns, how="semi")


def _misprinted(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose wording holds numbers, in digits or words, of which none nor their sum is a bound.

    A digit was dropped, doubled or turned, or another row's number was copied. A wider figure whose diplomats are
    printed and the rest is not is left alone.
    """
    columns = ["figure_as_printed", "officials_low", "officials_high", "diplomats"]
    figures = rows.filter((pl.col("qualifier") != "none") & pl.col("figure_as_printed").is_not_null()).select("line", *columns)
    printed = numerals.numbers(pl.col("figure_as_printed"))
    wordings = figures.select(columns).unique().with_columns(printed=printed).filter(pl.col("printed").list.len() > 0)
    numbers = pl.col("printed")
    bounds = [pl.col(column).cast(pl.Int64) for column in ("officials_low", "officials_high")]
    fits = [bound.is_null() | numbers.list.contains(bound) | (numbers.list.sum() == bound) for bound in bounds]
    partial = numbers.list.contains(pl.col("diplomats").cast(pl.Int64)).fill_null(False)
    wrong = wordings.filter(~partial & ~pl.all_horizontal(fits).fill_null(True))
    return figures.join(wrong, on=columns, how="semi", nulls_equal=True)


def _check_expulsions(frames: Frames, expulsions: pl.DataFrame, problems: Problems) -> None:
    raw = frames["expulsions"]
    days = expulsions.select("expulsion_id", "announced_on", "announced_last", "n_counting")
    containing = raw.select(included_in="expulsion_id", _out="expeller", _of="target")
    containing = containing.join(raw.filter(pl.col("included_in").is_not_null()), on="included_in", how="semi").unique("included_in")
    rows = raw.join(days, on="expulsion_id", how="left", maintain_order="left")
    rows = rows.join(containing, on="included_in", how="left", maintain_order="left")
    live = pl.col("replaced_by").is_null()
    ends = pl.col("expulsion_id").str.extract_groups(r"^[0-9-]+-(?<expeller>[A-Z]+)-(?<target>[A-Z]+)")
    with _reporting(rows, "expulsions", problems) as report:
        report(pl.col("expeller") == pl.col("target"), "target", "An actor cannot expel its own officials. Correct either end.")
        for end in ("expeller", "target"):
            wrong = ends.struct.field(end) != pl.col(end)
            report(wrong, end, pl.format("The id says {}. Correct the cell, or retire the id.", ends.struct.field(end)))
        report(
            live & (pl.col("n_counting").fill_null(0) == 0) & pl.col("dispute").ne_missing("retracted"),
            "expulsion_id",
            "No accepted statement is about it. Code one, or retire the id.",
        )
        report(
            live & (pl.col("n_counting") > 0) & pl.col("announced_on").is_null(),
            "expulsion_id",
            "No statement gives the day of its announcement. Code one that does.",
        )
        report(
            live & _misdated() & pl.col("note").is_null(),
            "note",
            "The id's date is not the compiled one. An id stays as it is: say here why the day differs.",
        )
        report(
            live & (pl.col("announced_on").dt.year() != _year_of_id()),
            "expulsion_id",
            "The id and the compiled day are of two years. Correct the days, or retire the id.",
        )
        report(pl.col("included_in") == pl.col("expulsion_id"), "included_in", "It cannot contain itself. Name the other expulsion.")
        report(
            (pl.col("_out") != pl.col("expeller")) | (pl.col("_of") != pl.col("target")),
            "included_in",
            "Another dyad's figure cannot contain it. Correct the id.",
        )
        report(~live & (pl.col("replaced_by") == pl.col("expulsion_id")), "replaced_by", "An id cannot replace itself. Name the other.")
        report(
            ~live & ~pl.col("replaced_by").is_in(raw.filter(live)["expulsion_id"].drop_nulls().to_list()),
            "replaced_by",
            "The replacement is retired or unknown. Name a live id.",
        )
        report(wording.garbled(pl.col("note")), "note", GARBLED)
        report(wording.unfinished(pl.col("note")), "note", "The note does not end. Finish it with a full stop.")
        report(~live & pl.col("note").is_null(), "note", "A retired id needs a reason. Say why it was withdrawn.")
        _check_existence(frames, rows, problems)


def _year_of_id() -> pl.Expr:
    return pl.col("expulsion_id").str.slice(0, 4).cast(pl.Int32, strict=False)


def _misdated() -> pl.Expr:
    stamp = pl.col("expulsion_id").str.extract(r"^([0-9]{4}(?:-[0-9]{2}){0,2})-[A-Z]")
    return ~pl.col("announced_on").dt.to_string("%Y-%m-%d").str.starts_with(stamp)


def _check_existence(frames: Frames, rows: pl.DataFrame, problems: Problems) -> None:
    """Report ends that were no actor on any possible day: outside every spell, or outside an organisation's life."""
    systems = frames["memberships"].filter(pl.col("organisation").is_in(["COW", "GW"]))
    spells = pl.concat(
        [
            systems.select("actor_id", begin="joined_on", end="left_on"),
            frames["actors"].filter(pl.col("existed_from").is_not_null()).select("actor_id", begin="existed_from", end="existed_until"),
        ]
    )
    for end in ("expeller", "target"):
        alive = (
            rows.join(spells, left_on=end, right_on="actor_id")
            .filter((pl.col("begin") <= pl.col("announced_last")) & (pl.col("end").is_null() | (pl.col("end") >= pl.col("announced_on"))))
            .select("expulsion_id")
            .unique()
        )
        dead = rows.filter(pl.col(end).is_not_null() & pl.col("announced_on").is_not_null()).join(alive, on="expulsion_id", how="anti")
        problem = pl.format("{} did not exist on {}. Use the actor of that day.", end, "announced_on")
        problems.add(dead, "raw/expulsions.csv", end, problem)


def _check_answers(frames: Frames, expulsions: pl.DataFrame, problems: Problems) -> None:
    first = expulsions.select(answers="expulsion_id", _cause="announced_on")
    last = expulsions.select("expulsion_id", _reply="announced_last")
    rows = (
        frames["answers"]
        .join(last, on="expulsion_id", how="left", maintain_order="left")
        .join(first, on="answers", how="left", maintain_order="left")
    )
    with _reporting(rows, "answers", problems) as report:
        report(pl.col("_reply") < pl.col("_cause"), "answers", "Announced before what it answers. Correct the ids or the relation.")
        report(pl.col("expulsion_id") == pl.col("answers"), "answers", "It cannot answer itself. Name the other expulsion.")


def _check_claims(frames: Frames, problems: Problems) -> None:
    rows = pl.concat([frames["claims"], _of_article(frames, "claims")], how="horizontal")
    with _reporting(rows, "claims", problems) as report:
        report(~_belongs("claim_id"), "claim_id", "It does not begin with its article_id. Make it the article_id, a dot, c and a number.")
        report(pl.col("as_of") < pl.col("since"), "as_of", "The count ends before it begins. Correct either day.")
        report(pl.col("as_of") > pl.col("published_last").dt.offset_by("1d"), "as_of", "Later than its article. Correct either day.")
        report((pl.col("kind") == "total") & pl.col("figure").is_null(), "figure", "A total without a figure. Fill it.")
        report(
            (pl.col("kind") == "none") & pl.col("figure").is_not_null(), "figure", "Kind none has no figure. Empty it, or make it a total."
        )
        report(pl.col("figure").is_not_null() & pl.col("qualifier").is_null(), "qualifier", "Say how the figure is stated.")
        for column in ("scope_as_stated", "note"):
            report(wording.garbled(pl.col(column)), column, GARBLED)
        report(pl.col("part_of") == pl.col("claim_id"), "part_of", "A claim cannot be part of itself. Name the total.")
        for table, columns in {"claims": ("expeller_scope", "target_scope"), "searches": ("expeller_scope", "target_scope")}.items():
            for column in columns:
                _check_scope(frames, table, column, problems)

    same = ["article_id", "kind", "since", "as_of", "expeller_scope", "target_scope", "counted", "figure", "qualifier"]
    again = rows.filter(~pl.struct(same).is_first_distinct())
    problems.add(again, "raw/claims.csv", "claim_id", "The article has the same claim before. Keep one.")


def _check_searches(frames: Frames, today: date, problems: Problems) -> None:
    """Report searches and lists of another time than their own, and finds on no page."""
    with _reporting(frames["searches"], "searches", problems) as report:
        report(pl.col("searched_on") > pl.lit(today), "searched_on", "The day is later than today. Correct it.")
        report(pl.col("period_until") < pl.col("period_from"), "period_until", "It ends before it begins. Correct either day.")
        report(pl.col("period_until") > pl.col("searched_on"), "period_until", "The period ends after the search. Correct either day.")
        report(wording.garbled(pl.col("query")), "query", GARBLED)
        report(pl.col("period_from") > pl.col("searched_on"), "period_from", "The period begins after the search. Correct either day.")
        report((pl.col("n_pages") == 0) & (pl.col("n_expulsions") > 0), "n_expulsions", "Expulsions on no page. Correct either number.")
        report(~pl.col("language").is_in(wording.LANGUAGES), "language", "No code of ISO 639. Write the language's two letters.")
        unlike = wording.without_its_script(pl.col("query"), pl.col("language"))
        report(unlike, "language", "The query has no letter of the language's script. Correct either.")
    with _reporting(frames["harvests"], "harvests", problems) as report:
        report(pl.col("harvested_on") > pl.lit(today), "harvested_on", "The day is later than today. Correct it.")
        report(pl.col("announced_on") > pl.col("harvested_on"), "announced_on", "Announced after the list was closed. Correct either day.")


def _check_spells(frames: Frames, today: date, problems: Problems) -> None:
    """Report spells that end before they begin, or begin in the future."""
    spells = {"memberships": ("joined_on", "left_on"), "actors": ("existed_from", "existed_until")}
    for table, (first, last) in spells.items():
        with _reporting(frames[table], table, problems) as report:
            report(pl.col(last) < pl.col(first), last, "It ends before it begins. Correct either day.")
            report(pl.col(first) > pl.lit(today), first, "The day is later than today. Correct it.")


def _check_scope(frames: Frames, table: str, column: str, problems: Problems) -> None:
    """Report tokens of a scope that are no actor, no group and no exclusion of one."""
    actors = frames["actors"]
    ids = actors["actor_id"].drop_nulls().to_list()
    groups = [*frames["memberships"]["organisation"].drop_nulls().unique(), *actors["un_region"].drop_nulls().unique()]
    known = [*ids, "*", *(f"{g}*" for g in groups)]
    tokens = frames[table].select("line", token=pl.col(column).str.split(" ")).explode("token")
    bad = tokens.filter(~pl.col("token").str.strip_prefix("-").is_in(known))
    problems.candidates[f"raw/{table}.csv", column] = known
    problem = pl.format('"{}" is neither an actor\'s id, nor a group with *, nor one of them behind a minus. Correct it.', "token")
    problems.add(bad, f"raw/{table}.csv", column, problem, given="token")


def _values_of(contract: Contract) -> pl.DataFrame:
    """The values that a recoded column may have, a row each (variable, value): of those that have a list in the contract."""
    fields = [field for table in ("statements", "expulsions") for field in contract[table].fields.values()]
    listed = {field.name: field.enum for field in fields if field.enum}
    pairs = [(name, value) for name, values in listed.items() for value in values]
    return pl.DataFrame(pairs, schema={"variable": pl.String, "value": pl.String}, orient="row")


def _check_recodings(frames: Frames, levels: dict[str, str], values: pl.DataFrame, problems: Problems) -> None:
    """Report days, numbers and values of either coder that are none, and settled ones that neither gave and nobody explains."""
    level = pl.col("variable").replace_strict(levels, default=NOMINAL, return_dtype=pl.String)
    with _reporting(frames["recodings"], "recodings", problems) as report:
        for column in ("first", "second", "settled"):
            cell = pl.col(column)
            no_day = (level == "interval") & cell.is_not_null() & first_day(cell).is_null()
            report(no_day, column, pl.format('"{}" is not a date. Write YYYY-MM-DD, YYYY-MM or YYYY, a date that exists.', cell))
            no_number = (level == "ratio") & ~cell.str.contains(INTEGER)
            report(no_number, column, pl.format('"{}" is not a whole number. Write digits only, no sign, no leading zero.', cell))
        neither = pl.col("settled").ne_missing(pl.col("first")) & pl.col("settled").ne_missing(pl.col("second"))
        report(neither & pl.col("reason").is_null(), "reason", "Settled as neither coder had it. Say why.")
        both = pl.col("first").is_not_null() & pl.col("second").is_not_null()
        report(both & pl.col("settled").is_null(), "settled", "Both coders have a value. Settle one.")
    listed = frames["recodings"].filter(pl.col("variable").is_in(values["variable"].unique().implode()))
    for column in ("first", "second", "settled"):
        wrong = listed.drop_nulls(column).join(values, left_on=["variable", column], right_on=["variable", "value"], how="anti")
        problem = pl.format('"{}" is no value of {}. Choose one of its list.', column, "variable")
        problems.add(wrong, "raw/recodings.csv", column, problem)


# --- keys ----------------------------------------------------------------------------------------------------------


def check_keys(table: Table, frame: pl.DataFrame, problems: Problems) -> None:
    """Report rows that repeat a primary key or a unique column."""
    unique = [[n] for n, field in table.fields.items() if field.constraints.get("unique")]
    for key in {tuple(k): k for k in [table.primary_key, *unique]}.values():
        whole = frame.drop_nulls(key)
        if whole.select(key).n_unique() == whole.height:
            continue
        again = whole.filter(~pl.struct(key).is_first_distinct())
        firsts = whole.group_by(key).agg(line_before=pl.col("line").min())
        problem = pl.format("The same as on line {}. Each row needs its own.", "line_before")
        problems.add(again.join(firsts, on=key), table.file, key[-1], problem)


def check_references(contract: Contract, frames: dict[str, pl.DataFrame], problems: Problems) -> None:
    """Report references to rows that are not there; tables that could not be read are not referred to."""
    for table in contract.tables.values():
        keys = list(table.foreign_keys)
        if table.name == "spellings":
            keys.append(("actor_id", "actors", "actor_id"))
        for column, other, target in keys:
            if other not in frames or {contract[other].file, table.file} & problems.torn:
                continue
            here = frames[table.name]
            there = frames[other].select(pl.col(target).alias(column)).drop_nulls()
            lost = here.filter(pl.col(column).is_not_null()).join(there, on=column, how="anti")
            if lost.height:
                problems.candidates[table.file, column] = there[column].unique().to_list()
                problem = pl.format('"{}" is not in {}. Correct it, or add the row.', column, pl.lit(f"raw/{other}.csv"))
                problems.add(lost, table.file, column, problem, given=column)
