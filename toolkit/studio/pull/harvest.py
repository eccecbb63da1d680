"""What a pull reads, task by task: annotation records, how far each task is, and what went wrong."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from toolkit.errors import FactcheckError
from toolkit.model import Annotation, Issue, digest
from toolkit.studio.conversion import tasks
from toolkit.studio.pull.lines import to_line
from toolkit.studio.pull.people import People
from toolkit.studio.pull.pile import Pile, Place, pack
from toolkit.studio.reach.projects import Desk, expect

TaskState = Literal["unseen", "draft", "skipped", "empty", "annotated"]
STATES: tuple[TaskState, ...] = get_args(TaskState)
_Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One task as it was read: ``found`` annotations, of which ``skipped``.

    ``again``: something of it could not be taken, so the next pull reads it once more.
    """

    task: int
    updated_at: str
    uid: str
    state: TaskState
    found: int
    skipped: int
    again: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """What is counted of one annotation record; its line's sha256 and bytes, and its bytes as packed."""

    task: int
    document: str
    annotation: int
    state: str
    claims: _Counts
    quarantined: int
    digest: str
    length: int
    size: int

    @property
    def place(self) -> tuple[str, str]:
        """Where it stands among the others."""
        return self.document, f"{self.annotation:020}"


@dataclass(frozen=True, slots=True)
class Record:
    """One annotation record: what is kept of it, where it is packed, and where an earlier pull's file has
    its line, if that still has it.
    """

    kept: Kept
    packed: Place
    line: Place | None = None


@dataclass(slots=True)
class Harvest:
    """What was read so far; the records wait on disk, packed."""

    desk: Desk
    people: People
    pile: Pile
    rows: dict[int, Row] = field(default_factory=dict)
    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    fetched: int = 0
    states: Counter[str] = field(default_factory=Counter)
    claims: Counter[str] = field(default_factory=Counter)
    quarantined: int = 0

    def read(self, task: dict[str, Any], *, place: str) -> None:
        """Take a task as the server lists it, with all its annotations."""
        annotations = expect(task, "annotations", list, place)
        skips = [bool(expect(one, "was_cancelled", bool, place)) for one in annotations]
        before = len(self.issues)
        if drift := _drift(task):
            self.issues.append(self._issue(task, "pull/text", *drift))
        states = {self._take(task, one, told=bool(drift)) for one in annotations}
        if not states & set(STATES):
            states = {"skipped" if skip else "annotated" for skip in skips}
        uid = expect(task, "data", dict, place).get("uid")
        self.rows[task["id"]] = Row(
            task=task["id"], updated_at=expect(task, "updated_at", str, place),
            uid=uid if isinstance(uid, str) else "",
            state=max((state for state in STATES if state in states), key=STATES.index, default="unseen"),
            found=len(skips), skipped=sum(skips), again=len(self.issues) > before,
        )  # fmt: skip
        self.fetched += 1

    def go_on(self, rows: Mapping[int, Row], records: Iterable[Record]) -> None:
        """Take over from an earlier pull, by task, what was not read now."""
        read = set(self.rows)
        self.rows |= {task: row for task, row in rows.items() if task not in read}
        for record in records:
            if record.kept.task not in read:
                self._add(record)

    def in_order(self) -> list[Record]:
        """The records by document and annotation id."""
        return [self.records[name] for name in sorted(self.records)]

    def counts(self) -> _Counts:
        """Our figures under the names of the server's."""
        rows = self.rows.values()
        found, skipped = sum(row.found for row in rows), sum(row.skipped for row in rows)
        return {"tasks": len(rows), "annotations": found - skipped, "skipped": skipped}

    def by_state(self, drafts: set[int]) -> _Counts:
        """How many tasks are how far, each counted once; ``drafts`` are the tasks with unsubmitted work."""
        counted = Counter(
            "draft" if row.state == "unseen" and row.task in drafts else row.state
            for row in self.rows.values()
        )
        return {state: counted[state] for state in STATES}

    def _take(self, task: dict[str, Any], annotation: dict[str, Any], *, told: bool) -> str:
        """Convert one annotation and give its state; what cannot be taken is an issue and hides nothing."""
        name, kind = self.people.pseudonym(annotation.get("completed_by"))
        try:
            record = tasks.to_annotation(
                task, annotation, project=self.desk.title, project_id=self.desk.id, annotator=name, kind=kind
            )
            line = to_line(record) + b"\n"
            packed = pack(line)
            self._add(Record(_kept(record, line, len(packed)), self.pile.add(packed)))
        except (ValueError, KeyError, TypeError, FactcheckError) as error:
            problem = getattr(error, "problem", f"not an annotation of ours: {error}")
            fix = getattr(error, "fix", "") or "look at it in Label Studio; the others were taken"
            if not told:
                self.issues.append(self._issue(task, "pull/annotation", problem, fix, annotation.get("id")))
            return ""
        return record.state

    def _add(self, record: Record) -> None:
        kept = record.kept
        self.records[kept.place] = record
        self.states[kept.state] += 1
        self.claims.update(kept.claims)
        self.quarantined += kept.quarantined

    def _issue(
        self, task: dict[str, Any], check: str, problem: str, fix: str, annotation: Any = None
    ) -> Issue:
        return Issue(
            check=check, path=f"{self.desk.url}?task={task['id']}",
            record=f"task {task['id']}" if annotation is None else f"annotation {annotation}",
            message=" ".join(problem.split())[:300], fix=fix,
        )  # fmt: skip


def _kept(record: Annotation, line: bytes, size: int) -> Kept:
    return Kept(
        task=record.task, document=record.document.doc_id, annotation=record.annotation, state=record.state,
        claims=dict(Counter(claim.review.status for claim in record.claims)),
        quarantined=len(record.quarantined), digest=hashlib.sha256(line).hexdigest(),
        length=len(line), size=size,
    )  # fmt: skip


def _drift(task: dict[str, Any]) -> tuple[str, str] | None:
    """Whether the text of a task of ours was changed on the server."""
    data = task.get("data")
    data = data if isinstance(data, dict) else {}
    text, sha, uid = (data.get(name) for name in ("text", "text_sha256", "uid"))
    if not (isinstance(text, str) and isinstance(sha, str) and isinstance(uid, str)) or digest(text) == sha:
        return None
    return (
        f"its text (sha256 {digest(text)[:12]}…) is not the one that was pushed ({sha[:12]}…), so its offsets"
        " mean nothing",
        "push the document again and annotate it there",
    )
