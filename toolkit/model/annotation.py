"""What came back from Label Studio: one annotator's work on one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from toolkit.model.claim import Claim, ReviewerKind
from toolkit.model.document import Document
from toolkit.model.draft import Mention

AnnotationState = Literal["annotated", "empty", "skipped"]


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A region that could not be taken, and why; offsets as the server gave them."""

    region: str
    label: str | None
    start: int | None
    end: int | None
    quote: str | None
    reason: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """One annotator's submitted work on one task.

    ``claims`` holds what the annotator left standing, with the review status that follows from the
    comparison with the prediction, and the pre-annotated claims that were removed (``rejected``).
    ``result`` is Label Studio's own list of regions, kept as it came. Times are ISO 8601 in UTC.
    """

    schema_version: str
    project: str
    project_id: int
    task: int
    annotation: int
    annotator: str
    annotator_kind: ReviewerKind
    state: AnnotationState
    created_at: str
    updated_at: str
    model_version: str | None
    document: Document
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    quarantined: tuple[Quarantined, ...]
    result: tuple[dict[str, Any], ...]
