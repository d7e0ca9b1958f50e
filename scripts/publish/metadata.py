"""Metadata that archives and search engines read, out of the descriptor and the tables: ``make metadata``.

Zenodo (.zenodo.json), DataCite 4, schema.org, DCAT, Croissant and RO-Crate, each as a plain JSON object.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from scripts.package import citation
from scripts.package.contract import CROISSANT, Contract, Table, product
from scripts.package.manifest import Entry, entries
from scripts.package.store import command

Json = dict[str, Any]
# From the folder of the documents below to the files that they describe.
HERE = "../"
# The context that the Croissant 1.0 specification prescribes (appendix 1).
CROISSANT_TERMS = """
    citeAs column equivalentProperty extract field fileObject fileProperty fileSet format includes isLiveDataset jsonPath key md5
    parentField path recordSet references regex repeated replace samplingRate separator source subField transform
"""


def _licence(contract: Contract) -> str:
    return str(contract.spec["licenses"][0]["path"])


def _day(contract: Contract) -> str:
    return str(contract.spec["created"])[:10]


@dataclass(frozen=True)
class Coverage:
    """First and last day that the package covers, and the states that it tells of, by name."""

    first: str
    last: str
    places: list[str]

    @property
    def period(self) -> str:
        return f"{self.first}/{self.last}"


def coverage(csvs: Mapping[str, bytes]) -> Coverage:
    """The period of ``scope.csv``, and the states that are a side of a decision of ``expulsions.csv`` in scope."""
    scope, expulsions, actors = ([*csv.DictReader(io.StringIO(csvs[f"{name}.csv"].decode()))] for name in ("scope", "expulsions", "actors"))
    sides = {row[side] for row in expulsions if row["in_scope"] == "TRUE" for side in ("expeller", "target")}
    return Coverage(
        min(row["period_from"] for row in scope),
        max(row["period_until"] for row in scope),
        sorted(row["name"] for row in actors if row["kind"] == "state" and row["actor_id"] in sides),
    )


def zenodo(contract: Contract, covered: Coverage) -> Json:
    """``.zenodo.json`` (legacy deposit metadata of Zenodo's REST API). It names no DOI: Zenodo assigns it."""
    spec = contract.spec
    # Zenodo writes DataCite's relations with a small letter.
    named = [
        {"identifier": other.doi or other.identifier, "relation": other.relation[0].lower() + other.relation[1:]}
        for other in citation.related(contract)
    ]
    return ({"related_identifiers": named} if named else {}) | {
        "title": spec["title"],
        "upload_type": "dataset",
        "description": f"<p>{spec['description']}</p>",
        "version": contract.version,
        "publication_date": _day(contract),
        "access_right": "open",
        "license": spec["licenses"][0]["name"].lower(),
        "language": "eng",
        "keywords": spec["keywords"],
        "creators": [{"name": name} for name in citation.authors(contract)],
        "dates": [{"start": covered.first, "end": covered.last, "type": "Valid", "description": "Temporal coverage"}],
        "locations": [{"place": place} for place in covered.places],
    }


def datacite(contract: Contract, covered: Coverage, files: Iterable[Entry] = ()) -> Json:
    """DataCite Metadata Schema 4.5 as JSON."""
    spec, held, doi = contract.spec, list(files), citation.doi(contract)
    prefix, _, suffix = doi.partition("/")
    named = [
        {
            "relatedIdentifier": other.doi or other.identifier,
            "relatedIdentifierType": "DOI" if other.doi else "URL",
            "relationType": other.relation,
        }
        for other in citation.related(contract)
    ]
    return (
        ({"relatedIdentifiers": named} if named else {})
        | ({"doi": doi, "prefix": prefix, "suffix": suffix} if doi else {})
        | {
            "schemaVersion": "http://datacite.org/schema/kernel-4",
            "types": {"resourceTypeGeneral": "Dataset", "resourceType": "Event data"},
            "creators": [{"name": name, "nameType": "Organizational"} for name in citation.authors(contract)],
            "titles": [{"title": spec["title"]}],
            "publisher": {"name": citation.authors(contract)[0]},
            "publicationYear": _day(contract)[:4],
            "subjects": [{"subject": word} for word in spec["keywords"]],
            "dates": [
                {"date": _day(contract), "dateType": "Issued"},
                {"date": covered.period, "dateType": "Other", "dateInformation": "Temporal coverage"},
            ],
            "geoLocations": [{"geoLocationPlace": place} for place in covered.places],
            "language": "en",
            "version": contract.version,
            "rightsList": [
                {
                    "rights": spec["licenses"][0]["title"],
                    "rightsUri": _licence(contract),
                    "rightsIdentifier": spec["licenses"][0]["name"].lower(),
                    "rightsIdentifierScheme": "SPDX",
                    "schemeUri": "https://spdx.org/licenses/",
                }
            ],
            "descriptions": [{"description": spec["description"], "descriptionType": "Abstract"}],
            "formats": sorted({entry.media for entry in held}),
            "sizes": [f"{sum(entry.size for entry in held)} bytes"] if held else [],
        }
    )


def schema_org(contract: Contract, covered: Coverage, files: Iterable[Entry] = ()) -> Json:
    """A schema.org Dataset as JSON-LD, for the head of a page and for search engines."""
    spec, doi = contract.spec, citation.doi(contract)
    named = {"@id": citation.address(contract), "identifier": {"@type": "PropertyValue", "propertyID": "DOI", "value": doi}} if doi else {}
    return named | {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": spec["title"],
        "description": spec["description"],
        "version": contract.version,
        "datePublished": _day(contract),
        "license": _licence(contract),
        "isAccessibleForFree": True,
        "inLanguage": "en",
        "keywords": spec["keywords"],
        "creator": [{"@type": "Organization", "name": name} for name in citation.authors(contract)],
        "temporalCoverage": covered.period,
        "spatialCoverage": [{"@type": "Place", "name": place} for place in covered.places],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": field.name, "description": field.spec["description"]}
            for field in contract["expulsions"].fields.values()
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": entry.name,
                "contentUrl": HERE + entry.name,
                "encodingFormat": entry.media,
                "contentSize": f"{entry.size} B",
                "sha256": entry.sha256,
            }
            for entry in files
        ],
    }


def dcat(contract: Contract, covered: Coverage, files: Iterable[Entry] = ()) -> Json:
    """A DCAT 3 dataset with its distributions as JSON-LD."""
    spec, here = contract.spec, citation.address(contract) or HERE
    return ({"dct:identifier": citation.doi(contract)} if citation.doi(contract) else {}) | {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "skos": "http://www.w3.org/2004/02/skos/core#",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": here,
        "@type": "dcat:Dataset",
        "dct:title": {"@value": spec["title"], "@language": "en"},
        "dct:description": {"@value": spec["description"], "@language": "en"},
        "dct:issued": {"@value": _day(contract), "@type": "xsd:date"},
        "dct:language": {"@id": "http://id.loc.gov/vocabulary/iso639-1/en"},
        "dct:license": {"@id": _licence(contract)},
        "dct:creator": [{"@type": "foaf:Organization", "foaf:name": name} for name in citation.authors(contract)],
        "dct:publisher": {"@type": "foaf:Organization", "foaf:name": citation.authors(contract)[0]},
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": {"@value": covered.first, "@type": "xsd:date"},
            "dcat:endDate": {"@value": covered.last, "@type": "xsd:date"},
        },
        "dct:spatial": [{"@type": "dct:Location", "skos:prefLabel": {"@value": place, "@language": "en"}} for place in covered.places],
        "dcat:version": contract.version,
        "dcat:keyword": [{"@value": word, "@language": "en"} for word in spec["keywords"]],
        "dcat:distribution": [
            {
                "@id": HERE + entry.name,
                "@type": "dcat:Distribution",
                "dct:title": entry.name,
                "dct:license": {"@id": _licence(contract)},
                "dcat:accessURL": {"@id": here},
                "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{entry.media}"},
                "dcat:byteSize": {"@value": str(entry.size), "@type": "xsd:nonNegativeInteger"},
                "spdx:checksum": {
                    "@type": "spdx:Checksum",
                    "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
                    "spdx:checksumValue": {"@value": entry.sha256, "@type": "xsd:hexBinary"},
                },
            }
            for entry in files
        ],
    }


def croissant(contract: Contract, covered: Coverage, files: Iterable[Entry]) -> Json:
    """Croissant 1.0: a file and a record set a table. ``files`` holds the CSVs by the name that the contract gives."""
    held = {entry.name.removesuffix(".csv"): entry for entry in files if entry.name.endswith(".csv")}
    spec = contract.spec
    context: Json = {term: f"cr:{term}" for term in CROISSANT_TERMS.split()}
    context |= {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "conformsTo": "dct:conformsTo",
        "cr": "http://mlcommons.org/croissant/",
        "rai": "http://mlcommons.org/croissant/RAI/",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "dct": "http://purl.org/dc/terms/",
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "sc": "https://schema.org/",
    }
    return {
        "@context": dict(sorted(context.items())),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": spec["name"],
        "description": spec["description"],
        "url": citation.address(contract) or "./",
        "license": _licence(contract),
        "temporalCoverage": covered.period,
        "spatialCoverage": covered.places,
        "version": contract.version,
        "datePublished": _day(contract),
        "creator": [{"@type": "sc:Organization", "name": name} for name in citation.authors(contract)],
        "keywords": spec["keywords"],
        "citeAs": citation.bibtex(contract),
        "distribution": [
            {
                "@type": "cr:FileObject",
                "@id": held[name].name,
                "name": held[name].name,
                "description": table.spec["description"],
                "contentUrl": held[name].name,
                "contentSize": f"{held[name].size} B",
                "encodingFormat": "text/csv",
                "sha256": held[name].sha256,
            }
            for name, table in contract.tables.items()
        ],
        "recordSet": [_record_set(table, held[name].name) for name, table in contract.tables.items()],
    }


def _record_set(table: Table, file: str) -> Json:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.spec["description"],
        "key": [{"@id": f"{table.name}/{column}"} for column in table.primary_key],
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{table.name}/{field.name}",
                "name": field.name,
                "description": field.spec["description"],
                "dataType": CROISSANT[field.type],
                "source": {"fileObject": {"@id": file}, "extract": {"column": field.name}},
            }
            for field in table.fields.values()
        ],
    }


def ro_crate(contract: Contract, covered: Coverage, files: Iterable[Entry]) -> Json:
    """``ro-crate-metadata.json`` by RO-Crate 1.1, for a folder that holds ``files``."""
    spec, held = contract.spec, list(files)
    people = [{"@id": f"#author-{n}", "@type": "Organization", "name": name} for n, name in enumerate(citation.authors(contract), 1)]
    places = [{"@id": f"#place-{n}", "@type": "Place", "name": name} for n, name in enumerate(covered.places, 1)]
    named = {"identifier": citation.address(contract)} if citation.doi(contract) else {}
    titles = {table.name: table.spec["title"] for table in contract.tables.values()}
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
                "about": {"@id": "./"},
            },
            named
            | {
                "@id": "./",
                "@type": "Dataset",
                "name": spec["title"],
                "description": spec["description"],
                "version": contract.version,
                "datePublished": _day(contract),
                "license": {"@id": _licence(contract)},
                "keywords": ", ".join(spec["keywords"]),
                "temporalCoverage": covered.period,
                "spatialCoverage": [{"@id": place["@id"]} for place in places],
                "author": [{"@id": person["@id"]} for person in people],
                "publisher": {"@id": people[0]["@id"]},
                "hasPart": [{"@id": entry.name} for entry in held],
            },
            *people,
            *places,
            {"@id": _licence(contract), "@type": "CreativeWork", "name": spec["licenses"][0]["title"]},
            *(
                {
                    "@id": entry.name,
                    "@type": "File",
                    "name": titles.get(PurePosixPath(entry.name).stem, entry.name),
                    "encodingFormat": entry.media,
                    "contentSize": str(entry.size),
                    "sha256": entry.sha256,
                }
                for entry in held
            ),
        ],
    }


def as_bytes(content: Json) -> bytes:
    """JSON for a file."""
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def documents(contract: Contract, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """All metadata of a release that holds ``files``, by path there."""
    held, covered = entries(files), coverage(files)
    result = {
        "croissant.json": as_bytes(croissant(contract, covered, held)),
        "metadata/datacite.json": as_bytes(datacite(contract, covered, held)),
        "metadata/dcat.jsonld": as_bytes(dcat(contract, covered, held)),
        "metadata/schema-org.jsonld": as_bytes(schema_org(contract, covered, held)),
        "metadata/zenodo.json": as_bytes(zenodo(contract, covered)),
    }
    return result | {"ro-crate-metadata.json": as_bytes(ro_crate(contract, covered, entries({**files, **result})))}


def main() -> None:
    """Write .zenodo.json, which Zenodo reads at the root of a repository. The rest is written into each zip."""
    with command("metadata") as store:
        csvs = {path.name: path.read_bytes() for path in store.build.glob("*.csv")}
        store.commit({".zenodo.json": as_bytes(zenodo(product(), coverage(csvs)))})
        store.message = ".zenodo.json"


if __name__ == "__main__":
    main()
