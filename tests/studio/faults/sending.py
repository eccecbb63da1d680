"""Pushes over a network that drops, repeats, refuses and delays."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.studio.faults.commands import badly_ended
from tests.studio.faults.ground import Desk, Ground, amiss
from tests.studio.proxy import Proxy, once
from tests.studio.reports import RULES, drafts
from tests.tally import Tally
from toolkit.errors import ServerError, UnfinishedError
from toolkit.model import Draft

FAULTS = (
    "drop-before", "drop-after", "500-after", "502-before", "502-after", "429-before", "429-after", "cut",
    "html-after", "twice",
)  # fmt: skip
ENDINGS = ("/import", "/import/predictions", "/projects/")
NEWER, SIZE = "rules-2", 2


def batches(tally: Tally, ground: Ground) -> None:
    """35 % of all requests dropped, refused, cut or delivered twice: each batch there once"""
    pushes, each = (1, 6) if ground.quick else (20, 50)
    total = Counter[str]()
    with ThreadPoolExecutor(5) as beside:
        for cases, counted in beside.map(partial(_spoilt, ground, each), range(pushes)):
            for good, case in cases:
                tally.take(good, case)
            total += counted
    tally.notes.append(", ".join(f"{count} {what}" for what, count in total.items()))


def _spoilt(ground: Ground, each: int, number: int) -> tuple[list[tuple[bool, str]], Counter[str]]:
    """One push of so many batches, run until it says it is done: whether each batch is there, and counts."""
    chance, made = random.Random(number), drafts(each * SIZE)
    desk = ground.desk(f"batches {number}", batch=SIZE)
    with ground.between() as between:
        between.choose = lambda method, path: chance.choice(FAULTS) if chance.random() < 0.35 else None
        for runs in range(1, 30):  # noqa: B007
            done = desk.through(between.url).run(*desk.push_args(made), forked=ground.quick, most=1200)
            if done.code not in {3, 4}:
                break
        seen = [fault for _, _, fault in between.seen]
    wrong = amiss(ground.api, desk.title, made) or badly_ended(done, (0,))
    stored = Counter(task["data"]["uid"] for task in ground.api.stored(desk.title) if task["predictions"])
    cases = [(not wrong, f"push {number}: {wrong}")]
    for start in range(0, len(made), SIZE):
        uids = [draft.document.doc_id for draft in made[start : start + SIZE]]
        cases.append((all(stored[uid] == 1 for uid in uids), f"push {number}, batch {start // SIZE}"))
    spoilt = sum(fault is not None for fault in seen)
    return cases, Counter(pushes=1, batches=each, runs=runs, requests=len(seen), spoilt=spoilt)


def until_done(desk: Desk, made: list[Draft], **more: str) -> int:
    """Push again for as long as it says that it could not finish; how often."""
    for run in range(1, 30):
        try:
            desk.push(made, **more)
        except (ServerError, UnfinishedError):
            continue
        return run
    raise AssertionError("thirty pushes in a row did not finish")


def late(tally: Tally, ground: Ground) -> None:
    """a request that arrives long after the client gave up, also in the next push: once after the sweep"""
    chance, found = random.Random(5), Counter[str]()
    for number in range(1 if ground.quick else 15):
        for ending in ENDINGS[::2] if ground.quick else ENDINGS:
            desk, made = ground.desk(f"late {number}"), drafts(10)
            versions = [RULES]
            if ending == "/import/predictions":
                desk.push(made)
                made, versions = drafts(10, version=NEWER), [RULES, NEWER]
            with ground.between() as between:
                skip = 0 if ending == "/projects/" else chance.randrange(2)
                between.choose = once("late", ending=ending, skip=skip)
                between.seconds = 120.0
                through = desk.through(between.url)
                first = until_done(through, made, FACTCHECK_TIMEOUT="1" if ground.quick else "2")
                between.choose = _deliver_at(between, chance.randrange(1, 9))
                second = until_done(through, made)
                between.deliver.set()
                arrived = between.idle.acquire(timeout=60)
            before = amiss(ground.api, desk.title, made, versions=versions)
            desk.push(made)
            wrong = amiss(ground.api, desk.title, made, versions=versions)
            said = f"{before or 'nothing amiss'}, then {wrong}; runs {first}, {second}"
            tally.take(arrived and not wrong, f"{ending} {number}: {said}")
            found[before or "nothing"] += 1
    tally.notes.append(f"amiss before the sweep: {dict(found)}")


def _deliver_at(between: Proxy, request: int) -> Callable[[str, str], str | None]:
    """Let everything through, and what is held as well from this request on."""
    count = 0

    def choose(method: str, path: str) -> str | None:
        nonlocal count
        count += 1
        if count == request:
            between.deliver.set()
        return None

    return choose
