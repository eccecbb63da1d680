"""The table of contents: every stage as one function, composed of the packages named after them.

Each function takes and gives iterators of model records, so memory does not grow with the input. A
bad article or record comes out as an :class:`~toolkit.model.Issue` in its place; the rest goes on.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit import resources
from toolkit.errors import DataError
from toolkit.model import Annotation, Claim, Document, Draft, Issue

if TYPE_CHECKING:
    from toolkit.config import Project
    from toolkit.files import Progress
    from toolkit.gold.diff import Diff
    from toolkit.gold.gate import Measure
    from toolkit.gold.releases.release import Release
    from toolkit.labelling import Labelled
    from toolkit.model import Manifest
    from toolkit.review import Agreement, Disputed, Scorecard
    from toolkit.rules import About, Exported, Imported, RuleSet
    from toolkit.score import Score
    from toolkit.studio.pull.pull import PullReport, Wanted
    from toolkit.studio.push.push import PushReport
    from toolkit.studio.team.adjudication import Adjudication
    from toolkit.studio.team.arrange import ProjectReport
    from toolkit.studio.team.recheck import RecheckReport

GOLD_VERSION = "gold"


def init(folder: Path) -> Iterator[Path]:
    """Make a working project in ``folder`` and give every file written; existing files are kept.

    Raises ``DataError`` when the folder cannot be written.
    """
    source = resources.configs()
    for path in sorted(source.rglob("*")):
        target = folder / "configs" / path.relative_to(source)
        if path.is_file() and not target.exists():
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
            except OSError as error:
                raise DataError(
                    error.strerror or str(error), place=str(target), fix="choose a folder you may write"
                ) from error
            yield target


def ingest(paths: Iterable[str], *, project: Project) -> Iterator[Document | Issue]:
    """Read articles (files, folders, globs, ``-``) as documents; the same text comes once."""
    from toolkit.ingest import read_documents

    yield from read_documents(paths, limits=project.settings.limits)


def load_rules(*, project: Project, files: Sequence[Path] = ()) -> RuleSet:
    """The project's rules, or those of ``files``, compiled.

    Raises ``SettingsError`` with file, line and fix when a rule file is wrong.
    """
    from toolkit import rules

    settings = project.settings
    chosen = list(files) or project.files(settings.rules)
    return rules.load_rules(chosen, seconds=settings.limits.rule_seconds)


def check_rules(rules: RuleSet) -> Iterator[Issue]:
    """Run the examples in the rule files; each that fails is an issue."""
    from toolkit.rules import run_examples

    yield from run_examples(rules)


def about_rule(rules: RuleSet, rule_id: str, *, most_words: int | None = None) -> About:
    """Everything there is to know of one rule; see :func:`toolkit.rules.about`."""
    from toolkit.rules import about

    return about(rules, rule_id, most_words=most_words)


def new_rules(path: Path) -> None:
    """Write a commented rule file to start from.

    Raises ``DataError`` when the file is there already or cannot be written, ``SettingsError`` for a name
    that no rule file has.
    """
    from toolkit.files import write_new
    from toolkit.rules import skeleton

    write_new(path, skeleton(path))


def export_rules(rules: RuleSet) -> Exported:
    """The rules as patterns of spaCy and Prodigy, and which cannot be said there."""
    from toolkit.rules import as_patterns

    return as_patterns(rules)


def import_rules(patterns: str, out: Path) -> Imported:
    """Write a rule file made of patterns of spaCy or Prodigy; what cannot be said is in its issues.

    Raises ``DataError`` when a file cannot be read or written, or ``out`` is there already.
    """
    from toolkit.files import write_new
    from toolkit.rules import import_patterns

    found = import_patterns(patterns)
    write_new(out, found.text(patterns))
    return found


def explain(text: str, *, project: Project, files: Sequence[Path] = ()) -> Iterator[Labelled | Issue]:
    """What rules do in a text: a sentence, or the articles of a file or of stdin (``-``).

    Raises ``SettingsError`` when a rule, entity or event file is wrong.
    """
    from toolkit.ingest import read_text
    from toolkit.labelling import Labelling

    labelling = Labelling(project, load_rules(project=project, files=files))
    for document in read_text(text, limits=project.settings.limits):
        yield from [document] if isinstance(document, Issue) else labelling.label(document)


def prelabel(paths: Iterable[str], *, project: Project) -> Iterator[Draft | Issue]:
    """Suggest mentions and claims by rules for articles or for documents ingested before.

    The drafts' ``rules_version`` names the rules and the names behind them: either makes new suggestions.

    Raises ``SettingsError`` when a rule, entity or event file is wrong.
    """
    from toolkit.labelling import Labelling

    labelling = Labelling(project, load_rules(project=project))
    yield from labelling.drafts(ingest(paths, project=project))


def push(
    drafts: Iterable[Draft], *, project: Project, title: str | None = None, dry_run: bool = False,
    concurrency: int = 1, on_progress: Progress | None = None,
) -> PushReport:  # fmt: skip
    """Send drafts to Label Studio as tasks with predictions; what is there already is left alone.

    Raises ``ServerError``, ``LoginError``, ``SettingsError`` (labelling configuration) or
    ``UnfinishedError`` (a part was sent; running again sends the rest).
    """
    from toolkit.studio import connect, push_drafts

    return push_drafts(
        drafts, connect(project.state), project=project, title=title, dry_run=dry_run,
        concurrency=concurrency, on_progress=on_progress,
    )  # fmt: skip


def arrange(
    *, project: Project, title: str | None = None, annotators: int | None = None, change: bool = True
) -> ProjectReport:
    """Prepare the Label Studio project for several annotators; without ``change`` only look how it stands.

    Raises ``ServerError``, ``LoginError`` or ``SettingsError``.
    """
    from toolkit import studio

    title = title or project.settings.studio.title
    connection = studio.connect(project.state)
    if not change:
        return studio.look(connection, title=title)
    return studio.arrange(
        connection, project=project, title=title, differ=count_disagreements, annotators=annotators
    )


def pull(
    out: Path | str, *, project: Project, title: str | None = None, wanted: Wanted | None = None,
    on_progress: Progress | None = None,
) -> PullReport:  # fmt: skip
    """Bring every submitted annotation of the project into ``out`` (annotations.jsonl), fetching what
    changed since the last pull; ``wanted`` says what else.

    Raises like ``push``.
    """
    from toolkit.studio import Wanted, connect, pull_annotations

    return pull_annotations(
        connect(project.state), out, project=project, title=title, wanted=wanted or Wanted(),
        on_progress=on_progress,
    )  # fmt: skip


def agree(annotations: Iterable[Annotation], *, resamples: int = 1_000) -> Agreement:
    """How far annotators of the same texts agree; see :mod:`toolkit.review.agreement`.

    Raises ``DataError`` when no text has two annotators.
    """
    from toolkit.review import agreement

    return agreement(annotations, resamples=resamples)


def draw_agreement(found: Agreement, path: Path | str) -> None:
    """Draw it as an SVG. Raises ``DataError`` when the file cannot be written."""
    from toolkit.files import replacing
    from toolkit.review import svg

    with replacing(path) as stream:
        stream.write(svg(found).encode("utf-8"))


def adjudicate(
    annotations: Iterable[Annotation], *, strategy: str | None = None, rulings: Iterable[Annotation] = ()
) -> Iterator[Claim | Issue]:
    """Make gold claims of annotations; what annotators disagree on and no strategy settles is an issue.

    See :func:`toolkit.review.settle`. Raises ``ValueError`` when there is no such strategy.
    """
    from toolkit.review import settle

    yield from settle(annotations, strategy=strategy, rulings=rulings)


def disagreements(annotations: Iterable[Annotation]) -> Iterator[Disputed]:
    """The texts that several annotators see differently, with the work of each and what they differ in."""
    from toolkit.review import disagreements as found

    yield from found(annotations)


def count_disagreements(annotations: Iterable[Annotation]) -> int:
    """On how many things the annotators of the same texts differ."""
    return sum(len(one.disagreements) for one in disagreements(annotations))


def score_rules(annotations: Iterable[Annotation], *, drafts: Iterable[Draft] = ()) -> Scorecard:
    """What people made of each rule's suggestions; see :mod:`toolkit.review.scorecard`."""
    from toolkit.review import score_rules as counted

    return counted(annotations, drafts)


def studio_address(project: Project) -> str | None:
    """The address of the project's local Label Studio, whether it runs or not; None where there is none.

    Raises ``LoginError`` when others can read its file, ``ServerError`` when it is damaged.
    """
    from toolkit.studio.local.server import load

    found = load(project.state)
    return found.url if found else None


def hear(annotations: Iterable[Annotation], *, project: Project, title: str | None = None) -> Adjudication:
    """Bring what annotators disagree on into an adjudication project on the server; give the rulings there.

    Raises like ``push``.
    """
    from toolkit import studio

    disputes = (
        studio.Dispute(one.work, tuple(map(str, one.disagreements))) for one in disagreements(annotations)
    )
    title = title or project.settings.studio.title
    return studio.adjudicate(studio.connect(project.state), disputes, project=project, title=title)


def validate(
    paths: Sequence[str], *, documents: Sequence[str] = (), on_progress: Progress | None = None
) -> Iterator[Issue]:
    """Hold records against the schema and the cross-field checks; see :mod:`toolkit.gold.checks`.

    ``documents`` are files that carry the texts (documents, drafts or annotations), so that slices
    can be checked.
    """
    from toolkit.gold import check_files

    yield from check_files(paths, documents=documents, on_progress=on_progress)


def recheck(
    found: Sequence[str], *, project: Project, documents: Sequence[str] = (), title: str | None = None,
    warnings: bool = False,
) -> RecheckReport:  # fmt: skip
    """Send errors back to the annotators of the project; ``found`` are JSON arrays of issues or files of
    records, which are then validated.

    Raises ``DataError`` for a file that is neither, and like ``push``.
    """
    from toolkit import studio
    from toolkit.gold import issues_of

    chosen = {"error", "warning"} if warnings else {"error"}
    issues = (issue for path in found for issue in issues_of(path, documents) if issue.severity in chosen)
    title = title or project.settings.studio.title
    return studio.recheck(studio.connect(project.state), issues, title=title)


def export(
    claims: str, *, to: Path, project: Project, formats: Sequence[str] = (), documents: Sequence[str] = (),
    release: Release | None = None, dry_run: bool = False, on_progress: Progress | None = None,
) -> Manifest:  # fmt: skip
    """Write the dataset folder ``to``: one file per format, then the manifest; a dry run only says it.

    ``release`` gives it a version and a change list, splits, or leaves article texts out.

    Raises ``DataError`` when a record is not valid (nothing is written) or the folder is not ours.
    """
    from toolkit.gold import write_dataset
    from toolkit.gold.releases.release import PLAIN

    return write_dataset(
        claims, to=to, settings=project.settings, formats=formats, documents=documents,
        release=release or PLAIN, dry_run=dry_run, as_task=_as_task, on_progress=on_progress,
    )  # fmt: skip


def diff(
    old: str, new: str, *, key: str = "claim_id", on_progress: Progress | None = None
) -> AbstractContextManager[Diff]:
    """What differs between two datasets or files, record by record, while the block lasts.

    Raises ``DataError`` when one of them cannot be read or has an id twice.
    """
    from toolkit.gold import compare

    return compare(old, new, key=key, on_progress=on_progress)


def migrate(path: str, *, on_progress: Progress | None = None) -> Iterator[dict[str, Any] | Issue]:
    """The records of a file in today's form; what cannot be brought there comes as an issue."""
    from toolkit.gold import migrate as migrated

    yield from migrated(path, on_progress=on_progress)


def gate(
    folder: Path, *, project: Project, since: Path | None = None, on_progress: Progress | None = None
) -> Iterator[Measure | Issue]:
    """The figures of a dataset with the project's thresholds, and the errors that validate finds.

    Raises ``DataError`` when the folder is no dataset of ours.
    """
    from toolkit.gold import measure

    yield from measure(folder, settings=project.settings, since=since, on_progress=on_progress)


def score(
    gold: str, drafts: str, *, documents: Sequence[str] = (), show: bool = False,
    on_progress: Progress | None = None,
) -> Score:  # fmt: skip
    """Hold a file of drafts against gold, a dataset's folder or a file of claims; see :mod:`toolkit.score`.

    Raises ``DataError`` when a file cannot be read or no document is on both sides.
    """
    from toolkit.score import score_files

    return score_files(gold, drafts, documents=documents, show=show, on_progress=on_progress)


def _as_task(draft: Draft) -> dict[str, Any]:
    """A document and its gold claims as a task for Label Studio, all of them drawn."""
    from toolkit.studio.conversion.tasks import to_task

    return to_task(draft, suggest="all", model_version=GOLD_VERSION)
