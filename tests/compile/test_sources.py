"""Whoever holds the texts can check hashes and figures; whoever does not is told so."""

import hashlib
from pathlib import Path

import polars as pl
import pytest

from scripts.compile import sources
from scripts.package.store import Store

TEXT = "Moscow expels  34\nFrench diplomats."


def _raw(text: str, figure: str) -> dict[str, pl.DataFrame]:
    sha = hashlib.sha256(text.encode()).hexdigest()
    return {
        "articles": pl.DataFrame({"article_id": ["a-2022-05-18"], "text_sha256": [sha], "line": [2]}),
        "statements": pl.DataFrame({"article_id": ["a-2022-05-18"], "figure_as_printed": [figure], "line": [7]}),
    }


def test_right_text_and_figure(tmp_path: Path) -> None:
    (tmp_path / "a-2022-05-18.txt").write_text(TEXT)
    assert sources.verify(_raw(TEXT, "34 french"), tmp_path) == (1, 2, [])


def test_another_text_and_a_figure_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(TEXT + "!")
    (tmp_path / "map.csv").write_text("page.txt,a-2022-05-18\n")
    held, compared, wrong = sources.verify(_raw(TEXT, "43"), tmp_path)
    assert (held, compared) == (1, 2)
    assert wrong == [
        "raw/articles.csv:2:text_sha256  page.txt is another text. Find the one that was coded.",
        'raw/statements.csv:7:figure_as_printed  "43" is not in page.txt. Correct it.',
    ]


def test_a_text_is_asked_for_the_figures_of_its_own_article_only(tmp_path: Path) -> None:
    """What another article prints need not stand in this one."""
    (tmp_path / "a-2022-05-18.txt").write_text(TEXT)
    raw = _raw(TEXT, "34")
    raw["statements"] = pl.concat([raw["statements"], pl.DataFrame({"article_id": ["b"], "figure_as_printed": ["45"], "line": [8]})])
    assert sources.verify(raw, tmp_path) == (1, 2, [])


def test_a_text_of_no_article(tmp_path: Path) -> None:
    (tmp_path / "stray.txt").write_text(TEXT)
    held, compared, wrong = sources.verify(_raw(TEXT, "34"), tmp_path)
    assert (held, compared) == (0, 0) and wrong[0].startswith("stray.txt: no article stray in raw/articles.csv.")


def test_a_list_names_texts_that_are_there(tmp_path: Path) -> None:
    """A header is no text; a line that names none, or no article, is a fault, be its bytes what they may."""
    (tmp_path / "page.txt").write_text(TEXT)
    (tmp_path / "map.csv").write_bytes(b"file,article_id\n\npage.txt,a-2022-05-18\ngone.txt,a-2022-05-18\npage.txt\n\xff.txt,b\n")
    held, _, wrong = sources.verify(_raw(TEXT, "34"), tmp_path)
    assert held == 1
    assert [line.split("  ")[0] for line in wrong] == ["map.csv:4", "map.csv:5", "map.csv:6"]


REFUSED = {
    "": "Nothing was checked: no folder of texts is named. Give one",
    "nowhere": 'Nothing was checked: there is no folder "nowhere". Give one',
    "file.txt": 'Nothing was checked: there is no folder "file.txt". Give one',
    "empty": 'Nothing was checked: "empty" holds no text article_id.txt of an article',
    "torn": "cannot be read (Is a directory)",
}


@pytest.mark.parametrize("folder", REFUSED)
def test_where_nothing_can_be_checked_the_run_fails_and_says_so(
    folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No folder, none of that name, a file, one without texts, one whose text cannot be read."""
    (tmp_path / "file.txt").touch()
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "page.html").touch()
    (tmp_path / "torn" / "a-2022-05-18.txt").mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TEXTS_FOLDER", folder)
    monkeypatch.setattr("scripts.package.store.Store", lambda: Store(tmp_path))
    monkeypatch.setattr(sources.reader, "read", lambda *_: _raw(TEXT, "34"))
    with pytest.raises(SystemExit) as stopped:
        sources.main()
    output = capsys.readouterr()
    assert stopped.value.code == 1 and not output.out
    assert output.err.startswith("sources: ") and REFUSED[folder] in output.err and output.err.count("\n") == 1


@pytest.mark.parametrize(("figure", "code"), [("34", 0), ("43", 1)])
def test_what_was_compared_is_told_and_a_fault_fails_the_run(
    figure: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a-2022-05-18.txt").write_text(TEXT)
    monkeypatch.setenv("TEXTS_FOLDER", str(tmp_path))
    monkeypatch.setattr("scripts.package.store.Store", lambda: Store(tmp_path))
    monkeypatch.setattr(sources.reader, "read", lambda *_: _raw(TEXT, figure))
    if code:
        with pytest.raises(SystemExit) as stopped:
            sources.main()
        assert stopped.value.code == code
    else:
        sources.main()
    output = capsys.readouterr()
    assert output.out.endswith(f"  1 texts held, 2 hashes and figures compared, {code} faults\n")
    assert ('"43" is not in a-2022-05-18.txt' in output.err) is bool(code)
