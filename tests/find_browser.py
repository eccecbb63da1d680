"""Find the Chromium that the browser tests drive, and with ``--install`` get one.

In this order: Chromium or Chrome on PATH; Debian's package where we are root and have apt-get;
Playwright's own. Prints what is used; exits with 1 and one line when there is none.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update", "--no-first-run")


def find() -> str | None:
    """The path of a browser that starts, or None."""
    for name in NAMES:
        path = shutil.which(name)
        if path and starts(path):
            return path
    own = playwrights_own()
    return own if own and starts(own) else None


def starts(path: str) -> bool:
    """Some distributions put a script there that only says what else to install."""
    try:
        done = subprocess.run([path, "--version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def playwrights_own() -> str | None:
    """Where Playwright keeps its Chromium, if it is there."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        path = Path(driver.chromium.executable_path)
    return str(path) if path.exists() else None


def install() -> None:
    """Get a browser; what fails here shows when ``find`` still finds none."""
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run(["apt-get", *command], env=quiet, stdout=sys.stderr, check=False)
    if find() is None:
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"], stdout=sys.stderr, check=False
        )


def main() -> int:
    path = find()
    if path is None and "--install" in sys.argv[1:]:
        install()
        path = find()
    if path is None:
        print("no browser that starts. Fix: install Chromium, or run this with --install", file=sys.stderr)  # noqa: T201
        return 1
    print(f"browser: {path}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main())
