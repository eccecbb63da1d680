"""Every pull, kept for good: anybody with an account can delete the project on the server.

``STATE/pulls/<digest of the records>.jsonl.gz`` has the annotation records of a pull, and no other
content ever; ``STATE/pulls.jsonl`` has one line per pull with its counts and the server's own;
``STATE/pulled/<project>.json`` says what the last pull saw of every task, so that the next one fetches
only what changed since. Each record is packed by itself, so that the next archive takes over those that
stay without unpacking them; and the next file their lines from the last one, unless that was touched.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path
from typing import IO, Any

from toolkit.errors import DataError
from toolkit.files import naming, replacing, to_json
from toolkit.studio.pull.harvest import Harvest, Kept, Record, Row
from toolkit.studio.pull.people import People
from toolkit.studio.pull.written import Touch, as_left, touch, write_lines, write_packed
from toolkit.studio.reach.aside import aside


@dataclass(frozen=True, slots=True)
class Last:
    """The last pull of a project: when (UTC), each task's row, its records in the order of the archive
    ``file``, whether that is what was written, and the file that it wrote, unless that was touched since.
    """

    time: str
    rows: dict[int, Row]
    kept: tuple[Kept, ...]
    file: IO[bytes]
    sound: Future[bool]
    lines: IO[bytes] | None

    def records(self) -> Iterator[Record]:
        """The records and where they are."""
        packed = line = 0
        for one in self.kept:
            written = (self.lines, line, one.length) if self.lines else None
            yield Record(one, (self.file, packed, one.size), written)
            packed += one.size
            line += one.length


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is written down of the last pull; ``packed`` is the sha256 of the archive's file, ``out`` tells
    whether somebody touched the file that it wrote.
    """

    time: str
    mark: str
    archive: str
    packed: str
    out: Touch
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
        self._left: Touch = ()

    def last(self, mark: str, people: People, out: Path | str) -> Last | None:
        """The last pull, as long as it was made under the same ``mark`` and its people have the same names;
        ``out`` is where the next one is going to write.

        None as well when anything of it is missing. It takes as long to read its archive through as the
        server takes for its first answers.
        """
        from msgspec import DecodeError
        from msgspec.json import decode

        try:
            seen = decode(self._seen.read_bytes(), type=_Seen)
            names = seen.people.items()
            if seen.mark != mark or any(people.pseudonym(int(who))[0] != name for who, name in names):
                return None
            file = self.enter_context(self._file(seen.archive).open("rb"))
            sound = aside(_is_sound, file, seen.packed)
            rows = {row.task: row for row in seen.rows}
            self._left = seen.out
            return Last(seen.time, rows, seen.records, file, sound, self._untouched(out, seen.out))
        except (OSError, ValueError, DecodeError):
            return None

    def keep(self, harvest: Harvest, out: Path | str, *, mark: str, line: dict[str, Any]) -> Path:
        """Write a pull down and its records to ``out`` (``-`` is stdout), ``line`` being what the log says of
        it; gives the archive's file, which is there before ``out`` takes the place of an older one.

        Raises ``DataError`` when a file cannot be written, or somebody wrote to ``out`` meanwhile.
        """
        from msgspec.json import encode

        now = datetime.now(UTC).isoformat(timespec="seconds")
        records = harvest.in_order()
        # Told by the digests of the lines, so that no line has to be read for it.
        name = hashlib.sha256("".join(one.kept.digest for one in records).encode()).hexdigest()[:32]
        kept = self._file(name)
        for folder in (kept.parent, self._seen.parent):
            with naming(folder):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with replacing(out) as stream:
            write_lines(records, harvest.pile, stream)
            if any(one.line for one in records) and touch(out) != self._left:
                raise DataError(
                    "somebody wrote to it while a pull took lines from it", place=str(out),
                    fix="run the same command again; nothing is lost",
                )  # fmt: skip
            with replacing(kept, mode=0o600) as file:
                packed = write_packed(records, harvest.pile, file)
            self._log({"time": now, **line, "archive": name})
            stream.flush()
            written = touch(stream)
        seen = _Seen(
            now, mark, name, packed, as_left(out, written), harvest.people.seen, tuple(harvest.rows.values()),
            tuple(one.kept for one in records),
        )  # fmt: skip
        with replacing(self._seen, mode=0o600) as state:
            state.write(encode(seen))
        return kept

    def _untouched(self, out: Path | str, left: Touch) -> IO[bytes] | None:
        """The file that the last pull wrote, as it left it."""
        if not left or touch(out) != left:
            return None
        file = self.enter_context(Path(out).open("rb"))  # noqa: SIM115
        return file if touch(file) == left else None

    def _file(self, name: str) -> Path:
        return self._state / "pulls" / f"{name}.jsonl.gz"

    def _log(self, line: dict[str, Any]) -> None:
        file = self._state / "pulls.jsonl"
        with naming(file):
            handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(to_json(line).encode("utf-8") + b"\n")


def _is_sound(file: BufferedReader, packed: str) -> bool:
    return hashlib.file_digest(file, "sha256").hexdigest() == packed
