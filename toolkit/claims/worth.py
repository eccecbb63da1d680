"""How sure a claim is presented, what hedges it, and whether it is worth checking."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from toolkit.model import (
    Certainty,
    CheckWorthiness,
    Claimer,
    Cue,
    Event,
    Hedge,
    Match,
    Quantity,
    Span,
    Victim,
)
from toolkit.model.claim import CheckLabel, Effect, Factuality, HedgeType, Stance

LONGEST_COUNT = 200
"""Code points: how far before a hedge the count begins that it may lie in."""
_POSSIBLE = re.compile(
    r"\b(?:may|might|could|possibl[ey]|perhaps|maybe|if|potential(?:ly)?|conceivably)\b", re.IGNORECASE
)
_HEDGES: frozenset[str] = frozenset(
    {"approximator", "lower_bound", "upper_bound", "modal", "unverified", "allegation", "conditional"}
)
_OPINION = re.compile(
    r"\b(?:should|must|hopes?|wish|believes?|thinks?|best|worst|great|terrible|beautiful|feels?|love|hate)\b|\?",
    re.IGNORECASE,
)
_OPINION_LETTERS = (
    "should",
    "must",
    "hope",
    "wish",
    "believe",
    "think",
    "best",
    "worst",
    "great",
    "terrible",
    "beautiful",
    "feel",
    "love",
    "hate",
    "?",
)
# How people talk when they argue rather than tell: to somebody, of their own mind, in half sentences.
_TALK = re.compile(
    r"\?|\b(?:I\s+(?:(?:do|would|could)(?:n['’]t|\s+not)?\s+|just\s+|really\s+|also\s+)?(?:think|mean|guess|believe|hope|know|say|wish|feel|buy|love|like|want)"
    r"|let['’]s|let\s+us|(?:we|I|they|he|she|people|someone)\s+(?:\w+\s+)?(?:need|have|ought|want)\s+to|frankly|obviously|of\s+course|crazy|ridiculous"
    r"|outrageous|disgrace|make\s+sense|you(?:r|['’]\w+)?|it['’]s\s+(?:about|not|time|just)|that['’]s\s+(?:not|why|what|all|the)|should|must)\b"
    r"|(?:^|[.!?]\s+)[“\"]?(?!(?:\w+\s+)?(?:he|she|it|we|they)\s)(?:[\w’'-]+\s+){0,2}[\w’'-]+(?:[.!?,][”\"]?(?=\s|$))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?][”\"’]*\s+")
_PAST = re.compile(
    r"[“\"]?There\s+(?:is|are)\s|(?:(?!['’](?:s|m|re|ve|ll|d)\s|\b(?:is|are|am|will|would|(?:has|have|do|does|is|are|can|wo)(?:n['’]t)?|could|may|might|need|needs|be|been|maybe|want|wants|say)\b).)*?"
    r"\b(?:was|were|had|did(?:n['’]t)?|(?!need|indeed|hundred|sacred)\w{2,}ed|became|began|broke|brought|built|burst|came|caught|cut|drew|drove|fell|felt"
    r"|fled|flew|fought|found|froze|gave|got|grew|heard|held|hit|hurt|kept|knew|laid|left|lost|made|met|ran|rose|said|sank|saw|sent|shook|shot"
    r"|shut|slid|stood|struck|swept|took|told|tore|went|won|wore|wrote)\b",
    re.IGNORECASE,
)
_ADDRESSED = re.compile(r"\?")
_TESTIFIES: frozenset[str] = frozenset({"witness", "civilian"})
# Without one of these words nothing below matches, and it is told at a fraction of the time; without one of
# these letters not even such a word is there.
_MINUS_LETTERS = (
    "no",
    "n't",
    "n’t",
    "never",
    "either",
    "without",
    "hardly",
    "scarcely",
    "yet",
    "short",
    "declin",
    "neglect",
    "refrain",
    "few",
    "unable",
    "unhurt",
    "unharmed",
    "uninjured",
    "unaware",
    "unfounded",
    "untrue",
    "unsubstantiated",
    "unarmed",
    "fail",
    "refus",
    "den",
    "lack",
    "far",
    "false",
    "baseless",
    "groundless",
    "inaccurate",
    "incorrect",
    "impossible",
    "fabricat",
    "hoax",
    "fiction",
    "myth",
    "propaganda",
    "nonsense",
    "fake",
    "lie",
)
_MINUS = re.compile(
    r"n['’]t\b|\b(?:no(?:t|ne|body|where|thing)?\b|n(?:either|ever)|cannot|without|hardly|scarcely|yet\s+to|short\s+of|declin|neglect|refrain|few\b|un(?:able|hurt|harmed|injured|aware|founded|true|substantiated|armed)|fail|refus|den[yi]|lack|far\s+from"
    r"|false|baseless|groundless|inaccurate|incorrect|impossible|fabricat|hoax|fiction|myth|propaganda|nonsense|fake|lies?\b)",
    re.IGNORECASE,
)
# A content says that something is not so: its subject is nobody, or its first verb is negated.
_NEGATED = re.compile(
    r"[“\"']*(?:that\s+)?(?:(?:and|but|so|yet|well|look|because)\s+)?(?:{fronted})?(?:"
    r"(?:no(?!\s+(?:fewer|less|more)\s+than\b|\s+longer\b)|none|nobody|no-one|neither|nothing|nowhere"
    r"|not\s+(?:a|one)\s+single|not\s+one|not\s+(?:all|everyone|enough|many|much|yet)|at\s+no\s+(?:time|point|stage)|in\s+no\s+way|under\s+no\s+circumstances|never|not\s+to|having\s+(?:no|not|never)|without"
    r"|nothing|hardly\s+any(?:one|body|thing)?|few\s+if\s+any|to\s+have\s+(?:no|not|never))\b"
    r"|(?:there\s+)?(?:{word},?\s+){{0,16}}?(?:[“\"‘]?{helper}(?:n['’]t\b|\s+(?:\w+ly\s+|also\s+|be\s+|been\s+|have\s+|still\s+|(?:he|she|it|they|we|I)\s+)?(?:not|never|no|neither|nobody|nowhere|hardly|scarcely)\b)|cannot\b)"
    r"(?!\s+(?:only|just|yet\s+clear|(?:yet\s+)?(?:know|known|confirm|confirmed|verify|say|said|rule|ruled|clear)"
    r"|(?:fewer|less|more)\s+than)\b)"
    r"|(?:I['’]m|(?:we|they|you)['’]re|(?:it|that|he|she|there)['’]s|(?:I|we|they|you)['’]ve)\s+(?:\w+ly\s+)?(?:not|never|no)\b"
    r"|(?:to\s+)?(?:{word}\s+){{0,6}}?(?:never|no\s+longer|hardly\s+(?:ever|any))\s+\w+|(?:{word}\s+){{1,8}}?{helper}\s+(?:still\s+|all\s+)?yet\s+to\s"
    r"|(?:{word}\s+){{0,16}}?(?:[\w’'-]+(?:ed|s)|have|had|found|saw|made|took|gave|met|held|left|felt|knew|got|see|find|pose)"
    r"\s+(?:no(?!\s+(?:fewer|less|more|longer|doubt)\b)|nothing|nobody|none|neither)\b"
    r"|(?:{word}\s+){{1,8}}?(?:fail(?:ed|s|ing)?\s+to|refus(?:ed|es?)\s+to|declin(?:ed|es?)\s+to|neglect(?:ed|s)?\s+to|refrain(?:ed|s)?\s+from|(?:stop(?:ped|s)?|f[ae]ll(?:en|s)?)\s+short\s+of|(?:{helper}|been)\s+(?:\w+ly\s+|also\s+|still\s+|simply\s+|just\s+|all\s+)?(?:unable|unhurt|unharmed|uninjured|unaware|unfounded|untrue"
    r"|false|baseless|groundless|unsubstantiated|inaccurate|incorrect|fabricated|unarmed|impossible|nowhere|without|none|far\s+from|lies"
    r"|(?:a\s+|an\s+|all\s+|pure\s+|total\s+|complete\s+|sheer\s+|utter\s+)*(?:lie|hoax|fabrication|falsehood|fiction|myth|propaganda|nonsense|fake))"
    r"|lack(?:ed|s)?|den(?:y|ied|ies)\s+(?:any|all|having|being))\b)".format(
        word=r"(?!(?:that|which|who|whose|if|whether|because|when|while|although|but|and|or|as|anytime|whenever|where|unless|why|how|what)\b)[$€£¥₦₹]?[\w’'-]+(?:[.,]\d+)*%?",
        fronted=r"(?:(?:in|on|at|for|during|by|since|after|before|until|so|as|between|under|with|within|among|amid|despite|contrary|because|from|according"
        r"|to|unlike|following|when|if|although|though|even|while)\s[^;.“”\"]{2,80}?"
        r"|to\s+be\s+(?:frank|honest|clear|fair|sure)|however|instead|still|meanwhile|otherwise|overall|nevertheless|nonetheless|\w+ly),\s+",
        helper=r"(?:is|are|was|were|has|have|had|did|do|does|will|would|can|could|ca|wo|may|might|must|should)",
    ),
    re.IGNORECASE,
)
_NEXT_CLAUSE = re.compile(r"[,;:]|\s(?:and|but|while|because|although|though|after|when)\s")
_SENTENCES = re.compile(r"[.!?][”\"’]*\s+[“\"‘]*[A-Z]")
_FIGURE = re.compile(r"\d")


def hedges_of(text: str, matches: Sequence[Match], places: Sequence[tuple[int, int]]) -> tuple[Hedge, ...]:
    """The hedges that lie in any of the places (content and cue), in order.

    What only bounds a count ("at least 84") is the quantity's modifier and no hedge of the claim.
    """
    counts = counts_in(matches)
    return tuple(
        Hedge(Span.of(text, match.start, match.end), _hedge_type(match))
        for match in matches
        if match.label == "HEDGE"
        and any(start <= match.start and match.end <= end for start, end in places)
        and not inside_count(match, counts)
    )


def counts_in(matches: Iterable[Match]) -> list[Match]:
    """The counts among the matches."""
    return [match for match in matches if match.label == "QUANTITY"]


def inside_count(match: Match, counts: Iterable[Match]) -> bool:
    """Whether a match lies in one of the counts."""
    return any(count.start <= match.start and match.end <= count.end for count in counts)


def _hedge_type(match: Match) -> HedgeType:
    kind = match.attrs.get("type", "unverified")
    found: HedgeType = kind if kind in _HEDGES else "unverified"  # type: ignore[assignment]
    return found


def negated(text: str, pieces: Sequence[tuple[int, int]], count: int | None = None) -> bool:
    """Whether a content says that something is not so ("no soldiers were killed", "it had not fired").

    ``count`` is where the claim's count stands; behind the content's first clause it is not meant.
    """
    start, end = pieces[0]
    letters = text[start:end].casefold()
    possible = any(word in letters for word in _MINUS_LETTERS) and _MINUS.search(text, start, end)
    found = _NEGATED.match(text, start, end) if possible else None
    if found is None or (count is None and len(_SENTENCES.findall(text, start, end)) > 1):
        return False
    return count is None or (
        start <= count and not _NEXT_CLAUSE.search(text, found.end(), max(count, found.end()))
    )


def argues(text: str, kind: str | None = None) -> bool:
    """Whether a quote is talk ("I think you know why") rather than an account; witnesses only ask or tell."""
    return (_ADDRESSED if kind in _TESTIFIES else _TALK).search(text) is not None


def recounts(text: str) -> bool:
    """Whether every sentence of a quote says what happened: "They shut the gate. Nobody warned us"."""
    return all(_PAST.match(part) for part in _SENTENCE_END.split(text) if part.strip())


def certainty_of(
    stance: Stance, cue: Cue | None, hedges: Sequence[Hedge], *, minus: bool = False, quoted: bool = False
) -> Certainty:
    """FactBank values: of the claimer by stance and hedges, of the author by what the cue commits to.

    ``minus`` says that the content itself is negated, ``quoted`` that another speaks, without a cue.
    """
    claimer = _by_claimer(stance, cue, hedges, minus=minus)
    if cue is None:
        return Certainty(claimer, "Uu" if quoted else claimer)
    author: Factuality = claimer if cue.type in {"confirm", "admit"} and stance == "affirm" else "Uu"
    return Certainty(claimer, author)


def _by_claimer(stance: Stance, cue: Cue | None, hedges: Sequence[Hedge], *, minus: bool) -> Factuality:
    if stance == "withhold":
        return "CTu" if cue is None else "Uu"
    kinds = {hedge.type for hedge in hedges}
    unsure = kinds & {"modal", "unverified", "allegation", "conditional"}
    possible = any(_POSSIBLE.search(hedge.span.text) for hedge in hedges)
    level = "PS" if possible else "PR" if unsure or (cue is not None and cue.type == "estimate") else "CT"
    found: Factuality = f"{level}{'-' if stance == 'deny' or minus else '+'}"  # type: ignore[assignment]
    return found


def _has_opinion(content: str) -> bool:
    letters = content.casefold()
    return any(word in letters for word in _OPINION_LETTERS) and _OPINION.search(content) is not None


def check_worthiness(
    content: str, *, quantity: Quantity | None, effect: Effect | None, victim: Victim | None,
    claimer: Claimer | None, event: Event | None, stance: Stance,
) -> CheckWorthiness:  # fmt: skip
    """A score from what can be checked in the claim, with the reasons; 0.5 is check-worthy, 0.25 factual."""
    has_number = quantity is not None and quantity.modifier != "vague"
    points = [
        ("a toll", 0.35, quantity is not None and effect is not None),
        ("a number", 0.2, has_number),
        ("a figure in the text", 0.1, not has_number and bool(_FIGURE.search(content))),
        ("those affected are named", 0.1, victim is not None),
        ("a known claimer", 0.15, claimer is not None and claimer.type != "unknown"),
        ("a date", 0.1, event is not None and event.date is not None),
        ("a place", 0.1, event is not None and event.location is not None),
        ("a known event", 0.1, event is not None and event.event_id is not None),
        ("a denial", 0.3, stance == "deny"),
        ("information withheld", 0.3, stance == "withhold"),
        ("opinion words", -0.15, _has_opinion(content)),
    ]  # fmt: skip
    held = [(reason, weight) for reason, weight, holds in points if holds]
    score = round(min(1.0, max(0.0, 0.15 + sum(weight for _, weight in held))), 2)
    label: CheckLabel = "CFS" if score >= 0.5 else "UFS" if score >= 0.25 else "NFS"
    return CheckWorthiness(label, score, tuple(reason for reason, _ in held))
