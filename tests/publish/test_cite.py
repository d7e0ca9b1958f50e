"""Fingerprints and citations."""

import io
import random
import time
from collections.abc import Iterator
from multiprocessing import Pipe, active_children
from pathlib import Path
from types import SimpleNamespace

import duckdb
import polars as pl
import pytest

from scripts.package import citation, contract, fingerprint, store
from scripts.package.store import RefusedError
from scripts.publish import cite, formats

TRUTH = contract.product().truth


@pytest.fixture(scope="session")
def expulsions(product: dict[str, pl.DataFrame]) -> pl.DataFrame:
    return product["expulsions"]


def test_fingerprint_does_not_depend_on_order_format_or_type_of_container(
    product: dict[str, pl.DataFrame], built: Path, tmp_path: Path
) -> None:
    with duckdb.connect(str(built), read_only=True) as connection:
        for name, table in contract.product().compiled.items():
            frame = product[name]
            content = store.csv_bytes(frame)
            wanted = fingerprint.of_csv(content)
            header, *lines = content.decode().splitlines(keepends=True)
            random.Random(1).shuffle(lines)
            assert fingerprint.of_csv((header + "".join(lines)).encode()) == wanted
            assert fingerprint.of_frame(frame.reverse().select(reversed(frame.columns)), table, TRUTH) == wanted
            assert fingerprint.of_frame(connection.table(name).pl(), table, TRUTH) == wanted
            parquet = pl.read_parquet(io.BytesIO(store.parquet_bytes(frame)))
            assert fingerprint.of_frame(parquet, table, TRUTH) == wanted
            assert fingerprint.of_frame(formats.read(content, table), table, TRUTH) == wanted


def test_fingerprint_differs_for_one_cell(expulsions: pl.DataFrame) -> None:
    table = contract.product()["expulsions"]
    other = expulsions.with_columns(diplomats=pl.when(pl.int_range(pl.len()) == 0).then(99).otherwise(pl.col("diplomats")))
    assert fingerprint.of_frame(other, table, TRUTH) != fingerprint.of_frame(expulsions, table, TRUTH)


def test_fingerprint_is_that_of_sorted_lines_by_hand() -> None:
    # printf 'a,b\\n1,x\\n2,y\\n' | sha256sum
    assert fingerprint.of_csv(b"a,b\n2,y\n1,x\n") == "15920f3fb7c051cc15fceee84432e8803a139a9b53a4ea832c37bf1109e200cf"


def test_slice_has_the_fingerprint_of_its_rows(expulsions: pl.DataFrame, built: Path) -> None:
    table = contract.product()["expulsions"]
    count, digest = cite.selected("expeller='RUS' and announced_on>='2022-02-24'", contract.product(), built.parent)
    chosen = expulsions.filter((pl.col("expeller") == "RUS") & (pl.col("announced_on") >= pl.date(2022, 2, 24)))
    assert (count, digest) == (chosen.height, fingerprint.of_frame(chosen, table, TRUTH))


@pytest.fixture(scope="module")
def held(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables as a query meets them."""
    with cite.opened(contract.product(), built.parent) as connection:
        yield connection


@pytest.mark.parametrize(
    "query",
    [
        "true); DROP TABLE expulsions; --",
        "1=1; ATTACH 'x.db'",
        "note = (SELECT content FROM read_text('Makefile'))",
        "note IN (SELECT note FROM 'build/expulsions.csv')",
        "expulsion_id IN (FROM glob('*'))",
        "note = (SELECT content FROM read_text('https://localhost/'))",
        "expulsion_id IN (FROM query('COPY expulsions TO ''x.csv'' '))",
        "expulsion_id IN (SELECT expulsion_id FROM contract)",
        "(SELECT count(*) FROM duckdb_secrets()) = 0",
        "COPY expulsions TO 'x.csv'",
        "true) UNION ALL (FROM expulsions",
        "set_config('a')",
        "expeller = ?",
        "error('one' || chr(10) || 'two')",
        "nowhere = 1",
        "true, false",
        " ",
        "",
    ],
)
def test_a_query_selects_rows_and_does_nothing_else(query: str, held: duckdb.DuckDBPyConnection) -> None:
    """It reaches no file, host or variable of the program, and changes nothing; the reason is told in one line."""
    with pytest.raises(RefusedError, match="selects rows and does nothing else") as refused:
        cite.answer(held, query, contract.product())
    assert "\n" not in str(refused.value)


def test_what_outgrows_memory_is_not_spilled_into_files(held: duckdb.DuckDBPyConnection) -> None:
    names = ["temp_directory", "enable_external_access", "lock_configuration"]
    assert [held.execute(f"SELECT current_setting('{name}')").fetchall() for name in names] == [[("",)], [(False,)], [(True,)]]


@pytest.mark.parametrize("query", ["note = 'a\nb'", "note = '\udcff'", "note = '\x1b[2J'"])
def test_a_query_stands_in_one_line(query: str, built: Path) -> None:
    with pytest.raises(RefusedError, match="Write it in one line"):
        cite.selected(query, contract.product(), built.parent)


def test_a_query_that_selects_nothing_is_refused(built: Path) -> None:
    """A value misspelt selects nothing, and nothing would be cited."""
    with pytest.raises(RefusedError, match=r"selects no row of expulsions, so there is nothing to cite.*expeller='ruS'"):
        cite.selected("expeller='ruS'", contract.product(), built.parent)


def test_a_query_that_selects_other_rows_the_second_time_is_refused(built: Path) -> None:
    with pytest.raises(RefusedError, match="selects other rows when it is run again"):
        cite.selected("random() < 0.5", contract.product(), built.parent)


@pytest.mark.parametrize(
    ("query", "same"),
    [
        ("officials_best > 3 AND note IS NOT NULL", True),
        ("expeller IN (SELECT target FROM expulsions WHERE head_of_mission)", True),
        ("announced_on > current_date - 4000", False),
        ("announced_on <= now()", False),
        ("rowid < 5", False),
        ("expulsion_id IN (SELECT expulsion_id FROM expulsions LIMIT 5)", False),
    ],
)
def test_the_second_run_has_another_day_and_another_order(query: str, same: bool, held: duckdb.DuckDBPyConnection, built: Path) -> None:
    with cite.opened(contract.product(), built.parent, elsewhere=True) as connection:
        result = [cite.answer(place, query, contract.product()) for place in (held, connection)]
    assert (result[0] == result[1]) is same and result[0][0]


def test_a_query_that_runs_too_long_is_stopped(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside one function DuckDB heeds no interruption."""
    monkeypatch.setattr(cite, "SECONDS", 0.2)
    begun = time.monotonic()
    with pytest.raises(RefusedError, match=r"runs for more than 0\.2 seconds"):
        cite.selected("levenshtein(repeat('a', 300000) || note, repeat('b', 300000)) > 0", contract.product(), built.parent)
    assert time.monotonic() - begun < 10 and not active_children()


def test_a_query_whose_process_dies_is_refused(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = SimpleNamespace(start=lambda: None, kill=lambda: None, join=lambda: None, exitcode=-9)
    monkeypatch.setattr(cite, "get_context", lambda _: SimpleNamespace(Pipe=Pipe, Process=lambda **_: process))
    with pytest.raises(RefusedError, match="did not come to its end"):
        cite.selected("true", contract.product(), built.parent)


def test_citation_names_the_version_and_no_doi_until_there_is_one(built: Path) -> None:
    held = contract.product()
    text = cite.citation(held, built.parent, released=True)
    digest = fingerprint.of_folder(built.parent, held)
    assert f"(Version {held.version}) [Data set].\n" in text and citation.of_slice(held, "x", 1, "0").endswith(
        "[Data set]. Rows of expulsions where x (n = 1; sha256:0)."
    )
    assert text.count(digest) == 3
    assert "doi" not in citation.bibtex(held) and "doi" not in citation.cff(held, digest)
    for doi in ("10.5281/zenodo.1", "10.17605/osf.io/1"):
        named = contract.Contract(held.spec | {"id": f"https://doi.org/{doi}"}, held.tables)
        assert citation.apa(named).endswith(f"[Data set]. https://doi.org/{doi}")
        assert f"  doi     = {{{doi}}}" in citation.bibtex(named)
        assert citation.cff(named, digest).endswith(f"\ndoi: {doi}")


@pytest.mark.parametrize(("day", "month"), [("2026-02-03", "2"), ("2026-10-21", "10")])
def test_bibtex_gives_year_and_month_of_the_version(day: str, month: str) -> None:
    """Styles sort by them; a month has no leading zero there."""
    held = contract.product()
    entry = citation.bibtex(contract.Contract(held.spec | {"created": f"{day}T00:00:00Z"}, held.tables))
    assert f"  year    = {{2026}},\n  month   = {{{month}}},\n" in entry


def test_one_two_and_three_authors_are_joined_as_the_manual_says() -> None:
    held = contract.product()
    names = ["One Institute", "Another Institute", "A Third"]
    begins = ["One Institute. (", "One Institute, & Another Institute. (", "One Institute, Another Institute, & A Third. ("]
    for count, begin in enumerate(begins, 1):
        people = [{"title": name, "role": "author"} for name in names[:count]]
        assert citation.apa(contract.Contract(held.spec | {"contributors": people}, held.tables)).startswith(begin)


def test_two_authors_the_day_and_a_slice(built: Path, expulsions: pl.DataFrame) -> None:
    held = contract.product()
    people = [{"title": name, "role": "author"} for name in ("One Institute", "Another Institute")]
    both = contract.Contract(held.spec | {"contributors": [*people, {"title": "A library", "role": "publisher"}]}, held.tables)
    assert " Institute. (2026). Diplomatic Expulsions (Version " in citation.apa(both)
    assert "  author  = {{One Institute} and {Another Institute}}" in citation.bibtex(both)
    lines = citation.cff(both, "0" * 64).splitlines()
    assert [line for line in lines if "name" in line] == ['  - name: "One Institute"', '  - name: "Another Institute"']
    assert f"date-released: '{held.spec['created'][:10]}'" in lines and "identifiers:" in lines
    query = "expeller = 'RUS'"
    text = cite.citation(held, built.parent, released=False, query=query)
    count = expulsions.filter(expeller="RUS").height
    assert f"{count} of {expulsions.height} rows of expulsions where {query}" in text
    assert f"These tables are not release {held.version}" in text


def test_what_is_built_counts_as_the_release_only_if_its_content_is_the_same(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    version, digest = contract.product().version, "5" * 64
    monkeypatch.setattr(cite.snapshot, "versions", lambda: [version])
    monkeypatch.setattr(cite.snapshot, "release", lambda _: SimpleNamespace(record={"fingerprint": digest}))
    for of_build in (digest, "0" * 64, "f" * 64):
        monkeypatch.setattr(cite.fingerprint, "of_folder", lambda folder, contract, it=of_build: it)
        cite.main()
        assert ("These tables are not release" not in capsys.readouterr().out) is (of_build == digest)


def test_the_committed_entry_is_what_the_command_prints_and_nothing_more() -> None:
    """For the fingerprint that it bears itself: whether that is the tables' is asked when a release is made."""
    committed = (contract.ROOT / "CITATION.cff").read_text(encoding="utf-8")
    digest = committed.split("sha256:", 1)[1].split('"', 1)[0]
    assert committed == citation.cff(contract.product(), digest).rstrip("\n") + "\n"
