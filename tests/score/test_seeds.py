"""The same figures as an independent scorer gives, on gold made outside the project."""

from __future__ import annotations

import contextlib
import importlib
import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.gold.build import make_claim
from toolkit import pipeline
from toolkit.config import packaged_project
from toolkit.files import write_records
from toolkit.model import Claim, Document, Draft, Issue, from_record, to_record
from toolkit.score import Score, score_files

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
GOLD, SEEDS, SCORER = SHARED / "eval" / "seeds_gold_dev.json", SHARED / "seeds", SHARED / "eval" / "score"
pytestmark = pytest.mark.skipif(not GOLD.is_file(), reason="the shared gold is not beside the repository")

COMPARABLE = {"CLAIMER": "SOURCE", "CUE": "CUE", "VICTIM": "VICTIM"}


@pytest.fixture(scope="module")
def drafts() -> list[Draft]:
    gold = json.loads(GOLD.read_text("utf-8"))
    paths = [str(SEEDS / Path(item["file"]).name) for item in gold["documents"]]
    found = list(pipeline.prelabel(paths, project=packaged_project()))
    assert not any(isinstance(item, Issue) for item in found)
    return [item for item in found if isinstance(item, Draft)]


@pytest.fixture(scope="module")
def ours(drafts: list[Draft], tmp_path_factory: pytest.TempPathFactory) -> Score:
    folder = tmp_path_factory.mktemp("seeds")
    by_name = {Path(draft.document.source_path).name: draft.document for draft in drafts}
    gold = json.loads(GOLD.read_text("utf-8"))
    claims = [
        claim for item in gold["documents"] for claim in gold_claims(item, by_name[Path(item["file"]).name])
    ]
    write_records(folder / "claims.jsonl", map(to_record, claims))
    write_records(folder / "documents.jsonl", (to_record(draft.document) for draft in drafts))
    write_records(folder / "drafts.jsonl", map(to_record, drafts))
    return score_files(str(folder), str(folder / "drafts.jsonl"))


@pytest.fixture(scope="module")
def theirs(drafts: list[Draft]) -> dict[str, Any]:
    sys.path.insert(0, str(SCORER))
    try:
        scorer = importlib.import_module("seeds")
    finally:
        sys.path.remove(str(SCORER))
    with contextlib.redirect_stdout(io.StringIO()):
        found: dict[str, Any] = scorer.score(
            json.loads(GOLD.read_text("utf-8")), [to_record(draft) for draft in drafts]
        )
    return found


def gold_claims(item: dict[str, Any], document: Document) -> list[Claim]:
    """The gold of one document as our records, as far as it goes; the rest is filled in soundly."""
    sound = to_record(make_claim())
    found: dict[str, Claim] = {}
    for entry in item["claims"]:
        for figure in entry["figures"] or [{}]:
            source, cue, victim = entry["source"], entry["cue"], figure.get("victim")
            name = f"claim-{len(found):016x}"
            record = {
                **sound, "claim_id": name, "doc_id": document.doc_id, "text_sha256": document.text_sha256,
                "span": entry["claim"], "sentence": entry["claim"], "hedges": [],
                "quantity": None, "event": None,
                "claimer": source and {**sound["claimer"], "span": source, "name": source["text"]},
                "cue": cue and {**sound["cue"], "span": cue, "phrase": cue},
                "victim": victim and {**sound["victim"], "span": victim, "name": victim["text"]},
            }  # fmt: skip
            found[name] = from_record(Claim, record)
    return list(found.values())


@pytest.mark.parametrize("label", COMPARABLE)
def test_labels_are_counted_alike(label: str, ours: Score, theirs: dict[str, Any]) -> None:
    count, row = ours.labels[label], theirs[COMPARABLE[label]]
    assert (count.gold, count.drafted) == (row["gold"], row["pred"])
    for exact, key in ((True, "exact"), (False, "overlap")):
        shares = count.shares(exact=exact)
        assert [round(share or 0, 4) for share in (shares.precision, shares.recall, shares.f1)] == row[key]


def test_contents_overlap_alike(ours: Score, theirs: dict[str, Any]) -> None:
    """Exact contents differ by design: that scorer forgives a final full stop, ours does not."""
    count, row = ours.labels["CLAIM"], theirs["CLAIM all"]
    assert (count.gold, count.drafted) == (row["gold"], row["pred"])
    shares = count.shares()
    assert [round(share or 0, 4) for share in (shares.precision, shares.recall, shares.f1)] == row["overlap"]
