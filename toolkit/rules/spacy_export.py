"""spaCy's and Prodigy's patterns from rules that are a finite number of word sequences.

A rule can be said when its pattern is made of words, alternatives, optional parts and word lists, and of
what stands for one kind of token (a number, a capitalised word). References to earlier matches, roles,
look-arounds, ``unless`` and repetition have no like there; which rules are left out, and why, is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

from toolkit.rules.engine import RuleSet
from toolkit.rules.language import Sourced, Variables
from toolkit.rules.spacy_tokens import FLAGS, PIECES

MAX_PHRASES = 5000
# A token that a flag describes stands in a phrase as one private-use character.
_SIGNS = {flag: chr(0xF000 + number) for number, flag in enumerate(FLAGS)}
_KNOWN = {expression: _SIGNS[flag] for flag, (expression, _) in FLAGS.items()}
_TOKENS = re.compile(
    "[\uf000-\uf0ff]|\\w+(?=n['’]t\\b)|n['’]t\\b|['’]s\\b|[^\\W\\d_](?:\\.[^\\W\\d_])+\\.?|\\d[\\d.,]*(?<=\\d)|\\w+|[^\\w\\s]"
)


@dataclass(frozen=True, slots=True)
class Exported:
    """Pattern records in the order of rules; ``left_out`` has the reason by rule id."""

    patterns: tuple[dict[str, Any], ...]
    left_out: dict[str, str]


class _UnsayableError(Exception):
    """Why a rule has no like."""


def as_patterns(rules: RuleSet) -> Exported:
    """The patterns of all rules that can be said."""
    patterns: list[dict[str, Any]] = []
    left_out: dict[str, str] = {}
    for compiled in rules.compiled:
        try:
            patterns += _of_rule(compiled.source)
        except _UnsayableError as error:
            left_out[compiled.source.rule.id] = str(error)
    return Exported(tuple(patterns), left_out)


def _of_rule(source: Sourced) -> Iterator[dict[str, Any]]:
    rule = source.rule
    if rule.unless:
        raise _UnsayableError("has unless")
    phrases, rest = _Reader(rule.pattern, source.variables).read()
    if rest:
        raise _UnsayableError(f"cannot be read at {rest[:20]!r}")
    found = sorted({" ".join(phrase.split()) for phrase in phrases})
    if not all(found):
        raise _UnsayableError("may match nothing at all")
    for phrase in found:
        yield {"label": rule.label, "pattern": _pattern(phrase, case=rule.case), "id": rule.id}


def _pattern(phrase: str, *, case: bool) -> str | list[dict[str, Any]]:
    """Words in their own case are a string, everything else is tokens."""
    flags = {sign: flag for flag, sign in _SIGNS.items()}
    if case and not flags.keys() & set(phrase):
        return phrase
    return [
        {flags[token]: True} if token in flags else {"TEXT": token} if case else {"LOWER": token.lower()}
        for token in _TOKENS.findall(phrase)
    ]


class _Reader:
    """Reads a pattern from left to right into all phrases it can match."""

    def __init__(self, pattern: str, variables: Variables) -> None:
        self.rest, self.variables = pattern, variables

    def read(self) -> tuple[list[str], str]:
        """The phrases up to the end or a closing bracket, and what is left."""
        ways: list[list[list[str]]] = [[]]
        while self.rest and not self.rest.startswith(")"):
            if self.rest.startswith("|"):
                self.rest = self.rest[1:]
                ways.append([])
                continue
            choice = self._item()
            if self.rest.startswith("?"):
                self.rest = self.rest[1:]
                choice = ["", *choice]
            if self.rest[:1] in {"*", "+", "?"} or re.match(r"\{\d*,?\d*\}", self.rest):
                raise _UnsayableError("repeats a part")
            ways[-1].append(choice)
        return [phrase for parts in ways for phrase in _products(parts)], self.rest

    def _item(self) -> list[str]:
        for expression, sign in _KNOWN.items():
            same = (
                not expression.startswith("{")
                or self.variables.get(expression[1:-1]) == PIECES[expression[1:-1]]
            )
            if same and self.rest.startswith(expression):
                self.rest = self.rest[len(expression) :]
                return [sign]
        for pattern, read in (
            (r"\{([a-z][a-z0-9_]*)\}", self._variable), (r"\((?:\?:)?(?!\?)", self._group),
            (r"\[([^\]\\^-]+)\]", lambda found: list(found[1])), (r"\\([^\w\s])", lambda found: [found[1]]),
            (r"\s+", lambda _: [" "]), (r"[^\\.\^$*+?{}\[\]|()<>]", lambda found: [found[0]]),
        ):  # fmt: skip
            found = re.match(pattern, self.rest)
            if found:
                self.rest = self.rest[found.end() :]
                choice: list[str] = read(found)
                return choice
        if re.match(r"<[A-Z]", self.rest):
            raise _UnsayableError("refers to an earlier match")
        if self.rest.startswith("(?P<"):
            raise _UnsayableError("captures a role")
        raise _UnsayableError(f"has no like for {self.rest[:20]!r}")

    def _variable(self, found: re.Match[str]) -> list[str]:
        value = self.variables[found[1]]
        if not isinstance(value, str):
            return list(value)
        return _Reader(value, self.variables).read()[0]

    def _group(self, _: re.Match[str]) -> list[str]:
        phrases, self.rest = self.read()
        self.rest = self.rest.removeprefix(")")
        return phrases


def _products(parts: Sequence[list[str]]) -> list[str]:
    """Every way to take one of each part, joined."""
    size = 1
    for part in parts:
        size *= len(part)
        if size > MAX_PHRASES:
            raise _UnsayableError(f"stands for more than {MAX_PHRASES} sequences of words")
    return ["".join(words) for words in product(*parts)]
