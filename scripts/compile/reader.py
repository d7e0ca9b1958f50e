"""Strict reading of raw/: every cell is understood, or reported by file, line and column."""

import re
from pathlib import Path

import polars as pl

from scripts.compile import dates
from scripts.compile.problems import SHOWN, Problems
from scripts.package.contract import ROOT, Contract, Field, Table, raw

CELL = r'(?:[^",]*|"(?:[^"]|"")*")'
QUOTED = r'"(?:[^"]|"")*"'
UNQUOTED = r'^(?:[^",]*)(?:,[^",]*)*$'
MAX_CELL = 4000
MAX_LINE = 200_000
TOO_LONG = "\x1f"
ENDS = r"^\s|\s$"
BLANKS = r"  |[\p{Zs}--\x20]"
INVISIBLE = r"[\p{Cc}\x{AD}\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{2069}\x{FEFF}]"
MIXED = r"\p{Latin}[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{Latin}"
FORMULA = r"^[=+\-@\t]"
ODD = "|".join([ENDS, BLANKS, INVISIBLE, MIXED, FORMULA])
INTEGER = r"^(0|-?[1-9][0-9]{0,8})$"
# What may lie in raw/ beside the tables, and names of hidden, lock and backup files.
OTHERS = {"datapackage.json", "README.md"}
ASIDE = re.compile(r"[.#]|~\$|.*(?:~|\.bak|\.orig|\.swp|\.tmp)$", re.DOTALL)
SPELLERS = ["actors", "spellings"]
TRUTH = {"yes": True, "no": False}


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
        frames[name] = _typed(table, text, known, problems)
        _check_keys(table, frames[name], problems)
    _check_references(contract, frames, problems)
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


# --- text to types -------------------------------------------------------------------------------------------------


def _typed(table: Table, text: pl.DataFrame, known: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """One table's cells checked against its fields and cast. Only columns in which something is wrong are looked at closely."""
    actors = dict(known.iter_rows())
    fields = list(table.fields.values())
    for field, suspect in zip(fields, _suspects(fields, text, actors), strict=True):
        if suspect:
            text = _reported_text(table, field, text, problems)
    for field in fields:
        _note_candidates(table, field, known, problems)
    typed = text.with_columns(e for field in fields for e in _values(field, actors)).drop(f.name for f in fields if "list" in f.spec)
    for field in fields:
        if "list" in field.spec:
            _check_list(table, field, text, problems)
        elif typed[field.name].null_count() > text[field.name].null_count():
            _report_values(table, field, text, actors, problems)
    return typed


def _suspects(fields: list[Field], text: pl.DataFrame, actors: dict[str, str]) -> list[bool]:
    """Whether a cell of each field may hold what none may, found in one pass: no cell that has the field's form can."""
    return list(text.select(_suspicion(field, actors).alias(field.name) for field in fields).row(0))


def _suspicion(field: Field, actors: dict[str, str]) -> pl.Expr:
    cell = pl.col(field.name)
    lacking = cell.is_null().any() if field.required else pl.lit(False)
    if (form := _form(field, actors)) is not None:
        return lacking | ~form.all()
    odd = cell.str.contains(ODD).any()
    wide = cell.filter(cell.str.len_bytes() != cell.str.len_chars())
    return lacking | odd | (cell.str.len_bytes().max() > MAX_CELL).fill_null(False) | (wide != wide.str.normalize("NFC")).any()


def _form(field: Field, actors: dict[str, str]) -> pl.Expr | None:
    """True for the cells whose form leaves no room for stray characters; None for free text."""
    cell = pl.col(field.name)
    if field.enum:
        return cell.is_in(field.enum)
    if field.spec.get("vague"):
        return cell.str.contains(dates.VAGUE)
    if field.spec.get("spelling"):
        return cell.is_in([*actors, *field.spec.get("also", [])])
    forms = {"date": dates.DAY, "integer": INTEGER, "boolean": "^(yes|no)$"}
    return cell.str.contains(forms[field.type]) if field.type in forms else None


def _reported_text(table: Table, field: Field, text: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """Report and null what no cell may hold; report an empty cell where one is required."""
    cell = pl.col(field.name)
    wide = cell.str.len_bytes() != cell.str.len_chars()
    cells = text.select("line", cell)
    odd = cells.filter(cell.str.contains(ODD) | (cell.str.len_bytes() > MAX_CELL) | wide)
    faults = {
        "White space at an end of the cell. Remove it.": cell.str.contains(ENDS),
        "Two spaces, or a blank that is no plain space. Type one space.": cell.str.contains(BLANKS),
        "A control or invisible character. Delete it.": cell.str.contains(INVISIBLE),
        f"The cell has more than {MAX_CELL} characters. Shorten it.": cell.str.len_bytes() > MAX_CELL,
        "The letters are not in Unicode's composed form (NFC). Type them again, or run `make tidy`.": cell != cell.str.normalize("NFC"),
    }
    if field.type == "string":
        faults["A spreadsheet would run this cell as a formula. Begin it otherwise."] = cell.str.contains(FORMULA)
    if "pattern" not in field.constraints:
        faults["A word of letters from two scripts that look alike. Type it again."] = cell.str.contains(MIXED)
    for message, fault in faults.items():
        problems.add(odd.filter(fault), table.file, field.name, message)
    if field.required:
        problems.add(cells.filter(cell.is_null()), table.file, field.name, "The cell is empty. Fill it.")
    bad = odd.filter(pl.any_horizontal(faults.values()))["line"]
    return text.with_columns(pl.when(~pl.col("line").is_in(bad.implode())).then(cell).alias(field.name)) if bad.len() else text


def _values(field: Field, actors: dict[str, str]) -> list[pl.Expr]:
    """The typed columns of one field; null where the text is no such value."""
    cell = pl.col(field.name)
    if field.spec.get("vague"):
        first = dates.first_day(cell)
        precision = pl.when(first.is_not_null()).then(dates.precision(cell))
        return [first.alias(field.name), dates.last_day(cell).alias(f"{field.name}_last"), precision.alias(f"{field.name}_precision")]
    if field.enum:
        return [cell.cast(pl.Enum(field.enum), strict=False)]
    if "list" in field.spec:
        spaced = " " + cell + " "
        stem = field.name.removesuffix("s")
        return [spaced.str.contains(f" {m} ", literal=True).fill_null(False).alias(f"{stem}_{m}") for m in field.spec["list"]]
    value = _value(field, actors)
    faults = [bad for bad, _ in _limits(field, value)]
    return [(pl.when(~pl.any_horizontal(faults)).then(value) if faults else value).alias(field.name)]


def _value(field: Field, actors: dict[str, str]) -> pl.Expr:
    """A cell in its field's type, before its limits."""
    cell = pl.col(field.name)
    if field.spec.get("spelling"):
        return cell.replace_strict(actors | {word: word for word in field.spec.get("also", [])}, default=None, return_dtype=pl.String)
    if field.type == "date":
        return dates.day(cell)
    if field.type == "integer":
        return pl.when(cell.str.contains(INTEGER)).then(cell.cast(pl.Int32, strict=False))
    if field.type == "boolean":
        return cell.replace_strict(TRUTH, default=None, return_dtype=pl.Boolean)
    return cell


def _limits(field: Field, value: pl.Expr) -> list[tuple[pl.Expr, str]]:
    """What breaks the field's enum, pattern or minimum, and what to say of it."""
    faults: list[tuple[pl.Expr, str]] = []
    if field.spec.get("spelling") or field.spec.get("vague"):
        return faults
    if field.enum:
        faults.append((~value.is_in(field.enum), f'"{{}}" is not one of {", ".join(field.enum)}. Choose one.'))
    if pattern := field.constraints.get("pattern"):
        form = f"the form of {field.spec['example']}" if "example" in field.spec else pattern
        faults.append((~value.str.contains(pattern), f'"{{}}" is malformed. Write it in {form}.'))
    if (minimum := field.constraints.get("minimum")) is not None:
        faults.append((value < minimum, f"{{}} is below {minimum}. Write a number from {minimum} up."))
    return faults


def _report_values(table: Table, field: Field, text: pl.DataFrame, actors: dict[str, str], problems: Problems) -> None:
    """Report the cells of one field that are no value of its type or lie outside its limits."""
    cell = pl.col(field.name)
    if field.spec.get("vague"):
        value, message = dates.first_day(cell), '"{}" is not a date. Write YYYY-MM-DD, YYYY-MM or YYYY, a date that exists.'
    else:
        value = _value(field, actors)
        message = {
            "date": '"{}" is not a day. Write YYYY-MM-DD, a day that exists.',
            "integer": '"{}" is not a whole number. Write digits only, no sign, no leading zero.',
            "boolean": '"{}" is neither yes nor no. Write one of them, or leave the cell empty.',
        }.get(field.type, '"{}" is no known actor. Correct it, or add the spelling to raw/spellings.csv.')
    for bad, said in [(cell.is_not_null() & value.is_null(), message), *_limits(field, value)]:
        head, tail = said.split("{}", 1)
        problems.add(
            text.select("line", cell).filter(bad), table.file, field.name, pl.concat_str(pl.lit(head), cell, pl.lit(tail)), given=field.name
        )


def _note_candidates(table: Table, field: Field, known: pl.DataFrame, problems: Problems) -> None:
    """What would have been right in a column, for the nearest of it to be told."""
    right = known["spelling"].to_list() if field.spec.get("spelling") else field.spec.get("list") or field.enum
    if right:
        problems.candidates[table.file, field.name] = right


def _check_list(table: Table, field: Field, text: pl.DataFrame, problems: Problems) -> None:
    """Report members of a list that are unknown or stand twice; few lists differ, so each is looked at once."""
    members = field.spec["list"]
    lists = text.select(pl.col(field.name).drop_nulls().unique())
    parts = pl.col(field.name).str.split(" ")
    lists = lists.with_columns(
        unknown=parts.list.set_difference(pl.lit(members, dtype=pl.List(pl.String))).list.first(),
        twice=parts.list.n_unique() < parts.list.len(),
    ).filter(pl.col("unknown").is_not_null() | pl.col("twice"))
    if lists.height:
        rows = text.join(lists, on=field.name, maintain_order="left")
        said = pl.format('"{}" is not one of {}. Choose from them.', "unknown", pl.lit(", ".join(members)))
        problems.add(rows.filter(pl.col("unknown").is_not_null()), table.file, field.name, said, given="unknown")
        problems.add(rows.filter("twice"), table.file, field.name, "A ground stands twice. Keep one.")


# --- keys ----------------------------------------------------------------------------------------------------------


def _known_spellings(actors: pl.DataFrame, spellings: pl.DataFrame) -> pl.DataFrame:
    """Every way of typing an actor: its id and the rows of spellings.csv (columns spelling, actor)."""
    ids = actors.select(spelling="actor_id", actor="actor_id")
    return pl.concat([ids, spellings.select("spelling", actor="actor_id")]).drop_nulls().unique("spelling", keep="first")


def _check_keys(table: Table, frame: pl.DataFrame, problems: Problems) -> None:
    """Report rows that repeat a primary key or a unique column."""
    unique = [[n] for n, field in table.fields.items() if field.constraints.get("unique")]
    for key in {tuple(k): k for k in [table.primary_key, *unique]}.values():
        whole = frame.drop_nulls(key)
        if whole.select(key).n_unique() == whole.height:
            continue
        again = whole.filter(~pl.struct(key).is_first_distinct())
        firsts = whole.group_by(key).agg(line_before=pl.col("line").min())
        said = pl.format("The same as on line {}. Each row needs its own.", "line_before")
        problems.add(again.join(firsts, on=key), table.file, key[-1], said)


def _check_references(contract: Contract, frames: dict[str, pl.DataFrame], problems: Problems) -> None:
    """Report references to rows that are not there; tables that could not be read are not referred to."""
    for table in contract.tables.values():
        keys = list(table.foreign_keys)
        if table.name == "spellings":
            keys.append(("actor_id", "actors", "actor_id"))
        for column, other, target in keys:
            if other not in frames or {contract[other].file, table.file} & problems.torn:
                continue
            here = frames[table.name]
            there = frames[other].select(pl.col(target).alias(column)).drop_nulls()
            lost = here.filter(pl.col(column).is_not_null()).join(there, on=column, how="anti")
            if lost.height:
                problems.candidates[table.file, column] = there[column].unique().to_list()
                said = pl.format('"{}" is not in {}. Correct it, or add the row.', column, pl.lit(f"raw/{other}.csv"))
                problems.add(lost, table.file, column, said, given=column)
