"""Where sentences begin and end; offsets are code points, half-open, without white space and bullets around.

Line ends end sentences, as headlines and list items have no full stop, except in hard-wrapped text,
where the next line's first word would not have fitted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from toolkit.model.document import Region
from toolkit.model.marks import plain_marks

MAX_SENTENCE = 1500
_WRAPPED = range(40, 101)
_TITLES = re.compile(
    "adm|amb|assoc|asst|brig|bros|capt|cmdr|col|cpl|def|dep|det|dist|dr|exec|fr|gen|gov|hon|insp|jr|lt|maj"
    "|messrs|mr|mrs|ms|mt|pfc|pres|prof|pvt|rep|rev|sen|sgt|spc|sr|st|supt|e\\.g|i\\.e|cf|viz|vs"
)
_BEFORE_NUMBERS = re.compile(
    "no|nos|art|fig|sec|ch|vol|pp|p|par|approx|ca|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec"
)
_INITIAL = re.compile(r"(?:\w\.)*[^\W\d]")
_OPENER = re.compile(r"\s+(?:The|A|An|In|On|At|It|He|She|They|We|But|And|This|That|Its|His|Her)\b")
_CANDIDATE = re.compile(r"""[.!?…]+["'”’»)\]]*(?=\s)|[.!?…]+["”’»)\]]+(?=[A-Z“"])""")
_WORD_BEFORE = re.compile(r"[^\s(\[“\"'‘]*$")
_WORD = re.compile(r"\w")
# “Who did this?” Ana Ruiz said: who speaks belongs to what is asked.
_SPEAKER = re.compile(
    r"\s+(?:[A-Z][\w.'’-]*\s+){1,4}(?:(?:later|also|then|had|has)\s+)?"
    r"(?:(?:said|says|asked|asks|wrote|writes|added|adds|shouted|cried|wondered|replied|answered|yelled|screamed|joked|tweeted"
    r"|continued|recalled|exclaimed|demanded|told\s+(?:\w+\s+){0,3}?\w+)"
    r"(?=[.,;:]|\s+(?:in|on|of|at|to|as|when|after|during|while|from|before|about|via|by|last|late|early)\b))"
)
# Before an item of a list, or behind what was marked in front of it ("(Agency): Two died").
_BULLET = re.compile(r"\s*(?:[•·▪■●◦‣*:]|[-–—])\s+")
_NEXT = re.compile(r"""\s*["'“‘«(\[—–-]*\s*(\S)""")


def sentences(text: str, regions: Iterable[Region] = ()) -> list[tuple[int, int]]:
    """The sentences of a text outside the regions that are marked as boilerplate, in order."""
    text = plain_marks(text)
    found: list[tuple[int, int]] = []
    position = 0
    for region in sorted(regions, key=lambda region: region.start):
        found += _in_stretch(text, position, region.start)
        position = max(position, region.end)
    return found + list(_in_stretch(text, position, len(text)))


def _in_stretch(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for line_start, line_end in _logical_lines(text, start, end):
        bullet = _BULLET.match(text, line_start, line_end)
        last = bullet.end() if bullet else line_start
        for candidate in _CANDIDATE.finditer(text, line_start, line_end):
            if _ends(text, candidate.start(), candidate.end(), line_start, line_end):
                yield from _trimmed(text, last, candidate.end())
                last = candidate.end()
        yield from _trimmed(text, last, line_end)


def _logical_lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Lines, with the lines of hard-wrapped paragraphs put together."""
    lines: list[tuple[int, int]] = []
    position = start
    while position < end:
        stop = text.find("\n", position, end)
        stop = end if stop < 0 else stop
        lines.append((position, stop))
        position = stop + 1
    width = max((stop - begin for begin, stop in lines), default=0)
    begin = None
    for number, (line_start, line_end) in enumerate(lines):
        begin = line_start if begin is None else begin
        after = lines[number + 1] if number + 1 < len(lines) else None
        if after is None or not _goes_on(text[line_start:line_end], text[after[0] : after[1]], width):
            yield begin, line_end
            begin = None


def _goes_on(line: str, following: str, width: int) -> bool:
    word = following.split(maxsplit=1)[0] if following.strip() else ""
    if not word or not line.strip() or following[0].isspace() or word[0] in "-–—•*·":
        return False
    if len(line) >= _WRAPPED[0] and word[0].islower() and line.rstrip()[-1] not in ".!?:;":
        return True
    return width in _WRAPPED and len(line.rstrip()) + 1 + len(word) > width * 0.9


def _ends(text: str, start: int, end: int, line_start: int, line_end: int) -> bool:
    """Whether the marks at ``text[start:end]`` end a sentence: what stands before and after decides."""
    after = _NEXT.match(text, end, line_end)
    if after is None:
        return True
    following = after[1]
    if text[end - 1] in "”\"’'" and text[start] in "?!…" and _SPEAKER.match(text, end, line_end):
        return False
    if following.islower() or text[start] != "." or text.startswith("...", start):
        return not following.islower()
    before = _WORD_BEFORE.search(text, max(line_start, start - 40), start)
    word = before[0].casefold() if before else ""
    if _TITLES.fullmatch(word) or (_BEFORE_NUMBERS.fullmatch(word) and following.isdigit()):
        return False
    if _INITIAL.fullmatch(word) and end - start == 1:
        # "J. Smith" and "U.N. troops" go on; after "U.N." a usual opener begins a new sentence.
        return "." in word and _OPENER.match(text, end, line_end) is not None
    return True


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The span without outer white space if it has words; one too long for a sentence is cut at spaces."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        space = max(
            text.rfind(" ", start + 1, start + MAX_SENTENCE),
            text.rfind("\n", start + 1, start + MAX_SENTENCE),
        )
        cut = space if space > start else start + MAX_SENTENCE
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if _WORD.search(text, start, end):
        yield start, end
