"""``make verify-sources TEXTS=folder``: whoever holds the articles' texts checks hashes and printed figures."""

import hashlib
import os
import sys
from pathlib import Path

import polars as pl

from scripts import journal, reader
from scripts.contract import ROOT
from scripts.problem import Problems


def verify(raw: dict[str, pl.DataFrame], folder: Path) -> tuple[int, list[str]]:
    """How many texts ``<article_id>.txt`` the folder holds, and a line for each hash or figure that is not right.

    A text may also be named in ``map.csv`` of the folder, a line ``file,article_id`` each.
    """
    articles = {row["article_id"]: row for row in raw["articles"].iter_rows(named=True)}
    figures = raw["statements"].filter(pl.col("figure_as_printed").is_not_null())
    wrong, held = [], 0
    for path, article_id in _texts(folder):
        if article_id not in articles:
            wrong.append(f"{path.name}: no article {article_id} in raw/articles.csv. Rename the file, or list it in map.csv.")
            continue
        held += 1
        content = path.read_bytes()
        recorded = articles[article_id]["text_sha256"]
        if recorded and hashlib.sha256(content).hexdigest() != recorded:
            line = articles[article_id]["line"]
            wrong.append(f"raw/articles.csv:{line}:text_sha256  {path.name} is another text. Find the one that was coded.")
        text = _folded(content.decode(errors="replace"))
        for row in figures.filter(pl.col("article_id") == article_id).iter_rows(named=True):
            if _folded(row["figure_as_printed"]) not in text:
                wrong.append(
                    f'raw/statements.csv:{row["line"]}:figure_as_printed  "{row["figure_as_printed"]}" is not in {path.name}. Correct it.'
                )
    return held, wrong


def _texts(folder: Path) -> list[tuple[Path, str]]:
    listed = folder / "map.csv"
    names = dict(line.split(",", 1) for line in listed.read_text(encoding="utf-8").splitlines() if "," in line) if listed.exists() else {}
    return [(path, names.get(path.name, path.stem).strip()) for path in sorted(folder.glob("*.txt"))]


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def main() -> None:
    """Check the folder named by the environment variable TEXTS_FOLDER; say so and do nothing where there is none."""
    named = os.environ.get("TEXTS_FOLDER", "")
    folder = Path(named)
    if not named or not folder.is_dir():
        print("No folder of texts: give one that exists, as in make verify-sources TEXTS=folder. Nothing was checked.")
        return
    problems = Problems()
    with journal.command("sources") as store:
        raw = reader.read(problems, ROOT)
        problems.stop()
        held, wrong = verify(raw, folder)
        store.told = f"{held} texts held, {len(wrong)} faults"
    if wrong:
        print("\n".join(wrong), file=sys.stderr)
        raise SystemExit(1)


if __name__ == "__main__":
    main()
