"""The tasks on which annotators differ, and the data of tasks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from toolkit.errors import FactcheckError
from toolkit.model import Annotation
from toolkit.studio.conversion import tasks
from toolkit.studio.pull.people import People
from toolkit.studio.reach import projects
from toolkit.studio.reach.connection import Connection
from toolkit.studio.reach.projects import Desk, expect
from toolkit.studio.team.tabs import CONFLICTS

Differ = Callable[[Sequence[Annotation]], int]
"""On how many things the annotators of one text differ."""


def mark(connection: Connection, desk: Desk, differ: Differ) -> int:
    """Write the number of differences into the data of each task where annotators differ, for the tab
    "Conflicts first", and take it out where they no longer do; gives how many tasks have any.
    """
    people = People(connection)
    found = 0
    several = projects.condition("total_annotations", "greater", "Number", 1)
    seen: set[int] = set()
    for task in projects.tasks(connection, desk.id, where=(several,)):
        seen.add(task["id"])
        number = differ(list(read(task, desk, people, connection.url)))
        found += number > 0
        change_data(connection, task, {CONFLICTS: number or None})
    marked = projects.condition(f"data.{CONFLICTS}", "empty", "String", False)
    for task in projects.tasks(connection, desk.id, where=(marked,), fields="task_only", include="id,data"):
        if task["id"] not in seen:
            change_data(connection, task, {CONFLICTS: None})
    return found


def read(task: dict[str, Any], desk: Desk, people: People, place: str) -> Iterator[Annotation]:
    """The annotations of a task as records; those that cannot be read are left to ``pull`` to name."""
    for annotation in expect(task, "annotations", list, place):
        name, kind = people.pseudonym(annotation.get("completed_by"))
        try:
            yield tasks.to_annotation(
                task, annotation, project=desk.title, project_id=desk.id, annotator=name, kind=kind
            )
        except (ValueError, KeyError, TypeError, FactcheckError):
            continue


def change_data(connection: Connection, task: dict[str, Any], values: dict[str, Any]) -> bool:
    """Set values in a task's data, None taking one out; False when they were so already."""
    before = expect(task, "data", dict, connection.url)
    data = {
        key: value for key, value in {**before, **values}.items() if value is not None or key not in values
    }
    if data == before:
        return False
    connection.ask(connection.sdk.tasks.update, str(task["id"]), data=data)
    return True


def sendable(text: str) -> str:
    """Text without what breaks the server: one lone surrogate makes every later listing fail."""
    return text.replace("\0", "�").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
