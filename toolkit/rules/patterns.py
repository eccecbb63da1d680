"""The notation of patterns, and its translation into regular expressions of the module ``regex``.

In a pattern a space is any run of white space, ``'`` either apostrophe, ``-`` any hyphen, ``{name}`` a
variable, ``<LABEL>`` a match of an earlier level and ``<LABEL:role>`` the same captured. Earlier matches
stand in the text as one private-use character each, whose code tells their labels bit by bit; see
:mod:`toolkit.rules.engine`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, takewhile

import regex

from toolkit.rules.anchors import Analysis
from toolkit.rules.language import Variables, nearest
from toolkit.rules.pieces import Clause
from toolkit.rules.signs import ENDS_OPTIONAL

PLACEHOLDERS = 0xE000
MAX_LABELS = 12
MAX_EXPANDED = 400_000

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
_PLACED = re.compile("[\ue000-\uf8ff]")
_LABEL_CLASS = r"\[(?:[\ue000-\uf8ff]-[\ue000-\uf8ff])+\]"
_EITHER = re.compile(rf"\(\?:{_LABEL_CLASS}(?:\|{_LABEL_CLASS})+\)")
# A run of white space is one sign in what rules see (see pages).
_SPACE = r"\s"
# Where "<VICTIM>?" is absent, the space before it does for the one after it.
_SPACE_AFTER_OPTIONAL = r"(?:\s|(?<=\s))"
_SPECIAL = {" ": _SPACE, "'": "['’]", "’": "['’]", "-": "[-‐‑]"}


class PatternError(Exception):
    """Something wrong inside a pattern: problem and fix, before its place is known."""


class Vocabulary:
    """The variables of one rule file, and what was already made of them.

    Every method raises ``PatternError`` for a variable that is unknown or refers to itself.
    """

    def __init__(self, variables: Variables) -> None:
        self.variables = variables
        self._open: list[str] = []
        self._labels: dict[str, tuple[str, ...]] = {}
        self._analysis = Analysis(_TOKEN, variables)
        self._pieces: dict[tuple[str, tuple[str, ...]], str] = {}
        self._outlined: set[str] = set()

    def uses(self, text: str) -> Counter[str]:
        """How often each label stands in a pattern and its variables."""
        found: Counter[str] = Counter()
        for token in _TOKEN.finditer(text):
            if token["label"]:
                found[token["label"]] += 1
            elif token["variable"] and self._labels_of(token["variable"]):
                found += self.uses(str(self.variables[token["variable"]]))
        return found

    def labels(self, text: str) -> tuple[str, ...]:
        """The labels that a pattern refers to, in order."""
        found: dict[str, None] = {}
        for token in _TOKEN.finditer(text):
            if token["label"]:
                found[token["label"]] = None
            elif token["variable"]:
                found.update(dict.fromkeys(self._labels_of(token["variable"])))
        return tuple(found)

    def needs(self, text: str, *, case: bool = False) -> tuple[Clause, ...]:
        """What a sentence must hold for the pattern to match it."""
        return self._analysis.needs(text, case=case)

    def translate(self, text: str, labels: tuple[str, ...]) -> str:
        """The regular expression of a pattern whose rule refers to ``labels``."""
        pieces: list[str] = []
        size = 0
        for token in _TOKEN.finditer(text):
            pieces.append(self._piece(token, labels))
            size += len(pieces[-1])
            if size > MAX_EXPANDED:
                raise PatternError(f"longer than {MAX_EXPANDED} characters with its variables", "split it")
        return _EITHER.sub(_one_class, "".join(pieces))

    def outlines(self, text: str, labels: tuple[str, ...]) -> Iterator[str]:
        """The pattern with a letter for every variable, and so every variable in it not yet given."""
        pieces = []
        for token in _TOKEN.finditer(text):
            name = token["variable"]
            pieces.append("(?:x)" if name else self._piece(token, labels))
            value = self.variables[name] if name else ""
            if isinstance(value, str) and value and name not in self._outlined:
                self._outlined.add(name)
                yield from self.outlines(value, self.labels(value))
        yield "".join(pieces)

    def _piece(self, token: re.Match[str], labels: tuple[str, ...]) -> str:
        kind = token.lastgroup
        if token["label"]:
            placeholder = _placeholder(labels, token["label"])
            return f"(?P<{token['role']}>{placeholder})" if token["role"] else placeholder
        if kind == "variable":
            return self._variable(token["variable"], labels)
        if kind == "recursion":
            raise PatternError(f"recursion or a condition ({token[0]}…)", "spell it out")
        if kind == "stray":
            raise PatternError(
                f"{token.string[token.start() :][:20]!r} begins neither {{variable}}, {{2,3}} nor <LABEL>",
                f"variables are lower case, labels upper case; write \\{token[0]} for the sign itself",
            )
        if kind == "space":
            return _SPACE_AFTER_OPTIONAL if ENDS_OPTIONAL.search(token.string, 0, token.start()) else _SPACE
        return _SPECIAL.get(token[0], token[0])

    def _variable(self, name: str, labels: tuple[str, ...]) -> str:
        key = (name, labels if self._labels_of(name) else ())
        if key not in self._pieces:
            value = self.variables[name]
            inner = self.translate(value, labels) if isinstance(value, str) else _alternation(value)
            self._pieces[key] = f"(?:{inner})"
        return self._pieces[key]

    def _labels_of(self, name: str) -> tuple[str, ...]:
        if name not in self._labels:
            if name not in self.variables:
                raise PatternError(
                    f"unknown variable {{{name}}}", nearest(name, self.variables, show="{{{}}}")
                )
            if name in self._open:
                raise PatternError(f"the variable {{{name}}} refers to itself", "break the circle")
            value = self.variables[name]
            self._open.append(name)
            try:
                self._labels[name] = self.labels(value) if isinstance(value, str) else ()
            finally:
                self._open.pop()
        return self._labels[name]


def _alternation(words: Sequence[str]) -> str:
    """A word list as alternatives: the longest wins, only space, apostrophe and hyphen are special.

    What words begin with alike is written once, which was found to match four times as fast as a row.
    """
    return "|".join(_branches(sorted({" ".join(word.split()).replace("’", "'") for word in words})))


def _branches(words: Sequence[str]) -> Iterator[str]:
    """Sorted words as alternatives that begin differently."""
    for _, group in groupby(words, key=lambda word: word[:1]):
        alike = list(group)
        pairs = zip(alike[0], alike[-1], strict=False)
        stem = "".join(a for a, _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
        rests = [word[len(stem) :] for word in alike if word != stem]
        inner = f"(?:{'|'.join(_branches(rests))})" if rests else ""
        yield f"{_literal(stem)}{inner}{'?' if rests and len(rests) < len(alike) else ''}"


def _literal(word: str) -> str:
    return "".join(_SPECIAL.get(sign) or regex.escape(sign, special_only=True) for sign in word)


def label_bit(labels: Sequence[str], label: str) -> int:
    """What a label adds to the code of a placeholder: the last label has the highest bit, and so on down, so
    that rules which share their last labels may share what they see.
    """
    return 1 << MAX_LABELS - len(labels) + labels.index(label)


def _placeholder(labels: Sequence[str], label: str) -> str:
    """A character class of all placeholders whose code has the label's bit."""
    bit = label_bit(labels, label)
    return _class(
        code for start in range(bit, 1 << MAX_LABELS, 2 * bit) for code in range(start, start + bit)
    )


def _one_class(found: re.Match[str]) -> str:
    """A choice of labels as one class: together they are few ranges, and ranges are tried one by one."""
    ends = _PLACED.findall(found[0])
    runs = zip(ends[::2], ends[1::2], strict=True)
    return _class(sorted({code - PLACEHOLDERS for a, b in runs for code in range(ord(a), ord(b) + 1)}))


def _class(codes: Iterable[int]) -> str:
    runs: list[tuple[int, int]] = []
    for code in codes:
        if runs and runs[-1][1] == code - 1:
            runs[-1] = (runs[-1][0], code)
        else:
            runs.append((code, code))
    return "[" + "".join(f"{chr(PLACEHOLDERS + a)}-{chr(PLACEHOLDERS + b)}" for a, b in runs) + "]"
