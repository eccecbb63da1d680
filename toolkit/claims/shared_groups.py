"""A group that is named once for two counts: "two soldiers were killed and ten wounded"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.claims.toll import Toll, same_kind

_GAP = re.compile(r"\b(?:and|while|with|but|or)\b|,")
# Between a toll and a part of it.
_PART = re.compile(r"\b(?:including|among\s+(?:them|whom)|of\s+(?:them|whom))\b[^.;]*\Z")
# Behind a count that leaves its group out; any other word there is the group's, which no rule knows.
_NO_GROUP = re.compile(
    r"[”’\"]?(?:\W*$|[^\w\s]|\s+(?:others?|more|of\s+(?:them|whom)|are|is|was|were|have|has|had|may|might|could|also|still|"
    r"in|on|at|near|after|when|during|by|from|for|as|while|and|or|but|so|with|to|last|this|yesterday|today|\w+ly|\w+day)\b)",
    re.IGNORECASE,
)


def with_groups(text: str, rows: Sequence[Toll]) -> Iterator[Toll]:
    """A count without a group takes the group of the count before it, across "and" or a comma."""
    before: Toll | None = None
    for toll in rows:
        if toll.quantity and toll.victim is None and before is not None and toll.effect != before.effect:
            between = text[before.hull()[1] : toll.hull()[0]]
            alike = same_kind(before.effect, toll.effect) and _leaves_out(text, toll)
            if alike and len(between) < 60 and _GAP.search(between):
                toll = replace(toll, victim=before.victim)  # noqa: PLW2901
        yield toll
        if before is None or not _PART.search(text, before.places()[0][1], toll.anchor()[0]):
            before = toll


def _leaves_out(text: str, toll: Toll) -> bool:
    """Whether nothing behind the count of a toll can be the name of its group."""
    if toll.quantity is None:
        return False
    end = toll.quantity[1]
    harmed = toll.harm is not None and toll.harm[0] > end and not text[end : toll.harm[0]].strip(' ”’"')
    return harmed or _NO_GROUP.match(text, end) is not None
