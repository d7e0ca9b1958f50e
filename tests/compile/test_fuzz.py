"""Hostile inputs are reported, in bounded time and memory; accepted ones are read as csv.reader reads them."""

import json
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.package.contract import ROOT
from tests.measure import fuzz

PYTHON = str(ROOT / ".venv/bin/python")
TROUBLES = [
    *(b'"', b'""', b'","', b",", b"\n", b"\n\n", b"\r\n", b"\xef\xbb\xbf", b"\x00", b"\x1f", b"\x0b", b"\xff", b"\xe2\x80\xa8"),
    *(b"=1", b" ", b"-", b"99999999999", b"2022-02-30"),
]
SPLICES = st.one_of(
    st.binary(max_size=40),
    st.text(max_size=20).map(lambda t: t.encode("utf-8", "surrogatepass")),
    st.sampled_from(TROUBLES),
)


@settings(max_examples=120, deadline=None, database=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(name=st.sampled_from(fuzz.NAMES), place=st.floats(0, 1), cut=st.integers(0, 20), splice=SPLICES)
def test_any_splice_is_reported_or_read(name: str, place: float, cut: int, splice: bytes) -> None:
    sample = fuzz.SAMPLES[name]
    at = int(place * len(sample))
    fuzz.examine(name, sample[:at] + splice + sample[at + cut :])


@settings(max_examples=50, deadline=None, database=None, derandomize=True)
@given(name=st.sampled_from(fuzz.NAMES), content=st.binary(max_size=200))
def test_any_bytes_are_reported(name: str, content: bytes) -> None:
    problems = fuzz.examine(name, content)
    assert not problems.all().is_empty()


def _big_cell(root: Path) -> None:
    _append(root, "articles", b"x" * 100_000_000 + b"\n")


def _big_quoted_cell(root: Path) -> None:
    path = root / "raw" / "articles.csv"
    header, first, rest = path.read_bytes().split(b"\n", 2)
    cells = first.split(b",")
    cells[3] = b'"' + b"x," * 50_000_000 + b'"'
    path.write_bytes(b"\n".join([header, b",".join(cells), rest]))


def _many_columns(root: Path) -> None:
    path = root / "raw" / "articles.csv"
    path.write_bytes(b",".join(b"c%d" % i for i in range(1_000_000)) + b"\n")


def _many_cells(root: Path) -> None:
    _append(root, "articles", b"," * 1_000_000 + b"\n")


def _append(root: Path, name: str, line: bytes) -> None:
    with (root / "raw" / f"{name}.csv").open("ab") as file:
        file.write(line)


HOSTILE = {
    _big_cell: "The line has more than 200000 bytes. Shorten its cells.",
    _big_quoted_cell: "The line has more than 200000 bytes. Shorten its cells.",
    _many_columns: "The column is not in raw/datapackage.json. Remove it.",
    _many_cells: "The line has more than 200000 bytes. Shorten its cells.",
}
READ = "import sys; from pathlib import Path; from scripts.compile import tables; tables.compiled(Path(sys.argv[1]))"


@pytest.mark.parametrize("spoil", HOSTILE, ids=lambda f: f.__name__.strip("_"))
def test_hostile_size_is_reported_in_bounded_memory(root: Path, spoil: Callable[[Path], None]) -> None:
    spoil(root)
    with subprocess.Popen([PYTHON, "-c", READ, str(root)], cwd=ROOT, stderr=subprocess.PIPE, text=True) as child:
        output = child.stderr.read() if child.stderr else ""
    assert HOSTILE[spoil] in output
    assert "Traceback" not in output
    assert max(map(len, output.splitlines())) < 5000
    # In KB, over all children so far: 100 MB of cell, and a few copies of it.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_500_000


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"resources":' * 50_000, "{", "[]", "null", "\ufeff{}", '{"resources": [{"name": "articles"}]}']
)
def test_hostile_descriptor_is_one_sentence(root: Path, content: str) -> None:
    (root / "raw" / "datapackage.json").write_text(content, encoding="utf-8")
    made = subprocess.run([PYTHON, "-c", READ, str(root)], cwd=ROOT, capture_output=True, text=True, check=False)
    assert made.returncode == 1
    assert made.stderr.startswith("raw/datapackage.json: ")
    assert len(made.stderr.splitlines()) == 1


def test_descriptor_is_json(root: Path) -> None:
    assert json.loads((root / "raw" / "datapackage.json").read_text(encoding="utf-8"))["resources"]
