"""``make cite``: how to cite this version, or a slice of it (``make cite QUERY="expeller='RUS'"``), with a content fingerprint."""

import json
import os
from pathlib import Path

import duckdb

from scripts import database, fingerprint, history, journal
from scripts.contract import Contract, product
from scripts.formats import read
from scripts.history import RefusedError

# DataCite keeps this prefix for tests: no real DOI begins with it.
PLACEHOLDER = "10.5072/diplomatic-expulsions"
PLACEHOLDER_NOTE = "Placeholder for the concept DOI, which the archive assigns with the first deposit; 10.5072 is the prefix for tests."
EXAMPLE = "expeller='RUS' and announced_on>='2022-02-24'"


def doi(contract: Contract) -> str:
    """The concept DOI that the descriptor's ``id`` names as https://doi.org/…, or the placeholder."""
    return str(contract.spec.get("id", "")).removeprefix("https://doi.org/") or PLACEHOLDER


def authors(contract: Contract) -> list[str]:
    """Names of the descriptor's authors."""
    return [person["title"] for person in contract.spec["contributors"] if person.get("role", "author") == "author"]


def address(contract: Contract) -> str:
    """Where a citation points: the DOI's address, or a note in brackets while there is none."""
    return "[DOI not yet assigned]" if doi(contract) == PLACEHOLDER else f"https://doi.org/{doi(contract)}"


def apa(contract: Contract) -> str:
    """Reference in the style of the APA manual, 7th edition, for a data set."""
    names = authors(contract)
    who = names[0] if len(names) == 1 else ", ".join(names[:-1]) + ", & " + names[-1]
    spec = contract.spec
    return f"{who}. ({spec['created'][:4]}). {spec['title']} (Version {contract.version}) [Data set]. {address(contract)}"


def bibtex(contract: Contract, digest: str = "") -> str:
    """BibTeX entry; names in double braces so that a project is not taken for a person."""
    spec = contract.spec
    fields = {
        "author": " and ".join(f"{{{name}}}" for name in authors(contract)),
        "title": f"{{{spec['title']}}}",
        "year": spec["created"][:4],
        "month": spec["created"][5:7].lstrip("0"),
        "version": contract.version,
        "note": f"Data set, version {contract.version}" + (f", content fingerprint sha256:{digest}" if digest else ""),
    }
    if doi(contract) != PLACEHOLDER:
        fields["doi"] = doi(contract)
    body = ",\n".join(f"  {name:<8}= {{{value}}}" for name, value in fields.items())
    return f"@misc{{{spec['name'].replace('-', '_')}_{contract.version.replace('.', '_')},\n{body}\n}}"


def cff(contract: Contract, digest: str) -> str:
    """What CITATION.cff says of this version (Citation File Format 1.2.0)."""
    spec = contract.spec
    lines = ["cff-version: 1.2.0", 'message: "If you use this dataset, please cite the version that you used."', "type: dataset"]
    lines += [f"title: {json.dumps(spec['title'])}", "authors:"]
    lines += [f"  - name: {json.dumps(name, ensure_ascii=False)}" for name in authors(contract)]
    lines += [f"version: {contract.version}", f"date-released: '{spec['created'][:10]}'", f"license: {spec['licenses'][0]['name']}"]
    lines += ["identifiers:", "  - type: other", f'    value: "sha256:{digest}"', '    description: "Content fingerprint of the tables"']
    if doi(contract) != PLACEHOLDER:
        lines += [f"doi: {doi(contract)}"]
    return "\n".join(lines)


def selected(query: str, contract: Contract, folder: Path) -> tuple[int, str]:
    """Number and fingerprint of the rows of expulsions for which a condition holds.

    Raises RefusedError unless ``query`` is one condition on the tables: it is parsed as an expression, never as a statement, in a
    database in memory that can reach no file.
    """
    table = contract["expulsions"]
    with duckdb.connect() as connection:
        for other in contract.tables.values():
            connection.execute(f"CREATE TABLE {other.name} AS FROM {database.source(other, folder)}")
        connection.execute("SET enable_external_access = false")
        connection.execute("SET lock_configuration = true")
        try:
            condition = duckdb.SQLExpression(query)
            rows = connection.table("expulsions").filter(condition).pl()
        except duckdb.Error as error:
            told = str(error).splitlines()[0].rstrip(".")
            raise RefusedError(
                f'QUERY selects rows and does nothing else: write one condition on expulsions, as in "{EXAMPLE}" ({told}).'
            ) from error
    return rows.height, fingerprint.of_frame(rows, table)


def citation(contract: Contract, folder: Path, released: bool, query: str = "") -> str:
    """All that ``make cite`` prints. ``released``: whether the tables are those of a release."""
    digest = fingerprint.of_folder(folder, contract)
    parts = ["APA", apa(contract), "", "BibTeX", bibtex(contract, digest), "", "CITATION.cff", cff(contract, digest), ""]
    parts += ["Content fingerprint", f"sha256:{digest}"]
    if not released:
        parts.append(f"These tables are not release {contract.version}: make one, or cite them only together with the fingerprint.")
    if query:
        count, of_slice = selected(query, contract, folder)
        total = read((folder / "expulsions.csv").read_bytes(), contract["expulsions"]).height
        parts += ["", "Slice", f"{count} of {total} rows of expulsions where {query}", f"sha256:{of_slice}", ""]
        parts.append(f"{apa(contract)} Rows of expulsions where {query} (n = {count}; sha256:{of_slice}).")
    return "\n".join(parts)


def main() -> None:
    """Print the citation of the tables in build/; the environment variable CITE_QUERY may select rows."""
    query = os.environ.get("CITE_QUERY", "").strip()
    with history.refusals("cite"), journal.command("cite") as store:
        contract = product()
        known = contract.version in history.versions()
        released = known and history.release(contract.version).record["fingerprint"] == fingerprint.of_folder(store.build, contract)
        print(citation(contract, store.build, released, query))
        store.told = f"version {contract.version}"


if __name__ == "__main__":
    main()
