"""``make package``: dist/diplomatic-expulsions-X.Y.Z.9000.zip and, beside it, the database, out of build/.

The zip is the same bytes on every machine. A database file never is; its content fingerprint stands in its ``release`` table. Only
what has the bytes of a release has its version, and so its name; all else is on trial.
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from scripts.package import fingerprint, manifest, snapshot
from scripts.package.contract import ROOT, Contract, Table, product
from scripts.package.manifest import Entry, entries
from scripts.package.store import Content, command
from scripts.publish import formats, metadata
from scripts.query import codebook, database

# Texts of the repository that go along. A release refuses where one is missing.
TEXTS = ["README.md", "LICENSE.md", "CITATION.cff", "CHANGELOG.md", "CONTRIBUTING.md"]
SITE = "site"
# R reads a fourth number as that of a build on trial; a release has three.
TRIAL = ".9000"
# The environment variable that names the release to be proved by making it anew: its record cannot have been known at its commit.
PROVED = "PACKAGE_AS"
SHOWN = 5


def name(contract: Contract) -> str:
    """Stem of the files in dist/."""
    return f"{contract.spec['name']}-{contract.version}"


def tables(contract: Contract, folder: Path) -> dict[str, bytes]:
    """The CSVs and the stamped descriptor: what is kept of a release in git, and the root of its zip."""
    csvs = {f"{table}.csv": (folder / f"{table}.csv").read_bytes() for table in contract.tables}
    return csvs | {"datapackage.json": stamped(contract, csvs)}


def stamped(contract: Contract, csvs: Mapping[str, bytes]) -> bytes:
    """The descriptor with paths beside it, and hash, bytes, rows and content fingerprint of each table."""
    held = {entry.name: entry for entry in entries(csvs)}
    resources = [_stamped(table, held[f"{table.name}.csv"], csvs[f"{table.name}.csv"]) for table in contract.tables.values()]
    prints = {name: fingerprint.of_csv(csvs[f"{name}.csv"]) for name in contract.tables}
    spec = contract.spec | {"fingerprint": f"sha256:{fingerprint.of_tables(prints)}", "resources": resources}
    return (json.dumps(spec, indent=2, ensure_ascii=False) + "\n").encode()


def _stamped(table: Table, entry: Entry, content: bytes) -> metadata.Json:
    stamp = {"path": entry.name, "hash": f"sha256:{entry.sha256}", "bytes": entry.size, "rows": content.count(b"\n") - 1}
    return table.spec | stamp | {"fingerprint": f"sha256:{fingerprint.of_csv(content)}"}


def contents(contract: Contract, root: Path = ROOT) -> dict[str, bytes]:
    """Every file of the zip by path, SHA256SUMS last. Raises OSError if the tables are not built."""
    build = root / "build"
    files = tables(contract, build)
    descriptor = files.pop("datapackage.json")
    files |= formats.all_files(build, contract)
    files |= {f"parquet/{table}.parquet": (build / f"{table}.parquet").read_bytes() for table in contract.tables}
    files |= {text: (root / text).read_bytes() for text in TEXTS if (root / text).is_file()}
    files["codebook.md"] = codebook.codebook(contract).encode()
    files |= {f"explorer/{path.relative_to(build / SITE).as_posix()}": path.read_bytes() for path in _files(build / SITE)}
    files["datapackage.json"] = descriptor
    files |= metadata.documents(contract, files)
    return files | {manifest.SUMS: manifest.checksums(files)}


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def distributed(stem: str, content: bytes, build: Path) -> dict[str, Content]:
    """What lies in dist/, by path in the checkout: the zip, whose bytes are ``content``, its checksum and a copy of the database."""
    return {
        f"dist/{stem}.zip": content,
        f"dist/{stem}.zip.sha256": manifest.checksums({f"{stem}.zip": content}),
        f"dist/{stem}.duckdb": build / database.NAME,
    }


def built(contract: Contract, root: Path = ROOT, proved: str = "") -> tuple[Contract, dict[str, bytes], str]:
    """The contract, whose version may be on trial, the files of its zip, and why it is no release; empty if it is one.

    A version is kept if the files have the bytes of its release, or if it is ``proved`` by this.
    """
    version = contract.version
    why = f"there is no release {version}"
    if version in (proved, *snapshot.versions(root)):
        files = contents(contract, root)
        if version == proved:
            return contract, files, ""
        differing = manifest.compared(snapshot.release(version, root).record["files"], manifest.digests(files))
        if not differing:
            return contract, files, ""
        why = f"it is not release {version}: {few(differing)}"
    trial = Contract(contract.spec | {"version": version + TRIAL}, contract.tables)
    return trial, contents(trial, root), why


def few(phrases: Iterable[str]) -> str:
    """The first of some phrases in one, and how many there are besides."""
    told = list(dict.fromkeys(phrases))
    return "; ".join(told[:SHOWN]) + (f"; and {len(told) - SHOWN} more" if len(told) > SHOWN else "")


def main() -> None:
    """Write dist/ from build/, whatever its state: no release, only its files."""
    with command("package") as store:
        contract = product()
        snapshot.numbers(contract.version)
        with database.opened(store.build, contract):
            trial, files, why = built(contract, proved=os.environ.get(PROVED, ""))
        content = formats.zipped(files)
        store.commit(distributed(name(trial), content, store.build))
        store.told = f"dist/{name(trial)}.zip, {len(content)} bytes" + (f", on trial, since {why}" if why else "")


if __name__ == "__main__":
    main()
