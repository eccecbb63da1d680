"""A project's rules, names and labelling functions together: a document in, its draft out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.claims import build_draft, load_entities
from toolkit.config import Project
from toolkit.model import Document, Draft, Found, Issue, Match
from toolkit.rules import Lost, RuleSet, Trace, load_functions


@dataclass(frozen=True, slots=True)
class Labelled:
    """What the rules did in one document, what they found that did not stand, and the claims made of it."""

    found: Found
    lost: tuple[Lost, ...]
    draft: Draft


class Labelling:
    """Everything that suggests; read once, used for every document.

    ``version`` names the rules, the names and the functions: a change of any of them makes new suggestions.

    Raises ``SettingsError`` when an entity or event file or a labelling function is wrong.
    """

    def __init__(self, project: Project, rules: RuleSet) -> None:
        settings = project.settings
        self._rules = rules
        self._functions = load_functions(settings.labelling_functions, configs=project.configs, rules=rules)
        self._entities = load_entities(project.files(settings.entities), project.files(settings.events))
        versions = [rules.version, self._entities.version, self._functions.version]
        self.version = "-".join(filter(None, versions))

    def label(self, document: Document, *, trace: Trace | None = None) -> Iterator[Issue | Labelled]:
        """The issues of rules and functions that failed in a document, then what the others made of it."""
        known: list[Match] = list(self._entities.matches(document))
        for item in self._functions.matches(document):
            if isinstance(item, Issue):
                yield item
            else:
                known.append(item)
        found = self._rules.find(document, known=known, trace=trace)
        yield from found.issues
        draft = build_draft(found, entities=self._entities, rules_version=self.version)
        yield Labelled(found, tuple(trace.lost) if trace else (), draft)
