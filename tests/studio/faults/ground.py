"""The ground a row stands on: a real server, folders of projects, the command, and what is stored."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

from tests.conftest import REPO
from tests.studio.conftest import Api
from tests.studio.faults.commands import LONGEST, Done, Running
from tests.studio.proxy import Proxy, proxy
from tests.studio.reports import RULES, write
from toolkit import pipeline
from toolkit.config import Project, load_project
from toolkit.model import Draft
from toolkit.studio import connect, push_drafts
from toolkit.studio.local import process, server
from toolkit.studio.local.server import ServerInfo
from toolkit.studio.push.push import PushReport

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@dataclass(frozen=True)
class Desk:
    """A folder with a project of its own, for one title on the server at ``url``."""

    folder: Path
    title: str
    url: str
    token: str

    @property
    def project(self) -> Project:
        """Its settings."""
        return load_project(self.folder)

    @property
    def env(self) -> dict[str, str]:
        """What tells a command where the server is, in an otherwise bare environment."""
        return {
            "PATH": os.environ["PATH"], "HOME": str(self.folder), "PYTHONPATH": str(REPO),
            "TMPDIR": str(self.folder), "LABEL_STUDIO_URL": self.url, "LABEL_STUDIO_API_KEY": self.token,
        }  # fmt: skip

    def through(self, url: str) -> Desk:
        """The same folder, with another way to the server."""
        return replace(self, url=url)

    @contextmanager
    def here(self, **more: str) -> Iterator[None]:
        """Let this process talk to the server as the command would."""
        login = {"LABEL_STUDIO_URL": self.url, "LABEL_STUDIO_API_KEY": self.token}
        with mock.patch.dict(os.environ, {**login, **more}):
            yield

    def push(self, drafts: Iterable[Draft], **more: str) -> PushReport:
        """Push from this process; ``more`` are variables of the environment."""
        with self.here(**more):
            project = self.project
            return push_drafts(drafts, connect(project.state), project=project, title=self.title)

    def start(self, *args: str, forked: bool = False, **more: str) -> Running:
        """Start ``factcheck`` as a process, with its output in files of its own."""
        return Running(args, self.folder, {**self.env, **more}, forked=forked)

    def run(self, *args: str, forked: bool = False, most: float = LONGEST, **more: str) -> Done:
        """Run ``factcheck`` to its end, which comes after ``most`` seconds at the latest."""
        return self.start(*args, forked=forked, **more).wait(most)

    def push_args(self, drafts: list[Draft]) -> tuple[str, ...]:
        """The arguments that push these drafts."""
        name = f"drafts-{len(drafts)}.jsonl"
        write(self.folder / name, drafts)
        return ("push", name, "--project", self.title)

    def hits(self, secrets: Iterable[str], *said: str) -> list[str]:
        """Where one of these secrets stands: in what was said, or in a file of the folder."""
        files = {str(path): path.read_bytes() for path in self.folder.rglob("*") if path.is_file()}
        places = files | {f"output {number}": text.encode() for number, text in enumerate(said)}
        return [place for place, raw in places.items() for secret in secrets if secret.encode() in raw]

    def journalled(self, step: str) -> int:
        """How many batches the journals say are this far."""
        lines = (file.read_text("utf-8") for file in (self.project.state / "push").glob("*.jsonl"))
        return sum(text.count(f'"step": "{step}"') for text in lines)


@dataclass(frozen=True)
class Ground:
    """A server by its state folder, and an empty folder for what a row makes; ``quick`` for fewer cases;
    ``browser`` is one that runs already."""

    state: Path
    room: Path
    quick: bool
    browser: Browser | None = None

    @property
    def info(self) -> ServerInfo:
        """The server as it runs now."""
        info = server.load(self.state)
        assert info is not None
        return info

    @property
    def api(self) -> Api:
        """The server without our own client code."""
        return Api(self.info)

    def desk(self, title: str, *, batch: int = 5, token: str = "") -> Desk:
        """A new project folder for this title, which sends in batches of this size."""
        folder = Path(tempfile.mkdtemp(dir=self.room))
        list(pipeline.init(folder))
        settings = folder / "configs" / "project.yaml"
        text = settings.read_text("utf-8")
        assert "batch: 250" in text
        settings.write_text(text.replace("batch: 250", f"batch: {batch}"), "utf-8")
        title = f"{title} {folder.name[-8:]}"
        return Desk(folder, title, self.info.url, token or self.info.token)

    @contextmanager
    def between(self) -> Iterator[Proxy]:
        """A proxy before the server."""
        with proxy(self.info.url) as made:
            yield made

    @contextmanager
    def own_server(self) -> Iterator[Ground]:
        """The same ground on a server of its own, which may be killed: a copy of this one's data."""
        state = self.room / "own" / ".factcheck"
        ignored = shutil.ignore_patterns("lock", "server.log*")
        shutil.copytree(self.state / "studio", state / "studio", ignore=ignored)
        stopped = replace(self.info, pid=None, started=None, port=process.any_port())
        server._save(state / "studio", stopped)
        try:
            server.start(state)
            yield replace(self, state=state)
        finally:
            server.stop(state)


def amiss(api: Api, title: str, drafts: Iterable[Draft], *, versions: Iterable[str] = (RULES,)) -> str:
    """What of these drafts is not stored exactly once, in words; empty when all is well."""
    uids = [draft.document.doc_id for draft in drafts]
    found = api.stored(title)
    tasks = Counter(task["data"]["uid"] for task in found)
    predictions = Counter(
        (task["data"]["uid"], one["model_version"]) for task in found for one in task["predictions"]
    )
    return ", ".join(
        [
            *_differences("tasks", Counter(uids), tasks),
            *_differences("predictions", Counter((u, v) for u in uids for v in versions), predictions),
        ]
    )


def _differences(name: str, wanted: Counter[Any], stored: Counter[Any]) -> Iterator[str]:
    if lost := wanted - stored:
        yield f"{lost.total()} {name} lost"
    if doubled := stored - wanted:
        yield f"{doubled.total()} {name} doubled or strange"


def until(what: Callable[[], bool], *, seconds: float, pause: float = 0.003) -> bool:
    """Wait for something, not longer than ``seconds``; whether it came."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True
