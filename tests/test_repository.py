"""What those find who come after: the workflow, the forms, the hooks and the editor's settings say what the project does."""

import re
import shlex
import tomllib
from typing import Any

import pytest
import yaml

from scripts.package.contract import ROOT

FORMS = ["correction", "missing"]


def _read(name: str) -> Any:
    return yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))


def test_the_workflow_runs_the_checks_on_every_supported_python() -> None:
    first, end = re.findall(r"3\.(\d+)", tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["requires-python"])
    checks = _read(".github/workflows/checks.yml")["jobs"]["checks"]
    assert checks["strategy"]["matrix"]["python"] == [f"3.{minor}" for minor in range(int(first), int(end))]
    assert checks["steps"][-1]["run"] == "bash .ci/run" and (ROOT / ".ci" / "run").is_file()


@pytest.mark.parametrize("name", FORMS)
def test_a_form_asks_for_the_source_of_what_it_says(name: str) -> None:
    form = _read(f".github/ISSUE_TEMPLATE/{name}.yml")
    fields = {part["id"]: part for part in form["body"] if part["type"] != "markdown"}
    assert {"name", "description", "title", "body"} <= form.keys() and {"says", "source"} <= fields.keys()
    assert all(part["validations"]["required"] and part["attributes"]["label"] for part in fields.values())
    assert fields.keys() >= ({"decision", "cell"} if name == "correction" else {"expeller", "target", "day"})


def test_hooks_run_what_there_is() -> None:
    """Modules of the lock, and targets of the Makefile."""
    targets = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    hooks = [hook for repo in _read(".pre-commit-config.yaml")["repos"] for hook in repo["hooks"]]
    assert {hook["id"] for hook in hooks} == {"lint", "format", "types", "tidy", "descriptor"}
    for hook in hooks:
        program, *rest = shlex.split(hook["entry"])
        if program == "make":
            assert rest[0] in targets
        else:
            assert program == ".venv/bin/python" and f"\n{rest[1]}==" in f"\n{lock}"


def test_the_editor_keeps_to_the_line_length() -> None:
    settings = (ROOT / ".editorconfig").read_text(encoding="utf-8")
    length = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["ruff"]["line-length"]
    assert settings.startswith("root = true\n") and f"max_line_length = {length}\n" in settings
