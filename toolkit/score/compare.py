"""Count one document: its gold claims beside the drafted ones.

Each distinct span of a label counts once per document, however many claims share it. What claims do not
use (a date in a sentence that makes no claim) is on neither side: gold says nothing of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from toolkit.model import Claim, Quantity, Span
from toolkit.model.matching import OVERLAP, TOUCH, Item, Parts, iou, pair
from toolkit.score.figures import Count, Difference, Properties, RuleCount, Score

LABELS = ("CLAIM", "CLAIMER", "CUE", "QUANTITY", "QUANTITY_VAGUE", "VICTIM", "LOCATION", "DATE", "HEDGE")
LINKS = (
    "claimer → claim", "cue → claim", "outer source → claim", "quantity → claim", "quantity → victim",
    "location → claim", "date → claim",
)  # fmt: skip
Rules = Mapping[tuple[str, int, int], tuple[str, ...]]
"""The rules behind a span, by label and hull."""


@dataclass(frozen=True, slots=True)
class _Toll:
    """A number with what it counts; ``victim`` is empty where nobody is named."""

    place: Parts
    interval: tuple[int | None, int | None, int | None]
    effect: str | None
    victim: Parts


def add_document(
    score: Score, gold: Sequence[Claim], drafted: Sequence[Claim], rules: Rules, *, show: bool = False
) -> None:
    """Add one document to ``score``; with ``show`` also what only one side has."""
    score.documents += 1
    score.claims.update(gold=len(gold), drafted=len(drafted))
    texts = _Texts()
    pages = [texts.page(claims) for claims in (gold, drafted)]
    for part, names in ((score.labels, LABELS), (score.links, LINKS)):
        for name in names:
            count = part.setdefault(name, Count())
            theirs, ours = (sorted(page.get(name, ())) for page in pages)
            found = _add(count, theirs, ours)
            if part is score.labels:
                _add_rules(score.rules, name, theirs, ours, found, rules)
            if show:
                doc_id = (gold or drafted)[0].doc_id if gold or drafted else ""
                score.differences += texts.differences(doc_id, name, theirs, ours, found, rules)
    _add_claims(score.properties, gold, drafted)
    _add_tolls(score.properties, gold, drafted)


def _add(count: Count, gold: Sequence[Item], drafted: Sequence[Item]) -> dict[int, int]:
    found = pair(gold, drafted)
    count.gold += len(gold)
    count.drafted += len(drafted)
    count.overlap += len(found)
    count.exact += len(set(gold) & set(drafted))
    return found


def _add_rules(
    counts: dict[str, RuleCount], label: str, gold: Sequence[Item], drafted: Sequence[Item],
    found: dict[int, int], rules: Rules,
) -> None:  # fmt: skip
    hit, exact = set(found.values()), set(gold)
    for number, (place,) in enumerate(drafted):
        for rule_id in _behind(label, place, rules):
            count = counts.setdefault(rule_id, RuleCount())
            count.drafted += 1
            count.overlap += number in hit
            count.exact += (place,) in exact
            count.wrong.update([] if number in hit else [label])


def _behind(label: str, place: Parts, rules: Rules) -> tuple[str, ...]:
    hull = rules.get((label, place[0][0], place[-1][1]))
    pieces = (rule_id for start, end in place for rule_id in rules.get((label, start, end), ()))
    return hull if hull is not None else tuple(dict.fromkeys(pieces))


class _Texts:
    """The spans and links of both sides of a document, and the words of each span."""

    def __init__(self) -> None:
        self.words: dict[Parts, str] = {}

    def page(self, claims: Iterable[Claim]) -> dict[str, set[Item]]:
        """Distinct spans by label and links by name."""
        found: dict[str, set[Item]] = {}
        for claim in claims:
            for name, spans in _spans(claim):
                found.setdefault(name, set()).add(tuple(self._place(span) for span in spans))
        return found

    def _place(self, span: Span) -> Parts:
        place = tuple(span.parts())
        self.words[place] = span.text
        return place

    def differences(
        self, doc_id: str, label: str, gold: Sequence[Item], drafted: Sequence[Item], found: dict[int, int],
        rules: Rules,
    ) -> Iterator[Difference]:  # fmt: skip
        """What only one side has, in the order of the text."""
        hit = set(found.values())
        missed = [(item, "missed") for number, item in enumerate(gold) if number not in found]
        extra = [(item, "extra") for number, item in enumerate(drafted) if number not in hit]
        for item, side in sorted(missed + extra):
            text = " → ".join(self.words[place] for place in item)
            ids = _behind(label, item[0], rules) if side == "extra" and len(item) == 1 else ()
            yield Difference(doc_id, label, side, text, item[0][0][0], ids)


def _spans(claim: Claim) -> Iterator[tuple[str, tuple[Span, ...]]]:
    """Labels with their span and links with both, of one claim."""
    parts: list[tuple[str, str, Span | None]] = [
        ("CLAIMER", "claimer → claim", claim.claimer.span if claim.claimer else None),
        ("CUE", "cue → claim", claim.cue.span if claim.cue else None),
    ]
    parts += [("CLAIMER", "outer source → claim", source.span) for source in claim.via]
    count = claim.quantity
    if count:
        parts.append((_count_label(count), "quantity → claim", count.span))
    event = claim.event
    if event:
        parts.append(("LOCATION", "location → claim", event.location.span if event.location else None))
        parts.append(("DATE", "date → claim", event.date.span if event.date else None))
    yield "CLAIM", (claim.span,)
    for label, link, span in parts:
        if span:
            yield label, (span,)
            yield link, (span, claim.span)
    if claim.victim:
        yield "VICTIM", (claim.victim.span,)
        if count:
            yield "quantity → victim", (count.span, claim.victim.span)
    for hedge in claim.hedges:
        yield "HEDGE", (hedge.span,)


def _count_label(count: Quantity) -> str:
    return "QUANTITY_VAGUE" if count.modifier == "vague" else "QUANTITY"


_CLAIM_PROPERTIES: dict[str, Callable[[Claim], object]] = {
    "stance": lambda claim: claim.stance,
    "certainty of claimer": lambda claim: claim.certainty.claimer,
    "kind of claimer": lambda claim: claim.claimer and claim.claimer.type,
    "kind of cue": lambda claim: claim.cue and claim.cue.type,
    "check-worthiness": lambda claim: claim.check_worthiness.label,
}
_STANCES = ("deny", "withhold")


def _add_claims(counts: dict[str, Properties], gold: Sequence[Claim], drafted: Sequence[Claim]) -> None:
    """Properties of claims whose contents overlap; of claims with one content the first stands."""
    theirs, ours = ({(tuple(claim.span.parts()),): claim for claim in reversed(side)}
                    for side in (gold, drafted))  # fmt: skip
    left, right = sorted(theirs), sorted(ours)
    pairs = [(theirs[left[one]], ours[right[other]]) for one, other in pair(left, right).items()]
    for name, value in _CLAIM_PROPERTIES.items():
        count = counts.setdefault(name, Properties())
        _count(count, len(left), len(right), [value(one) == value(other) for one, other in pairs])
    for stance in _STANCES:
        count = counts.setdefault(f"stance {stance}", Properties())
        told, ours_too = (sum(claim.stance == stance for claim in side.values()) for side in (theirs, ours))
        same = [other.stance == stance for one, other in pairs if one.stance == stance]
        _count(count, told, ours_too, same)


def _add_tolls(counts: dict[str, Properties], gold: Sequence[Claim], drafted: Sequence[Claim]) -> None:
    """Intervals, effects and victims of numbers that share a code point."""
    theirs, ours = (list(_tolls(side)) for side in (gold, drafted))
    places = [[(toll.place,) for toll in side] for side in (theirs, ours)]

    def favour(one: int, other: int) -> int:
        return sum(_agreement(theirs[one], ours[other]))

    found = pair(*places, least=TOUCH, favour=favour)
    agreed = [_agreement(theirs[one], ours[other]) for one, other in found.items()]
    rows = {
        "interval": [one[0] for one in agreed], "effect": [one[1] for one in agreed],
        "interval, effect": [all(one[:2]) for one in agreed],
        "interval, effect, victim": [all(one) for one in agreed],
    }  # fmt: skip
    for name, right in rows.items():
        _count(counts.setdefault(name, Properties()), len(theirs), len(ours), right)


def _tolls(claims: Sequence[Claim]) -> Iterator[_Toll]:
    """The distinct numbers of a side with effect and victim, in order."""
    found: dict[_Toll, None] = {}
    for claim in claims:
        count = claim.quantity
        if count and count.modifier != "vague":
            victim = tuple(claim.victim.span.parts()) if claim.victim else ()
            interval = (count.low or None, count.value, count.high)
            found[_Toll(tuple(count.span.parts()), interval, claim.effect, victim)] = None
    yield from sorted(found, key=lambda toll: (toll.place, str(toll)))


def _agreement(one: _Toll, other: _Toll) -> tuple[bool, bool, bool]:
    """Whether interval, effect and victim are the same; "other" is no effect."""
    effects = {one.effect or "other", other.effect or "other"}
    same = one.victim == other.victim or iou(one.victim, other.victim) >= OVERLAP
    return one.interval == other.interval, len(effects) == 1, same


def _count(count: Properties, gold: int, drafted: int, right: Sequence[bool]) -> None:
    count.gold += gold
    count.drafted += drafted
    count.matched += len(right)
    count.right += sum(right)
