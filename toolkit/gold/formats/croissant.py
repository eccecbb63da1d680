"""Croissant 1.1 (``croissant.json``): describes ``claims.jsonl`` and ``documents.jsonl``, field by field.

Any Croissant reader takes the records out of those files by it. It has the responsible-AI fields
(collection, annotation, limits) and says with W3C PROV how the dataset came about; what the records do
not tell, annotators' demographics among it, is left out.
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
from toolkit.model import Claim, DatasetFile, Document

FILE = "croissant.json"
VERSION = "http://mlcommons.org/croissant/1.1"
RECORDS: dict[str, type] = {"claims.jsonl": Claim, "documents.jsonl": Document}
_TYPES: dict[type, str] = {str: "sc:Text", int: "sc:Integer", float: "sc:Float", bool: "sc:Boolean"}
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
    described = [file for file in dataset.files if file.path in RECORDS]
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
        "conformsTo": VERSION,
        "name": settings.name,
        "description": " ".join(filter(None, [card.summary(dataset), card.scripted(dataset)])),
        "license": _licence(settings.export.license),
        "copyrightNotice": card.licence(dataset),
        **({"temporalCoverage": f"{overview.first}/{overview.last}"} if overview.first else {}),
        "inLanguage": sorted(overview.languages) or [settings.language],
        "keywords": ["fact-checking", "claims", "attribution", "news"],
        **_responsible(dataset),
        "prov:wasGeneratedBy": {
            "@type": "prov:Activity",
            "prov:label": "factcheck export",
            "prov:wasAssociatedWith": {
                "@type": "prov:SoftwareAgent", "prov:label": f"factcheck-toolkit {__version__}",
            },
        },
        "distribution": [_file(file) for file in described],
        "recordSet": [_record_set(file.path, RECORDS[file.path]) for file in described],
    }  # fmt: skip


def _licence(name: str) -> str:
    """The address of an SPDX licence; any other name as it is."""
    return f"https://spdx.org/licenses/{name}" if _SPDX.fullmatch(name) else name


def _responsible(dataset: Dataset) -> dict[str, Any]:
    """The responsible-AI fields that the records and the way of working can answer."""
    overview = dataset.overview
    scripted = card.scripted(dataset)
    rules = ", ".join(dataset.about.rules_versions)
    found = {
        "rai:dataCollection": card.collection(dataset),
        "rai:dataPreprocessingProtocol": [card.PREPARATION],
        "rai:dataAnnotationProtocol": [card.PROTOCOL],
        "rai:dataAnnotationPlatform": [card.PLATFORM],
        "rai:dataAnnotationAnalysis": [scripted] if scripted else [],
        "rai:annotationsPerItem": f"At most {overview.most_judgments} judgments of one claim.",
        "rai:machineAnnotationTools": [
            f"factcheck-toolkit {__version__}" + (f", rules {rules}" if rules else "")
        ],
        "rai:dataLimitations": list(card.LIMITS),
        "rai:personalSensitiveInformation": [card.PERSONAL],
    }
    return {name: value for name, value in found.items() if value}


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


def _record_set(path: str, kind: type) -> dict[str, Any]:
    name = path.removesuffix(".jsonl")
    return {
        "@type": "cr:RecordSet",
        "@id": name,
        "name": name,
        "key": {"@id": f"{name}/{name.removesuffix('s').replace('document', 'doc')}_id"},
        "field": [_field(name, path, leaf) for leaf in leaves(kind) if leaf.count("[]") < 2],
    }


def _field(name: str, path: str, leaf: str) -> dict[str, Any]:
    """A field that takes the value at ``a.b[].c`` out of the column ``a``."""
    column, *steps = leaf.replace("[]", "").split(".")
    source: dict[str, Any] = {"fileObject": {"@id": path}, "extract": {"column": column}}
    if steps:
        source["transform"] = [{"jsonPath": step} for step in steps]
    array = {"isArray": True, "arrayShape": "-1"} if "[]" in leaf else {}
    label = leaf.replace("[]", "")
    return {
        "@type": "cr:Field",
        "@id": f"{name}/{label}",
        "name": label,
        "dataType": _TYPES[leaves(RECORDS[path])[leaf]],
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
