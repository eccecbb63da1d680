"""The JSON Schemas as validators; their ids are URNs, and nothing is ever fetched.

``jsonschema`` is the reference and writes the messages. A compiled validator knows the valid majority of
records in a hundredth of the time; what it does not pass, the reference judges.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from toolkit import resources
from toolkit.errors import SettingsError
from toolkit.safe_yaml import Loaded

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

NAMES = (
    "annotation", "claim", "document", "draft", "entities", "event", "manifest", "project", "rules", "source",
    "split",
)  # fmt: skip
FORMATS = ("date",)


@dataclass(frozen=True, slots=True)
class Problem:
    """One way in which a value breaks its schema; ``keyword`` is the schema's (``required`` …)."""

    pointer: str
    keyword: str
    message: str
    fix: str
    found: Any


def urn(name: str) -> str:
    """The ``$id`` of one of our schemas."""
    return f"urn:factcheck-toolkit:schema:{name}:1"


@cache
def load(name: str) -> dict[str, Any]:
    """One of our schemas as a JSON object."""
    schema: dict[str, Any] = json.loads((resources.schemas() / f"{name}.schema.json").read_text("utf-8"))
    return schema


@cache
def validator(name: str) -> Draft202012Validator:
    """The reference validator of one of our schemas, with a registry that holds only ours."""
    from jsonschema import Draft202012Validator, validators
    from referencing import Registry
    from referencing.jsonschema import DRAFT202012

    # Without `$schema`, which would send referenced schemas to the validator that lacks our `pattern`.
    bare = {other: {key: part for key, part in load(other).items() if key != "$schema"} for other in NAMES}
    registry: Registry[Any] = Registry().with_resources(
        (urn(other), DRAFT202012.create_resource(part)) for other, part in bare.items()
    )
    extend: Any = validators.extend
    exact: type[Draft202012Validator] = extend(Draft202012Validator, {"pattern": _pattern})
    return exact(bare[name], registry=registry, format_checker=Draft202012Validator.FORMAT_CHECKER)


@cache
def compiled(name: str) -> Callable[[Any], bool]:
    """Whether a value fits one of our schemas, by the compiled validator; nothing is ever fetched.

    It takes formats from the reference, so that the two cannot differ in them.
    """
    import jsonschema_rs

    formats: dict[str, Callable[..., bool]] = {format: partial(_conforms, format) for format in FORMATS}
    registry = jsonschema_rs.Registry([(urn(other), load(other)) for other in NAMES], retriever=_refuse)
    return jsonschema_rs.Draft202012Validator(
        load(name), registry=registry, formats=formats, validate_formats=True, offline=True
    ).is_valid


def surely_fits(name: str, value: Any) -> bool:
    """Whether the compiled validator passes a value; when it does not, ``problems`` has the last word."""
    try:
        return compiled(name)(value)
    except (ValueError, OverflowError):  # what it can't hold, such as nesting beyond 255 levels
        return False


def problems(name: str, value: Any) -> Iterator[Problem]:
    """Every way in which a value breaks the schema, deepest place first where alternatives fail."""
    from jsonschema.exceptions import best_match

    for error in sorted(validator(name).iter_errors(value), key=_order):
        deepest = best_match([error]) or error
        yield Problem(
            pointer="".join(
                f"/{str(part).replace('~', '~0').replace('/', '~1')}" for part in deepest.absolute_path
            ),
            keyword=str(deepest.validator),
            message=_message(deepest),
            fix=_fix(deepest),
            found=deepest.instance,
        )


def check_settings(name: str, loaded: Loaded) -> None:
    """Hold a YAML file against its schema; ``SettingsError`` names the first fault's line and fix."""
    if surely_fits(name, loaded.value):
        return
    for problem in problems(name, loaded.value):
        place = problem.pointer
        if problem.keyword == "additionalProperties":
            unknown = problem.message.split("'")[1] if "'" in problem.message else ""
            place = f"{problem.pointer}/{unknown}"
        raise SettingsError(
            f"{problem.pointer or '/'}: {problem.message}", place=loaded.place(place), fix=problem.fix
        )


def _refuse(uri: str) -> Any:
    raise LookupError(f"{uri} is none of our schemas")


def _conforms(format: str, value: str) -> bool:
    from jsonschema import Draft202012Validator

    return bool(Draft202012Validator.FORMAT_CHECKER.conforms(value, format))


def _pattern(_: Any, pattern: str, value: Any, __: Any) -> Iterator[ValidationError]:
    """As ECMA-262 and so JSON Schema mean it: $ is the very end, \\d and \\w are ASCII."""
    from jsonschema.exceptions import ValidationError

    exact = f"{pattern[:-1]}\\Z" if pattern.endswith("$") else pattern
    if isinstance(value, str) and not re.search(exact, value, re.ASCII):
        yield ValidationError(f"{value!r} does not match {pattern!r}")


def _order(error: ValidationError) -> tuple[list[str], bool]:
    """By place; a key that is misspelt comes before the one that is missing for it."""
    return [str(part) for part in error.absolute_path], error.validator != "additionalProperties"


def _unknown_keys(error: ValidationError) -> list[str]:
    known = error.schema.get("properties", {}) if isinstance(error.schema, dict) else {}
    return [key for key in error.instance if key not in known] if isinstance(error.instance, dict) else []


def _message(error: ValidationError) -> str:
    if error.validator == "additionalProperties":
        return f"unknown key {_unknown_keys(error)[0]!r}"
    if error.validator == "required":
        return error.message.replace(" is a required property", " is missing")
    said = error.message
    return said if len(said) <= 240 else f"{said[:100]} … {said[-120:]}"


def _fix(error: ValidationError) -> str:
    schema: Any = error.schema
    allowed: Any = error.validator_value
    if error.validator == "additionalProperties":
        known = sorted(schema["properties"])
        close = difflib.get_close_matches(_unknown_keys(error)[0], known, n=1)
        return f"did you mean {close[0]!r}?" if close else f"known keys: {', '.join(known)}"
    if error.validator == "enum":
        close = difflib.get_close_matches(str(error.instance), [str(value) for value in allowed], n=1)
        return f"did you mean {close[0]!r}?" if close else "use one of the listed values"
    if error.validator == "required":
        return "add the key"
    return {
        "const": f"make it {allowed!r}",
        "format": f"give a real {allowed}, as ISO 8601 writes it",
        "pattern": f"write it as {allowed}",
        "type": f"make it of type {allowed}",
    }.get(str(error.validator), "")
