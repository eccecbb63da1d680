"""FEVER JSON Lines (``fever.jsonl``): statements with the label that a verdict gives them.

``id`` counts from 1 (FEVER's loaders read 32 bits), ``claim_id`` is ours. FEVER's evidence is a sentence of
Wikipedia; evidence from elsewhere has no place and is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.files import write_records
from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.formats.marks import notes
from toolkit.gold.formats.statements import statements

LABELS = {"supported": "SUPPORTS", "refuted": "REFUTES", "not_enough_evidence": "NOT ENOUGH INFO"}
PLACES = "only the statement and its label: who says it, offsets, quantities and review are not in it"


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write the claims that affirm a statement of their own; the notes count the others."""
    lost: Counter[str] = Counter()
    claims = statements(dataset, lost)
    records = (_record(number, claim, lost) for number, claim in enumerate(claims, start=1))
    count = write_records(folder / "fever.jsonl", records)
    yield Written("fever.jsonl", count, (PLACES, *notes(lost)))


def _record(number: int, claim: dict[str, Any], lost: Counter[str]) -> dict[str, Any]:
    verdict = claim["verdict"]
    label = LABELS.get(verdict["label"]) if verdict else None
    lost["claims have conflicting evidence, for which FEVER has no label"] += bool(verdict and not label)
    lost["claims have evidence that is no sentence of Wikipedia"] += bool(claim["evidence"])
    unknown = label == "NOT ENOUGH INFO"
    return {
        "id": number,
        "verifiable": None if label is None else "NOT VERIFIABLE" if unknown else "VERIFIABLE",
        "label": label,
        "claim": claim["normalized"],
        "evidence": [[[None, None, None, None]]] if unknown else [],
        "claim_id": claim["claim_id"],
    }
