"""Dates in words become days, or keep their words where they can't."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.claims.dates import published_day, resolve

THURSDAY = date(2024, 8, 1)


@pytest.mark.parametrize(
    ("words", "start", "end", "granularity"),
    [
        ("on Thursday", "2024-08-01", "2024-08-01", "day"),
        ("Tuesday night", "2024-07-30", "2024-07-30", "day"),
        ("last Thursday", "2024-07-25", "2024-07-25", "day"),
        ("next Monday", "2024-08-05", "2024-08-05", "day"),
        ("yesterday", "2024-07-31", "2024-07-31", "day"),
        ("three days ago", "2024-07-29", "2024-07-29", "day"),
        ("July 29", "2024-07-29", "2024-07-29", "day"),
        ("August 30", "2023-08-30", "2023-08-30", "day"),
        ("29 July 2022", "2022-07-29", "2022-07-29", "day"),
        ("2024-07-22", "2024-07-22", "2024-07-22", "day"),
        ("between July 22 and 27", "2024-07-22", "2024-07-27", "period"),
        ("from 22 to 27 July", "2024-07-22", "2024-07-27", "period"),
        ("late July", "2024-07-21", "2024-07-31", "period"),
        ("in the 1980s", "1980-01-01", "1989-12-31", "period"),
        ("over the last two days", "2024-07-30", "2024-08-01", "period"),
        ("late last year", "2023-09-01", "2023-12-31", "period"),
        ("on Tuesday and Wednesday", "2024-07-30", "2024-07-31", "period"),
        ("in the first quarter", "2024-01-01", "2024-03-31", "period"),
        ("late last month", "2024-07-21", "2024-07-31", "period"),
        ("May 2021", "2021-05-01", "2021-05-31", "month"),
        ("last week", "2024-07-22", "2024-07-28", "week"),
        ("this year", "2024-01-01", "2024-08-01", "year"),
        ("in 2020 and 2021", "2020-01-01", "2021-12-31", "period"),
        ("two years ago", "2022-01-01", "2022-12-31", "year"),
        ("over the weekend", "2024-07-27", "2024-07-28", "period"),
        ("last summer", "2023-06-01", "2023-08-31", "season"),
        ("in the winter of 2023", "2023-12-01", "2024-02-29", "season"),
    ],
)
def test_days(words: str, start: str, end: str, granularity: str) -> None:
    days = resolve(words, THURSDAY)
    assert (str(days.start), str(days.end), days.granularity) == (start, end, granularity)


@pytest.mark.parametrize(
    "words", ["on Thursday", "yesterday", "late July", "last week", "July 29", "two years ago"]
)
def test_relative_date_needs_a_publication_date(words: str) -> None:
    days = resolve(words, None)
    assert (days.start, days.end) == (None, None)


@pytest.mark.parametrize("words", ["days", "for a decade", "the same time"])
def test_durations_have_no_days(words: str) -> None:
    assert resolve(words, THURSDAY).start is None


@pytest.mark.parametrize(
    ("words", "relation"),
    [("since 2012", "since"), ("until Friday", "until"), ("in 2012", "during"), ("on Monday", "on")],
)
def test_relation(words: str, relation: str) -> None:
    assert resolve(words, THURSDAY).relation == relation


@given(published=st.dates(min_value=date(1950, 1, 1), max_value=date(2090, 1, 1)), weekday=st.integers(0, 6))
def test_a_weekday_is_the_last_one_up_to_the_publication(published: date, weekday: int) -> None:
    name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][weekday]
    day = resolve(f"on {name}", published).start
    assert day is not None
    assert day.weekday() == weekday
    assert timedelta(0) <= published - day < timedelta(7)


@given(words=st.text(max_size=40), published=st.none() | st.dates())
def test_any_words_give_ordered_days_or_none(words: str, published: date | None) -> None:
    days = resolve(words, published)
    assert (days.start is None) == (days.end is None)
    assert days.start is None or days.end is None or days.start <= days.end


def test_publication_day_is_the_report_s_own() -> None:
    assert published_day("2024-08-01T23:30:00+02:00") == THURSDAY
    assert published_day(None) is None


def test_days_before_an_event_are_not_counted_from_the_report() -> None:
    days = resolve("two days earlier", date(2024, 8, 1))
    assert (days.start, days.end) == (None, None)
