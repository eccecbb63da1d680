"""Where sentences end."""

from __future__ import annotations

import pytest

from toolkit.model import Region
from toolkit.model.sentences import MAX_SENTENCE, sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Gen. Traoré left.", "He died."],
        ["U.N. troops came.", "They left the U.N.", "The war went on."],
        ["J. R. Smith of St. Louis met Mr. Lee.", "No. 5 won."],
        ["It cost 1.2 million.", "Nobody paid at 5 p.m. on Monday."],
        ["“We will win,” he said.", "“They lost!”", "She left."],
        ["Who won?", "Nobody!", "It ended…", "Then it rained."],
        ["He said: “Stop.”", "“Why?” she asked."],
        ["It ended on Jan. 5 in Gao.", "On Dec. 24 it began."],
        ["Wagner Inc. was there e.g. on Monday.", "It left."],
        ["The rebels (CSP) won.", "(Reuters)"],
    ],
)
def test_sentences_of_a_line(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


def test_lines_end_sentences_without_a_full_stop() -> None:
    assert split("Mali rebels report losses\n\nTuareg rebels said so.\n- One\n- Two\n") == [
        "Mali rebels report losses", "Tuareg rebels said so.", "One", "Two",
    ]  # fmt: skip


@pytest.mark.parametrize("bullet", ["•", "-", "*", "  –"])
def test_bullets_are_no_part_of_a_sentence(bullet: str) -> None:
    text = f"{bullet} Two died. One fled.\n{bullet} The road – a long one – is shut\n-3 degrees"
    parts = [text[start:end] for start, end in sentences(text)]
    assert parts == ["Two died.", "One fled.", "The road – a long one – is shut", "-3 degrees"]


def test_hard_wrapped_lines_go_on() -> None:
    text = (
        "   MEANWHILE, THREE SUBVERSIVES WERE KILLED AND SEVEN OTHERS WERE WOUNDED\n"
        "DURING CLASHES YESTERDAY IN THE NORTH. THE BATTALION REPORTED THAT ONE MAN\n"
        "WAS KILLED.\n\n   A SOLDIER WAS WOUNDED.\n"
    )
    assert [" ".join(part.split()) for part in split(text)] == [
        "MEANWHILE, THREE SUBVERSIVES WERE KILLED AND SEVEN OTHERS WERE WOUNDED DURING CLASHES YESTERDAY"
        " IN THE NORTH.",
        "THE BATTALION REPORTED THAT ONE MAN WAS KILLED.",
        "A SOLDIER WAS WOUNDED.",
    ]


def test_boilerplate_is_left_out_and_cuts() -> None:
    text = "First part LEGAL second part. Third."
    spans = sentences(text, [Region(11, 16, "boilerplate", "legal")])
    assert [text[a:b] for a, b in spans] == ["First part", "second part.", "Third."]


def test_overlapping_boilerplate_and_none_at_all() -> None:
    both = [Region(0, 4, "boilerplate", ""), Region(0, 7, "boilerplate", "")]
    assert sentences("abc def", both) == []
    assert sentences("") == []


def test_an_endless_sentence_is_cut_at_a_space() -> None:
    text = "word " * 2000
    spans = sentences(text)
    assert all(end - start <= MAX_SENTENCE for start, end in spans)
    assert {word for start, end in spans for word in text[start:end].split()} == {"word"}
    assert all(end - start <= MAX_SENTENCE for start, end in sentences("x" * 10_000))


@pytest.mark.parametrize(
    "text",
    [
        "“Who did this?” Ana Ruiz said.",
        "“Run!” Mr. Keita told reporters in the yard.",
        "“Where is the aid?” Ruiz asked on Monday.",
    ],
)
def test_who_asks_belongs_to_the_question(text: str) -> None:
    assert sentences(text) == [(0, len(text))]


def test_who_says_something_else_begins_a_sentence() -> None:
    assert len(sentences("“Who did this?” Ana Ruiz said the army had come.")) == 2
