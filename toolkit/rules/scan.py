"""Everything that one expression matches in a sentence, tried only where a match can begin."""

from __future__ import annotations

import time
from collections.abc import Iterator

import regex

from toolkit.rules.compile import Lazy
from toolkit.rules.index import Scanner, Words
from toolkit.rules.pages import Shadow

# So few places are tried faster than it is found out which of them are too far right.
FEW = 3


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


def scan(scanner: Scanner, shadow: Shadow, clock: Clock) -> Iterator[regex.Match[str]]:
    """Everything an expression matches that is not empty, from left to right."""
    if not scanner.start:
        for found in scanner.whole.pattern.finditer(shadow.text, timeout=clock.left()):
            clock.left()
            if found.start() < found.end():
                yield found
        return
    places = _places(scanner, shadow.words)
    if not places:
        return
    unsure = len(places) > FEW or scanner.tail is not None
    last = _last(scanner, shadow, clock) if unsure else places[-1]
    position = 0
    for at in places:
        if at > last:
            break
        if at >= position:
            one = scanner.whole.pattern.match(shadow.text, at, timeout=clock.left())
            if one:
                yield one
                position = one.end()


def _places(scanner: Scanner, words: Words) -> list[int]:
    """The words that a match can begin with, by what they are and what stands before."""
    start, led = scanner.start, scanner.led
    if scanner.first:
        return words.places[:1] if words.starts and words.starts[0] & start and not led else []
    if not led:
        return [at for at, starts in zip(words.places, words.starts, strict=True) if starts & start]
    behind = zip(words.leads, words.places[1:], words.starts[1:], strict=False)
    return [at for leads, at, starts in behind if starts & start and leads & led]


def _fits(tail: Lazy, text: str, at: int, clock: Clock) -> bool:
    return tail.pattern.match(text, at, timeout=clock.left()) is not None


def _last(scanner: Scanner, shadow: Shadow, clock: Clock) -> int:
    """The last place where a match can begin: what it needs ahead, and its tail, must not stand before it."""
    wanted, tail = scanner.ahead, scanner.tail
    words = shadow.words
    for number in range(len(words.places) - 1, -1, -1):
        holds = words.holds[number]
        wanted &= ~holds
        if tail and holds & scanner.tail_holds and _fits(tail, shadow.text, words.places[number], clock):
            tail = None
        if not wanted and tail is None:
            return words.places[number]
    return -1
