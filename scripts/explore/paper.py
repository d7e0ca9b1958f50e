"""``make paper``: build/data-note.pdf, a description of the data as a journal prints it, out of the database and ``paper/`` beside this file.

The same bytes for the same tables: the compiler and its fonts are those of the lock, figures are drawn by the code of ``make figures``.
"""

import json
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from scripts.explore import figures
from scripts.package import citation
from scripts.package.contract import ROOT, Contract, product
from scripts.package.store import RefusedError, command
from scripts.query import cookbook, database

SOURCES = ROOT / "scripts" / "explore" / "paper"
NAME = "data-note.pdf"
# Rows that a table of the note shows, of those that have most.
SHOWN = 15
EXAMPLES = ("in what range?", "2018 against 2022?")

# Single numbers, each a column of one row.
NUMBERS = {
    "decisions": "SELECT count(*) FROM expulsions WHERE status <> 'retracted'",
    "counting": "SELECT count(*) FROM expulsions WHERE counts",
    "dyads": "SELECT count(*) FROM dyads",
    "articles": "SELECT count(*) FROM articles",
    "languages": "SELECT count(DISTINCT language) FROM articles",
    "statements": "SELECT count(*) FROM statements",
    "searches": "SELECT count(*) FROM searches",
    "claims": "SELECT count(*) FROM claims",
    "per_decision_median": "SELECT median(n_articles)::INTEGER FROM expulsions WHERE counts",
    "single_source": "SELECT count(*) FROM expulsions WHERE counts AND status = 'single_source'",
    "disputed": "SELECT count(*) FROM expulsions WHERE counts AND status = 'disputed'",
    "unknown": "SELECT count(*) FROM expulsion_dyads WHERE counts AND unknown",
    "lists": "SELECT count(*) FROM list_agreement",
    "list_lines": "SELECT coalesce(sum(lines), 0)::INTEGER FROM list_agreement",
    "list_equal": "SELECT coalesce(sum(equal), 0)::INTEGER FROM list_agreement",
    "list_within": 'SELECT coalesce(sum("within"), 0)::INTEGER FROM list_agreement',
    "list_explained": "SELECT coalesce(sum(explained), 0)::INTEGER FROM list_agreement",
    "list_unexplained": "SELECT coalesce(sum(unexplained), 0)::INTEGER FROM list_agreement",
    "totals": "SELECT count(*) FROM claim_checks WHERE kind = 'total' AND origin IS NULL",
    "totals_agree": "SELECT count(*) FROM claim_checks WHERE kind = 'total' AND origin IS NULL AND agrees",
    "totals_explained": "SELECT count(*) FROM claim_checks WHERE kind = 'total' AND origin IS NULL AND NOT agrees AND gap_reason IS NOT NULL",
    **{
        name: f"SELECT {column} FROM capture_recapture WHERE region = '*' AND estimate IS NOT NULL ORDER BY n_found DESC, from_year LIMIT 1"
        for name, column in {
            "recaptured": "n_found",
            "recaptured_both": "n_both",
            "chapman": "round(estimate)::INTEGER",
            "chapman_low": "round(estimate_low)::INTEGER",
            "chapman_high": "round(estimate_high)::INTEGER",
        }.items()
    },
}
PERIOD = "year({0}) // 5 * 5"
# Rows of tables, in the order of the columns that the note shows.
TABLES = {
    "measures": """
        SELECT measure, count(*), coalesce(sum(officials_best), 0)::INTEGER, count(*) FILTER (unknown) FROM expulsion_dyads
        WHERE counts GROUP BY measure ORDER BY 2 DESC, 1""",
    "basis": """
        SELECT best_basis, count(*), sum(officials_best)::INTEGER FROM expulsions
        WHERE counts GROUP BY best_basis ORDER BY best_basis IS NULL, 2 DESC, 1""",
    "scope": "SELECT period_from, period_until, expeller_scope, target_scope FROM scope ORDER BY ALL",
    "periods": """
        WITH decisions AS (
            SELECT year(announced_on) // 5 * 5 AS period, count(*) AS n, coalesce(sum(officials_best), 0)::INTEGER AS known,
                count(*) FILTER (unknown) AS n_unknown
            FROM expulsion_dyads WHERE counts AND in_scope GROUP BY period
        ),
        sought AS (SELECT year // 5 * 5 AS period, count(*) AS n FROM effort_by_year WHERE effort = 'both_sides' GROUP BY period),
        looked AS (
            SELECT d.period, count(*) AS n FROM decisions AS d
            JOIN searches AS s ON d.period <= year(s.period_until) AND d.period + 4 >= year(s.period_from) GROUP BY d.period
        )
        SELECT d.period || '–' || d.period + 4, d.n, d.known, d.n_unknown, coalesce(l.n, 0), coalesce(s.n, 0)
        FROM decisions AS d LEFT JOIN looked AS l USING (period) LEFT JOIN sought AS s USING (period) ORDER BY d.period""",
    "regions": """
        WITH sought AS (
            SELECT coalesce(a.un_region, 'Organisations') AS region, count(*) AS n FROM effort_by_year AS e
            JOIN actors AS a ON a.actor_id = e.expeller WHERE e.effort = 'both_sides' GROUP BY region
        )
        SELECT coalesce(a.un_region, 'Organisations') AS region, count(*), coalesce(sum(d.officials_best), 0)::INTEGER,
            count(DISTINCT d.expeller), coalesce(any_value(s.n), 0)
        FROM expulsion_dyads AS d JOIN actors AS a ON a.actor_id = d.expeller
        LEFT JOIN sought AS s ON s.region = coalesce(a.un_region, 'Organisations')
        WHERE d.counts AND d.in_scope GROUP BY ALL ORDER BY 2 DESC, 1""",
    "reliability": f"""
        SELECT variable, count(*), sum(n_units)::INTEGER, printf('%.2f', sum(agreement * n_units) / sum(n_units)),
            CASE WHEN count(alpha) > 0
                THEN replace(printf('%.2f to %.2f', round(min(alpha), 2) + 0, round(max(alpha), 2) + 0), '-', '−') END
        FROM reliability WHERE region = '*' AND period = '*' AND n_units > 0 GROUP BY variable ORDER BY 3 DESC, 1 LIMIT {SHOWN}""",
    "lists": f"""
        SELECT as_of, claimed_by, lines, equal, "within", explained, unexplained FROM list_agreement
        ORDER BY lines DESC, as_of, claim_id LIMIT {SHOWN}""",
    "sensitivity": "SELECT choice, officials_known FROM sensitivity ORDER BY officials_known DESC, choice",
}
REASONS = """
    SELECT gap_reason FROM claim_checks WHERE kind = 'total' AND origin IS NULL AND NOT agrees AND gap_reason IS NOT NULL
    GROUP BY gap_reason ORDER BY count(*) DESC, gap_reason LIMIT 3"""
YEARS = """
    SELECT year(announced_on), count(*), coalesce(sum(officials_best), 0)::INTEGER FROM expulsion_dyads
    WHERE counts AND in_scope GROUP BY 1 ORDER BY 1"""


def facts(connection: duckdb.DuckDBPyConnection, contract: Contract) -> dict[str, Any]:
    """All that the note says and does not say in words: numbers, rows of tables, the codebook, the citation."""
    spec, fields = contract.spec, contract["expulsions"].fields
    day = datetime.fromisoformat(spec["created"].replace("Z", "+00:00"))
    rows = {name: [_cells(row) for row in connection.execute(query).fetchall()] for name, query in TABLES.items()}
    for name, field in (("measures", "measure"), ("basis", "best_basis")):
        rows[name] = [[fields[field].labels.get(row[0], "no published figure"), *row[1:]] for row in rows[name]]
    span = connection.execute("SELECT min(year(announced_on)), max(year(announced_on)) FROM expulsions WHERE counts").fetchall()[0]
    fingerprint = connection.execute("SELECT fingerprint FROM release").fetchall()[0][0]
    claims = figures.first_published(connection.execute(figures.CLAIMS, figures.INVASION).fetchall())
    return rows | {
        "title": spec["title"],
        "version": contract.version,
        "authors": citation.authors(contract),
        "keywords": spec["keywords"],
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "doi": citation.doi(contract),
        "apa": citation.apa(contract),
        "licence": spec["licenses"][0]["title"],
        "fingerprint": fingerprint,
        "first": str(span[0]),
        "last": str(span[1]),
        "numbers": {name: _number(connection, query) for name, query in NUMBERS.items()},
        "claims": [_claim(claim) for claim in claims if claim[2] in figures.NAMED][:SHOWN],
        "reasons": [contract["claims"].fields["gap_reason"].labels[reason] for (reason,) in connection.execute(REASONS).fetchall()],
        "recipes": _recipes(connection, contract),
        "codebook": [
            {
                "name": table.name,
                "description": table.spec["description"],
                "columns": [
                    {
                        "name": field.name,
                        "type": field.type + (" •" if field.required else ""),
                        "meaning": field.spec["description"],
                        "codes": list(field.labels.items()),
                    }
                    for field in table.fields.values()
                ],
            }
            for table in contract.tables.values()
        ],
    }


def _number(connection: duckdb.DuckDBPyConnection, query: str) -> Any:
    result = connection.execute(query).fetchone()
    return result[0] if result else None


def _cells(row: tuple[Any, ...]) -> list[Any]:
    return [value.isoformat() if isinstance(value, date) else value for value in row]


def _claim(claim: tuple[Any, ...]) -> list[Any]:
    as_of, figure, claimed_by, qualifier, known, n_unknown, difference = claim[:7]
    return [
        as_of.isoformat(),
        claimed_by,
        f"{figures.QUALIFIER[qualifier]}{figure}",
        known,
        n_unknown,
        f"{difference:+d}".replace("-", "−"),
    ]


def _recipes(connection: duckdb.DuckDBPyConnection, contract: Contract) -> list[dict[str, Any]]:
    """Two questions of the cookbook with their queries and answers."""
    result = []
    for recipe in cookbook.recipes(cookbook.PAGE.read_text(encoding="utf-8")):
        if recipe.question.endswith(EXAMPLES):
            cursor = connection.execute(recipe.code["sql"])
            head = [column[0] for column in cursor.description or []]
            rows = [[str(v) if name == "year" else v for name, v in zip(head, _cells(row), strict=True)] for row in cursor.fetchall()]
            result.append({"question": recipe.question, "sql": recipe.code["sql"].strip(), "head": head, "rows": rows})
    return result


def typeset(facts: dict[str, Any], drawn: dict[str, bytes], sources: Path = SOURCES) -> bytes:
    """The note as PDF/A, the same bytes for the same facts and figures. Raises RefusedError where Typst is missing or finds a fault."""
    try:
        import typst
    except ImportError as error:
        raise RefusedError("The compiler of the note is not installed. Run `make paper`, which installs it.") from error
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for path in sources.iterdir():
            (folder / path.name).write_bytes(path.read_bytes())
        for name, content in drawn.items():
            (folder / name).write_bytes(content)
        (folder / "facts.json").write_text(json.dumps(facts, ensure_ascii=False), encoding="utf-8")
        day = datetime(facts["year"], facts["month"], facts["day"], tzinfo=UTC)
        try:
            content = typst.compile(folder / "note.typ", root=folder, ignore_system_fonts=True, pdf_standards="a-2a", timestamp=day)
        except typst.TypstError as error:
            raise RefusedError(f"The note cannot be typeset ({error.message.splitlines()[0]}). Correct scripts/explore/paper.") from error
    return bytes(content)


def drawn(connection: duckdb.DuckDBPyConnection) -> dict[str, bytes]:
    """The figures of the note, their texts as outlines: the note's fonts are others."""
    days = connection.execute(figures.DAYS).fetchall()
    claims = figures.first_published(connection.execute(figures.CLAIMS, figures.INVASION).fetchall())
    n_open = connection.execute(figures.OPEN).fetchall()[0][0]
    result = {"years.svg": figures.years(connection.execute(YEARS).fetchall())}
    return result | {"officials.svg": figures.curve(days, claims, n_open, outlined=True)["svg"]}


def main() -> None:
    """Write the note."""
    with command("paper") as store:
        contract = product()
        with database.opened(store.build, contract) as connection:
            content = typeset(facts(connection, contract), drawn(connection))
        store.commit({f"build/{NAME}": content})
        store.message = f"build/{NAME}, {len(content)} bytes"


if __name__ == "__main__":
    main()
