"""Time of ``factcheck export --formats csv`` against the converter of label-studio-sdk, in turn.

    python benchmarks/export_ratio.py [--claims 12000] [--runs 3]

The two share one export, CSV, but not its input: the converter reads Label Studio's JSON, where a claim is
a handful of regions, and writes a row a task without knowing claims. So it is given the same content in its
own form, one task a document with every span of every claim as a region, and the processor time of each whole
process counts. Ours also checks every record and writes the manifest.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from validate_scale import OURS, copies, make, run

CONFIG = (
    '<View><Labels name="label" toName="text"><Label value="CLAIM"/></Labels>'
    '<Text name="text" value="$text"/></View>'
)
CONVERT = """
import sys
from label_studio_sdk.converter import Converter
source, target, config = sys.argv[1:]
Converter(config, None, download_resources=False).convert_to_csv(
    source, target, is_dir=False, sep=",", header=True
)
"""


def spans(value: Any) -> list[dict[str, Any]]:
    """Every span in a record."""
    if isinstance(value, list):
        return [span for part in value for span in spans(part)]
    if not isinstance(value, dict):
        return []
    here = [value] if {"start", "end", "text"} <= value.keys() else []
    return here + [span for part in value.values() for span in spans(part)]


def region(span: dict[str, Any], number: int) -> dict[str, Any]:
    """A span as a region of the labelling page."""
    value = {"start": span["start"], "end": span["end"], "text": span["text"], "labels": ["CLAIM"]}
    names = {"id": f"r{number}", "from_name": "label", "to_name": "text", "type": "labels"}
    return {**names, "value": value}


def tasks(path: Path, count: int) -> None:
    """Write the same documents and spans as Label Studio exports them."""
    found: list[dict[str, Any]] = []
    for documents, claims in copies(count):
        regions = defaultdict(list)
        for claim in claims:
            regions[claim["doc_id"]] += spans(claim)
        for document in documents:
            result = [region(span, number) for number, span in enumerate(regions[document["doc_id"]])]
            annotation = {"id": len(found), "completed_by": 1, "result": result, "was_cancelled": False}
            data = {name: document[name] for name in ("text", "title", "publisher", "published_at", "url")}
            found.append({"id": len(found) + 1, "data": data, "annotations": [annotation]})
    path.write_text(json.dumps(found), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Export time against the label-studio-sdk converter.")
    parser.add_argument("--claims", type=int, default=12_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder / "ours", given.claims)
        tasks(folder / "tasks.json", given.claims)
        source = folder / "ours"
        ratios = []
        for turn in range(given.runs):
            _, ours, _ = run(
                OURS, "export", str(source / "claims.jsonl"), "--documents", str(source / "documents.jsonl"),
                "--formats", "csv", "--to", str(folder / f"out{turn}"),
            )  # fmt: skip
            target = str(folder / f"converted{turn}")
            _, theirs, _ = run(sys.executable, "-c", CONVERT, str(folder / "tasks.json"), target, CONFIG)
            ratios.append(theirs / ours)
            print(f"{given.claims:,} claims: factcheck export {ours:.2f} s cpu; converter {theirs:.2f} s cpu")
        print(f"ratio, median of {given.runs}: {statistics.median(ratios):.2f}")


if __name__ == "__main__":
    main()
