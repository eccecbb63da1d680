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
from itertools import pairwise
from pathlib import Path

import regex

from toolkit.files import contents_digest
from toolkit.model import Document, Found, Issue, Match
from toolkit.model.sentences import sentences
from toolkit.rules.compile import Compiled, compile_rules
from toolkit.rules.examples import check_examples
from toolkit.rules.index import Index, Means, Scanner, present
from toolkit.rules.language import LEVELS, Rule, Sourced, load_files
from toolkit.rules.patterns import PLACEHOLDERS
from toolkit.rules.trace import Trace

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
        self._index = Index()
        running = [_Running.of(rule, self._index) for rule in rules]
        self._levels = [[rule for rule in running if rule.rule.level == level] for level in LEVELS]
        self.version = version
        self.seconds = seconds

    @property
    def rules(self) -> tuple[Rule, ...]:
        """The rules in the order of their files."""
        return tuple(compiled.source.rule for compiled in self.compiled)

    def places(self) -> list[tuple[Rule, str]]:
        """The rules with ``file:line`` of each."""
        return [(one.source.rule, one.source.file.place(one.source.pointer)) for one in self.compiled]

    def find(self, document: Document, *, known: Iterable[Match] = (), trace: Trace | None = None) -> Found:
        """Everything the rules and ``known`` (matches of alias lists) give for one document.

        No match touches boilerplate or crosses a sentence; known ones that would are left out. A
        rule that runs out of time becomes an ``Issue`` and finds nothing, the others go on. ``trace``
        is told what was found and did not stand.
        """
        spans = sentences(document.text, document.regions)
        text = _PRIVATE_USE.sub("\N{REPLACEMENT CHARACTER}", document.text)
        pages = [_Sentence(start, end, text[start:end], self._index, trace) for start, end in spans]
        _place_known(pages, spans, known)
        issues: list[Issue] = []
        for level in self._levels:
            for rule in level:
                issues += self._run(rule, pages, document)
            for page in pages:
                page.settle()
        matches = sorted(
            (match for page in pages for match in page.matches),
            key=lambda match: (match.start, -match.end, match.label, match.rule_id),
        )
        return Found(document, tuple(spans), tuple(matches), tuple(issues))

    def _run(self, rule: _Running, pages: Sequence[_Sentence], document: Document) -> Iterator[Issue]:
        needs = rule.scanner.needs
        candidates = [page for page in pages if needs & page.holds == needs]
        if not candidates:
            return
        found: list[tuple[_Sentence, list[Match]]] = []
        clock = _Clock(self.seconds * max(1.0, len(document.text) / USUAL_CHARS))
        try:
            for page in candidates:
                found.append((page, _matches(rule, page, clock)))
        except TimeoutError:
            place, _, line = rule.source.file.place(rule.source.pointer).rpartition(":")
            yield Issue(
                check="rules/time", severity="warning", path=place, line=int(line), record=document.doc_id,
                message=f"rule {rule.rule.id} ran out of time ({self.seconds:g} s) on "
                f"{document.source_path} and found nothing there",
                fix="make its pattern simpler: no repetition inside a repetition",
            )  # fmt: skip
            return
        for page, matches in found:
            page.new += matches


@dataclass(frozen=True, slots=True)
class _Running:
    """A rule and its expressions as the index knows them."""

    source: Sourced
    rule: Rule
    labels: tuple[str, ...]
    scanner: Scanner
    unless: tuple[Scanner, ...]

    @staticmethod
    def of(compiled: Compiled, index: Index) -> _Running:
        """Take a rule into an index."""
        return _Running(
            compiled.source, compiled.source.rule, compiled.labels, index.add(compiled.expression),
            tuple(index.add(expression) for expression in compiled.unless),
        )  # fmt: skip


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
    words: list[tuple[int, Means]] = field(default_factory=list)
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
    index: Index
    trace: Trace | None
    words: list[tuple[int, Means]] = field(init=False)
    holds: int = field(init=False)
    matches: list[Match] = field(default_factory=list)
    new: list[Match] = field(default_factory=list)
    shadows: dict[tuple[str, ...], _Shadow] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.words = self.index.words(self.text)
        self.holds = present(self.words)

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
        if not masks:
            return _Shadow(self.text, self.start, self.words)
        shadow = _Shadow("", self.start)
        pieces: list[str] = []
        position = size = 0
        for start, end in _outermost(masks):
            pieces += [self.text[position : start - self.start], chr(PLACEHOLDERS + masks[start, end])]
            size += len(pieces[-2]) + 1
            shadow.places.append(size - 1)
            shadow.ends.append(end)
            position = end - self.start
        shadow.text = "".join([*pieces, self.text[position:]])
        for at, means in self.index.words(shadow.text):
            mask = ord(shadow.text[at]) - PLACEHOLDERS
            placed = 0 <= mask < 1 << len(labels)
            shadow.words.append((at, self.index.placeholder(labels, mask) if placed else means))
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
            for label in by_label:
                self.holds |= self.index.label(label).holds

    def _winners(self, found: list[Match]) -> Iterator[Match]:
        taken = bytearray(self.end - self.start)
        order = sorted(found, key=lambda m: (-m.priority, m.start - m.end, m.start, m.rule_id))
        for match in order:
            start, end = match.start - self.start, match.end - self.start
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                yield match
            elif self.trace is not None:
                self.trace.beaten(match, order)


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


def _matches(rule: _Running, page: _Sentence, clock: _Clock) -> list[Match]:
    shadow = page.shadow(rule.labels)
    found = list(_scan(rule.scanner, shadow, clock))
    if not found:
        return []
    vetoes = [
        veto.span()
        for unless in rule.unless if unless.needs & page.holds == unless.needs
        for veto in _scan(unless, shadow, clock)
    ]  # fmt: skip
    kept = []
    for one in found:
        veto = next((veto for veto in vetoes if veto[0] < one.end() and one.start() < veto[1]), None)
        if veto is None:
            kept.append(_match(rule, one, shadow))
        elif page.trace is not None:
            page.trace.vetoed(_match(rule, one, shadow), shadow.offset(veto[0]), shadow.offset(veto[1]))
    return kept


def _scan(scanner: Scanner, shadow: _Shadow, clock: _Clock) -> Iterator[regex.Match[str]]:
    """Everything an expression matches that is not empty, from left to right."""
    if not scanner.start:
        for found in scanner.whole.pattern.finditer(shadow.text, timeout=clock.left()):
            clock.left()
            if found.start() < found.end():
                yield found
        return
    places = _places(scanner, shadow.words)
    last = _last(scanner, shadow, clock) if places else -1
    position = 0
    for at in places:
        if at > last:
            break
        if at >= position and (found := scanner.whole.pattern.match(shadow.text, at, timeout=clock.left())):
            yield found
            position = found.end()


def _places(scanner: Scanner, words: Sequence[tuple[int, Means]]) -> list[int]:
    """The words that a match can begin with, by what they are and what stands before."""
    start, led = scanner.start, scanner.led
    if scanner.first:
        words = words[:1]
    if not led:
        return [at for at, means in words if means.starts & start]
    return [at for (_, before), (at, means) in pairwise(words) if before.leads & led and means.starts & start]


def _last(scanner: Scanner, shadow: _Shadow, clock: _Clock) -> int:
    """The last place where a match can begin: what it needs ahead, and its tail, must not stand before it."""
    wanted = scanner.ahead
    tail = scanner.tail
    for at, means in reversed(shadow.words):
        wanted &= ~means.holds
        if (
            means.holds & scanner.tail_holds
            and tail
            and tail.pattern.match(shadow.text, at, timeout=clock.left())
        ):
            tail = None
        if not wanted and tail is None:
            return at
    return -1


def _match(rule: _Running, found: regex.Match[str], shadow: _Shadow) -> Match:
    places = {role: found.span(role) for role in found.re.groupindex}
    return Match(
        rule_id=rule.rule.id, label=rule.rule.label,
        start=shadow.offset(found.start()), end=shadow.offset(found.end()),
        groups={
            role: (shadow.offset(start), shadow.offset(end))
            for role, (start, end) in places.items() if start < end
        },
        attrs=rule.rule.attrs, score=rule.rule.score, priority=rule.rule.priority,
    )  # fmt: skip
