"""``make release``: refuse unless everything fits, then write dist/ and the immutable build/releases/X.Y.Z/.

Run with ``check`` it only refuses or says what it would release; the Makefile does so before it runs the checks of CI.
"""

import hashlib
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path

import duckdb
import polars as pl

from scripts.package import changes, fingerprint, manifest, snapshot
from scripts.package.contract import ROOT, Contract, product
from scripts.package.manifest import entries
from scripts.package.snapshot import Snapshot
from scripts.package.store import RefusedError, command
from scripts.publish import archive, diff, formats, semver
from scripts.publish.semver import RequiredBump
from scripts.query import database, headlines

LEFT_OUT = 5
# Where git says so, what would help.
ADVICE = {
    "dubious ownership": (
        "git does not trust this checkout, since another user owns it. Work in a clone of your own, or have it trusted: "
        "git config --global --add safe.directory '{root}'."
    ),
    "not a git repository": "This folder is no git checkout (a source archive has no history). Clone the repository and run the command there.",
}
# What a hook exports, and what would lead git to another checkout than this one.
ELSEWHERE = {f"GIT_{name}" for name in ("DIR", "WORK_TREE", "INDEX_FILE", "OBJECT_DIRECTORY", "COMMON_DIR", "PREFIX", "NAMESPACE")}


def git(*arguments: str, root: Path = ROOT) -> str:
    """What a git command prints about ``root`` and no folder around it. Raises RefusedError where it fails or there is no git."""
    own = {name: value for name, value in os.environ.items() if name not in ELSEWHERE}
    own |= {"LC_ALL": "C", "GIT_CEILING_DIRECTORIES": str(root.parent)}
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], env=own, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise RefusedError("git is not installed.") from error
    if done.returncode:
        for message, advice in ADVICE.items():
            if message in done.stderr:
                raise RefusedError(advice.format(root=root))
        message = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise RefusedError(f"git {arguments[0]} failed ({message}).")
    return done.stdout


def faults(contract: Contract, root: Path, corrections: pl.DataFrame) -> tuple[list[str], list[RequiredBump]]:
    """Every reason not to release, a sentence each, and what the change asks of the version."""
    known = snapshot.versions(root)
    result = tree_faults(git("status", "--porcelain", "--untracked-files=normal", root=root))
    result += version_faults(contract, root)
    if contract.version in known:
        return [*result, f"{contract.version} is released already. Raise the version in datapackage.json."], []
    if not known:
        return result, []
    earlier = [snapshot.release(version, root) for version in known]
    return result + change_faults(earlier, contract, root / "build", corrections), _asked(
        earlier[-1], contract, root / "build", corrections
    )


def tree_faults(status: str) -> list[str]:
    """The tree has to be clean, so that the commit is what was released. ``status`` is git's, one line a path."""
    paths = [line[3:] for line in status.splitlines()]
    if not paths:
        return []
    shown = ", ".join(paths[:LEFT_OUT]) + (f" and {len(paths) - LEFT_OUT} more" if len(paths) > LEFT_OUT else "")
    return [f"The tree is not clean: {shown}. Commit or remove what changed."]


def version_faults(contract: Contract, root: Path) -> list[str]:
    """Files that have to name the version in datapackage.json, its day, or at all have to be there, and do not."""
    snapshot.numbers(contract.version)
    result = [f"{text} is missing." for text in ["CITATION.cff", *archive.TEXTS] if not (root / text).is_file()]
    given = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    if given != contract.version:
        result.append(f"pyproject.toml says {given}, datapackage.json {contract.version}. Make them agree.")
    if (root / "CITATION.cff").is_file():
        citation = (root / "CITATION.cff").read_text(encoding="utf-8")
        for key, wanted in {"version": contract.version, "date-released": contract.spec["created"][:10]}.items():
            value = re.search(rf"^{key}: *['\"]?([^'\"\n]*)", citation, re.MULTILINE)
            if not value or value[1].strip() != wanted:
                has = f"says {value[1].strip()}" if value else "has none"
                result.append(f"CITATION.cff {has} for {key}, datapackage.json {wanted}. Make them agree.")
        printed = set(re.findall(r"sha256:([0-9a-f]{64})", citation))
        if printed and printed != {fingerprint.of_folder(root / "build", contract)}:
            result.append("CITATION.cff has another content fingerprint than the tables. Take the entry that `make cite` prints.")
    if (root / "CHANGELOG.md").is_file():
        result += _changelog_faults((root / "CHANGELOG.md").read_text(encoding="utf-8"), contract.version)
    zenodo = root / ".zenodo.json"
    if not zenodo.is_file() or json.loads(zenodo.read_text(encoding="utf-8"))["version"] != contract.version:
        result.append(f".zenodo.json is not that of {contract.version}. Run `make metadata` and commit it.")
    return result


def _changelog_faults(text: str, version: str) -> list[str]:
    section = re.search(rf"^## \[?{re.escape(version)}\b.*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    if not section:
        return [f"CHANGELOG.md has no section {version}. `make diff` prints one."]
    if diff.SENTENCE in section[0]:
        return [f"The section {version} of CHANGELOG.md still lacks its sentence by a person."]
    return []


def _compared(last: Snapshot, contract: Contract, build: Path, corrections: pl.DataFrame) -> list[changes.Change]:
    old = {name: last.csv(name) for name in last.contract.tables}
    new = {name: (build / f"{name}.csv").read_bytes() for name in contract.tables}
    return changes.between(last.contract, contract, old, new, changes.noted_in(corrections, last.version, contract.version))


def _asked(last: Snapshot, contract: Contract, build: Path, corrections: pl.DataFrame) -> list[RequiredBump]:
    wordings = diff.wordings(corrections, last.version, contract.version)
    result = _compared(last, contract, build, corrections)
    return semver.required_bumps(last, contract, result, semver.promised_views(), wordings)


def change_faults(earlier: list[Snapshot], contract: Contract, build: Path, corrections: pl.DataFrame) -> list[str]:
    """Lost ids, changes without a reason, reasons without a change, and a version that does not fit the change."""
    last, result = earlier[-1], []
    current = {name: (build / f"{name}.csv").read_bytes() for name in contract.tables}
    accounted = {(row["table_name"], row["row_id"]) for row in corrections.iter_rows(named=True) if row["column_name"] == changes.WHOLE}
    lost = semver.lost_ids(earlier, contract, current, accounted)
    if lost:
        more = f" and {len(lost) - LEFT_OUT} more" if len(lost) > LEFT_OUT else ""
        result.append(
            f"Ids of earlier releases are gone: {', '.join(lost[:LEFT_OUT])}{more}. Restore them, retire an expulsion with replaced_by, "
            "or account for another id in raw/corrections.csv with column_name *."
        )
    compared = _compared(last, contract, build, corrections)
    silent = semver.unexplained(compared)
    if silent:
        named = ", ".join(f"{c.table_name} {c.row_id} {c.column_name}" for c in silent[:LEFT_OUT])
        more = f" and {len(silent) - LEFT_OUT} more" if len(silent) > LEFT_OUT else ""
        result.append(f"Changes without a reason: {named}{more}. Give it in raw/corrections.csv.")
    result += _idle(compared, corrections, contract.version)
    fault = semver.bump_fault(last.version, contract.version, _asked(last, contract, build, corrections))
    return result + ([f"The version {fault}" if fault.startswith(contract.version) else f"Since then {fault}"] if fault else [])


def _idle(compared: list[changes.Change], corrections: pl.DataFrame, version: str) -> list[str]:
    """Corrections of this version that correct nothing: a typing error in a name, or a change that was taken back."""
    moved = {(c.table_name, c.row_id, c.column_name) for c in compared}
    broad = {(table, row, changes.WHOLE) for table, row, _ in moved} | {(table, changes.WHOLE, column) for table, _, column in moved}
    held = moved | broad | {(table, changes.WHOLE, changes.WHOLE) for table, _, _ in moved}
    rows = corrections.filter((pl.col("version") == version) & (pl.col("kind") == "value")).iter_rows(named=True)
    idle = [place for row in rows if (place := (row["table_name"], row["row_id"], row["column_name"])) not in held]
    return [f"raw/corrections.csv explains what did not change: {' '.join(place)}. Correct or remove the row." for place in idle]


# --- writing -------------------------------------------------------------------------------------------------------------


def record(contract: Contract, commit: str, files: Mapping[str, bytes], packed: Mapping[str, bytes], root: Path = ROOT) -> bytes:
    """What is noted of a release beside its tables, as JSON; ``packed`` are the zip and what lies beside it in dist/."""
    stem = archive.name(contract)
    build = root / "build"
    zipped, *more = [{"name": name, "bytes": len(held), "sha256": hashlib.sha256(held).hexdigest()} for name, held in packed.items()]
    noted = {
        "version": contract.version,
        "commit": commit,
        "created": contract.spec["created"],
        "fingerprint": fingerprint.of_folder(build, contract),
        "zip": zipped,
        "packages": more,
        "database": {"name": f"{stem}.duckdb", "fingerprint": database_fingerprint(build / database.NAME, contract)},
        "files": {entry.name: entry.sha256 for entry in entries(files)},
        "headlines": {h.view: h.value for h in headlines.of_state(Snapshot(contract.version, contract, build), contract)},
        "views": semver.promised_views(),
    }
    return (json.dumps(noted, indent=1, ensure_ascii=False) + "\n").encode()


def database_fingerprint(path: Path, contract: Contract) -> str:
    """Content fingerprint of the package in a database, computed from its rows."""
    with duckdb.connect(str(path), read_only=True) as connection:
        return fingerprint.of_tables(
            {name: fingerprint.of_frame(connection.table(name).pl(), table, contract.truth) for name, table in contract.tables.items()}
        )


def main() -> None:
    """Check, and unless the argument ``check`` is given, write."""
    only_check = sys.argv[1:] == ["check"]
    with command("release") as store:
        contract = product()
        reasons, asked = faults(contract, ROOT, diff.corrections_at_hand())
        if reasons:
            raise RefusedError("\n  ".join([f"{contract.version} cannot be released.", *reasons]) + "\n ")
        level = f", a {asked[0].level} change: " + "; ".join(d.because for d in asked if d.level == asked[0].level) if asked else ""
        if only_check:
            store.message = f"{contract.version} can be released, if the checks pass{level}"
            return
        commit = git("rev-parse", "HEAD").strip()
        with database.opened(store.build, contract) as connection:
            rows = database.panel(connection, archive.panel(contract))
            files = archive.contents(contract, rows)
            packed = {f"{archive.name(contract)}.zip": formats.zipped(files)} | archive.packages(contract, files, rows, connection)
        noted = record(contract, commit, files, packed)
        kept = archive.tables(contract, store.build) | {snapshot.RECORD: noted}
        kept |= {manifest.SUMS: manifest.checksums(kept)}
        released = {f"build/releases/{contract.version}/{name}": file for name, file in kept.items()}
        store.commit(archive.distributed(archive.name(contract), packed, store.build) | released)
        print(next_steps(contract.version))
        store.message = f"dist/{archive.name(contract)}.zip, build/releases/{contract.version}{level}"


def next_steps(version: str) -> str:
    """What the person who released does next."""
    return "\n".join(
        [
            "Next:",
            f"  make verify VERSION={version}",
            f"  git add build/releases/{version} && git commit -m 'Release {version}'",
            f"  git tag -a v{version} -m 'Release {version}'",
        ]
    )


if __name__ == "__main__":
    main()
