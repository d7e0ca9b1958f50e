"""``make diff FROM=1.0.0 TO=1.1.0``: what changed between two releases, or from one to the tables at hand.

Written to build/diff/FROM-TO/: ``changes.csv`` with its descriptor, the same for reading as Markdown and HTML, ``results.csv``
with every row that moved a published result, and ``section.md``, the section of CHANGELOG.md that a person completes.
"""

import csv
import io
import json
import os
from collections.abc import Iterable, Sequence
from html import escape
from typing import NamedTuple

import polars as pl

from scripts import changes, compatibility, fingerprint, headlines, history, journal
from scripts.changes import SELF, Change
from scripts.compatibility import Demand
from scripts.contract import ROOT, Contract, product
from scripts.headlines import Move, said
from scripts.history import RefusedError, State
from scripts.tables import csv_bytes

SHOWN = 50
SENTENCE = "(A person writes here, in a sentence or two, what a user should know and whether they must act.)"
KINDS = {"row_added": "added", "row_removed": "removed", "value_changed": "changed"}
STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6570;--line:#d5dae0;--ground:#fff;--tint:#f4f6f8}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#a4adb7;--line:#39424c;--ground:#14181d;--tint:#1c2229}}
*{box-sizing:border-box}body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.5 system-ui,sans-serif}
main{max-width:72rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}
p{max-width:46rem}code{overflow-wrap:anywhere;font-size:.88em}.soft{color:var(--soft)}.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid var(--line)}
th{background:var(--tint)}.n{text-align:right;font-variant-numeric:tabular-nums}summary{cursor:pointer;padding:.4rem 0;font-weight:600}
"""


class Difference(NamedTuple):
    """Two states and all that differs."""

    before: State
    after: State
    changes: list[Change]
    moves: list[Move]
    demands: list[Demand]
    prints: tuple[str, str]

    @property
    def moved(self) -> list[Move]:
        """Headlines whose number moved or whose rows did, the number remaining."""
        return [move for move in self.moves if move.published != move.after or move.rows]

    @property
    def unmoved(self) -> list[str]:
        """Views whose headline and its rows are the same."""
        return [move.view for move in self.moves if move not in self.moved]


def current(contract: Contract) -> State:
    """The tables in build/, under their version, marked if a release of that version exists already."""
    marked = "+unreleased" if contract.version in history.versions() else ""
    return State(contract.version + marked, contract, ROOT / "build")


def states(since: str, until: str, contract: Contract) -> tuple[State, State]:
    """The two states that are named; without a name the last release and the tables at hand. Raises RefusedError."""
    known = history.versions()
    if not since and not known:
        raise RefusedError("There is no release yet to compare with.")
    before = history.release(since or known[-1])
    after = history.release(until) if until else current(contract)
    if before.version == after.version:
        raise RefusedError(f"{before.version} does not differ from itself. Name another release after TO.")
    return before, after


def difference(before: State, after: State, corrections: pl.DataFrame) -> Difference:
    """All that differs from ``before`` to ``after``."""
    old, new = ({name: state.csv(name) for name in state.contract.tables} for state in (before, after))
    noted = changes.noted_in(corrections, before.version, after.version)
    found = changes.between(before.contract, after.contract, old, new, noted)
    now = after.record.get("views") or compatibility.views()
    asked = compatibility.demands(before, after.contract, found, now, wordings(corrections, before.version, after.version))
    moves = headlines.moved(before, after, product())
    prints = (fingerprint.of_folder(before.folder, before.contract), fingerprint.of_folder(after.folder, after.contract))
    return Difference(before, after, found, moves, asked, prints)


def wordings(corrections: pl.DataFrame, since: str, until: str) -> compatibility.Wordings:
    """Columns whose description was only put better, as ``raw/corrections.csv`` says."""
    kept = changes.noted_in(corrections.filter(pl.col("kind") == "wording"), since, until)
    return frozenset((table, column) for table, _, column in kept)


def corrections_at_hand() -> pl.DataFrame:
    """``raw/corrections.csv`` as text, empty cells null."""
    return pl.read_csv(ROOT / "raw" / "corrections.csv", infer_schema=False)


# --- telling -------------------------------------------------------------------------------------------------------------


def files(found: Difference, contract: Contract) -> dict[str, bytes]:
    """What is written, by path under build/."""
    name = f"diff/{found.before.version}-{found.after.version}"
    table = contract[SELF]
    rows = changes.frame(found.changes, found.before.version, found.after.version, table)
    resource = table.spec | {"path": "changes.csv"}
    descriptor = {"profile": "tabular-data-package", "name": "changes", "title": _title(found), "resources": [resource]}
    return {
        f"{name}/changes.csv": csv_bytes(rows),
        f"{name}/datapackage.json": (json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n").encode(),
        f"{name}/results.csv": _results(found.moves).encode(),
        f"{name}/changes.md": markdown(found).encode(),
        f"{name}/index.html": html(found).encode(),
        f"{name}/section.md": section(found).encode(),
    }


def _title(found: Difference) -> str:
    return f"Changes of Diplomatic Expulsions from {found.before.version} to {found.after.version}"


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
    return f"{since} published {said(move.published)}; the rules of today give {said(move.before)} for its rows."


def _tallies(found: list[Change]) -> list[tuple[str, list[Change]]]:
    return [(name, [c for c in found if c.table_name == name]) for name in sorted({c.table_name for c in found})]


def _tally(rows: list[Change]) -> str:
    counts = {what: len([1 for c in rows if c.kind == kind]) for kind, what in KINDS.items()}
    unit = {"added": "row", "removed": "row", "changed": "value"}
    told = [f"{n} {unit[what]}{'' if n == 1 else 's'} {what}" for what, n in counts.items() if n]
    return ", ".join(told + [f"{c.kind.replace('_', ' ')}: {c.column_name}" for c in rows if c.kind not in KINDS])


def markdown(found: Difference) -> str:
    """The difference for reading, the published results first."""
    one, two = found.before.version, found.after.version
    parts = [f"# {_title(found)}\n", f"Fingerprint of {one}: `{found.prints[0]}`  \nFingerprint of {two}: `{found.prints[1]}`\n"]
    parts.append("## Which published results moved\n")
    parts.append(f"| Result | View | {one} | {two} | Rows that differ |\n|---|---|--:|--:|--:|")
    parts += [f"| {_cell(m.caption)} | `{m.view}` | {said(m.published)} | {said(m.after)} | {len(m.rows)} |" for m in found.moved]
    if not found.moved:
        parts.append("| none | | | | |")
    parts.append(f"\nUnmoved: {', '.join(f'`{view}`' for view in found.unmoved) or 'none'}.\n")
    for move in found.moved:
        parts.append(f"### {move.caption}: {said(move.published)} → {said(move.after)}\n")
        parts += [f"{lead}\n"] if (lead := _lead(move, one)) else []
        parts.append(_table(["Row", one, two], list(move.rows), "results.csv"))
    parts.append("## What changed in the tables\n")
    for name, rows in _tallies(found.changes):
        parts.append(f"### {name}: {_tally(rows)}\n")
        cells = [(c.row_id, c.column_name, c.kind.replace("_", " "), c.old, c.new, c.reason) for c in rows]
        parts.append(_table(["Row", "Column", "What", "Old", "New", "Reason"], cells, "changes.csv"))
    parts.append("## What the version asks for\n")
    parts += [f"- {demand.level}: {_cell(demand.because)}" for demand in found.demands]
    return "\n".join(parts).rstrip() + "\n"


def _table(head: list[str], rows: Sequence[tuple[str, ...]], file: str) -> str:
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    lines += [f"| {' | '.join(map(_cell, row))} |" for row in rows[:SHOWN]]
    more = f"\nAnd {len(rows) - SHOWN} more, all in {file}.\n" if len(rows) > SHOWN else ""
    return "\n".join(lines) + "\n" + more


def _cell(text: str) -> str:
    return escape(text, quote=False).replace("\\", "\\\\").replace("|", "\\|").replace("*", "\\*").replace("[", "\\[").replace("`", "\\`")


def html(found: Difference) -> str:
    """The same as one page that needs nothing else."""
    one, two = found.before.version, found.after.version
    title = escape(_title(found))
    results = [(m.caption, m.view, said(m.published), said(m.after), str(len(m.rows))) for m in found.moved]
    prints = f"Fingerprint of {one}: <code>{found.prints[0]}</code><br>of {two}: <code>{found.prints[1]}</code>"
    body = [f"<h1>{title}</h1><p class='soft'>{prints}</p>"]
    body.append("<h2>Which published results moved</h2>" + _html_table(["Result", "View", one, two, "Rows that differ"], results, 2))
    body.append(f"<p class='soft'>Unmoved: {', '.join(found.unmoved) or 'none'}.</p>")
    for move in found.moved:
        lead = escape(_lead(move, one))
        inner = f"<p>{lead}</p>" if lead else ""
        heading = f"{escape(move.caption)}: {said(move.published)} → {said(move.after)}"
        body.append(f"<details><summary>{heading}</summary>{inner}{_html_table(['Row', one, two], list(move.rows), 1)}</details>")
    body.append("<h2>What changed in the tables</h2>")
    for name, rows in _tallies(found.changes):
        cells = [(c.row_id, c.column_name, c.kind.replace("_", " "), c.old, c.new, c.reason) for c in rows]
        inner = _html_table(["Row", "Column", "What", "Old", "New", "Reason"], cells)
        body.append(f"<details><summary>{escape(name)}: {escape(_tally(rows))}</summary>{inner}</details>")
    asked = "".join(f"<li>{demand.level}: {escape(demand.because)}</li>" for demand in found.demands)
    body.append(f"<h2>What the version asks for</h2><ul>{asked}</ul>")
    return (
        "<!doctype html><html lang='en'><head><meta charset='utf-8'><meta name='viewport' content='width=device-width,initial-scale=1'>"
        f"<title>{title}</title><style>{STYLE}</style></head><body><main>{''.join(body)}</main></body></html>\n"
    )


def _html_table(head: list[str], rows: Sequence[tuple[str, ...]], numeric_from: int = 99) -> str:
    def row(cells: Iterable[str], tag: str) -> str:
        named = [f"<{tag} class=n>" if k >= numeric_from else f"<{tag}>" for k in range(len(head))]
        return "<tr>" + "".join(f"{start}{escape(cell)}</{tag}>" for start, cell in zip(named, cells, strict=True)) + "</tr>"

    shown = "".join(row(cells, "td") for cells in rows[: SHOWN * 20])
    more = f"<p class='soft'>And {len(rows) - SHOWN * 20} more, all in the CSV beside this page.</p>" if len(rows) > SHOWN * 20 else ""
    return f"<div class='scroll' tabindex='0'><table><thead>{row(head, 'th')}</thead><tbody>{shown}</tbody></table></div>{more}"


def section(found: Difference) -> str:
    """The section of CHANGELOG.md for the later version; a person replaces the sentence in brackets."""
    version = found.after.version.removesuffix("+unreleased")
    parts = [f"## {version} – {found.after.contract.spec['created'][:10]}\n", f"{SENTENCE}\n", "Published results that moved:\n"]
    moved = [move for move in found.moved if move.published != move.after]
    parts += [f"- {move.caption}: {said(move.published)} → {said(move.after)} (`{move.view}`)" for move in moved] or ["- none"]
    parts.append("\nTables:\n")
    parts += [f"- {name}: {_tally(rows)}" for name, rows in _tallies(found.changes)] or ["- none"]
    asked = f"a {found.demands[0].level}" if found.demands else "no new"
    parts.append(f"\nAsks for {asked} version. Row by row with reasons: `{command(found)}`.")
    return "\n".join(parts) + "\n"


def command(found: Difference) -> str:
    """What is typed to have this difference. A release has a record, the tables at hand have none and need no name."""
    until = f" TO={found.after.version}" if found.after.record else ""
    return f"make diff FROM={found.before.version}{until}"


def main() -> None:
    """Compare what the variables DIFF_FROM and DIFF_TO of the environment name, write the pages, print the section."""
    with history.refusals("diff"), journal.command("diff") as store:
        contract = product()
        found = difference(*states(os.environ.get("DIFF_FROM", ""), os.environ.get("DIFF_TO", ""), contract), corrections_at_hand())
        written = files(found, contract)
        store.commit(written)
        print(section(found))
        store.told = f"build/{sorted(written)[0].rsplit('/', 1)[0]}: {len(found.changes)} changes, {len(found.moved)} results moved"


if __name__ == "__main__":
    main()
