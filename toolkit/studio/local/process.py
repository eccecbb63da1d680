"""The process behind the local server: what it is told, whether it still is ours, how it ends."""

from __future__ import annotations

import os
import signal
import site
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psutil

HOST = "127.0.0.1"
STOP_SECONDS = 15.0
_LOG_BYTES = 5_000_000
_CLOCK_SLACK = 2.0

_KEPT = ("PATH", "LANG", "LC_ALL", "LC_CTYPE", "TMPDIR", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")

_CLOSED = {
    "LABEL_STUDIO_DISABLE_SIGNUP_WITHOUT_LINK": "true",
    "LABEL_STUDIO_ALLOWED_HOSTS": f"{HOST},localhost",
    "LABEL_STUDIO_CORS_ALLOW_ALL_ORIGINS": "false",
    "LABEL_STUDIO_ENABLE_LOCAL_FILES_STORAGE": "false",
    "LABEL_STUDIO_LOCAL_FILES_SERVING_ENABLED": "false",
    "LABEL_STUDIO_DEBUG": "false",
}

_SILENT = {
    "LABEL_STUDIO_COLLECT_ANALYTICS": "false",
    "LABEL_STUDIO_LATEST_VERSION_CHECK": "false",
    "LABEL_STUDIO_FEATURE_FLAGS_OFFLINE": "true",
    "LABEL_STUDIO_SENTRY_DSN": "",
    "LABEL_STUDIO_FRONTEND_SENTRY_DSN": "",
    # What no setting turns off (the tips on the login page are fetched from GitHub) meets a closed door.
    "HTTP_PROXY": f"http://{HOST}:9",
    "HTTPS_PROXY": f"http://{HOST}:9",
    "NO_PROXY": f"{HOST},localhost",
}

# Its answers are large trees, and looking for circles at every 700th object of them took more than half of
# the time that it takes to list tasks. Looking at every millionth, it holds some 300 MB more.
_SERVER = (
    "import gc, runpy; gc.set_threshold(1_000_000);"
    " runpy.run_module('label_studio.server', run_name='__main__', alter_sys=True)"
)


def environment(data: Path, *, email: str, password: str, token: str) -> dict[str, str]:
    """Everything the server gets to know: an allow-list of ours, its settings, and the login.

    Label Studio reads bare names like ``DEBUG`` or ``PASSWORD`` as settings, so nothing else of our
    environment goes along. The login travels here and not in the arguments, which ``ps`` shows.
    """
    return {
        **{name: os.environ[name] for name in _KEPT if name in os.environ},
        **_CLOSED,
        **_SILENT,
        "HOME": str(data),
        "PYTHONUSERBASE": site.getuserbase(),
        "PYTHONUTF8": "1",
        "PYTHONUNBUFFERED": "1",
        "LABEL_STUDIO_BASE_DATA_DIR": str(data),
        "LABEL_STUDIO_ENABLE_LEGACY_API_TOKEN": "true",
        "LABEL_STUDIO_USERNAME": email,
        "LABEL_STUDIO_PASSWORD": password,
        "LABEL_STUDIO_USER_TOKEN": token,
    }


def spawn(data: Path, log: Path, *, port: int, env: Mapping[str, str]) -> tuple[int, float]:
    """Start Label Studio in a process group of its own; give its id and its time of birth."""
    if log.exists() and log.stat().st_size > _LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))
    command = [
        sys.executable, "-P", "-c", _SERVER, "start", "--no-browser",
        "--internal-host", HOST, "--port", str(port),
    ]  # fmt: skip
    output = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        child = subprocess.Popen(  # noqa: S603
            command, env=dict(env), cwd=data, umask=0o077, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=output, stderr=output,
        )  # fmt: skip
    finally:
        os.close(output)
    try:
        return child.pid, psutil.Process(child.pid).create_time()
    except BaseException:
        child.kill()
        raise


def alive(pid: int, started: float) -> bool:
    """Whether this process still is the one born at ``started``; ids are used again."""
    try:
        process = psutil.Process(pid)
        return (
            abs(process.create_time() - started) < _CLOCK_SLACK and process.status() != psutil.STATUS_ZOMBIE
        )
    except psutil.Error:
        return False


def listens(pid: int, port: int) -> bool:
    """Whether this process or one of its children is the one that listens on the port."""
    with suppress(psutil.Error):
        family = [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]
        for process in family:
            for link in process.net_connections(kind="tcp"):
                if link.status == psutil.CONN_LISTEN and link.laddr.port == port:
                    return True
    return False


def end(pid: int, started: float) -> None:
    """End the process and its group: asked first, then made to."""
    for wish in (signal.SIGTERM, signal.SIGKILL):
        if not alive(pid, started):
            return
        with suppress(ProcessLookupError):
            os.killpg(pid, wish)
        with suppress(psutil.Error):
            psutil.Process(pid).wait(STOP_SECONDS)


def port_free(port: int) -> bool:
    """Whether the port can be taken on the loopback address and nobody answers there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as caller:
        caller.settimeout(2)
        if caller.connect_ex((HOST, port)) == 0:
            return False
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def any_port() -> int:
    """A port that is free now."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
