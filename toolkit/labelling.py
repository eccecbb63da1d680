"""A project's rules, names and labelling functions together: a document in, its draft out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
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

    def label(self, document: Document) -> Iterator[Issue | Labelled]:
        """The issues of rules and functions that failed in a document, then what the others made of it,
        with what did not stand.
        """
        known, issues = self._known(document)
        trace = Trace()
        found = self._rules.find(document, known=known, trace=trace)
        yield from (*issues, *found.issues)
        yield Labelled(found, tuple(trace.lost), self._draft(found))

    def drafts(self, documents: Iterable[Document | Issue]) -> Iterator[Draft | Issue]:
        """The draft of each document behind the issues of rules and functions that failed in it; issues
        among the documents keep their places.
        """
        # Documents are read some ahead of their drafts: issues up to each None belong before the next one.
        waiting: deque[Issue | None] = deque()

        def given() -> Iterator[tuple[Document, list[Match]]]:
            for item in documents:
                if isinstance(item, Issue):
                    waiting.append(item)
                else:
                    known, issues = self._known(item)
                    waiting.extend((*issues, None))
                    yield item, known

        for found in self._rules.find_all(given()):
            while (issue := waiting.popleft()) is not None:
                yield issue
            yield from found.issues
            yield self._draft(found)
        yield from filter(None, waiting)

    def _known(self, document: Document) -> tuple[list[Match], list[Issue]]:
        """What the alias lists and the functions find in a document, and what failed."""
        known: list[Match] = list(self._entities.matches(document))
        issues: list[Issue] = []
        for item in self._functions.matches(document):
            if isinstance(item, Issue):
                issues.append(item)
            else:
                known.append(item)
        return known, issues

    def _draft(self, found: Found) -> Draft:
        return build_draft(found, entities=self._entities, rules_version=self.version)
