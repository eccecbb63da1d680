"""What rules see of earlier matches: which labels stand as signs, shared by all rules that see the same.

Views and what is seen are looked up by what they are, not by their labels: to hash a row of labels takes
longer than all that is done with it.
"""

from __future__ import annotations

from toolkit.rules.patterns import label_bit


class Seen:
    """Labels of which a sentence has matches, each with its bit in the code of a sign.

    ``mask`` has their numbers (``Views.number``) as bits.
    """

    __slots__ = ("bits", "mask")

    def __init__(self, bits: tuple[tuple[str, int], ...], mask: int) -> None:
        self.bits, self.mask = bits, mask


class View:
    """The labels that rules refer to; ``mask`` has their numbers as bits."""

    __slots__ = ("_known", "_labels", "_views", "mask")

    def __init__(self, labels: tuple[str, ...], views: Views) -> None:
        self._labels, self._views = labels, views
        self._known: dict[int, Seen] = {}
        self.mask = sum(views.number(label) for label in labels)

    def seen(self, present: int) -> Seen:
        """What of it stands in a sentence that has matches of the labels with these numbers."""
        mask = present & self.mask
        seen = self._known.get(mask)
        if seen is None:
            labels = [label for label in self._labels if self._views.number(label) & mask]
            bits = tuple((label, label_bit(self._labels, label)) for label in labels)
            seen = self._known[mask] = self._views.shared(bits, mask)
        return seen


class Views:
    """The views of a set of rules."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._views: dict[tuple[str, ...], View] = {}
        self._seen: dict[tuple[tuple[str, int], ...], Seen] = {}

    def number(self, label: str) -> int:
        """A label's own bit."""
        return self._numbers.setdefault(label, 1 << len(self._numbers))

    def of(self, labels: tuple[str, ...]) -> View:
        """The view of rules that refer to these labels, in their order."""
        if labels not in self._views:
            self._views[labels] = View(labels, self)
        return self._views[labels]

    def shared(self, bits: tuple[tuple[str, int], ...], mask: int) -> Seen:
        """The one object for labels with these bits, whatever view they are seen through."""
        return self._seen.setdefault(bits, Seen(bits, mask))
