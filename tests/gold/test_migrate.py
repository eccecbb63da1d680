"""Records of the form before the first release, and of versions that nobody knows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import Run
from tests.gold.build import make_annotation, make_claim, make_document, make_draft, many, write
from toolkit.gold import migrate
from toolkit.gold.migrate import cue_phrases, version_of
from toolkit.model import Issue, Span, to_record

Record = dict[str, Any]


def before(record: Record) -> Record:
    """The record as it was written before a cue's phrase was a span."""
    for claim in record.get("claims", [record]):
        claim["cue"]["phrase"] = claim["cue"]["phrase"]["text"]
    return record


def test_claims_drafts_and_annotations_of_the_first_form(tmp_path: Path) -> None:
    claim = make_claim()
    today = [claim, make_draft(claims=[claim]), make_annotation(claims=[claim])]
    path = write(tmp_path / "old.jsonl", [before(to_record(one)) for one in today])
    assert [version_of(json.loads(line)) for line in Path(path).read_text("utf-8").splitlines()] == ["0"] * 3
    assert list(migrate(path)) == [to_record(one) for one in today]


def test_a_version_of_its_own_is_known_as_well() -> None:
    record = before(to_record(make_claim())) | {"schema_version": "0"}
    assert version_of(record) == "0"
    cue_phrases(record)
    assert record == to_record(make_claim())


@given(st.integers(0, 3), st.integers(0, 3), st.text("said on", max_size=6))
def test_the_phrase_is_the_place_that_holds_the_cue(left: int, right: int, noise: str) -> None:
    text = f"He said {noise} and then he said {noise} so."
    cue = text.rindex("said")
    start, end = cue - left, cue + 4 + right
    record = {
        "claim_id": "c", "sentence": {"start": 100, "end": 100 + len(text), "text": text},
        "cue": {"span": {"start": 100 + cue, "end": 104 + cue}, "phrase": text[start:end]},
    }  # fmt: skip
    cue_phrases(record)
    found: Any = record["cue"]
    at = Span(**found["phrase"])
    assert text[at.start - 100 : at.end - 100] == at.text
    assert at.start <= 100 + cue and 104 + cue <= at.end


def test_today_comes_out_as_it_went_in(tmp_path: Path, run: Run) -> None:
    documents, claims = many(6)
    path = Path(write(tmp_path / "now.jsonl", [*claims, *documents, make_draft()]))
    done = run("migrate", "now.jsonl", "--out", "out.jsonl")
    assert (done.returncode, done.stderr) == (0, "10 records written, 0 left out\n")
    assert (tmp_path / "out.jsonl").read_bytes() == path.read_bytes()


def test_the_command_mends_what_can_be_known_and_says_the_rest(tmp_path: Path, run: Run) -> None:
    lost = before(to_record(make_claim()))
    lost["cue"]["phrase"] = "has said elsewhere"
    newer = to_record(make_claim()) | {"schema_version": "9"}
    broken = before(to_record(make_claim()))
    del broken["stance"]
    records = [before(to_record(make_claim())), lost, newer, broken, {"schema_version": "1", "x": 1}, {}]
    write(tmp_path / "old.jsonl", records)
    with (tmp_path / "old.jsonl").open("ab") as stream:
        stream.write(b'{"cut": \n')
    done = run("migrate", "old.jsonl", "--out", "new.jsonl")
    assert done.returncode == 1
    said = done.stderr.splitlines()
    assert "old.jsonl:2: claim-" in said[0]
    assert "the cue's phrase 'has said elsewhere' does not stand around the cue" in said[0]
    assert "old.jsonl:3: claim-" in said[1]
    assert "schema_version '9' is none that this toolkit knows (0, 1). Fix: use the toolkit" in said[1]
    assert "old.jsonl:4: claim-" in said[2]
    assert "'stance' is missing" in said[2]
    assert "not a record of the toolkit" in said[3]
    assert "schema_version ''" in said[4]
    assert "old.jsonl:7: not JSON" in said[5]
    assert said[6] == "1 records written, 6 left out"
    write(tmp_path / "documents.jsonl", [make_document()])
    checked = run("validate", "new.jsonl", "--documents", "documents.jsonl")
    assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.parametrize("path", ["nowhere.jsonl", "."])
def test_a_path_that_is_none(tmp_path: Path, run: Run, path: str) -> None:
    done = run("migrate", path, "--out", "new.jsonl")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert "Fix: " in done.stderr
    assert not (tmp_path / "new.jsonl").exists()


@pytest.mark.parametrize("cue", [None, 7, {"phrase": "said"}, {"phrase": "said", "span": 3}, []])
def test_nonsense_is_an_issue(tmp_path: Path, cue: object) -> None:
    path = write(tmp_path / "x.jsonl", [to_record(make_claim()) | {"cue": cue, "sentence": []}])
    assert all(isinstance(item, Issue) for item in migrate(path))
