"""One way to write quotation marks, whatever a page writes them with.

``…'' and ``…″ as in old wire copy, «…», „…“, ”…” and "…" are all read; what a mark is shows where it
stands: one that opens has a word behind it and none before.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ODD = ("«", "»", "„", "‟", "″", "``", "''")
# Each begins with its mark, which is looked for many times as fast as a choice.
_MISPLACED = (
    re.compile(r"”(?=\w)(?<![^\s(\[—–/-]”)"), re.compile(r"“(?=[\s.,;:!?)]|$)(?<=[\w.,!?…]“)"),
)  # fmt: skip
_BEFORE, _BEHIND = r"(?<![^\s(\[—–/-]{mark})", r"(?=[^\s.,;:!?)\]'])"
_OPENING = [
    re.compile(rf"[”«»„‟″]{_BEFORE.format(mark='.')}(?=[^\s.,;:!?)\]])"),
    *(re.compile(mark + _BEFORE.format(mark=mark) + _BEHIND) for mark in ("``", "''")),
]
_CLOSING = [
    re.compile(r"[“«»„‟″](?<=[^\s(\[—–/-].)(?![\w(])"),
    *(re.compile(rf"{mark}(?<=[^\s(\[—–/-]{mark})(?![\w(])") for mark in ("``", "''")),
]
_REST = str.maketrans({"«": "“", "„": "“", "‟": "“", "»": "”", "″": "”"})


@lru_cache(maxsize=2)
def plain_marks(text: str) -> str:
    """A text of the same length with “ and ” for odd marks, and ‘‘ and ’’ for those of two signs."""
    if not (any(mark in text for mark in _ODD) or any(wrong.search(text) for wrong in _MISPLACED)):
        return text
    for expressions, one, two in ((_OPENING, "“", "‘‘"), (_CLOSING, "”", "’’")):
        for number, expression in enumerate(expressions):
            text = expression.sub(two if number else one, text)
    return text.translate(_REST).replace("``", "‘‘")
