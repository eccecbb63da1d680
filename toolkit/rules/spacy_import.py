"""Rules from spaCy's and Prodigy's patterns: JSON Lines of ``{"label": …, "pattern": …, "id": …}``.

A pattern that is a string becomes a word in a list, one list and rule for each label and id; a pattern of
tokens becomes a rule of its own. Both get examples made of the pattern itself, and these are executed: what
fails them does not get into the file. What our notation cannot say is an issue with its line.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from toolkit.errors import SettingsError
from toolkit.files import Line, read_records
from toolkit.model import SCHEMA_VERSION, Issue
from toolkit.rules.engine import RuleSet, load_rules
from toolkit.rules.examples import parse_example
from toolkit.rules.spacy_tokens import PIECES, UnsayableError, as_pattern, is_cased
from toolkit.rules.trace import Trace
from toolkit.rules.trial import example_document, run_examples

_LABEL = re.compile(r"[A-Z][A-Z0-9_]*")
_HEAD = (
    "# Made of {source} by `factcheck rules import`. The examples are made of the patterns: put real ones.\n"
)
# What a rule must leave alone: the first of these, and each other that it does leave alone.
_OTHERS = ("Nothing of the kind.", "7", "?")
_SECONDS = 2.0
MAX_WORD = 200
LIST_EXAMPLES = 3


@dataclass(slots=True)
class Imported:
    """What came of a pattern file: rules as they stand in YAML, the lines they came from, and the issues."""

    variables: dict[str, list[str]] = field(default_factory=dict)
    rules: dict[str, dict[str, Any]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def text(self, source: str, only: Iterable[str] | None = None) -> str:
        """The rule file, of all rules or of some."""
        chosen = list(self.rules.values()) if only is None else [self.rules[rule_id] for rule_id in only]
        patterns = "".join(rule["pattern"] for rule in chosen)
        both: dict[str, Any] = {**PIECES, **self.variables}
        used = {name: part for name, part in both.items() if f"{{{name}}}" in patterns}
        value = {"schema_version": SCHEMA_VERSION, **({"vars": used} if used else {}), "rules": chosen}
        dumped = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1_000_000)
        return _HEAD.format(source=Path(source).name) + str(dumped)

    def drop(self, rule_id: str, path: str, message: str) -> None:
        """Leave a rule out and say why."""
        del self.rules[rule_id]
        line = self.lines[rule_id]
        self.issues.append(_issue(path, line, message))


def import_patterns(path: str) -> Imported:
    """The rules that a pattern file gives, each with examples that hold.

    Raises ``DataError`` when the file cannot be read.
    """
    found = Imported()
    seen: dict[tuple[str, str], int] = {}
    for line in read_records(path):
        if isinstance(line, Issue):
            found.issues.append(line)
            continue
        try:
            _take(line, found, seen)
        except UnsayableError as error:
            found.issues.append(_issue(line.path, line.number, f"this pattern {error}"))
    _check(found, path)
    found.issues.sort(key=Issue.order)
    return found


def _check(found: Imported, path: str) -> None:
    """Drop what does not compile or whose examples fail, alone or beside the others."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "imported.yaml"

        def load(only: list[str] | None) -> RuleSet:
            file.write_text(found.text(path, only), "utf-8")
            return load_rules([file], seconds=_SECONDS)

        for rule_id, rule in list(found.rules.items()):
            candidates = [*rule["no_match"], *_OTHERS]
            rule["no_match"] = candidates
            try:
                failed = {issue.found for issue in run_examples(load([rule_id]))}
            except SettingsError as error:
                found.drop(rule_id, path, f"this pattern gives no rule: {error.problem}")
                continue
            rule["no_match"] = [one for one in candidates if one not in failed][:2]
            if not rule["no_match"] or failed & set(rule["match"]):
                found.drop(rule_id, path, "this pattern gives a rule whose examples fail")
        if found.rules:
            for rule_id in _second_ones(found, load(None)):
                found.drop(rule_id, path, "a pattern above finds the same words for this label")


def _second_ones(found: Imported, rules: RuleSet) -> list[str]:
    """Of each two rules of which one takes the other's examples, the one that came later."""
    later = set()
    for issue in run_examples(rules):
        trace = Trace()
        rules.find(example_document(parse_example(issue.found).text), trace=trace)
        rivals = {
            lost.winner.rule_id for lost in trace.lost if lost.winner and lost.match.rule_id == issue.record
        }
        later.add(max({str(issue.record), *rivals}, key=lambda rule_id: found.lines[rule_id]))
    return sorted(later)


def _take(line: Line, found: Imported, seen: dict[tuple[str, str], int]) -> None:
    label, pattern = line.record.get("label"), line.record.get("pattern")
    if not isinstance(label, str) or not _LABEL.fullmatch(_upper(label)):
        raise UnsayableError(f"has no label of letters and digits, but {label!r}")
    key = (label, repr(pattern))
    if key in seen:
        raise UnsayableError(f"stands already on line {seen[key]}")
    seen[key] = line.number
    wanted = str(line.record.get("id") or "")
    if isinstance(pattern, str) and pattern.strip():
        _take_words(pattern, _upper(label), wanted, line, found)
    elif isinstance(pattern, list) and all(isinstance(token, dict) for token in pattern):
        expression, samples = as_pattern(pattern)
        rule_id = _free(_rule_id(label, wanted or samples[0]), found)
        found.lines[rule_id] = line.number
        found.rules[rule_id] = {
            "id": rule_id, "label": _upper(label), "pattern": expression,
            **({"case": True} if is_cased(pattern) else {}),
            "match": [f"[{_sign(sample)}]{_upper(label)}" for sample in samples],
            "no_match": [f"x{_sign(samples[0])}x"],
        }  # fmt: skip
    else:
        raise UnsayableError("is neither words nor a list of tokens")


def _take_words(words: str, label: str, wanted: str, line: Line, found: Imported) -> None:
    word = " ".join(words.split())
    if len(word) > MAX_WORD:
        raise UnsayableError(f"is longer than {MAX_WORD} characters")
    rule_id = _rule_id(label, wanted or "words")
    name = rule_id.replace(".", "_")
    if name not in found.variables:
        rule_id = _free(rule_id, found)
        name = rule_id.replace(".", "_")
        found.variables[name] = []
        found.lines[rule_id] = line.number
        found.rules[rule_id] = {
            "id": rule_id, "label": label, "pattern": f"{{{name}}}", "case": True, "match": [],
            "no_match": [f"x{_sign(word)}x"],
        }  # fmt: skip
    found.variables[name].append(word)
    if len(found.variables[name]) <= LIST_EXAMPLES:
        found.rules[rule_id]["match"].append(f"[{_sign(word)}]{label}")


def _upper(label: str) -> str:
    return re.sub(r"[\s-]+", "_", label.strip()).upper()


def _rule_id(label: str, wanted: str) -> str:
    parts = (re.sub(r"[^a-z0-9_]+", "_", part.lower()).strip("_") for part in (label, *wanted.split(".")))
    return ".".join([part[:40] for part in parts if part] + ([] if re.search(r"\w", wanted) else ["pattern"]))


def _free(rule_id: str, found: Imported) -> str:
    number, free = 1, rule_id
    while free in found.rules:
        number += 1
        free = f"{rule_id}_{number}"
    return free


def _sign(text: str) -> str:
    """A text in an example: its brackets are no marks."""
    return text.replace("[", "\\[").replace("]", "\\]")


def _issue(path: str, line: int, message: str) -> Issue:
    return Issue(check="rules/import", path=path, line=line, message=message, fix="write this rule by hand")
