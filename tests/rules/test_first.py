"""With which characters a match can begin: all that it can, and nothing said where it can be any."""

from __future__ import annotations

import pcre2
import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.rules.first import first_signs
from toolkit.rules.quick import _NotAlikeError, _tokens


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        ("abc", "[a]"),
        ("a?bc|d", "[abd]"),
        ("(?:a|b)*c", "[abc]"),
        (r"\bx|(?<=y )z", "[xz]"),
        (r"(?!a)b{0,2}\d", r"[b]|\d"),
        (r"[k-m]+|\.|-", r"[\-.]|[k-m]"),
        ("(?:a(?:b|c))(?=d)", "[a]"),
        ("^a$", "[a]"),
        (r"a|[^b]|\P{Lu}", r"[a]|(?-i:[^b])|(?-i:\P{Lu})"),
    ],
)
def test_what_is_said(pattern: str, begins: str) -> None:
    assert first_signs(_tokens(pattern)) == f"(?=(?i:{begins}))"


@pytest.mark.parametrize("pattern", ["", "a?", "a*|b", ".a", "x|.+", r"(?:\b)", "(?=a)", "(?:a|b?)"])
def test_where_nothing_can_be_said(pattern: str) -> None:
    assert first_signs(_tokens(pattern)) == ""


PIECES = st.sampled_from(
    [
        "a", "b", "-", "]", " ", "(?:", "(?=", "(?<!", ")", ")?", ")*", "|", "?", "+", "{0,2}", "[ab]",
        "[^a]", "[-b]", r"\d", r"\b", "^",
    ]
)  # fmt: skip


@example("[^a]", "A")
@example(r"[^\p{Lu}]x", "ax")
@given(st.lists(PIECES, max_size=12).map("".join), st.text("ab-] 1AB^", max_size=12))
def test_no_match_is_lost(pattern: str, text: str) -> None:
    try:
        tokens = _tokens(pattern)
        plain = pcre2.compile(pattern)
        regex.compile(pattern)
    except (_NotAlikeError, pcre2.LibraryError, regex.error):
        return
    found = pcre2.compile(first_signs(tokens) + f"(?:{pattern})").search(text)
    wanted = plain.search(text)
    assert (found and found.span()) == (wanted and wanted.span())
