"""Tokens: revoked in the middle of a push, and nowhere to be read afterwards."""

from __future__ import annotations

import random
import secrets
from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path

from filelock import FileLock

from tests.studio.conftest import Api
from tests.studio.faults.commands import Running, workers
from tests.studio.faults.ground import Ground, amiss
from tests.studio.proxy import Choose, from_the
from tests.studio.reports import drafts
from tests.tally import Tally
from toolkit.studio.local.accounts import add_account

BATCHES, SIZE = 6, 3


def revoked(tally: Tally, ground: Ground) -> None:
    """the token revoked at a random request of a push: one line, then complete with a new one"""
    chance, made = random.Random(6), drafts(BATCHES * SIZE)
    codes = Counter[int]()
    for number in range(1 if ground.quick else 30):
        old = account(ground, f"revoked-{number}")
        desk = ground.desk(f"token {number}", batch=SIZE, token=old)
        args, changed = desk.push_args(made), list[str]()
        with ground.between() as between:
            between.choose = _revoke_at(chance.randrange(1, 8 + BATCHES), ground.api, old, changed)
            running = desk.through(between.url).start(*args, forked=True)
            shown = arguments(running)
            first = running.wait()
        new = "".join(changed)
        codes[first.code] += 1
        again = replace(desk, token=new).run(*args, forked=True)
        wrong = amiss(ground.api, desk.title, made)
        found = desk.hits([old, new], first.out, first.err, again.out, again.err, shown)
        good = first.code in {3, 4} and first.one_line and "the token is refused" in first.err
        good = good and again.code == 0 and not wrong and not found
        tally.take(
            good, f"{number}: exit {first.code} {first.err} then {again.code} {again.err}, {wrong}, {found}"
        )
    tally.notes.append(f"the interrupted pushes ended with {dict(codes)}")


def _revoke_at(request: int, api: Api, token: str, changed: list[str]) -> Choose:
    """Give the account another token just before this request arrives."""
    count = 0

    def choose(method: str, path: str) -> str | None:
        nonlocal count
        count += 1
        if count == request:
            changed.append(api("POST", "current-user/reset-token", token=token)["token"])
        return None

    return choose


def canary(tally: Tally, ground: Ground) -> None:
    """a canary token through every command, also where the server echoes it: in no output or file"""
    token = account(ground, "canary")
    faults = ("", "echo", "echo-500", "echo-400", "echo-302", "drop-before", "401", "redirect", "html")
    answers = [(fault, skip) for fault in faults for skip in ((0, 2, 4) if fault else (0,))]
    with workers(6) as beside:
        found = beside.map(partial(_with_canary, ground, token), [("echo", 2)] if ground.quick else answers)
        for good, case in (one for cases in found for one in cases):
            tally.take(good, case)
    tally.take(token not in ground.info.log.read_text("utf-8"), "the server's log")


def _with_canary(ground: Ground, token: str, answer: tuple[str, int]) -> list[tuple[bool, str]]:
    """Every command that reads the token, where the server gives this fault after so many requests."""
    desk, cases = ground.desk("canary", token=token), []
    fault, skip = answer
    for args in (
        desk.push_args(drafts(4)), ("push", "drafts-4.jsonl", "--dry-run", "--project", desk.title),
        ("pull", "--project", desk.title, "--drafts", "d", "--predictions", "p", "--format", "json"),
        ("project", "--project", desk.title, "--annotators", "2"), ("studio", "status"),
        *([] if ground.quick else [("doctor",)]),
    ):  # fmt: skip
        with ground.between() as between:
            between.choose = from_the(skip, fault)
            running = desk.through(between.url).start(*args, forked=True)
            shown = arguments(running)
            done = running.wait()
        hits = desk.hits([token], done.out, done.err, shown)
        good = not hits and "Traceback" not in done.err and done.code in {0, 1, 2, 3, 4}
        said = f"exit {done.code}, {hits}, {done.err[-200:]}"
        cases.append((good, f"{args[0]} with {fault or 'no fault'} after {skip}: {said}"))
    return cases


def account(ground: Ground, name: str) -> str:
    """The token of a new account on the server."""
    email = f"{name}-{secrets.token_hex(4)}@scripted.invalid"
    # Each invitation is made invalid after its use, so two at a time would spoil each other's.
    with FileLock(ground.room / "accounts.lock"):
        return add_account(ground.info, email=email, password=secrets.token_urlsafe(12))


def arguments(running: Running) -> str:
    """What ``ps`` shows of all processes now."""
    lines = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            lines.append(path.read_text("utf-8", "replace"))
        except OSError:
            continue
    assert running.pid
    return "\n".join(lines)
