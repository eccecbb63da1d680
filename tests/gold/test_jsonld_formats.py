"""schema.org and Web Annotation files, read back by a JSON-LD processor without a network."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path
from typing import Any

import pytest

from tests.gold import jsonld
from tests.gold.build import TEXT, make_claim, make_document, place, write
from tests.gold.jsonld import OA, SCHEMA, value
from toolkit.config import Settings
from toolkit.errors import SettingsError
from toolkit.gold import check_files, write_dataset
from toolkit.model import (
    Certainty,
    Claim,
    Claimer,
    Document,
    Evidence,
    Judgment,
    Manifest,
    Review,
    Span,
    Verdict,
    to_record,
)

REPO = Path(__file__).parents[2]
DEMO = REPO / "exports" / "demo"
FACTCHECK = "urn:factcheck-toolkit:schema:claim:1#"


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def export(tmp_path: Path, claims: list[Claim], name: str, documents: list[Document]) -> Manifest:
    texts = [write(tmp_path / "texts.jsonl", documents)] if documents else []
    path = write(tmp_path / "given.jsonl", claims)
    return write_dataset(path, to=tmp_path / "set", settings=Settings(), formats=[name], documents=texts)


def export_demo(tmp_path: Path, name: str) -> list[dict[str, Any]]:
    write_dataset(
        str(DEMO / "claims.jsonl"), to=tmp_path / "set", settings=Settings(), formats=[name],
        documents=[str(DEMO / "documents.jsonl")],
    )  # fmt: skip
    assert list(check_files([str(tmp_path / "set")])) == []
    return lines(tmp_path / "set" / f"{name}.jsonl")


def reviewed_claim() -> Claim:
    return dataclasses.replace(
        make_claim(),
        normalized="At least 84 villagers were killed near Tinzé on 27 July 2024.",
        evidence=(
            Evidence("https://hospital.example/list", "84 names", None),
            Evidence(None, None, "seen"),
        ),
        verdict=Verdict("not_enough_evidence", "One list, one <source>.", "Desk of facts", "2024-08-03"),
    )


def split_claim(document: Document) -> Claim:
    first, second = place(document, "We counted 47"), place(document, "no more")
    nurse = place(document, "a nurse")
    span = Span.joined(document.text, [(first.start, first.end), (second.start, second.end)])
    return dataclasses.replace(
        make_claim(document),
        claim_id="claim-00000000000000aa",
        span=span,
        sentence=Span.of(document.text, first.start - 1, second.end + 2),
        claimer=Claimer(nurse, "a nurse", None, "witness", "explicit"),
        cue=None,
        quantity=None,
        victim=None,
        event=None,
        effect=None,
        toll_scope=None,
    )


def test_demo_claims_come_back_from_schema_org(tmp_path: Path) -> None:
    records, nodes = lines(DEMO / "claims.jsonl"), export_demo(tmp_path, "claimreview")
    documents = {record["doc_id"]: record for record in lines(DEMO / "documents.jsonl")}
    assert len(nodes) == len(records) > 100
    for record, node in zip(records, nodes, strict=True):
        found = jsonld.expand(node)
        assert found["@type"] == [f"{SCHEMA}Claim"]
        assert found["@id"] == f"urn:factcheck-toolkit:claim:{record['claim_id']}"
        assert value(found, f"{SCHEMA}text") == (record["normalized"] or record["span"]["text"])
        affirmed = record["claimer"] if record["stance"] == "affirm" else None
        names = [value(author, f"{SCHEMA}name") for author in found.get(f"{SCHEMA}author", [])]
        assert names == ([affirmed["name"]] if affirmed else [])
        report, document = value(found, f"{SCHEMA}appearance"), documents[record["doc_id"]]
        assert value(report, f"{SCHEMA}identifier") == record["doc_id"]
        for term, field in (("headline", "title"), ("datePublished", "published_at")):
            assert [item["@value"] for item in report.get(SCHEMA + term, [])] == (
                [document[field]] if document[field] else []
            )
        assert [item["@id"] for item in report.get(f"{SCHEMA}url", [])] == (
            [document["url"]] if document["url"] else []
        )


def test_a_verdict_makes_a_review(tmp_path: Path) -> None:
    claim = reviewed_claim()
    manifest = export(tmp_path, [claim], "claimreview", [make_document()])
    (node,) = lines(tmp_path / "set" / "claimreview.jsonl")
    found = jsonld.expand(node)
    assert found["@type"] == [f"{SCHEMA}ClaimReview"]
    assert value(found, f"{SCHEMA}claimReviewed") == claim.normalized
    assert value(value(found, f"{SCHEMA}author"), f"{SCHEMA}name") == "Desk of facts"
    assert value(found, f"{SCHEMA}datePublished") == "2024-08-03"
    assert value(found, f"{SCHEMA}reviewBody") == "One list, one <source>."
    rating = value(found, f"{SCHEMA}reviewRating")
    assert value(rating, f"{SCHEMA}alternateName") == "not enough evidence"
    assert f"{SCHEMA}ratingValue" not in rating
    assert f"{SCHEMA}url" not in found
    cited = found[f"{SCHEMA}citation"]
    assert [item.get(f"{SCHEMA}url", [{}])[0].get("@id") for item in cited] == [
        "https://hospital.example/list",
        None,
    ]
    reviewed = value(found, f"{SCHEMA}itemReviewed")
    assert reviewed["@type"] == [f"{SCHEMA}Claim"]
    assert value(value(reviewed, f"{SCHEMA}author"), f"{SCHEMA}name") == "Adama"
    assert value(value(reviewed, f"{SCHEMA}appearance"), f"{SCHEMA}headline") == "Flood"
    assert "1 reviews have no address, which search engines ask for" in manifest.files[0].notes


def test_who_denies_is_no_author(tmp_path: Path) -> None:
    denied = dataclasses.replace(make_claim(), stance="deny", certainty=Certainty("CT-", "Uu"))
    without = dataclasses.replace(make_claim(), claim_id="claim-00000000000000bb", claimer=None, cue=None)
    manifest = export(tmp_path, [denied, without], "claimreview", [])
    nodes = lines(tmp_path / "set" / "claimreview.jsonl")
    assert all("author" not in node for node in nodes)
    assert all(set(node["appearance"]) == {"@type", "@id", "identifier"} for node in nodes)
    notes = manifest.files[0].notes
    assert "1 claims stand without the claimer, who denies or withholds them" in notes
    assert len(notes) == 2


def test_demo_annotations_resolve_in_the_texts(tmp_path: Path) -> None:
    records, nodes = lines(DEMO / "claims.jsonl"), export_demo(tmp_path, "webannotation")
    documents = {record["doc_id"]: record for record in lines(DEMO / "documents.jsonl")}
    assert len(nodes) == len(records) > 100
    for record, node in zip(records, nodes, strict=True):
        found = jsonld.expand(node)
        assert found["@type"] == [f"{OA}Annotation"]
        assert found["@id"].endswith(record["claim_id"])
        assert {"@id": f"{OA}identifying"} in found[f"{OA}motivatedBy"]
        places = [resolve(target, documents[record["doc_id"]]) for target in found[f"{OA}hasTarget"]]
        parts = record["span"].get("pieces") or [record["span"]]
        assert sorted(places) == [(part["start"], part["end"]) for part in parts]
        statement, whole = found[f"{OA}hasBody"]
        assert value(statement, "http://www.w3.org/1999/02/22-rdf-syntax-ns#value") == (
            record["normalized"] or record["span"]["text"]
        )
        elsewhere = {"claim_id", "doc_id", "text_sha256", "span"}
        assert value(whole, f"{FACTCHECK}record") == {
            name: field for name, field in record.items() if name not in elsewhere
        }


def resolve(target: dict[str, Any], document: dict[str, Any]) -> tuple[int, int]:
    """The place that both selectors of a target name, in the text of its source."""
    source = value(target, f"{OA}hasSource")
    assert source["@id"] == f"urn:factcheck-toolkit:document:{document['doc_id']}"
    assert value(source, "https://schema.org/sha256") == document["text_sha256"]
    text = document["text"]
    by_type = {selector["@type"][0]: selector for selector in target[f"{OA}hasSelector"]}
    position, words = by_type[f"{OA}TextPositionSelector"], by_type[f"{OA}TextQuoteSelector"]
    start, end = value(position, f"{OA}start"), value(position, f"{OA}end")
    prefix, exact, suffix = (value(words, f"{OA}{part}") for part in ("prefix", "exact", "suffix"))
    assert text[start:end] == exact
    assert text[max(start - 32, 0) : end + 32] == prefix + exact + suffix
    return start, end


def test_split_quote_verdict_and_people(tmp_path: Path) -> None:
    document = make_document()
    split = dataclasses.replace(
        split_claim(document),
        review=Review(
            "adjudicated",
            (Judgment("ann/1|ü", "person", "corrected", 7), Judgment("bot", "scripted", "rejected", 8)),
            "judge",
            0.5,
        ),
    )
    manifest = export(tmp_path, [reviewed_claim(), split], "webannotation", [document])
    whole, pieces = (jsonld.expand(node) for node in lines(tmp_path / "set" / "webannotation.jsonl"))
    assert {"@id": f"{OA}assessing"} in whole[f"{OA}motivatedBy"]
    found = [resolve(target, to_record(document)) for target in pieces[f"{OA}hasTarget"]]
    assert [TEXT[start:end] for start, end in found] == ["We counted 47", "no more"]
    creators = pieces["http://purl.org/dc/terms/creator"]
    assert [creator["@id"].rsplit(":", 1)[1] for creator in creators] == ["ann%2F1%7C%C3%BC", "bot", "judge"]
    assert [creator.get("@type") for creator in creators] == [
        ["http://xmlns.com/foaf/0.1/Person"],
        ["http://www.w3.org/ns/activitystreams#Application"],
        None,
    ]
    assert manifest.files[0].notes == ("1 claims in several pieces have a target for each piece",)
    node = lines(tmp_path / "set" / "webannotation.jsonl")[0]
    assert "oa#hasTarget" in jsonld.quads(node)


def test_annotations_need_the_texts(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"'webannotation' needs the texts. Fix: add --documents"):
        export(tmp_path, [make_claim()], "webannotation", [])
    assert not (tmp_path / "set").exists()
