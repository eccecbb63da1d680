"""JUnit XML, which most continuous integration shows as test results.

Every error is a failed test case, named by check and place. Warnings and notes are cases that passed, with
their words as output. Without any issue there is one case that passed, since readers take an empty suite for
a run that broke.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from toolkit.errors import printable
from toolkit.gold.fault import shown
from toolkit.model import Issue

SUITE = "factcheck validate"


def render(issues: Iterable[Issue]) -> Iterator[str]:
    """The XML document, a test case at a time; goes through the issues twice."""
    cases = failures = 0
    for issue in issues:
        cases += 1
        failures += issue.severity == "error"
    counts = f'name="{SUITE}" tests="{cases or 1}" failures="{failures}" errors="0"'
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites {counts}>\n<testsuite {counts} skipped="0">\n'
    if not cases:
        yield f'<testcase classname="{SUITE}" name="every check"/>\n'
    for issue in issues:
        yield _case(issue)
    yield "</testsuite>\n</testsuites>\n"


def _case(issue: Issue) -> str:
    line = f"line {issue.line}" if issue.line is not None else None
    name = " ".join(filter(None, [issue.check, line, issue.record, issue.pointer]))
    where = f' line="{issue.line}"' if issue.line is not None else ""
    path = _plain(issue.path)
    head = f'<testcase classname="{path}" name="{_plain(name)}" file="{path}"{where}>'
    words = _plain(f"{issue}\nfound: {shown(issue.found)}" if issue.found is not None else str(issue))
    if issue.severity == "error":
        body = f'<failure type="{_plain(issue.check)}" message="{_plain(issue.message)}">{words}</failure>'
    else:
        body = f"<system-out>{issue.severity}: {words}</system-out>"
    return f"{head}{body}</testcase>\n"


def _plain(text: str) -> str:
    return escape(printable(text))
