"""Run the cascade over a document.

Level by level every rule runs over every sentence. A rule sees the sentence with each match of the
labels it refers to replaced by one private-use character (where such matches overlap, the longest
stands), so that one regular expression speaks of words and of earlier matches alike; a map leads back
to offsets. After a level, overlapping matches of one label are settled: by priority, then length,
then position.
"""

from __future__ import annotations

import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import regex

from toolkit.files import contents_digest
from toolkit.model import Document, Found, Issue, Match
from toolkit.model.sentences import sentences
from toolkit.rules.compile import Compiled, Lazy, compile_rules
from toolkit.rules.examples import check_examples
from toolkit.rules.index import Index, Scanner, Words
from toolkit.rules.language import LEVELS, Rule, Sourced, load_files
from toolkit.rules.pages import Page, Shadow
from toolkit.rules.trace import Trace

USUAL_CHARS = 100_000
# So few places are tried faster than it is found out which of them are too far right.
FEW = 3
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
        pages = [Page(start, end, text[start:end], self._index, trace) for start, end in spans]
        _place_known(pages, spans, known)
        issues: list[Issue] = []
        for level in self._levels:
            for rule in level:
                issues += self._run(rule, pages, document)
            for page in pages:
                page.settle()
        matches = sorted(
            (match for page in pages for match in page.matches()),
            key=lambda match: (match.start, -match.end, match.label, match.rule_id),
        )
        return Found(document, tuple(spans), tuple(matches), tuple(issues))

    def _run(self, rule: _Running, pages: Sequence[Page], document: Document) -> Iterator[Issue]:
        needs = rule.scanner.needs
        candidates = [page for page in pages if needs & page.holds == needs]
        if not candidates:
            return
        found: list[tuple[Page, list[Match]]] = []
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


def _place_known(pages: list[Page], spans: list[tuple[int, int]], known: Iterable[Match]) -> None:
    starts = [start for start, _ in spans]
    for match in known:
        number = bisect_right(starts, match.start) - 1
        if number >= 0 and match.start < match.end <= pages[number].end:
            pages[number].new.append(match)
    for page in pages:
        page.settle()


def _matches(rule: _Running, page: Page, clock: _Clock) -> list[Match]:
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


def _scan(scanner: Scanner, shadow: Shadow, clock: _Clock) -> Iterator[regex.Match[str]]:
    """Everything an expression matches that is not empty, from left to right."""
    if not scanner.start:
        for found in scanner.whole.pattern.finditer(shadow.text, timeout=clock.left()):
            clock.left()
            if found.start() < found.end():
                yield found
        return
    places = _places(scanner, shadow.words)
    if not places:
        return
    unsure = len(places) > FEW or scanner.tail is not None
    last = _last(scanner, shadow, clock) if unsure else places[-1]
    position = 0
    for at in places:
        if at > last:
            break
        if at >= position:
            one = scanner.whole.pattern.match(shadow.text, at, timeout=clock.left())
            if one:
                yield one
                position = one.end()


def _places(scanner: Scanner, words: Words) -> list[int]:
    """The words that a match can begin with, by what they are and what stands before."""
    start, led = scanner.start, scanner.led
    if scanner.first:
        return words.places[:1] if words.starts and words.starts[0] & start and not led else []
    if not led:
        return [at for at, starts in zip(words.places, words.starts, strict=True) if starts & start]
    behind = zip(words.leads, words.places[1:], words.starts[1:], strict=False)
    return [at for leads, at, starts in behind if starts & start and leads & led]


def _fits(tail: Lazy, text: str, at: int, clock: _Clock) -> bool:
    return tail.pattern.match(text, at, timeout=clock.left()) is not None


def _last(scanner: Scanner, shadow: Shadow, clock: _Clock) -> int:
    """The last place where a match can begin: what it needs ahead, and its tail, must not stand before it."""
    wanted, tail = scanner.ahead, scanner.tail
    words = shadow.words
    for number in range(len(words.places) - 1, -1, -1):
        holds = words.holds[number]
        wanted &= ~holds
        if tail and holds & scanner.tail_holds and _fits(tail, shadow.text, words.places[number], clock):
            tail = None
        if not wanted and tail is None:
            return words.places[number]
    return -1


def _match(rule: _Running, found: regex.Match[str], shadow: Shadow) -> Match:
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
