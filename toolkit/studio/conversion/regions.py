"""Suggested claims as Label Studio regions and relations.

One region for each distinct span and content: claims that share a span share a region, and so do their
claimers, cues, victims. What the page shows are fields of the region; the rest of the record travels in
its ``meta`` (Label Studio keeps it and shows none of it), so that nothing is lost on the way back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from toolkit.model import Claim, Document, Draft, Quantity, Span, to_record
from toolkit.studio.conversion import links
from toolkit.studio.conversion.carried import pack
from toolkit.studio.conversion.counts import page_bounds
from toolkit.studio.conversion.marks import JUNK, Mark, Part

TEXT = "text"
FIELD_TYPES = {
    "stance": "choices", "certainty": "choices", "check": "choices", "effect": "choices",
    "normalized": "textarea", "modifier": "choices", "low": "number", "high": "number",
    "claimer_name": "textarea", "claimer_type": "choices",
}  # fmt: skip
"""The page's controls, by name, and the type of their results."""
CONTEXT = 24
_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False, default=to_record)


def to_result(draft: Draft, claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """The prediction result that shows ``claims`` (of this draft) and the document's page junk."""
    page = _Page(draft)
    for group in _grouped(claims):
        page.add(group)
    arrows = page.settle()
    result = [item for mark in page.marks.values() for item in _items(mark, draft.document.text)]
    result += [_relation(*arrow, "says" if page.says(arrow) else "counts") for arrow in arrows]
    result += [
        _label(_digest(draft.document.doc_id, JUNK, line), JUNK, line, draft.document.text, {})
        | {"readonly": True}
        for line in _junk_lines(draft.document)
    ]
    return result


def _junk_lines(document: Document) -> Iterator[Part]:
    """Page junk line by line: Label Studio names a region's label only on the last line of it."""
    for region in document.regions:
        start = region.start
        for line in document.text[region.start : region.end].split("\n"):
            if line.strip():
                yield start, start + len(line)
            start += len(line) + 1


def check_result(result: Sequence[Mapping[str, Any]], text_length: int, labels: Collection[str]) -> list[str]:
    """What Label Studio would take without a word although it is wrong: bounds, labels, dangling ids."""
    faults: list[str] = []
    known = {item.get("id") for item in result if item.get("type") == "labels"}
    for number, item in enumerate(result):
        where = f"result {number} ({item.get('type')})"
        if item.get("type") == "relation":
            faults += [
                f"{where}: no region {item.get(end)!r}"
                for end in ("from_id", "to_id")
                if item.get(end) not in known
            ]
            continue
        value = item.get("value", {})
        start, end = value.get("start"), value.get("end")
        if not (type(start) is int and type(end) is int and 0 <= start < end <= text_length):
            faults.append(f"{where}: {start!r} to {end!r} is no place in a text of {text_length} characters")
        if item.get("id") not in known:
            faults.append(f"{where}: a field of no region")
        if item.get("type") == "labels":
            faults += [
                f"{where}: unknown label {label!r}"
                for label in value.get("labels", [None])
                if label not in labels
            ]
    return faults


@dataclass(slots=True)
class _Page:
    """The marks of one draft as they come together, and who belongs to whom."""

    draft: Draft
    marks: dict[str, Mark] = field(default_factory=dict)
    wanted: dict[str, list[str]] = field(default_factory=dict)
    victims: dict[str, str | None] = field(default_factory=dict)
    rules: dict[tuple[str, int, int], tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        self.rules = {(found.label, found.start, found.end): found.rule_ids for found in self.draft.mentions}

    def add(self, group: list[Claim]) -> None:
        """Mark the claims of one claim region."""
        first = group[0]
        shared = len({claim.normalized for claim in group}) == 1
        fields: dict[str, str | int | None] = {
            "stance": first.stance, "certainty": first.certainty.claimer,
            "check": first.check_worthiness.label,
            "effect": first.effect if first.quantity is None else None,
            "normalized": first.normalized if shared else None,
        }  # fmt: skip
        name = self.mark("CLAIM", first.span, _group_key(first), fields, {})
        records = [self.entry(claim, name, shared=shared) for claim in group]
        self.marks[name] = replace(self.marks[name], meta={**self.marks[name].meta, "claims": records})

    def entry(self, claim: Claim, name: str, *, shared: bool) -> dict[str, Any]:
        """Mark everything of one claim and return what its region carries for it."""
        if claim.claimer and claim.claimer.span:
            fields = {"claimer_name": claim.claimer.name, "claimer_type": claim.claimer.type}
            self.own(self.mark("CLAIMER", claim.claimer.span, claim.claimer, fields), name)
        if claim.cue:
            self.own(self.mark("CUE", claim.cue.span, claim.cue), name)
        victim = self.mark("VICTIM", claim.victim.span, claim.victim) if claim.victim else None
        quantity = self.quantity(claim, claim.quantity, shared) if claim.quantity else None
        if quantity:
            self.own(quantity, name)
        self.victims[quantity or name] = victim
        event = claim.event
        return {
            "claim": pack(claim),
            "quantity": quantity,
            "hedges": [self.mark("HEDGE", hedge.span, hedge) for hedge in claim.hedges],
            "location": self.mark("LOCATION", event.location.span, event.location)
            if event and event.location
            else None,
            "date": self.mark("DATE", event.date.span, event.date) if event and event.date else None,
        }

    def quantity(self, claim: Claim, count: Quantity, shared: bool) -> str:
        """Mark a claim's quantity."""
        low, high = page_bounds(count)
        fields: dict[str, str | int | None] = {
            "modifier": count.modifier, "low": low, "high": high, "effect": claim.effect,
            "normalized": None if shared else claim.normalized,
        }  # fmt: skip
        label = "QUANTITY_VAGUE" if count.modifier == "vague" else "QUANTITY"
        key = [to_record(count), fields, to_record(claim.victim) if claim.victim else None]
        return self.mark(label, count.span, key, fields, {"draft": to_record(count)})

    def mark(
        self, label: str, span: Span, content: Any, fields: Mapping[str, str | int | None] | None = None,
        meta: Mapping[str, Any] | None = None,
    ) -> str:  # fmt: skip
        """The id of the mark with this label, place and content; it is made the first time."""
        key = content if isinstance(content, list) else to_record(content)
        carried: dict[str, Any] = {"draft": key} if meta is None else dict(meta)
        rules = self.rules.get((label, *span.parts()[0]))
        if rules:
            carried["rules"] = list(rules)
        parts = tuple(span.parts())
        regions = tuple(
            _digest(self.draft.document.doc_id, label, [part, number, key])
            for number, part in enumerate(parts)
        )
        shown = {field: value for field, value in (fields or {}).items() if value is not None}
        self.marks.setdefault(regions[0], Mark(regions[0], label, parts, shown, carried, regions))
        return regions[0]

    def own(self, mark: str, claim: str) -> None:
        """Note that a mark belongs to a claim."""
        owners = self.wanted.setdefault(mark, [])
        if claim not in owners:
            owners.append(claim)

    def settle(self) -> list[links.Arrow]:
        """The arrows for what the page's reading would get wrong; refused victims go into ``meta``."""
        text = self.draft.document.text
        arrows: list[links.Arrow] = []
        # One arrow can change what the page reads elsewhere, so they are drawn until it reads right.
        read = links.read(self.marks, arrows, text)
        while wrong := self.misread(read):
            arrows += wrong
            read = links.read(self.marks, arrows, text)
        for count, victim in self.victims.items():
            if read.victims.get(count) == victim:
                continue
            if victim:
                arrows.append((count, victim))
            else:
                mark = self.marks[count]
                self.marks[count] = replace(mark, meta={**mark.meta, links.NO_VICTIM: True})
        return arrows

    def misread(self, read: links.Links) -> list[links.Arrow]:
        """The arrows of every mark that is read as another claim's."""
        return [
            (mark, claim) for mark, owners in self.wanted.items()
            if set(owners) != set(read.claims[mark]) for claim in owners
        ]  # fmt: skip

    def says(self, arrow: links.Arrow) -> bool:
        """Whether the arrow leads from a claimer or a cue."""
        return self.marks[arrow[0]].label in ("CLAIMER", "CUE")


def _grouped(claims: Iterable[Claim]) -> Iterable[list[Claim]]:
    groups: dict[Any, dict[Any, Claim]] = {}
    for claim in claims:
        alone = (claim.effect, claim.victim, claim.normalized) if claim.quantity is None else ()
        key = (
            claim.span, claim.stance, claim.certainty.claimer, claim.check_worthiness.label, claim.claimer,
            claim.cue, claim.quantity is None, alone,
        )  # fmt: skip
        groups.setdefault(key, {}).setdefault((claim.quantity, claim.victim, claim.effect), claim)
    return [list(group.values()) for group in groups.values()]


def _group_key(claim: Claim) -> list[Any]:
    """What claims on the same span must share to share a region."""
    alone: list[Any] = []
    if claim.quantity is None:
        alone = [claim.effect, claim.victim and to_record(claim.victim), claim.normalized]
    return [
        claim.stance, claim.certainty.claimer, claim.check_worthiness.label,
        claim.claimer and to_record(claim.claimer), claim.cue and to_record(claim.cue),
        claim.quantity is None, alone,
    ]  # fmt: skip


def _items(mark: Mark, text: str) -> list[dict[str, Any]]:
    first, rest = mark.parts[0], mark.parts[1:]
    items = [_label(mark.id, mark.label, first, text, mark.meta)]
    items += [
        {"id": mark.id, "from_name": name, "to_name": TEXT, "type": FIELD_TYPES[name],
         "value": {"start": first[0], "end": first[1], "text": text[slice(*first)]} | _value(name, value)}
        for name, value in mark.fields.items()
    ]  # fmt: skip
    for number, part in enumerate(rest, 1):
        items.append(_label(mark.regions[number], mark.label, part, text, {"piece_of": mark.id}))
        items.append(_relation(mark.regions[number - 1], mark.regions[number], "continues"))
    return items


def _label(name: str, label: str, part: Part, text: str, meta: Mapping[str, Any]) -> dict[str, Any]:
    start, end = part
    context = [text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]]
    return {
        "id": name, "from_name": "label", "to_name": TEXT, "type": "labels",
        "value": {"start": start, "end": end, "text": text[start:end], "labels": [label]},
        "meta": {**meta, "context": context},
    }  # fmt: skip


def _value(name: str, value: str | int) -> dict[str, Any]:
    kind = FIELD_TYPES[name]
    return {kind if kind != "textarea" else "text": value if kind == "number" else [value]}


def _relation(left: str, right: str, label: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": left, "to_id": right, "direction": "right", "labels": [label]}


def _digest(doc_id: str, label: str, key: Any) -> str:
    content = _ENCODER.encode([doc_id, label, key])
    return "r" + hashlib.sha256(content.encode()).hexdigest()[:15]
