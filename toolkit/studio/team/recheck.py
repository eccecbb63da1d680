"""What validation found goes back to the people who can mend it: to their tasks, on the page they work on.

The message stands in the task's data: in ``recheck``, by which the tab "To re-review" finds it, and above
``publication``, which our labelling page shows under the headline. Neither is part of the document, so
offsets, regions and the labelling page stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from toolkit.errors import DataError
from toolkit.files import read_records
from toolkit.model import Issue
from toolkit.studio.conversion.tasks import publication, to_document
from toolkit.studio.page.tags import parse
from toolkit.studio.page.wording import spelled
from toolkit.studio.reach import projects
from toolkit.studio.reach.connection import Connection
from toolkit.studio.reach.projects import Desk, expect
from toolkit.studio.team import tabs
from toolkit.studio.team.conflicts import change_data, sendable
from toolkit.studio.team.tabs import RECHECK

HEAD = "⚠ Please look at this again and update your annotation:"
_QUOTED = 80
_MOST = 8


@dataclass(frozen=True, slots=True)
class RecheckReport:
    """What was sent back. ``open`` tasks have a message now, of which ``sent`` are new or changed;
    ``cleared`` tasks had one and are mended. ``issues`` are those that belong to no task of the project.
    """

    project: str
    project_id: int
    url: str
    open: int
    sent: int
    cleared: int
    issues: tuple[Issue, ...]


def recheck(connection: Connection, found: Iterable[Issue], *, title: str) -> RecheckReport:
    """Give the tasks of these issues their messages, and take the messages of all other tasks away.

    An issue finds its task by the record in the file and line that it names, so those files have to
    be where ``validate`` read them; while one of them is not, no message is taken away.

    Raises ``ServerError`` (also when there is no such project) or ``LoginError``.
    """
    desk = projects.named(connection, title)
    tabs.arrange(connection, desk.id)
    messages, issues = _messages(found, desk.labeling)
    lost = any(issue.path and not Path(issue.path).is_file() for issue in issues)
    report = {"open": 0, "sent": 0, "cleared": 0}
    for task in projects.tasks(connection, desk.id, fields="task_only", include="id,data"):
        data = expect(task, "data", dict, connection.url)
        told = messages.pop(str(data.get("uid")), None)
        if not told and (lost or RECHECK not in data):
            report["open"] += RECHECK in data
            continue
        changed = change_data(connection, task, _shown(task, told))
        report["open"] += bool(told)
        report["sent" if told else "cleared"] += changed
    issues += [_homeless(uid, "no task of the project has this document") for uid in messages]
    if report["open"]:
        issues += _unseen(desk)
    return RecheckReport(
        project=desk.title, project_id=desk.id, url=desk.url, **report,
        issues=tuple(sorted(issues, key=Issue.order)),
    )  # fmt: skip


def _messages(found: Iterable[Issue], labeling: str) -> tuple[dict[str, list[str]], list[Issue]]:
    """What to say of each document, and the issues of which nobody knows the document."""
    files: dict[str, dict[int, Mapping[str, Any]]] = {}
    messages: dict[str, list[str]] = {}
    issues: list[Issue] = []
    for issue in found:
        if issue.path not in files:
            files[issue.path] = dict(_records(issue.path))
        record = files[issue.path].get(issue.line or 0)
        if record is None:
            said_of = issue.record or issue.place()
            issues.append(_homeless(said_of, f"no record there for: {issue.message}", issue.path))
            continue
        said = messages.setdefault(_document(record), [])
        line = _line(issue, record, labeling)
        if line not in said:
            said.append(line)
    return messages, issues


def _records(path: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The records of a file by line; none where it cannot be read."""
    if path == "-" or not Path(path).is_file():
        return
    for line in read_records(path):
        if not isinstance(line, Issue) and _document(line.record):
            yield line.number, line.record


def _document(record: Mapping[str, Any]) -> str:
    inner = record.get("document")
    name = inner.get("doc_id") if isinstance(inner, dict) else record.get("doc_id")
    return name if isinstance(name, str) else ""


def _line(issue: Issue, record: Mapping[str, Any], labeling: str) -> str:
    """The issue in one line for the annotator: which claim, what is wrong with it, what to do."""
    span = record.get("span")
    quote = " ".join(str(span.get("text")).split()) if isinstance(span, dict) else ""
    quote = quote if len(quote) <= _QUOTED else quote[: _QUOTED - 1] + "…"
    said = f"{issue.message.rstrip('.')}. {issue.fix[:1].upper()}{issue.fix[1:]}".strip()
    said = spelled(said, labeling)
    return sendable(f"“{quote}”: {said}" if quote else said)


def _shown(task: dict[str, Any], told: list[str] | None) -> dict[str, Any]:
    """The task's data with these messages, or without any."""
    try:
        line = publication(to_document(task))
    except DataError:
        line = str(task["data"].get("publication") or "").rpartition("\n")[2]
    if not told:
        return {RECHECK: None, "publication": line}
    lines = told[:_MOST] + ([f"and {len(told) - _MOST} more"] if len(told) > _MOST else [])
    text = "\n".join(f"• {one}" for one in lines)
    return {RECHECK: text, "publication": f"{HEAD}\n{text}\n\n{line}"}


def _unseen(desk: Desk) -> Iterator[Issue]:
    """A page that was changed may show no publication, and then nobody sees the message."""
    if not any(tag.attrs.get("value") == "$publication" for tag in parse(desk.labeling)):
        yield Issue(
            severity="warning", check="recheck/page", path=desk.url,
            message="the labelling page shows no $publication, so the messages stand in the tab alone",
            fix='add <Text name="publication" value="$publication"/> to the page',
        )  # fmt: skip


def _homeless(record: str, message: str, path: str = "") -> Issue:
    return Issue(
        severity="warning", check="recheck/task", record=record, path=path, message=message,
        fix="run it where `factcheck validate` ran, for the project that the records were pulled from",
    )  # fmt: skip
