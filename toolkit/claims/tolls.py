"""From CASUALTY matches to tolls: one per effect, count and group.

What a pattern cannot say happens here: who suffers and who does it ("a drone had killed"), and two harms that
share a count ("killed and injured dozens").
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace

from toolkit.claims.carried import carried
from toolkit.claims.shared_groups import with_groups
from toolkit.claims.toll import Place, Toll, same_kind
from toolkit.claims.uncounted import is_somebodys
from toolkit.model import Found, Match
from toolkit.model.claim import Effect

_SHARED = re.compile(r"\s*(?:,|and|or|and/or|&)\s*(?:also\s+|then\s+)?")
# Behind a verb: its object.
_OBJECT = re.compile(r"\s+(?:(?:an?|the|his|her|their|its|another|all)\s|(?:them|him)\b)", re.IGNORECASE)
# "400 fled their homes": no group whose harm is told before it, as in "12 dead soldiers".
_DETERMINED = re.compile(r"(?:the|its|their|his|her|our|this|that)\s", re.IGNORECASE)
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
# So many code points may lie between two harms that share a count.
_NEAR = 20
_OBJECTS = frozenset({"QUANTITY", "QUANTITY_VAGUE", "VICTIM"})
# Before a count: nobody among so many came to harm.
_NONE_OF = re.compile(
    r"\b(?:no[ -]one|nobody|none|neither)\s+(?:in|of|on|from|among|aboard)\s+(?:the\s+|its\s+|their\s+)?$",
    re.IGNORECASE,
)


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
    told: list[list[Toll]] = []
    for number, sentence in enumerate(found.sentences):
        here = [match for match in found.within(*sentence) if match.label == "CASUALTY"]
        rows = [toll for match in here for toll in _of_match(found, match, effects, objects, days)]
        told.append(list(with_groups(found.document.text, rows)))
        told[-1] += list(carried(found, number, told))
    made = [toll for rows in told for toll in rows]
    counted = {(toll.victim, toll.effect) for toll in made if toll.quantity}
    groups = {(match.start, match.end): match for match in found.matches if match.label == "VICTIM"}
    text = found.document.text

    def stands(toll: Toll) -> bool:
        if toll.quantity:
            start = toll.quantity[0]
            return _NONE_OF.search(text, max(0, start - 30), start) is None
        return (toll.victim, toll.effect) not in counted and is_somebodys(text, toll, groups)

    return sorted(set(filter(stands, made)), key=lambda toll: (toll.places(), toll.effect or ""))


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
    if word.attrs.get("form") == "verb" and _is_doer(text, match, harm, objects, days):
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
    if victim and match.attrs.get("bare") and _DETERMINED.match(text, victim[0]):
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
        near = same_kind(_effect(other), toll.effect) and not apart
        shared = near and _SHARED.fullmatch(text, place[1], harm[0])
        if shared and not (quantity and place[0] < quantity[0] < harm[0]):
            yield replace(toll, effect=_effect(other), harm=place)


def _is_doer(text: str, match: Match, harm: Place, objects: Sequence[int], days: Set[int]) -> bool:
    """Whether what stands before a verb is who did it ("a drone had killed"), not whom it befell."""
    quantity = match.groups.get("QUANTITY")
    group = match.groups.get("VICTIM") or quantity
    if group is None or group[1] > harm[0]:
        return False
    acts = harm[1] + 1 not in days and (
        _OBJECT.match(text, harm[1]) or _starts_behind(text, harm[1], objects)
    )
    if not acts and (quantity or _REDUCED.match(text, harm[1])):
        return False
    passive = _PASSIVE.search(text, group[1], harm[0]) and not _PROGRESSIVE.match(text, harm[0])
    start = min(place[0] for place in (group, quantity) if place)
    return not passive and not _LEFT.search(text, max(0, start - 60), start)


def _starts_behind(text: str, end: int, starts: Sequence[int]) -> bool:
    """Whether one of the sorted places starts right behind ``end``, without a stop: a verb's object."""
    number = bisect_left(starts, end)
    return number < len(starts) and starts[number] - end < 3 and not text[end : starts[number]].strip(' "“')


def _effect(word: Match) -> Effect:
    effect: Effect = word.attrs.get("effect", "other")  # type: ignore[assignment]
    return effect
