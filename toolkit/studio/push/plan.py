"""What a push would do for each document."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from toolkit.spool import Spool
from toolkit.studio.reach.projects import Stored, source_of

Action = Literal["add", "refresh prediction", "unchanged", "orphaned"]


@dataclass(frozen=True, slots=True)
class Step:
    """What would happen to one document; ``task`` is its task on the server where there is one, and
    ``source`` its address or file, empty where neither is known.
    """

    doc_id: str
    action: Action
    task: int | None
    source: str


def steps(
    waiting: Spool, version: str, known: Mapping[str, Stored], *, refused: Container[str | None]
) -> Iterator[Step]:
    """A step for each document that waits, in its order, then the orphaned ones by id.

    ``known`` are the project's tasks by document; suggestions go out under ``version``.
    """
    for uid in waiting.documents():
        task = known.get(uid)
        if task is None:
            yield Step(uid, "add", None, source_of(waiting.get(uid)["data"]))
        else:
            there = version in task.versions
            yield Step(uid, "unchanged" if there else "refresh prediction", task.id, task.source)
    for uid in sorted(orphaned(waiting, known, refused=refused)):
        yield Step(uid, "orphaned", known[uid].id, known[uid].source)


def orphaned(waiting: Spool, known: Iterable[str], *, refused: Container[str | None]) -> list[str]:
    """The documents of the project that are not among the drafts; a refused draft is one as well."""
    return [uid for uid in known if uid and uid not in refused and uid not in waiting]
