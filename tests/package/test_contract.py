"""One place for each truth: the descriptors, and what has to agree with them."""

import re
import tomllib
from pathlib import Path

import duckdb
import pytest

from scripts.package import contract
from scripts.package.contract import ROOT
from scripts.query import codebook, views
from validation import run

PRODUCT, RAW = contract.product(), contract.raw()
FIELDS = [(table.name, field) for table in PRODUCT.tables.values() for field in table.fields.values()]


@pytest.mark.parametrize("path", ["datapackage.json", "raw/datapackage.json"])
def test_descriptor_is_valid(path: str) -> None:
    from frictionless import Package

    assert Package(str(ROOT / path)).to_descriptor()


@pytest.mark.parametrize("table", PRODUCT.tables)
def test_every_field_is_told(table: str) -> None:
    for name, field in PRODUCT[table].fields.items():
        assert {"title", "description", "example"} <= set(field.spec) or field.enum, name
        if field.enum and "example" in field.spec:
            assert field.spec["example"] in field.enum, name
        if "pattern" in field.constraints and "example" in field.spec:
            assert re.fullmatch(field.constraints["pattern"], field.spec["example"]), name


def test_columns_of_one_name_have_one_enum() -> None:
    seen: dict[str, list[str]] = {}
    for table, field in FIELDS:
        if field.enum and field.name not in ("kind", "qualifier", "relation"):
            assert seen.setdefault(field.name, field.enum) == field.enum, f"{table}.{field.name}"


def test_raw_fields_are_known_or_told() -> None:
    for table in RAW.tables.values():
        for field in table.fields.values():
            assert {"title", "description"} <= set(field.spec), f"{table.name}.{field.name}"


def test_every_enum_value_of_the_grounds_has_its_column() -> None:
    listed = RAW["statements"].fields["grounds"].spec["list"]
    for table in ("statements", "expulsions"):
        assert [c.removeprefix("ground_") for c in PRODUCT[table].columns if c.startswith("ground_")] == listed


def test_r_reads_the_profiles() -> None:
    for table in PRODUCT.tables.values():
        assert table.spec["profile"] == "tabular-data-resource"
        assert table.spec["schema"]["missingValues"] == [""]


def test_versions_agree() -> None:
    version = PRODUCT.version
    assert tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"] == version
    assert f"\nversion: {version}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert f"## {version}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_lock_has_hashes_and_no_addresses() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "--hash=sha256:" in text
    assert not re.search(r"https?://|--index|--find-links|file:", text)


def test_every_view_and_rule_is_used_or_public() -> None:
    """A rule is run by its folder; a view is documented, so nothing lies unused."""
    book = (ROOT / "build" / "codebook.md").read_text(encoding="utf-8")
    for path in sorted((ROOT / "scripts" / "query" / "views").glob("*.sql")):
        assert f"## {path.stem}" in book


def test_no_sentence_of_a_source_and_no_place_of_work() -> None:
    for path in [*ROOT.glob("*.md"), *(ROOT / "raw").glob("*.csv"), *(ROOT / "scripts").rglob("*.py")]:
        text = Path(path).read_text(encoding="utf-8")
        assert "Draghi told reporters" not in text
        assert "/" + "work/" not in text and "/" + "tmp/" not in text, path


def test_codebook_is_what_the_descriptor_says(connection: duckdb.DuckDBPyConnection) -> None:
    assert codebook.codebook(contract.product(), connection) == (ROOT / "build" / "codebook.md").read_text(encoding="utf-8"), (
        "run `make build`"
    )


@pytest.mark.parametrize("name", [".#dyad_years.sql", "._dyad_years.sql"])
def test_hidden_files_beside_views_and_rules_are_no_views_and_rules(tmp_path: Path, name: str) -> None:
    """Locks of Emacs are links to nowhere, and the Finder's companions no text."""
    (tmp_path / "one.sql").write_text("SELECT 1 AS n")
    (tmp_path / name).symlink_to("someone@somewhere.1")
    assert [path.name for path in views.views_in_order(tmp_path)] == ["one.sql"]
    with duckdb.connect() as connection:
        assert list(run.violations(connection, tmp_path)) == ["one"]
