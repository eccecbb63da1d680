"""Run the cascade over a document.

Level by level every rule runs over every sentence. A rule sees the sentence with each match of the
labels it refers to replaced by one private-use character (where such matches overlap, the longest
stands), so that one regular expression speaks of words and of earlier matches alike; a map leads back
to offsets. After a level, overlapping matches of one label are settled: by priority, then length,
then position.
"""

from __future__ import annotations

import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import regex

from toolkit.files import contents_digest
from toolkit.model import Document, Found, Issue, Match
from toolkit.model.sentences import sentences
from toolkit.rules.compile import Compiled, compile_rules
from toolkit.rules.examples import check_examples
from toolkit.rules.language import LEVELS, Rule, load_files
from toolkit.rules.patterns import PLACEHOLDERS

USUAL_CHARS = 100_000
_PRIVATE_USE = regex.compile("[\ue000-\uf8ff]")


def load_rules(files: Sequence[Path], *, seconds: float) -> RuleSet:
    """Load and compile rule files; ``seconds`` bounds one rule on one document (see ``RuleSet``).

    Raises ``SettingsError`` with file, line and fix when a file is wrong.
    """
    rules = load_files(files)
    for sourced in rules:
        check_examples(sourced)
    return RuleSet(compile_rules(rules), version=contents_digest(files), seconds=seconds)


class RuleSet:
    """Compiled rules; the same rules on the same document find the same, in the same order.

    A rule has ``seconds`` for a document of up to USUAL_CHARS code points, for a longer one as much more
    as it is longer.
    """

    def __init__(self, rules: Sequence[Compiled], *, version: str, seconds: float) -> None:
        self.compiled = tuple(rules)
        self.version = version
        self.seconds = seconds

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in the order of their files."""
        return tuple(compiled.source.rule for compiled in self.compiled)

    def places(self) -> list[tuple[Rule, str]]:
        """The rules with ``file:line`` of each."""
        return [(one.source.rule, one.source.file.place(one.source.pointer)) for one in self.compiled]

    def find(self, document: Document, *, known: Iterable[Match] = ()) -> Found:
        """Everything the rules and ``known`` (matches of alias lists) give for one document.

        No match touches boilerplate or crosses a sentence; known ones that would are left out. A
        rule that runs out of time becomes an ``Issue`` and finds nothing, the others go on.
        """
        spans = sentences(document.text, document.regions)
        text = _PRIVATE_USE.sub("\N{REPLACEMENT CHARACTER}", document.text)
        pages = [_Sentence(start, end, text[start:end]) for start, end in spans]
        _place_known(pages, spans, known)
        issues: list[Issue] = []
        for level in LEVELS:
            for rule in self.compiled:
                if rule.source.rule.level == level:
                    issues += self._run(rule, pages, document)
            for page in pages:
                page.settle()
        matches = sorted(
            (match for page in pages for match in page.matches),
            key=lambda match: (match.start, -match.end, match.label, match.rule_id),
        )
        return Found(document, tuple(spans), tuple(matches), tuple(issues))

    def _run(self, compiled: Compiled, pages: Sequence[_Sentence], document: Document) -> Iterator[Issue]:
        found: list[tuple[_Sentence, Match]] = []
        clock = _Clock(self.seconds * max(1.0, len(document.text) / USUAL_CHARS))
        try:
            for page in pages:
                found += [(page, match) for match in _matches(compiled, page, clock)]
        except TimeoutError:
            place, _, line = compiled.source.file.place(compiled.source.pointer).rpartition(":")
            yield Issue(
                check="rules/time", severity="warning", path=place, line=int(line), record=document.doc_id,
                message=f"rule {compiled.source.rule.id} ran out of time ({self.seconds:g} s) on "
                f"{document.source_path} and found nothing there",
                fix="make its pattern simpler: no repetition inside a repetition",
            )  # fmt: skip
            return
        for page, match in found:
            page.new.append(match)


class _Clock:
    """The time that one rule has left for one document."""

    def __init__(self, seconds: float) -> None:
        self.end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds; ``TimeoutError`` when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


@dataclass(slots=True)
class _Shadow:
    """A sentence with earlier matches as single characters, and the way back to offsets."""

    text: str
    base: int
    bits: int = 0
    places: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)

    def offset(self, place: int) -> int:
        """The document offset of a boundary in ``text``."""
        number = bisect_left(self.places, place) - 1
        if number < 0:
            return self.base + place
        return self.ends[number] + place - self.places[number] - 1


@dataclass(slots=True)
class _Sentence:
    """One sentence with its settled matches, those of the running level, and shadows made so far."""

    start: int
    end: int
    text: str
    matches: list[Match] = field(default_factory=list)
    new: list[Match] = field(default_factory=list)
    shadows: dict[tuple[str, ...], _Shadow] = field(default_factory=dict)

    def shadow(self, labels: tuple[str, ...]) -> _Shadow:
        """The sentence as a rule sees it that refers to ``labels``."""
        if labels not in self.shadows:
            self.shadows[labels] = self._make(labels)
        return self.shadows[labels]

    def _make(self, labels: tuple[str, ...]) -> _Shadow:
        masks: dict[tuple[int, int], int] = {}
        for match in self.matches:
            if match.label in labels:
                span = (match.start, match.end)
                masks[span] = masks.get(span, 0) | 1 << labels.index(match.label)
        shadow = _Shadow("", self.start)
        pieces: list[str] = []
        position = size = 0
        for start, end in _outermost(masks):
            pieces += [self.text[position : start - self.start], chr(PLACEHOLDERS + masks[start, end])]
            size += len(pieces[-2]) + 1
            shadow.places.append(size - 1)
            shadow.ends.append(end)
            shadow.bits |= masks[start, end]
            position = end - self.start
        shadow.text = "".join([*pieces, self.text[position:]])
        return shadow

    def settle(self) -> None:
        """Take the level's matches in, overlaps within a label settled."""
        if self.new:
            by_label: dict[str, list[Match]] = {}
            for match in [*self.matches, *self.new]:
                by_label.setdefault(match.label, []).append(match)
            self.matches = [match for found in by_label.values() for match in self._winners(found)]
            self.new = []
            self.shadows = {}

    def _winners(self, found: list[Match]) -> Iterator[Match]:
        taken = bytearray(self.end - self.start)
        order = sorted(found, key=lambda m: (-m.priority, m.start - m.end, m.start, m.rule_id))
        for match in order:
            start, end = match.start - self.start, match.end - self.start
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                yield match


def _outermost(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans that do not overlap, the longest first choice, in order of position."""
    taken: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span[0])):
        number = bisect_left(taken, (start, end))
        clear_before = number == 0 or taken[number - 1][1] <= start
        if clear_before and (number == len(taken) or end <= taken[number][0]):
            taken.insert(number, (start, end))
    return taken


def _place_known(pages: list[_Sentence], spans: list[tuple[int, int]], known: Iterable[Match]) -> None:
    starts = [start for start, _ in spans]
    for match in known:
        number = bisect_right(starts, match.start) - 1
        if number >= 0 and match.start < match.end <= pages[number].end:
            pages[number].new.append(match)
    for page in pages:
        page.settle()


def _matches(compiled: Compiled, page: _Sentence, clock: _Clock) -> Iterator[Match]:
    shadow = page.shadow(compiled.labels)
    if any(not shadow.bits & need for need in compiled.needs):
        return
    rule = compiled.source.rule
    vetoes: list[tuple[int, int]] | None = None
    for found in compiled.pattern.finditer(shadow.text, timeout=clock.left()):
        clock.left()
        if found.start() == found.end():
            continue
        if vetoes is None:
            vetoes = [
                veto.span()
                for unless in compiled.unless
                for veto in unless.finditer(shadow.text, timeout=clock.left())
            ]
        if any(start < found.end() and found.start() < end for start, end in vetoes):
            continue
        yield Match(
            rule_id=rule.id, label=rule.label,
            start=shadow.offset(found.start()), end=shadow.offset(found.end()),
            groups={
                role: (shadow.offset(found.start(role)), shadow.offset(found.end(role)))
                for role in compiled.pattern.groupindex if found.start(role) < found.end(role)
            },
            attrs=rule.attrs, score=rule.score, priority=rule.priority,
        )  # fmt: skip
