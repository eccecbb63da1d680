"""An expression of the module ``regex`` for PCRE2, which compiles it to machine code: several times as fast.

Only what both read alike is taken over (``_TOKEN``); anything else is left to ``regex``. A look-behind that
PCRE2 cannot do (unbounded, or with a role in it) is left out: what is then found may be too much and never
too little, so it tells where ``regex`` is worth asking. Groups that make an expression too large for PCRE2
are written once and called by name.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

import pcre2
import regex

from toolkit.rules.first import first_signs

# Backtracking steps from one place in a text. PCRE2 has no clock: what takes more is left to `regex`.
MAX_STEPS = 500_000
# Signs that the two engines take for different kinds of characters.
_ODD = regex.compile(
    r"[\p{No}\p{Mc}\p{Me}\u0130\u0131\u0295\u180e\u200c\u200d\u24b6-\u24e9\U0001f130-\U0001f189]"
)
# Letters, digits and spaces outside ASCII: without one of these PCRE2 need not ask Unicode what a word is.
_WIDE = regex.compile(r"(?![\x00-\x7f])[\w\s]")
# Most texts have no other signs than these, which are none of either kind.
_USUAL = re.compile(r"[\x00-\x7f‘’“”–—…€£]*")
# Word boundaries, where a pattern begins or ends with a word character.
START, END = r"(?:(?<!\w)|(?!\w))", r"(?:(?!\w)|(?<!\w))"
# Groups of so many signs are shared: none, then the longest alone, since a call costs time.
_SHARED_FROM = (None, 300, 80)
_NAME = "shared_"
_CATEGORY = r"\\[pP]\{(?:[LMNPSZ][a-z]?)\}"
_SIGN = r"\\u[0-9a-fA-F]{4}|\\[^\w\s]|\\[nrtdDsSwW]"
_TOKEN = re.compile(
    rf"""(?P<escape>{_CATEGORY}|{_SIGN}|\\[bB])
    | (?P<set>\[\^?\]?(?:{_CATEGORY}|{_SIGN}|(?!--|&&|\|\||~~)[^\[\]\\])*\])
    | (?P<open>\((?:\?(?:P?<(?P<role>[A-Za-z_]\w*)>|<?[=!]|>|[ims]*(?:-[ims]+)?:)|(?![?*])))
    | (?P<close>\))
    | (?P<count>(?:[*+?]|\{{\d+(?:,\d*)?\}})[?+]?)
    | (?P<bar>\|)
    | (?P<plain>[^\\\[\]{{}}()*+?|]+)""",
    re.VERBOSE | re.DOTALL,
)
_ENDLESS = re.compile(r"[*+]|\{\d+,\}")


class Signs(Enum):
    """What signs a sentence has, and so which expression may decide there."""

    PLAIN = "letters, digits and spaces of ASCII only"
    WIDE = "others"
    ODD = "some that the engines take for different kinds"


def signs_of(text: str) -> Signs:
    """The kind of a text's signs."""
    if text.isascii() or _USUAL.fullmatch(text):
        return Signs.PLAIN
    if _ODD.search(text):
        return Signs.ODD
    return Signs.WIDE if _WIDE.search(text) else Signs.PLAIN


class Quick(NamedTuple):
    """An expression for PCRE2.

    ``probe`` finds something, not behind the first match, in every text where there is a match. ``exact`` is
    the expression itself, or None; ``loose`` matches at least wherever the expression does. ``roles``: the
    names of its groups with their numbers, in order, where a name may stand more than once.
    """

    probe: pcre2.Pattern
    loose: pcre2.Pattern
    exact: pcre2.Pattern | None
    roles: tuple[tuple[str, int], ...]


class _Token(NamedTuple):
    text: str
    kind: str
    role: str | None = None


def whole(body: str) -> str:
    """A pattern with the edges of words where it begins or ends with a word character."""
    return f"{START}(?:{body}){END}"


@lru_cache(maxsize=1 << 11)
def quick(body: str, flags: int, signs: Signs = Signs.WIDE) -> Quick | None:
    """A pattern for PCRE2, as ``whole`` makes it; None where it is not for both engines.

    For sentences of plain signs alone it is a twelfth faster.
    """
    options = pcre2.IGNORECASE if flags & regex.IGNORECASE else pcre2.NOFLAG
    if signs is Signs.PLAIN:
        options |= pcre2.ASCII
    try:
        made = _made(_tokens(whole(body)), options)
        ahead = _from_behind(_tokens(body))
        probe = _made(ahead, options) if made and ahead else None
    except _NotAlikeError:
        return None
    return made._replace(probe=probe.probe) if made and probe else made


def _from_behind(tokens: Sequence[_Token]) -> list[_Token]:
    """The pattern from where its look-behinds begin on; empty where it does not begin with one.

    To find that there is no match it is the faster way: a look-behind is tried at every place, and each time
    from every place before.
    """
    start = _tokens(START)
    made = [_Token("(?:", "open")]
    depth, begins, found = 0, True, False
    for at, token in enumerate(tokens):
        if begins and token.text == "(?<=" and not _is_atomic(tokens[at:]):
            made.append(_Token("(?:", "open"))
            found = True
        else:
            made += [*start, token] if begins else [token]
        depth += (token.kind == "open") - (token.kind == "close")
        begins = depth == 0 and token.text == "|"
    return [*made, _Token(")", "close"), *_tokens(END)] if found else []


def _is_atomic(tokens: Sequence[_Token]) -> bool:
    """Whether something in the group that begins here is taken once and for all."""
    depth = 0
    for token in tokens:
        depth += (token.kind == "open") - (token.kind == "close")
        if token.text == "(?>" or (token.kind == "count" and token.text[1:].endswith("+")):
            return True
        if depth == 0:
            break
    return False


def _made(tokens: Sequence[_Token], options: int) -> Quick | None:
    first = first_signs(tokens)
    for drop, share in itertools.product((False, True), _SHARED_FROM):
        made = _Translation(drop=drop, share=share)
        source = f"(*LIMIT_MATCH={MAX_STEPS})(?J){first}{made.run(tokens)}"
        try:
            pattern = pcre2.compile(source, options)
        except pcre2.LibraryError:
            continue
        return Quick(pattern, pattern, pattern if made.exact else None, tuple(made.roles))
    return None


class _NotAlikeError(Exception):
    """The two engines would not, or not surely, read the same."""


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None:
            raise _NotAlikeError
        kind = str(token.lastgroup)
        if kind == "count" and found and found[-1].kind == "count":
            raise _NotAlikeError
        found.append(_Token(token[0], kind, token["role"]))
        position = token.end()
    return found


class _Group:
    """A group that is being read: its pieces so far, and what was found in it.

    ``roles``: it captures; ``lost``: something was left out; ``endless``: it has no bound; ``inline``: it has
    flags of its own, or a group around it has.
    """

    __slots__ = ("endless", "inline", "lost", "opening", "pieces", "roles")

    def __init__(self, opening: str, *, inline: bool = False) -> None:
        self.opening, self.pieces = opening, list[str]()
        self.roles = self.lost = self.endless = False
        self.inline: bool = inline or (opening.startswith("(?") and opening[2:] != ":" and opening[-1] == ":")

    @property
    def looks_behind(self) -> bool:
        return self.opening in {"(?<=", "(?<!"}

    @property
    def denies(self) -> bool:
        return self.opening in {"(?!", "(?<!"}


class _Translation:
    """One way to write an expression for PCRE2.

    ``drop``: no look-behind with a repetition in it; ``share``: groups of more signs than that by name.
    """

    def __init__(self, *, drop: bool, share: int | None) -> None:
        self._drop, self._share = drop, share
        self._shared: dict[str, str] = {}
        self._groups = [_Group("")]
        self.roles: list[tuple[str, int]] = []
        self.exact = True

    def run(self, tokens: Sequence[_Token]) -> str:
        """The whole expression; ``_NotAlikeError`` where this way is none."""
        captures, lost = 0, False
        for text, kind, role in tokens:
            group = self._groups[-1]
            if kind == "close":
                lost = self._close()
                continue
            if kind == "open":
                if role or text == "(":
                    captures += 1
                    group.roles = True
                    if role:
                        self.roles.append((role, captures))
                self._groups.append(_Group(text, inline=group.inline))
            else:
                if kind == "count":
                    if lost and text[1:].endswith("+"):
                        raise _NotAlikeError
                    group.endless |= self._drop or _ENDLESS.match(text) is not None
                group.pieces.append(text)
            lost = False
        if len(self._groups) > 1:
            raise _NotAlikeError
        definitions = "".join(f"(?P<{name}>{body})" for body, name in self._shared.items())
        rest = f"(?(DEFINE){definitions})" if definitions else ""
        return f"{''.join(self._groups[0].pieces)}{rest}"

    def _close(self) -> bool:
        """The end of a group; whether something in it was left out."""
        group = self._groups.pop()
        if not self._groups:
            raise _NotAlikeError
        around = self._groups[-1]
        around.roles |= group.roles
        impossible = group.looks_behind and (group.roles or group.endless)
        if impossible or (group.lost and group.denies):
            self.exact = False
            around.lost = True
            around.pieces.append("(?:)")
            return True
        if group.lost and group.opening == "(?>":
            raise _NotAlikeError
        around.lost |= group.lost
        if not group.opening.endswith(("=", "!")):
            around.endless |= group.endless
        text = f"{group.opening}{''.join(group.pieces)})"
        plain = group.opening == "(?:" and not group.roles and not group.inline
        if self._share and plain and len(text) > self._share:
            text = f"(?&{self._shared.setdefault(text, f'{_NAME}{len(self._shared)}')})"
        around.pieces.append(text)
        return group.lost
