"""What a curator reads when something is wrong: every problem once, in order, with what was probably meant."""

from pathlib import Path

import polars as pl
import pytest

from scripts.compile.problems import COMPARED, SHOWN, Problems


def _hint(given: str, candidates: list[str]) -> str:
    """What the line of a wrong cell says is near."""
    problems = Problems(candidates={("raw/t.csv", "c"): candidates})
    problems.add(pl.DataFrame({"line": [7], "c": [given]}), "raw/t.csv", "c", "It is unknown.", given="c")
    (line,) = problems.lines()
    assert line.startswith("raw/t.csv:7:c  It is unknown.")
    return line.removeprefix("raw/t.csv:7:c  It is unknown.")


def test_up_to_three_neighbours_are_named() -> None:
    assert _hint("Grece", ["Greece", "Grenada", "Spain"]) == " Nearest: Greece."
    assert _hint("Guina", ["Guinea", "Guinée", "Guiana", "Guyana"]).count(",") == 2
    assert _hint("Guina", []) == _hint("Guina", ["Spain"]) == ""


@pytest.mark.parametrize("right", ["moscowtimes-2022-05-18", "theguardian-2022-04-04"])
def test_of_many_candidates_those_that_begin_or_end_alike_are_compared(right: str) -> None:
    """A slip at one end of an id leaves the other end: so the hint comes at once, however long the table is."""
    many = [f"x{n:05}-{n:05}-yy" for n in range(COMPARED + 1)]
    assert _hint(right[:-2] + "xx", [*many, right]) == f" Nearest: {right}."
    assert _hint("zz" + right[2:], [*many, right]) == f" Nearest: {right}."


def test_problems_are_told_once_and_by_file_line_and_column() -> None:
    problems = Problems()
    for file, line, column in (
        ("raw/b.csv", 2, "a"),
        ("raw/a.csv", 10, "b"),
        ("raw/a.csv", 10, "a"),
        ("raw/a.csv", 9, "c"),
        ("raw/b.csv", 2, "a"),
    ):
        problems.note(file, line, column, "It is wrong.")
    output = [f"raw/{place}  It is wrong." for place in ("a.csv:9:c", "a.csv:10:a", "a.csv:10:b", "b.csv:2:a")]
    assert list(problems.lines()) == output and problems.report() == "".join(f"{line}\n" for line in output)
    assert list(problems.lines(2)) == output[:2]


@pytest.mark.parametrize(("count", "noun", "hidden"), [(1, "problem", 0), (2, "problems", 0), (200, "problems", 0), (203, "problems", 3)])
def test_a_run_with_problems_ends_and_says_how_many(
    count: int, noun: str, hidden: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two hundred are shown; where there are more, all of them are in the file that is named."""
    problems = Problems()
    problems.add(pl.DataFrame({"line": range(count)}), "raw/t.csv", "c", pl.format("Row {} is wrong.", "line"))
    whole = tmp_path / "build" / "validation" / "problems.txt"
    with pytest.raises(SystemExit) as stopped:
        problems.stop(whole)
    assert stopped.value.code == 1
    *lines, last = capsys.readouterr().err.splitlines()
    assert lines == [f"raw/t.csv:{n}:c  Row {n} is wrong." for n in range(min(count, SHOWN))]
    more = f" ({hidden} more not shown, all of them in build/validation/problems.txt)" if hidden else ""
    assert last == f"{count} {noun} in raw/{more}. Nothing was written."
    assert whole.exists() == bool(hidden) and (not hidden or whole.read_text(encoding="utf-8") == problems.report())
    Problems().stop(whole)


def test_problems_are_told_where_there_is_no_room_to_keep_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was kept before stays whole."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    problems = Problems()
    problems.add(pl.DataFrame({"line": range(SHOWN + 1)}), "raw/t.csv", "c", "It is wrong.")
    whole = tmp_path / "build" / "validation" / "problems.txt"
    whole.parent.mkdir(parents=True)
    whole.write_text("before")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(SystemExit):
        problems.stop(whole)
    assert capsys.readouterr().err.endswith(" in raw/ (1 more not shown, nor kept: No space left on device). Nothing was written.\n")
    assert [path.read_text() for path in whole.parent.iterdir()] == ["before"]
