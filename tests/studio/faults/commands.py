"""Commands at work: started, killed, and what came of them, memory included."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path

from toolkit import cli

LONGEST = 300.0


@dataclass(frozen=True)
class Done:
    """A command that ended: by itself with ``code``, or by a signal with its negative number."""

    code: int
    out: str
    err: str
    seconds: float
    mebibytes: float

    @property
    def one_line(self) -> bool:
        """Whether it said one line and no more, without a traceback."""
        return len(self.err.strip().splitlines()) == 1 and "Traceback" not in self.err


class Running:
    """A command at work in a folder: a process of its own, or ``forked`` from this one, which is quicker."""

    def __init__(self, args: tuple[str, ...], folder: Path, env: Mapping[str, str], *, forked: bool) -> None:
        self._files = [tempfile.TemporaryFile(), tempfile.TemporaryFile()]  # noqa: SIM115
        self._begun = time.monotonic()
        out, err = self._files
        if forked:
            self.pid = _forked(args, folder, env, out.fileno(), err.fileno())
        else:
            self.pid = subprocess.Popen(
                [sys.executable, "-m", "toolkit", *args], cwd=folder, env=dict(env),
                stdin=subprocess.DEVNULL, stdout=out, stderr=err,
            ).pid  # fmt: skip

    def going(self) -> bool:
        """Whether it has not ended; its status is left for ``wait``."""
        return os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def kill(self) -> None:
        """End it as a power failure would."""
        os.kill(self.pid, signal.SIGKILL)

    def wait(self, most: float = LONGEST) -> Done:
        """What came of it; killed with the code -9 after ``most`` seconds."""
        while self.going():
            if time.monotonic() - self._begun > most:
                self.kill()
            time.sleep(0.02)
        _, status, used = os.wait4(self.pid, 0)
        said = []
        for file in self._files:
            file.seek(0)
            said.append(file.read().decode("utf-8", "replace"))
            file.close()
        seconds = time.monotonic() - self._begun
        return Done(os.waitstatus_to_exitcode(status), said[0], said[1], seconds, used.ru_maxrss / 1024)


def _forked(args: tuple[str, ...], folder: Path, env: Mapping[str, str], out: int, err: int) -> int:
    """Run the command in a child that has all modules already; gives its id."""
    import_module("label_studio_sdk")
    if child := os.fork():
        return child
    code = 70
    try:
        os.dup2(out, 1)
        os.dup2(err, 2)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(env)
        tempfile.tempdir = None
        sys.stdout, sys.stderr = (os.fdopen(number, "w", closefd=False) for number in (1, 2))
        sys.argv = ["factcheck", *args]
        cli.main()
    except SystemExit as ending:
        code = ending.code if isinstance(ending.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def workers(count: int) -> ProcessPoolExecutor:
    """Processes that run commands beside each other: forks from several threads can lock."""
    return ProcessPoolExecutor(count, mp_context=get_context("fork"))


def badly_ended(done: Done, codes: tuple[int, ...]) -> str:
    """How a command ended otherwise than it may: another code, or a failure of more than one line."""
    if done.code in codes and (done.code == 0 or done.one_line):
        return ""
    return f"exit {done.code}: {done.err[-300:]}"
