"""What a pattern needs and how its matches begin: told rightly, and never too much."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.rules.keys import CLOSE, LABEL, OPEN, fold, keys
from toolkit.rules.patterns import Vocabulary

WORDS = Vocabulary(
    {
        "be": ("was", "were", "was not"),
        "cue": "(?:<SAY>|<TELL>)",
        "who": "<NAME> (?:<SAY>)?",
        "num": "(?:\\d{1,3}(?:,\\d{3})+|{unit}|\\d+)",
        "unit": ("one", "two", "twenty-one"),
    }
)


def shown(key: str) -> str:
    """A key for reading: <LABEL>, ^ and $ for the ends of a word."""
    if key.startswith(LABEL):
        return f"<{key.strip(LABEL)}>"
    return key.replace(OPEN, "^").replace(CLOSE, "$")


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        ("<A> and <B>?", [{"<A>"}]),
        ("<A>{0,2} <B>{2,}", [{"<B>"}]),
        ("<A>|<B> <C>", [{"<A>", "<B>"}]),
        ("<A>|x", [{"<A>", "^x$"}]),
        ("(?:<A>|<B>) (<C>)? (?P<role><D>)+", [{"<D>"}, {"<A>", "<B>"}]),
        ("(?=<A>)(?!<B>)(?<=<C>)(?<!<D>).", [{"<A>"}, {"<C>"}]),
        ("{cue} {who}", [{"<SAY>", "<TELL>"}]),
        ("(?-i:<A>)(?:<B>)*", [{"<A>"}]),
        ("\\w+ing of", [{"ing$"}]),
        ("kill(?:ed|s)?", [{"^killed$", "^kills$", "^kill$"}]),
        (".+ {be} disastrous", [{"^disastrous"}]),
        ("(?<=went |go )<A>", [{"went$", "go$"}, {"<A>"}]),
        ("{num} \\w+", [{"0", "one", "two", "twenty$"}, {"^0", "^one", "^two", "^twenty$"}]),
        ("a\\1|b", []),
        ("(?i)a", []),
        ("(?x:a b)", []),
    ],
)
def test_what_a_pattern_needs(pattern: str, needs: list[set[str]]) -> None:
    assert [set(map(shown, clause)) for clause in WORDS.needs(pattern)] == needs


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [
        ("(?:the )?killing", {"^the$", "^killing$"}),
        ("un{be}", {"^unwas$", "^unwere$"}),
        ("(?<=a )<A:x> b", {"<A>"}),
        ("[$€]\\d+", {"^$$", "^€$"}),
        ("kill\\w*", {"^kill"}),
        ("\\w+", None),
        (".+", None),
        ("un[\\p{L}-]+|<A>", {"^un", "<A>"}),
        ("(?:a|b)*", None),
        ("don't", {"^don$"}),
    ],
)
def test_how_a_match_begins(pattern: str, starts: set[str] | None) -> None:
    found = [set(map(shown, clause)) for clause in WORDS.needs(pattern)]
    assert starts is None or starts in found
    assert starts is not None or not found


def test_a_name_begins_with_a_capital_where_capitals_tell() -> None:
    capital = frozenset(set(keys("Gao")) - set(keys("gao")))
    assert set(keys("Éa")) >= capital
    assert not set(keys("éA")) & capital
    assert WORDS.needs("\\p{Lu}\\w+", case=True) == (capital,)
    assert capital in WORDS.needs("[A-Z]+-\\d", case=True)
    assert any(clause > capital for clause in WORDS.needs("(?:a )?\\p{Lu}", case=True))
    assert WORDS.needs("\\p{Lu}\\w+") == WORDS.needs("(?i:\\p{Lu})", case=True) == ()


PIECES = [
    *[
        "a",
        "b ",
        " ",
        "ab",
        "(?:a|bc)",
        "(?:ab )?",
        "[ab]",
        "\\d",
        "\\w+",
        ".",
        "c*",
        "(?=b)",
        "(?!a)",
        "\\b",
    ],
    *["(?<=a)", "{be}", "{num}", "(?:1|é|ſ)", "-", "(?:b|)", "a{2}", "(?:a b|c){1,2}", "K", "(?i:K)"],
]
SIGNS = [*"aAbcK\u212a 1٣éÉſ-‑.$", "was ", "two ", "ab", " "]


@settings(max_examples=1500, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=5),
    st.lists(st.sampled_from(SIGNS), max_size=12).map("".join),
)
def test_nothing_that_matches_is_ruled_out(atoms: list[str], text: str) -> None:
    pattern = "".join(atoms)
    whole = rf"(?:\b|(?!\w))(?:{WORDS.translate(pattern, ())})(?:\b|(?<!\w))"
    held = {key for word in regex.findall(r"\w+|[^\w\s]", text) for key in keys(word)}
    found = [one[0] for one in regex.finditer(whole, text, regex.IGNORECASE)]
    if any(found):
        assert all(clause & held for clause in WORDS.needs(pattern))


def test_folding_takes_every_form_of_a_letter_as_the_same() -> None:
    everything = "".join(map(chr, range(0x20000)))
    for letter in "abcdefghijklmnopqrstuvwxyz":
        for found in regex.findall(letter, everything, regex.IGNORECASE):
            assert fold(found) == letter
    assert {fold(digit) for digit in regex.findall(r"\d", everything)} == {"0"}
