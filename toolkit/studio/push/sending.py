"""Exactly once: tasks and predictions go out in batches, and the server's listing says what arrived."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from toolkit.errors import ServerError
from toolkit.files import Progress
from toolkit.model import Issue
from toolkit.spool import Spool
from toolkit.studio.push.journal import Journal, Kind
from toolkit.studio.reach.connection import Connection
from toolkit.studio.reach.failures import (
    TRIES,
    WATCH_SECONDS,
    RefusedError,
    UnclearError,
    UnreachableError,
    pause,
)
from toolkit.studio.reach.projects import Desk, Stored, expect, source_of, stored

MOST_BYTES = 16 * 1024 * 1024
_POLL_SECONDS = 0.3
_BISECTED = {400, 413}
Missing = Callable[[list[str]], list[str]]


class Sender:
    """One push: brings the tasks of ``waiting`` (by uid) into a project, each once, with a prediction of
    ``version``.

    ``added`` and ``refreshed`` are the uids that got a task, or a prediction beside an older one;
    ``changed`` ones have a text that takes the place of an older one's, whose task stays as it is;
    ``issues`` are tasks that the server refused, and doubles that were left; ``begun`` is true once
    anything may have changed on the server.
    """

    def __init__(
        self, connection: Connection, desk: Desk, waiting: Spool, *, version: str, journal: Journal,
        batch: int, on_progress: Progress | None,
    ) -> None:  # fmt: skip
        self.added: set[str] = set()
        self.refreshed: set[str] = set()
        self.issues: list[Issue] = []
        self.changed: dict[str, Stored] = {}
        self.begun = False
        self._connection, self._desk, self._waiting, self._version = connection, desk, waiting, version
        self._journal, self._batch, self._on_progress = journal, batch, on_progress
        self._ids: dict[str, int] = {}
        self._highest = 0
        self._slowest = 0.0
        self._unclear = False
        self._total = 0

    def run(self) -> dict[str, Stored]:
        """Look, send what is missing, and look again until nothing is; gives what is stored by uid.

        Raises ``ServerError`` when the server fails for good, or keeps losing what it is sent.
        """
        known = self._look()
        late = self._journal.unconfirmed(self._desk.id) - known.keys()
        if late and self._await(sorted(late), self._not_stored, WATCH_SECONDS) != sorted(late):
            known = self._look()
        self._note_changed(known)
        for _ in range(TRIES):
            uids = list(self._waiting.documents())
            fresh = [uid for uid in uids if uid not in known]
            lacking = [uid for uid in uids if uid in known and self._version not in known[uid].versions]
            if not fresh and not lacking:
                self._journal.confirm_all()
                return known
            self._total = self._total or len(fresh) + len(lacking)
            self._report()
            self._deliver_all(fresh, "tasks", self._import, self._not_stored)
            lacking.sort(key=lambda uid: known[uid].id)
            self._deliver_all(lacking, "predictions", self._predict, self._not_predicted)
            known = self._look()
        raise ServerError(
            "the server keeps losing what it is sent", place=self._desk.url,
            fix="look at its log; people saving while it runs on SQLite can do this, so try again later",
        )  # fmt: skip

    def _look(self) -> dict[str, Stored]:
        """Everything that is stored, one task a uid; doubles of ours are removed on the way.

        Where it is unclear whether one went, only another look tells; a number is never acted upon twice
        without it, since by then it may be another task's.
        """
        for _ in range(TRIES):
            self._unclear = False
            known = self._list()
            if not self._unclear:
                break
        return known

    def _list(self) -> dict[str, Stored]:
        self.issues = [issue for issue in self.issues if issue.check != "push/double"]
        copies: dict[str, list[Stored]] = {}
        for task in stored(self._connection, self._desk.id):
            self._highest = max(self._highest, task.id)
            if task.uid:
                copies.setdefault(task.uid, []).append(task)
        known = {uid: tasks[0] if len(tasks) == 1 else self._one_of(tasks) for uid, tasks in copies.items()}
        self._ids = {uid: task.id for uid, task in known.items() if uid in self._waiting}
        for uid in self._ids:
            if known[uid].predictions > len(known[uid].versions):
                self._thin(known[uid])
        return known

    def _one_of(self, copies: list[Stored]) -> Stored:
        """The copy to keep: one that people worked on, else the oldest."""
        keep, *others = sorted(copies, key=lambda task: (not task.touched, task.id))
        ours = keep.uid in self._waiting or keep.uid in self._journal.sent_before(self._desk.id)
        for task in others:
            if not (ours and self._removed(task)):
                both = ", and people worked on both" if task.touched else ""
                self.issues.append(
                    Issue(
                        severity="warning", check="push/double", record=task.uid, path=self._desk.url,
                        message=f"tasks {keep.id} and {task.id} are the same document{both}",
                        fix="decide in Label Studio which one to delete",
                    )
                )  # fmt: skip
        return keep

    def _thin(self, task: Stored) -> None:
        """Delete our own predictions that a late commit stacked upon the same ones."""
        seen: set[str] = set()
        found = self._connection.get("api/predictions/", task=task.id)
        place = self._desk.url
        for prediction in sorted(found, key=lambda one: int(expect(one, "id", int, place))):
            version = expect(prediction, "model_version", (str, type(None)), place) or ""
            if version == self._version and version in seen:
                self._gone(self._connection.sdk.predictions.delete, prediction["id"])
            seen.add(version)

    def _removed(self, task: Stored) -> bool:
        """Delete a double, after one more look that it still is ours and untouched."""
        if task.touched:
            return False
        now = next(stored(self._connection, self._desk.id, after=task.id - 1, page=1), None)
        if now != task:
            return False
        return self._gone(self._connection.sdk.tasks.delete, str(task.id))

    def _gone(self, delete: Callable[..., Any], number: Any) -> bool:
        """Delete by number, once; whether the server said that it did."""
        try:
            self._connection.send(delete, number)
        except UnclearError:
            self._unclear = True
            return False
        except RefusedError as error:
            self._unclear = self._unclear or error.status == 404
            return False
        return True

    def _deliver_all(
        self, uids: list[str], kind: Kind, post: Callable[[list[str]], None], missing: Missing
    ) -> None:
        for batch in self._waiting.batches(uids, most=self._batch, most_bytes=MOST_BYTES):
            self._deliver(batch, kind, post, missing)
            self._report()

    def _deliver(
        self, uids: list[str], kind: Kind, post: Callable[[list[str]], None], missing: Missing
    ) -> None:
        """Send one batch until it is stored; after each failure only what is missing goes again."""
        failures = 0
        while uids:
            name = self._journal.plan(kind, self._desk.id, uids)
            started = time.monotonic()
            try:
                self._journal.step(name, "sent")
                post(uids)
            except RefusedError as error:
                self._journal.step(name, "refused")
                self._halve(uids, kind, post, missing, error)
                return
            except UnreachableError:
                failures += 1
                if failures == TRIES:
                    raise
                pause(failures)
            except UnclearError as error:
                failures += 1
                if failures == TRIES:
                    raise
                pause(failures)
                left = self._await(uids, missing, error.watch)
                self._count(kind, set(uids) - set(left))
                uids = left
            else:
                self._slowest = max(self._slowest, time.monotonic() - started)
                self._journal.step(name, "confirmed")
                self._count(kind, set(uids))
                return

    def _halve(
        self, uids: list[str], kind: Kind, post: Callable[[list[str]], None], missing: Missing,
        error: RefusedError,
    ) -> None:  # fmt: skip
        """Part a refused batch until the one that the server does not take stands alone."""
        if error.status not in _BISECTED:
            raise error
        if len(uids) > 1:
            middle = len(uids) // 2
            self._deliver(uids[:middle], kind, post, missing)
            self._deliver(uids[middle:], kind, post, missing)
            return
        self._waiting.drop(uids[0])
        self.issues.append(
            Issue(
                check="push/refused", record=uids[0], path=self._desk.url, message=error.problem,
                fix="look at this document's draft; the others were sent",
            )
        )  # fmt: skip

    def _import(self, uids: list[str]) -> None:
        tasks = [self._task(uid) for uid in uids]
        self.begun = True
        answer: Any = self._connection.send(
            self._connection.sdk.projects.import_tasks, self._desk.id, request=tasks, return_task_ids=True
        )
        ids = getattr(answer, "task_ids", None) or []
        if not (answer.task_count == len(ids) == len(uids)):
            raise UnclearError(f"{len(ids)} of {len(uids)} tasks acknowledged", place=self._desk.url)
        self._highest = max([self._highest, *ids])

    def _predict(self, uids: list[str]) -> None:
        """Add predictions to tasks that are there, beside whatever they have."""
        predictions = [
            {"task": self._ids[uid], **prediction}
            for uid in uids
            for prediction in self._task(uid)["predictions"]
        ]
        self.begun = True
        answer: Any = self._connection.send(
            self._connection.sdk.projects.import_predictions, self._desk.id, request=predictions
        )
        if answer.created != len(predictions):
            raise UnclearError(
                f"{answer.created} of {len(predictions)} predictions acknowledged", place=self._desk.url
            )

    def _task(self, uid: str) -> dict[str, Any]:
        task = self._waiting.get(uid)
        for prediction in task["predictions"]:
            prediction["model_version"] = self._version
        if uid in self.changed:
            task["data"]["replaces"] = self.changed[uid].uid
        return task

    def _note_changed(self, known: dict[str, Stored]) -> None:
        """Find the documents whose text is new while their source was there with an older one."""
        older = {task.source: task for uid, task in known.items() if task.source and uid not in self._waiting}
        if not older:
            return
        for uid in self._waiting.documents():
            old = older.get(source_of(self._waiting.get(uid)["data"]))
            if old and uid not in known:
                self.changed[uid] = old

    def _await(self, uids: list[str], missing: Missing, watch: float) -> list[str]:
        """Look for a batch whose fate is unclear until it is there, or nothing has come for a while."""
        quiet = watch and max(watch, 3 * self._slowest)
        left, since = missing(uids), time.monotonic()
        while left and time.monotonic() - since < quiet:
            time.sleep(_POLL_SECONDS)
            still = missing(left)
            if len(still) < len(left):
                since = time.monotonic()
            left = still
        return left

    def _not_stored(self, uids: list[str]) -> list[str]:
        new = {task.uid for task in stored(self._connection, self._desk.id, after=self._highest)}
        return [uid for uid in uids if uid not in new]

    def _not_predicted(self, uids: list[str]) -> list[str]:
        wanted = {self._ids[uid]: uid for uid in uids}
        for task in stored(self._connection, self._desk.id, after=min(wanted) - 1):
            if self._version in task.versions:
                wanted.pop(task.id, None)
            if not wanted or task.id >= max(wanted):
                break
        return [uid for uid in uids if uid in wanted.values()]

    def _count(self, kind: Kind, uids: set[str]) -> None:
        if kind == "tasks":
            self.added |= uids
        else:
            self.refreshed |= uids - self.added

    def _report(self) -> None:
        if self._on_progress:
            self._on_progress(len(self.added | self.refreshed), self._total)
