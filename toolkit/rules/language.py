"""Rule files: what stands in them, and every way in which one can be wrong, with its line.

The shape (id, label, priority, vars, pattern, attrs) follows Odin's rules, ``unless`` Semgrep's
``pattern-not``; that examples are executed is our own.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from cattrs import Converter

from toolkit import safe_yaml, schema
from toolkit.errors import SettingsError
from toolkit.model import SCHEMA_VERSION, Attrs
from toolkit.safe_yaml import Loaded

Level = Literal["lexicon", "mention", "attribution", "claim"]
LEVELS: tuple[Level, ...] = get_args(Level)
KNOWN_LABELS = frozenset({"ENTITY", "PLACE"})
"""Labels of alias lists: nobody writes rules for them, every level may refer to them."""

Variables = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule as it stands in its file; ``schemas/rules.schema.json`` describes the fields."""

    id: str
    label: str
    level: Level = "mention"
    priority: int = 10
    pattern: str
    case: bool = False
    attrs: Attrs = field(default_factory=dict)
    unless: tuple[str, ...] = ()
    score: float = 0.8
    match: tuple[str, ...]
    no_match: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class RuleFile:
    """One rule file: variables (pattern pieces or word lists) and rules."""

    schema_version: str = SCHEMA_VERSION
    vars: Variables = field(default_factory=dict)
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Sourced:
    """A rule with the variables it can see and the lines of its file."""

    rule: Rule
    variables: Variables
    file: Loaded
    pointer: str

    def error(self, part: str, problem: str, fix: str) -> SettingsError:
        """A ``SettingsError`` at one part of the rule (``pattern``, ``unless/0``, ``match/2`` …)."""
        return SettingsError(
            f"rule {self.rule.id}: {problem}", place=self.file.place(f"{self.pointer}/{part}"), fix=fix
        )


def load_files(files: Sequence[Path]) -> list[Sourced]:
    """The rules of several files, in order.

    The variables of files whose name starts with ``_`` hold in all files; a file's own variable of
    the same name comes first. Raises ``SettingsError`` with file, line and fix for YAML that is not
    safe or plain, unknown keys, missing examples and ids that stand twice.
    """
    loaded = [(_is_shared(path), safe_yaml.load(path)) for path in files]
    parsed = [(shared, file, _parse(file)) for shared, file in loaded]
    common = _shared_variables((file, rules) for shared, file, rules in parsed if shared)
    found: list[Sourced] = []
    seen: dict[str, str] = {}
    for _, file, rules in parsed:
        variables = {**common, **rules.vars}
        for number, rule in enumerate(rules.rules):
            sourced = Sourced(rule, variables, file, f"/rules/{number}")
            if rule.id in seen:
                raise sourced.error(
                    "id", f"the id stands already at {seen[rule.id]}", "rename one of the two"
                )
            seen[rule.id] = file.place(f"{sourced.pointer}/id")
            found.append(sourced)
    return found


def nearest(word: str, known: Iterable[str], *, show: str = "{}") -> str:
    """The fix for an unknown name: the known one that looks most like it, else all of them."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    if close:
        return f"did you mean {show.format(close[0])}?"
    shown = ", ".join(show.format(name) for name in names[:30])
    return f"known here: {shown}" if names else "define it first"


def _is_shared(path: Path) -> bool:
    return path.name.startswith("_")


def _parse(file: Loaded) -> RuleFile:
    _refuse_switches(file)
    schema.check_settings("rules", file)
    value: dict[str, Any] = file.value
    converter = Converter(forbid_extra_keys=True)
    converter.register_structure_hook(
        str | tuple[str, ...], lambda given, _: given if isinstance(given, str) else tuple(given)
    )
    converter.register_structure_hook(str | int | bool, lambda given, _: given)
    return converter.structure(value, RuleFile)


def _refuse_switches(file: Loaded) -> None:
    """YAML reads the bare words on, off, yes and no as switches; in word lists they are meant as words."""
    variables = file.value.get("vars") if isinstance(file.value, dict) else None
    for name, value in variables.items() if isinstance(variables, dict) else ():
        for number, word in enumerate(value if isinstance(value, list) else ()):
            if isinstance(word, bool):
                raise SettingsError(
                    f"word {number + 1} of {{{name}}} is read as {str(word).lower()}",
                    place=file.place(f"/vars/{name}/{number}"), fix='put on, off, yes and no in quotes: "on"',
                )  # fmt: skip


def _shared_variables(files: Iterable[tuple[Loaded, RuleFile]]) -> dict[str, str | tuple[str, ...]]:
    common: dict[str, str | tuple[str, ...]] = {}
    for file, rules in files:
        for name, value in rules.vars.items():
            if name in common:
                raise SettingsError(
                    f"the shared variable {{{name}}} stands in two files", place=file.place(f"/vars/{name}"),
                    fix="keep one of them",
                )  # fmt: skip
            common[name] = value
    return common
