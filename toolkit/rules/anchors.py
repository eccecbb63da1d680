"""What a sentence must hold for a pattern to match it, and with what words a match can begin.

From the notation of a pattern follow two facts that cost nothing to look up. ``needs``: sets of words
of which a sentence has at least one each wherever the pattern matches. ``starts``: the beginnings of
words that a match can begin with. Both err on the safe side: what the notation does not tell plainly
(negation, references, rare escapes) says nothing. The method is that of Cox's trigram search for regular
expressions: a piece is known as the few strings it can be, or else by how it can begin and by the sets
of strings it needs; pieces one after the other multiply, alternatives add up.

Words are compared in one folded form (``fold``), between marks for their ends, so that a key tells a
whole word, its beginning, or letters anywhere in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import regex

OPEN, CLOSE, LABEL = "\2", "\3", "\0"
MAX_KEY = 14
# Behind something optional a space may be the one before it.
ENDS_OPTIONAL = re.compile(r"(?<![\\(])[?*][?+]?$|\{0?,\d*\}$")
_EDGE, _OTHER, _NO_SPACE, _CAPITAL = "\1", "\4", "\5", "\6"
_MAX_STRINGS, _MAX_LENGTH = 500, 60
_PIECE = re.compile(r"\x00\w+\x00|[a-z0-9_\x04]+|\s+|.", re.DOTALL)
_NOT_ASCII_WORD = regex.compile(r"(?![a-z0-9_])\w", regex.DOTALL)
_TO_ASCII = str.maketrans(
    {"\u017f": "s", "\u212a": "k", "\u0130": "i", "\u0131": "i", "’": "'", "‐": "-", "‑": "-"}
)
_DIGIT = regex.compile(r"\d")
_PLAIN_SET = re.compile(
    r"\[(?:\\[^\w\s]|\\[ds]|[0-9]-[0-9]|[a-z]-[a-z]|[A-Z]-[A-Z]|[^\]\\\[&~|^-])+\]", re.DOTALL
)
_IN_SET = re.compile(r"\\(?P<class>[ds])|\\?(?P<from>.)(?:-(?P<to>.))?", re.DOTALL)
_CAPITALS = re.compile(r"\\p\{Lu\}|\[(?:\\p\{Lu\}|A-Z)+\]")
_UNKNOWN = re.compile(f"[{_NO_SPACE}{_CAPITAL}]")
_ANY_ESCAPES = frozenset("wWDSpPX")
_NO_SPACES = re.compile(
    r"\[(?!\^)(?:\\p\{(?:L|Lu|Ll|M|N|Nd)\}|\\[wd]|[^\s\\\[\]&~|-]|(?<=[a-zA-Z0-9])-(?=[a-zA-Z0-9]))+-?\]"
)

Tokens = Sequence[re.Match[str]]


class Clause(NamedTuple):
    """Keys of which a sentence has one; ``ahead``: not before the place where the match begins."""

    keys: frozenset[str]
    ahead: bool = True


class Anchors(NamedTuple):
    """``needs`` and ``starts`` as above, as keys; ``starts`` is None where a match can begin anywhere.

    ``before``: keys of which the word before the match has one, or None. ``first``: a match begins at the
    sentence's first word.
    """

    needs: tuple[Clause, ...]
    starts: frozenset[str] | None
    before: frozenset[str] | None = None
    first: bool = False


class _UnknownError(Exception):
    """The notation says nothing that is sure."""


def fold(text: str) -> str:
    """Small letters, one digit for all, straight apostrophes, one sign for all other letters."""
    text = _DIGIT.sub("0", text.translate(_TO_ASCII).lower())
    return str(_NOT_ASCII_WORD.sub(_OTHER, text))


def keys(word: str) -> Iterator[tuple[str, bool]]:
    """All keys that hold for a word (or one sign) of a text, and whether they tell how it begins."""
    marked = f"{OPEN}{fold(word)}{CLOSE}"
    if word[0].isupper():
        yield _CAPITAL, True
    for start in range(len(marked)):
        for end in range(start + 1, min(len(marked), start + MAX_KEY) + 1):
            yield marked[start:end], start == 0


def label_key(label: str) -> str:
    """The key of a match of an earlier level."""
    return f"{LABEL}{label}{LABEL}"


@dataclass(frozen=True, slots=True)
class _Piece:
    """``exact``: all strings it can be, or None; then ``starts`` are its beginnings and ``empty`` counts."""

    exact: frozenset[str] | None = None
    starts: frozenset[str] = frozenset({""})
    empty: bool = False
    needs: tuple[Clause, ...] = ()

    @property
    def can_be_empty(self) -> bool:
        """Whether it matches the empty string."""
        return self.empty if self.exact is None else any(not text.strip(_EDGE) for text in self.exact)

    @property
    def beginnings(self) -> frozenset[str]:
        """How it begins, strings that may go on."""
        return self.starts if self.exact is None else self.exact

    def openings(self) -> frozenset[str]:
        """How it begins where it is not empty."""
        return (
            self.starts if self.exact is None else frozenset(text for text in self.exact if text.strip(_EDGE))
        )

    def clauses(self) -> list[Clause]:
        """Everything it needs."""
        return [*self.needs, *_clause(self.exact)]


_NOTHING = _Piece(frozenset({""}))
_ANYTHING, _NO_SPACE_SIGN = _Piece(), _Piece(starts=frozenset({_NO_SPACE}))
_CAPITAL_SIGN = _Piece(starts=frozenset({_CAPITAL}))
_AT_EDGE = _Piece(frozenset({_EDGE}))
_SPACE, _SPACE_OR_NONE = _Piece(frozenset({" "})), _Piece(frozenset({" ", ""}))


class Analysis:
    """Anchors of patterns that share their variables; what a variable says is worked out once."""

    def __init__(self, tokens: re.Pattern[str], variables: Mapping[str, str | tuple[str, ...]]) -> None:
        self._tokens, self._variables = tokens, variables
        self._known: dict[tuple[str, bool], _Piece] = {}
        self._case = False

    def anchors(self, pattern: str, *, case: bool = False) -> Anchors:
        """The anchors of a pattern, whose variables are known to exist and not to go in circles.

        ``case``: whether capitals tell.
        """
        self._case = case
        try:
            piece = _sequence([_AT_EDGE, self._parse(pattern), _AT_EDGE])
        except _UnknownError:
            return Anchors((), None)
        if piece.can_be_empty:
            return Anchors((), None)
        starts = frozenset(_closed(text) for text in piece.beginnings)
        anywhere = any(not text or text[0].isspace() for text in starts)
        found = frozenset(_start_key(text) for text in starts)
        needs = tuple(dict.fromkeys(piece.clauses()))
        return Anchors(needs, None if anywhere else found, *self._front(pattern))

    def _front(self, pattern: str) -> tuple[frozenset[str] | None, bool]:
        """What must stand before a match, as far as a look behind at the pattern's beginning says it."""
        tokens = list(self._tokens.finditer(pattern))
        piece, at = _NOTHING, 0
        if tokens[0]["look"] == "(?<=":
            piece, at = self._group(tokens, 1)
        depth = 0
        for token in tokens:
            depth += is_open(token) - bool(token["close"])
            if token["bar"] and depth == 0:
                return None, False
        if at and at + 1 < len(tokens) and not _is_sign(tokens[at + 1]) and piece.exact is not None:
            return _last_keys(piece.exact), False
        return None, tokens[0][0] == "^"

    def labels(self, name: str) -> bool:
        """Whether a variable is nothing but a choice of labels."""
        exact = self._variable(name).exact
        return exact is not None and all(text.startswith(LABEL) and text.count(LABEL) == 2 for text in exact)

    def _parse(self, text: str) -> _Piece:
        tokens = list(self._tokens.finditer(text))
        piece, at = self._group(tokens, 0)
        if at != len(tokens):
            raise _UnknownError
        return piece

    def _group(self, tokens: Tokens, at: int) -> tuple[_Piece, int]:
        """The alternatives from a token on to the group's end, and the place of that end."""
        ways: list[list[_Piece]] = [[]]
        while at < len(tokens) and not tokens[at]["close"]:
            if tokens[at]["bar"]:
                ways.append([])
                at += 1
                continue
            piece, at = self._atom(tokens, at)
            piece, at = _repeated(piece, tokens, at)
            ways[-1].append(piece)
        return _either([_sequence(way) for way in ways]), at

    def _atom(self, tokens: Tokens, at: int) -> tuple[_Piece, int]:
        token = tokens[at]
        if is_open(token):
            return self._bracket(tokens, at)
        return self._single(token), at + 1

    def _bracket(self, tokens: Tokens, at: int) -> tuple[_Piece, int]:
        token, sign = tokens[at], ""
        if (token["flags"] or "(?:").strip("(?:-ims"):
            raise _UnknownError
        if token["open"] and at + 1 < len(tokens) and tokens[at + 1][0] in "?*":
            sign = "".join(one[0] for one in tokens[at + 1 : at + 3])
            if sign not in {"?=", "?!", "?>"}:
                raise _UnknownError
            at += 2
        outside, self._case = self._case, self._case_in(token)
        inner, at = self._group(tokens, at + 1)
        self._case = outside
        if at == len(tokens):
            raise _UnknownError
        look = sign or token["look"] or ""
        if look.endswith("!"):
            inner = _NOTHING
        elif look.endswith("="):
            ahead = not look.startswith("(?<")
            needs = tuple(Clause(clause.keys, clause.ahead and ahead) for clause in inner.clauses())
            inner = _Piece(_NOTHING.exact, needs=needs)
        return inner, at + 1

    def _case_in(self, token: re.Match[str]) -> bool:
        on, _, off = (token["flags"] or "").partition("-")
        return self._case if "i" not in on + off else "i" in off

    def _single(self, token: re.Match[str]) -> _Piece:
        if token["label"]:
            return _Piece(frozenset({label_key(token["label"])}))
        if self._case and _CAPITALS.fullmatch(token[0]):
            return _CAPITAL_SIGN
        return self._variable(token["variable"]) if token["variable"] else _sign(token)

    def _variable(self, name: str) -> _Piece:
        key = (name, self._case)
        if key not in self._known:
            value = self._variables[name]
            self._known[key] = self._parse(value) if isinstance(value, str) else _word_list(value)
        return self._known[key]


@lru_cache(maxsize=1 << 10)
def _word_list(words: tuple[str, ...]) -> _Piece:
    return _Piece(frozenset(fold(" ".join(word.split())) for word in words))


def _sign(token: re.Match[str]) -> _Piece:
    if token["space"]:
        return _SPACE_OR_NONE if ENDS_OPTIONAL.search(token.string, 0, token.start()) else _SPACE
    if token["set"]:
        return _set(token[0])
    if token["escape"]:
        return _escape(token[0])
    if token.lastgroup in {"look", "recursion", "stray", "count"}:
        raise _UnknownError
    if token[0] in "^$":
        return _AT_EDGE
    return _ANYTHING if token[0] == "." else _letter(token[0])


@lru_cache(maxsize=1 << 10)
def _letter(sign: str) -> _Piece:
    return _Piece(frozenset({fold(sign)}))


def _set(text: str) -> _Piece:
    if not _PLAIN_SET.fullmatch(text):
        return _NO_SPACE_SIGN if _NO_SPACES.fullmatch(text) else _ANYTHING
    signs: set[str] = set()
    for item in _IN_SET.finditer(text, 1, len(text) - 1):
        if item["class"]:
            signs.add({"d": "0", "s": " "}[item["class"]])
        else:
            first, last = ord(item["from"]), ord(item["to"] or item["from"])
            signs.update(fold(chr(code)) for code in range(first, last + 1))
    return _Piece(frozenset(signs))


def _escape(text: str) -> _Piece:
    sign = text[1]
    if sign == "d":
        return _Piece(frozenset({"0"}))
    if sign == "s":
        return _SPACE
    if sign == "b":
        return _AT_EDGE
    if text in {"\\w", "\\S", "\\p{L}", "\\p{Lu}", "\\p{Ll}"}:
        return _NO_SPACE_SIGN
    if sign in _ANY_ESCAPES:
        return _ANYTHING
    if sign.isalnum():
        raise _UnknownError
    return _Piece(frozenset({fold(sign)}))


def is_open(token: re.Match[str]) -> bool:
    """Whether a token opens a bracket."""
    behind = (token["look"] or "").startswith("(?<")
    return bool(token["open"] or token["group"] or token["flags"] or behind)


def _is_sign(token: re.Match[str]) -> bool:
    return bool(token["count"]) or token[0] in {"?", "*", "+"}


def _last_keys(strings: Iterable[str]) -> frozenset[str] | None:
    """The last word of each string; None where one has no words, or where spaces are all it ends with."""
    found = set()
    for text in strings:
        pieces = [
            piece for piece in _PIECE.finditer(text) if piece[0] not in {_EDGE} and not piece[0].isspace()
        ]
        if not pieces:
            return None
        word = pieces[-1]
        whole = word.start() > 0 or not _is_word(word[0])
        key = word[0] if word[0].startswith(LABEL) else f"{OPEN if whole else ''}{word[0]}"
        if not word[0].startswith(LABEL):
            key = f"{key}{CLOSE}"
        if len(key) > MAX_KEY and not word[0].startswith(LABEL):
            key = key[-MAX_KEY:]
        found.add(key)
    return frozenset(found)


def _repeated(piece: _Piece, tokens: Tokens, at: int) -> tuple[_Piece, int]:
    """The piece as often as the sign behind it says."""
    if at == len(tokens) or not _is_sign(tokens[at]):
        return piece, at
    sign = tokens[at][0]
    at += 1
    if at < len(tokens) and tokens[at][0] in "?+":
        at += 1
    counts = re.fullmatch(r"\{(\d*),?(\d*)\}", sign)
    if counts and not counts[1] + counts[2]:
        raise _UnknownError
    least = int(counts[1] or 0) if counts else int(sign == "+")
    if sign == "?" and piece.exact is not None:
        return _Piece(piece.exact | {""}), at
    if least:
        return _Piece(None, piece.openings(), piece.can_be_empty, tuple(piece.clauses())), at
    return _Piece(None, piece.openings(), empty=True), at


def _either(ways: Sequence[_Piece]) -> _Piece:
    if len(ways) == 1:
        return ways[0]
    if all(way.exact is not None and not way.needs for way in ways):
        strings = frozenset[str]().union(*(way.beginnings for way in ways))
        if len(strings) <= _MAX_STRINGS:
            return _Piece(strings)
    starts = frozenset(_closed(text) for way in ways for text in way.openings())
    each = [way.clauses() for way in ways]
    best = [min(clauses, key=_frequency) for clauses in each if clauses]
    needs = (_any_of(best),) if len(best) == len(each) else ()
    return _Piece(None, starts, any(way.can_be_empty for way in ways), needs)


def _any_of(clauses: Sequence[Clause]) -> Clause:
    keys = frozenset[str]().union(*(clause.keys for clause in clauses))
    return Clause(keys, all(clause.ahead for clause in clauses))


def _sequence(pieces: Sequence[_Piece]) -> _Piece:
    """One piece after the other: strings multiply while they are few."""
    needs: list[Clause] = []
    run: frozenset[str] = frozenset({""})
    exact, empty = True, True
    for piece in pieces:
        longer = _product(run, piece.exact) if piece.exact is not None else None
        needs += piece.needs
        empty &= piece.can_be_empty
        if longer is not None:
            run = longer
            continue
        exact = False
        needs += _clause(run)
        run = piece.exact if piece.exact is not None else frozenset({""})
    if exact:
        return _Piece(run, needs=tuple(needs))
    return _Piece(None, _beginnings(pieces), empty, (*needs, *_clause(run)))


def _product(left: frozenset[str], right: frozenset[str]) -> frozenset[str] | None:
    if left == _NOTHING.exact:
        return right
    if len(left) * len(right) > _MAX_STRINGS:
        return None
    if len(left) * len(right) > 1 and max(map(len, left)) + max(map(len, right), default=0) > _MAX_LENGTH:
        return None
    return frozenset(a + b for a in left for b in right)


def _beginnings(pieces: Sequence[_Piece]) -> frozenset[str]:
    """How a sequence begins: every string up to the end of its first word, or as far as it is known."""
    done: set[str] = set()
    going = {""}
    for piece in pieces:
        begins = {_closed(text) if len(text) > 1 else text for text in piece.beginnings}
        if len(going) * len(begins) > 4 * _MAX_STRINGS:
            return frozenset(done | {text.strip(_EDGE) for text in going})
        longer = {_closed(a + b) for a in going for b in begins}
        rest = set(going) if piece.exact is None and piece.empty else set()
        if piece.exact is None:
            done |= longer
        else:
            done |= {text for text in longer if text.endswith(CLOSE)}
            rest |= {text for text in longer if not text.endswith(CLOSE)}
        going = rest
        if not going or "" in done:
            break
    return frozenset(done | {text for text in going if text.strip(_EDGE)})


@lru_cache(maxsize=1 << 16)
def _closed(text: str) -> str:
    """A beginning, cut behind its first word; CLOSE stands where that word is known to end."""
    text = text.lstrip(_EDGE)
    bare = _UNKNOWN.split(text, maxsplit=1)[0]
    first = _PIECE.match(bare)
    if first is None:
        return text[:1]
    whole = first.end() < len(bare) or not _is_word(first[0])
    return first[0] + CLOSE if whole else first[0]


def _is_word(piece: str) -> bool:
    return piece[0].isalnum() or piece[0] in f"_{_OTHER}"


def _start_key(text: str) -> str:
    if text.startswith(LABEL):
        return text.rstrip(CLOSE)
    if text == _NO_SPACE:
        return OPEN
    return text if text == _CAPITAL else f"{OPEN}{text}"[:MAX_KEY]


@lru_cache(maxsize=1 << 14)
def _clause(strings: frozenset[str] | None) -> tuple[Clause, ...]:
    """The strings as one set of keys, the rarest of each; none when one of them says nothing."""
    found: set[str] = set()
    for text in strings or ("",):
        best = _rarest(text)
        if best is None:
            return ()
        found.add(best)
    return (Clause(frozenset(found)),)


@lru_cache(maxsize=1 << 16)
def _rarest(text: str) -> str | None:
    return min(_keys_in(text), key=_rareness, default=None)


def _keys_in(text: str) -> Iterator[str]:
    for piece in _PIECE.finditer(text):
        word = piece[0]
        if word.startswith(LABEL):
            yield word
        elif not word.isspace() and word != _EDGE:
            sign = not _is_word(word)
            left = OPEN if sign or piece.start() else ""
            right = CLOSE if sign or piece.end() < len(text) else ""
            key = f"{left}{word}{right}"[:MAX_KEY]
            if len(key) > 1 or key == "0":
                yield key


def _rareness(key: str) -> float:
    """Roughly how often a sentence has the key: the longer the rarer, whole words and labels rarer still."""
    if key.startswith(LABEL):
        return 1e-9
    if not _is_word(key.strip(f"{OPEN}{CLOSE}")):
        return 0.3
    return 0.05 if key == "0" else 0.6 ** (len(key) + (key[0] == OPEN) + (key[-1] == CLOSE))


def _frequency(clause: Clause) -> float:
    return sum(map(_rareness, clause.keys))
