"""SARIF 2.1.0 (OASIS), which code scanning services and editors read.

The checks that found something are the rules, with their explanations. Pointer, finding and fix stand in
the property bag of a result, because SARIF has no place for them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from toolkit import __version__
from toolkit.errors import printable, with_fix
from toolkit.gold.checks.catalogue import explanation
from toolkit.gold.fault import shown, with_found
from toolkit.model import Issue

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(issues: Iterable[Issue]) -> Iterator[str]:
    """The log, a result at a time; goes through the issues twice."""
    rules = {name: index for index, name in enumerate(sorted({issue.check for issue in issues}))}
    driver = {"name": "factcheck", "version": __version__, "rules": [_rule(name) for name in rules]}
    head = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints"}
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{_json(head)[:-1]}, "results": ['
    before = "\n"
    for issue in issues:
        yield before + _json(_result(issue, rules[issue.check]))
        before = ",\n"
    yield "\n]}]}\n"


def _rule(name: str) -> dict[str, Any]:
    return {"id": name, "shortDescription": {"text": explanation(name) or name}}


def _result(issue: Issue, index: int) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": _uri(issue.path)}}}
    if issue.line is not None:
        location["physicalLocation"]["region"] = {"startLine": issue.line}
    if issue.record is not None:
        location["logicalLocations"] = [{"name": printable(issue.record), "kind": "element"}]
    more = {"pointer": issue.pointer, "fix": issue.fix}
    if issue.found is not None:
        more["found"] = shown(issue.found)
    said = with_fix(with_found(issue).message, issue.fix)
    return {
        "ruleId": issue.check, "ruleIndex": index, "level": issue.severity,
        "message": {"text": printable(said)}, "locations": [location],
        "properties": {name: printable(text) for name, text in more.items() if text},
    }  # fmt: skip


def _uri(path: str) -> str:
    try:
        raw = path.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # No file has such a name; an issue may still carry one.
        raw = path.encode("utf-8", "replace")
    return ("file://" if Path(path).is_absolute() else "") + quote(raw)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
