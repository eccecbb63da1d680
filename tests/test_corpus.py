"""The sample corpus is whole: its gold is fresh, valid, exact, and free of page junk."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.corpus import build
from tests.corpus.conventions import head
from tests.corpus.quotes import Text
from toolkit import schema
from toolkit.files import Line, read_records
from toolkit.model import Claim, Document, Span, from_record

EMOJI = 0x1F000


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    return build.documents()


@pytest.fixture(scope="module")
def gold() -> list[Claim]:
    return [from_record(Claim, line.record) for line in records()]


def records() -> list[Line]:
    return [line for line in read_records(build.GOLD) if isinstance(line, Line)]


def spans(claim: Claim) -> list[Span]:
    """Every place that a claim names."""
    found = [claim.span, claim.sentence, *(hedge.span for hedge in claim.hedges)]
    found += [claim.cue.span, claim.cue.phrase] if claim.cue else []
    found += [person.span for person in (claim.claimer, *claim.via) if person and person.span]
    found += [part.span for part in (claim.quantity, claim.victim) if part]
    event = claim.event
    return found + [part.span for part in (event and event.location, event and event.date) if part]


def test_gold_is_what_the_build_gives() -> None:
    fresh = build.GOLD.read_text("utf-8") == build.lines()
    assert fresh, f"tests/corpus/gold.jsonl is not what gold/ gives. Refresh it: {build.REFRESH}"


def test_every_record_is_valid() -> None:
    lines = records()
    assert [str(fault) for line in lines for fault in schema.problems("claim", line.record)] == []
    assert len({line.record["claim_id"] for line in lines}) == len(lines)


def test_every_slice_is_exact(documents: dict[str, Document], gold: list[Claim]) -> None:
    texts = {document.doc_id: document.text for document in documents.values()}
    wrong = [span for claim in gold for span in spans(claim) if not span.holds_in(texts[claim.doc_id])]
    assert wrong == []


def test_no_gold_lies_in_boilerplate(documents: dict[str, Document], gold: list[Claim]) -> None:
    by_id = {document.doc_id: document for document in documents.values()}
    inside = [
        span.text
        for claim in gold
        for span in spans(claim)
        for start, end in span.parts()
        if by_id[claim.doc_id].is_boilerplate(start, end)
    ]
    assert inside == []


def test_page_junk_is_marked_or_gone(documents: dict[str, Document]) -> None:
    """All of a junk quote lies in marked regions; an HTML reader may also leave it out."""
    unmarked = []
    for sheet in build.sheets():
        document = documents[sheet["article"]]
        text = Text(document, sheet["path"])
        for quote in sheet["junk"]:
            places = text.places(quote, text.whole)
            assert places or sheet["article"].endswith(".html"), f"{sheet['path']}: {quote!r} is not there"
            unmarked += [
                f"{sheet['path']}: {quote}"
                for start, end in places
                if not all(document.is_boilerplate(at, at + 1) for at in range(start, end))
            ]
    assert unmarked == []


def test_every_article_has_gold_and_metadata(documents: dict[str, Document]) -> None:
    assert sorted(sheet["article"] for sheet in build.sheets()) == sorted(documents)
    for name, document in documents.items():
        known = (document.title, document.url, document.publisher, document.published_at, document.language)
        assert all(known), name


def test_the_corpus_is_as_varied_as_it_says(documents: dict[str, Document], gold: list[Claim]) -> None:
    claims = Counter(claim.doc_id for claim in gold)
    quantities = [claim.quantity for claim in gold if claim.quantity]
    assert len(documents) >= 12
    assert len({sheet["event"] for sheet in build.sheets()}) >= 3
    assert sum(any(ord(char) >= EMOJI for char in document.text) for document in documents.values()) >= 2
    assert all(5 <= claims[document.doc_id] <= 13 for document in documents.values())
    assert {claim.stance for claim in gold} == {"affirm", "deny", "withhold"}
    assert len({quantity.modifier for quantity in quantities}) == 8
    assert any(claim.span.pieces for claim in gold)
    assert any(claim.via for claim in gold)


def test_withheld_answers_are_told_by_the_report(gold: list[Claim]) -> None:
    withheld = [claim for claim in gold if claim.stance == "withhold"]
    assert len(withheld) >= 10
    for claim in withheld:
        assert (claim.claimer, claim.cue, claim.quantity, claim.victim, claim.effect) == (None,) * 5
        assert (claim.certainty.claimer, claim.certainty.author) == ("CTu", "CTu")
        assert not claim.span.text.endswith(".")


def test_names_are_cores(gold: list[Claim]) -> None:
    people = [person for claim in gold for person in (claim.claimer, *claim.via) if person]
    names = {person.name for person in people} | {claim.victim.name for claim in gold if claim.victim}
    assert [name for name in names if name.lower().startswith(("the ", "a ", "an ", "its ", "their "))] == []
    assert [person.name for person in people if "," in person.name] == []


def test_fragments_have_a_statement_that_stands_alone(gold: list[Claim]) -> None:
    """No claim that begins with a pronoun or an infinitive is left as it is."""
    leaning = ("it ", "its ", "he ", "his ", "she ", "they ", "to ", "did not ", "“i ", "“we ")
    bare = [c.span.text for c in gold if c.normalized is None and c.span.text.lower().startswith(leaning)]
    assert bare == []


def test_every_harm_has_a_scope(gold: list[Claim]) -> None:
    assert all((claim.toll_scope is None) == (claim.effect in build.NO_TOLL) for claim in gold)


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("The fire service", "fire service"),
        ("Doctors at the Santa Iria hospital", "Doctors"),
        ("Lawyers for the owner, Joaquín Núñez,", "Lawyers"),
        ("Its lawyers", "lawyers"),
        ("police", "police"),
    ],
)
def test_the_core_of_a_source(phrase: str, expected: str) -> None:
    assert head(phrase) == expected


def test_an_ambiguous_or_missing_quote_is_named(documents: dict[str, Document]) -> None:
    text = Text(documents["fire-night.txt"], "fire-night.yaml")
    with pytest.raises(SystemExit, match=r"fire-night.yaml: 'said' stands 3 times"):
        text.find("said", text.whole)
    with pytest.raises(SystemExit, match=r"fire-night.yaml: 'a flood' is not where it should be"):
        text.find("a flood", text.whole)
