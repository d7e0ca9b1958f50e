"""The environments of the build: ``python3 -m scripts.package.environment .venv/.ready requirements.lock`` sets one up.

This runs before anything is installed, under whatever Python is called python3: older ones have to be able to read it.
"""

import importlib
import os
import platform
import re
import subprocess
import sys
from pathlib import Path

# For which group of pyproject.toml each lock is made; the first for the project itself.
GROUPS = {
    "requirements.lock": "",
    "browser.lock": "browser",
    "mutation.lock": "mutation",
    "paper.lock": "paper",
    "requirements-release.lock": "metadata",
}
# pip's settings in files: where packages come from is the user's to say, where they go is not.
SETTLED = {"PIP_USER": "false", "PIP_DRY_RUN": "false", "PIP_NO_DEPS": "false"}
READY = ".ready"


def unfit(version: str, implementation: str, supported: str) -> str:
    """Why a Python cannot serve, or nothing; ``supported`` as in requires-python, ``>=3.11,<3.15``."""
    first, end = re.findall("[0-9]+[.][0-9]+", supported)
    had, least, most = (tuple(map(int, text.split(".")[:2])) for text in (version, first, end))
    if implementation == "CPython" and least <= had < most:
        return ""
    what = "no CPython" if implementation != "CPython" else "too old" if had < least else "too new"
    return (
        f"{implementation} {version} is {what}: pyproject.toml asks for CPython {supported}. "
        f"Name another one, as in make build PYTHON=python{first}. Nothing was installed."
    )


def fresh(stamp: Path, lock: Path) -> bool:
    """Whether an environment is set up, from this lock, and has the Python that it was made of."""
    return stamp.exists() and stamp.stat().st_mtime >= lock.stat().st_mtime and same_python(stamp.parent)


def same_python(folder: Path) -> bool:
    """Whether the Python of an environment is the one that its pyvenv.cfg names, or a copy of its own."""
    python, config = folder / "bin" / "python", folder / "pyvenv.cfg"
    if not python.exists() or not config.exists():
        return False
    interpreter = python.resolve()
    return folder.resolve() in interpreter.parents or f"executable = {interpreter}" in config.read_text(encoding="utf-8").splitlines()


def set_up(stamp: Path, lock: Path, names: "list[str]") -> None:
    """Install a whole lock, or only the named distributions, and touch the stamp once all of them can be imported."""
    folder = stamp.parent
    lost = stamp.exists() and not same_python(folder)
    print(f"environment  {f'the Python of {folder} is gone or another one; ' if lost else ''}setting up {folder} from {lock}", flush=True)
    if stamp.name == READY and (lost or folder.is_symlink() or not stamp.exists()):
        _create(folder)
    elif stamp.exists():
        stamp.unlink()
    python = str(folder / "bin" / "python")
    what = [_pinned(name, lock) for name in names] or ["--require-hashes", "--requirement", str(lock)]
    _run(f"{folder} could not be filled", python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *what)
    _run(f"what was installed in {folder} does not work", python, "-m", "scripts.package.environment", "load", *(names or _wanted(lock)))
    stamp.touch()


def _create(folder: Path) -> None:
    """An empty environment in place of what lies there; one that is lent by a link is left alone."""
    if folder.is_symlink():
        folder.unlink()
    _run(f"{folder} could not be made", sys.executable, "-m", "venv", "--clear", str(folder))


def _run(fault: str, *command: str) -> None:
    """Run a command, whose own words go before a last sentence where it fails."""
    if subprocess.run(command, env={**os.environ, **SETTLED}, check=False).returncode:
        raise SystemExit(f"environment: {fault} (see above). Mend it and run make again.")


def _pinned(name: str, lock: Path) -> str:
    """A requirement in the version that a lock pins, or in any."""
    match = re.search(f"(?m)^{re.escape(name)}==[^ ;\\\\]+", lock.read_text(encoding="utf-8"))
    return match.group() if match else name


def _wanted(lock: Path) -> "list[str]":
    """Names of the distributions that a lock is made for."""
    import tomllib

    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))
    group = GROUPS[lock.name]
    listed = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    return [re.split("[^A-Za-z0-9._-]", text)[0] for text in listed]


def load(names: "list[str]") -> None:
    """Import what distributions hold. Raises ImportError, or whatever a broken one raises."""
    from importlib.metadata import packages_distributions

    holders = {module: {_plain(name) for name in held} for module, held in packages_distributions().items()}
    for name in map(_plain, names):
        modules = sorted(module for module, held in holders.items() if name in held and not module.startswith("_"))
        if not modules:
            raise ImportError(f"{name} is not there; where pip puts packages, `python -m pip config list` tells")
        importlib.import_module(next((module for module in modules if _plain(module) == name), modules[0]))


def _plain(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()


def main() -> None:
    """Set up the environment of a stamp if it is not fresh; with ``load`` first, import distributions."""
    command, *rest = sys.argv[1:]
    if command == "load":
        try:
            load(rest)
        except Exception as error:
            raise SystemExit(f"{type(error).__name__}: {error}") from None
        return
    stamp, lock, names = Path(command), Path(rest[0]), rest[1:]
    if fresh(stamp, lock):
        return
    supported = re.findall('(?m)^requires-python = "(.*)"', Path("pyproject.toml").read_text(encoding="utf-8"))[0]
    fault = unfit(platform.python_version(), platform.python_implementation(), supported)
    if fault:
        raise SystemExit(f"environment: {fault}")
    set_up(stamp, lock, names)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        raise SystemExit("environment: interrupted. The next make sets it up anew.") from None
