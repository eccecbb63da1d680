"""An annotator at work in the real page: what is edited there, and nothing else, reaches the gold."""

from __future__ import annotations

import json
import re
import secrets
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.conftest import Run
from toolkit.studio.local import accounts
from toolkit.studio.local.server import ServerInfo

PROJECT = "In the browser"
EMAIL = "mara@localhost"
QUAKE = """Strong quake shakes the island

🌊👩‍🚒 The coast guard said on Monday that at least 12 people were killed in Port Elin.

The mayor, Zoë Ōtani, said that 30 residents were injured.

Police said that four fishermen were missing.
"""
FIRE = """Fire at mill kills two

Police said that two workers were killed in the fire.
"""


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_bytes().split(b"\n") if line]


def test_edits_in_the_page_are_the_edits_in_the_gold(
    studio: ServerInfo, studio_env: dict[str, str], page: Page, run: Run, tmp_path: Path
) -> None:
    suggested = push_two_articles(run, tmp_path, studio_env)
    log_in(page, studio)
    open_first_task(page, studio)
    expect(page.get_by_text("Strong quake shakes the island").first).to_be_visible()
    drawn = {span.get_attribute("data-label") or "" for span in highlights(page).all()}
    assert {label.split(":")[-1] for label in drawn} >= {"Claim", "Claimer", "Cue", "Quantity", "Victim"}

    region(page, "Location", "Port Elin").click()
    page.keyboard.press("Backspace")
    expect(region(page, "Location", "Port Elin")).to_have_count(0)
    region(page, "Victim", "residents").click()
    page.keyboard.press("7")
    expect(region(page, "Location", "residents")).to_have_count(1)
    click_at_the_end(region(page, "Claim", "were injured"))
    page.locator(".lsf-choices label", has_text=re.compile(r"^possible")).first.click()
    submit(page)

    gold = pull_and_export(run, tmp_path, studio_env)
    expected = edited(suggested)
    assert {claim["claim_id"] for claim in gold} == set(expected)
    for claim in gold:
        status = claim["review"]["status"]
        wanted = expected[claim["claim_id"]]
        assert content(claim) == content(wanted)
        changed = content(wanted) != content(suggested[claim["claim_id"]])
        assert status == ("corrected" if changed else "accepted")
        assert claim["review"]["judgments"][0]["kind"] == "person"
        assert EMAIL not in json.dumps(claim)
    assert sum(claim["review"]["status"] == "corrected" for claim in gold) == 2


def push_two_articles(run: Run, folder: Path, env: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Suggest and push; gives the suggested claims of the first article by id."""
    assert run("init").returncode == 0
    for name, text in {"a-quake": QUAKE, "b-fire": FIRE}.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    assert run("prelabel", "a-quake.txt", "b-fire.txt", "--out", "drafts.jsonl").returncode == 0
    done = run("push", "drafts.jsonl", "--project", PROJECT, env=env)
    assert done.returncode == 0, done.stderr
    claims = records(folder / "drafts.jsonl")[0]["claims"]
    assert all(claim["check_worthiness"]["label"] == "CFS" for claim in claims), "all are drawn"
    return {claim["claim_id"]: claim for claim in claims}


def log_in(page: Page, studio: ServerInfo, email: str = EMAIL) -> None:
    password = secrets.token_urlsafe(12)
    accounts.add_account(studio, email=email, password=password, first_name="Mara")
    page.goto(f"{studio.url}/user/login/")
    page.fill("input[name=email]", email)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    expect(page).not_to_have_url(re.compile("login"))


def open_first_task(page: Page, studio: ServerInfo) -> None:
    page.goto(f"{studio.url}/projects/")
    page.get_by_text(PROJECT, exact=True).first.click()
    page.get_by_role("button", name="Label All Tasks").click()
    expect(highlights(page).first).to_be_visible()


def highlights(page: Page) -> Locator:
    return page.locator(".htx-highlight")


def region(page: Page, label: str, words: str) -> Locator:
    return page.locator(f'.htx-highlight[data-label$=":{label}"]', has_text=words)


def click_at_the_end(found: Locator) -> None:
    """Click a claim where no other region lies upon it."""
    box = found.bounding_box()
    assert box is not None
    found.click(position={"x": box["width"] - 8, "y": box["height"] / 2})


def submit(page: Page) -> None:
    with page.expect_response(lambda answer: "/annotations" in answer.url and answer.status == 201):
        page.locator("button", has_text="Submit").first.click()


def pull_and_export(run: Run, folder: Path, env: dict[str, str]) -> list[dict[str, Any]]:
    steps = (
        ("pull", "--out", "annotations.jsonl", "--project", PROJECT),
        ("adjudicate", "annotations.jsonl", "--out", "claims.jsonl", "--documents", "documents.jsonl"),
        ("validate", "claims.jsonl", "--documents", "documents.jsonl"),
        ("export", "claims.jsonl", "--documents", "documents.jsonl", "--to", "gold", "--formats", "jsonl"),
    )
    for step in steps:
        done = run(*step, env=env)
        assert done.returncode == 0, f"{step}: {done.stdout}{done.stderr}"
    return records(folder / "gold" / "claims.jsonl")


def edited(suggested: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """The suggested claims with exactly what was done in the page."""
    claims: dict[str, dict[str, Any]] = json.loads(json.dumps(suggested))
    killed = next(claim for claim in claims.values() if claim["effect"] == "death")
    injured = next(claim for claim in claims.values() if claim["effect"] == "injury")
    killed["event"]["location"] = None
    span = injured["victim"]["span"]
    injured["victim"] = None
    injured["event"] = {
        "event_id": None, "date": None,
        "location": {"span": span, "name": span["text"], "entity": None, "near": False},
    }  # fmt: skip
    injured["certainty"]["claimer"] = "PS+"
    return claims


def content(claim: dict[str, Any]) -> dict[str, Any]:
    """A claim without what is said about its making; an event that says nothing is none."""
    kept = {key: value for key, value in claim.items() if key not in ("provenance", "review")}
    if kept["event"] and not any(kept["event"].values()):
        kept["event"] = None
    return kept
