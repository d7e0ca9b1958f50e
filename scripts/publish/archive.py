"""``make package``: dist/diplomatic-expulsions-X.Y.Z.9000.zip and, beside it, what Python and R install and the database, out of build/.

All but the last are the same bytes on every machine. A database file never is; its content fingerprint stands in its ``release`` table. Only
what has the bytes of a release has its version, and so its name; all else is on trial.
"""

import json
import os
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from scripts.package import citation, fingerprint, manifest, snapshot
from scripts.package.contract import ROOT, Contract, Table, product
from scripts.package.manifest import Entry, entries
from scripts.package.store import Content, command
from scripts.publish import computed, formats, metadata, rpackage, wheel
from scripts.query import codebook, database

MANUAL = "coding-manual.md"
# What goes along as it is, by its path in the checkout and in the zip. A release refuses where one is missing.
TEXTS = {
    "LICENSE.md": "LICENSE.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "raw/README.md": MANUAL,
    "build/figures/officials.svg": "figures/officials.svg",
    "build/figures/decisions.svg": "figures/decisions.svg",
    "build/figures/moscow.svg": "figures/moscow.svg",
    "build/cookbook.md": "cookbook.md",
    "build/figures/claims.md": "figures/claims.md",
}
README, DO_FILE = (ROOT / "scripts" / "publish" / name for name in ("README.zip.md", "panel.do"))
NOTE = "*The page `raw/README.md` of the repository: the files that it names and the commands that it runs are there.*\n\n"
LINK = re.compile(r"\[([^\[\]]*)\]\(([^()\s]+)\)")
ADDRESS = re.compile(r"[a-z]+:|#")
SITE, PAGE, NOTE_FILE = "site", "index.html", "data-note.pdf"
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


def panel(contract: Contract) -> Table:
    """All dyads and years of the scope, described like those that have a decision."""
    spec = contract["dyad_years"].spec | {"name": "panel_years", "title": "All directed dyads and years"}
    return Table(spec, "panel_years.csv.gz")


def contents(contract: Contract, rows: pl.DataFrame, root: Path = ROOT) -> dict[str, bytes]:
    """Every file of the zip by path, SHA256SUMS last; ``rows`` of the panel. Raises OSError if the tables are not built."""
    build = root / "build"
    files = tables(contract, build)
    descriptor = files.pop("datapackage.json")
    digest = citation.digest({"datapackage.json": descriptor})
    files |= formats.all_files(build, contract) | formats.panel(rows, panel(contract), contract)
    files |= {f"parquet/{table}.parquet": (build / f"{table}.parquet").read_bytes() for table in contract.tables}
    files["stata/panel.do"] = do_file(contract, formats.read(files["expulsions.csv"], contract["expulsions"])).encode()
    files["CITATION.cff"] = f"{citation.cff(contract, digest)}\n".encode()
    _, body = (build / "codebook.md").read_bytes().split(b"\n", 1)
    files["codebook.md"] = codebook.title(contract).encode() + body
    files |= {there: (root / here).read_bytes() for here, there in TEXTS.items() if (root / here).is_file()}
    files |= {f"explorer/{path.relative_to(build / SITE).as_posix()}": path.read_bytes() for path in _files(build / SITE)}
    if (build / NOTE_FILE).is_file():
        files[NOTE_FILE] = (build / NOTE_FILE).read_bytes()
    # Both hold the codebook, which names the manual by its place in the checkout.
    files |= {page: files[page].replace(b"raw/README.md", MANUAL.encode()) for page in ("codebook.md", f"explorer/{PAGE}") if page in files}
    files["datapackage.json"] = descriptor
    files["README.md"] = unlinked(readme(contract, rows), files).encode()
    if MANUAL in files:
        files[MANUAL] = (NOTE + unlinked(files[MANUAL].decode(), files)).encode()
    files |= metadata.documents(contract, files)
    return files | {manifest.SUMS: manifest.checksums(files)}


def readme(contract: Contract, rows: pl.DataFrame) -> str:
    """The page that stands first in the zip; ``rows`` of the panel give its years."""
    values = {name: contract.spec[name] for name in ("title", "version", "description")}
    values |= {
        "stem": name(contract),
        "wheel": wheel.file_name(contract),
        "r_package": rpackage.file_name(contract),
        "citation": citation.apa(contract),
        "first": str(rows["year"].min()),
        "last": str(rows["year"].max()),
    }
    return _filled(README, values)


def do_file(contract: Contract, expulsions: pl.DataFrame) -> str:
    """What Stata can do with the files beside it: the number that the README's snippets print is asserted there."""
    since_invasion = pl.col("announced_on").is_between(date(2022, 2, 24), date(2022, 12, 31))
    total = expulsions.filter(since_invasion & pl.col("counts") & (pl.col("target") == "RUS"))["officials_best"].sum()
    return _filled(DO_FILE, {"title": contract.spec["title"], "version": contract.version, "total": str(total)})


def _filled(page: Path, values: Mapping[str, str]) -> str:
    """A page with what it leaves open in braces."""
    return re.sub(r"\{(\w+)\}", lambda match: values[match[1]], page.read_text(encoding="utf-8"))


def unlinked(page: str, files: Iterable[str]) -> str:
    """A page of the root without its links to what is not among the ``files``; their words stay."""
    held = set(files)
    return LINK.sub(lambda match: match[0] if match[2] in held or ADDRESS.match(match[2]) else match[1], page)


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []


def distributed(stem: str, packed: Mapping[str, bytes], build: Path) -> dict[str, Content]:
    """What lies in dist/, by path in the checkout: what is ``packed``, each with its checksum, and a copy of the database."""
    sums = {f"{name}.sha256": manifest.checksums({name: content}) for name, content in packed.items()}
    return {f"dist/{name}": content for name, content in {**packed, **sums}.items()} | {f"dist/{stem}.duckdb": build / database.NAME}


def packages(contract: Contract, files: Mapping[str, bytes], rows: pl.DataFrame, connection: duckdb.DuckDBPyConnection) -> dict[str, bytes]:
    """The files of dist/ beside the zip that holds ``files``, by name: what Python and R install; ``rows`` of the panel."""
    held = {name: (table, formats.read(files[f"{name}.csv"], table)) for name, table in contract.tables.items()}
    held |= {"panel_years": (panel(contract), rows)} | computed.tables(connection, contract)
    return {
        wheel.file_name(contract): wheel.wheel(contract, held, files, connection),
        rpackage.file_name(contract): rpackage.archive(contract, held, files),
    }


def built(contract: Contract, rows: pl.DataFrame, root: Path = ROOT, proved: str = "") -> tuple[Contract, dict[str, bytes], str]:
    """The contract, whose version may be on trial, the files of its zip, and why it is no release; empty if it is one.

    A version is kept if the files have the bytes of its release, or if it is ``proved`` by this.
    """
    version = contract.version
    why = f"there is no release {version}"
    if version in (proved, *snapshot.versions(root)):
        files = contents(contract, rows, root)
        if version == proved:
            return contract, files, ""
        differing = manifest.compared(snapshot.release(version, root).record["files"], manifest.digests(files))
        if not differing:
            return contract, files, ""
        why = f"it is not release {version}: {few(differing)}"
    trial = Contract(contract.spec | {"version": version + TRIAL}, contract.tables)
    return trial, contents(trial, rows, root), why


def few(phrases: Iterable[str]) -> str:
    """The first of some phrases in one, and how many there are besides."""
    problems = list(dict.fromkeys(phrases))
    return "; ".join(problems[:SHOWN]) + (f"; and {len(problems) - SHOWN} more" if len(problems) > SHOWN else "")


def main() -> None:
    """Write dist/ from build/, whatever its state: no release, only its files."""
    with command("package") as store:
        contract = product()
        snapshot.numbers(contract.version)
        with database.opened(store.build, contract) as connection:
            rows = database.panel(connection, panel(contract))
            trial, files, why = built(contract, rows, proved=os.environ.get(PROVED, ""))
            packed = {f"{name(trial)}.zip": formats.zipped(files)} | packages(trial, files, rows, connection)
        store.commit(distributed(name(trial), packed, store.build))
        message = ", ".join(f"dist/{file}, {len(content)} bytes" for file, content in packed.items())
        store.message = message + (f", on trial, since {why}" if why else "")


if __name__ == "__main__":
    main()
