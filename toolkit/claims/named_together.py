"""Places named together: the later names of a list whose first is a place, however long the list is.

The rules look for a name behind a word that says where; "in Dori, Tamba (Kolda Region), Gao and Ansongo" has
one such word for four names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.claims.days import WEEKDAY
from toolkit.model import Found, Match

RULE = "place.together"
_SCORE = 0.6
_LONGEST_NAME = 120
_FEWEST = 2  # later names, where a comma stands before the last "and"
# Such a place has the name of a people, or none: "African soil".
_NO_HEADS = frozenset({"place.soil", "place.plain_kind", "place.plain_in", "place.grounds"})
# What a name is when it is no place; a name of a country is both.
_OTHER = frozenset({"ENTITY", "DATE", "CUE", "SAID", "TELL"})
_WORD = r"[A-ZÀ-ÞĀ-Ž](?:[\w’'-]*\w)?"
# Words that begin a clause or go before the name of a person or an office.
_NO_NAME = (
    r"(?:He|She|It|They|We|You|I|The|This|That|These|Those|There|In|On|At|But|And|When|While|President|Prime|Minister|Mr|Mrs|Ms|Dr"
    r"|Gen|Col|Lt|Capt|Sgt|Maj|Sen|Rep|Gov|Rev|Prof|General|Colonel|Governor|Mayor|Senator|Judge|Sheriff|Chief|Secretary|Police"
    rf"|Inspector|Chairman|Director|Officials?|Residents?|Army|{WEEKDAY}|January|February|March|April"
    r"|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|\w+(?:ans|ists?|ese))"
)
_PARTICLE = r"(?:(?:de|del|della|di|do|da|du|la|le|el|al|of)\s)?(?:la\s|(?:al|el|ad|as|at|ar|az|ul)-)?"
_NAME = rf"(?!{_NO_NAME}\b)(?:(?:al|el|ad|as|at)-)?{_WORD}(?:\s{_PARTICLE}{_WORD}){{0,3}}"
_KINDS = (
    r"(?:towns|cities|villages|provinces|regions|districts|states|counties|areas|municipalities|parishes|islands|governorates"
    r"|prefectures|departments|communities|neighbou?rhoods|suburbs|streets|avenues)"
)
_ASIDE = rf"(?:\s\([^()\n]{{2,40}}\)|\s{_KINDS}\b)?"
_NEXT = re.compile(
    rf"{_ASIDE}(?P<joint>,\s(?:and|or)\s|,\s|\s(?:and|or|&)\s)(?P<before>(?:(?:in|near|at|from|to|of|the|nearby|neighbou?ring"
    rf"|parts\sof|in\sparts\sof)\s){{0,2}})(?P<name>{_NAME})"
)
# Behind the last name, what does not make it the subject of a clause of its own.
_ENDS = re.compile(
    rf"{_ASIDE}(?:[.;:!?)\]”\"]|,(?!\s(?:who|whose|an?\s\w+er\b|\d|{_WORD}\s+(?:said|says)|aged))|\s?[—–]|\s*$|\s-\s"
    rf"|\s(?:on|in|at|to|from|for|by|with|as|after|before|since|during|when|where|while|which|late|early|last|this|over|through"
    rf"|killing|leaving|injuring|wounding|because|amid|following|until|between|near|have\sbeen|{_KINDS}|alone|respectively|today"
    rf"|yesterday|overnight|among\sothers|{WEEKDAY})\b)",
    re.MULTILINE,
)
# After these a verb behind the last name is the whole list's: "the islands of Samar and Leyte were hit".
_WHOLE = re.compile(
    rf"\b(?:{_KINDS}\sof|of\sboth|including|such\sas|like|(?:\w+s|people|men|women|children)\sfrom)\s(?:the\s)?$"
)
_VERB = re.compile(
    rf"{_ASIDE}\s(?:was|were|is|are|has|have|had|remain(?:s|ed)?|will|suffered|saw|took|take|came|went|joined|arrived|fled|gathered)\b"
)


def with_places_named_together(found: Found) -> Found:
    """The findings with the later names of each list that begins with a place."""
    more = {(match.start, match.end): match for match in _together(found)}
    return found.with_more(more.values())


def _together(found: Found) -> Iterator[Match]:
    text, ends = found.document.text, iter(found.sentences)
    start = end = 0
    for match in found.matches:
        while match.start >= end and (sentence := next(ends, None)) is not None:
            start, end = sentence
        if (
            match.label != "LOCATION"
            or match.rule_id in _NO_HEADS
            or text[match.end : match.end + 1] not in ", ("
        ):
            continue
        for first, last in _later(text, match, start, end):
            if not _is_other(found, max(start, first - _LONGEST_NAME), first, last):
                yield Match(RULE, "LOCATION", first, last, score=_SCORE)


def _is_other(found: Found, since: int, start: int, end: int) -> bool:
    """Whether what was found where a name stands keeps it from being one of a place; a country's is both."""
    here = [match for match in found.within(since, end) if match.end > start]
    is_known = any(match.label == "PLACE" and (match.start, match.end) == (start, end) for match in here)
    return any(
        match.label == "LOCATION" or (match.label in _OTHER and not (is_known and match.label == "ENTITY"))
        for match in here
    )


def _later(text: str, head: Match, start: int, end: int) -> list[tuple[int, int]]:
    """Where the later names of a list stand, none of what is no list of places."""
    names: list[tuple[int, int]] = []
    at, joint = head.end, ""
    while (found := _NEXT.match(text, at, end)) is not None:
        names.append(found.span("name"))
        at, joint = found.end(), found["joint"]
        if joint.strip(", "):
            break
    if not joint.strip(", ") or (joint.startswith(",") and len(names) < _FEWEST):
        return []
    whole = _WHOLE.search(text, max(start, head.start - 40), head.start)
    closed = _ENDS.match(text, at, end) or (whole and _VERB.match(text, at, end))
    return names if closed else []
