"""Strict reading of raw/: every cell is understood, or reported by file, line and column."""

import io
from pathlib import Path

import polars as pl

from scripts import dates
from scripts.contract import ROOT, Contract, Field, Table, raw
from scripts.problem import Problems

QUOTED = r'"(?:[^"]|"")*"'
UNQUOTED = r'^(?:[^",]*)(?:,[^",]*)*$'
MAX_CELL = 4000
MIXED = r"\p{Latin}[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{Latin}"
FORMULA = r"^[=+\-@\t]"


def read(problems: Problems, root: Path = ROOT) -> dict[str, pl.DataFrame]:
    """All raw tables, typed, with the line of each row.

    Shapes: the columns of ``raw/datapackage.json`` plus ``line``; a vague column ``x`` becomes ``x`` (first
    possible day), ``x_last`` and ``x_precision``; ``grounds`` becomes the booleans ``ground_…``. A cell that
    is reported is null in the frame, so that later checks see no consequences of it.
    """
    contract = raw(root)
    texts = {name: _rows(table, root, problems) for name, table in contract.tables.items()}
    problems.torn = set(problems.all()["file"])
    spellings = texts["spellings"]
    known = _known_spellings(texts["actors"], spellings)
    frames = {}
    for name, table in contract.tables.items():
        frame = _typed(table, texts[name], known, problems)
        _check_keys(table, frame, problems)
        frames[name] = frame
    _check_references(contract, frames, problems)
    return frames


# --- bytes to text -------------------------------------------------------------------------------------------------


def _rows(table: Table, root: Path, problems: Problems) -> pl.DataFrame:
    """The cells of one file as text, empty ones null, with ``line``; no rows if the file cannot be trusted."""
    empty = pl.DataFrame(schema={c: pl.String for c in table.columns} | {"line": pl.Int64})
    path = root / table.file
    if not path.is_file():
        problems.note(table.file, 1, "", "The file is missing. Restore it; a table without rows keeps its header.")
        return empty
    content = path.read_bytes()
    if not _check_bytes(table, content, problems):
        return empty
    lines = pl.DataFrame({"text": content.decode().removesuffix("\n").split("\n")}).with_row_index("line", offset=1)
    if not _check_header(table, lines["text"][0], problems):
        return empty
    width = len(table.columns)
    lines = lines.slice(1).with_columns(
        blank=pl.col("text").str.strip_chars() == "",
        misquoted=~pl.col("text").str.replace_all(QUOTED, "Q").str.contains(UNQUOTED),
        cells=pl.col("text").str.replace_all(QUOTED, "Q").str.count_matches(",", literal=True) + 1,
    )
    narrow = ~pl.col("blank") & ~pl.col("misquoted") & (pl.col("cells") != width)
    faults = {
        "The line is empty. Delete it.": pl.col("blank"),
        "A quoted cell is not closed on its line, or a quote stands inside a bare cell. Keep each row on one line; "
        "put the cell in quotes and double the quotes inside it.": pl.col("misquoted"),
        f"The row has not as many cells as the header ({width}). Add or remove commas.": narrow,
    }
    for message, fault in faults.items():
        problems.add(lines.filter(fault), table.file, "", message)
    good = lines.filter(~pl.any_horizontal(*faults.values()))
    if not good.height:
        return empty
    body = "\n".join([",".join(table.columns), *good["text"]]).encode()
    cells = pl.read_csv(io.BytesIO(body), infer_schema=False)
    return cells.with_columns(good["line"].cast(pl.Int64))


def _check_bytes(table: Table, content: bytes, problems: Problems) -> bool:
    """Report a BOM, bytes that are no UTF-8, carriage returns and control characters; true if there are none."""
    before = len(problems.frames)
    if content.startswith(b"\xef\xbb\xbf"):
        problems.note(table.file, 1, "", "The file begins with a byte order mark. Save it as UTF-8 without BOM.")
    if b"\r" in content:
        line = content[: content.index(b"\r")].count(b"\n") + 1
        problems.note(table.file, line, "", "A carriage return (CRLF). Save the file with LF line ends.")
    if b"\0" in content:
        line = content[: content.index(b"\0")].count(b"\n") + 1
        problems.note(table.file, line, "", "A NUL byte. Delete it.")
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problems.note(table.file, line, "", "Bytes that are not UTF-8. Save the file as UTF-8.")
    if not content.endswith(b"\n"):
        line = content.count(b"\n") + 1
        problems.note(table.file, line, "", "The last line does not end. Put a line end (LF) behind it.")
    return len(problems.frames) == before


def _check_header(table: Table, header: str, problems: Problems) -> bool:
    """Report missing, unknown, repeated and swapped columns; true if the header is the contract's."""
    given = header.split(",")
    if given == table.columns:
        return True
    missing = [c for c in table.columns if c not in given]
    extra = [c for c in given if c not in table.columns]
    for column in missing:
        problems.note(table.file, 1, column, "The column is missing. Add it where raw/datapackage.json has it.")
    for column in extra:
        problems.note(table.file, 1, column, "The column is not in raw/datapackage.json. Remove it.")
    if not missing and not extra:
        column = next((g for g, c in zip(given, table.columns, strict=False) if g != c), given[-1])
        problems.note(table.file, 1, column, "The columns are not in the order of raw/datapackage.json. Reorder them.")
    return False


# --- text to types -------------------------------------------------------------------------------------------------


def _typed(table: Table, text: pl.DataFrame, known: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """One table's cells checked against its fields and cast."""
    for field in table.fields.values():
        text = _checked_text(table, field, text, problems)
    for field in table.fields.values():
        text = _cast(table, field, text, known, problems)
    return text


def _checked_text(table: Table, field: Field, text: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """Report what no cell may hold, and an empty cell where one is required."""
    cell = pl.col(field.name)
    faults = {
        "White space at an end of the cell. Remove it.": cell.str.contains(r"^\s|\s$"),
        "Two spaces, or a blank that is no plain space. Type one space.": cell.str.contains(r"  |[\p{Zs}--\x20]"),
        "A word of letters from two scripts that look alike. Type it again.": cell.str.contains(MIXED),
        "A control or invisible character. Delete it.": cell.str.contains(r"[\p{Cc}\x{AD}\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{2069}\x{FEFF}]"),
        f"The cell has more than {MAX_CELL} characters. Shorten it.": cell.str.len_bytes() > MAX_CELL,
        "The letters are not in Unicode's composed form (NFC). Type them again, or run `make tidy`.": cell
        != cell.str.normalize("NFC"),
    }
    if field.type == "string":
        faults["A spreadsheet would run this cell as a formula. Begin it otherwise."] = cell.str.contains(FORMULA)
    bad = pl.any_horizontal(*(fault.fill_null(False) for fault in faults.values()))
    if text.select(bad.any()).item():
        for message, fault in faults.items():
            problems.add(text.filter(fault), table.file, field.name, message)
        text = text.with_columns(pl.when(~bad).then(cell).alias(field.name))
        return text
    if field.required:
        problems.add(text.filter(cell.is_null()), table.file, field.name, "The cell is empty. Fill it.")
    return text


def _cast(table: Table, field: Field, text: pl.DataFrame, known: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """One column in its type, faulty cells reported and nulled."""
    if field.spec.get("vague"):
        return _cast_vague(table, field, text, problems)
    if field.spec.get("spelling"):
        return _cast_actor(table, field, text, known, problems)
    if "list" in field.spec:
        return _cast_list(table, field, text, problems)
    cell = pl.col(field.name)
    if field.type == "date":
        value, message = dates.day(cell), '"{}" is not a day. Write YYYY-MM-DD, a day that exists.'
    elif field.type == "integer":
        value = pl.when(cell.str.contains(r"^(0|-?[1-9][0-9]{0,8})$")).then(cell.cast(pl.Int64, strict=False))
        message = '"{}" is not a whole number. Write digits only, no sign, no leading zero.'
    elif field.type == "boolean":
        value = cell.replace_strict({"yes": True, "no": False}, default=None, return_dtype=pl.Boolean)
        message = '"{}" is neither yes nor no. Write one of them, or leave the cell empty.'
    else:
        value, message = cell, ""
    if message:
        bad = cell.is_not_null() & value.is_null()
        problems.add(text.filter(bad), table.file, field.name, pl.format(message, field.name))
        text = text.with_columns(value.alias(field.name))
    return _constrain(table, field, text, problems)


def _constrain(table: Table, field: Field, text: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """Report and null what breaks the field's enum, pattern or minimum."""
    cell = pl.col(field.name)
    faults: list[tuple[pl.Expr, str]] = []
    if field.enum:
        faults.append((~cell.is_in(field.enum), f'"{{}}" is not one of {", ".join(field.enum)}. Choose one.'))
        problems.candidates[table.file, field.name] = field.enum
    if pattern := field.constraints.get("pattern"):
        form = f"the form of {field.spec['example']}" if "example" in field.spec else pattern
        faults.append((~cell.str.contains(pattern), f'"{{}}" is malformed. Write it in {form}.'))
    if (minimum := field.constraints.get("minimum")) is not None:
        faults.append((cell < minimum, f"{{}} is below {minimum}. Write a number from {minimum} up."))
    for bad, message in faults:
        rows = text.filter(bad)
        if rows.height:
            parts = message.split("{}")
            said = pl.concat_str(pl.lit(parts[0]), cell.cast(pl.String), pl.lit("{}".join(parts[1:])))
            problems.add(rows, table.file, field.name, said, given=field.name)
            text = text.with_columns(pl.when(~bad).then(cell).alias(field.name))
    return text


def _cast_vague(table: Table, field: Field, text: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    cell = pl.col(field.name)
    first = dates.first_day(cell)
    bad = cell.is_not_null() & first.is_null()
    message = pl.format('"{}" is not a date. Write YYYY-MM-DD, YYYY-MM or YYYY, a date that exists.', field.name)
    problems.add(text.filter(bad), table.file, field.name, message)
    return text.with_columns(
        first.alias(field.name),
        dates.last_day(cell).alias(f"{field.name}_last"),
        pl.when(~bad).then(dates.precision(cell)).alias(f"{field.name}_precision"),
    )


def _cast_actor(
    table: Table, field: Field, text: pl.DataFrame, known: pl.DataFrame, problems: Problems
) -> pl.DataFrame:
    """An actor's id for each spelling; ``also`` lists words that stand for themselves."""
    also = field.spec.get("also", [])
    table_of = pl.concat([known, pl.DataFrame({"spelling": also, "actor": also}, schema=known.schema)])
    text = text.join(table_of, left_on=field.name, right_on="spelling", how="left", maintain_order="left")
    bad = text.filter(pl.col(field.name).is_not_null() & pl.col("actor").is_null())
    problems.candidates[table.file, field.name] = known["spelling"].to_list()
    message = pl.format('"{}" is no known actor. Correct it, or add the spelling to raw/spellings.csv.', field.name)
    problems.add(bad, table.file, field.name, message, given=field.name)
    return text.with_columns(pl.col("actor").alias(field.name)).drop("actor")


def _cast_list(table: Table, field: Field, text: pl.DataFrame, problems: Problems) -> pl.DataFrame:
    """One boolean column for each possible member of the list."""
    members = field.spec["list"]
    stem = field.name.removesuffix("s")
    parts = pl.col(field.name).str.split(" ")
    unknown = parts.list.set_difference(pl.lit(members, dtype=pl.List(pl.String)))
    problems.candidates[table.file, field.name] = members
    problems.add(
        text.with_columns(unknown=unknown.list.first()).filter(pl.col("unknown").is_not_null()),
        table.file,
        field.name,
        pl.format('"{}" is not one of {}. Choose from them.', "unknown", pl.lit(", ".join(members))),
        given="unknown",
    )
    problems.add(
        text.filter(parts.list.n_unique() < parts.list.len()), table.file, field.name, "A ground stands twice. Keep one."
    )
    contains = {f"{stem}_{m}": parts.list.contains(m).fill_null(False) for m in members}
    return text.with_columns(**contains).drop(field.name)


# --- keys ----------------------------------------------------------------------------------------------------------


def _known_spellings(actors: pl.DataFrame, spellings: pl.DataFrame) -> pl.DataFrame:
    """Every way of typing an actor: its id and the rows of spellings.csv (columns spelling, actor)."""
    ids = actors.select(spelling="actor_id", actor="actor_id")
    return pl.concat([ids, spellings.select("spelling", actor="actor_id")]).drop_nulls().unique("spelling", keep="first")


def _check_keys(table: Table, frame: pl.DataFrame, problems: Problems) -> None:
    """Report rows that repeat a primary key or a unique column."""
    unique = [[n] for n, field in table.fields.items() if field.constraints.get("unique")]
    for key in {tuple(k): k for k in [table.primary_key, *unique]}.values():
        whole = frame.filter(pl.all_horizontal(pl.col(key).is_not_null()))
        again = whole.filter(~pl.struct(key).is_first_distinct())
        firsts = whole.group_by(key).agg(first=pl.col("line").min())
        said = pl.format("The same as on line {}. Each row needs its own.", "first")
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
            there = frames[other].select(pl.col(target).alias(column)).drop_nulls().unique()
            lost = here.filter(pl.col(column).is_not_null()).join(there, on=column, how="anti")
            if lost.height:
                problems.candidates[table.file, column] = there[column].to_list()
                said = pl.format('"{}" is not in {}. Correct it, or add the row.', column, pl.lit(f"raw/{other}.csv"))
                problems.add(lost, table.file, column, said, given=column)

