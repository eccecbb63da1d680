"""The dataclasses of the model and the JSON Schemas say the same, field by field."""

from __future__ import annotations

import dataclasses
import types
import typing
from typing import Any

import pytest

from toolkit import config, model, schema
from toolkit.claims.entity_files import EntityFile, EventFile
from toolkit.model import Annotation, Claim, Document, Draft, Manifest, Source, Split
from toolkit.rules import RuleFile

TOPS: dict[str, type] = {
    "annotation": Annotation,
    "claim": Claim,
    "document": Document,
    "draft": Draft,
    "entities": EntityFile,
    "event": EventFile,
    "manifest": Manifest,
    "project": config.Settings,
    "rules": RuleFile,
    "source": Source,
    "split": Split,
}


def resolve(node: dict[str, Any], root: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Follow local and URN references; gives the node and the schema it stands in."""
    while "$ref" in node:
        ref = node["$ref"]
        if ref.startswith("#/$defs/"):
            node = root["$defs"][ref.removeprefix("#/$defs/")]
        else:
            root = node = schema.load(ref.split(":")[-2])
    return node, root


def nullable(node: dict[str, Any]) -> bool:
    if "anyOf" in node:
        return any(option.get("type") == "null" for option in node["anyOf"])
    kinds = node.get("type", [])
    return kinds == "null" or "null" in kinds or None in node.get("enum", [])


def compare(
    kind: Any,
    node: dict[str, Any],
    root: dict[str, Any],
    where: str,
    seen: set[type],
    *,
    left_out: bool = False,
) -> None:
    """``left_out``: None may stand for a field that is not there."""
    node, root = resolve(node, root)
    union = isinstance(kind, types.UnionType) or typing.get_origin(kind) is typing.Union
    options = typing.get_args(kind) if union else (kind,)
    optional = type(None) in options
    bare = next(option for option in options if option is not type(None))
    if "anyOf" in node and optional:
        node, root = resolve(next(o for o in node["anyOf"] if o.get("type") != "null"), root)
    else:
        assert optional == nullable(node) or (optional and left_out), (
            f"{where}: None allowed on one side only"
        )
    if dataclasses.is_dataclass(bare):
        assert isinstance(bare, type)
        compare_fields(bare, node, root, where, seen)
    elif typing.get_origin(bare) is typing.Literal:
        wanted = [value for value in node["enum"] if value is not None]
        assert list(typing.get_args(bare)) == wanted, f"{where}: other values"
    elif typing.get_origin(bare) is tuple:
        assert node["type"] == "array", where
        compare(typing.get_args(bare)[0], node["items"], root, f"{where}[]", seen)
    else:
        names = {str: "string", int: "integer", float: "number", bool: "boolean"}
        if bare in names:
            kinds = node.get("type", "string")
            found = {kinds} if isinstance(kinds, str) else set(kinds)
            assert found - {"null"} == {names[bare]}, f"{where}: {found} is not {bare}"


def compare_fields(
    kind: type, node: dict[str, Any], root: dict[str, Any], where: str, seen: set[type]
) -> None:
    if kind in seen:
        return
    seen.add(kind)
    assert node["additionalProperties"] is False, where
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    assert names == list(node["properties"]), f"{where}: other fields or another order"
    for field in dataclasses.fields(kind):
        part = node["properties"][field.name]
        here = f"{where}.{field.name}"
        assert part.get("description") or resolve(part, root)[0].get("description"), f"{here}: undescribed"
        needed = field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
        if field.name not in node["required"]:
            assert not needed, f"{here}: optional in the schema, required in the dataclass"
        if "const" not in part:
            compare(hints[field.name], part, root, here, seen, left_out=field.default is None)


@pytest.mark.parametrize("name", sorted(TOPS))
def test_dataclass_equals_schema(name: str) -> None:
    root = schema.load(name)
    compare_fields(TOPS[name], root, root, name, set())


@pytest.mark.parametrize("name", schema.NAMES)
def test_schema_is_closed_described_and_local(name: str) -> None:
    loaded = schema.load(name)
    schema.validator(name).check_schema(loaded)
    assert loaded["$id"] == schema.urn(name)
    assert loaded["$schema"] == "https://json-schema.org/draft/2020-12/schema"

    def walk(node: Any, where: str) -> None:
        if isinstance(node, list):
            for item in node:
                walk(item, where)
        if not isinstance(node, dict):
            return
        if "properties" in node and isinstance(node["properties"], dict):
            assert node.get("additionalProperties") is False, where
            for key, part in node["properties"].items():
                assert part.get("description"), f"{where}/{key} has no description"
        if "$ref" in node:
            assert node["$ref"].startswith(("#/$defs/", "urn:factcheck-toolkit:schema:")), node["$ref"]
        for key, part in node.items():
            walk(part, f"{where}/{key}")

    walk(loaded, name)


def test_defaults_of_settings_are_those_of_the_shipped_file() -> None:
    assert config.find_project().settings == config.Settings()


def test_labels_of_mentions_are_the_labels() -> None:
    values = schema.load("draft")["$defs"]["Mention"]["properties"]["label"]["enum"]
    assert tuple(values) == model.LABELS
