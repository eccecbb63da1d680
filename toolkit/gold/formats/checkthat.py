"""CheckThat!: check-worthy sentences as TSV, and sentences with their plain claim as CSV.

``checkthat_worthiness.tsv`` has the columns of the lab's check-worthiness task (a sentence is worth a check
when one of its claims is labelled CFS), ``checkthat_normalization.csv`` those of claim normalisation.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.formats.marks import notes
from toolkit.gold.formats.table import described, write_table

WORTHINESS = "checkthat_worthiness.tsv"
NORMALIZATION = "checkthat_normalization.csv"
ONLY = "only sentences with a claim: nothing is known here of the others"


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write both tables; the notes count what was changed, joined or left out."""
    lost: Counter[str] = Counter()
    counts = write_table(
        folder / WORTHINESS, ("Sentence_id", "Text", "class_label"), _sentences(dataset, lost), delimiter="\t"
    )
    yield described(WORTHINESS, counts, (ONLY, *notes(lost)))
    missing: Counter[str] = Counter()
    counts = write_table(folder / NORMALIZATION, ("post", "normalized claim"), _plain(dataset, missing))
    yield described(NORMALIZATION, counts, notes(missing))


def _sentences(dataset: Dataset, lost: Counter[str]) -> Iterator[tuple[str, str, str]]:
    """One row a sentence: ``doc_id:start-end``, its words on one line, Yes or No."""
    for doc_id, claims in groupby(dataset.claims(), key=itemgetter("doc_id")):
        found: dict[tuple[int, int], list[dict[str, Any]]] = {}
        for claim in claims:
            found.setdefault((claim["sentence"]["start"], claim["sentence"]["end"]), []).append(claim)
        for (start, end), inside in sorted(found.items()):
            labels = {claim["check_worthiness"]["label"] for claim in inside}
            text = inside[0]["sentence"]["text"]
            line = " ".join(text.split())
            lost["claims share their sentence's row with another"] += len(inside) - 1
            lost["sentences have claims with different labels"] += len(labels) > 1
            lost["sentences had line breaks, tabs or several spaces, now one space"] += line != text
            yield f"{doc_id}:{start}-{end}", line, "Yes" if "CFS" in labels else "No"


def _plain(dataset: Dataset, lost: Counter[str]) -> Iterator[tuple[str, str]]:
    """One row a claim: the sentence as it stands, and the statement."""
    for claim in dataset.claims():
        if claim["normalized"] is None:
            lost["claims left out: no statement that stands alone"] += 1
        else:
            lost["statements are denied or withheld in their sentence"] += claim["stance"] != "affirm"
            yield claim["sentence"]["text"], claim["normalized"]
