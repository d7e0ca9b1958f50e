"""Validate the product: Frictionless for form, DuckDB's keys (at loading), Great Expectations and SQL rules for plausibility."""

import csv
import json
import logging
import os
import sys
import warnings
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from scripts.package.contract import ROOT, Contract, Table, product, raw
from scripts.package.store import RefusedError, command
from scripts.query import database
from scripts.query.views import first_line
from validation.report import page

RULES = ROOT / "validation" / "rules"
WORDS = ROOT / "validation" / "words.sql"
WAIVERS = "raw/waivers.csv"
SHOWN = 20
# Results hold these; they differ from run to run without a difference in the data.
VOLATILE = {"batch_id", "id", "run_id", "ge_load_time", "active_batch_definition", "batch_spec", "batch_markers", "exception_info"}


def frictionless_errors(root: Path = ROOT) -> list[str]:
    """What Frictionless finds wrong with the descriptor, the CSVs' form, types, keys and references."""
    import frictionless

    with frictionless.system.use_context(trusted=True):
        report = frictionless.Package(str(root / "datapackage.json")).validate()
    return [f"{name}: {message}" for name, message in report.flatten(["name", "message"])] if not report.valid else []


def rule_reason(path: Path) -> str:
    """The opening comment of a rule."""
    return path.read_text(encoding="utf-8").splitlines()[0].removeprefix("-- ")


def violations(connection: duckdb.DuckDBPyConnection, rules: Path = RULES) -> dict[str, pd.DataFrame]:
    """The rows that each rule selects, by rule name. Raises RefusedError if one cannot be run."""
    connection.execute(WORDS.read_text(encoding="utf-8"))
    return {path.stem: _selected(connection, path) for path in sorted(rules.glob("[!.]*.sql"))}


def waive(broken: dict[str, pd.DataFrame], root: Path = ROOT) -> tuple[dict[str, pd.DataFrame], list[str]]:
    """What is left of the selected rows without those that raw/waivers.csv excuses, and a line for each waiver that excuses none."""
    # What is only computed, as an agreement, can be excused too.
    keys = {name: table.primary_key for name, table in (product(root).tables | raw(root).tables).items()}
    idle = []
    with (root / WAIVERS).open(encoding="utf-8", newline="") as file:
        for line, waiver in enumerate(csv.DictReader(file), 2):
            rows = broken.get(waiver["rule"], pd.DataFrame())
            # The first columns of a rule are the key of the row that is wrong.
            named = rows.iloc[:, : len(keys.get(waiver["table_name"], []))].astype(str).itertuples(index=False)
            kept = ["/".join(key) != waiver["row_id"] for key in named]
            if not all(kept):
                broken = broken | {waiver["rule"]: rows[kept]}
            else:
                idle.append(
                    f"{WAIVERS}:{line}  {waiver['rule']} selects no {waiver['row_id']} of {waiver['table_name']}. Remove the waiver, or correct it."
                )
    return broken, idle


def _selected(connection: duckdb.DuckDBPyConnection, path: Path) -> pd.DataFrame:
    try:
        return connection.sql(path.read_text(encoding="utf-8")).df()
    except duckdb.Error as error:
        raise RefusedError(f"{path.name} of validation/rules cannot be run ({first_line(error)}). Correct it.") from error


def validate(connection: duckdb.DuckDBPyConnection, contract: Contract, rules: Path = RULES, root: Path = ROOT) -> dict[str, Any]:
    """Run every suite on the database; results by suite, stable for the same data, the rows that broke rules, and idle waivers."""
    os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")
    logging.disable(logging.WARNING)
    warnings.simplefilter("ignore")
    import great_expectations as gx

    from validation import expectations

    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    source = context.data_sources.add_pandas("product")
    broken, idle = waive(violations(connection, rules), root)
    suites = {
        name: (connection.table(name).df(), expectations.from_contract(table) + expectations.BY_HAND.get(name, []), table.primary_key)
        for name, table in contract.tables.items()
    }
    counts = pd.DataFrame({name: [len(rows)] for name, rows in broken.items()})
    suites["rules"] = (counts, [expectations.rule(p.stem, rule_reason(p)) for p in sorted(rules.glob("[!.]*.sql"))], [])
    results = []
    for name, (frame, expected, key) in suites.items():
        batch = source.add_dataframe_asset(name).add_batch_definition_whole_dataframe("all").get_batch({"dataframe": frame})
        suite = gx.ExpectationSuite(name=name, expectations=expected)
        form = {"result_format": "COMPLETE", "unexpected_index_column_names": key} if key and len(frame) else "SUMMARY"
        # An empty frame has no extreme values to hold against a bound; its form was checked all the same.
        outcome = batch.validate(suite, result_format=form)
        results.append(_stable(name, outcome.to_json_dict()))
    rows = {name: frame.astype(str).to_dict("records") for name, frame in broken.items() if len(frame)}
    return {"suites": results, "rules": rows, "waivers": idle}


def _stable(name: str, outcome: dict[str, Any]) -> dict[str, Any]:
    """One suite's outcome without what differs from run to run."""
    checks = []
    for item in outcome["results"]:
        config = item["expectation_config"]
        kwargs = {k: v for k, v in config["kwargs"].items() if k not in VOLATILE}
        result = item["result"]
        checks.append(
            {
                "expectation": config["type"],
                "kwargs": kwargs,
                "reason": config.get("meta", {}).get("reason", "The contract says so."),
                "success": item["success"],
                "checked": result.get("element_count"),
                "unexpected": result.get("unexpected_count", 0),
                "observed": str(result["observed_value"]) if "observed_value" in result else None,
                "rows": (result.get("unexpected_index_list") or [])[:SHOWN],
                "exception": _exception(item),
            }
        )
    return {"suite": name, "success": outcome["success"], "checks": checks}


def _exception(item: dict[str, Any]) -> str | None:
    info = item.get("exception_info") or {}
    infos = [info] if "raised_exception" in info else info.values()
    return next((i["exception_message"] for i in infos if i.get("raised_exception")), None)


# --- telling -------------------------------------------------------------------------------------------------------


def failures(results: dict[str, Any]) -> list[str]:
    """A line for each check that failed, then its rows with their ids and raw lines."""
    lines = []
    for suite in results["suites"]:
        for check in (c for c in suite["checks"] if not c["success"]):
            rows = results["rules"].get(check["kwargs"].get("column"), []) if suite["suite"] == "rules" else check["rows"]
            subject = check["kwargs"].get("column") or check["kwargs"].get("column_A") or "table"
            lines.append(f"{suite['suite']}.{subject}: {check['expectation']} failed. {check['exception'] or check['reason']}")
            lines += [f"    {_described(row)}" for row in rows[:SHOWN]]
            if len(rows) > SHOWN:
                lines.append(f"    and {len(rows) - SHOWN} more")
    return lines


def _described(row: dict[str, Any]) -> str:
    values = ", ".join(f"{k}={v}" for k, v in row.items())
    places = [*filter(None, [raw_row(row)]), *(place for v in row.values() if (place := raw_line(str(v))))]
    return values + (f"  ({', '.join(places)})" if places else "")


def raw_row(row: dict[str, Any], root: Path = ROOT) -> str | None:
    """Where in raw/ the row of a key of several columns stands, if ``row`` has them all: ``raw/answers.csv:7``."""
    for table in raw(root).tables.values():
        key = {column: str(row[column]) for column in table.primary_key if column in row}
        if len(key) == len(table.primary_key) > 1:
            with (root / table.file).open(encoding="utf-8", newline="") as file:
                for line, cells in enumerate(csv.DictReader(file), 2):
                    if key.items() <= cells.items():
                        return f"{table.file}:{line}"
    return None


def raw_line(key: str, root: Path = ROOT) -> str | None:
    """Where in raw/ the row of an id stands: ``raw/statements.csv:118``; None if it is no id."""
    for table in raw(root).tables.values():
        if table.primary_key == [table.columns[0]] and (line := _line_of(table, key, root)):
            return f"{table.file}:{line}"
    return None


def _line_of(table: Table, key: str, root: Path) -> int | None:
    with (root / table.file).open(encoding="utf-8") as lines:
        return next((n for n, text in enumerate(lines, 1) if text.startswith(f"{key},")), None)


def main() -> None:
    """Validate build/; write build/validation/results.json and index.html; end with 1 if anything failed."""
    with command("validation") as store:
        contract = product()
        form = frictionless_errors()
        with database.opened(store.build, contract) as connection:
            results: dict[str, Any] = {"version": contract.version, "fingerprint": _fingerprint(connection), "frictionless": form}
            results |= validate(connection, contract)
        files = {
            "build/validation/results.json": (json.dumps(results, indent=1, ensure_ascii=False, default=str) + "\n").encode(),
            "build/validation/index.html": page(results).encode(),
        }
        store.commit(files)
        count = sum(len(suite["checks"]) for suite in results["suites"])
        failed = form + results["waivers"] + failures(results)
        store.message = f"{count} expectations hold" if not failed else "failed"
    if failed:
        print("\n".join(failed), file=sys.stderr)
        print("Validation failed. The tables are new; the rows above need a look.", file=sys.stderr)
        raise SystemExit(1)


def _fingerprint(connection: duckdb.DuckDBPyConnection) -> str:
    return connection.execute("SELECT fingerprint FROM release").fetchall()[0][0]


if __name__ == "__main__":
    main()
