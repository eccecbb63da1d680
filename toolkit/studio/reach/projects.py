"""Projects of the server and what is stored in them."""

from __future__ import annotations

import json
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar

from toolkit.errors import ServerError, SettingsError
from toolkit.studio.reach.aside import aside
from toolkit.studio.reach.connection import Connection
from toolkit.studio.reach.failures import TRIES, OversizeError, UnclearError, UnreachableError, pause

T = TypeVar("T")

PAGE = 1000
# One person a task, until `factcheck project --annotators` says otherwise.
ANNOTATIONS_A_TASK = 1
_POLL_SECONDS = 0.3
TITLE_LENGTH = range(3, 51)
_OF_PROJECTS = ("id", "title", "label_config", "model_version", "created_at", "maximum_annotations")
_COUNTED = {
    "tasks": "task_number", "annotations": "total_annotations_number",
    "skipped": "skipped_annotations_number",
}  # fmt: skip
# Not told what to include, the server counts five things more, which takes it ten times as long.
_INCLUDED = ",".join([*_OF_PROJECTS, *_COUNTED.values()])


@dataclass(frozen=True, slots=True)
class Desk:
    """A project on the server, as far as we look at it; ``counts`` are the server's own, ``annotators``
    is how many people each task waits for, ``spares`` are other projects of its title without a task."""

    id: int
    title: str
    url: str
    labeling: str
    model_version: str
    counts: dict[str, int]
    created_at: str = ""
    annotators: int = 1
    spares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Stored:
    """One task on the server. ``touched``: a person submitted, skipped or began work on it. ``source``
    is where its document comes from, see ``source_of``.
    """

    id: int
    uid: str
    versions: frozenset[str]
    predictions: int
    touched: bool
    source: str


def check_title(title: str) -> None:
    """``SettingsError`` unless Label Studio takes this title."""
    if len(title.strip()) not in TITLE_LENGTH or title != title.strip() or not title.isprintable():
        raise SettingsError(
            f"the project title {title[:60]!r} will not do",
            fix="give --project (or studio: title in project.yaml) 3 to 50 characters on one line",
        )


def find(connection: Connection, title: str) -> Desk | None:
    """The project with exactly this title, or None.

    A request for a project that we gave up and that arrived all the same leaves a second one. Without a
    task it is no rival: the one that has tasks is meant, and the oldest where none has.

    Raises ``ServerError`` when several have tasks.
    """
    desks: list[Desk] = []
    page = 1
    while True:
        answer = connection.get(
            "api/projects/", title=title, include=_INCLUDED, ordering="id", page=page, page_size=100
        )
        found = [_desk(one, connection.url) for one in expect(answer, "results", list, connection.url)]
        desks += [desk for desk in found if desk.title == title]
        if not expect(answer, "next", (str, type(None)), connection.url):
            break
        page += 1
    full = [desk for desk in desks if desk.counts["tasks"]]
    if len(full) > 1:
        raise ServerError(
            f"{len(full)} projects have the title {title!r}", place=connection.url,
            fix="rename all but one in Label Studio, or name another with --project",
        )  # fmt: skip
    for desk in full or desks[:1]:
        return replace(desk, spares=tuple(other.id for other in desks if other.id != desk.id))
    return None


def named(connection: Connection, title: str) -> Desk:
    """The project with this title. Raises ``ServerError`` when there is none, or several."""
    check_title(title)
    desk = find(connection, title)
    if desk is None:
        raise ServerError(
            f"there is no project {title!r}", place=connection.url,
            fix="push drafts first, or name an existing one with --project",
        )  # fmt: skip
    return desk


def create(connection: Connection, title: str, labeling: str) -> Desk:
    """Make a project in which annotators see the suggestions; looked for again after every failure."""
    failures = 0
    while True:
        try:
            made: Any = connection.send(
                connection.sdk.projects.create,
                title=title,
                label_config=labeling,
                maximum_annotations=ANNOTATIONS_A_TASK,
                show_collab_predictions=True,
                enable_empty_annotation=True,
                show_skip_button=True,
                sampling="Sequential sampling",
            )
            return load(connection, made.id)
        except (UnclearError, UnreachableError) as error:
            failures += 1
            if failures == TRIES:
                raise
            pause(failures)
            if found := _appears(connection, title, getattr(error, "watch", 0.0)):
                return found


def _appears(connection: Connection, title: str, seconds: float) -> Desk | None:
    until = time.monotonic() + seconds
    while not (found := find(connection, title)) and time.monotonic() < until:
        time.sleep(_POLL_SECONDS)
    return found


def load(connection: Connection, project: int) -> Desk:
    """A project by its id."""
    return _desk(connection.get(f"api/projects/{project}/", include=_INCLUDED), connection.url)


def _desk(answer: Any, url: str) -> Desk:
    number = expect(answer, "id", int, url)
    return Desk(
        id=number,
        title=expect(answer, "title", str, url),
        url=f"{url}/projects/{number}/data",
        labeling=expect(answer, "label_config", (str, type(None)), url) or "",
        model_version=expect(answer, "model_version", (str, type(None)), url) or "",
        counts={name: expect(answer, key, (int, type(None)), url) or 0 for name, key in _COUNTED.items()},
        created_at=expect(answer, "created_at", str, url),
        annotators=expect(answer, "maximum_annotations", int, url),
    )


def condition(column: str, operator: str, kind: str, value: Any) -> dict[str, Any]:
    """One condition on tasks, as Label Studio's Data Manager writes it."""
    return {"filter": f"filter:tasks:{column}", "operator": operator, "type": kind, "value": value}


def tasks(
    connection: Connection, project: int, *, after: int = 0, page: int = PAGE, since: datetime | None = None,
    where: Sequence[dict[str, Any]] = (), ahead: bool = False, **what: Any,
) -> Iterator[Any]:  # fmt: skip
    """The project's tasks by rising id, those above ``after``, as the server lists them; with ``since``
    only those that changed later, with ``where`` only those that meet all its conditions.

    Pages go by the last id seen and not by number, so that tasks that come or go meanwhile shift
    nothing. A page too large for one answer is asked for in smaller ones. With ``ahead`` two more pages are
    asked for while the tasks of one are being used, one of the lower and one of the upper half of the ids, so
    that the server never waits for us to read; then the ids rise only within each half.
    """
    conditions = list(where)
    if since:
        told = since.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        conditions.append(condition("updated_at", "greater", "Datetime", told))

    def fetch(after: int, last: int | None, size: int) -> tuple[list[Any], Callable[[], Any] | None]:
        """The tasks of the next page, up to a last one, and what fetches those after if there are more."""
        items = [condition("id", "greater", "Number", after), *conditions]
        if last is not None:
            items.append(condition("id", "less_or_equal", "Number", last))
        query = {"filters": {"conjunction": "and", "items": items}, "ordering": ["tasks:id"]}
        while True:
            options = {"page_size": size, "query": json.dumps(query), "fields": "all", "resolve_uri": False}
            try:
                answer = connection.get("api/tasks/", project=project, **{**options, **what})
            except OversizeError:
                if size == 1:
                    raise
                size = max(1, size // 5)
                continue
            found = expect(answer, "tasks", list, connection.url)
            for task in found:
                number = expect(task, "id", int, connection.url)
                if number <= after:
                    raise UnclearError(
                        "a listing out of order", place=connection.url, fix="run the command again"
                    )
                after = number
            more = len(found) < expect(answer, "total", int, connection.url) and bool(found)
            return found, partial(fetch, after, last, size) if more else None

    found, more = fetch(after, None, page)
    coming: deque[Future[tuple[list[Any], Callable[[], Any] | None]]] = deque()
    if more and ahead:
        start = found[-1]["id"]
        # Tasks may have been deleted meanwhile: none is asked for twice.
        middle = max(start, (start + _newest(connection, project)) // 2)
        coming += [aside(fetch, start, middle, page), aside(fetch, middle, None, page)]
    yield from found
    while coming:
        found, more = coming.popleft().result()
        if more:
            coming.append(aside(more))
        yield from found
    while more and not ahead:
        found, more = more()
        yield from found


def _newest(connection: Connection, project: int) -> int:
    """The highest id of the project's tasks, 0 when it has none."""
    answer = connection.get(
        "api/tasks/", project=project, page_size=1, query=json.dumps({"ordering": ["-tasks:id"]}),
        fields="task_only", include="id",
    )  # fmt: skip
    found = expect(answer, "tasks", list, connection.url)
    return max((expect(task, "id", int, connection.url) for task in found), default=0)


def count(connection: Connection, project: int, *where: dict[str, Any]) -> int:
    """How many of the project's tasks meet all these conditions."""
    return totals(connection, project, *where)[0]


def totals(connection: Connection, project: int, *where: dict[str, Any]) -> tuple[int, int]:
    """How many of the project's tasks meet all these conditions, and how many predictions they have."""
    query = {"filters": {"conjunction": "and", "items": where}}
    answer = connection.get(
        "api/tasks/", project=project, page_size=1, query=json.dumps(query), fields="task_only", include="id"
    )
    found: list[int] = [expect(answer, name, int, connection.url) for name in ("total", "total_predictions")]
    return found[0], found[1]


def tasks_by_id(
    connection: Connection, project: int, ids: Sequence[int], *, page: int, **what: Any
) -> Iterator[Any]:
    """Those of the project's tasks that have these ids, by rising id."""
    for start in range(0, len(ids), page):
        chosen = condition("id", "in_list", "Number", list(ids[start : start + page]))
        yield from tasks(connection, project, page=page, where=(chosen,), **what)


def stored(connection: Connection, project: int, *, after: int = 0, page: int = PAGE) -> Iterator[Stored]:
    """The project's tasks by rising id, those above ``after``; ``uid`` is empty where a task is not ours."""
    include = "id,data,predictions_model_versions,total_predictions,annotations,draft_exists"
    for task in tasks(connection, project, after=after, page=page, include=include):
        data = expect(task, "data", dict, connection.url)
        uid = data.get("uid")
        yield Stored(
            id=task["id"],
            uid=uid if isinstance(uid, str) else "",
            versions=frozenset(filter(None, str(task.get("predictions_model_versions") or "").split(","))),
            predictions=expect(task, "total_predictions", (int, type(None)), connection.url) or 0,
            touched=bool(task.get("annotations") or task.get("draft_exists")),
            source=source_of(data),
        )


def source_of(data: dict[str, Any]) -> str:
    """The address of a task's document, else its file with the line; empty where neither names it."""
    for key in ("url", "source_path"):
        source = data.get(key)
        if isinstance(source, str) and source and not source.startswith(("-", "TEXT")):
            return source
    return ""


def expect(answer: Any, key: str, kind: type[T] | tuple[type, ...], place: str) -> Any:
    """A field of an answer; ``UnclearError`` when it is missing or of another kind."""
    if isinstance(answer, dict) and key in answer and isinstance(answer[key], kind):
        return answer[key]
    raise UnclearError(
        f"an answer that is not Label Studio's (no {key!r})", place=place,
        fix="check LABEL_STUDIO_URL, and that the server is Label Studio 1.20 or later",
    )  # fmt: skip
