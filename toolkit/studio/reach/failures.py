"""How a request can fail, by what it means for a push: may it have been done or not?

ServerError
├── UnreachableError  no connection: nothing was sent
├── UnclearError      sent, but no proper answer: done or not done, only a look at the server tells
├── OversizeError     the answer is larger than we take
├── RefusedError      the server said no: not done
├── RedirectedError   this is not the server's address
└── LoginError        the token is missing, wrong or revoked: not done
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from toolkit.errors import ServerError

T = TypeVar("T")

TRIES = 8
WATCH_SECONDS = 2.0
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 1.0


class UnreachableError(ServerError):
    """There was no connection, so nothing was sent."""


class UnclearError(ServerError):
    """The request went out and no proper answer came back: it may have been done, or still be going on.

    ``watch`` says for how many seconds the server may well go on working on it: longest after a
    timeout, a little after a dropped connection, none when the server itself answered.
    """

    def __init__(self, problem: str, *, place: str = "", fix: str = "", watch: float | None = None) -> None:
        self.watch = WATCH_SECONDS if watch is None else watch
        super().__init__(problem, place=place, fix=fix)


class OversizeError(ServerError):
    """The answer is larger than we take; asking for less may help."""


class RefusedError(ServerError):
    """The server understood and said no; ``status`` is the HTTP status."""

    def __init__(self, problem: str, *, place: str = "", fix: str = "", status: int) -> None:
        self.status = status
        super().__init__(problem, place=place, fix=fix)


class RedirectedError(ServerError):
    """The server sent us to another address; the token is never taken there."""


def pause(failures: int) -> None:
    """Wait a moment that grows with the failures in a row, of which the first is 1."""
    time.sleep(min(FIRST_PAUSE * 2 ** (failures - 1), LONGEST_PAUSE))


def patiently(work: Callable[[], T], *, seconds: float) -> T:
    """Ask until there is an answer: up to ``TRIES`` times and not much longer than ``seconds``.

    Only for what may be done twice without harm.
    """
    started = time.monotonic()
    for failures in range(1, TRIES):
        try:
            return work()
        except (UnreachableError, UnclearError):
            if time.monotonic() - started > seconds:
                raise
            pause(failures)
    return work()
