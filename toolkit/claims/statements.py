"""What a report tells in its own voice without a toll: "The bridge was closed, but the ferry ran".

Each clause with a subject and a verb of its own is one statement. Half sentences, questions, what the writer
thinks or asks of the reader, and sentences about the page itself are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.claims import quotes
from toolkit.claims.clauses import FINITE, Obstacles, dateline_end, trimmed
from toolkit.claims.interrupted import PAST
from toolkit.model import Found

Place = tuple[int, int]

# A clause ends where another with its own subject and verb begins.
_OWN_SUBJECT = (
    rf"(?!(?:{PAST}|if|half|less|more|fewer|when|because|after|before|as|while|although|though|until|unless|since|is|are|was|were|has|have|had|will|would|can|could|not|then|also|to|only|so|that|which|who|with|in|on|\w+ed|\w+ing"
    r"|\w+ly)\b)"
    rf"(?=(?:[\w’'-]+\s+){{1,8}}?(?:is|are|was|were|has|have|had|will|would|can|could|did|does|\w{{2,}}(?<!ne)ed|{PAST})\b)"
)
_NEXT = re.compile(
    rf";\s+(?:(?:and|but|while)\s+)?|,?\s+but\s+{_OWN_SUBJECT}|,\s+(?:and|so|yet)\s+{_OWN_SUBJECT}"
)
# Where a clause that somebody else has the rest of can end before.
_ASIDE = re.compile(
    r",\s+(?:while|although|though|whereas|as|after|when|where|which|who|whose|because|despite|according|a\s+\w+)\s+"
    r"|\s+(?:—|–|--)\s+|:\s+"
)
_LINK = re.compile(r"(?:But|And|Yet|So)\s+(?!then\b)")
# What somebody thinks or asks for, and what is told of the page itself, is no statement.
_NO_STATEMENT = re.compile(
    r"(?:we|you|our|your|my|here|what|how|why|if|imagine|remember|please|click|read|sign|see|follow|subscribe|share"
    r"|note|let|consider|perhaps|maybe|thanks?|these\s+are\s+the|it\s+(?:is|was)\s+(?:important|vital|time|clear|no\s+(?:surprise|secret|wonder))"
    r"|this\s+(?:article|story|report|page|post|site|website|piece|content|material|video|image|photo)"
    r"|(?:edited|reporting|writing|photo|comments)\b)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[\w’'-]+")
_OTHER_VOICES = frozenset(
    (
        "we", "our", "my", "me", "us", "I", "you", "your", "yours", "must", "should", "ought", "frankly",
        "arguably", "unclear", "cookies", "newsletter", "copyright", "subscribe", "subscription",
        "subscribers", "email", "e-mail", "reserved", "advertisement", "advertising", "click", "let's",
        "let’s", "I'm", "I've", "I'd", "I'll", "I’m", "I’ve", "I’d", "I’ll", "we're", "we've", "we'll",
        "we’re", "we’ve", "we’ll", "you're", "you've", "you'll", "you’re", "you’ve", "you’ll",
    )
)  # fmt: skip
# A clause that stands before its main clause is nothing alone.
_FRONTED = re.compile(
    r"(?:as|while|when|after|before|although|though|because|since|if|unless|once|until|despite|even)\s",
    re.IGNORECASE,
)
_FEWEST_WORDS = 3


def statements(found: Found, obstacles: Obstacles) -> Iterator[tuple[Place, str]]:
    """The clauses of the report's own that no obstacle lies in, with the rule that found the sentence.

    Obstacles are the places that attributions, tolls and silences have: these are told already.
    """
    text = found.document.text
    for match in found.matches:
        if match.label != "STATEMENT":
            continue
        start = dateline_end(text, match.start)
        if "whole" in match.attrs:
            own = [trimmed(text, start, match.end) if obstacles.is_free(start, match.end) else None]
        else:
            own = [_free_part(text, clause, obstacles) for clause in _clauses(text, start, match.end)]
            own = [] if any(own) and _is_other_voice(text, start, match.end) else own
        if any(own) and not quotes.inside(text, quotes.paragraph(text, start)[0], start):
            yield from ((place, match.rule_id) for place in own if place)


def _is_other_voice(text: str, start: int, end: int) -> bool:
    """Whether a sentence argues, speaks to its reader or is about the page."""
    if _NO_STATEMENT.match(text, start, end) or text.find("? ", start, end) >= 0:
        return True
    return not _OTHER_VOICES.isdisjoint(_WORD.findall(text, start, end))


def _clauses(text: str, start: int, end: int) -> Iterator[Place]:
    for turn in _NEXT.finditer(text, start, end):
        if FINITE.search(text, start, turn.start()) and not quotes.inside(text, start, turn.start()):
            yield start, turn.start()
            start = turn.end()
    yield start, end


def _free_part(text: str, clause: Place, obstacles: Obstacles) -> Place | None:
    """The clause, or its beginning where an obstacle lies behind; None where too little is left."""
    start, end = clause
    if link := _LINK.match(text, start, end):
        start = link.end()
    if not obstacles.is_free(start, end):
        turns = [turn.start() for turn in _ASIDE.finditer(text, start, end)]
        end = next((turn for turn in reversed(turns) if obstacles.is_free(start, turn)), start)
        end = start if _FRONTED.match(text, start) else end
    place = trimmed(text, start, end)
    enough = text.count(" ", *place) + 1 >= _FEWEST_WORDS
    return place if enough and FINITE.search(text, *place) else None
