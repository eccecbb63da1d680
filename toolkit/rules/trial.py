"""Run the examples that rules carry through the whole cascade."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.model import SCHEMA_VERSION, Document, Issue, Match, digest
from toolkit.rules.engine import RuleSet
from toolkit.rules.examples import Example, parse_example
from toolkit.rules.language import KNOWN_LABELS, Sourced


def run_examples(rules: RuleSet) -> Iterator[Issue]:
    """Run every example through the whole cascade; each that fails is an issue with file and line."""
    for compiled in rules.compiled:
        rule = compiled.source.rule
        for kind, sentences in (("match", rule.match), ("no_match", rule.no_match)):
            for number, sentence in enumerate(sentences):
                problem = _problem(rules, compiled.source, kind, parse_example(sentence))
                if problem:
                    place, _, line = compiled.source.file.place(
                        f"{compiled.source.pointer}/{kind}/{number}"
                    ).rpartition(":")
                    yield Issue(
                        check=f"rules/{kind}", path=place, line=int(line), record=rule.id,
                        message=f"{sentence!r}: {problem}", found=sentence,
                        fix="change the pattern, or the example if it is wrong",
                    )  # fmt: skip


def _problem(rules: RuleSet, sourced: Sourced, kind: str, example: Example) -> str:
    rule, text = sourced.rule, example.text
    known = [
        Match("example", label, start, end) for label, start, end in example.marks if label in KNOWN_LABELS
    ]
    result = rules.find(example_document(text), known=known)
    if result.issues:
        return "; ".join(issue.message for issue in result.issues)
    found = [match for match in result.matches if match.rule_id == rule.id]
    places = {(match.label, match.start, match.end) for match in found}
    places |= {(role, *span) for match in found for role, span in match.groups.items()}
    shown = (
        ", ".join(f"[{text[start:end]}]{label}" for label, start, end in sorted(places, key=str)) or "nothing"
    )
    if kind == "no_match":
        return f"must not match, found {shown}" if found else ""
    if not found:
        return "must match, found nothing" + _beaten(result.matches, rule.label, text)
    own = {name for name, _, _ in places} | {rule.label}
    wanted = {mark for mark in example.marks if mark[0] not in KNOWN_LABELS or mark[0] in own}
    missing = sorted(wanted - places, key=str)
    return f"missing [{text[missing[0][1] : missing[0][2]]}]{missing[0][0]}, found {shown}" if missing else ""


def _beaten(matches: tuple[Match, ...], label: str, text: str) -> str:
    """Which other rules' matches of the label stand there, as they may have won."""
    others = [f"[{text[m.start : m.end]}]{label} by {m.rule_id}" for m in matches if m.label == label]
    return f" (other rules found {', '.join(others[:5])})" if others else ""


def example_document(text: str) -> Document:
    """A document that is one example's text."""
    return Document(
        schema_version=SCHEMA_VERSION, doc_id="example", text_sha256=digest(text), title=None, url=None,
        publisher=None, published_at=None, language=None, source_path="example", text=text, regions=(),
    )  # fmt: skip
