"""Formats of fact-checking datasets: AVeriTeC, FEVER, CheckThat! and UCDP, read as their users read them."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tests.gold.build import make_claim, make_document
from tests.gold.golden import demo_claims, demo_documents, export_demo, export_to, lines, notes, records
from toolkit.gold.formats import averitec, ucdp
from toolkit.gold.formats.csv import restore
from toolkit.model import to_record

AVERITEC = Path(__file__).parents[3] / "shared" / "eval" / "averitec_dev_500.json"
VERDICT = {"justification": "Two registers agree.", "reviewer": "desk", "date": "2025-06-01"}
UNSAID = [claim for claim in demo_claims() if claim.stance != "affirm"]
IDLE = [one for one in demo_claims() if one.stance == "affirm" and one.check_worthiness.label == "NFS"]
LEFT_OUT = {
    "claims left out: denied or withheld, which has no place here": len(UNSAID),
    "claims left out: not factual": len(IDLE),
}


def stated(claim_id: str) -> str:
    """A statement that stands alone."""
    return f"This is said in {claim_id}."


def judged(claims: list[dict[str, Any]]) -> None:
    """All get a statement but the fifth, four a verdict, one of each kind, and the first evidence."""
    for claim in claims:
        claim["normalized"] = stated(claim["claim_id"])
    for claim, label in zip(claims, averitec.LABELS, strict=False):
        claim["verdict"] = {"label": label, **VERDICT}
    claims[0]["evidence"] = [{"url": "https://register.example", "quote": "27", "note": None}]
    claims[4]["normalized"] = None


def test_averitec_by_value(tmp_path: Path) -> None:
    manifest = export_demo(tmp_path / "set", "averitec", change=judged)
    found = json.loads((tmp_path / "set" / "averitec.json").read_text("utf-8"))
    assert len(found) == records(manifest)["averitec.json"]
    assert len(found) + 1 + len(UNSAID) + len(IDLE) == len(demo_claims())
    assert notes(manifest, "averitec.json") == {
        **LEFT_OUT,
        "claims left out: no statement that stands alone": 1,
        "claims have no verdict, so no label": len(found) - 4,
        "claims have evidence, which is not written as questions and answers": 1,
    }
    claim, document = demo_claims()[0], demo_documents()[0]
    assert claim.claimer
    assert found[0] == {
        "claim": stated(claim.claim_id), "required_reannotation": None, "label": "Supported",
        "justification": "Two registers agree.", "claim_date": "19-5-2025", "speaker": claim.claimer.name,
        "original_claim_url": document.url, "fact_checking_article": None,
        "reporting_source": document.publisher, "location_ISO_code": None,
        "claim_types": ["Numerical Claim"], "fact_checking_strategies": [], "questions": [],
        "cached_original_claim_url": None, "claim_id": claim.claim_id,
    }  # fmt: skip
    labels = Counter(one["label"] for one in found)
    assert labels == Counter({None: len(found) - 4}) + Counter(averitec.LABELS.values())


def test_averitec_has_the_shape_of_the_shared_task(tmp_path: Path) -> None:
    if not AVERITEC.exists():
        pytest.skip("no AVeriTeC development set beside the repository")
    theirs = json.loads(AVERITEC.read_text("utf-8"))
    kinds: dict[str, set[type]] = {key: {type(one[key]) for one in theirs if key in one} for key in theirs[0]}
    export_demo(tmp_path / "set", "averitec", change=judged)
    ours = json.loads((tmp_path / "set" / "averitec.json").read_text("utf-8"))
    for one in ours:
        assert list(one) == [*theirs[0], "claim_id"]
        assert all(one[key] is None or type(one[key]) in kinds[key] for key in kinds)
    assert {one["label"] for one in ours} - {None} == {one["label"] for one in theirs}
    types = {kind for one in theirs for kind in one["claim_types"]}
    assert {kind for one in ours for kind in one["claim_types"]} <= types
    assert averitec.day("2020-10-09T12:00:00Z") in {one["claim_date"] for one in theirs}


def test_without_documents_averitec_leaves_their_fields_empty(tmp_path: Path) -> None:
    claim = to_record(make_claim()) | {"normalized": "At least 84 villagers were killed."}
    export_to(tmp_path / "set", ["averitec"], [claim], [])
    (found,) = json.loads((tmp_path / "set" / "averitec.json").read_text("utf-8"))
    assert (found["claim_date"], found["original_claim_url"], found["reporting_source"]) == (None, None, None)


def test_fever_by_value(tmp_path: Path) -> None:
    manifest = export_demo(tmp_path / "set", "fever", change=judged)
    found = pd.read_json(tmp_path / "set" / "fever.jsonl", lines=True).to_dict("records")
    assert len(found) == records(manifest)["fever.jsonl"]
    assert [one["id"] for one in found] == list(range(1, len(found) + 1))
    first, second, third, fourth = lines(tmp_path / "set" / "fever.jsonl")[:4]
    claim = demo_claims()[0]
    assert first == {
        "id": 1, "verifiable": "VERIFIABLE", "label": "SUPPORTS", "claim": stated(claim.claim_id),
        "evidence": [], "claim_id": claim.claim_id,
    }  # fmt: skip
    assert (second["label"], second["verifiable"]) == ("REFUTES", "VERIFIABLE")
    assert (third["label"], third["verifiable"]) == ("NOT ENOUGH INFO", "NOT VERIFIABLE")
    assert third["evidence"] == [[[None, None, None, None]]]
    assert (fourth["label"], fourth["verifiable"]) == (None, None)
    assert notes(manifest, "fever.jsonl") == {
        **LEFT_OUT,
        "claims left out: no statement that stands alone": 1,
        "claims have no verdict, so no label": len(found) - 4,
        "claims have conflicting evidence, for which FEVER has no label": 1,
        "claims have evidence that is no sentence of Wikipedia": 1,
    }


def test_checkthat_by_value(tmp_path: Path) -> None:
    manifest = export_demo(tmp_path / "set", "checkthat", change=judged)
    claims = demo_claims()
    table = pd.read_csv(tmp_path / "set" / "checkthat_worthiness.tsv", sep="\t", dtype=str)
    assert list(table.columns) == ["Sentence_id", "Text", "class_label"]
    sentences = {(claim.doc_id, claim.sentence.start, claim.sentence.end) for claim in claims}
    assert len(table) == records(manifest)["checkthat_worthiness.tsv"] == len(sentences)
    texts = {document.doc_id: document.text for document in demo_documents()}
    for name, text in zip(table["Sentence_id"], table["Text"], strict=True):
        doc_id, place = name.split(":")
        start, end = map(int, place.split("-"))
        assert restore(text) == " ".join(texts[doc_id][start:end].split())
    worth = {
        (claim.doc_id, claim.sentence.start) for claim in claims if claim.check_worthiness.label == "CFS"
    }
    assert Counter(table["class_label"]) == {"Yes": len(worth), "No": len(sentences) - len(worth)}
    shared = notes(manifest, "checkthat_worthiness.tsv")["claims share their sentence's row with another"]
    assert shared == len(claims) - len(sentences)

    plain = pd.read_csv(tmp_path / "set" / "checkthat_normalization.csv", dtype=str)
    assert list(plain.columns) == ["post", "normalized claim"]
    assert len(plain) == records(manifest)["checkthat_normalization.csv"] == len(claims) - 1
    assert list(plain.loc[0]) == [claims[0].sentence.text, stated(claims[0].claim_id)]
    told = notes(manifest, "checkthat_normalization.csv")
    assert told["claims left out: no statement that stands alone"] == 1


def test_tables_hold_no_formula(tmp_path: Path) -> None:
    claim = to_record(make_claim()) | {"normalized": '=HYPERLINK("http://x.example")'}
    claim["victim"]["name"] = "@SUM(1)"
    manifest = export_to(tmp_path / "set", ["checkthat", "ucdp"], [claim], [make_document(title="=1+1")])
    plain = pd.read_csv(tmp_path / "set" / "checkthat_normalization.csv")
    assert plain.loc[0, "normalized claim"] == f"'{claim['normalized']}"
    row = pd.read_csv(tmp_path / "set" / "ucdp.csv").loc[0]
    assert (row["side"], row["side_name"], row["source_headline"]) == ("'@sum(1)", "'@SUM(1)", "'=1+1")
    defused = "cells start with an apostrophe that keeps spreadsheets from running them"
    assert notes(manifest, "checkthat_normalization.csv")[defused] == 1
    assert notes(manifest, "ucdp.csv")[defused] == 3


def test_ucdp_by_value(tmp_path: Path) -> None:
    manifest = export_demo(tmp_path / "set", "ucdp")
    table = pd.read_csv(tmp_path / "set" / "ucdp.csv", keep_default_na=False, dtype=str)
    assert tuple(table.columns) == ucdp.COLUMNS
    claims = demo_claims()
    tolls = [
        claim for claim in claims
        if claim.effect == "death" and claim.stance == "affirm" and claim.victim
        and claim.event and claim.event.event_id and claim.quantity and claim.quantity.modifier != "vague"
    ]  # fmt: skip
    assert len(table) == records(manifest)["ucdp.csv"]
    assert sum(map(int, table["number_of_claims"])) == len(tolls)
    told = notes(manifest, "ucdp.csv")
    assert sum(count for words, count in told.items() if "left out" in words) == len(claims) - len(tolls)
    sides = {row["side"]: row for row in table.to_dict("records")}
    men = sides["men"]
    assert (men["low"], men["best"], men["high"], men["relid"]) == ("20", "", "80", "tinzaouaten-2024")
    (said,) = (claim for claim in tolls if claim.victim and claim.victim.name == "men")
    assert said.claimer
    assert men["claimed"] == f"between 20 and 80 ({said.claimer.name})"
    wagner = [claim for claim in tolls if claim.victim and claim.victim.entity == "wagner"]
    row = sides["wagner"]
    assert (row["low"], row["best"], row["high"]) == ("20", "", "")
    assert sorted(row["claim_ids"].split("; ")) == sorted(claim.claim_id for claim in wagner)
    assert int(row["number_of_sources"]) == len({claim.doc_id for claim in wagner})
    assert (row["year"], row["date_start"], row["date_end"], row["date_prec"]) == (
        "2024", "2024-07-21", "2024-07-31", "4",
    )  # fmt: skip


def amount(value: int | None, low: int | None, high: int | None) -> dict[str, int | None]:
    return {"value": value, "low": low, "high": high}


def test_figures_are_never_made_up() -> None:
    fifty, at_least, about = amount(50, 50, 50), amount(84, 84, None), amount(47, None, None)
    between, at_most = amount(None, 20, 80), amount(90, None, 90)
    assert ucdp.figures([fifty, fifty]) == (50, 50, 50)
    assert ucdp.figures([at_least]) == (84, 84, None)
    assert ucdp.figures([about]) == (None, 47, None)
    assert ucdp.figures([fifty, at_least]) == (50, None, None)
    assert ucdp.figures([fifty, between]) == (20, None, 80)
    assert ucdp.figures([fifty, at_most]) == (None, None, 90)


@pytest.mark.parametrize(
    ("end", "code"), [("07-01", 1), ("07-06", 2), ("07-07", 3), ("07-31", 4), ("08-01", 5)]
)
def test_date_precision(end: str, code: int) -> None:
    when = {"start": "2024-07-01", "end": f"2024-{end}", "relation": "on"}
    vague = {"start": None, "end": None, "relation": "on"}
    found = ucdp.days([{"event": {"date": when}}, {"event": {"date": vague}}, {"event": {"date": None}}])
    assert ucdp.precision(*found) == code
    assert ucdp.days([{"event": {"date": vague}}]) == (None, None)
    assert ucdp.precision(None, None) is None
