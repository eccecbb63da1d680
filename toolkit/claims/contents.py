"""Where the content of an attribution begins and ends.

A pattern finds source and cue and says on which side the content lies; where it ends depends on
quotation marks, other attributions of the sentence and the words that open another clause, also
across sentences. A split quote has its content in several pieces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.claims import interrupted, quotes
from toolkit.claims.clauses import dateline_end
from toolkit.claims.days import WEEKDAY
from toolkit.model import Document, Match

Place = tuple[int, int]

_TURN = re.compile(
    r"\s*;|(?P<dash>\s+(?:—|–|--)\s+)|,?\s+(?:whereas|even as|though|although)\s"
    # "… was hit but was not hurt" is one clause; "… but she went on" is another.
    rf"|(?:,\s+but\s(?!that\s)|(?<!\ball)(?<!\bany)(?<!\bnothing)(?<!\banything)\s+but\s(?!(?:that|there|the|it|some|no|none|nobody|others|\w{{3,}}ed|{interrupted.PAST})\s|[A-Z][\w’'-]+\s+(?:is|are|was|were|has|have|had|will)\s))"
    r"(?!(?:not|only|also|fewer|less|more|rather|still|is|are|was|were|will|would|can|cannot|could|might)\s)"
    r"|,\s+(?:while|and\s+in\s+a|so|yet)\s"
    r"|,\s+(?:urging|thanking|praising|condemning|citing|quoting|contradicting)\s"
    r"|,\s+with\s+(?:[\w’'-]+\s+){1,6}?(?:saying|adding|warning|telling|claiming|insisting|reporting|calling)\b"
    r"|,?\s+without\s+(?:giving|providing|specifying|disclosing|saying|naming|offering|elaborating|revealing)\b"
    r"|,\s+(?:(?:a|the)\s+)?(?:[\w-]+\s+){0,3}(?:figures?|numbers?|toll|tally|count|total|estimate|claims?|statements?"
    r"|accounts?)\s+(?:that|which|than|far|well|much|more|less|higher|lower|twice|double|nearly|almost|given|from)\b"
    r"|\s+and\s+(?:named|identified|published|apologi[sz]ed|thanked|blamed|offered|gave|urged|called\s+(?:on|for)|appealed\s+to)\s"
    r"|,\s+in\s+(?:a|an|its|his|her|their|the)\s+(?:[\w-]+\s+){0,3}(?:message|statement|letter|post|interview|email|e-mail"
    r"|speech|briefing|note|memo|tweet|broadcast|address)\b"
    r"|:\s+[“\"]|,\s+(?:(?:he|she|it|they)\s+(?:said|says|added|told|wrote|noted)|according\s+to)\b"
)
_SECOND_DASH = re.compile(r"[^;:“”\"—–]{2,120}?\s(?:—|–|--)\s+(?=[a-z])")
_FRONTED = re.compile(
    r"(?:Even\s+(?:as|though|after|when|before)|(?:[\w-]+\s+){0,4}(?:after|before)|While|Although|Though|After|As|When|If|Because|Since"
    r"|Whereas|Despite|Once|Before)\s[^,]*$"
)
_WHICH = re.compile(r",\s+(?:which|who|whom)\s+$")
# "the mayor, who said he was shocked, has left": what the mayor did is not what he said.
_WHO = re.compile(r",\s+(?:who|which)\s")
_GOES_ON = re.compile(r",\s+(?:has|have|had|was|were|is|are|did|will|would|[a-z]{2,}ed)\b")
_LINK = re.compile(
    r"(?:,|;|(?<=[,.!?])[”\"])?\s*(?:\b(?:and|but|while|as|whereas|although|though|or)\b(?:\s+that\b)?)?(?:\s+(?:also|later|then|finally|eventually|in\s+\S+))?[,\s]*$"
)
# Behind the comma another clause begins, which what was said before does not reach.
_ANOTHER_CLAUSE = re.compile(r",\s+(?:and|but|while|as|whereas|although|though|so|yet|or)\s")
# What ties a sentence to the one before is the report's own.
_BUT = re.compile(r"(?:But|And|Yet)\s+(?!then\b)")
LONGEST_LINK = 200
_AFTER_QUOTE = re.compile(
    r"\s*$|[,.]|,?\s+(?:he|she|it|they)\s|\s+(?:and|but|then|before|after|as|while|when)\s+(?:then\s+|\w+ly\s+)?(?:\w{3,}ed|\w{2,}ing"
    rf"|{interrupted.PAST})\b"
)
# “…,” referring to the vote: the quote's own comma shows that it is over.
_DOING = re.compile(r"\s+\w{2,}ing\b")
# Who is spoken of stands before the source: "a girl who, her aunt told us, was asleep".
_RELATIVE = re.compile(r"(?:\b(?P<of>(?:\w+|both|one|two) of (?:whom|which))|\b(?:who|which|that|whom))$")
_BEFORE_QUOTE = re.compile(r"[,:]\s+$")
_EDGE = re.compile(r"[\s.;:,–—-]+$")
_ANY_WORD = re.compile(r"\w\w")
_DASH = re.compile(r"[–—-]+\s+")
# "Police put the toll at nine on Tuesday": the day is that of the putting; not so in "… nine, down from ten
# on Sunday".
_PUT = frozenset(("put", "puts", "place", "places", "placed", "pegged", "pegs"))
_DAY_LAST = re.compile(
    rf"(?P<put>[^,;]+?\s(?:at|as)\s[^,;]+?)\s+(?:(?:on|late|early|last)\s+){{0,2}}(?:{WEEKDAY}|today|yesterday)"
    r"(?:\s+(?:morning|afternoon|evening|night))?$"
)


def content_of(
    document: Document, match: Match, later: Sequence[Match], earlier: Sequence[Match], sentence: Place
) -> tuple[Place, ...]:
    """The content of an ATTRIBUTION match in its unbroken pieces; none where it has no words.

    ``later`` and ``earlier`` are the sentence's other attributions in order.
    """
    text = document.text
    start, end = match.groups.get("CONTENT") or quotes.next_paragraph(text, sentence[1])
    if match.attrs.get("named") == "again":
        pieces = [_trimmed(text, start, quotes.paragraph(text, start)[1])]
    elif "CONTENT" not in match.groups:
        pieces = [(start, end)]
    elif start >= match.groups["CUE"][1]:
        pieces = [_forward(text, match, start, end, later, sentence)]
    else:
        before = _backward(
            text, start, end, () if "whole" in match.attrs else earlier, rejoins="rejoins" in match.attrs
        )
        pieces = _around(text, match, before, later, sentence)
    kept = tuple(
        (first, last) for first, last in pieces
        if not document.is_boilerplate(first, last) and _ANY_WORD.search(text, first, last)
    )  # fmt: skip
    shortest = 1 if "it" in {text[first:last] for first, last in kept} else 3
    return kept if sum(end - start for start, end in kept) > shortest else ()


def _forward(text: str, match: Match, start: int, end: int, later: Sequence[Match], sentence: Place) -> Place:
    """Content behind its cue: to the end of the sentence, or to where another clause takes over."""
    if quotes.opens(text, start):
        close = quotes.close_of(text, start, end)
        if close is None:
            close = quotes.close_of(text, start, quotes.paragraph(text, start)[1])
            return (start, close) if close else _trimmed(text, start, end)
        over = text[close - 2] == "," and _DOING.match(text, close, end)
        if over or _AFTER_QUOTE.match(text, close, end):
            return start, close
    claimer = match.groups.get("CLAIMER", match.groups["CUE"])
    lead = text[sentence[0] : claimer[0]]
    if (_FRONTED.match(lead) or _WHICH.search(lead)) and (comma := text.find(", ", start, end)) > 0:
        end = comma
    elif _WHO.match(text, claimer[1]) and (goes_on := _GOES_ON.search(text, start, end)):
        end = goes_on.start()
    for other in later:
        around = other.groups.get("CONTENT", (end, end))
        if around[0] <= match.groups["CUE"][0] and start < around[1] < end:
            end = around[1]
            break
        begins = min(other.groups.get("CLAIMER", other.groups["CUE"])[0], other.groups["CUE"][0])
        if "PHRASE" in other.groups:
            begins = min(begins, other.groups["PHRASE"][0])
        if not start < begins < end:
            continue
        link = _LINK.search(text, max(start, begins - LONGEST_LINK), begins)
        joined = bool(link and link[0].strip(" \n"))
        turned = joined and re.search(r",|\bbut\b", text[link.start() : begins])  # type: ignore[union-attr]
        if turned or (joined and "CLAIMER" not in other.groups):
            end = link.start() + (text[link.start()] in '”"')  # type: ignore[union-attr]
            break
    turn = _turn(text, start, end)
    if turn == sentence[1] and (close := quotes.beyond(text, start, end)):
        return start, close
    start, turn = _trimmed(text, start, turn)
    if text[slice(*match.groups["CUE"])] in _PUT and (day := _DAY_LAST.match(text[start:turn])):
        turn = start + day.end("put")
    return _with_quoted(text, (start, turn), later)


def _with_quoted(text: str, content: Place, later: Sequence[Match]) -> Place:
    """A content that ends with another's word of saying has what that one quotes ("… that he had said")."""
    for other in later:
        said = other.groups.get("CONTENT")
        if said and other.groups["CUE"][1] == content[1] and quotes.opens(text, said[0]):
            return content[0], quotes.close_of(text, *said) or content[1]
    return content


def _turn(text: str, start: int, end: int) -> int:
    """Where the first words behind a place stand that open another clause; ``end`` where none do.

    Two dashes are round something put in, and what goes on behind the second is the same clause.
    """
    put_in = -1
    for turn in _TURN.finditer(text, start, end):
        if turn.start() < put_in or quotes.inside(text, start, turn.start()):
            continue
        second = _SECOND_DASH.match(text, turn.end(), end) if turn["dash"] else None
        if second is None:
            return turn.start()
        put_in = second.end()
    return end


def _backward(text: str, start: int, end: int, earlier: Sequence[Match], *, rejoins: bool) -> Place:
    """Content before its source: from the sentence's start, or from the quote's in a sentence before.

    Where it ``rejoins`` what another said ("…, which the army denies"), it has that content.
    """
    for other in earlier:
        said = other.groups.get("CONTENT")
        if rejoins and said and start < said[0] < end:
            start = said[0]
            continue
        after = max(place[1] for place in (other.groups["CUE"], other.groups.get("CLAIMER", (0, 0))))
        if start < after < end and (comma := text.find(", ", after, end)) > 0:
            source = other.groups.get("CLAIMER", other.groups["CUE"])[0]
            ahead = said and said[0] > other.groups["CUE"][0] and not _FRONTED.match(text[start:source])
            if ahead and not _ANOTHER_CLAUSE.match(text, comma):
                continue
            start = comma + 2
    opening = quotes.open_of(text, start, end)
    told = opening is not None and any(other.groups["CUE"][1] <= opening for other in earlier)
    if opening is not None and (opening < start or told or _BEFORE_QUOTE.search(text, start, opening)):
        start = opening
    start = dateline_end(text, start)
    link = _BUT.match(text, start, end)
    return _trimmed(text, link.end() if link else start, end)


def _around(text: str, match: Match, before: Place, later: Sequence[Match], sentence: Place) -> list[Place]:
    """The content that stands before its source, and what of it comes behind."""
    if "MORE" in match.groups:
        more = _quoted(text, *match.groups["MORE"])
        alone = interrupted.is_fronted(text, *before) and interrupted.starts_sentence(text, more[0])
        return [more] if alone else [before, more]
    spoken = max(place[1] for role, place in match.groups.items() if role in {"CLAIMER", "CUE", "PHRASE"})
    if later or quotes.inside(text, sentence[0], spoken):
        return [before]
    resumes = interrupted.behind(text, before, max(spoken, match.end), sentence[1])
    if resumes is None and interrupted.is_fronted(text, *before):
        start = interrupted.object_at(text, spoken, sentence[1])
        return [_forward(text, match, start, sentence[1], later, sentence)] if start else [before]
    if resumes is None:
        return [before]
    behind = _trimmed(text, resumes, _turn(text, resumes, sentence[1]))
    if relative := _RELATIVE.search(text, *before):
        return [(relative.start(), before[1]), behind] if relative["of"] else [behind]
    return [before, behind]


def _quoted(text: str, start: int, end: int) -> Place:
    close = quotes.close_of(text, start, end) or quotes.close_of(
        text, start, quotes.paragraph(text, start)[1]
    )
    return _trimmed(text, start, close or end)


def _trimmed(text: str, start: int, end: int) -> Place:
    while start < end and text[start].isspace():
        start += 1
    if dash := _DASH.match(text, start, end):
        start = dash.end()
    if edge := _EDGE.search(text, start, end):
        end = edge.start()
    return start, max(start, end)
