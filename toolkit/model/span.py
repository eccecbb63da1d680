"""A place in a document's text."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Piece:
    """One unbroken part of a span: half-open code-point offsets into the document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a document's text.

    ``start`` and ``end`` are Python code points, half-open. A span in one piece has ``pieces`` None
    and ``text == document.text[start:end]``. A span in several pieces (a quote that is split by its
    source) has the hull in ``start`` and ``end``, and ``text`` is the pieces joined by one space.
    """

    start: int
    end: int
    text: str
    pieces: tuple[Piece, ...] | None = None

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of ``text[start:end]``."""
        return cls(start, end, text[start:end])

    @classmethod
    def joined(cls, text: str, pieces: list[tuple[int, int]]) -> Span:
        """The span over several ``(start, end)`` pieces; one piece gives a plain span."""
        ordered = sorted(pieces)
        if len(ordered) == 1:
            return cls.of(text, *ordered[0])
        return cls(
            ordered[0][0],
            ordered[-1][1],
            " ".join(text[start:end] for start, end in ordered),
            tuple(Piece(start, end) for start, end in ordered),
        )

    def parts(self) -> list[tuple[int, int]]:
        """The unbroken ``(start, end)`` parts, in order."""
        if self.pieces is None:
            return [(self.start, self.end)]
        return [(piece.start, piece.end) for piece in self.pieces]

    def holds_in(self, text: str) -> bool:
        """Whether offsets and text agree with the document's ``text``."""
        if self.pieces is None:
            return 0 <= self.start < self.end <= len(text) and self.text == text[self.start : self.end]
        parts = self.parts()
        inside = all(0 <= start < end <= len(text) for start, end in parts)
        ordered = all(left[1] <= right[0] for left, right in pairwise(parts))
        hull = parts[0][0] == self.start and parts[-1][1] == self.end
        return inside and ordered and hull and self.text == " ".join(text[a:b] for a, b in parts)
