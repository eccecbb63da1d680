"""Wrong answers to every request that the commands make."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.studio.conftest import annotate
from tests.studio.faults.ground import Desk, Ground
from tests.studio.faults.tokens import account
from tests.studio.proxy import from_the
from tests.studio.reports import drafts
from tests.studio.test_adjudication import annotate_as, unsure
from tests.studio.test_recheck import twisted
from tests.tally import Tally
from toolkit.studio.team.adjudication import title_for

WRONG = ("redirect", "html", "empty", "endless", "drip")
SECONDS, MEBIBYTES = 60.0, 320.0

Scenario = Callable[[], tuple[Desk, tuple[str, ...]]]
"""Makes a command ready: where it runs, and its arguments."""


def wrong(tally: Tally, ground: Ground) -> None:
    """redirect, HTML, empty or endless body, drip from each request of each command on: one line, bounded"""
    slowest = largest = 0.0
    for name, scenario in scenarios(ground):
        rest, requests = _clean(ground, scenario)
        for request in [requests // 2] if ground.quick else range(requests):
            for fault in WRONG[3:] if ground.quick else WRONG:
                desk, args = scenario()
                with ground.between() as between:
                    between.choose = from_the(request, fault)
                    through = desk.through(between.url)
                    done = through.run(*args, forked=True, FACTCHECK_TIMEOUT="2")
                    between.release.set()
                slowest, largest = max(slowest, done.seconds), max(largest, done.mebibytes - rest)
                good = done.code in {3, 4} and done.one_line and "Fix: " in done.err
                good = good and done.seconds < SECONDS and done.mebibytes - rest < MEBIBYTES
                said = f"exit {done.code} after {done.seconds:.0f} s, {done.mebibytes - rest:.0f} MiB more"
                tally.take(good, f"{name}, {fault} from request {request + 1} on: {said}: {done.err[-300:]}")
        tally.notes.append(f"{name}: {requests} requests")
    tally.notes.append(
        f"the longest took {slowest:.1f} s, the largest {largest:.0f} MiB more than without a fault"
    )


def _clean(ground: Ground, scenario: Scenario) -> tuple[float, int]:
    """A run without a fault: its memory, and how many requests it made."""
    desk, args = scenario()
    with ground.between() as between:
        done = desk.through(between.url).run(*args, forked=True)
        assert done.code in {0, 1}, done.err
        return done.mebibytes, len(between.seen)


def scenarios(ground: Ground) -> Iterator[tuple[str, Scenario]]:
    """Every command that talks to the server, each time with something to do."""
    made = drafts(6)

    def first_push() -> tuple[Desk, tuple[str, ...]]:
        desk = ground.desk("answers", batch=3)
        return desk, desk.push_args(made)

    yield "push", first_push
    if ground.quick:
        return
    desk = ground.desk("answers again", batch=3)
    desk.push(made)
    count = 1

    def newer_rules() -> tuple[Desk, tuple[str, ...]]:
        nonlocal count
        count += 1
        return desk, desk.push_args(drafts(6, version=f"rules-{count}"))

    yield "push of newer rules", newer_rules
    second = account(ground, "second")
    for task in ground.api.stored(desk.title):
        good = next(one["result"] for one in task["predictions"])
        annotate(ground.api, task, twisted(good) if task["id"] % 2 else good)
        annotate_as(ground.api, second, task, unsure(good))
    pull = ("pull", "--project", desk.title, "--full", "--drafts", "begun", "--predictions", "suggested")
    yield "pull", lambda: (desk, pull)
    yield "project", lambda: (desk, ("project", "--project", desk.title, "--annotators", "2"))
    settle = ("adjudicate", "annotations.jsonl", "--out", "claims.jsonl", "--documents", "documents.jsonl")

    def court() -> tuple[Desk, tuple[str, ...]]:
        for project in ground.api.projects(title_for(desk.title)):
            ground.api("DELETE", f"projects/{project}/")
        return desk, (*settle, "--strategy", "project", "--project", desk.title)

    yield "adjudicate", court
    desk.run(*settle, forked=True)
    found = desk.run(
        "validate", "claims.jsonl", "--documents", "documents.jsonl", "--format", "json", forked=True
    )

    def recheck() -> tuple[Desk, tuple[str, ...]]:
        nonlocal count
        count += 1
        issues = [{**issue, "message": f"{issue['message']} ({count})"} for issue in json.loads(found.out)]
        Path(desk.folder / "issues.json").write_text(json.dumps(issues), "utf-8")
        return desk, ("recheck", "issues.json", "--project", desk.title)

    yield "recheck", recheck
