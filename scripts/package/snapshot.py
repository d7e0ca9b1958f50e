"""Earlier releases: ``build/releases/X.Y.Z/`` holds each one's CSVs, descriptor, checksums and record, and never changes."""

import hashlib
import json
import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from scripts.package import manifest
from scripts.package.contract import ROOT, Contract, Table
from scripts.package.store import RefusedError

VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")
RECORD = "release.json"
LINE = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True)
class Snapshot:
    """The package as one release had it, or as build/ has it now: a descriptor and the CSVs beside it."""

    version: str
    contract: Contract
    folder: Path

    def csv(self, table: str) -> bytes:
        """One table's CSV."""
        return (self.folder / Path(self.contract[table].file).name).read_bytes()

    @cached_property
    def record(self) -> dict[str, Any]:
        """What was noted of a release: commit, zip, fingerprints, headlines, views. Empty for an unreleased state."""
        path = self.folder / RECORD
        return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def numbers(version: str) -> tuple[int, int, int]:
    """``1.10.0`` as (1, 10, 0). Raises RefusedError if it is no version."""
    match = VERSION.fullmatch(version)
    if not match:
        raise RefusedError(f'"{version}" is no version. Write three numbers, as in 1.2.0.')
    major, minor, patch = match.groups()
    return int(major), int(minor), int(patch)


def versions(root: Path = ROOT) -> list[str]:
    """All released versions, oldest first."""
    folder = root / "build" / "releases"
    named = [path.name for path in folder.iterdir() if VERSION.fullmatch(path.name)] if folder.is_dir() else []
    return sorted(named, key=numbers)


def release(version: str, root: Path = ROOT) -> Snapshot:
    """One release. Raises RefusedError if there is none of that version, or if its files are not those released."""
    known = versions(root)
    if version not in known:
        raise RefusedError(f'There is no release "{version}". Released: {", ".join(known) or "none yet"}.')
    folder = root / "build" / "releases" / version
    faults = altered(folder)
    if faults:
        strange = [fault for fault in faults if manifest.STRANGE in fault]
        advice = ["Remove what is not part of it."] if strange else []
        if len(strange) < len(faults):
            advice.append(f"Restore it from the commit that released it, as in `git checkout HEAD -- build/releases/{version}`.")
        raise RefusedError(f"build/releases/{version} is not as it was released: {'; '.join(faults)}. {' '.join(advice)}")
    spec = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return Snapshot(version, Contract(spec, {r["name"]: Table(r, r["path"]) for r in spec["resources"]}), folder)


def latest(root: Path = ROOT) -> Snapshot | None:
    """The newest release, or None."""
    known = versions(root)
    return release(known[-1], root) if known else None


def altered(folder: Path) -> list[str]:
    """What differs between the files of a folder, its checksums and the record of the zip that was released, a phrase each."""
    gone = [f"{name} is missing" for name in (manifest.SUMS, RECORD) if not (folder / name).is_file()]
    if gone:
        return gone
    lines = [LINE.fullmatch(line) for line in (folder / manifest.SUMS).read_bytes().decode(errors="replace").splitlines()]
    wanted = {line[2]: line[1] for line in lines if line}
    paths = [path for path in folder.rglob("*") if path.is_file() and path != folder / manifest.SUMS]
    present = {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}
    try:
        zipped = dict(json.loads((folder / RECORD).read_bytes()).get("files", {}))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return [f"{RECORD} is damaged"]
    if not all(lines) or (present.keys() & zipped.keys()) - wanted.keys():
        return [f"{manifest.SUMS} is damaged"]
    # Whoever replaces a table can mend the checksums beside it: the record says what was in the zip.
    other = [f"{name} is not the one that was released" for name in sorted(present) if zipped.get(name, present[name]) != present[name]]
    return manifest.compared(wanted, present) or other
