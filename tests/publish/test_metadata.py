"""Metadata for archives and search engines."""

import hashlib
import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import yaml

from scripts.package import citation, contract, manifest, store
from scripts.package.contract import ROOT, Contract
from scripts.package.store import Store
from scripts.publish import metadata

COVERED = metadata.Coverage("2014-01-01", "2026-10-31", ["France", "Russia"])
VALIDATORS = ROOT / ".validators" / "bin" / "python"


@pytest.fixture(scope="module")
def documents(product: dict[str, pl.DataFrame]) -> dict[str, bytes]:
    files = {f"{name}.csv": store.csv_bytes(frame) for name, frame in product.items()}
    files |= {f"{name}.csv": (ROOT / "build" / f"{name}.csv").read_bytes() for name in contract.product().derived}
    cff = citation.cff(contract.product(), "0" * 64) + "\n"
    files["CITATION.cff"] = cff.encode()
    return files | metadata.documents(contract.product(), files)


def _read(documents: dict[str, bytes], name: str) -> metadata.Json:
    return json.loads(documents[name])


def _built() -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (ROOT / "build").glob("*.csv")}


def test_zenodo_at_the_root_is_the_generated_one() -> None:
    path = ROOT / ".zenodo.json"
    assert path.read_bytes() == metadata.as_bytes(metadata.zenodo(contract.product(), metadata.coverage(_built()))), "run `make metadata`"


def test_make_metadata_writes_it_at_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts.package.store.Store", lambda: Store(tmp_path))
    (tmp_path / "build").mkdir()
    for name, content in _built().items():
        (tmp_path / "build" / name).write_bytes(content)
    metadata.main()
    assert (tmp_path / ".zenodo.json").read_bytes() == (ROOT / ".zenodo.json").read_bytes()


def test_every_document_names_version_licence_and_title(documents: dict[str, bytes]) -> None:
    held = contract.product()
    names = [name for name in documents if name.endswith(("json", "jsonld"))]
    assert len(names) == 6
    for name in names:
        text = documents[name].decode()
        assert f'"{held.version}"' in text, name
        assert held.spec["licenses"][0]["name"].lower() in text.lower() or held.spec["licenses"][0]["path"] in text, name


def test_what_the_data_have_to_do_with_is_named_as_soon_as_it_exists() -> None:
    """The repository by ``homepage``, an article by ``relatedIdentifiers``: nothing stands for them before."""
    held = contract.product()
    for output in (metadata.zenodo(held, COVERED), metadata.datacite(held, COVERED)):
        assert not [key for key in output if "related" in key]
    article = {"identifier": "https://doi.org/10.1000/x", "relation": "IsDocumentedBy"}
    named = Contract(held.spec | {"homepage": "https://example.org/de", "relatedIdentifiers": [article]}, held.tables)
    assert metadata.zenodo(named, COVERED)["related_identifiers"] == [
        {"identifier": "https://example.org/de", "relation": "isSupplementTo"},
        {"identifier": "10.1000/x", "relation": "isDocumentedBy"},
    ]
    assert metadata.datacite(named, COVERED)["relatedIdentifiers"] == [
        {"relatedIdentifier": "https://example.org/de", "relatedIdentifierType": "URL", "relationType": "IsSupplementTo"},
        {"relatedIdentifier": "10.1000/x", "relatedIdentifierType": "DOI", "relationType": "IsDocumentedBy"},
    ]
    message = yaml.safe_load(citation.cff(named, "0" * 64))
    assert [(one["type"], one["value"]) for one in message["identifiers"][1:]] == [("url", "https://example.org/de"), ("doi", "10.1000/x")]
    assert message["repository-code"] == "https://example.org/de"
    assert "repository-code" not in citation.cff(held, "0" * 64)


DOI = re.compile(r"\bdoi\b|10\.\d{4,}|placeholder|not yet", re.IGNORECASE)


def test_a_doi_is_printed_where_there_is_one_and_nothing_stands_for_it(
    product: dict[str, pl.DataFrame], documents: dict[str, bytes]
) -> None:
    """Not in the texts of the release either; the tables quote others."""
    message = {
        name: content.decode() for name, content in documents.items() if name != "ro-crate-metadata.json" and not name.endswith(".csv")
    }
    message |= {
        name: (ROOT / name).read_text(encoding="utf-8") for name in ("CITATION.cff", ".zenodo.json", "scripts/publish/README.zip.md")
    }
    held = contract.product()
    assert citation.doi(held) or {name: DOI.findall(text) for name, text in message.items() if DOI.search(text)} == {}
    named = Contract(held.spec | {"id": "https://doi.org/10.5281/zenodo.1"}, held.tables)
    files = {f"{name}.csv": store.csv_bytes(frame) for name, frame in product.items()}
    files |= {f"{name}.csv": b"" for name in held.derived}
    result = {name: json.loads(content) for name, content in metadata.documents(named, files).items()}
    address, doi = "https://doi.org/10.5281/zenodo.1", "10.5281/zenodo.1"
    assert [result["metadata/datacite.json"][key] for key in ("doi", "prefix", "suffix")] == [doi, "10.5281", "zenodo.1"]
    assert (result["metadata/schema-org.jsonld"]["@id"], result["metadata/schema-org.jsonld"]["identifier"]["value"]) == (address, doi)
    assert (result["metadata/dcat.jsonld"]["@id"], result["metadata/dcat.jsonld"]["dct:identifier"]) == (address, doi)
    assert result["croissant.json"]["url"] == result["ro-crate-metadata.json"]["@graph"][1]["identifier"] == address


SCOPE = b"period_from,period_until,expeller_scope,target_scope\n2022-01-01,2022-12-31,*,RUS\n2014-01-01,2021-12-31,*,RUS\n"
ACTORS = b"actor_id,name,kind\nRUS,Russia,state\nFRA,France,state\nEU,European Union,organisation\nUSA,United States,state\n"
DECISIONS = 'expeller,target,in_scope,note\nFRA,RUS,TRUE,"a\u2028b"\nRUS,EU,TRUE,\nUSA,FRA,FALSE,\n'.encode()


def test_coverage_is_that_of_the_scope_and_of_the_decisions_in_it() -> None:
    covered = metadata.coverage({"scope.csv": SCOPE, "actors.csv": ACTORS, "expulsions.csv": DECISIONS})
    assert covered == metadata.Coverage("2014-01-01", "2022-12-31", ["France", "Russia"])


def test_every_document_says_when_and_where(documents: dict[str, bytes]) -> None:
    covered = metadata.coverage(documents)
    assert covered.first >= "1946" and "Russia" in covered.places and len(covered.places) > 20
    zenodo = _read(documents, "metadata/zenodo.json")
    assert (zenodo["dates"][0]["start"], zenodo["dates"][0]["end"]) == (covered.first, covered.last)
    cite = _read(documents, "metadata/datacite.json")
    assert cite["dates"][1] == {"date": covered.period, "dateType": "Other", "dateInformation": "Temporal coverage"}
    dcat = _read(documents, "metadata/dcat.jsonld")
    assert [dcat["dct:temporal"][f"dcat:{end}Date"]["@value"] for end in ("start", "end")] == [covered.first, covered.last]
    page, croissant = _read(documents, "metadata/schema-org.jsonld"), _read(documents, "croissant.json")
    crate = {entity["@id"]: entity for entity in _read(documents, "ro-crate-metadata.json")["@graph"]}
    assert page["temporalCoverage"] == croissant["temporalCoverage"] == crate["./"]["temporalCoverage"] == covered.period
    assert covered.places == [place["place"] for place in zenodo["locations"]]
    assert covered.places == [place["geoLocationPlace"] for place in cite["geoLocations"]]
    assert covered.places == [place["skos:prefLabel"]["@value"] for place in dcat["dct:spatial"]]
    assert covered.places == [place["name"] for place in page["spatialCoverage"]] == croissant["spatialCoverage"]
    assert covered.places == [crate[place["@id"]]["name"] for place in crate["./"]["spatialCoverage"]]


def test_croissant_describes_every_column_of_every_table(documents: dict[str, bytes]) -> None:
    result = {(r["name"], f["name"]) for r in _read(documents, "croissant.json")["recordSet"] for f in r["field"]}
    assert result == {(t.name, c) for t in contract.product().tables.values() for c in t.columns}


def test_ro_crate_lists_every_file(documents: dict[str, bytes]) -> None:
    graph = {entity["@id"]: entity for entity in _read(documents, "ro-crate-metadata.json")["@graph"]}
    assert {part["@id"] for part in graph["./"]["hasPart"]} == set(documents) - {"ro-crate-metadata.json"}
    assert graph["expulsions.csv"]["encodingFormat"] == "text/csv"


def test_a_crate_names_tables_by_their_titles_and_ties_its_parts(documents: dict[str, bytes]) -> None:
    """Whatever the format, a table is called what it is; authors, publisher and licence are entities of the same graph."""
    held = contract.product()
    files = [manifest.Entry(name, 1, "0") for name in ("expulsions.csv", "stata/expulsions.dta", "README.md", "SHA256SUMS")]
    graph = {entity["@id"]: entity for entity in metadata.ro_crate(held, COVERED, files)["@graph"]}
    title = held["expulsions"].spec["title"]
    assert [graph[entry.name]["name"] for entry in files] == [title, title, "README.md", "SHA256SUMS"]
    root = graph["./"]
    assert [graph[author["@id"]]["name"] for author in root["author"]] == citation.authors(held)
    assert graph[root["publisher"]["@id"]]["name"] == citation.authors(held)[0]
    assert graph[root["license"]["@id"]]["name"] == held.spec["licenses"][0]["title"]
    assert graph["ro-crate-metadata.json"]["about"] == {"@id": root["@id"]}


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("expulsions.csv", "text/csv"),
        ("parquet/expulsions.parquet", "application/vnd.apache.parquet"),
        ("stata/expulsions.dta", "application/x-stata-dta"),
        ("metadata/dcat.jsonld", "application/ld+json"),
        ("a.b/datapackage.json", "application/json"),
        ("explorer/index.html", "text/html"),
        ("SHA256SUMS", "text/plain"),
    ],
)
def test_media_types_are_the_same_on_every_machine(name: str, media: str) -> None:
    assert manifest.Entry(name, 0, "").media == media


def test_sizes_sums_and_days_are_those_of_the_files(documents: dict[str, bytes]) -> None:
    """Each format tells of each file what it holds, and of the whole that it is free, when it was made and how large it is."""
    held = contract.product()
    day, files = held.spec["created"][:10], manifest.entries({"b.md": b"12345", "a.csv": b"123"})
    assert [(entry.name, entry.size) for entry in files] == [("a.csv", 3), ("b.md", 5)]
    cite = metadata.datacite(held, COVERED, files)
    assert (cite["sizes"], cite["formats"]) == (["8 bytes"], ["text/csv", "text/markdown"])
    assert (cite["publicationYear"], cite["dates"][0]) == (day[:4], {"date": day, "dateType": "Issued"})
    assert metadata.datacite(held, COVERED)["sizes"] == []
    result = metadata.schema_org(held, COVERED, files)
    assert result["isAccessibleForFree"] is True and result["datePublished"] == day
    assert [(d["name"], d["contentUrl"], d["contentSize"]) for d in result["distribution"]] == [
        ("a.csv", "../a.csv", "3 B"),
        ("b.md", "../b.md", "5 B"),
    ]
    listed = metadata.dcat(held, COVERED, files)["dcat:distribution"]
    assert [d["dcat:byteSize"]["@value"] for d in listed] == ["3", "5"]
    assert [d["spdx:checksum"]["spdx:checksumValue"]["@value"] for d in listed] == [entry.sha256 for entry in files]
    assert files[0].sha256 == hashlib.sha256(b"123").hexdigest()


def test_only_what_croissant_describes_is_in_its_list(documents: dict[str, bytes]) -> None:
    """A file a table, with the key of its rows; other files of a release do not take a table's place."""
    result = _read(documents, "croissant.json")
    assert [file["@id"] for file in result["distribution"]] == [f"{name}.csv" for name in contract.product().tables]
    for record_set, table in zip(result["recordSet"], contract.product().tables.values(), strict=True):
        assert record_set["key"] == [{"@id": f"{table.name}/{column}"} for column in table.primary_key]
        assert {field["source"]["fileObject"]["@id"] for field in record_set["field"]} == {f"{table.name}.csv"}


def _folder(documents: dict[str, bytes], folder: Path) -> Path:
    for name, content in documents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


def _validated(folder: Path) -> str:
    if not VALIDATORS.exists():
        pytest.skip("the official validators are not installed: run `make validate-metadata` once")
    done = subprocess.run([VALIDATORS, "-m", "validation.metadata", folder], cwd=ROOT, capture_output=True, text=True, check=False)
    assert bool(done.returncode) == bool(done.stderr.strip())
    return done.stderr


def test_official_validators_find_no_fault(documents: dict[str, bytes], tmp_path: Path) -> None:
    assert _validated(_folder(documents, tmp_path)).strip() == ""


def test_official_validators_see_faults(documents: dict[str, bytes], tmp_path: Path) -> None:
    def without(name: str, change: Callable[[metadata.Json], object]) -> bytes:
        content = _read(documents, name)
        change(content)
        return metadata.as_bytes(content)

    broken = {
        "metadata/datacite.json": without("metadata/datacite.json", lambda d: d.pop("creators")),
        "croissant.json": without("croissant.json", lambda d: d["recordSet"][0]["field"][0]["source"]["extract"].update(column="none")),
        "ro-crate-metadata.json": without("ro-crate-metadata.json", lambda d: d["@graph"][1].pop("license")),
        "metadata/dcat.jsonld": without("metadata/dcat.jsonld", lambda d: d.pop("dct:title")),
        "CITATION.cff": documents["CITATION.cff"].replace(b"title:", b"titel:"),
    }
    output = _validated(_folder({**documents, **broken}, tmp_path))
    for check in ("datacite", "croissant", "ro_crate", "dcat", "citation"):
        assert f"{check}: " in output, check
