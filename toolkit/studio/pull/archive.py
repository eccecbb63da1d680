"""Every pull, kept for good: anybody with an account can delete the project on the server.

``STATE/pulls/<digest of the content>.jsonl.gz`` has the annotation records of a pull and is never
written again; ``STATE/pulls.jsonl`` has one line per pull with its counts and the server's own;
``STATE/pulled/<project>.json`` says what the last pull saw of every task, so that the next one fetches
only what changed since.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from toolkit.files import naming, replacing, to_json
from toolkit.spool import Spool
from toolkit.studio.pull.harvest import Harvest, Row
from toolkit.studio.pull.people import People


@dataclass(frozen=True, slots=True)
class Last:
    """The last pull of a project: when (UTC), each task's row, and the file of its records."""

    time: str
    rows: dict[int, Row]
    file: Path

    def records(self) -> Iterator[tuple[bytes, dict[str, Any]]]:
        """Each record as JSON and as it reads."""
        from msgspec.json import decode

        with naming(self.file), gzip.open(self.file) as kept:
            for line in kept:
                yield line.rstrip(b"\n"), decode(line)


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
        try:
            seen = json.loads(self._seen.read_text("utf-8"))
            names = seen["people"].items()
            if seen["mark"] != mark or any(people.pseudonym(int(who))[0] != name for who, name in names):
                return None
            file = self._file(seen["archive"])
            if _name(_unpacked(file)) != seen["archive"]:
                return None
            return Last(seen["time"], {row["task"]: Row(**row) for row in seen["rows"]}, file)
        except (OSError, EOFError, ValueError, KeyError, TypeError, zlib.error):
            return None

    def keep(self, harvest: Harvest, *, mark: str, line: dict[str, Any]) -> Path:
        """Write a pull down, ``line`` being what the log says of it; gives the archive's file."""
        name, now = _name(_lines(harvest.waiting)), datetime.now(UTC).isoformat(timespec="seconds")
        kept = self._file(name)
        for folder in (kept.parent, self._seen.parent):
            with naming(folder):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _whole(kept):
            with replacing(kept, mode=0o600) as stream, _packed(stream) as packed:
                for record in _lines(harvest.waiting):
                    packed.write(record)
        self._log({"time": now, **line, "archive": name})
        seen = {
            "time": now, "mark": mark, "archive": name, "people": harvest.people.seen,
            "rows": [asdict(row) for row in harvest.rows.values()],
        }  # fmt: skip
        with replacing(self._seen, mode=0o600) as stream:
            stream.write(to_json(seen).encode("utf-8"))
        return kept

    def _file(self, name: str) -> Path:
        return self._state / "pulls" / f"{name}.jsonl.gz"

    def _log(self, line: dict[str, Any]) -> None:
        file = self._state / "pulls.jsonl"
        with naming(file):
            handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(handle, "wb") as stream:
                stream.write(to_json(line).encode("utf-8") + b"\n")


def unpack(archive: Path, out: Path | str) -> None:
    """Write the records of a kept pull to ``out``; ``-`` is stdout."""
    with naming(archive), gzip.open(archive) as kept, replacing(out) as stream:
        shutil.copyfileobj(kept, stream)


def _packed(stream: IO[bytes]) -> gzip.GzipFile:
    """The same records give the same bytes: neither time nor name are in them."""
    return gzip.GzipFile(filename="", mode="wb", fileobj=stream, mtime=0)


def _unpacked(file: Path) -> Iterator[bytes]:
    with gzip.open(file) as kept:
        yield from kept


def _whole(file: Path) -> bool:
    """Whether the archive is there and has what it is named after."""
    try:
        return _name(_unpacked(file)) == file.name.removesuffix(".jsonl.gz")
    except (OSError, EOFError, zlib.error):
        return False


def _name(lines: Iterable[bytes]) -> str:
    """What an archive with these lines is called."""
    digest = hashlib.sha256()
    for line in lines:
        digest.update(line)
    return digest.hexdigest()[:32]


def _lines(waiting: Spool) -> Iterator[bytes]:
    for record in waiting:
        yield to_json(record).encode("utf-8") + b"\n"
