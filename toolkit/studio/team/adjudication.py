"""An adjudication project: the tasks on which annotators disagree, and nothing else.

A task has each annotator's work as a prediction under that annotator's pseudonym, and on top of the page what
they disagree on. What a third person submits there is the ruling.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from toolkit.config import Project
from toolkit.errors import UnfinishedError
from toolkit.files import to_json
from toolkit.model import Annotation, Claim, Draft
from toolkit.studio.conversion.tasks import to_task
from toolkit.studio.page import labeling
from toolkit.studio.page.wording import spelled
from toolkit.studio.pull.people import People
from toolkit.studio.push.journal import alone
from toolkit.studio.reach import projects
from toolkit.studio.reach.connection import Connection
from toolkit.studio.reach.failures import UnclearError
from toolkit.studio.reach.projects import Desk, Stored
from toolkit.studio.team import conflicts
from toolkit.studio.team.tabs import CONFLICTS

HEAD = "Annotators disagree. Open each one's work, take the better one, mend it, submit:"
_SUFFIX = ": adjudication"
_BATCH = 20
_MOST = 20


@dataclass(frozen=True, slots=True)
class Dispute:
    """One document, its annotators' work, and a line for each thing that they see differently."""

    work: tuple[Annotation, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Adjudication:
    """How the adjudication project stands: ``disputed`` documents, of which ``added`` are new there,
    ``renewed`` ones changed since and nobody had begun on them, and ``ruled`` ones are settled;
    ``outdated`` ones changed after somebody had begun on them, and stay as they are.

    ``rulings`` is all that was submitted for disputed documents; of two people there may be two.
    """

    project: str
    project_id: int
    url: str
    disputed: int
    added: int
    renewed: int
    ruled: int
    outdated: int
    rulings: tuple[Annotation, ...]


def title_for(title: str) -> str:
    """The title of the adjudication project of a project; of two long titles no two are the same."""
    room = projects.TITLE_LENGTH.stop - 1 - len(_SUFFIX)
    if len(title) > room:
        short = hashlib.sha256(title.encode("utf-8")).hexdigest()[:6]
        title = f"{title[: room - len(short) - 2].rstrip()}… {short}"
    return f"{title}{_SUFFIX}"


def adjudicate(
    connection: Connection, disputes: Iterable[Dispute], *, project: Project, title: str
) -> Adjudication:
    """Bring disputed documents into the adjudication project of the project ``title``, each once, and
    give the rulings that are there.

    Raises ``SettingsError``, ``ServerError``, ``LoginError``, and ``UnfinishedError`` when a part was
    sent; running again sends the rest.
    """
    name = title_for(title)
    projects.check_title(name)
    wanted = {one.work[0].document.doc_id: one for one in disputes}
    with alone(connection.state, name):
        desk = projects.find(connection, name)
        if desk is None:
            desk = projects.create(connection, name, labeling.checked(project))
        known = _known(connection, desk)
        tasks = {uid: _task(dispute, desk.labeling) for uid, dispute in wanted.items()}
        other = [uid for uid, (_, told) in known.items() if uid in tasks and told != _digest(tasks[uid])]
        stale = [uid for uid in other if _removed(connection, desk, known[uid][0])]
        for uid in stale:
            del known[uid]
        fresh = [uid for uid in tasks if uid not in known]
        _send(connection, desk, [tasks[uid] for uid in fresh])
    rulings = tuple(_rulings(connection, desk, wanted))
    ruled = len({ruling.document.doc_id for ruling in rulings})
    return Adjudication(
        project=desk.title, project_id=desk.id, url=desk.url, disputed=len(wanted),
        added=len(fresh) - len(stale), renewed=len(stale), ruled=ruled, outdated=len(other) - len(stale),
        rulings=rulings,
    )  # fmt: skip


def _known(connection: Connection, desk: Desk) -> dict[str, tuple[Stored, str]]:
    """What we brought, one task a document; a double that nobody touched is removed.

    Tasks that somebody else put there tell of no dispute and are left alone.
    """
    told = {
        task["id"]: task["data"].get("dispute")
        for task in projects.tasks(connection, desk.id, fields="task_only", include="id,data")
    }
    ours = [task for task in projects.stored(connection, desk.id) if task.uid and told.get(task.id)]
    found: dict[str, tuple[Stored, str]] = {}
    for task in sorted(ours, key=lambda task: (not task.touched, task.id)):
        if task.uid in found:
            _removed(connection, desk, task)
        else:
            found[task.uid] = (task, str(told[task.id]))
    return found


def _removed(connection: Connection, desk: Desk, task: Stored) -> bool:
    """Delete one of our tasks, unless by now somebody has begun on it."""
    if task.touched or next(projects.stored(connection, desk.id, after=task.id - 1, page=1), None) != task:
        return False
    connection.send(connection.sdk.tasks.delete, str(task.id))
    return True


def _digest(task: dict[str, Any]) -> str:
    return str(task["data"]["dispute"])


def _task(dispute: Dispute, page: str) -> dict[str, Any]:
    """The import JSON: the document once, each annotator's standing claims as a prediction; ``page`` is
    the labelling configuration, whose words for codes the list uses."""
    works = [
        to_task(_draft(work), suggest="all", model_version=work.annotator)
        for work in sorted(dispute.work, key=lambda work: work.annotator)
    ]
    data, predictions = works[0]["data"], [one for work in works for one in work["predictions"]]
    lines = [f"• {spelled(line, page)}" for line in dispute.lines[:_MOST]]
    if len(dispute.lines) > _MOST:
        lines.append(f"• and {len(dispute.lines) - _MOST} more")
    told = conflicts.sendable("\n".join([HEAD, *lines, "", data["publication"]]))
    digest = hashlib.sha256(to_json([told, predictions]).encode("utf-8")).hexdigest()
    data |= {"publication": told, CONFLICTS: len(dispute.lines), "dispute": digest}
    return {"data": data, "predictions": predictions}


def _draft(work: Annotation) -> Draft:
    standing = tuple(claim for claim in work.claims if claim.review.status != "rejected")
    return Draft(work.document, work.mentions, standing)


def _send(connection: Connection, desk: Desk, tasks: Sequence[dict[str, Any]]) -> None:
    """Import in batches; when it is unclear whether one arrived, the next run looks and sends the rest."""
    for start in range(0, len(tasks), _BATCH):
        batch = tasks[start : start + _BATCH]
        try:
            connection.send(
                connection.sdk.projects.import_tasks, desk.id, request=batch, return_task_ids=True
            )
        except UnclearError as error:
            raise UnfinishedError(
                f"{start} disputed tasks sent, then {error.problem}", place=error.place,
                fix="run the same command again in a minute, nothing comes twice",
            ) from error  # fmt: skip


def _rulings(connection: Connection, desk: Desk, disputes: dict[str, Dispute]) -> Iterator[Annotation]:
    people = People(connection)
    submitted = projects.condition("total_annotations", "greater", "Number", 0)
    for task in projects.tasks(connection, desk.id, where=(submitted,)):
        for ruling in conflicts.read(task, desk, people, connection.url):
            dispute = disputes.get(ruling.document.doc_id)
            if dispute and ruling.state != "skipped":
                yield _traced(ruling, dispute)


def _traced(ruling: Annotation, dispute: Dispute) -> Annotation:
    """Claims with the origin that they had before they were suggested to the adjudicator."""
    origins = {claim.claim_id: claim for work in dispute.work for claim in work.claims}

    def traced(claim: Claim) -> Claim:
        known = origins.get(claim.claim_id)
        made = replace(claim.provenance, origin="human", rule_ids=(), rules_version=None, score=None)
        if known:
            before = known.provenance
            made = replace(
                made, origin=before.origin, rule_ids=before.rule_ids, rules_version=before.rules_version,
                score=before.score,
            )  # fmt: skip
        return replace(claim, provenance=made)

    return replace(ruling, claims=tuple(traced(claim) for claim in ruling.claims))
