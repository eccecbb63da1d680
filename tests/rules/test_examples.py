"""Rules carry their tests, and failing ones say where and what was found instead."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.rules.conftest import Make, rule, rule_file
from toolkit.rules import run_examples
from toolkit.rules.examples import parse_example


def test_brackets_are_taken_out_and_may_be_nested() -> None:
    parsed = parse_example("[[The rebels]CLAIMER [said]CUE]ATTRIBUTION they won \\[sic\\].")
    assert parsed.text == "The rebels said they won [sic]."
    assert set(parsed.marks) == {("CLAIMER", 0, 10), ("CUE", 11, 15), ("ATTRIBUTION", 0, 15)}


@pytest.mark.parametrize("bad", ["[x", "x]", "x]X", "[x] y", "[[x]X"])
def test_malformed_brackets(bad: str) -> None:
    with pytest.raises(ValueError, match=r"\[|\]"):
        parse_example(bad)


def test_examples_run_through_the_whole_cascade(make: Make) -> None:
    rules = make("\n".join([
        rule("a.n", "QUANTITY", "\\d+", match=["[7]QUANTITY died"], no_match=["None died"]),
        rule("b.t", "CASUALTY", "<QUANTITY:n> died", level="claim",
             match=["[7]n died", "[[7]n died]CASUALTY"], no_match=["7 lived"]),
        rule("a.p", "LOCATION", "in <PLACE:where>",
             match=["War [in [Mali]PLACE]LOCATION", "in [[Mali]PLACE]where"],
             no_match=["in Mali", "[Mali]PLACE acts"]),
    ]))  # fmt: skip
    assert list(run_examples(rules)) == []


def test_failing_examples_say_what_was_found(make: Make) -> None:
    rules = make(rule(
        "a.n", "QUANTITY", "\\d+", match=["[at least 7]QUANTITY died", "None died"], no_match=["8 died"]
    ))  # fmt: skip
    first, second, third = run_examples(rules)
    assert "missing [at least 7]QUANTITY, found [7]QUANTITY" in first.message
    assert "must match, found nothing" in second.message
    assert "must not match, found [8]QUANTITY" in third.message
    assert {issue.line for issue in (first, second, third)} == {3}
    assert {issue.record for issue in (first, second, third)} == {"a.n"}


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "toolkit", *arguments], check=False, capture_output=True, text=True
    )


def test_the_command_counts_and_fails(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(
        rule_file(rule("a.n", "QUANTITY", "\\d+", match=["7 died"], no_match=["8 died"])), "utf-8"
    )
    done = run("rules", "test", str(path))
    assert done.returncode == 1
    assert done.stdout.startswith(f"error: {path}:3: a.n: '8 died': must not match, found [8]QUANTITY")
    assert "1 rules, 2 examples, 1 failed" in done.stderr
    as_json = run("rules", "test", str(path), "--format", "json")
    assert as_json.returncode == 1
    assert json.loads(as_json.stdout)[0]["check"] == "rules/no_match"


def test_the_command_lists(tmp_path: Path) -> None:
    path = tmp_path / "some.yaml"
    path.write_text(rule_file(rule("a.n", "QUANTITY", "\\d+", priority=7)), "utf-8")
    listed = run("rules", "list", str(path), "--format", "json")
    assert listed.returncode == 0
    record = json.loads(listed.stdout)
    assert record["rules"][0] == {
        "id": "a.n", "label": "QUANTITY", "level": "mention", "priority": 7, "score": 0.8,
        "file": f"{path}:3", "examples": 2,
    }  # fmt: skip
    assert "a.n" in run("rules", "list", str(path)).stdout


def test_a_missing_file_is_a_usage_error(tmp_path: Path) -> None:
    done = run("rules", "test", str(tmp_path / "none.yaml"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
