"""A known region or city is a place without a word that says so, where it stands alone and does not act.

The rules want such a word ("in", "near"); "they won Ohio and Iowa" and "a Basra market" have none. A country
is left to the rules, and so is a name that the entity files say is shared with people or things.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from toolkit.claims.days import WEEKDAY
from toolkit.claims.named_again import stands_alone
from toolkit.model import Found, Match

RULE = "place.alone"
_SCORE = 0.5
_BEFORE = 40
# Before a place, who deals with those that rule there, or that they do something.
_WITH_THEM = re.compile(
    r"\b(?:with|between|by|urg\w+|warn\w*|ask\w*|accus\w+|blam\w+|tell\w*|told|thank\w*|press(?:ed|es|ing|ure)?|call\w*\son"
    r"|condemn\w*|critici[sz]\w+|prais\w+|support\w*|back(?:s|ed|ing)|defend\w*|sanction\w*|forc(?:e|es|ed|ing)|let|help\w*"
    r"|persuad\w+|convinc\w+|afoul\sof|play(?:s|ed|ing)?|beat|defeat(?:s|ed)?|v|vs|versus|charge)\.?\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^\W*(?:(?:[Tt]hat|[Ww]hile|[Ww]hen|[Ii]f|[Aa]s|[Bb]ut|[Aa]nd|[Bb]oth)\s)?$")
# Behind a place, what shows that it is neither the subject of a verb nor an adjective.
_ENDS = re.compile(
    r"\s*(?:[.,;:!?)\]”\"]|\s[-–—]\s|—|$)|\s(?:and|or|but|nor|in|on|at|to|for|from|by|with|as|after|before|since|during|until"
    r"|when|where|while|because|if|than|this|last|next|late|early|again|too|alone|today|yesterday|tomorrow|via|into|over"
    rf"|through|near|{WEEKDAY})\b"
)
# A verb whose subject suffers, or merely is somewhere.
_SUFFERS = re.compile(
    r"\s(?:(?:is|was|are|were|remains?|remained)|(?:has|have|had|will|would|could|can|may|might|should|must)\s(?:be|been|have\sbeen))"
    r"\s(?!\w+ing\b|ready\b|right\b|willing\b|responsible\b|guilty\b|to\b|able\b|prepared\b|determined\b|committed\b|in\stalks)"
)
# A place before a thing: "the Basra market", not "the Ohio governor" nor "a Vermont senator".
_ARTICLE = re.compile(r"\b(?:an?|the|this|that|another|every|each|any)\s(?:[a-z-]+\s)?$", re.IGNORECASE)
_THING = re.compile(
    r"\s(?!(?:government|governor|mayor|senator|congress\w+|representative|lawmaker|legislat\w+|establishment|army"
    r"|police|officials?|authorities|office|judge|court|attorney|prosecutor|sheriff|regime|junta|delegate|delegation|councillor"
    r"|council|politician|operative|lobbyist|businessman|businesswoman|voters?|analyst|expert|m[ae]n|wom[ae]n|team|side|club|native|values|has|have|had|is|was|are|were|will|would|said|says"
    r"|\w+ly|who|which|that|of|in|on|at|and|or|to|for|from|by|with|as)\b)[a-z][a-z-]{2,}\b"
)


def with_known_places(found: Found) -> Found:
    """The findings with each known region or city that stands alone and does not act."""
    return found.with_more(_alone(found))


def _alone(found: Found) -> Iterator[Match]:
    for match in found.matches:
        if match.label != "PLACE" or not stands_alone(found, match.start, match.end):
            continue
        if not match.attrs.get("shared") and _is_place(found, match):
            yield Match(RULE, "LOCATION", match.start, match.end, score=_SCORE)


def _is_place(found: Found, match: Match) -> bool:
    """Whether what stands around a known name, in its sentence, leaves it a place."""
    start, end = found.sentences[bisect_right(found.sentences, match.start, key=lambda one: one[0]) - 1]
    text = found.document.text
    before = text[max(start, match.start - _BEFORE) : match.start]
    if _WITH_THEM.search(before):
        return False
    if _SUFFERS.match(text, match.end, end):
        return True
    if _OPENING.match(text[start : match.start]):
        return False
    if _ENDS.match(text, match.end, end):
        return True
    return bool(_ARTICLE.search(before) and _THING.match(text, match.end, end))
