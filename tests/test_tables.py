"""What the build tells of its tables."""

from pathlib import Path

import polars as pl

from scripts import tables


def test_lost_rows_are_told(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text("a\n1\n2\n3\n")
    (tmp_path / "claims.csv").write_text("a\n1\n")
    now = {"answers": pl.DataFrame({"a": [1]}), "claims": pl.DataFrame({"a": [1, 2]}), "retired": pl.DataFrame({"a": []})}
    assert tables.counted(now, tmp_path) == "1 answers (2 fewer than before), 2 claims"
    assert tables.counted({"answers": pl.DataFrame({"a": []})}, tmp_path) == "0 answers (3 fewer than before)"
