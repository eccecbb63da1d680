"""The wire under the SDK: TLS verified, no proxy, no redirect, no cookie, and every answer bounded.

Whatever goes wrong becomes one of :mod:`toolkit.studio.reach.failures` here, below the SDK, so that none
of its retries ever sends a request again.
"""

from __future__ import annotations

import json
import math
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore
import httpx

from toolkit.errors import LoginError
from toolkit.studio.reach.failures import (
    OversizeError,
    RedirectedError,
    RefusedError,
    UnclearError,
    UnreachableError,
)

MAX_ANSWER_BYTES = 64 * 1024 * 1024
CONNECT_SECONDS = 10.0
LONGEST_WATCH = 30.0
_QUOTED = 200
_PIECE = 64 * 1024
# What waits is taken at once: after each read a thread waits for whoever has the interpreter meanwhile.
_MOST = 1024 * 1024
_GATEWAY = {408, 502, 503, 504}
_NOT_OURS = "check LABEL_STUDIO_URL: it must be the address of Label Studio itself"


class Wire(httpx.BaseTransport):
    """One request at a time in each thread, over a connection of its own; ``seconds`` bounds each from
    start to end.

    No connection is kept: one that the server closes just as a POST goes out leaves it unclear
    whether the POST was done.
    """

    def __init__(self, *, seconds: float, secret: str, tls: bool = True) -> None:
        self.seconds, self._secret = seconds, secret
        self._clock = _Clock()
        # To read the authorities' certificates takes longer than a request of ours.
        context = httpx.create_ssl_context() if tls else None
        self._pool = httpcore.ConnectionPool(
            ssl_context=context, max_keepalive_connections=0, network_backend=self._clock
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send and read to the end; only a whole JSON answer with a 2xx status comes back."""
        place = _place(request.url)
        self._clock.start(self.seconds)
        with self._naming(place):
            answer = self._pool.handle_request(_plain(request))
            try:
                body = self._read(answer, place)
            finally:
                answer.close()
        headers = httpx.Headers(answer.headers)
        self._judge(answer.status, headers, body, place)
        kept = _without_cookies(headers)
        if answer.status == 204:
            return httpx.Response(answer.status, headers=kept, content=body)
        return _Answer(_json(headers, body, place), answer.status, headers=kept, content=body)

    def close(self) -> None:
        """Close what is open."""
        self._pool.close()

    def _read(self, answer: httpcore.Response, place: str) -> bytes:
        body = bytearray()
        for piece in answer.iter_stream():
            body += piece
            if len(body) > MAX_ANSWER_BYTES:
                raise OversizeError(
                    f"an answer larger than {MAX_ANSWER_BYTES} bytes", place=place, fix=_NOT_OURS
                )
            self._clock.left()
        return bytes(body)

    @contextmanager
    def _naming(self, place: str) -> Iterator[None]:
        try:
            yield
        except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
            raise UnreachableError(
                f"no connection ({_reason(error)})", place=place,
                fix="start the server (factcheck studio start) or check LABEL_STUDIO_URL",
            ) from None  # fmt: skip
        except httpcore.TimeoutException:
            raise UnclearError(
                f"no whole answer within {self.seconds:g} seconds", place=place,
                fix="run the same command again, or set FACTCHECK_TIMEOUT to more seconds",
                watch=min(self.seconds, LONGEST_WATCH),
            ) from None  # fmt: skip
        except (httpcore.NetworkError, httpcore.ProtocolError) as error:
            raise UnclearError(
                f"the connection broke off ({_reason(error)})", place=place, fix="run the same command again"
            ) from None

    def _judge(self, status: int, headers: httpx.Headers, body: bytes, place: str) -> None:
        """Raise unless it is the answer of a Label Studio that did what was asked."""
        if 300 <= status < 400:
            target = _printable(headers.get("location", "").partition("?")[0])
            raise RedirectedError(
                f"redirected to {target or 'another address'}, which is not followed",
                place=place,
                fix=_NOT_OURS,
            )
        if status < 400:
            return
        said = self._said(headers, body)
        if status in {401, 403}:
            raise LoginError(
                f"the token is refused ({status}{said})", place=place,
                fix="copy a token from the page Account & Settings into LABEL_STUDIO_API_KEY",
            )  # fmt: skip
        if status >= 500 or status in {408, 429}:
            raise UnclearError(
                f"the server failed ({status}{said})", place=place,
                fix="look at its log, then run the same command again",
                watch=None if status in _GATEWAY else 0.0,
            )  # fmt: skip
        raise RefusedError(f"the server refused ({status}{said})", place=place, status=status)

    def _said(self, headers: httpx.Headers, body: bytes) -> str:
        """What the server gives as its reason: short, printable, without our token."""
        if "json" not in headers.get("content-type", ""):
            return ""
        try:
            value = json.loads(body)
        except (ValueError, RecursionError):
            return ""
        reasons = value if isinstance(value, dict) else {}
        parts = [reasons.get("detail"), reasons.get("validation_errors")]
        text = "; ".join(part if isinstance(part, str) else json.dumps(part) for part in parts if part)
        text = _printable(text.replace(self._secret, "***") if self._secret else text)
        return f": {text}" if text else ""


class _Answer(httpx.Response):
    """An answer with the value of its JSON, which is read once: that takes as long as to send it."""

    def __init__(self, value: Any, status: int, *, headers: httpx.Headers, content: bytes) -> None:
        super().__init__(status, headers=headers, content=content)
        self._value = value

    def json(self, **_options: Any) -> Any:
        """The value."""
        return self._value


class _Clock(httpcore.SyncBackend):
    """Sockets whose every wait ends when the request's time is up, however slowly the bytes drip.

    Each thread has one request at a time, and a deadline of its own.
    """

    def __init__(self) -> None:
        super().__init__()
        self._here = threading.local()

    def start(self, seconds: float) -> None:
        """From now on this thread's request has so many seconds."""
        self._here.deadline = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that remain."""
        remaining: float = self._here.deadline - time.monotonic()
        if remaining <= 0:
            raise httpcore.ReadTimeout
        return remaining

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Like the base class, with the shorter of its time and ours."""
        seconds = min(self.left(), CONNECT_SECONDS)
        return _Stream(super().connect_tcp(host, port, seconds, local_address, socket_options), self)


class _Stream(httpcore.NetworkStream):
    """A stream on the request's clock."""

    def __init__(self, inner: httpcore.NetworkStream, clock: _Clock) -> None:
        self._inner, self._clock = inner, clock

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self._inner.read(max(max_bytes, _MOST), self._clock.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        for start in range(0, len(buffer), _PIECE):
            self._inner.write(buffer[start : start + _PIECE], self._clock.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None  # noqa: ARG002
    ) -> httpcore.NetworkStream:  # fmt: skip
        seconds = min(self._clock.left(), CONNECT_SECONDS)
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, seconds), self._clock)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


def _plain(request: httpx.Request) -> httpcore.Request:
    """The request as it goes out: no cookie, and no compression that could unpack without bound."""
    headers = [
        (name, value)
        for name, value in request.headers.raw
        if name.lower() not in {b"cookie", b"accept-encoding"}
    ]
    url = request.url
    return httpcore.Request(
        method=request.method,
        url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
        headers=[*headers, (b"Accept-Encoding", b"identity")],
        content=request.read(),
    )


def _json(headers: httpx.Headers, body: bytes, place: str) -> Any:
    """The value of an answer's body; ``UnclearError`` when it is not JSON, or cut short."""
    packed = headers.get("content-encoding", "identity") != "identity"
    if packed or "json" not in headers.get("content-type", ""):
        kind = _printable(headers.get("content-type", "nothing").partition(";")[0])
        raise UnclearError(f"the answer is {kind}, not Label Studio's JSON", place=place, fix=_NOT_OURS)
    try:
        return _value(body)
    except (ValueError, RecursionError):
        raise UnclearError(
            f"the answer is cut short or not JSON ({len(body)} bytes)", place=place,
            fix="run the same command again; if it stays so, look at the server's log",
        ) from None  # fmt: skip


def _value(body: bytes) -> Any:
    from msgspec import DecodeError
    from msgspec.json import decode

    try:
        return decode(body)
    except DecodeError:
        # The server writes NaN where a score has it; that is one bad task and no reason to read none.
        return json.loads(body, parse_constant=_Odd, parse_float=_number)


class _Odd(float):
    """NaN or an infinity: a kind of its own, since msgspec writes those as null and refuses this."""


def _number(text: str) -> float:
    number = float(text)
    return number if math.isfinite(number) else _Odd(number)


def _without_cookies(headers: httpx.Headers) -> httpx.Headers:
    """A session cookie would go on working after its token was revoked, and is one more secret."""
    return httpx.Headers([(name, value) for name, value in headers.raw if name.lower() != b"set-cookie"])


def _place(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.netloc.decode()}{url.path}"


def _reason(error: Exception) -> str:
    return _printable(str(error)) or type(error).__name__


def _printable(text: str) -> str:
    """Text from outside, cut and without anything a terminal would obey."""
    line = " ".join(text.split())[:_QUOTED]
    return "".join(char if char.isprintable() else "?" for char in line)
