"""The form for coding blind: what is drawn, what it shows and hides, and how it is read back, through make on the small world."""

import csv
import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from scripts.compile import asked, codings, form, reliability, sample
from scripts.compile.sample import ASKED
from scripts.package import contract
from tests import world
from tests.conftest import Sheet

FORM = "build/check-sheet.xlsx"
RECODINGS = "raw/recodings.csv"
HIDDEN = ["says", "figure_as_printed", "standing_reason", "statement_id", "expulsion_id"]


@pytest.fixture(scope="module")
def drawn(small_world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the world in which a form was drawn."""
    folder = world.copied(small_world, tmp_path_factory.mktemp("drawn"))
    assert ": 20 statements, 4 dossiers" in world.output(folder, "check-sheet", "N=20", "SEED=1")
    return folder


@pytest.fixture(scope="module")
def source(drawn: Path) -> asked.Asked:
    return asked.asked(drawn, "1")


class Filled:
    """A form to fill, cell by cell, and what comes of reading it."""

    def __init__(self, folder: Path, path: Path) -> None:
        self.folder, self.path, self.book = folder, path, openpyxl.load_workbook(path)

    def head(self, sheet: str) -> list[str]:
        return [cell.value for cell in self.book[sheet][1]]

    def put(self, sheet: str, line: int, **cells: Any) -> None:
        for name, value in cells.items():
            self.book[sheet].cell(line, self.head(sheet).index(name) + 1, value)

    def unit(self, sheet: str, line: int) -> str:
        return self.book[sheet].cell(line, 1).value

    def at(self, sheet: str, line: int, name: str) -> str:
        return f"{self.path.name}:{sheet}:{self.book[sheet].cell(line, self.head(sheet).index(name) + 1).coordinate}"

    def as_ours(self, source: asked.Asked, lines: range = range(2, 99)) -> None:
        """Fill rows with our own coding."""
        for kind in ASKED:
            ours = {row["unit"]: row for row in source.rows(kind).iter_rows(named=True)}
            for line in lines:
                if line <= self.book[kind].max_row:
                    self.put(kind, line, **{name: ours[self.unit(kind, line)][name] for name in ASKED[kind]})

    def read(self, *arguments: str) -> Any:
        self.book.save(self.path)
        return world.make(self.folder, "read-sheet", f"FILE={self.path}", *arguments)


@pytest.fixture
def filled(drawn: Path, tmp_path: Path) -> Filled:
    """The form, in a checkout of its own."""
    folder = world.copied(drawn, tmp_path)
    return Filled(folder, (folder / FORM).rename(tmp_path / "form.xlsx"))


def _rows(folder: Path, name: str, **cells: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if cells.items() <= row.items()]


# --- what is drawn ---------------------------------------------------------------------------------------------------


def _population() -> pl.DataFrame:
    """A large cell and a small one; in the large one a tenth is rare, and a third of that without a number."""
    rows = [(f"a{n}", "Europe", "2014-", n % 3 > 0, n % 10 == 0) for n in range(300)]
    rows += [(f"b{n}", "Asia", "1946-1989", True, False) for n in range(5)]
    rows += [("none", None, "2014-", True, False)]
    schema = {"unit_id": pl.String, "region": pl.String, "period": pl.String, "known": pl.Boolean, "rarer": pl.Boolean}
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_columns(kind=pl.lit("statements"), recoded=False)
    return frame.with_columns(sample.tags(frame["unit_id"], "1"))


def test_cells_and_strata_take_turns() -> None:
    taken = sample.drawn(_population(), 25)
    assert dict(taken.group_by("region").len().iter_rows()) == {"Europe": 20, "Asia": 5}
    strata = taken.filter(pl.col("region") == "Europe").group_by("known", "rarer").len()["len"].to_list()
    assert strata == [5, 5, 5, 5]
    fewer = sample.drawn(_population(), 10)
    assert set(fewer["unit"]) < set(taken["unit"]) and fewer["unit"].is_sorted()
    other = _population().with_columns(sample.tags(_population()["unit_id"], "2"))
    assert set(sample.drawn(other, 25)["unit_id"]) != set(taken["unit_id"])
    assert sample.drawn(_population(), 999).height == 305


def test_what_was_not_recoded_yet_comes_first() -> None:
    population = _population().with_columns(recoded=pl.col("unit_id").str.ends_with("1"))
    taken = sample.drawn(population, 40).filter(pl.col("region") == "Europe", ~pl.col("rarer"))
    assert not taken["recoded"].any()


def test_what_is_drawn_more_often_is_weighted_back() -> None:
    """The weights of a stratum add up to its size; a coder who errs on rare values only has the agreement that all units would give."""
    population = _population()
    taken = sample.drawn(population, 60)
    recodings = taken.select("unit_id", sample=pl.lit("people_statements-1"), variable=pl.lit("vantage"))
    weighed = taken.with_columns(sample.weights(recodings, population))
    sizes = dict(population.group_by("rarer").len().iter_rows())
    summed = dict(weighed.group_by("rarer").agg(pl.col("weight").sum()).iter_rows())
    assert summed[True] == pytest.approx(sizes[True]) and summed[False] == pytest.approx(sizes[False] - 1)
    group = weighed.with_columns(first=pl.lit("expeller"), second=pl.when("rarer").then(pl.lit("target")).otherwise(pl.lit("expeller")))
    _, _, n, _, _, agreement, *_ = reliability._agreement("people_statements-1", "vantage", "nominal", group)
    assert (
        n == 60
        and agreement == pytest.approx(1 - sizes[True] / 305, abs=1e-4) != group.select((pl.col("first") == pl.col("second")).mean()).item()
    )


def test_each_sample_that_takes_turns_by_cell_is_weighted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of people, of programs, and between two people; the older ones were drawn as things occur."""
    monkeypatch.setattr(sample, "units", lambda *_: None)
    monkeypatch.setattr(sample, "weights", lambda recodings, _: pl.repeat(2.0, recodings.height, eager=True).alias("weight"))
    drawn = pl.DataFrame({"sample": ["people_statements-1", "cells_dossiers-1", "between_statements-1", "statements-1", "audit-1"]})
    assert reliability._weights(drawn, {}, drawn, contract.product()).to_list() == [2.0, 2.0, 2.0, 1.0, 1.0]


def test_a_rare_value_is_one_of_fewer_than_a_tenth(source: asked.Asked) -> None:
    rarer = dict(source.units.filter(pl.col("kind") == "statements").select("unit_id", "rarer").iter_rows())
    coded = source.raw["statements"]
    listed = ["vantage", "attribution", "covers", "qualifier", "counted_unit", "measure", "persons_ordered"]
    for name in listed:
        for value, count in coded[name].value_counts().iter_rows():
            if count < 0.1 * coded.height:
                assert all(rarer[unit] for unit in coded.filter(pl.col(name).eq_missing(value))["statement_id"]), name
    assert not all(rarer.values())


# --- what it shows and hides -----------------------------------------------------------------------------------------


def test_the_form_shows_pages_and_rules_and_nothing_of_our_coding(drawn: Path, source: asked.Asked) -> None:
    book = openpyxl.load_workbook(drawn / FORM)
    assert book.sheetnames == ["about", "statements", "dossiers", "pages", "rules"]
    for kind, columns in ASKED.items():
        head, *rows = [[cell.value for cell in row] for row in book[kind]]
        given = asked.GIVEN[kind]
        assert head == [*given, *columns] and all(cell is None for row in rows for cell in row[len(given) :])
        # The order of the draw would tell the strata.
        assert sorted({row[0] for row in rows}) == [row[0] for row in rows] and all(row[1] and row[2] for row in rows)
    cells = {cell.value for sheet in book for row in sheet for cell in row if cell.value}
    hidden = {str(value) for name in HIDDEN for table in ("statements", "expulsions") if name in source.raw[table].columns for value in source.raw[table][name].drop_nulls()}  # fmt: skip
    assert not cells & hidden and not any(isinstance(cell, str) and cell.startswith("=") for cell in cells)
    urls = dict(source.raw["articles"].select("url", "title").iter_rows())
    for sheet in ("statements", "pages"):
        head = [cell.value for cell in book[sheet][1]]
        for row in book[sheet].iter_rows(min_row=2):
            address = row[head.index("address")]
            assert urls[address.value] == row[head.index("title")].value and address.hyperlink.target == address.value
    # A tag tells nothing: neither day nor dyad.
    assert all(len(unit) == 13 and unit[0] == "u" for unit in source.units["unit"])


def test_lists_to_choose_from_are_those_of_the_contract(drawn: Path, source: asked.Asked) -> None:
    book = openpyxl.load_workbook(drawn / FORM)
    for kind in ASKED:
        given = {str(v.sqref).split("2:")[0]: v for v in book[kind].data_validations.dataValidation}
        for cell in book[kind][1][len(asked.GIVEN[kind]) :]:
            field, rule = source.fields(kind)[cell.value], given[cell.column_letter]
            listed = field.enum or (["yes", "no"] if field.type == "boolean" else None)
            assert rule.formula1 == (f'"{",".join(listed)}"' if listed else None) and rule.prompt and len(rule.formula1 or "") <= 255
            assert str(rule.sqref) == f"{cell.column_letter}2:{cell.column_letter}{book[kind].max_row}"
    output = {row[0]: row[1:] for row in book["rules"].iter_rows(min_row=2, values_only=True) if row[0]}
    assert output.keys() == {name for names in ASKED.values() for name in names}
    assert (
        "war: The expeller states a war" in output["grounds"][1]
        and "third_party: " in output["vantage"][1]
        and all(row[0] for row in output.values())
    )


def test_rules_beside_the_columns_are_those_of_the_manual() -> None:
    manual = (contract.ROOT / "raw" / "README.md").read_text(encoding="utf-8")
    without = {name for names in ASKED.values() for name in names if not form.rules(manual, name)}
    # Their descriptions say all.
    assert without == {"leave_by"}
    assert form.rules("- `a` is\n  one.\n- two `b`\n\nOf `a` more.\n\n| `a` | row |\n", "a") == "`a` is one.\nOf `a` more."


def test_a_page_is_asked_about_only_if_it_can_be_pointed_at(source: asked.Asked) -> None:
    """Not where it makes two statements on a decision, nor where two decisions of a pair are of one year; of two years, the year is told."""
    cited = source.cited.with_columns(pair=pl.concat_str("article_id", "expeller", "target"))
    asked = set(source.rows("statements")["unit_id"])
    twice = cited.filter(pl.len().over("article_id", "expulsion_id") > 1)
    beside = cited.filter(pl.col("expulsion_id").n_unique().over("pair", "year") > 1)
    assert twice.height and beside.height and not asked & {*twice["statement_id"], *beside["statement_id"]}
    assert asked == set(source.raw["statements"]["statement_id"]) - {*twice["statement_id"], *beside["statement_id"]}
    several = set(cited.filter(pl.col("expulsion_id").n_unique().over("pair") > 1)["statement_id"])
    shown = dict(source.rows("statements").select("unit_id", "year").iter_rows())
    assert all((year is not None) == (unit in several) for unit, year in shown.items())


def test_the_same_seed_gives_the_same_bytes_and_a_filled_form_is_not_written_over(drawn: Path, tmp_path: Path) -> None:
    folder = world.copied(drawn, tmp_path)
    before = (folder / FORM).read_bytes()
    world.output(folder, "check-sheet", "N=20", "SEED=1")
    assert (folder / FORM).read_bytes() == before
    world.output(folder, "check-sheet", "N=20", "SEED=2")
    assert (folder / FORM).read_bytes() != before
    begun = Filled(folder, folder / FORM)
    begun.put("dossiers", 3, reply="declined")
    begun.book.save(begun.path)
    kept = begun.path.read_bytes()
    done = world.make(folder, "check-sheet", "N=20", "SEED=1")
    assert done.returncode and "build/check-sheet.xlsx is filled, in part at least." in done.stderr and begun.path.read_bytes() == kept


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(["SEED=x"], "SEED='x' is neither a number"), (["N=0"], "N='0' is no number"), (["CODER=p1"], "takes no CODER")],
)
def test_what_cannot_be_drawn_is_refused(drawn: Path, arguments: list[str], message: str) -> None:
    done = world.make(drawn, "check-sheet", *arguments)
    assert done.returncode and message in done.stderr


# --- read back -------------------------------------------------------------------------------------------------------


def test_a_form_filled_right_is_added_and_the_next_build_computes_from_it(filled: Filled, source: asked.Asked) -> None:
    filled.as_ours(source)
    kept = _rows(filled.folder, RECODINGS)
    done = filled.read()
    assert not done.returncode, done.stderr
    assert (
        "No difference." in done.stdout
        and "people-1, p1: rows 24 done, 0 begun, 0 empty; 348 cells added, 0 differ from ours" in done.stdout
    )
    rows = _rows(filled.folder, RECODINGS)
    added = [row for row in rows if row["sample"] == "people-1"]
    assert len(added) == 20 * 16 + 4 * 7 == len(rows) - len(kept) and all(row in rows for row in kept)
    assert all(row["first"] == row["second"] == row["settled"] and row["coder"] == "p1" and not row["reason"] for row in added)
    world.output(filled.folder, "build/reliability.csv")
    output = {row["variable"]: row for row in _rows(filled.folder, "build/reliability.csv", sample="people_statements-1", region="*")}
    assert output["vantage"]["n_units"] == "20" and {row["agreement"] for row in output.values()} == {"1.0"}
    assert _rows(filled.folder, "build/reliability.csv", sample="people_dossiers-1", variable="measure", region="*")[0]["n_units"] == "4"
    # Once more, nothing is added.
    again = filled.read()
    assert not again.returncode and "0 cells added" in again.stdout and _rows(filled.folder, RECODINGS) == rows


def test_differences_are_told_with_both_places_and_people_are_held_against_each_other(filled: Filled, source: asked.Asked) -> None:
    filled.as_ours(source)
    ours = {row["unit"]: row for row in source.rows("statements").iter_rows(named=True)}[filled.unit("statements", 5)]
    other = "press" if ours["attribution"] != "press" else "official"
    filled.put(
        "statements",
        5,
        attribution=other,
        leave_by=datetime.datetime(2022, 4, 30),
        grounds=" ".join(reversed((ours["grounds"] or "war other").split())),
    )
    assert not filled.read().returncode
    row = _rows(filled.folder, RECODINGS, sample="people-1", variable="attribution", unit_id=ours["unit_id"])[0]
    assert (row["first"], row["second"], row["settled"], row["reason"]) == (ours["attribution"], other, ours["attribution"], codings.UNREAD)
    second = filled.read("CODER=p2")
    line = Sheet(filled.folder, "statements").find(statement_id=ours["unit_id"]) + 2
    assert (
        f"raw/statements.csv:{line}:attribution  ours {ours['attribution']}, p2 {other}  ({filled.at('statements', 5, 'attribution')})"
        in second.stdout
    )
    assert f"p2 2022-04-30  ({filled.at('statements', 5, 'leave_by')})" in second.stdout
    world.output(filled.folder, "build/reliability.csv")
    between = _rows(filled.folder, "build/reliability.csv", sample="between_statements-1", variable="attribution", region="*")[0]
    against = _rows(filled.folder, "build/reliability.csv", sample="people_statements-1", variable="attribution", region="*")[0]
    assert (between["n_units"], between["agreement"]) == ("20", "1.0") and against["n_units"] == "40" and float(against["agreement"]) < 1
    # The same coder cannot say something else in a second reading.
    filled.put("statements", 5, attribution="unnamed_official")
    done = filled.read("CODER=p2")
    assert done.returncode and f"{filled.at('statements', 5, 'attribution')}  p2 coded this otherwise before." in done.stderr


def test_a_half_empty_form_is_read_as_far_as_it_is_filled(filled: Filled, source: asked.Asked) -> None:
    filled.as_ours(source, range(2, 4))
    filled.put("statements", 6, vantage="target", officials_low=7.0)
    done = filled.read()
    assert not done.returncode and "rows 4 done, 1 begun, 19 empty" in done.stdout
    unit = {row["unit"]: row["unit_id"] for row in source.rows("statements").iter_rows(named=True)}[filled.unit("statements", 6)]
    rows = {row["variable"]: row["second"] for row in _rows(filled.folder, RECODINGS, sample="people-1", unit_id=unit)}
    assert rows == {"vantage": "target", "officials_low": "7"}
    assert len(_rows(filled.folder, RECODINGS, sample="people-1")) == 2 * 16 + 2 * 7 + 2
    # The rest is added when it is filled.
    filled.as_ours(source, range(7, 9))
    assert "32 cells added" in filled.read().stdout


def _wrong(form: Filled) -> dict[str, str]:
    """Faults in the cells of a form, by place what is said."""
    form.put("statements", 2, vantage="expeler", officials_low="seven", leave_by="2022-02-30", grounds="war peace", head_of_mission="true")
    form.put("statements", 3, announced_on="22 April", deadline_hours=-1, ceiling=2.5, qualifier="=A1", posts_cut=" 3")
    form.put("dossiers", 2, trigger="waves", announced_on="2022-13", officials_best="about 3")
    at = form.at
    return {
        at("statements", 2, "vantage"): '"expeler" is not one of expeller, target, third_party. Choose one. Nearest: expeller.',
        at("statements", 2, "officials_low"): '"seven" is not a whole number.',
        at("statements", 2, "leave_by"): '"2022-02-30" is not a day.',
        at("statements", 2, "grounds"): '"peace" is not one of espionage',
        at("statements", 2, "head_of_mission"): '"true" is neither yes nor no.',
        at("statements", 3, "announced_on"): '"22 April" is not a date.',
        at("statements", 3, "deadline_hours"): "-1 is below 0.",
        at("statements", 3, "ceiling"): '"2.5" is not a whole number.',
        at("statements", 3, "qualifier"): "A spreadsheet would run this cell as a formula.",
        at("statements", 3, "posts_cut"): "White space at an end of the cell.",
        at("dossiers", 2, "trigger"): '"waves" is not one of expulsion',
        at("dossiers", 2, "announced_on"): '"2022-13" is not a date.',
        at("dossiers", 2, "officials_best"): '"about 3" is not a whole number.',
    }


def _another_version(form: Filled) -> dict[str, str]:
    form.book["about"]["B1"] = "1.2.0"
    return {"form.xlsx:about:B1": f"It was drawn from version 1.2.0, this is {world.VERSION}."}


def _without_facts(form: Filled) -> dict[str, str]:
    form.book["about"]["A1"] = form.book["about"]["B3"] = None
    return {"form.xlsx:about:A1": "The form does not say its version.", "form.xlsx:about:A3": "The form does not say its seed."}


def _coded_anew(form: Filled) -> dict[str, str]:
    """Our coding of a drawn unit changed since, its note and another unit's coding do not matter."""
    unit = {row["unit"]: row["unit_id"] for row in globals()["form"].asked(form.folder, "1").rows("statements").iter_rows(named=True)}[
        form.unit("statements", 2)
    ]
    statements = Sheet(form.folder, "statements")
    statements.set(statements.find(statement_id=unit), persons_ordered="unknown")
    return {"form.xlsx:about:B2": "What it asks was coded anew since it was drawn."}


def _renamed_columns(form: Filled) -> dict[str, str]:
    places = [form.at(*cell) for cell in (("statements", 1, "vantage"), ("dossiers", 1, "target"))]
    form.put("statements", 1, vantage="Vantage")
    form.put("dossiers", 1, target="year")
    return {
        places[0]: '"Vantage" is no column of the form, or stands twice.',
        "form.xlsx:statements:A1": 'The column "vantage" is missing. Restore it.',
        "form.xlsx:dossiers:A1": 'The column "target" is missing. Restore it.',
        form.at("dossiers", 1, "year").replace("C1", "D1"): '"year" is no column of the form, or stands twice.',
    }


def _extra_rows(form: Filled) -> dict[str, str]:
    last = form.book["statements"].max_row
    form.put("statements", last + 1, unit="u000000000000", vantage="target")
    form.put("statements", last + 2, vantage="target")
    form.put("statements", last + 3, unit=form.unit("statements", 2))
    form.book["dossiers"].cell(3, 40, "A remark.")
    return {
        f"form.xlsx:statements:A{last + 1}": "The form has no such unit.",
        f"form.xlsx:statements:A{last + 2}": "The form has no such unit.",
        f"form.xlsx:statements:A{last + 3}": "The unit stands twice. Keep one row.",
        "form.xlsx:dossiers:A3": "There is something in the row beside the form's columns.",
    }


def _moved_cells(form: Filled) -> dict[str, str]:
    """Somebody sorted one column."""
    one, other = form.unit("statements", 2), form.unit("statements", 3)
    form.put("statements", 2, unit=other)
    form.put("statements", 3, unit=one)
    return {
        form.at("statements", 2, "address"): "It is not what was given for this unit",
        form.at("statements", 3, "title"): "It is not what was given for this unit",
    }


def _lost_rows(form: Filled) -> dict[str, str]:
    form.book["statements"].delete_rows(2, 2)
    del form.book["dossiers"]
    return {"form.xlsx:statements:A1": "Of 20 rows 18 are left.", "form.xlsx:dossiers:A1": "The sheet is missing."}


@pytest.mark.parametrize(
    "spoil", [_wrong, _another_version, _without_facts, _coded_anew, _renamed_columns, _extra_rows, _moved_cells, _lost_rows]
)
def test_what_is_wrong_with_a_form_is_told_at_once_and_nothing_is_written(
    spoil: Callable[[Filled], dict[str, str]], filled: Filled, source: asked.Asked
) -> None:
    filled.as_ours(source)
    wanted = spoil(filled)
    before = (filled.folder / RECODINGS).read_bytes()
    done = filled.read()
    lines = [line for line in done.stderr.splitlines() if line.startswith("form.xlsx:")]
    assert done.returncode and " in form.xlsx. Nothing was written." in done.stderr
    assert [place for place, message in wanted.items() if not any(line.startswith(f"{place}  {message}") for line in lines)] == [], lines
    assert spoil is not _wrong or len(lines) == len(wanted), lines
    assert (filled.folder / RECODINGS).read_bytes() == before


def test_columns_may_stand_in_another_order_and_other_decisions_change(filled: Filled, source: asked.Asked) -> None:
    filled.as_ours(source)
    sheet = filled.book["statements"]
    width = sheet.max_column
    for row in sheet.iter_rows():
        values = [cell.value for cell in row]
        for cell, value in zip(row, [*values[width - 2 :], *values[: width - 2]], strict=True):
            cell.value = value
    # A statement on a decision that is neither asked about nor on a page that is.
    drawn = {cell.value for kind in ASKED for row in filled.book[kind].iter_rows() for cell in row}
    about = pl.concat([source.rows(kind).filter(pl.col("unit").is_in(drawn))["expulsion_id"] for kind in ASKED]).implode()
    other = source.rows("statements").filter(~pl.col("expulsion_id").is_in(about))["unit_id"][0]
    statements = Sheet(filled.folder, "statements")
    statements.set(statements.find(statement_id=other), deadline_hours="72")
    done = filled.read()
    assert not done.returncode and "No difference." in done.stdout, done.stderr


def test_what_is_no_form_or_no_coder_is_refused(filled: Filled, tmp_path: Path) -> None:
    (tmp_path / "text.xlsx").write_text("unit,vantage\n")
    cases = {
        (f"FILE={tmp_path / 'text.xlsx'}",): "text.xlsx is no Excel workbook",
        (f"FILE={tmp_path / 'gone.xlsx'}",): "There is no file",
        (): "There is no file",
        (f"FILE={filled.path}", "CODER=me"): "CODER='me' is no coder",
    }
    for arguments, message in cases.items():
        done = world.make(filled.folder, "read-sheet", *arguments)
        assert done.returncode and message in done.stderr and "Nothing was changed." in done.stderr, done.stderr


def test_the_gold_set_comes_first_and_a_program_codes_the_same_forms(filled: Filled) -> None:
    """The set is what raw/gold.csv lists."""
    assert ": 3 statements, 0 dossiers" in world.output(filled.folder, "check-sheet", "SEED=gold")
    gold = Filled(filled.folder, filled.folder / FORM)
    listed = {row["statement_id"] for row in _rows(filled.folder, "raw/gold.csv")}
    source = asked.asked(filled.folder, "gold")
    gold.as_ours(source)
    assert not gold.read().returncode
    rows = _rows(filled.folder, RECODINGS, sample="gold-1", coder="p1")
    assert {row["unit_id"] for row in rows} == listed and len(rows) == 3 * 16
    filled.as_ours(asked.asked(filled.folder, "1"))
    assert "cells-1, c9: rows 24 done" in filled.read("CODER=c9").stdout
    world.output(filled.folder, "build/reliability.csv")
    samples = {row["sample"] for row in _rows(filled.folder, "build/reliability.csv")}
    assert {"gold_statements-1", "cells_statements-1", "cells_dossiers-1"} <= samples
