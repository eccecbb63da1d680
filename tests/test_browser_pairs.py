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

Police said that 12 people were killed. The mayor said that 30 residents were injured. Officials said that \
four fishermen were missing.
"""


def test_two_annotators_blind_to_each_other(
    studio: ServerInfo, studio_env: dict[str, str], browser: Browser, run: Run, tmp_path: Path
) -> None:
    ready, logins = two_at_one_task(run, tmp_path, studio, studio_env)
    (first, second) = logins

    page = signed_in(browser, studio, first, logins[first])
    start(page, studio, ready)
    choose(page, "were killed", "possible")
    choose(page, "were injured", "possible")
    submit(page)
    page.context.close()

    page = signed_in(browser, studio, second, logins[second])
    start(page, studio, ready)
    click_at_the_end(region(page, "Claim", "were killed"))
    chosen = page.locator(".lsf-choices label", has_text=re.compile(r"^possible")).first
    expect(chosen.locator("input")).not_to_be_checked()
    expect(page.get_by_text("Annotator 1")).to_have_count(0)
    choose(page, "were injured", "possible")
    region(page, "Victim", "people").click()
    page.keyboard.press("Backspace")
    submit(page)
    page.context.close()

    assert run("pull", "--project", PROJECT, env=studio_env).returncode == 0
    work = two_opinions(tmp_path)
    agreement_is_that_by_hand(run)
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
        expect(page.get_by_text(f"{one['annotator']} says").first).to_be_visible()
    expect(page.get_by_text("PS+ (possible)").first).to_be_visible()
    choose(page, "were killed", "probable")
    submit(page)
    page.context.close()

    done = run(*command, env=studio_env)
    assert done.returncode == 0, done.stderr
    gold = {claim["effect"]: claim for claim in records(tmp_path / "claims.jsonl")}
    settled = {effect: claim["certainty"]["claimer"] for effect, claim in gold.items()}
    assert settled == {"death": "PR+", "injury": "PS+", "missing": "CT+"}
    names = {one["annotator"] for one in work}
    for claim in gold.values():
        assert {one["annotator"] for one in claim["review"]["judgments"]} == names
    review = gold["death"]["review"]
    assert (review["status"], review["agreement"], len(review["judgments"])) == ("adjudicated", 0.0, 2)
    assert review["adjudicator"] not in names
    assert run("validate", "claims.jsonl", "--documents", "documents.jsonl").returncode == 0


def two_at_one_task(
    run: Run, folder: Path, studio: ServerInfo, env: dict[str, str]
) -> tuple[int, dict[str, str]]:
    """One task pushed into a project for two: the project's id, and their passwords by e-mail."""
    assert run("init").returncode == 0
    (folder / "ferry.txt").write_text(TEXT, "utf-8")
    assert run("prelabel", "ferry.txt", "--out", "drafts.jsonl").returncode == 0
    connection = login(studio.url, studio.token, state=studio.log.parent.parent)
    desk = find_project(folder)
    ready = arrange(connection, project=desk, title=PROJECT, differ=count_disagreements, annotators=2)
    assert ready.team and ready.team.logins
    passwords = json.loads(ready.team.logins.read_text("utf-8"))
    assert run("push", "drafts.jsonl", "--project", PROJECT, env=env).returncode == 0
    return ready.project_id, {email: passwords[email] for email in ready.team.emails}


def choose(page: Page, claim: str, how_sure: str) -> None:
    click_at_the_end(region(page, "Claim", claim))
    page.locator(".lsf-choices label", has_text=re.compile(f"^{how_sure}")).first.click()


def two_opinions(folder: Path) -> list[dict[str, Any]]:
    """What the two submitted: each their own changes, and nothing of the other's."""
    work = records(folder / "annotations.jsonl")
    assert len({one["annotator"] for one in work}) == 2
    said = {
        tuple(claim["certainty"]["claimer"] for claim in one["claims"]): one["claims"][0]["victim"]
        for one in work
    }
    assert said.keys() == {("PS+", "PS+", "CT+"), ("CT+", "PS+", "CT+")}
    assert said["PS+", "PS+", "CT+"] and said["CT+", "PS+", "CT+"] is None
    return work


def agreement_is_that_by_hand(run: Run) -> None:
    """How sure the claimers are: PS+ CT+ | PS+ PS+ | CT+ CT+, so two of three the same. Alpha: of six values
    three are PS+ and three CT+; Do = 2/6, De = 2·3·3/(6·5) = 3/5, alpha = 1 − (1/3)/(3/5) = 4/9. Kappa: one
    says PS+ of 2/3 and the other of 1/3; pe = 2/3·1/3 + 1/3·2/3 = 4/9, kappa = (2/3 − 4/9)/(5/9) = 2/5.

    Victims: three spans and two, two of them equal: F1 = 2·2/(3 + 2) = 4/5. In words, one each: the text has
    27 words, so 54 values, 5 in a span and 49 not; Do = 2/54, De = 2·5·49/(54·53) = 245/1431,
    alpha = 1 − (1/27)/(245/1431) = 192/245. Nobody moved or removed a cue.
    """
    found = run("agree", "annotations.jsonl", "--format", "json")
    assert found.returncode == 0, found.stderr
    told = json.loads(found.stdout)
    sure, victims = told["choices"]["rows"]["certainty of claimer"], told["spans"]["rows"]["VICTIM"]
    assert (sure["count"], victims["count"]) == (3, 5)
    assert values(sure) == {"same": 0.6667, "alpha": round(4 / 9, 4), "kappa": 0.4}
    assert values(victims) == {"exact": 0.8, "overlap": 0.8, "words": round(192 / 245, 4)}
    assert values(told["spans"]["rows"]["CUE"]) == {"exact": 1.0, "overlap": 1.0, "words": 1.0}
    lines = run("agree", "annotations.jsonl").stdout.splitlines()
    (sure_line,) = [line for line in lines if " certainty of claimer " in line]
    (victim_line,) = [line for line in lines if " VICTIM " in line]
    assert re.findall(r"[\d.]+", sure_line) == ["3", "0.67", "0.44", "0.40"]
    assert re.findall(r"[\d.]+", victim_line) == ["5", "0.80", "0.80", "0.78"]


def values(row: dict[str, Any]) -> dict[str, float]:
    return {name: figure["value"] for name, figure in row.items() if name != "count"}


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
