"""From rules to regular expressions that are ready to run, with every label checked across files."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

from toolkit.errors import SettingsError
from toolkit.rules.language import KNOWN_LABELS, LEVELS, Rule, Sourced, nearest
from toolkit.rules.patterns import MAX_LABELS, PatternError, Vocabulary
from toolkit.rules.pieces import Clause
from toolkit.rules.quick import Quick, Signs, quick, whole


@dataclass(frozen=True)
class Lazy:
    """A regular expression that is compiled when it is first asked for.

    Its notation was checked before (see ``_check``); compiling all at once takes seconds, and a document
    needs few of them.
    """

    body: str
    flags: int
    source: Sourced
    part: str

    @cached_property
    def pattern(self) -> regex.Pattern[str]:
        """The compiled expression; ``SettingsError`` with the place where it can't be compiled after all."""
        return _compiled(whole(self.body), self.flags, self.source, self.part)

    @property
    def is_compiled(self) -> bool:
        """Whether ``pattern`` is at hand."""
        return "pattern" in self.__dict__

    @cached_property
    def quick(self) -> Quick | None:
        """The same for PCRE2, where it can say it."""
        return quick(self.body, self.flags)

    @cached_property
    def quick_plain(self) -> Quick | None:
        """The same for sentences of plain signs."""
        return quick(self.body, self.flags, Signs.PLAIN)


@dataclass(frozen=True, slots=True)
class Expression:
    """A pattern as a regular expression, with what a sentence must hold for it to match."""

    whole: Lazy
    needs: tuple[Clause, ...]


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
    words = [vocabularies[id(sourced.variables)] for sourced in rules]
    uses = [_uses(*given, levels) for given in zip(rules, words, strict=True)]
    most: Counter[str] = Counter()
    for found in uses:
        most |= found
    return [_compile(*given, most) for given in zip(rules, words, uses, strict=True)]


def _parts(rule: Rule) -> dict[str, str]:
    return {"pattern": rule.pattern, **{f"unless/{i}": text for i, text in enumerate(rule.unless)}}


def _uses(sourced: Sourced, words: Vocabulary, levels: dict[str, set[str]]) -> Counter[str]:
    """How often a rule refers to each label."""
    used: Counter[str] = Counter()
    for part, text in _parts(sourced.rule).items():
        try:
            found = words.uses(text)
        except PatternError as error:
            raise sourced.error(part, *error.args) from None
        for label in found:
            _check_level(sourced, part, label, levels)
        used += found
    if len(used) > MAX_LABELS:
        raise sourced.error("pattern", f"refers to more than {MAX_LABELS} labels", "split the rule")
    return used


def _compile(sourced: Sourced, words: Vocabulary, used: Counter[str], most: Counter[str]) -> Compiled:
    """``most``: how often the rule that refers to a label most does so.

    The class of the last label is one range, that of the one before two and so on: so the last are those
    that stand most often. The order is the same in all rules, as those of the same labels share shadows.
    """
    labels = tuple(sorted(used, key=lambda label: (most[label], label)))
    parts = _parts(sourced.rule)
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
        whole = Lazy(words.translate(text, labels), flags, sourced, part)
        needs = words.needs(text, case=sourced.rule.case)
        outlines = words.outlines(text, labels)
    except PatternError as error:
        raise sourced.error(part, *error.args) from None
    _check(whole, outlines)
    return Expression(whole, needs)


def _check(whole: Lazy, outlines: Iterable[str]) -> None:
    """Compile the pattern with a letter for every variable, and every variable likewise.

    This finds what is wrong with the notation in a tenth of the time. Where it finds something, the whole
    expression decides: a variable may refer to a group of the pattern.
    """
    for outline in outlines:
        try:
            _compiled(outline, whole.flags, whole.source, whole.part)
        except SettingsError:
            _ = whole.pattern
            return


def _compiled(text: str, flags: int, sourced: Sourced, part: str) -> regex.Pattern[str]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return regex.compile(text, flags, cache_pattern=False)
    except (regex.error, Warning, OverflowError, RecursionError, ValueError) as error:
        problem = getattr(error, "msg", None) or str(error) or type(error).__name__
        raise sourced.error(
            part, f"not a regular expression: {problem}",
            "check its brackets; write \\ before a sign to take it as it is",
        ) from error  # fmt: skip
