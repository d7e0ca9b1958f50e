"""What git cannot tell is told apart, with advice that helps: a source archive, a shallow clone, a checkout of another user."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.package.contract import ROOT, product
from scripts.package.snapshot import RefusedError, Snapshot
from scripts.publish import release, verify

WHO = ["-c", "user.name=A", "-c", "user.email=a@b.invalid", "-c", "commit.gpgsign=false"]


def _git(folder: Path, *arguments: str) -> str:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(["git", "-C", str(folder), *WHO, *arguments], env=own, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Two commits."""
    folder = tmp_path / "repository"
    folder.mkdir()
    _git(folder, "init", "--quiet")
    for text in ("one", "two"):
        (folder / "file").write_text(text)
        _git(folder, "add", "file")
        _git(folder, "commit", "--quiet", "--message", text)
    return folder


def _state(commit: str, folder: Path) -> Snapshot:
    """A release that was made from a commit."""
    folder.mkdir()
    (folder / "release.json").write_text(json.dumps({"commit": commit}))
    return Snapshot("1.0.0", product(), folder)


def _told(state: Snapshot, root: Path) -> str:
    with pytest.raises(RefusedError) as refused:
        verify.rebuilt(state, root)
    return str(refused.value)


def test_a_shallow_clone_is_told_how_to_fetch_the_rest(repository: Path, tmp_path: Path) -> None:
    first = _git(repository, "rev-list", "--max-parents=0", "HEAD").strip()
    _git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", "shallow")
    state = _state(first, tmp_path / "released")
    short = f"The commit {first[:12]} of 1.0.0 is not in this"
    assert _told(state, tmp_path / "shallow") == f"{short} clone, which is shallow. Run git fetch --unshallow."
    _git(tmp_path / "shallow", "fetch", "--quiet", "--unshallow")
    with pytest.raises(KeyError):  # The commit is there: the record of this release is all that is missing.
        verify.rebuilt(state, tmp_path / "shallow")
    shutil.rmtree(state.folder)
    assert _told(_state("1" * 40, state.folder), repository) == (
        "The commit 111111111111 of 1.0.0 is not in this repository. Fetch the whole history: git fetch --all --tags."
    )


@pytest.mark.parametrize("inside_another", [False, True])
def test_a_source_archive_is_told_to_be_one(repository: Path, tmp_path: Path, inside_another: bool) -> None:
    """Also where it was unpacked inside somebody's repository: that one is never asked."""
    unpacked = (repository if inside_another else tmp_path) / "unpacked"
    unpacked.mkdir()
    message = "This folder is no git checkout (a source archive has no history). Clone the repository and run the command there."
    assert _told(_state("1" * 40, tmp_path / "released"), unpacked) == message
    with pytest.raises(RefusedError, match="This folder is no git checkout"):
        release.faults(product(), unpacked, release.diff.corrections_at_hand())


@pytest.mark.parametrize("language", ["C", "de_DE.UTF-8"])
def test_a_checkout_of_another_user_is_told_to_be_one(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    monkeypatch.setenv("LC_ALL", language)
    monkeypatch.setenv("LANGUAGE", language)
    output = _told(_state(_git(repository, "rev-parse", "HEAD").strip(), tmp_path / "released"), repository)
    assert output.startswith("git does not trust this checkout, since another user owns it. Work in a clone of your own")
    assert output.endswith(f"git config --global --add safe.directory '{repository}'.")


def test_a_hook_does_not_lead_to_another_repository(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git exports these to hooks; a clone for rebuilding must not be checked out over the repository of the hook."""
    other = tmp_path / "other"
    other.mkdir()
    _git(other, "init", "--quiet")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(other))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / "index"))
    assert release.git("rev-parse", "HEAD", root=repository) == _git(repository, "rev-parse", "HEAD")


@pytest.mark.parametrize("owner", [False, True])
def test_the_checks_do_not_pass_where_git_cannot_tell(repository: Path, tmp_path: Path, owner: bool) -> None:
    """In a source archive, even inside another repository, and in another user's checkout."""
    unpacked = repository if owner else repository / "unpacked"
    (unpacked / ".ci").mkdir(parents=True)
    shutil.copy(ROOT / ".ci" / "run", unpacked / ".ci")
    tools = tmp_path / "tools"
    tools.mkdir()
    for name in ("bash", "git", "dirname", "head"):
        (tools / name).symlink_to(shutil.which(name) or name)
    make = tools / "make"
    make.write_text("#!/bin/sh\nexit 0\n")
    make.chmod(0o755)
    clean = {"PATH": str(tools), "GIT_CONFIG_NOSYSTEM": "1", "HOME": str(tmp_path)} | (
        {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"} if owner else {}
    )
    done = subprocess.run([str(tools / "bash"), str(unpacked / ".ci" / "run")], env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "git cannot tell: " + ("detected dubious ownership" if owner else "not a git repository") in done.stderr
