"""Odd quotation marks become the usual ones, sign by sign, and nothing else changes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.marks import plain_marks
from toolkit.model.sentences import sentences

QUOTE = "Nobody came. We left"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("”", "”"), ("„", "“"), ("«", "»"), ("»", "«"), ("‟", "”"), ("“", "″")],
)
def test_marks_of_one_sign(opening: str, closing: str) -> None:
    text = f"{opening}{QUOTE},{closing} said Ana. He knew ({opening}all{closing})."
    assert plain_marks(text) == f"“{QUOTE},” said Ana. He knew (“all”)."


@pytest.mark.parametrize(("opening", "closing"), [("``", "''"), ("''", "''"), ("``", "``")])
def test_marks_of_two_signs(opening: str, closing: str) -> None:
    text = f"{opening}{QUOTE},{closing} said Ana. He knew ({opening}all{closing})."
    assert plain_marks(text) == f"‘‘{QUOTE},’’ said Ana. He knew (‘‘all’’)."


@pytest.mark.parametrize("text", ['"We ran," he said.', "“We ran,” he said.", "It's the '80s’ end.", ""])
def test_usual_marks_stay(text: str) -> None:
    assert plain_marks(text) == text


def test_a_sentence_ends_behind_an_odd_mark() -> None:
    text = "He said ``we left.″ She stayed."
    assert [text[start:end] for start, end in sentences(text)] == ["He said ``we left.″", "She stayed."]


@given(st.text(alphabet="ab .,!?()“”\"'`«»„‟″\n—"))
def test_length_and_all_but_marks_stay(text: str) -> None:
    plain = plain_marks(text)
    assert len(plain) == len(text)
    changed = {old + new for old, new in zip(text, plain, strict=True) if old != new}
    assert changed <= {
        "`‘", "`’", "'‘", "'’", "«“", "«”", "»“", "»”", "„“", "„”", "‟“", "‟”", "″“", "″”", "”“", "“”",
    }  # fmt: skip
