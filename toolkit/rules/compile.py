"""From rules to regular expressions that are ready to run, with every label checked across files."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from toolkit.rules.anchors import Anchors
from toolkit.rules.language import KNOWN_LABELS, LEVELS, Sourced, nearest
from toolkit.rules.patterns import PatternError, Vocabulary

MAX_LABELS = 12
# Word boundaries, where the pattern begins or ends with a word character.
_START, _END = r"(?:\b|(?!\w))", r"(?:\b|(?<!\w))"


@dataclass(frozen=True, slots=True)
class Expression:
    """A pattern as a regular expression, with what a sentence must hold for it to match.

    ``tail`` is the pattern from the first label on that every match has, one of ``tail_labels``.
    """

    pattern: regex.Pattern[str]
    anchors: Anchors
    tail: regex.Pattern[str] | None = None
    tail_labels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule ready to run. ``labels`` are the earlier labels it refers to, bit by bit."""

    source: Sourced
    labels: tuple[str, ...]
    expression: Expression
    unless: tuple[Expression, ...]


def compile_rules(rules: Sequence[Sourced]) -> list[Compiled]:
    """Compile the rules of all files together.

    Raises ``SettingsError`` naming rule, file, line and fix.
    """
    levels: dict[str, set[str]] = {}
    vocabularies: dict[int, Vocabulary] = {}
    for sourced in rules:
        levels.setdefault(sourced.rule.label, set()).add(sourced.rule.level)
        vocabularies.setdefault(id(sourced.variables), Vocabulary(sourced.variables))
    return [_compile(sourced, vocabularies[id(sourced.variables)], levels) for sourced in rules]


def _compile(sourced: Sourced, words: Vocabulary, levels: dict[str, set[str]]) -> Compiled:
    rule = sourced.rule
    parts = {"pattern": rule.pattern, **{f"unless/{i}": text for i, text in enumerate(rule.unless)}}
    used: dict[str, None] = {}
    for part, text in parts.items():
        try:
            found = words.labels(text)
        except PatternError as error:
            raise sourced.error(part, *error.args) from None
        for label in found:
            _check_level(sourced, part, label, levels)
            used[label] = None
    labels = tuple(sorted(used))
    if len(labels) > MAX_LABELS:
        raise sourced.error("pattern", f"refers to more than {MAX_LABELS} labels", "split the rule")
    compiled = {part: _expression(sourced, part, text, words, labels) for part, text in parts.items()}
    return Compiled(sourced, labels, compiled.pop("pattern"), tuple(compiled.values()))


def _check_level(sourced: Sourced, part: str, label: str, levels: dict[str, set[str]]) -> None:
    """A label may be used when an alias list or a rule of an earlier level makes it."""
    earlier = set(LEVELS[: LEVELS.index(sourced.rule.level)])
    usable = KNOWN_LABELS | {name for name, made in levels.items() if made & earlier}
    if label in usable:
        return
    if label in levels:
        first = next(level for level in LEVELS if level in levels[label])
        raise sourced.error(
            part, f"<{label}> is not found before level {sourced.rule.level}",
            f"move this rule to a level after {first}",
        )  # fmt: skip
    raise sourced.error(part, f"unknown label <{label}>", nearest(label, usable, show="<{}>"))


def _expression(
    sourced: Sourced, part: str, text: str, words: Vocabulary, labels: tuple[str, ...]
) -> Expression:
    flags = regex.VERSION0 | (0 if sourced.rule.case else regex.IGNORECASE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            pattern = regex.compile(f"{_START}(?:{words.translate(text, labels)}){_END}", flags)
            tail = words.tail(text)
            rest = regex.compile(f"(?:{words.translate(tail, labels)}){_END}", flags) if tail else None
    except PatternError as error:
        raise sourced.error(part, *error.args) from None
    except (regex.error, Warning, OverflowError, RecursionError, ValueError) as error:
        problem = getattr(error, "msg", None) or str(error) or type(error).__name__
        raise sourced.error(
            part, f"not a regular expression: {problem}",
            "check its brackets; write \\ before a sign to take it as it is",
        ) from error  # fmt: skip
    return Expression(pattern, words.anchors(text), rest, words.first_labels(tail))
