"""The files a pull writes: lines that stay are copied from the last file as long as nobody touched it."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path
from typing import IO

from toolkit.studio.pull.harvest import Record
from toolkit.studio.pull.pile import Pile, Place, unpack

_RUN = 4 * 1024 * 1024
Touch = tuple[int, ...]
# To rename a file changes the last part, the time of its inode.
_OURS = 4


def write_lines(records: Sequence[Record], pile: Pile, stream: IO[bytes]) -> None:
    """Write the records' lines: those that the last pull's file has are copied, the others unpacked."""
    for earlier, group in groupby(records, lambda one: one.line is not None):
        if earlier:
            for source, start, size in _runs(one.line for one in group if one.line):
                _copy(source, start, size, stream)
        else:
            for packed in pile.read(one.packed for one in group):
                stream.write(unpack(packed))


def write_packed(records: Sequence[Record], pile: Pile, file: IO[bytes]) -> str:
    """Write the records as they are packed; gives the sha256 of it all."""
    found = hashlib.sha256()
    for packed in pile.read(_runs(one.packed for one in records)):
        found.update(packed)
        file.write(packed)
    return found.hexdigest()


def _runs(places: Iterable[Place]) -> Iterator[Place]:
    """The same bytes in the same order as fewer places, each up to a few megabytes."""
    run: Place | None = None
    for place in places:
        if run and place[0] is run[0] and place[1] == run[1] + run[2] and run[2] < _RUN:
            run = (run[0], run[1], run[2] + place[2])
            continue
        if run:
            yield run
        run = place
    if run:
        yield run


def _copy(source: IO[bytes], start: int, size: int, stream: IO[bytes]) -> None:
    """Copy a part of a file, by the operating system where that can."""
    stream.flush()
    with suppress(OSError, AttributeError, ValueError):
        at, target = stream.tell(), stream.fileno()
        while size and (done := os.copy_file_range(source.fileno(), target, size, start)):
            start, size = start + done, size - done
            # The disk takes it while the next part is copied, and not when all is there.
            os.posix_fadvise(target, at, done, os.POSIX_FADV_DONTNEED)
            at += done
    source.seek(start)
    while size and (part := source.read(min(size, _RUN))):
        stream.write(part)
        size -= len(part)


def touch(file: Path | str | IO[bytes]) -> Touch:
    """What changes whenever somebody writes to a file or puts another in its place; nothing for a pipe."""
    with suppress(OSError, ValueError):
        found = os.stat(file if isinstance(file, (Path, str)) else file.fileno())  # noqa: PTH116
        if stat.S_ISREG(found.st_mode):
            return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
    return ()


def as_left(path: Path | str, written: Touch) -> Touch:
    """The touch of a file that was just put in its place; nothing when another has taken that place by now,
    or somebody wrote to it since it was ``written``.
    """
    now = touch(path)
    return now if now[:_OURS] == written[:_OURS] else ()
