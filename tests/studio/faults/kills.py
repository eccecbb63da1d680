"""SIGKILL of the server and of the client in a push, and of the client in a pull."""

from __future__ import annotations

import gzip
import hashlib
import io
import os
import random
import signal
import time
import zlib
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from functools import partial
from pathlib import Path

from tests.gold.faults.steps import at_step
from tests.studio.conftest import annotate
from tests.studio.faults.commands import LONGEST, badly_ended
from tests.studio.faults.ground import Desk, Ground, amiss, until
from tests.studio.reports import drafts
from tests.tally import Tally
from toolkit import pipeline
from toolkit.errors import ServerError, UnfinishedError
from toolkit.studio.local import process, server
from toolkit.studio.local.server import ServerInfo
from toolkit.studio.push.push import PushReport

BATCHES, SIZE = 12, 3


def at_a_random_point(desk: Desk, going: Callable[[], bool], chance: random.Random) -> bool:
    """Wait until a push is somewhere: before or after any of its batches, or on the way; whether it
    still goes on then."""
    batch = chance.randrange(BATCHES + 1)
    folder = desk.project.state / "push"
    if not batch:
        until(lambda: folder.is_dir() or not going(), seconds=60)
        time.sleep(chance.random())
    else:
        until(lambda: desk.journalled("sent") >= batch or not going(), seconds=120)
        time.sleep(chance.random() * 0.2)
    return going()


def client(tally: Tally, ground: Ground) -> None:
    """SIGKILL of `factcheck push` at random points, then the same command again: exactly once"""
    chance, made = random.Random(1), drafts(BATCHES * SIZE)
    had = Counter[int]()
    for number in range(1, 2 if ground.quick else 51):
        for _ in range(5):
            desk = ground.desk(f"kill client {number}", batch=SIZE)
            # A process forked off has the modules already; each fifth starts as a user's does.
            running = desk.start(*desk.push_args(made), forked=bool(number % 5))
            if at_a_random_point(desk, running.going, chance):
                running.kill()
            if (killed := running.wait()).code == -signal.SIGKILL:
                break
        had[len(ground.api.stored(desk.title)) // SIZE] += 1
        again = desk.run(*desk.push_args(made), forked=bool(number % 5))
        wrong = amiss(ground.api, desk.title, made) or badly_ended(again, (0,))
        tally.take(killed.code == -signal.SIGKILL and not wrong, f"kill {number}: {wrong or killed.code}")
    tally.notes.append(f"killed with this many of {BATCHES} batches stored: {sorted(had.elements())}")


def whole_server(tally: Tally, ground: Ground) -> None:
    """SIGKILL of the server in a push at random points, started again, the same push again: exactly once"""
    chance, made = random.Random(2), drafts(BATCHES * SIZE)
    endings = Counter[str]()
    with ground.own_server() as ours, ThreadPoolExecutor(1) as beside:
        for number in range(1 if ground.quick else 50):
            # A push may be over before the point is reached: then another one is tried.
            for _ in range(5):
                desk = ours.desk(f"kill server {number}", batch=SIZE)
                push = beside.submit(desk.push, made)
                going = at_a_random_point(desk, partial(_unfinished, push), chance)
                if going:
                    break
                push.result(timeout=LONGEST)
            _kill(ours.info)
            # Half of the times the server is back while the push still tries.
            if number % 2:
                wait([push], timeout=LONGEST)
            server.start(ours.state)
            failure = push.exception(timeout=LONGEST)
            endings[type(failure).__name__] += 1
            desk.push(made)
            wrong = amiss(ours.api, desk.title, made)
            wrong = wrong or (
                repr(failure) if failure and not isinstance(failure, ServerError | UnfinishedError) else ""
            )
            tally.take(going and not wrong, f"kill {number}: {wrong or 'the push was over'}")
    tally.notes.append(f"the pushes ended with: {dict(endings)}")


def _unfinished(push: Future[PushReport]) -> bool:
    return not push.done()


def _kill(info: ServerInfo) -> None:
    """End the server as a power failure would, and wait until its port is free."""
    assert info.pid
    os.killpg(info.pid, signal.SIGKILL)
    until(lambda: process.port_free(info.port), seconds=60)


def pulling(tally: Tally, ground: Ground) -> None:
    """SIGKILL of `factcheck pull` at random moments and writes: out file and archives whole, then complete"""
    chance, made = random.Random(3), drafts(16 if ground.quick else 60)
    desk = ground.desk("kill pull", batch=250)
    desk.push(made)
    tasks, half = ground.api.stored(desk.title), len(made) // 2
    out, seen = desk.folder / "annotations.jsonl", desk.project.state / "pulled"
    for task in tasks[:half]:
        annotate(ground.api, task)
    _pull(desk)
    old, (pulled,) = out.read_bytes(), seen.iterdir()
    known = pulled.read_bytes()
    for task in tasks[half:]:
        annotate(ground.api, task)
    with at_step(0, lambda: None) as steps:
        _pull(desk)
    new = out.read_bytes()
    tally.take((old.count(b"\n"), new.count(b"\n")) == (half, len(made)), "the pulls without a kill")
    for number in range(1 if ground.quick else 25):
        for name, kill in (("moment", _at_a_moment), ("step", _at_a_write)):
            out.write_bytes(old)
            pulled.write_bytes(known if number % 2 else b"{}")
            for file in (desk.project.state / "pulls").iterdir():
                file.unlink()
            killed = any(kill(ground, desk, chance, steps[0]) for _ in range(8))
            parts = [file.name for file in (desk.project.state / "pulls").glob("*.gz") if not sound(file)]
            wrong = "" if out.read_bytes() in (old, new) else "half an out file"
            wrong = wrong or f"half archives {parts}" * bool(parts)
            _pull(desk)
            wrong = wrong or "then not complete" * (out.read_bytes() != new)
            tally.take(killed and not wrong, f"{name} {number}: {wrong or 'not killed'}")


def sound(archive: Path) -> bool:
    """Whether an archive unpacks to what it is named after: the digests of its lines."""
    try:
        text = gzip.decompress(archive.read_bytes())
    except (OSError, EOFError, zlib.error):
        return False
    told = "".join(hashlib.sha256(line).hexdigest() for line in io.BytesIO(text))
    return hashlib.sha256(told.encode()).hexdigest()[:32] == archive.name.removesuffix(".jsonl.gz")


def _pull(desk: Desk) -> None:
    with desk.here():
        project = desk.project
        pipeline.pull(desk.folder / "annotations.jsonl", project=project, title=desk.title)


def _at_a_moment(ground: Ground, desk: Desk, chance: random.Random, steps: int) -> bool:
    """Kill the command some time after one of its requests; whether it was still at work."""
    with ground.between() as between:
        running = desk.through(between.url).start("pull", "--project", desk.title)
        request = chance.randrange(1, 9)
        until(lambda: len(between.seen) >= request or not running.going(), seconds=60)
        time.sleep(chance.random() * 0.15)
        if running.going():
            running.kill()
        return running.wait().code == -signal.SIGKILL


def _at_a_write(ground: Ground, desk: Desk, chance: random.Random, steps: int) -> bool:
    """Kill a pull at one of its writes, renames and flushes to disk."""
    child = os.fork()
    if child == 0:
        try:
            with at_step(chance.randrange(1, steps + 1), lambda: os.kill(os.getpid(), signal.SIGKILL)):
                _pull(desk)
        finally:
            os._exit(1)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])
