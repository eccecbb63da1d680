"""Every pull, kept for good: anybody with an account can delete the project on the server.

``STATE/pulls/<digest of the content>.jsonl.gz`` has the annotation records of a pull and is never
written again; ``STATE/pulls.jsonl`` has one line per pull with its counts and the server's own;
``STATE/pulled/<project>.json`` says what the last pull saw of every task, so that the next one fetches
only what changed since. Each record is packed by itself, so that the next archive takes over those that
stay without unpacking them.
"""

from __future__ import annotations

import gzip
import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from toolkit.files import naming, replacing, to_json
from toolkit.studio.pull.harvest import GZIP, Harvest, Kept, Row
from toolkit.studio.pull.people import People


@dataclass(frozen=True, slots=True)
class Last:
    """The last pull of a project: when (UTC), each task's row, and its records in the order of the file."""

    time: str
    rows: dict[int, Row]
    kept: tuple[Kept, ...]
    file: Path

    def records(self) -> Iterator[tuple[Kept, bytes]]:
        """What is known of each record, and the record as it is packed."""
        with naming(self.file), self.file.open("rb") as stream:
            for one in self.kept:
                yield one, stream.read(one.size)


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


class Archive:
    """The kept pulls of one project of one server."""

    def __init__(self, state: Path, *, url: str, project: int) -> None:
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
            file = self._file(seen.archive)
            with file.open("rb") as stream:
                if hashlib.file_digest(stream, "sha256").hexdigest() != seen.packed:
                    return None
            return Last(seen.time, {row.task: row for row in seen.rows}, seen.records, file)
        except (OSError, ValueError, DecodeError):
            return None

    def keep(self, harvest: Harvest, out: Path | str, *, mark: str, line: dict[str, Any]) -> Path:
        """Write a pull down and its records to ``out`` (``-`` is stdout), ``line`` being what the log says of
        it; gives the archive's file, which is there before ``out`` takes the place of an older one.
        """
        from msgspec.json import encode

        now = datetime.now(UTC).isoformat(timespec="seconds")
        with replacing(out) as stream:
            name = _unpack(harvest.waiting.lines(), stream)
            kept = self._file(name)
            for folder in (kept.parent, self._seen.parent):
                with naming(folder):
                    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _whole(kept):
                with replacing(kept, mode=0o600) as packed:
                    packed.writelines(harvest.waiting.lines())
            self._log({"time": now, **line, "archive": name})
            with naming(kept), kept.open("rb") as whole:
                digest = hashlib.file_digest(whole, "sha256").hexdigest()
            seen = _Seen(
                now, mark, name, digest, harvest.people.seen, tuple(harvest.rows.values()),
                tuple(one for _, one in sorted(harvest.kept.items())),
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


def _unpack(records: Iterable[bytes], stream: IO[bytes]) -> str:
    """Write packed records as they read; gives the name of an archive with them."""
    digest = hashlib.sha256()
    for record in records:
        line = zlib.decompress(record, wbits=GZIP)
        digest.update(line)
        stream.write(line)
    return digest.hexdigest()[:32]


def _whole(file: Path) -> bool:
    """Whether the archive is there and has what it is named after."""
    digest = hashlib.sha256()
    with suppress(OSError, EOFError, zlib.error), gzip.open(file) as kept:
        for line in kept:
            digest.update(line)
        return digest.hexdigest()[:32] == file.name.removesuffix(".jsonl.gz")
    return False
