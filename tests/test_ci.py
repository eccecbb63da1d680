"""What runs in other people's CI: the hooks' entries and the action's script lines, on good and bad data."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.gold.build import make_claim, many, write
from toolkit import pipeline
from toolkit.config import Settings
from toolkit.gold import write_dataset
from toolkit.gold.releases.release import Release
from toolkit.model import to_record

REPO = Path(__file__).parent.parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((REPO / ".pre-commit-hooks.yaml").read_text("utf-8"))
ACTION: dict[str, Any] = yaml.safe_load((REPO / "action.yml").read_text("utf-8"))
GITLAB = re.search(r"## GitLab\n\n```yaml\n(.*?)```", (REPO / "docs" / "ci.md").read_text("utf-8"), re.S)


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A project, claims in a file whose name has a blank and a quote, and a released dataset."""
    list(pipeline.init(tmp_path))
    documents, claims = many(4)
    write(tmp_path / "it's all.jsonl", claims)
    texts = write(tmp_path / "documents.jsonl", documents)
    given = str(tmp_path / "it's all.jsonl")
    write_dataset(
        given, to=tmp_path / "exports" / "floods", settings=Settings(), documents=[texts],
        release=Release("1.0.0"),
    )  # fmt: skip
    tool = tmp_path / ".bin" / "factcheck"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m toolkit "$@"\n', "utf-8")
    tool.chmod(0o755)
    return tmp_path


def bash(desk: Path, script: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run a script as GitHub's runner does."""
    bare = {"PATH": f"{desk / '.bin'}:{os.environ['PATH']}", "HOME": str(desk), "PYTHONPATH": str(REPO)}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script], cwd=desk, env={**bare, **env},
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip


def hook(name: str, desk: Path, *files: str) -> subprocess.CompletedProcess[str]:
    """Run a hook's entry on the files that it wants of these; as pre-commit does, not at all for none."""
    (found,) = [one for one in HOOKS if one["id"] == name]
    unwanted = found.get("exclude", "^$")
    wanted = [file for file in files if re.search(found["files"], file) and not re.search(unwanted, file)]
    assert wanted, f"{name} does not run for {files}"
    passed = wanted if found.get("pass_filenames", True) else []
    return bash(desk, shlex.join([*shlex.split(found["entry"]), *found.get("args", []), *passed]))


def step(name: str, desk: Path, **inputs: str) -> subprocess.CompletedProcess[str]:
    """Run a step of the action; inputs that are not given have their defaults."""
    (found,) = [one for one in ACTION["runs"]["steps"] if one["name"] == name]
    env = {}
    for variable, value in found["env"].items():
        (key,) = re.findall(r"^\$\{\{ inputs\.(\w+) \}\}$", value)
        env[variable] = inputs.get(key, ACTION["inputs"][key]["default"])
    return bash(desk, found["run"], **env)


def spoil(desk: Path) -> None:
    """Make the claims and the dataset wrong."""
    record = to_record(make_claim())
    record["quantity"]["low"] = 90
    write(desk / "it's all.jsonl", [record])
    path = desk / "exports" / "floods" / "claims.jsonl"
    path.write_bytes(path.read_bytes().replace(b"84", b"48", 1))


def test_hooks_pass_what_is_sound(desk: Path) -> None:
    for name, files in (
        ("factcheck-validate", ["it's all.jsonl", "documents.jsonl", "README.md"]),
        ("factcheck-datasets", ["exports/floods/claims.jsonl"]),
        ("factcheck-rules", ["configs/rules/en/date.yaml"]),
    ):
        done = hook(name, desk, *files)
        assert done.returncode == 0, (name, done.stdout, done.stderr)
        assert "error" not in done.stdout


def test_files_of_datasets_are_left_to_their_own_hook(desk: Path) -> None:
    """In a dataset there are JSON Lines of other kinds, which are no records of ours."""
    with pytest.raises(AssertionError, match="does not run"):
        hook("factcheck-validate", desk, "exports/floods/fever.jsonl", "exports/floods/splits.jsonl")


def test_hooks_stop_what_is_wrong(desk: Path) -> None:
    spoil(desk)
    claims = hook("factcheck-validate", desk, "it's all.jsonl")
    assert claims.returncode == 1
    assert re.search(r"^error: it's all\.jsonl:1: claim-\w+ /quantity: .*\[interval\]$", claims.stdout, re.M)
    datasets = hook("factcheck-datasets", desk, "exports/floods/claims.jsonl")
    assert datasets.returncode == 1
    assert "claims.jsonl was changed: its digest is" in datasets.stdout
    rule = desk / "configs" / "rules" / "en" / "date.yaml"
    text = rule.read_text("utf-8")
    rule.write_text(re.sub(r"\n( +)match: *\[", r'\n\1match: ["Nothing here.", ', text, count=1), "utf-8")
    assert rule.read_text("utf-8") != text
    rules = hook("factcheck-rules", desk, "configs/rules/en/date.yaml")
    assert rules.returncode == 1
    assert "Nothing here." in rules.stdout


def test_hooks_have_what_pre_commit_needs() -> None:
    assert len({one["id"] for one in HOOKS}) == len(HOOKS) == 3
    for one in HOOKS:
        assert one["language"] == "python"
        assert one["name"]
        assert one["description"]
        assert shlex.split(one["entry"])[0] == "factcheck"


def test_the_action_passes_what_is_sound(desk: Path) -> None:
    done = step("Validate", desk, paths="exports\nit's all.jsonl\n", documents="documents.jsonl\n")
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert "0 errors, 0 warnings, 0 notes" in done.stderr
    assert step("Validate", desk).returncode == 0
    gate = step("Gate", desk, dataset="exports/floods")
    assert gate.returncode == 0, gate.stderr
    assert "unreviewed" in gate.stdout


def test_the_action_stops_what_is_wrong(desk: Path) -> None:
    spoil(desk)
    done = step("Validate", desk, paths="exports\nit's all.jsonl", format="json")
    assert done.returncode == 1
    assert '"check": "interval"' in done.stdout
    assert '"check": "manifest/file"' in done.stdout
    gate = step("Gate", desk, dataset="exports/floods")
    assert gate.returncode == 1
    assert gate.stderr.splitlines()[-1] == "crossed: errors"
    since = step("Gate", desk, dataset="exports/floods", since="exports/nowhere")
    assert since.returncode == 1
    assert "exports/nowhere" in since.stderr


@pytest.mark.parametrize(
    "evil", ["--explain=list", "$(touch owned)", "`touch owned`", "; touch owned #", '" ; touch owned "']
)
def test_no_input_becomes_a_command(desk: Path, evil: str) -> None:
    inputs = {"paths": evil, "documents": evil, "format": evil, "dataset": evil, "since": evil}
    for name in ("Validate", "Gate"):
        done = step(name, desk, **inputs)
        assert done.returncode in {1, 2}
    assert not (desk / "owned").exists()
    for one in ACTION["runs"]["steps"]:
        assert "${{" not in one["run"]


def test_the_action_installs_into_a_place_of_its_own(desk: Path) -> None:
    """With a Python that only notes what it is asked for."""
    (install,) = [one for one in ACTION["runs"]["steps"] if one["name"] == "Install"]
    noted = desk / "noted.txt"
    fake = desk / ".bin" / "python-noting"
    note = f'echo "$@" >> {shlex.quote(str(noted))}'
    inner = 'mkdir -p "$3/bin" && cp "$0" "$3/bin/python"'
    fake.write_text(f'#!/bin/sh\n{note}\nif [ "$2" = venv ]; then {inner}; fi\n', "utf-8")
    fake.chmod(0o755)
    path = desk / "github-path"
    place = {"RUNNER_TEMP": str(desk / "run ner"), "GITHUB_ACTION_PATH": str(REPO), "GITHUB_PATH": str(path)}
    done = bash(desk, install["run"], PYTHON="python-noting", **place)
    assert done.returncode == 0, done.stderr
    assert noted.read_text("utf-8").splitlines() == [
        f"-m venv {desk}/run ner/factcheck", f"-m pip install --quiet {REPO}",
    ]  # fmt: skip
    assert path.read_text("utf-8") == f"{desk}/run ner/factcheck/bin\n"


def test_the_gitlab_snippet(desk: Path) -> None:
    assert GITLAB
    (job,) = yaml.safe_load(GITLAB[1]).values()
    checks = [line for line in job["script"] if line.startswith("factcheck ")]
    assert len(checks) == 2
    script = "\n".join(checks).replace("exports/mali-1.2.0", "exports/floods")
    assert bash(desk, script).returncode == 0
    spoil(desk)
    assert bash(desk, script).returncode == 1
