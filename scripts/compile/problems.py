"""What a curator did wrong, where, and what to do: gathered as a frame, printed as lines."""

import difflib
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import polars as pl

SHOWN = 200
# So that a hint takes no longer than the check: candidates compared letter by letter, letters alike, letters looked at.
COMPARED = 2000
ALIKE = 8
LONGEST = 100
SCHEMA = {"file": pl.String, "line": pl.Int64, "column": pl.String, "message": pl.String, "given": pl.String}


@dataclass
class Problems:
    """Problems found so far.

    ``candidates`` maps a file and column to the values that would have been right; ``torn`` holds the files of
    which rows or all could not be read, so that nothing is concluded from what is missing in them.
    """

    frames: list[pl.DataFrame] = field(default_factory=list)
    torn: set[str] = field(default_factory=set)
    candidates: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    def add(self, rows: pl.DataFrame, file: str, column: str, message: str | pl.Expr, given: str = "") -> None:
        """Note one problem for each of ``rows`` (columns: line and what ``message`` reads).

        ``given`` names the column whose value may have a near neighbour among the candidates.
        """
        if rows.height:
            text = pl.lit(message) if isinstance(message, str) else message
            self.frames.append(
                rows.select(
                    file=pl.lit(file),
                    line=pl.col("line").cast(pl.Int64),
                    column=pl.lit(column),
                    message=text,
                    given=pl.col(given).cast(pl.String) if given else pl.lit(None, pl.String),
                )
            )

    def note(self, file: str, line: int, column: str, message: str) -> None:
        """Note one problem."""
        self.frames.append(pl.DataFrame([[file, line, column, message, None]], schema=SCHEMA, orient="row"))

    def all(self) -> pl.DataFrame:
        """All problems, sorted, each once; columns as in ``SCHEMA``."""
        if not self.frames:
            return pl.DataFrame(schema=SCHEMA)
        return pl.concat(self.frames, how="vertical_relaxed").unique().sort("file", "line", "column", "message")

    def lines(self, limit: int | None = None) -> Iterable[str]:
        """``file:line:column  what is wrong. What to do.``; the nearest candidates for as many as ``limit``, all if there is none."""
        frame = self.all()
        nearest = cache(lambda file, column, given: _nearest(given, self.candidates.get((file, column), [])))
        for file, line, column, message, given in frame.head(limit or frame.height).iter_rows():
            near = nearest(file, column, given) if given else []
            hint = f" Nearest: {', '.join(near)}." if near else ""
            yield f"{file}:{line}:{column}  {message}{hint}"

    def report(self) -> str:
        """All problems, a line each, without candidates."""
        place = pl.concat_str("file", pl.lit(":"), "line", pl.lit(":"), "column", pl.lit("  "), "message")
        return "".join(f"{line}\n" for line in self.all().select(place).to_series())

    def stop(self, whole: Path | None = None) -> None:
        """End the run with status 1 if there is any problem; nothing has been written by then.

        Where more problems were found than are shown, all of them go to the file ``whole``.
        """
        count = self.all().height
        if count:
            for line in self.lines(SHOWN):
                print(line, file=sys.stderr)
            hidden = f" ({count - SHOWN} more not shown{self._kept(whole)})" if count > SHOWN else ""
            plural = "problem" if count == 1 else "problems"
            print(f"{count} {plural} in raw/{hidden}. Nothing was written.", file=sys.stderr)
            raise SystemExit(1)

    def _kept(self, whole: Path | None) -> str:
        if whole is None:
            return ""
        beside = whole.with_name(f".{whole.name}")
        try:
            whole.parent.mkdir(parents=True, exist_ok=True)
            beside.write_text(self.report(), encoding="utf-8")
            beside.replace(whole)
        except OSError as error:
            with suppress(OSError):
                beside.unlink()
            return f", nor kept: {error.strerror}"
        return f", all of them in {whole.relative_to(whole.parents[2])}"


def _nearest(given: str, candidates: list[str]) -> list[str]:
    """Up to three candidates that look like what was given; of many only those that begin or end alike are compared."""
    if len(candidates) > COMPARED:
        texts = pl.Series(candidates)
        candidates = texts.filter(texts.str.starts_with(given[:ALIKE]) | texts.str.ends_with(given[-ALIKE:])).head(COMPARED).to_list()
    return difflib.get_close_matches(given[:LONGEST], candidates, n=3, cutoff=0.6)
