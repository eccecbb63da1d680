"""What a sentence must hold for a pattern to match it.

From the notation of a pattern follow sets of words of which a sentence has at least one each wherever the
pattern matches; one of them is that of the words a match can begin with. They err on the safe side: what the
notation does not tell plainly (negation, references, rare escapes) says nothing. The method is that of Cox's
trigram search for regular expressions, with words (:mod:`toolkit.rules.keys`) in the place of trigrams and an
algebra of what is known of each piece (:mod:`toolkit.rules.pieces`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from toolkit.rules.keys import NO_SPACE, closed, label_key, start_key
from toolkit.rules.pieces import NOTHING, Clause, Piece, either, sequence
from toolkit.rules.signs import AT_EDGE, CAPITAL_SIGN, UnknownError, is_count, is_open, sign_of, word_list

_CAPITALS = re.compile(r"\\p\{Lu\}|\[(?:\\p\{Lu\}|A-Z)+\]")

Tokens = Sequence[re.Match[str]]


class Analysis:
    """Anchors of patterns that share their variables; what a variable says is worked out once."""

    def __init__(self, tokens: re.Pattern[str], variables: Mapping[str, str | tuple[str, ...]]) -> None:
        self._tokens, self._variables = tokens, variables
        self._known: dict[tuple[str, bool], Piece] = {}
        self._case = False

    def needs(self, pattern: str, *, case: bool = False) -> tuple[Clause, ...]:
        """What a pattern needs, whose variables are known to exist and not to go in circles.

        ``case``: whether capitals tell.
        """
        self._case = case
        try:
            piece = sequence([AT_EDGE, self._parse(pattern), AT_EDGE])
        except UnknownError:
            return ()
        if piece.can_be_empty:
            return ()
        starts = frozenset(closed(text) for text in piece.beginnings)
        needs = piece.clauses()
        if not any(not text or text[0].isspace() or text == NO_SPACE for text in starts):
            needs.append(frozenset(map(start_key, starts)))
        return tuple(dict.fromkeys(needs))

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
            inner = Piece(NOTHING.exact, needs=tuple(inner.clauses()))
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
