"""``make tidy`` on a whole raw folder: what is not canonical is rewritten and named, what cannot be read is left."""

from pathlib import Path

import pytest

from scripts import tidy


def _raw(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "raw").iterdir()}


def test_only_what_is_not_canonical_is_rewritten_and_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A coder's editor may turn rows, add a byte-order mark and end lines its own way; a diff shows none of it."""
    before = _raw(root)
    header, *rows = before["answers.csv"].splitlines()
    (root / "raw" / "answers.csv").write_bytes(b"\xef\xbb\xbf" + b"".join(line + b"\r\n" for line in (header, *reversed(rows))))
    tidy.main(root)
    assert capsys.readouterr().out == "raw/answers.csv: rewritten\n"
    assert _raw(root) == before


def test_a_file_that_cannot_be_read_is_left_as_it_is(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is lost: bytes that are no text, and rows of another number of cells, wait for a person."""
    torn = {
        "answers.csv": b"\xff\xfe",
        "claims.csv": _raw(root)["claims.csv"] + b"one,cell,more\n",
        "harvests.csv": b"another,header\nb,a\n",
    }
    for name, content in torn.items():
        (root / "raw" / name).write_bytes(content)
    before = _raw(root)
    tidy.main(root)
    assert _raw(root) == before
    told = capsys.readouterr()
    assert told.out == "" and told.err.startswith("raw/answers.csv: left as it is (") and told.err.count("\n") == 1
