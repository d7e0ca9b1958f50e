"""``make verify VERSION=1.0.0`` rebuilds a release from its commit in a clean place; ``make verify ZIP=path`` proves a zip."""

import hashlib
import io
import json
import os
import subprocess
import tempfile
import zipfile
from pathlib import Path

from scripts import fingerprint, history, journal
from scripts.contract import ROOT, Contract, Table
from scripts.history import RefusedError, State
from scripts.release import database_fingerprint, git

LIMIT = 1 << 30


def rebuilt(state: State, root: Path = ROOT) -> list[str]:
    """Rebuild a release from its commit in a new folder and hold it against its record; what was proved, a phrase each.

    The environment at hand serves if it was made from the same lock; else the rebuilding sets up its own.
    """
    commit = state.record["commit"]
    try:
        git("cat-file", "-e", f"{commit}^{{commit}}", root=root)
    except RefusedError as error:
        short = commit[:12]
        raise RefusedError(f"The commit {short} of {state.version} is not in this repository. Fetch the whole history.") from error
    with tempfile.TemporaryDirectory() as place:
        clone = Path(place) / "clone"
        git("clone", "--quiet", "--no-checkout", "--local", str(root), str(clone), root=root)
        git("-c", "core.autocrlf=false", "checkout", "--quiet", "--detach", commit, root=clone)
        _lend_environment(root, clone)
        # What is committed as built must come out of raw/ anew.
        for built in [*(clone / "build").glob("*.csv"), clone / "build" / "codebook.md"]:
            built.unlink(missing_ok=True)
        _make(clone, with_page=any(name.startswith("explorer/") for name in state.record["files"]))
        return _held(state, clone)


def _lend_environment(root: Path, clone: Path) -> None:
    lock, ready = clone / "requirements.lock", root / ".venv" / ".ready"
    if ready.exists() and lock.read_bytes() == (root / "requirements.lock").read_bytes():
        (clone / ".venv").symlink_to(root / ".venv", target_is_directory=True)
        # Older than the stamp of the environment, so that make does not set it up again.
        os.utime(lock, (0, 0))


def _make(clone: Path, with_page: bool) -> None:
    """Make the package there, with the explorer's page only if the release had it."""
    keep = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS", "VERIFY_", "GIT_"))}
    done = subprocess.run(
        ["make", "package", *([] if with_page else ["SITE="])], cwd=clone, env=keep, capture_output=True, text=True, check=False
    )
    if done.returncode:
        told = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise RefusedError(f"The release could not be rebuilt ({told}).")


def _held(state: State, clone: Path) -> list[str]:
    record = state.record
    proved = []
    for table in state.contract.tables:
        if (clone / "build" / f"{table}.csv").read_bytes() != state.csv(table):
            raise RefusedError(f"{table}.csv comes out of the commit with other bytes than {state.version} was released with.")
    proved.append(f"{len(state.contract.tables)} tables")
    content = (clone / "dist" / record["zip"]["name"]).read_bytes()
    if hashlib.sha256(content).hexdigest() != record["zip"]["sha256"]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            now = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in archive.namelist()}
        said = "; ".join(history.compared(record["files"], now)) or "the archive itself"
        raise RefusedError(f"The zip rebuilt from the commit is not that of {state.version}: {said}.")
    proved.append(f"the zip, byte for byte (sha256 {record['zip']['sha256']})")
    if database_fingerprint(clone / "dist" / record["database"]["name"], state.contract) != record["database"]["fingerprint"]:
        raise RefusedError(f"The database rebuilt from the commit has other rows than that of {state.version}.")
    return [*proved, "the database by its content"]


# --- zip -----------------------------------------------------------------------------------------------------------------


def proved(path: Path, root: Path = ROOT) -> list[str]:
    """Hold a zip against itself (checksums, and the stamps of its descriptor) and, if this repository knows its release, against that.

    Gives what was proved, a phrase each; raises RefusedError at the first thing that is not right.
    """
    if not path.is_file():
        raise RefusedError(f'There is no file "{path}".')
    content = path.read_bytes()
    files = _opened(content, path)
    if history.SUMS not in files or "datapackage.json" not in files:
        raise RefusedError(f"{path.name} is no release: {history.SUMS} and datapackage.json are not at its root.")
    spec = _descriptor(files["datapackage.json"], path)
    told = [f"{len(files) - 1} files by their checksums"]
    faults = history.compared(_listed(files, path), {n: hashlib.sha256(f).hexdigest() for n, f in files.items() if n != history.SUMS})
    faults += _stamp_faults(spec, files)
    if faults:
        raise RefusedError(f"{path.name} was altered: {'; '.join(faults)}.")
    told.append(f"{len(spec.tables)} tables by hash, bytes, rows and fingerprint")
    if spec.version not in history.versions(root):
        return [*told, f"but nothing says that it is release {spec.version}: this repository does not know that version"]
    released = history.release(spec.version, root).record["zip"]
    if hashlib.sha256(content).hexdigest() != released["sha256"]:
        raise RefusedError(f"{path.name} holds together, but is not the zip that was released as {spec.version}.")
    return [*told, f"release {spec.version}, byte for byte (sha256 {released['sha256']})"]


def _opened(content: bytes, path: Path) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if len(set(names)) < len(names):
                raise RefusedError(f"{path.name} was altered: a file stands in it twice.")
            if sum(entry.file_size for entry in archive.infolist()) > LIMIT:
                raise RefusedError(f"{path.name} is no release: it unpacks to more than a gigabyte.")
            return {name: archive.read(name) for name in names}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError) as error:
        raise RefusedError(f"{path.name} is damaged or no zip ({error}).") from error


def _listed(files: dict[str, bytes], path: Path) -> dict[str, str]:
    lines = files[history.SUMS].decode(errors="replace").splitlines()
    if any("  " not in line for line in lines):
        raise RefusedError(f"{path.name} was altered: {history.SUMS} is not a list of checksums.")
    return {name: digest for digest, name in (line.split("  ", 1) for line in lines)}


def _descriptor(content: bytes, path: Path) -> Contract:
    try:
        spec = json.loads(content)
        history.numbers(spec["version"])
        return Contract(spec, {r["name"]: Table(r, r["path"]) for r in spec["resources"]})
    except (ValueError, KeyError, TypeError) as error:
        raise RefusedError(f"{path.name} was altered: its datapackage.json cannot be read.") from error


def _stamp_faults(contract: Contract, files: dict[str, bytes]) -> list[str]:
    """Tables that are not what the descriptor of the release says they are, a phrase each."""
    found = []
    for table in contract.tables.values():
        content = files.get(table.file)
        if content is None:
            found.append(f"{table.file} is missing")
            continue
        now = {
            "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
            "bytes": len(content),
            "rows": content.count(b"\n") - 1,
            "fingerprint": f"sha256:{fingerprint.of_csv(content)}",
        }
        wrong = [name for name, value in now.items() if table.spec.get(name) != value]
        if wrong:
            found.append(f"{table.file} has another {' and '.join(wrong)} than its descriptor")
    return found


def main() -> None:
    """Prove what the variables VERIFY_VERSION or VERIFY_ZIP of the environment name."""
    version, file = os.environ.get("VERIFY_VERSION", ""), os.environ.get("VERIFY_ZIP", "")
    with history.refusals("verify"), journal.command("verify") as store:
        if bool(version) == bool(file):
            raise RefusedError("Name a release or a zip, as in make verify VERSION=1.0.0 or make verify ZIP=dist/name.zip.")
        told = proved(Path(file)) if file else rebuilt(history.release(version))
        store.told = f"{version or file} holds: {', '.join(told)}"


if __name__ == "__main__":
    main()
