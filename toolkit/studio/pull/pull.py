"""Annotations out of Label Studio: complete, under pseudonyms, and every pull kept.

A pull goes on from the one before: it fetches the tasks that changed since, takes the others from the
archive, and reads all anew when the sum is not what the server counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from toolkit import __version__
from toolkit.config import Project
from toolkit.files import Progress, write_records
from toolkit.model import Issue
from toolkit.studio.page import labeling
from toolkit.studio.pull.archive import Archive, Last
from toolkit.studio.pull.harvest import Harvest
from toolkit.studio.pull.people import People
from toolkit.studio.pull.pile import pile
from toolkit.studio.reach import projects
from toolkit.studio.reach.connection import Connection
from toolkit.studio.reach.projects import Desk, expect

PAGE = 250
_OF_TASKS = ("id", "data", "updated_at", "annotations", "predictions")
_OF_ANNOTATIONS = (
    "id", "result", "completed_by", "was_cancelled", "created_at", "updated_at", "parent_prediction",
    "prediction",
)  # fmt: skip
# Asked to expand the annotations, the server makes one serializer of them for a whole page, which is told
# its fields by their path; a server that does not do so makes one for each task, told by the plain names.
LISTED: dict[str, Any] = {
    "include": ",".join([*_OF_TASKS, *_OF_ANNOTATIONS, *(f"annotations.{name}" for name in _OF_ANNOTATIONS)]),
    "expand": "annotations",
}
_LOOKS = 3
# A change gets its time when it is made and is seen when it is committed, which may be minutes later.
_LATE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a pull shall bring beyond the submitted annotations.

    ``full`` reads every task again; ``identities`` gives e-mail addresses instead of pseudonyms; ``drafts``
    and ``predictions`` are files for unsubmitted work and for what was suggested, as Label Studio has it.
    """

    full: bool = False
    identities: bool = False
    drafts: Path | None = None
    predictions: Path | None = None


PLAIN = Wanted()


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull brought. ``tasks`` are all of the project's, ``annotated`` those with submitted work;
    ``states`` has every task once, under how far it is.

    ``annotations`` counts the records in ``out``, of which ``skipped`` and ``empty`` have no regions;
    ``claims`` counts by review status; ``quarantined`` are regions that could not be taken. ``issues``
    are annotations left out, what drifted, and counts that differ from the server's (``server``).
    ``since`` is the time of the pull this one goes on from (None: all was read) and ``fetched`` the
    tasks fetched. ``archive`` is the copy that is kept.
    """

    project: str
    project_id: int
    url: str
    out: str
    archive: Path
    since: str | None
    fetched: int
    tasks: int
    annotated: int
    states: dict[str, int]
    annotations: int
    skipped: int
    empty: int
    claims: dict[str, int]
    quarantined: int
    server: dict[str, int]
    issues: tuple[Issue, ...]


def pull_annotations(
    connection: Connection, out: Path | str, *, project: Project, title: str | None = None,
    wanted: Wanted = PLAIN, on_progress: Progress | None = None,
) -> PullReport:  # fmt: skip
    """Write every submitted annotation of the project to ``out``, skipped ones too, sorted by document
    and annotation id. A copy is kept, see :mod:`toolkit.studio.pull.archive`.

    Only what changed since the last pull is fetched, unless all is wanted. When the counts differ from the
    server's own, somebody is at work: all is read again, and it is said when they still differ.

    Raises ``SettingsError``, ``ServerError`` (also when there is no such project), ``LoginError``, and
    ``DataError`` when a file cannot be written; then the old ``out`` is untouched.
    """
    title = title or project.settings.studio.title
    desk = projects.named(connection, title)
    people = People(connection, identities=wanted.identities)
    mark = _mark(desk, people)
    with Archive(connection.state, url=connection.url, project=desk.id) as archive:
        last = None if wanted.full else archive.last(mark, people, out)
        for look in range(_LOOKS):
            with pile() as packed:
                harvest = Harvest(desk, people, packed)
                _read(connection, harvest, last, on_progress)
                begun = set(_drafted(connection, desk))
                desk = projects.load(connection, desk.id)
                differs = _differs(desk, harvest)
                if not differs or look == _LOOKS - 1:
                    line = {
                        "project": desk.title, "project_id": desk.id, "url": desk.url,
                        "counts": harvest.counts(), "server": desk.counts,
                        "states": harvest.by_state(begun), "fetched": harvest.fetched,
                        "labeling": _digest(desk.labeling),
                    }  # fmt: skip
                    kept = archive.keep(harvest, out, mark=mark, line=line)
                    break
                last = None
    people.write_down()
    if wanted.drafts:
        write_records(wanted.drafts, _drafts(connection, harvest, sorted(begun)))
    if wanted.predictions:
        write_records(wanted.predictions, _predictions(connection, harvest))
    harvest.issues += [*filter(None, [differs, _page_drift(desk, project)])]
    return _report(harvest, desk, out, kept, last, begun)


def _mark(desk: Desk, people: People) -> str:
    """What all records of a pull depend on: when it changes, all tasks are read again."""
    parts = (__version__, desk.title, desk.created_at, desk.model_version, desk.labeling, people.mark)
    return _digest("\0".join(parts))


def _read(connection: Connection, harvest: Harvest, last: Last | None, on_progress: Progress | None) -> None:
    desk = harvest.desk
    if last is None:
        found = projects.tasks(connection, desk.id, page=PAGE, ahead=True, **LISTED)
        total = desk.counts["tasks"]
    else:
        found, total = _changed(connection, desk, last), None
    for task in found:
        harvest.read(task, place=connection.url)
        if on_progress:
            on_progress(harvest.fetched, total and max(total, harvest.fetched))
    # Without them the counts differ, and all is read.
    if last and last.sound.result():
        harvest.go_on(last.rows, last.records())


def _changed(connection: Connection, desk: Desk, last: Last) -> Iterator[Any]:
    """The tasks that are new, changed, or could not be taken the last time."""
    latest = max((datetime.fromisoformat(row.updated_at) for row in last.rows.values()), default=None)
    known = {task: row.updated_at for task, row in last.rows.items() if not row.again}
    again = {row.task for row in last.rows.values() if row.again}
    # Whole tasks at once: to leave out what is known already would spare the server no work.
    for task in projects.tasks(
        connection, desk.id, page=PAGE, ahead=True, **LISTED,
        since=latest - _LATE if latest else None,
    ):  # fmt: skip
        if known.get(task["id"]) != expect(task, "updated_at", str, connection.url):
            again.discard(task["id"])
            yield task
    yield from projects.tasks_by_id(connection, desk.id, sorted(again), page=PAGE, **LISTED)


def _drafted(connection: Connection, desk: Desk) -> Iterator[int]:
    """The tasks with work that nobody has submitted; a draft does not change its task's time."""
    begun = projects.condition("draft_exists", "equal", "Boolean", True)
    for task in projects.tasks(connection, desk.id, fields="task_only", include="id", where=(begun,)):
        yield task["id"]


def _drafts(connection: Connection, harvest: Harvest, begun: list[int]) -> Iterator[dict[str, Any]]:
    for task in begun:
        for draft in connection.get(f"api/tasks/{task}/drafts"):
            name, kind = harvest.people.pseudonym(draft.get("user"))
            yield {
                "task": task, "doc_id": harvest.rows[task].uid if task in harvest.rows else None,
                "annotation": draft.get("annotation"), "annotator": name, "annotator_kind": kind,
                "created_at": draft.get("created_at"), "updated_at": draft.get("updated_at"),
                "result": draft.get("result"),
            }  # fmt: skip


def _predictions(connection: Connection, harvest: Harvest) -> Iterator[dict[str, Any]]:
    for task in projects.tasks(connection, harvest.desk.id, page=PAGE):
        for one in sorted(expect(task, "predictions", list, connection.url), key=lambda one: one["id"]):
            yield {
                "task": task["id"], "doc_id": task["data"].get("uid"), "prediction": one["id"],
                "model_version": one.get("model_version"), "score": one.get("score"),
                "created_at": one.get("created_at"), "result": one.get("result"),
            }  # fmt: skip


def _differs(desk: Desk, harvest: Harvest) -> Issue | None:
    """Whether the server counts otherwise than we did."""
    ours = harvest.counts()
    if ours == desk.counts:
        return None
    said = ", ".join(f"{ours[name]} of {desk.counts[name]} {name}" for name in ours)
    return Issue(
        severity="warning", check="pull/counts", path=desk.url, message=f"read {said}, as the server counts",
        fix="pull again when nobody is saving",
    )  # fmt: skip


def _page_drift(desk: Desk, project: Project) -> Issue | None:
    """Whether people work with another page than the project's."""
    ours = labeling.load(project)
    if desk.labeling.split() == ours.xml.split():
        return None
    return Issue(
        severity="warning", check="pull/labeling", path=desk.url,
        message=f"its labelling page ({_digest(desk.labeling)[:12]}) is not the one in {ours.path}"
        f" ({_digest(ours.xml)[:12]})",
        fix="compare the two: answers to fields and labels that only one of them has are quarantined or lost",
    )  # fmt: skip


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _report(
    harvest: Harvest, desk: Desk, out: Path | str, kept: Path, last: Last | None, begun: set[int]
) -> PullReport:
    return PullReport(
        project=desk.title, project_id=desk.id, url=desk.url, out=str(out), archive=kept,
        since=last.time if last else None, fetched=harvest.fetched, tasks=len(harvest.rows),
        annotated=sum(row.found > row.skipped for row in harvest.rows.values()),
        states=harvest.by_state(begun),
        annotations=harvest.states.total(), skipped=harvest.states["skipped"], empty=harvest.states["empty"],
        claims=dict(sorted(harvest.claims.items())), quarantined=harvest.quarantined, server=desk.counts,
        issues=tuple(sorted(harvest.issues, key=Issue.order)),
    )  # fmt: skip
