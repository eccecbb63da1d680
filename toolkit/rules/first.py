"""With which characters a match of an expression can begin.

PCRE2 finds a place for one of few characters many times as fast as it tries an expression there, but does
not see through the edges of words and the large choices that our expressions begin with.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

Token = tuple[str, str, str | None]
"""Text, kind and role, see :mod:`toolkit.rules.quick`."""

_ANY = "any"
_OPTIONAL = re.compile(r"[?*]|\{0")
_LITERAL = re.compile(r"\\[^\w\s]")


def first_signs(tokens: Sequence[Token]) -> str:
    """A look-ahead for one of the characters that a match can begin with, in either case; empty where it can
    be any, or where a match can be empty.
    """
    signs, empty, _ = _choice(tokens, 0)
    if empty or not signs or _ANY in signs:
        return ""
    letters = sorted(sign for sign in signs if len(sign) == 1)
    others = sorted(_in_own_case(sign) for sign in signs if len(sign) > 1)
    single = [f"[{''.join(map(_escaped, letters))}]"] if letters else []
    return f"(?=(?i:{'|'.join(single + others)}))"


def _choice(tokens: Sequence[Token], at: int) -> tuple[set[str], bool, int]:
    """Of the alternatives from a token on: how they begin, whether one can be empty, and where they end."""
    signs, empty = set[str](), False
    while True:
        begins, nothing, at = _row(tokens, at)
        signs |= begins
        empty |= nothing
        if at == len(tokens) or tokens[at][1] == "close":
            return signs, empty, at
        at += 1


def _row(tokens: Sequence[Token], at: int) -> tuple[set[str], bool, int]:
    """The same of one alternative."""
    signs, empty = set[str](), True
    while at < len(tokens) and tokens[at][1] not in {"close", "bar"}:
        text, kind, _ = tokens[at]
        if kind == "open":
            begins, nothing, at = _choice(tokens, at + 1)
            if text in {"(?=", "(?!", "(?<=", "(?<!"}:
                begins, nothing = set(), True
        else:
            begins, nothing = _atom(text, kind)
        at += 1
        if at < len(tokens) and tokens[at][1] == "count":
            nothing |= (kind != "plain" or len(text) == 1) and _OPTIONAL.match(tokens[at][0]) is not None
            at += 1
        if empty:
            signs |= begins
            empty = nothing
    return signs, empty, at


def _atom(text: str, kind: str) -> tuple[set[str], bool]:
    """How a token that stands for signs begins, and whether it can be empty."""
    if kind == "plain":
        rest = text.lstrip("^$")
        if not rest:
            return set(), True
        return {_ANY if rest[0] == "." else rest[0]}, False
    if text in {r"\b", r"\B"}:
        return set(), True
    if kind == "escape" and _LITERAL.fullmatch(text):
        return {text[1]}, False
    return {_ANY if text.startswith(r"\u") else text}, False


def _in_own_case(sign: str) -> str:
    """What all but some characters are stands for fewer where case is ignored, and must not."""
    return f"(?-i:{sign})" if sign.startswith(("[^", r"\P")) else sign


def _escaped(sign: str) -> str:
    return f"\\{sign}" if sign in r"\]^-[" else sign
