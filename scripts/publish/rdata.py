"""Tables as R's own files (.rda): the same bytes for the same tables, everywhere and always.

R's serialisation, version 2, in big-endian form, as "R Internals" (1.8, Serialization Formats) describes it. No library in reach writes factors
with labels: pyreadr turns them into text, rdata asks for xarray.
"""

import struct
from collections.abc import Mapping, Sequence
from typing import Any

import cramjam
import numpy as np
import polars as pl

from scripts.package.contract import Field, Table

# Types of R's values, and what the flags beside them say.
PAIRLIST, CHARSXP, LOGICAL, INTEGER, REAL, STRING, LIST, SYMBOL, END = 2, 9, 10, 13, 14, 16, 19, 1, 254
OBJECT, ATTRIBUTES, TAGGED = 1 << 8, 1 << 9, 1 << 10
UTF8, ASCII = 1 << 3, 1 << 6
# The bits of R's missing number, one among those that are none; its missing integer and flag is the least there is.
MISSING_REAL = 0x7FF00000000007A2
MISSING = -(2**31)
# Since R 3.5 itself writes a newer form: 4.1.0 wrote it, 2.3.0 and later read it.
HEAD = b"RDX2\nX\n" + struct.pack(">3i", 2, 0x040100, 0x020300)


def rda(values: Mapping[str, bytes]) -> bytes:
    """A file that ``load`` reads, compressed as ``R CMD check`` asks for: each serialised value under its name."""
    return bytes(cramjam.xz.compress(HEAD + _pairs(values)))


def data_frame(frame: pl.DataFrame, table: Table) -> bytes:
    """A frame of the contract's types, serialised: enums as factors whose levels bear their meanings, days as Date, titles as labels."""
    columns = [column(frame[name], field) for name, field in table.fields.items()]
    attributes = {
        "names": strings(table.columns),
        "row.names": _vector(INTEGER, np.array([MISSING, -frame.height], ">i4")),
        "class": strings(["data.frame"]),
    }
    return struct.pack(">2i", LIST | OBJECT | ATTRIBUTES, len(columns)) + b"".join(columns) + _pairs(attributes)


def column(values: pl.Series, field: Field) -> bytes:
    """One column, serialised. Raises OverflowError for an integer that R's do not hold."""
    label = {"label": strings([field.spec["title"]])}
    if field.enum:
        levels = strings(field.enum, {"labels": strings(list(field.labels.values()))})
        codes = values.cast(pl.Enum(field.enum)).to_physical() + 1
        return _vector(INTEGER, _integers(codes), label | {"levels": levels, "class": strings(["factor"])})
    if field.type == "date":
        return _vector(REAL, _reals(values.to_physical()), label | {"class": strings(["Date"])})
    if field.type == "boolean":
        return _vector(LOGICAL, _integers(values), label)
    if field.type == "integer":
        return _vector(INTEGER, _integers(values), label)
    if field.type == "number":
        return _vector(REAL, _reals(values), label)
    return strings(values, label)


def _integers(values: pl.Series) -> "np.ndarray[Any, Any]":
    whole = values.cast(pl.Int64)
    if not whole.is_between(MISSING + 1, -MISSING - 1).all():
        raise OverflowError(f"{values.name} holds an integer that R's do not hold.")
    return whole.fill_null(MISSING).to_numpy().astype(">i4")


def _reals(values: pl.Series) -> "np.ndarray[Any, Any]":
    missing = values.is_null().to_numpy()
    numbers = values.cast(pl.Float64).fill_null(0).to_numpy().astype(">f8")
    # Put in as bits: arithmetic may change which of those that are no number it is.
    bits = numbers.view(">u8").copy()
    bits[missing] = MISSING_REAL
    return bits


def strings(values: Sequence[str | None] | pl.Series, attributes: Mapping[str, bytes] | None = None) -> bytes:
    """A character vector, serialised; None is missing."""
    known: dict[str | None, bytes] = {}
    held = [known.get(value) or known.setdefault(value, _string(value)) for value in values]
    given = attributes or {}
    return struct.pack(">2i", STRING | _flag(given), len(held)) + b"".join(held) + (_pairs(given) if given else b"")


def _string(value: str | None) -> bytes:
    if value is None:
        return struct.pack(">2i", CHARSXP, -1)
    content = value.encode()
    return struct.pack(">2i", CHARSXP | (ASCII if value.isascii() else UTF8) << 12, len(content)) + content


def _vector(kind: int, values: "np.ndarray[Any, Any]", attributes: Mapping[str, bytes] | None = None) -> bytes:
    given = attributes or {}
    return struct.pack(">2i", kind | _flag(given), len(values)) + values.tobytes() + (_pairs(given) if given else b"")


def _flag(attributes: Mapping[str, bytes]) -> int:
    return (ATTRIBUTES if attributes else 0) | (OBJECT if "class" in attributes else 0)


def _pairs(values: Mapping[str, bytes]) -> bytes:
    """A pairlist: attributes, or the variables of a file."""
    named = (struct.pack(">2i", PAIRLIST | TAGGED, SYMBOL) + _string(name) + value for name, value in values.items())
    return b"".join(named) + struct.pack(">i", END)
