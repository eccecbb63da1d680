"""Hard line breaks: where a text is broken at a width, a line that is full goes on in the next."""

from __future__ import annotations

from collections.abc import Iterator

_MAX_WIDTH = 120
_MIN_WIDTH = 40
_SLACK = 4
_SHARE = 0.3


def unwrapped(text: str) -> Iterator[tuple[int, str]]:
    """Lines with their start in code points; broken ones put together, each break as one space.

    A line is full when the first word of the next had no room in it. Texts are taken as broken at a
    width only where enough of their lines are full.
    """
    rows = list(_split(text))
    width = max(len(raw.rstrip()) for _, raw in rows)
    full = _full(rows, width) if _MIN_WIDTH <= width <= _MAX_WIDTH else []
    filled = sum(1 for _, raw in rows if raw.strip())
    if sum(full) < 3 or sum(full) < _SHARE * filled:
        yield from rows
        return
    spaced = any(not raw.strip() for _, raw in rows[1:-1])
    start, joined = rows[0]
    for index, (begin, raw) in enumerate(rows[1:]):
        # Without blank lines between paragraphs, a full line that ends a sentence may be a last one.
        if full[index] and (spaced or not joined.rstrip().endswith((".", "!", "?", ".”", '."'))):
            joined += " " + raw
        else:
            yield start, joined
            start, joined = begin, raw
    yield start, joined


def _full(rows: list[tuple[int, str]], width: int) -> list[bool]:
    """Of each row but the last, whether the next row's first word had no room in it."""
    found = []
    for (_, row), (_, below) in zip(rows, rows[1:], strict=False):
        word = len(below.split(maxsplit=1)[0]) if below.strip() and not below[0].isspace() else -width
        found.append(bool(row.strip()) and len(row.rstrip()) + 1 + word > width - _SLACK)
    return found


def _split(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for raw in text.split("\n"):
        yield start, raw
        start += len(raw) + 1
