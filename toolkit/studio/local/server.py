"""The local Label Studio: for this project and this machine alone, with its data in the state folder.

``STATE/studio/`` (0700) holds ``server.json`` (0600: address, process, login), ``data/`` and
``server.log``. A stop keeps all of it, so the next start has the same data, login and address. Data of
a first start that was killed, and that no server starts on any more, is moved to ``unfinished-N/``.
"""

from __future__ import annotations

import importlib.util
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Literal

from toolkit.errors import LoginError, ServerError
from toolkit.files import Progress, naming, replacing
from toolkit.studio.local import process

READY_SECONDS = 180.0
_OWNER = "owner@localhost"


@dataclass(frozen=True, slots=True)
class ServerInfo:
    """A local server's address, process and login; ``pid`` is None when it was stopped. ``answered``: some
    time it came up with this login, so its data may be people's."""

    url: str
    port: int
    pid: int | None
    started: float | None
    email: str
    log: Path
    password: str = field(repr=False)
    token: str = field(repr=False)
    answered: bool = True


@dataclass(frozen=True, slots=True)
class Status:
    """What there is of the local server. ``silent``: its process lives but does not answer."""

    state: Literal["never started", "stopped", "silent", "running"]
    file: Path
    info: ServerInfo | None = None


def start(state: Path, *, port: int | None = None, on_progress: Progress | None = None) -> ServerInfo:
    """Start the local server, or find it running, and wait until it takes our token.

    ``on_progress`` gets the seconds waited. Without ``port`` the last one is used again, else any free
    one. Interrupted or failed, it leaves no process behind.

    Raises ``ServerError`` when Label Studio is not installed, the port is taken or the server does not
    come up, ``LoginError`` when it refuses our token, ``DataError`` when the state cannot be written.
    """
    if importlib.util.find_spec("label_studio") is None:
        raise ServerError("Label Studio is not installed", fix="pip install 'factcheck-toolkit[studio]'")
    with _alone(state) as folder:
        known = load(state)
        if known and _alive(known):
            if port not in {None, known.port}:
                raise ServerError(
                    f"already running on port {known.port}", place=known.url,
                    fix=f"factcheck studio stop && factcheck studio start --port {port}",
                )  # fmt: skip
            try:
                _wait(known, on_progress)
                return _came_up(folder, known)
            except ServerError:
                # It was on its way out, killed a moment ago: then this is a start like any other.
                if _alive(known):
                    raise
        info = _prepared(folder, known, _chosen_port(port, known))
        unfinished = not info.answered and _database(folder).exists()
        try:
            return _started(folder, info, on_progress)
        except ServerError:
            if not unfinished:
                raise
        # A first start that was killed can leave half of a table's making behind, which stops all others.
        _set_aside(folder)
        return _started(folder, info, on_progress)


def stop(state: Path) -> bool:
    """End the local server and keep its data; False when it was not running."""
    if not _folder(state).is_dir():
        return False
    with _alone(state) as folder:
        info = load(state)
        if not (info and info.pid and info.started):
            return False
        was_alive = _alive(info)
        process.end(info.pid, info.started)
        _save(folder, replace(info, pid=None, started=None))
        return was_alive


def status(state: Path) -> Status:
    """Look at the local server without changing anything."""
    info, file = load(state), _folder(state) / "server.json"
    if info is None:
        return Status("never started", file)
    if not _alive(info):
        return Status("stopped", file, info)
    return Status("running" if _answers(info, "/health") == 200 else "silent", file, info)


def running(state: Path) -> ServerInfo | None:
    """The local server, if its own process listens now: only then may its token be sent there.

    Raises like ``load``.
    """
    info = load(state)
    ours = info and info.pid and _alive(info) and process.listens(info.pid, info.port)
    return info if ours else None


def load(state: Path) -> ServerInfo | None:
    """What ``server.json`` says, or None where no server was ever started.

    Raises ``LoginError`` when others can read the file, ``ServerError`` when it is damaged.
    """
    file = _folder(state) / "server.json"
    if not file.exists():
        return None
    with naming(file):
        if file.stat().st_mode & 0o077:
            raise LoginError("others can read this login", place=str(file), fix=f"chmod 600 {file}")
        text = file.read_bytes()
    try:
        values = json.loads(text)
        return ServerInfo(**{**values, "log": file.with_name("server.log")})
    except (ValueError, TypeError) as error:
        raise ServerError(
            "damaged", place=str(file),
            fix="move it away; the next start makes a new login to the same data",
        ) from error  # fmt: skip


@contextmanager
def _alone(state: Path) -> Iterator[Path]:
    """The server's folder, for one start or stop at a time."""
    from filelock import FileLock, Timeout

    folder = _folder(state)
    with naming(folder):
        for path in (state, folder):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.chmod(0o700)
    try:
        with FileLock(folder / "lock", timeout=READY_SECONDS + 20, mode=0o600):
            yield folder
    except Timeout as error:
        raise ServerError(
            "another start or stop has not ended", place=str(folder), fix="wait for it, then try again"
        ) from error


def _chosen_port(wanted: int | None, known: ServerInfo | None) -> int:
    if wanted is not None and not process.port_free(wanted):
        raise ServerError(
            f"port {wanted} is taken", place=f"{process.HOST}:{wanted}",
            fix="leave --port out for a free one, or name another",
        )  # fmt: skip
    if wanted is None and known and process.port_free(known.port):
        return known.port
    return wanted or process.any_port()


def _prepared(folder: Path, known: ServerInfo | None, port: int) -> ServerInfo:
    """Write the login down before the server learns it, so that no crash can lose it."""
    url = f"http://{process.HOST}:{port}"
    if known:
        info = replace(known, url=url, port=port, pid=None, started=None)
    else:
        # Over data whose login was lost, the owner's name is taken and its password unknown.
        lost = _database(folder).exists()
        email = f"owner-{secrets.token_hex(3)}@localhost" if lost else _OWNER
        info = ServerInfo(
            url=url, port=port, pid=None, started=None, email=email, log=folder / "server.log",
            password=secrets.token_urlsafe(15), token=secrets.token_hex(20), answered=lost,
        )  # fmt: skip
    _save(folder, info)
    return info


def _started(folder: Path, info: ServerInfo, on_progress: Progress | None) -> ServerInfo:
    data = folder / "data"
    with naming(data):
        data.mkdir(mode=0o700, exist_ok=True)
        env = process.environment(data, email=info.email, password=info.password, token=info.token)
        pid, started = process.spawn(data, info.log, port=info.port, env=env)
    try:
        running = replace(info, pid=pid, started=started)
        _save(folder, running)
        _wait(running, on_progress)
    except BaseException:
        process.end(pid, started)
        _save(folder, info)
        raise
    return _came_up(folder, running)


def _came_up(folder: Path, info: ServerInfo) -> ServerInfo:
    """Write down that it answered, the first time."""
    if info.answered:
        return info
    info = replace(info, answered=True)
    _save(folder, info)
    return info


def _set_aside(folder: Path) -> None:
    """Move the data where no start looks for it; nothing is deleted."""
    taken = {path.name for path in folder.glob("unfinished-*")}
    number = next(number for number in count(1) if f"unfinished-{number}" not in taken)
    with naming(folder):
        (folder / "data").rename(folder / f"unfinished-{number}")


def _wait(info: ServerInfo, on_progress: Progress | None) -> None:
    """Return when the server answers, is the one that listens, and takes our token."""
    begin = time.monotonic()
    while (waited := time.monotonic() - begin) < READY_SECONDS:
        if not _alive(info):
            raise ServerError(f"ended at once: {_last_words(info)}", place=str(info.log), fix="read the log")
        if _answers(info, "/health") == 200:
            break
        if on_progress:
            on_progress(int(waited), None)
        time.sleep(0.3)
    else:
        raise ServerError(
            f"no answer in {READY_SECONDS:.0f} s", place=info.url, fix=f"read {info.log}, then start again"
        )
    if not (info.pid and process.listens(info.pid, info.port)):
        raise ServerError(
            f"another program answers on port {info.port}", place=info.url,
            fix="start again, or name another port with --port",
        )  # fmt: skip
    answer = _answers(info, "/api/current-user/whoami", token=info.token)
    if answer != 200:
        raise LoginError(
            f"the server refuses its own token ({answer or 'no answer'})", place=info.url,
            fix=f"move {info.log.with_name('server.json')} away and start again; the data stays",
        )  # fmt: skip


def _answers(info: ServerInfo, path: str, *, token: str = "") -> int | None:
    """The status code of one GET, without proxies or redirects; None when nothing answers."""
    from http.client import HTTPConnection, HTTPException

    line = HTTPConnection(process.HOST, info.port, timeout=20 if token else 3)
    try:
        line.request("GET", path, headers={"Authorization": f"Token {token}"} if token else {})
        return line.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        line.close()


def _alive(info: ServerInfo) -> bool:
    return bool(info.pid and info.started and process.alive(info.pid, info.started))


def _last_words(info: ServerInfo) -> str:
    with naming(info.log):
        lines = info.log.read_bytes()[-4000:].decode("utf-8", "replace").split("\n")
    words = next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
    for secret in (info.password, info.token):
        words = words.replace(secret, "***")
    return "".join(char for char in words[:200] if char.isprintable())


def _database(folder: Path) -> Path:
    return folder / "data" / "label_studio.sqlite3"


def _folder(state: Path) -> Path:
    return state.resolve() / "studio"


def _save(folder: Path, info: ServerInfo) -> None:
    values = {name: value for name, value in asdict(info).items() if name != "log"}
    with replacing(folder / "server.json", mode=0o600) as stream:
        stream.write(json.dumps(values, indent=2).encode() + b"\n")
