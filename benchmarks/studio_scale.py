"""Push and pull at scale, on a real Label Studio, as ratios to what its own API and SDK do.

    python benchmarks/studio_scale.py [--tasks 10000] [--naive 300] [--runs 2] [--concurrency N] [--only push]

Everything happens in a temporary folder: a working project, a local Label Studio of its own on a free
loopback port (stopped at the end, whatever happens), and drafts of about twenty regions each, see
``studio_drafts.py``. Each side of a comparison is a process of its own, and the two take turns:

- ``factcheck push``, from drafts to tasks that are stored and looked at, against the raw import endpoint
  given the same tasks in the same batches, ready-made, and unchecked;
- the same against the SDK's ``tasks.create`` and ``predictions.create``, one by one, for some of the tasks;
- ``factcheck pull --full`` of a project whose tasks are all annotated, against
  ``list(tasks.list(fields="all"))`` of the SDK, which only holds them in memory;
- after 100 annotations were edited, ``factcheck pull``, against ``factcheck pull --full``, both to the file
  that the pull before wrote, as people do. A pull looks again at the quarter of an hour before the last
  change it saw, and people do not annotate thousands of texts in that time, so the tasks are dated back in
  the server's database before each full pull: to yesterday and the days before, one each minute.

Then every count is checked, and that the short pull wrote the same bytes as the full one. Two figures for
each: seconds by the clock, and seconds of processor of client and server together.
"""

from __future__ import annotations

import argparse
import filecmp
import json
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from validate_scale import OURS, run

HERE = Path(__file__).parent
EDITS = 100

IMPORT = """
import os, sys
from pathlib import Path
import httpx
url, project, folder = sys.argv[1:]
headers = {"Authorization": f"Token {os.environ['TOKEN']}", "Content-Type": "application/json"}
with httpx.Client(base_url=url, headers=headers, timeout=900, trust_env=False) as page:
    for file in sorted(Path(folder).glob("*.json")):
        page.post(f"/api/projects/{project}/import", content=file.read_bytes()).raise_for_status()
"""
NAIVE = """
import json, os, sys
from itertools import islice
from pathlib import Path
from label_studio_sdk import LabelStudio
url, project, folder, most = sys.argv[1:]
sdk = LabelStudio(base_url=url, api_key=os.environ["TOKEN"])
tasks = (task for file in sorted(Path(folder).glob("*.json")) for task in json.loads(file.read_bytes()))
for task in islice(tasks, int(most)):
    made = sdk.tasks.create(project=int(project), data=task["data"])
    for prediction in task["predictions"]:
        sdk.predictions.create(task=made.id, **prediction)
"""
ANNOTATED = """
import json, os, sys
from pathlib import Path
import httpx
url, project, folder = sys.argv[1:]
headers = {"Authorization": f"Token {os.environ['TOKEN']}"}
with httpx.Client(base_url=url, headers=headers, timeout=900, trust_env=False) as page:
    for file in sorted(Path(folder).glob("*.json")):
        tasks = json.loads(file.read_bytes())
        for number, task in enumerate(tasks):
            result = task["predictions"][0]["result"]
            kept = result[:-1] if number % 5 == 0 else result
            work = {"result": kept, "was_cancelled": number % 20 == 19, "ground_truth": False}
            task["annotations"] = [work]
        page.post(f"/api/projects/{project}/import", json=tasks).raise_for_status()
"""
LIST = """
import os, sys
from label_studio_sdk import LabelStudio
url, project, count = sys.argv[1:]
sdk = LabelStudio(base_url=url, api_key=os.environ["TOKEN"])
assert len(list(sdk.tasks.list(project=int(project), fields="all"))) == int(count)
"""


@dataclass(frozen=True)
class Cost:
    """What one side took: seconds by the clock and of processor (its own, the server's), peak MiB."""

    clock: float
    client: float
    server: float
    peak: float

    @property
    def cpu(self) -> float:
        return self.client + self.server

    def __str__(self) -> str:
        return (
            f"{self.clock:7.1f} s ({self.client:.1f} + {self.server:.1f} s of processor, "
            f"client + server) {self.peak:5.0f} MiB"
        )


class Server:
    """The benchmark's own Label Studio, and its API without any code of ours."""

    def __init__(self, state: Path) -> None:
        known = json.loads((state / "studio" / "server.json").read_text("utf-8"))
        self.url: str = known["url"]
        self._token: str = known["token"]
        self._process = psutil.Process(known["pid"])
        self._data = state / "studio" / "data" / "label_studio.sqlite3"
        os.environ["TOKEN"] = self._token

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/api/{path}", data, method=method)
        request.add_header("Authorization", f"Token {self._token}")
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request, timeout=900) as answer:
            return json.loads(answer.read())

    def project(self, title: str, like: int) -> int:
        """Make a project with the labelling page of another one."""
        page = self("GET", f"projects/{like}/")["label_config"]
        return int(self("POST", "projects/", {"title": title, "label_config": page})["id"])

    def named(self, title: str) -> int:
        """The id of the one project with this title."""
        found = self("GET", "projects/?page_size=1000")["results"]
        (project,) = (one["id"] for one in found if one["title"] == title)
        return int(project)

    def tasks(self, project: int, include: str) -> Iterator[dict[str, Any]]:
        """The tasks by rising id, some of their fields."""
        page, seen, total = 1, 0, 1
        while seen < total:
            path = f"tasks/?project={project}&fields=all&include={include}&page={page}&page_size=500"
            answer = self("GET", path)
            total, page, seen = answer["total"], page + 1, seen + len(answer["tasks"])
            yield from answer["tasks"]

    def date_back(self, project: int) -> None:
        """Make it that nothing in a project was changed today, and one task each minute before that."""
        ago = "(id - (SELECT max(id) FROM task)) || ' minutes'"
        change = f"UPDATE task SET updated_at = datetime('now', '-1 day', {ago}) WHERE project_id = ?"
        with closing(sqlite3.connect(self._data, timeout=60)) as database, database:
            database.execute(change, (project,))

    def seconds(self) -> float:
        """The processor time it has taken so far."""
        times = self._process.cpu_times()
        return times.user + times.system

    def cost(self, *command: str) -> Cost:
        """What a command that talks to this server takes."""
        before = self.seconds()
        clock, cpu, peak = run(*command)
        return Cost(clock, cpu, self.seconds() - before, peak)


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A working project in the folder with a server that runs as long as the block."""
    os.chdir(folder)
    run(OURS, "init")
    try:
        run(OURS, "studio", "start")
        yield Server(folder / ".factcheck")
    finally:
        run(OURS, "studio", "stop")


def script(code: str, *args: object) -> list[str]:
    return [sys.executable, "-c", code, *map(str, args)]


def check(server: Server, project: int, expected: set[str]) -> None:
    """Every document is there once, with one prediction."""
    found = [
        (task["data"]["uid"], task["total_predictions"])
        for task in server.tasks(project, "id,data,total_predictions")
    ]
    assert len(found) == len(expected), f"{len(found)} tasks of {len(expected)}"
    assert {uid for uid, _ in found} == expected, "not the same documents"
    assert all(predictions == 1 for _, predictions in found), "not one prediction a task"
    print(f"  checked: {len(found):,} tasks, each once, with one prediction", flush=True)


def ratio(what: str, ours: list[Cost], theirs: list[Cost], aim: float, share: float = 1.0) -> None:
    """How many times as fast we are; ``share`` is how much of our work the other side did."""
    by_clock = statistics.median(b.clock / share / a.clock for a, b in zip(ours, theirs, strict=True))
    by_cpu = statistics.median(b.cpu / share / a.cpu for a, b in zip(ours, theirs, strict=True))
    print(
        f"{what}: ratio {by_clock:.2f} by the clock, {by_cpu:.2f} by processor time (aim: {aim:g})",
        flush=True,
    )


def pushes(server: Server, given: argparse.Namespace, uids: set[str]) -> int:
    """Push and the raw import in turn, then the naive loop; gives a project of ours."""
    ours: list[Cost] = []
    raw: list[Cost] = []
    more = ["--concurrency", str(given.concurrency)] if given.concurrency else []

    def push(turn: int) -> None:
        ours.append(server.cost(OURS, "push", "drafts.jsonl", "--project", f"Pushed {turn}", *more))
        print(f"factcheck push   {given.tasks / ours[-1].clock:6.0f} tasks/s {ours[-1]}", flush=True)
        check(server, server.named(f"Pushed {turn}"), uids)

    def imported(turn: int) -> None:
        project = server.project(f"Imported {turn}", like)
        raw.append(server.cost(*script(IMPORT, server.url, project, "batches")))
        print(f"raw import       {given.tasks / raw[-1].clock:6.0f} tasks/s {raw[-1]}", flush=True)

    run(OURS, "push", "none.jsonl", "--project", "Model")
    like = server.named("Model")
    for turn in range(given.runs):
        for side in (push, imported) if turn % 2 == 0 else (imported, push):
            side(turn)
    ratio("push / raw import", ours, raw, 0.9)
    if given.naive:
        project = server.project("Naive", like)
        naive = server.cost(*script(NAIVE, server.url, project, "batches", given.naive))
        print(f"SDK, one by one  {given.naive / naive.clock:6.0f} tasks/s {naive}")
        ratio("push / SDK one by one", ours[:1], [naive], 10, given.naive / given.tasks)
    return server.named("Pushed 0")


def pulls(server: Server, given: argparse.Namespace, like: int) -> None:
    """The full pull against the SDK's listing in turn, then 100 edits and the short pull."""
    title = "Annotated"
    project = server.project(title, like)
    server.cost(*script(ANNOTATED, server.url, project, "batches"))
    server.date_back(project)
    full: list[Cost] = []
    listed: list[Cost] = []
    pull = (OURS, "pull", "--project", title, "--out", "pulled.jsonl")
    for _ in range(given.runs):
        full.append(server.cost(*pull, "--full"))
        print(f"factcheck pull --full  {given.tasks / full[-1].clock:6.0f} tasks/s {full[-1]}", flush=True)
        listed.append(server.cost(*script(LIST, server.url, project, given.tasks)))
        print(
            f"SDK tasks.list         {given.tasks / listed[-1].clock:6.0f} tasks/s {listed[-1]}", flush=True
        )
    ratio("full pull / SDK tasks.list", full, listed, 3)
    with Path("pulled.jsonl").open("rb") as records:
        lines = sum(1 for _ in records)
    assert lines == given.tasks, f"{lines} annotations of {given.tasks}"
    short: list[Cost] = []
    again: list[Cost] = []
    for turn in range(given.runs):
        edit(server, project, turn, given.tasks)
        short.append(server.cost(*pull))
        print(f"factcheck pull after {EDITS} edits  {short[-1]}", flush=True)
        shutil.copyfile("pulled.jsonl", "short.jsonl")
        server.date_back(project)
        again.append(server.cost(*pull, "--full"))
        print(f"factcheck pull --full           {again[-1]}", flush=True)
        assert filecmp.cmp("short.jsonl", "pulled.jsonl", shallow=False), "they differ"
    print(f"  checked: {lines:,} annotations, and the short pull's file is the full one's, byte for byte")
    ratio("short pull / full pull", short, again, 20)


def edit(server: Server, project: int, turn: int, tasks: int) -> None:
    """Take the last region off an annotation here and there."""
    step = max(1, tasks // EDITS)
    listed = list(server.tasks(project, "id"))
    for task in listed[turn % step :: step][:EDITS]:
        (annotation,) = server("GET", f"tasks/{task['id']}/annotations/")
        server("PATCH", f"annotations/{annotation['id']}/", {"result": annotation["result"][:-1]})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--tasks", type=int, default=10_000)
    parser.add_argument(
        "--naive", type=int, default=300, help="tasks for the SDK's slow way; 0 leaves it out"
    )
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--concurrency", type=int, help="for factcheck push; default: its own")
    parser.add_argument("--only", choices=["push", "pull"], help="one half alone")
    parser.add_argument("--folder", type=Path, help="where the data goes; default: a temporary folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as name, serving(Path(name)) as server:
        run(sys.executable, str(HERE / "studio_drafts.py"), str(given.tasks), ".")
        Path("none.jsonl").touch()
        with Path("drafts.jsonl").open("rb") as lines:
            uids = {json.loads(line)["document"]["doc_id"] for line in lines}
        print(
            f"{given.tasks:,} tasks, {sum(f.stat().st_size for f in Path('batches').iterdir()) / 1e6:.0f} MB"
        )
        if given.only == "pull":
            run(OURS, "push", "none.jsonl", "--project", "Model")
            like = server.named("Model")
        else:
            like = pushes(server, given, uids)
        if given.only != "push":
            pulls(server, given, like)


if __name__ == "__main__":
    main()
