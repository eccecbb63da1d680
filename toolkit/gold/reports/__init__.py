"""What ``factcheck validate`` found, in the formats that people and continuous integration read.

One file a format: a function from issues to pieces of text, so a report of any length streams. Issues are
gone through more than once where a format wants counts first: give a list or an ``IssueStore``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from toolkit.gold.reports import github, json, junit, sarif, text
from toolkit.gold.reports.store import IssueStore, store
from toolkit.model import Issue

Report = Callable[[Iterable[Issue]], Iterator[str]]

REPORTS: dict[str, Report] = {
    "text": text.render,
    "json": json.render,
    "junit": junit.render,
    "sarif": sarif.render,
    "github": github.render,
}

__all__ = ["REPORTS", "IssueStore", "Report", "store"]
