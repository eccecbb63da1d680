"""Everything that one expression matches in a sentence, by the engine that may decide it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import NamedTuple

import pcre2
import regex

from toolkit.rules.compile import Lazy
from toolkit.rules.pages import Shadow
from toolkit.rules.quick import OUT_OF_STEPS, Quick


class Hit(NamedTuple):
    """One match as places in a shadow, half-open; ``roles`` are those that took part."""

    start: int
    end: int
    roles: tuple[tuple[str, int, int], ...]


class Clock:
    """The time that one rule has left for one document."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds; ``TimeoutError`` when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left

    def compiled(self, expression: Lazy) -> regex.Pattern[str]:
        """The expression; to compile it takes nothing of the time."""
        before = time.monotonic()
        pattern = expression.pattern
        self.end += time.monotonic() - before
        return pattern


def scan(expression: Lazy, shadow: Shadow, clock: Clock) -> list[Hit]:
    """Everything an expression matches that is not empty, from left to right.

    Raises ``TimeoutError`` where its time or its steps run out.
    """
    clock.left()
    start = 0
    quick = None if shadow.odd else expression.quick
    if quick is not None:
        try:
            first = quick.pattern.search(shadow.text)
            if first is None:
                return []
            if quick.exact:
                return list(_quick_hits(quick, shadow.text, first))
            start = first.start()
        except pcre2.LibraryError as error:
            if error.code == OUT_OF_STEPS:
                raise TimeoutError from error
            # Out of stack: the other engine has its own.
    found = clock.compiled(expression).finditer(shadow.text, start, timeout=clock.left())
    return [_hit(one) for one in _bounded(found, clock) if one.start() < one.end()]


def _quick_hits(quick: Quick, text: str, found: pcre2.Match | None) -> Iterator[Hit]:
    roles = quick.roles
    while found is not None:
        start, end = found.span()
        if start == end:  # what may be empty is tried again at its place
            rest = quick.pattern.finditer(text, start)
            found = next((one for one in rest if one.start() < one.end()), None)
            continue
        spans = [(role, *found.span(number)) for role, number in roles]
        yield Hit(start, end, tuple(span for span in spans if span[1] < span[2]))
        found = quick.pattern.search(text, end)


def _bounded(found: Iterator[regex.Match[str]], clock: Clock) -> Iterator[regex.Match[str]]:
    for one in found:
        yield one
        clock.left()


def _hit(found: regex.Match[str]) -> Hit:
    spans = [(role, *found.span(role)) for role in found.re.groupindex]
    return Hit(found.start(), found.end(), tuple(span for span in spans if span[1] < span[2]))
