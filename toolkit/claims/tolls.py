"""From CASUALTY matches to tolls: one per effect, count and group.

What a pattern cannot say happens here: two harms that share a count ("killed and injured dozens"), and
a group that is named once for two counts ("two soldiers were killed and ten wounded").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from toolkit.model import Found, Match
from toolkit.model.claim import Effect

Place = tuple[int, int]

_SHARED = re.compile(r"\s*(?:,|and|or|and/or|&)\s*(?:also\s+|then\s+)?")
_GAP = re.compile(r"\b(?:and|while|with|but|or)\b|,")
# Between a toll and a part of it.
_PART = re.compile(r"\b(?:including|among\s+(?:them|whom)|of\s+(?:them|whom))\b[^.;]*\Z")
# Behind a count that leaves its group out; any other word there is the group's, which no rule knows.
_NO_GROUP = re.compile(
    r"[”’\"]?(?:\W*$|[^\w\s]|\s+(?:others?|more|of\s+(?:them|whom)|are|is|was|were|have|has|had|may|might|could|also|still|"
    r"in|on|at|near|after|when|during|by|from|for|as|while|and|or|but|so|with|to|last|this|yesterday|today|\w+ly|\w+day)\b)",
    re.IGNORECASE,
)

# Behind a verb: its object.
_OBJECT = re.compile(r"\s+(?:(?:an?|the|his|her|their|its|another|all)\s|(?:them|him)\b)", re.IGNORECASE)
# Between a group and a verb with an object: without these the group is who did it ("a drone had killed").
_PASSIVE = re.compile(
    r"\b(?:was|were|is|are|be|been|being|got|get|gets|left|lay|lie|found|reported|feared)\b", re.IGNORECASE
)
# Behind a harm that is no noun: where it happened, or to what it led.
_WHERE = re.compile(r"\s+(?:in|to|from|on|by|within)\s")
# Before a group: what follows it is its state ("left a guard wounded").
_LEFT = re.compile(r"\b(?:left|leaves|leaving|leave|found|find|finding)\s+(?:[\w-]+\s+){0,4}$", re.IGNORECASE)
# Behind a participle that has no object: "a man killed in the blast".
_REDUCED = re.compile(r"\s+(?:in|by|during|when|on|near|after|while|at|as)\b", re.IGNORECASE)
_PROGRESSIVE = re.compile(r"(?!being)\w+ing\b", re.IGNORECASE)
# Without a count these are no known group: nobody, anybody, and those whose harm is told elsewhere.
_NOBODY = re.compile(
    r"(?:no|any|every|each|all|such|some|other)\b|an?\s+(?:group|crowd|number)\Z"
    r"|(?:the|those|these|its|our|my|their|his|her) (?:[\w’'-]+ ){0,3}?(?:[\w-]+(?<!s)s|[\w-]*men"
    r"|people|children|police|dead|injured|wounded|troops|personnel|staff|crew)"
    r"(?: (?:of|from|in|with|at|on|near)\b.*)?\Z"
    r"|(?:people|civilians|men|women|children|women and children|victims|protesters|foreigners)"
    r"(?: (?:of|from|in|with|at|on|near|outside)\b.*)?\Z",
    re.IGNORECASE,
)
# Somebody or something in particular.
_ONE = re.compile(
    r"(?:an?|the|his|her|their|its|our|my|one|another|this|that|these|those)\b|\d|(?-i:[^\W\d_a-zà-ÿ])",
    re.IGNORECASE,
)
# Before a group: nobody of it came to harm, or nobody knows.
_NONE = re.compile(
    r"\b(?:no|none|nobody|no[ -]one|neither|nor|not\s+(?:a|one)\s+single)\b(?:\s+[\w’'-]+){0,4}\s*$"
    r"|\b(?:sure|unclear|clear|known|unknown|know|say|confirm|certain|determine|tell|ask|asked)\s+(?:if|whether)\s+(?:[\w’'-]+\s+){0,3}$",
    re.IGNORECASE,
)
# Before a count: nobody among so many came to harm.
_NONE_OF = re.compile(
    r"\b(?:no[ -]one|nobody|none)\s+(?:in|of|on|from|among|aboard)\s+(?:the\s+|its\s+|their\s+)?$",
    re.IGNORECASE,
)
# What would have befallen somebody.
_UNREAL = re.compile(r"\s+(?:might|would|could)\s+have\b|\s+(?:would|could)\s+be\b", re.IGNORECASE)
# So many code points may lie between two harms that share a count.
_NEAR = 20
_OBJECTS = frozenset({"QUANTITY", "QUANTITY_VAGUE", "VICTIM"})
_THINGS = frozenset({"destroyed", "other"})
# Without a count these say nothing that could be checked ("residents fled", "a climber was rescued").
_MANY = frozenset({"displaced", "other"})


@dataclass(frozen=True, slots=True)
class Toll:
    """One harm to one group, counted or not; ``victim`` is None where the text names no group.

    A count of something else than harm ("120 people were in the building") has neither ``harm`` (the
    word's place) nor ``effect``. People and things that rules know are its ``victim`` all the same, so that
    counts of them can be compared; other words for what it counts are its ``unit``.
    ``alone`` is true where harm and group say something without a count ("a judge was murdered").
    """

    quantity: Place | None
    harm: Place | None
    effect: Effect | None
    victim: Place | None
    rule_ids: tuple[str, ...]
    score: float
    unit: Place | None = None
    alone: bool = False

    def places(self) -> list[Place]:
        """Where count, harm and group stand, in order."""
        return sorted(place for place in (self.quantity, self.harm, self.victim) if place)

    def anchor(self) -> Place:
        """The place that decides whose content the toll lies in."""
        return self.quantity or self.harm or self.places()[0]

    def hull(self) -> Place:
        """From the count or the harm to the end of them and of the group behind."""
        start = min(place[0] for place in (self.quantity, self.harm) if place)
        return start, max(end for _, end in self.places())


@dataclass(frozen=True, slots=True)
class _Effects:
    """The EFFECT matches of a document by place; ``ends`` are their ends with the places, sorted."""

    by_place: dict[Place, Match]
    ends: list[tuple[int, Place]]

    @classmethod
    def of(cls, found: Found) -> _Effects:
        by_place = {(match.start, match.end): match for match in found.matches if match.label == "EFFECT"}
        return cls(by_place, sorted((place[1], place) for place in by_place))

    def shortly_before(self, start: int) -> list[Place]:
        """Those that end less than _NEAR before a place, in order."""
        first = bisect_right(self.ends, start - _NEAR, key=lambda item: item[0])
        last = bisect_right(self.ends, start, key=lambda item: item[0])
        return sorted((place for _, place in self.ends[first:last]), key=lambda place: (place[0], -place[1]))


def tolls(found: Found) -> list[Toll]:
    """The tolls of a document in order of their counts."""
    effects = _Effects.of(found)
    objects = sorted(match.start for match in found.matches if match.label in _OBJECTS)
    days = {match.start for match in found.matches if match.label == "DATE"}
    made: list[Toll] = []
    for sentence in found.sentences:
        here = [match for match in found.within(*sentence) if match.label == "CASUALTY"]
        rows = [toll for match in here for toll in _of_match(found, match, effects, objects, days)]
        made += _with_gaps(found.document.text, rows)
    counted = {(toll.victim, toll.effect) for toll in made if toll.quantity}
    text = found.document.text
    surnames = {(match.start, match.end) for match in found.matches if match.rule_id == "victim.surname"}
    rows = [
        toll for toll in made
        if (toll.quantity and not _NONE_OF.search(text, max(0, toll.quantity[0] - 30), toll.quantity[0]))
        or (not toll.quantity and (toll.victim, toll.effect) not in counted and _known(text, toll, surnames))
    ]  # fmt: skip
    return sorted(set(rows), key=lambda toll: (toll.places(), toll.effect or ""))


def _known(text: str, toll: Toll, surnames: Set[Place]) -> bool:
    """Whether the group of a toll without a count is one, or somebody, that the harm befell."""
    if toll.victim is None:
        return True
    start, end = toll.victim
    if toll.effect in _MANY or not _ONE.match(text, start) or _UNREAL.match(text, end):
        return False
    if toll.victim in surnames and (toll.effect in _THINGS or not _named_before(text, start, end)):
        return False
    return _NOBODY.match(text[start:end]) is None and _NONE.search(text, max(0, start - 60), start) is None


def _named_before(text: str, start: int, end: int) -> bool:
    """Whether a surname stands behind a first name earlier in the text."""
    # Bound, so that a line of one long word takes no time with its square.
    whole = rf"[^\W\d_a-zà-ÿ][\w’'-]{{1,40}} (?:[\w’'.-]{{1,4}} )?{re.escape(text[start:end])}\b"
    return re.search(whole, text[:start]) is not None


def _of_match(
    found: Found, match: Match, effects: _Effects, objects: Sequence[int], days: Set[int]
) -> Iterator[Toll]:
    harm, quantity = match.groups.get("EFFECT"), match.groups.get("QUANTITY")
    word = effects.by_place.get(harm) if harm else None
    victim, text = match.groups.get("VICTIM"), found.document.text
    if harm is None:
        yield Toll(quantity, None, None, victim, (match.rule_id,), match.score)
    if word is None or harm is None:
        return
    ids = (match.rule_id, word.rule_id)
    group = victim or quantity
    if group is not None and group[1] <= harm[0] and word.attrs.get("form") == "verb":
        acts = harm[1] + 1 not in days and (
            _OBJECT.match(text, harm[1]) or _starts_behind(text, harm[1], objects)
        )
        passive = _PASSIVE.search(text, group[1], harm[0]) and not _PROGRESSIVE.match(text, harm[0])
        start = min(place[0] for place in (group, quantity) if place)
        left = _LEFT.search(text, max(0, start - 60), start)
        if (acts or (quantity is None and not _REDUCED.match(text, harm[1]))) and not passive and not left:
            return
    verb = word.attrs.get("form") == "verb"
    counted = quantity is not None and quantity[1] <= harm[0]
    if (
        victim
        and counted
        and victim[0] > harm[1]
        and word.attrs.get("form") != "noun"
        and _WHERE.match(text, harm[1])
    ):
        victim = None
    if match.attrs.get("harm") == "verb" and word.attrs.get("form") == "noun":
        return
    if (verb and match.attrs.get("harm") == "noun") or (not verb and match.attrs.get("object")):
        return
    if match.attrs.get("of") and word.attrs.get("form") == "after":
        return
    toll = Toll(
        quantity, harm, _effect(word), victim, ids, min(match.score, word.score),
        alone=bool(match.attrs.get("alone")),
    )  # fmt: skip
    yield toll
    for place in effects.shortly_before(harm[0]):
        other = effects.by_place[place]
        # "… left 12 missing and injured 40": what has its group before it shares no count behind.
        apart = quantity and quantity[0] >= harm[1] and other.attrs.get("form") != word.attrs.get("form")
        near = _same_kind(_effect(other), toll.effect) and not apart
        shared = near and _SHARED.fullmatch(text, place[1], harm[0])
        if shared and not (quantity and place[0] < quantity[0] < harm[0]):
            yield replace(toll, effect=_effect(other), harm=place)


def _starts_behind(text: str, end: int, starts: Sequence[int]) -> bool:
    """Whether one of the sorted places starts right behind ``end``, without a stop: a verb's object."""
    number = bisect_left(starts, end)
    return number < len(starts) and starts[number] - end < 3 and not text[end : starts[number]].strip(' "“')


def _effect(word: Match) -> Effect:
    effect: Effect = word.attrs.get("effect", "other")  # type: ignore[assignment]
    return effect


def _same_kind(one: Effect | None, other: Effect | None) -> bool:
    """Whether both harms befall people, or both things."""
    return (one in _THINGS) == (other in _THINGS)


def _with_gaps(text: str, rows: Sequence[Toll]) -> Iterator[Toll]:
    """A count without a group takes the group of the count before it, across "and" or a comma."""
    before: Toll | None = None
    for toll in rows:
        if toll.quantity and toll.victim is None and before is not None and toll.effect != before.effect:
            between = text[before.hull()[1] : toll.hull()[0]]
            alike = _same_kind(before.effect, toll.effect) and _leaves_out(text, toll)
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
