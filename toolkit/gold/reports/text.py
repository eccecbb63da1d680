"""One line an issue, for people: severity, file and line, record, pointer, message, finding, fix, check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.errors import printable
from toolkit.gold.fault import with_found
from toolkit.model import Issue


def render(issues: Iterable[Issue]) -> Iterator[str]:
    """The lines, with nothing in them that a terminal would obey."""
    for issue in issues:
        yield printable(f"{issue.severity}: {with_found(issue)}") + "\n"
