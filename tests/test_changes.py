"""Differences between two states, the published results among them."""

import csv
import io
import json
from pathlib import Path

import duckdb
import polars as pl

from scripts import changes, contract, database, difference, headlines
from scripts.changes import Change
from scripts.contract import ROOT, Contract, Table
from scripts.history import State


def _table(name: str, key: list[str], columns: list[str]) -> Table:
    fields = [{"name": c, "type": "string", "title": c, "description": f"{c} it is."} for c in columns]
    return Table({"name": name, "description": f"{name} it is.", "schema": {"primaryKey": key, "fields": fields}}, f"{name}.csv")


def _contract(**tables: tuple[list[str], list[str]]) -> Contract:
    return Contract({}, {name: _table(name, *parts) for name, parts in tables.items()})


FORM = _contract(
    expulsions=(["expulsion_id"], ["expulsion_id", "officials_best", "note"]),
    statements=(["statement_id"], ["statement_id", "expulsion_id", "officials_low", "standing_reason"]),
    retired=(["expulsion_id"], ["expulsion_id", "replaced_by", "note"]),
)
OLD = {
    "expulsions": b"expulsion_id,officials_best,note\nA,34,\nB,1,\nC,2,\n",
    "statements": b"statement_id,expulsion_id,officials_low,standing_reason\na.1,A,34,\nb.1,B,1,\nc.1,C,2,\n",
    "retired": b"expulsion_id,replaced_by,note\n",
}


def _between(noted: dict[tuple[str, str, str], str] | None = None, **new: bytes) -> list[Change]:
    return changes.between(FORM, FORM, OLD, OLD | new, noted or {})


def test_nothing_changed() -> None:
    assert _between() == []


def test_order_of_rows_is_no_change() -> None:
    assert _between(expulsions=b"expulsion_id,officials_best,note\nC,2,\nB,1,\nA,34,\n") == []


def test_a_computed_value_names_the_statements_that_moved_it() -> None:
    found = _between(
        expulsions=OLD["expulsions"].replace(b"A,34", b"A,35"),
        statements=OLD["statements"] + b"a.2,A,35,Newer list.\n",
    )
    assert Change("expulsions", "A", "officials_best", "value_changed", "34", "35", "Statements added: a.2.") in found
    assert Change("statements", "a.2", "*", "row_added", "", "", "") in found


def test_a_statement_that_moved_is_evidence_for_both_expulsions() -> None:
    found = _between(
        expulsions=b"expulsion_id,officials_best,note\nA,35,\nB,2,\nC,2,\n",
        statements=OLD["statements"].replace(b"a.1,A", b"a.1,B"),
    )
    assert {c.row_id for c in found if c.reason == "Statements changed: a.1."} == {"A", "B"}


def test_reasons_in_order_of_nearness() -> None:
    new = {"expulsions": OLD["expulsions"].replace(b"A,34,", b"A,35,Recounted.")}
    assert {c.reason for c in _between(**new)} == {"Recounted."}
    assert {c.reason for c in _between({("expulsions", "*", "officials_best"): "All."}, **new) if c.column_name == "officials_best"} == {
        "All."
    }
    both = {("expulsions", "*", "officials_best"): "All.", ("expulsions", "A", "officials_best"): "This one."}
    assert {c.reason for c in _between(both, **new) if c.column_name == "officials_best"} == {"This one."}


def test_a_retired_id_names_its_replacement_and_why() -> None:
    found = _between(expulsions=OLD["expulsions"].replace(b"C,2,\n", b""), retired=b"expulsion_id,replaced_by,note\nC,B,Coded twice.\n")
    assert Change("expulsions", "C", "*", "row_removed", "", "B", "Coded twice.") in found


def test_columns_and_tables_that_come_and_go() -> None:
    other = _contract(
        expulsions=(["expulsion_id"], ["expulsion_id", "note", "more"]),
        statements=(["statement_id"], ["statement_id", "expulsion_id", "officials_low", "standing_reason"]),
        extra=(["a"], ["a"]),
    )
    new = OLD | {"expulsions": b"expulsion_id,note,more\nA,,x\nB,,\nC,,\n", "extra": b"a\n"}
    kinds = {(c.table_name, c.column_name): c.kind for c in changes.between(FORM, other, OLD, new, {})}
    assert kinds == {
        ("expulsions", "more"): "column_added",
        ("expulsions", "officials_best"): "column_removed",
        ("extra", "*"): "table_added",
        ("retired", "*"): "table_removed",
    }


def test_corrections_count_for_their_versions_only() -> None:
    rows = {
        "version": ["1.1.0", "1.2.0", "1.3.0"],
        "table_name": ["t"] * 3,
        "row_id": ["a"] * 3,
        "column_name": ["x", "y", "z"],
        "kind": ["value"] * 3,
        "reason": ["R"] * 3,
    }
    assert set(changes.noted_in(pl.DataFrame(rows), "1.1.0", "1.2.0+unreleased")) == {("t", "a", "y")}


# --- published results -----------------------------------------------------------------------------------------------


def _altered(product: dict[str, pl.DataFrame], folder: Path, drop: list[str], extra: str, **frames: pl.DataFrame) -> State:
    """The real tables with some replaced, and in expulsions some columns dropped and one added: another release's form."""
    spec = json.loads(json.dumps(contract.product().spec))
    fields = spec["resources"][0]["schema"]["fields"]
    spec["resources"][0]["schema"]["fields"] = [f for f in fields if f["name"] not in drop] + (
        [{"name": extra, "type": "integer", "title": extra, "description": "It was once."}] if extra else []
    )
    tables = product | frames
    shaped = tables["expulsions"].drop(drop)
    tables = tables | {"expulsions": shaped.with_columns(pl.lit(7).alias(extra)) if extra else shaped}
    folder.mkdir()
    for name, frame in tables.items():
        (folder / f"{name}.csv").write_bytes(frame.write_csv().encode())
    return State("0.9.0", Contract(spec, {r["name"]: Table(r, r["path"]) for r in spec["resources"]}), folder)


def test_every_view_has_a_headline() -> None:
    views = {path.stem for path in database.VIEWS.glob("*.sql")}
    assert {path.stem for path in headlines.HEADLINES.glob("*.sql")} == views - headlines.WITHOUT


def test_headline_moves_by_the_row_that_was_added(product: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    held = contract.product()
    russian = (pl.col("target") == "RUS") & (pl.col("announced_on") >= pl.date(2022, 2, 24)) & pl.col("officials_best").is_not_null()
    counts = russian & pl.col("included_in").is_null() & (pl.col("status") != "retracted")
    one = product["expulsions"].filter(counts)["expulsion_id"][0]
    gone = product["expulsions"].filter(pl.col("expulsion_id") != one)
    before = _altered(product, tmp_path / "before", [], "", expulsions=gone)
    after = _altered(product, tmp_path / "after", [], "")
    moves = {move.view: move for move in headlines.moved(before, after, held)}
    figure = product["expulsions"].filter(pl.col("expulsion_id") == one)["officials_best"][0]
    move = moves["officials_since_invasion"]
    assert float(move.after or 0) - float(move.before or 0) == figure
    assert move.rows == [(one, "–", str(figure))]


def test_a_release_of_another_form_still_gives_headlines_and_rows(product: dict[str, pl.DataFrame], built: Path, tmp_path: Path) -> None:
    held = contract.product()
    earlier = _altered(product, tmp_path / "earlier", ["note", "ceiling"], "once")
    found = {h.view: h.value for h in headlines.of_state(earlier, held)}
    assert (
        found["expulsion_dyads"] == product["expulsions"].filter(pl.col("included_in").is_null() & (pl.col("status") != "retracted")).height
    )
    with duckdb.connect() as connection:
        database.build(connection, held, built.parent, earlier=[earlier])
        rows = connection.execute("SELECT count(*), count(note), min(once), max(version) FROM as_of_version('0.9.0')").fetchall()
        assert rows == [(product["expulsions"].height, 0, 7, "0.9.0")]
        now = connection.execute("SELECT count(once), count(*) FROM as_of_version((SELECT version FROM release))").fetchall()
        assert now == [(0, product["expulsions"].height)]


def test_pages_escape_what_they_show() -> None:
    evil = "<script>alert(1)</script>|`x`"
    state = State("1.0.0", _contract(), Path())
    found = difference.Difference(
        state, State("1.1.0", _contract(), Path()), [Change("t", evil, "c", "value_changed", evil, evil, evil)], [], [], ("a", "b")
    )
    for page in (difference.markdown(found), difference.html(found)):
        assert "<script>" not in page
    assert "| \\`" not in difference.markdown(found)
    line = next(line for line in difference.markdown(found).splitlines() if "alert" in line)
    assert len([1 for k, c in enumerate(line) if c == "|" and line[k - 1] != "\\"]) == 7


def test_changes_as_a_table_reads_back() -> None:
    table = contract.product()["changes"]
    frame = changes.frame([Change("t", "a", "b", "value_changed", "", "2", "Why, then.")], "1.0.0", "1.1.0", table)
    row = next(csv.DictReader(io.StringIO(frame.write_csv())))
    assert list(row) == table.columns
    assert (row["old"], row["new"], row["reason"]) == ("", "2", "Why, then.")


def test_long_tables_are_cut_and_what_is_left_out_is_counted() -> None:
    head, rows = ["Row", "Value"], [(f"row {i}", str(i)) for i in range(difference.SHOWN + 3)]
    cut = difference._table(head, rows, "changes.csv")
    assert cut.count("\n| row ") == difference.SHOWN and "\nAnd 3 more, all in changes.csv.\n" in cut
    assert "more" not in difference._table(head, rows[: difference.SHOWN], "changes.csv")
    many = [(f"row {i}", str(i)) for i in range(difference.SHOWN * 20 + 7)]
    page = difference._html_table(head, many)
    assert page.count("<td>row ") == difference.SHOWN * 20 and "And 7 more, all in the CSV beside this page." in page
    assert "more" not in difference._html_table(head, many[: difference.SHOWN * 20])


def test_difference_from_the_last_release_is_written_whole() -> None:
    held = contract.product()
    state = difference.current(held)
    last = difference.history.latest()
    assert last is not None and state.folder == ROOT / "build" and state.version.startswith(held.version)
    files = difference.files(difference.difference(last, state, difference.corrections_at_hand()), held)
    folder = f"diff/{last.version}-{state.version}"
    assert set(files) == {
        f"{folder}/{name}" for name in ("changes.csv", "changes.md", "datapackage.json", "index.html", "results.csv", "section.md")
    }
    descriptor = json.loads(files[f"{folder}/datapackage.json"])
    assert [r["path"] for r in descriptor["resources"]] == ["changes.csv"]
    assert files[f"{folder}/changes.csv"].decode().splitlines()[0] == ",".join(held["changes"].columns)
    assert files[f"{folder}/results.csv"].decode().startswith("view,row,before,after\n")
