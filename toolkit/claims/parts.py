"""What each claim is made of, before it is a record: content, attribution, toll, stance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.claims import quotes
from toolkit.claims.attribution import Telling, innermost
from toolkit.claims.contents import Place
from toolkit.claims.context import Context, Obstacles, trimmed
from toolkit.claims.deeds import deeds
from toolkit.claims.loose import Loose, loose_quotes
from toolkit.claims.tolls import Toll, plain_counts
from toolkit.claims.worth import argues
from toolkit.model.claim import Stance


@dataclass(frozen=True, slots=True)
class Part:
    """One claim to be; ``sentences`` are those that it falls into where it is no mere talk."""

    pieces: tuple[Place, ...]
    telling: Telling | None
    toll: Toll | None
    stance: Stance
    rule_ids: tuple[str, ...]
    score: float
    speaker: Place | None = None
    sentences: tuple[Place, ...] = ()


def parts_of(context: Context, told: Sequence[Telling], counted: Sequence[Toll]) -> Iterator[Part]:
    """Attributions with their tolls, then what the report says in its own voice."""
    owned = {toll: innermost(told, *toll.anchor()) for toll in counted}
    others = plain_counts(context.found, [piece for telling in told for piece in telling.content])
    for telling in told:
        if not _only_passes_on(telling, told):
            all_own = [toll for toll, owner in owned.items() if owner and owner.content == telling.content]
            own = [toll for toll in all_own if toll.quantity or toll.alone] or all_own[:1]
            own = own or [toll for toll in others if innermost(told, *toll.anchor()) is telling]
            yield from _parts_told(context, telling, own)
    loose = list(loose_quotes(context.found, told))
    for quote in loose:
        if any(quote.content[0] <= toll.anchor()[0] < quote.content[1] for toll in counted):
            for sentence in quote.sentences:
                yield from _quoted(quote, sentence, counted)
        else:
            whole = Part((quote.content,), None, None, "affirm", quote.rule_ids, 0.6, quote.claimer)
            yield replace(whole, sentences=quote.sentences)
    silences = [match for match in context.found.matches if match.label == "WITHHELD"]
    for match in silences:
        place = trimmed(context.text, match.start, match.end)
        if place[1] - place[0] > 3:
            yield Part((place,), None, None, "withhold", (match.rule_id,), match.score)
    held = [(min(t.claimer[0], t.cue[0]), max(t.cue[1], t.claimer[1])) for t in told if not t.elided]
    held += [piece for telling in told for piece in telling.content] + [item.content for item in loose]
    obstacles = Obstacles([*held, *((match.start, match.end) for match in silences)])
    for toll, owner in owned.items():
        hull = toll.hull()
        inside_silence = any(match.start <= hull[0] < match.end for match in silences)
        quoted = any(item.content[0] <= hull[0] < item.content[1] for item in loose)
        if owner is None and (toll.quantity or toll.alone) and not (inside_silence or quoted):
            place = context.clause(hull, obstacles)
            obstacles.add(place)
            yield Part((place,), None, toll, "affirm", toll.rule_ids, toll.score)
    yield from _negations(context, obstacles)
    for place, verb in deeds(context.found, obstacles.places):
        yield Part((context.clause(place, obstacles),), None, None, "affirm", (verb.rule_id,), 0.5)


def _parts_told(context: Context, telling: Telling, own: Sequence[Toll]) -> Iterator[Part]:
    """An attribution once for each of its tolls; a quote of several sentences that has some, by sentence."""
    sentences = _sentences_of(context, telling)
    harmed = any(toll.effect for toll in own)
    if sentences and own and (harmed or not argues(context.text[slice(*telling.content[0])])):
        for sentence in sentences:
            here = [toll for toll in own if sentence[0] <= toll.anchor()[0] < sentence[1]]
            for toll in here or (None,):
                yield _by_sentence(_told(telling, toll), sentence, sentences)
    else:
        for toll in own or (None,):
            yield replace(_told(telling, toll), sentences=sentences)


def _only_passes_on(telling: Telling, told: Sequence[Telling]) -> bool:
    """Whether all that somebody tells is what another says: "According to the radio, police said …"."""
    start, end = telling.content[0]
    return (
        telling.type == "according_to"
        and len(telling.content) == 1
        and any(
            other.claimer[0] == start and other.content[-1][1] >= end
            for other in told
            if other is not telling
        )
    )


def _told(telling: Telling, toll: Toll | None) -> Part:
    ids = telling.rule_ids + (toll.rule_ids if toll else ())
    score = min(telling.score, toll.score if toll else 1.0)
    return Part(telling.content, telling, toll, telling.stance, ids, score, telling.claimer)


def _sentences_of(context: Context, telling: Telling) -> tuple[Place, ...]:
    """The sentences of a content that is one quote of several; none of any other."""
    start, end = telling.content[0]
    first, last = telling.sentence
    within = first <= start and end <= last
    if within or len(telling.content) > 1 or not quotes.opens(context.text, start):
        return ()
    places = tuple(
        trimmed(context.text, max(first, start), min(last, end))
        for first, last in context.found.sentences if first < end and start < last
    )  # fmt: skip
    return places if len(places) > 1 else ()


def _by_sentence(part: Part, sentence: Place, sentences: Sequence[Place]) -> Part:
    """One sentence of a quote; the word of saying belongs to the one next to it."""
    cue = part.telling.cue[0] if part.telling else 0
    beside = min(sentences, key=lambda place: min(abs(place[0] - cue), abs(place[1] - cue)))
    telling = part.telling if sentence == beside else None
    return replace(part, pieces=(sentence,), telling=telling, sentences=())


def _negations(context: Context, obstacles: Obstacles) -> Iterator[Part]:
    """What the report says itself that is not so: "no casualties were reported"."""
    for match in context.found.matches:
        taken = any(start < match.end and match.start < end for start, end in obstacles.places)
        if match.label == "NEGATION" and not taken:
            place = trimmed(context.text, match.start, match.end)
            obstacles.add(place)
            yield Part((place,), None, None, "affirm", (match.rule_id,), match.score)


def _quoted(quote: Loose, sentence: Place, counted: Sequence[Toll]) -> Iterator[Part]:
    """One sentence of a quote without a word of saying, once for each of its tolls."""
    all_own = [toll for toll in counted if sentence[0] <= toll.anchor()[0] < sentence[1]]
    own = [toll for toll in all_own if toll.quantity or toll.alone] or all_own[:1]
    for toll in own or (None,):
        ids = quote.rule_ids + (toll.rule_ids if toll else ())
        yield Part((sentence,), None, toll, "affirm", ids, 0.6, quote.claimer)


def with_talk_joined(text: str, parts: Sequence[Part], *, is_talk: Callable[[Part], bool]) -> list[Part]:
    """The parts, with quotes that go on after their speaker as further pieces of the content before.

    “We are sad,” she said. “It was a good house.” is one content. Of a quote that can be checked, or stands
    in another paragraph, each sentence is a claim of its own.
    """
    joined: list[Part] = []
    for part in parts:
        host = _before(text, part, joined)
        if host is not None and (is_talk(part) or _argued(text, joined[host])):
            joined[host] = replace(joined[host], pieces=(*joined[host].pieces, *part.pieces))
        else:
            whole = not part.sentences or (part.telling is not None and is_talk(part))
            joined += [part] if whole else [_by_sentence(part, one, part.sentences) for one in part.sentences]
    return joined


def _argued(text: str, part: Part) -> bool:
    return any(argues(text[slice(*piece)]) for piece in part.pieces)


def _before(text: str, part: Part, parts: Sequence[Part]) -> int | None:
    """Which part is the attributed quote that a quote without an attribution goes on from, if any is."""
    if part.telling is not None or not part.sentences:
        return None
    start = part.pieces[0][0]
    found = [
        number for number, other in enumerate(parts)
        if other.telling is not None and other.speaker == part.speaker and other.pieces[-1][1] <= start
    ]  # fmt: skip
    if not found:
        return None
    other = parts[found[-1]]
    begin, end = other.pieces[0][0], other.pieces[-1][1]
    alone = sum(one.telling is other.telling for one in parts) == 1
    same = quotes.paragraph(text, begin) == quotes.paragraph(text, start)
    return found[-1] if alone and same and quotes.marked(text, begin, end) else None
