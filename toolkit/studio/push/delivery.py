"""Batches on their way: several at once where wanted, each sent until it is stored, never twice blindly."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from threading import Lock

from toolkit.studio.push.journal import Journal, Kind
from toolkit.studio.reach.aside import aside
from toolkit.studio.reach.connection import Connection
from toolkit.studio.reach.failures import TRIES, RefusedError, UnclearError, UnreachableError, pause
from toolkit.studio.reach.projects import Desk, expect, stored

_POLL_SECONDS = 0.3
_BISECTED = {400, 413}


@dataclass(frozen=True, slots=True)
class Parcel:
    """One batch: by uid the JSON of its tasks, or of a prediction for each of them.

    ``floor`` is below the ids of the tasks it makes or means; ``ids`` are the tasks' own where they
    are known.
    """

    kind: Kind
    lines: dict[str, bytes]
    floor: int
    ids: dict[str, int]

    def part(self, uids: Iterable[str]) -> Parcel:
        """The same of some of its tasks."""
        return Parcel(self.kind, {uid: self.lines[uid] for uid in uids}, self.floor, self.ids)


@dataclass(slots=True)
class Round:
    """What one delivery of parcels brought: how many tasks, each with its prediction, and how many further
    predictions. ``clear``: every answer was the one that a stored batch gets.
    """

    tasks: int = 0
    predictions: int = 0
    clear: bool = True


class Courier:
    """Brings parcels to one project, up to ``concurrency`` of them at once.

    ``added`` and ``refreshed`` are the uids that got a task, or a prediction beside an older one;
    ``highest`` is the highest task id seen, ``round`` what came since the last ``begin_round``. ``begun``
    is true once anything may have changed on the server.
    """

    def __init__(
        self, connection: Connection, desk: Desk, journal: Journal, *, version: Callable[[], str],
        concurrency: int,
    ) -> None:  # fmt: skip
        self.added: set[str] = set()
        self.refreshed: set[str] = set()
        self.highest = 0
        self.begun = False
        self.round = Round()
        self._connection, self._desk, self._journal = connection, desk, journal
        self._version, self._concurrency = version, concurrency
        self._refused: dict[str, str] = {}
        self._slowest = 0.0
        self._lock = Lock()

    def begin_round(self) -> None:
        """Count anew."""
        self.round = Round()

    def take_refused(self) -> dict[str, str]:
        """By uid why the server did not take it, told once."""
        refused, self._refused = self._refused, {}
        return refused

    def deliver(self, parcels: Iterable[Parcel], on_done: Callable[[], None]) -> None:
        """Send all parcels; the next one is made in this thread while others are on their way.

        Raises the first failure that a parcel met, after those that were on their way have ended.
        """
        flying: set[Future[None]] = set()
        try:
            for parcel in parcels:
                if len(flying) >= self._concurrency:
                    flying = self._landed(flying)
                    on_done()
                flying.add(aside(self._deliver, parcel))
            while flying:
                flying = self._landed(flying)
                on_done()
        except Exception:
            wait(flying)
            raise

    @staticmethod
    def _landed(flying: set[Future[None]]) -> set[Future[None]]:
        """Those that are still on their way once one or more have ended."""
        done, others = wait(flying, return_when=FIRST_COMPLETED)
        failed = [error for one in done if (error := one.exception())]
        if failed:
            raise failed[0]
        return others

    def watch(self, parcel: Parcel, seconds: float) -> list[str]:
        """Look for a batch whose fate is unclear until it is there, or nothing has come for a while; gives
        the uids that are not.
        """
        quiet = seconds and max(seconds, 3 * self._slowest)
        left, since = self._missing(parcel), time.monotonic()
        while left and time.monotonic() - since < quiet:
            time.sleep(_POLL_SECONDS)
            still = self._missing(parcel.part(left))
            if len(still) < len(left):
                since = time.monotonic()
            left = still
        return left

    def _deliver(self, parcel: Parcel) -> None:
        """Send one batch until it is stored; after each failure only what is missing goes again."""
        failures = 0
        while parcel.lines:
            name = self._journal.plan(parcel.kind, self._desk.id, list(parcel.lines))
            started = time.monotonic()
            try:
                self._journal.step(name, "sent")
                self.begun = True
                self._post(parcel)
            except RefusedError as error:
                self.round.clear = False
                self._journal.step(name, "refused")
                self._halve(parcel, error)
                return
            except UnreachableError:
                failures += 1
                if failures == TRIES:
                    raise
                pause(failures)
            except UnclearError as error:
                self.round.clear = False
                failures += 1
                if failures == TRIES:
                    raise
                pause(failures)
                left = self.watch(parcel, error.watch)
                self._count(parcel, set(parcel.lines) - set(left))
                parcel = parcel.part(left)
            else:
                self._slowest = max(self._slowest, time.monotonic() - started)
                self._journal.step(name, "confirmed")
                self._count(parcel, set(parcel.lines))
                return

    def _halve(self, parcel: Parcel, error: RefusedError) -> None:
        """Part a refused batch until the one that the server does not take stands alone."""
        if error.status not in _BISECTED:
            raise error
        uids = list(parcel.lines)
        if len(uids) > 1:
            middle = len(uids) // 2
            self._deliver(parcel.part(uids[:middle]))
            self._deliver(parcel.part(uids[middle:]))
        else:
            self._refused[uids[0]] = error.problem

    def _post(self, parcel: Parcel) -> None:
        body = b"[" + b",".join(parcel.lines.values()) + b"]"
        path, place, count = f"api/projects/{self._desk.id}/import", self._desk.url, len(parcel.lines)
        if parcel.kind == "predictions":
            answer = self._connection.post(f"{path}/predictions", body)
            created = expect(answer, "created", int, place)
            if created != count:
                raise UnclearError(f"{created} of {count} predictions acknowledged", place=place)
            return
        answer = self._connection.post(path, body, return_task_ids=True)
        ids = expect(answer, "task_ids", list, place)
        if not (expect(answer, "task_count", int, place) == len(ids) == count):
            raise UnclearError(f"{len(ids)} of {count} tasks acknowledged", place=place)
        with self._lock:
            self.highest = max([self.highest, *ids])
            # On SQLite with people saving, the server stores tasks and drops their predictions, and says so.
            self.round.clear &= answer.get("prediction_count") == count

    def _missing(self, parcel: Parcel) -> list[str]:
        """Those of the batch that are not there, or lack their prediction."""
        tasks = stored(self._connection, self._desk.id, after=parcel.floor)
        if parcel.kind == "tasks":
            there = {task.uid for task in tasks}
            return [uid for uid in parcel.lines if uid not in there]
        wanted = {parcel.ids[uid]: uid for uid in parcel.lines}
        last = max(wanted)
        for task in tasks:
            if self._version() in task.versions:
                wanted.pop(task.id, None)
            if not wanted or task.id >= last:
                break
        left = set(wanted.values())
        return [uid for uid in parcel.lines if uid in left]

    def _count(self, parcel: Parcel, uids: set[str]) -> None:
        with self._lock:
            if parcel.kind == "tasks":
                self.added |= uids
                self.round.tasks += len(uids)
            else:
                self.refreshed |= uids - self.added
                self.round.predictions += len(uids)
