"""The way to one Label Studio: which server, which token, and requests that fail in one known way."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from toolkit.errors import LoginError, ServerError, SettingsError
from toolkit.studio.local import server
from toolkit.studio.reach.failures import UnclearError, patiently

if TYPE_CHECKING:
    import httpx
    from label_studio_sdk.base_client import LabelStudioBase

    from toolkit.studio.reach.wire import Wire

T = TypeVar("T")

SECONDS = 300.0
_FIRST_SECONDS = 30.0
_ONCE = {"max_retries": 0}


class Client:
    """Requests under one token: plain ones, and the SDK, which takes longer to import than most commands
    take otherwise and is made when it is asked for.
    """

    def __init__(self, url: str, token: str, http: httpx.Client) -> None:
        self.url, self._token, self._http = url, token, http

    @cached_property
    def sdk(self) -> LabelStudioBase:
        """The SDK over the same wire. Raises ``LoginError`` when the token has expired."""
        from label_studio_sdk.base_client import LabelStudioBase
        from label_studio_sdk.core.api_error import ApiError

        try:
            # ``LabelStudio`` adds conveniences to it that take a second to import. Without the slash at its
            # end the SDK's token exchange loses a path in the address.
            return LabelStudioBase(base_url=f"{self.url}/", api_key=self._token, httpx_client=self._http)
        except ApiError:
            raise LoginError(
                "the token has expired", place="LABEL_STUDIO_API_KEY",
                fix="copy a new one from the page Account & Settings",
            ) from None  # fmt: skip

    def json(self, method: str, path: str, **options: Any) -> Any:
        """The JSON at a path, asked for once."""
        import httpx

        options["headers"] = {**options.get("headers", {}), "Authorization": self._authorization()}
        try:
            return self._http.request(method, f"{self.url}/{path}", **options).json()
        except (httpx.HTTPError, ValueError) as error:
            raise _strange(self.url, error) from error

    def _authorization(self) -> str:
        """A legacy token as it is; a personal access token is exchanged by the SDK whenever that is due."""
        if self._token.count(".") != 2:
            return f"Token {self._token}"
        return _once(self.url, self.sdk._client_wrapper.get_headers)["Authorization"]


@dataclass(frozen=True, slots=True)
class Connection:
    """A Label Studio that took our token. ``state`` is the project's state folder; ``seconds`` bounds
    every answer; ``user`` is the e-mail that the token belongs to."""

    url: str
    state: Path
    user: str
    seconds: float
    client: Client = field(repr=False)

    @property
    def sdk(self) -> LabelStudioBase:
        """The SDK, for what only it has words for."""
        return self.client.sdk

    def get(self, path: str, **parameters: Any) -> Any:
        """The JSON at a path of the API as it came; asked again when the answer is unclear.

        The SDK's typed listing costs half again as much and gives records other than those sent.
        """
        return patiently(lambda: self.client.json("GET", path, params=parameters), seconds=self.seconds)

    def post(self, path: str, body: bytes, **parameters: Any) -> Any:
        """What comes of sending JSON to a path of the API once, as it is.

        The SDK's typed import goes through every value of the tasks twice, which takes as long as the server
        takes to store them. Raises one of :mod:`toolkit.studio.reach.failures`.
        """
        kind = {"Content-Type": "application/json"}
        return self.client.json("POST", path, content=body, params=parameters, headers=kind)

    def ask(self, work: Callable[..., T], *args: Any, **options: Any) -> T:
        """Call an SDK method that only reads; asked again when the answer is unclear."""
        return patiently(lambda: self.send(work, *args, **options), seconds=self.seconds)

    def send(self, work: Callable[..., T], *args: Any, **options: Any) -> T:
        """Call an SDK method once.

        Raises one of :mod:`toolkit.studio.reach.failures`.
        """
        return _once(self.url, work, *args, **options, request_options=_ONCE)


def connect(state: Path) -> Connection:
    """The server of ``LABEL_STUDIO_URL`` and ``LABEL_STUDIO_API_KEY``, else the local one that runs.

    Both kinds of token work: legacy ones and personal access tokens, which the SDK exchanges.
    ``FACTCHECK_TIMEOUT`` bounds each answer (seconds, 300 unless told); ``FACTCHECK_ALLOW_HTTP=1``
    allows an unencrypted ``http://`` to another machine.

    Raises ``SettingsError`` when nothing is configured or the address will not do, ``LoginError`` when
    the token is refused, ``ServerError`` when the server is down or is no Label Studio.
    """
    url, token = _configured() or _local(state)
    return login(url, token, state=state)


def login(url: str, token: str, *, state: Path) -> Connection:
    """The Label Studio at an address, as the account that the token belongs to.

    Raises like ``connect``.
    """
    _check_address(url)
    seconds = _seconds()
    client, wire = _client(url, token, min(seconds, _FIRST_SECONDS))
    me = client.json("GET", "api/current-user/whoami")
    if not isinstance(me, dict) or not isinstance(me.get("email"), str):
        raise ServerError(
            "it answers, but not as Label Studio does", place=url,
            fix="check LABEL_STUDIO_URL: it must be the address of Label Studio itself",
        )  # fmt: skip
    wire.seconds = seconds
    return Connection(url=url, state=state, user=me["email"], seconds=seconds, client=client)


def _configured() -> tuple[str, str] | None:
    url = os.environ.get("LABEL_STUDIO_URL", "").strip()
    token = os.environ.get("LABEL_STUDIO_API_KEY", "").strip()
    if not url and not token:
        return None
    if not (url and token):
        missing = "LABEL_STUDIO_API_KEY" if url else "LABEL_STUDIO_URL"
        raise SettingsError(f"{missing} is not set", fix="set it, or unset the other for the local server")
    if not (token.isascii() and token.isprintable()):
        raise LoginError(
            "not a token", place="LABEL_STUDIO_API_KEY", fix="copy the token again, nothing else"
        )
    return url.rstrip("/"), token


def _local(state: Path) -> tuple[str, str]:
    """The local server's login, as long as that server is the one that answers at its address."""
    found = server.status(state)
    if found.info is None:
        raise SettingsError(
            "no Label Studio is configured",
            fix="run `factcheck studio start`, or set LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY",
        )
    if found.state != "running":
        raise ServerError(
            f"the local Label Studio is {found.state}", place=found.info.url,
            fix="run `factcheck studio start`, or set LABEL_STUDIO_URL and LABEL_STUDIO_API_KEY",
        )  # fmt: skip
    return found.info.url, found.info.token


def _check_address(url: str) -> None:
    """Refuse an address that would give the token away."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        parts, host = urlsplit(""), ""
    shown = f"{parts.scheme}://{host}" if host else "LABEL_STUDIO_URL"
    if parts.scheme not in {"http", "https"} or not host:
        raise SettingsError("not an address", place=shown, fix="write it as https://studio.example.org")
    if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
        raise SettingsError(
            "more than an address", place=shown, fix="leave out name, password, ? and #; the token logs in"
        )
    if parts.scheme == "http" and not _is_loopback(host) and os.environ.get("FACTCHECK_ALLOW_HTTP") != "1":
        raise SettingsError(
            "http:// to another machine shows the token to everyone on the way", place=shown,
            fix="use https://, or set FACTCHECK_ALLOW_HTTP=1 if that network is yours",
        )  # fmt: skip


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _seconds() -> float:
    text = os.environ.get("FACTCHECK_TIMEOUT", "")
    try:
        seconds = float(text or SECONDS)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 86_400:
        raise SettingsError(
            f"{text[:20]!r} is not a time", place="FACTCHECK_TIMEOUT", fix="give seconds, as in 300"
        )
    return seconds


def _client(url: str, token: str, seconds: float) -> tuple[Client, Wire]:
    import httpx

    from toolkit.studio.reach.wire import Wire

    wire = Wire(seconds=seconds, secret=token, tls=url.startswith("https:"))
    return Client(url, token, httpx.Client(transport=wire, trust_env=False, follow_redirects=False)), wire


def _once(url: str, work: Callable[..., T], *args: Any, **options: Any) -> T:
    """Call the SDK; what the wire did not name is an answer of the wrong shape."""
    import httpx
    from label_studio_sdk.core.api_error import ApiError
    from pydantic import ValidationError

    try:
        return work(*args, **options)
    except (httpx.HTTPError, ApiError, ValidationError, ValueError) as error:
        raise _strange(url, error) from error


def _strange(url: str, error: Exception) -> UnclearError:
    return UnclearError(
        f"an answer that is not Label Studio's ({type(error).__name__})", place=url,
        fix="check that the server is Label Studio 1.20 or later",
    )  # fmt: skip
