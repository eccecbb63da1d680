"""What a sentence must hold for a pattern to match it, and with what words a match can begin.

From the notation of a pattern follow two facts that cost nothing to look up. ``needs``: sets of words
of which a sentence has at least one each wherever the pattern matches. ``starts``: the beginnings of
words that a match can begin with. Both err on the safe side: what the notation does not tell plainly
(negation, references, rare escapes) says nothing. The method is that of Cox's trigram search for regular
expressions, with words (:mod:`toolkit.rules.keys`) in the place of trigrams and an algebra of what is known
of each piece (:mod:`toolkit.rules.pieces`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from toolkit.rules.keys import LABEL, closed, label_key, last_keys, start_key
from toolkit.rules.pieces import NOTHING, Clause, Piece, either, sequence
from toolkit.rules.signs import AT_EDGE, CAPITAL_SIGN, UnknownError, is_count, is_open, sign_of, word_list

_CAPITALS = re.compile(r"\\p\{Lu\}|\[(?:\\p\{Lu\}|A-Z)+\]")

Tokens = Sequence[re.Match[str]]


class Anchors(NamedTuple):
    """``needs`` and ``starts`` as above, as keys; ``starts`` is None where a match can begin anywhere.

    ``before``: keys of which the word before the match has one, or None. ``first``: a match begins at the
    sentence's first word.
    """

    needs: tuple[Clause, ...]
    starts: frozenset[str] | None
    before: frozenset[str] | None = None
    first: bool = False


class Analysis:
    """Anchors of patterns that share their variables; what a variable says is worked out once."""

    def __init__(self, tokens: re.Pattern[str], variables: Mapping[str, str | tuple[str, ...]]) -> None:
        self._tokens, self._variables = tokens, variables
        self._known: dict[tuple[str, bool], Piece] = {}
        self._case = False

    def anchors(self, pattern: str, *, case: bool = False) -> Anchors:
        """The anchors of a pattern, whose variables are known to exist and not to go in circles.

        ``case``: whether capitals tell.
        """
        self._case = case
        try:
            piece = sequence([AT_EDGE, self._parse(pattern), AT_EDGE])
        except UnknownError:
            return Anchors((), None)
        if piece.can_be_empty:
            return Anchors((), None)
        starts = frozenset(closed(text) for text in piece.beginnings)
        anywhere = any(not text or text[0].isspace() for text in starts)
        found = frozenset(start_key(text) for text in starts)
        needs = tuple(dict.fromkeys(piece.clauses()))
        return Anchors(needs, None if anywhere else found, *self._front(pattern))

    def _front(self, pattern: str) -> tuple[frozenset[str] | None, bool]:
        """What must stand before a match, as far as a look behind at the pattern's beginning says it."""
        tokens = list(self._tokens.finditer(pattern))
        piece, at = NOTHING, 0
        if tokens[0]["look"] == "(?<=":
            piece, at = self._group(tokens, 1)
        depth = 0
        for token in tokens:
            depth += is_open(token) - bool(token["close"])
            if token["bar"] and depth == 0:
                return None, False
        if at and at + 1 < len(tokens) and not is_count(tokens[at + 1]) and piece.exact is not None:
            return last_keys(piece.exact), False
        return None, tokens[0][0] == "^"

    def labels(self, name: str) -> bool:
        """Whether a variable is nothing but a choice of labels."""
        exact = self._variable(name).exact
        return exact is not None and all(text.startswith(LABEL) and text.count(LABEL) == 2 for text in exact)

    def _parse(self, text: str) -> Piece:
        tokens = list(self._tokens.finditer(text))
        piece, at = self._group(tokens, 0)
        if at != len(tokens):
            raise UnknownError
        return piece

    def _group(self, tokens: Tokens, at: int) -> tuple[Piece, int]:
        """The alternatives from a token on to the group's end, and the place of that end."""
        ways: list[list[Piece]] = [[]]
        while at < len(tokens) and not tokens[at]["close"]:
            if tokens[at]["bar"]:
                ways.append([])
                at += 1
                continue
            piece, at = self._atom(tokens, at)
            piece, at = _repeated(piece, tokens, at)
            ways[-1].append(piece)
        return either([sequence(way) for way in ways]), at

    def _atom(self, tokens: Tokens, at: int) -> tuple[Piece, int]:
        token = tokens[at]
        if is_open(token):
            return self._bracket(tokens, at)
        return self._single(token), at + 1

    def _bracket(self, tokens: Tokens, at: int) -> tuple[Piece, int]:
        token, sign = tokens[at], ""
        if (token["flags"] or "(?:").strip("(?:-ims"):
            raise UnknownError
        if token["open"] and at + 1 < len(tokens) and tokens[at + 1][0] in "?*":
            sign = "".join(one[0] for one in tokens[at + 1 : at + 3])
            if sign not in {"?=", "?!", "?>"}:
                raise UnknownError
            at += 2
        outside, self._case = self._case, self._case_in(token)
        inner, at = self._group(tokens, at + 1)
        self._case = outside
        if at == len(tokens):
            raise UnknownError
        look = sign or token["look"] or ""
        if look.endswith("!"):
            inner = NOTHING
        elif look.endswith("="):
            ahead = not look.startswith("(?<")
            needs = tuple(Clause(clause.keys, clause.ahead and ahead) for clause in inner.clauses())
            inner = Piece(NOTHING.exact, needs=needs)
        return inner, at + 1

    def _case_in(self, token: re.Match[str]) -> bool:
        on, _, off = (token["flags"] or "").partition("-")
        return self._case if "i" not in on + off else "i" in off

    def _single(self, token: re.Match[str]) -> Piece:
        if token["label"]:
            return Piece(frozenset({label_key(token["label"])}))
        if self._case and _CAPITALS.fullmatch(token[0]):
            return CAPITAL_SIGN
        return self._variable(token["variable"]) if token["variable"] else sign_of(token)

    def _variable(self, name: str) -> Piece:
        key = (name, self._case)
        if key not in self._known:
            value = self._variables[name]
            self._known[key] = self._parse(value) if isinstance(value, str) else word_list(value)
        return self._known[key]


def _repeated(piece: Piece, tokens: Tokens, at: int) -> tuple[Piece, int]:
    """The piece as often as the sign behind it says."""
    if at == len(tokens) or not is_count(tokens[at]):
        return piece, at
    sign = tokens[at][0]
    at += 1
    if at < len(tokens) and tokens[at][0] in "?+":
        at += 1
    counts = re.fullmatch(r"\{(\d*),?(\d*)\}", sign)
    if counts and not counts[1] + counts[2]:
        raise UnknownError
    least = int(counts[1] or 0) if counts else int(sign == "+")
    if sign == "?" and piece.exact is not None:
        return Piece(piece.exact | {""}), at
    if least:
        return Piece(None, piece.openings(), piece.can_be_empty, tuple(piece.clauses())), at
    return Piece(None, piece.openings(), empty=True), at
