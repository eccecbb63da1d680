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
from typing import NamedTuple

import pcre2
import regex

# Backtracking is bounded by steps, so that a pattern that runs away does so after the same steps everywhere.
MAX_STEPS = 2_000_000
OUT_OF_STEPS = -47
# Signs that the two engines take for different kinds of characters.
ODD = regex.compile(
    r"[\p{No}\p{Mc}\p{Me}\u0130\u0131\u0295\u180e\u200c\u200d\u24b6-\u24e9\U0001f130-\U0001f189]"
)
_SHARED_FROM = 300
_NAME = "shared_"
_CATEGORY = r"\\[pP]\{(?:[LMNPSZ][a-z]?)\}"
_SIGN = r"\\u[0-9a-fA-F]{4}|\\[^\w\s]|\\[nrtdDsSwW]"
_TOKEN = re.compile(
    rf"""(?P<escape>{_CATEGORY}|{_SIGN}|\\[bB])
    | (?P<set>\[\^?\]?(?:{_CATEGORY}|{_SIGN}|(?!--|&&|\|\||~~)[^\[\]\\])*\])
    | (?P<open>\((?:\?(?:P?<(?P<role>[A-Za-z_]\w*)>|<?[=!]|>|[ims]*(?:-[ims]+)?:)|(?![?*])))
    | (?P<close>\))
    | (?P<count>(?:[*+?]|\{{\d+(?:,\d*)?\}})[?+]?)
    | (?P<plain>[^\\\[\]{{}}()*+?])""",
    re.VERBOSE | re.DOTALL,
)
_ENDLESS = re.compile(r"[*+]|\{\d+,\}")


class Quick(NamedTuple):
    """An expression that PCRE2 runs.

    ``exact``: it matches the same as the one it was made of, otherwise at least that. ``roles``: the names of
    groups with their numbers, in order; a name may stand more than once.
    """

    pattern: pcre2.Pattern
    exact: bool
    roles: tuple[tuple[str, int], ...]


def quick(text: str, flags: int) -> Quick | None:
    """The expression for PCRE2; None where it is not for both engines."""
    options = pcre2.IGNORECASE if flags & regex.IGNORECASE else pcre2.NOFLAG
    try:
        tokens = _tokens(text)
        for drop, share in itertools.product((False, True), repeat=2):
            made = _Translation(drop=drop, share=share)
            source = f"(*LIMIT_MATCH={MAX_STEPS})(?J){made.run(tokens)}"
            try:
                return Quick(pcre2.compile(source, options), made.exact, tuple(made.roles))
            except pcre2.LibraryError:
                continue
    except _NotAlikeError:
        pass
    return None


class _NotAlikeError(Exception):
    """The two engines would not, or not surely, read the same."""


def _tokens(text: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    position = 0
    while position < len(text):
        token = _TOKEN.match(text, position)
        if token is None or (token["count"] and found and found[-1]["count"]):
            raise _NotAlikeError
        found.append(token)
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

    ``drop``: no look-behind with a repetition in it; ``share``: large groups by name.
    """

    def __init__(self, *, drop: bool, share: bool) -> None:
        self._drop, self._share = drop, share
        self._shared: dict[str, str] = {}
        self._groups = [_Group("")]
        self.roles: list[tuple[str, int]] = []
        self.exact = True

    def run(self, tokens: Sequence[re.Match[str]]) -> str:
        """The whole expression; ``_NotAlikeError`` where this way is none."""
        captures, lost = 0, False
        for token in tokens:
            group = self._groups[-1]
            if token["open"]:
                if token["role"] or token["open"] == "(":
                    captures += 1
                    group.roles = True
                    if token["role"]:
                        self.roles.append((token["role"], captures))
                self._groups.append(_Group(token["open"], inline=group.inline))
            elif token["close"]:
                lost = self._close()
                continue
            elif token["count"]:
                if lost and token["count"][-1] == "+" and len(token["count"]) > 1:
                    raise _NotAlikeError
                group.endless |= self._drop or _ENDLESS.match(token["count"]) is not None
                group.pieces.append(token["count"])
            else:
                group.pieces.append(token[0])
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
        if self._share and plain and len(text) > _SHARED_FROM:
            text = f"(?&{self._shared.setdefault(text, f'{_NAME}{len(self._shared)}')})"
        around.pieces.append(text)
        return group.lost
