"""``build/site/``: the explorer, one self-contained page out of the database, codebook, cookbook and the validation report.

The page opens from disk and asks no host for anything: its sources (``scripts/explore/page``) and the data are inlined.
The data lie, deflated, in blocks that are never run, and the script puts them on the page as text only.
"""

import base64
import html
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import deflate
import duckdb
import polars as pl

from scripts.package import citation, page
from scripts.package.contract import ROOT, Contract, product
from scripts.package.store import command
from scripts.query import database

SOURCES = ROOT / "scripts" / "explore" / "page"
# Modules, each after those that it takes from, joined into one scope as a bundler joins them: a page opened from disk may not load modules, and
# the bundler is npm's, which a build does without. No two declare one name; `make bundle` lints them and the tests hold what they take and give.
PARTS = (
    *("vendor", "dom", "data", "scope", "search", "charts", "selection", "terms", "figures", "evidence_parts", "map", "waves", "overview"),
    *("answers", "evidence", "claims", "table", "country", "dyads", "about", "main"),
)
TAKEN = re.compile(r"^import \{[^{}]*\} from \"\./\w+\.js\";\n|^export \{[^{}]*\};\n", re.MULTILINE)
# State systems, not groups that anybody counts by.
SYSTEMS = ("COW*", "GW*")

# Coverage is the widest view: it is worked out once for all that asks it.
LOOKED = "CREATE OR REPLACE TEMP TABLE looked AS FROM coverage"

CORE = {
    # The last day of an actor that is no more.
    "actors": """
        SELECT a.actor_id, a.name, a.kind, a.iso2, a.iso2_former, a.un_region, a.un_subregion, nullif(max(s.last_day), DATE '9999-12-31') AS gone_on
        FROM actors AS a LEFT JOIN actor_spells AS s USING (actor_id) GROUP BY ALL ORDER BY a.actor_id""",
    "codes": "SELECT DISTINCT actor_id, code FROM memberships WHERE organisation = 'COW' ORDER BY ALL",
    "scopes": f"""
        FROM group_members
        WHERE scope NOT IN {SYSTEMS} AND actor_id IN (SELECT expeller FROM expulsions UNION SELECT target FROM expulsions)
        ORDER BY ALL""",
    # Figures: how many statements give one number for the whole.
    "expulsions": """
        SELECT e.*, d.unknown, d.open, coalesce(r.n, 0) AS n_figures
        FROM expulsions AS e JOIN expulsion_dyads AS d USING (expulsion_id)
        LEFT JOIN (SELECT expulsion_id, count(*) AS n FROM ranked_figures GROUP BY expulsion_id) AS r USING (expulsion_id)
        ORDER BY e.expulsion_id""",
    "scope": "FROM scope ORDER BY ALL",
    "sought": """
        SELECT actor_id, year, sought_as_expeller, sought_as_target FROM actor_years
        WHERE sought_as_expeller OR sought_as_target ORDER BY actor_id, year""",
    "answers": "FROM answers ORDER BY ALL",
    "reciprocity": "FROM reciprocity",
    "claims": """
        SELECT k.*, c.article_id, c.scope_as_stated, a.publisher, a.title, a.url
        FROM claim_checks AS k JOIN claims AS c USING (claim_id) JOIN articles AS a USING (article_id)
        ORDER BY k.as_of, k.claim_id""",
    "disagreements": "FROM disagreements",
    "sensitivity": "FROM sensitivity",
    "reliability": "FROM reliability WHERE region = '*' AND period = '*' ORDER BY ALL",
    "retired": "FROM retired ORDER BY ALL",
    # What came with the first release is in no table of changes.
    "history": """
        WITH first_release AS (SELECT version FROM released_expulsions ORDER BY string_split(version, '.')::INTEGER[] LIMIT 1),
        told AS (
            SELECT expulsion_id, version, 'row_added' AS kind, NULL AS column_name, NULL AS old, NULL AS new
            FROM released_expulsions SEMI JOIN first_release USING (version)
            UNION ALL SELECT row_id, to_version, kind, column_name, old, new
            FROM changes WHERE table_name = 'expulsions' AND row_id <> '*'
        )
        FROM told ORDER BY expulsion_id, string_split(version, '.')::INTEGER[], column_name""",
    "coverage": """
        SELECT c.expeller, c.target, c.year, c.half FROM looked AS c
        SEMI JOIN actors_by_year AS x ON x.actor_id = c.expeller AND x.year = c.year
        SEMI JOIN actors_by_year AS t ON t.actor_id = c.target AND t.year = c.year
        WHERE c.effort = 'both_sides'
            AND promised(c.expeller, c.target, make_date(c.year, c.half * 6 - 5, 1), last_day(make_date(c.year, c.half * 6, 1)))
            AND c.expeller IN (SELECT expeller FROM expulsions UNION SELECT target FROM expulsions)
            AND c.target IN (SELECT expeller FROM expulsions UNION SELECT target FROM expulsions)
        ORDER BY c.expeller, c.target, c.year, c.half""",
    "searched": """
        SELECT c.year, c.half, count(*) FILTER (c.covered) AS dyads_covered, count(*) FILTER (c.effort = 'both_sides') AS by_name, max(s.n) AS searches
        FROM looked AS c
        JOIN (
            SELECT h.year, h.half, count(*) AS n FROM (SELECT DISTINCT year, half FROM looked) AS h
            JOIN searches AS s ON s.period_from <= last_day(make_date(h.year, h.half * 6, 1))
                AND s.period_until >= make_date(h.year, h.half * 6 - 5, 1)
            GROUP BY h.year, h.half
        ) AS s ON s.year = c.year AND s.half = c.half
        GROUP BY c.year, c.half ORDER BY c.year, c.half""",
    "missed": "FROM capture_recapture WHERE region = '*' ORDER BY list_a, list_b, until_year - from_year DESC, from_year",
    "languages": """
        SELECT language, count(*) AS searches, sum(n_pages)::INTEGER AS pages
        FROM searches GROUP BY language ORDER BY searches DESC, language""",
}
EVIDENCE = {
    "statements": """
        SELECT s.expulsion_id, s.statement_id, s.article_id, s.says, s.vantage, s.attribution, s.covers, s.figure_as_printed, s.qualifier,
            s.officials_low, s.officials_high, s.counted_unit, s.standing, s.standing_reason, r.statement_id IS NOT NULL AS eligible
        FROM statements AS s LEFT JOIN ranked_figures AS r USING (statement_id)
        ORDER BY s.expulsion_id, s.statement_id""",
    "articles": """
        SELECT article_id, publisher, agency, title, url, published_on, published_precision, language, kind FROM articles
        WHERE article_id IN (SELECT article_id FROM statements UNION SELECT article_id FROM answers UNION SELECT article_id FROM claims)
        ORDER BY article_id""",
}
Rows = dict[str, list[Any]]


def rows(connection: duckdb.DuckDBPyConnection, query: str) -> Rows:
    """A query's answer as ``{"columns": names, "rows": lists}``, in the database's order."""
    cursor = connection.execute(query)
    return {"columns": [c[0] for c in cursor.description or []], "rows": [list(row) for row in cursor.fetchall()]}


def coverage(table: Rows) -> dict[str, Any]:
    """Half-years sought with both sides by name: ``{"first": year, "pairs": {expeller: {"0110": "AAA BBB"}}}``, a digit a half-year.

    The targets of one expeller that were searched alike share one entry: few patterns occur.
    """
    if not table["rows"]:
        return {"first": 0, "pairs": {}}
    first, last = (f(year for _, _, year, _ in table["rows"]) for f in (min, max))
    digits: dict[tuple[str, str], list[str]] = {}
    for expeller, target, year, half in table["rows"]:
        digits.setdefault((expeller, target), ["0"] * 2 * (last - first + 1))[2 * (year - first) + half - 1] = "1"
    pairs: dict[str, dict[str, str]] = {}
    for (expeller, target), pattern in digits.items():
        of_expeller = pairs.setdefault(expeller, {})
        key = "".join(pattern)
        of_expeller[key] = f"{of_expeller[key]} {target}" if key in of_expeller else target
    return {"first": first, "pairs": pairs}


def labels(contract: Contract) -> dict[str, dict[str, dict[str, str]]]:
    """Meaning of every enum value, by table and column."""
    return {name: {f.name: f.labels for f in table.fields.values() if f.enum} for name, table in contract.tables.items()}


# The glossary: where the descriptor says what a term means; a column, or a whole table.
TERMS = {
    "decision": ("expulsions", ""), "dyad": ("dyads", ""), "expeller": ("expulsions", "expeller"), "target": ("expulsions", "target"),
    "best figure": ("expulsions", "officials_best"), "low": ("expulsions", "officials_low"), "high": ("expulsions", "officials_high"),
    "basis": ("expulsions", "best_basis"), "counted": ("expulsions", "counted_unit"), "posts cut": ("expulsions", "posts_cut"),
    "ceiling": ("expulsions", "ceiling"), "measure": ("expulsions", "measure"), "trigger": ("expulsions", "trigger"), "reply": ("expulsions", "reply"),
    "wave": ("expulsions", "wave"), "support": ("expulsions", "status"), "origins": ("expulsions", "n_publishers"),
    "vantage": ("statements", "vantage"), "attribution": ("statements", "attribution"), "covers": ("statements", "covers"),
    "standing": ("statements", "standing"),
}  # fmt: skip


def terms(contract: Contract) -> dict[str, str]:
    """The glossary: each term with its meaning and that of its values."""
    result = {}
    for name, (table, column) in TERMS.items():
        held = contract.tables[table].fields[column] if column else None
        meaning = held.spec["description"] if held else contract.tables[table].spec["description"]
        values = "; ".join(f"{value.replace('_', ' ')}: {label}" for value, label in held.labels.items()) if held and held.enum else ""
        result[name] = meaning.replace("`", "") + (f" {values[0].upper()}{values[1:]}." if values else "")
    return result


# --- the page ------------------------------------------------------------------------------------------------------


def block(value: object) -> str:
    """JSON as it stands inside a script element: deflated, in base 64, so that nothing of it could close the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    return base64.b64encode(deflate.zlib_compress(text.encode(), 12)).decode()


def by_column(tables: Mapping[str, Any]) -> dict[str, Any]:
    """The same with every table's cells column by column: like beside like deflates to five sixths."""
    is_table = {name: isinstance(held, dict) and held.keys() == {"columns", "rows"} for name, held in tables.items()}
    turned = {
        name: {"columns": tables[name]["columns"], "cells": list(zip(*tables[name]["rows"], strict=True))}
        for name in tables
        if is_table[name]
    }
    return {**tables, **turned}


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the page.")


def whole(
    sources: Mapping[str, str], core: Mapping[str, Any], evidence: Mapping[str, Any], books: Mapping[str, str], title: str, plain: str = ""
) -> str:
    """The whole page. ``sources`` maps file names of ``scripts/explore/page`` to their text, ``books`` codebook and cookbook to Markdown.

    ``plain`` is HTML for those who have scripts switched off.
    """
    filled = {
        "title": html.escape(title),
        "plain": plain,
        "core": block(by_column(core)),
        "evidence": block(by_column(evidence)),
    }
    # Their titles stand on the page already.
    filled |= {name: page.markdown(book.partition("\n")[2], folding=2, top=3) for name, book in books.items()}
    body = re.sub(r"\{\{(\w+)\}\}", lambda match: filled[match[1]], sources["body.html"])
    script = '"use strict";\n(async () => {\n' + "\n".join(TAKEN.sub("", sources[f"{part}.js"]) for part in PARTS) + "\n})();\n"
    return page.frame(title, body, sources["style.css"], script)


def payload(connection: duckdb.DuckDBPyConnection, contract: Contract, validation: dict[str, Any], raw: Path) -> dict[str, Any]:
    """What the page needs at once; statements and articles come in a block of their own, read when first asked for."""
    connection.execute(LOOKED)
    core: dict[str, Any] = {name: rows(connection, query) for name, query in CORE.items()}
    fingerprint = connection.execute("SELECT fingerprint FROM release").fetchall()[0][0]
    licence = contract.spec["licenses"][0]
    return core | {
        "coverage": coverage(core["coverage"]),
        "labels": labels(contract),
        "spellings": dict(pl.read_csv(raw / "spellings.csv", infer_schema=False).rows()),
        "fields": {f.name: {"title": f.spec["title"], "type": f.type} for f in contract["expulsions"].fields.values()},
        "release": {"title": contract.spec["title"], "version": contract.version, "fingerprint": fingerprint},
        "terms": terms(contract),
        "about": {
            "name": contract.spec["name"],
            "homepage": contract.spec.get("homepage"),
            "description": contract.spec["description"],
            "licence": licence["title"],
            "licence_url": licence["path"],
        },
        "cite": cited(contract, fingerprint),
        "validation": summary(validation),
    }


def cited(contract: Contract, fingerprint: str) -> dict[str, str]:
    """How to cite this version, a slice of it and all rows, as ``make cite`` says it; what the page has to fill in stands in braces."""
    of = {name: citation.of_slice(contract, where, "{count}", "{digest}") for name, where in (("slice", "{where}"), ("all", ""))}
    return {"text": citation.apa(contract), "bibtex": citation.bibtex(contract, fingerprint)} | of


def summary(results: dict[str, Any]) -> dict[str, Any]:
    """Number of expectations held and failed per suite, and the rules with their reasons."""
    suites = [[s["suite"], len(s["checks"]), sum(not c["success"] for c in s["checks"])] for s in results.get("suites", [])]
    rules = [
        [c["kwargs"]["column"], c["reason"], c["success"]]
        for s in results.get("suites", [])
        if s["suite"] == "rules"
        for c in s["checks"]
        if "column" in c["kwargs"]
    ]
    return {"suites": suites, "rules": rules, "form": results.get("frictionless", [])}


PLAIN = """
    SELECT expulsion_id, announced_on, expeller_name, target_name, best_qualifier, officials_best, d.unknown
    FROM expulsion_dyads AS d JOIN (SELECT expulsion_id, best_qualifier FROM expulsions) USING (expulsion_id) ORDER BY announced_on DESC, expulsion_id"""


def plain_list(connection: duckdb.DuckDBPyConnection, contract: Contract) -> str:
    """What is shown where no script runs: the tables to download and every decision with its figure, as HTML."""
    tables = ", ".join(f'<a href="../{name}.csv">{name}</a>' for name in sorted(contract.tables))
    how = {"about": "about ", "at_least": "at least "}
    items = [
        f"<li>{day}: {html.escape(expeller)} against {html.escape(target)}, "
        f"{'number not published' if unknown else 'nobody ordered out' if best is None else how.get(qualifier, '') + str(best)} "
        f"(<code>{html.escape(key)}</code>)</li>"
        for key, day, expeller, target, qualifier, best, unknown in connection.execute(PLAIN).fetchall()
    ]
    return (
        "<p>This page draws its figures with a script of its own; scripts are switched off. "
        f"The same data as CSV: {tables}.</p>\n<h1>All {len(items)} decisions</h1>\n<ul>\n" + "\n".join(items) + "\n</ul>"
    )


def render(
    connection: duckdb.DuckDBPyConnection, build: Path, contract: Contract, sources: Path = SOURCES, raw: Path = ROOT / "raw"
) -> dict[str, bytes]:
    """Files of the site by path under build/: tables from ``connection``, books and reports from ``build``, other names from ``raw``."""
    results = build / "validation" / "results.json"
    validation = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    core = payload(connection, contract, validation, raw)
    evidence = {name: rows(connection, query) for name, query in EVIDENCE.items()}
    texts = {p.name: p.read_text(encoding="utf-8") for p in sorted(sources.iterdir()) if p.is_file()}
    books = {name: (build / f"{name}.md").read_text(encoding="utf-8") for name in ("cookbook", "codebook")}
    files = {"site/index.html": whole(texts, core, evidence, books, contract.spec["title"], plain_list(connection, contract)).encode()}
    report = build / "validation" / "index.html"
    if report.exists():
        files["site/validation.html"] = report.read_bytes()
    return files


def main() -> None:
    """Write build/site/."""
    with command("site") as store:
        contract = product()
        with database.opened(store.build, contract) as connection:
            files = render(connection, store.build, contract, raw=store.root / "raw")
        store.commit({f"build/{name}": content for name, content in files.items()})
        store.message = f"build/site/index.html, {len(files['site/index.html']) / 1e6:.1f} MB"


if __name__ == "__main__":
    main()
