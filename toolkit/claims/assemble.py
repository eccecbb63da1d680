"""Put a draft together: one claim per claimer, effect, group and count."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from toolkit.claims.attribution import Telling, outer, tellings
from toolkit.claims.clauses import Obstacles
from toolkit.claims.contents import Place
from toolkit.claims.context import Context
from toolkit.claims.counts import quantity_of
from toolkit.claims.entities import Entities
from toolkit.claims.hold import hold
from toolkit.claims.mentions import mentions
from toolkit.claims.named_again import with_places_named_again
from toolkit.claims.named_known import with_known_places
from toolkit.claims.named_together import with_places_named_together
from toolkit.claims.negation import negated
from toolkit.claims.parts import Part, parts_of, with_talk_joined
from toolkit.claims.phrases import group_of, undetermined
from toolkit.claims.speakers import Speakers
from toolkit.claims.toll import Toll
from toolkit.claims.tolls import tolls
from toolkit.claims.worth import (
    LONGEST_COUNT,
    argues,
    certainty_of,
    check_worthiness,
    hedges_of,
    recounts,
)
from toolkit.model import (
    SCHEMA_VERSION,
    Claim,
    Claimer,
    Cue,
    Draft,
    Found,
    Provenance,
    Quantity,
    Review,
    Span,
    Victim,
    claim_id_for,
)
from toolkit.model.claim import TollScope

MOST_SENTENCES, LONGEST_STRETCH = 200, 50_000
"""A longer document is put together in such stretches: the work grows with their square."""
SPEECH = 4
"""A quote of so many sentences is a speech: what it denies does not make it more than talk."""
_OWN_DEED = re.compile(
    r"^(?:that\s+)?(?:(?:it|they|we|he|she|i|(?:its|their|our|his)\s+(?:own\s+)?(?:\w+\s+)?(?:forces|fighters|men|troops|soldiers|"
    r"units|mujahideen|army))\b[^,;.]*$|(?:to\s+have|having)\s+(?:\w+ly\s+)?$)",
    re.IGNORECASE,
)
_DEEDS = frozenset({"death", "injury", "captured", "destroyed", "casualty_unspecified"})
_SUFFERED = re.compile(
    r"\b(?:suffer|sustain|incur|lost|los(?:e|ing)|was|were|been|had\s+\d)\w*\b", re.IGNORECASE
)


def build_draft(found: Found, *, entities: Entities, rules_version: str) -> Draft:
    """The draft of one document from what the rules found; the same input gives the same draft.

    Raises ``DataError`` naming document and rule when a span is not the slice of the text it says.
    """
    scope = entities.scope(found.document)
    found = with_known_places(with_places_named_again(with_places_named_together(found)))
    claims: dict[str, Claim] = {}
    for stretch in found.stretches(MOST_SENTENCES, LONGEST_STRETCH):
        for claim in _claims(Context.of(stretch, scope), entities, rules_version):
            claims[claim.claim_id] = _distinct(claim, claims)
    ordered = sorted(claims.values(), key=_order)
    draft = Draft(found.document, tuple(mentions(found, ordered)), tuple(ordered))
    hold(draft)
    return draft


def _claims(context: Context, entities: Entities, rules_version: str) -> Iterator[Claim]:
    maker = _Maker(context, entities, rules_version)
    told, counted = tellings(context.found), tolls(context.found)
    parts = list(parts_of(context, told, counted))
    speakers = maker.speakers(
        [*(part.speaker for part in parts if part.speaker), *(one.claimer for one in told)]
    )

    def is_talk(part: Part) -> bool:
        if len(part.sentences) < SPEECH and any(negated(context.text, [one]) for one in part.sentences):
            return False
        claim = maker.claim(part, told, speakers)
        kind = claim.claimer.type if claim.claimer else None
        harmless = claim.effect is None
        slight = claim.check_worthiness.label == "NFS" and not recounts(claim.span.text)
        return slight or (harmless and argues(claim.span.text, kind))

    for part in with_talk_joined(context.text, parts, is_talk=is_talk):
        yield maker.claim(part, told, speakers)


class _Maker:
    """Makes claim records for one document."""

    def __init__(self, context: Context, entities: Entities, rules_version: str) -> None:
        self.context, self.entities, self.rules_version = context, entities, rules_version
        self.document = context.found.document
        self.text = self.document.text
        self.counts = {
            (match.start, match.end): match
            for match in context.found.matches if match.label in {"QUANTITY", "QUANTITY_VAGUE"}
        }  # fmt: skip

    def speakers(self, claimers: Iterable[Place]) -> dict[Place, Claimer]:
        """The claimer at each source, named in the order of the text."""
        speakers = Speakers(self.document, self.entities, self.context.scope)
        claimers = set(claimers)
        subjects = {
            match.groups["SUBJECT"] for match in self.context.found.matches
            if match.label in {"SUBJECT", "WITHHELD"} and "SUBJECT" in match.groups
        }  # fmt: skip
        sources = Obstacles(claimers)
        named: dict[Place, Claimer] = {}
        for place in sorted(claimers | subjects):
            if place in claimers:
                named[place] = speakers.name(*place)
            elif sources.is_free(*place):
                speakers.mention(*place)
        return named

    def claim(self, part: Part, told: Sequence[Telling], speakers: dict[Place, Claimer]) -> Claim:
        """One record."""
        span = Span.joined(self.text, list(part.pieces))
        telling, toll = part.telling, part.toll
        claimer = speakers[part.speaker] if part.speaker else None
        if claimer and telling is None:
            claimer = replace(claimer, resolved_by="coreference")
        cue = self._cue(telling) if telling else None
        quantity = self._quantity(toll) if toll else None
        victim = self._victim(toll.victim) if toll and toll.victim else None
        effect = toll.effect if toll else None
        event = self.context.event(part.pieces, effect=effect, bare=telling is None)
        places = [*part.pieces, *([telling.cue] if telling else [])]
        count = quantity.span.start if quantity else None
        minus = part.stance == "affirm" and negated(self.text, part.pieces, count)
        near = self.context.found.within(min(places)[0] - LONGEST_COUNT, max(end for _, end in places))
        hedges = hedges_of(self.text, near, places)
        return Claim(
            schema_version=SCHEMA_VERSION,
            claim_id=claim_id_for(
                self.document.doc_id, span, claimer=_at(claimer), cue=_at(cue), quantity=_at(quantity),
                victim=_at(victim), effect=effect,
            ),
            doc_id=self.document.doc_id, text_sha256=self.document.text_sha256, span=span,
            sentence=self.context.sentence(span.start), normalized=None, claimer=claimer,
            via=tuple(speakers[other.claimer] for other in outer(told, telling)) if telling else (),
            cue=cue, stance=part.stance,
            certainty=certainty_of(
                part.stance, cue, hedges, minus=minus, quoted=telling is None and claimer is not None
            ),
            hedges=hedges,
            quantity=quantity, effect=effect, victim=victim, event=event, toll_scope=self._scope(part),
            check_worthiness=check_worthiness(
                span.text, quantity=quantity, effect=effect, victim=victim, claimer=claimer, event=event,
                stance=part.stance,
            ),
            cluster_id=None, relations=(), evidence=(), verdict=None,
            provenance=Provenance(
                origin="rule", rule_ids=tuple(dict.fromkeys(part.rule_ids)),
                rules_version=self.rules_version, score=round(part.score, 4),
                project=None, task=None, annotation=None, regions=(),
            ),
            review=Review("pre_annotated", (), None, None),
        )  # fmt: skip

    def _cue(self, telling: Telling) -> Cue:
        return Cue(
            Span.of(self.text, *telling.cue), Span.of(self.text, *telling.phrase), telling.lemma, telling.type
        )

    def _quantity(self, toll: Toll) -> Quantity | None:
        if toll.quantity is None:
            return None
        quantity = quantity_of(self.text, toll.quantity, self.counts.get(toll.quantity))
        return replace(quantity, unit=self.text[slice(*toll.unit)]) if toll.unit else quantity

    def _victim(self, place: Place) -> Victim:
        span = Span.of(self.text, *place)
        entity, name, kind = group_of(span.text, self.context.scope, self.entities)
        return Victim(span, name or undetermined(span.text), entity, kind)

    def _scope(self, part: Part) -> TollScope | None:
        """``by_claimer`` where the claimer tells of its own deed: "we killed", "claimed to have killed"."""
        harm = part.toll.harm if part.toll else None
        if part.toll is None or harm is None:
            return None
        start = next((first for first, last in part.pieces if first <= harm[0] < last), None)
        if part.telling is None or start is None or part.toll.effect not in _DEEDS:
            return "overall"
        first = min(place[0] for place in part.toll.places())
        before = self.text[start:first]
        own = _OWN_DEED.match(before) is not None and not _SUFFERED.search(before)
        return "by_claimer" if own and harm[0] == first else "overall"


def _order(claim: Claim) -> tuple[int, int, int, str]:
    """By content, then by count; the id settles the rest."""
    count = claim.quantity.span.start if claim.quantity else -1
    return claim.span.start, claim.span.end, count, claim.claim_id


def _at(part: Claimer | Cue | Quantity | Victim | None) -> Span | None:
    return part.span if part else None


def _distinct(claim: Claim, taken: dict[str, Claim]) -> Claim:
    """The claim itself; under an id that is taken by another record, one with a number in its id."""
    number = 1
    original = claim.claim_id
    while claim.claim_id in taken and replace(taken[claim.claim_id], claim_id=original) != replace(
        claim, claim_id=original
    ):
        number += 1
        digest = hashlib.sha256(f"{original}|{number}".encode()).hexdigest()
        claim = replace(claim, claim_id=f"claim-{digest[:16]}")
    return claim
