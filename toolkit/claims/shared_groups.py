"""A group that is named once for two counts: "six nurses were hurt and two killed"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.claims.toll import Toll, same_kind

_GAP = re.compile(r"\b(?:and|while|with|but|or)\b|,")
# Between a toll and a part of it.
_PART = re.compile(r"\b(?:including|among\s+(?:them|whom)|of\s+(?:them|whom))\b[^.;]*\Z")
_OF_THEM = re.compile(r"\s+of\s+(?:them|whom)\b")
# Behind a count that leaves its group out; any other word there is the group's, which no rule knows.
_NO_GROUP = re.compile(
    r"[”’\"]?(?:\W*$|[^\w\s]|\s+(?:others?|more|of\s+(?:them|whom)|are|is|was|were|have|has|had|may|might|could|also|still|"
    r"in|on|at|near|after|when|during|by|from|for|as|while|and|or|but|so|with|to|last|this|yesterday|today|\w+ly|\w+day)\b)",
    re.IGNORECASE,
)
# Harm that is counted itself: "and 19 bodies were found" leaves no group out.
_COUNTED = re.compile(
    r"bod(?:y|ies)|corpses?|deaths?|fatalit\w+|injur(?:y|ies)|arrests|cases|infections", re.IGNORECASE
)
# One that stands alone lends nothing to many ("a marcher was killed and dozens hurt").
_ALONE = re.compile(r"(?:an?|one|the|his|her|their|its)\b", re.IGNORECASE)


def with_groups(text: str, rows: Sequence[Toll]) -> Iterator[Toll]:
    """A count without a group takes the group of the count before it, across "and" or a comma."""
    before: Toll | None = None
    for toll in rows:
        if before is not None and _goes_on(text, before, toll):
            toll = replace(toll, victim=before.victim)  # noqa: PLW2901
        yield toll
        if before is None or not _is_part(text, before, toll):
            before = toll


def _is_part(text: str, before: Toll, toll: Toll) -> bool:
    """Whether a toll is a part of the one before: "including three children", "three of them children"."""
    start, end = toll.anchor()
    behind = toll.quantity is not None and _OF_THEM.match(text, end) is not None
    return behind or _PART.search(text, before.places()[0][1], start) is not None


def _goes_on(text: str, before: Toll, toll: Toll) -> bool:
    """Whether a count without a group can be one of the group before."""
    if toll.quantity is None or toll.victim is not None or toll.effect == before.effect:
        return False
    # "60 were aboard and nine died", but not "a firm with 60 men gave a toll of nine".
    if before.effect is None and toll.harm and toll.harm[0] < toll.quantity[0]:
        return False
    if before.victim and before.quantity is None and _ALONE.match(text, before.victim[0]):
        return False
    between = text[before.hull()[1] : toll.hull()[0]]
    near = len(between) < 60 and _GAP.search(between) is not None
    return near and same_kind(before.effect, toll.effect) and _leaves_out(text, toll)


def _leaves_out(text: str, toll: Toll) -> bool:
    """Whether nothing behind the count of a toll can be the name of its group."""
    if toll.quantity is None or (toll.harm and _COUNTED.fullmatch(text, *toll.harm)):
        return False
    end = toll.quantity[1]
    harmed = toll.harm is not None and toll.harm[0] > end and not text[end : toll.harm[0]].strip(' ”’"')
    return harmed or _NO_GROUP.match(text, end) is not None
