"""Label Studio's regions as marks in the canonical text; what cannot be placed is quarantined.

Offsets are the authority. ``value.text`` is not the slice (line breaks come as a backslash and an n), so
the two are compared with white space folded; where they differ, the place is sought by its quote and,
where that occurs more than once, by the words around it (the TextQuoteSelector of the W3C Web Annotation
Data Model), else the region is quarantined.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.model import LABELS, Quarantined
from toolkit.studio.conversion.marks import JUNK, Mark, Part
from toolkit.studio.conversion.regions import FIELD_TYPES

Arrow = tuple[str, str]
_READ = ("type", "id", "value", "meta", "from_name", "from_id", "to_id")


@dataclass(frozen=True, slots=True)
class Placed:
    """A result placed in the text: marks by id, arrows between marks, and what could not be taken."""

    marks: Mapping[str, Mark]
    arrows: tuple[Arrow, ...]
    quarantined: tuple[Quarantined, ...]


def place(result: Sequence[Mapping[str, Any]], text: str) -> Placed:
    """Place every region of a result; page junk is left out."""
    marks: dict[str, Mark] = {}
    fields: defaultdict[str, dict[str, str | int]] = defaultdict(dict)
    arrows: list[Arrow] = []
    others: list[Mapping[str, Any]] = []
    bad: list[Quarantined] = []
    for item in result:
        kind = item.get("type")
        if kind == "relation":
            arrows.append((str(item.get("from_id")), str(item.get("to_id"))))
        elif kind != "labels":
            others.append(item)
        elif (labels := _labels(item)) != [JUNK]:
            part, reason = _part(item, labels, text)
            name, meta = str(item.get("id")), item.get("meta")
            if part is None:
                bad.append(_quarantine(item, reason))
            elif name not in marks:
                meta = meta if isinstance(meta, dict) else {}
                marks[name] = Mark(name, labels[0], (part,), fields[name], meta, (name,))
    for item in others:
        name = str(item.get("id"))
        if name in marks and (fault := _field(item, fields[name])):
            bad.append(_quarantine(item, fault))
    return _joined(marks, arrows, bad)


def same(left: Sequence[Mapping[str, Any]], right: Sequence[Mapping[str, Any]]) -> bool:
    """Whether two results are placed alike: they differ in nothing that is read here."""
    return len(left) == len(right) and all(
        one == other or all(one.get(key) == other.get(key) for key in _READ)
        for one, other in zip(left, right, strict=True)
    )


def fold(text: str) -> str:
    """A text with its white space folded, as quotes are compared."""
    return " ".join(text.replace("\\n", " ").replace("\\r", " ").split())


def _labels(item: Mapping[str, Any]) -> list[str]:
    value = item.get("value")
    labels = value.get("labels") if isinstance(value, dict) else None
    return [str(label) for label in labels] if isinstance(labels, list) else []


def _quarantine(item: Mapping[str, Any], reason: str) -> Quarantined:
    value = item.get("value")
    value = value if isinstance(value, Mapping) else {}
    start, end, quote = value.get("start"), value.get("end"), value.get("text")
    return Quarantined(
        region=str(item.get("id")),
        label=", ".join(_labels(item)) or None,
        start=start if type(start) is int else None,
        end=end if type(end) is int else None,
        quote=quote if isinstance(quote, str) else None,
        reason=reason,
    )


def _part(item: Mapping[str, Any], labels: list[str], text: str) -> tuple[Part | None, str]:
    value = item.get("value")
    value = value if isinstance(value, dict) else {}
    start, end = value.get("start"), value.get("end")
    if len(labels) != 1 or labels[0] not in LABELS:
        return None, f"label {', '.join(labels)[:80] or 'missing'}: use one of {', '.join(LABELS)}"
    if type(start) is not int or type(end) is not int:
        return None, "offsets that are no whole numbers"
    if not 0 <= start < end <= len(text):
        return None, f"{start} to {end} is no place in a text of {len(text)} characters"
    quote, stretch = value.get("text"), text[start:end]
    if isinstance(quote, str) and quote != stretch and fold(quote) != fold(stretch):
        return _sought(quote, item, text)
    if not stretch.strip():
        return None, "only white space"
    return (start + len(stretch) - len(stretch.lstrip()), start + len(stretch.rstrip())), ""


def _sought(quote: str, item: Mapping[str, Any], text: str) -> tuple[Part | None, str]:
    """The place of a quote whose offsets no longer fit."""
    folded, places = _folded(text)
    wanted = fold(quote)
    found: list[int] = []
    at = folded.find(wanted) if wanted else -1
    while at >= 0 and len(found) < 1000:
        found.append(at)
        at = folded.find(wanted, at + 1)
    if len(found) > 1:
        meta = item.get("meta")
        context = meta.get("context") if isinstance(meta, Mapping) else None
        if isinstance(context, list) and len(context) == 2:
            before, after = fold(str(context[0])), fold(str(context[1]))
            found = [
                at for at in found
                if folded[:at].rstrip().endswith(before)
                and folded[at + len(wanted) :].lstrip().startswith(after)
            ]  # fmt: skip
    if len(found) == 1:
        return (places[found[0]], places[found[0] + len(wanted) - 1] + 1), ""
    count = "is not in the text" if not found else f"occurs {len(found)} times"
    return None, f"the offsets hold other words than its quote, which {count}"


def _folded(text: str) -> tuple[str, list[int]]:
    chars: list[str] = []
    places: list[int] = []
    for place_, char in enumerate(text):
        if char.isspace() and (not chars or chars[-1] == " "):
            continue
        chars.append(" " if char.isspace() else char)
        places.append(place_)
    return "".join(chars), places


def _field(item: Mapping[str, Any], fields: dict[str, str | int]) -> str:
    """Put what a control says of a mark among its fields; gives what is wrong with it, else nothing."""
    control, value = str(item.get("from_name")), item.get("value")
    kind = FIELD_TYPES.get(control)
    if kind is None or not isinstance(value, dict):
        return ""
    raw = value.get("text" if kind == "textarea" else kind)
    if kind == "number":
        number = _whole(raw)
        if number is None:
            return f"{control} {str(raw)[:40]!r} is no whole number of at least 0"
        fields[control] = number
    elif words := clean(" ".join(map(str, raw)) if isinstance(raw, list) else str(raw or "")):
        fields[control] = words
    return ""


def clean(text: str) -> str:
    """What a person typed, on one line and without characters that no file can hold."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return " ".join("".join(char for char in text if char.isprintable() or char.isspace()).split())


def _whole(value: Any) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return int(value) if math.isfinite(value) and value >= 0 and value == int(value) else None


def _joined(marks: dict[str, Mark], arrows: Iterable[Arrow], bad: list[Quarantined]) -> Placed:
    """Put the pieces of split spans together: an arrow between two spans of a label makes them one."""
    head = {name: name for name in marks}

    def top(name: str) -> str:
        while head[name] != name:
            name = head[name]
        return name

    kept: list[Arrow] = []
    for left, right in arrows:
        if left not in marks or right not in marks:
            continue
        if marks[left].label == marks[right].label:
            head[top(right)] = top(left)
        else:
            kept.append((left, right))
    groups: dict[str, list[Mark]] = {}
    for name, mark in marks.items():
        groups.setdefault(top(name), []).append(mark)
    joined = [_one(sorted(group, key=lambda mark: mark.parts)) for group in groups.values()]
    owner = {region: mark.id for mark in joined for region in mark.regions}
    final = tuple(dict.fromkeys((owner[left], owner[right]) for left, right in kept))
    return Placed({mark.id: mark for mark in joined}, final, tuple(bad))


def _one(pieces: list[Mark]) -> Mark:
    """One mark of its pieces: named after the one that carries what was suggested, else the first."""
    if len(pieces) == 1 and "piece_of" not in pieces[0].meta:
        return pieces[0]
    first = min(pieces, key=lambda piece: ("piece_of" in piece.meta, not piece.meta, piece.parts))
    left = first.meta.get("piece_of")
    name = left if isinstance(left, str) else first.id
    fields = {key: value for piece in [*pieces[::-1], first] for key, value in piece.fields.items()}
    parts: list[Part] = []
    for piece in pieces:
        start, end = piece.parts[0]
        if parts and start < parts[-1][1]:
            parts[-1] = (parts[-1][0], max(end, parts[-1][1]))
        else:
            parts.append((start, end))
    return Mark(name, first.label, tuple(parts), fields, first.meta, tuple(piece.id for piece in pieces))
