"""From annotations to claims: one annotation for a document is taken, several need a strategy or a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from toolkit.model import Annotation, Claim, Issue, from_record, to_record
from toolkit.review.disagreements import Disagreement
from toolkit.review.parts import PARTS
from toolkit.review.strategies import Strategy, overrule, unite
from toolkit.review.texts import by_text, done
from toolkit.spool import Spool, spool

_POINTERS = {name: part.fields[0] for name, part in PARTS.items()}


def settle(
    annotations: Iterable[Annotation], *, strategy: str | None = None, rulings: Iterable[Annotation] = ()
) -> Iterator[Claim | Issue]:
    """The claims of every document, sorted by ``doc_id``.

    Claims of a document with one annotation come as they are, rejected ones with that status. Skipped
    annotations say nothing about the text and count for nothing; an empty one counts, because it says that
    there is no claim. Every region that was quarantined at ``pull`` gives a warning. Input may come in any
    order: it waits in a temporary file.

    Several annotations of a document are settled by ``strategy``: ``unanimous`` takes the claims on which
    all agree, ``majority`` what more than half say, ``annotator:NAME`` what that annotator says. Each
    disagreement that is left is an error, and its claim is not taken. Without a strategy such a document is
    an error as a whole. ``rulings`` is the work of adjudicators, one a document; where there is one, it is
    taken, whatever the strategy. Settled claims carry everybody's judgment.

    Raises ``ValueError`` when there is no such strategy.
    """
    plan = Strategy(strategy) if strategy else None
    with spool() as waiting, spool() as settled:
        for annotation in annotations:
            if done(annotation) and not _add(waiting, annotation):
                yield _issue(
                    _kept(annotation), "adjudicate/double", "this annotation stands twice in the input",
                    fix="nothing to do: it is taken once", severity="warning",
                )  # fmt: skip
        for work in by_text(rulings):
            for ruling in work.values():
                _add(settled, ruling)
        ruled = groupby(settled, key=_doc_id)
        doc_id, rulings_kept = next(ruled, ("", iter(())))
        for name, kept in groupby(waiting, key=_doc_id):
            while doc_id and doc_id < name:
                doc_id, rulings_kept = next(ruled, ("", iter(())))
            yield from _document(list(kept), plan, list(rulings_kept) if doc_id == name else [])


def _document(
    group: list[dict[str, Any]], strategy: Strategy | None, rulings: list[dict[str, Any]]
) -> Iterator[Claim | Issue]:
    if not rulings and len(group) == 1:
        yield from _warnings(group[0])
        yield from _claims(group[0])
        return
    work = {kept["annotator"]: _claims(kept) for kept in group}
    if not rulings and strategy is None:
        yield _unsettled(group)
    elif len(rulings) > 1:
        yield _two_rulings(rulings)
    elif len(work) < len(group):
        yield _twice(group)
    elif rulings:
        yield from _warnings(rulings[0])
        yield from overrule(work, _claims(rulings[0]), rulings[0]["annotator"])
    elif strategy and strategy.annotator not in ("", *work):
        yield _unknown(group, strategy)
    elif strategy:
        for kept in group:
            yield from _warnings(kept)
        for item in unite(work, strategy):
            yield item if isinstance(item, Claim) else _disagreement(group, item)


def _doc_id(kept: dict[str, Any]) -> str:
    return str(kept["doc_id"])


def _claims(kept: dict[str, Any]) -> list[Claim]:
    return [from_record(Claim, claim) for claim in kept["claims"]]


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
        fix="settle them by --strategy unanimous, majority or annotator:NAME, or keep one annotation in "
        "Label Studio and pull again",
    )  # fmt: skip


def _twice(group: list[dict[str, Any]]) -> Issue:
    counts = Counter(kept["annotator"] for kept in group)
    name = min(name for name, count in counts.items() if count > 1)
    numbers = ", ".join(str(kept["annotation"]) for kept in group if kept["annotator"] == name)
    return _issue(
        group[0], "adjudicate/same-annotator",
        f"{name} has {counts[name]} annotations of this text ({numbers}); none of its claims were taken",
        fix="delete all but one of them in Label Studio, and pull again",
    )  # fmt: skip


def _two_rulings(rulings: list[dict[str, Any]]) -> Issue:
    names = ", ".join(sorted(kept["annotator"] for kept in rulings))
    return _issue(
        rulings[0], "adjudicate/two-rulings", f"{names} both settle this text; none of its claims were taken",
        fix="keep the work of one of them",
    )  # fmt: skip


def _unknown(group: list[dict[str, Any]], strategy: Strategy) -> Issue:
    names = ", ".join(sorted(kept["annotator"] for kept in group))
    return _issue(
        group[0], "adjudicate/no-ruling",
        f"{strategy.annotator} has no annotation of this text, but {names} have; no claim was taken",
        fix="have it annotated by that person, or choose another strategy",
    )  # fmt: skip


def _disagreement(group: list[dict[str, Any]], found: Disagreement) -> Issue:
    tasks = ", ".join(sorted({str(kept["task"]) for kept in group}))
    return Issue(
        check="adjudicate/disagreement", record=found.claim_id, pointer=f"/{_POINTERS.get(found.part, '')}",
        message=f"{found.doc_id}, task {tasks}, {found}; the claim was not taken",
        fix="have a third person settle it", found=dict(found.said),
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
