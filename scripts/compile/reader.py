"""Strict reading of raw/: every cell is understood, or reported by file, line and column."""

import re
from pathlib import Path

import polars as pl

from scripts.compile.cells import MAX_CELL, typed
from scripts.compile.checks import check_keys, check_references
from scripts.compile.problems import SHOWN, Problems
from scripts.package.contract import ROOT, Contract, Table, raw

CELL = r'(?:[^",]*|"(?:[^"]|"")*")'
QUOTED = r'"(?:[^"]|"")*"'
UNQUOTED = r'^(?:[^",]*)(?:,[^",]*)*$'
MAX_LINE = 200_000
TOO_LONG = "\x1f"
# What may lie in raw/ beside the tables, and names of hidden, lock and backup files.
OTHERS = {"datapackage.json", "README.md"}
ASIDE = re.compile(r"[.#]|~\$|.*(?:~|\.bak|\.orig|\.swp|\.tmp)$", re.DOTALL)
SPELLERS = ["actors", "spellings"]


def read(problems: Problems, root: Path = ROOT) -> dict[str, pl.DataFrame]:
    """All raw tables, typed, with the line of each row.

    Shapes: the columns of ``raw/datapackage.json`` plus ``line``; a vague column ``x`` becomes ``x`` (first
    possible day), ``x_last`` and ``x_precision``; ``grounds`` becomes the booleans ``ground_…``. A cell that
    is reported is null in the frame, so that later checks see no consequences of it.
    """
    contract = raw(root)
    _report_strangers(contract, root, problems)
    spellers = {name: _text(contract[name], root, problems) for name in SPELLERS}
    known = _known_spellings(*spellers.values())
    frames = {}
    for name, table in contract.tables.items():
        text = spellers[name] if name in spellers else _text(table, root, problems)
        frames[name] = typed(table, text, known, problems)
        check_keys(table, frames[name], problems)
    check_references(contract, frames, problems)
    return frames


def _report_strangers(contract: Contract, root: Path, problems: Problems) -> None:
    """Report what lies in raw/ and is read by nobody, but for what editors and office programs put beside a file."""
    known = {Path(table.file).name for table in contract.tables.values()} | OTHERS
    for name in sorted(path.name for path in (root / "raw").iterdir()):
        if name not in known and not ASIDE.match(name):
            shown = "".join(letter if letter.isprintable() else "?" for letter in name)
            message = "No table has this name, so nobody reads it. Move its rows to the table that they belong to and the file elsewhere."
            problems.note(f"raw/{shown}", 1, "", message)


# --- bytes to text -------------------------------------------------------------------------------------------------


def _text(table: Table, root: Path, problems: Problems) -> pl.DataFrame:
    """The cells of one file as text, empty ones null, with ``line``; a file of which a row or all could not be read is torn."""
    path = root / table.file
    empty = pl.DataFrame(schema=dict.fromkeys(table.columns, pl.String) | {"line": pl.UInt32})
    if not path.is_file():
        problems.note(table.file, 1, "", "The file is missing. Restore it; a table without rows keeps its header.")
        problems.torn.add(table.file)
        return empty
    content = path.read_bytes()
    if not (_check_bytes(table, content, problems) and _check_header(table, content[: content.index(b"\n")].decode(), problems)):
        problems.torn.add(table.file)
        return empty
    return _readable(table, content, problems)


def _readable(table: Table, content: bytes, problems: Problems) -> pl.DataFrame:
    """The rows of a file that are rows."""
    bad = _bad_lines(content, len(table.columns))
    if not bad.height:
        return _cells(table, content).with_row_index("line", offset=2).select(*table.columns, "line")
    problems.torn.add(table.file)
    _report_lines(table, bad, problems)
    lines = content.decode().removesuffix("\n").split("\n")
    wrong = set(bad["line"])
    good = [number for number in range(2, len(lines) + 1) if number not in wrong]
    body = "\n".join([",".join(table.columns), *(lines[number - 1] for number in good)]).encode()
    return _cells(table, body).with_columns(line=pl.Series(good, dtype=pl.UInt32))


def _bad_lines(content: bytes, width: int) -> pl.DataFrame:
    """Lines that are no row of ``width`` cells: columns line and text."""
    # A line cannot hold the unit separator, so each line is one cell here.
    lines = pl.read_csv(content, has_header=False, separator="\x1f", quote_char=None, new_columns=["text"], infer_schema=False)
    too_long = pl.col("text").str.len_bytes() > MAX_LINE
    if lines.select(too_long.any()).item():
        # Kept short, so that a hostile line costs no more than its length.
        lines = lines.with_columns(pl.when(too_long).then(pl.lit(TOO_LONG)).otherwise("text").alias("text"))
    row = pl.col("text").str.contains(rf"^{CELL}(?:,{CELL}){{{width - 1}}}$").fill_null(False)
    return lines.with_row_index("line", offset=1).slice(1).filter(~row).with_columns(pl.col("text").fill_null(""))


def _report_lines(table: Table, bad: pl.DataFrame, problems: Problems) -> None:
    blank = pl.col("text").str.strip_chars() == ""
    too_long = pl.col("text") == TOO_LONG
    misquoted = ~blank & ~too_long & ~pl.col("text").str.replace_all(QUOTED, "Q").str.contains(UNQUOTED)
    faults = {
        "The line is empty. Delete it.": blank,
        f"The line has more than {MAX_LINE} bytes. Shorten its cells.": too_long,
        "A quoted cell is not closed on its line, or a quote stands inside a bare cell. Keep each row on one line; "
        "put the cell in quotes and double the quotes inside it.": misquoted,
        f"The row has not as many cells as the header ({len(table.columns)}). Add or remove commas.": ~blank & ~too_long & ~misquoted,
    }
    for message, fault in faults.items():
        problems.add(bad.filter(fault), table.file, "", message)


def _cells(table: Table, content: bytes) -> pl.DataFrame:
    """Cells of lines that are known to be well formed."""
    return pl.read_csv(content, schema=dict.fromkeys(table.columns, pl.String))


def _check_bytes(table: Table, content: bytes, problems: Problems) -> bool:
    """Report a BOM, bytes that are no UTF-8, carriage returns and control characters; true if there are none."""
    before = len(problems.frames)

    def note(place: int, message: str) -> None:
        problems.note(table.file, 1 + content[:place].count(b"\n"), "", message)

    if content.startswith(b"\xef\xbb\xbf"):
        note(0, "The file begins with a byte order mark. Save it as UTF-8 without BOM.")
    if b"\r" in content:
        note(content.index(b"\r"), "A carriage return (CRLF). Save the file with LF line ends.")
    if b"\0" in content:
        note(content.index(b"\0"), "A NUL byte. Delete it.")
    if b"\x1f" in content:
        note(content.index(b"\x1f"), "A control or invisible character. Delete it.")
    if (place := _not_utf8(content)) is not None:
        note(place, "Bytes that are not UTF-8. Save the file as UTF-8.")
    if not content.endswith(b"\n"):
        note(len(content), "The last line does not end. Put a line end (LF) behind it.")
    return len(problems.frames) == before


def _not_utf8(content: bytes) -> int | None:
    """Place of the first byte that is no UTF-8."""
    try:
        # Many times quicker than decoding, but it does not tell the place.
        pl.Series([content]).cast(pl.String)
    except pl.exceptions.ComputeError:
        try:
            content.decode()
        except UnicodeDecodeError as error:
            return error.start
    return None


def _check_header(table: Table, header: str, problems: Problems) -> bool:
    """Report missing, unknown, repeated and swapped columns; true if the header is the contract's."""
    given = header.split(",")
    if given == table.columns:
        return True
    known, there = set(table.columns), set(given)
    missing = [c for c in table.columns if c not in there]
    extra = [c for c in given if c not in known][:SHOWN]
    for column in missing:
        problems.note(table.file, 1, column, "The column is missing. Add it where raw/datapackage.json has it.")
    for column in extra:
        problems.note(table.file, 1, column[:MAX_CELL], "The column is not in raw/datapackage.json. Remove it.")
    if not missing and not extra:
        column = next((g for g, c in zip(given, table.columns, strict=False) if g != c), given[-1])
        problems.note(table.file, 1, column, "The columns are not in the order of raw/datapackage.json. Reorder them.")
    return False


def _known_spellings(actors: pl.DataFrame, spellings: pl.DataFrame) -> pl.DataFrame:
    """Every way of typing an actor: its id and the rows of spellings.csv (columns spelling, actor)."""
    ids = actors.select(spelling="actor_id", actor="actor_id")
    return pl.concat([ids, spellings.select("spelling", actor="actor_id")]).drop_nulls().unique("spelling", keep="first")
