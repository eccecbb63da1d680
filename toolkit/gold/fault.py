"""What a check finds, before it is known in which file and line the record stands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from toolkit.model import Claim, Issue, Severity, Span


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding in one record; ``pointer`` is a JSON pointer into it."""

    pointer: str
    message: str
    fix: str
    found: Any = None
    severity: Severity = "error"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: file, line, the pointer to it inside the line, and its id."""

    path: str
    line: int | None = None
    pointer: str = ""
    record: str | None = None

    def issue(self, check: str, fault: Fault) -> Issue:
        """The finding of a named check at this place."""
        return Issue(
            severity=fault.severity, check=check, path=self.path, line=self.line, record=self.record,
            pointer=self.pointer + fault.pointer, message=fault.message, fix=fault.fix, found=fault.found,
        )  # fmt: skip


def spans_of(claim: Claim) -> Iterator[tuple[str, Span]]:
    """Every span of a claim with its JSON pointer."""
    yield "/span", claim.span
    yield "/sentence", claim.sentence
    if claim.claimer and claim.claimer.span:
        yield "/claimer/span", claim.claimer.span
    for index, source in enumerate(claim.via):
        if source.span:
            yield f"/via/{index}/span", source.span
    if claim.cue:
        yield "/cue/span", claim.cue.span
        yield "/cue/phrase", claim.cue.phrase
    for index, hedge in enumerate(claim.hedges):
        yield f"/hedges/{index}/span", hedge.span
    if claim.quantity:
        yield "/quantity/span", claim.quantity.span
    if claim.victim:
        yield "/victim/span", claim.victim.span
    if claim.event and claim.event.location:
        yield "/event/location/span", claim.event.location.span
    if claim.event and claim.event.date:
        yield "/event/date/span", claim.event.date.span


def cut(text: str, length: int = 60) -> str:
    """A text short enough for a message."""
    return repr(text if len(text) <= length else f"{text[: length - 1]}…")


def shown(value: Any, length: int = 200) -> str:
    """A JSON value short enough for a report."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= length else f"{text[: length - 1]}…"


def with_found(issue: Issue) -> Issue:
    """The issue with what is there in its message, where the message does not tell it already."""
    if issue.found is None or all(_told(leaf, issue.message) for leaf in _leaves(issue.found)):
        return issue
    return replace(issue, message=f"{issue.message.rstrip('.')} (found {shown(issue.found)})")


def _leaves(value: Any) -> Iterator[Any]:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
    if inner is None:
        yield value
    else:
        for item in inner:
            yield from _leaves(item)


def _told(value: Any, message: str) -> bool:
    """Whether a message has a value, or the start of a long one, as a word of its own."""
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    forms = (re.escape(form[:40]) for form in (text, repr(text)[1:-1]))
    return any(
        re.search(rf"(?<!\w){form}" + ("" if len(text) > 40 else r"(?!\w)"), message) for form in forms
    )
