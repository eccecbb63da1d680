"""The notation: what a pattern becomes."""

from __future__ import annotations

import itertools

import pytest
import regex

from toolkit.rules.patterns import PatternError, Vocabulary, label_bit

WORDS = Vocabulary(
    {
        "be": ("was", "were", "was not"),
        "cue": "(?:<SAY>|<TELL>)",
        "who": "<NAME> (?:<SAY>)?",
        "a": "{b}",
        "b": "{a}",
    }
)


def test_labels_in_order_and_through_variables() -> None:
    assert WORDS.labels("<B> {who} {cue} <B:role>") == ("B", "NAME", "SAY", "TELL")


@pytest.mark.parametrize(
    ("pattern", "text", "whole"),
    [
        ("{be} killed", "was not\nkilled", True),
        ("{be}? killed", " killed", True),
        ("a {be}? b", "a b", True),
        ("a {be}? b", "a was b", True),
        ("a b", "ab", False),
        ("[a b]+", "a b", True),
        ("x-y's", "x‐y’s", True),
        ("\\d{2,3} \\p{Lu}\\.", "123 É.", True),
        ("(?i:a)(?-i:B)", "AB", True),
    ],
)
def test_what_a_pattern_matches(pattern: str, text: str, whole: bool) -> None:
    assert bool(regex.fullmatch(WORDS.translate(pattern, ()), text)) is whole


def test_a_placeholder_tells_its_labels_bit_by_bit() -> None:
    three = ("A", "B", "C")
    for present in itertools.product((False, True), repeat=3):
        code = sum(label_bit(three, label) for label, there in zip(three, present, strict=True) if there)
        for label, there in zip(three, present, strict=True):
            found = regex.fullmatch(WORDS.translate(f"<{label}>", three), chr(0xE000 + code))
            assert bool(found) is there


def test_rules_of_the_same_last_labels_see_the_same() -> None:
    assert label_bit(("A", "B", "C"), "C") == label_bit(("C",), "C") == label_bit(("B", "C"), "C")
    assert label_bit(("A", "B", "C"), "B") == label_bit(("B", "C"), "B")


@pytest.mark.parametrize("pattern", ["{a}", "{nobody}", "(?R)", "a(?1)b", "{x y}", "<a>", "(?(1)a|b)"])
def test_what_is_refused(pattern: str) -> None:
    with pytest.raises(PatternError):
        WORDS.translate(pattern, WORDS.labels(pattern))
