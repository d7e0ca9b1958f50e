"""``make diff FROM=1.0.0 TO=1.1.0``: what changed between two releases, or from one to the tables at hand.

Written to build/diff/FROM-TO/: ``changes.csv`` with its descriptor, the same for reading as Markdown and HTML, ``results.csv``
with every row that moved a published result, and ``section.md``, the section of CHANGELOG.md that a person completes.
"""

import csv
import io
import json
import os
import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

import polars as pl

from scripts.package import changes, fingerprint, page, snapshot
from scripts.package.changes import SELF, Change
from scripts.package.contract import ROOT, Contract, product
from scripts.package.snapshot import Snapshot
from scripts.package.store import RefusedError, command, csv_bytes
from scripts.publish import semver
from scripts.publish.semver import RequiredBump
from scripts.query import headlines
from scripts.query.headlines import Move, formatted

# Rows of one table that are shown, as Markdown and in a browser.
SHOWN, SHOWN_FOLDED = 50, 1000
SENTENCE = "(A person writes here, in a sentence or two, what a user should know and whether they must act.)"
KINDS = {"row_added": "added", "row_removed": "removed", "value_changed": "changed"}


class Difference(NamedTuple):
    """Two states and all that differs."""

    before: Snapshot
    after: Snapshot
    changes: list[Change]
    moves: list[Move]
    required_bumps: list[RequiredBump]
    prints: tuple[str, str]

    @property
    def moved(self) -> list[Move]:
        """Headlines whose number moved or whose rows did, the number remaining."""
        return [move for move in self.moves if move.published != move.after or move.rows]

    @property
    def unmoved(self) -> list[str]:
        """Views whose headline and its rows are the same."""
        return [move.view for move in self.moves if move not in self.moved]


def current(contract: Contract) -> Snapshot:
    """The tables in build/, under their version, marked if a release of that version exists already."""
    marked = "+unreleased" if contract.version in snapshot.versions() else ""
    return Snapshot(contract.version + marked, contract, ROOT / "build")


def states(since: str, until: str, contract: Contract) -> tuple[Snapshot, Snapshot]:
    """The two states that are named; without a name the last release and the tables at hand. Raises RefusedError."""
    known = snapshot.versions()
    if not since and not known:
        raise RefusedError("There is no release yet to compare with.")
    before = snapshot.release(since or known[-1])
    after = snapshot.release(until) if until else current(contract)
    if before.version == after.version:
        raise RefusedError(f"{before.version} does not differ from itself. Name another release after TO.")
    return before, after


def compare(before: Snapshot, after: Snapshot, corrections: pl.DataFrame) -> Difference:
    """All that differs from ``before`` to ``after``."""
    old, new = ({name: state.csv(name) for name in state.contract.tables} for state in (before, after))
    noted = changes.noted_in(corrections, before.version, after.version)
    rows = changes.between(before.contract, after.contract, old, new, noted)
    now = after.record.get("views") or semver.promised_views()
    asked = semver.required_bumps(before, after.contract, rows, now, wordings(corrections, before.version, after.version))
    moves = headlines.moved(before, after, product())
    prints = (fingerprint.of_folder(before.folder, before.contract), fingerprint.of_folder(after.folder, after.contract))
    return Difference(before, after, rows, moves, asked, prints)


def wordings(corrections: pl.DataFrame, since: str, until: str) -> semver.Wordings:
    """Columns whose description was only put better, as ``raw/corrections.csv`` says."""
    kept = changes.noted_in(corrections.filter(pl.col("kind") == "wording"), since, until)
    return frozenset((table, column) for table, _, column in kept)


def corrections_at_hand() -> pl.DataFrame:
    """``raw/corrections.csv`` as text, empty cells null."""
    return pl.read_csv(ROOT / "raw" / "corrections.csv", infer_schema=False)


# --- telling -------------------------------------------------------------------------------------------------------------


def files(difference: Difference, contract: Contract) -> dict[str, bytes]:
    """What is written, by path in the checkout."""
    name = f"build/diff/{difference.before.version}-{difference.after.version}"
    table = contract[SELF]
    rows = changes.frame(difference.changes, difference.before.version, difference.after.version, table)
    resource = table.spec | {"path": "changes.csv"}
    descriptor = {"profile": "tabular-data-package", "name": "changes", "title": _title(difference), "resources": [resource]}
    return {
        f"{name}/changes.csv": csv_bytes(rows),
        f"{name}/datapackage.json": (json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n").encode(),
        f"{name}/results.csv": _results(difference.moves).encode(),
        f"{name}/changes.md": markdown(difference).encode(),
        f"{name}/index.html": html(difference).encode(),
        f"{name}/section.md": section(difference).encode(),
    }


def _title(difference: Difference) -> str:
    return f"Changes of Diplomatic Expulsions from {difference.before.version} to {difference.after.version}"


def _results(moves: Iterable[Move]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["view", "row", "before", "after"])
    writer.writerows((move.view, *row) for move in moves for row in move.rows)
    return out.getvalue()


def _lead(move: Move, since: str) -> str:
    """Why the first number is not that by today's rules, if it is not."""
    if move.published == move.before:
        return ""
    return f"{since} published {formatted(move.published)}; the rules of today give {formatted(move.before)} for its rows."


def _tallies(rows: list[Change]) -> list[tuple[str, list[Change]]]:
    return [(name, [c for c in rows if c.table_name == name]) for name in sorted({c.table_name for c in rows})]


def _tally(rows: list[Change]) -> str:
    counts = {what: len([1 for c in rows if c.kind == kind]) for kind, what in KINDS.items()}
    unit = {"added": "row", "removed": "row", "changed": "value"}
    counted = [f"{n} {unit[what]}{'' if n == 1 else 's'} {what}" for what, n in counts.items() if n]
    return ", ".join(counted + [f"{c.kind.replace('_', ' ')}: {c.column_name}" for c in rows if c.kind not in KINDS])


def markdown(difference: Difference, shown: int = SHOWN) -> str:
    """The difference for reading, the published results first, and of each table the first ``shown`` rows."""
    one, two = difference.before.version, difference.after.version
    parts = [
        f"# {_title(difference)}\n",
        f"Fingerprint of {one}: `{difference.prints[0]}`  \nFingerprint of {two}: `{difference.prints[1]}`\n",
    ]
    parts.append("## Which published results moved\n")
    parts.append(f"| Result | View | {one} | {two} | Rows that differ |\n|---|---|--:|--:|--:|")
    parts += [
        f"| {_cell(m.caption)} | `{m.view}` | {formatted(m.published)} | {formatted(m.after)} | {len(m.rows)} |" for m in difference.moved
    ]
    if not difference.moved:
        parts.append("| none | | | | |")
    parts.append(f"\nUnmoved: {', '.join(f'`{view}`' for view in difference.unmoved) or 'none'}.\n")
    for move in difference.moved:
        parts.append(f"### {_cell(move.caption)}: {formatted(move.published)} → {formatted(move.after)}\n")
        parts += [f"{lead}\n"] if (lead := _lead(move, one)) else []
        parts.append(_table(["Row", one, two], move.rows, shown, "results.csv", numbers="--:|"))
    parts.append("## What changed in the tables\n")
    for name, rows in _tallies(difference.changes):
        parts.append(f"### {name}: {_cell(_tally(rows))}\n")
        cells = [(c.row_id, c.column_name, c.kind.replace("_", " "), c.old, c.new, c.reason) for c in rows]
        parts.append(_table(["Row", "Column", "What", "Old", "New", "Reason"], cells, shown, "changes.csv"))
    parts.append("## What the version asks for\n")
    parts += [f"- {required_bump.level}: {_cell(required_bump.because)}" for required_bump in difference.required_bumps]
    return "\n".join(parts).rstrip() + "\n"


def _table(head: list[str], rows: Sequence[tuple[str, ...]], shown: int, file: str, numbers: str = "---|") -> str:
    """Rows under their heads; ``numbers`` aligns all columns but the first."""
    lines = [f"| {' | '.join(head)} |", f"|---|{numbers * (len(head) - 1)}"]
    lines += [f"| {' | '.join(map(_cell, row))} |" for row in rows[:shown]]
    more = f"\nAnd {len(rows) - shown} more, all in {file}.\n" if len(rows) > shown else ""
    return "\n".join(lines) + "\n" + more


def _cell(text: str) -> str:
    """Text as Markdown that shows it as it is; an underscore inside a word is none of its marks."""
    return re.sub(r"[\\|*\[`]|(?<![^\W_])_|_(?![^\W_])", r"\\\g<0>", escape(text, quote=False))


def html(difference: Difference) -> str:
    """The same as one page that needs nothing else."""
    return page.frame(_title(difference), f'<main class="reading">\n{page.markdown(markdown(difference, SHOWN_FOLDED), folding=3)}</main>')


def section(difference: Difference) -> str:
    """The section of CHANGELOG.md for the later version; a person replaces the sentence in brackets."""
    version = difference.after.version.removesuffix("+unreleased")
    parts = [f"## {version} – {difference.after.contract.spec['created'][:10]}\n", f"{SENTENCE}\n", "Published results that moved:\n"]
    moved = [move for move in difference.moved if move.published != move.after]
    parts += [f"- {move.caption}: {formatted(move.published)} → {formatted(move.after)} (`{move.view}`)" for move in moved] or ["- none"]
    parts.append("\nTables:\n")
    parts += [f"- {name}: {_tally(rows)}" for name, rows in _tallies(difference.changes)] or ["- none"]
    asked = f"a {difference.required_bumps[0].level}" if difference.required_bumps else "no new"
    parts.append(f"\nAsks for {asked} version. Row by row with reasons: `{typed(difference)}`.")
    return "\n".join(parts) + "\n"


def typed(difference: Difference) -> str:
    """What is typed to have this difference. A release has a record, the tables at hand have none and need no name."""
    until = f" TO={difference.after.version}" if difference.after.record else ""
    return f"make diff FROM={difference.before.version}{until}"


def main() -> None:
    """Compare what the variables DIFF_FROM and DIFF_TO of the environment name, write the pages, print the section."""
    with command("diff") as store:
        contract = product()
        difference = compare(*states(os.environ.get("DIFF_FROM", ""), os.environ.get("DIFF_TO", ""), contract), corrections_at_hand())
        written = files(difference, contract)
        store.commit(written)
        print(section(difference))
        store.message = f"{sorted(written)[0].rsplit('/', 1)[0]}: {len(difference.changes)} changes, {len(difference.moved)} results moved"


if __name__ == "__main__":
    main()
