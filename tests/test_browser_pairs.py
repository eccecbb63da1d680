"""Two annotators at the same task in the real page, blind to each other, and the third who settles it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect

from tests.conftest import Run
from tests.studio.conftest import Api
from tests.test_browser import click_at_the_end, highlights, records, region, submit
from toolkit.config import find_project
from toolkit.pipeline import count_disagreements
from toolkit.studio import arrange
from toolkit.studio.local.server import ServerInfo
from toolkit.studio.reach.connection import login

PROJECT = "Two at one task"
TEXT = """Ferry sinks off the coast

Police said that 12 people were killed.
"""


def test_two_annotators_blind_to_each_other(
    studio: ServerInfo, studio_env: dict[str, str], browser: Browser, run: Run, tmp_path: Path
) -> None:
    assert run("init").returncode == 0
    (tmp_path / "ferry.txt").write_text(TEXT, "utf-8")
    assert run("prelabel", "ferry.txt", "--out", "drafts.jsonl").returncode == 0
    connection = login(studio.url, studio.token, state=studio.log.parent.parent)
    desk = find_project(tmp_path)
    ready = arrange(connection, project=desk, title=PROJECT, differ=count_disagreements, annotators=2)
    assert ready.team and ready.team.logins
    logins = json.loads(ready.team.logins.read_text("utf-8"))
    assert run("push", "drafts.jsonl", "--project", PROJECT, env=studio_env).returncode == 0
    first, second = ready.team.emails

    page = signed_in(browser, studio, first, logins[first])
    start(page, studio, ready.project_id)
    click_at_the_end(region(page, "Claim", "were killed"))
    page.locator(".lsf-choices label", has_text=re.compile(r"^possible")).first.click()
    submit(page)
    page.context.close()

    page = signed_in(browser, studio, second, logins[second])
    start(page, studio, ready.project_id)
    click_at_the_end(region(page, "Claim", "were killed"))
    chosen = page.locator(".lsf-choices label", has_text=re.compile(r"^possible")).first
    expect(chosen.locator("input")).not_to_be_checked()
    expect(page.get_by_text("Annotator 1")).to_have_count(0)
    region(page, "Victim", "people").click()
    page.keyboard.press("Backspace")
    submit(page)
    page.context.close()

    assert run("pull", "--project", PROJECT, env=studio_env).returncode == 0
    work = two_opinions(tmp_path)
    command = (
        "adjudicate", "annotations.jsonl", "--strategy", "project", "--project", PROJECT,
        "--out", "claims.jsonl", "--documents", "documents.jsonl",
    )  # fmt: skip
    assert run(*command, env=studio_env).returncode == 1
    (court,) = Api(studio).tasks(f"{PROJECT}: adjudication")
    page = signed_in(browser, studio, studio.email, studio.password)
    page.goto(f"{studio.url}/projects/{court['project']}/data?task={court['id']}")
    expect(page.get_by_text("Annotators disagree").first).to_be_visible()
    for one in work:
        said = page.get_by_text(f"{one['annotator']} says").first
        expect(said).to_be_visible()
    click_at_the_end(region(page, "Claim", "were killed"))
    page.locator(".lsf-choices label", has_text=re.compile(r"^probable")).first.click()
    submit(page)
    page.context.close()

    done = run(*command, env=studio_env)
    assert done.returncode == 0, done.stderr
    (gold,) = records(tmp_path / "claims.jsonl")
    assert gold["certainty"]["claimer"] == "PR+"
    assert (gold["review"]["status"], len(gold["review"]["judgments"])) == ("adjudicated", 2)
    assert {one["annotator"] for one in gold["review"]["judgments"]} == {one["annotator"] for one in work}
    assert gold["review"]["adjudicator"] not in {one["annotator"] for one in work}
    assert run("validate", "claims.jsonl", "--documents", "documents.jsonl").returncode == 0


def two_opinions(folder: Path) -> list[dict[str, Any]]:
    """What the two submitted: each their own change, and nothing of the other's."""
    work = records(folder / "annotations.jsonl")
    assert len({one["annotator"] for one in work}) == 2
    (unsure,) = [one for one in work if one["claims"][0]["certainty"]["claimer"] == "PS+"]
    (bare,) = [one for one in work if one is not unsure]
    assert unsure["claims"][0]["victim"] and bare["claims"][0]["victim"] is None
    assert bare["claims"][0]["certainty"]["claimer"] == "CT+"
    return work


def signed_in(browser: Browser, studio: ServerInfo, email: str, password: str) -> Page:
    context = browser.new_context(viewport={"width": 1600, "height": 1000}, locale="en-GB")
    context.set_default_timeout(20_000)
    page = context.new_page()
    page.goto(f"{studio.url}/user/login/")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    expect(page).not_to_have_url(re.compile("login"))
    return page


def start(page: Page, studio: ServerInfo, project: int) -> None:
    page.goto(f"{studio.url}/projects/{project}/data")
    page.get_by_role("button", name="Label All Tasks").click()
    expect(highlights(page).first).to_be_visible()
