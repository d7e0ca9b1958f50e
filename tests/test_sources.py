"""Whoever holds the texts can check hashes and figures; whoever does not is told so."""

import hashlib
from pathlib import Path

import polars as pl
import pytest

from scripts import sources

TEXT = "Moscow expels  34\nFrench diplomats."


def _raw(text: str, figure: str) -> dict[str, pl.DataFrame]:
    sha = hashlib.sha256(text.encode()).hexdigest()
    return {
        "articles": pl.DataFrame({"article_id": ["a-2022-05-18"], "text_sha256": [sha], "line": [2]}),
        "statements": pl.DataFrame({"article_id": ["a-2022-05-18"], "figure_as_printed": [figure], "line": [7]}),
    }


def test_right_text_and_figure(tmp_path: Path) -> None:
    (tmp_path / "a-2022-05-18.txt").write_text(TEXT)
    assert sources.verify(_raw(TEXT, "34 french"), tmp_path) == (1, [])


def test_another_text_and_a_figure_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT + "!")
    (tmp_path / "map.csv").write_text("page.txt,a-2022-05-18\n")
    held, wrong = sources.verify(_raw(TEXT, "43"), tmp_path)
    assert held == 1
    assert wrong == [
        "raw/articles.csv:2:text_sha256  page.txt is another text. Find the one that was coded.",
        'raw/statements.csv:7:figure_as_printed  "43" is not in page.txt. Correct it.',
    ]


def test_a_text_is_asked_for_the_figures_of_its_own_article_only(tmp_path: Path) -> None:
    """What another article prints need not stand in this one."""
    (tmp_path / "a-2022-05-18.txt").write_text(TEXT)
    raw = _raw(TEXT, "34")
    raw["statements"] = pl.concat([raw["statements"], pl.DataFrame({"article_id": ["b"], "figure_as_printed": ["45"], "line": [8]})])
    assert sources.verify(raw, tmp_path) == (1, [])


def test_a_text_of_no_article(tmp_path: Path) -> None:
    (tmp_path / "stray.txt").write_text(TEXT)
    held, wrong = sources.verify(_raw(TEXT, "34"), tmp_path)
    assert held == 0 and wrong[0].startswith("stray.txt: no article stray in raw/articles.csv.")


@pytest.mark.parametrize("folder", ["", "nowhere"])
def test_no_folder_is_said_and_nothing_done(folder: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("TEXTS_FOLDER", folder)
    sources.main()
    assert (
        capsys.readouterr().out
        == "No folder of texts: give one that exists, as in make verify-sources TEXTS=folder. Nothing was checked.\n"
    )
