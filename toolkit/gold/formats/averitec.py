"""AVeriTeC JSON (``averitec.json``): real-world claims with what is known of them and the verdict.

The shape is that of the AVeriTeC shared task, one object a claim, plus our ``claim_id``. It wants evidence
as questions with answers; a question that nobody asked is not made up, so ``questions`` stays empty.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.formats.json_array import write_array
from toolkit.gold.formats.marks import notes
from toolkit.gold.formats.statements import statements

LABELS = {
    "supported": "Supported",
    "refuted": "Refuted",
    "not_enough_evidence": "Not Enough Evidence",
    "conflicting": "Conflicting Evidence/Cherrypicking",
}
PLACES = "offsets, quantities, certainty and review are not in it"


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write the claims that affirm a statement of their own; the notes count the others."""
    lost: Counter[str] = Counter()
    records = (_record(claim, dataset, lost) for claim in statements(dataset, lost))
    count = write_array(folder / "averitec.json", records)
    yield Written("averitec.json", count, (PLACES, *notes(lost)))


def _record(claim: dict[str, Any], dataset: Dataset, lost: Counter[str]) -> dict[str, Any]:
    document = dataset.document(claim["doc_id"])
    verdict, quantity = claim["verdict"], claim["quantity"]
    lost["claims have evidence, which is not written as questions and answers"] += bool(claim["evidence"])
    counted = quantity is not None and quantity["modifier"] != "vague"
    return {
        "claim": claim["normalized"],
        "required_reannotation": None,
        "label": LABELS[verdict["label"]] if verdict else None,
        "justification": verdict["justification"] if verdict else None,
        "claim_date": day(document.published_at) if document and document.published_at else None,
        "speaker": claim["claimer"]["name"] if claim["claimer"] else None,
        "original_claim_url": document.url if document else None,
        "fact_checking_article": None,
        "reporting_source": document.publisher if document else None,
        "location_ISO_code": None,
        "claim_types": ["Numerical Claim"] if counted else [],
        "fact_checking_strategies": [],
        "questions": [],
        "cached_original_claim_url": None,
        "claim_id": claim["claim_id"],
    }


def day(published_at: str) -> str:
    """The day of an ISO date as AVeriTeC writes it: 9-10-2020."""
    year, month, date = published_at[:10].split("-")
    return f"{int(date)}-{int(month)}-{year}"
