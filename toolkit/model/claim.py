"""The claim record: who said what about whom, how sure, and what people made of it.

One claim per (claimer, effect, victim, quantity). ``schemas/claim.schema.json`` describes every field;
a test holds the two equal.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

from toolkit.model.span import Span

ClaimerType = Literal[
    "state_forces", "government", "rebel_group", "jihadist_group", "militia", "external_force", "intl_org",
    "analyst", "media", "social_media", "witness", "civilian", "anonymous", "unknown",
]  # fmt: skip
ResolvedBy = Literal["explicit", "coreference", "author"]
CueType = Literal["neutral", "claim", "confirm", "deny", "admit", "estimate", "accuse", "according_to"]
Stance = Literal["affirm", "deny", "withhold"]
Factuality = Literal["CT+", "PR+", "PS+", "CT-", "PR-", "PS-", "CTu", "Uu"]
HedgeType = Literal[
    "approximator", "lower_bound", "upper_bound", "modal", "unverified", "allegation", "conditional"
]
Modifier = Literal[
    "exact", "at_least", "more_than", "at_most", "fewer_than", "approximately", "range", "vague"
]
Effect = Literal[
    "death", "injury", "casualty_unspecified", "captured", "surrendered", "missing", "displaced",
    "destroyed", "other",
]  # fmt: skip
Granularity = Literal["day", "week", "month", "season", "year", "period"]
DateRelation = Literal["on", "before", "after", "since", "until", "during"]
TollScope = Literal["overall", "by_claimer"]
CheckLabel = Literal["NFS", "UFS", "CFS"]
RelationType = Literal["same", "compatible", "contradicts", "updates", "part_of", "denies"]
VerdictLabel = Literal["supported", "refuted", "not_enough_evidence", "conflicting"]
Origin = Literal["rule", "human", "scripted"]
ReviewStatus = Literal["pre_annotated", "accepted", "corrected", "added", "rejected", "adjudicated"]
ReviewerKind = Literal["person", "scripted"]


@dataclass(frozen=True, slots=True)
class Claimer:
    """Who said it: ``span`` is the maximal noun phrase, ``name`` its core."""

    span: Span | None
    name: str
    entity: str | None
    type: ClaimerType
    resolved_by: ResolvedBy


@dataclass(frozen=True, slots=True)
class Cue:
    """The word that makes it somebody's claim; ``phrase`` adds auxiliaries, negation and adverbials."""

    span: Span
    phrase: Span
    lemma: str
    type: CueType


@dataclass(frozen=True, slots=True)
class Certainty:
    """How sure the claimer, and the author of the report, present the content (FactBank values)."""

    claimer: Factuality
    author: Factuality


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that weakens or bounds the claim."""

    span: Span
    type: HedgeType


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count as an interval. Vague words never become numbers: they stand in ``vague_term``."""

    span: Span
    raw: str
    value: int | None
    low: int | None
    high: int | None
    unit: str | None
    modifier: Modifier
    vague_term: str | None


@dataclass(frozen=True, slots=True)
class Victim:
    """Who or what was affected."""

    span: Span
    name: str
    entity: str | None
    group_type: ClaimerType | None


@dataclass(frozen=True, slots=True)
class Location:
    """Where; ``near`` is true when the text only says that it was near the place."""

    span: Span
    name: str
    entity: str | None
    near: bool


@dataclass(frozen=True, slots=True)
class When:
    """A date or period; ``start`` and ``end`` are ISO dates, both included, None when unknown."""

    span: Span
    start: str | None
    end: str | None
    granularity: Granularity
    relation: DateRelation


@dataclass(frozen=True, slots=True)
class Event:
    """What the claim is about."""

    event_id: str | None
    location: Location | None
    date: When | None


@dataclass(frozen=True, slots=True)
class CheckWorthiness:
    """ClaimBuster's classes: not factual, unimportant factual, check-worthy factual; score 0 to 1."""

    label: CheckLabel
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """A link to another claim, with what it rests on."""

    target: str
    type: RelationType
    basis: str
    caveats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that speaks for or against the claim."""

    url: str | None
    quote: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a fact-checker concluded; never made by the toolkit."""

    label: VerdictLabel
    justification: str
    reviewer: str
    date: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the record comes from. ``regions`` are Label Studio region ids; ``score`` is 0 to 1."""

    origin: Origin
    rule_ids: tuple[str, ...]
    rules_version: str | None
    score: float | None
    project: str | None
    task: int | None
    annotation: int | None
    regions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Judgment:
    """What one annotator made of the claim."""

    annotator: str
    kind: ReviewerKind
    status: ReviewStatus
    annotation: int | None


@dataclass(frozen=True, slots=True)
class Review:
    """How far people have come with the claim."""

    status: ReviewStatus
    judgments: tuple[Judgment, ...]
    adjudicator: str | None
    agreement: float | None


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim; ``span`` is the content without source and cue."""

    schema_version: str
    claim_id: str
    doc_id: str
    text_sha256: str
    span: Span
    sentence: Span
    normalized: str | None
    claimer: Claimer | None
    via: tuple[Claimer, ...]
    cue: Cue | None
    stance: Stance
    certainty: Certainty
    hedges: tuple[Hedge, ...]
    quantity: Quantity | None
    effect: Effect | None
    victim: Victim | None
    event: Event | None
    toll_scope: TollScope | None
    check_worthiness: CheckWorthiness
    cluster_id: str | None
    relations: tuple[Relation, ...]
    evidence: tuple[Evidence, ...]
    verdict: Verdict | None
    provenance: Provenance
    review: Review


def claim_id_for(
    doc_id: str, span: Span, *, claimer: Span | None, cue: Span | None, quantity: Span | None,
    victim: Span | None, effect: str | None,
) -> str:  # fmt: skip
    """The id of a claim: a digest of what makes it this claim, so that re-runs repeat byte for byte."""
    places = [
        ",".join(f"{start}-{end}" for start, end in part.parts()) if part else ""
        for part in (span, claimer, cue, quantity, victim)
    ]
    key = "|".join([doc_id, *places, effect or ""])
    return f"claim-{hashlib.sha256(key.encode()).hexdigest()[:16]}"
