"""What is handed to PCRE2 matches what ``regex`` matches, and what it can't say is left to ``regex``."""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any, cast

import pcre2
import pytest
import regex

from toolkit.rules import RuleSet, load_rules
from toolkit.rules.compile import Lazy
from toolkit.rules.examples import parse_example
from toolkit.rules.pages import Shadow
from toolkit.rules.quick import Quick, Signs, quick, signs_of, whole
from toolkit.rules.scan import Clock, scan


def made(pattern: str) -> Quick:
    found = quick(pattern, regex.IGNORECASE)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "pattern",
    [
        "a(?:b|c)+?", "(?P<who>a)|(?P<who>b)", "(?<=a |bc )d", "(?<!x)y{2,3}+", "(?-i:\\p{Lu})[^a-z-]*",
        "(?>a|b)c", "(?=x)\\w\\b", "[\ue001-\ue003]x",
    ],
)  # fmt: skip
def test_what_both_read_alike_is_taken_over(pattern: str) -> None:
    assert made(pattern).exact is not None


@pytest.mark.parametrize("pattern", ["(a)\\1", "\\Xa", "a\\Z", "[[:alpha:]]", "a{2}{3}", "\\vx", "(?x:a b)"])
def test_the_rest_is_not(pattern: str) -> None:
    assert quick(pattern, regex.IGNORECASE) is None


@pytest.mark.parametrize(
    ("pattern", "with_one", "without"),
    [
        ("(?<=a+)b", "aab", "xxb"),
        ("(?<=^(?P<role>.+?), )b", "x, b", "b, x"),
        ("c(?!(?<=a.*c) d)", "c d", "dd"),
    ],
)
def test_where_it_cannot_look_behind_it_finds_too_much(pattern: str, with_one: str, without: str) -> None:
    found = made(pattern)
    assert found.exact is None
    assert found.probe.search(with_one)
    assert not found.probe.search(without)


@pytest.mark.parametrize("signs", Signs)
@pytest.mark.parametrize(
    "text", ["x, bb", "b b, bb, b x", f"{'b ' * 30}x, bb, b", "b " * 30, "bbb", ", b, b"]
)
def test_there_the_other_engine_decides_and_finds_the_same(text: str, signs: Signs) -> None:
    body = "(?<=^(?P<role>.+?), )b+"
    expression = Lazy(body, regex.IGNORECASE, cast("Any", None), "pattern")
    found = [hit for _, hits in scan(expression, [Shadow(text, 0, signs)], Clock(5.0)) for hit in hits]
    wanted = list(regex.compile(whole(body), regex.IGNORECASE).finditer(text))
    assert [(hit.start, hit.end, hit.roles) for hit in found] == [
        (*one.span(), (("role", *one.span("role")),)) for one in wanted
    ]


def test_a_large_group_is_written_once() -> None:
    words = "|".join(f"word{number}" for number in range(2_000))
    found = made(f"(?:(?:{words}) ){{3}}(?:{words})")
    assert found.exact is not None
    assert found.exact.search("word1 word22 word1999 word7")
    with pytest.raises(pcre2.LibraryError):
        pcre2.compile(f"(?:(?:{words}) ){{3}}(?:{words})")


def test_letters_digits_and_spaces_are_the_same_for_both() -> None:
    chance = random.Random(1)
    # Every sign up to here, and some of the rest; what Unicode 15 and later added is not the same.
    codes = [*range(1, 0x3000), 0xE001, *chance.sample(range(0x3000, sys.maxunicode), 3_000)]
    signs = [chr(code) for code in codes if not 0xD800 <= code < 0xE000]
    signs = [sign for sign in signs if not regex.match(r"\p{Cn}", sign)]
    usual = [sign for sign in signs if signs_of(sign) is not Signs.ODD]
    plain = [sign for sign in usual if signs_of(sign) is Signs.PLAIN]
    assert {"“", "’", "–", "€", "\ue001", "a"} <= set(plain)
    for kind in ("\\w", "\\d", "\\s", "\\p{L}", "\\p{Lu}", "i", "[a-z]", "s", ".", "\\W", "[^\\w\\s]", "\\b"):
        ours, theirs = pcre2.compile(kind, pcre2.IGNORECASE), regex.compile(kind, regex.IGNORECASE)
        differ = [sign for sign in usual if bool(ours.match(sign)) != bool(theirs.match(sign))]
        assert len(differ) < 100 and all(ord(sign) > 0x500 for sign in differ), kind
        ours = pcre2.compile(kind, pcre2.IGNORECASE | pcre2.ASCII)
        assert [sign for sign in plain if bool(ours.match(sign)) != bool(theirs.match(sign))] == []


@pytest.fixture(scope="module")
def english() -> RuleSet:
    folder = Path(__file__).parents[2] / "configs/rules/en"
    return load_rules(sorted(folder.glob("*.yaml")), seconds=2.0)


def test_every_rule_matches_the_same_in_both(english: RuleSet) -> None:
    texts = [parse_example(rule.match[0]).text for rule in english.rules]
    chance = random.Random(7)
    for compiled in english.compiled:
        for expression in (compiled.expression, *compiled.unless):
            if expression.whole.quick is None or len(expression.whole.body) > 4_000:
                continue
            own = [parse_example(one).text for one in compiled.source.rule.match]
            for text in [*own, *chance.sample(texts, 3)]:
                is_plain = signs_of(text) is Signs.PLAIN
                found = expression.whole.quick_plain if is_plain else expression.whole.quick
                assert found is not None
                wanted = [one.span() for one in expression.whole.pattern.finditer(text)]
                if found.exact is not None:
                    assert [one.span() for one in found.exact.finditer(text)] == wanted
                first = found.probe.search(text)
                assert not wanted or (first is not None and first.start() <= wanted[0][0])


def test_the_edges_of_words_are_put_around_a_pattern() -> None:
    assert [one[0] for one in regex.finditer(whole("a"), "a ab ba .a.")] == ["a", "a"]
