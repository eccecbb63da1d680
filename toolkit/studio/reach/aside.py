"""Work in a thread of its own that nobody has to wait for: Ctrl-C ends the program at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

T = TypeVar("T")


def aside(work: Callable[..., T], *args: object) -> Future[T]:
    """Begin some work; its result or its error comes with the future.

    The standard library's executors wait for their threads when the program ends, and a request may take
    minutes.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work(*args))
        except BaseException as error:
            future.set_exception(error)

    Thread(target=run, daemon=True).start()
    return future
