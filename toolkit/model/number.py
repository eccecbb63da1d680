"""Numbers as news writes them, in digits and in English words, and the bounds around them."""

from __future__ import annotations

import re

from toolkit.model.claim import Modifier

_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_ONES)} | {
    word: 20 + 10 * place for place, word in enumerate(_TENS)
}
_SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
_WORD = "|".join([*_WORDS, *_SCALES])
_DIGITS = r"\d{1,3}(?:[, \u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_NUMBER = re.compile(
    rf"(?<![\w.])(?:(?P<digits>{_DIGITS})(?:[\s-]+(?P<scale>thousand|million|billion))?"
    rf"|(?P<words>(?:an?\s+(?=hundred|thousand|million|billion))?(?:{_WORD})(?:(?:[\s-]+(?:and\s+)?)(?:{_WORD}))*))"
    r"(?![\w])",
    re.IGNORECASE,
)
_MODIFIERS: tuple[tuple[Modifier, re.Pattern[str]], ...] = tuple(
    (modifier, re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE))
    for modifier, pattern in (
        ("at_least", r"at least|no (?:fewer|less) than|not less than|a minimum of|or more|upwards of"),
        ("at_most", r"at most|no more than|up to|as many as|a maximum of|or (?:fewer|less)"),
        ("more_than", r"more than|over|above|exceeding|in excess of"),
        ("fewer_than", r"fewer than|less than|under|below"),
        ("approximately", r"about|around|some|nearly|almost|approximately|roughly|an estimated|or so"),
    )
)


def numbers(text: str) -> list[int]:
    """The whole numbers in a text, in order; "2.5 million" is one, a fraction of a person is none."""
    return [value for match in _NUMBER.finditer(text) if (value := _value(match)) is not None]


def quantity(text: str) -> tuple[Modifier, list[int]]:
    """How a quantity's words bound it, and the figures in them; ``("vague", [])`` without a figure."""
    found = numbers(text)
    if not found:
        return "vague", []
    for modifier, pattern in _MODIFIERS:
        if pattern.search(text):
            return modifier, found
    return ("exact" if len(found) == 1 else "range"), found


def _value(match: re.Match[str]) -> int | None:
    if match["words"]:
        return _from_words(re.split(r"[\s-]+", match["words"].lower()))
    figure = float(re.sub(r"[, \u00a0\u202f]", "", match["digits"])) * _SCALES.get(
        (match["scale"] or "").lower(), 1
    )
    return int(figure) if figure.is_integer() and figure < 2**53 else None


def _from_words(words: list[str]) -> int:
    total = part = 0
    for word in words:
        scale = _SCALES.get(word)
        if scale == 100:
            part = (part or 1) * 100
        elif scale:
            total, part = total + (part or 1) * scale, 0
        else:
            part += _WORDS.get(word, 0)
    return total + part
