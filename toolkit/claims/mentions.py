"""What stands marked in a draft: matches under the labels people see, and the spans of its claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.claims.amounts import amounts
from toolkit.claims.worth import LONGEST_COUNT, counts_in, inside_count
from toolkit.model import LABELS, Claim, Found, Label, Mention, Span

_SHOWN: dict[str, Label] = {label: label for label in LABELS}


def mentions(found: Found, claims: Sequence[Claim]) -> Iterator[Mention]:
    """Matches under the labels people see, and the spans of the claims, each place and label once.

    Of the noun phrases that could be victims only those of claims are shown.
    """
    rules: dict[tuple[int, int, Label], list[str]] = {}
    for match in found.matches:
        label = _SHOWN.get(match.label)
        if label is None or label == "VICTIM":
            continue
        if label == "HEDGE":
            near = found.within(match.start - LONGEST_COUNT, match.end)
            if inside_count(match, counts_in(near)):
                continue
        rules.setdefault((match.start, match.end, label), []).append(match.rule_id)
    taken = {(start, end) for start, end, label in rules if label == "QUANTITY"}
    for start, end, rule in amounts(found):
        if not any(first < end and start < last for first, last in taken):
            rules.setdefault((start, end, "QUANTITY"), []).append(rule)
    for claim in claims:
        spans: list[tuple[Label, Span | None]] = [
            ("CLAIM", claim.span), ("CLAIMER", claim.claimer.span if claim.claimer else None),
            ("CUE", claim.cue.span if claim.cue else None),
            ("VICTIM", claim.victim.span if claim.victim else None),
        ]  # fmt: skip
        for label, span in spans:
            for start, end in span.parts() if span else []:
                rules.setdefault((start, end, label), []).extend(claim.provenance.rule_ids)
    text = found.document.text
    for start, end, label in sorted(rules, key=lambda key: (key[0], -key[1], key[2])):
        yield Mention(label, start, end, text[start:end], tuple(dict.fromkeys(rules[start, end, label])))
