"""What validation found stands at its task until it is mended."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.conftest import Run
from tests.studio.conftest import Api, annotate
from tests.studio.reports import drafts
from tests.studio.test_arrange import tab
from toolkit.studio.page.wording import spelled
from toolkit.studio.push.push import PushReport
from toolkit.studio.team.conflicts import sendable
from toolkit.studio.team.recheck import HEAD

Push = Callable[..., PushReport]


def test_an_error_comes_back_to_its_task_and_goes_when_mended(
    run: Run, studio_env: dict[str, str], push: Push, api: Api, title: str, tmp_path: Path
) -> None:
    project = push(drafts(3)).project_id
    assert project
    tasks = api.tasks(title)
    good = tasks[0]["predictions"][0]["result"]
    number = annotate(api, tasks[0], twisted(good))
    annotate(api, tasks[1])
    settle(run, studio_env, title)
    found = run("validate", "claims.jsonl", "--documents", "documents.jsonl", "--format", "json")
    assert found.returncode == 1
    (tmp_path / "issues.json").write_text(found.stdout, "utf-8")

    told = json.loads(recheck(run, studio_env, title, "issues.json"))
    assert (told["open"], told["sent"], told["cleared"], told["issues"]) == (1, 1, 0, [])
    assert tab(api, project, "To re-review") == [tasks[0]["id"]]
    now = {task["id"]: task["data"] for task in api.tasks(title)}
    (problem,) = json.loads(found.stdout)
    shown = now[tasks[0]["id"]]
    assert problem["message"] == "is CT+, but the claimer denies"
    assert shown["recheck"] == (
        "• “12 people were killed near Ségou”: is CT+ (certain), but the claimer denies. "
        "Use CT- (certainly not), PR- (probably not) or PS- (possibly not), or correct the stance"
    )
    assert shown["publication"] == f"{HEAD}\n{shown['recheck']}\n\nThe Daily · 2024-07-28"
    assert now[tasks[1]["id"]] == tasks[1]["data"]
    again = json.loads(recheck(run, studio_env, title, "claims.jsonl", "--documents", "documents.jsonl"))
    assert (again["open"], again["sent"], again["cleared"]) == (1, 0, 0)
    assert api("GET", f"annotations/{number}/")["result"] == twisted(good)

    (tmp_path / "moved.json").write_text(json.dumps([{**problem, "path": "gone.jsonl"}]), "utf-8")
    kept = json.loads(recheck(run, studio_env, title, "moved.json"))
    assert (kept["open"], kept["sent"], kept["cleared"]) == (1, 0, 0)
    assert kept["issues"][0]["path"] == "gone.jsonl"
    (tmp_path / "empty.json").write_text("\n", "utf-8")
    records = (tmp_path / "claims.jsonl").read_text("utf-8")
    for name, piped in (("empty.json", ""), ("-", ""), ("-", records)):
        none = run("recheck", name, "--project", title, env=studio_env, stdin=piped)
        assert none.returncode == 1 and "Fix:" in none.stderr, none.stderr
    assert tab(api, project, "To re-review") == [tasks[0]["id"]]

    api("PATCH", f"annotations/{number}/", {"result": good})
    settle(run, studio_env, title)
    assert run("validate", "claims.jsonl", "--documents", "documents.jsonl").returncode == 0
    mended = json.loads(recheck(run, studio_env, title, "claims.jsonl", "--documents", "documents.jsonl"))
    assert (mended["open"], mended["sent"], mended["cleared"]) == (0, 0, 1)
    assert tab(api, project, "To re-review") == []
    assert [task["data"] for task in api.tasks(title)] == [task["data"] for task in tasks]
    assert push(drafts(3)).unchanged == 3


def test_what_belongs_to_no_task_is_said(
    run: Run, studio_env: dict[str, str], push: Push, api: Api, title: str, tmp_path: Path
) -> None:
    push(drafts(1))
    lost: dict[str, Any] = {
        "check": "x",
        "message": "gone",
        "path": "nowhere.jsonl",
        "line": 3,
        "record": "claim-1",
    }
    (tmp_path / "issues.json").write_text(json.dumps([lost]), "utf-8")
    done = run("recheck", "issues.json", "--project", title, env=studio_env)
    assert done.returncode == 0, done.stderr
    assert "claim-1" in done.stderr and "Fix:" in done.stderr
    assert all("recheck" not in task["data"] for task in api.tasks(title))
    (tmp_path / "issues.json").write_text('[{"a": 1}]', "utf-8")
    wrong = run("recheck", "issues.json", "--project", title, env=studio_env)
    assert wrong.returncode == 1 and "validate --format json" in wrong.stderr


def test_what_would_break_the_server_is_not_sent() -> None:
    assert sendable("a\0b \ud800c 😀é") == "a�b �c 😀é"


def test_codes_are_read_as_the_page_has_them() -> None:
    page = """<View><Choices name="certainty"><Choice alias="CT+" value="sure &amp; certain"/>
    <Choice alias="CTu" value="open"/></Choices><Choices name="effect"><Choice alias="death" value="killed"/>
    </Choices></View>"""
    told = spelled("death, CT+; CTu, CT, CT++ and XCTu of PS+", page)
    assert told == "death, CT+ (sure & certain); CTu (open), CT, CT++ and XCTu of PS+"
    assert spelled("CT+", "<View/>") == "CT+"


def settle(run: Run, env: dict[str, str], title: str) -> None:
    assert run("pull", "--project", title, env=env).returncode == 0
    done = run("adjudicate", "annotations.jsonl", "--out", "claims.jsonl", "--documents", "documents.jsonl")
    assert done.returncode == 0, done.stderr


def recheck(run: Run, env: dict[str, str], title: str, *args: str) -> str:
    done = run("recheck", *args, "--project", title, "--format", "json", env=env)
    assert done.returncode == 0, done.stderr
    return done.stdout


def twisted(result: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The regions with a stance that does not go with the certainty: who denies presents it as not so."""
    changed: list[dict[str, Any]] = json.loads(json.dumps(result))
    (stance,) = [item for item in changed if item.get("from_name") == "stance"]
    stance["value"]["choices"] = ["deny"]
    return changed
