"""The doctor looks at everything, one broken thing never hides the others, and the exit code fits."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.conftest import Run
from toolkit.studio.local import process
from toolkit.studio.local.server import ServerInfo

ONE_RULE = (
    'schema_version: "1"\nrules:\n'
    "  - {id: one.dozen, label: QUANTITY, level: mention, pattern: dozen,"
    " match: ['A [dozen]QUANTITY people.'], no_match: ['None.']}\n"
)
Findings = dict[str, dict[str, str]]


@pytest.fixture
def desk(project_dir: Path) -> Path:
    """A project with one rule, which is soon looked at."""
    folder = project_dir / "configs" / "rules" / "en"
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "one.yaml").write_text(ONE_RULE, "utf-8")
    return project_dir


def examined(run: Run, folder: Path, env: Mapping[str, str] | None = None, *, expected: int) -> Findings:
    """What the doctor says by name; several of one name leave the last."""
    done = run("doctor", "--format", "json", cwd=folder, env=env)
    assert done.returncode == expected, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return {one["name"]: one for one in json.loads(done.stdout)}


def test_a_fresh_project_without_a_server(project_dir: Path, run: Run) -> None:
    found = examined(run, project_dir, expected=0)
    states = {name: one["state"] for name, one in found.items()}
    assert states.pop("local server") == "warn"
    assert set(states.values()) == {"ok"}
    assert {"python", "packages", "label studio", "settings", "rules", "aliases", "page", "state"} == set(
        states
    )
    assert found["local server"]["fix"] == "factcheck studio start"
    assert "examples pass" in found["rules"]["message"]


def test_text_shows_the_fix_below(desk: Path, run: Run) -> None:
    done = run("doctor", cwd=desk)
    assert done.returncode == 0
    assert "warn  local server  never started\n" in done.stdout
    assert "Fix: factcheck studio start\n" in done.stdout
    assert done.stderr.rstrip().endswith("0 wrong, 1 to know")


def test_server_login_and_project(
    desk: Path, run: Run, studio: ServerInfo, studio_env: dict[str, str]
) -> None:
    settings = desk / "configs" / "project.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("title: Claims", "title: Seen by nobody"), "utf-8"
    )
    found = examined(run, desk, studio_env, expected=0)
    assert found["login"]["message"] == f"{studio.email} at {studio.url}"
    assert "sign-up" not in found
    assert found["project"]["state"] == "warn"
    assert "'Seen by nobody'" in found["project"]["message"]
    assert studio.token not in json.dumps(found)


@pytest.mark.parametrize("token", ["wrong" * 8, "bad\ntoken"])
def test_a_wrong_token(desk: Path, run: Run, studio_env: dict[str, str], token: str) -> None:
    found = examined(run, desk, {**studio_env, "LABEL_STUDIO_API_KEY": token}, expected=3)
    assert found["login"]["state"] == "fail"
    assert found["login"]["fix"]
    assert token not in json.dumps(found)


def test_a_server_that_is_down(desk: Path, run: Run) -> None:
    url = f"http://127.0.0.1:{process.any_port()}"
    env = {"LABEL_STUDIO_URL": url, "LABEL_STUDIO_API_KEY": "0" * 40}
    found = examined(run, desk, env, expected=3)
    assert found["login"]["state"] == "fail"
    assert url in found["login"]["message"]


def test_a_wrong_setting_is_named_with_its_line(desk: Path, run: Run) -> None:
    settings = desk / "configs" / "project.yaml"
    settings.write_text('schema_version: "1"\nlabelling: x.xml\n', "utf-8")
    found = examined(run, desk, expected=2)
    assert f"{settings}:2" in found["settings"]["message"]
    assert found["settings"]["fix"] == "did you mean 'labeling'?"


def test_broken_rules_and_page_hide_nothing_else(desk: Path, run: Run) -> None:
    (desk / "configs" / "labeling" / "claims.xml").unlink()
    bad = desk / "configs" / "rules" / "en" / "zz_mine.yaml"
    bad.write_text('schema_version: "1"\nrules:\n  - id: [\n', "utf-8")
    (desk / ".factcheck").mkdir(mode=0o755)
    found = examined(run, desk, expected=2)
    failed = {name for name, one in found.items() if one["state"] == "fail"}
    assert failed == {"rules", "page", "state"}
    assert str(bad) in found["rules"]["message"]
    assert found["state"]["fix"] == f"chmod 700 {desk / '.factcheck'}"
    assert found["aliases"]["state"] == "ok"


def test_a_failing_example_is_named(desk: Path, run: Run) -> None:
    rules = desk / "configs" / "rules" / "en" / "one.yaml"
    rules.write_text(ONE_RULE.replace("[dozen]", "[score]"), "utf-8")
    found = examined(run, desk, expected=2)
    assert found["rules"]["state"] == "fail"
    assert f"{rules}:3" in found["rules"]["message"] and "[score]" in found["rules"]["message"]


def test_without_a_project_the_packages_settings_are_used(tmp_path: Path, run: Run) -> None:
    found = examined(run, tmp_path, expected=0)
    assert (found["settings"]["state"], found["settings"]["fix"]) == ("warn", "factcheck init")
