"""From a rule's pattern to a regular expression of the module ``regex``.

In a pattern a space is any run of white space, ``'`` either apostrophe, ``-`` any hyphen, ``{name}`` a
variable, ``<LABEL>`` a match of an earlier level and ``<LABEL:role>`` the same captured. Earlier matches
stand in the text as one private-use character each, whose code tells their labels bit by bit; see
:mod:`toolkit.rules.engine`.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import regex

from toolkit.rules.language import KNOWN_LABELS, LEVELS, Sourced, Variables, nearest

PLACEHOLDERS = 0xE000
MAX_LABELS = 12
MAX_EXPANDED = 400_000
MAX_NESTING = 20

_TOKEN = re.compile(
    r"""(?P<escape>\\(?:[pPN]\{[^}]*\}|.))
    | (?P<recursion>\(\?(?:R|\d|&|\(|P>|[+-]\d))
    | (?P<group>\(\?P?<[A-Za-z_]\w*>)
    | (?P<flags>\(\?[a-zA-Z]*(?:-[a-z]+)?:)
    | (?P<look>\(\?<[=!]|\(\?P[=]\w+\))
    | (?P<set>\[\^?\]?(?:\\.|[^\]\\])*\])
    | \{(?P<variable>[a-z][a-z0-9_]*)\}
    | <(?P<label>[A-Z][A-Z0-9_]*)(?::(?P<role>[A-Za-z_]\w*))?>
    | (?P<count>\{\d*,?\d*\})
    | (?P<stray>[{<])
    | (?P<space>\s+)
    | (?P<open>\() | (?P<close>\)) | (?P<bar>\|)
    | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_SPACE = r"(?:\s+)"
# Where "<VICTIM>?" is absent, the space before it does for the one after it.
_SPACE_AFTER_OPTIONAL = r"(?:\s+|(?<=\s))"
_ENDS_OPTIONAL = re.compile(r"(?<![\\(])[?*][?+]?$|\{0?,\d*\}$")
_SPECIAL = {" ": _SPACE, "'": "['’]", "’": "['’]", "-": "[-‐‑]"}
_Tree: TypeAlias = "dict[str, _Tree]"
_OPTIONAL = re.compile(r"[?*]|\{0?,")
_START, _END = r"(?:\b|(?!\w))", r"(?:\b|(?<!\w))"


@dataclass(frozen=True, slots=True)
class Compiled:
    """A rule ready to run. ``labels`` are the earlier labels it refers to, bit by bit.

    ``needs`` are bit masks: the pattern can only match a sentence that has an earlier match for each of them.
    """

    source: Sourced
    labels: tuple[str, ...]
    needs: tuple[int, ...]
    pattern: regex.Pattern[str]
    unless: tuple[regex.Pattern[str], ...]


class _PatternError(Exception):
    """Something wrong inside a pattern: problem and fix, before its place is known."""


def compile_rules(rules: Sequence[Sourced]) -> list[Compiled]:
    """Compile the rules of all files together, so that labels can be checked across files.

    Raises ``SettingsError`` naming rule, file, line and fix.
    """
    levels: dict[str, set[str]] = {}
    for sourced in rules:
        levels.setdefault(sourced.rule.label, set()).add(sourced.rule.level)
    return [_compile(sourced, levels) for sourced in rules]


def _compile(sourced: Sourced, levels: dict[str, set[str]]) -> Compiled:
    rule = sourced.rule
    parts = {"pattern": rule.pattern, **{f"unless/{i}": text for i, text in enumerate(rule.unless)}}
    labels: list[str] = []
    for part, text in parts.items():
        try:
            used = (token["label"] for token in _tokens(text, sourced.variables) if token["label"])
            labels += [label for label in dict.fromkeys(used) if label not in labels]
        except _PatternError as fault:
            raise sourced.error(part, *fault.args) from None
        for label in labels:
            _check_level(sourced, part, label, levels)
    if len(labels) > MAX_LABELS:
        raise sourced.error("pattern", f"refers to more than {MAX_LABELS} labels", "split the rule")
    compiled = {part: _expression(sourced, part, text, labels) for part, text in parts.items()}
    needed, _ = _needed(list(_tokens(rule.pattern, sourced.variables)))
    return Compiled(
        sourced, tuple(labels), tuple(sum(1 << labels.index(label) for label in one) for one in needed),
        compiled.pop("pattern"), tuple(compiled.values()),
    )  # fmt: skip


def _check_level(sourced: Sourced, part: str, label: str, levels: dict[str, set[str]]) -> None:
    """A label may be used when an alias list or a rule of an earlier level makes it."""
    earlier = set(LEVELS[: LEVELS.index(sourced.rule.level)])
    usable = KNOWN_LABELS | {name for name, made in levels.items() if made & earlier}
    if label in usable:
        return
    if label in levels:
        raise sourced.error(
            part, f"<{label}> is not found before level {sourced.rule.level}",
            f"move this rule to a level after {min(levels[label], key=LEVELS.index)}",
        )  # fmt: skip
    raise sourced.error(part, f"unknown label <{label}>", nearest(label, usable, show="<{}>"))


def _expression(sourced: Sourced, part: str, text: str, labels: Sequence[str]) -> regex.Pattern[str]:
    try:
        body = _translate(text, sourced.variables, labels, 0)
        if len(body) > MAX_EXPANDED:
            raise _PatternError(f"longer than {MAX_EXPANDED} characters with its variables", "split the rule")
        flags = 0 if sourced.rule.case else regex.IGNORECASE
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return regex.compile(f"{_START}(?:{body}){_END}", flags | regex.VERSION0)
    except _PatternError as fault:
        raise sourced.error(part, *fault.args) from None
    except (regex.error, Warning, OverflowError, RecursionError, ValueError) as error:
        problem = getattr(error, "msg", None) or str(error) or type(error).__name__
        raise sourced.error(
            part, f"not a regular expression: {problem}",
            "check its brackets; write \\ before a sign to take it as it is",
        ) from error  # fmt: skip


def _tokens(text: str, variables: Variables, depth: int = 0) -> Iterator[re.Match[str]]:
    """The tokens of a pattern with its variables put in as groups; word lists are left out."""
    for token in _TOKEN.finditer(text):
        value = _value(token["variable"], variables, depth) if token["variable"] else None
        if isinstance(value, str):
            yield from _tokens(f"(?:{value})", variables, depth + 1)
        else:
            yield token


def _needed(tokens: Sequence[re.Match[str]], at: int = 0) -> tuple[list[frozenset[str]], int]:
    """Sets of labels of which every match has at least one, and where the group at ``at`` ends.

    What is optional, repeated from zero or negated says nothing; of alternatives each must say something.
    """
    ways: list[list[frozenset[str]]] = [[]]
    while at < len(tokens) and not tokens[at]["close"]:
        token, inner = tokens[at], list[frozenset[str]]()
        if token["label"]:
            inner = [frozenset({token["label"]})]
        elif token["bar"]:
            ways.append([])
        elif _opens(token):
            inner, at = _needed(tokens, at + 1)
        following = tokens[at + 1] if at + 1 < len(tokens) else None
        optional = following is not None and _OPTIONAL.match(following.string, following.start())
        negated = token[0].endswith("!") or token.string.startswith("(?!", token.start())
        if not optional and not negated:
            ways[-1] += inner
        at += 1
    if len(ways) == 1 or not all(ways):
        return (ways[0] if len(ways) == 1 else []), at
    return [frozenset[str]().union(*(min(way, key=len) for way in ways))], at


def _opens(token: re.Match[str]) -> bool:
    return bool(
        token["open"] or token["group"] or token["flags"] or (token["look"] or "").endswith(("=", "!"))
    )


def _translate(text: str, variables: Variables, labels: Sequence[str], depth: int) -> str:
    pieces: list[str] = []
    size = 0
    for token in _TOKEN.finditer(text):
        pieces.append(_piece(token, variables, labels, depth))
        size += len(pieces[-1])
        if size > MAX_EXPANDED:
            raise _PatternError(f"longer than {MAX_EXPANDED} characters with its variables", "split the rule")
    return "".join(pieces)


def _piece(token: re.Match[str], variables: Variables, labels: Sequence[str], depth: int) -> str:
    kind = token.lastgroup
    if token["label"]:
        placeholder = _placeholder(labels.index(token["label"]), len(labels))
        return f"(?P<{token['role']}>{placeholder})" if token["role"] else placeholder
    if kind == "variable":
        value = _value(token["variable"], variables, depth)
        if isinstance(value, str):
            return f"(?:{_translate(value, variables, labels, depth + 1)})"
        return _alternation(value)
    if kind == "recursion":
        raise _PatternError(f"recursion or a condition ({token[0]}…)", "spell it out")
    if kind == "stray":
        raise _PatternError(
            f"{token.string[token.start() :][:20]!r} begins neither {{variable}}, {{2,3}} nor <LABEL>",
            f"names of variables are lower case, labels upper case; write \\{token[0]} for the sign itself",
        )
    if kind == "space":
        return _SPACE_AFTER_OPTIONAL if _ENDS_OPTIONAL.search(token.string, 0, token.start()) else _SPACE
    return _SPECIAL.get(token[0], token[0])


def _alternation(words: Sequence[str]) -> str:
    """A word list as a pattern: the longest word wins, nothing is special but space, ' and hyphen.

    The words become a tree of shared beginnings, which was found several times as fast as a row.
    """
    tree: _Tree = {}
    for word in words:
        node = tree
        for unit in " ".join(word.split()):
            node = node.setdefault(_SPECIAL.get(unit) or regex.escape(unit, special_only=True), {})
        node[""] = {}
    return f"(?:{_branches(tree)})"


def _branches(tree: _Tree) -> str:
    """The pattern of what follows a place in the tree; recursion is as deep as a word is long."""
    ways = [unit + _branches(after) for unit, after in sorted(tree.items()) if unit]
    if not ways:
        return ""
    single = len(ways) == 1 and "" not in tree
    return ways[0] if single else f"(?:{'|'.join(ways)}){'?' if '' in tree else ''}"


def _value(name: str, variables: Variables, depth: int) -> str | tuple[str, ...]:
    if name not in variables:
        raise _PatternError(f"unknown variable {{{name}}}", nearest(name, variables, show="{{{}}}"))
    if depth > MAX_NESTING:
        raise _PatternError(f"the variable {{{name}}} refers to itself", "break the circle")
    return variables[name]


def _placeholder(bit: int, count: int) -> str:
    """A character class of all placeholders whose code has this bit."""
    runs: list[tuple[int, int]] = []
    for code in range(1 << count):
        if code >> bit & 1:
            if runs and runs[-1][1] == code - 1:
                runs[-1] = (runs[-1][0], code)
            else:
                runs.append((code, code))
    return "[" + "".join(f"{chr(PLACEHOLDERS + a)}-{chr(PLACEHOLDERS + b)}" for a, b in runs) + "]"
