"""The whole way on the sample corpus, with a scripted reviewer where people would be.

It runs what a user would run, stage by stage, and leaves every file between two stages to be looked at.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from toolkit import config, pipeline, reading, resources
from toolkit.config import Project
from toolkit.errors import DataError
from toolkit.files import Progress, naming, replacing, write_records
from toolkit.model import Annotation, Claim, Document, Draft, Issue, Manifest, to_record

if TYPE_CHECKING:
    from toolkit.studio import Connection

TITLE = "Factcheck demo"
PEOPLE = ("annotator-1@localhost", "annotator-2@localhost")
SCRIPT = "reviewer@scripted.invalid"
_LOGINS = "logins.json"

T = TypeVar("T")
Step = Callable[[str], AbstractContextManager[Progress]]
"""Opens a progress display for a named step."""


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demo made: where to go on by hand, and a figure for each stage."""

    url: str
    email: str
    password: str
    dataset: Path
    work: Path
    manifest: Manifest
    stages: tuple[tuple[str, str], ...]


def run(folder: Path, *, step: Step) -> DemoReport:
    """Run the demo in ``folder``; run again it takes up where it was, and adds nothing twice.

    Raises what the stages raise: ``ServerError`` without a server, ``DataError`` when a record of the
    sample does not validate.
    """
    project = _project(folder)
    work = project.state / "demo"
    with naming(work):
        work.mkdir(mode=0o700, parents=True, exist_ok=True)
    stages: list[tuple[str, str]] = [_suggest(project, work, step)]
    owner, script = _serve(project, work, step)
    stages.append(_push(project, work, owner, step))
    stages.append(_review(script, step))
    stages.append(_pull(project, work, owner, step))
    stages.append(_settle(work))
    dataset = folder / "exports" / "demo"
    with step("Validating and exporting") as progress:
        manifest = _export(project, work, dataset)
        progress(1, 1)
    stages.append(("export", f"{manifest.counts.claims} claims in {len(manifest.files)} files"))
    password = _logins(work)[PEOPLE[0]]
    return DemoReport(owner.url, PEOPLE[0], password, dataset, work, manifest, tuple(stages))


def _project(folder: Path) -> Project:
    """The rules that come with the package, with the state of ``folder``: the demo shows no one's own."""
    packaged = config.packaged_project()
    settings = replace(packaged.settings, name="demo")
    return Project(settings, packaged.configs, folder.resolve() / config.STATE_FOLDER)


def _suggest(project: Project, work: Path, step: Step) -> tuple[str, str]:
    """Ingest and prelabel, into documents.jsonl and drafts.jsonl.

    Where the package lies is left out of the records, so that they are the same on every machine.
    """
    articles = str(resources.corpus() / "articles")
    with step("Reading and suggesting") as progress:
        documents = [
            replace(document, source_path=Path(document.source_path).name)
            for document in _good(pipeline.ingest([articles], project=project))
        ]
        _write(work / "documents.jsonl", documents)
        drafts: list[Draft] = []
        for draft in _good(pipeline.prelabel([str(work / "documents.jsonl")], project=project)):
            drafts.append(draft)
            progress(len(drafts), len(documents))
        _write(work / "drafts.jsonl", drafts)
    claims = sum(len(draft.claims) for draft in drafts)
    return "prelabel", f"{claims} suggested claims in {len(drafts)} articles"


def _serve(project: Project, work: Path, step: Step) -> tuple[Connection, Connection]:
    """Start the server and make the accounts; gives the owner's connection and the script's.

    The demo is always the local server's, whatever the environment names.
    """
    from toolkit.studio.local import accounts, server
    from toolkit.studio.reach import connection

    with step("Starting Label Studio (about half a minute the first time)") as progress:
        info = server.start(project.state, on_progress=progress)
    tokens: dict[str, str] = {}
    with step("Making accounts") as progress:
        for email, password in _logins(work).items():
            name = email.split("@")[0].capitalize()
            tokens[email] = accounts.add_account(info, email=email, password=password, first_name=name)
            progress(len(tokens), len(PEOPLE) + 1)
    owner, script = (
        connection.login(info.url, token, state=project.state) for token in (info.token, tokens[SCRIPT])
    )
    return owner, script


def _logins(work: Path) -> dict[str, str]:
    """The accounts' random passwords, kept in a file that only the user can read."""
    import json

    path = work / _LOGINS
    if not path.exists():
        made = {email: secrets.token_urlsafe(12) for email in (*PEOPLE, SCRIPT)}
        with replacing(path, mode=0o600) as stream:
            stream.write(json.dumps(made, indent=2).encode() + b"\n")
    with naming(path):
        found: dict[str, str] = json.loads(path.read_text("utf-8"))
    return found


def _push(project: Project, work: Path, owner: Connection, step: Step) -> tuple[str, str]:
    from toolkit.studio import push_drafts

    drafts = _good(reading.read(Draft, work / "drafts.jsonl"))
    with step("Pushing") as progress:
        report = push_drafts(drafts, owner, project=project, title=TITLE, on_progress=progress)
    return "push", f"{report.added} tasks added, {report.unchanged} there already"


def _review(script: Connection, step: Step) -> tuple[str, str]:
    """Let the script do what people would."""
    from toolkit.studio import scripted
    from toolkit.studio.reach import projects

    found = projects.find(script, TITLE)
    if found is None:
        raise DataError(f"the project {TITLE!r} is gone", place=script.url, fix="run the demo again")
    gold: dict[str, list[Claim]] = {}
    for claim in _good(reading.read(Claim, resources.corpus() / "gold.jsonl")):
        gold.setdefault(claim.doc_id, []).append(claim)
    with step("Reviewing (a script, in place of people)") as progress:
        submitted = scripted.review(script, found.id, gold, on_progress=progress)
    return "review", f"{submitted} annotations by a script"


def _pull(project: Project, work: Path, owner: Connection, step: Step) -> tuple[str, str]:
    from toolkit.studio import pull_annotations

    out = work / "annotations.jsonl"
    with step("Pulling") as progress:
        report = pull_annotations(owner, out, project=project, title=TITLE, on_progress=progress)
    said = ", ".join(f"{count} {status}" for status, count in report.claims.items())
    return "pull", f"{report.annotations} annotations: {said}"


def _settle(work: Path) -> tuple[str, str]:
    annotations = _good(reading.read(Annotation, work / "annotations.jsonl"))
    claims = list(_good(pipeline.adjudicate(annotations)))
    _write(work / "claims.jsonl", claims)
    statuses = Counter(claim.review.status for claim in claims)
    return "adjudicate", f"{len(claims)} claims, {statuses['rejected']} of them rejected suggestions"


def _export(project: Project, work: Path, dataset: Path) -> Manifest:
    texts = [str(work / "documents.jsonl")]
    claims = str(work / "claims.jsonl")
    for issue in pipeline.validate([claims], documents=texts):
        if issue.severity == "error":
            raise DataError(issue.message, place=issue.place(), fix=issue.fix)
    with naming(dataset):
        dataset.parent.mkdir(parents=True, exist_ok=True)
    return pipeline.export(claims, to=dataset, project=project, documents=texts)


def _write(path: Path, items: list[Document] | list[Draft] | list[Claim]) -> None:
    write_records(path, (to_record(item) for item in items))


def _good(items: Iterator[T | Issue]) -> Iterator[T]:
    """The sample is ours: an error in it is a fault and not something to go on with."""
    for item in items:
        if not isinstance(item, Issue):
            yield item
        elif item.severity == "error":
            raise DataError(item.message, place=item.place(), fix=item.fix)
