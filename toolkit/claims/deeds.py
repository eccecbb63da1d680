"""What a report tells in its own voice without a toll: "Parliament passed the budget by 120 votes to 80".

Only what can be checked is suggested: a public deed with a figure or a date, an act of force also
with a place. Background without any of these is left to the person who annotates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.claims import quotes
from toolkit.model import Found, Match

Place = tuple[int, int]

_FIGURES = frozenset(
    {"QUANTITY", "QUANTITY_VAGUE", "MONEY", "PERCENT", "MEASURE", "NUMBERED", "DATE", "PERIOD", "RATIO"}
)
_BETWEEN = re.compile(
    r"[\s,]*(?:(?:has|have|had|was|were|is|are|been|also|later|then|since|again|first|[a-z]+ly)\s+)*"
)


def deeds(found: Found, taken: Sequence[Place]) -> Iterator[tuple[Place, Match]]:
    """Subject and verb of each sentence that tells of a deed, with the verb's match.

    ``taken`` are the places that attributions, tolls and silences have: their sentences are told already.
    """
    text = found.document.text
    starts: dict[int, Match] = {m.groups["SUBJECT"][1]: m for m in found.matches if m.label == "SUBJECT"}
    verbs = {m.start: m for m in found.matches if m.label == "DEED"}
    if not starts or not verbs:
        return
    for sentence in found.sentences:
        if any(start < sentence[1] and sentence[0] < end for start, end in taken):
            continue
        if text[sentence[0] : sentence[1]].rstrip("”\"’' ").endswith(("?", ":")):
            continue
        for end, subject in starts.items():
            if not sentence[0] <= subject.start < sentence[1]:
                continue
            link = _BETWEEN.match(text, end)
            verb = verbs.get(link.end()) if link else None
            if verb and _can_be_checked(found, verb, sentence):
                place = subject.groups["SUBJECT"][0], verb.end
                if not quotes.inside(text, quotes.paragraph(text, place[0])[0], place[0]):
                    yield place, verb
                break


def _can_be_checked(found: Found, verb: Match, sentence: Place) -> bool:
    wanted = _FIGURES | {"LOCATION"} if verb.attrs.get("kind") == "force" else _FIGURES
    return any(
        match.label in wanted and sentence[0] <= match.start and match.end <= sentence[1]
        for match in found.matches
    )
