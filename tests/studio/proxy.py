"""A proxy that goes wrong on purpose: between the client and the real server, one fault at a time."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

HTML = b"<!doctype html><title>Welcome to the hotel's network</title>"
UNDELIVERED = {"redirect", "401", "html", "endless", "drip", "empty"}
LOGIN = "https://login.example.org/sso"

Choose = Callable[[str, str], str | None]
"""Gives the fault for a method and a path, or None to let the request through."""


@dataclass
class Proxy:
    """Where the client goes; ``seen`` lists (method, path, fault), ``held`` is set while one is held.

    Faults: ``drop-before`` and ``drop-after`` the server got the request; ``500-before`` …
    ``429-before``; ``500-after`` …; ``cut`` half the body; ``html`` and ``html-after``; ``redirect``;
    ``401``; ``twice`` delivered two times; ``late`` delivered after ``seconds``, or once ``deliver`` is set;
    ``hold-before`` and ``hold-after`` keep the client waiting until ``release``; ``endless``, ``drip`` and
    ``empty`` bodies; ``echo`` and ``echo-500`` … answer with the headers of the request; ``bare`` delivered
    without predictions.
    What is not delivered late, twice or after is not delivered at all.
    """

    url: str
    choose: Choose = lambda method, path: None
    seconds: float = 0.0
    seen: list[tuple[str, str, str | None]] = field(default_factory=list)
    held: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)
    deliver: threading.Event = field(default_factory=threading.Event)
    idle: threading.Semaphore = field(default_factory=lambda: threading.Semaphore(0))


def once(
    fault: str, *, method: str = "POST", ending: str = "/import", skip: int = 0, times: int = 1
) -> Choose:
    """Let ``skip`` such requests through, spoil the next ``times``, let the others through."""
    lock, number = threading.Lock(), 0

    def choose(verb: str, path: str) -> str | None:
        nonlocal number
        if verb != method or not urlsplit(path).path.endswith(ending):
            return None
        with lock:
            number += 1
            return fault if skip < number <= skip + times else None

    return choose


def from_the(skip: int, fault: str) -> Choose:
    """Let ``skip`` requests through and spoil all others; without a fault let all through."""
    lock, number = threading.Lock(), 0

    def choose(verb: str, path: str) -> str | None:
        nonlocal number
        with lock:
            number += 1
            return fault if fault and number > skip else None

    return choose


@contextmanager
def proxy(target: str) -> Iterator[Proxy]:
    """A proxy in front of the server at ``target``."""
    handler = type("Handler", (_Handler,), {"target": urlsplit(target).netloc})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    made = Proxy(f"http://127.0.0.1:{server.server_address[1]}")
    handler.proxy = made  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield made
    finally:
        made.release.set()
        server.shutdown()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    target = ""
    proxy: Proxy

    def handle_one(self) -> None:
        """Read the request, spoil it or not, and close the connection."""
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        fault = self.proxy.choose(self.command, self.path)
        self.proxy.seen.append((self.command, self.path, fault))
        self.close_connection = True
        with suppress(BrokenPipeError, ConnectionResetError):
            self._answer(fault, body)

    do_GET = do_POST = do_PATCH = do_DELETE = handle_one

    def _answer(self, fault: str | None, body: bytes) -> None:
        name, _, when = (fault or "").partition("-")
        if name == "hold" and when == "before":
            self._hold()
        if name == "late":
            self.proxy.deliver.wait(self.proxy.seconds)
        if name == "echo":
            said = json.dumps({"detail": str(self.headers), "title": str(self.headers)})
            self._send(int(when or 200), "application/json", said.encode(), location=LOGIN * (when == "302"))
            return
        if name == "bare":
            body = json.dumps([{"data": task["data"]} for task in json.loads(body)]).encode()
        if when == "before" or (name in UNDELIVERED and not when):
            self._spoil(name, b"")
            return
        status, kind, answer = self._forward(body)
        if name == "twice":
            status, kind, answer = self._forward(body)
        if name == "hold":
            self._hold()
        if name == "late":
            self.proxy.idle.release()
        if name in {"", "twice", "late", "hold", "bare"}:
            self._send(status, kind, answer)
        else:
            self._spoil(name, answer)

    def _hold(self) -> None:
        self.proxy.held.set()
        self.proxy.release.wait(60)

    def _forward(self, body: bytes) -> tuple[int, str, bytes]:
        line = http.client.HTTPConnection(self.target, timeout=120)
        left_out = {"host", "content-length"}
        headers = {name: value for name, value in self.headers.items() if name.lower() not in left_out}
        line.request(self.command, self.path, body, headers)
        answer = line.getresponse()
        return answer.status, answer.getheader("content-type") or "", answer.read()

    def _spoil(self, name: str, answer: bytes) -> None:
        if name in {"drop", "hold"}:
            return
        if name == "cut":
            self._send(200, "application/json", answer[: len(answer) // 2], length=len(answer))
        elif name == "html":
            self._send(200, "text/html", HTML)
        elif name == "redirect":
            self._send(302, "text/html", HTML, location=LOGIN)
        elif name == "empty":
            self._send(200, "application/json", b"")
        elif name in {"endless", "drip"}:
            self._flow(name)
        else:
            self._send(int(name), "application/json", b'{"detail": "spoilt on purpose"}')

    def _flow(self, name: str) -> None:
        self._send(200, "application/json", b'["', length=10**12)
        while not self.proxy.release.is_set():
            self.wfile.write(b"x" * (1_000_000 if name == "endless" else 1))
            if name == "drip":
                time.sleep(0.1)

    def _send(
        self, status: int, kind: str, body: bytes, *, length: int | None = None, location: str = ""
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.send_header("Set-Cookie", "sessionid=a-cookie; Path=/")
        if location:
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""
