"""Where annotators of one task differ, and the tasks where they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from toolkit.errors import FactcheckError
from toolkit.model import Annotation, Claim, to_record
from toolkit.studio import projects, tasks
from toolkit.studio.connection import Connection
from toolkit.studio.people import People
from toolkit.studio.projects import Desk, expect
from toolkit.studio.tabs import CONFLICTS

_MAKING = ("claim_id", "provenance", "review", "schema_version", "doc_id", "text_sha256", "sentence")


def differences(annotations: Sequence[Annotation]) -> list[str]:
    """One line for every claim on which annotators of one document differ, in text order.

    A claim is the same one where it has the same id: a suggested one keeps its own, whatever people
    change of it. Skipped annotations say nothing.
    """
    judged = [one for one in annotations if one.state != "skipped"]
    standing = [
        {claim.claim_id: claim for claim in one.claims if claim.review.status != "rejected"} for one in judged
    ]
    known = {name: claim for found in standing for name, claim in found.items()}
    lines: list[str] = []
    for name, claim in sorted(
        known.items(), key=lambda item: (item[1].span.start, item[1].span.end, item[0])
    ):
        shown = f"“{_short(claim.span.text)}”"
        with_it = [one.annotator for one, found in zip(judged, standing, strict=True) if name in found]
        without = [one.annotator for one, found in zip(judged, standing, strict=True) if name not in found]
        if without:
            lines.append(f"{shown}: a claim for {', '.join(with_it)}, none for {', '.join(without)}")
        elif fields := _fields([found[name] for found in standing]):
            lines.append(f"{shown}: they differ in {', '.join(fields)}")
    return lines


def mark(connection: Connection, desk: Desk) -> int:
    """Write the number of differences into the data of each task where annotators differ, for the tab
    "Conflicts first", and take it out where they no longer do; gives how many tasks have any.
    """
    people = People(connection)
    found = 0
    several = projects.condition("total_annotations", "greater", "Number", 1)
    for task in projects.tasks(connection, desk.id, where=(several,)):
        number = len(differences(list(read(task, desk, people, connection.url))))
        found += number > 0
        change_data(connection, task, {CONFLICTS: number or None})
    return found


def read(task: dict[str, Any], desk: Desk, people: People, place: str) -> Iterator[Annotation]:
    """The annotations of a task as records; those that cannot be read are left to ``pull`` to name."""
    for annotation in expect(task, "annotations", list, place):
        name, kind = people.pseudonym(annotation.get("completed_by"))
        try:
            yield tasks.to_annotation(
                task, annotation, project=desk.title, project_id=desk.id, annotator=name, kind=kind
            )
        except (ValueError, KeyError, TypeError, FactcheckError):
            continue


def change_data(connection: Connection, task: dict[str, Any], values: dict[str, Any]) -> bool:
    """Set values in a task's data, None taking one out; False when they were so already."""
    before = expect(task, "data", dict, connection.url)
    data = {
        key: value for key, value in {**before, **values}.items() if value is not None or key not in values
    }
    if data == before:
        return False
    connection.ask(connection.sdk.tasks.update, str(task["id"]), data=data)
    return True


def sendable(text: str) -> str:
    """Text without what breaks the server: one lone surrogate makes every later listing fail."""
    return text.replace("\0", "�").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _fields(claims: Sequence[Claim]) -> list[str]:
    """Which fields of one claim differ between annotators, with each one's value where it is short."""
    records = [to_record(claim) for claim in claims]
    found: list[str] = []
    for key in records[0]:
        values = [record[key] for record in records]
        if key not in _MAKING and any(value != values[0] for value in values):
            found.append(f"{key} ({' / '.join(_short(_shown(value)) for value in values)})")
    return found


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        inner = value.get("span") or value
        return str(inner.get("text") or "; ".join(str(part) for part in inner.values()))
    return "none" if value in (None, [], ()) else str(value)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:59] + "…"
