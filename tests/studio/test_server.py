"""The local server as it really is: closed, silent, private, and safe to start and stop again."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import httpx
import psutil
import pytest
from playwright.sync_api import Page

from tests.conftest import REPO, Run
from toolkit.errors import LoginError, ServerError
from toolkit.studio.local import process, server
from toolkit.studio.local.accounts import add_account, signup_open
from toolkit.studio.local.server import ServerInfo
from toolkit.studio.reach.connection import connect

CANARIES = {
    "DEBUG": "true", "PASSWORD": "canary-password", "LABEL_STUDIO_HOST": "http://canary.example",
    "POSTGRE_PASSWORD": "canary-postgres", "AWS_SECRET_ACCESS_KEY": "canary-aws",
}  # fmt: skip


@pytest.fixture
def http(studio: ServerInfo) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=studio.url, trust_env=False, timeout=30) as client:
        yield client


@pytest.fixture
def state(tmp_path: Path) -> Iterator[Path]:
    """A state folder whose server, if a test starts one, is stopped."""
    folder = tmp_path / ".factcheck"
    yield folder
    server.stop(folder)


@pytest.fixture
def warm(studio: ServerInfo, state: Path) -> Path:
    """The state of a stopped server with its database made, so that a start takes seconds."""
    session = studio.log.parent
    shutil.copytree(session, state / "studio", ignore=shutil.ignore_patterns("lock", "server.log"))
    server._save(state / "studio", replace(studio, pid=None, started=None))
    return state


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# Closed


def test_it_listens_on_loopback_alone(studio: ServerInfo) -> None:
    assert studio.pid
    links = psutil.Process(studio.pid).net_connections(kind="inet")
    listening = {link.laddr.ip for link in links if link.status == psutil.CONN_LISTEN}
    assert listening == {"127.0.0.1"}
    foreign = [link.raddr.ip for link in links if link.raddr and not link.raddr.ip.startswith("127.")]
    assert foreign == []


def test_sign_up_needs_the_owners_invitation(http: httpx.Client) -> None:
    http.get("/user/signup/")
    form = {"email": "stranger@example.org", "password": "a long password"}
    form["csrfmiddlewaretoken"] = http.cookies["csrftoken"]
    assert http.post("/user/signup/", data=form).status_code == 403
    assert http.post("/user/signup/", data=form, params={"token": "guessed"}).status_code == 403
    assert http.get("/api/projects/").status_code == 401
    assert not signup_open(str(http.base_url).rstrip("/"))


def test_an_open_sign_up_is_noticed(warm: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(process._CLOSED, "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK", "false")
    info = server.start(warm)
    login = {"Authorization": f"Token {info.token}"}
    before = httpx.get(f"{info.url}/api/users/", headers=login, trust_env=False).json()
    assert signup_open(info.url)
    assert httpx.get(f"{info.url}/api/users/", headers=login, trust_env=False).json() == before


def test_foreign_hosts_and_origins_are_refused(http: httpx.Client, studio: ServerInfo) -> None:
    assert http.get("/health", headers={"Host": "evil.example"}).status_code == 400
    login = {"Authorization": f"Token {studio.token}", "Origin": "https://evil.example"}
    answer = http.get("/api/current-user/whoami", headers=login)
    assert answer.status_code == 200
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_accounts_log_in_and_are_made_once(studio: ServerInfo, http: httpx.Client) -> None:
    accounts = {"first@scripted.invalid": "a first password", "second@scripted.invalid": "Zweites Paßwort"}
    tokens = [
        add_account(studio, email=email, password=password, first_name="Ann")
        for email, password in accounts.items()
    ]
    assert tokens[0] == add_account(studio, email="first@scripted.invalid", password="a first password")
    for email, token in zip(accounts, tokens, strict=True):
        me = http.get("/api/current-user/whoami", headers={"Authorization": f"Token {token}"}).json()
        assert (me["email"], me["first_name"]) == (email, "Ann")
    owner = {"Authorization": f"Token {studio.token}"}
    emails = [user["email"] for user in http.get("/api/users/", headers=owner).json()]
    assert sorted(set(emails)) == sorted(emails)
    logged = re.findall(r"signup/\?token=(\w+)", studio.log.read_text("utf-8"))
    assert http.get("/api/invite", headers=owner).json()["token"] not in logged


def test_an_account_that_was_left_without_a_token_gets_one(studio: ServerInfo, http: httpx.Client) -> None:
    login = {"email": "tokenless@scripted.invalid", "password": "a long password"}
    lost = add_account(studio, **login)
    with closing(sqlite3.connect(studio.log.parent / "data" / "label_studio.sqlite3")) as database, database:
        assert database.execute("delete from authtoken_token where key = ?", [lost]).rowcount == 1
    found = add_account(studio, **login)
    me = http.get("/api/current-user/whoami", headers={"Authorization": f"Token {found}"}).json()
    assert (me["email"], found == lost) == (login["email"], False)


@pytest.mark.parametrize(
    ("email", "password", "message"),
    [
        ("taken@scripted.invalid", "not its password", "another password"),
        ("no address", "a long password", "full e-mail address"),
        ("new@scripted.invalid", "short", "8 to 128 characters"),
    ],
)
def test_a_refused_account_says_why(studio: ServerInfo, email: str, password: str, message: str) -> None:
    add_account(studio, email="taken@scripted.invalid", password="its own password")
    with pytest.raises(ServerError, match=message) as caught:
        add_account(studio, email=email, password=password)
    assert password not in str(caught.value)


# Private


def test_only_the_owner_of_the_folder_can_read_it(studio: ServerInfo) -> None:
    folder = studio.log.parent
    assert mode(folder.parent) == mode(folder) == mode(folder / "data") == 0o700
    open_files = [path for path in folder.rglob("*") if mode(path) & 0o077]
    assert open_files == []
    assert mode(folder / "server.json") == 0o600


def test_no_secret_in_arguments_log_or_report(studio: ServerInfo, run: Run) -> None:
    assert studio.pid
    shown = "\n".join(" ".join(one.info["cmdline"] or []) for one in psutil.process_iter(["cmdline"]))
    assert "label_studio.server" in shown
    folder = studio.log.parent.parent.parent
    status = run("studio", "status", cwd=folder)
    as_json = run("studio", "status", "--format", "json", cwd=folder)
    places = [
        shown,
        studio.log.read_text("utf-8"),
        status.stdout,
        status.stderr,
        as_json.stdout,
        repr(studio),
    ]
    for secret in (studio.token, studio.password):
        assert not [place for place in places if secret in place]
    found = json.loads(as_json.stdout)
    assert (found["state"], found["url"], found["email"]) == ("running", studio.url, studio.email)
    assert (folder / found["login"]).is_file()


def test_a_login_that_others_can_read_is_refused(studio: ServerInfo, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / ".factcheck" / "studio"
    folder.mkdir(parents=True)
    shutil.copy(studio.log.with_name("server.json"), folder)
    (folder / "server.json").chmod(0o644)
    with pytest.raises(LoginError, match="others can read"):
        server.load(tmp_path / ".factcheck")
    done = run("studio", "status")
    assert done.returncode == 3
    assert "chmod 600" in done.stderr


# Silent


def test_the_page_calls_nobody_else(studio: ServerInfo, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(studio.url)
    page.fill("input[name=email]", studio.email)
    page.fill("input[name=password]", studio.password)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile(r"/(projects/?)?$"))
    page.wait_for_load_state("networkidle")
    assert len(asked) > 5
    assert [url for url in asked if not url.startswith((studio.url, "data:", "blob:"))] == []


NOTE_CALLS = """
import sys

def note(event, args):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        where = args[0] if event == "socket.getaddrinfo" else args[1]
        with open({notes!r}, "a") as file:
            print(event, where, file=file)

sys.addaudithook(note)
"""


def foreign(calls: Path) -> list[str]:
    """The noted calls that would leave this machine."""
    return [
        line for line in calls.read_text("utf-8").splitlines() if not re.search("127.0.0.1|localhost", line)
    ]


def test_the_server_calls_nobody_and_keeps_data_and_login(
    warm: Path, studio: ServerInfo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second server on a copy of the data, whose interpreter notes every outgoing connection."""
    calls = tmp_path / "calls"
    calls.touch()
    (tmp_path / "sitecustomize.py").write_text(NOTE_CALLS.format(notes=str(calls)), "utf-8")
    monkeypatch.setitem(process._SILENT, "PYTHONPATH", str(tmp_path))
    for name, value in CANARIES.items():
        monkeypatch.setenv(name, value)
    asked: list[int] = []
    begin = time.monotonic()
    info = server.start(warm, on_progress=lambda seconds, _total: asked.append(seconds))
    assert asked and time.monotonic() - begin < 60
    assert info.port != studio.port, "the session's server has that port"
    assert (info.token, info.password) == (studio.token, studio.password)
    assert info.pid
    told = psutil.Process(info.pid).environ()
    assert not [value for value in told.values() if "canary" in value]
    assert told["LABEL_STUDIO_DEBUG"] == "false" and "DEBUG" not in told
    with httpx.Client(base_url=info.url, trust_env=False, timeout=30) as http:
        login = {"Authorization": f"Token {info.token}"}
        made = http.post("/api/projects/", headers=login, json={"title": "Kept over a restart"})
        assert made.status_code == 201
        http.get("/user/login/")
        http.get("/api/version")
        assert foreign(calls) == []
        assert http.get("/heidi-tips").status_code == 404
        assert foreign(calls) == []
        assert "127.0.0.1', 9)" in calls.read_text("utf-8"), "the tips meet the closed door"

    assert server.stop(warm)
    assert not psutil.pid_exists(info.pid) or not process.alive(info.pid, info.started or 0.0)
    assert not server.stop(warm)
    assert server.status(warm).state == "stopped"
    again = server.start(warm)
    assert (again.url, again.token) == (info.url, info.token)
    titles = httpx.get(f"{again.url}/api/projects/", headers=login, trust_env=False).json()["results"]
    assert "Kept over a restart" in [project["title"] for project in titles]


# Started and stopped


def test_start_finds_the_running_server(studio: ServerInfo, run: Run) -> None:
    state = studio.log.parent.parent
    assert server.start(state) == server.running(state) == studio
    done = run("studio", "start", cwd=state.parent)
    assert done.returncode == 0
    assert studio.url in done.stdout
    other = run("studio", "start", "--port", str(process.any_port()), cwd=state.parent)
    assert other.returncode == 3
    assert "factcheck studio stop" in other.stderr and len(other.stderr.splitlines()) == 1


def test_a_taken_port_is_refused(run: Run, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("studio", "start", "--port", str(port))
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        f"factcheck: 127.0.0.1:{port}: port {port} is taken"
        ". Fix: leave --port out for a free one, or name another"
    ]
    assert not (tmp_path / ".factcheck" / "studio" / "server.json").exists()


def test_without_the_extra_one_line_says_what_to_install(tmp_path: Path) -> None:
    code = (
        "import sys; sys.modules['label_studio'] = None; sys.argv = ['factcheck', 'studio', 'start']\n"
        "from toolkit.cli import main; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(REPO)},
    )  # fmt: skip
    assert done.returncode == 3
    assert done.stderr == (
        "factcheck: Label Studio is not installed. Fix: pip install 'factcheck-toolkit[studio]'\n"
    )
    assert list(tmp_path.iterdir()) == []


def test_status_and_stop_where_nothing_was_started(run: Run, tmp_path: Path) -> None:
    assert "never started" in run("studio", "status").stdout
    assert run("studio", "stop").returncode == 0
    assert not (tmp_path / ".factcheck").exists()


def test_a_process_id_used_again_is_left_alone(studio: ServerInfo, state: Path) -> None:
    bystander = subprocess.Popen(["sleep", "60"])
    try:
        (state / "studio").mkdir(parents=True)
        server._save(state / "studio", replace(studio, pid=bystander.pid, started=studio.started))
        assert server.status(state).state == "stopped"
        assert server.running(state) is None
        assert not server.stop(state)
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def test_the_token_never_goes_to_whoever_took_the_port(
    studio: ServerInfo, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LABEL_STUDIO_URL", "LABEL_STUDIO_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        stranger.settimeout(0.5)
        port = stranger.getsockname()[1]
        (state / "studio").mkdir(parents=True)
        gone = replace(studio, url=f"http://127.0.0.1:{port}", port=port, pid=None, started=None)
        server._save(state / "studio", gone)
        with pytest.raises(ServerError, match=r"Studio is stopped.*factcheck studio start"):
            connect(state)
        with pytest.raises(TimeoutError):
            stranger.accept()
    assert connect(studio.log.parent.parent).user == studio.email


def test_two_starts_at_once_make_one_server(warm: Path) -> None:
    found: list[ServerInfo] = []
    threads = [threading.Thread(target=lambda: found.append(server.start(warm))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 2 and found[0] == found[1]
    servers = [
        one for one in psutil.process_iter(["cmdline"])
        if str(found[0].port) in (one.info["cmdline"] or [])
        and any("label_studio.server" in part for part in one.info["cmdline"])
    ]  # fmt: skip
    assert len(servers) == 1


def test_ctrl_c_leaves_no_process_behind(warm: Path) -> None:
    starting = subprocess.Popen(
        [sys.executable, "-m", "toolkit", "studio", "start"], cwd=warm.parent, stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(REPO)}, text=True,
    )  # fmt: skip
    child = _wait_for_child(warm)
    starting.send_signal(signal.SIGINT)
    _, said = starting.communicate(timeout=60)
    assert starting.returncode == 130
    assert said.splitlines()[-1].startswith("factcheck: interrupted")
    assert not process.alive(child.pid or 0, child.started or 0.0)
    assert server.status(warm).state == "stopped"


def _wait_for_child(state: Path) -> ServerInfo:
    for _ in range(600):
        info = server.load(state)
        if info and info.pid:
            return info
        time.sleep(0.05)
    pytest.fail("no server was started")


def test_a_server_that_dies_says_its_last_words(
    state: Path, studio: ServerInfo, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where another one, killed a moment ago, is still among the processes."""
    dying = subprocess.Popen(["sleep", "0.5"])
    (state / "studio").mkdir(parents=True)
    (state / "studio" / "server.log").touch(0o600)
    born = psutil.Process(dying.pid).create_time()
    server._save(state / "studio", replace(studio, pid=dying.pid, started=born, port=process.any_port()))
    monkeypatch.setitem(process._CLOSED, "LABEL_STUDIO_DEBUG", "perhaps")
    with pytest.raises(ServerError, match=r"ended at once: .*perhaps") as caught:
        server.start(state)
    assert dying.wait() == 0
    assert str(caught.value).count("\n") == 0
    assert server.status(state).state == "stopped"


def _half_made(state: Path, *, answered: bool) -> Path:
    """What a first start leaves that is killed while it makes its tables; gives the database."""
    database = state / "studio" / "data" / "label_studio.sqlite3"
    database.parent.mkdir(parents=True)
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("CREATE TABLE django_content_type (id INTEGER PRIMARY KEY)")
        connection.execute("INSERT INTO django_content_type VALUES (7)")
        connection.commit()
    login = ServerInfo(
        url="", port=process.any_port(), pid=None, started=None, email="owner@localhost",
        log=state / "studio" / "server.log", password="of-nobody", token="0" * 40, answered=answered,
    )  # fmt: skip
    server._save(state / "studio", login)
    return database


def _content(database: Path) -> list[tuple[int]]:
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("SELECT id FROM django_content_type").fetchall()


def test_a_first_start_that_was_killed_is_begun_anew(state: Path) -> None:
    """Its data is moved aside, not deleted; the next starts find the new one."""
    _half_made(state, answered=False)
    info = server.start(state)
    assert info.answered
    assert server.load(state) == info
    assert _content(state / "studio" / "unfinished-1" / "label_studio.sqlite3") == [(7,)]
    assert server.start(state) == info


def test_data_that_people_may_have_worked_on_is_never_moved(state: Path) -> None:
    kept = _half_made(state, answered=True)
    with pytest.raises(ServerError, match=r"ended at once: .*already exists"):
        server.start(state)
    assert _content(kept) == [(7,)]
    assert not list((state / "studio").glob("unfinished-*"))


def test_a_damaged_login_file_says_what_to_do(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / ".factcheck" / "studio"
    folder.mkdir(parents=True)
    (folder / "server.json").write_text('{"url": 1', "utf-8")
    (folder / "server.json").chmod(0o600)
    done = run("studio", "status")
    assert done.returncode == 3
    assert "server.json: damaged. Fix: move it away" in done.stderr
