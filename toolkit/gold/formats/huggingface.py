"""A Hugging Face dataset folder (``huggingface/``): Parquet with every field, and a card.

``datasets.load_dataset`` takes the folder as it is. The claims are one configuration, the documents,
where they were given, another. Each has a file for each split that is not empty; where the dataset is not
divided there is one split, ``train``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.errors import SettingsError
from toolkit.files import naming, replacing
from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.formats import parquet
from toolkit.gold.formats.card import body, splits
from toolkit.model import Claim, Document, Source

FOLDER = "huggingface"
# Names that splits may have here, but not in `datasets`.
UNFIT = re.compile(r"all|.*-.*")
# The Hub's size classes, each with the first count that is too large for it.
SIZES = {
    1_000: "n<1K", 10_000: "1K<n<10K", 100_000: "10K<n<100K", 1_000_000: "100K<n<1M",
    10_000_000: "1M<n<10M", 100_000_000: "10M<n<100M",
}  # fmt: skip


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write the data files, then the card that names them.

    Raises ``SettingsError`` when `datasets` cannot take the name of a split.
    """
    for name in dataset.splits.shares if dataset.splits else ():
        if UNFIT.fullmatch(name):
            raise SettingsError(
                f"the format 'huggingface' can't have a split {name!r}", fix="name it without -, and not all"
            )
    for split in splits(dataset, "claims"):
        yield _table(
            _of(dataset, split, dataset.claims()), folder, f"{FOLDER}/{_file('claims', split)}", Claim
        )
    for split in splits(dataset, "documents"):
        path = f"{FOLDER}/{_file('documents', split)}"
        kind = Document if dataset.with_text else Source
        yield _table(_of(dataset, split, dataset.documents()), folder, path, kind)
    with replacing(folder / FOLDER / "README.md") as stream:
        stream.write(card(front_matter(dataset), body(dataset)))
    yield Written(f"{FOLDER}/README.md", 0)


def front_matter(dataset: Dataset) -> dict[str, Any]:
    """The metadata of the folder's card, which names the data files."""
    return described(dataset) | {"configs": configs(dataset)}


def configs(dataset: Dataset, prefix: str = "") -> list[dict[str, Any]]:
    """The data files by configuration and split; ``prefix`` leads from the card to this folder."""
    found = [_config("claims", splits(dataset, "claims"), prefix, default=True)]
    if dataset.document_count:
        found.append(_config("documents", splits(dataset, "documents"), prefix))
    return found


def described(dataset: Dataset) -> dict[str, Any]:
    """What a dataset is, in the Hub's words; what is not known is left out."""
    settings, overview = dataset.about.settings, dataset.overview
    languages = sorted(overview.languages) or [settings.language]
    matter: dict[str, Any] = {"pretty_name": settings.name, "language": languages}
    matter |= _licence(settings.export.license, with_texts=bool(dataset.document_count) and dataset.with_text)
    if overview.scripted == dataset.about.counts.claims:
        matter["annotations_creators"] = ["machine-generated"]
    matter["language_creators"] = ["found"]
    matter["multilinguality"] = ["monolingual" if len(languages) == 1 else "multilingual"]
    matter["size_categories"] = [_size(dataset.about.counts.claims)]
    matter["source_datasets"] = ["original"]
    matter["task_categories"] = ["token-classification", "text-classification"]
    matter["tags"] = ["fact-checking", "claims", "attribution", "news", "factcheck-toolkit"]
    return matter


def _table(records: Iterator[dict[str, Any]], folder: Path, name: str, kind: type) -> Written:
    path = folder / name
    with naming(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    return Written(name, parquet.write_rows(path, records, kind))


def _licence(name: str, *, with_texts: bool) -> dict[str, str]:
    """The annotations' licence; with the publishers' texts in the folder it is not that of the whole."""
    if not with_texts:
        return {"license": name.lower()}
    return {"license": "other", "license_name": f"{name.lower()}-for-annotations-only"}


def _of(dataset: Dataset, split: str, records: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The records of one split; all where the dataset is not divided."""
    split_of = dataset.split_of
    return (record for record in records if split_of is None or split_of(record["doc_id"]) == split)


def _file(name: str, split: str) -> str:
    return f"data/{name}/{split}.parquet"


def _config(name: str, parts: list[str], prefix: str, *, default: bool = False) -> dict[str, Any]:
    files = [{"split": split, "path": prefix + _file(name, split)} for split in parts]
    return {"config_name": name, **({"default": True} if default else {}), "data_files": files}


def _size(claims: int) -> str:
    return next((name for limit, name in SIZES.items() if claims < limit), "100M<n<1B")


def card(matter: dict[str, Any], text: str) -> bytes:
    """A card: the metadata as YAML, then the text in Markdown."""
    import yaml

    front = yaml.safe_dump(matter, sort_keys=False, allow_unicode=True, width=1_000)
    return f"---\n{front}---\n\n{text}".encode()
