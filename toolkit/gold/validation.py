"""Files, folders and datasets held against schemas and checks; what is wrong comes out as issues."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from toolkit import safe_yaml, schema
from toolkit.errors import DataError, SettingsError
from toolkit.files import Line, Progress, read_records
from toolkit.gold import manifest as manifests
from toolkit.gold.checks import parts
from toolkit.gold.checks.sets import Register
from toolkit.gold.fault import Fault, Place
from toolkit.gold.library import Library
from toolkit.gold.records import Scope, kind_of
from toolkit.model import Issue
from toolkit.spool import scratch, spool

JSON_LINES = {"", ".json", ".jsonl", ".ndjson"}
SETTINGS = ("project", "rules", "entities", "event")


class Validation:
    """One run over several files: the documents seen so far, and how many records were read."""

    def __init__(self, library: Library, on_progress: Progress | None) -> None:
        self.library, self.done, self._on_progress = library, 0, on_progress

    def lines(self, path: str) -> Iterator[Line | Issue]:
        """The records of a file, counted."""
        for line in read_records(path):
            self.done += 1
            if self._on_progress:
                self._on_progress(self.done, None)
            yield line

    def given(self, documents: Sequence[str]) -> Iterator[Issue]:
        """Take in the documents of files that were given for their texts."""
        issues: list[Issue] = []
        for path in _found(documents, issues):
            yield from _guarded(self._texts(path), path)
        yield from issues

    def _texts(self, path: str) -> Iterator[Issue]:
        with scratch() as database:
            scope = Scope(self.library, Register(database))
            for line in self.lines(path):
                yield from scope.check_line(line)
        if not scope.kinds.total() - scope.kinds["claim"]:
            yield Place(_name(path)).issue(
                "file/kind", Fault("", "has no documents", "give documents, drafts or annotations")
            )

    def records(self, path: str) -> Iterator[Issue]:
        """Check a JSON Lines file."""
        with scratch() as database:
            scope = Scope(self.library, Register(database))
            before = self.done
            for line in self.lines(path):
                yield from scope.check_line(line)
            yield from scope.check_whole()
        if self.done == before:
            yield Place(_name(path)).issue("file/empty", Fault("", "has no records", "", severity="warning"))
        yield from _unread_texts(scope, path)

    def dataset(self, folder: Path) -> Iterator[Issue]:
        """Check a folder that has a manifest, and the claims in it."""
        try:
            manifest = manifests.load(folder)
        except DataError as error:
            yield Issue(check="manifest/format", path=error.place, message=error.problem, fix=error.fix)
            return
        yield from manifests.check_files(folder, manifest)
        named = {file.path for file in manifest.files}
        with spool() as texts, scratch() as database:
            own = "documents.jsonl" in named and manifest.quotes is None
            scope = Scope(Library(texts) if own else self.library, Register(database), in_dataset=True)
            scope.quote_chars = manifest.quotes.max_chars if manifest.quotes else None
            found: dict[str, int] = {}
            for name in ("documents.jsonl", "claims.jsonl", parts.SPLITS):
                path = manifests.inside(folder, name)
                if name not in named or path is None or not path.is_file():
                    continue
                before = self.done
                for line in self.lines(str(path)):
                    yield from scope.check_line(line)
                found[name] = self.done - before
            yield from scope.check_whole()
        yield from manifests.check_counts(folder, manifest, found, scope.statuses)
        yield from parts.check(folder, manifest)
        yield from _unread_texts(scope, str(folder))


def check_files(
    paths: Sequence[str], *, documents: Sequence[str] = (), on_progress: Progress | None = None
) -> Iterator[Issue]:
    """Hold files (JSON Lines, settings in YAML), globs, folders, datasets and ``-`` against their schemas
    and the named checks of :mod:`toolkit.gold.checks`.

    ``documents`` are files with the texts that claims point into. A file that is not there or is no
    JSON at all is an issue as well; the rest goes on.
    """
    with spool() as texts:
        run = Validation(Library(texts), on_progress)
        yield from run.given(documents)
        issues: list[Issue] = []
        found = list(dict.fromkeys(_found(paths, issues)))
        yield from issues
        for path in sorted(found, key=_turn):
            yield from _guarded(_check(run, path), path)


def _check(run: Validation, path: str) -> Iterator[Issue]:
    suffix = Path(path).suffix.lower()
    if path != "-" and Path(path).is_dir():
        return run.dataset(Path(path))
    if suffix in {".yaml", ".yml"}:
        return _settings(Path(path))
    if path == "-" or suffix in JSON_LINES:
        return run.records(path)
    fault = Fault(
        "", f"{suffix} is nothing that can be checked by itself", "give the dataset's folder, or .jsonl"
    )
    return iter([Place(path).issue("file/kind", fault)])


def _settings(path: Path) -> Iterator[Issue]:
    """A YAML file, held against the schema whose keys it has."""
    try:
        loaded = safe_yaml.load(path)
        keys = set(loaded.value) if isinstance(loaded.value, dict) else set()
        best = max(SETTINGS, key=lambda name: len(keys & set(schema.load(name)["properties"])))
        schema.check_settings(best, loaded)
    except SettingsError as error:
        file, _, line = error.place.rpartition(":")
        numbered = file and line.isdigit()
        yield Issue(
            check="settings", path=file if numbered else error.place, line=int(line) if numbered else None,
            message=error.problem, fix=error.fix,
        )  # fmt: skip


def _guarded(issues: Iterator[Issue], path: str) -> Iterator[Issue]:
    """One file that cannot be read does not hide the others."""
    try:
        yield from issues
    except DataError as error:
        yield Issue(check="file/open", path=error.place or path, message=error.problem, fix=error.fix)


def _found(paths: Iterable[str], issues: list[Issue]) -> Iterator[str]:
    """The files and dataset folders behind paths, globs and folders; what leads nowhere is an issue."""
    for path in paths:
        files = _behind(path)
        yield from files
        if not files:
            problem = "has no .jsonl file and no dataset" if Path(path).is_dir() else "is not there"
            issues.append(Place(path).issue("file/open", Fault("", problem, "check the path")))


def _behind(path: str) -> list[str]:
    here = Path(path)
    if path == "-" or (here.is_file() and here.name != manifests.MANIFEST):
        return [path]
    if here.is_file():
        return [str(here.parent)]
    if not here.exists():
        matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 (absolute patterns)
        return [file for match in matches if Path(match).exists() for file in _behind(match)]
    datasets = [file.parent for file in sorted(here.rglob(manifests.MANIFEST))]
    loose = [
        file for file in sorted(here.rglob("*.jsonl"))
        if file.is_file() and not any(file.is_relative_to(dataset) for dataset in datasets)
    ]  # fmt: skip
    return [str(file) for file in [*loose, *datasets]]


def _turn(path: str) -> int:
    """Files with documents come before the claims that may point into them; stdin can't be looked at."""
    if path == "-":
        return 1
    if Path(path).is_dir() or Path(path).suffix.lower() not in JSON_LINES:
        return 2
    try:
        first = next((line for line in read_records(path) if isinstance(line, Line)), None)
    except DataError:
        return 2
    return 2 if first is None or kind_of(first.record) == "claim" else 0


def _unread_texts(scope: Scope, path: str) -> Iterator[Issue]:
    if scope.without_text:
        message = f"{scope.without_text} claims were not held against their texts"
        fault = Fault("", message, "give the documents with --documents", severity="note")
        yield Place(_name(path)).issue("texts", fault)


def _name(path: str) -> str:
    return "<stdin>" if path == "-" else path
