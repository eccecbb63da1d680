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
from toolkit.rules import Rule, RuleFile, load_files, load_rules

GOOD = rule("a.number", "QUANTITY", "\\d+")

BAD = {
    "yaml": ("schema_version: '1'\nrules: [\n", 3, "not YAML", "indentation"),
    "tag": ("schema_version: '1'\nrules: !!python/object:os.system []\n", 2, "the tag", "remove the tag"),
    "alias": ("schema_version: '1'\nvars:\n  a: &x [b]\n  c: *x\n", 4, "alias", "write the value out"),
    "twice": ("schema_version: '1'\nrules: []\nrules: []\n", 3, "stands twice", "keep one"),
    "key": (rule_file(rule("a.b", "X", "x", notes="x")), 3, "unknown key 'notes'", "did you mean 'note'?"),
    "file key": ("schema_version: '1'\nrule: []\n", 2, "unknown key 'rule'", "did you mean 'rules'?"),
    "level": (rule_file(rule("a.b", "X", "x", level="claims")), 3, "'claims'", "did you mean 'claim'?"),
    "missing": (rule_file('  - {id: a.b, label: X, pattern: x, match: [x]}'), 3,
                "'no_match' is missing", "add"),
    "regex": (rule_file(rule("a.b", "X", "(killed")), 3, "rule a.b: not a regular expression", "brackets"),
    "set": (rule_file(rule("a.b", "X", "[b-a]")), 3, "rule a.b: not a regular expression", "brackets"),
    "unless": (rule_file(rule("a.b", "X", "a", unless=["*"])), 3, "rule a.b: not a regular expression", ""),
    "label": (rule_file(GOOD + "\n" + rule("c.d", "X", "<QUANTTY>", level="claim")), 4,
              "rule c.d: unknown label <QUANTTY>", "did you mean <QUANTITY>?"),
    "level order": (rule_file(GOOD + "\n" + rule("c.d", "X", "<QUANTITY>")), 4,
                    "<QUANTITY> is not found before level mention", "to a level after mention"),
    "variable": (rule_file(rule("a.b", "X", "{kiled}"), "  killed: [killed]"), 5,
                 "rule a.b: unknown variable {kiled}", "did you mean {killed}?"),
    "circle": (rule_file(rule("a.b", "X", "{one}"), '  one: "{two}"\n  two: "{one}"'), 6,
               "refers to itself", "circle"),
    "brace": (rule_file(rule("a.b", "X", "(?:x){e<=1}")), 3, "begins neither {variable}", "lower case"),
    "angle": (rule_file(rule("a.b", "X", "<quantity>")), 3, "<LABEL>", "upper case"),
    "recursion": (rule_file(rule("a.b", "X", "a(?R)?b")), 3, "recursion", "spell it out"),
    "id twice": (rule_file(GOOD + "\n" + GOOD), 4, "the id stands already at", "rename"),
    "open": (rule_file(rule("a.b", "X", "x", match=["an [open"])), 3, "malformed example", "[seven]QUANTITY"),
    "bare": (rule_file(rule("a.b", "X", "x", match=["[bare]"])), 3, "malformed example", "[seven]QUANTITY"),
    "role": (rule_file(rule("a.b", "QUANTITY", "x", match=["[x]QUANTTY"])), 3,
             "no label or role QUANTTY", "did you mean QUANTITY?"),
    "empty": (rule_file(rule("a.b", "X", "x", match=["[]X x"])), 3, "empty brackets", "words"),
    "switch": ("schema_version: '1'\nvars:\n  w: [at, on]\n", 3, "word 2 of {w} is read as true", "quotes"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_rule_file_is_refused_with_line_and_fix(kind: str, tmp_path: Path) -> None:
    text, line, problem, fix = BAD[kind]
    path = tmp_path / "bad.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_rules([path], seconds=1)
    message = str(caught.value)
    assert message.startswith(f"{path}:{line}: "), message
    assert problem in message
    assert fix in message
    assert "\n" not in message


@pytest.mark.parametrize("kind", ["yaml", "key", "regex", "label", "open"])
def test_the_command_ends_with_one_line_and_exit_code_2(kind: str, tmp_path: Path) -> None:
    text, line, problem, _ = BAD[kind]
    path = tmp_path / "bad.yaml"
    path.write_text(text, "utf-8")
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
