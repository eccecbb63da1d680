"""A place that is named again: a name found once to be a place is one at its other mentions, unless it acts.

The rules look at one sentence and need a word that says so ("in", "near", "the town of"); "the Dori attack"
has none. A country is left to the rules: without such a word it is a party more often than a place.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence

from toolkit.claims.days import WEEKDAY
from toolkit.claims.entities import Named, Names
from toolkit.model import Found, Match

RULE = "place.again"
_SCORE = 0.5
_SURE = 6  # tenths of a score
_MOST = 3
_LONGEST_CODE = 5
_LONGEST_NAME = 120
_BEFORE = 40
# What is more than the place that it is named after: "the Dori Times".
_TAKEN = frozenset({"LOCATION", "ENTITY"})
# Such a place has the name of a people: "African soil".
_OF_A_PEOPLE = "place.soil"
_NO_NAMES = frozenset({"The", "This", "That", "These", "Those", "Its", "Their"})
# What a place is, said beside its name, and its sides: no part of what is looked for again.
_KIND = (
    r"(?:[Tt]own|[Cc]ity|[Vv]illage|[Pp]rovince|[Rr]egion|[Dd]istrict|[Ss]tate|[Cc]ounty|[Aa]rea|[Tt]ownship|[Ii]slands?"
    r"|[Pp]arish|[Gg]overnorate|[Pp]refecture|[Dd]epartment|[Mm]unicipality|[Vv]alley|[Nn]eighbou?rhood|[Cc]orridor)"
)
_NAME = re.compile(
    r"[A-ZÀ-ÞĀ-Ž][\w’'.-]*(?:\s(?:(?:de|del|della|des|do|da|du|la|le|el|al|of|y|e)\s)?[A-ZÀ-ÞĀ-Ž][\w’'-]*){0,3}"
)
_OWN_KIND = re.compile(rf"\s{_KIND}$")
_OWNED = re.compile(r"['’]s?$")
_SIDE = re.compile(
    r"(?:North|South|East|West|Northern|Southern|Eastern|Western|Central|Mount|Lake|Mont|River)\s"
)
# Words that begin a sentence in capitals and belong to no name.
_OPENS = (
    r"(?:In|At|Near|From|To|On|Outside|Around|Across|Inside|Over|Of|For|By|With|After|Before|Since|And|But|While|When|As|The"
    rf"|Both|Now|Today|Yesterday|Then|Still|{WEEKDAY}|Through|Throughout|Into|Off|Between|Beyond|Toward|Towards|Neighbou?ring|Nearby|Meanwhile)"
)
# Before a name, what shows that those who rule there are meant.
_PARTNER = re.compile(
    r"\b(?:with|between|(?:sanctions|actions?|accusations?|charges|allegations|measures|complaints?|case)\s+against)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_PART_OF_NAME = re.compile(rf"(?!{_OPENS}\s)[A-ZÀ-ÞĀ-Ž][\w’'.-]*\s(?:of\s|de\s|del\s)?$|[\w@#/’'-]$")
_GOES_ON = re.compile(
    rf"[\w@/-]|['’](?!s\b)\w|\s+(?!{_KIND}\b)[A-ZÀ-ÞĀ-Ž]|\s+\((?:[A-Z]{{2,}})\)|,?\s+(?:Jr|Sr)\b"
)
# Behind a name, what shows that those who rule or live there act.
_ACTS = re.compile(
    r"(?:\s+(?:has|have|had|will|would|may|could|also|then|later|now|\w+ly|on\s+\w+day|\w+day))*\s+(?:said|says|told|tells|denied|denies|rejected|rejects"
    r"|accused|accuses|condemned|condemns|blamed|blames|launched|launches|sent|sends|ordered|orders|threatened|threatens|warned|warns"
    r"|vowed|vows|agreed|agrees|signed|signs|announced|announces|declared|declares|called|calls|urged|urges|demanded|demands|refused"
    r"|refuses|insisted|insists|claimed|claims|wanted|wants|deployed|deploys|invaded|invades|backed|backs|supported|supports|voted|votes"
    r"|promised|promises|responded|responds|retaliated|retaliates|not\s+commented|commented|failed|tried|seeks|sought|hopes|hoped|won|beat|lost)\b"
    r"|(?:['’]s)?\s+(?:government|authorities|officials|police|army|military|regime|junta|forces|troops|officers?|lawmakers|newspaper"
    r"|prosecutors?|council|court|(?:\w+\s)?(?:page|website|account)|(?:\w+\s)?(?:officials?|mayor)|(?:\w+\s)?(?:choice|decision|response"
    r"|position|stance|efforts?|demands?|claims?|refusal|intentions?|policy|policies|role|pledge|actions?|interests))\b"
)


def with_places_named_again(found: Found) -> Found:
    """The findings with the other mentions of each place that has a name of its own."""
    return found.with_more(_again(found))


def _again(found: Found) -> Iterator[Match]:
    times = _names(found)
    names = Names((name, Named("", name, "unknown")) for name in sorted(times))
    hits = list(names.find(found.document.text)) if times else []
    # A name that hardly ever stands as a place's is none: "killed in Amtrak collision".
    stands = Counter(hit.named.name for hit in hits)
    for hit in hits:
        is_place = times[hit.named.name] * _MOST >= stands[hit.named.name]
        if is_place and stands_alone(found, hit.start, hit.end):
            yield Match(RULE, "LOCATION", hit.start, hit.end, score=_SCORE)


def stands_alone(found: Found, first: int, last: int) -> bool:
    """Whether a name stands alone in a sentence, is no part of a longer one and does not act.

    ``first`` and ``last`` are half-open code points.
    """
    number = bisect_right(found.sentences, first, key=lambda sentence: sentence[0]) - 1
    start, end = found.sentences[number] if number >= 0 else (0, 0)
    near = found.within(max(0, first - _LONGEST_NAME), last)
    if last > end or any(match.label in _TAKEN and match.end > first for match in near):
        return False
    text = found.document.text
    before = text[max(start, first - _BEFORE) : first]
    if _PART_OF_NAME.search(before) or _PARTNER.search(before):
        return False
    return not _GOES_ON.match(text, last, end) and not _ACTS.match(text, last, end)


def _names(found: Found) -> Counter[str]:
    """The names that a sure rule or two found to be of places, not of countries, with how often."""
    text = found.document.text
    parties = {text[match.start : match.end] for match in found.matches if match.label == "ENTITY"}
    sure: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for match in found.matches:
        is_own = match.label == "LOCATION" and match.rule_id != _OF_A_PEOPLE
        name = _NAME.search(text, match.start, match.end) if is_own else None
        for own in _own_names(name[0].split()) if name else ():
            sure[own] += round(match.score * 10)
            times[own] += 1
    return Counter(
        {
            name: times[name]
            for name in times
            if sure[name] >= _SURE and _is_name(name) and name not in parties
        }
    )


def _own_names(words: Sequence[str]) -> set[str]:
    """A place's name as it stands and without what the place is; in capitals, as names are written."""
    whole = _OWNED.sub("", _SIDE.sub("", " ".join(words)))
    both = {whole, _OWN_KIND.sub("", whole)}
    return {name.title() if name.isupper() and len(name) > _LONGEST_CODE - 2 else name for name in both}


def _is_name(text: str) -> bool:
    """Whether it can be a place's own name, and no code as "FBI"."""
    return len(text) > 2 and text not in _NO_NAMES and not (text.isupper() and len(text) <= _LONGEST_CODE)
