"""The demo's reviewer: a script that does on the server what people do in the page.

It accepts, corrects, adds and rejects suggestions until they say what a given gold says. Its account's
e-mail ends in ``@scripted.invalid``, so that a pull marks everything it did as ``scripted``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from toolkit.files import Progress
from toolkit.model import Claim, Document, Draft
from toolkit.studio.conversion.marks import JUNK
from toolkit.studio.conversion.regions import to_result
from toolkit.studio.conversion.tasks import to_document
from toolkit.studio.reach import projects
from toolkit.studio.reach.connection import Connection

Item = Mapping[str, Any]
_SAME_PLACE = 0.5


def review(
    connection: Connection,
    project_id: int,
    gold: Mapping[str, Sequence[Claim]],
    *,
    on_progress: Progress | None = None,
) -> int:
    """Submit one annotation for each task whose document has gold, and give how many were submitted.

    ``gold`` holds the claims by ``doc_id``; ``connection`` is the scripted account's. A task that
    anybody has worked on is left alone, so the review can be run again after any stop.

    Raises ``ServerError`` or ``LoginError``.
    """
    listed = sorted(projects.tasks(connection, project_id, page=100), key=lambda task: int(task["id"]))
    submitted = 0
    for done, task in enumerate(listed, 1):
        claims = gold.get(str(task["data"].get("uid")))
        if claims and not task["annotations"] and not task.get("drafts"):
            _submit(connection, task, claims)
            submitted += 1
        if on_progress:
            on_progress(done, len(listed))
    return submitted


def _submit(connection: Connection, task: Mapping[str, Any], claims: Sequence[Claim]) -> None:
    predictions: list[Item] = task["predictions"]
    prediction = max(predictions, key=lambda one: int(one["id"]), default={})
    document = to_document(task)
    connection.send(
        connection.sdk.annotations.create,
        int(task["id"]),
        result=revised(prediction.get("result") or [], document, claims),
        parent_prediction=prediction.get("id"),
        was_cancelled=False,
        ground_truth=False,
    )


def revised(suggested: Sequence[Item], document: Document, claims: Iterable[Claim]) -> list[dict[str, Any]]:
    """What a careful person would submit who starts from the suggestion and wants exactly ``claims``.

    A suggested region stays where the gold has one on the same words, moves where the gold has one
    of its label on at least half of them, and is deleted otherwise; the rest is drawn anew.
    """
    wanted = [
        item
        for item in to_result(Draft(document, (), ()), claims)
        if item["type"] == "relation" or item["value"].get("labels") != [JUNK]
    ]
    names, old = _kept(_drawn(suggested), _drawn(wanted))
    fields = _fields(suggested)
    result = [dict(item) for item in suggested if item.get("value", {}).get("labels") == [JUNK]]
    for item in wanted:
        if item["type"] == "relation":
            ends = {"from_id": names[item["from_id"]], "to_id": names[item["to_id"]]}
            result.append({**item, **ends})
            continue
        before = old.get(item["id"])
        now = {**item, "id": names[item["id"]], "origin": _origin(before, item, fields, _fields(wanted))}
        now.pop("meta", None)
        if before and "meta" in before:
            now["meta"] = before["meta"]
        result.append(now)
    return result


def _drawn(result: Iterable[Item]) -> list[Item]:
    """The regions themselves, without page junk, fields and relations."""
    return [item for item in result if item.get("type") == "labels" and item["value"].get("labels") != [JUNK]]


def _fields(result: Iterable[Item]) -> dict[str, dict[str, Any]]:
    """What the page shows for each region, by region id and control."""
    found: dict[str, dict[str, Any]] = {}
    for item in result:
        if item.get("type") not in ("labels", "relation"):
            value = {key: part for key, part in item["value"].items() if key not in ("start", "end", "text")}
            text = item["value"].get("text") if item["type"] == "textarea" else None
            found.setdefault(str(item["id"]), {})[item["from_name"]] = (value, text)
    return found


def _kept(suggested: Sequence[Item], wanted: Sequence[Item]) -> tuple[dict[str, str], dict[str, Item]]:
    """Which suggested region each wanted one goes on from: new names by wanted id, and the regions."""
    names: dict[str, str] = {}
    old: dict[str, Item] = {}
    taken: set[str] = set()
    for at_least in (1.0, _SAME_PLACE):
        for item in wanted:
            if item["id"] in names:
                continue
            free = [one for one in suggested if one["id"] not in taken and _overlap(one, item) >= at_least]
            if free:
                best = max(free, key=lambda one: (_overlap(one, item), one["id"] == item["id"]))
                names[item["id"]] = str(best["id"])
                old[item["id"]] = best
                taken.add(str(best["id"]))
    for item in wanted:
        # A new region must not take the name of a suggested one that stands elsewhere.
        name = str(item["id"])
        names.setdefault(name, f"{name}n" if any(one["id"] == name for one in suggested) else name)
    return names, old


def _overlap(left: Item, right: Item) -> float:
    """Shared code points as a part of all (intersection over union); 0 for other labels."""
    one, other = left["value"], right["value"]
    if one["labels"] != other["labels"]:
        return 0.0
    shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
    union = max(one["end"], other["end"]) - min(one["start"], other["start"])
    return float(max(0, shared) / union)


def _origin(before: Item | None, item: Item, suggested: Mapping[str, Any], wanted: Mapping[str, Any]) -> str:
    """What the page would write: drawn by hand, taken over, or taken over and changed."""
    if before is None:
        return "manual"
    place = ("start", "end")
    same = all(before["value"][end] == item["value"][end] for end in place)
    unchanged = suggested.get(str(before["id"])) == wanted.get(str(item["id"]))
    return "prediction" if same and unchanged else "prediction-changed"
