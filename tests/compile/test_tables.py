"""What the build tells of its tables."""

from pathlib import Path

import pytest

from scripts.compile import tables


@pytest.mark.parametrize(
    ("rows", "output"), [(1, "1 answers (2 fewer than before)"), (0, "0 answers (3 fewer than before)"), (3, "3 answers")]
)
def test_lost_rows_are_told(rows: int, output: str, tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("a\n1\n2\n3\n")
    assert tables.counted("answers", rows, tmp_path) == output


def test_a_table_that_is_new_or_empty_has_lost_nothing(tmp_path: Path) -> None:
    assert tables.counted("claims", 2, tmp_path) == "2 claims"
    assert tables.counted("retired", 0, tmp_path) == ""
