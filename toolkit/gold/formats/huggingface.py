"""A Hugging Face dataset folder (``huggingface/``): Parquet with every field, and a card.

``datasets.load_dataset`` takes the folder as it is. The claims are one configuration, the documents,
where they were given, another. There is one split, ``train``: the toolkit invents none.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from toolkit.files import naming, replacing
from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.formats import parquet
from toolkit.gold.formats.card import body
from toolkit.model import Claim, Document

FOLDER = "huggingface"
CLAIMS = f"{FOLDER}/data/claims/train.parquet"
DOCUMENTS = f"{FOLDER}/data/documents/train.parquet"
# The Hub's size classes, each with the first count that is too large for it.
SIZES = {
    1_000: "n<1K", 10_000: "1K<n<10K", 100_000: "10K<n<100K", 1_000_000: "100K<n<1M",
    10_000_000: "1M<n<10M", 100_000_000: "10M<n<100M",
}  # fmt: skip


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write the data files, then the card that names them."""
    yield _table(dataset.claims(), folder, CLAIMS, Claim)
    if dataset.document_count:
        yield _table(dataset.documents(), folder, DOCUMENTS, Document)
    with replacing(folder / FOLDER / "README.md") as stream:
        stream.write(f"---\n{_yaml(front_matter(dataset))}---\n\n{body(dataset)}".encode())
    yield Written(f"{FOLDER}/README.md", 0)


def front_matter(dataset: Dataset) -> dict[str, Any]:
    """The card's metadata in the Hub's words; what is not known is left out."""
    settings, overview = dataset.about.settings, dataset.overview
    languages = sorted(overview.languages) or [settings.language]
    matter: dict[str, Any] = {"pretty_name": settings.name, "language": languages}
    matter |= _licence(settings.export.license, with_texts=bool(dataset.document_count))
    if overview.scripted == dataset.about.counts.claims:
        matter["annotations_creators"] = ["machine-generated"]
    matter["language_creators"] = ["found"]
    matter["multilinguality"] = ["monolingual" if len(languages) == 1 else "multilingual"]
    matter["size_categories"] = [_size(dataset.about.counts.claims)]
    matter["source_datasets"] = ["original"]
    matter["task_categories"] = ["token-classification", "text-classification"]
    matter["tags"] = ["fact-checking", "claims", "attribution", "news", "factcheck-toolkit"]
    matter["configs"] = [_config("claims", default=True)]
    if dataset.document_count:
        matter["configs"].append(_config("documents"))
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


def _config(name: str, *, default: bool = False) -> dict[str, Any]:
    files = [{"split": "train", "path": f"data/{name}/train.parquet"}]
    return {"config_name": name, **({"default": True} if default else {}), "data_files": files}


def _size(claims: int) -> str:
    return next((name for limit, name in SIZES.items() if claims < limit), "100M<n<1B")


def _yaml(value: dict[str, Any]) -> str:
    import yaml

    return yaml.safe_dump(value, sort_keys=False, allow_unicode=True, width=1_000)
