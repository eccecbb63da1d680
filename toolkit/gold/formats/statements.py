"""Which claims fact-checking datasets can hold: those that affirm a statement that stands alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from toolkit.gold.dataset import Dataset


def statements(dataset: Dataset, lost: Counter[str]) -> Iterator[dict[str, Any]]:
    """Claims with a ``normalized`` statement that its claimer affirms; the others are counted in ``lost``.

    Someone who denies does not say the statement, and these formats have no place for that.
    """
    for claim in dataset.claims():
        if claim["normalized"] is None:
            lost["claims left out: no statement that stands alone"] += 1
        elif claim["stance"] != "affirm":
            lost["claims left out: denied or withheld, which has no place here"] += 1
        elif claim["check_worthiness"]["label"] == "NFS":
            lost["claims left out: not factual"] += 1
        else:
            lost["claims have no verdict, so no label"] += claim["verdict"] is None
            yield claim
