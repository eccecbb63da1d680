"""Patterns of spaCy and Prodigy: imported and exported rules find what SpanRuler finds."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import spacy
from click.testing import CliRunner
from spacy.language import Language

from tests.rules.conftest import Make, rule
from tests.rules.test_engine import document
from toolkit.cli.rules import command
from toolkit.rules import RuleSet, as_patterns, import_patterns, load_rules, run_examples
from toolkit.rules.spacy_tokens import PIECES

Pattern = dict[str, Any]
Spans = set[tuple[str, str, int]]

PATTERNS: list[Pattern] = [
    {"label": "PLACE_NAME", "pattern": "New York"},
    {"label": "PLACE_NAME", "pattern": "New York City"},
    {"label": "PLACE_NAME", "pattern": "U.S."},
    {"label": "PLACE_NAME", "pattern": "Guinea-Bissau"},
    {"label": "SAYING_WORD", "pattern": [{"LOWER": {"IN": ["said", "says", "told"]}}], "id": "say.verb"},
    {"label": "CASE", "pattern": [{"ORTH": "May"}]},
    {"label": "TOLL", "pattern": [
        {"LIKE_NUM": True}, {"LOWER": {"IN": ["people", "soldiers"]}}, {"LOWER": "were", "OP": "?"},
        {"LOWER": {"REGEX": "^(kill|wound)ed$"}},
    ]},
    {"label": "DAY", "pattern": [
        {"LOWER": "july"}, {"IS_DIGIT": True}, {"TEXT": ",", "OP": "?"}, {"IS_DIGIT": True},
    ]},
    {"label": "UNIT", "pattern": [{"IS_TITLE": True, "OP": "+"}, {"TEXT": "Brigade"}]},
    {"label": "NOT_SAID", "pattern": [{"LOWER": "did"}, {"LOWER": "n't"}, {"LOWER": {"NOT_IN": ["know"]}}]},
    {"label": "WITHIN", "pattern": [{"LOWER": "the"}, {"OP": "?"}, {"LOWER": "town"}]},
    {"label": "STEM", "pattern": [{"LOWER": {"REGEX": "kidnap"}}]},
    {"label": "SHOUT", "pattern": [{"IS_UPPER": True, "OP": "{2,}"}]},
    {"label": "OTHER_THAN", "pattern": [{"LOWER": "of"}, {"LOWER": "the", "OP": "!"}, {"LOWER": "road"}]},
]  # fmt: skip
SENTENCES = [
    "Police in New York City said that 12 people were killed on July 4, 2024.",
    "The U.S. told Guinea-Bissau in May that it may leave New York.",
    "Forty soldiers wounded, 1,200 people killed; renewed York was quiet.",
    "The Red Eagle Brigade left the small town of that road; the old big town stayed.",
    "They didn't say, he didn't know. Two kidnappers were kidnapped on the edge of the road.",
    "NO NEWS TODAY said July 5 2023, dismay and Mayor May Brigade.",
    "Seventy People Were Killed, said Eagle-Brigade of one road.",
    "The U.S., backed by New York-based groups, said: 3 soldiers killed.",
]


@pytest.fixture(scope="module")
def english() -> Language:
    return spacy.blank("en")


def ruler(patterns: Iterable[Pattern], language: Language) -> Spans:
    """What SpanRuler finds in all sentences, overlaps within a label settled as ours are: longest first."""
    pipeline = spacy.blank("en")
    found = pipeline.add_pipe("span_ruler", config={"spans_key": "ours"})
    found.add_patterns(list(patterns))  # type: ignore[attr-defined]
    spans: Spans = set()
    for number, text in enumerate(SENTENCES):
        parsed = pipeline(text)
        ours = parsed.spans["ours"]
        for label in {span.label_ for span in ours}:
            kept = spacy.util.filter_spans([span for span in ours if span.label_ == label])
            spans |= {(label, f"{number}: {span.text}", span.start_char) for span in kept}
    return spans


def rules_find(rules: RuleSet) -> Spans:
    spans: Spans = set()
    for number, text in enumerate(SENTENCES):
        for match in rules.find(document(text)).matches:
            spans.add((match.label, f"{number}: {text[match.start : match.end]}", match.start))
    return spans


def jsonl(path: Path, patterns: Iterable[Pattern | str]) -> str:
    lines = (line if isinstance(line, str) else json.dumps(line) for line in patterns)
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return str(path)


def imported(folder: Path, patterns: Iterable[Pattern]) -> RuleSet:
    found = import_patterns(jsonl(folder / "patterns.jsonl", patterns))
    assert [str(issue) for issue in found.issues] == []
    path = folder / "imported.yaml"
    path.write_text(found.text("patterns.jsonl"), "utf-8")
    return load_rules([path], seconds=2)


@pytest.mark.parametrize("pattern", PATTERNS[4:], ids=lambda pattern: str(pattern["label"]))
def test_an_imported_pattern_finds_what_span_ruler_finds(
    pattern: Pattern, tmp_path: Path, english: Language
) -> None:
    expected = ruler([pattern], english)
    assert expected, "a pattern that finds nothing tests nothing"
    assert rules_find(imported(tmp_path, [pattern])) == expected


def test_all_together_find_what_span_ruler_finds(tmp_path: Path, english: Language) -> None:
    rules = imported(tmp_path, PATTERNS)
    assert rules_find(rules) == ruler(PATTERNS, english)
    assert list(run_examples(rules)) == []
    assert all(one.match and one.no_match for one in rules.rules)


def test_words_of_one_label_become_one_list(tmp_path: Path) -> None:
    found = import_patterns(jsonl(tmp_path / "p.jsonl", [*PATTERNS[:4], {"label": "OTHER", "pattern": "no"}]))
    assert found.variables == {
        "place_name_words": ["New York", "New York City", "U.S.", "Guinea-Bissau"], "other_words": ["no"],
    }  # fmt: skip
    assert found.rules["place_name.words"]["no_match"][0] == "xNew Yorkx"
    (tmp_path / "out.yaml").write_text(found.text("p.jsonl"), "utf-8")
    assert len(load_rules([tmp_path / "out.yaml"], seconds=1).rules) == 2


def test_there_and_back_again(tmp_path: Path, english: Language) -> None:
    """What can be exported finds the same on both sides, and imported again the same once more."""
    rules = imported(tmp_path, PATTERNS)
    exported = as_patterns(rules)
    labels = {pattern["label"] for pattern in exported.patterns}
    assert labels >= {"PLACE_NAME", "SAYING_WORD", "CASE", "TOLL"}
    expected = {span for span in rules_find(rules) if span[0] in labels}
    assert ruler(exported.patterns, english) == expected
    (tmp_path / "again").mkdir()
    again = imported(tmp_path / "again", exported.patterns)
    assert rules_find(again) == expected
    assert same(as_patterns(again).patterns) == same(exported.patterns)


def same(patterns: Iterable[Pattern]) -> list[str]:
    """Patterns without their ids, which are made anew where several patterns came of one rule."""
    return sorted(json.dumps([pattern["label"], pattern["pattern"]]) for pattern in patterns)


def test_rules_export_as_word_sequences(make: Make, english: Language) -> None:
    rules = make("\n".join([
        rule("a.toll", "TOLL", "{digits} {who}(?: were)? (?:killed|wounded)"),
        rule("a.name", "NAME", "New York(?: City)?", case=True),
        rule("a.say", "SAY", "did(?: not|n't) say"),
    ]), f"  who: [people, soldiers]\n  digits: '{PIECES['digits']}'")  # fmt: skip
    exported = as_patterns(rules)
    assert exported.left_out == {}
    assert {"label": "NAME", "pattern": "New York City", "id": "a.name"} in exported.patterns
    assert {
        "label": "SAY", "id": "a.say", "pattern": [{"LOWER": "did"}, {"LOWER": "n't"}, {"LOWER": "say"}],
    } in exported.patterns  # fmt: skip
    found = rules_find(rules)
    assert {label for label, _, _ in found} == {"TOLL", "NAME", "SAY"}
    assert ruler(exported.patterns, english) == found


def test_what_cannot_be_exported_is_named_with_the_reason(make: Make) -> None:
    rules = make("\n".join([
        rule("a.n", "N", "nine"), rule("a.digits", "N", "\\d+"),
        rule("a.veto", "A", "x", unless=["y"]), rule("a.look", "B", "(?<=a )b"),
        rule("a.plus", "C", "very(?: very)+ big"), rule("a.class", "D", "[^x]+"),
        rule("a.none", "F", "(?:x)?"),
        rule("b.ref", "G", "<N> died", level="claim"), rule("a.role", "H", "(?P<who>they) died"),
        rule("a.many", "I", " ".join(["(?:a|b|c|d|e|f)"] * 6)),
    ]))  # fmt: skip
    exported = as_patterns(rules)
    assert [pattern["id"] for pattern in exported.patterns] == ["a.n"]
    assert set(exported.left_out) == {one.id for one in rules.rules} - {"a.n"}
    reasons = exported.left_out
    assert reasons["a.veto"] == "has unless"
    assert reasons["a.plus"] == "repeats a part"
    assert reasons["b.ref"] == "refers to an earlier match"
    assert reasons["a.role"] == "captures a role"
    assert "more than 5000" in reasons["a.many"]


BAD: list[tuple[Pattern | str, str]] = [
    ({"label": "X", "pattern": [{"POS": "NOUN"}]}, "asks for POS, which needs a trained model"),
    ({"label": "X", "pattern": [{"LOWER": {"FUZZY": "said"}}]}, "asks for LOWER: {'FUZZY'"),
    ({"label": "X", "pattern": [{"LOWER": "a", "OP": "**"}]}, "unknown OP"),
    ({"label": "X", "pattern": [{"LOWER": "a", "OP": "?"}]}, "may match nothing at all"),
    ({"label": "X", "pattern": [{"LOWER": {"REGEX": "(?<=a)b"}}]}, "could mean something else"),
    ({"label": "X", "pattern": [{"LOWER": {"REGEX": "a[^b]c"}}]}, "could mean something else"),
    ({"label": "X", "pattern": [{"LOWER": {"REGEX": "(a"}}]}, "(a"),
    ({"label": "X", "pattern": []}, "may match nothing at all"),
    ({"label": "X", "pattern": 7}, "neither words nor a list of tokens"),
    ({"label": "X", "pattern": "x" * 201}, "longer than 200"),
    ({"label": "+++", "pattern": "x"}, "has no label"),
    ({"pattern": "x"}, "has no label"),
    ({"label": "PLACE_NAME", "pattern": "New York"}, "stands already on line 1"),
    (
        {"label": "PLACE_NAME", "pattern": [{"ORTH": "New"}, {"ORTH": "York"}]},
        "a pattern above finds the same words",
    ),
    ("{]", "not JSON"),
]


@pytest.mark.parametrize(("bad", "said"), BAD, ids=range(len(BAD)))
def test_what_cannot_be_imported_is_an_issue_with_its_line(
    bad: Pattern | str, said: str, tmp_path: Path
) -> None:
    path = jsonl(tmp_path / "p.jsonl", [PATTERNS[0], bad, {"label": "LAST", "pattern": "last"}])
    found = import_patterns(path)
    (issue,) = found.issues
    assert (issue.path, issue.line) == (path, 2)
    assert said in issue.message
    assert len(found.rules) == 2


def test_the_commands_write_files_and_count_what_is_left_out(tmp_path: Path) -> None:
    patterns = jsonl(tmp_path / "p.jsonl", [*PATTERNS, {"label": "X", "pattern": [{"LEMMA": "say"}]}])
    out = tmp_path / "imported.yaml"
    done = CliRunner().invoke(command, ["import", patterns, "--out", str(out)])
    assert done.exit_code == 1
    assert f"p.jsonl:{len(PATTERNS) + 1}: this pattern asks for LEMMA" in done.stderr
    assert "11 rules, 4 words in lists, 1 lines left out" in done.stderr
    back = CliRunner().invoke(command, ["export", str(out), "--format", "spacy-patterns"])
    assert back.exit_code == 0
    assert "left out: unit." in back.stderr
    assert {json.loads(line)["label"] for line in back.stdout.splitlines()} >= {"PLACE_NAME", "TOLL"}
    again = CliRunner().invoke(command, ["import", patterns, "--out", str(out)])
    assert "there already" in str(again.exception)
