"""Wrong answers to every request that the commands make."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from tests.studio.conftest import annotate
from tests.studio.faults.commands import Done, workers
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
EARLY = 20

Scenario = Callable[[], tuple[Desk, tuple[str, ...]]]
"""Makes a command ready, each time with something to do: where it runs, and its arguments."""


@dataclass(frozen=True)
class Case:
    """One command that met one wrong answer from one request on."""

    name: str
    done: Done
    more: float

    @property
    def good(self) -> bool:
        """Whether it ended as it must: in one line, soon, and small."""
        said = self.done.code in {3, 4} and self.done.one_line and "Fix: " in self.done.err
        return said and self.done.seconds < SECONDS and self.more < MEBIBYTES


def wrong(tally: Tally, ground: Ground) -> None:
    """redirect, HTML, empty or endless body, drip from each request of each command on: one line, bounded"""
    names, faults = (["push"], WRONG[3:]) if ground.quick else (list(SCENARIOS), WRONG)
    pairs = [(name, fault) for name in names for fault in faults]
    cases: list[Case] = []
    with workers(2 if ground.quick else 6) as beside:
        for (name, fault), found in zip(
            pairs, beside.map(partial(_every_request, ground), pairs), strict=True
        ):
            cases += found
            tally.notes.append(f"{name}, {fault}: from each of {len(found)} requests")
    for case in cases:
        said = f"exit {case.done.code} after {case.done.seconds:.0f} s, {case.more:.0f} MiB more"
        tally.take(case.good, f"{case.name}: {said}: {case.done.err[-300:]}")
    slowest, largest = max(case.done.seconds for case in cases), max(case.more for case in cases)
    tally.notes.append(f"the longest took {slowest:.1f} s, the largest {largest:.0f} MiB more than at rest")


def _every_request(ground: Ground, pair: tuple[str, str]) -> list[Case]:
    """The cases of one command with one wrong answer: from its first request on, from its second on …

    How many requests it makes differs from run to run (it asks until an import is done), so this goes on
    until a run was through before any request was spoilt. One that a busy server ended before that says
    nothing, and is made again.
    """
    name, fault = pair
    scenario = SCENARIOS[name](ground)
    rest, requests = _clean(ground, scenario)
    cases: list[Case] = []
    first, early = requests // 2 if ground.quick else 0, 0
    while True:
        desk, args = scenario()
        with ground.between() as between:
            between.choose = from_the(first, fault)
            done = desk.through(between.url).run(*args, forked=True, FACTCHECK_TIMEOUT="2")
            between.release.set()
            met = len(between.seen) > first
        if met:
            first += 1
            cases.append(Case(f"{name}, {fault} from request {first} on", done, done.mebibytes - rest))
        if ground.quick or (not met and done.code in {0, 1}):
            return cases
        early += not met
        assert early < EARLY, done.err


def _clean(ground: Ground, scenario: Scenario) -> tuple[float, int]:
    """A run without a fault: its memory, and how many requests it made."""
    desk, args = scenario()
    with ground.between() as between:
        done = desk.through(between.url).run(*args, forked=True)
        assert done.code in {0, 1}, done.err
        return done.mebibytes, len(between.seen)


def _push(ground: Ground) -> Scenario:
    def ready() -> tuple[Desk, tuple[str, ...]]:
        desk = ground.desk("answers", batch=3)
        return desk, desk.push_args(drafts(6))

    return ready


def _newer(ground: Ground) -> Scenario:
    desk, versions = ground.desk("answers newer", batch=3), _numbers()
    pushed = desk.run(*desk.push_args(drafts(6)), forked=True)
    assert pushed.code == 0, pushed.err
    return lambda: (desk, desk.push_args(drafts(6, version=f"rules-{next(versions)}")))


def _pull(ground: Ground) -> Scenario:
    desk = _annotated(ground)
    args = ("pull", "--project", desk.title, "--full", "--drafts", "begun", "--predictions", "suggested")
    return lambda: (desk, args)


def _project(ground: Ground) -> Scenario:
    def ready() -> tuple[Desk, tuple[str, ...]]:
        desk = ground.desk("answers to arrange", batch=3)
        pushed = desk.run(*desk.push_args(drafts(3)), forked=True)
        assert pushed.code == 0, pushed.err
        return desk, ("project", "--project", desk.title, "--annotators", "2")

    return ready


def _adjudicate(ground: Ground) -> Scenario:
    desk = _annotated(ground)

    def ready() -> tuple[Desk, tuple[str, ...]]:
        for project in ground.api.projects(title_for(desk.title)):
            ground.api("DELETE", f"projects/{project}/")
        return desk, (*SETTLE, "--strategy", "project", "--project", desk.title)

    return ready


def _recheck(ground: Ground) -> Scenario:
    desk, numbers = _annotated(ground), _numbers()
    (project,) = {task["project"] for task in ground.api.stored(desk.title)}
    desk.run(*SETTLE, forked=True)
    check = ("validate", "claims.jsonl", "--documents", "documents.jsonl", "--format", "json")
    found = json.loads(desk.run(*check, forked=True).out)
    assert found

    def ready() -> tuple[Desk, tuple[str, ...]]:
        number = next(numbers)
        for tab in ground.api("GET", f"dm/views?project={project}"):
            ground.api("DELETE", f"dm/views/{tab['id']}/")
        issues = [{**issue, "message": f"{issue['message']} ({number})"} for issue in found]
        (desk.folder / "issues.json").write_text(json.dumps(issues), "utf-8")
        return desk, ("recheck", "issues.json", "--project", desk.title)

    return ready


SETTLE = ("adjudicate", "annotations.jsonl", "--out", "claims.jsonl", "--documents", "documents.jsonl")
SCENARIOS: dict[str, Callable[[Ground], Scenario]] = {
    "push": _push, "push of newer rules": _newer, "pull": _pull, "project": _project,
    "adjudicate": _adjudicate, "recheck": _recheck,
}  # fmt: skip


def _numbers() -> Iterator[int]:
    return iter(range(2, 1000))


def _annotated(ground: Ground) -> Desk:
    """A project on which two people disagree, one of them against a rule, and what was pulled of it."""
    desk, second = ground.desk("answers on work", batch=3), account(ground, "second")
    pushed = desk.run(*desk.push_args(drafts(4)), forked=True)
    assert pushed.code == 0, pushed.err
    for number, task in enumerate(ground.api.stored(desk.title)):
        good = task["predictions"][0]["result"]
        annotate(ground.api, task, twisted(good) if number else good)
        annotate_as(ground.api, second, task, unsure(good))
    pulled = desk.run("pull", "--project", desk.title, forked=True)
    assert pulled.code == 0, pulled.err
    return desk
