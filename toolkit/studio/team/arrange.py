"""A project on the server made ready for several people: how many a task, their accounts, the tabs."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.config import Project
from toolkit.studio.page import labeling
from toolkit.studio.reach import projects
from toolkit.studio.reach.connection import Connection
from toolkit.studio.reach.projects import condition
from toolkit.studio.team import conflicts, members, tabs
from toolkit.studio.team.conflicts import Differ
from toolkit.studio.team.members import Team
from toolkit.studio.team.tabs import TabState


@dataclass(frozen=True, slots=True)
class ProjectReport:
    """How a project stands. ``annotators`` is how many people each task waits for, ``before`` how many
    it waited for; ``finished`` tasks have all theirs, ``several`` have two submitted annotations or
    more, and in ``conflicting`` ones their claims differ (None where nobody looked).
    """

    project: str
    project_id: int
    url: str
    before: int
    annotators: int
    tasks: int
    annotations: int
    skipped: int
    finished: int
    several: int
    conflicting: int | None
    tabs: dict[str, TabState]
    team: Team | None


def look(connection: Connection, *, title: str) -> ProjectReport:
    """How the project stands; nothing is changed.

    Raises ``ServerError`` when there is none, and as ``arrange``.
    """
    desk = projects.named(connection, title)
    return _report(connection, desk.id, before=desk.annotators)


def arrange(
    connection: Connection, *, project: Project, title: str, differ: Differ, annotators: int | None = None
) -> ProjectReport:
    """Make the project where there is none, set how many people each task waits for, make their accounts,
    make the tabs, and look where annotators differ; run again it changes nothing.

    ``differ`` counts what the annotations of one task differ in. Tasks that are there already get the same
    number of people. Without ``annotators`` only the tabs are made.

    Raises ``SettingsError`` for a title or page that will not do, ``ServerError``, ``LoginError``.
    """
    projects.check_title(title)
    desk = projects.find(connection, title)
    if desk is None:
        desk = projects.create(connection, title, labeling.checked(project))
    before, gathered = desk.annotators, None
    if annotators is not None:
        if annotators != desk.annotators:
            connection.ask(connection.sdk.projects.update, desk.id, maximum_annotations=annotators)
        gathered = members.gather(connection, annotators)
    made = tabs.arrange(connection, desk.id)
    conflicting = conflicts.mark(connection, desk, differ)
    return _report(connection, desk.id, before=before, conflicting=conflicting, made=made, gathered=gathered)


def _report(
    connection: Connection, project: int, *, before: int, conflicting: int | None = None,
    made: dict[str, TabState] | None = None, gathered: Team | None = None,
) -> ProjectReport:  # fmt: skip
    desk = projects.load(connection, project)
    return ProjectReport(
        project=desk.title, project_id=desk.id, url=desk.url, before=before, annotators=desk.annotators,
        **desk.counts,
        finished=projects.count(connection, desk.id, condition("completed_at", "empty", "Datetime", False)),
        several=projects.count(connection, desk.id, condition("total_annotations", "greater", "Number", 1)),
        conflicting=conflicting, tabs=made or {}, team=gathered,
    )  # fmt: skip
