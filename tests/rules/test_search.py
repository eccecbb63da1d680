"""The search below PCRE2's Python layer finds what the public one finds, or gives way to it."""

from __future__ import annotations

import pcre2
import pytest

from toolkit.rules.search import quickest, search

PUBLIC = pcre2.Pattern.search


@pytest.mark.parametrize(
    "text", ["two men were shot", "zwei Männer — “erschossen”", "\ue001 dead, 3 hurt", ""]
)
@pytest.mark.parametrize("pattern", [r"\w+", r"(?<=\s)(?P<W>\w)(x)?", r"\d", r"^", r"“(\w+)”", "\ue001 (d)"])
def test_finds_what_the_public_search_finds(pattern: str, text: str) -> None:
    compiled = pcre2.compile(pattern)
    own, other = search(compiled, text), compiled.search(text)
    assert (own is None) == (other is None)
    if own and other:
        groups = range(compiled.groups + 1)
        assert [own.span(group) for group in groups] == [other.span(group) for group in groups]


def test_raises_when_out_of_steps() -> None:
    many_ways = pcre2.compile(r"(*LIMIT_MATCH=100)(?:\w+\s?)+\1(x)")
    with pytest.raises(pcre2.LibraryError):
        search(many_ways, "a" * 40 + "x")


def test_the_installed_release_has_the_layer_below() -> None:
    assert quickest() is not PUBLIC


def test_without_that_layer_the_public_search_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(pcre2, "_cy")
    assert quickest() is PUBLIC


def test_a_layer_that_finds_something_else_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    below = pcre2._cy.match
    monkeypatch.setattr(pcre2._cy, "match", lambda code, text, *rest: below(code, "xxx", *rest))
    assert quickest() is PUBLIC
