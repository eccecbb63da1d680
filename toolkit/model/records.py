"""Dataclasses to JSON objects and back; field order is the dataclass's, so bytes repeat."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

from cattrs import ClassValidationError, Converter, transform_error
from cattrs.gen import make_dict_unstructure_fn, override

from toolkit.model.claim import Claim
from toolkit.model.document import Document
from toolkit.model.manifest import Manifest
from toolkit.model.span import Span

T = TypeVar("T")


@cache
def _converter() -> Converter:
    converter = Converter(forbid_extra_keys=True, prefer_attrib_converters=False)
    converter.register_unstructure_hook(
        Span, make_dict_unstructure_fn(Span, converter, pieces=override(omit_if_default=True))
    )
    left_out = override(omit_if_default=True)
    converter.register_unstructure_hook(
        Manifest,
        make_dict_unstructure_fn(
            Manifest, converter, release=left_out, previous=left_out, splits=left_out, quotes=left_out
        ),
    )
    return converter


def to_record(value: Any) -> dict[str, Any]:
    """The JSON object of a model dataclass; tuples become lists, what is absent (``pieces``, a
    manifest's ``release`` …) is left out."""
    record: dict[str, Any] = _converter().unstructure(value)
    return record


def to_line(value: Claim | Document) -> bytes:
    """What ``to_record`` gives of a claim or document, as JSON in a fifth of the time.

    Raises ``ValueError`` when it has a lone surrogate. It must have no NaN or infinity.
    """
    from msgspec.json import encode

    # No text holds these bytes: a quotation mark inside one has a backslash before it.
    return encode(value).replace(b',"pieces":null', b"")


def quick_record(value: Claim | Document) -> dict[str, Any]:
    """What ``to_record`` gives of a claim or document, in a quarter of the time.

    It must have no NaN or infinity.
    """
    from msgspec.json import decode

    try:
        record: dict[str, Any] = decode(to_line(value))
    except (UnicodeEncodeError, OverflowError):  # a lone surrogate; a number of more than 64 bits
        return to_record(value)
    return record


def from_checked(kind: type[T], record: Any) -> T:
    """The dataclass of a JSON object that its schema has passed: as ``from_record``, in a quarter of the
    time, but keys that are too many go unseen."""
    from msgspec import ValidationError, convert

    try:
        return convert(record, kind)
    except ValidationError:
        return from_record(kind, record)


def from_record(kind: type[T], record: Any) -> T:
    """The dataclass of a JSON object.

    Raises ``ValueError`` with one line per fault when a key is unknown or missing or a value is of
    the wrong kind. Check with the schema first where a reader wants places and fixes.
    """
    try:
        return _converter().structure(record, kind)
    except (ClassValidationError, ExceptionGroup) as error:
        raise ValueError("; ".join(transform_error(error))) from error
    except (TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"not a {kind.__name__} record: {error}") from error
