"""Workflow commands of GitHub Actions: each issue becomes an annotation at its line.

GitHub shows ten errors, ten warnings and ten notices a step; the job's log has them all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.errors import printable, with_fix
from toolkit.gold.fault import with_found
from toolkit.model import Issue

LEVELS = {"error": "error", "warning": "warning", "note": "notice"}


def render(issues: Iterable[Issue]) -> Iterator[str]:
    """One command a line; text from outside can neither end a command nor start one."""
    for issue in issues:
        place = {"file": issue.path, "line": issue.line, "title": f"factcheck {issue.check}"}
        properties = ",".join(f"{key}={_property(value)}" for key, value in place.items() if value)
        where = " ".join(filter(None, [issue.record, issue.pointer]))
        said = ": ".join(filter(None, [where, with_fix(with_found(issue).message, issue.fix)]))
        yield f"::{LEVELS[issue.severity]} {properties}::{_data(said)}\n"


def _data(value: object) -> str:
    text = printable(str(value)).replace("%", "%25")
    return text.replace("\r", "%0D").replace("\n", "%0A")


def _property(value: object) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
