"""Every pull, kept for good: anybody with an account can delete the project on the server.

``STATE/pulls/<digest of the content>.jsonl.gz`` has the annotation records of a pull, and no other
content ever; ``STATE/pulls.jsonl`` has one line per pull with its counts and the server's own;
``STATE/pulled/<project>.json`` says what the last pull saw of every task, so that the next one fetches
only what changed since. Each record is packed by itself, so that the next archive takes over those that
stay without unpacking them.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from toolkit.files import naming, replacing, to_json
from toolkit.studio.pull.harvest import GZIP, Harvest, Kept, Row
from toolkit.studio.pull.people import People
from toolkit.studio.pull.pile import Place
from toolkit.studio.reach.aside import aside

# Packed bytes that are unpacked at a time.
_PART = 512 * 1024
_AHEAD = 2


@dataclass(frozen=True, slots=True)
class Last:
    """The last pull of a project: when (UTC), each task's row, and its records in the order of the file."""

    time: str
    rows: dict[int, Row]
    kept: tuple[Kept, ...]
    file: IO[bytes]

    def records(self) -> Iterator[tuple[Kept, Place]]:
        """What is known of each record, and where it is."""
        start = 0
        for one in self.kept:
            yield one, (self.file, start, one.size)
            start += one.size


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is written down of the last pull; ``packed`` is the sha256 of the archive's file."""

    time: str
    mark: str
    archive: str
    packed: str
    people: dict[str, str]
    rows: tuple[Row, ...]
    records: tuple[Kept, ...]


class Archive(ExitStack):
    """The kept pulls of one project of one server; what :meth:`last` gives holds until it is closed."""

    def __init__(self, state: Path, *, url: str, project: int) -> None:
        super().__init__()
        self._state = state
        name = hashlib.sha256(f"{url} {project}".encode()).hexdigest()[:16]
        self._seen = state / "pulled" / f"{name}.json"

    def last(self, mark: str, people: People) -> Last | None:
        """The last pull, as long as it was made under the same ``mark`` and its people have the same names.

        None as well when anything of it is missing or is not what was written.
        """
        from msgspec import DecodeError
        from msgspec.json import decode

        try:
            seen = decode(self._seen.read_bytes(), type=_Seen)
            names = seen.people.items()
            if seen.mark != mark or any(people.pseudonym(int(who))[0] != name for who, name in names):
                return None
            stream = self.enter_context(self._file(seen.archive).open("rb"))
            if hashlib.file_digest(stream, "sha256").hexdigest() != seen.packed:
                return None
            return Last(seen.time, {row.task: row for row in seen.rows}, seen.records, stream)
        except (OSError, ValueError, DecodeError):
            return None

    def keep(self, harvest: Harvest, out: Path | str, *, mark: str, line: dict[str, Any]) -> Path:
        """Write a pull down and its records to ``out`` (``-`` is stdout), ``line`` being what the log says of
        it; gives the archive's file, which is there before ``out`` takes the place of an older one.
        """
        from msgspec.json import encode

        now = datetime.now(UTC).isoformat(timespec="seconds")
        with replacing(out) as stream:
            name, packed = _unpack(harvest.packed(), stream)
            kept = self._file(name)
            for folder in (kept.parent, self._seen.parent):
                with naming(folder):
                    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _digest(kept) != packed:
                with replacing(kept, mode=0o600) as file:
                    file.writelines(harvest.packed())
            self._log({"time": now, **line, "archive": name})
            seen = _Seen(
                now, mark, name, packed, harvest.people.seen, tuple(harvest.rows.values()),
                tuple(harvest.in_order()),
            )  # fmt: skip
            with replacing(self._seen, mode=0o600) as state:
                state.write(encode(seen))
        return kept

    def _file(self, name: str) -> Path:
        return self._state / "pulls" / f"{name}.jsonl.gz"

    def _log(self, line: dict[str, Any]) -> None:
        file = self._state / "pulls.jsonl"
        with naming(file):
            handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(to_json(line).encode("utf-8") + b"\n")


def _unpack(records: Iterable[bytes], stream: IO[bytes]) -> tuple[str, str]:
    """Write packed records as they read; gives the name of an archive with them, and its file's sha256."""
    content, packed = hashlib.sha256(), hashlib.sha256()
    coming: deque[Future[bytes]] = deque()

    def write(most: int) -> None:
        while len(coming) > most:
            part = coming.popleft().result()
            content.update(part)
            stream.write(part)

    for part in _parts(records):
        coming.append(aside(_unpacked, part))
        packed.update(b"".join(part))
        write(_AHEAD)
    write(0)
    return content.hexdigest()[:32], packed.hexdigest()


def _parts(records: Iterable[bytes]) -> Iterator[list[bytes]]:
    part: list[bytes] = []
    weight = 0
    for record in records:
        part.append(record)
        weight += len(record)
        if weight >= _PART:
            yield part
            part, weight = [], 0
    yield part


def _unpacked(records: list[bytes]) -> bytes:
    return b"".join(zlib.decompress(record, wbits=GZIP) for record in records)


def _digest(file: Path) -> str:
    """The sha256 of a file; none where there is no such file, or it cannot be read."""
    with suppress(OSError), file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
    return ""
