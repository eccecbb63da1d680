"""Whether a line is page junk, told by its shape and wording alone; the wordings stand in
:mod:`toolkit.ingest.page_patterns`, :mod:`toolkit.ingest.page_credits` and
:mod:`toolkit.ingest.page_notices`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from toolkit.ingest.page_credits import SIGNED
from toolkit.ingest.page_notices import NOTICES
from toolkit.ingest.page_patterns import AGENCIES, KINDS, PIECES, Opens

MAX_CHARS = 800


@dataclass(frozen=True, slots=True)
class Kind:
    """What a junk line is, and what the lines below it belong to (see ``Wording``)."""

    reason: str
    opens: Opens = ""


SIGN_OFF = Kind("agency credit", "sign-off")
CREDITS = Kind("reporting credits", "sign-off")


@lru_cache(maxsize=4096)
def kind_of(line: str) -> Kind | None:
    """The kind of page junk that a line is, or None."""
    if len(line) > MAX_CHARS:
        return None
    # One space at a time: the patterns rely on it, and runs of spaces could make them slow.
    bare = _BULLET.sub("", " ".join(line.split()))
    words = bare.count(" ") + 1
    for longest, pattern, kind in _compiled():
        if words <= longest and pattern.fullmatch(bare) and not (kind.reason in _NAMES and _shouted(bare)):
            return kind
    return _credit(bare, words)


def agency_credits(line: str, capitals: Mapping[str, int]) -> list[tuple[int, int]]:
    """Where agencies sign inside a line: in a dateline ("BAMAKO (AP) — …") and after the last full stop.

    ``capitals`` counts the words in capitals of the whole text: an abbreviation that is no known
    agency is only taken when it stands nowhere else, otherwise it is somebody in the story.
    """
    tail = max(0, len(line) - _CREDIT_CHARS)
    found = []
    if (dateline := _DATELINE.match(line[:_CREDIT_CHARS])) and _is_agency(dateline[1], line, capitals):
        found.append(dateline.span(1))
    if (trailing := _TRAILING.search(line[tail:])) and _is_agency(trailing[1], line, capitals):
        found.append((trailing.start(1) + tail, trailing.end(1) + tail))
    return found


def _is_agency(credit: str, line: str, capitals: Mapping[str, int]) -> bool:
    names = [name.strip() for name in re.split("[/,&-]", credit.strip("()[]—–- "))]
    return all(name in AGENCIES for name in names) or (
        not line.isupper() and all(capitals.get(name, 0) <= 1 for name in names)
    )


_CREDIT_CHARS = 160
_AGENCY = PIECES["AGENCY"].replace("(", "(?:")
_CODE = r"(?:[A-ZÀ-Þ][A-ZÀ-Þ0-9]{1,9})"
_PARENS = rf"(?:\((?:{_AGENCY}|{_CODE})(?:\s?[/,&-]\s?(?:{_AGENCY}|{_CODE}))*\)|\[{_AGENCY}(?:/{_AGENCY})*\])"
_TRAILING = re.compile(rf"[.!?…][\"'”’»)\]]*\s+({_PARENS}|[—–-]{{1,2}}\s?{_AGENCY}(?:/{_AGENCY})*)\.?\s*$")
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][\w’'.-]*(?:[ ,/]{1,3}[\w’'.-]+){0,6},?\s"
    rf"(\((?:{_AGENCY}|{_CODE})(?:/{_AGENCY})?\))(?=\s*(?:[—–:-]|$))"
)
_BULLET = re.compile(r"^(?:[•·▪■►▶»*>–—-]\s)+")


@cache
def _compiled() -> tuple[tuple[int, re.Pattern[str], Kind], ...]:
    rows = []
    for wording in (*KINDS, *SIGNED, *NOTICES):
        joined = "|".join(f"(?:{row.strip()})" for row in wording.lines.strip().splitlines())
        while found := _PIECE.search(joined):
            joined = joined.replace(found[0], f"(?:{PIECES[found[1]]})")
        pattern = re.compile(joined, re.IGNORECASE)
        rows.append((wording.words, pattern, Kind(wording.reason, wording.opens)))
    return tuple(rows)


_PIECE = re.compile("<([A-Z]+)>")


# Kinds that are told by names.
_NAMES = {"byline", "author's note"}


def _shouted(line: str) -> bool:
    """Whether a line is in capitals throughout and too long for a name: all of it looks like names."""
    return line.isupper() and line.count(" ") > 4


_SIGNED = re.compile(
    r"[(\[]? ?(?:with )?(?:additional )?(?:"
    r"(?:reporting|writing|editing|compiled|edited|reported|translated|written) (?:and \w+ )?by\b"
    r"|contribut(?:ing|ions?|ed)\b|(?:agency |wire )?inputs? from\b|agency inputs\b"
    r"|(?:reporting|files) from\b).{0,400}",
    re.IGNORECASE,
)
_SMALL_WORDS = (
    "reporting writing editing additional by from in at and with compiled edited reported translated "
    "written for the of inputs input contributions contribution contributed contributing to this report "
    "story article agency agencies newsroom bureau desk wires wire service staff reporters "
    "correspondents files"
)
_SIGNED_WORDS = frozenset(_SMALL_WORDS.split())
_ENDS = re.compile(r"[-–—#*(\[ ]+(?i:ends?|endit|30)[-–—#*)\] ]*|ENDS?|###")
_AGENCY_LINE = re.compile(rf"[—–-]*\s*(?:{_PARENS}|{_AGENCY}(?:\s?[/,&]\s?{_AGENCY})*)\.?")


def _credit(line: str, words: int) -> Kind | None:
    """Agencies and desks that sign a report. "Reporting by the ministry showed …" is no such line:
    in a credit every word is a name or one of a few."""
    if words <= 6 and (_AGENCY_LINE.fullmatch(line) or (words <= 2 and _ENDS.fullmatch(line))):
        return SIGN_OFF
    if words <= 60 and _SIGNED.fullmatch(line):
        plain = [word.strip("().,;:[]&/–—-") for word in line.split()]
        if all(not word or word[0].isupper() or word.lower() in _SIGNED_WORDS for word in plain):
            return CREDITS
    return None
