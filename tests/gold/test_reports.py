"""Every report format, read back by another program or by its rules; memory and hostile text too."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import junitparser
import pytest
import sarif_pydantic
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from tests.gold.build import make_claim, write
from tests.gold.test_commands import factcheck
from toolkit.cli import validate
from toolkit.gold.reports import REPORTS, store
from toolkit.model import Issue

MULTITOOL = shutil.which("Sarif.Multitool") or shutil.which("sarif-multitool")
HOSTILE = "x\n::error::y\r\x1b[31m\x00<b>&\"' \u2028\u202e\ud800 %0A,:]]>"
ISSUES = [
    Issue(
        check="slice", path="a,b:c.jsonl", line=3, record="claim-1", pointer="/span/text",
        message="says 'x', but the document has 'y' there", fix="correct the offsets", found="x",
    ),
    Issue(check="schema/enum", path="/data/é.jsonl", line=1, message=HOSTILE, fix="", found={"a": [HOSTILE]}),
    Issue(severity="warning", check="attribution", path="a.jsonl", line=2, message="nobody speaks"),
    Issue(severity="note", check="texts", path="<stdin>", message="no texts"),
]  # fmt: skip
# What SARIF 2.1.0 demands of the parts that we write (sections 3.13 to 3.30 of the standard).
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string"}}}
RULE = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string"}, "shortDescription": TEXT},
}
URI = {"type": "string", "pattern": r"^[A-Za-z0-9._~:/?#\[\]@!$&'()*+,;=%-]*$"}
PHYSICAL = {
    "type": "object",
    "required": ["artifactLocation"],
    "properties": {
        "artifactLocation": {"type": "object", "properties": {"uri": URI}, "additionalProperties": False},
        "region": {"type": "object", "properties": {"startLine": {"type": "integer", "minimum": 1}}},
    },
    "additionalProperties": False,
}
RESULT = {
    "type": "object",
    "required": ["message", "ruleId", "ruleIndex"],
    "properties": {
        "ruleId": {"type": "string"}, "ruleIndex": {"type": "integer", "minimum": 0}, "message": TEXT,
        "level": {"enum": ["none", "note", "warning", "error"]}, "properties": {"type": "object"},
        "locations": {"type": "array", "items": {
            "type": "object",
            "properties": {"physicalLocation": PHYSICAL, "logicalLocations": {"type": "array"}},
            "additionalProperties": False,
        }},
    },
    "additionalProperties": False,
}  # fmt: skip
DRIVER = {"type": "object", "required": ["name"], "properties": {"rules": {"type": "array", "items": RULE}}}
RUN = {
    "type": "object",
    "required": ["tool", "results"],
    "properties": {
        "tool": {"type": "object", "required": ["driver"], "properties": {"driver": DRIVER}},
        "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
        "results": {"type": "array", "items": RESULT},
    },
    "additionalProperties": False,
}
LOG = {
    "type": "object",
    "required": ["version", "runs"],
    "properties": {"$schema": {"type": "string"}, "version": {"const": "2.1.0"}, "runs": {"items": RUN}},
    "additionalProperties": False,
}


def rendered(style: str, issues: list[Issue]) -> str:
    return "".join(REPORTS[style](issues))


def test_the_command_offers_every_report() -> None:
    assert tuple(REPORTS) == validate.REPORTS


def test_json_has_every_field() -> None:
    first = json.loads(rendered("json", ISSUES))[0]
    assert first == {
        "severity": "error", "check": "slice", "message": "says 'x', but the document has 'y' there",
        "fix": "correct the offsets", "path": "a,b:c.jsonl", "line": 3, "record": "claim-1",
        "pointer": "/span/text", "found": "x",
    }  # fmt: skip
    assert rendered("json", []) == "[]\n"


def test_junit_is_read_back_by_junitparser() -> None:
    read = junitparser.JUnitXml.fromstring(rendered("junit", ISSUES).encode("utf-8"))
    suite = next(iter(read))
    assert (suite.name, suite.tests, suite.failures) == ("factcheck validate", 4, 2)
    cases = list(suite)
    assert cases[0].classname == "a,b:c.jsonl"
    assert cases[0].name == "slice line 3 claim-1 /span/text"
    failure = cases[0].result[0]
    assert (failure.type, failure.message) == ("slice", ISSUES[0].message)
    assert failure.text == f"{ISSUES[0]}\nfound: x"
    assert [case.is_failure for case in cases] == [True, True, False, False]
    assert cases[2].system_out.startswith("warning: a.jsonl:2: nobody speaks")


def test_junit_without_issues_is_one_case_that_passed() -> None:
    read = junitparser.JUnitXml.fromstring(rendered("junit", []).encode("utf-8"))
    assert [(case.name, case.is_passed) for suite in read for case in suite] == [("every check", True)]


@pytest.mark.parametrize("issues", [[], ISSUES])
def test_sarif_keeps_the_standard(issues: list[Issue]) -> None:
    log = json.loads(rendered("sarif", issues))
    assert [error.message for error in Draft202012Validator(LOG).iter_errors(log)] == []
    run = log["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    assert [rules[result["ruleIndex"]]["id"] for result in run["results"]] == [
        issue.check for issue in issues
    ]
    assert all(rule["shortDescription"]["text"] for rule in rules)


def unknown(model: Any, where: str = "") -> Iterator[str]:
    """Properties that the standard does not have, anywhere in what was read."""
    if isinstance(model, list):
        for inner in model:
            yield from unknown(inner, where)
    elif hasattr(model, "model_extra"):
        yield from (f"{where}/{name}" for name in model.model_extra or ())
        for name in type(model).model_fields:
            yield from unknown(getattr(model, name), f"{where}/{name}")


@pytest.mark.parametrize("issues", [[], ISSUES])
def test_sarif_is_read_back_by_sarif_pydantic(issues: list[Issue]) -> None:
    log = sarif_pydantic.Sarif.model_validate_json(rendered("sarif", issues))
    # The standard has columnKind (section 3.14.17), sarif-pydantic does not know it yet.
    assert set(unknown(log)) <= {"/runs/columnKind"}
    (run,) = log.runs
    assert [result.rule_id for result in run.results or ()] == [issue.check for issue in issues]
    assert [result.message.text for result in run.results or ()][:1] == [
        f"{issue.message}. Fix: {issue.fix}" for issue in issues[:1]
    ]


@pytest.mark.skipif(
    not MULTITOOL, reason="the SARIF Multitool (npm, @microsoft/sarif-multitool) is not on PATH"
)
@pytest.mark.parametrize("issues", [[], ISSUES])
def test_sarif_passes_the_validator_of_its_authors(tmp_path: Path, issues: list[Issue]) -> None:
    assert MULTITOOL
    (tmp_path / "report.sarif").write_text(rendered("sarif", issues), "utf-8")
    done = subprocess.run(
        [MULTITOOL, "validate", "report.sarif", "--output", "out.sarif"], cwd=tmp_path, check=False,
        capture_output=True, text=True, env={**os.environ, "DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1"},
    )  # fmt: skip
    assert (done.returncode, "1 files scanned" in done.stdout) == (0, True), done.stdout
    assert not re.search(r": error ", done.stdout), done.stdout


def test_sarif_says_place_finding_and_fix() -> None:
    first, second = json.loads(rendered("sarif", ISSUES))["runs"][0]["results"][:2]
    physical = first["locations"][0]["physicalLocation"]
    assert physical == {"artifactLocation": {"uri": "a%2Cb%3Ac.jsonl"}, "region": {"startLine": 3}}
    assert first["locations"][0]["logicalLocations"][0]["name"] == "claim-1"
    assert first["properties"] == {"pointer": "/span/text", "fix": "correct the offsets", "found": "x"}
    uri = second["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "file:///data/%C3%A9.jsonl"


def test_github_commands_escape_what_the_runner_would_read() -> None:
    lines = rendered("github", ISSUES).split("\n")
    assert lines[0] == (
        "::error file=a%2Cb%3Ac.jsonl,line=3,title=factcheck slice::claim-1 /span/text: says 'x', but the "
        "document has 'y' there. Fix: correct the offsets"
    )
    assert [line.split(" ")[0] for line in lines[:-1]] == ["::error", "::error", "::warning", "::notice"]


@pytest.mark.parametrize(
    ("path", "message", "line"),
    [
        ("100%.jsonl", "100% of it", "::error file=100%25.jsonl,title=factcheck slice::100%25 of it"),
        ("a:b,c.jsonl", "a:b,c", "::error file=a%3Ab%2Cc.jsonl,title=factcheck slice::a:b,c"),
        ("%0A.jsonl", "%0A::error::x", "::error file=%250A.jsonl,title=factcheck slice::%250A::error::x"),
    ],
)
def test_github_undoes_the_escapes(path: str, message: str, line: str) -> None:
    """Its runner puts back %25, %0D and %0A in a message, and in a property also %3A and %2C."""
    (found,) = rendered("github", [Issue(check="slice", path=path, message=message)]).splitlines()
    assert found == line
    properties, said = found.removeprefix("::error ").split("::", 1)
    back = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ",", "%25": "%"}
    shown = re.sub("%(0D|0A|3A|2C|25)", lambda code: back[code[0]], properties.split(",")[0])
    assert shown == f"file={path}"
    assert re.sub("%(0D|0A|25)", lambda code: back[code[0]], said) == message


@pytest.mark.parametrize("style", REPORTS)
def test_every_report_says_what_is_there_and_what_would_be_right(style: str) -> None:
    issue = Issue(
        check="interval",
        path="c.jsonl",
        message="not in order",
        fix="low ≤ high",
        found={"low": 9, "high": 1},
    )
    out = html.unescape(rendered(style, [issue]))
    assert "low ≤ high" in out
    assert re.search(r"low\W+9\W+high\W+1", out), out


@pytest.mark.parametrize("message", ["low 9 and high 1 are not in order", "9 > 1."])
def test_what_the_message_tells_is_not_told_twice(message: str) -> None:
    issue = Issue(check="interval", path="c.jsonl", message=message, found={"low": 9, "high": 1})
    assert "found" not in rendered("text", [issue])
    other = Issue(check="interval", path="c.jsonl", message="91 is not 19.", found=[9])
    assert rendered("text", [other]) == "error: c.jsonl: 91 is not 19 (found [9]) [interval]\n"


@pytest.mark.parametrize("style", REPORTS)
@given(text=st.text(st.characters(codec=None)), found=st.text() | st.floats() | st.none())
def test_any_text_stays_inside_the_report(style: str, text: str, found: Any) -> None:
    issue = Issue(check="slice", path=text, line=1, record=text, message=text, fix=text, found=found)
    out = rendered(style, [issue])
    if style == "junit":
        read = junitparser.JUnitXml.fromstring(out.encode("utf-8"))
        assert [case.is_failure for suite in read for case in suite] == [True]
    elif style == "sarif":
        assert len(json.loads(out)["runs"][0]["results"]) == 1
    elif style == "json":
        assert json.loads(out)[0]["message"] == text
    elif style == "github":
        assert len(re.findall(r"(?m)^::", out)) == 1
        assert len(out.splitlines()) == 1
    else:
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", out)


def test_issues_wait_on_disk_in_their_order() -> None:
    issues = [
        Issue(check=check, path=path, line=line, message="m", record=record, found={"a": 1})
        for path in ("b", "\udcff", "é")
        for line in (None, 10, 9)
        for check, record in (("x", None), ("w", "r"))
    ]
    with store() as kept:
        for issue in issues:
            kept.add(issue)
        assert list(kept) == list(kept) == sorted(issues, key=Issue.order)
        assert (len(kept), kept.severities["error"]) == (18, 18)


def test_reports_stream() -> None:
    taken = 0

    def endless() -> Iterator[Issue]:
        nonlocal taken
        while True:
            taken += 1
            yield ISSUES[0]

    for style in ("text", "json", "github"):
        pieces = REPORTS[style](endless())
        assert all(next(pieces) for _ in range(3))
    assert taken <= 12


@pytest.mark.parametrize("style", REPORTS)
def test_validate_writes_each_report(tmp_path: Path, style: str) -> None:
    write(tmp_path / "claims.jsonl", [make_claim(), make_claim()])
    done = factcheck(tmp_path, "validate", "claims.jsonl", "--format", style)
    assert done.returncode == 1
    assert "claims.jsonl" in done.stdout
    assert "unique" in done.stdout
    assert done.stderr == "2 records checked: 1 error, 0 warnings, 1 note\n"
