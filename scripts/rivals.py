"""What the benchmark measures beside the build: a DuckDB floor, plain pandas, frictionless-py, dbt-duckdb."""

from pathlib import Path

import duckdb

from scripts import contract

LARGE = ["articles", "statements", "expulsions", "answers"]


def floor(root: Path, out: Path) -> None:
    """DuckDB statements that read the same raw files, group, and write files of the same tables; nothing is checked."""
    raw = contract.raw(root)
    with duckdb.connect() as connection:
        for name in LARGE:
            columns = ", ".join(f"'{c}': 'VARCHAR'" for c in raw[name].columns)
            connection.execute(
                f"CREATE TABLE {name} AS FROM read_csv('{root / raw[name].file}', header = true, auto_detect = false, "
                f"delim = ',', quote = '\"', nullstr = '', columns = {{{columns}}})"
            )
        firsts = ", ".join(f"first({c}) AS {c}" for c in raw["statements"].columns if c not in ("expulsion_id", "statement_id", "says"))
        connection.execute(
            f"CREATE TABLE compiled AS SELECT * EXCLUDE (article_id) FROM expulsions JOIN (SELECT expulsion_id, count(*) AS n_statements, "
            f"count(DISTINCT article_id) AS n_articles, {firsts} FROM statements GROUP BY expulsion_id) USING (expulsion_id)"
        )
        connection.execute("CREATE TABLE dyads AS SELECT expeller, target, count(*) AS expulsions FROM expulsions GROUP BY expeller, target")
        for name, key in (("compiled", "expulsion_id"), ("statements", "statement_id"), ("articles", "article_id"), ("answers", "ALL"), ("dyads", "ALL")):
            for form in ("csv", "parquet"):
                options = "FORMAT csv, HEADER" if form == "csv" else "FORMAT parquet, COMPRESSION zstd"
                connection.execute(f"COPY (FROM {name} ORDER BY {key}) TO '{out / name}.{form}' ({options})")
