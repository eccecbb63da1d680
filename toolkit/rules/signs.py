"""What single tokens of a pattern stand for: letters, sets, escapes, words of a list."""

from __future__ import annotations

import re
from functools import lru_cache

from toolkit.rules.keys import CAPITAL, EDGE, NO_SPACE, fold
from toolkit.rules.pieces import Piece

# Behind something optional a space may be the one before it.
ENDS_OPTIONAL = re.compile(r"(?<![\\(])[?*][?+]?$|\{0?,\d*\}$")
_PLAIN_SET = re.compile(
    r"\[(?:\\[^\w\s]|\\[ds]|[0-9]-[0-9]|[a-z]-[a-z]|[A-Z]-[A-Z]|[^\]\\\[&~|^-])+-?\]", re.DOTALL
)
_IN_SET = re.compile(r"\\(?P<class>[ds])|\\?(?P<from>.)(?:-(?P<to>.))?", re.DOTALL)
_ANY_ESCAPES = frozenset("wWDSpPX")
_NO_SPACES = re.compile(
    r"\[(?!\^)(?:\\p\{(?:L|Lu|Ll|M|N|Nd)\}|\\[wd]|[^\s\\\[\]&~|-]|(?<=[a-zA-Z0-9])-(?=[a-zA-Z0-9]))+-?\]"
)

ANYTHING, NO_SPACE_SIGN = Piece(), Piece(starts=frozenset({NO_SPACE}))
CAPITAL_SIGN = Piece(starts=frozenset({CAPITAL}))
AT_EDGE = Piece(frozenset({EDGE}))
_SPACE, _SPACE_OR_NONE = Piece(frozenset({" "})), Piece(frozenset({" ", ""}))


class UnknownError(Exception):
    """The notation says nothing that is sure."""


@lru_cache(maxsize=1 << 10)
def word_list(words: tuple[str, ...]) -> Piece:
    """The words of a list, one of which stands there."""
    return Piece(frozenset(fold(" ".join(word.split())) for word in words))


def sign_of(token: re.Match[str]) -> Piece:
    """What a token stands for that is no bracket, label or variable; else ``UnknownError``."""
    if token["space"]:
        return _SPACE_OR_NONE if ENDS_OPTIONAL.search(token.string, 0, token.start()) else _SPACE
    if token["set"]:
        return _set(token[0])
    if token["escape"]:
        return _escape(token[0])
    if token.lastgroup in {"look", "recursion", "stray", "count"}:
        raise UnknownError
    if token[0] in "^$":
        return AT_EDGE
    return ANYTHING if token[0] == "." else _letter(token[0])


@lru_cache(maxsize=1 << 10)
def _letter(sign: str) -> Piece:
    return Piece(frozenset({fold(sign)}))


def _set(text: str) -> Piece:
    if not _PLAIN_SET.fullmatch(text):
        return NO_SPACE_SIGN if _NO_SPACES.fullmatch(text) else ANYTHING
    signs: set[str] = set()
    for item in _IN_SET.finditer(text, 1, len(text) - 1):
        if item["class"]:
            signs.add({"d": "0", "s": " "}[item["class"]])
        else:
            first, last = ord(item["from"]), ord(item["to"] or item["from"])
            signs.update(fold(chr(code)) for code in range(first, last + 1))
    return Piece(frozenset(signs))


def _escape(text: str) -> Piece:
    sign = text[1]
    if sign == "d":
        return Piece(frozenset({"0"}))
    if sign == "s":
        return _SPACE
    if sign == "b":
        return AT_EDGE
    if text in {"\\w", "\\S", "\\p{L}", "\\p{Lu}", "\\p{Ll}"}:
        return NO_SPACE_SIGN
    if sign in _ANY_ESCAPES:
        return ANYTHING
    if sign.isalnum():
        raise UnknownError
    return Piece(frozenset({fold(sign)}))


def is_open(token: re.Match[str]) -> bool:
    """Whether a token opens a bracket."""
    behind = (token["look"] or "").startswith("(?<")
    return bool(token["open"] or token["group"] or token["flags"] or behind)


def is_count(token: re.Match[str]) -> bool:
    """Whether a token says how often the one before it stands."""
    return bool(token["count"]) or token[0] in {"?", "*", "+"}
