"""Lists of files with their sizes and checksums: what a release or a zip holds, and how two lists differ."""

import hashlib
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

SUMS = "SHA256SUMS"
STRANGE = "is not part of it"
MEDIA = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".dta": "application/x-stata-dta",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".md": "text/markdown",
    ".cff": "application/yaml",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".html": "text/html",
    ".svg": "image/svg+xml",
    ".gz": "application/gzip",
    ".pdf": "application/pdf",
}


class Entry(NamedTuple):
    """One file of a release: its path there, size in bytes and SHA-256."""

    name: str
    size: int
    sha256: str

    @property
    def media(self) -> str:
        """Its media type, by no table of the machine's: the metadata are the same bytes everywhere."""
        return MEDIA.get(PurePosixPath(self.name).suffix, "text/plain")


def entries(files: Mapping[str, bytes]) -> list[Entry]:
    """The files of a release, sorted by path."""
    return [Entry(name, len(files[name]), hashlib.sha256(files[name]).hexdigest()) for name in sorted(files)]


def digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """SHA-256 of files by path."""
    return {entry.name: entry.sha256 for entry in entries(files)}


def compared(wanted: dict[str, str], present: dict[str, str]) -> list[str]:
    """What differs between two lists of checksums by file name, a phrase each."""
    gone = [f"{name} is missing" for name in sorted(wanted.keys() - present.keys())]
    more = [f"{name} {STRANGE}" for name in sorted(present.keys() - wanted.keys())]
    other = [f"{name} has other bytes" for name in sorted(wanted.keys() & present.keys()) if wanted[name] != present[name]]
    return gone + other + more


def checksums(files: dict[str, bytes]) -> bytes:
    """The content of SHA256SUMS for some files, as sha256sum writes it."""
    return "".join(f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)).encode()
