"""Drafts of about twenty regions, as many as asked for, and the tasks that a push makes of them.

    python benchmarks/studio_drafts.py COUNT FOLDER

The sample corpus is prelabelled, each draft keeps its first claims until it has some twenty regions, and
every copy gets another background paragraph at its end, so that each text, each id and each file differs.
The same count always gives the same bytes: ``drafts.jsonl`` for ``factcheck push``, and ``batches/*.json``
with the same tasks as the server's own import takes them.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice
from pathlib import Path

from toolkit import pipeline, resources
from toolkit.config import Project, packaged_project
from toolkit.files import write_records
from toolkit.model import Document, Draft, Issue, digest, to_record
from toolkit.studio.conversion.tasks import to_task

REGIONS = 20
BACKGROUND = (
    "The road between the two towns had been closed since the rains began.",
    "Traders at the market described a quiet morning before the first reports came in.",
    "Telephone lines to the northern districts were down for most of the week.",
    "The governor's office had called for calm in a short address on local radio.",
    "Schools in the area are to open again once the crossing has been repaired.",
    "Aid agencies keep a store of grain and blankets beside the old airfield.",
    "Harvest prices in the province have hardly moved since the spring.",
    "Residents queued at the pump until late in the afternoon.",
    "A delegation of elders is expected to travel to the capital.",
    "The bridge is the only way across the river for heavy lorries.",
    "Radio announcers repeated the notice in three languages through the night.",
    "Shopkeepers swept the dust from their steps and put out their goods again.",
)


def originals(project: Project) -> list[Draft]:
    """The corpus's drafts with as many of their claims as some twenty regions take."""
    suggested = pipeline.prelabel([str(resources.corpus() / "articles")], project=project)
    drafts = [draft for draft in suggested if not isinstance(draft, Issue)]
    return [cut for draft in drafts if regions(cut := shortened(draft, project), project) >= REGIONS // 2]


def shortened(draft: Draft, project: Project) -> Draft:
    while regions(draft, project) > REGIONS + 2:
        draft = replace(draft, claims=draft.claims[:-1])
    return draft


def regions(draft: Draft, project: Project) -> int:
    result = to_task(draft, suggest=project.settings.studio.suggest, model_version="")["predictions"][0][
        "result"
    ]
    return sum(item["type"] == "labels" for item in result)


def copies(drafts: list[Draft]) -> Iterator[Draft]:
    """The drafts again and again, each time with another paragraph at the end."""
    for turn in count():
        for number, draft in enumerate(drafts):
            chance = random.Random(f"{turn} {number}")
            more = " ".join(chance.sample(BACKGROUND, 9))
            text = f"{draft.document.text.rstrip()}\n\n{more} Report {turn}.\n"
            document = replace(
                draft.document, text=text, text_sha256=digest(text), doc_id=Document.id_for(text),
                title=f"{draft.document.title or 'Report'} ({turn})", url=None,
                source_path=f"articles/{turn}/{number}.txt",
            )  # fmt: skip
            names = {
                claim.claim_id: f"claim-{digest(f'{claim.claim_id} {turn}')[:16]}" for claim in draft.claims
            }
            claims = (
                replace(
                    claim, claim_id=names[claim.claim_id], doc_id=document.doc_id, relations=(),
                    text_sha256=document.text_sha256,
                )
                for claim in draft.claims
            )  # fmt: skip
            yield Draft(document, draft.mentions, tuple(claims))


def main() -> None:
    wanted, folder = int(sys.argv[1]), Path(sys.argv[2])
    project = packaged_project()
    studio = project.settings.studio
    found = originals(project)
    version = next(claim.provenance.rules_version for draft in found for claim in draft.claims)
    write_records(folder / "drafts.jsonl", (to_record(draft) for draft in islice(copies(found), wanted)))
    (folder / "batches").mkdir()
    tasks = (
        to_task(draft, suggest=studio.suggest, model_version=str(version))
        for draft in islice(copies(found), wanted)
    )
    for number in range(0, wanted, studio.batch):
        body = json.dumps(list(islice(tasks, studio.batch)), ensure_ascii=False, separators=(",", ":"))
        (folder / "batches" / f"{number:08}.json").write_text(body, "utf-8")


if __name__ == "__main__":
    main()
