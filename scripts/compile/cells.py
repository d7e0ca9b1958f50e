"""What a cell may hold: each is understood in its field's type, or reported by file, line and column."""

import polars as pl

from scripts.compile import dates
from scripts.compile.problems import Problems
from scripts.package.contract import Field, Table

MAX_CELL = 4000
ENDS = r"^\s|\s$"
BLANKS = r"  |[\p{Zs}--\x20]"
INVISIBLE = r"[\p{Cc}\x{AD}\x{200B}-\x{200F}\x{2028}-\x{202E}\x{2060}-\x{2069}\x{FEFF}]"
MIXED = r"\p{Latin}[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{Latin}"
FORMULA = r"^[=+\-@\t＝＋－＠]"
ODD = "|".join([ENDS, BLANKS, INVISIBLE, MIXED, FORMULA])
INTEGER = r"^(0|-?[1-9][0-9]{0,8})$"
TRUTH = {"yes": True, "no": False}


def typed(table: Table, text: pl.DataFrame, known: pl.DataFrame, problems: Problems) -> pl.DataFrame:
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
    for bad, problem in [(cell.is_not_null() & value.is_null(), message), *_limits(field, value)]:
        head, tail = problem.split("{}", 1)
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
        problem = pl.format('"{}" is not one of {}. Choose from them.', "unknown", pl.lit(", ".join(members)))
        problems.add(rows.filter(pl.col("unknown").is_not_null()), table.file, field.name, problem, given="unknown")
        problems.add(rows.filter("twice"), table.file, field.name, "A ground stands twice. Keep one.")
