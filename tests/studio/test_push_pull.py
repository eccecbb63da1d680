"""Push and pull against the real server: nothing doubled, nothing lost, nobody's work touched."""

from __future__ import annotations

import gzip
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.studio.conftest import Api, annotate
from tests.studio.proxy import Proxy, once
from tests.studio.reports import draft, drafts, write
from toolkit.config import Project
from toolkit.errors import SettingsError
from toolkit.studio import connect, pull_annotations
from toolkit.studio.local.server import ServerInfo
from toolkit.studio.push.push import PushReport

REPO = Path(__file__).parent.parent.parent
Use = Callable[[str], None]


def start(file: Path, title: str, folder: Path, env: Mapping[str, str]) -> subprocess.Popen[str]:
    """``factcheck push`` as a process that the test can kill; batches of five."""
    settings = folder / "configs" / "project.yaml"
    if not settings.exists():
        settings.parent.mkdir(parents=True)
        configs = REPO / "configs"
        (folder / "configs" / "labeling").symlink_to(configs / "labeling")
        settings.write_text('schema_version: "1"\nrules: []\nentities: []\nevents: []\nstudio: {batch: 5}\n')
    bare = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(REPO), **env}
    return subprocess.Popen(
        [sys.executable, "-m", "toolkit", "push", str(file), "--project", title],
        cwd=folder, env=bare, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip


def test_pushing_twice_adds_nothing(push: Callable[..., PushReport], api: Api, title: str) -> None:
    done: list[tuple[int, int | None]] = []
    first = push(drafts(12), on_progress=lambda *step: done.append(step))
    before = api.counts(title)
    assert (first.added, first.refreshed, first.unchanged, first.refused) == (12, 0, 0, ())
    assert sorted(before.tasks.values()) == [1] * 12
    assert set(before.predictions) == {(one.document.doc_id, "rules-1") for one in drafts(12)}
    assert done[-1] == (12, 12) and done == sorted(done, key=lambda one: one[0])

    second = push(drafts(12))
    assert (second.added, second.refreshed, second.unchanged, second.orphaned) == (0, 0, 12, 0)
    assert api.counts(title) == before
    assert second.project_id == first.project_id

    settings = api("GET", f"projects/{first.project_id}/")
    assert settings["show_collab_predictions"] and settings["model_version"] == "rules-1"
    assert settings["maximum_annotations"] == 1
    assert first.url == f"{api.info.url}/projects/{first.project_id}/data"


def test_later_pushes_leave_peoples_work_as_it_is(
    push: Callable[..., PushReport], api: Api, title: str
) -> None:
    push(drafts(6))
    tasks = api.tasks(title)
    kept = tasks[0]["predictions"][0]["result"][:1]
    numbers = [annotate(api, tasks[0], kept), annotate(api, tasks[1], [], was_cancelled=True)]
    before, work = api.counts(title), [api("GET", f"annotations/{number}/") for number in numbers]

    push(drafts(6))
    assert api.counts(title) == before

    newer = push(drafts(6, version="rules-2"))
    assert (newer.added, newer.refreshed, newer.unchanged) == (0, 6, 0)
    after = api.counts(title)
    assert (after.tasks, after.annotations) == (before.tasks, 2)
    assert set(after.predictions) == {
        (uid, rules) for uid in before.tasks for rules in ("rules-1", "rules-2")
    }
    assert set(after.predictions.values()) == {1}
    now = [api("GET", f"annotations/{number}/") for number in numbers]
    for one in (*work, *now):
        one.pop("created_ago")
    assert json.dumps(now) == json.dumps(work)
    assert api("GET", f"projects/{newer.project_id}/")["model_version"] == "rules-2"
    assert push(drafts(6, version="rules-2")).unchanged == 6


def test_a_dry_run_sends_nothing(
    run: Run,
    studio_env: dict[str, str],
    api: Api,
    push: Callable[..., PushReport],
    tmp_path: Path,
    title: str,
) -> None:
    file = write(tmp_path / "drafts.jsonl", drafts(4))
    planned = run("push", str(file), "--project", title, "--dry-run", "--format", "json", env=studio_env)
    assert planned.returncode == 0, planned.stderr
    plan = json.loads(planned.stdout)
    assert plan["added"] == 4 and [step["action"] for step in plan["plan"]] == ["add"] * 4
    assert [step["doc_id"] for step in plan["plan"]] == [one.document.doc_id for one in drafts(4)]
    assert api.projects(title) == []
    assert not (tmp_path / ".factcheck").exists()

    push(drafts(2))
    before = api.counts(title)
    again = push(drafts(4), dry_run=True)
    assert (again.dry_run, again.added, again.unchanged) == (True, 2, 2)
    assert push(drafts(2, version="rules-2"), dry_run=True).refreshed == 2
    moved = push([*drafts(1, start=1), *drafts(1, start=5)], dry_run=True)
    assert moved.orphaned == 1
    tasks = {task["data"]["uid"]: task["id"] for task in api.tasks(title)}
    old, kept, new = (drafts(1, start=start)[0].document.doc_id for start in (0, 1, 5))
    assert [(step.doc_id, step.action, step.task) for step in moved.plan] == [
        (kept, "unchanged", tasks[kept]), (new, "add", None), (old, "orphaned", tasks[old]),
    ]  # fmt: skip
    table = run("push", str(file), "--project", title, "--dry-run", env=studio_env).stdout
    assert "Plan by document" in table and "unchanged" in table and "would be added" in table
    assert api.counts(title) == before


def test_two_pushes_at_once_add_each_document_once(
    studio_env: dict[str, str], api: Api, tmp_path: Path, title: str
) -> None:
    file = write(tmp_path / "drafts.jsonl", drafts(30))
    both = [start(file, title, tmp_path, studio_env) for _ in range(2)]
    ends = [one.communicate(timeout=120) for one in both]
    assert [one.returncode for one in both] == [0, 0], ends
    assert sorted(api.counts(title).tasks.values()) == [1] * 30
    assert api.counts(title).predictions.total() == 30


@pytest.mark.parametrize(("moment", "ending"), [
    ("hold-before", signal.SIGKILL), ("hold-after", signal.SIGKILL), ("hold-after", signal.SIGINT),
])  # fmt: skip
def test_a_push_that_is_ended_is_completed_by_the_next(
    moment: str, ending: signal.Signals, between: Proxy, studio_env: dict[str, str], api: Api, tmp_path: Path,
    title: str,
) -> None:  # fmt: skip
    file = write(tmp_path / "drafts.jsonl", drafts(20))
    between.choose = once(moment, skip=1)
    first = start(file, title, tmp_path, {**studio_env, "LABEL_STUDIO_URL": between.url})
    assert between.held.wait(60), first.communicate(timeout=10)
    first.send_signal(ending)
    _, told = first.communicate(timeout=60)
    between.release.set()
    if ending == signal.SIGINT:
        assert first.returncode == 130
        assert "Traceback" not in told and "run the same command again" in told
    assert 0 < len(api.counts(title).tasks) < 20
    second = start(file, title, tmp_path, studio_env)
    assert (second.communicate(timeout=60), second.returncode)[1] == 0
    counts = api.counts(title)
    assert sorted(counts.tasks.values()) == [1] * 20
    assert sorted(counts.predictions.values()) == [1] * 20


def test_bad_lines_are_reported_and_the_good_ones_go(
    run: Run, studio_env: dict[str, str], api: Api, tmp_path: Path, title: str
) -> None:
    file = write(tmp_path / "drafts.jsonl", drafts(9))
    lines = file.read_text("utf-8").split("\n")
    lines[6] = lines[6][:50]
    lines[7] = lines[7].replace("Police said", "Police says")
    file.write_text("\n".join(lines), "utf-8")
    done = run("push", str(file), "--project", title, env=studio_env)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    unreadable, edited = done.stderr.strip().splitlines()
    assert f"{file}:7: not JSON" in unreadable and "Fix:" in unreadable
    assert "text_sha256" in edited and draft(7).document.doc_id in edited and "Fix:" in edited
    assert len(api.counts(title).tasks) == 7
    assert "refused" in done.stdout


def test_a_changed_text_is_a_new_task_that_names_the_old_one(
    push: Callable[..., PushReport], api: Api, title: str
) -> None:
    push(drafts(3))
    (old,) = [task for task in api.tasks(title) if task["data"]["source_path"] == "1.txt"]
    number = annotate(api, old)
    newer = draft(1, text="Report 1.\nPolice said that 12 people were killed near Ségou on Sunday.\n")
    report = push([draft(0), newer, draft(2)])
    assert (report.added, report.unchanged, report.orphaned) == (1, 2, 1)
    (issue,) = report.warnings
    assert (issue.check, issue.record) == ("push/changed", newer.document.doc_id)
    assert f"task {old['id']}" in issue.message and "people worked on" in issue.message
    tasks = {task["data"]["uid"]: task for task in api.tasks(title)}
    assert tasks[newer.document.doc_id]["data"]["replaces"] == old["data"]["uid"]
    assert tasks[old["data"]["uid"]]["data"] == old["data"] and len(tasks) == 4
    assert api("GET", f"annotations/{number}/")["task"] == old["id"]
    assert push([draft(0), newer, draft(2)]).warnings == ()


def test_what_would_break_the_server_is_refused_here(
    push: Callable[..., PushReport], api: Api, title: str
) -> None:
    good, nul, surrogate, outside, other = drafts(5)
    nul = replace(nul, document=replace(nul.document, title="a\0b"))
    surrogate = replace(surrogate, document=replace(surrogate.document, publisher="a\ud800b"))
    claim = outside.claims[0]
    far = replace(claim.span, start=5_000, end=5_000 + claim.span.end - claim.span.start)
    outside = replace(outside, claims=(replace(claim, span=far),))
    other = draft(99, version="rules-0")
    report = push([good, nul, surrogate, outside, other, good, draft(6)])
    assert report.added == 2
    assert [issue.record for issue in report.warnings] == [good.document.doc_id]
    refused = {issue.record: issue for issue in report.refused}
    assert set(refused) == {one.document.doc_id for one in (nul, surrogate, outside, other)}
    assert "NUL" in refused[nul.document.doc_id].message
    assert "surrogate" in refused[surrogate.document.doc_id].message
    assert "rules-0" in refused[other.document.doc_id].message
    assert all(issue.fix for issue in refused.values())
    assert set(api.counts(title).tasks) == {good.document.doc_id, draft(6).document.doc_id}


def test_doubles_of_ours_go_and_the_others_are_told(
    push: Callable[..., PushReport], api: Api, title: str
) -> None:
    """As when two machines push at once: the copies are the server's, untouched ones are removed."""
    project = push(drafts(3)).project_id
    tasks = api.tasks(title)
    copies = [{"data": task["data"], "predictions": []} for task in tasks]
    api("POST", f"projects/{project}/import", copies)
    annotate(api, tasks[0])
    late = [task for task in api.tasks(title) if task["id"] not in {one["id"] for one in tasks}]
    for uid in (tasks[0]["data"]["uid"], tasks[1]["data"]["uid"]):
        (copy,) = [task for task in late if task["data"]["uid"] == uid]
        annotate(api, copy, [])
    report = push(drafts(3))
    counts = api.counts(title)
    assert counts.annotations == 3
    assert counts.tasks == {
        tasks[0]["data"]["uid"]: 2,
        tasks[1]["data"]["uid"]: 1,
        tasks[2]["data"]["uid"]: 1,
    }
    assert [(issue.check, issue.record) for issue in report.warnings] == [
        ("push/double", tasks[0]["data"]["uid"])
    ]


def test_predictions_that_the_server_dropped_are_added(
    push: Callable[..., PushReport], api: Api, title: str
) -> None:
    project = push(drafts(2)).project_id
    for task in api.tasks(title):
        api("DELETE", f"predictions/{task['predictions'][0]['id']}/")
    assert api.counts(title).predictions.total() == 0
    report = push(drafts(3))
    assert (report.added, report.refreshed, report.project_id) == (1, 2, project)
    assert sorted(api.counts(title).predictions.values()) == [1] * 3


def test_predictions_stacked_by_a_late_commit_are_thinned(
    push: Callable[..., PushReport], api: Api, title: str
) -> None:
    project = push(drafts(2)).project_id
    tasks = api.tasks(title)
    ours = {**tasks[0]["predictions"][0], "task": tasks[0]["id"]}
    others = {**ours, "model_version": "another model", "task": tasks[1]["id"]}
    api("POST", f"projects/{project}/import/predictions", [ours, others, others])
    assert push(drafts(2)).unchanged == 2
    assert sorted(api.counts(title).predictions.values()) == [1, 1, 2]


def test_a_push_by_newer_rules_tells_what_is_no_longer_shown(push: Callable[..., PushReport]) -> None:
    push(drafts(2))
    report = push(drafts(2, version="rules-2", start=2))
    assert [issue.check for issue in report.warnings] == ["push/version"]
    assert "2 other tasks" in report.warnings[0].message


def test_a_page_that_people_worked_with_stays(
    push: Callable[..., PushReport], api: Api, title: str, desk: Project
) -> None:
    ours = (desk.configs / desk.settings.labeling).read_text("utf-8")
    other = ours.replace('value="Guideline"', 'value="Rules"')
    project = push(drafts(1)).project_id
    api("PATCH", f"projects/{project}/", {"label_config": other})
    assert push(drafts(1)).warnings == ()
    assert api("GET", f"projects/{project}/")["label_config"].split() == ours.split()
    api("PATCH", f"projects/{project}/", {"label_config": other})
    annotate(api, api.tasks(title)[0])
    assert [issue.check for issue in push(drafts(1)).warnings] == ["push/labeling"]
    assert api("GET", f"projects/{project}/")["label_config"].split() == other.split()


@pytest.mark.parametrize("name", ["ab", "x" * 51, " Claims", "two\nlines"])
def test_titles_that_label_studio_refuses(name: str, push: Callable[..., PushReport]) -> None:
    with pytest.raises(SettingsError, match="3 to 50 characters"):
        push(drafts(1), dry_run=True, title=name)


def test_pull_brings_everything_under_pseudonyms(
    push: Callable[..., PushReport], api: Api, title: str, desk: Project, tmp_path: Path
) -> None:
    push(drafts(5))
    tasks = sorted(api.tasks(title), key=lambda task: str(task["data"]["title"]))
    assert tasks[0]["data"]["text"].startswith("😀")
    annotate(api, tasks[0])
    annotate(api, tasks[1], [])
    annotate(api, tasks[2], [], was_cancelled=True)
    out = tmp_path / "annotations.jsonl"
    report = pull_annotations(connect(desk.state), out, project=desk, title=title)
    assert (report.tasks, report.annotated, report.annotations) == (5, 2, 3)
    assert (report.skipped, report.empty, report.quarantined, report.issues) == (1, 1, 0, ())
    assert report.claims == {"accepted": 1, "rejected": 1}
    text = out.read_text("utf-8")
    records = [json.loads(line) for line in text.splitlines()]
    assert [one["document"]["doc_id"] for one in records] == sorted(
        one["document"]["doc_id"] for one in records
    )
    assert {one["annotator_kind"] for one in records} == {"person"}
    (who,) = {one["annotator"] for one in records}
    assert who.startswith("annotator-") and api.info.email not in text
    (accepted,) = [
        claim for one in records for claim in one["claims"] if claim["review"]["status"] == "accepted"
    ]
    whole = tasks[0]["data"]["text"]
    assert accepted["span"]["text"] == "12 people were killed near Ségou"
    assert whole[accepted["span"]["start"] : accepted["span"]["end"]] == accepted["span"]["text"]

    assert gzip.decompress(report.archive.read_bytes()) == out.read_bytes()
    again = pull_annotations(connect(desk.state), out, project=desk, title=title)
    assert again.archive == report.archive and out.read_text("utf-8") == text
    annotate(api, tasks[3])
    third = pull_annotations(connect(desk.state), out, project=desk, title=title)
    assert third.annotations == 4 and gzip.decompress(report.archive.read_bytes()).decode() == text
    assert len(list(report.archive.parent.iterdir())) == 2
    assert (desk.state / "annotators.key").stat().st_mode & 0o077 == 0


def test_pull_by_command(
    run: Run,
    studio_env: dict[str, str],
    api: Api,
    push: Callable[..., PushReport],
    title: str,
    tmp_path: Path,
) -> None:
    missing = run("pull", "--project", "no such project", env=studio_env)
    assert missing.returncode == 3
    assert "no such project" in missing.stderr and len(missing.stderr.strip().splitlines()) == 1
    push(drafts(2))
    annotate(api, api.tasks(title)[0])
    piped = run("pull", "--project", title, "--out", "-", env=studio_env)
    assert piped.returncode == 0, piped.stderr
    (kept,) = (tmp_path / ".factcheck" / "pulls").iterdir()
    assert piped.stdout == gzip.decompress(kept.read_bytes()).decode() and len(piped.stdout.splitlines()) == 1
    folder = run("pull", "--project", title, "--out", "nowhere/a.jsonl", env=studio_env)
    assert folder.returncode == 1 and "nowhere/a.jsonl" in folder.stderr and "Fix:" in folder.stderr


def test_a_foreign_task_hides_nothing(
    push: Callable[..., PushReport], api: Api, title: str, desk: Project, tmp_path: Path
) -> None:
    project = push(drafts(2)).project_id
    strange = {**api.tasks(title)[0]["data"], "uid": 7, "text": "not ours"}
    api("POST", f"projects/{project}/import", [{"data": strange}])
    for task in api.tasks(title):
        annotate(api, task, [])
    report = pull_annotations(connect(desk.state), tmp_path / "a.jsonl", project=desk, title=title)
    assert (report.tasks, report.annotations) == (3, 2)
    assert [issue.check for issue in report.issues] == ["pull/annotation"]
    assert report.issues[0].path.startswith(report.url)


def test_scripts_have_readable_names(
    push: Callable[..., PushReport], api: Api, title: str, desk: Project, tmp_path: Path, studio: ServerInfo
) -> None:
    from toolkit.studio.local.accounts import add_account

    token = add_account(studio, email="reviewer-7@scripted.invalid", password="a long password")
    push(drafts(1))
    (task,) = api.tasks(title)
    body = {"result": task["predictions"][0]["result"]}
    api("POST", f"tasks/{task['id']}/annotations/", body, token=token)
    out = tmp_path / "annotations.jsonl"
    pull_annotations(connect(desk.state), out, project=desk, title=title)
    (record,) = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert (record["annotator"], record["annotator_kind"]) == ("scripted-reviewer-7", "scripted")


def test_a_second_push_waits_for_the_first(desk: Project, title: str, tmp_path: Path) -> None:
    from toolkit.studio.push.journal import alone

    code = (
        "import sys, pathlib\nfrom toolkit.studio.push.journal import alone\n"
        "with alone(pathlib.Path(sys.argv[1]), sys.argv[2]):\n    print('in', flush=True)"
    )
    with alone(desk.state, title):
        other = subprocess.Popen(
            [sys.executable, "-c", code, str(desk.state), title], stdout=subprocess.PIPE, text=True, cwd=REPO
        )
        time.sleep(1)
        assert other.poll() is None
    assert other.communicate(timeout=30)[0] == "in\n"
