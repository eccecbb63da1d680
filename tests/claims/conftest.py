"""Drafts from sentences, with the rules and names that ship."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from toolkit.claims import Entities, build_draft, load_entities
from toolkit.config import load_project
from toolkit.model import SCHEMA_VERSION, Claim, Document, Draft, Region, digest
from toolkit.rules import RuleSet, load_rules

from . import REPO

Label = Callable[..., Draft]


def document(
    text: str, *, published: str | None = "2024-08-01", regions: tuple[Region, ...] = ()
) -> Document:
    """A document around a text."""
    return Document(
        schema_version=SCHEMA_VERSION, doc_id=Document.id_for(text), text_sha256=digest(text),
        title=None, url=None, publisher=None, published_at=published, language="en",
        source_path="test", text=text, regions=regions,
    )  # fmt: skip


@pytest.fixture(scope="session")
def rules() -> RuleSet:
    """The rules that ship."""
    project = load_project(REPO)
    return load_rules(project.files(project.settings.rules), seconds=20)


@pytest.fixture(scope="session")
def entities() -> Entities:
    """The names that ship."""
    project = load_project(REPO)
    return load_entities(project.files(project.settings.entities), project.files(project.settings.events))


@pytest.fixture(scope="session")
def label(rules: RuleSet, entities: Entities) -> Label:
    """``label(text).claims``: the draft of a text."""

    def make(text: str, *, published: str | None = "2024-08-01", regions: tuple[Region, ...] = ()) -> Draft:
        page = document(text, published=published, regions=regions)
        found = rules.find(page, known=entities.matches(page))
        assert not found.issues
        return build_draft(found, entities=entities, rules_version=rules.version)

    return make


def said(claims: tuple[Claim, ...]) -> list[tuple[str, str, str]]:
    """(source, cue, content) of the attributed claims, in order, each once."""
    rows = [
        (claim.claimer.span.text, claim.cue.span.text, claim.span.text)
        for claim in claims
        if claim.claimer and claim.claimer.span and claim.cue
    ]
    return list(dict.fromkeys(rows))
