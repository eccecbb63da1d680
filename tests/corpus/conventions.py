"""The claim record's conventions that the hand-written gold leaves out."""

from __future__ import annotations

import re
from typing import Any

from toolkit.model import Certainty, CheckWorthiness, Claimer, Cue, Quantity, Span, Victim
from toolkit.model.claim import CheckLabel

Entry = dict[str, Any]
SCORES: dict[CheckLabel, float] = {"CFS": 1.0, "UFS": 0.5, "NFS": 0.0}


def interval(modifier: str, numbers: list[int]) -> tuple[int | None, int | None, int | None]:
    """(value, low, high) of a count, by the conventions of the claim record."""
    first, last = (numbers[0], numbers[-1]) if numbers else (0, 0)
    return {
        "exact": (first, first, first),
        "at_least": (first, first, None),
        "more_than": (None, first + 1, None),
        "at_most": (first, None, first),
        "fewer_than": (None, None, first - 1),
        "approximately": (first, None, None),
        "range": (None, first, last),
        "vague": (None, None, None),
    }[modifier]


def certainty(entry: Entry, cue: Cue | None) -> Certainty:
    """How sure it is presented, unless ``sure`` says otherwise."""
    vouched = "by" not in entry or (cue is not None and cue.type in {"confirm", "admit"})
    usual = {"affirm": ["CT+", "CT+" if vouched else "Uu"], "deny": ["CT-", "Uu"], "withhold": ["Uu", "Uu"]}
    return Certainty(*entry.get("sure", usual[entry.get("stance", "affirm")]))


def check_worthiness(entry: Entry, quantity: Quantity | None) -> CheckWorthiness:
    """The label, ``CFS`` unless ``worth`` says otherwise, and what speaks for it."""
    label: CheckLabel = entry.get("worth", "CFS")
    reasons = ["figure"] if quantity else []
    reasons += ["attributed"] if "by" in entry else []
    reasons += [entry["stance"]] if "stance" in entry else []
    return CheckWorthiness(label, SCORES[label], tuple(reasons))


def place(part: Claimer | Cue | Quantity | Victim | None) -> Span | None:
    """Where a part of a claim stands, if it has a place."""
    return part.span if part else None


def core(phrase: str) -> str:
    """A noun phrase without its article."""
    return re.sub(r"^(the|an?)\s+", "", phrase, flags=re.IGNORECASE)
