"""Export killed or failing at every step, and where nothing may be written."""

from __future__ import annotations

import errno
import io
import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from tests.gold.faults.datasets import contents, export, formats_with, found, inputs
from tests.tally import Tally
from toolkit.errors import DataError
from toolkit.gold import FORMATS

CALLS = ("fsync", "replace", "rename", "unlink", "mkdir")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)


@contextmanager
def at_step(step: int, act: Callable[[], None]) -> Iterator[list[int]]:
    """Call ``act`` at the Nth write, fsync, rename, unlink or mkdir; gives how many there were so far."""
    calls = [0]

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            calls[0] += 1
            if calls[0] == step:
                act()
            return real(*args, **more)

        return call

    class Raw(io.FileIO):
        write = counted(io.FileIO.write)

    def opened(handle: int, mode: str = "r", *args: Any, **more: Any) -> Any:
        if mode != "wb":
            return os_fdopen(handle, mode, *args, **more)
        return io.BufferedWriter(Raw(handle, "wb"), 1024)

    os_fdopen = os.fdopen
    patched: dict[str, Any] = {"fdopen": opened, **{name: counted(getattr(os, name)) for name in CALLS}}
    with mock.patch.multiple(os, **patched):
        yield calls


def state(folder: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    """Whether a dataset is the old or the new one, in between and seen to be so, or half."""
    now = contents(folder)
    if now in (old, new):
        return "old" if now == old else "new"
    if any(raw not in {old.get(name), new.get(name)} for name, raw in now.items()):
        return "half a file"
    return "between" if found(folder) else "not seen"


def interrupted(tally: Tally, given: dict[str, Path], name: str, before: bool, how: int | None) -> None:
    """Export at every step into a new folder, or over an older dataset, and again without the fault."""
    room = Path(tempfile.mkdtemp(dir=given["room"]))
    formats, to = formats_with(name), room / "set"
    export(given["new"], room / "wanted", formats)
    new, old = contents(room / "wanted"), dict[str, bytes]()
    if before:
        export(given["old"], room / "before", formats)
        old = contents(room / "before")
    step = 0
    while True:
        step += 1
        shutil.rmtree(to, ignore_errors=True)
        if before:
            shutil.copytree(room / "before", to)
        reached = killed(given["new"], to, formats, step) if how is None else failed(
            given["new"], to, formats, step, how
        )  # fmt: skip
        if reached is None:
            break
        seen = state(to, old, new)
        export(given["new"], to, formats)
        good = reached and seen in {"old", "new", "between"} and contents(to) == new
        tally.take(good, f"{name} step {step} {how or 'SIGKILL'}: {seen}, said {reached}")
    shutil.rmtree(room)


def failed(given: Path, to: Path, formats: list[str], step: int, code: int) -> bool | None:
    """Whether one error at a step became one message; None when there was no such step."""

    def act() -> None:
        raise OSError(code, os.strerror(code))

    with at_step(step, act) as calls:
        try:
            export(given, to, formats)
        except DataError as error:
            return os.strerror(code) in str(error) and ".part" not in str(error)
        except OSError:
            return False
    # What cleaning up does not manage is left for the next run; the export itself was whole.
    return None if calls[0] < step else True


def killed(given: Path, to: Path, formats: list[str], step: int) -> bool | None:
    """Kill a child at a step; None when it came to its end."""
    child = os.fork()
    if child == 0:
        with at_step(step, lambda: os.kill(os.getpid(), signal.SIGKILL)):
            export(given, to, formats)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return True if os.WIFSIGNALED(status) else None


def steps(tally: Tally, room: Path, quick: bool) -> None:
    """SIGKILL and ENOSPC, EIO, EACCES at every write, fsync, rename of each format: old or new, not half"""
    given = {"room": room, "old": inputs(room / "old", 2), "new": inputs(room / "new", 3)}
    for name in ("claimreview",) if quick else FORMATS:
        for before in (False, True):
            for how in (None, errno.ENOSPC) if quick else (None, *ERRORS):
                interrupted(tally, given, name, before, how)


def read_only(tally: Tally, room: Path, quick: bool) -> None:
    """a target that may not be written, in every format: one message, the old dataset untouched"""
    given, disk = inputs(room / "given", 3), room / "disk"
    disk.mkdir()
    names = ("jsonl", "parquet") if quick else tuple(FORMATS)
    for name in names:
        export(inputs(room / f"old-{name}", 2), disk / name, formats_with(name))
    before = contents(disk)
    mounted = os.getuid() == 0 and not subprocess.run(
        ["mount", "--bind", str(disk), str(disk)], capture_output=True, check=False
    ).returncode  # fmt: skip
    if mounted:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(disk)], check=True)
    else:
        for path in (disk, *disk.rglob("*")):
            path.chmod(0o555)
    try:
        for name in names:
            for to in (disk / name, disk / f"new-{name}"):
                try:
                    export(given, to, formats_with(name))
                    said = "nothing"
                except DataError as error:
                    said = str(error)
                good = "Fix: " in said and str(to) in said and contents(disk) == before
                tally.take(good, f"{name} to {to.name}: {said}")
    finally:
        if mounted:
            subprocess.run(["umount", str(disk)], check=True)
        else:
            for path in (disk, *disk.rglob("*")):
                path.chmod(0o755)
