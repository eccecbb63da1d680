"""Rules carry their tests: sentences that must match and sentences that must not.

In a ``match`` sentence ``[words]LABEL`` marks a place that the rule must find exactly, as the rule's
label or as one of its roles; brackets may be nested. ``[Mali]PLACE`` (or ENTITY) stands for what an
alias list would have found. A bare sentence must match somewhere. Write ``\\[`` for a bracket itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.rules.language import KNOWN_LABELS, Sourced, nearest

_MARK = re.compile(r"\\(?P<sign>[\[\]])|(?P<open>\[)|\](?P<label>[A-Za-z_]\w*)?")
_ROLE = re.compile(r"\(\?P?<(?P<role>[A-Za-z_]\w*)>|<[A-Z][A-Z0-9_]*:(?P<other>[A-Za-z_]\w*)>")


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence without its brackets, and the marked places as (label or role, start, end)."""

    text: str
    marks: tuple[tuple[str, int, int], ...]


def parse_example(sentence: str) -> Example:
    """Take the brackets out of a sentence; ``ValueError`` says what is wrong with them."""
    pieces: list[str] = []
    opened: list[int] = []
    marks: list[tuple[str, int, int]] = []
    size = position = 0
    for mark in _MARK.finditer(sentence):
        pieces += [sentence[position : mark.start()], mark["sign"] or ""]
        size += len(pieces[-2]) + len(pieces[-1])
        position = mark.end()
        if mark["open"]:
            opened.append(size)
        elif not mark["sign"]:
            if not opened:
                raise ValueError("a ] without its [")
            if not mark["label"]:
                raise ValueError("a ] without a label right after it")
            marks.append((mark["label"], opened.pop(), size))
    if opened:
        raise ValueError("a [ that is not closed")
    return Example("".join([*pieces, sentence[position:]]), tuple(marks))


def check_examples(sourced: Sourced) -> None:
    """Refuse malformed examples; ``SettingsError`` names rule, file, line and fix."""
    rule = sourced.rule
    roles = {
        name
        for part in (rule.pattern, *map(str, sourced.variables.values()))
        for found in _ROLE.finditer(part)
        for name in found.groups()
        if name
    }
    for kind, sentences in (("match", rule.match), ("no_match", rule.no_match)):
        for number, sentence in enumerate(sentences):
            part = f"{kind}/{number}"
            try:
                marks = parse_example(sentence).marks
            except ValueError as error:
                raise sourced.error(
                    part, f"malformed example: {error}", "write it like [seven]QUANTITY"
                ) from error
            allowed = KNOWN_LABELS if kind == "no_match" else KNOWN_LABELS | roles | {rule.label}
            for label, start, end in marks:
                if label not in allowed:
                    raise sourced.error(
                        part,
                        f"malformed example: this rule has no label or role {label}",
                        nearest(label, allowed),
                    )
                if start == end:
                    raise sourced.error(part, "malformed example: empty brackets", "put the words inside")
