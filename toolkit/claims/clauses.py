"""The clause that a toll lies in which nobody is said to tell, and what else bounds a clause."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable

from toolkit.claims import interrupted

Place = tuple[int, int]

# A verb that a clause of its own has.
FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|does|do|did|will|would|can|could|may|might|cannot|\w+n['’]t|\w{2,}(?<!ne)ed"
    rf"|{interrupted.PAST})\b"
    # "straddles the border", "make up a third"
    r"|(?<=\w\s)[a-z]{3,}s\s+(?:an?|the|its|their|his|her|to|no|more|up|out|off|part|one|two|\w+ly)\s|(?<=\w\s)(?:make|form|run|remain|lie|live|stand|come"
    r"|face|include|look|seem|appear|follow|need|get|go|take|hold|carry|show|cover|account|work|depend|rely|use|sell|produce|export)\s"
)
# Such a clause ends where the one around it goes on: "the guard, who was hurt, ran".
_RELATIVE = re.compile(r",\s+(?:who|which)\s+$")
_MAIN_VERB = re.compile(
    r",\s+(?:(?:also|then|later|still|\w+ly)\s+)?"
    rf"(?:said|says|told|has|have|had|was|were|is|are|will|would|could|died|{interrupted.PAST}|\w{{3,}}ed)\b"
)
_CLAUSE = re.compile(
    r";\s+|\s+(?:—|–|--)\s+|\s+but\s+"
    r"|,\s+(?:while|although|though|but|whereas|and|as|after|when|where|which|who|in what|making|leaving)\s+"
)
# Before the next clause of the sentence.
_JOIN_LAST = re.compile(r",?\s+(?:and|but|while|or|with)\s*$")
# "PORT ADEL (Agency) – " before a report's first sentence.
_DATELINE = re.compile(
    r"(?:[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž.’'-]+(?:\s+[A-ZÀ-ÞĀ-Ž][A-ZÀ-ÞĀ-Ž.’'-]+){0,3}(?:\s\([^()\n]{2,40}\))?(?:,\s+[\w.\s]{2,30}?)?"
    r"|[A-ZÀ-ÞĀ-Ž][\w.’'-]+(?:\s+[A-ZÀ-ÞĀ-Ž][\w.’'-]+){0,3}(?:,\s+[A-ZÀ-ÞĀ-Ž][\w.\s]{1,30}?)?)"
    r"(?:,?\s+\([^()\n]{2,40}\))?(?:\s+(?:—|–|--|-)|\.\s?-)\s+(?=[“\"A-ZÀ-ÞĀ-Ž\d])"
    r"|\([A-ZÀ-ÞĀ-Ž][^()\n]{2,40}\)\s+(?:(?:—|–|--|-)\s+)?(?=[“\"A-ZÀ-ÞĀ-Ž\d])"
    # "Port Adel, May 3 (Agency): "
    r"|[A-ZÀ-ÞĀ-Ž][\w.’'-]*(?:\s+[A-ZÀ-ÞĀ-Ž][\w.’'-]*){0,3}(?:,\s+[A-ZÀ-ÞĀ-Ž][\w.]*(?:\s\d{1,2})?){0,2}\s+\([^()\n]{2,40}\)\s*:\s+(?=[“\"A-ZÀ-ÞĀ-Ž\d])"
    # "Port Adel, Norland: " and "PORT ADEL, Norland, May 3 ".
    r"|[A-ZÀ-ÞĀ-Ž][\w.’'-]+(?:\s+[A-ZÀ-ÞĀ-Ž][\w.’'-]+){0,2}(?:,\s+[A-ZÀ-ÞĀ-Ž][\w.\s]{1,25}?)?(?:,\s+[A-Z][a-z]{2,8}\.?\s+\d{1,2})?:\s+(?=[“\"A-ZÀ-ÞĀ-Ž\d])"
    r"|[A-ZÀ-ÞĀ-Ž]{3,}(?:\s+[A-ZÀ-ÞĀ-Ž]{2,}){0,2}(?:,\s+[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?,?\s+[A-Z][a-z]{2,8}\.?\s+\d{1,2}(?:,\s+\d{4})?\s+(?=[“\"A-ZÀ-ÞĀ-Ž])"
)


class Obstacles:
    """Places that a clause does not reach over, asked by place."""

    def __init__(self, places: Iterable[Place]) -> None:
        known = list(places)
        self._starts = sorted(start for start, _ in known)
        self._ends = sorted(end for _, end in known)

    def add(self, place: Place) -> None:
        """Take one more in."""
        insort(self._starts, place[0])
        insort(self._ends, place[1])

    def is_free(self, start: int, end: int) -> bool:
        """Whether none of the places begins before ``end`` and ends behind ``start``."""
        return bisect_right(self._ends, start) >= bisect_left(self._starts, end)

    def room(self, inner: Place, start: int, end: int) -> Place:
        """From ``start`` or the end of the last one before to ``end`` or the start of the next behind."""
        before, behind = bisect_right(self._ends, inner[0]), bisect_left(self._starts, inner[1])
        if before:
            start = max(start, self._ends[before - 1])
        if behind < len(self._starts):
            end = min(end, self._starts[behind])
        return start, end


def clause_around(text: str, sentence: Place, inner: Place, obstacles: Obstacles) -> Place:
    """The clause around a place, inside its sentence and outside the obstacles (attributions)."""
    start, end = obstacles.room(inner, dateline_end(text, sentence[0]), sentence[1])
    for turn in _CLAUSE.finditer(text, start, end):
        if turn.end() <= inner[0]:
            listed = _joins(turn) and start < turn.start() and not FINITE.search(text, start, turn.start())
            start = start if listed or _is_over(text, turn, inner[0]) else turn.end()
        elif turn.start() >= inner[1] and not (_joins(turn) and not FINITE.search(text, turn.end(), end)):
            end = turn.start()
            break
    if _RELATIVE.search(text, max(0, start - 10), start):
        rest = _MAIN_VERB.search(text, inner[1], end)
        end = rest.start() if rest else end
    if join := _JOIN_LAST.search(text, inner[1], end):
        end = join.start()
    return trimmed(text, start, max(end, inner[1]))


def _is_over(text: str, turn: re.Match[str], place: int) -> bool:
    """Whether a clause with "who" or "which" is over before a place: "the fire, which began at two, …"."""
    verb = _RELATIVE.match(turn[0]) and _MAIN_VERB.search(text, turn.end())
    return verb is not None and verb.start() < place


def _joins(turn: re.Match[str]) -> bool:
    """Whether an "and" may join more than clauses: "Ali Khan, a driver, and a nurse were hurt"."""
    return turn[0].strip(", \n") == "and"


def dateline_end(text: str, start: int) -> int:
    """The place itself, or where the sentence begins behind the dateline that a paragraph opens with."""
    opens = start == 0 or "\n" in text[max(0, start - 1) : start]
    found = _DATELINE.match(text, start) if opens else None
    return found.end() if found else start


def trimmed(text: str, start: int, end: int) -> Place:
    """A place without white space and stops around it."""
    while start < end and (text[start].isspace() or text[start] in ",;:.-–—"):
        start += 1
    last = end
    while last > start and (text[last - 1].isspace() or text[last - 1] in ".;:,–—-"):
        last -= 1
    return start, last if last > start else end
