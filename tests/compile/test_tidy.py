"""``make tidy`` on a whole raw folder: what is not canonical is rewritten and named, what cannot be read is left."""

from pathlib import Path

import pytest

from scripts.compile import tidy
from scripts.package import contract


def _raw(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (root / "raw").iterdir()}


def test_only_what_is_not_canonical_is_rewritten_and_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A coder's editor may turn rows, add a byte-order mark and end lines its own way; a diff shows none of it."""
    before = _raw(root)
    header, *rows = before["answers.csv"].splitlines()
    (root / "raw" / "answers.csv").write_bytes(b"\xef\xbb\xbf" + b"".join(line + b"\r\n" for line in (header, *reversed(rows))))
    tidy.main(root)
    assert capsys.readouterr().out.endswith("  rewritten: raw/answers.csv\n")
    assert _raw(root) == before
    tidy.main(root)
    assert capsys.readouterr().out.endswith("  raw/ is canonical\n")


def test_a_file_that_cannot_be_read_is_left_as_it_is(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is lost: bytes that are no text, another header, and rows of another number of cells wait for a person. The rest is tidied."""
    first, second, third, *_, last = (Path(table.file).name for table in contract.raw(root).tables.values())
    before = _raw(root)
    torn = {first: b"\xff\xfe", second: b"another,header\nb,a\n", third: before[third] + b"one,cell,more\n"}
    header, *rows = before[last].splitlines(keepends=True)
    for name, content in (torn | {last: header + b"".join(reversed(rows))}).items():
        (root / "raw" / name).write_bytes(content)
    tidy.main(root)
    assert _raw(root) == before | torn
    output = capsys.readouterr()
    assert output.out.endswith(f"  rewritten: raw/{last}\n")
    assert output.err.startswith(f"raw/{first}: left as it is (") and output.err.count("\n") == 1
