"""``build/codebook.md``: what each column, value and view means, out of the descriptor and the view files."""

from scripts.package.contract import Contract, Field, Table, product
from scripts.package.store import command
from scripts.query import views

PREAMBLE = """\
# Codebook of Diplomatic Expulsions {version}

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


def codebook(contract: Contract) -> str:
    """The codebook as Markdown."""
    parts = [PREAMBLE.format(version=contract.version, description=contract.spec["description"])]
    parts += [_table(table) for table in contract.tables.values()]
    parts.append("# Views and macros of the database\n")
    for text in (text for name, text in views.public().items() if name not in contract.derived):
        grain, columns = views.header(text)
        rows = "".join(f"| `{name}` | {_cell(meaning)} |\n" for name, meaning in columns.items())
        parts.append(f"## {views.signature(text)}\n\n{grain}\n\n| Column | Meaning |\n|---|---|\n{rows}")
    return "\n".join(parts)


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
        store.commit({"build/codebook.md": codebook(product()).encode()})
        store.told = "build/codebook.md"


if __name__ == "__main__":
    main()
