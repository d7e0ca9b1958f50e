"""What can go wrong around a build: kills, a full disk, a folder that cannot be written, two at once, a clock set back."""

import csv
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scripts.package.contract import ROOT, product
from tests.measure.edits import copy_sources

# A kill can come at any step of these; in the test suite the rest of the build only adds time.
STEPS = "data"


def checkout(folder: Path) -> Path:
    """A copy of the sources, with the environment of this checkout."""
    root = folder / "checkout"
    copy_sources(root)
    return root


def make(root: Path, *goals: str, check: bool = True, **options: object) -> "subprocess.CompletedProcess[str]":
    """Run make in a checkout; its output as text."""
    return subprocess.run(["make", "-j2", *goals], cwd=root, capture_output=True, text=True, check=check, **options)  # type: ignore[call-overload, no-any-return]


def edit(root: Path, title: str) -> None:
    """Change raw/ harmlessly, so that the next build has other bytes to write."""
    path = root / "raw" / "articles.csv"
    with path.open(encoding="utf-8", newline="") as file:
        header, first, *rest = list(csv.reader(file))
    first[3] = title
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header, first, *rest])


def tables(root: Path) -> dict[str, str]:
    """Fingerprint of each table that is there, CSV and Parquet."""
    paths = [root / "build" / f"{name}.{form}" for name in product().tables for form in ("csv", "parquet")]
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in paths if path.exists()}


def killed(root: Path, seconds: float, steps: str = STEPS) -> bool:
    """Start `make -j2` and kill it with all its children after some seconds; whether it was still running."""
    with subprocess.Popen(
        ["make", "-j2", steps], cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as child:
        time.sleep(seconds)
        running = child.poll() is None
        if running:
            os.killpg(child.pid, signal.SIGKILL)
    return running


def recovered(root: Path) -> dict[str, str]:
    """The tables after the next command had the lock: an interrupted commit is finished or discarded by then."""
    subprocess.run([ROOT / ".venv/bin/python", "-m", "scripts.package.store"], cwd=root, check=True, capture_output=True)
    return tables(root)


def survived(root: Path, seed: int, longest: float, steps: str = STEPS) -> str:
    """Kill one build at a random moment: '' if the tables are old or new, whole, and the next make heals all; else what is wrong."""
    rng = random.Random(seed)
    old = tables(root)
    edit(root, f"Title {seed}")
    was_running = killed(root, rng.uniform(0, longest), steps)
    result = recovered(root)
    make(root, steps)
    new = tables(root)
    if result not in (old, new):
        return f"seed {seed}: a mixture, {sum(result[n] == old.get(n) for n in result)} of {len(result)} tables are old"
    left = [p.name for p in (root / "build").glob(".*") if p.name in (".staging", ".journal")]
    if left:
        return f"seed {seed}: {', '.join(left)} was left behind"
    if make(root, "--question", steps, check=False).returncode:
        return f"seed {seed}: the healed build is not up to date"
    return "" if was_running or new != old else f"seed {seed}: nothing was built"


def main() -> None:
    """Kill whole builds at as many random moments as asked for, and tell what was not whole."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as folder:
        root = checkout(Path(folder))
        start = time.perf_counter()
        make(root, "build")
        longest = 1.2 * (time.perf_counter() - start)
        wrong = [message for seed in range(count) if (message := survived(root, seed, longest, "build"))]
    print("\n".join([*wrong, f"{count} builds killed within {longest:.1f} s: {len(wrong)} not whole or not healed."]))
    raise SystemExit(bool(wrong))


if __name__ == "__main__":
    main()
