"""Exactly once: what is missing on the server is sent, and the server itself says what arrived."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from toolkit.errors import ServerError
from toolkit.files import Progress, to_json
from toolkit.model import Issue
from toolkit.spool import Spool
from toolkit.studio.push.delivery import Courier, Parcel
from toolkit.studio.push.journal import Journal
from toolkit.studio.reach import projects
from toolkit.studio.reach.connection import Connection
from toolkit.studio.reach.failures import TRIES, WATCH_SECONDS, RefusedError, UnclearError
from toolkit.studio.reach.projects import Desk, Stored, condition, expect, source_of, stored

MOST_BYTES = 16 * 1024 * 1024


class Sums(NamedTuple):
    """How many tasks a project has, with how many predictions, and how many tasks have one of ours."""

    tasks: int
    predictions: int
    ours: int


class Sender:
    """One push: brings the tasks of ``waiting`` (by uid) into a project, each once, with a prediction of
    the rules' ``version``, which is known as soon as a task waits.

    ``courier`` knows what was added and refreshed; ``changed`` tasks have a text that takes the place of an
    older one's, whose task stays as it is; ``issues`` are tasks that the server refused, and doubles that
    were left.
    """

    def __init__(
        self, connection: Connection, desk: Desk, waiting: Spool, *, version: Callable[[], str],
        journal: Journal, batch: int, concurrency: int, on_progress: Progress | None,
    ) -> None:  # fmt: skip
        self.courier = Courier(connection, desk, journal, version=version, concurrency=concurrency)
        self.issues: list[Issue] = []
        self.changed: dict[str, Stored] = {}
        self._connection, self._desk, self._waiting, self._version = connection, desk, waiting, version
        self._journal, self._batch, self._on_progress = journal, batch, on_progress
        self._ids: dict[str, int] = {}
        self._unclear = False
        self._total: int | None = None

    def run(self, arriving: Iterator[str]) -> dict[str, Stored]:
        """Look, send what is missing, and look again until nothing is; gives what was stored at the last
        look, by uid.

        ``arriving`` are the uids of tasks as they come to wait. Into an empty project they go out as they
        come, so that the next ones are made while the server stores those before.

        Raises ``ServerError`` when the server fails for good, or keeps losing what it is sent.
        """
        empty = projects.count(self._connection, self._desk.id) == 0
        if empty and not self._journal.unconfirmed(self._desk.id):
            self._send_tasks(self._counted(arriving))
            if self._as_sent(Sums(0, 0, 0)):
                return {}
        for _ in arriving:
            pass
        known = self._look()
        late = sorted(self._journal.unconfirmed(self._desk.id) - known.keys())
        if late and self.courier.watch(self._tasks(late), WATCH_SECONDS) != late:
            known = self._look()
        self._note_changed(known)
        for _ in range(TRIES):
            uids = list(self._waiting.documents())
            fresh = [uid for uid in uids if uid not in known]
            lacking = [uid for uid in uids if uid in known and self._version() not in known[uid].versions]
            if not fresh and not lacking:
                self._journal.confirm_all()
                return known
            self._total = self._total or len(fresh) + len(lacking)
            before = self._sums()
            self.courier.begin_round()
            self._send_tasks(fresh)
            self._send_predictions(sorted(lacking, key=lambda uid: known[uid].id))
            if self._as_sent(before):
                self._journal.confirm_all()
                return known
            known = self._look()
        raise ServerError(
            "the server keeps losing what it is sent", place=self._desk.url,
            fix="look at its log; people saving while it runs on SQLite can do this, so try again later",
        )  # fmt: skip

    def _counted(self, arriving: Iterator[str]) -> Iterator[str]:
        """The same uids; how many there are is known after the last."""
        yield from arriving
        self._total = len(self._waiting)

    def _send_tasks(self, uids: Iterable[str]) -> None:
        self._send(self._tasks(batch) for batch in self._batches(uids))

    def _send_predictions(self, uids: Iterable[str]) -> None:
        """Add predictions to tasks that are there, beside whatever they have."""
        self._send(self._predictions(batch) for batch in self._batches(uids))

    def _send(self, parcels: Iterable[Parcel]) -> None:
        try:
            self.courier.deliver(parcels, self._report)
        finally:
            for uid, problem in sorted(self.courier.take_refused().items()):
                self._waiting.drop(uid)
                self.issues.append(
                    Issue(
                        check="push/refused", record=uid, path=self._desk.url, message=problem,
                        fix="look at this document's draft; the others were sent",
                    )
                )  # fmt: skip

    def _batches(self, uids: Iterable[str]) -> Iterator[list[str]]:
        return self._waiting.batches(uids, most=self._batch, most_bytes=MOST_BYTES)

    def _tasks(self, uids: Iterable[str]) -> Parcel:
        return Parcel("tasks", {uid: self._line(uid) for uid in uids}, self.courier.highest, {})

    def _predictions(self, uids: list[str]) -> Parcel:
        lines: dict[str, bytes] = {}
        for uid in uids:
            (prediction,) = self._waiting.get(uid)["predictions"]
            lines[uid] = to_json({"task": self._ids[uid], **prediction}).encode("utf-8")
        ids = {uid: self._ids[uid] for uid in uids}
        return Parcel("predictions", lines, min(ids.values()) - 1, ids)

    def _line(self, uid: str) -> bytes:
        """The task as it is sent; one whose text is new names the one before."""
        if uid not in self.changed:
            return self._waiting.line(uid)
        task = json.loads(self._waiting.line(uid))
        task["data"]["replaces"] = self.changed[uid].uid
        return to_json(task).encode("utf-8")

    def _sums(self) -> Sums:
        """What the server counts now, in a fraction of the time that a look at every task takes."""
        ours = condition("predictions_model_versions", "contains", "List", self._version())
        return Sums(
            *projects.totals(self._connection, self._desk.id),
            projects.count(self._connection, self._desk.id, ours),
        )

    def _as_sent(self, before: Sums) -> bool:
        """Whether every batch of this round was acknowledged as it should be, and the sums have become
        larger by just what was sent. Otherwise every task has to be looked at.
        """
        sent = self.courier.round
        more = sent.tasks + sent.predictions
        return sent.clear and self._sums() == (
            before.tasks + sent.tasks, before.predictions + more, before.ours + more
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
            self.courier.highest = max(self.courier.highest, task.id)
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
            if version == self._version() and version in seen:
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

    def _note_changed(self, known: dict[str, Stored]) -> None:
        """Find the documents whose text is new while their source was there with an older one."""
        older = {task.source: task for uid, task in known.items() if task.source and uid not in self._waiting}
        if not older:
            return
        for uid in self._waiting.documents():
            old = older.get(source_of(self._waiting.get(uid)["data"]))
            if old and uid not in known:
                self.changed[uid] = old

    def _report(self) -> None:
        if self._on_progress:
            self._on_progress(len(self.courier.added | self.courier.refreshed), self._total)
