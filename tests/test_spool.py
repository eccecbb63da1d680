"""Records that wait on disk."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import DataError
from toolkit.files import to_json
from toolkit.spool import scratch, spool

KEYS = st.tuples(st.text(max_size=3), st.integers(0, 3), st.text(max_size=3))


@given(st.lists(KEYS, max_size=30))
def test_records_come_out_in_order_and_documents_as_they_came(keys: list[tuple[str, int, str]]) -> None:
    with spool() as kept:
        added = [
            kept.add(document, {"key": [document, place, name]}, place=place, id=name)
            for document, place, name in keys
        ]
        unique = list(dict.fromkeys(keys))
        assert sum(added) == len(kept) == len(unique)
        assert [tuple(record["key"]) for record in kept] == sorted(unique)
        documents = list(dict.fromkeys(document for document, *_ in keys))
        assert list(kept.documents()) == documents
        for document in documents:
            first = min(key for key in keys if key[0] == document)
            assert document in kept and kept.get(document) == {"key": list(first)}
            kept.drop(document)
            assert document not in kept
            with pytest.raises(KeyError):
                kept.get(document)
        assert len(kept) == 0


@given(st.lists(st.text(max_size=40), max_size=30), st.integers(1, 7), st.integers(1, 120))
def test_batches_hold_every_record_once_in_order(values: list[str], most: int, most_bytes: int) -> None:
    with spool() as kept:
        sizes = {}
        for number, value in enumerate(values):
            sizes[str(number)] = len(to_json({"value": value}).encode("utf-8"))
            kept.add(str(number), {"value": value})
        batches = list(kept.batches(kept.documents(), most=most, most_bytes=most_bytes))
        assert [document for batch in batches for document in batch] == list(sizes)
        assert all(len(batch) <= most for batch in batches)
        assert all(len(batch) == 1 or sum(map(sizes.__getitem__, batch)) <= most_bytes for batch in batches)
        assert [kept.get(document)["value"] for document in sizes] == values


@pytest.mark.parametrize("value", [float("nan"), "a\ud800b"])
def test_what_is_no_json_is_not_kept(value: object) -> None:
    with spool() as kept:
        with pytest.raises(ValueError):
            kept.add("a", {"value": value})
        with pytest.raises(ValueError):
            kept.add("a\ud800", {})
        assert "a\ud800" not in kept
        kept.add("b", {"value": "😀\0"})
        assert list(kept.documents()) == ["b"] and kept.get("b") == {"value": "😀\0"}


def test_a_full_temporary_folder_is_said_in_one_line() -> None:
    with pytest.raises(DataError, match="full") as caught, scratch() as database:
        database.execute("PRAGMA max_page_count = 8")
        database.execute("CREATE TABLE filled (content BLOB)")
        database.execute("INSERT INTO filled VALUES (zeroblob(1000000))")
    assert isinstance(caught.value.__cause__, sqlite3.Error) and "TMPDIR" in caught.value.fix
