"""What the push and pull tests share: a project of their own, and the server's own counts."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from tests.studio.proxy import Proxy, proxy
from toolkit.config import Project, find_project
from toolkit.model import Draft
from toolkit.studio import connect, push_drafts
from toolkit.studio.local.server import ServerInfo
from toolkit.studio.push.push import PushReport


@dataclass(frozen=True)
class Counts:
    """What the server has of one project: tasks by uid, predictions by (uid, version), annotations."""

    tasks: Counter[str]
    predictions: Counter[tuple[str, str]]
    annotations: int


@dataclass(frozen=True)
class Api:
    """The real server without any of our own client code."""

    info: ServerInfo

    def __call__(self, method: str, path: str, body: Any = None, *, token: str = "") -> Any:
        """The JSON that a request brings."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.info.url}/api/{path}", data, method=method)
        request.add_header("Authorization", f"Token {token or self.info.token}")
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=120) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def projects(self, title: str) -> list[int]:
        """The ids of the projects with exactly this title."""
        found = self("GET", f"projects/?page_size=1000&title={urllib.parse.quote(title)}")["results"]
        return [one["id"] for one in found if one["title"] == title]

    def tasks(self, title: str) -> list[dict[str, Any]]:
        """The tasks of the one project with this title."""
        (_,) = self.projects(title)
        return self.stored(title)

    def stored(self, title: str) -> list[dict[str, Any]]:
        """The tasks of all projects with this title, however many there are."""
        found: list[dict[str, Any]] = []
        for project in self.projects(title):
            found += self("GET", f"tasks/?fields=all&page_size=10000&project={project}")["tasks"]
        return found

    def counts(self, title: str) -> Counts:
        """What is stored."""
        tasks = self.tasks(title)
        return Counts(
            Counter(task["data"]["uid"] for task in tasks),
            Counter(
                (task["data"]["uid"], one["model_version"]) for task in tasks for one in task["predictions"]
            ),
            sum(len(task["annotations"]) for task in tasks),
        )


def annotate(api: Api, task: dict[str, Any], result: list[Any] | None = None, **more: Any) -> int:
    """Submit a task's own suggestion, or ``result``, as an annotation; gives its id."""
    result = task["predictions"][0]["result"] if result is None else result
    made = api("POST", f"tasks/{task['id']}/annotations/", {"result": result, "lead_time": 4.2, **more})
    return int(made["id"])


@pytest.fixture(scope="session")
def api(studio: ServerInfo) -> Api:
    """The real server, directly."""
    return Api(studio)


@pytest.fixture
def title(request: pytest.FixtureRequest) -> str:
    """A project title for this test alone."""
    return f"{abs(hash(request.node.nodeid)) % 10**8} {request.node.name}"[:50].strip()


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    """A project with a state of its own, that sends in batches of five."""
    found = find_project(tmp_path)
    studio = replace(found.settings.studio, batch=5)
    return replace(found, settings=replace(found.settings, studio=studio), state=tmp_path / ".factcheck")


@pytest.fixture
def between(studio: ServerInfo) -> Iterator[Proxy]:
    """A proxy in front of the session's server."""
    with proxy(studio.url) as made:
        yield made


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch, studio: ServerInfo) -> Callable[[str], None]:
    """Make this process talk to a server or proxy at an address."""

    def choose(url: str) -> None:
        monkeypatch.setenv("LABEL_STUDIO_URL", url)
        monkeypatch.setenv("LABEL_STUDIO_API_KEY", studio.token)

    return choose


@pytest.fixture
def push(
    desk: Project, use: Callable[[str], None], studio: ServerInfo, title: str
) -> Callable[..., PushReport]:
    """Push drafts into this test's project, from this process."""
    use(studio.url)

    def send(made: list[Draft], title: str = title, **options: Any) -> PushReport:
        return push_drafts(made, connect(desk.state), project=desk, title=title, **options)

    return send
