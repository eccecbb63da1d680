"""One way to write quotation marks, whatever a page writes them with.

``…'' and ``…″ as in old wire copy, «…», „…“, ”…” and "…" are all read; what a mark is shows where it
stands: one that opens has a word behind it and none before.
"""

from __future__ import annotations

import re
from functools import lru_cache

_ODD = re.compile(r"[«»„‟″]|``|''|(?<![^\s(\[—–/-])”(?=\w)|(?<=[\w.,!?…])“(?=[\s.,;:!?)]|$)")
_OPENING = re.compile(r"(?<![^\s(\[—–/-])(?:[”«»„‟″](?=[^\s.,;:!?)\]])|(?:``|'')(?=[^\s.,;:!?)\]']))")
_CLOSING = re.compile(r"(?<=[^\s(\[—–/-])(?:[“«»„‟″]|''|``)(?![\w(])")
_REST = str.maketrans({"«": "“", "„": "“", "‟": "“", "»": "”", "″": "”"})


@lru_cache(maxsize=2)
def plain_marks(text: str) -> str:
    """A text of the same length with “ and ” for odd marks, and ‘‘ and ’’ for those of two signs."""
    if not _ODD.search(text):
        return text
    text = _OPENING.sub(lambda mark: "“" if len(mark[0]) == 1 else "‘‘", text)
    text = _CLOSING.sub(lambda mark: "”" if len(mark[0]) == 1 else "’’", text)
    return text.translate(_REST).replace("``", "‘‘")
