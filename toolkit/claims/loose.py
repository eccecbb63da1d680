"""Sentences that are nothing but a quote, whose speaker stands in the sentence before or behind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.claims import quotes
from toolkit.claims.attribution import Telling
from toolkit.model import Found

Place = tuple[int, int]

_WHOLE = re.compile(r"[“\"][^“”\"\n]{8,}[”\"][.]?$")
_CAME_FROM = re.compile(
    r"\s*(?:(?:it|that|this|the\s+(?:comment|remark|warning|line|statement|appeal|message|call|order|answer|reply|claim|phrase))"
    r"\s+(?:came|was)|(?:the|those|these)\s+(?:words|comments|remarks)\s+(?:came|were|are))\s+(?:from|by|those\s+of|that\s+of)\s+"
    r"(?P<who>[^.;:“”\"\n]{2,120}?)(?=,?\s+(?:on|in\s+a|at\s+a|after|when|who|as)\s|[.;]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Loose:
    """A quote without a word of saying: its place, where its speaker is named, the rules that found it."""

    content: Place
    claimer: Place
    rule_ids: tuple[str, ...] = ()


def loose_quotes(found: Found, told: Sequence[Telling]) -> Iterator[Loose]:
    """The quotes in a document that no attribution holds and that a neighbouring sentence gives a speaker.

    The speaker is who the next sentence says it came from, else who spoke last in the sentence before,
    in the same paragraph.
    """
    text = found.document.text
    for number, (start, end) in enumerate(found.sentences):
        quote = _WHOLE.fullmatch(text, start, end)
        held = any(start < last and first < end for telling in told for first, last in telling.content)
        if quote is None or held or found.document.is_boilerplate(start, end):
            continue
        limit = quotes.paragraph(text, start)[1]
        if came := _CAME_FROM.match(text, end, limit):
            yield Loose((start, end), came.span("who"))
        elif number and "\n" not in text[found.sentences[number - 1][1] : start]:
            before = found.sentences[number - 1]
            speakers = [telling for telling in told if telling.sentence == before]
            if speakers:
                yield Loose((start, end), speakers[-1].claimer, speakers[-1].rule_ids)
