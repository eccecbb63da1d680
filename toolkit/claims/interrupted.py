"""A content that its source interrupts: which words before and behind the source belong to it.

"The toll, police said, had doubled" is one content in two pieces, and so is "In all, police said, two died".
In "In Lae, she said, “We fled.”" the quote alone is said; in "On Monday, she called for calm" nothing before.
"""

from __future__ import annotations

import re

from toolkit.claims import quotes

Place = tuple[int, int]

PAST = (
    "became|began|bled|blew|bought|broke|brought|built|burst|came|caught|chose|cut|drew|drove|fell|felt|fled|flew|fought|found|froze"
    "|gave|got|grew|heard|held|hid|hit|hurt|kept|knew|lay|led|left|lost|made|met|paid|put|ran|rose|said|sank|saw|sent|set|shook|shot"
    "|shut|slept|slid|sold|sought|spent|spoke|stood|stole|struck|swam|swept|threw|took|told|tore|went|withdrew|won|wore|wrote"
)
_HELPER = (
    r"(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should"
    r"|cannot|\w+n['’]t)"
)
_FINITE = re.compile(rf"\b(?:{_HELPER}|\w{{2,}}ed|{PAST})\b", re.IGNORECASE)
_FRONT = re.compile(
    r"(?:(?:and|but|yet|then|so|now|still)\b,?\s*)?(?:$|(?:[\w-]+\s+){1,4}(?:after|before)\b|(?:in|on|at|by|for|during|after|before|since|until|with|from|among|amid|under|over"
    r"|without|beyond|given|thanks\s+to|apart\s+from|besides|following|based|through|near|outside|inside|above|below|behind"
    r"|within|across|despite|because|contrary|rather|instead|according|as|like|unlike|between|throughout|late|early|earlier|later|last"
    r"|this|overall|meanwhile|however|moreover|altogether|so\s+far|nowadays|today|yesterday|once|first|second|finally|speaking|asked"
    r"|overnight|elsewhere|to|if|unless|although|though|while|when|where|whether)\b)",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(
    r"\s*(?:(?:and|but|yet)\s+)?(?:(?:[\w-]+\s+){0,4}(?:after|before)\b|when|while|as|if|unless|although|though|where|whether|asked|even)\b",
    re.IGNORECASE,
)
# From the source to the comma behind it: "said in a statement on Monday, ".
_ASIDE = (
    r"(?:\s+(?:in|on|at|to|during|via|by|from|last|late|early|earlier|later|this|yesterday|today)\b"
    r"[^,;:.“”\"]{0,70})?,\s+"
)
_VERB_BEHIND = re.compile(rf"{_ASIDE}(?=(?:(?:and|but)\s+)?(?:also\s+|not\s+|\w+ly\s+)?{_HELPER}\b)")
# "Two cooks were, the brigade said, among the wounded": a helper waits for what stands behind.
_WAITS = re.compile(rf"\b{_HELPER}\s*,?\s*$", re.IGNORECASE)
_PAST_BEHIND = re.compile(rf"{_ASIDE}(?=(?:\w{{2,}}ed|{PAST})\b)")
_ANY_BEHIND = re.compile(rf"{_ASIDE}(?=\w)")
# "…, the agency said, and 240 were injured": a clause of its own, not what the source did next.
_CLAUSE_BEHIND = re.compile(
    rf"{_ASIDE}(?:and|but|while)\s+(?=(?:(?:the|a|an|its|their|his|her|some|many|several|another|more|most|all|at\s+least|about|up\s+to"
    r"|no|none|nobody|there|it|they|one|two|three|four|five|six|seven|eight|nine|ten|dozens|hundreds|thousands|\d[\d,]*"
    r"|[a-z]+teen|[a-z]+ty)\b(?:\s+[\w’'-]+){0,6}?\s+(?:was|were|is|are|has|have|had|remained|remain|died|would|could|will|may|might)\b))",
    re.IGNORECASE,
)
_INTO_OBJECT = re.compile(
    r"(?:\s+(?:(?:in|on|at|during|late|early|last)\b[^,;:“”\"]{2,60}?\s)?(?:that|of|about))?\s+(?=\w)"
)


def is_fronted(text: str, start: int, end: int) -> bool:
    """Whether words before a source only say when, where or how: "In February", "when asked about it"."""
    if quotes.marked(text, start, end) or not _FRONT.match(text, start, end):
        return False
    parts = text[start:end].split(", ")
    return all(not _FINITE.search(part) or _SUBORDINATE.match(part) for part in parts)


def starts_sentence(text: str, start: int) -> bool:
    """Whether a quote that opens at a place begins with a capital letter, as a whole sentence does."""
    return re.match(r"\W{1,3}[A-ZÀ-ÞĀ-Ž][\w’']*\s", text[start : start + 40]) is not None


def behind(text: str, before: Place, spoken: int, end: int) -> int | None:
    """Where a content goes on behind its source, which ends at ``spoken``; None where it does not."""
    ways = [_CLAUSE_BEHIND, _VERB_BEHIND]
    if is_fronted(text, *before) or _WAITS.search(text, *before):
        ways.append(_ANY_BEHIND)
    elif not _FINITE.search(text, *before):
        ways.append(_PAST_BEHIND)
    found = next((match for way in ways if (match := way.match(text, spoken, end))), None)
    return found.end() if found else None


def object_at(text: str, spoken: int, end: int) -> int | None:
    """Where the object of a word of saying begins that ends at ``spoken``."""
    found = _INTO_OBJECT.match(text, spoken, end)
    return found.end() if found else None
