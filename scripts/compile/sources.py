"""``make verify-sources TEXTS=folder``: whoever holds the articles' texts checks hashes and printed figures."""

import hashlib
import os
import sys
from pathlib import Path
from typing import NamedTuple

import polars as pl

from scripts.compile import reader
from scripts.compile.problems import Problems
from scripts.package.contract import ROOT
from scripts.package.store import RefusedError, command

LISTED = "map.csv"
HEADER = "file,article_id"


class Checked(NamedTuple):
    """How many texts of known articles there were, how many hashes and figures were compared, and a line for each fault."""

    held: int
    compared: int
    wrong: list[str]


def verify(raw: dict[str, pl.DataFrame], folder: Path) -> Checked:
    """Hold the texts ``<article_id>.txt`` of a folder against the hashes and printed figures in raw/.

    A text may also be named in ``map.csv`` of the folder, a line ``file,article_id`` each. Raises OSError if one cannot be read.
    """
    articles = {row["article_id"]: row for row in raw["articles"].iter_rows(named=True)}
    figures = raw["statements"].filter(pl.col("figure_as_printed").is_not_null())
    texts = sorted(path for path in folder.iterdir() if path.suffix == ".txt")
    named, wrong = _named(folder / LISTED, {path.name for path in texts})
    held = compared = 0
    for path in texts:
        article_id = named.get(path.name, path.stem)
        if article_id not in articles:
            wrong.append(f"{path.name}: no article {article_id} in raw/articles.csv. Rename the file, or list it in {LISTED}.")
            continue
        held += 1
        content = path.read_bytes()
        if recorded := articles[article_id]["text_sha256"]:
            compared += 1
            if hashlib.sha256(content).hexdigest() != recorded:
                line = articles[article_id]["line"]
                wrong.append(f"raw/articles.csv:{line}:text_sha256  {path.name} is another text. Find the one that was coded.")
        text = _folded(content.decode(errors="replace"))
        for row in figures.filter(pl.col("article_id") == article_id).iter_rows(named=True):
            compared += 1
            if _folded(row["figure_as_printed"]) not in text:
                wrong.append(
                    f'raw/statements.csv:{row["line"]}:figure_as_printed  "{row["figure_as_printed"]}" is not in {path.name}. Correct it.'
                )
    return Checked(held, compared, wrong)


def _named(listed: Path, present: set[str]) -> tuple[dict[str, str], list[str]]:
    """The articles' ids by the file names that a list gives them, and a line for each of its lines that names none."""
    lines = listed.read_bytes().decode(errors="replace").splitlines() if listed.exists() else []
    pairs = {n: line.split(",", 1) for n, line in enumerate(lines, 1) if line.strip() and line.strip() != HEADER}
    wrong = [
        f"{LISTED}:{n}  {pair[0]} is no .txt here, or no article follows it. Write {HEADER}."
        for n, pair in pairs.items()
        if len(pair) < 2 or pair[0] not in present
    ]
    return {pair[0]: pair[1].strip() for pair in pairs.values() if len(pair) == 2}, wrong


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def main() -> None:
    """Check the folder named by the environment variable TEXTS_FOLDER; ends with 1 if a fault is found or nothing can be compared."""
    named = os.environ.get("TEXTS_FOLDER", "")
    folder, example = Path(named), "as in make verify-sources TEXTS=folder"
    with command("sources") as store:
        if not named or not os.path.isdir(folder):  # noqa: PTH112 - a name that is too long is no folder either
            missing = f'there is no folder "{named}"' if named else "no folder of texts is named"
            raise RefusedError(f"Nothing was checked: {missing}. Give one that exists, {example}.")
        problems = Problems()
        raw = reader.read(problems, ROOT)
        problems.stop()
        try:
            checked = verify(raw, folder)
        except OSError as error:
            raise RefusedError(f'"{error.filename}" cannot be read ({error.strerror}).') from error
        if not checked.compared and not checked.wrong:
            raise RefusedError(
                f'Nothing was checked: "{named}" holds no text article_id.txt of an article with a hash or a printed figure.'
            )
        store.message = f"{checked.held} texts held, {checked.compared} hashes and figures compared, {len(checked.wrong)} faults"
    if checked.wrong:
        print("\n".join(checked.wrong), file=sys.stderr)
        raise SystemExit(1)


if __name__ == "__main__":
    main()
