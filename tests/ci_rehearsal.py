"""What other people's CI does with this repository, for real, on sound and on spoilt data.

    python -m tests.ci_rehearsal

Needs ``pre-commit`` on PATH and a package index to install from. A clone of this repository's last commit is
what pre-commit and the action install. Prints exit codes and what was printed; ends with 1 when one is wrong.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

from tests.gold.build import many, write
from tests.test_ci import ACTION, GITLAB, HOOKS, REPO, spoil
from toolkit import pipeline
from toolkit.config import Settings
from toolkit.gold import write_dataset
from toolkit.gold.releases.release import Release

CLAIMS = "it's all.jsonl"


def sh(command: list[str], folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    # Not this checkout's package, nor its environment: only what was installed.
    bare = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "VIRTUAL_ENV"}}
    return subprocess.run(
        command, cwd=folder, env={**bare, **env}, capture_output=True, text=True, check=False
    )


def git(folder: Path, *args: str) -> str:
    done = sh(["git", "-c", "user.name=x", "-c", "user.email=x@x.example", *args], folder)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout.strip()


def desk(folder: Path) -> Path:
    """A project under version control with claims, texts and a release in two formats."""
    folder.mkdir()
    list(pipeline.init(folder))
    documents, claims = many(4)
    given, texts = write(folder / CLAIMS, claims), write(folder / "documents.jsonl", documents)
    write_dataset(
        given, to=folder / "exports" / "floods", settings=Settings(), formats=["jsonl", "claimreview"],
        documents=[texts], release=Release("1.0.0"),
    )  # fmt: skip
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    return folder


def break_rule(folder: Path) -> None:
    path = folder / "configs" / "rules" / "en" / "date.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("match: [", 'match: ["Nothing here.", ', 1), "utf-8")


class Tally:
    """Exit codes held against what they should be."""

    def __init__(self) -> None:
        self.wrong = 0

    def take(self, what: str, done: subprocess.CompletedProcess[str], wanted: int) -> None:
        self.wrong += done.returncode != wanted
        print(f"{what}: exit {done.returncode} (wanted {wanted})")  # noqa: T201
        for line in (done.stdout + done.stderr).splitlines():
            print(f"    {line}")  # noqa: T201


def pre_commit(tally: Tally, clone: Path, folder: Path, state: str, wanted: int, home: Path) -> None:
    hooks = [{"id": hook["id"]} for hook in HOOKS]
    config = {"repos": [{"repo": str(clone), "rev": git(clone, "rev-parse", "HEAD"), "hooks": hooks}]}
    (folder / ".pre-commit-config.yaml").write_text(yaml.safe_dump(config), "utf-8")
    git(folder, "add", "--all")
    for hook in HOOKS:
        done = sh(["pre-commit", "run", "--all-files", hook["id"]], folder, PRE_COMMIT_HOME=str(home))
        tally.take(f"pre-commit {hook['id']}, {state}", done, wanted)


def action(tally: Tally, clone: Path, folder: Path, state: str, wanted: int, temp: Path) -> None:
    """Its steps in order, with the variables of GitHub's runner."""
    given = {"paths": f"exports\n{CLAIMS}", "documents": "documents.jsonl", "dataset": "exports/floods"}
    inputs = {name: given.get(name, one["default"]) for name, one in ACTION["inputs"].items()}
    inputs["python"] = sys.executable
    added = temp / "github-path"
    added.touch()
    runner = {"RUNNER_TEMP": str(temp), "GITHUB_ACTION_PATH": str(clone), "GITHUB_PATH": str(added)}
    for step in ACTION["runs"]["steps"]:
        env = {name: inputs[value[11:-3].strip()] for name, value in step["env"].items()}
        path = ":".join([*reversed(added.read_text("utf-8").split()), os.environ["PATH"]])
        script = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = sh(script, folder, **runner, **env, PATH=path)
        tally.take(f"action {step['name']}, {state}", done, 0 if step["name"] == "Install" else wanted)


def gitlab(tally: Tally, clone: Path, folder: Path, state: str, wanted: int, temp: Path) -> None:
    """The snippet's lines in one shell; the package is the clone, as nothing is published."""
    if GITLAB is None:
        raise SystemExit("no GitLab snippet in docs/ci.md")
    (job,) = yaml.safe_load(GITLAB[1]).values()
    lines = [line.replace("exports/mali-1.2.0", "exports/floods") for line in job["script"]]
    lines = [line.replace(" factcheck-toolkit", f" '{clone}'") for line in lines]
    if not (temp / "venv").exists():
        sh([sys.executable, "-m", "venv", str(temp / "venv")], folder)
    path = f"{temp / 'venv' / 'bin'}:{os.environ['PATH']}"
    done = sh(["bash", "-eo", "pipefail", "-c", "\n".join(lines)], folder, PATH=path)
    tally.take(f"GitLab script, {state}", done, wanted)


def main() -> int:
    if shutil.which("pre-commit") is None:
        raise SystemExit("pre-commit is not on PATH: `pip install pre-commit` in an environment of its own")
    tally = Tally()
    with tempfile.TemporaryDirectory() as name:
        temp = Path(name)
        clone, folder = temp / "toolkit", desk(temp / "desk")
        git(temp, "clone", "--quiet", str(REPO), str(clone))
        for state, wanted in (("sound", 0), ("spoilt", 1)):
            if wanted:
                spoil(folder)
                break_rule(folder)
            pre_commit(tally, clone, folder, state, wanted, temp / "home")
            action(tally, clone, folder, state, wanted, temp)
            gitlab(tally, clone, folder, state, wanted, temp)
    print(f"{tally.wrong} exit codes are wrong")  # noqa: T201
    return int(tally.wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
