"""Strangers before the local server, and what it leaves open on this machine."""

from __future__ import annotations

import os
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil

from tests.studio.faults.ground import Ground
from tests.tally import Tally
from toolkit.studio.local.accounts import signup_open
from toolkit.studio.local.server import ServerInfo

READABLE = (
    "/api/projects/", "/api/users/", "/api/tasks/?project=1", "/api/projects/1/export", "/api/organizations/",
    "/api/invite", "/api/current-user/token", "/api/dm/views?project=1", "/api/storages/",
)  # fmt: skip
HOSTS = (
    "evil.example", "evil.example:80", "192.0.2.2", "127.0.0.1.evil.example", "localhost.evil.example",
    "[::1]", "0.0.0.0", "evil.example@127.0.0.1", "",
)  # fmt: skip
ORIGINS = ("https://evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.1:1", "null")
Case = tuple[str, bool]


def hardening(tally: Tally, ground: Ground) -> None:
    """anonymous sign-up, foreign Host and Origin, other addresses, `ps`, file modes: refused"""
    info = ground.info
    with httpx.Client(base_url=info.url, trust_env=False, timeout=60) as http:
        for name, good in (*_strangers(http, info), *_hosts(http), *_origins(http, info)):
            tally.take(good, name)
    for name, good in (*_addresses(info), *_processes(info), *_files(info)):
        tally.take(good, name)


def _strangers(http: httpx.Client, info: ServerInfo) -> Iterator[Case]:
    http.get("/user/signup/")
    form = {"email": "stranger@example.org", "password": "a long password"}
    form["csrfmiddlewaretoken"] = http.cookies["csrftoken"]
    before = _users(http, info)
    for token in (None, "", "guessed", "0" * 40):
        answer = http.post("/user/signup/", data=form, params={} if token is None else {"token": token})
        yield f"sign-up with the invitation {token!r}: {answer.status_code}", answer.status_code == 403
    yield "no new account", _users(http, info) == before
    yield "sign-up as we ask other servers about it", not signup_open(info.url)
    for path in READABLE:
        status = http.get(path).status_code
        yield f"{path} without a login: {status}", status in {401, 403, 404}
        status = http.get(path, headers={"Authorization": f"Token {'0' * 40}"}).status_code
        yield f"{path} with a wrong token: {status}", status in {401, 403, 404}
    local = http.get("/data/local-files/?d=/etc/passwd", headers=_login(info))
    yield "files of this machine, even with a login", local.status_code >= 400 and "root:" not in local.text


def _hosts(http: httpx.Client) -> Iterator[Case]:
    for host in HOSTS:
        for path in ("/health", "/user/login/", "/api/projects/"):
            status = http.get(path, headers={"Host": host}).status_code
            yield f"{path} as host {host!r}: {status}", status == 400
    told = http.get("/projects/", headers={"X-Forwarded-Host": "evil.example"})
    yield "a forwarded host", "evil.example" not in f"{told.headers}{told.text}"


def _origins(http: httpx.Client, info: ServerInfo) -> Iterator[Case]:
    for origin in ORIGINS:
        asked = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        for verb in ("GET", "OPTIONS"):
            answer = http.request(verb, "/api/current-user/whoami", headers=asked | _login(info))
            allowed = [name for name in answer.headers if name.startswith("access-control-allow-origin")]
            yield f"{verb} from {origin}: {allowed}", not allowed
    with httpx.Client(base_url=info.url, trust_env=False, timeout=60) as owner:
        owner.get("/user/login/")
        form = {
            "email": info.email,
            "password": info.password,
            "csrfmiddlewaretoken": owner.cookies["csrftoken"],
        }
        told = owner.post("/user/login/", data=form)
    (cookie,) = [line for line in told.headers.get_list("set-cookie") if line.startswith("sessionid=")]
    # What keeps the forms of other sites out: a browser sends such a cookie with none of them.
    yield "the owner's cookie", "samesite=lax" in cookie.lower() and "httponly" in cookie.lower()


def _addresses(info: ServerInfo) -> Iterator[Case]:
    assert info.pid
    family = [psutil.Process(info.pid), *psutil.Process(info.pid).children(recursive=True)]
    links = [link for one in family for link in one.net_connections(kind="inet")]
    listening = {link.laddr.ip for link in links if link.status == psutil.CONN_LISTEN}
    yield f"listens on {sorted(listening)}", listening == {"127.0.0.1"}
    for addresses in psutil.net_if_addrs().values():
        for one in addresses:
            if one.family not in {socket.AF_INET, socket.AF_INET6} or one.address == "127.0.0.1":
                continue
            with socket.socket(one.family, socket.SOCK_STREAM) as caller:
                caller.settimeout(3)
                refused = caller.connect_ex((one.address.partition("%")[0], info.port)) != 0
            yield f"refused at {one.address}", refused


def _processes(info: ServerInfo) -> Iterator[Case]:
    shown = [" ".join(one.info["cmdline"] or []) for one in psutil.process_iter(["cmdline"])]
    yield "the server stands among the processes", any("label_studio.server" in line for line in shown)
    for secret in (info.token, info.password):
        yield "a secret among the arguments", not [line for line in shown if secret in line]
    environment = stat.S_IMODE(Path(f"/proc/{info.pid}/environ").stat().st_mode)
    yield f"its environment has the mode {environment:o}", not environment & 0o077


def _files(info: ServerInfo) -> Iterator[Case]:
    folder = info.log.parent
    for path in (folder.parent, folder, *folder.rglob("*")):
        try:
            mode = stat.S_IMODE(path.lstat().st_mode)
        except FileNotFoundError:
            continue
        yield f"{os.path.relpath(path, folder)} has the mode {mode:o}", not mode & 0o077
    log = info.log.read_bytes()
    for secret in (info.token, info.password):
        yield "a secret in the log", secret.encode() not in log


def _users(http: httpx.Client, info: ServerInfo) -> object:
    return [user["email"] for user in http.get("/api/users/", headers=_login(info)).json()]


def _login(info: ServerInfo) -> dict[str, str]:
    return {"Authorization": f"Token {info.token}"}
