"""``build/codebook.md``: what each column, value and view means, and how far the rows can be trusted."""

from typing import Any

import duckdb

from scripts.package.contract import Contract, Field, Table, product
from scripts.package.store import command
from scripts.query import database, views

# A share of states and years below which little was looked for.
THIN = 0.5
PREAMBLE = """
{description}

Codings are automated readings of published pages under one protocol (raw/README.md), by coders c1 and c2. Where
`reliability` gives an agreement, it is that of independent automated readings: it tells how reproducible the protocol
is, not whether human experts would agree.

An empty cell means that nothing was published or found; zero is never missing and missing is never zero.

| Here | Vienna Convention | Literature on sanctions |
|---|---|---|
| expeller | receiving state | sender |
| target | sending state | target |
"""


EFFORT = "SELECT coalesce(region, 'no region'), * EXCLUDE (region) FROM regional_effort ORDER BY region NULLS LAST, from_year"
LISTS = "SELECT count(*), sum(lines), sum(equal), sum(within), sum(explained), sum(unexplained) FROM list_agreement"
TRUST = """\
# How decisions were looked for, by region and five years

Sought is the share of states and years in scope that sweeps looked for by name on both sides; below a half a period is called thin. What is
missed is Chapman's estimate out of two lists made blind to each other, a lower bound of what the archive could show (`regional_effort`).

{effort}
# Lists that people made

{n} published lists count decisions state by state, in {lines} lines: {equal} have our number, {within} hold by their qualifier or our range,
{explained} differ for a stated reason, {unexplained} for none that is known (`list_agreement`).
"""


def title(contract: Contract) -> str:
    """Its first line."""
    return f"# Codebook of Diplomatic Expulsions {contract.version}\n"


def codebook(contract: Contract, connection: duckdb.DuckDBPyConnection) -> str:
    """The codebook as Markdown; ``connection`` is to the database."""
    parts = [title(contract) + PREAMBLE.format(description=contract.spec["description"])]
    parts += [_table(table) for table in contract.tables.values()]
    parts.append("# Views and macros of the database\n")
    for text in (text for name, text in views.public().items() if name not in contract.derived):
        grain, columns = views.header(text)
        rows = "".join(f"| `{name}` | {_cell(meaning)} |\n" for name, meaning in columns.items())
        parts.append(f"## {views.signature(text)}\n\n{grain}\n\n| Column | Meaning |\n|---|---|\n{rows}")
    names = ("n", "lines", "equal", "within", "explained", "unexplained")
    lists = dict(zip(names, connection.execute(LISTS).fetchall()[0], strict=True))
    parts.append(TRUST.format(effort=_effort(connection.execute(EFFORT).fetchall()), **lists))
    return "\n".join(parts)


def _effort(rows: list[tuple[Any, ...]]) -> str:
    """The rows of ``EFFORT`` as a table, shares in per cent."""
    columns = ["Region of the expeller", "Years", "Sweeps", "Sought", "Decisions", "Two publishers", "Official word", "Listed by quarrels"]
    columns += ["Found by the sweep too", "Missed at least (95 % interval)"]
    lines = [columns, ["---", "---", *["--:"] * 8]]
    for region, year, sweeps, sought, n, two, official, listed, recall, *missed in rows:
        years = f"{year}–{year + 4}" + (", thin" if (sought or 0) < THIN else "")
        least = "" if missed[0] is None else f"{missed[0]:g} ({missed[1]:g} to {missed[2]:g})"
        lines.append([region, years, sweeps, _share(sought), n, _share(two), _share(official), listed, _share(recall), least])
    return "".join(f"| {' | '.join(map(str, cells))} |\n" for cells in lines)


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.0%}"


def _table(table: Table) -> str:
    rows = "".join(_row(field) for field in table.fields.values())
    keys = ", ".join(f"`{c}`" for c in table.primary_key)
    links = "".join(f"\n`{column}` refers to `{other}.{target}`." for column, other, target in table.foreign_keys)
    head = "| Column | Type | Label | Meaning | Example |\n|---|---|---|---|---|\n"
    return f"## {table.name}\n\n{table.spec['description']} Key: {keys}.{links}\n\n{head}{rows}"


def _row(field: Field) -> str:
    meaning = field.spec["description"]
    if field.enum:
        meaning += " Values: " + "; ".join(f"`{v}`" + (f" {label}" if label != v else "") for v, label in field.labels.items()) + "."
    kind = field.type + (", required" if field.required else "")
    example = field.spec.get("example", "")
    shown = str(example).lower() if isinstance(example, bool) else example
    return f"| `{field.name}` | {kind} | {_cell(field.spec['title'])} | {_cell(meaning)} | {_cell(str(shown))} |\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def main() -> None:
    """Write the codebook."""
    with command("codebook") as store:
        contract = product()
        with database.opened(store.build, contract) as connection:
            written = codebook(contract, connection)
        store.commit({"build/codebook.md": written.encode()})
        store.message = "build/codebook.md"


if __name__ == "__main__":
    main()
