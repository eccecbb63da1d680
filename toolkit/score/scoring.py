"""Score files against files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from toolkit.errors import DataError
from toolkit.files import Progress
from toolkit.model import Issue
from toolkit.score.compare import add_document
from toolkit.score.figures import Score
from toolkit.score.sides import Side, claims_of, digest_of, gold_files, rules_of
from toolkit.spool import spool

Records = list[dict[str, Any]]


def score_files(
    gold: str, drafts: str, *, documents: Sequence[str] = (), show: bool = False,
    on_progress: Progress | None = None,
) -> Score:  # fmt: skip
    """Hold the drafts of a file (``-`` is stdin) against gold: a dataset's folder or a file of claims.

    A document is scored when the gold names it: by a claim, or in ``documents`` (those of a dataset are
    known), where one without claims means that there are none. Raises ``DataError`` when a file cannot
    be read or no document is on both sides.
    """
    score = Score()
    claims, known = gold_files(gold, documents)
    with spool() as first, spool() as second:
        theirs, ours = Side(first, on_progress), Side(second, on_progress)
        score.issues += theirs.read_claims(claims)
        for path in known:
            score.issues += theirs.read_documents(path)
        score.issues += ours.read_drafts(drafts)
        common = False
        for doc_id, left, right in _together(theirs, ours):
            common |= bool(left and right)
            issue = _unlike(doc_id, left, right, drafts)
            score.issues += [issue] if issue else []
            if left and not (right and issue):
                add_document(score, claims_of(left), claims_of(right), rules_of(right), show=show)
    if not common:
        raise DataError(
            "no document of the gold has a draft here", place=drafts,
            fix="run `factcheck prelabel` on the gold's documents.jsonl",
        )  # fmt: skip
    return score


def _together(theirs: Side, ours: Side) -> Iterator[tuple[str, Records, Records]]:
    """The records of both sides by document; an empty list where a side does not have it."""
    left, right = theirs.by_document(), ours.by_document()
    one, other = next(left, None), next(right, None)
    while one or other:
        doc_id = min(part[0] for part in (one, other) if part)
        first = one[1] if one and one[0] == doc_id else []
        second = other[1] if other and other[0] == doc_id else []
        yield doc_id, first, second
        one = next(left, None) if first else one
        other = next(right, None) if second else other


def _unlike(doc_id: str, left: Records, right: Records, drafts: str) -> Issue | None:
    """What keeps a document from being compared."""
    if not left:
        return Issue(
            check="score/without-gold", severity="note", path=drafts, record=doc_id,
            message="the gold does not have this document; it is not scored",
        )  # fmt: skip
    if not right:
        return Issue(
            check="score/without-draft", severity="warning", path=drafts, record=doc_id,
            message="the gold has this document and the drafts do not; all of it counts as missed",
            fix="run `factcheck prelabel` on it, too",
        )  # fmt: skip
    if digest_of(left) != digest_of(right):
        return Issue(
            check="score/text", path=drafts, record=doc_id,
            message="the gold's text is another than the draft's; it is not scored",
            fix="make the draft from the gold's documents.jsonl",
        )  # fmt: skip
    return None
