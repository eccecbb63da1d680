"""Run the cascade over a document: level by level, every rule over every sentence.

How it works, and why it is fast:

- Shadow strings (:mod:`~toolkit.rules.pages`): a rule sees the sentence with each match of the labels it
  refers to as one private-use character, so that one regular expression speaks of words and of earlier
  matches alike; a map leads back to offsets.
- Needs (:mod:`~toolkit.rules.anchors`): from the notation of a pattern it is worked out which words or labels
  a sentence must hold for it to match.
- Index (:mod:`~toolkit.rules.index`): a word is looked up once and says, bit by bit, which of these it
  fulfils. Most rules are passed over by one comparison of bits for a sentence.
- Two engines (:mod:`~toolkit.rules.quick`): PCRE2 runs what it can say, and finds the sentences where the
  module ``regex`` has to decide.
- Lazy compilation (:mod:`~toolkit.rules.compile`): an expression is compiled when a sentence asks for it.
- Batches: several documents go through a level together, rule by rule, so that the processor finds in its
  cache what a rule runs.
- Settling: after a level, overlapping matches of one label are settled: by priority, length, position.
- Time bound (:mod:`~toolkit.rules.scan`): a rule that runs out of its time on a document finds nothing there
  and becomes an ``Issue``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import and_, or_
from pathlib import Path

import regex

from toolkit.files import contents_digest
from toolkit.model import Document, Found, Issue, Match
from toolkit.model.marks import plain_marks
from toolkit.model.sentences import sentences
from toolkit.rules.compile import Compiled, compile_rules
from toolkit.rules.examples import check_examples
from toolkit.rules.index import Index, Scanner
from toolkit.rules.language import LEVELS, Rule, Sourced, load_files
from toolkit.rules.pages import Page, Shadow
from toolkit.rules.scan import Clock, Hit, scan
from toolkit.rules.trace import Trace
from toolkit.rules.views import View

USUAL_CHARS = 100_000
BATCH_CHARS = 75_000
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
        self._levels = [
            _Level.of([rule for rule in rules if rule.source.rule.level == level], self._index)
            for level in LEVELS
        ]
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
        work = self._work(document, known, trace)
        self._run([work])
        return work.found()

    def find_all(self, given: Iterable[tuple[Document, Iterable[Match]]]) -> Iterator[Found]:
        """What ``find`` gives for each document and its known matches, in their order.

        Documents are taken BATCH_CHARS code points at a time, which takes a fifth less time than one after
        the other.
        """
        batch: list[_Work] = []
        size = 0
        for document, known in given:
            batch.append(self._work(document, known))
            size += len(document.text)
            if size >= BATCH_CHARS:
                self._run(batch)
                yield from (work.found() for work in batch)
                batch, size = [], 0
        self._run(batch)
        yield from (work.found() for work in batch)

    def _work(self, document: Document, known: Iterable[Match], trace: Trace | None = None) -> _Work:
        spans = sentences(document.text, document.regions)
        text = _PRIVATE_USE.sub("\N{REPLACEMENT CHARACTER}", plain_marks(document.text))
        pages = [Page(start, end, text[start:end], self._index, trace) for start, end in spans]
        _place_known(pages, spans, known)
        seconds = self.seconds * max(1.0, len(document.text) / USUAL_CHARS)
        return _Work(document, spans, pages, seconds)

    def _run(self, batch: Sequence[_Work]) -> None:
        """Level by level and rule by rule over all of a batch; a rule's time is that of each document."""
        for level in self._levels:
            lacking = [level.lacking(work.pages) for work in batch]
            for needs, rule in level.rules:
                for work, (nowhere, lacks) in zip(batch, lacking, strict=True):
                    if needs & nowhere:
                        continue
                    candidates = [page for missing, page in lacks if not needs & missing]
                    if candidates and not _apply(rule, candidates, Clock(work.seconds)):
                        work.issues.append(self._out_of_time(rule, work.document))
            for work in batch:
                for page in work.pages:
                    page.settle()

    def _out_of_time(self, rule: _Running, document: Document) -> Issue:
        place, _, line = rule.source.file.place(rule.source.pointer).rpartition(":")
        return Issue(
            check="rules/time", severity="warning", path=place, line=int(line), record=document.doc_id,
            message=f"rule {rule.rule.id} ran out of time ({self.seconds:g} s) on "
            f"{document.source_path} and found nothing there",
            fix="make its pattern simpler: no repetition inside a repetition",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    """The rules of a level, each with its needs, and the needs of all.

    They are counted from the bit ``first`` of the index on: short numbers are compared in half the time.
    """

    first: int
    needs: int
    rules: list[tuple[int, _Running]]

    @staticmethod
    def of(rules: Sequence[Compiled], index: Index) -> _Level:
        """Take the rules of a level into an index."""
        first = index.begin()
        scanners = [index.add(rule.expression) for rule in rules]
        running = [_Running.of(*given, index) for given in zip(rules, scanners, strict=True)]
        own = [(rule.scanner.needs >> first, rule) for rule in running]
        return _Level(first, reduce(or_, (needs for needs, _ in own), 0), own)

    def lacking(self, pages: Sequence[Page]) -> tuple[int, list[tuple[int, Page]]]:
        """Which needs of the level no sentence fulfils, and which each does not."""
        lacks = [(self.needs & ~(page.holds >> self.first), page) for page in pages]
        return reduce(and_, (missing for missing, _ in lacks), self.needs), lacks


@dataclass(frozen=True, slots=True)
class _Work:
    """A document while the cascade runs over it; ``seconds`` is what each rule has for it."""

    document: Document
    spans: Sequence[tuple[int, int]]
    pages: list[Page]
    seconds: float
    issues: list[Issue] = field(default_factory=list)

    def found(self) -> Found:
        """What stands after the last level."""
        matches = sorted(
            (match for page in self.pages for match in page.matches()),
            key=lambda match: (match.start, -match.end, match.label, match.rule_id),
        )
        return Found(self.document, tuple(self.spans), tuple(matches), tuple(self.issues))


@dataclass(frozen=True, slots=True)
class _Running:
    """A rule and its expressions as the index knows them."""

    source: Sourced
    rule: Rule
    view: View
    scanner: Scanner
    unless: tuple[Scanner, ...]

    @staticmethod
    def of(compiled: Compiled, scanner: Scanner, index: Index) -> _Running:
        """Take a rule into an index that has its pattern."""
        return _Running(
            compiled.source, compiled.source.rule, index.views.of(compiled.labels), scanner,
            tuple(index.add(expression) for expression in compiled.unless),
        )  # fmt: skip


def _place_known(pages: list[Page], spans: list[tuple[int, int]], known: Iterable[Match]) -> None:
    starts = [start for start, _ in spans]
    for match in known:
        number = bisect_right(starts, match.start) - 1
        if number >= 0 and match.start < match.end <= pages[number].end:
            pages[number].new.append(match)
    for page in pages:
        page.settle()


def _apply(rule: _Running, candidates: Sequence[Page], clock: Clock) -> bool:
    """Give each sentence what a rule finds there; False, and nothing given, where its time runs out."""
    view = rule.view
    shadows = [page.shadow(view) for page in candidates]
    try:
        found = [
            (candidates[number], _kept(rule, candidates[number], shadows[number], hits, clock))
            for number, hits in scan(rule.scanner.whole, shadows, clock)
        ]
    except TimeoutError:
        return False
    for page, matches in found:
        page.new += matches
    return True


def _kept(rule: _Running, page: Page, shadow: Shadow, hits: Sequence[Hit], clock: Clock) -> list[Match]:
    """The matches that the rule's own vetoes leave."""
    holds = page.holds
    vetoes = [
        (veto.start, veto.end)
        for unless in rule.unless if unless.needs & holds == unless.needs
        for _, found in scan(unless.whole, [shadow], clock) for veto in found
    ]  # fmt: skip
    if not vetoes:
        return [_match(rule, one, shadow) for one in hits]
    kept = []
    for one in hits:
        veto = next((veto for veto in vetoes if veto[0] < one.end and one.start < veto[1]), None)
        if veto is None:
            kept.append(_match(rule, one, shadow))
        elif page.trace is not None:
            page.trace.vetoed(_match(rule, one, shadow), shadow.offset(veto[0]), shadow.offset(veto[1]))
    return kept


def _match(running: _Running, hit: Hit, shadow: Shadow) -> Match:
    rule, offset = running.rule, shadow.offset
    start, end, roles = hit
    groups = {role: (offset(first), offset(last)) for role, first, last in roles}
    # By position, which takes half the time.
    return Match(
        rule.id, rule.label, offset(start), offset(end), groups, rule.attrs, rule.score, rule.priority
    )
