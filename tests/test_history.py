"""Earlier releases: found in the order of their numbers, and held against their checksums."""

from pathlib import Path

import pytest

from scripts import history
from scripts.history import RefusedError


def _release(root: Path, version: str) -> Path:
    folder = root / "build" / "releases" / version
    folder.mkdir(parents=True)
    files = {"datapackage.json": b'{"resources": []}', "t.csv": b"a\n1\n"}
    for name, content in (files | {history.SUMS: history.checksums(files)}).items():
        (folder / name).write_bytes(content)
    return folder


def test_the_latest_release_is_that_of_the_highest_number(tmp_path: Path) -> None:
    """1.10.0 comes after 1.9.0, and what is no version is no release."""
    assert history.versions(tmp_path) == [] and history.latest(tmp_path) is None
    for version in ("1.9.0", "1.10.0", "0.11.12", "01.2.3", "1.2", "draft"):
        _release(tmp_path, version)
    assert history.versions(tmp_path) == ["0.11.12", "1.9.0", "1.10.0"]
    latest = history.latest(tmp_path)
    assert latest is not None and latest.version == "1.10.0"


@pytest.mark.parametrize("version", ["1.2", "1.2.3.4", "01.2.3", "1.2.x", "v1.2.3", ""])
def test_what_is_no_version_is_refused(version: str) -> None:
    with pytest.raises(RefusedError, match="is no version"):
        history.numbers(version)


def test_every_way_to_alter_a_release_is_named(tmp_path: Path) -> None:
    """A file changed in either direction, added, gone, or the list of checksums itself gone."""
    folder = _release(tmp_path, "1.0.0")
    assert history.altered(folder) == []
    (folder / "more.csv").write_bytes(b"")
    assert history.altered(folder) == ["more.csv is not part of it"]
    for content in (b"a\n2\n", b"a\n3\n", b"a\n4\n"):
        (folder / "t.csv").write_bytes(content)
        assert history.altered(folder) == ["t.csv has other bytes", "more.csv is not part of it"]
    (folder / "t.csv").unlink()
    assert history.altered(folder) == ["t.csv is missing", "more.csv is not part of it"]
    with pytest.raises(RefusedError, match=r"1\.0\.0 is not as it was released: t\.csv is missing; more\.csv is not part of it\."):
        history.release("1.0.0", tmp_path)
    (folder / history.SUMS).unlink()
    assert history.altered(folder) == ["SHA256SUMS is missing"]
    assert history.compared({"a": "1", "b": "2"}, {"a": "2", "b": "1"}) == ["a has other bytes", "b has other bytes"]


def test_a_version_that_was_never_released_is_refused_with_those_that_were(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r'no release "1\.0\.1". Released: none yet\.'):
        history.release("1.0.1", tmp_path)
    _release(tmp_path, "1.0.0")
    _release(tmp_path, "1.1.0")
    with pytest.raises(RefusedError, match=r'no release "1\.0\.1". Released: 1\.0\.0, 1\.1\.0\.'):
        history.release("1.0.1", tmp_path)


def test_a_refusal_ends_the_run_with_one_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped, history.refusals("diff"):
        raise RefusedError("It cannot be done.")
    assert stopped.value.code == 1
    assert capsys.readouterr().err == "diff: It cannot be done. Nothing was changed.\n"
