"""Hard line breaks: where a text is broken at a width, a line that is full goes on in the next."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

_MAX_WIDTH = 120
_MIN_WIDTH = 40
_SLACK = 4
_SURE = 0.8
_MOST = 0.6
_RAGGED = 0.7


def unwrapped(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their start in code points; broken ones put together, each break as one space.

    A line is full when the first word of the next had no room in it.
    """
    rows = list(_split(text))
    spaced = any(not raw.strip() for _, raw in rows[1:-1])
    width = max(len(raw.rstrip()) for _, raw in rows)
    if not _MIN_WIDTH <= width <= _MAX_WIDTH or not _is_broken(rows, width, spaced=spaced):
        yield from rows
        return
    start, joined = rows[0]
    last = joined
    for begin, raw in rows[1:]:
        ended = last.rstrip().endswith((".", "!", "?", ".”", '."'))
        # Without blank lines between paragraphs, a full line that ends a sentence may be a last one.
        full = _is_full(last, raw, width) and (spaced or not ended)
        ragged = spaced and not ended and _goes_below(last, raw) and len(last) >= _RAGGED * width
        last = raw
        if full or ragged:
            joined += " " + raw
        else:
            yield start, joined
            start, joined = begin, raw
    yield start, joined


def _is_broken(rows: list[tuple[int, str]], width: int, *, spaced: bool) -> bool:
    """Whether lines are broken at the width: those that go on in lower case are full, or most lines are."""
    pairs = [(upper, lower) for (_, upper), (_, lower) in pairwise(rows) if _goes_below(upper, lower)]
    small = [pair for pair in pairs if pair[1][0].islower() and len(pair[0]) >= width / 2]
    return any(
        len(each) >= least and sum(_is_full(*pair, width) for pair in each) >= share * len(each)
        for each, least, share in ((small, 1 if spaced else 3, _SURE), (pairs, 4, _MOST))
    )


def _goes_below(upper: str, lower: str) -> bool:
    """Whether both lines are filled and the lower one is not indented."""
    return bool(upper.strip()) and bool(lower.strip()) and not lower[0].isspace()


def _is_full(upper: str, lower: str, width: int) -> bool:
    """Whether the lower line's first word had no room in the upper one."""
    return _goes_below(upper, lower) and (
        len(upper.rstrip()) + 1 + len(lower.split(maxsplit=1)[0]) > width - _SLACK
    )


def _split(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for raw in text.split("\n"):
        yield start, raw
        start += len(raw) + 1
