"""Drafts to tasks in Label Studio: pushing twice adds nothing, and nobody's work is touched."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from toolkit.config import Project
from toolkit.errors import ServerError, UnfinishedError
from toolkit.files import Progress, to_json
from toolkit.model import LABELS, Draft, Issue, digest
from toolkit.spool import Spool, spool
from toolkit.studio.conversion import regions, tasks
from toolkit.studio.conversion.marks import JUNK
from toolkit.studio.page import labeling
from toolkit.studio.push.journal import alone
from toolkit.studio.push.plan import Step, orphaned, steps
from toolkit.studio.push.sending import Sender
from toolkit.studio.reach import projects
from toolkit.studio.reach.connection import Connection
from toolkit.studio.reach.projects import Desk, Stored

UNVERSIONED = "no-rules"
SAMPLE = 250
_LABELS = frozenset((*LABELS, JUNK))


@dataclass(frozen=True, slots=True)
class PushReport:
    """What a push did, or with ``dry_run`` would do.

    ``added`` tasks are new, ``refreshed`` ones got a prediction of these rules beside an older one,
    ``unchanged`` ones had it already; ``orphaned`` documents are in the project and not among the drafts,
    and nothing happens to them. ``plan`` has the steps of a dry run, see
    :func:`toolkit.studio.push.plan.steps`. ``refused`` drafts were not sent; ``warnings`` hinder nothing.
    """

    project: str
    project_id: int | None
    url: str
    model_version: str
    dry_run: bool
    added: int
    refreshed: int
    unchanged: int
    orphaned: int
    refused: tuple[Issue, ...]
    warnings: tuple[Issue, ...]
    plan: tuple[Step, ...] = ()


@dataclass(slots=True)
class _Prepared:
    """The tasks to send, by uid; every one gets a prediction of the one ``version``."""

    waiting: Spool
    version: str = UNVERSIONED
    issues: list[Issue] = field(default_factory=list)


def push_drafts(
    drafts: Iterable[Draft], connection: Connection, *, project: Project, title: str | None = None,
    dry_run: bool = False, concurrency: int = 1, on_progress: Progress | None = None,
) -> PushReport:  # fmt: skip
    """Bring every draft into the project with this title (default: the settings'), once.

    A document that is there already gets a prediction beside its older ones when the rules have
    changed, and is left alone otherwise. The project is made where there is none. A draft that
    cannot be sent is reported, and the others go. Up to ``concurrency`` batches are on their way at once;
    with more than one, tasks stand in the project in the order in which batches arrive.

    Raises ``SettingsError`` when title or labelling configuration will not do, ``ServerError`` or
    ``LoginError`` when nothing could be sent, ``UnfinishedError`` when a part was.
    """
    title = title or project.settings.studio.title
    projects.check_title(title)
    page = labeling.checked(project)
    with spool() as waiting:
        ready = _Prepared(waiting)
        arriving = _arriving(drafts, ready, suggest=project.settings.studio.suggest)
        if dry_run:
            for _ in arriving:
                pass
            return _planned(connection, title, ready)
        with alone(connection.state, title) as journal:
            desk = projects.find(connection, title) or projects.create(connection, title, page)
            ready.issues += _same_page(connection, desk, page)
            sender = Sender(
                connection, desk, waiting, version=lambda: ready.version, journal=journal,
                batch=project.settings.studio.batch, concurrency=concurrency, on_progress=on_progress,
            )  # fmt: skip
            return _send(connection, desk, ready, sender, arriving)


def _send(
    connection: Connection, desk: Desk, ready: _Prepared, sender: Sender, arriving: Iterator[str]
) -> PushReport:
    done = sender.courier
    try:
        known = sender.run(arriving)
        if len(ready.waiting) and desk.model_version != ready.version:
            connection.ask(connection.sdk.projects.update, desk.id, model_version=ready.version)
    except ServerError as error:
        if not done.begun:
            raise
        raise UnfinishedError(
            f"{len(done.added)} tasks added, then {error.problem}", place=error.place,
            fix=f"{error.fix}; run the same command again, nothing comes twice",
        ) from error  # fmt: skip
    issues = (
        ready.issues + sender.issues + list(_spare(desk)) + list(_without_suggestions(desk, known, ready))
    )
    issues += [_changed(desk, uid, old) for uid, old in sorted(sender.changed.items()) if uid in done.added]
    return _report(desk, ready, issues, known, added=len(done.added), refreshed=len(done.refreshed))


def _planned(connection: Connection, title: str, ready: _Prepared) -> PushReport:
    """What a push would do now; nothing is sent and nothing written."""
    desk = projects.find(connection, title)
    known: dict[str, Stored] = {}
    if desk:
        # Of doubles a push goes on with one that people worked on, else with the oldest.
        for task in sorted(
            projects.stored(connection, desk.id), key=lambda task: (not task.touched, task.id)
        ):
            known.setdefault(task.uid, task)
    plan = tuple(steps(ready.waiting, ready.version, known, refused=_refused(ready.issues)))
    actions = Counter(step.action for step in plan)
    desk = desk or Desk(id=0, title=title, url=connection.url, labeling="", model_version="", counts={})
    report = _report(
        desk, ready, ready.issues, known, added=actions["add"], refreshed=actions["refresh prediction"],
        dry_run=True,
    )  # fmt: skip
    return replace(report, plan=plan)


def _report(
    desk: Desk,
    ready: _Prepared,
    issues: Iterable[Issue],
    known: Iterable[str],
    *,
    added: int,
    refreshed: int,
    dry_run: bool = False,
) -> PushReport:
    issues = sorted(issues, key=Issue.order)
    return PushReport(
        project=desk.title, project_id=desk.id or None, url=desk.url, model_version=ready.version,
        dry_run=dry_run, added=added, refreshed=refreshed,
        unchanged=len(ready.waiting) - added - refreshed,
        orphaned=len(orphaned(ready.waiting, known, refused=_refused(issues))),
        refused=tuple(issue for issue in issues if issue.severity == "error"),
        warnings=tuple(issue for issue in issues if issue.severity != "error"),
    )  # fmt: skip


def _refused(issues: Iterable[Issue]) -> set[str | None]:
    return {issue.record for issue in issues if issue.severity == "error"}


def _arriving(drafts: Iterable[Draft], ready: _Prepared, *, suggest: tasks.Suggest) -> Iterator[str]:
    """Make the tasks of all drafts that can be sent and give the uid of each when it waits; the other drafts
    become issues.

    Annotators see the predictions of one version alone, so a push has one: the commonest among its first
    drafts.
    """
    drafts = iter(drafts)
    first = list(islice(drafts, SAMPLE))
    versions = Counter(version for draft in first if (version := _version(draft)))
    ready.version = versions.most_common(1)[0][0] if versions else UNVERSIONED
    for draft in chain(first, drafts):
        uid = draft.document.doc_id
        if uid in ready.waiting:
            message, fix = "the same document again", "keep one draft of it"
            ready.issues.append(_issue(uid, "draft/double", message, fix, "warning"))
        elif faults := list(_faults(draft, ready, suggest)):
            ready.issues += faults
        else:
            yield uid


def _version(draft: Draft) -> str | None:
    return next((c.provenance.rules_version for c in draft.claims if c.provenance.rules_version), None)


def _faults(draft: Draft, ready: _Prepared, suggest: tasks.Suggest) -> Iterator[Issue]:
    """Why a draft cannot be sent; when there is nothing, its task is waiting."""
    document = draft.document
    uid = document.doc_id
    again = "run ingest and prelabel again"
    try:
        if digest(document.text) != document.text_sha256:
            yield _issue(uid, "draft/text", "the text is not the one that text_sha256 names", again)
            return
        task = tasks.to_task(draft, suggest=suggest, model_version=ready.version)
        problems = [
            problem
            for prediction in task["predictions"]
            for problem in regions.check_result(prediction["result"], len(document.text), _LABELS)
        ]
        if not problems:
            line = _quickly(task)
            # Going through every value takes longer than making them, so only where one may be bad.
            problems = list(_unsendable(task)) if line is None or b"\\u0000" in line else []
        if problems:
            yield _issue(uid, "draft/regions", "; ".join(map(str, problems[:3])), again)
        elif _version(draft) not in {None, ready.version}:
            message = f"made by the rules {_version(draft)}, most drafts here by {ready.version}"
            yield _issue(uid, "draft/version", message, "run prelabel again on all of them")
        else:
            ready.waiting.add_line(uid, line or to_json(task).encode("utf-8"))
    except ValueError as error:
        yield _issue(uid, "draft/value", f"cannot be sent: {error}", again)


def _quickly(task: dict[str, Any]) -> bytes | None:
    """The task as JSON; None where that is slower: a lone surrogate, a number of more than 64 bits."""
    from msgspec.json import encode

    try:
        return encode(task)
    except (UnicodeEncodeError, OverflowError):
        return None


def _unsendable(value: Any) -> Iterator[str]:
    """Label Studio shifts offsets at NUL, and one lone surrogate breaks every later listing."""
    if isinstance(value, str):
        if "\0" in value:
            yield "a NUL character"
        if not value.isascii() and any("\ud800" <= char <= "\udfff" for char in value):
            yield "a lone surrogate"
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _unsendable(key)
            yield from _unsendable(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _unsendable(inner)


def _same_page(connection: Connection, desk: Desk, page: str) -> Iterator[Issue]:
    """Give the project our labelling page, unless people have worked with the one it has."""
    if desk.labeling.split() == page.split():
        return
    if desk.counts["annotations"] + desk.counts["skipped"] == 0:
        connection.ask(connection.sdk.projects.update, desk.id, label_config=page)
        return
    yield Issue(
        severity="warning", check="push/labeling", path=desk.url,
        message="its labelling page is not the one in configs/, and people have worked with it, so it stays",
        fix="push to a new project with --project, or change the page in Label Studio under Settings",
    )  # fmt: skip


def _spare(desk: Desk) -> Iterator[Issue]:
    for other in desk.spares:
        yield Issue(
            severity="warning", check="push/project", path=desk.url,
            message=f"project {other} has the same title and no task: the rest of a broken connection",
            fix="delete it in Label Studio",
        )  # fmt: skip


def _without_suggestions(desk: Desk, known: dict[str, Stored], ready: _Prepared) -> Iterator[Issue]:
    """A project shows the predictions of one version: other tasks now look as if rules found nothing."""
    others = [task for uid, task in known.items() if uid not in ready.waiting]
    hidden = [task for task in others if task.versions and ready.version not in task.versions]
    if hidden and len(ready.waiting):
        yield Issue(
            severity="warning", check="push/version", path=desk.url,
            message=f"{len(hidden)} other tasks have suggestions of older rules, which are no longer shown",
            fix="run prelabel again on their articles and push those drafts too",
        )  # fmt: skip


def _changed(desk: Desk, uid: str, old: Stored) -> Issue:
    worked = ", which people worked on" if old.touched else ""
    return Issue(
        severity="warning", check="push/changed", record=uid, path=f"{desk.url}?task={old.id}",
        message=f"the text of {old.source} has changed: this is a new task, beside task {old.id}{worked}",
        fix="annotate the new one; delete the older one in Label Studio if nobody needs it",
    )  # fmt: skip


def _issue(uid: str, check: str, message: str, fix: str, severity: Any = "error") -> Issue:
    return Issue(severity=severity, check=check, record=uid, message=message, fix=fix)
