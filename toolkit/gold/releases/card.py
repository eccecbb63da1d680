"""The card of a release (``README.md``): what the dataset is, how to load it, and what each file holds.

Its front matter is that of the Hugging Face Hub. It names the data files when there are some that keep every
field's type: those of the formats ``huggingface`` and ``parquet``.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from toolkit.files import replacing
from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.formats import huggingface
from toolkit.gold.formats.card import body
from toolkit.model import DatasetFile

CARD = "README.md"
# Of what lies in the folder, beside the manifest.
HOLDS = {
    "splits": "which split a document and its claims belong to",
    "jsonl": "the records with every field; the reference",
    "csv": "one row a claim, for spreadsheets",
    "parquet": "the claims with every field as typed columns",
    "huggingface": "claims and documents for the library datasets, with every field",
    "croissant": "a description of the JSON Lines files for Croissant readers",
    "claimreview": "schema.org Claim and ClaimReview as JSON-LD",
    "webannotation": "W3C Web Annotations as JSON-LD",
    "labelstudio": "tasks that Label Studio imports",
    "averitec": "statements in the shape of AVeriTeC",
    "fever": "statements in the shape of FEVER",
    "checkthat": "sentences by check-worthiness and with their plain claim, after CheckThat!",
    "brat": "texts with standoff marks for brat",
    "bio": "tokens with BIO tags",
    "spacy": "spaCy documents with spans",
    "ucdp": "death tolls by event and side, after UCDP GED",
    "changes": "what changed since the release before",
}
UNDIVIDED = "undivided"


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write the card, once all other files are there."""
    matter = huggingface.described(dataset)
    if data_files := _configs(dataset):
        matter["configs"] = data_files
    with replacing(folder / CARD) as stream:
        stream.write(huggingface.card(matter, body(dataset, loading=[_loading(dataset), *_files(dataset)])))
    yield Written(CARD, 0)


def _configs(dataset: Dataset) -> list[dict[str, Any]]:
    """What `datasets` takes from this folder. A file that holds all splits is never called one of them."""
    formats = {file.format for file in dataset.files}
    if huggingface.FOLDER in formats:
        return huggingface.configs(dataset, f"{huggingface.FOLDER}/")
    if "parquet" not in formats:
        return []
    split = "train" if dataset.splits is None else UNDIVIDED
    files = [{"split": split, "path": "claims.parquet"}]
    return [{"config_name": "claims", "default": True, "data_files": files}]


def _loading(dataset: Dataset) -> str:
    formats = {file.format for file in dataset.files}
    if _configs(dataset):
        load = ["from datasets import load_dataset", "", 'claims = load_dataset(".")']
    elif formats & {"jsonl", "csv"}:
        how = 'read_json("claims.jsonl", lines=True)' if "jsonl" in formats else 'read_csv("claims.csv")'
        load = ["import pandas as pd", "", f"claims = pd.{how}"]
    else:
        return "Each file is read by the tools that its format is made for."
    return "\n".join(["In this folder:", "", "```python", *load, "```"])


def _files(dataset: Dataset) -> list[str]:
    rows = [_row(name, list(files)) for name, files in groupby(dataset.files, key=lambda file: file.format)]
    table = ["| files | records | what they hold |", "|---|---|---|", *rows]
    return [
        "\n".join(table),
        "`manifest.json` has the size, digest and losses of each file, and `sha256sum --check SHA256SUMS` "
        "tells whether one was changed.",
    ]


def _row(name: str, files: list[DatasetFile]) -> str:
    """One line a format; files in a folder of their own are named by it."""
    paths = dict.fromkeys(
        f"{path.split('/')[0]}/" if "/" in path else path for path in (file.path for file in files)
    )
    records = ", ".join(str(file.records) for file in files) if len(files) == len(paths) else ""
    return f"| {', '.join(f'`{path}`' for path in paths)} | {records} | {HOLDS.get(name, '')} |"
