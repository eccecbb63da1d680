"""Pulls that go on from the last one: what changed is fetched, and the sum is what a whole pull gives."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.studio.conftest import Api, annotate
from tests.studio.reports import drafts
from toolkit.config import Project
from toolkit.errors import DataError
from toolkit.studio import PullReport, Wanted, connect, pull_annotations
from toolkit.studio.local.accounts import add_account
from toolkit.studio.local.server import ServerInfo
from toolkit.studio.pull import archive, pile, written
from toolkit.studio.push.push import PushReport
from toolkit.studio.reach import projects

Pull = Callable[..., PullReport]


@pytest.fixture
def pull(push: Callable[..., PushReport], desk: Project, title: str, tmp_path: Path) -> Pull:
    """Pull this test's project into ``a.jsonl``; ``full=True`` and others as in ``Wanted``."""
    del push

    def fetch(out: str = "a.jsonl", **wanted: Any) -> PullReport:
        return pull_annotations(
            connect(desk.state), tmp_path / out, project=desk, title=title, wanted=Wanted(**wanted)
        )

    return fetch


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_state_is_told_apart(
    push: Callable[..., PushReport], pull: Pull, api: Api, title: str, tmp_path: Path
) -> None:
    push(drafts(8))
    tasks = api.tasks(title)
    annotate(api, tasks[0])
    annotate(api, tasks[1], [])
    annotate(api, tasks[2], [], was_cancelled=True)
    annotate(api, tasks[3], [], was_cancelled=True)
    annotate(api, tasks[3])
    for task in (tasks[4], tasks[5], tasks[0]):
        api("POST", f"tasks/{task['id']}/drafts", {"result": [], "lead_time": 1})
    report = pull(drafts=tmp_path / "drafts.jsonl", predictions=tmp_path / "predictions.jsonl")
    assert report.states == {"unseen": 2, "draft": 2, "skipped": 1, "empty": 1, "annotated": 2}
    assert report.server == {"tasks": 8, "annotations": 3, "skipped": 2}
    assert (report.tasks, report.annotated, report.annotations, report.issues) == (8, 3, 5, ())
    begun = records(tmp_path / "drafts.jsonl")
    assert [one["task"] for one in begun] == sorted(task["id"] for task in (tasks[4], tasks[5], tasks[0]))
    assert {one["annotator"] for one in begun} == {one["annotator"] for one in records(tmp_path / "a.jsonl")}
    assert begun[0]["doc_id"] == tasks[0]["data"]["uid"]
    suggested = records(tmp_path / "predictions.jsonl")
    assert [one["doc_id"] for one in suggested] == [task["data"]["uid"] for task in tasks]
    assert {one["model_version"] for one in suggested} == {"rules-1"}


def test_two_halves_of_the_ids_are_all_of_them(
    push: Callable[..., PushReport], desk: Project, title: str
) -> None:
    push(drafts(9))
    connection = connect(desk.state)
    project = projects.named(connection, title).id
    ids = [task["id"] for task in projects.tasks(connection, project)]
    assert len(ids) == 9
    for page in (1, 2, 3, 8, 9):
        found = [task["id"] for task in projects.tasks(connection, project, page=page, ahead=True)]
        assert sorted(found) == ids, f"pages of {page}"
        assert found[:page] == ids[:page]


def test_an_archive_that_is_packed_otherwise_is_packed_anew(
    push: Callable[..., PushReport], pull: Pull, api: Api, title: str, tmp_path: Path
) -> None:
    push(drafts(3))
    tasks = api.tasks(title)
    annotate(api, tasks[0])
    annotate(api, tasks[1])
    archive = pull().archive
    packed = archive.read_bytes()
    archive.write_bytes(gzip.compress(gzip.decompress(packed), compresslevel=1))
    again = pull("b.jsonl")
    assert (again.since, again.archive, archive.read_bytes()) == (None, archive, packed)
    assert pull("c.jsonl").since
    assert (tmp_path / "c.jsonl").read_bytes() == (tmp_path / "a.jsonl").read_bytes()


def test_the_second_pull_fetches_only_what_changed(
    push: Callable[..., PushReport], pull: Pull, api: Api, title: str, tmp_path: Path
) -> None:
    push(drafts(9))
    tasks = api.tasks(title)
    numbers = [annotate(api, task) for task in tasks[:4]]
    first = pull()
    assert (first.since, first.fetched) == (None, 9)
    same = pull()
    assert same.since and same.fetched == 0 and same.archive == first.archive

    annotate(api, tasks[4], [])
    api("PATCH", f"annotations/{numbers[0]}/", {"result": tasks[0]["predictions"][0]["result"][:1]})
    api("DELETE", f"annotations/{numbers[1]}/")
    push(drafts(10))
    next_one = pull()
    assert next_one.fetched == 4
    assert (next_one.tasks, next_one.annotations, next_one.issues) == (10, 4, ())
    whole = pull("b.jsonl", full=True)
    assert whole.since is None and whole.fetched == 10
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    assert whole.claims == next_one.claims and whole.states == next_one.states
    assert gzip.decompress(first.archive.read_bytes()) != (tmp_path / "a.jsonl").read_bytes()


def test_lines_come_from_the_last_file_unless_somebody_wrote_to_it(
    push: Callable[..., PushReport], pull: Pull, api: Api, title: str, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    push(drafts(5))
    tasks = api.tasks(title)
    for task in tasks[:3]:
        annotate(api, task)
    pull()
    unpacked: list[bytes] = []

    def unpack(record: bytes) -> bytes:
        unpacked.append(record)
        return pile.unpack(record)

    monkeypatch.setattr(written, "unpack", unpack)
    out = tmp_path / "a.jsonl"

    def unpacked_for(task: dict[str, Any]) -> int:
        """How many lines a pull unpacks after one more task is annotated; its file is what it must be."""
        unpacked.clear()
        annotate(api, task)
        report = pull()
        assert report.since and report.fetched == 1
        assert out.read_bytes() == gzip.decompress(report.archive.read_bytes())
        return len(unpacked)

    assert unpacked_for(tasks[3]) == 1
    sound = out.read_bytes()
    stat = out.stat()
    out.write_bytes(sound.replace(b"accepted", b"rejected"))
    os.utime(out, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert out.stat().st_size == len(sound)
    assert unpacked_for(tasks[4]) == 5

    write = written.write_lines

    def written_to(*args: Any) -> None:
        write(*args)
        out.write_bytes(b"mine")

    monkeypatch.setattr(archive, "write_lines", written_to)
    with pytest.raises(DataError, match="somebody wrote"):
        pull()
    assert out.read_bytes() == b"mine"


def test_a_deleted_task_or_a_spoilt_archive_means_a_whole_pull(
    push: Callable[..., PushReport], pull: Pull, api: Api, title: str, desk: Project, tmp_path: Path
) -> None:
    push(drafts(4))
    tasks = api.tasks(title)
    for task in tasks:
        annotate(api, task)
    first = pull()
    api("DELETE", f"tasks/{tasks[1]['id']}/")
    gone = pull()
    assert (gone.tasks, gone.annotations, gone.since, gone.issues) == (3, 3, None, ())
    assert pull().fetched == 0

    gone.archive.write_bytes(first.archive.read_bytes())
    assert pull(out="whole.jsonl").fetched == 3
    assert {one["task"] for one in records(tmp_path / "whole.jsonl")} == {
        task["id"] for task in (tasks[0], *tasks[2:])
    }
    gone.archive.write_bytes(gone.archive.read_bytes()[:-20])
    assert pull().annotations == 3
    lines = [json.loads(line) for line in (desk.state / "pulls.jsonl").read_text("utf-8").splitlines()]
    assert [line["server"]["tasks"] for line in lines] == [4, 3, 3, 3, 3]
    assert all(line["counts"] == line["server"] for line in lines)


def test_what_could_not_be_taken_is_told_again(
    push: Callable[..., PushReport], pull: Pull, api: Api, title: str
) -> None:
    push(drafts(3))
    tasks = api.tasks(title)
    annotate(api, tasks[0])
    data = {**tasks[1]["data"], "text": tasks[1]["data"]["text"].replace("12", "13")}
    annotate(api, tasks[1])
    api("PATCH", f"tasks/{tasks[1]['id']}/", {"data": data})
    for _ in range(2):
        report = pull()
        assert [issue.check for issue in report.issues] == ["pull/text"]
        assert report.issues[0].record == f"task {tasks[1]['id']}" and report.annotations == 1
    assert report.fetched == 1
    api("PATCH", f"tasks/{tasks[1]['id']}/", {"data": tasks[1]["data"]})
    healed = pull()
    assert (healed.issues, healed.annotations) == ((), 2)


def test_another_labelling_page_is_named(
    push: Callable[..., PushReport], pull: Pull, api: Api, title: str, desk: Project
) -> None:
    project = push(drafts(1)).project_id
    assert pull().issues == ()
    ours = (desk.configs / desk.settings.labeling).read_text("utf-8")
    other = ours.replace('value="Guideline"', 'value="Rules"')
    api("PATCH", f"projects/{project}/", {"label_config": other})
    (issue,) = pull().issues
    assert (issue.check, issue.severity) == ("pull/labeling", "warning")


def test_two_people_on_one_task_are_two_records(
    push: Callable[..., PushReport], pull: Pull, api: Api, title: str, studio: ServerInfo, desk: Project,
    tmp_path: Path,
) -> None:  # fmt: skip
    second = add_account(studio, email="second@localhost", password="a long password")
    push(drafts(1))
    (task,) = api.tasks(title)
    annotate(api, task)
    api("POST", f"tasks/{task['id']}/annotations/", {"result": []}, token=second)
    assert pull().annotations == 2
    names = {one["annotator"] for one in records(tmp_path / "a.jsonl")}
    who = json.loads((desk.state / "annotators.json").read_text("utf-8"))
    assert {who[name] for name in names} == {"second@localhost", studio.email}
    assert (desk.state / "annotators.json").stat().st_mode & 0o077 == 0
    named = pull(identities=True)
    assert named.since is None
    assert {one["annotator"] for one in records(tmp_path / "a.jsonl")} == {"second@localhost", studio.email}


def test_options_of_the_command(
    run: Run, studio_env: dict[str, str], push: Callable[..., PushReport], title: str, tmp_path: Path
) -> None:
    push(drafts(2))
    assert run("pull", "--project", title, env=studio_env).returncode == 0
    done = run("pull", "--project", title, "--drafts", "d.jsonl", "--predictions", "p.jsonl", env=studio_env)
    assert done.returncode == 0, done.stderr
    assert "0 tasks fetched" in done.stdout and "unseen" in done.stdout
    assert (tmp_path / "d.jsonl").read_text() == "" and len(records(tmp_path / "p.jsonl")) == 2
    whole = run("pull", "--project", title, "--full", "--format", "json", env=studio_env)
    assert json.loads(whole.stdout)["fetched"] == 2
