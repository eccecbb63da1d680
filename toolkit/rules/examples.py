"""Rules carry their tests: sentences that must match and sentences that must not.

In a ``match`` sentence ``[words]LABEL`` marks a place that the rule must find exactly, as the rule's
label or as one of its roles; brackets may be nested. ``[Mali]PLACE`` (or ENTITY) stands for what an
alias list would have found. A bare sentence must match somewhere. Write ``\\[`` for a bracket itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.model import SCHEMA_VERSION, Document, Issue, Match, digest
from toolkit.rules.language import KNOWN_LABELS, Sourced, nearest

if TYPE_CHECKING:
    from toolkit.rules.engine import RuleSet

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


def run_examples(rules: RuleSet) -> Iterator[Issue]:
    """Run every example through the whole cascade; each that fails is an issue with file and line."""
    for compiled in rules.compiled:
        rule = compiled.source.rule
        for kind, sentences in (("match", rule.match), ("no_match", rule.no_match)):
            for number, sentence in enumerate(sentences):
                problem = _problem(rules, compiled.source, kind, parse_example(sentence))
                if problem:
                    place, _, line = compiled.source.file.place(
                        f"{compiled.source.pointer}/{kind}/{number}"
                    ).rpartition(":")
                    yield Issue(
                        check=f"rules/{kind}", path=place, line=int(line), record=rule.id,
                        message=f"{sentence!r}: {problem}", found=sentence,
                        fix="change the pattern, or the example if it is wrong",
                    )  # fmt: skip


def _problem(rules: RuleSet, sourced: Sourced, kind: str, example: Example) -> str:
    rule, text = sourced.rule, example.text
    known = [
        Match("example", label, start, end) for label, start, end in example.marks if label in KNOWN_LABELS
    ]
    result = rules.find(_document(text), known=known)
    if result.issues:
        return "; ".join(issue.message for issue in result.issues)
    found = [match for match in result.matches if match.rule_id == rule.id]
    places = {(match.label, match.start, match.end) for match in found}
    places |= {(role, *span) for match in found for role, span in match.groups.items()}
    shown = (
        ", ".join(f"[{text[start:end]}]{label}" for label, start, end in sorted(places, key=str)) or "nothing"
    )
    if kind == "no_match":
        return f"must not match, found {shown}" if found else ""
    if not found:
        return "must match, found nothing" + _beaten(result.matches, rule.label, text)
    own = {name for name, _, _ in places} | {rule.label}
    wanted = {mark for mark in example.marks if mark[0] not in KNOWN_LABELS or mark[0] in own}
    missing = sorted(wanted - places, key=str)
    return f"missing [{text[missing[0][1] : missing[0][2]]}]{missing[0][0]}, found {shown}" if missing else ""


def _beaten(matches: tuple[Match, ...], label: str, text: str) -> str:
    """Which other rules' matches of the label stand there, as they may have won."""
    others = [f"[{text[m.start : m.end]}]{label} by {m.rule_id}" for m in matches if m.label == label]
    return f" (other rules found {', '.join(others[:5])})" if others else ""


def _document(text: str) -> Document:
    return Document(
        schema_version=SCHEMA_VERSION, doc_id="example", text_sha256=digest(text), title=None, url=None,
        publisher=None, published_at=None, language=None, source_path="example", text=text, regions=(),
    )  # fmt: skip
