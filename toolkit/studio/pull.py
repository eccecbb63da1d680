"""Annotations out of Label Studio: complete, under pseudonyms, and every pull kept."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from toolkit.config import Project
from toolkit.errors import FactcheckError, ServerError
from toolkit.files import Progress, naming, replacing, to_json
from toolkit.model import Annotation, Issue, to_record
from toolkit.spool import Spool, spool
from toolkit.studio import projects, tasks
from toolkit.studio.connection import Connection
from toolkit.studio.people import People
from toolkit.studio.projects import Desk

PAGE = 200
_LOOKS = 3


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull brought. ``tasks`` are all of the project's, ``annotated`` those with submitted work.

    ``annotations`` counts the records in ``out``, of which ``skipped`` and ``empty`` have no regions;
    ``claims`` counts by review status; ``quarantined`` are regions that could not be taken. ``issues``
    are annotations left out, and counts that differ from the server's. ``archive`` is the copy that
    is kept.
    """

    project: str
    project_id: int
    url: str
    out: str
    archive: Path
    tasks: int
    annotated: int
    annotations: int
    skipped: int
    empty: int
    claims: dict[str, int]
    quarantined: int
    issues: tuple[Issue, ...]


@dataclass(slots=True)
class _Harvest:
    """What was read so far; they wait by document and annotation id."""

    waiting: Spool
    tasks: int = 0
    annotated: int = 0
    skipped: int = 0
    found: int = 0
    states: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    quarantined: int = 0
    issues: list[Issue] = field(default_factory=list)


def pull_annotations(
    connection: Connection, out: Path | str, *, project: Project, title: str | None = None,
    on_progress: Progress | None = None,
) -> PullReport:  # fmt: skip
    """Write every submitted annotation of the project to ``out``, skipped ones too, sorted by document
    and annotation id. A copy goes to ``STATE/pulls/`` under the digest of its content.

    When the counts differ from the server's own, somebody is at work: it is read again, and said when
    they still differ.

    Raises ``SettingsError``, ``ServerError`` (also when there is no such project), ``LoginError``, and
    ``DataError`` when a file cannot be written; then the old ``out`` is untouched.
    """
    title = title or project.settings.studio.title
    projects.check_title(title)
    desk = projects.find(connection, title)
    if desk is None:
        raise ServerError(
            f"there is no project {title!r}", place=connection.url,
            fix="push drafts first, or name an existing one with --project",
        )  # fmt: skip
    people = People(connection)
    for look in range(_LOOKS):
        with spool() as waiting:
            harvest = _read(connection, desk, people, waiting, on_progress)
            desk = projects.load(connection, desk.id)
            differs = _differs(desk, harvest)
            if differs is None or look == _LOOKS - 1:
                archive = _archive(connection.state, waiting)
                break
    _copy(archive, out)
    return _report(desk, harvest, out, archive, differs)


def _read(
    connection: Connection, desk: Desk, people: People, waiting: Spool, on_progress: Progress | None
) -> _Harvest:
    harvest = _Harvest(waiting)
    for task in projects.tasks(connection, desk.id, page=PAGE):
        harvest.tasks += 1
        if on_progress:
            on_progress(harvest.tasks, max(desk.counts["tasks"], harvest.tasks))
        annotations = projects.expect(task, "annotations", list, connection.url)
        skips = [bool(projects.expect(one, "was_cancelled", bool, connection.url)) for one in annotations]
        harvest.found += len(skips)
        harvest.skipped += sum(skips)
        harvest.annotated += not all(skips)
        for annotation in annotations:
            _take(task, annotation, desk, people, harvest)
    return harvest


def _take(
    task: dict[str, Any], annotation: dict[str, Any], desk: Desk, people: People, harvest: _Harvest
) -> None:
    """Convert one annotation; what cannot be converted is an issue and hides nothing else."""
    name, kind = people.pseudonym(annotation.get("completed_by"))
    try:
        record = tasks.to_annotation(
            task, annotation, project=desk.title, project_id=desk.id, annotator=name, kind=kind
        )
        harvest.waiting.add(record.document.doc_id, to_record(record), id=f"{record.annotation:020}")
    except (ValueError, KeyError, TypeError, FactcheckError) as error:
        problem = getattr(error, "problem", f"not an annotation of ours: {error}")
        harvest.issues.append(
            Issue(
                check="pull/annotation", path=f"{desk.url}?task={task['id']}",
                record=f"annotation {annotation.get('id')}", message=" ".join(problem.split())[:300],
                fix=getattr(error, "fix", "") or "look at it in Label Studio; the others were taken",
            )
        )  # fmt: skip
        return
    _count(record, harvest)


def _count(record: Annotation, harvest: _Harvest) -> None:
    harvest.states[record.state] += 1
    harvest.claims.update(claim.review.status for claim in record.claims)
    harvest.quarantined += len(record.quarantined)


def _differs(desk: Desk, harvest: _Harvest) -> Issue | None:
    """Whether the server counts otherwise than we did."""
    ours = {
        "tasks": harvest.tasks,
        "annotations": harvest.found - harvest.skipped,
        "skipped": harvest.skipped,
    }
    if ours == desk.counts:
        return None
    said = ", ".join(f"{ours[name]} of {desk.counts[name]} {name}" for name in ours)
    return Issue(
        severity="warning", check="pull/counts", path=desk.url, message=f"read {said}, as the server counts",
        fix="pull again when nobody is saving",
    )  # fmt: skip


def _archive(state: Path, waiting: Spool) -> Path:
    """Keep this pull for good: anybody with an account can delete the project on the server."""
    folder = state / "pulls"
    with naming(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = hashlib.sha256()
    for line in _lines(waiting):
        name.update(line)
    kept = folder / f"{name.hexdigest()[:32]}.jsonl"
    if not kept.exists():
        with replacing(kept, mode=0o600) as stream:
            stream.writelines(_lines(waiting))
    return kept


def _lines(waiting: Spool) -> Iterator[bytes]:
    for record in waiting:
        yield to_json(record).encode("utf-8") + b"\n"


def _copy(archive: Path, out: Path | str) -> None:
    with naming(archive), archive.open("rb") as kept, replacing(out) as stream:
        target: IO[bytes] = stream
        shutil.copyfileobj(kept, target)


def _report(
    desk: Desk, harvest: _Harvest, out: Path | str, archive: Path, differs: Issue | None
) -> PullReport:
    issues = harvest.issues + ([differs] if differs else [])
    return PullReport(
        project=desk.title, project_id=desk.id, url=desk.url, out=str(out), archive=archive,
        tasks=harvest.tasks, annotated=harvest.annotated, annotations=harvest.states.total(),
        skipped=harvest.states["skipped"], empty=harvest.states["empty"],
        claims=dict(sorted(harvest.claims.items())), quarantined=harvest.quarantined,
        issues=tuple(sorted(issues, key=Issue.order)),
    )  # fmt: skip
