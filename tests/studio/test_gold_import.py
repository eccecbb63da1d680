"""A dataset as Label Studio JSON, imported into the real server and pulled from there again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.studio.conftest import Api
from toolkit import pipeline
from toolkit.config import Project
from toolkit.studio import connect
from toolkit.studio.local.server import ServerInfo
from toolkit.studio.page import labeling
from toolkit.studio.reach import projects

DEMO = Path(__file__).parents[2] / "exports" / "demo"
MADE_ON_A_SERVER = ("provenance", "review")


def content(claim: dict[str, Any]) -> str:
    """A claim without what is said about its making."""
    return json.dumps({key: value for key, value in claim.items() if key not in MADE_ON_A_SERVER})


def test_an_import_pulls_the_same_gold(
    studio: ServerInfo, api: Api, desk: Project, use: Callable[[str], None], title: str, tmp_path: Path
) -> None:
    use(studio.url)
    manifest = pipeline.export(
        str(DEMO / "claims.jsonl"), to=tmp_path / "set", project=desk, formats=["labelstudio"],
        documents=[str(DEMO / "documents.jsonl")],
    )  # fmt: skip
    (file,) = manifest.files
    tasks = json.loads((tmp_path / "set" / "labelstudio.json").read_text("utf-8"))
    count = len(tasks)
    assert count == file.records == manifest.counts.documents

    connection = connect(desk.state)
    made = projects.create(connection, title, labeling.load(desk).xml)
    answer = api("POST", f"projects/{made.id}/import", tasks)
    assert (answer["task_count"], answer["annotation_count"], answer["prediction_count"]) == (
        count,
        count,
        count,
    )

    report = pipeline.pull(tmp_path / "pulled.jsonl", project=desk, title=title)
    assert report.quarantined == 0
    pulled = [json.loads(line) for line in (tmp_path / "pulled.jsonl").read_text("utf-8").splitlines()]
    back = {claim["claim_id"]: claim for annotation in pulled for claim in annotation["claims"]}
    gold = [json.loads(line) for line in (DEMO / "claims.jsonl").read_text("utf-8").splitlines()]
    assert {claim["review"]["status"] for claim in back.values()} == {"accepted"}
    different = [
        claim["claim_id"] for claim in gold if content(back.get(claim["claim_id"], {})) != content(claim)
    ]
    counted = [int(note.split()[0]) for note in file.notes if "are not repeated" in note]
    assert len(different) == sum(counted)
    assert len(back) == len(gold) - len(different)
    documents = [json.loads(line) for line in (DEMO / "documents.jsonl").read_text("utf-8").splitlines()]
    assert sorted((one["document"] for one in pulled), key=lambda one: str(one["doc_id"])) == documents
