"""What a push has sent, written down before and after, so that a killed one can be taken up again.

``STATE/push/<digest of the title>.jsonl`` has one line per step of a batch: ``planned``, ``sent``,
``confirmed`` (or ``refused``). A batch that was sent and never confirmed may still be on its way into
the server.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import IO, Any, Literal

from toolkit.files import naming, to_json

Kind = Literal["tasks", "predictions"]


class Journal:
    """The steps of all pushes to one project; only one push at a time holds it, with as many threads as
    it likes.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._batches: dict[str, dict[str, Any]] = {}
        self._lock = RLock()
        self._read()

    def sent_before(self, project: int) -> set[str]:
        """The uids of every task that was ever sent to this project from here."""
        return {uid for batch in self._of(project) if batch["step"] != "planned" for uid in batch["uids"]}

    def unconfirmed(self, project: int) -> set[str]:
        """The uids of tasks that went out and whose arrival nobody has seen."""
        return {uid for batch in self._of(project) if batch["step"] == "sent" for uid in batch["uids"]}

    def plan(self, kind: Kind, project: int, uids: Sequence[str]) -> str:
        """Write down a batch about to be sent; gives its name."""
        with self._lock:
            name = f"{kind}-{len(self._batches) + 1}"
            line = {"batch": name, "step": "planned", "kind": kind, "project": project, "uids": list(uids)}
            self._write(line)
        return name

    def step(self, name: str, step: Literal["sent", "confirmed", "refused"]) -> None:
        """Write down how far a batch is."""
        self._write({"batch": name, "step": step})

    def confirm_all(self) -> None:
        """Every batch is accounted for: the server has been looked at."""
        for name, batch in list(self._batches.items()):
            if batch["step"] == "sent":
                self.step(name, "confirmed")

    def _of(self, project: int) -> list[dict[str, Any]]:
        wanted = {"kind": "tasks", "project": project}
        return [batch for batch in self._batches.values() if wanted.items() <= batch.items()]

    def _write(self, line: dict[str, Any]) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._lock:
            self._stream.write(to_json({"time": now, **line}).encode("utf-8") + b"\n")
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._note(line)

    def _note(self, line: dict[str, Any]) -> None:
        self._batches.setdefault(line["batch"], {}).update(line)

    def _read(self) -> None:
        """Take up what is there; a last line cut off by a power failure is ended and passed over."""
        self._stream.seek(0)
        line = b"\n"
        for line in self._stream:
            try:
                self._note(json.loads(line))
            except (ValueError, KeyError, TypeError):
                continue
        if not line.endswith(b"\n"):
            self._stream.write(b"\n")


@contextmanager
def alone(state: Path, title: str) -> Iterator[Journal]:
    """The journal of the project with this title; a second push waits here until the first has ended.

    Raises ``DataError`` when the state folder cannot be written.
    """
    from filelock import FileLock

    name = hashlib.sha256(title.encode("utf-8")).hexdigest()[:16]
    folder = state / "push"
    with naming(folder):
        for path in (state, folder):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(folder / f"{name}.lock", mode=0o600)
        lock.acquire()
    file = folder / f"{name}.jsonl"
    try:
        with naming(file):
            handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
        with os.fdopen(handle, "r+b") as stream:
            yield Journal(stream)
    finally:
        lock.release()
