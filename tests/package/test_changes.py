"""Differences between two states, the published results among them."""

import csv
import io
import json
import re
from html import escape, unescape
from pathlib import Path

import duckdb
import polars as pl
import pytest

from scripts.package import changes, contract
from scripts.package.changes import Change
from scripts.package.contract import ROOT, Contract, Table
from scripts.package.snapshot import Snapshot
from scripts.package.store import RefusedError
from scripts.publish import diff
from scripts.publish.semver import RequiredBump
from scripts.query import database, headlines, views
from scripts.query.headlines import Move


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
    result = _between(
        expulsions=OLD["expulsions"].replace(b"A,34", b"A,35"),
        statements=OLD["statements"] + b"a.2,A,35,Newer list.\n",
    )
    assert Change("expulsions", "A", "officials_best", "value_changed", "34", "35", "Statements added: a.2.") in result
    assert Change("statements", "a.2", "*", "row_added", "", "", "") in result


def test_a_statement_that_moved_is_evidence_for_both_expulsions() -> None:
    result = _between(
        expulsions=b"expulsion_id,officials_best,note\nA,35,\nB,2,\nC,2,\n",
        statements=OLD["statements"].replace(b"a.1,A", b"a.1,B"),
    )
    assert {c.row_id for c in result if c.reason == "Statements changed: a.1."} == {"A", "B"}


def test_reasons_in_order_of_nearness() -> None:
    new = {"expulsions": OLD["expulsions"].replace(b"A,34,", b"A,35,Recounted.")}
    assert {c.reason for c in _between(**new)} == {"Recounted."}
    assert {c.reason for c in _between({("expulsions", "*", "officials_best"): "All."}, **new) if c.column_name == "officials_best"} == {
        "All."
    }
    both = {("expulsions", "*", "officials_best"): "All.", ("expulsions", "A", "officials_best"): "This one."}
    assert {c.reason for c in _between(both, **new) if c.column_name == "officials_best"} == {"This one."}


def test_a_retired_id_names_its_replacement_and_why() -> None:
    result = _between(expulsions=OLD["expulsions"].replace(b"C,2,\n", b""), retired=b"expulsion_id,replaced_by,note\nC,B,Coded twice.\n")
    assert Change("expulsions", "C", "*", "row_removed", "", "B", "Coded twice.") in result


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


def test_what_a_column_newly_means_is_told() -> None:
    """A new column explains itself unless a curator did; a redefined one shows both meanings, and why."""
    fields = FORM["retired"].spec["schema"]["fields"]
    more = {"name": "more", "type": "string", "title": "More", "description": "More it is."}
    note = fields[2] | {"description": "Another note it is.", "constraints": {"enum": ["a", "b"]}, "enumLabels": {"a": "A.", "b": "B."}}
    spec = FORM["retired"].spec | {"schema": {"primaryKey": ["expulsion_id"], "fields": [*fields[:2], note, more]}}
    after = Contract({}, FORM.tables | {"retired": Table(spec, "retired.csv")})
    new = OLD | {"retired": b"expulsion_id,replaced_by,note,more\n"}
    output = [
        Change("retired", "*", "more", "column_added", "", "", "More it is."),
        Change("retired", "*", "note", "column_changed", "string. note it is.", "string. Another note it is. Values: a: A.; b: B..", ""),
    ]
    assert changes.between(FORM, after, OLD, new, {}) == output
    noted = {("retired", "*", "more"): "Asked for.", ("retired", "*", "note"): "It was vague."}
    assert [c.reason for c in changes.between(FORM, after, OLD, new, noted)] == ["Asked for.", "It was vague."]
    back = changes.between(after, FORM, new, OLD, {})
    assert [(c.column_name, c.kind) for c in back] == [("more", "column_removed"), ("note", "column_changed")]


def test_of_two_reasons_the_nearer_one_is_given() -> None:
    """That of the cell, then of its row, then of its column, then of the table."""
    noted = {("expulsions", key, column): f"{key} {column}" for key in ("A", "*") for column in ("officials_best", "*")}
    changed = OLD["expulsions"].replace(b"A,34,", b"A,35,")
    for place in ("A officials_best", "A *", "* officials_best", "* *"):
        assert [c.reason for c in _between(noted, expulsions=changed)] == [place]
        del noted["expulsions", *place.split(" ")]


def test_history_goes_on_once_the_version_was_raised(tmp_path: Path) -> None:
    """Until then the table is the release's own, cell by cell as printed; from 1.9.0 to 1.10.0 is a step forward like any other."""
    table = contract.product()["changes"]
    output = changes.frame([Change("t", "a", "b", "value_changed", "07", "0.50", "2022")], "1.8.0", "1.9.0", table)
    (tmp_path / "changes.csv").write_bytes(output.write_csv().encode())
    for name, content in OLD.items():
        (tmp_path / f"{name}.csv").write_bytes(content)
    last = Snapshot("1.9.0", Contract({"version": "1.9.0"}, FORM.tables | {"changes": table}), tmp_path)
    current = OLD | {"statements": OLD["statements"] + b"a.2,A,35,\n", "changes": b""}
    none = pl.DataFrame(schema=dict.fromkeys(["version", "table_name", "row_id", "column_name", "kind", "reason"], pl.String))
    assert changes.so_far(last.contract, current, last, none).equals(output)
    raised = Contract({"version": "1.10.0"}, last.contract.tables)
    rows = changes.so_far(raised, current, last, none).rows()
    assert rows == [*output.rows(), ("1.9.0", "1.10.0", "statements", "*", "*", "rows_added", None, "1", None)]
    assert changes.so_far(raised, current, None, none).rows() == []


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


def _altered(product: dict[str, pl.DataFrame], folder: Path, drop: list[str], extra: str, **frames: pl.DataFrame) -> Snapshot:
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
    return Snapshot("0.9.0", Contract(spec, {r["name"]: Table(r, r["path"]) for r in spec["resources"]}), folder)


def test_each_headline_is_declared_by_a_view() -> None:
    """A line that is misspelt would declare nothing."""
    declared = [view for view, text in views.public().items() if views.HEADLINE in text]
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE t (k VARCHAR, n INTEGER)")
        message = {view: re.sub(r": (SELECT|FROM) .*", ": FROM t", text) for view, text in views.public().items()}
        assert [headline.view for headline in headlines.of(connection, message)] == declared and len(declared) == 8


def test_headline_moves_by_the_row_that_was_added(product: dict[str, pl.DataFrame], tmp_path: Path) -> None:
    held = contract.product()
    russian = (pl.col("target") == "RUS") & (pl.col("announced_on") >= pl.date(2022, 2, 24)) & pl.col("officials_best").is_not_null()
    counts = russian & pl.col("included_in").is_null() & (pl.col("status") != "retracted") & (pl.col("officials_best") > 1)
    one = product["expulsions"].filter(counts)["expulsion_id"][0]
    gone = product["expulsions"].filter(pl.col("expulsion_id") != one)
    before = _altered(product, tmp_path / "before", [], "", expulsions=gone)
    after = _altered(product, tmp_path / "after", [], "")
    moves = {move.view: move for move in headlines.moved(before, after, held)}
    figure = product["expulsions"].filter(pl.col("expulsion_id") == one)["officials_best"][0]
    move = moves["officials_since_invasion"]
    assert float(move.after or 0) - float(move.before or 0) == figure
    assert move.rows == [(one, "–", str(figure))]
    same = [m.published == m.after for m in headlines.moved(before, after, held)]
    assert same == sorted(same) and len(set(same)) == 2


def test_a_headline_is_the_sum_the_number_or_the_median_of_its_rows() -> None:
    """A row without a figure is a row, and adds nothing to a sum."""
    views = {}
    for measure in ("sum", "rows", "median"):
        views[measure] = f"-- headline: What it says (of us) ({measure}): FROM (VALUES ('a', 1), ('b', 6), ('c', NULL), ('d', 2))"
    with duckdb.connect() as connection:
        result = {headline.view: headline for headline in headlines.of(connection, views)}
    assert {view: headline.value for view, headline in result.items()} == {"sum": 9.0, "rows": 4.0, "median": 2.0}
    assert {headline.caption for headline in result.values()} == {"What it says (of us)"}
    assert result["sum"].amounts == {"a": 1.0, "b": 6.0, "c": None, "d": 2.0}
    # Where rows are counted, an amount that changes moves nothing.
    assert result["rows"].amounts == dict.fromkeys("abcd", 1.0)
    assert headlines._measured("median", {"a": None}) is None


def test_numbers_are_said_without_a_power_of_ten() -> None:
    output = [headlines.formatted(amount) for amount in (None, 0.0, 0.5, 3.0, 12.25, 1234567.0)]
    assert output == ["unknown", "0", "0.5", "3", "12.25", "1234567"]
    assert headlines.formatted(None, present=False) == "–"


def test_a_release_of_another_form_still_gives_headlines_and_rows(product: dict[str, pl.DataFrame], built: Path, tmp_path: Path) -> None:
    held = contract.product()
    earlier = _altered(product, tmp_path / "earlier", ["note", "ceiling"], "once")
    result = {h.view: h.value for h in headlines.of_state(earlier, held)}
    assert (
        result["expulsion_dyads"]
        == product["expulsions"].filter(pl.col("included_in").is_null() & (pl.col("status") != "retracted")).height
    )
    with duckdb.connect() as connection:
        database.build(connection, held, built.parent, earlier=[earlier])
        rows = connection.execute("SELECT count(*), count(note), min(once), max(version) FROM as_of_version('0.9.0')").fetchall()
        assert rows == [(product["expulsions"].height, 0, 7, "0.9.0")]
        now = connection.execute("SELECT count(once), count(*) FROM as_of_version((SELECT version FROM release))").fetchall()
        assert now == [(0, product["expulsions"].height)]


def test_pages_escape_what_they_show() -> None:
    evil = "<script>alert(1)</script>|`x`"
    state = Snapshot("1.0.0", _contract(), Path())
    result = diff.Difference(
        state, Snapshot("1.1.0", _contract(), Path()), [Change("t", evil, "c", "value_changed", evil, evil, evil)], [], [], ("a", "b")
    )
    for page in (diff.markdown(result), diff.html(result)):
        assert "<script>" not in page
    assert "| \\`" not in diff.markdown(result)
    line = next(line for line in diff.markdown(result).splitlines() if "alert" in line)
    assert len([1 for k, c in enumerate(line) if c == "|" and line[k - 1] != "\\"]) == 7


def test_changes_as_a_table_reads_back() -> None:
    table = contract.product()["changes"]
    frame = changes.frame([Change("t", "a", "b", "value_changed", "", "2", "Why, then.")], "1.0.0", "1.1.0", table)
    row = next(csv.DictReader(io.StringIO(frame.write_csv())))
    assert list(row) == table.columns
    assert (row["old"], row["new"], row["reason"]) == ("", "2", "Why, then.")


MOVES = [
    Move("risen", "It rose", 5, 4, 7, [("A", "–", "3")]),
    Move("fallen", "It fell", 9.5, 9.5, 8, [("B", "2", "1"), ("C", "1", "0.5")]),
    Move("level", "It stayed", 3, 3, 3, [("D", "1", "2"), ("E", "2", "1")]),
    Move("quiet", "Nothing", 2, 2, 2, []),
]


def _told(moves: list[Move], result: list[Change], asked: list[RequiredBump]) -> diff.Difference:
    held = Contract({"created": "2026-02-01T00:00:00Z"}, {})
    return diff.Difference(Snapshot("1.0.0", held, Path()), Snapshot("1.1.0+unreleased", held, Path()), result, moves, asked, ("aa", "bb"))


def _rows(page: str) -> list[list[str]]:
    """The cells of all rows of a page's tables, as text."""
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    return [[unescape(re.sub(r"<[^>]*>", "", cell)) for cell in re.findall(r"<t[dh][^>]*>(.*?)</t[dh]>", row)] for row in rows]


def test_pages_give_each_change_with_its_reason() -> None:
    """Old, new and why, whatever marks of Markdown or of HTML they hold."""
    odd = "a_b _c_ *d* [e](f) `g` \\ \\| <b>h</b> &amp; ~~i~~ !j"
    result = [Change("t", "x", "_c_", "value_changed", "1", odd, "Counted anew."), Change("t", "y", "*", "row_removed", "", "z", odd)]
    shown = diff.html(_told([], result, [RequiredBump("patch", odd)]))
    assert [["x", "_c_", "value changed", "1", odd, "Counted anew."], ["y", "*", "row removed", "", "z", odd]] == _rows(shown)[-2:]
    assert f"<li>patch: {escape(odd, quote=False)}</li>" in shown
    output = diff.markdown(_told([], result, []))
    assert "| x | \\_c\\_ | value changed | 1 | " in output and output.count(" | Counted anew. |\n") == 1


def test_pages_tell_each_result_that_moved_and_what_moved_it() -> None:
    """A number that stayed while its rows moved is on the pages, and not in the change log; what the rules of today change is said."""
    kinds = ["row_added", "value_changed", "value_changed", "column_added"]
    result = _told(
        MOVES, [Change("t", "x", "c", kind, "", "", "") for kind in kinds], [RequiredBump("minor", "One."), RequiredBump("patch", "Two.")]
    )
    page, shown, entry = diff.markdown(result), diff.html(result), diff.section(result)
    assert "Fingerprint of 1.0.0: `aa`  \nFingerprint of 1.1.0+unreleased: `bb`\n" in page
    assert "Fingerprint of 1.0.0: <code>aa</code><br />\nFingerprint of 1.1.0+unreleased: <code>bb</code>" in shown
    for caption, view, *cells in (
        ("It rose", "risen", "5", "7", "1"),
        ("It fell", "fallen", "9.5", "8", "2"),
        ("It stayed", "level", "3", "3", "2"),
    ):
        assert f"\n| {' | '.join([caption, f'`{view}`', *cells])} |\n" in page
        assert [caption, view, *cells] in _rows(shown)
    assert "\nUnmoved: `quiet`.\n" in page and "Unmoved: <code>quiet</code>.<" in shown and "| none |" not in page
    lead = "1.0.0 published 5; the rules of today give 4 for its rows."
    assert page.count("the rules of today") == 1 and f"### It rose: 5 → 7\n\n{lead}\n" in page
    assert shown.count("the rules of today") == 1 and f"<summary>It rose: 5 → 7</summary>\n<p>{lead}</p>" in shown
    assert "more, all in" not in page + shown
    tally = "t: 1 row added, 2 values changed, column added: c"
    assert f"\n### {tally}\n" in page and f"<summary>{tally}</summary>" in shown
    assert "\n- minor: One.\n- patch: Two.\n" in page and "<li>minor: One.</li>\n<li>patch: Two.</li>" in shown
    assert entry.startswith(f"## 1.1.0 – 2026-02-01\n\n{diff.SENTENCE}\n")
    moved = "- It rose: 5 → 7 (`risen`)\n- It fell: 9.5 → 8 (`fallen`)\n"
    assert f"\nPublished results that moved:\n\n{moved}\nTables:\n\n- {tally}\n" in entry
    assert entry.endswith("\nAsks for a minor version. Row by row with reasons: `make diff FROM=1.0.0`.\n")
    assert diff._results(MOVES).splitlines()[:3] == ["view,row,before,after", "risen,A,–,3", "fallen,B,2,1"]


def test_what_the_rules_alone_moved_is_in_the_log() -> None:
    """The rows are those of the release, and today's rules count them otherwise."""
    assert "\n- Counted anew: 5 → 7 (`ruled`)\n" in diff.section(_told([Move("ruled", "Counted anew", 5, 7, 7, [])], [], []))
    assert "\n- none\n\nTables" in diff.section(_told([Move("back", "There and back", 7, 5, 7, [("A", "1", "3")])], [], []))


def test_pages_say_so_where_no_result_moved() -> None:
    result = _told(MOVES[3:], [], [])
    assert "\n| none | | | | |\n" in diff.markdown(result)
    entry = diff.section(result)
    assert "\nPublished results that moved:\n\n- none\n\nTables:\n\n- none\n" in entry and "Asks for no new version." in entry
    assert "Unmoved: none." in diff.markdown(_told(MOVES[:1], [], []))


def test_the_section_names_the_command_that_was_run(tmp_path: Path) -> None:
    """The tables at hand need no name; a release does, whichever of the two is the later one."""
    held = Contract({"created": "2026-02-01T00:00:00Z"}, {})
    (tmp_path / "release.json").write_text('{"version": "1.0.0"}')
    result = diff.Difference(Snapshot("1.2.0", held, Path()), Snapshot("1.0.0", held, tmp_path), [], [], [], ("aa", "bb"))
    assert diff.section(result).endswith(" Row by row with reasons: `make diff FROM=1.2.0 TO=1.0.0`.\n")


def test_states_are_those_named_or_the_last_release_and_the_tables_at_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any two releases can be compared, either way round; one with itself cannot."""
    held = Contract({"version": "1.2.0"}, {})
    monkeypatch.setattr(diff.snapshot, "release", lambda version: Snapshot(version, held, Path(version)))
    monkeypatch.setattr(diff.snapshot, "versions", list)
    with pytest.raises(RefusedError, match="no release yet"):
        diff.states("", "", held)
    monkeypatch.setattr(diff.snapshot, "versions", lambda: ["1.0.0", "1.1.0", "1.2.0", "1.3.0"])
    named = {pair: [s.version for s in diff.states(*pair, held)] for pair in (("", ""), ("1.0.0", ""), ("1.3.0", "1.1.0"))}
    assert list(named.values()) == [["1.3.0", "1.2.0+unreleased"], ["1.0.0", "1.2.0+unreleased"], ["1.3.0", "1.1.0"]]
    assert diff.current(Contract({"version": "1.4.0"}, {})).version == "1.4.0"
    with pytest.raises(RefusedError, match=r"1\.1\.0 does not differ from itself"):
        diff.states("1.1.0", "1.1.0", held)


def test_only_a_correction_of_wording_leaves_the_meaning(tmp_path: Path) -> None:
    kinds = ["value", "wording", "zeal"]
    columns = {
        "version": ["1.1.0"] * 3,
        "table_name": ["t"] * 3,
        "row_id": ["*"] * 3,
        "column_name": kinds,
        "kind": kinds,
        "reason": ["R"] * 3,
    }
    assert diff.wordings(pl.DataFrame(columns), "1.0.0", "1.1.0") == {("t", "wording")}


def test_long_tables_are_cut_and_what_is_left_out_is_counted() -> None:
    head, rows = ["Row", "Value"], [(f"row {i}", str(i)) for i in range(diff.SHOWN + 3)]
    cut = diff._table(head, rows, diff.SHOWN, "changes.csv")
    assert cut.count("\n| row ") == diff.SHOWN and "\nAnd 3 more, all in changes.csv.\n" in cut
    assert "more" not in diff._table(head, rows[: diff.SHOWN], diff.SHOWN, "changes.csv")
    many = _told([], [Change("t", str(i), "c", "value_changed", "1", "2", "") for i in range(diff.SHOWN_FOLDED + 7)], [])
    page = diff.html(many)
    assert page.count("<td>value changed</td>") == diff.SHOWN_FOLDED and "<p>And 7 more, all in changes.csv.</p>" in page
    assert diff.markdown(many).count("| value changed |") == diff.SHOWN


def test_difference_from_the_last_release_is_written_whole() -> None:
    held = contract.product()
    state = diff.current(held)
    last = diff.snapshot.latest()
    assert last is not None and state.folder == ROOT / "build" and state.version.startswith(held.version)
    files = diff.files(diff.compare(last, state, diff.corrections_at_hand()), held)
    folder = f"build/diff/{last.version}-{state.version}"
    assert set(files) == {
        f"{folder}/{name}" for name in ("changes.csv", "changes.md", "datapackage.json", "index.html", "results.csv", "section.md")
    }
    descriptor = json.loads(files[f"{folder}/datapackage.json"])
    assert [r["path"] for r in descriptor["resources"]] == ["changes.csv"]
    assert files[f"{folder}/changes.csv"].decode().splitlines()[0] == ",".join(held["changes"].columns)
    assert files[f"{folder}/results.csv"].decode().startswith("view,row,before,after\n")
