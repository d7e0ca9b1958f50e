"""The files of a release and their zip, out of two small tables; and what proves such a zip."""

import hashlib
import io
import json
import random
import tracemalloc
import zipfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import duckdb
import polars as pl
import pytest

from scripts.package import contract, fingerprint, manifest, snapshot
from scripts.package.contract import ROOT, Contract, Table
from scripts.package.snapshot import Snapshot
from scripts.package.store import RefusedError, Store
from scripts.publish import archive, formats, release, verify

NAMES = ["expulsions", "dyad_years", "actors", "scope", "retired"]


@pytest.fixture(scope="module")
def small() -> Contract:
    """The real descriptor with a few of its tables, as version 7.8.9."""
    spec = contract.product().spec | {"version": "7.8.9"}
    spec["resources"] = [r for r in spec["resources"] if r["name"] in NAMES]
    return Contract(spec, {r["name"]: Table(r, r["path"]) for r in spec["resources"]})


@pytest.fixture(scope="module")
def tables_of() -> dict[str, bytes]:
    """Their CSVs: three rows of expulsions, none of retired."""
    lines = {name: (ROOT / "build" / f"{name}.csv").read_bytes().splitlines(keepends=True) for name in NAMES}
    held = {"expulsions": 4, "retired": 1, "dyad_years": 4}
    return {f"{name}.csv": b"".join(lines[name][: held.get(name)]) for name in NAMES}


@pytest.fixture(scope="module")
def rows(small: Contract, tables_of: dict[str, bytes]) -> pl.DataFrame:
    """What the database gives of the panel."""
    return formats.read(tables_of["dyad_years.csv"], small["dyad_years"])


@pytest.fixture
def root(tmp_path: Path, small: Contract, tables_of: dict[str, bytes]) -> Path:
    """A checkout with built tables, a database of them, texts and an explorer."""
    build = tmp_path / "build"
    (build / "site" / "parts").mkdir(parents=True)
    for name, content in tables_of.items():
        (build / name).write_bytes(content)
        (build / name).with_suffix(".parquet").write_bytes(b"parquet of " + name.encode())
    with duckdb.connect(str(build / "expulsions.duckdb")) as connection:
        for name in NAMES:
            connection.register("frame", formats.read(tables_of[f"{name}.csv"], small[name]).to_arrow())
            connection.execute(f"CREATE TABLE {name} AS FROM frame")
        digest = fingerprint.of_folder(build, small)
        connection.execute("CREATE TABLE release AS SELECT ? AS version, ? AS fingerprint", [small.version, digest])
        connection.execute("CREATE TABLE released_expulsions AS FROM expulsions LIMIT 0")
        connection.execute("CREATE MACRO promised(a, b, c, d) AS true")
        connection.execute("CREATE MACRO panel_years(a, b) AS TABLE FROM dyad_years WHERE year BETWEEN a AND b")
    (build / "site" / "index.html").write_bytes(b"<p>page")
    (build / "site" / "parts" / "more.html").write_bytes(b"<p>more")
    (build / "codebook.md").write_text("# Codebook of another version\n\nOne protocol (raw/README.md)\n")
    _texts(tmp_path)
    return tmp_path


def _texts(root: Path) -> None:
    """All but the last."""
    for here in [*archive.TEXTS][:-1]:
        (root / here).parent.mkdir(parents=True, exist_ok=True)
        (root / here).write_text(here)


@pytest.fixture
def files(small: Contract, rows: pl.DataFrame, root: Path) -> dict[str, bytes]:
    return archive.contents(small, rows, root)


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _summed(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files with a list of checksums that fits them."""
    kept = {name: content for name, content in files.items() if name != manifest.SUMS}
    return kept | {manifest.SUMS: manifest.checksums(kept)}


# --- package -------------------------------------------------------------------------------------------------------------


def test_a_release_holds_each_table_in_every_form_and_all_that_goes_along(files: dict[str, bytes], tables_of: dict[str, bytes]) -> None:
    """CSV, Parquet and Stata of each table and of the panel, a workbook, texts that are there, codebook, explorer, metadata, checksums."""
    described = {"datapackage.json", "codebook.md", "croissant.json", "ro-crate-metadata.json", "SHA256SUMS", "README.md", "CITATION.cff"}
    described |= {
        *[*archive.TEXTS.values()][:-1],
        "panel_years.csv.gz",
        "parquet/panel_years.parquet",
        "stata/panel_years.dta",
        "stata/panel.do",
    }
    formed = {f"{place}{name}.{end}" for name in NAMES for place, end in (("", "csv"), ("parquet/", "parquet"), ("stata/", "dta"))}
    metadata = {f"metadata/{name}" for name in ("datacite.json", "dcat.jsonld", "schema-org.jsonld", "zenodo.json")}
    explorer = {"explorer/index.html", "explorer/parts/more.html"}
    assert set(files) == described | formed | metadata | explorer | {"diplomatic-expulsions-7.8.9.xlsx"}
    assert {name: files[name] for name in tables_of} == tables_of
    assert files["parquet/retired.parquet"] == b"parquet of retired.csv" and files["explorer/parts/more.html"] == b"<p>more"
    listed = dict(reversed(line.split("  ")) for line in files["SHA256SUMS"].decode().splitlines())
    assert listed == {name: _sha(content) for name, content in files.items() if name != "SHA256SUMS"}


def test_the_descriptor_of_a_release_is_stamped_with_what_lies_beside_it(files: dict[str, bytes], small: Contract) -> None:
    """Path, hash, bytes, rows and content fingerprint of each table, by which anybody can check it; the rest is the contract."""
    spec = json.loads(files["datapackage.json"])
    digests = {name: fingerprint.of_csv(files[f"{name}.csv"]) for name in NAMES}
    assert spec["fingerprint"] == f"sha256:{fingerprint.of_tables(digests)}"
    for resource in spec["resources"]:
        content = files[resource["path"]]
        rows = len(content.splitlines()) - 1
        stamp = {"path": f"{resource['name']}.csv", "hash": f"sha256:{_sha(content)}", "bytes": len(content), "rows": rows}
        assert resource == small[resource["name"]].spec | stamp | {"fingerprint": f"sha256:{digests[resource['name']]}"}
    assert {key: value for key, value in spec.items() if key not in ("fingerprint", "resources")} == {
        key: value for key, value in small.spec.items() if key != "resources"
    }


def test_without_a_page_a_release_has_no_explorer(small: Contract, rows: pl.DataFrame, root: Path) -> None:
    (root / "build" / "site").rename(root / "elsewhere")
    assert not [name for name in archive.contents(small, rows, root) if name.startswith("explorer")]


def test_the_note_goes_along_where_it_was_made(small: Contract, rows: pl.DataFrame, root: Path, files: dict[str, bytes]) -> None:
    """Where it was not, the page that names it has no link to it."""
    assert "data-note.pdf" not in files and b"](data-note.pdf)" not in files["README.md"]
    (root / "build" / "data-note.pdf").write_bytes(b"%PDF")
    files = archive.contents(small, rows, root)
    assert files["data-note.pdf"] == b"%PDF" and b"[data-note.pdf](data-note.pdf)" in files["README.md"]


def test_an_environment_is_lent_only_with_all_its_locks(tmp_path: Path) -> None:
    root, clone = tmp_path / "root", tmp_path / "clone"
    (root / ".venv").mkdir(parents=True)
    (root / ".venv" / ".ready").touch()
    clone.mkdir()
    for folder in (root, clone):
        (folder / "requirements.lock").write_text("a==1\n")
    (clone / "paper.lock").write_text("b==1\n")
    verify._lend_environment(root, clone)
    assert not (clone / ".venv").exists()
    (root / "paper.lock").write_text("b==1\n")
    verify._lend_environment(root, clone)
    assert (clone / ".venv").is_symlink() and not (clone / "paper.lock").stat().st_mtime


def test_the_codebook_names_the_manual_that_lies_beside_it(small: Contract, rows: pl.DataFrame, root: Path) -> None:
    """On the page too."""
    (root / "build" / "site" / "index.html").write_text("<p>One protocol (raw/README.md)")
    files = archive.contents(small, rows, root)
    assert files["explorer/index.html"] == b"<p>One protocol (coding-manual.md)"
    assert (
        files["codebook.md"] == b"# Codebook of Diplomatic Expulsions 7.8.9\n\nOne protocol (coding-manual.md)\n"
        and "coding-manual.md" in files
    )


def test_links_to_what_is_not_in_the_zip_become_their_words() -> None:
    page = "[a](b.md), [c](../d.md#e), [f](https://g.org/h), [i](#j), x[k](l)"
    assert archive.unlinked(page, ["b.md"]) == "[a](b.md), c, [f](https://g.org/h), [i](#j), xk"


def _distributed(small: Contract, files: Mapping[str, bytes], root: Path) -> bytes:
    """Write dist/, and give the bytes of the zip."""
    content = formats.zipped(files)
    with Store(root).locked() as store:
        packed = {f"{archive.name(small)}.zip": content, "a.whl": b"wheel"}
        store.commit(archive.distributed(archive.name(small), packed, store.build))
    return content


def test_dist_holds_what_is_packed_with_checksums_and_the_database(small: Contract, root: Path, files: dict[str, bytes]) -> None:
    content = _distributed(small, files, root)
    stem = "diplomatic-expulsions-7.8.9"
    held = {path.name: path.read_bytes() for path in (root / "dist").iterdir()}
    assert held == {
        f"{stem}.zip": content,
        f"{stem}.zip.sha256": f"{_sha(content)}  {stem}.zip\n".encode(),
        "a.whl": b"wheel",
        "a.whl.sha256": f"{_sha(b'wheel')}  a.whl\n".encode(),
        f"{stem}.duckdb": (root / "build" / "expulsions.duckdb").read_bytes(),
    }
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == files
    assert _distributed(small, files, root) == content


def test_what_is_no_release_is_on_trial(small: Contract, rows: pl.DataFrame, root: Path, files: dict[str, bytes]) -> None:
    """In name and in every file that says its version; what has the bytes of the release, or is made to prove it, is that release."""
    trial, on_trial, why = archive.built(small, rows, root)
    assert (archive.name(trial), why) == ("diplomatic-expulsions-7.8.9.9000", "there is no release 7.8.9")
    assert json.loads(on_trial["datapackage.json"])["version"] == "7.8.9.9000"
    assert set(on_trial) ^ set(files) == {f"diplomatic-expulsions-{version}.xlsx" for version in ("7.8.9", "7.8.9.9000")}
    assert {name for name in set(on_trial) & set(files) if on_trial[name] == files[name]} >= {"expulsions.csv", "LICENSE.md"}
    assert not [n for n in ("croissant.json", "codebook.md", "README.md", "CITATION.cff") if b"7.8.9.9000" not in on_trial[n]]
    assert archive.built(small, rows, root, proved="7.8.9") == (small, files, "")
    assert archive.built(small, rows, root, proved="7.8.8")[0].version == "7.8.9.9000"
    _release(root, small, formats.zipped(files), files)
    assert archive.built(small, rows, root) == (small, files, "")
    (root / "LICENSE.md").write_text("Better said.")
    trial, _, why = archive.built(small, rows, root)
    assert trial.version == "7.8.9.9000" and why.startswith("it is not release 7.8.9: LICENSE.md has other bytes; ")


@pytest.mark.parametrize(("proved", "stem"), [("", "7.8.9.9000"), ("7.8.9", "7.8.9")])
def test_dist_bears_no_name_of_a_release_that_it_is_not(
    proved: str, stem: str, small: Contract, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(archive, "product", lambda: small)
    monkeypatch.setattr("scripts.package.store.Store", lambda: Store(root))
    monkeypatch.setattr(archive, "built", partial(archive.built, root=root))
    monkeypatch.setenv("PACKAGE_AS", proved)
    archive.main()
    own = {f"diplomatic-expulsions-{stem}.zip", f"diplomatic_expulsions-{stem}-py3-none-any.whl", f"diplomaticexpulsions_{stem}.tar.gz"}
    assert {path.name for path in (root / "dist").iterdir()} == (
        own | {f"{name}.sha256" for name in own} | {f"diplomatic-expulsions-{stem}.duckdb"}
    )
    assert ("on trial, since there is no release 7.8.9" in capsys.readouterr().out) is not proved


def test_no_database_of_other_tables_is_distributed(
    small: Contract, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An empty one lay in dist/ once."""
    monkeypatch.setattr(archive, "product", lambda: small)
    monkeypatch.setattr("scripts.package.store.Store", lambda: Store(root))
    with duckdb.connect(str(root / "build" / "expulsions.duckdb")) as connection:
        connection.execute("INSERT INTO retired (expulsion_id) VALUES ('more')")
    with pytest.raises(SystemExit):
        archive.main()
    assert capsys.readouterr().err.startswith(
        "package: build/expulsions.duckdb does not hold what the tables hold (retired has other rows). It was removed"
    )
    assert not (root / "dist").exists()


# --- proving a zip -------------------------------------------------------------------------------------------------------


def _refused(root: Path, content: bytes) -> str:
    (root / "bad.zip").write_bytes(content)
    with pytest.raises(RefusedError) as refusal:
        verify.proved(root / "bad.zip", root)
    return str(refusal.value)


def _release(root: Path, small: Contract, content: bytes, files: Mapping[str, bytes]) -> Snapshot:
    """Note the zip as that of a release in build/releases."""
    record = {
        "commit": "0" * 40,
        "zip": {"name": f"{archive.name(small)}.zip", "sha256": _sha(content)},
        "database": {"name": f"{archive.name(small)}.duckdb", "fingerprint": fingerprint.of_folder(root / "build", small)},
        "files": {name: _sha(file) for name, file in files.items()},
    }
    kept = archive.tables(small, root / "build") | {snapshot.RECORD: json.dumps(record).encode()}
    folder = root / "build" / "releases" / "7.8.9"
    folder.mkdir(parents=True)
    for name, file in _summed(kept).items():
        (folder / name).write_bytes(file)
    return snapshot.release("7.8.9", root)


def test_a_zip_is_proved_by_itself_and_by_its_release(small: Contract, root: Path, files: dict[str, bytes]) -> None:
    """Without a record of its version, and where the record is of other bytes, nothing is proved."""
    content = formats.zipped(files)
    unknown = "bad.zip holds together, but is version 7.8.9, which nothing here can prove. Releases that this checkout records: none."
    assert _refused(root, content) == unknown
    _release(root, small, content, files)
    (root / "good.zip").write_bytes(content)
    assert verify.proved(root / "good.zip", root) == [
        f"{len(files) - 1} files by their checksums",
        f"{len(NAMES)} tables by hash, bytes, rows and fingerprint",
        f"release 7.8.9, byte for byte as build/releases/7.8.9 of this checkout has it (sha256 {_sha(content)})",
    ]
    other = "bad.zip holds together, but is not the zip that was released as 7.8.9: "
    assert _refused(root, formats.zipped(_summed({**files, "README.md": b"x"}))) == (
        f"{other}README.md has other bytes; SHA256SUMS has other bytes."
    )
    assert _refused(root, b"x" + content) == f"{other}the files are the same, the archive around them is not."


def test_a_record_that_was_altered_with_its_sums_proves_no_other_tables(small: Contract, root: Path, files: dict[str, bytes]) -> None:
    """The zip's own sum in the record is not enough: its tables have to be those beside the record."""
    content = formats.zipped(files)
    _release(root, small, content, files)
    folder = root / "build" / "releases" / "7.8.9"
    (folder / "retired.csv").write_bytes((folder / "retired.csv").read_bytes() + b"x\n")
    (folder / manifest.SUMS).unlink()
    (folder / manifest.SUMS).write_bytes(manifest.checksums({path.name: path.read_bytes() for path in folder.iterdir()}))
    assert "retired.csv" in _refused(root, content)


def test_what_lies_beside_the_zip_is_held_against_its_record(rebuilt: tuple[Snapshot, Path]) -> None:
    """Where the release had it: earlier ones were a zip and a database only."""
    state, clone = rebuilt
    state.record["packages"] = [{"name": "a.whl", "bytes": 5, "sha256": _sha(b"wheel")}]
    assert f"a.whl, byte for byte (sha256 {_sha(b'wheel')})" in verify._held(state, clone)
    for content, message in (
        (b"other", "a.whl rebuilt from the commit has other bytes than"),
        (None, "a.whl was not rebuilt from the commit with which"),
    ):
        (clone / "dist" / "a.whl").unlink()
        if content:
            (clone / "dist" / "a.whl").write_bytes(content)
        with pytest.raises(RefusedError, match=message):
            verify._held(state, clone)


def test_each_way_to_alter_a_zip_is_named(root: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    def output(**changed: bytes | None) -> str:
        named = files | {name.replace("__", "."): content for name, content in changed.items()}
        return _refused(root, formats.zipped({name: content for name, content in named.items() if content is not None}))

    assert output(README__md=b"x") == "bad.zip was altered: README.md has other bytes."
    assert output(README__md=None, more__csv=b"") == "bad.zip was altered: README.md is missing; more.csv is not part of it."
    assert output(retired__csv=None).endswith("altered: retired.csv is missing.")
    for lacking in ("SHA256SUMS", "datapackage__json"):
        assert output(**{lacking: None}) == "bad.zip is no release: SHA256SUMS and datapackage.json are not at its root."
    for unreadable in (b"one two\n", b"\n", b"\xff  x\n"):
        assert output(SHA256SUMS=unreadable).startswith("bad.zip was altered: SHA256SUMS is not a list of checksums (")
    assert output(**{f"{n}__csv": b"" for n in range(9)}).endswith("; 4.csv is not part of it; and 4 more.")
    good = formats.zipped(files)
    for damaged in (good[:-100], b"", b"text"):
        assert _refused(root, damaged).startswith("bad.zip is damaged or no zip (")
    monkeypatch.setattr(verify, "LIMIT", len(good) - 1)
    assert _refused(root, good) == f"bad.zip is no release: it has more than {len(good) - 1} bytes."
    size = sum(map(len, files.values()))
    monkeypatch.setattr(verify, "LIMIT", size - 1)
    assert _refused(root, good) == f"bad.zip is no release: its files would fill more than {size - 1} bytes."
    monkeypatch.setattr(verify, "LIMIT", size)
    assert verify._opened(verify._content(root / "bad.zip"), "") == files


TABLE = b'{"name": "a", "path": %s}'
DESCRIPTORS = {
    "its datapackage.json cannot be read": [
        *(b"", b"{", b"[]", b"1", b"null", b"{}", b"\xff", b"[" * 100_000, b'{"version": "1.0.0"}'),
        *(b'{"version": "1.0.0", "resources": %s}' % held for held in (b"1", b'{"a": 1}', b"[1]", b'["a"]', b"[{}]", b'[{"name": []}]')),
        b'{"version": 1, "resources": [%s]}' % TABLE % b"1" + b"0" * 5000,
        b'{"resources": [%s]}' % TABLE % b'"a.csv"',
    ],
    "its datapackage.json describes no table": [b'{"version": "1.0.0", "resources": []}'],
    "is missing": [
        b'{"version": "7.8.9", "resources": [%s]}' % TABLE % path for path in (b"[1]", b'"\\u001b[2J\\n"', b'"\\ud800"', b"null")
    ],
}


@pytest.mark.parametrize("message", DESCRIPTORS)
def test_a_descriptor_is_a_strangers_and_may_be_anything(message: str, root: Path, files: dict[str, bytes]) -> None:
    for content in DESCRIPTORS[message]:
        output = _refused(root, formats.zipped(_summed({**files, "datapackage.json": content})))
        assert message in output and output.isprintable() and len(output) < 500


@pytest.mark.parametrize("version", ["7.8.9.9000", "7.8.8", "latest", "../../x", "7.8.9\n", "\x1b[2J", ""])
def test_a_zip_of_an_unknown_version_is_refused(version: str, small: Contract, root: Path, files: dict[str, bytes]) -> None:
    """As is one of the tables at hand that are no release: they hold together, and that is no proof."""
    _release(root, small, formats.zipped(files), files)
    spec = json.loads(files["datapackage.json"]) | {"version": version}
    output = _refused(root, formats.zipped(_summed({**files, "datapackage.json": json.dumps(spec).encode()})))
    assert output.isprintable() and output.endswith("nothing here can prove. Releases that this checkout records: 7.8.9.")
    assert ("is a trial build" in output) is version.endswith(".9000")


def _zip(names: list[str], method: int = zipfile.ZIP_STORED) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name in names:
            entry = zipfile.ZipInfo(name)
            # Under its real name zipfile would not take one with a zero.
            entry.filename = name
            archive.writestr(entry, bytes(100_000), method)
    return buffer.getvalue()


def _claiming(zipped: bytes, **sizes: int) -> bytes:
    """A zip whose only file claims, in both places, another size or packed size than it has."""
    content = bytearray(zipped)
    central = content.rindex(b"PK\1\2")
    for kind, size in sizes.items():
        for start in ({"packed": 18, "size": 22}[kind], central + {"packed": 20, "size": 24}[kind]):
            content[start : start + 4] = size.to_bytes(4, "little")
    return bytes(content)


def _locked() -> bytes:
    content = bytearray(_zip(["a"]))
    content[content.rindex(b"PK\1\2") + 8] |= 1
    return bytes(content)


HOSTILE: dict[str, list[bytes]] = {
    "a file stands in it twice": [_zip(["a", "a"])],
    "would be unpacked elsewhere": [_zip([name]) for name in ("../a", "/a", "b/../../a", "c:a", "b\\a", "a\0b", "..", "\x1b/../a")],
    "its files need a password": [_locked()],
    "its files are compressed otherwise": [_zip(["a"], method) for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)],
    "its files claim to be larger than it": [
        *(_claiming(_zip(["a"]), packed=size, size=size) for size in (1 << 20, (1 << 32) - 2)),
        _claiming(_zip(["a"]), size=1 << 20),
        _claiming(_zip(["a"], zipfile.ZIP_DEFLATED), packed=1 << 20),
    ],
    "its files would fill more than": [_claiming(_zip(["a"], zipfile.ZIP_DEFLATED), size=size) for size in ((1 << 30) + 1, (1 << 32) - 2)],
    "are not at its root": [_zip([]), _zip(["a"]), _zip(["b/SHA256SUMS", "b/datapackage.json"])],
}


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("message", HOSTILE)
def test_a_zip_that_means_harm_is_refused_before_it_is_unpacked(message: str, root: Path) -> None:
    for content in HOSTILE[message]:
        output = _refused(root, content)
        assert output.startswith("bad.zip is no release: ") and message in output and output.isprintable()


def test_a_bomb_unpacks_to_no_more_than_it_claims(root: Path) -> None:
    """Here 100 MB out of 100 kB, of which it claims ten bytes; what lies behind them is never made."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("a", bytes(100_000_000))
    content = _claiming(buffer.getvalue(), size=10)
    tracemalloc.start()
    output = _refused(root, content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert output.startswith("bad.zip is damaged or no zip (Bad CRC-32") and peak < 20 * len(content)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_bytes_a_zip_has_it_is_refused_in_a_sentence(seed: int, small: Contract, root: Path, files: dict[str, bytes]) -> None:
    """A few bytes flipped, cut out, put in or repeated, every other time in the lists of files, where all rests on few bytes."""
    good = formats.zipped(files)
    _release(root, small, good, files)
    rng = random.Random(seed)
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        tail = len(good) - archive.start_dir
    for turn in range(100):
        content = bytearray(good)
        for _ in range(rng.choice([1, 1, 3])):
            place, size = len(content) - rng.randint(1, min(tail if turn % 2 else len(content), len(content))), rng.choice([1, 1, 4, 50])
            noise = rng.choice([rng.randbytes(size), bytes(size), b"\xff" * size, bytes(content[place : place + size])])
            content[place : place + rng.choice([0, size, len(noise)])] = noise
        if not rng.randrange(10):
            del content[rng.randrange(len(content)) :]
        if content != good:
            output = _refused(root, bytes(content))
            assert output.startswith("bad.zip ") and output.endswith(".") and output.isprintable() and len(output) < 1000


@pytest.mark.parametrize(
    ("name", "message"),
    [("none", 'There is no file "none".'), (".", 'There is no file ".".'), ("n" * 300, "nnn…"), ("\x1b\udcff", "There is no file")],
)
def test_a_file_that_is_not_there_is_no_zip(name: str, message: str, root: Path) -> None:
    with pytest.raises(RefusedError) as refusal:
        verify.proved(Path(name), root)
    assert message in str(refusal.value) and str(refusal.value).isprintable()


@pytest.mark.parametrize(
    ("stamps", "message"),
    [
        ({"hash": "sha256:0"}, "hash"),
        ({"bytes": 10**9}, "bytes"),
        ({"rows": 2}, "rows"),
        ({"fingerprint": "sha256:0", "rows": 4}, "rows and fingerprint"),
    ],
)
def test_a_table_has_to_be_what_its_descriptor_says(
    root: Path, files: dict[str, bytes], stamps: dict[str, str | int], message: str
) -> None:
    """Whoever alters a table can mend the checksums beside it; the stamps are checked on their own."""
    spec = json.loads(files["datapackage.json"])
    spec["resources"][0] |= stamps
    content = formats.zipped(_summed({**files, "datapackage.json": json.dumps(spec).encode()}))
    assert _refused(root, content) == f"bad.zip was altered: expulsions.csv has another {message} than its descriptor."


# --- rebuilding ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def rebuilt(root: Path, small: Contract, files: dict[str, bytes]) -> tuple[Snapshot, Path]:
    """A release, and a clone in which it was rebuilt as it was."""
    content = _distributed(small, files, root)
    return _release(root, small, content, files), root


def test_what_was_rebuilt_is_held_against_tables_zip_and_database(rebuilt: tuple[Snapshot, Path], files: dict[str, bytes]) -> None:
    """The zip has to have the same bytes; a database never has, so it has to have the same rows."""
    state, clone = rebuilt
    proved = verify._held(state, clone)
    assert proved == [
        f"{len(NAMES)} tables",
        f"the zip, byte for byte (sha256 {state.record['zip']['sha256']})",
        "the database by its content",
    ]

    def refused() -> str:
        with pytest.raises(RefusedError) as refusal:
            verify._held(state, clone)
        return str(refusal.value)

    stem = clone / "dist" / "diplomatic-expulsions-7.8.9"
    with duckdb.connect(f"{stem}.duckdb") as connection:
        connection.execute("UPDATE expulsions SET note = 'other'")
    assert refused() == "The database rebuilt from the commit has other rows than that of 7.8.9."
    zipped = Path(f"{stem}.zip")
    zipped.write_bytes(formats.zipped(files | {"README.md": b"x"}))
    assert refused() == "The zip rebuilt from the commit is not that of 7.8.9: README.md has other bytes."
    zipped.write_bytes(formats.zipped(files))
    with zipfile.ZipFile(zipped, "a") as archive:
        archive.comment = b"x"
    assert refused() == ("The zip rebuilt from the commit is not that of 7.8.9: the files are the same, the archive around them is not.")
    (clone / "build" / "retired.csv").write_bytes(b"x")
    assert refused() == "retired.csv comes out of the commit with other bytes than 7.8.9 was released with."


def test_a_rebuilding_runs_in_an_environment_of_the_same_lock_only(tmp_path: Path) -> None:
    """Lent where the lock is the same and the environment whole; then older than its stamp, so that make leaves it alone."""
    root, clone = tmp_path / "root", tmp_path / "clone"
    for folder in (root / ".venv", clone):
        folder.mkdir(parents=True)
    for place in (root, clone):
        (place / "requirements.lock").write_text("a==1\n")
    verify._lend_environment(root, clone)
    assert not (clone / ".venv").exists()
    (root / ".venv" / ".ready").touch()
    for other in ("a==0\n", "a==2\n"):
        (clone / "requirements.lock").write_text(other)
        verify._lend_environment(root, clone)
        assert not (clone / ".venv").exists()
    (clone / "requirements.lock").write_text("a==1\n")
    verify._lend_environment(root, clone)
    assert (clone / ".venv").resolve() == root / ".venv"
    assert (clone / "requirements.lock").stat().st_mtime < (root / ".venv" / ".ready").stat().st_mtime


def test_a_rebuilding_is_made_as_a_person_would_make_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the make and git around it reaches it; page and note are left out where the release had none; a failure is told.

    It is told which release it is to be, since its own record is not there yet.
    """
    made = "SITE = page\nPAPER = note\npackage:\n\t@echo '$(SITE) $(PAPER)' > made; env >> made\n"
    monkeypatch.setenv("VERIFY_VERSION", "1.0.0")
    monkeypatch.setenv("GIT_DIR", "elsewhere")
    monkeypatch.setenv("KEPT", "yes")
    for with_page, with_note, takes, wanted in (
        (True, True, "SITE package:PAPER", "page note"),
        (False, True, "SITE package:PAPER", " note"),
        (True, False, "SITE package:PAPER", "page "),
        (False, False, "SITE", " note"),
    ):
        (tmp_path / "Makefile").write_text(f"TAKES := package:{takes}\n{made}")
        verify._make("7.8.9", tmp_path, with_page, with_note)
        first, *environment = (tmp_path / "made").read_text().splitlines()
        assert first == wanted and {"KEPT=yes", "PACKAGE_AS=7.8.9"} <= set(environment)
        assert not [line for line in environment if line.startswith(("VERIFY_", "GIT_"))]
    (tmp_path / "Makefile").write_text("package:\n\t@echo first >&2; echo 'disk is full' >&2; exit 3\n")
    with pytest.raises(RefusedError, match=r"could not be rebuilt \(make: .*Error 3\)\."):
        verify._make("7.8.9", tmp_path, with_page=True, with_note=True)


def _git(root: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Trial", "-c", "user.email=trial@diplomatic-expulsions.invalid", "-c", "commit.gpgsign=false"]
    return release.git(*who, *arguments, root=root)


def test_a_release_is_rebuilt_from_its_commit_alone(small: Contract, root: Path, files: dict[str, bytes]) -> None:
    """What was committed as built is thrown away first, so that the tables come out of raw/; what changed since has no part in it."""
    content = _distributed(small, files, root)
    for folder in ("dist", "raw"):
        (root / folder).mkdir(exist_ok=True)
    for name in NAMES:
        (root / "build" / f"{name}.csv").rename(root / "raw" / f"{name}.csv")
        (root / "build" / f"{name}.csv").write_text("stale")
    (root / "dist").rename(root / "kept")
    (root / "Makefile").write_text(
        f"package: {' '.join(f'build/{name}.csv' for name in NAMES)}\n\tcp -r kept dist\nbuild/%.csv:\n\tcp raw/$*.csv build/\n"
    )
    (root / "requirements.lock").touch()
    _git(root, "init", "-q")
    _git(root, "add", "-A")
    _git(root, "commit", "-qm", "Release")
    for name in NAMES:
        (root / "build" / f"{name}.csv").write_bytes(files[f"{name}.csv"])
    state = _release(root, small, content, files)
    state.record["commit"] = _git(root, "rev-parse", "HEAD").strip()
    for name in NAMES:
        (root / "raw" / f"{name}.csv").write_text("edited since")
    output = verify.rebuilt(state, root)
    at = state.record["commit"][:12]
    assert output[0] == f"{len(NAMES)} tables"
    assert output[-1] == f"rebuilt from commit {at} and held against build/releases/7.8.9 of this checkout"
    state.record["commit"] = "1" * 40
    with pytest.raises(RefusedError, match=r"The commit 111111111111 of 7\.8\.9 is not in this repository\. Fetch"):
        verify.rebuilt(state, root)


@pytest.mark.parametrize(("version", "file"), [("", ""), ("7.8.9", "x.zip")])
def test_one_thing_is_proved_at_a_time(
    root: Path, version: str, file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("scripts.package.store.Store", lambda: Store(root))
    monkeypatch.setenv("VERIFY_VERSION", version)
    monkeypatch.setenv("VERIFY_ZIP", file)
    with pytest.raises(SystemExit):
        verify.main()
    assert capsys.readouterr().err.startswith("verify: Name a release or a zip, as in make verify VERSION=1.0.0 or ")


def test_what_was_proved_is_told(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("scripts.package.store.Store", lambda: Store(root))
    monkeypatch.setattr(verify, "rebuilt", lambda state: [f"all of {state}"])
    monkeypatch.setattr(verify.snapshot, "release", lambda version: version)
    monkeypatch.setenv("VERIFY_VERSION", "7.8.9")
    monkeypatch.setenv("VERIFY_ZIP", "")
    verify.main()
    assert capsys.readouterr().out.endswith("  7.8.9 holds: all of 7.8.9\n")
    monkeypatch.setattr(verify, "proved", lambda path: [f"all of {path.name}"])
    monkeypatch.setenv("VERIFY_VERSION", "")
    monkeypatch.setenv("VERIFY_ZIP", "some/good.zip")
    verify.main()
    assert capsys.readouterr().out.endswith("  some/good.zip holds: all of good.zip\n")
