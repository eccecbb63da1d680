"""Counts that are no toll: how many there were of anything, and sums of money."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.claims.amounts import amounts
from toolkit.claims.toll import Toll
from toolkit.model import Found

_OF = re.compile(r"\s+(?:of\s+)?")
_SMALL = frozenset(
    ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
)
# Before a count of what the reader knows already, and before what a price or a rate is for.
_KNOWN = re.compile(r"\b(?:the|these|those|both|its|their|his|her|other)\s+$", re.IGNORECASE)
_PER = re.compile(r"\b(?:per|for\s+(?:each|every))\s+$", re.IGNORECASE)
# So many code points of the text before a count are looked at.
_BEFORE = 12


def plain_counts(found: Found) -> Iterator[Toll]:
    """Every count of a document as if nobody were harmed, and every sum of money."""
    text = found.document.text
    groups = {match.start: match for match in found.matches if match.label == "VICTIM"}
    for match in found.matches:
        if match.label == "QUANTITY":
            behind = _OF.match(text, match.end)
            group = groups.get(behind.end()) if behind else None
            place = (group.start, group.end) if group else None
            known = group is not None and "unit" not in group.attrs
            yield Toll(
                (match.start, match.end), None, None, place if known else None, (match.rule_id,), match.score,
                None if known else place,
            )  # fmt: skip
    for start, end, rule_id in amounts(found, frozenset({"MONEY"})):
        yield Toll((start, end), None, None, None, (rule_id,), 1.0)


def is_slight(text: str, toll: Toll) -> bool:
    """Whether a count is one that a report makes in passing: "the two bridges", "three storms", "per 1,000".

    Such a count is no figure that a sentence is there to tell.
    """
    if toll.quantity is None:
        return False
    start, end = toll.quantity
    near = max(0, start - _BEFORE)
    if _PER.search(text, near, start):
        return True
    small = text[start:end].casefold() in _SMALL
    return small and (toll.victim is None or _KNOWN.search(text, near, start) is not None)
