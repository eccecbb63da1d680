"""Annotations by text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from toolkit.model import Annotation, from_checked, to_record
from toolkit.spool import spool


def done(annotation: Annotation) -> bool:
    """Whether the annotator has submitted what the text says: not when the task was skipped."""
    return annotation.state in ("annotated", "empty")


def by_text(annotations: Iterable[Annotation]) -> Iterator[dict[str, Annotation]]:
    """The annotations of each text by annotator (both in order), sorted by ``doc_id``.

    Skipped annotations say nothing of the text and are left out; empty ones say that there is nothing. Of
    two annotations by one annotator the later stands (by ``updated_at``, then project and id). Input may
    come in any order: it waits in a temporary file.
    """
    with spool() as waiting:
        for annotation in annotations:
            if done(annotation):
                name = f"{annotation.updated_at} {annotation.project_id:020} {annotation.annotation:020}"
                waiting.add(annotation.document.doc_id, to_record(annotation), id=name)
        for _, group in groupby(waiting, key=lambda record: record["document"]["doc_id"]):
            latest = {one.annotator: one for one in (from_checked(Annotation, record) for record in group)}
            yield {name: latest[name] for name in sorted(latest)}
