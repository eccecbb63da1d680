"""What each claim is made of, before it is a record: content, attribution, toll, stance."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.claims import quotes
from toolkit.claims.attribution import Telling, innermost, silences_of
from toolkit.claims.clauses import Obstacles, clause_around, trimmed
from toolkit.claims.contents import Place
from toolkit.claims.context import Context
from toolkit.claims.loose import Loose, loose_quotes, spread
from toolkit.claims.plain_counts import is_slight, plain_counts
from toolkit.claims.statements import statements
from toolkit.claims.toll import Toll
from toolkit.claims.worth import argues, is_politics
from toolkit.model.claim import Stance

_WHO = re.compile(r"\b(?:who|whose|which|where)\s+")


@dataclass(frozen=True, slots=True)
class Part:
    """One claim to be; ``sentences`` are those that it falls into where it is no mere talk.

    ``host`` is the attribution of the quote that it goes on from, where the two are one quote.
    """

    pieces: tuple[Place, ...]
    telling: Telling | None
    toll: Toll | None
    stance: Stance
    rule_ids: tuple[str, ...]
    score: float
    speaker: Place | None = None
    sentences: tuple[Place, ...] = ()
    host: Telling | None = None


def parts_of(context: Context, whole: Sequence[Telling], counted: Sequence[Toll]) -> Iterator[Part]:
    """Attributions with their tolls, then what the report says in its own voice."""
    told, further = spread(context.found, whole)
    harms, others = _by_content(told, counted), _by_content(told, plain_counts(context.found))
    for telling in told:
        if not _only_passes_on(telling, told):
            for toll in _told(harms[telling.content], others[telling.content]) or (None,):
                ids = telling.rule_ids + (toll.rule_ids if toll else ())
                score = min(telling.score, toll.score if toll else 1.0)
                yield Part(telling.content, telling, toll, telling.stance, ids, score, telling.claimer)
    further = [one for one in further if one.host is None or not _only_passes_on(one.host, told)]
    loose = [*further, *loose_quotes(context.found, whole)]
    for quote in loose:
        if any(start <= toll.anchor()[0] < end for toll in counted for start, end in quote.sentences):
            for sentence in quote.sentences:
                yield from _quoted(quote, sentence, counted)
        else:
            yield Part(
                runs(context.text, quote.sentences), None, None, "affirm", quote.rule_ids, 0.6, quote.claimer,
                quote.sentences, quote.host,
            )  # fmt: skip
    silences = silences_of(context.found)
    for match in silences:
        place = trimmed(context.text, match.start, match.end)
        if place[1] - place[0] > 3 and not any(telling.content == (place,) for telling in told):
            yield Part((place,), None, None, "withhold", (match.rule_id,), match.score)
    held = [(min(t.claimer[0], t.cue[0]), max(t.cue[1], t.claimer[1])) for t in told if not t.elided]
    held += [piece for telling in told for piece in telling.content]
    held += [sentence for quote in loose for sentence in quote.sentences]
    sources = [telling.claimer for telling in told]
    obstacles = Obstacles([*held, *((match.start, match.end) for match in silences)])
    for toll in harms[None]:
        hull = toll.hull()
        inside_silence = any(match.start <= hull[0] < match.end for match in silences)
        quoted = any(start <= hull[0] < end for quote in loose for start, end in quote.sentences)
        if (toll.quantity or toll.alone) and not (inside_silence or quoted):
            place = _clause(context, hull, obstacles)
            place = _behind_speaker(context.text, place, hull, sources)
            obstacles.add(place)
            yield Part((place,), None, toll, "affirm", toll.rule_ids, toll.score)
    yield from _negations(context, obstacles)
    yield from _statements(context, others[None], obstacles)


def _statements(context: Context, counts: Sequence[Toll], obstacles: Obstacles) -> Iterator[Part]:
    """What the report tells without a toll, once for each count in it that is more than a passing one."""
    figures = [toll for toll in counts if not is_slight(context.text, toll)]
    for place, rule_id in statements(context.found, obstacles):
        here = [toll for toll in figures if place[0] <= toll.anchor()[0] < place[1]]
        for toll in here or (None,):
            yield Part((place,), None, toll, "affirm", (rule_id, *(toll.rule_ids if toll else ())), 0.5)


def _clause(context: Context, inner: Place, obstacles: Obstacles) -> Place:
    sentence = context.sentence(inner[0])
    return clause_around(context.text, (sentence.start, sentence.end), inner, obstacles)


def _behind_speaker(text: str, clause: Place, inner: Place, sources: Sequence[Place]) -> Place:
    """ "said a farmer who lost her son": what befell her is the report's own clause, who spoke is not."""
    source = next((start for start, end in sources if clause[0] < start <= inner[0] < end), None)
    if source is None:
        return clause
    last = clause[0]
    for who in _WHO.finditer(text, source, inner[0]):
        last = who.end()
    return last, clause[1]


def _by_content(
    told: Sequence[Telling], tolls: Iterable[Toll]
) -> Mapping[tuple[Place, ...] | None, list[Toll]]:
    """The tolls in each content, a content inside another having its own; under None those in no content."""
    found: dict[tuple[Place, ...] | None, list[Toll]] = defaultdict(list)
    for toll in tolls:
        owner = innermost(told, *toll.anchor())
        found[owner.content if owner else None].append(toll)
    return found


def _told(own: Sequence[Toll], plain: Sequence[Toll]) -> Sequence[Toll]:
    """What an attributed content counts: its tolls, or one harm without a count; else any count."""
    full = [toll for toll in own if toll.quantity or toll.alone] or own[:1]
    return full if any(toll.effect for toll in full) else plain


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


def _negations(context: Context, obstacles: Obstacles) -> Iterator[Part]:
    """What the report says itself that is not so: "no casualties were reported"."""
    for match in context.found.matches:
        if match.label != "NEGATION":
            continue
        if obstacles.is_free(match.start, match.end):
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

    In a report on politics “We are sad,” she said. “It was a good house.” is one content. Of a quote that can
    be checked, or stands in another paragraph, and in a report on what happened, each sentence is an account
    and a claim of its own.
    """
    joined: list[Part] = []
    politics: bool | None = None
    for part in parts:
        host = _before(text, part, joined)
        if host is not None and politics is None:
            politics = is_politics(text)
        if host is not None and politics and _goes_on(text, part, joined[host], is_talk):
            pieces = sorted((*joined[host].pieces, *part.pieces))
            joined[host] = replace(joined[host], pieces=runs(text, pieces))
        else:
            alone = [replace(part, pieces=(one,), sentences=()) for one in part.sentences]
            joined += alone or [part]
    return joined


def _goes_on(text: str, part: Part, host: Part, is_talk: Callable[[Part], bool]) -> bool:
    """Whether a quote is talk like the one before; where the two are one quote, whether all of it is."""
    if part.host is None:
        return is_talk(part) or any(argues(text[slice(*piece)]) for piece in host.pieces)
    whole = runs(text, sorted((*host.pieces, *part.pieces)))
    return is_talk(replace(host, pieces=whole, sentences=(*host.pieces, *part.sentences)))


def runs(text: str, places: Sequence[Place]) -> tuple[Place, ...]:
    """Places in order, those with nothing but white space between them as one."""
    joined: list[Place] = []
    for start, end in places:
        if joined and not text[joined[-1][1] : start].strip():
            joined[-1] = joined[-1][0], end
        else:
            joined.append((start, end))
    return tuple(joined)


def _before(text: str, part: Part, parts: Sequence[Part]) -> int | None:
    """Which part is the attributed quote that a quote without an attribution goes on from, if any is."""
    if part.telling is not None or not part.sentences:
        return None
    start = part.pieces[0][0]
    found = [
        number for number, other in enumerate(parts)
        if other.telling is not None and (
            other.telling is part.host if part.host
            else other.speaker == part.speaker and other.pieces[-1][1] <= start
        )
    ]  # fmt: skip
    if not found:
        return None
    other = parts[found[-1]]
    begin, end = other.pieces[0][0], other.pieces[-1][1]
    alone = sum(one.telling is other.telling for one in parts) == 1
    if part.host is not None:
        return found[-1] if alone else None
    same = quotes.paragraph(text, begin) == quotes.paragraph(text, start)
    return found[-1] if alone and same and quotes.marked(text, begin, end) else None
