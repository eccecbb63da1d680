"""Drafts as Label Studio tasks, and what people made of them as annotations.

The task's data carries the whole document, so that a pull needs nothing but the server. Its prediction is
the suggestion; an annotation is compared with the suggestion that it started from, region by region.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast

from toolkit.errors import DataError
from toolkit.model import (
    SCHEMA_VERSION,
    Annotation,
    Claim,
    Document,
    Draft,
    Judgment,
    Label,
    Mention,
    Review,
    digest,
    from_record,
    quick_record,
    to_record,
)
from toolkit.model.claim import Origin, ReviewerKind, ReviewStatus
from toolkit.studio.conversion import links
from toolkit.studio.conversion.anchors import Placed, place, same
from toolkit.studio.conversion.assemble import Assembled, assemble
from toolkit.studio.conversion.marks import QUANTITIES, Mark
from toolkit.studio.conversion.regions import to_result

Suggest = Literal["check-worthy", "all"]
_META = ("schema_version", "title", "url", "publisher", "published_at", "language", "source_path", "regions")


def to_task(draft: Draft, *, suggest: Suggest, model_version: str) -> dict[str, Any]:
    """The complete import JSON of a draft: ``data`` and one prediction named after the rules' version.

    ``suggest`` says whose claims are drawn: those labelled check-worthy, or all.

    Raises ``ValueError`` when a score is no finite number.
    """
    document = draft.document
    drawn = [claim for claim in draft.claims if suggest == "all" or claim.check_worthiness.label == "CFS"]
    scores = [claim.provenance.score for claim in drawn if claim.provenance.score is not None]
    if not all(map(math.isfinite, scores)):
        raise ValueError("a score that is no finite number")
    record = to_record(document)
    data = {
        "uid": document.doc_id,
        "headline": headline(document),
        "publication": publication(document),
        "text": document.text,
        "text_sha256": document.text_sha256,
        **{key: record[key] for key in _META},
    }
    prediction = {
        "model_version": model_version,
        "score": round(sum(scores) / len(scores), 4) if scores else 0.0,
        "result": to_result(draft, drawn),
    }
    return {"data": data, "predictions": [prediction]}


def headline(document: Document) -> str:
    """The title, else the first line of the text outside page junk; never a file name."""
    if document.title and document.title.strip():
        return " ".join(document.title.split())
    position = 0
    for line in document.text.split("\n"):
        if line.strip() and not document.is_boilerplate(position, position + len(line)):
            words = " ".join(line.lstrip("-–—•* ").split())
            return words if len(words) <= 120 else words[:119].rsplit(" ", 1)[0] + "…"
        position += len(line) + 1
    return "Untitled report"


def publication(document: Document) -> str:
    """Publisher, date and address on one line."""
    parts = (document.publisher, (document.published_at or "")[:10], document.url)
    return " · ".join(" ".join(part.split()) for part in parts if part) or "publisher and date not known"


def to_annotation(
    task: Mapping[str, Any], annotation: Mapping[str, Any], *, project: str, project_id: int, annotator: str,
    kind: ReviewerKind,
) -> Annotation:  # fmt: skip
    """One annotator's work as the server gave it.

    ``task`` is the server's task with its ``data`` and, where the annotation brings no snapshot of
    the suggestion it started from (``prediction``), with its ``predictions``.

    Raises ``DataError`` when the task's data is not a document or no longer the text that was pushed.
    """
    document = to_document(task)
    result = [item for item in annotation.get("result") or [] if isinstance(item, dict)]
    prediction = _prediction(task, annotation)
    judge = _Judge(
        project,
        int(task["id"]),
        int(annotation["id"]),
        annotator,
        kind,
        prediction.get("model_version") or None,
    )
    items = _items(prediction)
    before = after = place(items, document.text)
    base = links.Suggested(before.marks, before.arrows, document.text)
    suggested = stands = assemble(document, base.marks, base.links, known=base.marks)
    # Most suggestions are submitted as they are, and then the page reads as it did.
    if not same(items, result):
        after = _known(place(result, document.text), base)
    if after.marks != base.marks or after.arrows != before.arrows:
        now = links.read(after.marks, after.arrows, document.text, base)
        stands = assemble(document, after.marks, now, known=base.marks)
    claims = judge.compare(suggested, stands)
    skipped = bool(annotation.get("was_cancelled"))
    return Annotation(
        schema_version=SCHEMA_VERSION,
        project=project,
        project_id=project_id,
        task=judge.task,
        annotation=judge.annotation,
        annotator=annotator,
        annotator_kind=kind,
        state="skipped" if skipped else "annotated" if after.marks or after.quarantined else "empty",
        created_at=str(annotation.get("created_at") or ""),
        updated_at=str(annotation.get("updated_at") or ""),
        model_version=judge.version,
        document=document,
        mentions=() if skipped else _mentions(after, document.text),
        claims=() if skipped else tuple(claims),
        quarantined=after.quarantined,
        result=tuple(result),
    )


def to_document(task: Mapping[str, Any]) -> Document:
    """The document in a task's data. Raises ``DataError`` when it is none, or another text than pushed."""
    data = task.get("data")
    data = data if isinstance(data, Mapping) else {}
    where = f"task {task.get('id')}"
    record = {key: data.get(key) for key in (*_META, "text", "text_sha256")} | {"doc_id": data.get("uid")}
    try:
        document = from_record(Document, record)
    except ValueError as error:
        raise DataError(
            f"its data is no document of ours: {error}"[:300],
            place=where,
            fix="pull only projects made by factcheck push",
        ) from error
    if digest(document.text) != document.text_sha256 or Document.id_for(document.text) != document.doc_id:
        raise DataError(
            "its text is not the one that was pushed, so its offsets mean nothing", place=where,
            fix="push the document again and annotate it there",
        )  # fmt: skip
    return document


def _prediction(task: Mapping[str, Any], annotation: Mapping[str, Any]) -> Mapping[str, Any]:
    """The suggestion that an annotation started from: by its id, else the snapshot, else the newest."""
    listed = task.get("predictions") or []
    known = [item for item in listed if isinstance(item, Mapping)]
    snapshot = annotation.get("prediction")
    if isinstance(snapshot, Mapping) and snapshot.get("result"):
        known.append(snapshot)
    parent = annotation.get("parent_prediction")
    for item in known:
        if parent is not None and item.get("id") == parent:
            return item
    if isinstance(snapshot, Mapping) and snapshot.get("result"):
        return snapshot
    return max(known, key=lambda item: item.get("id") or 0, default={})


def _items(prediction: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    return [item for item in prediction.get("result") or [] if isinstance(item, Mapping)]


def _known(placed: Placed, base: links.Suggested) -> Placed:
    """Give suggested marks what they carried, and make sure that no other mark carries anything.

    A region drawn anew on the words of one that was removed is that one; a region that got another
    label is a new one.
    """
    places = {
        (mark.label, mark.parts): mark.id for mark in base.marks.values() if mark.id not in placed.marks
    }
    names: dict[str, str] = {}
    marks: dict[str, Mark] = {}
    for mark in placed.marks.values():
        old = base.marks.get(mark.id)
        name = mark.id
        if old is None:
            name = places.pop((mark.label, mark.parts), mark.id)
            old = base.marks.get(name)
        elif not _same_kind(old, mark):
            name, old = f"{mark.id}~{mark.label}", None
        names[mark.id] = name
        marks[name] = Mark(name, mark.label, mark.parts, mark.fields, old.meta if old else {}, mark.regions)
    arrows = tuple((names[left], names[right]) for left, right in placed.arrows)
    return Placed(marks, arrows, placed.quarantined)


def _same_kind(left: Mark, right: Mark) -> bool:
    return left.label == right.label or {left.label, right.label} == set(QUANTITIES)


@dataclass(frozen=True, slots=True)
class _Judge:
    """One annotator at one task; ``version`` is that of the suggestion."""

    project: str
    task: int
    annotation: int
    annotator: str
    kind: ReviewerKind
    version: str | None

    def compare(self, before: list[Assembled], after: list[Assembled]) -> list[Claim]:
        """The claims with the judgment on each, in text order; what was removed is rejected."""
        found = {made.claim.claim_id: made for made in after}
        reviewed: list[Claim] = []
        for made in before:
            now = found.pop(made.claim.claim_id, None)
            if now is None:
                reviewed.append(self.judged(made, "rejected"))
            else:
                same = now is made or _stands(made.claim, now.claim)
                status: ReviewStatus = "accepted" if same else "corrected"
                reviewed.append(self.judged(now, status))
        reviewed += [self.judged(made, "added") for made in found.values()]
        return sorted(reviewed, key=lambda claim: (claim.span.start, claim.span.end, claim.claim_id))

    def judged(self, made: Assembled, status: ReviewStatus) -> Claim:
        """A claim with its provenance on the server and this judgment."""
        origin: Origin = "rule" if made.suggested else "human" if self.kind == "person" else "scripted"
        provenance = replace(
            made.claim.provenance, origin=origin, rules_version=self.version if made.suggested else None,
            project=self.project, task=self.task, annotation=self.annotation, regions=made.regions,
        )  # fmt: skip
        judgment = Judgment(self.annotator, self.kind, status, self.annotation)
        return replace(made.claim, provenance=provenance, review=Review(status, (judgment,), None, None))


def _stands(suggested: Claim, now: Claim) -> bool:
    """Whether everything that was suggested still stands.

    A statement of their own, which no rule writes, is what people add and not what they correct.
    """
    normalized = suggested.normalized or now.normalized
    return _content(now) == _content(replace(suggested, normalized=normalized))


def _content(claim: Claim) -> dict[str, Any]:
    """A claim without what is said about its making."""
    return {key: value for key, value in quick_record(claim).items() if key not in ("provenance", "review")}


def _mentions(placed: Placed, text: str) -> tuple[Mention, ...]:
    found = {
        (start, -end, mark.label): Mention(
            cast("Label", mark.label),
            start,
            end,
            text[start:end],
            _rules(mark),
        )
        for mark in placed.marks.values()
        for start, end in mark.parts
    }
    return tuple(mention for _, mention in sorted(found.items()))


def _rules(mark: Mark) -> tuple[str, ...]:
    rules = mark.meta.get("rules")
    return tuple(map(str, rules)) if isinstance(rules, list) else ()
