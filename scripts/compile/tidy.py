"""``make tidy``: raw/ in its canonical form, so that a diff shows what a person changed and nothing else."""

import csv
import io
import re
import sys
import unicodedata
from pathlib import Path

from scripts.package.contract import ROOT, Table, raw
from scripts.package.store import command


def canonical(table: Table, text: str) -> str:
    """One raw file with rows sorted by key, minimal quoting, LF, composed letters, and no white space at the ends of cells."""
    rows = list(csv.reader(io.StringIO(text, newline="")))
    if not rows or rows[0] != table.columns:
        return text
    keys = [table.columns.index(column) for column in table.primary_key]
    cells = [[unicodedata.normalize("NFC", cell).strip() for cell in row] for row in rows[1:]]
    if any(len(row) != len(table.columns) for row in cells):
        return text
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(table.columns)
    cells.sort(key=lambda row: [_natural(row[k]) for k in keys])
    writer.writerows(cells)
    return out.getvalue()


def _natural(text: str) -> list[tuple[int, str]]:
    """Sort key that puts ``a.2`` before ``a.10``."""
    return [(int(part), "") if part.isdecimal() else (0, part) for part in re.split(r"([0-9]+)", text)]


def main(root: Path = ROOT) -> None:
    """Rewrite the raw files that are not canonical, all or none, and name them."""
    with command("tidy", root) as store:
        files = rewritten(root)
        store.commit(files)
        store.message = f"rewritten: {', '.join(files)}" if files else "raw/ is canonical"


def rewritten(root: Path) -> dict[str, bytes]:
    """The canonical form of each raw file that has another, by path; those that cannot be read are named and left out."""
    files = {}
    for table in raw(root).tables.values():
        before = (root / table.file).read_bytes()
        try:
            after = canonical(table, before.decode().replace("\r\n", "\n").removeprefix("\ufeff")).encode()
        except (UnicodeDecodeError, csv.Error) as error:
            print(f"{table.file}: left as it is ({error}). Run `make data` for the place.", file=sys.stderr)
            continue
        if after != before:
            files[table.file] = after
    return files


if __name__ == "__main__":
    main()
