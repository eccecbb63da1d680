"""Labelling functions: Python for what a pattern cannot say, named in ``project.yaml`` and nowhere else.

A function takes a :class:`~toolkit.model.Document` and yields :class:`~toolkit.model.Match` objects. They
join the cascade before its first level, as names from alias lists do, so every rule may refer to them. The
idea is Snorkel's; here they stand beside the rules and compete by priority.
"""

from __future__ import annotations

import importlib
import importlib.util
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any

from toolkit import safe_yaml
from toolkit.errors import SettingsError
from toolkit.files import contents_digest
from toolkit.model import LABELS, Document, Issue, Match
from toolkit.model.sentences import sentences
from toolkit.rules.engine import USUAL_CHARS, RuleSet
from toolkit.rules.language import KNOWN_LABELS, nearest

MAX_MATCHES = 10_000
Finder = Callable[[Document], Iterable[Match]]


class _OutOfTime(BaseException):
    """Not an ``Exception``, so that a function's own ``except`` does not swallow it."""


@dataclass(frozen=True, slots=True)
class Function:
    """A labelling function; ``name`` as in project.yaml, ``rule_id`` what its matches carry."""

    name: str
    finder: Finder
    path: str

    @property
    def rule_id(self) -> str:
        """``my_rules:find_tolls`` gives ``my_rules.find_tolls``."""
        return self.name.replace(":", ".")


class Functions:
    """The labelling functions of a project; ``version`` changes with their files, and is empty without any.

    Each has ``seconds`` for a document of usual length, for a longer one as much more as it is longer.
    """

    def __init__(self, functions: Sequence[Function], labels: frozenset[str], *, seconds: float) -> None:
        self.functions, self.labels, self.seconds = tuple(functions), labels, seconds
        paths = sorted({Path(function.path) for function in functions})
        self.version = contents_digest(paths) if paths else ""

    def matches(self, document: Document) -> Iterator[Match | Issue]:
        """What the functions find, each function's matches in the order of the text.

        A match that cannot stand (unknown label, outside the text, in page junk, across sentences) and a
        function that raises or runs out of time come out as an ``Issue`` that names the function; the
        latter finds nothing there.
        """
        if not self.functions:
            return
        spans = sentences(document.text, document.regions)
        for function in self.functions:
            found, issue = self._call(function, document)
            for match in found:
                problem = self._problem(match, document, spans)
                if problem:
                    yield _issue(function, document, *problem)
                else:
                    yield match._replace(rule_id=function.rule_id)
            if issue:
                yield issue

    def _call(self, function: Function, document: Document) -> tuple[list[Match], Issue | None]:
        seconds = self.seconds * max(1.0, len(document.text) / USUAL_CHARS)
        found: list[Match] = []
        try:
            with _bounded(seconds) as end:
                for match in function.finder(document):
                    if not isinstance(match, Match):
                        raise TypeError(f"yielded a {type(match).__name__}, not a toolkit.model.Match")
                    found.append(match)
                    if len(found) > MAX_MATCHES:
                        raise ValueError(f"more than {MAX_MATCHES} matches in one document")
                    if time.monotonic() > end:
                        raise _OutOfTime
        except _OutOfTime:
            return [], _issue(
                function, document, f"ran out of time ({seconds:g} s) and found nothing there",
                "make it faster, or raise limits.rule_seconds",
            )  # fmt: skip
        except Exception as error:
            line = next(
                (frame.lineno for frame in reversed(traceback.extract_tb(error.__traceback__))
                 if frame.filename == function.path), None,
            )  # fmt: skip
            said = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
            return [], _issue(function, document, f"raised {said}", "mend the function", line)
        return sorted(found, key=_order), None

    def _problem(
        self, match: Match, document: Document, spans: Sequence[tuple[int, int]]
    ) -> tuple[str, str] | None:
        """What keeps a match from standing, and the fix."""
        if match.label not in self.labels:
            return f"yielded the unknown label {match.label!r}", nearest(match.label, self.labels)
        for start, end in ((match.start, match.end), *match.groups.values()):
            where = f"yielded {match.label} at {start} to {end}"
            if not 0 <= start < end <= len(document.text):
                return f"{where}, the text has {len(document.text)} code points", "give a place in the text"
            if document.is_boilerplate(start, end):
                return f"{where}, which is page junk", "leave out what document.is_boilerplate says"
        if not any(start <= match.start and match.end <= end for start, end in spans):
            return f"yielded {match.label} at {match.start} to {match.end}, across sentences", "end it there"
        return None


def load_functions(entries: Sequence[str], *, configs: Path, rules: RuleSet) -> Functions:
    """The functions that ``labelling_functions`` in ``configs/project.yaml`` names.

    ``my_rules:find_tolls`` is the function ``find_tolls`` of ``my_rules.py`` beside project.yaml, else of an
    installed module. Nothing else is ever imported. Raises ``SettingsError`` with file, line and fix when
    there is no such module or function.
    """
    functions = []
    for number, entry in enumerate(entries):
        try:
            functions.append(_load(entry, configs))
        except SettingsError as error:
            place = safe_yaml.load(configs / "project.yaml").place(f"/labelling_functions/{number}")
            raise SettingsError(error.problem, place=place, fix=error.fix) from error
    made = {rule.label for rule in rules.rules}
    return Functions(functions, frozenset(made | KNOWN_LABELS | set(LABELS)), seconds=rules.seconds)


def _load(entry: str, configs: Path) -> Function:
    name, _, attribute = entry.partition(":")
    local = configs.joinpath(*name.split(".")).with_suffix(".py")
    try:
        module = _from_file(name, local) if local.is_file() else importlib.import_module(name)
    except Exception as error:
        raise SettingsError(
            f"cannot import {name!r} for labelling: {type(error).__name__}: {error}",
            fix=f"put {name}.py beside project.yaml, or install it",
        ) from error
    finder = getattr(module, attribute, None)
    if not callable(finder):
        known = [key for key, value in vars(module).items() if callable(value) and not key.startswith("_")]
        raise SettingsError(f"{name!r} has no function {attribute!r}", fix=nearest(attribute, known))
    return Function(entry, finder, str(module.__file__ or local))


def _from_file(name: str, path: Path) -> ModuleType:
    known = f"labelling_functions.{name}"
    spec: Any = importlib.util.spec_from_file_location(known, path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[known] = module
    spec.loader.exec_module(module)
    return module


@contextmanager
def _bounded(seconds: float) -> Iterator[float]:
    """When time is up (by the monotonic clock), and an alarm then, where the system has one for this thread.

    Elsewhere the time is looked at between two matches only.
    """
    end = time.monotonic() + seconds
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield end
        return

    def ring(_signal: int, _frame: FrameType | None) -> None:
        raise _OutOfTime

    before = signal.signal(signal.SIGALRM, ring)
    # It rings again: what is raised while an object is being deleted, nobody hears.
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield end
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _order(match: Match) -> tuple[int, int, str]:
    return match.start, -match.end, match.label


def _issue(function: Function, document: Document, problem: str, fix: str, line: int | None = None) -> Issue:
    return Issue(
        check="rules/function", path=function.path, line=line, record=document.doc_id,
        message=f"{function.name} {problem} ({document.source_path})", fix=fix,
    )  # fmt: skip
