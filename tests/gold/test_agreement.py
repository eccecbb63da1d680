"""The fast ways decide as the reference does: validators on mutated records, readers on broken lines."""

from __future__ import annotations

import json
import socket
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.gold.build import make_claim
from tests.gold.mutations import broken_lines, disagreement, mutated, originals, reader_disagreement
from toolkit import files, schema
from toolkit.model import to_record


def test_both_validators_agree_on_mutated_records() -> None:
    verdicts = set()
    for kind, record in mutated(2_000, seed=7):
        assert disagreement(kind, record) is None, json.dumps(record)
        verdicts.add(schema.surely_fits(kind, record))
    assert verdicts == {True, False}


def test_both_readers_agree_on_broken_lines() -> None:
    lines = list(broken_lines(3_000, seed=7))
    assert [said for line in lines if (said := reader_disagreement(line))] == []
    assert len([line for line in lines if files._quickly(line) is not None]) > 1_000


@pytest.mark.parametrize(
    "line",
    [
        b'{"a": 1, "a": 2}', b'{"a": 1, "a" : 2}', b'{"a": 1, "a"\t: 2}', b'{"a": 1, "\\u0061": ":"}',
        b'{"a": "\\u003a", "a": 2}', b'{"a": {"b": 1, "b": 1}}', b'{"a": [{"b": 1, "b": 1}]}',
    ],
)  # fmt: skip
def test_a_key_that_stands_twice_is_never_read_fast(line: bytes) -> None:
    assert files._quickly(line) is None
    with pytest.raises(ValueError, match="stands twice"):
        files.parse_object(line)


NESTED = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=3), NESTED, max_size=4), st.booleans())
def test_any_object_is_read_as_it_was_written(record: dict[str, Any], ascii_only: bool) -> None:
    line = json.dumps(record, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    try:
        assert repr(files.parse_object(line)) == repr(record)
    except ValueError as error:
        assert "surrogate" in str(error) or "UTF-8" in str(error)


@pytest.mark.parametrize("depth", [100, 300, 900])
def test_nesting_is_judged_by_the_reference_where_the_compiled_one_gives_up(depth: int) -> None:
    deep: Any = 1
    for _ in range(depth):
        deep = [deep]
    record = {**to_record(make_claim()), "cluster_id": deep}
    assert disagreement("claim", record) is None
    assert [problem.pointer for problem in schema.problems("claim", record)] == ["/cluster_id"]


def test_an_id_ends_where_it_ends() -> None:
    record = {**to_record(make_claim()), "claim_id": make_claim().claim_id + "\n"}
    assert [problem.keyword for problem in schema.problems("claim", record)] == ["pattern"]


def test_a_remote_reference_is_data_and_no_schema_has_one(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refused)
    record = {**to_record(make_claim()), "$ref": "https://schema.example/claim.json"}
    assert [problem.keyword for problem in schema.problems("claim", record)] == ["additionalProperties"]
    for name in schema.NAMES:
        assert "http" not in json.dumps(schema.load(name)).replace(
            "https://json-schema.org/draft/2020-12/schema", ""
        )


def test_a_schema_of_another_house_is_not_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "load", lambda name: {"$ref": f"https://schema.example/{name}.json"})
    with pytest.raises((jsonschema_rs.ReferencingError, jsonschema_rs.ValidationError, ValueError)):
        schema.compiled.__wrapped__("claim")


def test_every_kind_is_among_the_originals_and_fits() -> None:
    found = originals()
    assert {kind for kind, _ in found} == {"annotation", "claim", "document", "draft"}
    assert all(schema.surely_fits(kind, record) for kind, record in found)
