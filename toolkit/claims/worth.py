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
_OPINION = frozenset(
    re.findall(
        r"\w+",
        "should must hope hopes wish believe believes think thinks best worst great terrible "
        "beautiful feel feels love hate",
    )
)
_LETTERS = re.compile(r"\w+")
# How people talk when they argue rather than tell: to somebody, of their own mind, in half sentences.
_TALK = re.compile(
    r"\?|\b(?:I\s+(?:(?:do|would|could)(?:n['’]t|\s+not)?\s+|just\s+|really\s+|also\s+)?(?:think|mean|guess|believe|hope|know|say|wish|feel|buy|love|like|want)"
    r"|let['’]s|let\s+us|(?:we|I|they|he|she|people|someone)\s+(?:\w+\s+)?(?:need|have|ought|want)\s+to|frankly|obviously|of\s+course|crazy|ridiculous"
    r"|outrageous|disgrace|make\s+sense|you(?:r|['’]\w+)?|it['’]s\s+(?:about|not|time|just)|that['’]s\s+(?:not|why|what|all|the)|should|must)\b"
    r"|(?:^|[.!?]\s+)[“\"]?(?!(?:\w+\s+)?(?:he|she|it|we|they)\s)(?:[\w’'-]+\s+){0,2}[\w’'-]+(?:[.!?,][”\"]?(?=\s|$))",
    re.IGNORECASE,
)
# What a report on parties and elections, and hardly another, speaks of.
_POLITICS = re.compile(
    r"\b(?:republicans?|democrats?|gop|congress(?:man|woman|ional)?|senat(?:e|ors?)|caucus(?:es)?|primar(?:y|ies)|presidential"
    r"|nominees?|nomination|candidates?|candidacy|campaign(?:s|ing)?|voters?|delegates|polls?|pollsters?|ballots?|elect(?:ions?|oral)"
    r"|running\s+mate|parliament(?:ary|arians?)?|lawmakers?|mps|conservatives?|liberals?)\b",
    re.IGNORECASE,
)
_LONGEST_LOOK, _POLITICAL_WORDS = 50_000, 3
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
_FIGURE = re.compile(r"\d")


def hedges_of(text: str, matches: Sequence[Match], places: Sequence[tuple[int, int]]) -> tuple[Hedge, ...]:
    """The hedges that lie in any of the places (content and cue), in order.

    What only bounds a count ("at least 84") is the quantity's modifier and no hedge of the claim.
    """
    own = [
        match for match in matches if match.label == "HEDGE"
        and any(start <= match.start and match.end <= end for start, end in places)
    ]  # fmt: skip
    counts = counts_in(matches) if own else ()
    return tuple(
        Hedge(Span.of(text, match.start, match.end), _hedge_type(match))
        for match in own if not inside_count(match, counts)
    )  # fmt: skip


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


def argues(text: str, kind: str | None = None) -> bool:
    """Whether a quote is talk ("I think you know why") rather than an account; witnesses only ask or tell."""
    return (_ADDRESSED if kind in _TESTIFIES else _TALK).search(text) is not None


def is_politics(text: str) -> bool:
    """Whether a report has several of the words of parties and elections."""
    seen: set[str] = set()
    for word in _POLITICS.finditer(text, 0, _LONGEST_LOOK):
        seen.add(word[0].casefold())
        if len(seen) == _POLITICAL_WORDS:
            return True
    return False


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
    return "?" in content or not _OPINION.isdisjoint(_LETTERS.findall(content.casefold()))


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
