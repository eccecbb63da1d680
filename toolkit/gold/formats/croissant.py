"""Croissant 1.1 (``croissant.json``): describes ``claims.jsonl`` and ``documents.jsonl``, field by field.

Any Croissant reader takes the records out of those files by it. Where the documents are divided, every
claim and document has its split, of a record set of Croissant's own kind. It has the fields of Croissant RAI
1.0 (``responsible.py``) and says with W3C PROV how the dataset came about.
"""

from __future__ import annotations

import json
import re
import types
import typing
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

from toolkit import __version__
from toolkit.files import replacing
from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.formats import card
from toolkit.gold.formats.responsible import RAI, responsible
from toolkit.model import Claim, DatasetFile, Document, Source, Split

FILE = "croissant.json"
VERSION = "http://mlcommons.org/croissant/1.1"
KINDS = ("claims.jsonl", "documents.jsonl", "splits.jsonl")
# Croissant's words for the parts that have their usual names.
USES = {name: f"cr:{use}Split" for use, names in {
    "Training": ("train", "training"), "Validation": ("dev", "validation", "valid", "val"), "Test": ("test",),
}.items() for name in names}  # fmt: skip
_TYPES: dict[type, str] = {str: "sc:Text", int: "sc:Integer", float: "sc:Float", bool: "sc:Boolean"}
# Readers that go through pandas make a date of this column, whatever it is called here.
_DATES = {"published_at": "sc:DateTime"}
_SPDX = re.compile(r"(?!LicenseRef-)[A-Za-z0-9.+-]+")
_OWN_TERMS = (
    "arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field", "fileProperty",
    "fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset", "jsonPath", "key", "md5",
    "parentField", "path", "recordSet", "references", "regex", "repeated", "replace", "samplingRate",
    "separator", "source", "subField", "transform",
)  # fmt: skip
CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{term: f"cr:{term}" for term in _OWN_TERMS},
}


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write the description of the JSON Lines files that lie in the folder already."""
    described = [file for file in dataset.files if file.path in KINDS]
    with replacing(folder / FILE) as stream:
        text = json.dumps(_description(dataset, described), ensure_ascii=False, indent=2)
        stream.write(text.encode() + b"\n")
    notes = ["url, creator and datePublished, which Croissant asks for, are not known here and left out"]
    if nested := dataset.overview.nested:
        notes.append(
            f"{nested} claims have caveats or pieces in a list within a list, which no field reaches"
        )
    yield Written(FILE, 0, tuple(notes))


def _description(dataset: Dataset, described: list[DatasetFile]) -> dict[str, Any]:
    settings, overview = dataset.about.settings, dataset.overview
    return {
        "@context": CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": [VERSION, RAI],
        "name": settings.name,
        "description": " ".join(filter(None, [card.summary(dataset), card.scripted(dataset)])),
        **({"version": dataset.release} if dataset.release else {}),
        "license": _licence(settings.export.license),
        "copyrightNotice": card.licence(dataset),
        **({"temporalCoverage": f"{overview.first}/{overview.last}"} if overview.first else {}),
        "inLanguage": sorted(overview.languages) or [settings.language],
        "keywords": ["fact-checking", "claims", "attribution", "news"],
        **responsible(dataset),
        "prov:wasGeneratedBy": {
            "@type": "prov:Activity",
            "prov:label": "factcheck export",
            "prov:wasAssociatedWith": {
                "@type": "prov:SoftwareAgent", "prov:label": f"factcheck-toolkit {__version__}",
            },
        },
        "distribution": [_file(file) for file in described],
        "recordSet": [*_record_sets(dataset, [file.path for file in described])],
    }  # fmt: skip


def _licence(name: str) -> str:
    """The address of an SPDX licence; any other name as it is."""
    return f"https://spdx.org/licenses/{name}" if _SPDX.fullmatch(name) else name


def _file(file: DatasetFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": "application/jsonlines",
        "sha256": file.sha256,
    }


def _record_sets(dataset: Dataset, paths: list[str]) -> Iterator[dict[str, Any]]:
    """One for each file; in a divided dataset also the names of the splits, and each record has its own."""
    kinds = {
        "claims": Claim, "documents": Document if dataset.with_text else Source, "splits": Split,
    }  # fmt: skip
    names = [path.removesuffix(".jsonl") for path in paths]
    if "splits" in names and dataset.splits is not None:
        yield _split_names(list(dataset.splits.shares))
    for name in names:
        found = _record_set(name, kinds[name])
        if name == "splits":
            _field_of(found, "splits/split")["references"] = {"field": {"@id": "split_names/name"}}
        elif "splits" in names:
            _field_of(found, f"{name}/doc_id")["references"] = {"field": {"@id": "splits/doc_id"}}
            found["field"].append({
                "@type": "cr:Field", "@id": f"{name}/split", "name": "split", "dataType": "sc:Text",
                "source": {"field": {"@id": "splits/split"}},
            })  # fmt: skip
        yield found


def _split_names(names: list[str]) -> dict[str, Any]:
    """Croissant's record set of splits: their names, and what each is for where the name tells it."""
    fields = {"name": "sc:Text", "url": "sc:URL"}
    return {
        "@type": "cr:RecordSet",
        "@id": "split_names",
        "name": "split_names",
        "dataType": "cr:Split",
        "key": {"@id": "split_names/name"},
        "field": [
            {"@type": "cr:Field", "@id": f"split_names/{field}", "name": field, "dataType": kind}
            for field, kind in fields.items()
        ],
        "data": [{"split_names/name": name, "split_names/url": USES.get(name, "cr:Split")} for name in names],
    }


def _record_set(name: str, kind: type) -> dict[str, Any]:
    key = "claim_id" if kind is Claim else "doc_id"
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "key": {"@id": f"{name}/{key}"},
        "field": [_field(name, leaf, found) for leaf, found in leaves(kind).items() if leaf.count("[]") < 2],
    }


def _field_of(record_set: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(field for field in record_set["field"] if field["@id"] == name)
    return found


def _field(name: str, leaf: str, kind: type) -> dict[str, Any]:
    """A field that takes the value at ``a.b[].c`` out of the column ``a``."""
    column, *steps = leaf.replace("[]", "").split(".")
    source: dict[str, Any] = {"fileObject": {"@id": f"{name}.jsonl"}, "extract": {"column": column}}
    if steps:
        source["transform"] = [{"jsonPath": step} for step in steps]
    array = {"isArray": True, "arrayShape": "-1"} if "[]" in leaf else {}
    label = leaf.replace("[]", "")
    return {
        "@type": "cr:Field",
        "@id": f"{name}/{label}",
        "name": label,
        "dataType": _DATES.get(leaf) or _TYPES[kind],
        **array,
        "source": source,
    }


def leaves(kind: type) -> dict[str, type]:
    """The scalar fields of a record and their types; ``hedges[].span.start`` passes through a list."""
    found: dict[str, type] = {}
    hints = typing.get_type_hints(kind)
    for field in fields(kind):
        hint, mark = _inner(hints[field.name])
        if is_dataclass(hint):
            found |= {f"{field.name}{mark}.{rest}": leaf for rest, leaf in leaves(hint).items()}
        else:
            found[f"{field.name}{mark}"] = hint
    return found


def _inner(hint: Any) -> tuple[type, str]:
    """The type behind an optional, a list or a choice of words, and "[]" for a list."""
    if isinstance(hint, types.UnionType) or typing.get_origin(hint) is typing.Union:
        return _inner(next(option for option in typing.get_args(hint) if option is not type(None)))
    if typing.get_origin(hint) is tuple:
        return _inner(typing.get_args(hint)[0])[0], "[]"
    return (str, "") if typing.get_origin(hint) is typing.Literal else (hint, "")
