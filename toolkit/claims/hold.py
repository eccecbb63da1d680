"""No draft leaves with a span that is not the slice it says, or with anything in boilerplate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.errors import DataError
from toolkit.model import Claim, Draft, Span


def hold(draft: Draft) -> None:
    """Raise ``DataError`` naming document and rules unless every span of a draft holds in its text."""
    document = draft.document
    for claim in draft.claims:
        for span in _spans(claim):
            inside = span.holds_in(document.text)
            if not inside or any(document.is_boilerplate(start, end) for start, end in span.parts()):
                raise _fault(document.doc_id, claim.provenance.rule_ids, span, inside)
    for mention in draft.mentions:
        span = Span(mention.start, mention.end, mention.text)
        inside = span.holds_in(document.text)
        if not inside or document.is_boilerplate(mention.start, mention.end):
            raise _fault(document.doc_id, mention.rule_ids, span, inside)


def _spans(claim: Claim) -> Iterator[Span]:
    yield from (claim.span, claim.sentence, *(hedge.span for hedge in claim.hedges))
    for claimer in (claim.claimer, *claim.via):
        if claimer and claimer.span:
            yield claimer.span
    if claim.cue:
        yield from (claim.cue.span, claim.cue.phrase)
    for part in (claim.quantity, claim.victim):
        if part:
            yield part.span
    if claim.event:
        yield from (part.span for part in (claim.event.location, claim.event.date) if part)


def _fault(doc_id: str, rule_ids: Sequence[str], span: Span, inside: bool) -> DataError:
    problem = "lies in marked boilerplate" if inside else "is not the slice of the text"
    return DataError(
        f"span {span.start}-{span.end} of {', '.join(rule_ids)} {problem}", place=doc_id,
        fix="report the rule; without it the document can be labelled",
    )  # fmt: skip
