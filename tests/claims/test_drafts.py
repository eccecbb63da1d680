"""Whole drafts: exact slices, valid records, the same bytes again, nothing in boilerplate."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from toolkit import pipeline, schema
from toolkit.claims import Entities, build_draft
from toolkit.config import load_project
from toolkit.errors import DataError
from toolkit.files import to_json
from toolkit.model import Draft, Found, Match, Region, to_record
from toolkit.rules import RuleSet

from . import REPO
from .conftest import Label, document

SHARED = REPO.parent / "shared"
SEEDS, GOLD = SHARED / "seeds", SHARED / "eval" / "seeds_gold_dev.json"
PIECES = [
    "The army", "police", "said", "on Thursday", "that", "two soldiers", "were killed", "and", "ten wounded",
    ",", ".", "“", "”", '"', "''", "according to", "Mali", "Tinzaouaten", "at least", "84", "dozens of",
    "civilians", "claimed", "denied", "neither", "nor", "did not say", "🙂", "é", "\n", "\n\n", "it",
    "heavy losses", ";", ":", "—", "\u2028", "he", "told Reuters", "late July", "may have", "of", "Ana Ruiz",
    "1,2", "9" * 30, "\ue000", "٣",
]  # fmt: skip


def spans(value: Any) -> list[dict[str, Any]]:
    """Every span object anywhere in a record."""
    if isinstance(value, dict):
        own = [value] if {"start", "end", "text"} <= value.keys() else []
        return own + [span for part in value.values() for span in spans(part)]
    return [span for part in value for span in spans(part)] if isinstance(value, list) else []


def check(draft: Draft) -> None:
    record = json.loads(to_json(to_record(draft)))
    text = record["document"]["text"]
    for span in spans({"mentions": record["mentions"], "claims": record["claims"]}):
        parts = span.get("pieces") or [span]
        assert span["text"] == " ".join(text[part["start"] : part["end"]] for part in parts)
        assert not any(draft.document.is_boilerplate(part["start"], part["end"]) for part in parts)
    assert list(schema.problems("draft", record)) == []
    ids = [claim.claim_id for claim in draft.claims]
    assert len(set(ids)) == len(ids)
    keys = [(mention.start, -mention.end, mention.label) for mention in draft.mentions]
    assert all(left < right for left, right in pairwise(keys))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=30).map(" ".join).filter(str.strip))
def test_any_mix_of_words_gives_a_valid_draft(label: Label, text: str) -> None:
    check(label(text))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=200).filter(lambda text: text.strip() and "\0" not in text))
def test_any_text_gives_a_valid_draft(label: Label, text: str) -> None:
    check(label(text.encode("utf-8", "ignore").decode() or "x"))


def test_the_same_text_gives_the_same_bytes(rules: RuleSet, entities: Entities) -> None:
    page = document("The army said two soldiers were killed and ten wounded near Tinzaouaten on Monday.")
    drafts = [
        build_draft(
            rules.find(page, known=entities.matches(page)), entities=entities, rules_version=rules.version
        )
        for _ in range(2)
    ]
    assert to_json(to_record(drafts[0])) == to_json(to_record(drafts[1]))


def test_provenance_and_review(label: Label, rules: RuleSet) -> None:
    (claim,) = label("The army said two soldiers were killed.").claims
    assert claim.provenance.origin == "rule"
    assert claim.provenance.rules_version == rules.version
    assert "attribution.clause" in claim.provenance.rule_ids
    assert claim.provenance.score is not None and 0 < claim.provenance.score <= 1
    assert claim.review.status == "pre_annotated"


def test_boilerplate_is_left_alone(label: Label) -> None:
    text = "The army said two soldiers were killed.\nPolice said ten people died."
    draft = label(text, regions=(Region(40, len(text), "boilerplate", "test"),))
    assert len(draft.claims) == 1
    assert all(mention.end <= 40 for mention in draft.mentions)
    check(draft)


def test_a_match_in_boilerplate_is_a_data_error_that_names_the_rule(
    rules: RuleSet, entities: Entities
) -> None:
    page = document("On Monday.")
    found = rules.find(page)
    marked = replace(page, regions=(Region(0, 10, "boilerplate", "test"),))
    with pytest.raises(DataError, match=r"span 0-9 of date\.weekday lies in marked boilerplate"):
        build_draft(Found(marked, (), found.matches), entities=entities, rules_version="0")
    outside = Match("made.up", "DATE", 3, 99)
    with pytest.raises(DataError, match=r"made\.up is not the slice"):
        build_draft(Found(page, (), (outside,)), entities=entities, rules_version="0")


@pytest.mark.skipif(not SEEDS.is_dir(), reason="../shared/seeds is not beside this checkout")
def test_seeds() -> None:
    drafts = list(pipeline.prelabel([str(SEEDS)], project=load_project(REPO)))
    assert len(drafts) == 5
    for draft in drafts:
        assert isinstance(draft, Draft)
        check(draft)
        assert sum(claim.quantity is not None for claim in draft.claims) > 0


@pytest.mark.skipif(not GOLD.is_file(), reason="../shared/eval is not beside this checkout")
def test_nothing_lies_in_the_seeds_boilerplate() -> None:
    drafts = list(pipeline.prelabel([str(SEEDS)], project=load_project(REPO)))
    junk = {
        doc["file"]: [part["text"] for part in doc["boilerplate"]]
        for doc in json.loads(GOLD.read_text("utf-8"))["documents"]
    }
    for draft in drafts:
        assert isinstance(draft, Draft)
        text = draft.document.text
        for part in junk.get(draft.document.source_path.rsplit("/", 1)[-1], []):
            start = text.rfind(part)
            assert start >= 0
            inside = [m for m in draft.mentions if start <= m.start and m.end <= start + len(part)]
            assert inside == [], part[:60]
