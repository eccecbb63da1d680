"""People at work in the meantime: saving while tasks arrive, adding and deleting tasks while a pull reads."""

from __future__ import annotations

import json
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock
from urllib.error import URLError

from tests.studio.conftest import Api, annotate
from tests.studio.faults.ground import Desk, Ground, amiss
from tests.studio.faults.tokens import account
from tests.studio.proxy import once
from tests.studio.reports import drafts
from tests.studio.test_adjudication import annotate_as
from tests.tally import Tally
from toolkit import pipeline
from toolkit.studio import Wanted
from toolkit.studio.pull import pull


def annotators(tally: Tally, ground: Ground) -> None:
    """three annotators saving once a second each during a push: every prediction and annotation stored"""
    first, second, rounds = (12, 30, 1) if ground.quick else (60, 340, 2)
    tokens = [account(ground, f"annotator-{number}") for number in range(3)]
    for number in range(rounds):
        desk, made = ground.desk(f"annotators {number}", batch=10 if ground.quick else 25), drafts(first)
        desk.push(made)
        made += drafts(second, start=first)
        with ground.between() as between, _at_work(ground.api, desk, tokens) as saved:
            # The server itself drops the predictions of a batch now and then; here it certainly does.
            between.choose = once("bare", skip=1, times=2)
            desk.through(between.url).push(made)
            again = sum("/import/predictions" in path for _, path, _ in between.seen)
        wrong = amiss(ground.api, desk.title, made)
        stored = {one["id"] for task in ground.api.stored(desk.title) for one in task["annotations"]}
        for draft in made:
            tally.take(not wrong, f"round {number}, {draft.document.doc_id}: {wrong}")
        for annotation in saved:
            tally.take(annotation in stored, f"round {number}, annotation {annotation} is not stored")
        tally.wrong += ["annotations that nobody saved"] * (stored != set(saved))
        tally.notes.append(
            f"round {number}: {len(made)} predictions, {len(saved)} annotations; "
            f"{again} requests brought predictions that the server had dropped, 2 batches' worth on purpose"
        )


@contextmanager
def _at_work(api: Api, desk: Desk, tokens: list[str]) -> Iterator[list[int]]:
    """Annotators who submit work, each on tasks of their own, until the block ends; gives the ids."""
    stop, saved, tasks = threading.Event(), list[int](), api.stored(desk.title)

    def work(token: str, mine: list[dict[str, object]]) -> None:
        while not stop.wait(0.7 + random.random() * 0.4):
            task = mine[len(saved) % len(mine)]
            try:
                saved.append(annotate_as(api, token, task, task["predictions"][0]["result"]))  # type: ignore[index]
            except URLError:
                continue

    threads = [
        threading.Thread(target=work, args=(token, tasks[number::3])) for number, token in enumerate(tokens)
    ]
    for thread in threads:
        thread.start()
    try:
        until_each = time.monotonic() + 30
        while len(saved) < 3 and time.monotonic() < until_each:
            time.sleep(0.1)
        yield saved
    finally:
        stop.set()
        for thread in threads:
            thread.join(timeout=120)


def changes(tally: Tally, ground: Ground) -> None:
    """tasks added, annotated and deleted before every page of a pull: each annotation once, none missed"""
    chance, made = random.Random(8), drafts(24 if ground.quick else 60)
    desk = ground.desk("changes", batch=250)
    desk.push(made)
    for task in ground.api.stored(desk.title)[::2]:
        annotate(ground.api, task)
    rounds, changed = 1 if ground.quick else 10, 0
    with mock.patch.object(pull, "PAGE", 8 if ground.quick else 12):
        for number in range(rounds):
            before = _stored(ground.api, desk.title)
            with ground.between() as between:
                busy = _Busy(ground.api, desk.title, chance)
                between.choose = busy.before_a_page
                taken = _pulled(desk.through(between.url), full=bool(number % 2))
            now = _stored(ground.api, desk.title)
            missed, strange = before & now - set(taken), set(taken) - before - busy.added
            good = not missed and not strange and len(taken) == len(set(taken))
            tally.take(
                good, f"pull {number}: {len(missed)} missed, {len(strange)} strange, {len(taken)} taken"
            )
            quiet = _pulled(desk, full=False)
            tally.take(sorted(quiet) == sorted(now), f"quiet pull {number}: {len(quiet)} of {len(now)}")
            changed += busy.changes
    tally.notes.append(f"{changed} tasks added or deleted during {rounds} pulls")


class _Busy:
    """Somebody who adds an annotated task and deletes another, whenever a page of tasks is asked for."""

    def __init__(self, api: Api, title: str, chance: random.Random) -> None:
        self.added: set[tuple[int, str]] = set()
        self.changes = 0
        self._api, self._title, self._chance = api, title, chance
        self._project = api.stored(title)[0]["project"]
        # A pull asks for two pages at once.
        self._one_at_a_time = threading.Lock()

    def before_a_page(self, method: str, path: str) -> None:
        if path.startswith("/api/tasks/"):
            with self._one_at_a_time:
                self._change()

    def _change(self) -> None:
        tasks = self._api.stored(self._title)
        gone = tasks[-1] if self._chance.random() < 0.3 else self._chance.choice(tasks)
        self._api("DELETE", f"tasks/{gone['id']}/")
        kept = self._chance.choice([task for task in tasks if task is not gone])
        (new,) = self._api(
            "POST", f"projects/{self._project}/import?return_task_ids=true",
            [{"data": kept["data"], "predictions": [{"result": kept["predictions"][0]["result"]}]}],
        )["task_ids"]  # fmt: skip
        made = annotate(self._api, {"id": new, "predictions": kept["predictions"]})
        self.added.add((made, kept["data"]["uid"]))
        self.changes += 2


def _stored(api: Api, title: str) -> set[tuple[int, str]]:
    """The annotations on the server, by id and document."""
    return {(one["id"], task["data"]["uid"]) for task in api.stored(title) for one in task["annotations"]}


def _pulled(desk: Desk, *, full: bool) -> list[tuple[int, str]]:
    """The annotations that a pull brings, by id and document."""
    out = desk.folder / "annotations.jsonl"
    with desk.here():
        pipeline.pull(out, project=desk.project, title=desk.title, wanted=Wanted(full=full))
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    return [(line["annotation"], line["document"]["doc_id"]) for line in lines]
