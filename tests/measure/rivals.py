"""What the benchmark measures beside the build: a DuckDB floor, plain pandas, frictionless-py, dbt-duckdb."""

import hashlib
import json
from pathlib import Path
from typing import Any

import duckdb

from scripts.compile import expulsions
from scripts.compile.cells import ENDS, FORMULA, MAX_CELL
from scripts.package import contract

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
    from scripts.compile import dates

    frame, count = texts[table.name], 0
    for field in table.fields.values():
        cells = frame[field.name]
        held = cells.dropna()
        count += int(cells.isna().sum()) if field.required else 0
        for pattern in (ENDS, r"  |[^\S ]", r"[\x00-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]", FORMULA):
            count += int(held.str.contains(pattern, regex=True).sum())
        count += int((held != held.str.normalize("NFC")).sum()) + int((held.str.len() > MAX_CELL).sum())
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
# A test gives the rows that fail it.
GENERIC = """{% test holds(model, expression, column_name=none) %}SELECT * FROM {{ model }} WHERE NOT coalesce({{ expression }}, true){% endtest %}
"""
ODD = r"(^\s|\s$|  |[\x{A0}\x{1680}\x{2000}-\x{200A}\x{202F}\x{205F}\x{3000}]|[\p{Cc}\x{AD}\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{2069}\x{FEFF}])"
HAS_FIGURE = "(officials_low IS NOT NULL OR officials_high IS NOT NULL)"
# What scripts.compile.checks demands of the large tables, as a user of dbt would write it.
RULES = {
    "articles": [
        "(no_expulsion_because IS NULL) = (article_id IN (SELECT article_id FROM {{ ref('statements') }}) OR article_id IN "
        "(SELECT article_id FROM {{ ref('answers') }}) OR article_id IN (SELECT article_id FROM {{ ref('claims') }}))",
        "year(published_on) = regexp_extract(article_id, '-((?:1[6-9]|20)[0-9]{2})(?:-|$)', 1)::INTEGER",
        "read_on <= current_date",
        "published_on <= read_on",
    ],
    "statements": [
        "starts_with(statement_id, article_id || '.')",
        "officials_low <= officials_high",
        f"counted_unit IS NOT NULL OR NOT {HAS_FIGURE}",
        f"{HAS_FIGURE} = (qualifier <> 'none')",
        "qualifier <> 'at_least' OR officials_high IS NULL",
        "qualifier <> 'at_most' OR officials_low IS NULL",
        f"qualifier NOT IN ('exact', 'about') OR NOT {HAS_FIGURE} OR (officials_low IS NOT NULL AND officials_high IS NOT NULL)",
        "least(officials_low, officials_high) <> 0",
        f"figure_as_printed IS NOT NULL OR NOT {HAS_FIGURE}",
        # Numbers in words are left to those who code them.
        "qualifier = 'none' OR NOT regexp_matches(figure_as_printed, '[0-9]') OR "
        "list_has_any(regexp_extract_all(figure_as_printed, '[0-9]+')::BIGINT[], [officials_low, officials_high, diplomats]) OR "
        "list_sum(regexp_extract_all(figure_as_printed, '[0-9]+')::BIGINT[]) IN (officials_low, officials_high)",
        "diplomats <= greatest(officials_low, officials_high)",
        "ceiling_diplomats <= ceiling",
        f"persons_ordered <> 'no' OR NOT {HAS_FIGURE}",
        "(standing = 'accepted') = (standing_reason IS NULL)",
        "acted_from <= acted_until",
        "acted_from <= announced_last",
        "leave_by >= announced_on",
        "accredited_to <> nationality",
        "expulsion_id NOT IN (SELECT expulsion_id FROM {{ ref('raw_expulsions') }} WHERE replaced_by IS NOT NULL)",
    ],
    "expulsions": [
        "expeller <> target",
        "regexp_extract(expulsion_id, '^[0-9-]+-([A-Z]+)-', 1) = expeller",
        "regexp_extract(expulsion_id, '^[0-9-]+-[A-Z]+-([A-Z]+)', 1) = target",
        "n_counting > 0 OR dispute = 'retracted'",
        "announced_on IS NOT NULL",
        "year(announced_on) = expulsion_id[:4]::INTEGER",
        "included_in <> expulsion_id",
    ],
    "answers": ["NOT before_its_cause", "expulsion_id <> answers"],
}
# Rows that should not be there, where more than one row has to be looked at.
SINGULAR = {
    "one_authoritative": "SELECT expulsion_id FROM {{ ref('statements') }} WHERE standing = 'authoritative' GROUP BY 1 HAVING count(*) > 1",
    "one_address": "SELECT url FROM {{ ref('articles') }} WHERE url IS NOT NULL GROUP BY 1 HAVING count(*) > 1",
    "no_number_left_out": "SELECT article_id FROM {{ ref('statements') }} GROUP BY 1 "
    "HAVING max(regexp_extract(statement_id, '[.]([0-9]+)$', 1)::INTEGER) > count(*)",
    "not_before_its_time": "SELECT s.statement_id FROM {{ ref('statements') }} AS s JOIN {{ ref('articles') }} AS a USING (article_id) "
    "WHERE s.announced_on > a.published_last + 1",
}
ORDERS = {"vantage": expulsions.VANTAGE, "attribution": expulsions.ATTRIBUTION, "covers": expulsions.COVERS}
KEYED = """SELECT s.*, coalesce(a.agency, a.publisher) AS origin,
    (standing <> 'authoritative')::INTEGER AS r_authoritative, {ranks},
    CASE WHEN published_on - anchor BETWEEN -1 AND {near} THEN {near} - (published_on - anchor)
        ELSE coalesce(2 * {near} + abs(published_on - anchor), {undated}) END AS r_recency
FROM (SELECT *, min(announced_on) OVER (PARTITION BY expulsion_id) AS anchor FROM {{{{ ref('statements') }}}}) AS s
JOIN {{{{ ref('articles') }}}} AS a USING (article_id)
"""
POINTS = """SELECT *, count(DISTINCT origin) OVER (PARTITION BY expulsion_id, officials_low, counted_unit, qualifier) AS origins
FROM {{ ref('keyed') }} WHERE standing IN ('accepted', 'authoritative') AND covers = 'whole'
    AND (officials_low = officials_high OR (qualifier = 'at_least' AND officials_low IS NOT NULL))
"""
COMPILED = """WITH counting AS (FROM {{{{ ref('keyed') }}}} WHERE standing IN ('accepted', 'authoritative')),
best AS (
    SELECT expulsion_id, arg_min({{'low': officials_low, 'unit': counted_unit, 'qualifier': qualifier}},
        (r_authoritative, r_vantage, r_attribution, r_qualifier, r_counted_unit, r_recency, -origins, statement_id)) AS best
    FROM {{{{ ref('points') }}}} GROUP BY expulsion_id
),
extremes AS (
    SELECT expulsion_id, min(officials_low) AS officials_low, max(officials_high) AS officials_high
    FROM counting JOIN best USING (expulsion_id) WHERE covers = 'whole' AND counted_unit = best.unit GROUP BY expulsion_id
),
preferred AS (SELECT expulsion_id, count(*) AS n_counting, {preferred}, {grounds} FROM counting GROUP BY expulsion_id),
evidence AS (
    SELECT expulsion_id, count(*) AS n_statements, count(DISTINCT article_id) AS n_articles,
        count(DISTINCT origin) FILTER (standing <> 'rejected') AS n_publishers FROM {{{{ ref('keyed') }}}} GROUP BY expulsion_id
)
SELECT e.*, best.low AS officials_best, best.unit AS counted_unit, best.qualifier AS best_qualifier,
    x.* EXCLUDE (expulsion_id), p.* EXCLUDE (expulsion_id), v.* EXCLUDE (expulsion_id)
FROM {{{{ ref('raw_expulsions') }}}} AS e LEFT JOIN best USING (expulsion_id) LEFT JOIN extremes AS x USING (expulsion_id)
LEFT JOIN preferred AS p USING (expulsion_id) LEFT JOIN evidence AS v USING (expulsion_id) WHERE replaced_by IS NULL
"""
ANSWERS = """SELECT r.*, e.announced_on - c.announced_on AS lag_days, e.announced_last < c.announced_on AS before_its_cause FROM {{ ref('raw_answers') }} AS r
LEFT JOIN {{ ref('expulsions') }} AS e USING (expulsion_id) LEFT JOIN {{ ref('expulsions') }} AS c ON r.answers = c.expulsion_id
"""
DYADS = """SELECT expeller, target, count(*) AS expulsions, sum(officials_best) AS officials_known, min(announced_on) AS first_announced_on,
    max(announced_on) AS last_announced_on FROM {{ ref('expulsions') }} GROUP BY ALL
"""
PREFERRED = [
    "announced_on",
    "announced_last",
    "measure",
    "persons_ordered",
    "accredited_to",
    "nationality",
    "diplomats",
    "posts_cut",
    "ceiling",
]
PREFERRED += ["ceiling_diplomats", "acted_from", "acted_until", "leave_by", "deadline_hours"]


def dbt_models(root: Path) -> dict[str, str]:
    """The build's tables as dbt models, by name: what the reader types, and what the compiler compiles."""
    raw = contract.raw(root)
    models = {f"raw_{name}": f"FROM {_scan(raw[name], root)}" for name in (*LARGE, "claims", "actors", "spellings")}
    models |= {name: f"SELECT {_dbt_typed(raw[name])} FROM {{{{ ref('raw_{name}') }}}}" for name in ("articles", "statements")}
    models["claims"] = "FROM {{ ref('raw_claims') }}"
    models["spelled"] = "SELECT actor_id AS word FROM {{ ref('raw_actors') }} UNION SELECT spelling FROM {{ ref('raw_spellings') }}"
    orders = ORDERS | {"qualifier": expulsions.QUALIFIER, "counted_unit": expulsions.UNIT}
    ranks = ", ".join(f"coalesce(list_position({order}, {column}), {len(order) + 1}) AS r_{column}" for column, order in orders.items())
    models["keyed"] = KEYED.format(ranks=ranks, near=expulsions.RETROSPECTIVE_DAYS, undated=expulsions.UNDATED)
    models["points"] = POINTS
    key = "(r_authoritative, r_covers, r_vantage, r_attribution, r_recency, statement_id)"
    preferred = ", ".join(f"arg_min({c}, {key}) FILTER ({c} IS NOT NULL) AS {c}" for c in PREFERRED)
    grounds = ", ".join(f"bool_or(ground_{g}) AS ground_{g}" for g in raw["statements"].fields["grounds"].spec["list"])
    models["expulsions"] = COMPILED.format(preferred=preferred, grounds=grounds)
    return models | {"answers": ANSWERS, "dyads": DYADS}


def _dbt_typed(table: contract.Table) -> str:
    """The select list that types a raw table's cells."""
    parts = []
    for field in table.fields.values():
        name = field.name
        if field.spec.get("vague"):
            first = f"try_cast(left({name} || '-01-01', 10) AS DATE)"
            last = (
                f"CASE length({name}) WHEN 4 THEN {first} + INTERVAL 1 YEAR - INTERVAL 1 DAY WHEN 7 THEN last_day({first}) ELSE {first} END"
            )
            stem = name.removesuffix("_on")
            parts += [f"{first} AS {name}", f"({last})::DATE AS {stem}_last"]
            parts += [f"CASE length({name}) WHEN 4 THEN 'year' WHEN 7 THEN 'month' WHEN 10 THEN 'day' END AS {stem}_precision"]
        elif "list" in field.spec:
            parts += [f"list_contains(string_split({name}, ' '), '{g}') AS ground_{g}" for g in field.spec["list"]]
        else:
            kind = {"integer": "BIGINT", "date": "DATE"}.get(field.type)
            parts.append(f"try_cast({name} AS {kind}) AS {name}" if kind else name)
    return ", ".join(parts)


def dbt_project(root: Path, folder: Path) -> None:
    """The same tables as dbt models, and what the build checks of their cells, keys and rows as dbt tests."""
    for name in ("models", "tests", "macros"):
        (folder / name).mkdir(parents=True)
    (folder / "dbt_project.yml").write_text(PROJECT, encoding="utf-8")
    (folder / "profiles.yml").write_text(PROFILE.format(out=folder), encoding="utf-8")
    (folder / "macros" / "holds.sql").write_text(GENERIC, encoding="utf-8")
    models = dbt_models(root)
    for name, query in models.items():
        (folder / "models" / f"{name}.sql").write_text(query + "\n", encoding="utf-8")
    for name, query in SINGULAR.items():
        (folder / "tests" / f"{name}.sql").write_text(query + "\n", encoding="utf-8")
    raw = contract.raw(root)
    described = [
        {"name": f"raw_{name}", "columns": [_dbt_column(raw[name], field) for field in raw[name].fields.values()]} for name in LARGE
    ]
    described += [{"name": name, "data_tests": [_holds(rule) for rule in rules]} for name, rules in RULES.items()]
    (folder / "models" / "schema.yml").write_text(json.dumps({"version": 2, "models": described}), encoding="utf-8")
    for name in (*LARGE, "dyads"):
        for form, options in (("csv", "FORMAT csv, HEADER"), ("parquet", "FORMAT parquet, COMPRESSION zstd")):
            copy = f"COPY (FROM {name} ORDER BY ALL) TO '{folder}/{name}.{form}' ({options})"
            config = f"{{{{ config(materialized='view', post_hook=\"{copy}\") }}}}"
            model = f"-- depends_on: {{{{ ref('{name}') }}}}\n{config}\nSELECT 1 AS written\n"
            (folder / "models" / f"{name}_{form}.sql").write_text(model, encoding="utf-8")


def _holds(expression: str) -> dict[str, Any]:
    name = "holds_" + hashlib.sha256(expression.encode()).hexdigest()[:8]
    return {"holds": {"name": name, "arguments": {"expression": expression}}}


def _dbt_column(table: contract.Table, field: contract.Field) -> dict[str, Any]:
    """The tests of one column: what its descriptor says, and what no cell may hold."""
    tests: list[Any] = ["not_null"] if field.required else []
    tests += ["unique"] if table.primary_key == [field.name] else []
    forms = {"integer": "^(0|-?[1-9][0-9]{0,8})$", "date": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "boolean": "^(yes|no)$"}
    pattern = field.constraints.get("pattern") or forms.get(field.type)
    name = field.name
    if field.enum:
        tests.append({"accepted_values": {"arguments": {"values": field.enum}}})
    elif field.spec.get("spelling"):
        also = field.spec.get("also", [])
        where = {"config": {"where": f"{name} NOT IN ({', '.join(map(repr, also))})"}} if also else {}
        tests.append({"relationships": {"arguments": {"to": "ref('spelled')", "field": "word"}} | where})
    elif "list" in field.spec:
        tests.append(_holds(f"len(list_filter(string_split({name}, ' '), lambda x: NOT list_contains({field.spec['list']}, x))) = 0"))
    else:
        tests += [_holds(f"regexp_matches({name}, '{pattern}')")] if pattern else []
        clean = f"NOT regexp_matches({name}, '{ODD}') AND NOT regexp_matches({name}, '^[=+@-]') AND strlen({name}) <= 4000"
        tests += [_holds(f"{clean} AND {name} = nfc_normalize({name})")] if field.type == "string" else []
    for column, other, target in table.foreign_keys:
        if column == name and other in LARGE:
            tests.append({"relationships": {"arguments": {"to": f"ref('raw_{other}')", "field": target}}})
    return {"name": name, "data_tests": tests}
