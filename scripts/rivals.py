"""What the benchmark measures beside the build: a DuckDB floor, plain pandas, frictionless-py, dbt-duckdb."""

import json
from pathlib import Path
from typing import Any

import duckdb

from scripts import contract

LARGE = ["articles", "statements", "expulsions", "answers"]


def floor(root: Path, out: Path) -> None:
    """DuckDB statements that read the same raw files, group, and write files of the same tables; nothing is checked."""
    raw = contract.raw(root)
    with duckdb.connect() as connection:
        for name in LARGE:
            connection.execute(f"CREATE TABLE {name} AS FROM {_scan(raw[name], root)}")
        firsts = ", ".join(f"first({c}) AS {c}" for c in raw["statements"].columns if c not in ("expulsion_id", "statement_id", "says"))
        connection.execute(
            "CREATE TABLE compiled AS SELECT * EXCLUDE (article_id) FROM expulsions JOIN (SELECT expulsion_id, count(*) AS n_statements, "
            f"count(DISTINCT article_id) AS n_articles, {firsts} FROM statements GROUP BY expulsion_id) USING (expulsion_id)"
        )
        connection.execute(
            "CREATE TABLE dyads AS SELECT expeller, target, count(*) AS expulsions FROM expulsions GROUP BY expeller, target"
        )
        for name, key in (
            ("compiled", "expulsion_id"),
            ("statements", "statement_id"),
            ("articles", "article_id"),
            ("answers", "ALL"),
            ("dyads", "ALL"),
        ):
            for form in ("csv", "parquet"):
                options = "FORMAT csv, HEADER" if form == "csv" else "FORMAT parquet, COMPRESSION zstd"
                connection.execute(f"COPY (FROM {name} ORDER BY {key}) TO '{out / name}.{form}' ({options})")


def _scan(table: contract.Table, root: Path) -> str:
    """DuckDB's reading of a raw file as text, nothing guessed."""
    columns = ", ".join(f"'{c}': 'VARCHAR'" for c in table.columns)
    options = f"header = true, auto_detect = false, delim = ',', quote = '\"', nullstr = '', columns = {{{columns}}}"
    return f"read_csv('{root / table.file}', {options})"


# --- plain pandas ---------------------------------------------------------------------------------------------------


def pandas(root: Path, out: Path) -> int:
    """What a careful user would write in pandas: read as text, check cells and keys, choose figures, write; gives the faults found."""
    import pandas as pd

    raw = contract.raw(root)
    texts = {name: pd.read_csv(root / table.file, dtype=str, keep_default_na=False, na_values=[""]) for name, table in raw.tables.items()}
    actors = set(texts["actors"]["actor_id"]) | set(texts["spellings"]["spelling"])
    faults = sum(_pandas_faults(raw[name], texts, actors) for name in raw.tables)
    for name in LARGE:
        for field in raw[name].fields.values():
            if field.type == "integer":
                texts[name][field.name] = pd.to_numeric(texts[name][field.name], errors="coerce").astype("Int64")
    tables = {name: texts[name] for name in ("articles", "statements", "answers")} | {"expulsions": _pandas_expulsions(texts)}
    tables["dyads"] = (
        tables["expulsions"]
        .groupby(["expeller", "target"], as_index=False)
        .agg(
            expulsions=("expulsion_id", "count"),
            officials_known=("officials_low", "sum"),
            first=("announced_on", "min"),
            last=("announced_on", "max"),
        )
    )
    for name, frame in tables.items():
        ordered = frame.sort_values(frame.columns[0])
        ordered.to_csv(out / f"{name}.csv", index=False)
        ordered.to_parquet(out / f"{name}.parquet", compression="zstd", index=False)
    return faults


def _pandas_faults(table: contract.Table, texts: Any, actors: set[str]) -> int:
    """The cells of one table that the reader would report, and the rows that repeat a key or refer to nothing."""
    from scripts import dates, reader

    frame, count = texts[table.name], 0
    for field in table.fields.values():
        cells = frame[field.name]
        held = cells.dropna()
        count += int(cells.isna().sum()) if field.required else 0
        for pattern in (reader.ENDS, r"  |[^\S ]", r"[\x00-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]", reader.FORMULA):
            count += int(held.str.contains(pattern, regex=True).sum())
        count += int((held != held.str.normalize("NFC")).sum()) + int((held.str.len() > reader.MAX_CELL).sum())
        if field.enum:
            count += int((~held.isin(field.enum)).sum())
        elif field.spec.get("spelling"):
            count += int((~held.isin(actors | set(field.spec.get("also", [])))).sum())
        elif field.spec.get("vague"):
            count += int((~held.str.fullmatch(dates.VAGUE)).sum())
        elif "pattern" in field.constraints:
            count += int((~held.str.fullmatch(field.constraints["pattern"])).sum())
        elif field.type == "integer":
            count += int((~held.str.fullmatch("[0-9]+")).sum())
    count += int(frame.duplicated(table.primary_key).sum())
    for column, other, target in table.foreign_keys:
        count += int((~frame[column].dropna().isin(texts[other][target])).sum())
    return count


def _pandas_expulsions(texts: Any) -> Any:
    """Expulsions with the first statement by the order of preference, extremes, and numbers of sources."""
    from scripts import expulsions

    statements = texts["statements"].merge(
        texts["articles"][["article_id", "publisher", "agency", "published_on"]], on="article_id", how="left"
    )
    statements["origin"] = statements["agency"].fillna(statements["publisher"])
    for column, order in (
        ("vantage", expulsions.VANTAGE),
        ("attribution", expulsions.ATTRIBUTION),
        ("qualifier", expulsions.QUALIFIER),
        ("counted_unit", expulsions.UNIT),
    ):
        statements[f"r_{column}"] = statements[column].map({value: i for i, value in enumerate(order)}).fillna(len(order))
    for ground in texts["statements"]["grounds"].dropna().str.split(" ").explode().unique():
        statements[f"ground_{ground}"] = statements["grounds"].fillna("").str.split(" ").map(lambda parts, g=ground: g in parts)
    counting = statements[statements["standing"].isin(["accepted", "authoritative"])]
    ordered = counting.sort_values(
        ["expulsion_id", "r_vantage", "r_attribution", "r_qualifier", "r_counted_unit", "published_on", "statement_id"]
    )
    firsts = ordered.groupby("expulsion_id").first()
    sums = statements.groupby("expulsion_id").agg(
        n_statements=("statement_id", "count"), n_articles=("article_id", "nunique"), n_publishers=("origin", "nunique")
    )
    same_unit = counting.merge(
        firsts[["counted_unit"]], left_on=["expulsion_id", "counted_unit"], right_on=["expulsion_id", "counted_unit"]
    )
    extremes = same_unit.groupby("expulsion_id").agg(low=("officials_low", "min"), high=("officials_high", "max"))
    columns = [c for c in firsts.columns if c not in ("article_id", "says", "statement_id")]
    return (
        texts["expulsions"]
        .merge(firsts[columns], on="expulsion_id", how="left")
        .merge(sums, on="expulsion_id", how="left")
        .merge(extremes, on="expulsion_id", how="left")
    )


# --- frictionless-py ------------------------------------------------------------------------------------------------


def frictionless(root: Path, out: Path) -> int:
    """Validate the large raw tables against their descriptor; gives the number of errors."""
    import frictionless as fl

    raw = contract.raw(root)
    resources = [raw[name].spec | {"path": f"raw/{name}.csv"} for name in LARGE]
    descriptor = {"name": "bench", "resources": resources}
    with fl.system.use_context(trusted=True):
        package = fl.Package.from_descriptor(descriptor, basepath=str(root))
        return int(package.validate(limit_errors=10**6).stats["errors"])


# --- dbt-duckdb -----------------------------------------------------------------------------------------------------

PROFILE = """bench:
  target: dev
  outputs:
    dev: {{type: duckdb, path: '{out}/dbt.duckdb', threads: 2}}
"""
PROJECT = """name: bench
version: '1.0.0'
profile: bench
flags: {send_anonymous_usage_stats: false}
models: {bench: {+materialized: table}}
"""


def dbt_project(root: Path, folder: Path) -> None:
    """The same tables as dbt models, with the contract's keys, enums and references as dbt tests."""
    raw = contract.raw(root)
    (folder / "models").mkdir(parents=True)
    (folder / "dbt_project.yml").write_text(PROJECT, encoding="utf-8")
    (folder / "profiles.yml").write_text(PROFILE.format(out=folder), encoding="utf-8")
    models = []
    for name in LARGE:
        (folder / "models" / f"raw_{name}.sql").write_text(f"SELECT * FROM {_scan(raw[name], root)}\n", encoding="utf-8")
        models.append({"name": f"raw_{name}", "columns": _dbt_columns(raw[name])})
    (folder / "models" / "compiled.sql").write_text(DBT_COMPILED, encoding="utf-8")
    (folder / "models" / "schema.yml").write_text(json.dumps({"version": 2, "models": models}), encoding="utf-8")
    for name in (*(f"raw_{n}" for n in LARGE), "compiled"):
        for form, options in (("csv", "FORMAT csv, HEADER"), ("parquet", "FORMAT parquet, COMPRESSION zstd")):
            copy = f"COPY (FROM {name}) TO '{folder}/{name}.{form}' ({options})"
            config = f"{{{{ config(materialized='view', post_hook=\"{copy}\") }}}}"
            model = f"-- depends_on: {{{{ ref('{name}') }}}}\n{config}\nSELECT 1 AS written\n"
            (folder / "models" / f"{name}_{form}.sql").write_text(model, encoding="utf-8")


DBT_COMPILED = """WITH ranked AS (
    SELECT s.*, coalesce(a.agency, a.publisher) AS origin, row_number() OVER (PARTITION BY s.expulsion_id ORDER BY
        list_position(['expeller', 'target', 'third_party'], vantage),
        list_position(['official', 'unnamed_official', 'press'], attribution),
        list_position(['exact', 'about', 'at_least'], qualifier), a.published_on, s.statement_id) AS place
    FROM {{ ref('raw_statements') }} AS s JOIN {{ ref('raw_articles') }} AS a USING (article_id)
),
sums AS (
    SELECT expulsion_id, count(*) AS n_statements, count(DISTINCT article_id) AS n_articles, count(DISTINCT origin) AS n_publishers,
        min(officials_low::INTEGER) AS low, max(officials_high::INTEGER) AS high FROM ranked GROUP BY expulsion_id
)
SELECT e.*, r.* EXCLUDE (expulsion_id, article_id, says, statement_id), s.* EXCLUDE (expulsion_id)
FROM {{ ref('raw_expulsions') }} AS e LEFT JOIN (FROM ranked WHERE place = 1) AS r USING (expulsion_id)
LEFT JOIN sums AS s USING (expulsion_id)
"""


def _dbt_columns(table: contract.Table) -> list[dict[str, Any]]:
    references = {column: (other, target) for column, other, target in table.foreign_keys if other in LARGE}
    columns = []
    for field in table.fields.values():
        tests: list[Any] = ["not_null"] if field.required else []
        if table.primary_key == [field.name]:
            tests.append("unique")
        if field.enum:
            tests.append({"accepted_values": {"arguments": {"values": field.enum}}})
        if field.name in references:
            other, target = references[field.name]
            tests.append({"relationships": {"arguments": {"to": f"ref('raw_{other}')", "field": target}}})
        if tests:
            columns.append({"name": field.name, "data_tests": tests})
    return columns
