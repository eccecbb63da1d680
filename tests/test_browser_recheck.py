"""An error of validation comes back: its annotator sees it in the page, mends it there, and it is gone."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.conftest import Run
from tests.test_browser import click_at_the_end, log_in, records, region, submit
from toolkit.studio.local.server import ServerInfo
from toolkit.studio.team.recheck import HEAD

PROJECT = "Back to the annotator"
TAB = "To re-review"
TEXTS = {
    "a-ferry": "Ferry sinks off the coast\n\nPolice said that 12 people were killed.\n",
    "b-mill": "Fire at a mill\n\nThe mayor said that 30 residents were injured.\n",
}


def test_an_error_goes_to_its_annotator_and_is_mended_in_the_page(
    studio: ServerInfo, studio_env: dict[str, str], page: Page, run: Run, tmp_path: Path
) -> None:
    project = push_two(run, tmp_path, studio_env)
    log_in(page, studio, "ferryman@localhost")
    page.goto(f"{studio.url}/projects/{project}/data")
    page.get_by_role("button", name="Label All Tasks").click()
    expect(region(page, "Claim", "were killed")).to_be_visible()
    choose(page, "were killed", "denies")
    submit(page)
    expect(region(page, "Claim", "were injured")).to_be_visible()
    submit(page)

    settled(run, studio_env)
    problems = validated(run, tmp_path, code=1)
    assert [problem["check"] for problem in problems] == ["polarity"]
    assert recheck(run, studio_env) == {"open": 1, "sent": 1, "cleared": 0}

    open_tab(page, studio, project)
    expect(page.get_by_text("Tasks: 1 / 2")).to_be_visible()
    page.get_by_text("12 people were killed").first.click()
    expect(page.get_by_text(HEAD).first).to_be_visible()
    said = "“12 people were killed”: is CT+ (certain), but the claimer denies. Use CT- (certainly not)"
    expect(page.get_by_text(said).first).to_be_visible()
    choose(page, "were killed", "certainly not")
    update(page)

    settled(run, studio_env)
    assert validated(run, tmp_path, code=0) == []
    (mended,) = [claim for claim in records(tmp_path / "claims.jsonl") if claim["effect"] == "death"]
    assert (mended["stance"], mended["certainty"]["claimer"]) == ("deny", "CT-")
    assert mended["review"]["status"] == "corrected"
    assert recheck(run, studio_env) == {"open": 0, "sent": 0, "cleared": 1}
    open_tab(page, studio, project)
    expect(page.get_by_text("Tasks: 0 / 2")).to_be_visible()
    expect(page.get_by_text(HEAD)).to_have_count(0)


def push_two(run: Run, folder: Path, env: dict[str, str]) -> int:
    assert run("init").returncode == 0
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    assert run("prelabel", *(f"{name}.txt" for name in TEXTS), "--out", "drafts.jsonl").returncode == 0
    done = run("push", "drafts.jsonl", "--project", PROJECT, "--format", "json", env=env)
    assert done.returncode == 0, done.stderr
    return int(json.loads(done.stdout)["project_id"])


def choose(page: Page, claim: str, choice: str) -> None:
    click_at_the_end(region(page, "Claim", claim))
    page.locator(".lsf-choices label", has_text=re.compile(f"^{choice}")).first.click()


def update(page: Page) -> None:
    with page.expect_response(
        lambda answer: "/api/annotations/" in answer.url and answer.request.method == "PATCH" and answer.ok
    ):
        page.locator("button", has_text="Update").first.click()


def open_tab(page: Page, studio: ServerInfo, project: int) -> None:
    page.goto(f"{studio.url}/projects/{project}/data")
    page.get_by_text(TAB, exact=True).first.click()


def settled(run: Run, env: dict[str, str]) -> None:
    assert run("pull", "--project", PROJECT, env=env).returncode == 0
    done = run("adjudicate", "annotations.jsonl", "--out", "claims.jsonl", "--documents", "documents.jsonl")
    assert done.returncode == 0, done.stderr


def validated(run: Run, folder: Path, *, code: int) -> list[dict[str, Any]]:
    done = run("validate", "claims.jsonl", "--documents", "documents.jsonl", "--format", "json")
    assert done.returncode == code, done.stdout + done.stderr
    (folder / "issues.json").write_text(done.stdout, "utf-8")
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def recheck(run: Run, env: dict[str, str]) -> dict[str, int]:
    done = run("recheck", "issues.json", "--project", PROJECT, "--format", "json", env=env)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["issues"] == []
    return {name: told[name] for name in ("open", "sent", "cleared")}
