"""Harm without a count that is worth telling: it befell somebody or something in particular."""

from __future__ import annotations

import re
from collections.abc import Mapping

from toolkit.claims.antecedents import full_name_before
from toolkit.claims.toll import Place, Toll, befalls_things
from toolkit.model import Match

# Without a count these are no known group: nobody, anybody, and those whose harm is told elsewhere.
_NOBODY = re.compile(
    r"(?:no|any|every|each|all|such|some|other)\b|an?\s+(?:group|crowd|number)\Z"
    r"|(?:the|those|these|its|our|my|their|his|her) (?:(?!(?:of|for|to|from)\b)[\w’'-]+ ){0,3}?"
    r"(?:[\w-]+(?<!s)s|[\w-]*men|people|children|police|dead|injured|wounded|troops|personnel|staff|crew)"
    r"(?: (?:of|from|in|with|at|on|near)\b.*)?\Z"
    r"|(?:people|civilians|men|women|children|women and children|victims|protesters|foreigners)"
    r"(?: (?:of|from|in|with|at|on|near|outside)\b.*)?\Z",
    re.IGNORECASE,
)
# Somebody or something in particular.
_ONE = re.compile(
    r"(?:an?|the|his|her|their|its|our|my|one|another|this|that|these|those)\b|\d"
    r"|(?:(?!(?:of|from|in|and|or)\b)[\w-]+ ){0,3}(?-i:[^\W\d_a-zà-ÿ])",
    re.IGNORECASE,
)
# Before a group: nobody of it came to harm, or nobody knows.
_NONE = re.compile(
    r"\b(?:no|none|nobody|no[ -]one|neither|nor|not\s+(?:a|one)\s+single)\b(?:\s+[\w’'-]+){0,4}\s*$"
    r"|\b(?:sure|unclear|clear|known|unknown|know|say|confirm|certain|determine|tell|ask|asked)\s+(?:if|whether)\s+(?:[\w’'-]+\s+){0,3}$",
    re.IGNORECASE,
)
# What would have befallen somebody.
_UNREAL = re.compile(r"\s+(?:might|would|could)\s+have\b|\s+(?:would|could)\s+be\b", re.IGNORECASE)
# Without a count these say nothing that could be checked ("residents fled", "a climber was rescued").
_MANY = frozenset({"displaced", "other"})


def is_somebodys(text: str, toll: Toll, groups: Mapping[Place, Match]) -> bool:
    """Whether the group of a toll without a count is one, or somebody, that the harm befell.

    A rule says of the ``groups`` it finds that they are ``named: again`` when they are called by a surname
    alone, which needs a full name in the text before, and ``bare`` when they need no article to be one.
    """
    if toll.victim is None:
        return True
    start, end = toll.victim
    if toll.effect in _MANY or _UNREAL.match(text, end):
        return False
    group = groups.get(toll.victim)
    attrs = group.attrs if group else {}
    if attrs.get("named") == "again":
        surname = text[start:end].split(maxsplit=1)[0]
        if befalls_things(toll.effect) or not full_name_before(text, start, surname):
            return False
    elif not attrs.get("bare") and not _ONE.match(text, start):
        return False
    return _NOBODY.match(text[start:end]) is None and _NONE.search(text, max(0, start - 60), start) is None
