"""Rule files made on the spot."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from toolkit.rules import RuleSet, load_rules

Make = Callable[..., RuleSet]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Rules from the lines below ``rules:`` (and ``vars:``) of a file; ``seconds`` as in load_rules."""

    def build(rules: str, variables: str = "", *, seconds: float = 2.0, name: str = "some.yaml") -> RuleSet:
        path = tmp_path / name
        path.write_text(rule_file(rules, variables), "utf-8")
        return load_rules([path], seconds=seconds)

    return build


def rule_file(rules: str, variables: str = "") -> str:
    """The text of a rule file."""
    return (
        f'schema_version: "1"\n{f"vars:{chr(10)}{variables}{chr(10)}" if variables else ""}rules:\n{rules}\n'
    )


def rule(name: str, label: str, pattern: str, **more: object) -> str:
    """One rule as YAML, with examples that are there but need not hold."""
    import json

    fields = {"id": name, "label": label, "pattern": pattern, "match": ["x"], "no_match": ["y"], **more}
    return f"  - {json.dumps(fields)}"
