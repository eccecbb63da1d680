"""A project for two annotators on the real server: overlap, accounts, tabs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.studio.conftest import Api, annotate
from tests.studio.reports import drafts
from toolkit.config import Project
from toolkit.errors import LoginError
from toolkit.pipeline import count_disagreements as differ
from toolkit.studio import arrange, connect, look
from toolkit.studio.local.accounts import add_account
from toolkit.studio.local.server import ServerInfo
from toolkit.studio.push.push import PushReport
from toolkit.studio.reach.connection import login
from toolkit.studio.team.tabs import TABS

Push = Callable[..., PushReport]


def tab(api: Api, project: int, title: str) -> list[int]:
    """The ids of the tasks that a tab shows, in its order."""
    (view,) = [view for view in api("GET", f"dm/views/?project={project}") if view["data"]["title"] == title]
    return [task["id"] for task in api("GET", f"tasks/?view={view['id']}&fields=all")["tasks"]]


def waiting(api: Api, project: int, token: str) -> Any:
    """The task that Label Studio gives somebody next."""
    try:
        return api("GET", f"projects/{project}/next", token=token)["id"]
    except OSError:
        return None


def test_each_task_waits_for_two_people(
    push: Push, api: Api, title: str, desk: Project, studio: ServerInfo
) -> None:
    made = arrange(connect(desk.state), differ=differ, project=desk, title=title, annotators=2)
    assert (made.tasks, made.annotators, made.before) == (0, 2, 1)
    push(drafts(1))
    (task,) = api.tasks(title)
    first, second, third = (
        add_account(studio, email=f"{name}@localhost", password="a long password")
        for name in ("first", "second", "third")
    )
    for token in (first, second):
        assert waiting(api, made.project_id, token) == task["id"]
        api("POST", f"tasks/{task['id']}/annotations/", {"result": []}, token=token)
    assert waiting(api, made.project_id, third) is None
    seen = look(connect(desk.state), title=title)
    assert (seen.annotators, seen.finished, seen.several, seen.annotations) == (2, 1, 1, 2)


def test_tasks_that_are_there_wait_too(push: Push, api: Api, title: str, desk: Project) -> None:
    push(drafts(3))
    annotate(api, api.tasks(title)[0])
    assert look(connect(desk.state), title=title).finished == 1
    changed = arrange(connect(desk.state), differ=differ, project=desk, title=title, annotators=2)
    assert (changed.before, changed.annotators, changed.finished) == (1, 2, 0)
    assert {task["overlap"] for task in api.tasks(title)} == {2}
    before = api.counts(title)
    again = arrange(connect(desk.state), differ=differ, project=desk, title=title, annotators=2)
    assert (again.before, again.annotators) == (2, 2) and api.counts(title) == before
    back = arrange(connect(desk.state), differ=differ, project=desk, title=title, annotators=1)
    assert (back.annotators, back.finished) == (1, 1)


def test_tabs_are_made_once_and_peoples_own_stay(
    push: Push, api: Api, title: str, desk: Project, studio: ServerInfo
) -> None:
    project = push(drafts(4)).project_id
    assert project
    own = api("POST", "dm/views/", {"project": project, "data": {"title": "Mine", "type": "list"}})
    first = arrange(connect(desk.state), differ=differ, project=desk, title=title)
    assert set(first.tabs.values()) == {"made"} and list(first.tabs) == [tab.title for tab in TABS]
    there = api("GET", f"dm/views/?project={project}")
    again = arrange(connect(desk.state), differ=differ, project=desk, title=title)
    assert set(again.tabs.values()) == {"there"}
    assert api("GET", f"dm/views/?project={project}") == there and own in there

    changed = next(view for view in there if view["data"]["title"] == "Unreviewed")
    data = {key: value for key, value in changed["data"].items() if key != "factcheck"}
    api(
        "PATCH",
        f"dm/views/{changed['id']}/",
        {"project": project, "data": {**data, "ordering": ["tasks:id"]}},
    )
    older = next(view for view in there if view["data"]["title"] == "Low score first")
    api("PATCH", f"dm/views/{older['id']}/", {"project": project, "data": {**older["data"], "title": "Low"}})
    theirs = api("GET", f"dm/views/{changed['id']}/?project={project}")
    third = arrange(connect(desk.state), differ=differ, project=desk, title=title)
    assert third.tabs["Unreviewed"] == "changed by people, left alone"
    assert third.tabs["Low score first"] == "brought up to date"
    assert api("GET", f"dm/views/{changed['id']}/?project={project}") == theirs
    assert len(api("GET", f"dm/views/?project={project}")) == len(TABS) + 1


def test_what_the_tabs_show(push: Push, api: Api, title: str, desk: Project, studio: ServerInfo) -> None:
    project = push(drafts(5)).project_id
    assert project
    tasks = api.tasks(title)
    second = add_account(studio, email="second@localhost", password="a long password")
    scores = (0.9, 0.2, 0.5, 0.7, 0.1)
    for task, score in zip(tasks, scores, strict=True):
        api("PATCH", f"predictions/{task['predictions'][0]['id']}/", {"score": score})
    for task in tasks[:2]:
        annotate(api, task)
    same = tasks[0]["predictions"][0]["result"]
    for task, result in ((tasks[0], same), (tasks[1], [])):
        api("POST", f"tasks/{task['id']}/annotations/", {"result": result}, token=second)
    annotate(api, tasks[2], [], was_cancelled=True)
    work = [api("GET", f"tasks/{task['id']}/annotations/") for task in tasks]

    report = arrange(connect(desk.state), differ=differ, project=desk, title=title, annotators=2)
    ids = [task["id"] for task in tasks]
    assert (report.several, report.conflicting) == (2, 1)
    assert tab(api, project, "All tasks") == ids
    assert tab(api, project, "Unreviewed") == ids[3:]
    assert tab(api, project, "Low score first") == [ids[4], ids[2], ids[3]]
    assert tab(api, project, "Conflicts first") == [ids[1]]
    assert tab(api, project, "To re-review") == []
    for task, before in zip(tasks, work, strict=True):
        now = api("GET", f"tasks/{task['id']}/annotations/")
        assert [one["result"] for one in now] == [one["result"] for one in before]

    number = next(one["id"] for one in work[1] if one["result"])
    api("PATCH", f"annotations/{number}/", {"result": []})
    assert arrange(connect(desk.state), differ=differ, project=desk, title=title).conflicting == 0
    assert all(task["data"].get("conflicts") is None for task in api.tasks(title))
    assert tab(api, project, "Conflicts first") == []


def test_accounts_of_the_local_server(studio: ServerInfo, title: str, desk: Project) -> None:
    state = studio.log.parent.parent
    connection = login(studio.url, studio.token, state=state)
    report = arrange(connection, differ=differ, project=desk, title=title, annotators=2)
    assert report.team and report.team.logins
    assert report.team.emails == ("annotator1@localhost", "annotator2@localhost")
    assert report.team.logins.stat().st_mode & 0o077 == 0
    logins = json.loads(report.team.logins.read_text("utf-8"))
    good = report.team.logins.read_bytes()
    for spoilt in (b"{", b"[]", b"\xa3"):
        report.team.logins.write_bytes(spoilt)
        with pytest.raises(LoginError, match="no list of passwords"):
            arrange(connection, differ=differ, project=desk, title=title, annotators=2)
        assert report.team.logins.read_bytes() == spoilt
    report.team.logins.write_bytes(good)
    for email in report.team.emails:
        add_account(studio, email=email, password=logins[email])
    again = arrange(connection, differ=differ, project=desk, title=title, annotators=3)
    assert again.team and len(again.team.emails) == 3
    kept = json.loads(report.team.logins.read_text("utf-8"))
    assert {email: kept[email] for email in logins} == logins


def test_by_command_against_another_server(
    run: Run, studio_env: dict[str, str], title: str, tmp_path: Path
) -> None:
    missing = run("project", "--project", title, env=studio_env)
    assert missing.returncode == 3 and title in missing.stderr
    made = run("project", "--project", title, "--annotators", "2", env=studio_env)
    assert made.returncode == 0, made.stderr
    assert f"invitation {studio_env['LABEL_STUDIO_URL']}/user/signup/?token=" in made.stdout
    assert "can see and delete every project" in made.stderr
    assert studio_env["LABEL_STUDIO_API_KEY"] not in made.stdout + made.stderr
    shown = run("project", "--project", title, "--format", "json", env=studio_env)
    assert json.loads(shown.stdout)["annotators"] == 2 and json.loads(shown.stdout)["tabs"] == {}
