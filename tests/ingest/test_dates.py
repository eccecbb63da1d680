"""Publication dates: read when they are certain, refused when they are not."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import schema
from toolkit.ingest.dates import iso_date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-07-30", "2024-07-30"),
        ("20240730", "2024-07-30"),
        ("2024-07-30T10:00:00Z", "2024-07-30T10:00:00Z"),
        ("2024-07-30 10:00", "2024-07-30T10:00:00"),
        ("2024-07-30T10:00:00 +0200", "2024-07-30T10:00:00+02:00"),
        ("Thu, 01 Aug 2024 12:00:00 GMT", "2024-08-01T12:00:00Z"),
        ("August 1, 2024", "2024-08-01"),
        ("1 Aug 2024 10:05 am", "2024-08-01T10:05:00"),
        ("Aug 1, 2024 10:05 +0300", "2024-08-01T10:05:00+03:00"),
        ("Aug 1, 2024 10:05 EST", "2024-08-01"),
        ("25/07/2024", "2024-07-25"),
        ("07/25/2024", "2024-07-25"),
        ("03/03/2024", "2024-03-03"),
    ],
)
def test_certain(value: str, expected: str) -> None:
    assert iso_date(value) == expected


@pytest.mark.parametrize(
    "value",
    ["03/04/2024", "July 2024", "2024", "2024-07", "Thursday", "two days ago", "1/8/24", "2024-13-01",
     "2024-07-30T25:00", "today 2024", "soon", "", "9" * 400],
)  # fmt: skip
def test_uncertain(value: str) -> None:
    assert iso_date(value) is None


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2099, 12, 31)))
def test_iso_comes_back(moment: datetime) -> None:
    assert iso_date(moment.isoformat()) == moment.isoformat()
    assert iso_date(f"{moment:%d %B %Y}") == moment.date().isoformat()


@given(st.text(max_size=40) | st.from_regex(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}( \d\d:\d\d)?( [A-Z]{3})?"))
def test_whatever_comes_out_fits_the_schema(value: str) -> None:
    found = iso_date(value)
    if found is not None:
        field = schema.load("document")["properties"]["published_at"]
        assert not list(schema.validator("document").evolve(schema=field).iter_errors(found))
