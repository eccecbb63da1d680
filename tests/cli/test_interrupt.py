"""Ctrl-C anywhere: one line, exit code 130, and what was there before is untouched."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

READING = {
    "ingest": ["ingest", "-", "--out", "old.out"],
    "prelabel": ["prelabel", "-", "--out", "old.out"],
    "adjudicate": ["adjudicate", "-", "--out", "old.out"],
    "validate": ["validate", "-"],
    "export": ["export", "-", "--to", "set"],
}


@pytest.mark.parametrize("name", READING)
def test_interrupted_while_it_reads(tmp_path: Path, name: str) -> None:
    """Each command is stopped while it waits for more on stdin, as in a pipe whose source is slow."""
    (tmp_path / "old.out").write_text("old\n", "utf-8")
    process = subprocess.Popen(
        [sys.executable, "-m", "toolkit", *READING[name]], cwd=tmp_path, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)}, start_new_session=True,
    )  # fmt: skip
    try:
        wait_until_it_reads(process.pid)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 130, errors
    assert errors.decode().strip() == "factcheck: interrupted; nothing is lost, run the same command again"
    assert (tmp_path / "old.out").read_text("utf-8") == "old\n"
    assert {entry.name for entry in tmp_path.iterdir()} <= {"old.out", ".factcheck", "set"}
    assert not (tmp_path / "set" / "manifest.json").exists()


def wait_until_it_reads(pid: int) -> None:
    """Until the process sleeps and uses no more processor time: it waits for its input."""
    process = psutil.Process(pid)
    used, still = -1.0, 0
    for _ in range(200):
        time.sleep(0.1)
        times = process.cpu_times()
        now = times.user + times.system
        still = still + 1 if now == used and process.status() == psutil.STATUS_SLEEPING else 0
        used = now
        if still >= 5:
            return
    raise AssertionError("it never waited for its input")
