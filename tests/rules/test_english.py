"""The English rules that come with the toolkit: their own examples, any text at all, and the seeds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.test_engine import document
from toolkit import resources
from toolkit.model import Match
from toolkit.rules import RuleSet, load_rules, run_examples

SEEDS = Path(__file__).resolve().parents[2].parent / "shared" / "seeds"


@cache
def english() -> RuleSet:
    return load_rules(sorted((resources.configs() / "rules" / "en").glob("*.yaml")), seconds=20)


def test_every_example_holds() -> None:
    assert [str(issue) for issue in run_examples(english())] == []


def test_every_rule_has_two_hits_and_a_trap() -> None:
    assert len(english().rules) > 60
    few = [rule.id for rule in english().rules if len(rule.match) < 2 or not rule.no_match]
    assert few == [], "give these two `match` sentences and one `no_match`"


def slices(text: str, label: str, known: list[Match] | None = None) -> list[str]:
    result = english().find(document(text), known=known or [])
    return [text[match.start : match.end] for match in result.matches if match.label == label]


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("It killed at least 84 Russians and 47 Malians.", ["at least 84", "47"]),
        ("They fought between July 22 and 27.", []),
        ("Bloggers said 20 or more may have died, perhaps 30.", ["20 or more", "30"]),
        ("Between 20 and 80 men died in 2 coups.", ["Between 20 and 80", "2"]),
        ("It was one of the heaviest losses since 2012.", []),
        ("Two killed and ten wounded on the 22nd.", ["Two", "ten"]),
        ("A 34-year-old paid $1.2 million for 20% of 3 km.", []),
        ("AT LEAST 50 PEASANTS WERE KIDNAPPED IN 1989.", ["AT LEAST 50"]),
        ("They won 2-1 at 10:30 p.m.", []),
        ("1.2 million people fled; dozens died.", ["1.2 million", "dozens"]),
    ],
)
def test_counts_and_what_only_looks_like_one(text: str, counts: list[str]) -> None:
    assert slices(text, "QUANTITY") == counts


def test_a_country_that_acts_is_no_place() -> None:
    text = "Mali attacked rebels in Mali."
    known = [Match("known", "PLACE", 0, 4), Match("known", "PLACE", 24, 28)]
    result = english().find(document(text), known=known)
    assert [(m.start, m.end) for m in result.matches if m.label == "LOCATION"] == [(24, 28)]


WORDS = st.sampled_from([
    "At", "least", "84", "Russian", "Wagner", "mercenaries", "and", "47", "Malian", "soldiers", "were",
    "killed", "on", "Thursday", ",", "said", "the", "rebels", ".", "\n", "between", "20", "80", "July", "may",
    "U.N.", "Gen.", "“", "”", "🔥", "é", "\u2028", "\ue000", "\ue005", "$", "%", "2012", "-", "one", "of",
    "died", "wounded", "near", "town", "KILLED",
])  # fmt: skip
TEXTS = st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=60).map(" ".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_any_text_gives_matches_within_its_sentences(text: str) -> None:
    result = english().find(document(text))
    assert result.issues == ()
    last = 0
    for start, end in result.sentences:
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        last = end
    for match in result.matches:
        assert match.start < match.end
        assert any(start <= match.start and match.end <= end for start, end in result.sentences)
        for start, end in match.groups.values():
            assert 0 <= start < end <= len(text)
    per_label: dict[str, int] = {}
    for match in sorted(result.matches, key=lambda match: match.start):
        assert per_label.get(match.label, 0) <= match.start
        per_label[match.label] = match.end


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed articles are not beside the repository")
def test_the_seeds_give_their_counts() -> None:
    (first,) = SEEDS.glob("001_*.txt")
    text = first.read_text("utf-8").partition("Latest Stories")[0]
    assert slices(text, "QUANTITY") == ["at least 84", "47", "dozens", "50", "two", "seven"]
    assert slices(text, "QUANTITY_VAGUE") == ["heavy", "severe", "a large amount of"]
