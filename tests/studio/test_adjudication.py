"""What annotators disagree on goes to a project of its own; what is submitted there is gold."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import Run
from tests.studio.conftest import Api, annotate
from tests.studio.reports import drafts
from toolkit.studio.local.accounts import add_account
from toolkit.studio.local.server import ServerInfo
from toolkit.studio.push.push import PushReport
from toolkit.studio.team.adjudication import HEAD, title_for

Push = Callable[..., PushReport]


def test_a_third_person_settles_what_two_disagree_on(
    run: Run, studio_env: dict[str, str], push: Push, api: Api, title: str, studio: ServerInfo, tmp_path: Path
) -> None:
    first, second, third = (
        add_account(studio, email=f"{name}@localhost", password="a long password")
        for name in ("first", "second", "third")
    )
    push(drafts(3))
    tasks = api.tasks(title)
    for task in tasks:
        good = task["predictions"][0]["result"]
        annotate_as(api, first, task, good)
        annotate_as(api, second, task, good if task is tasks[0] else unsure(good))

    waiting = settle(run, studio_env, title, tmp_path)
    assert waiting["code"] == 1 and "2 documents to settle: 2 new, 0 renewed, 0 settled" in waiting["err"]
    assert [claim["doc_id"] for claim in waiting["claims"]] == [tasks[0]["data"]["uid"]]
    again = settle(run, studio_env, title, tmp_path)
    assert "2 documents to settle: 0 new, 0 renewed, 0 settled" in again["err"]

    court = api.tasks(title_for(title))
    assert {task["data"]["uid"] for task in court} == {task["data"]["uid"] for task in tasks[1:]}
    names = {one["annotator"] for one in waiting["work"]}
    for task in court:
        assert {one["model_version"] for one in task["predictions"]} == names and len(names) == 2
        assert task["data"]["publication"].startswith(HEAD)
        assert all(name in task["data"]["publication"] for name in names)
        assert task["data"]["publication"].endswith("The Daily · 2024-07-28")

    chosen = next(one for one in court[0]["predictions"] if "PS+" in json.dumps(one["result"]))
    annotate_as(api, third, court[0], chosen["result"], parent_prediction=chosen["id"])
    half = settle(run, studio_env, title, tmp_path)
    assert half["code"] == 1 and "1 settled" in half["err"]
    (gold,) = [claim for claim in half["claims"] if claim["doc_id"] == court[0]["data"]["uid"]]
    assert gold["certainty"]["claimer"] == "PS+"
    review = gold["review"]
    assert review["status"] == "adjudicated" and review["adjudicator"] not in names
    assert {one["annotator"] for one in review["judgments"]} == names
    assert {one["status"] for one in review["judgments"]} == {"accepted", "corrected"}
    assert (gold["provenance"]["origin"], gold["provenance"]["rules_version"]) == ("rule", "rules-1")
    assert gold["provenance"]["project"] == title_for(title)

    annotate_as(api, third, court[1], [])
    done = settle(run, studio_env, title, tmp_path)
    assert done["code"] == 0 and "2 settled" in done["err"], done["err"]
    statuses = {claim["doc_id"]: claim["review"]["status"] for claim in done["claims"]}
    assert statuses[court[1]["data"]["uid"]] == "rejected" and len(done["claims"]) == 3
    assert run("validate", "claims.jsonl", "--documents", "documents.jsonl").returncode == 0


def test_a_dispute_that_changed_is_shown_anew(
    run: Run, studio_env: dict[str, str], push: Push, api: Api, title: str, studio: ServerInfo, tmp_path: Path
) -> None:
    second = add_account(studio, email="second@localhost", password="a long password")
    push(drafts(2))
    tasks = api.tasks(title)
    for task in tasks:
        annotate(api, task)
    numbers = [annotate_as(api, second, task, []) for task in tasks]
    settle(run, studio_env, title, tmp_path)
    court = {task["data"]["uid"]: task for task in api.tasks(title_for(title))}
    begun = court[tasks[1]["data"]["uid"]]
    api("POST", f"tasks/{begun['id']}/drafts", {"result": [], "lead_time": 1})
    for number, task in zip(numbers, tasks, strict=True):
        result = unsure(task["predictions"][0]["result"])
        api("PATCH", f"annotations/{number}/", {"result": result})
    strays = [
        {"data": {**tasks[0]["data"], "uid": uid, "text": "theirs"}}
        for uid in ("", "", tasks[0]["data"]["uid"])
    ]
    (project,) = api.projects(title_for(title))
    api("POST", f"projects/{project}/import", strays)
    said = settle(run, studio_env, title, tmp_path)["err"]
    assert "0 new, 1 renewed" in said and "1 changed after somebody had begun" in said
    everything = api.tasks(title_for(title))
    assert sum(task["data"]["text"] == "theirs" for task in everything) == 3
    for task in everything:
        if task["data"]["text"] == "theirs":
            api("DELETE", f"tasks/{task['id']}/")
    now = {task["data"]["uid"]: task for task in api.tasks(title_for(title))}
    assert len(now) == 2 and now[begun["data"]["uid"]]["data"] == begun["data"]
    renewed = now[tasks[0]["data"]["uid"]]["data"]["publication"]
    assert renewed != court[tasks[0]["data"]["uid"]]["data"]["publication"]


def test_the_title_of_the_adjudication_project() -> None:
    assert title_for("Mali 2024") == "Mali 2024: adjudication"
    assert len(title_for("x" * 50)) == 50
    assert title_for("x" * 49 + "1") != title_for("x" * 49 + "2")


def test_two_people_who_settle_one_text_otherwise_settle_nothing(
    run: Run, studio_env: dict[str, str], push: Push, api: Api, title: str, studio: ServerInfo, tmp_path: Path
) -> None:
    second, third = (
        add_account(studio, email=f"{name}@localhost", password="a long password")
        for name in ("second", "third")
    )
    push(drafts(1))
    (task,) = api.tasks(title)
    annotate(api, task)
    annotate_as(api, second, task, [])
    settle(run, studio_env, title, tmp_path)
    (court,) = api.tasks(title_for(title))
    annotate_as(api, second, court, [])
    annotate_as(api, third, court, task["predictions"][0]["result"])
    done = settle(run, studio_env, title, tmp_path)
    assert done["code"] == 1 and done["claims"] == [] and "both settle this text" in done["err"]


def annotate_as(api: Api, token: str, task: dict[str, Any], result: list[Any], **more: Any) -> int:
    body = {"result": result, "lead_time": 4.2, **more}
    return int(api("POST", f"tasks/{task['id']}/annotations/", body, token=token)["id"])


def unsure(result: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The regions with a claimer who only thinks it possible."""
    changed: list[dict[str, Any]] = json.loads(json.dumps(result))
    (certainty,) = [item for item in changed if item.get("from_name") == "certainty"]
    certainty["value"]["choices"] = ["PS+"]
    return changed


def settle(run: Run, env: dict[str, str], title: str, folder: Path) -> dict[str, Any]:
    """Pull and adjudicate; gives the exit code, what was said, the annotations and the claims."""
    pulled = run("pull", "--project", title, env=env)
    assert pulled.returncode == 0, pulled.stderr
    done = run(
        "adjudicate", "annotations.jsonl", "--strategy", "project", "--project", title,
        "--out", "claims.jsonl", "--documents", "documents.jsonl", env=env,
    )  # fmt: skip
    work, claims = (
        [json.loads(line) for line in (folder / name).read_text("utf-8").splitlines()]
        for name in ("annotations.jsonl", "claims.jsonl")
    )
    return {"code": done.returncode, "err": done.stderr, "work": work, "claims": claims}
