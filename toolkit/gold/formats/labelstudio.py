"""Label Studio JSON (``labelstudio.json``): one task a document, for any project that has our page.

A task has the gold claims twice: as a prediction, whose regions carry what the page does not show, and as
an annotation with the same regions. So a pull after the import gives the claims again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.errors import SettingsError
from toolkit.gold.dataset import AsTask, Dataset, Written
from toolkit.gold.formats.json_array import write_array
from toolkit.gold.formats.marks import by_document, notes
from toolkit.model import Claim, Draft, from_record

ONE = "one annotation a task: who judged a claim and how is not in it"


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write the tasks. The notes count claims that are equal for the page and so become one.

    Raises ``SettingsError`` when whoever exports did not say how tasks are made.
    """
    if dataset.as_task is None:
        raise SettingsError(
            "the format 'labelstudio' needs to know the page", fix="export with toolkit.pipeline.export"
        )
    lost: Counter[str] = Counter()
    count = write_array(folder / "labelstudio.json", _tasks(dataset, dataset.as_task, lost))
    yield Written("labelstudio.json", count, (ONE, *notes(lost)))


def _tasks(dataset: Dataset, as_task: AsTask, lost: Counter[str]) -> Iterator[dict[str, Any]]:
    for document, records in by_document(dataset):
        claims = tuple(from_record(Claim, record) for record in records)
        task = as_task(Draft(document, (), claims))
        result = task["predictions"][0]["result"]
        carried = sum(len(item["meta"].get("claims", ())) for item in result if item["type"] == "labels")
        lost["claims are another claim again for the page and are not repeated"] += len(claims) - carried
        lost["documents without a claim have an empty annotation"] += not claims
        yield {**task, "annotations": [{"result": result, "was_cancelled": False, "ground_truth": True}]}
