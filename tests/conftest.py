"""What several tests share: one real Label Studio, one browser, a project, the command."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests import find_browser
from toolkit import pipeline
from toolkit.studio.local import server
from toolkit.studio.local.server import ServerInfo

REPO = Path(__file__).parent.parent

# A shell that starts the tests in the background lets them ignore Ctrl-C, and commands would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


class Run(Protocol):
    """Runs ``factcheck`` as a process of its own, in a folder that is no checkout."""

    def __call__(
        self, *args: str, cwd: Path | None = None, stdin: str = "", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]: ...


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the server or the browser, so that ``-m 'not studio'`` leaves it out; demo first."""
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if "studio" in fixtures:
            item.add_marker(pytest.mark.studio)
        if "browser" in fixtures:
            item.add_marker(pytest.mark.browser)
    # The golden dataset has the ids of a fresh server, so the demo is the first to use the session's.
    items.sort(key=lambda item: "demo_folder" not in getattr(item, "fixturenames", ()))


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """``run("prelabel", "a.txt").returncode``; ``env`` is added to an otherwise bare environment."""

    def factcheck(
        *args: str, cwd: Path | None = None, stdin: str = "", env: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        bare = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "PYTHONPATH": str(REPO)}
        return subprocess.run(
            [sys.executable, "-m", "toolkit", *args], cwd=cwd or tmp_path, input=stdin, encoding="utf-8",
            env={**bare, **(env or {})}, capture_output=True, timeout=300, check=False,
        )  # fmt: skip

    return factcheck


@pytest.fixture
def project_dir(tmp_path: Path) -> Path:
    """A folder with a project as ``factcheck init`` makes it."""
    folder = tmp_path / "project"
    list(pipeline.init(folder))
    return folder


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServerInfo]:
    """The one real server of the process; ``studio.log.parent.parent`` is its state folder."""
    state = tmp_path_factory.mktemp("session") / ".factcheck"
    try:
        yield server.start(state)
    finally:
        server.stop(state)


@pytest.fixture(scope="session")
def studio_env(studio: ServerInfo) -> dict[str, str]:
    """What tells commands in other folders to use the session's server."""
    return {"LABEL_STUDIO_URL": studio.url, "LABEL_STUDIO_API_KEY": studio.token}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, headless."""
    path = find_browser.find()
    if path is None:
        pytest.fail("no browser; run: python tests/find_browser.py --install")
    expect.set_options(timeout=20_000)
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=list(find_browser.ARGS))
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, logged in nowhere, as large as a desktop screen."""
    context = browser.new_context(viewport={"width": 1600, "height": 1000}, locale="en-GB")
    context.set_default_timeout(20_000)
    yield context.new_page()
    context.close()
