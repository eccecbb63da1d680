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
    """How sure it is presented, unless ``sure`` says otherwise; an estimate is no more than probable."""
    vouched = "by" not in entry or (cue is not None and cue.type in {"confirm", "admit"})
    told = "PR+" if cue is not None and cue.type == "estimate" else "CT+"
    usual = {"affirm": [told, told if vouched else "Uu"], "deny": ["CT-", "Uu"], "withhold": ["CTu", "CTu"]}
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
    """A noun phrase without its determiner; its letters stay as they are in the text."""
    words = r"^(?:one\s+of\s+)?(?:the|an?|its|their|his|her)\s+"
    return re.sub(words, "", phrase, flags=re.IGNORECASE)


def head(phrase: str) -> str:
    """The core without what follows its noun."""
    return re.split(r",|\s(?:at|by|for|in|of|who)\s", core(phrase))[0]
