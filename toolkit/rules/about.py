"""Everything there is to know of one rule: its pattern written out, what it uses, and who uses it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.errors import SettingsError
from toolkit.rules.engine import RuleSet
from toolkit.rules.language import Rule, Variables, nearest

# As in the notation itself: what is escaped or in a character class is no variable.
_VARIABLE = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|\{(?P<name>[a-z][a-z0-9_]*)\}", re.DOTALL)


@dataclass(frozen=True, slots=True)
class About:
    """A rule with its surroundings.

    ``expanded`` is the pattern with every variable written out, ``variables`` what they stand for,
    ``uses`` the ids of the rules that make the labels it refers to, by label (a label of alias lists has
    none), ``used_by`` the ids of the rules whose pattern or ``unless`` refers to its label.
    """

    rule: Rule
    place: str
    expanded: str
    variables: dict[str, str | tuple[str, ...]]
    uses: dict[str, tuple[str, ...]]
    used_by: tuple[str, ...]


def about(rules: RuleSet, rule_id: str, *, most_words: int | None = None) -> About:
    """What is known of a rule; word lists are written out up to ``most_words`` words.

    Raises ``SettingsError`` naming the nearest id when there is no such rule.
    """
    compiled = next((one for one in rules.compiled if one.source.rule.id == rule_id), None)
    if compiled is None:
        raise SettingsError(
            f"no rule has the id {rule_id!r}", fix=nearest(rule_id, (rule.id for rule in rules.rules))
        )
    source = compiled.source
    parts = (source.rule.pattern, *source.rule.unless)
    used = {name: source.variables[name] for part in parts for name in _names(part, source.variables)}
    return About(
        source.rule,
        source.file.place(source.pointer),
        _written_out(source.rule.pattern, source.variables, most_words),
        used,
        {
            label: tuple(rule.id for rule in rules.rules if rule.label == label)
            for label in sorted(compiled.labels)
        },
        tuple(one.source.rule.id for one in rules.compiled if source.rule.label in one.labels),
    )


def _names(pattern: str, variables: Variables) -> Iterator[str]:
    """The variables of a pattern and those inside them, outer ones first."""
    for found in _VARIABLE.finditer(pattern):
        name = found["name"]
        if name:
            yield name
            value = variables[name]
            if isinstance(value, str):
                yield from _names(value, variables)


def _written_out(pattern: str, variables: Variables, most_words: int | None) -> str:
    def value(found: re.Match[str]) -> str:
        if not found["name"]:
            return found[0]
        inner = variables[found["name"]]
        if isinstance(inner, str):
            return f"(?:{_written_out(inner, variables, most_words)})"
        shown = inner[:most_words]
        more = f"|… {len(inner) - len(shown)} more" if len(shown) < len(inner) else ""
        return f"(?:{'|'.join(shown)}{more})"

    return _VARIABLE.sub(value, pattern)
