"""Every way in which a rule file can be wrong: one line with file, line and fix, exit code 2."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

from tests.rules.conftest import Make, rule, rule_file
from toolkit import schema
from toolkit.errors import SettingsError
from toolkit.rules import Rule, RuleFile, load_files, load_rules, run_examples

GOOD = rule("a.number", "QUANTITY", "\\d+")

BAD = sorted((Path(__file__).parent / "examples" / "bad").glob("*.yaml"))


def expected(path: Path) -> tuple[int, str, str]:
    """The line that says ``# error: problem | fix`` in a bad file, with its number."""
    lines = path.read_text("utf-8", errors="replace").splitlines()
    ((number, said),) = [(n, line) for n, line in enumerate(lines, 1) if "# error: " in line]
    problem, _, fix = said.partition("# error: ")[2].partition(" | ")
    return number, problem, fix


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_rule_file_is_refused_with_line_and_fix(path: Path) -> None:
    """Drop a file into examples/bad and it is tested; those named ``fails--`` load, and an example fails."""
    line, problem, fix = expected(path)
    if path.stem.startswith("fails--"):
        (issue,) = run_examples(load_rules([path], seconds=1))
        message = str(issue)
    else:
        with pytest.raises(SettingsError) as caught:
            load_rules([path], seconds=1)
        message = str(caught.value)
    assert message.startswith(f"{path}:{line}: "), message
    assert problem in message
    assert fix in message
    assert "\n" not in message


@pytest.mark.parametrize("kind", ["yaml--tab", "key--of_rule", "regex--bracket", "example--open_bracket"])
def test_the_command_ends_with_one_line_and_exit_code_2(kind: str) -> None:
    path = next(path for path in BAD if path.stem == kind)
    line, problem, _ = expected(path)
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "rules", "test", str(path)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith(f"factcheck: {path}:{line}: ")
    assert problem in done.stderr
    assert "Traceback" not in done.stderr


def test_the_dataclasses_are_the_schema() -> None:
    loaded = schema.load("rules")
    assert {field.name for field in fields(RuleFile)} == set(loaded["properties"])
    assert {field.name for field in fields(Rule)} == set(loaded["$defs"]["Rule"]["properties"])


def test_a_file_that_starts_with_an_underscore_shares_its_variables(tmp_path: Path) -> None:
    (tmp_path / "_all.yaml").write_text('schema_version: "1"\nvars:\n  a: [x]\n  b: [y]\n', "utf-8")
    (tmp_path / "own.yaml").write_text(rule_file(rule("a.b", "X", "{a} {b}"), "  b: [z]"), "utf-8")
    (found,) = load_files([tmp_path / "_all.yaml", tmp_path / "own.yaml"])
    assert found.variables == {"a": ("x",), "b": ("z",)}


def test_a_shared_variable_stands_in_one_file(tmp_path: Path) -> None:
    for name in ("_one.yaml", "_two.yaml"):
        (tmp_path / name).write_text('schema_version: "1"\nvars:\n  a: [x]\n', "utf-8")
    with pytest.raises(SettingsError, match=r"_two.yaml:3: the shared variable \{a\}"):
        load_files([tmp_path / "_one.yaml", tmp_path / "_two.yaml"])


def test_a_pattern_that_grows_without_bound_is_refused(make: Make) -> None:
    doubled = "\n".join(f'  v{n}: "{{v{n + 1}}}{{v{n + 1}}}"' for n in range(19)) + '\n  v19: "aaaaaaaaaa"'
    with pytest.raises(SettingsError, match="longer than"):
        make(rule("a.b", "X", "{v0}"), doubled)


def test_the_version_changes_with_the_content_and_not_with_the_folder(tmp_path: Path) -> None:
    versions = []
    for folder, text in (("a", GOOD), ("b", GOOD), ("c", GOOD.replace("+", "*"))):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "some.yaml"
        path.write_text(rule_file(text), "utf-8")
        versions.append(load_rules([path], seconds=1).version)
    assert versions[0] == versions[1] != versions[2]
