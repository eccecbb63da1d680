"""Keys: the form in which words of a pattern and words of a text are compared.

Words are compared in one folded form (``fold``), between marks for their ends, so that a key tells a
whole word, its beginning, or letters anywhere in it. A label is a key, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import regex

OPEN, CLOSE, LABEL = "\2", "\3", "\0"
MAX_KEY = 14
EDGE, OTHER, NO_SPACE, CAPITAL = "\1", "\4", "\5", "\6"
_PIECE = re.compile(r"\x00\w+\x00|[a-z0-9_\x04]+|\s+|.", re.DOTALL)
_NOT_ASCII_WORD = regex.compile(r"(?![a-z0-9_])\w", regex.DOTALL)
_TO_ASCII = str.maketrans(
    {"\u017f": "s", "\u212a": "k", "\u0130": "i", "\u0131": "i", "’": "'", "‐": "-", "‑": "-"}
)
_DIGIT = regex.compile(r"\d")
# Words that every other sentence has.
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be been but by for from had has have he his in is it its not of on or said that"
        " the their they this to was were which who will with",
    )
)
_UNKNOWN = re.compile(f"[{NO_SPACE}{CAPITAL}]")


def fold(text: str) -> str:
    """Small letters, one digit for all, straight apostrophes, one sign for all other letters."""
    text = _DIGIT.sub("0", text.translate(_TO_ASCII).lower())
    return str(_NOT_ASCII_WORD.sub(OTHER, text))


def keys(word: str) -> Iterator[str]:
    """All keys that hold for a word (or one sign) of a text."""
    marked = f"{OPEN}{fold(word)}{CLOSE}"
    if word[0].isupper():
        yield CAPITAL
    for start in range(len(marked)):
        for end in range(start + 1, min(len(marked), start + MAX_KEY) + 1):
            yield marked[start:end]


def label_key(label: str) -> str:
    """The key of a match of an earlier level."""
    return f"{LABEL}{label}{LABEL}"


@lru_cache(maxsize=1 << 16)
def closed(text: str) -> str:
    """A beginning, cut behind its first word; CLOSE stands where that word is known to end."""
    text = text.lstrip(EDGE)
    bare = _UNKNOWN.split(text, maxsplit=1)[0]
    first = _PIECE.match(bare)
    if first is None:
        return text[:1]
    whole = first.end() < len(bare) or not is_word(first[0])
    return first[0] + CLOSE if whole else first[0]


def is_word(piece: str) -> bool:
    """Whether a piece of folded text is a word and no sign."""
    return piece[0].isalnum() or piece[0] in f"_{OTHER}"


def start_key(text: str) -> str:
    """The key of a beginning, as ``keys`` has it for words that begin so."""
    if text.startswith(LABEL):
        return text.rstrip(CLOSE)
    if text == NO_SPACE:
        return OPEN
    return text if text == CAPITAL else f"{OPEN}{text}"[:MAX_KEY]


@lru_cache(maxsize=1 << 16)
def rarest(text: str) -> str | None:
    """The rarest key that a text with this string has; None where it has none that tells anything."""
    return min(_keys_in(text), key=rareness, default=None)


def _keys_in(text: str) -> Iterator[str]:
    for piece in _PIECE.finditer(text):
        word = piece[0]
        if word.startswith(LABEL):
            yield word
        elif not word.isspace() and word != EDGE:
            sign = not is_word(word)
            left = OPEN if sign or piece.start() else ""
            right = CLOSE if sign or piece.end() < len(text) else ""
            key = f"{left}{word}{right}"[:MAX_KEY]
            if len(key) > 1 or key == "0":
                yield key


def rareness(key: str) -> float:
    """Roughly how often a sentence has the key: the longer the rarer, whole words and labels rarer still."""
    if key.startswith(LABEL):
        return 1e-9
    word = key.strip(f"{OPEN}{CLOSE}")
    if not is_word(word):
        return 0.8 if word in ".," else 0.3
    if word.strip("0") == "":
        return 0.29 * 0.5 ** (len(word) - 1)
    whole = (key[0] == OPEN) + (key[-1] == CLOSE)
    return 0.5 if word in _COMMON and whole else 0.6 ** (len(word) + whole + 1)
