"""Earlier releases: found in the order of their numbers, and held against their checksums."""

import hashlib
import json
from pathlib import Path

import pytest

from scripts.package import manifest, snapshot
from scripts.package.store import RefusedError


def _release(root: Path, version: str) -> Path:
    folder = root / "build" / "releases" / version
    folder.mkdir(parents=True)
    files = {"datapackage.json": b'{"resources": []}', "t.csv": b"a\n1\n"}
    zipped = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    files[snapshot.RECORD] = json.dumps({"files": zipped | {"README.md": "0"}}).encode()
    for name, content in (files | {manifest.SUMS: manifest.checksums(files)}).items():
        (folder / name).write_bytes(content)
    return folder


def test_the_latest_release_is_that_of_the_highest_number(tmp_path: Path) -> None:
    """1.10.0 comes after 1.9.0, and what is no version is no release."""
    assert snapshot.versions(tmp_path) == [] and snapshot.latest(tmp_path) is None
    for version in ("1.9.0", "1.10.0", "0.11.12", "01.2.3", "1.2", "draft"):
        _release(tmp_path, version)
    assert snapshot.versions(tmp_path) == ["0.11.12", "1.9.0", "1.10.0"]
    latest = snapshot.latest(tmp_path)
    assert latest is not None and latest.version == "1.10.0"


@pytest.mark.parametrize("version", ["1.2", "1.2.3.4", "01.2.3", "1.2.x", "v1.2.3", ""])
def test_what_is_no_version_is_refused(version: str) -> None:
    with pytest.raises(RefusedError, match="is no version"):
        snapshot.numbers(version)


def test_every_way_to_alter_a_release_is_named(tmp_path: Path) -> None:
    """A file changed in either direction, added, gone, or the list of checksums itself gone."""
    folder = _release(tmp_path, "1.0.0")
    assert snapshot.altered(folder) == []
    (folder / "more.csv").write_bytes(b"")
    assert snapshot.altered(folder) == ["more.csv is not part of it"]
    for content in (b"a\n2\n", b"a\n3\n", b"a\n4\n"):
        (folder / "t.csv").write_bytes(content)
        assert snapshot.altered(folder) == ["t.csv has other bytes", "more.csv is not part of it"]
    (folder / "t.csv").unlink()
    assert snapshot.altered(folder) == ["t.csv is missing", "more.csv is not part of it"]
    with pytest.raises(RefusedError, match=r"1\.0\.0 is not as it was released: t\.csv is missing; more\.csv is not part of it\."):
        snapshot.release("1.0.0", tmp_path)
    (folder / manifest.SUMS).unlink()
    assert snapshot.altered(folder) == ["SHA256SUMS is missing"]
    assert manifest.compared({"a": "1", "b": "2"}, {"a": "2", "b": "1"}) == ["a has other bytes", "b has other bytes"]


def _told(root: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        snapshot.release("1.0.0", root)
    return str(refused.value).removeprefix("build/releases/1.0.0 is not as it was released: ")


RESTORE = "Restore it from the commit that released it, as in `git checkout HEAD -- build/releases/1.0.0`."


def test_what_a_file_manager_left_in_a_release_is_to_be_removed(tmp_path: Path) -> None:
    """Git would not remove it."""
    folder = _release(tmp_path, "1.0.0")
    (folder / ".DS_Store").write_bytes(b"x")
    assert _told(tmp_path) == ".DS_Store is not part of it. Remove what is not part of it."
    (folder / "t.csv").unlink()
    assert _told(tmp_path) == f"t.csv is missing; .DS_Store is not part of it. Remove what is not part of it. {RESTORE}"


@pytest.mark.parametrize("damage", [b"", b"\xff\xfe", b"no list", b"0  t.csv\n", None], ids=["empty", "bytes", "text", "short", "cut"])
def test_damaged_checksums_are_told_and_nobody_is_told_to_remove_what_they_lack(tmp_path: Path, damage: bytes | None) -> None:
    listed = _release(tmp_path, "1.0.0") / manifest.SUMS
    listed.write_bytes(b"".join(listed.read_bytes().splitlines(keepends=True)[:-1]) if damage is None else damage)
    assert _told(tmp_path) == f"SHA256SUMS is damaged. {RESTORE}"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"files": 7}', b'{"files": [7]}', b"\xff"])
def test_a_damaged_record_is_told(tmp_path: Path, damage: bytes) -> None:
    record = _release(tmp_path, "1.0.0") / snapshot.RECORD
    record.write_bytes(damage)
    assert _told(tmp_path) == f"release.json is damaged. {RESTORE}"
    record.unlink()
    assert _told(tmp_path) == f"release.json is missing. {RESTORE}"


def test_tables_that_were_replaced_together_with_their_checksums_are_told(tmp_path: Path) -> None:
    """The record holds the sums of what was in the zip."""
    folder = _release(tmp_path, "1.0.0")
    (folder / "t.csv").write_bytes(b"a\n2\n")
    names = [path.name for path in folder.iterdir() if path.name != manifest.SUMS]
    (folder / manifest.SUMS).write_bytes(manifest.checksums({name: (folder / name).read_bytes() for name in names}))
    assert _told(tmp_path) == f"t.csv is not the one that was released. {RESTORE}"


def test_a_version_that_was_never_released_is_refused_with_those_that_were(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r'no release "1\.0\.1". Released: none yet\.'):
        snapshot.release("1.0.1", tmp_path)
    _release(tmp_path, "1.0.0")
    _release(tmp_path, "1.1.0")
    with pytest.raises(RefusedError, match=r'no release "1\.0\.1". Released: 1\.0\.0, 1\.1\.0\.'):
        snapshot.release("1.0.1", tmp_path)
