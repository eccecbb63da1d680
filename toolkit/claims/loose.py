"""Sentences that are nothing but a quote, whose speaker stands in a sentence before or behind.

One a quote, from mark to mark: “We ran,” she said. “The roof fell. Nobody helped us.” has one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.claims import quotes
from toolkit.claims.attribution import Telling
from toolkit.model import Found

Place = tuple[int, int]

_CAME_FROM = re.compile(
    r"\s*(?:(?:it|that|this|the\s+(?:comment|remark|warning|line|statement|appeal|message|call|order|answer|reply|claim|phrase))"
    r"\s+(?:came|was)|(?:the|those|these)\s+(?:words|comments|remarks)\s+(?:came|were|are))\s+(?:from|by|those\s+of|that\s+of)\s+"
    r"(?P<who>[^.;:“”\"\n]{2,120}?)(?=,?\s+(?:on|in\s+a|at\s+a|after|when|who|as)\s|[.;]|$)",
    re.IGNORECASE,
)
# Whose words they can be though the sentence before tells of no saying: a person, not a thing.
_PERSON = re.compile(r"(?:He|She|[A-ZÀ-ÞĀ-Ž][\w'’-]+ (?:[a-z]{1,3} )?[A-ZÀ-ÞĀ-Ž][\w'’-]+)(?=,|\b)")
_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Loose:
    """A quote without a word of saying: its sentences, where its speaker is named, what rules found it."""

    sentences: tuple[Place, ...]
    claimer: Place
    rule_ids: tuple[str, ...] = ()

    @property
    def content(self) -> Place:
        """The whole of it."""
        return self.sentences[0][0], self.sentences[-1][1]


def loose_quotes(found: Found, told: Sequence[Telling]) -> Iterator[Loose]:
    """The quoted sentences of a document that no attribution holds and that have a speaker.

    The speaker is who the next sentence says it came from, else who spoke last in the sentence before;
    a paragraph that begins with a quote goes on with who spoke last in the one before.
    """
    text = found.document.text
    speaker: tuple[Place, tuple[str, ...]] | None = None
    spoken: list[Place] = []
    line = (-1, -1)
    last = 0
    for start, end in found.sentences:
        if not line[0] <= start < line[1]:
            far = text.count("\n", last, start) > 2
            line, spoken = quotes.paragraph(text, start), quotes.spoken(text, start)
            speaker = None if far else speaker
        last = end
        here = [telling for telling in told if telling.sentence == (start, end)]
        place = _inside(text, spoken, start, end)
        held = any(start < stop and begin < end for telling in told for begin, stop in telling.content)
        if place is None or held:
            speaker = _speaker(found, here, (start, end)) if not held or here else speaker
        elif came := _CAME_FROM.match(text, end, line[1]):
            yield Loose(_sentences(found, place), came.span("who"))
        elif speaker and place[0] == start and place[1] - place[0] >= _SHORTEST:
            yield Loose(_sentences(found, place), *speaker)


def _sentences(found: Found, quote: Place) -> tuple[Place, ...]:
    """The sentences of a quote, without what lies outside its marks."""
    start, end = quote
    cut = [(max(first, start), min(last, end)) for first, last in found.sentences]
    return tuple((first, last) for first, last in cut if first < last)


def _inside(text: str, spoken: Sequence[Place], start: int, end: int) -> Place | None:
    """The quote that a sentence begins or goes on with, if nothing but a stop lies outside."""
    for begin, stop in spoken:
        if begin <= start and (end <= stop or (start < stop and not text[stop:end].strip(" .,"))):
            return begin, stop
    return None


def _speaker(found: Found, here: Sequence[Telling], sentence: Place) -> tuple[Place, tuple[str, ...]] | None:
    """Who spoke last in a sentence, else the person it is about, as far as it is about one."""
    if here:
        return here[-1].claimer, here[-1].rule_ids
    start, end = sentence
    for match in found.matches:
        if match.label == "SUBJECT" and start <= match.start and match.end <= end:
            subject = match.groups["SUBJECT"]
            if _PERSON.match(found.document.text, *subject):
                return subject, (match.rule_id,)
    return None
