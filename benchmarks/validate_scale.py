"""Time and peak memory of ``factcheck validate`` and ``export``, and their ratio to other tools.

    python benchmarks/validate_scale.py [--records 100000 1000000] [--peer 20000] [--runs 3] [--folder DIR]

The data is made of the demo's claims and documents, repeated with a line added to each text, so that every
document and every id differs; the same count always gives the same bytes. Validation runs with the
documents, so that every span is held against its text, and export writes JSONL, CSV and Parquet.

The peer is ``check-jsonschema`` (on PATH or in CHECK_JSONSCHEMA, best in an environment of its own). It reads
documents, not lines, so it gets its fastest form: one file with one array, and a schema of the array whose
items are our claim schema. Both check the same claims, in turn; we also run the named checks. ``--peer 0``
leaves it out.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

REPO = Path(__file__).parent.parent
DEMO = REPO / "exports" / "demo"
OURS = str(Path(sys.executable).with_name("factcheck"))
PEER = os.environ.get("CHECK_JSONSCHEMA") or shutil.which("check-jsonschema")


def rows(name: str) -> list[dict[str, Any]]:
    """The records of a file of the demo's dataset."""
    return [json.loads(line) for line in (DEMO / name).read_text("utf-8").splitlines()]


def copies(count: int) -> Iterator[tuple[list[dict[str, Any]], list[dict[str, Any]]]]:
    """Documents and their claims, again and again under new ids until there are ``count`` claims."""
    documents, claims, made = rows("documents.jsonl"), rows("claims.jsonl"), 0
    for turn in range(count):
        known = {document["doc_id"]: again(document, turn) for document in documents}
        batch = []
        for claim in claims[: count - made]:
            document = known[claim["doc_id"]]
            name = hashlib.sha256(f"{claim['claim_id']} {turn}".encode()).hexdigest()
            ids = {"doc_id": document["doc_id"], "text_sha256": document["text_sha256"]}
            batch.append({**claim, **ids, "claim_id": f"claim-{name[:16]}", "relations": []})
        made += len(batch)
        yield list(known.values()), batch
        if made == count:
            return


def again(document: dict[str, Any], turn: int) -> dict[str, Any]:
    """The document with one line more in its text, and with the ids of that text."""
    text = f"{document['text']}Report {turn}.\n"
    found = hashlib.sha256(text.encode()).hexdigest()
    return {**document, "text": text, "text_sha256": found, "doc_id": f"doc-{found[:16]}"}


def make(folder: Path, count: int) -> None:
    """Write claims.jsonl and documents.jsonl."""
    folder.mkdir(parents=True)
    with (folder / "claims.jsonl").open("w") as claims, (folder / "documents.jsonl").open("w") as documents:
        for some_documents, some_claims in copies(count):
            documents.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in some_documents)
            claims.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in some_claims)


def run(*command: str) -> tuple[float, float, float]:
    """Seconds by the clock, seconds of processor and peak memory in MiB of a command that must succeed.

    Ratios are taken of processor time, to which other programs on the machine add little.

    The system counts this process's own memory at the start as the child's, so it has to stay small here.
    """
    start = time.perf_counter()
    child = os.posix_spawn(command[0], command, os.environ, file_actions=QUIET)
    _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"failed: {' '.join(command)}")
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


QUIET = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0o600)]


def scale(folder: Path, counts: list[int]) -> None:
    """Validate and export as many claims as asked for, at every size."""
    peaks: dict[str, list[float]] = {"validate": [], "export": []}
    for count in counts:
        here = folder / str(count)
        make(here, count)
        claims, documents = str(here / "claims.jsonl"), str(here / "documents.jsonl")
        out = ["--to", str(here / "out"), "--formats", "jsonl,csv,parquet"]
        for name, more in (("validate", []), ("export", out)):
            seconds, cpu, peak = run(OURS, name, claims, "--documents", documents, *more)
            peaks[name].append(peak)
            print(
                f"{name:9} {count:>9,} claims {seconds:8.1f} s ({cpu:.1f} s cpu) {peak:7.0f} MiB", flush=True
            )
        shutil.rmtree(here)
    for name, found in peaks.items():
        print(f"{name:9} peak memory, largest / smallest run: {found[-1] / found[0]:.2f} (aim: at most 1.20)")


def against_peer(folder: Path, count: int, runs: int) -> None:
    """The same claims, checked by us and by check-jsonschema in turn."""
    if PEER is None:
        print("check-jsonschema is not there: no ratio")
        return
    here = folder / "peer"
    make(here, count)
    with (here / "claims.jsonl").open() as lines, (here / "claims.json").open("w") as array_file:
        for number, line in enumerate(lines):
            array_file.write(("," if number else "[") + line)
        array_file.write("]")
    claim = json.loads((REPO / "schemas" / "claim.schema.json").read_text("utf-8"))
    array = {"$schema": claim["$schema"], "type": "array", "items": {"$ref": claim["$id"]}}
    (here / "schema.json").write_text(json.dumps({**array, "$defs": {"claim": claim}}), "utf-8")
    pairs = []
    for _ in range(runs):
        clock, ours, peak = run(OURS, "validate", str(here / "claims.jsonl"))
        print(f"{count:,} claims: factcheck {clock:.2f} s ({ours:.2f} s cpu) {peak:.0f} MiB; ", end="")
        clock, peer, peak = run(PEER, "--schemafile", str(here / "schema.json"), str(here / "claims.json"))
        print(f"check-jsonschema {clock:.2f} s ({peer:.2f} s cpu) {peak:.0f} MiB; ratio {peer / ours:.1f}")
        pairs.append((ours, peer))
    ratio = statistics.median(peer / ours for ours, peer in pairs)
    print(f"ratio, median of {runs}: {ratio:.1f} (aim: at least 20)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--records", type=int, nargs="*", default=[100_000, 1_000_000])
    parser.add_argument("--peer", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--folder", type=Path, help="where the data goes; default: a temporary folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as folder:
        if given.peer:
            against_peer(Path(folder), given.peer, given.runs)
        if given.records:
            scale(Path(folder), given.records)


if __name__ == "__main__":
    main()
