"""``make verify VERSION=1.0.0`` rebuilds a release from its commit in a clean place; ``make verify ZIP=path`` proves a zip."""

import hashlib
import io
import json
import os
import subprocess
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from scripts.package import fingerprint, manifest, snapshot
from scripts.package.contract import ROOT, Contract, Table
from scripts.package.manifest import digests
from scripts.package.snapshot import Snapshot
from scripts.package.store import RefusedError, command
from scripts.publish import archive
from scripts.publish.archive import few
from scripts.publish.release import database_fingerprint, git

# No release is larger, and no longer text of a stranger's is printed.
LIMIT = 1 << 30
LONGEST = 120
# The locks of which the package is made.
LENT = ("requirements.lock", "paper.lock")


def rebuilt(state: Snapshot, root: Path = ROOT) -> list[str]:
    """Rebuild a release from its commit in a new folder and hold it against its record; what was proved, a phrase each.

    The environment at hand serves if it was made from the same lock; else the rebuilding sets up its own.
    """
    commit = state.record["commit"]
    shallow = git("rev-parse", "--is-shallow-repository", root=root).strip() == "true"
    try:
        git("cat-file", "-e", f"{commit}^{{commit}}", root=root)
    except RefusedError as error:
        lacks = f"The commit {commit[:12]} of {state.version} is not in this "
        advice = (
            "clone, which is shallow. Run git fetch --unshallow."
            if shallow
            else "repository. Fetch the whole history: git fetch --all --tags."
        )
        raise RefusedError(lacks + advice) from error
    with tempfile.TemporaryDirectory() as place:
        clone = Path(place) / "clone"
        git("clone", "--quiet", "--no-checkout", "--local", str(root), str(clone), root=root)
        git("-c", "core.autocrlf=false", "checkout", "--quiet", "--detach", commit, root=clone)
        _lend_environment(root, clone)
        # What is committed as built must come out of raw/ anew.
        for built in [*(clone / "build").glob("*.csv"), clone / "build" / "codebook.md"]:
            built.unlink(missing_ok=True)
        held = state.record["files"]
        _make(state.version, clone, any(name.startswith("explorer/") for name in held), archive.NOTE_FILE in held)
        results = _held(state, clone)
    return [*results, f"rebuilt from commit {commit[:12]} and held against {_place(state)}"]


def _lend_environment(root: Path, clone: Path) -> None:
    locks = [clone / name for name in LENT if (clone / name).is_file()]
    ready = (root / ".venv" / ".ready").exists()
    if ready and all((root / lock.name).is_file() and lock.read_bytes() == (root / lock.name).read_bytes() for lock in locks):
        (clone / ".venv").symlink_to(root / ".venv", target_is_directory=True)
        # Older than the stamps of the environment, so that make does not set it up again.
        for lock in locks:
            os.utime(lock, (0, 0))


def _make(version: str, clone: Path, with_page: bool, with_note: bool) -> None:
    """Make the package there under the version's own name, with the explorer's page and the data note only if the release had them."""
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "VERIFY_", "GIT_"))}
    command = ["make", "package", *([] if with_page else ["SITE="])]
    # Earlier Makefiles know no note.
    if not with_note and "package:PAPER" in (clone / "Makefile").read_text(encoding="utf-8"):
        command.append("PAPER=")
    done = subprocess.run(command, cwd=clone, env=own | {archive.PROVED: version}, capture_output=True, text=True, check=False)
    if done.returncode:
        message = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise RefusedError(f"The release could not be rebuilt ({message}).")


def _held(state: Snapshot, clone: Path) -> list[str]:
    record = state.record
    proved = []
    for table in state.contract.tables:
        if (clone / "build" / f"{table}.csv").read_bytes() != state.csv(table):
            raise RefusedError(f"{table}.csv comes out of the commit with other bytes than {state.version} was released with.")
    proved.append(f"{len(state.contract.tables)} tables")
    content = (clone / "dist" / record["zip"]["name"]).read_bytes()
    if strange := _strange(state, content, digests(_opened(content, record["zip"]["name"]))):
        raise RefusedError(f"The zip rebuilt from the commit is not that of {state.version}: {few(map(_line, strange))}.")
    proved.append(f"the zip, byte for byte (sha256 {record['zip']['sha256']})")
    # Releases to 2.0.0 have none.
    proved += [_held_package(package, clone / "dist", state.version) for package in record.get("packages", [])]
    if database_fingerprint(clone / "dist" / record["database"]["name"], state.contract) != record["database"]["fingerprint"]:
        raise RefusedError(f"The database rebuilt from the commit has other rows than that of {state.version}.")
    return [*proved, "the database by its content"]


def _held_package(package: Mapping[str, str], dist: Path, version: str) -> str:
    """What was proved of a file that lies in dist/ beside the zip."""
    name, path = package["name"], dist / package["name"]
    if not path.is_file():
        raise RefusedError(f"{name} was not rebuilt from the commit with which {version} was released.")
    if hashlib.sha256(path.read_bytes()).hexdigest() != package["sha256"]:
        raise RefusedError(f"{name} rebuilt from the commit has other bytes than {version} was released with.")
    return f"{name}, byte for byte (sha256 {package['sha256']})"


# --- zip -----------------------------------------------------------------------------------------------------------------


def proved(path: Path, root: Path = ROOT) -> list[str]:
    """Hold a zip against itself (checksums, and the stamps of its descriptor) and against the record of its release in this checkout.

    Gives what was proved, a phrase each; raises RefusedError, whatever the bytes are, unless they are those that were released.
    """
    name = _line(path.name)
    content = _content(path)
    files = _opened(content, name)
    if manifest.SUMS not in files or "datapackage.json" not in files:
        raise RefusedError(f"{name} is no release: {manifest.SUMS} and datapackage.json are not at its root.")
    spec = _descriptor(files["datapackage.json"], name)
    now = digests(files)
    listed = _listed(files[manifest.SUMS], name)
    faults = manifest.compared(listed, {file: digest for file, digest in now.items() if file != manifest.SUMS}) + _stamp_faults(spec, files)
    if faults:
        raise RefusedError(f"{name} was altered: {few(map(_line, faults))}.")
    state = _release_of(spec.version, name, root)
    if strange := _strange(state, content, now):
        raise RefusedError(f"{name} holds together, but is not the zip that was released as {state.version}: {few(map(_line, strange))}.")
    return [
        f"{len(listed)} files by their checksums",
        f"{len(spec.tables)} tables by hash, bytes, rows and fingerprint",
        f"release {state.version}, byte for byte as {_place(state)} has it (sha256 {state.record['zip']['sha256']})",
    ]


@contextmanager
def _reading(refusal: str) -> Iterator[None]:
    """Whatever a stranger's bytes raise in the block becomes one sentence: zipfile, json and what they call raise a dozen kinds."""
    try:
        yield
    except RefusedError:
        raise
    except Exception as error:
        raise RefusedError(f"{refusal} ({_line(str(error).rstrip('.')) or type(error).__name__}).") from error


def _content(path: Path) -> bytes:
    with _reading(f'"{_line(str(path))}" cannot be read'):
        if not path.is_file():
            raise RefusedError(f'There is no file "{_line(str(path))}".')
        if path.stat().st_size > LIMIT:
            raise RefusedError(f"{_line(path.name)} is no release: it has more than {LIMIT} bytes.")
        return path.read_bytes()


def _opened(content: bytes, name: str) -> dict[str, bytes]:
    """The files of a zip by their path."""
    with _reading(f"{name} is damaged or no zip"), zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = archive.infolist()
        if fault := _unfit(held, len(content)):
            raise RefusedError(f"{name} is no release: {fault}.")
        return {entry.filename: _unpacked(archive, entry) for entry in held}


def _unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    # Asked for no more than it claims to be, a bomb unpacks to no more; what else it holds is seen by its checksum.
    with archive.open(entry) as file:
        return file.read(entry.file_size)


def _unfit(held: list[zipfile.ZipInfo], size: int) -> str:
    """Why a zip is none of this project's and should not be unpacked; empty if nothing speaks against it."""
    names = [entry.orig_filename for entry in held]
    outside = [n for n in names if set(n) & set("\\:\0") or n.startswith("/") or ".." in n.split("/")]
    if len(set(names)) < len(names):
        return "a file stands in it twice"
    if outside:
        return f"{_line(outside[0])} would be unpacked elsewhere"
    if any(entry.flag_bits & 1 for entry in held):
        return "its files need a password"
    if any(entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for entry in held):
        return "its files are compressed otherwise than those of a release"
    # Where files overlap or lie about themselves, they hold more than what holds them.
    if sum(entry.compress_size for entry in held) > size or any(_lies(entry) for entry in held):
        return "its files claim to be larger than it"
    return f"its files would fill more than {LIMIT} bytes" if sum(entry.file_size for entry in held) > LIMIT else ""


def _lies(entry: zipfile.ZipInfo) -> bool:
    return entry.compress_type == zipfile.ZIP_STORED and entry.file_size != entry.compress_size


def _descriptor(content: bytes, name: str) -> Contract:
    with _reading(f"{name} was altered: its datapackage.json cannot be read"):
        spec = json.loads(content)
        tables = {r["name"]: Table(dict(r), str(r["path"])) for r in spec["resources"]}
        version = str(spec["version"])
    if not tables:
        raise RefusedError(f"{name} is no release: its datapackage.json describes no table.")
    return Contract(spec | {"version": version}, tables)


def _listed(content: bytes, name: str) -> dict[str, str]:
    """Checksums by file name, as SHA256SUMS gives them."""
    with _reading(f"{name} was altered: {manifest.SUMS} is not a list of checksums"):
        return {file: digest for digest, file in (line.split("  ", 1) for line in content.decode().splitlines())}


def _stamp_faults(contract: Contract, files: Mapping[str, bytes]) -> list[str]:
    """Tables that are not what the descriptor of the release says they are, a phrase each."""
    result = []
    for table in contract.tables.values():
        content = files.get(table.file)
        if content is None:
            result.append(f"{table.file} is missing")
            continue
        now = {
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            "bytes": len(content),
            "rows": content.count(b"\n") - 1,
            "fingerprint": f"sha256:{fingerprint.of_csv(content)}",
        }
        wrong = [name for name, value in now.items() if table.spec.get(name) != value]
        if wrong:
            result.append(f"{table.file} has another {' and '.join(wrong)} than its descriptor")
    return result


def _release_of(version: str, name: str, root: Path) -> Snapshot:
    """The release that a zip says it is. Raises RefusedError if this checkout has no record of it."""
    if version in snapshot.versions(root):
        return snapshot.release(version, root)
    what = "a trial build, which" if version.endswith(archive.TRIAL) else f"version {_line(version)}, which"
    known = ", ".join(snapshot.versions(root)) or "none"
    raise RefusedError(f"{name} holds together, but is {what} nothing here can prove. Releases that this checkout records: {known}.")


def _strange(state: Snapshot, content: bytes, now: Mapping[str, str]) -> list[str]:
    """What of a zip, ``now`` the digests of its files, is not as the record and the tables of a release have it, a phrase each."""
    tables = digests({f"{table}.csv": state.csv(table) for table in state.contract.tables})
    result = manifest.compared(state.record["files"] | tables, dict(now))
    if not result and hashlib.sha256(content).hexdigest() != state.record["zip"]["sha256"]:
        return ["the files are the same, the archive around them is not"]
    return result


def _place(state: Snapshot) -> str:
    return f"build/releases/{state.version} of this checkout"


def _line(text: str) -> str:
    """A text of a stranger as part of one line of ordinary length."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in text[:LONGEST])
    return shown + ("…" if len(text) > LONGEST else "")


def main() -> None:
    """Prove what the variables VERIFY_VERSION or VERIFY_ZIP of the environment name."""
    version, file = os.environ.get("VERIFY_VERSION", ""), os.environ.get("VERIFY_ZIP", "")
    with command("verify") as store:
        if bool(version) == bool(file):
            raise RefusedError("Name a release or a zip, as in make verify VERSION=1.0.0 or make verify ZIP=dist/name.zip.")
        results = proved(Path(file)) if file else rebuilt(snapshot.release(version))
        store.message = f"{version or _line(file)} holds: {', '.join(results)}"


if __name__ == "__main__":
    main()
