"""Everything that one expression matches in a sentence, by the engine that may decide it."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

import pcre2
import regex

from toolkit.rules.compile import Lazy
from toolkit.rules.pages import Shadow
from toolkit.rules.quick import Quick, Signs
from toolkit.rules.search import search

_MISSED = 8
# So many sentences pass between two looks at the clock.
_UNLOOKED = 8
# As names of the module: to get at a member of an Enum takes as long as the rest of a turn.
_PLAIN, _WIDE = Signs.PLAIN, Signs.WIDE


class Hit(NamedTuple):
    """One match as places in a shadow, half-open; ``roles`` are those that took part."""

    start: int
    end: int
    roles: tuple[tuple[str, int, int], ...]


class Clock:
    """The time that one rule has for one document: so many seconds of the processor, at most twice as many.

    What else the machine does takes nothing of it, nor does compiling.
    """

    __slots__ = ("_look", "_since", "seconds")

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._look = time.monotonic() + seconds
        self._since: float | None = None

    def check(self) -> None:
        """``TimeoutError`` when there is no time left."""
        # The processor's time is dear to ask for: only when so much of the day's has passed.
        if time.monotonic() < self._look:
            return
        now = time.thread_time()
        if self._since is None:
            self._since = now
        left = self.seconds - (now - self._since)
        if left <= 0:
            raise TimeoutError
        self._look = time.monotonic() + left

    def compiled(self, expression: Lazy) -> regex.Pattern[str]:
        """The expression, ready to run."""
        if not expression.is_compiled:
            day, own = time.monotonic(), time.thread_time()
            _ = expression.pattern
            self._look += time.monotonic() - day
            if self._since is not None:
                self._since += time.thread_time() - own
        return expression.pattern


def scan(expression: Lazy, shadows: Iterable[Shadow], clock: Clock) -> Iterator[tuple[int, list[Hit]]]:
    """The numbers of the sentences in which an expression matches, with all that is not empty, in order.

    Raises ``TimeoutError`` where its time runs out.
    """
    for number, shadow in enumerate(shadows):
        # PCRE2 is bound by its steps, the other engine looks at the clock by itself.
        if number % _UNLOOKED == 0:
            clock.check()
        signs = shadow.signs
        quick = expression.quick_plain if signs is _PLAIN else expression.quick if signs is _WIDE else None
        hits: list[Hit] = []
        place: int | None = 0
        if quick is not None:
            # Out of steps or of stack, the other engine goes on, by the clock.
            try:
                first = search(quick.probe, shadow.text)
                if first is None:
                    continue
                if quick.exact is None:
                    pattern = clock.compiled(expression)
                    hits, place = _decided(pattern, quick.loose, shadow.text, first.start(), clock)
                else:
                    hits, place = _exact_hits(quick, quick.exact, shadow.text, first), None
            except pcre2.LibraryError:
                hits, place = [], 0
        if place is not None:
            found = clock.compiled(expression).finditer(shadow.text, place, timeout=clock.seconds)
            hits += [_hit(one) for one in _bounded(found, clock) if one.start() < one.end()]
        if hits:
            yield number, hits


def _decided(
    pattern: regex.Pattern[str], loose: pcre2.Pattern, text: str, place: int, clock: Clock
) -> tuple[list[Hit], int | None]:
    """What the other engine matches where PCRE2 matches loosely, from a place on, and the place from which on
    it has to search by itself as that is too often in vain, None when it has not.
    """
    hits: list[Hit] = []
    missed = 0
    while (somewhere := loose.search(text, place)) is not None:
        clock.check()
        place = somewhere.start()
        found = pattern.match(text, place, timeout=clock.seconds)
        if found is not None and found.end() > place:
            hits.append(_hit(found))
            place = found.end()
            continue
        missed += 1
        if found is not None or missed > _MISSED:
            return hits, place
        place += 1
        if place > len(text):
            break
    return hits, None


def _exact_hits(quick: Quick, exact: pcre2.Pattern, text: str, first: pcre2.Match) -> list[Hit]:
    """What PCRE2 matches from where its probe found something."""
    hits: list[Hit] = []
    start, end = first.span()
    known = [first] if quick.probe is exact and start < end else []
    for found in chain(known, exact.finditer(text, end if known else start)):
        start, end = found.span()
        if start == end:
            continue
        taking_part: tuple[tuple[str, int, int], ...] = ()
        for role, number in quick.roles:
            begin, stop = found.span(number)
            if begin < stop:
                taking_part += ((role, begin, stop),)
        hits.append(Hit(start, end, taking_part))
    return hits


def _bounded(found: Iterator[regex.Match[str]], clock: Clock) -> Iterator[regex.Match[str]]:
    for one in found:
        yield one
        clock.check()


def _hit(found: regex.Match[str]) -> Hit:
    spans = [(role, *found.span(role)) for role in found.re.groupindex]
    return Hit(found.start(), found.end(), tuple(span for span in spans if span[1] < span[2]))
