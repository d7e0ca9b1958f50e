"""The generated metadata under the official validators, in the environment of requirements-release.lock.

DataCite by its JSON schema, Croissant by mlcroissant (which also yields the records), RO-Crate by roc-validator, the JSON-LD
documents by rdflib. It imports nothing of the project, since that environment has none of its libraries.
"""

import csv
import json
import math
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

DCAT = "http://www.w3.org/ns/dcat#"
TERMS = "http://purl.org/dc/terms/"


def datacite(folder: Path) -> str:
    """DataCite 4.5 by the schema that the package datacite ships."""
    from datacite import schema45

    schema45.validator.validate(json.loads((folder / "metadata" / "datacite.json").read_text(encoding="utf-8")))
    return "DataCite 4.5 schema"


def croissant(folder: Path) -> str:
    """Mlcroissant finds no fault, and yields of each table all rows with all cells."""
    import mlcroissant

    dataset = mlcroissant.Dataset(str(folder / "croissant.json"))
    count = 0
    for record_set in dataset.metadata.record_sets:
        with (folder / f"{record_set.name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        records = list(dataset.records(record_set.name)) if rows else []
        if [_as_read(_as_cells(record)) for record in records] != [_as_read(row) for row in rows]:
            raise ValueError(f"the records of {record_set.name} are not the rows of its CSV")
        count += len(records)
    return f"mlcroissant, {count} records as in the CSVs"


def _as_cells(record: dict[str, Any]) -> dict[str, str]:
    return {name.split("/", 1)[1]: _as_cell(value) for name, value in record.items()}


def _as_read(row: dict[str, str]) -> dict[str, str]:
    """Cells as mlcroissant can give them: pandas, which reads for it, takes NA (Namibia) for missing and 700 among gaps for 700.0."""
    return {name: "" if cell == "NA" else cell.removesuffix(".0") for name, cell in row.items()}


def _as_cell(value: Any) -> str:
    if value is None or (isinstance(value, float) and math.isnan(value)) or str(value) == "NaT":
        return ""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, bool) or type(value).__name__ == "bool":
        return str(bool(value)).upper()
    return value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else str(value)


def ro_crate(folder: Path) -> str:
    """RO-Crate 1.1 by roc-validator's profile: all that it requires.

    The validator fetches the context that the crate names. No package ships that of 1.1; the one of 1.3, which rocrate ships and
    which holds the same terms, stands in for it, so that the check needs no network.
    """
    import requests
    import rocrate
    from rdflib.plugins.shared.jsonld import context as jsonld
    from rocrate_validator import models, services

    known = json.loads((Path(rocrate.__file__).parent / "data" / "ro-crate.jsonld").read_text(encoding="utf-8"))

    def answered(session: Any, method: str, url: str, **_: Any) -> requests.Response:
        if not url.startswith("https://w3id.org/ro/crate/"):
            raise requests.ConnectionError(f"{url} is not asked for: the check uses no network")
        response = requests.Response()
        response.status_code, response.url = 200, url
        response.headers["Content-Type"] = "application/ld+json"
        response._content = json.dumps(known).encode()
        return response

    setattr(requests.Session, "request", answered)  # noqa: B010 - mypy lets no method be assigned
    jsonld.source_to_json = lambda *_, **__: (known, None)
    settings = services.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="ro-crate-1.1",
        requirement_severity=models.Severity.REQUIRED,
    )
    result = services.validate(settings)
    if result.has_issues():
        raise ValueError("; ".join(str(issue.message) for issue in result.get_issues()))
    return "RO-Crate 1.1, all that is required"


def citation(folder: Path) -> str:
    """CITATION.cff by the schema of the Citation File Format 1.2.0 that cffconvert ships."""
    from cffconvert import Citation

    if not (folder / "CITATION.cff").exists():
        raise ValueError("CITATION.cff is missing")
    Citation((folder / "CITATION.cff").read_text(encoding="utf-8")).validate()
    return "Citation File Format 1.2.0 schema"


def dcat(folder: Path) -> str:
    """The JSON-LD parses, and has what DCAT-AP makes mandatory of a dataset and of each distribution."""
    import rdflib

    graph = rdflib.Graph().parse(str(folder / "metadata" / "dcat.jsonld"), format="json-ld")
    wanted = {"Dataset": ["title", "description"], "Distribution": []}
    for kind, properties in wanted.items():
        subjects = list(graph.subjects(rdflib.RDF.type, rdflib.URIRef(DCAT + kind)))
        if not subjects or any((s, rdflib.URIRef(TERMS + p), None) not in graph for s in subjects for p in properties):
            raise ValueError(f"a dcat:{kind} lacks one of {properties}")
        if kind == "Distribution" and any((s, rdflib.URIRef(DCAT + "accessURL"), None) not in graph for s in subjects):
            raise ValueError("a dcat:Distribution lacks its accessURL")
    return f"DCAT, {len(graph)} triples"


# Last the one that cuts off the network.
CHECKS: list[Callable[[Path], str]] = [datacite, croissant, dcat, citation, ro_crate]


def faults(folder: Path) -> list[str]:
    """What the validators object to, a line each; what holds is printed."""
    results = []
    for check in CHECKS:
        try:
            print(f"{check.__name__}: {check(folder)}")
        # Each validator raises its own kinds.
        except Exception as error:
            results.append(f"{check.__name__}: {' '.join(str(error).split())[:2000]}")
    return results


def main(place: Path) -> int:
    """Unpack the newest zip of a folder, or take a folder as it is, and check it; the number of faults."""
    zips = sorted(place.glob("*.zip"), key=lambda path: path.stat().st_mtime)
    with tempfile.TemporaryDirectory() as unpacked:
        if zips:
            zipfile.ZipFile(zips[-1]).extractall(unpacked)
        results = faults(Path(unpacked) if zips else place)
    print("\n".join(results), file=sys.stderr)
    return len(results)


if __name__ == "__main__":
    raise SystemExit(min(main(Path(sys.argv[1])), 1))
