"""The cascade: levels, placeholders, overlaps, vetoes, roles, time, boilerplate, offsets."""

from __future__ import annotations

import time

import pytest

from tests.rules.conftest import Make, rule
from toolkit.model import Document, Found, Match, Region, digest
from toolkit.rules import RuleSet
from toolkit.rules.engine import BATCH_CHARS

NUMBER = rule("a.number", "QUANTITY", "\\d+", level="mention")
PEOPLE = rule("a.people", "VICTIM", "(?:Malian )?(?:soldiers|people)", level="mention")


def document(text: str, *regions: Region) -> Document:
    return Document(
        schema_version="1", doc_id="doc-1", text_sha256=digest(text), title=None, url=None, publisher=None,
        published_at=None, language=None, source_path="some.txt", text=text, regions=regions,
    )  # fmt: skip


def found(rules: RuleSet, text: str, label: str = "") -> list[str]:
    """The slices of all matches, or of those of one label."""
    matches = rules.find(document(text)).matches
    return [text[match.start : match.end] for match in matches if label in ("", match.label)]


def roles(result: Found) -> list[dict[str, str]]:
    text = result.document.text
    return [
        {role: text[a:b] for role, (a, b) in match.groups.items()} for match in result.matches if match.groups
    ]


def test_a_later_level_speaks_of_earlier_matches(make: Make) -> None:
    toll = rule(
        "b.toll",
        "CASUALTY",
        "<QUANTITY:count> <VICTIM:who>? were killed",
        level="claim",
        attrs={"effect": "death"},
    )
    rules = make("\n".join([toll, NUMBER, PEOPLE]))
    result = rules.find(document("Then 47 Malian  soldiers were killed. And 12 were killed."))
    assert roles(result) == [{"count": "47", "who": "Malian  soldiers"}, {"count": "12"}]
    tolls = [match for match in result.matches if match.label == "CASUALTY"]
    assert [match.attrs for match in tolls] == [{"effect": "death"}] * 2


def test_a_space_is_any_white_space_and_apostrophes_and_hyphens_have_forms(make: Make) -> None:
    rules = make(rule("a.b", "X", "{words} - 'x"), '  words: ["al-Qaeda affiliate", "al-Qaeda"]')
    assert found(rules, "An al‑Qaeda \u00a0affiliate - ’x") == ["al‑Qaeda \u00a0affiliate - ’x"]


def test_the_longest_word_of_a_list_wins(make: Make) -> None:
    rules = make(rule("a.b", "X", "{words}"), '  words: ["no", no one, no one else, nobody]')
    assert found(rules, "No one elsewhere, no one else, nobody, no.") == [
        "No one",
        "no one else",
        "nobody",
        "no",
    ]


def test_a_one_word_list_can_be_repeated_as_a_whole(make: Make) -> None:
    rules = make(rule("a.b", "X", "{word}?ed"), "  word: [kill]")
    assert found(rules, "killed ed kiled") == ["killed", "ed"]


def test_word_boundaries_stand_at_both_ends_where_they_make_sense(make: Make) -> None:
    rules = make("\n".join([rule("a.b", "X", "kill"), rule("a.c", "Y", "\\(x")]))
    assert found(rules, "skill kills kill f(x)") == ["kill", "(x"]


def test_letter_case_counts_where_the_rule_says_so(make: Make) -> None:
    rules = make("\n".join([rule("a.b", "X", "May", case=True), rule("a.c", "Y", "june")]))
    assert found(rules, "may May JUNE") == ["May", "JUNE"]


def test_overlaps_within_a_label_go_by_priority_then_length_then_position(make: Make) -> None:
    rules = make("\n".join([
        rule("a.long", "X", "one two three"), rule("a.short", "X", "two", priority=20),
        rule("a.left", "Y", "one two"), rule("a.right", "Y", "two one"), rule("a.all", "Y", "three one two"),
    ]))  # fmt: skip
    assert found(rules, "one two three one two", "X") == ["two", "two"]
    assert found(rules, "one two three one two", "Y") == ["one two", "three one two"]
    assert found(rules, "one two one", "Y") == ["one two"]


def test_of_overlapping_earlier_matches_the_longest_stands(make: Make) -> None:
    rules = make("\n".join([
        rule("a.inner", "A", "heavy"), rule("a.outer", "B", "heavy losses"),
        rule("b.inner", "C", "<A> losses", level="claim"),
        rule("b.both", "D", "suffered (?:<A>|<B>)", level="claim"),
    ]))  # fmt: skip
    assert found(rules, "They suffered heavy losses.", "C") == ["heavy losses"]
    assert found(rules, "They suffered heavy losses.", "D") == ["suffered heavy losses"]


def test_a_place_can_have_several_labels(make: Make) -> None:
    rules = make("\n".join([
        rule("a.a", "A", "rebels"), rule("a.b", "B", "rebels"),
        rule("b.a", "C", "the <A> said", level="claim", unless=["<B> denied"]),
        rule("b.b", "D", "the <B> said", level="claim", unless=["<A> denied"]),
    ]))  # fmt: skip
    assert (
        found(rules, "Then the rebels said so.", "C")
        == found(rules, "Then the rebels said so.", "D")
        == ["the rebels said"]
    )


def test_unless_vetoes_only_where_it_touches(make: Make) -> None:
    rules = make(rule("a.b", "X", "claims?", unless=["some claims", "claims? that"]))
    assert found(rules, "some claims, a claim, the claim that, claims") == ["claim", "claims"]


def test_a_count_never_reaches_into_what_unless_names(make: Make) -> None:
    date = rule("a.date", "DATE", "July \\d+ and \\d+", level="lexicon")
    rules = make("\n".join([date, rule("a.n", "QUANTITY", "\\d+", unless=["<DATE>"])]))
    assert found(rules, "Between July 22 and 27 they killed 84.", "QUANTITY") == ["84"]


def test_roles_may_stand_in_a_look_around(make: Make) -> None:
    toll = rule(
        "b.toll",
        "CASUALTY",
        "(?<=(?P<cue>killed) (?:<QUANTITY> <VICTIM> and )*)<QUANTITY:n> <VICTIM:who>",
        level="claim",
    )
    rules = make("\n".join([NUMBER, PEOPLE, toll]))
    result = rules.find(document("It killed 8 people and 4 soldiers."))
    assert roles(result) == [
        {"cue": "killed", "n": "8", "who": "people"}, {"cue": "killed", "n": "4", "who": "soldiers"},
    ]  # fmt: skip


def test_known_matches_take_part_from_the_start(make: Make) -> None:
    rules = make(rule("a.b", "LOCATION", "(?<=in )<PLACE>"))
    text = "War in Mali. Mali acts. ("
    known = [Match("known", "PLACE", 7, 11), Match("known", "PLACE", 13, 17), Match("known", "PLACE", 11, 15)]
    result = rules.find(document(text), known=known)
    assert [(m.label, m.start) for m in result.matches] == [("LOCATION", 7), ("PLACE", 7), ("PLACE", 13)]


def test_a_rule_out_of_time_is_named_and_the_others_go_on(make: Make) -> None:
    rules = make("\n".join([rule("a.slow", "X", "(?:a|a|aa)+[!]$"), rule("a.fast", "Y", "b+")]), seconds=0.2)
    start = time.process_time()
    result = rules.find(document("a" * 400 + "! c. bbb. " + "a" * 400))
    assert time.process_time() - start < 3
    assert [match.rule_id for match in result.matches] == ["a.fast"]
    (issue,) = result.issues
    assert "a.slow" in issue.message
    assert "some.txt" in issue.message
    assert issue.record == "doc-1"
    assert issue.path.endswith("some.yaml")
    assert issue.line == 3


def test_documents_together_are_as_each_alone(make: Make) -> None:
    rules = make("\n".join([NUMBER, PEOPLE, rule("a.toll", "TOLL", "<QUANTITY> <VICTIM>", level="claim")]))
    many = [document(f"{n} people fled. " * (n % 40) + f"War in Mali: {n} dead.") for n in range(300)]
    assert sum(len(one.text) for one in many) > BATCH_CHARS
    known = [Match("known", "PLACE", len(one.text) - 13, len(one.text) - 9) for one in many]
    together = list(rules.find_all(zip(many, ([place] for place in known), strict=True)))
    assert together == [rules.find(one, known=[place]) for one, place in zip(many, known, strict=True)]
    assert [sum(m.label == "TOLL" for m in one.matches) for one in together] == [n % 40 for n in range(300)]
    assert list(rules.find_all([])) == []


def test_of_documents_together_only_one_is_out_of_time(make: Make) -> None:
    rules = make(rule("a.slow", "X", "(?:a|a|aa)+[!]$"), seconds=0.2)
    texts = ["aa!", "a" * 400 + "! c. bbb. " + "a" * 400, "It is aa!"]
    found = list(rules.find_all((document(text), ()) for text in texts))
    assert [[match.start for match in one.matches] for one in found] == [[0], [], [6]]
    assert [len(one.issues) for one in found] == [0, 1, 0]


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+$", "(a|aa)+$", "(.*a){20}$", "([a-z]+)*\\d", "(x+x+)+y", "(?:a?){40}a{40}", "(\\w+\\s?)*!"],
)
def test_known_bad_patterns_are_bounded(make: Make, pattern: str) -> None:
    rules = make(rule("a.bad", "X", pattern), seconds=0.3)
    for text in ("a" * 2000 + "b", "x" * 2000, "a " * 1000 + "?"):
        start = time.process_time()
        rules.find(document(text))
        assert time.process_time() - start < 3


def test_nothing_touches_boilerplate(make: Make) -> None:
    rules = make(rule("a.b", "X", "\\w+ \\w+|\\w+"))
    text = "Kept words LEGAL NOTICE more words"
    result = rules.find(document(text, Region(11, 23, "boilerplate", "legal")))
    assert [text[m.start : m.end] for m in result.matches] == ["Kept words", "more words"]
    assert result.sentences == ((0, 10), (24, 34))


def test_no_match_crosses_a_sentence(make: Make) -> None:
    assert found(make(rule("a.b", "X", "died. The")), "He died. The army left.") == []


def test_offsets_are_code_points_whatever_stands_before(make: Make) -> None:
    rules = make(
        "\n".join([NUMBER, PEOPLE, rule("b.t", "CASUALTY", "<QUANTITY:n> <VICTIM:who> died", level="claim")])
    )
    text = "🔥👩‍👩‍👧 e\u0301\ue123 \u202e 12  people died, 🔥 3 soldiers died"
    result = rules.find(document(text))
    assert [text[m.start : m.end] for m in result.matches if m.label == "CASUALTY"] == [
        "12  people died",
        "3 soldiers died",
    ]
    assert roles(result) == [{"n": "12", "who": "people"}, {"n": "3", "who": "soldiers"}]


def test_private_use_characters_of_an_article_are_no_labels(make: Make) -> None:
    rules = make("\n".join([NUMBER, rule("b.q", "X", "<QUANTITY> died", level="claim")]))
    assert found(rules, "\ue001 died, 7 died", "X") == ["7 died"]


def test_the_same_again(make: Make) -> None:
    rules = make("\n".join([NUMBER, PEOPLE]))
    text = "12 people, 40 soldiers and 3 people. " * 20
    assert rules.find(document(text)) == rules.find(document(text))
