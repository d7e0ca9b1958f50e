"""What a release refuses and what it writes, in process: two small tables, no repository."""

import hashlib
import json
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import polars as pl
import pytest

from scripts.package import citation, contract, fingerprint, manifest, snapshot
from scripts.package.contract import Contract, Table
from scripts.package.snapshot import Snapshot
from scripts.package.store import RefusedError, Store
from scripts.publish import archive, diff, metadata, release, semver
from scripts.publish.semver import RequiredBump

COLUMNS = {
    "expulsions": ["expulsion_id", "officials_best"],
    "statements": ["statement_id", "expulsion_id", "officials_low"],
    "retired": ["expulsion_id", "replaced_by", "note"],
}
ROWS = {
    "expulsions": [f"E{n},{n}" for n in range(9)],
    "statements": [f"s.{n},E{n},{n}" for n in range(9)],
    "retired": [],
}
CORRECTIONS = ["version", "table_name", "row_id", "column_name", "kind", "reason"]


def _contract(version: str) -> Contract:
    tables = {}
    for name, columns in COLUMNS.items():
        fields = [{"name": c, "type": "string", "title": c, "description": f"{c} it is."} for c in columns]
        spec = {"name": name, "description": name, "schema": {"primaryKey": columns[:1], "fields": fields}}
        tables[name] = Table(spec, f"{name}.csv")
    return Contract(contract.product().spec | {"version": version, "created": "2026-02-01T00:00:00Z"}, tables)


def _write(folder: Path, **rows: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, lines in (ROWS | rows).items():
        (folder / f"{name}.csv").write_text("\n".join([",".join(COLUMNS[name]), *lines]) + "\n")


def _corrections(*rows: tuple[str, ...]) -> pl.DataFrame:
    return pl.DataFrame([*rows], schema=dict.fromkeys(CORRECTIONS, pl.String), orient="row")


def _texts(root: Path, held: Contract) -> None:
    """The texts of a checkout that is ready to release."""
    for text in archive.TEXTS:
        (root / text).parent.mkdir(parents=True, exist_ok=True)
        (root / text).write_text("text")
    (root / "pyproject.toml").write_text(f'[project]\nversion = "{held.version}"\n')
    (root / "CITATION.cff").write_text(citation.cff(held, fingerprint.of_folder(root / "build", held)) + "\n")
    (root / "CHANGELOG.md").write_text(f"# Log\n\n## {held.version} – 2026-02-01\n\nSaid.\n\n## 0.9.0\n\n{diff.SENTENCE}\n")
    (root / ".zenodo.json").write_bytes(metadata.as_bytes(metadata.zenodo(held, metadata.Coverage("2014-01-01", "2014-12-31", []))))


# --- tree and texts ------------------------------------------------------------------------------------------------------


def test_a_tree_has_to_be_clean() -> None:
    """Five paths are named, the rest counted."""
    assert release.tree_faults("") == []
    paths = [f"raw/{n}.csv" for n in range(7)]
    output = [release.tree_faults("".join(f" M {path}\n" for path in paths[:count])) for count in (1, 5, 7)]
    assert output == [
        ["The tree is not clean: raw/0.csv. Commit or remove what changed."],
        [f"The tree is not clean: {', '.join(paths[:5])}. Commit or remove what changed."],
        [f"The tree is not clean: {', '.join(paths[:5])} and 2 more. Commit or remove what changed."],
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "sentences"),
    [
        ("LICENSE.md", None, "", ["LICENSE.md is missing."]),
        ("build/figures/officials.svg", None, "", ["build/figures/officials.svg is missing."]),
        ("pyproject.toml", "1.1.0", "1.0.9", ["pyproject.toml says 1.0.9, datapackage.json 1.1.0. Make them agree."]),
        ("CITATION.cff", "version: 1.1.0", "version: 1.2.0", ["CITATION.cff says 1.2.0 for version, datapackage.json 1.1.0. Make them agree."]),
        ("CITATION.cff", "2026-02-01", "2026-01-31", ["CITATION.cff says 2026-01-31 for date-released, datapackage.json 2026-02-01. Make them agree."]),
        ("CITATION.cff", "date-released: ", "day: ", ["CITATION.cff has none for date-released, datapackage.json 2026-02-01. Make them agree."]),
        ("CITATION.cff", "sha256:", "sha256:" + "0" * 64 + "#", ["CITATION.cff has another content fingerprint than the tables. Take the entry that `make cite` prints."]),
        ("CITATION.cff", "sha256:", "sum:", []),
        ("CITATION.cff", None, "", ["CITATION.cff is missing."]),
        ("CHANGELOG.md", "## 1.1.0", "## 1.1.01", ["CHANGELOG.md has no section 1.1.0. `make diff` prints one."]),
        ("CHANGELOG.md", "## 1.1.0", "## [1.1.0]", []),
        ("CHANGELOG.md", "Said.", diff.SENTENCE, ["The section 1.1.0 of CHANGELOG.md still lacks its sentence by a person."]),
        ("CHANGELOG.md", None, "", ["CHANGELOG.md is missing."]),
        (".zenodo.json", '"1.1.0"', '"1.2.0"', [".zenodo.json is not that of 1.1.0. Run `make metadata` and commit it."]),
        (".zenodo.json", None, "", [".zenodo.json is not that of 1.1.0. Run `make metadata` and commit it."]),
    ],
)  # fmt: skip
def test_texts_have_to_agree(tmp_path: Path, name: str, old: str | None, new: str, sentences: list[str]) -> None:
    """Each text names the version, its day or its tables, or is there at all; what differs is told in one sentence, and nothing else."""
    held = _contract("1.1.0")
    _write(tmp_path / "build")
    _texts(tmp_path, held)
    assert release.version_faults(held, tmp_path) == []
    path = tmp_path / name
    if old is None:
        path.unlink()
    else:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert release.version_faults(held, tmp_path) == sentences


# --- what changed --------------------------------------------------------------------------------------------------------


@pytest.fixture
def output(tmp_path: Path) -> Callable[..., list[str]]:
    """What is refused of a step from 1.0.0 to a version with these rows and corrections."""
    _write(tmp_path / "old")
    earlier = [Snapshot("1.0.0", _contract("1.0.0"), tmp_path / "old")]

    def run(version: str, *corrections: tuple[str, ...], **rows: list[str]) -> list[str]:
        _write(tmp_path / "build", **rows)
        return release.change_faults(earlier, _contract(version), tmp_path / "build", _corrections(*corrections))

    return run


def _changed(count: int) -> list[str]:
    """The statements, the figure of some of them another one."""
    return [f"s.{n},E{n},{n + 50 if n < count else n}" for n in range(9)]


def test_the_step_has_to_fit_the_change(output: Callable[..., list[str]]) -> None:
    """Where rows came, a patch is too small; where nothing did, there is nothing to release."""
    assert output("1.0.1") == ["Since then nothing differs from 1.0.0, so there is nothing to release."]
    more = [*ROWS["statements"], "s.9,E8,9"]
    assert output("1.1.0", statements=more) == []
    assert output("1.0.1", statements=more) == [
        "The version 1.0.1 does not fit after 1.0.0: the change asks for a minor version (1 row added to statements). "
        "Write 1.1.0 or 2.0.0 in datapackage.json."
    ]


def test_a_change_without_a_reason_is_refused(output: Callable[..., list[str]]) -> None:
    """Five are named, the rest counted; a reason in raw/corrections.csv is enough, for a cell or for a column."""
    assert output("1.0.1", statements=_changed(1)) == [
        "Changes without a reason: statements s.0 officials_low. Give it in raw/corrections.csv."
    ]
    named = ", ".join(f"statements s.{n} officials_low" for n in range(5))
    assert output("1.0.1", statements=_changed(5)) == [f"Changes without a reason: {named}. Give it in raw/corrections.csv."]
    assert output("1.0.1", statements=_changed(7)) == [f"Changes without a reason: {named} and 2 more. Give it in raw/corrections.csv."]
    for row in ("s.0", "*"):
        assert output("1.0.1", ("1.0.1", "statements", row, "officials_low", "value", "Misread."), statements=_changed(1)) == []


def test_a_reason_without_a_change_is_refused(output: Callable[..., list[str]]) -> None:
    """As broad as it may be, it has to meet a change of its version; another version's, and better words, are no concern."""
    given = [("s.0", "officials_low"), ("s.0", "*"), ("*", "officials_low"), ("*", "*")]
    reasons = [("1.0.1", "statements", *place, "value", "Misread.") for place in given]
    assert output("1.0.1", *reasons, statements=_changed(1)) == []
    idle = [("1.0.1", "statements", "s.1", "officials_low", "value", "R."), ("1.0.1", "claims", "*", "*", "value", "R.")]
    other = [("1.0.0", "claims", "*", "*", "value", "R."), ("1.0.2", "claims", "*", "*", "value", "R."), ("1.0.1", "statements", "*", "expulsion_id", "wording", "R.")]  # fmt: skip
    assert [fault for fault in output("1.0.1", *reasons, *idle, *other, statements=_changed(1)) if "explains" in fault] == [
        f"raw/corrections.csv explains what did not change: {place}. Correct or remove the row."
        for place in ("statements s.1 officials_low", "claims * *")
    ]


def test_better_words_ask_for_a_patch(tmp_path: Path) -> None:
    """A column described otherwise has another meaning, unless a curator says that only the words are better."""
    _write(tmp_path)
    earlier, now = Snapshot("1.0.0", _contract("1.0.0"), tmp_path), _contract("1.0.1")
    now["retired"].fields["note"].spec["description"] = "Said better."
    words = ("1.0.1", "retired", "*", "note", "wording", "Clearer.")
    assert [required_bump.level for required_bump in release._asked(earlier, now, tmp_path, _corrections())] == ["major"]
    assert [required_bump.level for required_bump in release._asked(earlier, now, tmp_path, _corrections(words))] == ["patch"]


def test_a_lost_id_is_refused_until_it_is_accounted_for(output: Callable[..., list[str]]) -> None:
    """Restored, retired with a living replacement, or explained as a whole row; five are named, the rest counted."""
    hint = ". Restore them, retire an expulsion with replaced_by, or account for another id in raw/corrections.csv with column_name *."
    for left, named in ((8, "expulsions E8 (1.0.0)"), (4, ", ".join(f"expulsions E{n} (1.0.0)" for n in range(4, 9)))):
        assert output("2.0.0", expulsions=ROWS["expulsions"][:left])[0] == f"Ids of earlier releases are gone: {named}{hint}"
    assert ", expulsions E6 (1.0.0) and 2 more. Restore" in output("2.0.0", expulsions=ROWS["expulsions"][:2])[0]
    gone = ROWS["statements"][:-1]
    assert output("2.0.0", ("2.0.0", "statements", "s.8", "*", "value", "It was none."), statements=gone) == []
    assert "Ids of earlier" in output("2.0.0", ("2.0.0", "statements", "s.8", "officials_low", "value", "It was none."), statements=gone)[0]
    for alive, faults in (("E0", 0), ("E8", 1)):
        rows = {"expulsions": ROWS["expulsions"][:-1], "retired": [f"E8,{alive},Twice."]}
        assert len([fault for fault in output("2.0.0", **rows) if "Ids of earlier" in fault]) == faults


# --- all of it -----------------------------------------------------------------------------------------------------------


def test_every_fault_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first release has nothing to be compared with; a released version is not compared any more."""
    held = _contract("1.1.0")
    _write(tmp_path / "build")
    _texts(tmp_path, held)
    (tmp_path / "LICENSE.md").unlink()
    monkeypatch.setattr(release, "git", lambda *_, root: " M raw/answers.csv\n")
    first = ["The tree is not clean: raw/answers.csv. Commit or remove what changed.", "LICENSE.md is missing."]
    assert release.faults(held, tmp_path, _corrections()) == (first, [])
    for version, rows in (("0.9.0", ROWS["statements"][:7]), ("1.0.0", ROWS["statements"][:8])):
        folder = tmp_path / "build" / "releases" / version
        _write(folder, statements=rows)
        tables = [table.spec | {"path": table.file} for table in held.tables.values()]
        (folder / "datapackage.json").write_text(json.dumps(held.spec | {"version": version, "resources": tables}))
        (folder / snapshot.RECORD).write_text('{"files": {}}')
        (folder / manifest.SUMS).write_bytes(manifest.checksums({path.name: path.read_bytes() for path in folder.iterdir()}))
    result, asked = release.faults(held, tmp_path, _corrections())
    assert result == first and asked == [RequiredBump("minor", "1 row added to statements")]
    assert release.faults(_contract("1.0.0"), tmp_path, _corrections())[0][-1] == (
        "1.0.0 is released already. Raise the version in datapackage.json."
    )


def test_git_that_fails_or_is_not_there_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert release.git("version", root=tmp_path).startswith("git version ")
    with pytest.raises(RefusedError, match=r"This folder is no git checkout"):
        release.git("rev-parse", "HEAD", root=tmp_path)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(RefusedError, match="git is not installed"):
        release.git("version", root=tmp_path)


def test_record_notes_by_what_a_release_is_known_again(built: Path, tmp_path: Path) -> None:
    """Commit, sums of zip and files, fingerprints of tables and database, which are the same, and what each view said."""
    (tmp_path / "build").symlink_to(built.parent, target_is_directory=True)
    held, files = contract.product(), {"b.csv": b"2", "a.csv": b"1"}
    noted = json.loads(release.record(held, "c0ffee", files, {"a.zip": b"zip", "a.whl": b"wheel"}, tmp_path))
    stem, digest = f"diplomatic-expulsions-{held.version}", fingerprint.of_folder(built.parent, held)
    assert {key: noted[key] for key in ("version", "commit", "created", "fingerprint")} == {
        "version": held.version,
        "commit": "c0ffee",
        "created": held.spec["created"],
        "fingerprint": digest,
    }
    assert noted["zip"] == {"name": "a.zip", "bytes": 3, "sha256": hashlib.sha256(b"zip").hexdigest()}
    assert noted["packages"] == [{"name": "a.whl", "bytes": 5, "sha256": hashlib.sha256(b"wheel").hexdigest()}]
    assert noted["database"] == {"name": f"{stem}.duckdb", "fingerprint": digest}
    assert noted["files"] == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    assert noted["views"] == semver.promised_views()
    assert noted["headlines"]["expulsion_dyads"] > 300 and len(noted["headlines"]) == 8


@pytest.fixture
def ready(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Contract:
    """A version that nothing speaks against, in a build folder of its own."""
    held = _contract("1.1.0")
    _write(tmp_path / "build")
    asked = [RequiredBump("minor", "Rows."), RequiredBump("minor", "Columns."), RequiredBump("patch", "Values.")]
    monkeypatch.setattr(release, "product", lambda: held)
    monkeypatch.setattr(release, "faults", lambda *_: ([], asked))
    monkeypatch.setattr(release, "git", lambda *_: "c0ffee\n")
    monkeypatch.setattr(
        release,
        "record",
        lambda _, commit, files, packed: json.dumps({"files": {}, "of": [commit, sorted(files), sorted(packed)]}).encode(),
    )
    monkeypatch.setattr(release.archive, "contents", lambda *_: {"a.csv": b"1"})
    monkeypatch.setattr(release.archive, "panel", lambda _: None)
    monkeypatch.setattr(release.database, "panel", lambda *_: None)
    monkeypatch.setattr(release.formats, "zipped", lambda _: b"zip")
    monkeypatch.setattr(release.archive, "packages", lambda *_: {"a.whl": b"wheel"})
    monkeypatch.setattr(release.archive, "distributed", lambda _, packed, build: {f"dist/{name}": held for name, held in packed.items()})
    monkeypatch.setattr(release.database, "opened", lambda *_: nullcontext())
    monkeypatch.setattr("scripts.package.store.Store", lambda: Store(tmp_path))
    return held


def test_check_writes_nothing_and_tells_the_size_of_the_step(
    ready: Contract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["release", "check"])
    release.main()
    assert capsys.readouterr().out.endswith("  1.1.0 can be released, if the checks pass, a minor change: Rows.; Columns.\n")
    assert not (tmp_path / "build" / "releases").exists()
    monkeypatch.setattr(release, "faults", lambda *_: (["One.", "Two."], []))
    with pytest.raises(SystemExit):
        release.main()
    assert capsys.readouterr().err == "release: 1.1.0 cannot be released.\n  One.\n  Two.\n  Nothing was changed.\n"


def test_a_release_keeps_tables_descriptor_record_and_checksums(
    ready: Contract, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """All of them in one folder that fits its checksums; then the person is told what to do."""
    monkeypatch.setattr("sys.argv", ["release"])
    release.main()
    folder = tmp_path / "build" / "releases" / "1.1.0"
    assert {path.name for path in folder.iterdir()} == {*(f"{n}.csv" for n in COLUMNS), "datapackage.json", "release.json", "SHA256SUMS"}
    assert snapshot.altered(folder) == []
    assert json.loads((folder / "release.json").read_bytes())["of"] == ["c0ffee", ["a.csv"], ["a.whl", "diplomatic-expulsions-1.1.0.zip"]]
    assert (tmp_path / "dist" / "a.whl").read_bytes() == b"wheel"
    assert (tmp_path / "dist" / "diplomatic-expulsions-1.1.0.zip").read_bytes() == b"zip"
    out = capsys.readouterr().out
    assert out.startswith("Next:\n  make verify VERSION=1.1.0\n  git add build/releases/1.1.0 && git commit -m 'Release 1.1.0'\n")
    assert "  dist/diplomatic-expulsions-1.1.0.zip, build/releases/1.1.0, a minor change: Rows.; Columns.\n" in out
