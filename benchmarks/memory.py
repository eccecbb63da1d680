"""Peak memory of the streaming commands at two sizes of the same data: it may not grow with the dataset.

    python benchmarks/memory.py [--claims 20000 200000] [--only NAME ...] [--folder DIR]

Every format is exported by itself. A release is divided, and its change list is made against a release of
the same claims, one in ten of them worded anew; ``diff`` and ``gate`` compare the same two. The data is that
of ``validate_scale.py``.
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from pathlib import Path

from validate_scale import OURS, make, run

FORMATS = (
    "jsonl", "csv", "parquet", "huggingface", "jsonl,croissant", "claimreview", "webannotation",
    "labelstudio", "averitec", "fever", "checkthat", "brat", "bio", "spacy", "ucdp",
)  # fmt: skip


def prepare(here: Path, count: int) -> None:
    """The claims with their documents, and the same worded anew, each as a file and as a release."""
    make(here, count)
    with (here / "claims.jsonl").open() as old, (here / "reworded.jsonl").open("w") as new:
        for number, line in enumerate(old):
            record = json.loads(line)
            if number % 10 == 0:
                record["normalized"] = f"Statement {number}."
            new.write(json.dumps(record, ensure_ascii=False) + "\n")
    run(OURS, *export(here, "claims", "old", "--release", "1.0.0"))
    run(OURS, *export(here, "reworded", "new", "--release", "1.1.0"))


def export(here: Path, claims: str, to: str, *more: str) -> list[str]:
    """The arguments of an export as JSON Lines, with texts, where ``more`` says nothing else."""
    given = [str(here / f"{claims}.jsonl"), "--documents", str(here / "documents.jsonl")]
    formats = [] if "--formats" in more else ["--formats", "jsonl"]
    return ["export", *given, "--to", str(here / to), *formats, *more]


def commands(here: Path) -> dict[str, list[str]]:
    """What is measured, by name."""
    old, new = str(here / "old"), str(here / "new")
    release = ["--release", "1.1.0", "--since", old, "--split", "train=0.8,dev=0.1,test=0.1"]
    return {
        "validate a dataset": ["validate", new],
        "export --release --split": export(here, "reworded", "out", *release),
        "export --no-text": export(here, "claims", "out", "--no-text", "--formats", "jsonl,csv,parquet"),
        "diff": ["diff", old, new],
        "diff --format html": ["diff", old, new, "--format", "html"],
        "migrate": ["migrate", str(here / "claims.jsonl"), "--out", str(here / "migrated.jsonl")],
        "gate": ["gate", new, "--since", old],
        **{f"export {names}": export(here, "claims", "out", "--formats", names) for names in FORMATS},
    }


def measure(folders: list[Path], name: str) -> None:
    """Run a command on the data of each folder, and print the ratio of the last peak to the first."""
    peaks, shown = [], []
    for here in folders:
        _, cpu, peak = run(OURS, *commands(here)[name])
        shutil.rmtree(here / "out", ignore_errors=True)
        peaks.append(peak)
        shown.append(f"{cpu:.1f} s cpu {peak:.0f} MiB")
    print(f"{name:26} {', '.join(shown)}: {peaks[-1] / peaks[0]:.2f} (aim: at most 1.20)", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--claims", type=int, nargs="+", default=[20_000, 200_000])
    parser.add_argument("--only", nargs="*", default=[], help="Names as they are printed.")
    parser.add_argument("--folder", type=Path, help="where the data goes; default: a temporary folder")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.folder) as parent:
        folders = [Path(parent) / str(count) for count in given.claims]
        for folder, count in zip(folders, given.claims, strict=True):
            prepare(folder, count)
        for name in given.only or commands(folders[0]):
            measure(folders, name)


if __name__ == "__main__":
    main()
