"""One JSON array of issue records, every field of each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from toolkit.model import Issue, to_record


def render(issues: Iterable[Issue]) -> Iterator[str]:
    """The array, indented, an element at a time."""
    before = "[\n"
    for issue in issues:
        lines = json.dumps(to_record(issue), ensure_ascii=False, indent=2, default=str).split("\n")
        yield before + "\n".join(f"  {line}" for line in lines)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"
