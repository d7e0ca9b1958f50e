"""``build/site/``: the explorer, one self-contained page out of the database, the codebook and the validation report.

The page opens from disk and asks no host for anything: its sources (``scripts/explorer``) and the data are inlined.
Its content-security policy admits the one script by its hash; the data lie in blocks that are never run, and the
script puts them on the page as text only.
"""

import base64
import csv
import hashlib
import html
import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
from markdown_it import MarkdownIt

from scripts import journal
from scripts.contract import ROOT, Contract, product

SOURCES = ROOT / "scripts" / "explorer"
# Joined in this order into one classic script: a page opened from disk may not load modules.
PARTS = (
    *("dom", "data", "scope", "charts", "selection", "evidence_parts"),
    *("overview", "dyads", "answers", "evidence", "claims", "table", "about", "main"),
)
# State systems, not groups that anybody counts by.
SYSTEMS = ("COW", "GW")

CORE = {
    "actors": "SELECT actor_id, name, kind, un_region, un_subregion FROM actors ORDER BY actor_id",
    "groups": f"SELECT organisation, actor_id, joined_on, left_on FROM memberships WHERE organisation NOT IN {SYSTEMS} ORDER BY ALL",
    "expulsions": "FROM expulsions ORDER BY expulsion_id",
    "answers": "FROM answers ORDER BY ALL",
    "reciprocity": "FROM reciprocity",
    "claims": """
        SELECT k.*, c.article_id, c.scope_as_stated, a.publisher, a.title, a.url
        FROM claim_checks AS k JOIN claims AS c USING (claim_id) JOIN articles AS a USING (article_id)
        ORDER BY k.as_of, k.claim_id""",
    "disagreements": "FROM disagreements",
    "sensitivity": "FROM sensitivity",
    "reliability": "FROM reliability ORDER BY ALL",
    "retired": "FROM retired ORDER BY ALL",
    "coverage": """
        SELECT c.expeller, c.target, c.year, c.half FROM coverage AS c
        WHERE c.covered
            AND c.expeller IN (SELECT expeller FROM expulsions UNION SELECT target FROM expulsions)
            AND c.target IN (SELECT expeller FROM expulsions UNION SELECT target FROM expulsions)
        ORDER BY c.expeller, c.target, c.year, c.half""",
    "searched": """
        SELECT c.year, c.half, count(*) FILTER (c.covered) AS dyads_covered, max(s.n) AS searches
        FROM coverage AS c
        JOIN (
            SELECT h.year, h.half, count(*) AS n FROM (SELECT DISTINCT year, half FROM coverage) AS h
            JOIN searches AS s ON s.period_from <= last_day(make_date(h.year, h.half * 6, 1))
                AND s.period_until >= make_date(h.year, h.half * 6 - 5, 1)
            GROUP BY h.year, h.half
        ) AS s ON s.year = c.year AND s.half = c.half
        GROUP BY c.year, c.half ORDER BY c.year, c.half""",
    "missed": "FROM capture_recapture WHERE expeller = '*' AND target = '*' ORDER BY from_year, until_year",
    "languages": """
        SELECT language, count(*) AS searches, sum(n_pages)::INTEGER AS pages
        FROM searches GROUP BY language ORDER BY searches DESC, language""",
}
EVIDENCE = {
    "statements": """
        SELECT expulsion_id, statement_id, article_id, says, vantage, attribution, covers, figure_as_printed, qualifier,
            officials_low, officials_high, counted_unit, standing, standing_reason
        FROM statements ORDER BY expulsion_id, statement_id""",
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
    """Half-years wholly searched: ``{"first": year, "pairs": {expeller: {"0110": "AAA BBB"}}}``, a digit a half-year.

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


# --- history -------------------------------------------------------------------------------------------------------


def releases(folder: Path) -> list[tuple[str, dict[str, dict[str, str]]]]:
    """Each release kept in ``folder``, oldest first: its version and its expulsions by id."""
    found = []
    for path in (p for p in folder.glob("*") if re.fullmatch(r"\d+\.\d+\.\d+", p.name)):
        files = sorted(path.rglob("expulsions.csv"))
        if files:
            found.append((path.name, _by_id(files[0])))
    return sorted(found, key=lambda release: tuple(map(int, release[0].split("."))))


def _by_id(path: Path) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return {row["expulsion_id"]: row for row in csv.DictReader(file)}


def history(versions: list[tuple[str, dict[str, dict[str, str]]]]) -> dict[str, list[list[Any]]]:
    """What each version did to each expulsion: ``[version, "added" | "changed" | "removed", [[column, old, new], …]]``."""
    told: dict[str, list[list[Any]]] = {}
    before: dict[str, dict[str, str]] = {}
    for version, now in versions:
        for key in sorted(before.keys() | now.keys()):
            if key not in before:
                told.setdefault(key, []).append([version, "added", []])
            elif key not in now:
                told.setdefault(key, []).append([version, "removed", []])
            elif changes := [[c, before[key].get(c, ""), v] for c, v in now[key].items() if before[key].get(c, "") != v]:
                told.setdefault(key, []).append([version, "changed", changes])
        before = now
    return told


# --- the page ------------------------------------------------------------------------------------------------------


def block(value: object) -> str:
    """JSON that can stand inside a script element: no ``<`` is left that could close it or open a comment."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain).replace("<", "\\u003c")


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in the page.")


def digest(text: str) -> str:
    """The source expression by which a policy admits an inline script or style."""
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def policy(script: str, style: str) -> str:
    """The content-security policy: this script and this style, nothing else, no host; text never becomes markup."""
    return (
        f"default-src 'none'; script-src {digest(script)}; style-src {digest(style)}; img-src data:; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
    )


def codebook(markdown: str) -> str:
    """The codebook as HTML, a folding section for each table and view; raw HTML in it stays text."""
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    opening, *sections = re.split(r"^## ", markdown.replace("\n# ", "\n## "), flags=re.MULTILINE)
    parts = [_scrolling(reader.render(re.sub(r"^# .*\n", "", opening)), "Terms")]
    for section in sections:
        title, _, body = section.partition("\n")
        if body.strip():
            parts.append(f"<details><summary>{html.escape(title)}</summary>{_scrolling(reader.render(body), html.escape(title))}</details>")
        else:
            parts.append(f"<h3>{html.escape(title)}</h3>")
    return "\n".join(parts)


def _scrolling(text: str, label: str) -> str:
    opened = f'<div class="scroll" tabindex="0" role="region" aria-label="{label}, columns"><table>'
    return text.replace("<table>", opened).replace("</table>", "</table></div>").replace("<th>", '<th scope="col">')


def page(sources: Mapping[str, str], core: object, evidence: object, book: str, title: str) -> str:
    """The whole page. ``sources`` maps file names of ``scripts/explorer`` to their text."""
    style = sources["style.css"]
    script = '"use strict";\n(() => {\n' + "\n".join(sources[f"{part}.js"] for part in PARTS) + "\n})();\n"
    filled = {
        "title": html.escape(title),
        "policy": html.escape(policy(script, style), quote=False).replace('"', "&quot;"),
        "style": style,
        "script": script,
        "core": block(core),
        "evidence": block(evidence),
        "codebook": book,
    }
    return re.sub(r"\{\{(\w+)\}\}", lambda found: filled[found[1]], sources["index.html"])


def citation(contract: Contract, fingerprint: str) -> dict[str, str]:
    """How to cite this version: a line of text and a BibTeX entry."""
    spec = contract.spec
    author, year, licence = spec["contributors"][0]["title"], spec["created"][:4], spec["licenses"][0]
    title = f"{spec['title']}, version {contract.version}"
    note = f"Data set, version {contract.version}, tables sha256:{fingerprint}"
    return {
        "text": f"{author} ({year}). {title} [Data set]. Tables sha256:{fingerprint}. {licence['name']}.",
        "bibtex": (
            f"@misc{{diplomatic_expulsions_{contract.version.replace('.', '_')},\n  author = {{{{{author}}}}},\n"
            f"  title = {{{spec['title']}}},\n  year = {{{year}}},\n  version = {{{contract.version}}},\n  note = {{{note}}}\n}}"
        ),
    }


def payload(connection: duckdb.DuckDBPyConnection, contract: Contract, validation: dict[str, Any], told: object) -> dict[str, Any]:
    """What the page needs at once; statements and articles come in a block of their own, read when first asked for."""
    core: dict[str, Any] = {name: rows(connection, query) for name, query in CORE.items()}
    fingerprint = connection.execute("SELECT fingerprint FROM release").fetchall()[0][0]
    licence = contract.spec["licenses"][0]
    return core | {
        "coverage": coverage(core["coverage"]),
        "labels": labels(contract),
        "fields": {f.name: {"title": f.spec["title"], "type": f.type} for f in contract["expulsions"].fields.values()},
        "release": {"title": contract.spec["title"], "version": contract.version, "fingerprint": fingerprint},
        "about": {"description": contract.spec["description"], "licence": licence["title"], "licence_url": licence["path"]},
        "cite": citation(contract, fingerprint),
        "validation": summary(validation),
        "history": told,
    }


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


def render(connection: duckdb.DuckDBPyConnection, build: Path, contract: Contract, sources: Path = SOURCES) -> dict[str, bytes]:
    """Files of the site by path under build/: the tables from ``connection``, the reports and releases from ``build``."""
    results = build / "validation" / "results.json"
    validation = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    versions = releases(build / "releases")
    if versions:
        versions.append((f"after {versions[-1][0]}", _by_id(build / "expulsions.csv")))
    core = payload(connection, contract, validation, history(versions))
    evidence = {name: rows(connection, query) for name, query in EVIDENCE.items()}
    texts = {p.name: p.read_text(encoding="utf-8") for p in sorted(sources.iterdir()) if p.is_file()}
    book = codebook((build / "codebook.md").read_text(encoding="utf-8"))
    files = {"site/index.html": page(texts, core, evidence, book, contract.spec["title"]).encode()}
    report = build / "validation" / "index.html"
    if report.exists():
        files["site/validation.html"] = report.read_bytes()
    return files


def main() -> None:
    """Write build/site/."""
    with journal.command("site") as store:
        with duckdb.connect(str(store.build / "expulsions.duckdb"), read_only=True) as connection:
            files = render(connection, store.build, product())
        store.commit(files)
        store.told = f"build/site/index.html, {len(files['site/index.html']) / 1e6:.1f} MB"


if __name__ == "__main__":
    main()
