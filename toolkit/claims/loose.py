"""Sentences that are nothing but a quote, whose speaker stands in a sentence before or behind.

One a quote, from mark to mark: “We ran,” she said. “The roof fell. Nobody helped us.” has one. Of a quote of
several sentences with a word of saying beside it, the nearest has that word; the others are such sentences.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.claims import quotes
from toolkit.claims.attribution import Telling
from toolkit.claims.clauses import Obstacles
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
# What a party speaks in, so that a quote behind it is the party's.
_SPEECH = re.compile(
    r"\b(?:statement|speech|letter|interview|post|message|remarks?|comments?|conference|briefing|tweet|video|address|appeal|call"
    r"|testimony|broadcast|memo|email|note)s?\b",
    re.IGNORECASE,
)
_COLON = re.compile(r":\s+(?=[“\"])")
_SHORTEST = 8
# A quote that opens anew in paragraph after paragraph is followed so far to who speaks it.
_MOST_QUOTES = 12
_FEWEST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Loose:
    """A quote without a word of saying: its sentences, where its speaker is named, what rules found it.

    ``host`` is the attribution of the quote that these are further sentences of.
    """

    sentences: tuple[Place, ...]
    claimer: Place
    rule_ids: tuple[str, ...] = ()
    host: Telling | None = None

    @property
    def content(self) -> Place:
        """The whole of it."""
        return self.sentences[0][0], self.sentences[-1][1]


def spread(found: Found, told: Sequence[Telling]) -> tuple[list[Telling], list[Loose]]:
    """The attributions with one sentence of their content each, and the others as quotes beside them."""
    tellings, others = [], []
    for telling in told:
        kept: list[Place] = []
        rest: list[Place] = []
        for piece in telling.content:
            first, *more = _whole(found, piece)
            behind = piece[0] >= telling.cue[1]
            near, far = (first, more) if behind or not more else (more[-1], [first, *more[:-1]])
            kept.append(near)
            rest += far
        own = replace(telling, content=tuple(kept))
        tellings.append(own)
        if rest:
            others.append(Loose(tuple(rest), telling.claimer, telling.rule_ids, own))
    return tellings, others


def _whole(found: Found, piece: Place) -> list[Place]:
    """The sentences of a piece of content; a mere word ("No.") goes with what follows."""
    at = max(0, bisect_right(found.sentences, piece[0], key=lambda sentence: sentence[0]) - 1)
    cut: list[Place] = []
    while at < len(found.sentences) and found.sentences[at][0] < piece[1]:
        first, last = max(found.sentences[at][0], piece[0]), min(found.sentences[at][1], piece[1])
        cut += [(first, last)] if first < last else []
        at += 1
    whole: list[Place] = []
    short = False
    for start, end in cut:
        whole.append((whole.pop()[0] if short else start, end))
        short = len(found.document.text[start:end].split()) < _FEWEST_WORDS
    if short and len(whole) > 1:
        (start, _), (_, end) = whole[-2:]
        whole[-2:] = [(start, end)]
    return whole or [piece]


def loose_quotes(found: Found, told: Sequence[Telling]) -> Iterator[Loose]:
    """The quoted sentences of a document that no attribution holds and that have a speaker.

    The speaker is who the next sentence says it came from, else who spoke last in the sentence before;
    a paragraph that begins with a quote goes on with who spoke last in the one before.
    """
    text = found.document.text
    contents = Obstacles(piece for telling in told for piece in telling.content)
    by_sentence: dict[Place, list[Telling]] = defaultdict(list)
    for telling in told:
        by_sentence[telling.sentence].append(telling)
    speaker: tuple[Place, tuple[str, ...]] | None = None
    spoken: list[Place] = []
    line = (-1, -1)
    last = 0
    for telling in told:
        for start, end in _behind_colon(text, telling):
            if contents.is_free(start, end):
                yield Loose(_sentences(found, (start, end)), telling.claimer, telling.rule_ids)
                contents.add((start, end))
    for start, end in found.sentences:
        if not line[0] <= start < line[1]:
            far = text.count("\n", last, start) > 2
            line, spoken = quotes.paragraph(text, start), quotes.spoken(text, start)
            speaker = None if far else speaker
        last = end
        here = by_sentence.get((start, end), [])
        place = _inside(text, spoken, start, end)
        held = not contents.is_free(start, end)
        if place is None or held:
            speaker = _speaker(found, here, (start, end)) if not held or here else speaker
        elif came := _CAME_FROM.match(text, end, line[1]):
            yield Loose(_sentences(found, place), came.span("who"))
        elif place[0] == start and place[1] - place[0] >= _SHORTEST:
            whose = _later_speaker(text, place, told) or speaker
            if whose:
                yield Loose(_sentences(found, place), *whose)


def _behind_colon(text: str, telling: Telling) -> Iterator[Place]:
    """The quote that somebody goes on with: she said the well was dry: “We drink rain.”."""
    opening = _COLON.match(text, telling.content[-1][1])
    if opening and telling.content[-1][0] >= telling.cue[1]:
        start = opening.end()
        close = quotes.close_of(text, start, quotes.paragraph(text, start)[1])
        if close:
            yield start, close


def _later_speaker(text: str, quote: Place, told: Sequence[Telling]) -> tuple[Place, tuple[str, ...]] | None:
    """Who speaks a quote that has no closing mark: whoever speaks the one that goes on from it."""
    for _ in range(_MOST_QUOTES):
        if quotes.is_closed(text, quote):
            return None
        place = (
            quote[1]
            if text[quote[1] :].lstrip(" ")[:1] not in {"", "\n"}
            else quotes.next_paragraph(text, quote[1])[0]
        )
        following = next((one for one in quotes.spoken(text, place) if one[0] >= quote[1]), None)
        if following is None or text[quote[1] : following[0]].strip():
            return None
        quote = following
        for telling in told:
            if any(begin < quote[1] and quote[0] < stop for begin, stop in telling.content):
                return telling.claimer, telling.rule_ids
    return None


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
    """Who spoke last in a sentence, else the person it is about, or who does not say or gives a statement."""
    if here:
        return here[-1].claimer, here[-1].rule_ids
    start, end = sentence
    text = found.document.text
    for match in found.within(start, end):
        subject = match.groups.get("SUBJECT")
        if match.label not in {"SUBJECT", "WITHHELD"} or subject is None:
            continue
        if (
            match.label == "WITHHELD"
            or _PERSON.match(text, *subject)
            or _SPEECH.search(text, subject[1], end)
        ):
            return subject, (match.rule_id,)
    return None
