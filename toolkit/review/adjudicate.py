"""From annotations to claims: one annotation for a document is taken, several need a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from toolkit.model import Annotation, Claim, Issue, from_record, to_record
from toolkit.spool import Spool, spool


def settle(annotations: Iterable[Annotation]) -> Iterator[Claim | Issue]:
    """The claims of every document that has one annotation, sorted by ``doc_id``.

    Claims come as they are, rejected ones with that status. Skipped annotations say nothing about
    the text and count for nothing; an empty one counts, because it says that there is no claim. A
    document with several annotations gives an error and none of its claims. Every region that was
    quarantined at ``pull`` gives a warning. Input may come in any order: it waits in a temporary file.
    """
    with spool() as waiting:
        for annotation in annotations:
            if annotation.state != "skipped" and not _add(waiting, annotation):
                yield _issue(
                    _kept(annotation), "adjudicate/double", "this annotation stands twice in the input",
                    fix="nothing to do: it is taken once", severity="warning",
                )  # fmt: skip
        for _, group in groupby(waiting, key=lambda kept: kept["doc_id"]):
            first, *others = group
            if others:
                yield _unsettled([first, *others])
            else:
                yield from _warnings(first)
                yield from (from_record(Claim, claim) for claim in first["claims"])


def _add(waiting: Spool, annotation: Annotation) -> bool:
    # Task ids are used again after a delete, so only the text says which annotations belong together.
    name = f"{annotation.project_id:020}/{annotation.annotation:020}"
    return waiting.add(annotation.document.doc_id, _kept(annotation), id=name)


def _kept(annotation: Annotation) -> dict[str, Any]:
    return {
        "doc_id": annotation.document.doc_id,
        "task": annotation.task,
        "annotation": annotation.annotation,
        "annotator": annotation.annotator,
        "quarantined": [to_record(region) for region in annotation.quarantined],
        "claims": [to_record(claim) for claim in annotation.claims],
    }


def _unsettled(group: list[dict[str, Any]]) -> Issue:
    tasks = ", ".join(sorted({str(kept["task"]) for kept in group}))
    annotators = ", ".join(sorted({kept["annotator"] for kept in group}))
    return _issue(
        group[0], "adjudicate/several",
        f"task {tasks} has {len(group)} annotations (by {annotators}); none of its claims were taken",
        fix="settle them in Label Studio, keep one annotation for the task, and pull again",
    )  # fmt: skip


def _warnings(kept: dict[str, Any]) -> Iterator[Issue]:
    for region in kept["quarantined"]:
        yield _issue(
            kept, "adjudicate/quarantined",
            f"region {region['region']} ({region['label'] or 'no label'}) of task {kept['task']} "
            f"is not in the claims: {region['reason']}",
            fix="mark it again in Label Studio and pull again", severity="warning", found=region["quote"],
        )  # fmt: skip


def _issue(kept: dict[str, Any], check: str, message: str, **more: Any) -> Issue:
    return Issue(check=check, record=kept["doc_id"], message=message, **more)
