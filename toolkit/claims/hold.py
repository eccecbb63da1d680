"""No draft leaves with a span that is not the slice it says, or with anything in boilerplate."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.errors import DataError
from toolkit.model import Claim, Draft, Span


def hold(draft: Draft) -> None:
    """Raise ``DataError`` naming document and rules unless every span of a draft holds in its text."""
    document = draft.document
    text, has_boilerplate = document.text, bool(document.regions)
    for claim in draft.claims:
        for span in _spans(claim):
            inside = span.holds_in(text)
            marked = has_boilerplate and any(document.is_boilerplate(*part) for part in span.parts())
            if marked or not inside:
                raise _fault(document.doc_id, claim.provenance.rule_ids, span, inside)
    for mention in draft.mentions:
        start, end = mention.start, mention.end
        inside = 0 <= start < end <= len(text) and mention.text == text[start:end]
        if not inside or (has_boilerplate and document.is_boilerplate(start, end)):
            raise _fault(document.doc_id, mention.rule_ids, Span(start, end, mention.text), inside)


def _spans(claim: Claim) -> Iterator[Span]:
    yield claim.span
    yield claim.sentence
    for hedge in claim.hedges:
        yield hedge.span
    for claimer in (claim.claimer, *claim.via):
        if claimer and claimer.span:
            yield claimer.span
    if claim.cue:
        yield from (claim.cue.span, claim.cue.phrase)
    for part in (claim.quantity, claim.victim):
        if part:
            yield part.span
    for named in (claim.event.location, claim.event.date) if claim.event else ():
        if named:
            yield named.span


def _fault(doc_id: str, rule_ids: Sequence[str], span: Span, inside: bool) -> DataError:
    problem = "lies in marked boilerplate" if inside else "is not the slice of the text"
    return DataError(
        f"span {span.start}-{span.end} of {', '.join(rule_ids)} {problem}", place=doc_id,
        fix="report the rule; without it the document can be labelled",
    )  # fmt: skip
