"""The dataset folder: validated records in every format, the manifest last."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from toolkit import __version__, schema
from toolkit.config import Settings
from toolkit.errors import DataError
from toolkit.files import Progress, replacing
from toolkit.gold import manifest as manifests
from toolkit.gold.checks.sets import Register
from toolkit.gold.checks.values import REVIEWED
from toolkit.gold.dataset import About, AsTask, Dataset
from toolkit.gold.fault import Place
from toolkit.gold.formats import Format, chosen, need_documents
from toolkit.gold.library import Library
from toolkit.gold.publish import owned, publish, staging
from toolkit.gold.records import Scope, read_placed
from toolkit.gold.releases import card
from toolkit.gold.releases.release import PLAIN, ChangeList, Release, last, refuse_other
from toolkit.gold.releases.splits import Assignment
from toolkit.gold.validation import Validation
from toolkit.model import SCHEMA_VERSION, Claim, Counts, DatasetFile, Issue, Manifest, Quotes, to_line
from toolkit.spool import Spool, scratch, spool


@dataclass(slots=True)
class Gathered:
    """What is known of the records once all were read."""

    statuses: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    rules_versions: set[str] = field(default_factory=set)
    doc_ids: int = 0
    errors: int = 0
    first: Issue | None = None

    def take(self, issue: Issue) -> None:
        """Remember the first error and how many there are."""
        if issue.severity == "error":
            self.errors += 1
            self.first = self.first or issue


def write_dataset(  # noqa: PLR0913 (each is independent of the others)
    claims: str, *, to: Path, settings: Settings, formats: Sequence[str] = (), documents: Sequence[str] = (),
    release: Release = PLAIN, dry_run: bool = False, as_task: AsTask | None = None,
    on_progress: Progress | None = None,
) -> Manifest:  # fmt: skip
    """Write the claims of a JSON Lines file (``-`` is stdin) as the dataset folder ``to``.

    Only claims that people accepted, corrected, added or adjudicated go in; the others are counted in
    ``counts.left_out``. With ``documents`` the texts go in as well. ``formats`` default to those of the
    settings; ``release`` says what else goes in. The same input gives the same bytes. A dry run writes into
    a temporary folder instead. ``as_task`` makes a Label Studio task of a draft, for the format of that name.

    Raises ``DataError`` when a record is not valid (nothing is written then), the folder is not ours or
    holds another release, or the disk is full (an older export is untouched then); ``SettingsError`` for
    an unknown format, or one that needs documents or another format which was not given.
    """
    wanted = chosen(formats or settings.export.formats, with_text=release.quote_chars is None)
    need_documents(wanted, given=bool(documents))
    to = to.resolve()
    old = owned(to)
    refuse_other(to, old, release.version)
    before = last(to, settings.name, release.version, release.since) if release.version else None
    with spool() as kept, spool() as texts, scratch() as database:
        library = Library(texts)
        gathered = _gather(claims, documents, kept, library, on_progress)
        need_documents(wanted, given=not library.empty)
        about = _about(gathered, library, settings)
        dataset = Dataset(kept, library, about, as_task, quote_chars=release.quote_chars)
        dataset.release = release.version
        said: dict[str, Any] = {"release": release.version, "previous": before and before[1].release}
        if release.version:
            wanted |= {
                "changes": Format(ChangeList(release, before).write),
                "card": Format(card.write),
            }
        if release.split:
            assignment = Assignment(release.split, dataset.claims(), database)
            # First, since descriptions of the other files tell of this one.
            wanted = {"splits": Format(assignment.write), **wanted}
            dataset.splits, dataset.split_of = assignment.summary(dataset), assignment.split_of
            said["splits"] = dataset.splits
        if release.quote_chars is not None:
            said["quotes"] = Quotes(release.quote_chars, dataset.cut_quotes())
        if dry_run:
            with tempfile.TemporaryDirectory(prefix="factcheck-") as folder:
                return _write(dataset, Path(folder), wanted, said)
        with staging(to) as new, _named(new, to):
            manifest = _write(dataset, new, wanted, said)
            names = [*(file.path for file in manifest.files), manifests.SUMS, manifests.MANIFEST]
            publish(new, to, names=names, old=old)
            return manifest


def _gather(
    claims: str, documents: Sequence[str], kept: Spool, library: Library, on_progress: Progress | None
) -> Gathered:
    """Read and check everything; raise when something is wrong."""
    gathered = Gathered()
    for issue in Validation(library, on_progress).given(documents):
        gathered.take(issue)
    with scratch() as database:
        scope = Scope(library, Register(database), in_dataset=True)
        for count, item in enumerate(read_placed(Claim, claims), start=1):
            if on_progress:
                on_progress(count, None)
            for issue in _sorted_in(item, scope, kept, gathered):
                gathered.take(issue)
        for issue in scope.check_whole():
            gathered.take(issue)
        gathered.doc_ids = sum(1 for _ in kept.documents())
    _refuse_unsound(gathered, claims)
    return gathered


def _refuse_unsound(gathered: Gathered, claims: str) -> None:
    if gathered.first is not None:
        more = f" (and {gathered.errors - 1} more errors)" if gathered.errors > 1 else ""
        first = gathered.first
        where = " ".join(filter(None, [first.record, first.pointer]))
        raise DataError(
            f"{where}{': ' if where else ''}{first.message} [{first.check}]{more}; nothing was written",
            place=first.place(), fix=f"{first.fix or 'correct the record'}; `factcheck validate` shows all",
        )  # fmt: skip
    if not gathered.statuses:
        found = ", ".join(f"{count} {status}" for status, count in sorted(gathered.left_out.items()))
        raise DataError(
            f"no reviewed claim ({found or 'no claim at all'}); nothing was written", place=claims,
            fix="give claims that people accepted, corrected or added: `factcheck adjudicate` writes them",
        )  # fmt: skip


def _sorted_in(
    item: tuple[Place, Claim] | Issue, scope: Scope, kept: Spool, gathered: Gathered
) -> Iterator[Issue]:
    """Keep a claim that belongs in the dataset and is sound; count one that doesn't belong."""
    if isinstance(item, Issue):
        yield item
        return
    place, claim = item
    status = claim.review.status
    if status not in REVIEWED:
        gathered.left_out[status] += 1
        return
    issues = list(scope.check(claim, place))
    yield from issues
    if not any(issue.severity == "error" for issue in issues):
        gathered.statuses[status] += 1
        if claim.provenance.rules_version is not None:
            gathered.rules_versions.add(claim.provenance.rules_version)
        kept.add_line(claim.doc_id, to_line(claim), place=claim.span.start, id=claim.claim_id)


def _about(gathered: Gathered, library: Library, settings: Settings) -> About:
    counts = Counts(
        documents=len(library) or gathered.doc_ids,
        claims=gathered.statuses.total(),
        by_status=dict(sorted(gathered.statuses.items())),
        left_out=dict(sorted(gathered.left_out.items())),
    )
    return About(settings, counts, tuple(sorted(gathered.rules_versions)))


def _write(dataset: Dataset, folder: Path, wanted: dict[str, Format], said: dict[str, Any]) -> Manifest:
    """Write every format, the checksums and the manifest (with what is ``said`` of the release) into an
    empty folder."""
    for name, form in wanted.items():
        for written in form.write(dataset, folder):
            found = manifests.fingerprint(folder / written.path)
            dataset.files.append(
                DatasetFile(written.path, name, found.bytes, found.sha256, written.records, written.notes)
            )
    about = dataset.about
    manifest = Manifest(
        schema_version=SCHEMA_VERSION,
        name=about.settings.name,
        toolkit_version=__version__,
        claim_schema=schema.urn("claim"),
        rules_versions=about.rules_versions,
        counts=about.counts,
        files=tuple(dataset.files),
        **said,
    )
    raw = manifests.to_bytes(manifest)
    for name, content in ((manifests.SUMS, manifests.sums(manifest, raw)), (manifests.MANIFEST, raw)):
        with replacing(folder / name) as stream:
            stream.write(content)
    return manifest


@contextmanager
def _named(folder: Path, to: Path) -> Iterator[None]:
    """Messages name the file that people asked for, not the hidden one it is written to first."""
    try:
        yield
    except DataError as error:
        place = error.place.replace(str(folder), str(to))
        raise DataError(error.problem, place=place, fix=error.fix) from error
