"""spaCy's token patterns as pieces of our notation: one dict per token, with its sign of repetition.

spaCy cuts "he didn't, 1,200" into tokens and our rules run over characters, so a token becomes an expression
that matches a whole word, number or sign, and what stands between two tokens is white space or nothing
where one of the two is a sign. https://spacy.io/usage/rule-based-matching describes the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

_NUMBER_WORDS = (
    "zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    "|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand"
    "|million|billion|trillion"
)
PIECES = {
    # A word (with dots inside, as U.S.), a number or a sign.
    "token": r"(?:\p{L}(?:\.\p{L})+\.?|\d[\d.,]*(?<=\d)|[\p{L}\p{M}\d_]+|[^\w\s])",
    "gap": r"(?:\s+|(?<=[^\w\s])|(?=[^\w\s]))",
    "digits": r"(?<!\d[.,])\d+(?![.,]?\d)",
    "like_number": rf"(?:(?i:{_NUMBER_WORDS})|\d[\d.,]*(?<=\d)(?:/\d+)?)",
}
"""Variables that imported patterns use."""
FLAGS = {
    "IS_ALPHA": (r"\p{L}+", "word"), "IS_DIGIT": ("{digits}", "84"), "LIKE_NUM": ("{like_number}", "84"),
    "IS_TITLE": (r"\p{Lu}\p{Ll}*", "Word"), "IS_UPPER": (r"\p{Lu}+", "WORD"),
    "IS_LOWER": (r"\p{Ll}+", "word"), "IS_PUNCT": (r"\p{P}", ","),
}  # fmt: skip
"""Flags that can be said, as an expression of a whole token, with a token that has it."""
_CASED = frozenset({"ORTH", "TEXT", "IS_TITLE", "IS_UPPER", "IS_LOWER"})
_WORDS = frozenset({"ORTH", "TEXT", "LOWER"})
# A word begins, or ends, where there is one.
_START, _END = r"(?:\b|(?!\w))", r"(?:\b|(?<!\w))"
_REPEAT = re.compile(r"[?*+]|\{\d*(?:,\d*)?\}")
# What could reach beyond its token, or means something else in our notation.
_UNSAFE = re.compile(r"\[\^|\\[WSDBbAZsPpN]|\(\?[^:]|[{<](?!\d*,?\d*\})|\s|\$(?!$)|(?<!^)\^")


class UnsayableError(Exception):
    """What our notation cannot say, in words that complete "this pattern …"."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its expression, how often, a word that shows it, and whether that is letters and digits."""

    expression: str
    repeat: str
    sample: str
    plain: bool

    @property
    def optional(self) -> bool:
        """Whether it may be absent."""
        return bool(re.match(r"[?*]|\{0?,", self.repeat))


def literal(text: str) -> str:
    """Words as they stand; only space, apostrophe and hyphen keep the notation's own breadth."""
    return "".join(
        sign if sign.isalnum() or sign in " '’-_" else f"\\{sign}" for sign in " ".join(text.split())
    )


def is_cased(tokens: Iterable[dict[str, Any]]) -> bool:
    """Whether letter case counts anywhere in a pattern."""
    return any(key.upper() in _CASED for token in tokens for key in token)


def as_pattern(tokens: list[dict[str, Any]]) -> tuple[str, list[str]]:
    """The pattern and sentences that it should match: the shortest, and the one with everything.

    Raises ``UnsayableError``.
    """
    cased = is_cased(tokens)
    found = [_token(token, cased) for token in tokens]
    if not found or all(token.optional for token in found):
        raise UnsayableError("may match nothing at all")
    samples = [_shown(token for token in found if whole or not token.optional) for whole in (False, True)]
    return _joined(found), list(dict.fromkeys(samples))


def _shown(tokens: Iterable[Token]) -> str:
    return "".join(f"{'' if _is_clipped(token) else ' '}{token.sample}" for token in tokens).strip()


def _joined(tokens: list[Token]) -> str:
    """Tokens with what stands between them: an optional one before the first needed takes its gap with it."""
    plain = all(token.plain for token in tokens)
    gap = " " if plain else "{gap}"
    first = next(number for number, token in enumerate(tokens) if not token.optional)
    pieces = []
    for number, token in enumerate(tokens):
        # spaCy cuts "didn't" before the n, where no word ends.
        clipped, clipping = _is_clipped(token), number + 1 < len(tokens) and _is_clipped(tokens[number + 1])
        start, end = "" if plain or clipped else _START, "" if plain or clipping else _END
        one = f"{start}{token.expression}{end}"
        once = f"{gap if number > first and not clipped else ''}{one}{gap if number < first else ''}"
        if not token.repeat:
            pieces.append(once)
        elif number == first:
            pieces.append(f"{one}(?:{gap}{one}){_further(token.repeat)}")
        else:
            pieces.append(f"(?:{once}){token.repeat}")
    return "".join(pieces)


def _is_clipped(token: Token) -> bool:
    return token.sample.lower().replace("’", "'") == "n't"


def _further(repeat: str) -> str:
    """How often a token that must be there may come again."""
    if repeat == "+":
        return "*"
    low, comma, high = repeat.strip("{}").partition(",")
    most = int(high or low) - 1 if high or not comma else ""
    return f"{{{int(low) - 1},{most}}}"


def _token(token: dict[str, Any], cased: bool) -> Token:
    given = {key.upper(): value for key, value in token.items()}
    sign = str(given.pop("OP", "1"))
    if sign not in {"1", "!"} and not _REPEAT.fullmatch(sign):
        raise UnsayableError(f"has the unknown OP {sign!r}")
    parts = [_attribute(key, value, cased) for key, value in given.items()] or [("{token}", "thing")]
    expression = "".join(rf"(?={part}(?!\w))" for part, _ in parts[:-1]) + parts[-1][0]
    sample = next((word for _, word in parts if word not in {"word", "thing"}), parts[0][1])
    if sign == "!":
        return Token(rf"(?!{expression}(?!\w)){{token}}", "", "otherwise", False)
    plain = len(parts) == 1 and sample.isalnum() and "{token}" not in expression
    least = re.match(r"\{(\d+)", sign)
    shown = " ".join([sample] * max(1, int(least[1]))) if least else sample
    return Token(expression, "" if sign == "1" else sign, shown, plain)


def _attribute(key: str, value: Any, cased: bool) -> tuple[str, str]:
    """One attribute as an expression of a whole token, and a word that has it."""
    if key in FLAGS and isinstance(value, bool):
        expression, sample = FLAGS[key]
        return (expression, sample) if value else (rf"(?!{expression}(?!\w)){{token}}", "...")
    if key not in _WORDS:
        raise UnsayableError(f"asks for {key}, which needs a trained model or has no like here")
    loose: Callable[[str], str] = (lambda text: f"(?i:{text})") if cased and key == "LOWER" else str
    if isinstance(value, str):
        return loose(literal(value)), value
    if isinstance(value, dict) and len(value) == 1:
        ((how, inner),) = value.items()
        if how == "IN" and isinstance(inner, list) and inner:
            words = sorted((str(word) for word in inner), key=len, reverse=True)
            return loose(f"(?:{'|'.join(map(literal, words))})"), str(inner[0])
        if how == "NOT_IN" and isinstance(inner, list) and inner:
            none_of = loose(f"(?:{'|'.join(literal(str(word)) for word in inner)})")
            return rf"(?!{none_of}(?!\w)){{token}}", "otherwise"
        if how == "REGEX" and isinstance(inner, str):
            return loose(_regex(inner)), _sample(inner)
    raise UnsayableError(f"asks for {key}: {value!r}, which has no like here")


def _regex(text: str) -> str:
    """A regular expression searched in one token, as one that matches the whole token."""
    if _UNSAFE.search(text.replace("\\.", "").replace("\\$", "").replace("\\^", "")):
        raise UnsayableError(f"has the expression {text!r}, which could mean something else here")
    start = "" if text.startswith("^") else r"\w*?"
    end = "" if text.endswith("$") else r"\w*"
    inner = re.sub(r"\\.|\[.*?\]|\.", lambda found: r"\w" if found[0] == "." else found[0], text.strip("^$"))
    return f"{start}(?:{inner}){end}"


def _sample(text: str) -> str:
    """A word in which the expression is found, by taking the first of every choice."""
    word = text.strip("^$")
    before = ""
    while before != word:
        before = word
        word = re.sub(r"\((?:\?:)?([^()|]*)(?:\|[^()]*)?\)", r"\1", word)
    word = word.partition("|")[0]
    word = re.sub(r"\[(\w)[^\]]*\]", r"\1", word)
    for sign, plain in ((r"\d", "7"), (r"\w", "a"), (".", "a")):
        word = word.replace(sign, plain)
    word = re.sub(r".(?:\?|\*)", "", word)
    word = re.sub(r"(.)\{(\d+)[,\d]*\}", lambda found: found[1] * int(found[2]), word).replace("+", "")
    if not re.fullmatch(r"\w+", word) or not re.search(text, word):
        raise UnsayableError(f"has the expression {text!r}, for which no example can be made")
    return word
