"""A count in words or digits as an interval; vague words stay words.

The conventions are those of ``schemas/claim.schema.json``: ``exact`` has low = value = high,
``at least N`` value = low, ``more than N`` low = N + 1 alone, a range both ends alone,
``about N`` the value alone, upper bounds mirrored.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.model.claim import Modifier

LARGEST = 10**12
_SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
    "seventeen eighteen nineteen",
)
_UNITS = {word: number for number, word in enumerate(" ".join(_SMALL).split())}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), start=2
    )
}
_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "lakh": 10**5, "lakhs": 10**5, "crore": 10**7, "crores": 10**7, "dozen": 12, "score": 20,
}  # fmt: skip
_SUFFIXES = {"k": 1000, "m": 10**6, "bn": 10**9}
_VAGUE = re.compile(
    r"\b(?:(?:many |several |a few |a couple of )?(?:dozens|hundreds|thousands|scores|tens of thousands"
    r"|hundreds of thousands|millions|lakhs|crores|tens)|several|(?:a|very|quite a) few|few|many|numerous"
    r"|multiple"
    r"|countless|some|a (?:large |small |great |significant |growing )?number(?: of)?"
    r"|a (?:large|small) amount(?: of)?"
    r"|(?:a )?handful|most|heavy|heaviest|severe|significant|serious|massive|major|huge|substantial"
    r"|considerable|terrible|enormous|minor|light|mass|unknown|undisclosed|unspecified)\b",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"\b(?:several|a few|many|a couple of|some few)\s+"
    r"(?:dozen|score|hundred|thousand|lakh|million|crore|billion)\b",
    re.IGNORECASE,
)
_DIGITS = r"\d{1,3}(?:[,  .]\d{3})+(?!\d)|\d+(?:\.\d+)?"
_WORDS = "|".join(sorted([*_UNITS, *_TENS, *_SCALES, "a", "an", "half"], key=len, reverse=True))
_BEHIND_DIGITS = "hundred|thousand|million|billion|trillion|dozen|lakhs?(?: crore)?|crores?"
_NUMBER = re.compile(
    rf"(?<![\w.,])(?:(?:{_DIGITS})(?:\s*(?:k|m|bn)\b|(?:\s+|-)(?:{_BEHIND_DIGITS})\b)?"
    rf"|(?:{_WORDS})\b(?:(?:\s+and\s+|\s+|-)(?:{_WORDS})\b)*)",
    re.IGNORECASE,
)
_MODIFIER_WORDS: dict[Modifier, str] = {
    "at_least": "at least|no fewer than|no less than|not fewer than|not less than|a minimum of|minimum"
    "|at the least|or more|and more|or higher|if not more",
    "at_most": "at most|no more than|not more than|up to|as many as|a maximum of|maximum|at the most|or fewer"
    "|or less",
    "more_than": "more than|over|above|upwards of|in excess of|exceeding|plus|(?:and|or) counting",
    "fewer_than": "fewer than|less than|under|below",
    "approximately": "about|around|some|approximately|roughly|nearly|almost|close to|an estimated|estimated"
    "|circa|or so|-odd|give or take|just over|just under",
}
_MODIFIERS = {
    name: re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE) for name, words in _MODIFIER_WORDS.items()
}
_RANGE = re.compile(
    r"\b(?:between\b.*\band|from\b.*\bto)\b|^\W*[\w ,.-]*?(?:-|–|—|\bto\b|\bor\b)", re.IGNORECASE
)


# "Between 2.1 and 2.7 million": the scale belongs to both.
_FEW = rf"\d{{1,3}}(?:\.\d+)?|(?:{'|'.join(_SMALL[0].split())})\b"
_SHARED_SCALE = re.compile(
    rf"(?<![\d.,])(?<!\w)({_FEW})(?= (?:and|to|or) (?:{_FEW}) (?:million|billion|lakh|crore)\b)"
    rf"( (?:and|to|or) (?:{_FEW})) (million|billion|lakh|crore)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\b(between\s+\S+(?:\s+\S+){0,4}?)\s+and\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Interval:
    """A count: see the module's docstring for how the four fields go together."""

    value: int | None
    low: int | None
    high: int | None
    modifier: Modifier
    vague_term: str | None = None


def parse(text: str) -> Interval | None:
    """The interval that the words of a quantity say, or None when there is no count in them.

    >>> parse("at least 1,200")
    Interval(value=1200, low=1200, high=None, modifier='at_least', vague_term=None)
    """
    if re.fullmatch(r"\W*(?:no|none|nobody|no one|not a single|zero)\W*", text, re.IGNORECASE):
        return bounded(0, "exact")
    found = _numbers(_BETWEEN.sub(r"\1 to ", _SHARED_SCALE.sub(r"\1 \3\2 \3", text)))
    several = _SEVERAL.search(text)
    vague = several or _VAGUE.search(text)
    if several or not found:
        return Interval(None, None, None, "vague", vague[0]) if vague else None
    if len(found) > 1 and _RANGE.search(text) and found[0] < found[1]:
        return Interval(None, found[0], found[1], "range")
    modifier: Modifier = "exact"
    if re.search(r"\d\+", text):
        modifier = "at_least"
    else:
        modifier = next((name for name, pattern in _MODIFIERS.items() if pattern.search(text)), "exact")
    if re.search(r"\b(?:dozen|score)\b", text, re.IGNORECASE) and modifier == "exact":
        modifier = "approximately"
    return bounded(found[0], modifier)


def bounded(number: int, modifier: Modifier) -> Interval:
    """The interval of one number under a modifier."""
    bounds: dict[Modifier, tuple[int | None, int | None, int | None]] = {
        "exact": (number, number, number),
        "at_least": (number, number, None),
        "more_than": (None, number + 1, None),
        "at_most": (number, None, number),
        "fewer_than": (None, None, max(number - 1, 0)),
        "approximately": (number, None, None),
    }
    value, low, high = bounds[modifier]
    return Interval(value, low, high, modifier)


def _numbers(text: str) -> list[int]:
    values = (_value(found[0]) for found in _NUMBER.finditer(text))
    return [value for value in values if value is not None and value <= LARGEST]


def _value(text: str) -> int | None:
    """One number in digits, words or both; None for a lone "a" or "half", or for digits of other scripts."""
    words = re.findall(r"[^\W\d_]+|\d[\d,.  ]*", text.casefold().replace("\N{NO-BREAK SPACE}", " "))
    if not words or not any(
        word[0].isdigit() or word in _UNITS or word in _TENS or word in _SCALES for word in words
    ):
        return None
    total, current, scale = 0.0, 0.0, 1
    for word in words:
        if word[0].isdigit():
            current += _digits(word.strip(" ,."))
        elif word == "half":
            current += 0.5 * scale  # "a million and a half"
        elif word in {"a", "an"}:
            current = 0.0 if total else current or 1 if current != 0.5 else 0.5
        elif word in _SUFFIXES:
            current *= _SUFFIXES[word]
        elif word in _SCALES and total and not current:
            total *= _SCALES[word]  # "a lakh crore"
        elif word in _SCALES:
            current = (current or 1) * _SCALES[word]
            if _SCALES[word] >= 1000:
                total, current, scale = total + current, 0.0, _SCALES[word]
        else:
            current += _UNITS.get(word, 0) + _TENS.get(word, 0)
    return round(total + current) if total + current < LARGEST * 10 else None


def _digits(text: str) -> float:
    if re.fullmatch(r"\d{1,3}(?:[,. ]\d{3})+", text):
        return float(re.sub(r"[,. ]", "", text))
    try:
        return float(text.replace(",", "").replace(" ", ""))
    except ValueError:
        return 0.0
