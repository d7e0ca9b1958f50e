"""What a run of the validation tells: every failure with its rows, in the terminal, in JSON and on a page."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from scripts.package import contract
from scripts.package.store import RefusedError, Store
from validation import run
from validation.report import page


def _check(success: bool, rows: list[dict[str, Any]] | None = None, **kwargs: str) -> dict[str, Any]:
    return {"expectation": "expect_x", "kwargs": kwargs, "reason": "Why.", "success": success, "rows": rows or [], "exception": None}


def test_failures_name_what_failed_and_no_more_rows_than_a_person_reads() -> None:
    """The column, the first of two, or the table; twenty rows, and how many more; what holds is not told."""
    rows = [{"id": n} for n in range(run.SHOWN + 3)]
    checks = [
        _check(True, column="fine"),
        _check(False, rows[: run.SHOWN], column="note"),
        _check(False, rows, column_A="late", column_B="early"),
        _check(False) | {"exception": "It broke."},
    ]
    output = run.failures({"suites": [{"suite": "t", "checks": checks}], "rules": {}})
    listed = [f"    id={n}" for n in range(run.SHOWN)]
    assert output == [
        "t.note: expect_x failed. Why.", *listed,
        "t.late: expect_x failed. Why.", *listed, "    and 3 more",
        "t.table: expect_x failed. It broke.",
    ]  # fmt: skip


def test_a_row_is_found_in_raw_by_its_id(root: Path) -> None:
    """The line that an editor shows; what is no id, or the beginning of one, is not found."""
    (root / "raw" / "expulsions.csv").write_text("expulsion_id,expeller\nx1,y\nx12,y\n")
    assert [run.raw_line(key, root) for key in ("x12", "x1", "x", "y")] == ["raw/expulsions.csv:3", "raw/expulsions.csv:2", None, None]


def test_a_row_with_a_key_of_several_columns_is_found_in_raw(root: Path) -> None:
    """By all columns of the key, wherever they stand; a row without them all is not found."""
    (root / "raw" / "answers.csv").write_text("expulsion_id,answers,relation,basis\nx,y,solidarity,a\nx,z,retaliation,a\n")
    row = {"expulsion_id": "x", "answers": "z", "relation": "retaliation", "article_id": "a"}
    assert run.raw_row(row, root) == "raw/answers.csv:3"
    assert run.raw_row(row | {"answers": "w"}, root) is None and run.raw_row({"expulsion_id": "x", "answers": "z"}, root) is None


WAIVED = """rule,table_name,row_id,reason
one,statements,s1,Right.
pair,answers,x/y/solidarity,Right.
one,statements,s3,Idle.
none,statements,s1,Unknown rule.
one,nothing,s1,Unknown table.
one,statements,s1,Again.
quiet,statements,s1,Of a rule that selects nothing.
computed,reliability,s-1/vantage/*/*,Of a table that nobody types.
"""


def test_a_waiver_silences_one_rule_on_one_row_and_an_idle_one_is_told(root: Path) -> None:
    """By rule, table and whole key; whatever excuses nothing is told by its line."""
    (root / "raw" / "waivers.csv").write_text(WAIVED)
    broken = {
        "one": pd.DataFrame({"statement_id": ["s1", "s2", "s2"], "n": [1, 2, 3]}),
        "other": pd.DataFrame({"statement_id": ["s1"]}),
        "pair": pd.DataFrame({"expulsion_id": ["x", "x"], "answers": ["y", "y"], "relation": ["solidarity", "retaliation"]}),
        "quiet": pd.DataFrame({"statement_id": []}),
        "computed": pd.DataFrame({"sample": ["s-1"] * 2, "variable": ["vantage", "unit"], "region": ["*"] * 2, "period": ["*"] * 2}),
    }
    left, idle = run.waive(broken, root)
    assert {name: len(rows) for name, rows in left.items()} == {"one": 2, "other": 1, "pair": 1, "quiet": 0, "computed": 1}
    assert idle == [
        f"raw/waivers.csv:{line}  {rule} selects no {row} of {table}. Remove the waiver, or correct it."
        for line, rule, table, row in [
            (4, "one", "statements", "s3"),
            (5, "none", "statements", "s1"),
            (6, "one", "nothing", "s1"),
            (7, "one", "statements", "s1"),
            (8, "quiet", "statements", "s1"),
        ]
    ]


def test_an_exception_of_a_check_is_told_in_either_form() -> None:
    """Great Expectations tells one of the check itself, or one for each of its metrics."""
    raised, quiet = {"raised_exception": True, "exception_message": "It broke."}, {"raised_exception": False, "exception_message": None}
    infos = [raised, {"a": quiet, "b": raised}, quiet, {"a": quiet}, {}, None]
    assert [run._exception({"exception_info": info}) for info in infos] == ["It broke.", "It broke.", None, None, None, None]


def test_a_rule_that_cannot_be_run_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "broken.sql").write_text("-- Why.\nSELECT nothing FROM nowhere\n")
    with (
        duckdb.connect() as connection,
        pytest.raises(RefusedError, match=r"^broken\.sql of validation/rules cannot be run \(.*nowhere.*\)\. C"),
    ):
        run.violations(connection, tmp_path)


@pytest.mark.parametrize(
    ("form", "idle", "success"),
    [
        ([], [], True),
        (["t: a cell is wrong"], [], True),
        ([], [], False),
        (["t: a cell is wrong"], [], False),
        ([], ["a waiver is idle"], True),
    ],
)
def test_a_run_ends_with_all_that_failed(
    form: list[str], idle: list[str], success: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Both reports are written whatever was found; faults of form come first, and any of them ends the run with 1."""
    held = duckdb.connect()
    held.execute("CREATE TABLE release AS SELECT '1.0.0' AS version, 'f00' AS fingerprint")
    check = _check(success, column="note") | {"checked": 1, "unexpected": 0, "observed": None}
    outcome = {"suites": [{"suite": "t", "success": success, "checks": [check]}], "rules": {}, "waivers": idle}
    monkeypatch.setattr("scripts.package.store.Store", lambda: Store(tmp_path))
    monkeypatch.setattr(run.database, "opened", lambda *_: held)
    monkeypatch.setattr(run, "frictionless_errors", lambda: form)
    monkeypatch.setattr(run, "validate", lambda *_: outcome)
    failed = [*form, *idle, *([] if success else ["t.note: expect_x failed. Why."])]
    if failed:
        with pytest.raises(SystemExit) as stopped:
            run.main()
        assert stopped.value.code == 1
    else:
        run.main()
    output = capsys.readouterr()
    assert output.out.endswith("  failed\n" if failed else "  1 expectations hold\n")
    assert output.err == ("\n".join([*failed, "Validation failed. The tables are new; the rows above need a look.", ""]) if failed else "")
    results = json.loads((tmp_path / "build" / "validation" / "results.json").read_text(encoding="utf-8"))
    assert results == outcome | {"version": contract.product().version, "fingerprint": "f00", "frictionless": form}
    assert "f00" in (tmp_path / "build" / "validation" / "index.html").read_text(encoding="utf-8")


def test_the_page_counts_what_failed_and_opens_it() -> None:
    """Failed checks and faults of form together; the suite that failed is open, its rows listed, twenty at most."""
    full = {"checked": None, "unexpected": 3, "observed": None}
    rows = [{"id": f"row{n}"} for n in range(25)]
    good, bad = _check(True, column="fine") | full, _check(False, column="rule_a") | full
    suites = [{"suite": "t", "checks": [good]}, {"suite": "rules", "checks": [good, bad, bad | {"rows": rows[:1]}]}]
    results = {
        "version": "1.0.0",
        "fingerprint": "f",
        "frictionless": ["form", "more"],
        "suites": suites,
        "rules": {"rule_a": rows, "fine": rows},
        "waivers": ["idle"],
    }
    html = page(results)
    assert '<p>4 expectations in 2 suites: <strong class="no">5 failed</strong>.</p>' in html
    assert html.count("<details open>") == 1 and html.count("<details>") == 1
    assert '<details open><summary>rules <span class="note">(3)</span> <strong class="no">2 failed</strong></summary>' in html
    assert html.count("<code>{&#x27;id&#x27;") == 20 + 1
    assert '<td class="number"></td><td class="number">3</td><td><strong class="no">fails</strong></td>' in html
