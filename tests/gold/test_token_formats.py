"""Formats of tokens: BIO read by conllu and as JSON Lines, DocBin read by spaCy."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import conllu
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, DocBin

from tests.gold.build import make_claim, make_document, many
from tests.gold.golden import (
    demo_claims,
    demo_documents,
    export_demo,
    export_to,
    lines,
    notes,
    records,
    split_claim,
)
from toolkit.errors import SettingsError
from toolkit.gold.formats import bio
from toolkit.gold.formats import spacy as docbin
from toolkit.gold.formats.marks import marks_of
from toolkit.model import to_record

REPO = Path(__file__).parents[2]
UNALIGNED = "marks left out: they do not begin and end with tokens"
OVERLAP = "marks left out: they overlap another of their group"
SPLIT = "marks are split: each part is tagged by itself"
PLACELESS = "claims have a source without words in the text"


def stretches(tags: list[str]) -> Iterator[tuple[int, int, str]]:
    """The (first, past the last, label) of BIO tags, which must be strict: no I- without its B-."""
    begun: tuple[int, str] | None = None
    for number, tag in enumerate([*tags, "O"]):
        kind, _, label = tag.partition("-")
        if kind == "I":
            assert begun and begun[1] == label
            continue
        if begun:
            yield begun[0], number, begun[1]
        begun = (number, label) if kind == "B" else None


def wanted(claims: list[dict[str, Any]]) -> Counter[tuple[str, int, int, str]]:
    """Every part of every mark: document, place, label."""
    return Counter(
        (claim["doc_id"], start, end, mark.label)
        for claim in claims for mark in marks_of(claim) for start, end in mark.parts
    )  # fmt: skip


def tagged(record: dict[str, Any]) -> set[tuple[str, int, int, str]]:
    """The marks that a record of bio.jsonl has."""
    return {
        (record["doc_id"], record["starts"][first], record["ends"][past - 1], label)
        for tags in record["tags"].values() for first, past, label in stretches(tags)
    }  # fmt: skip


def test_bio_has_every_mark(tmp_path: Path) -> None:
    manifest = export_demo(tmp_path / "set", "bio")
    found = lines(tmp_path / "set" / "bio.jsonl")
    texts = {document.doc_id: document.text for document in demo_documents()}
    assert [one["doc_id"] for one in found] == list(texts)
    assert records(manifest)["bio.jsonl"] == len(texts)
    for one in found:
        text = texts[one["doc_id"]]
        places = zip(one["starts"], one["ends"], strict=True)
        assert one["tokens"] == [text[start:end] for start, end in places]
        assert "".join(one["tokens"]) == "".join(text.split())
    marks = wanted([to_record(claim) for claim in demo_claims()])
    there = {mark for one in found for mark in tagged(one)}
    told = notes(manifest, "bio.jsonl")
    assert there <= set(marks)
    assert len(set(marks)) - len(there) <= told.get(UNALIGNED, 0) + told.get(OVERLAP, 0)


def test_columns_are_read_by_conllu_and_say_the_same(tmp_path: Path) -> None:
    manifest = export_demo(tmp_path / "set", "bio")
    text = (tmp_path / "set" / "bio.conllup").read_text("utf-8")
    sentences = conllu.parse(text)
    assert len(sentences) == records(manifest)["bio.conllup"]
    for one in lines(tmp_path / "set" / "bio.jsonl"):
        mine = [
            row for sentence in sentences
            if sentence.metadata["sent_id"].split(":")[0] == one["doc_id"] for row in sentence
        ]  # fmt: skip
        assert [row["form"] for row in mine] == one["tokens"]
        assert [int(row["factcheck:start"]) for row in mine] == one["starts"]
        assert [int(row["factcheck:end"]) for row in mine] == one["ends"]
        for group in bio.GROUPS:
            assert [row[f"factcheck:{group}"] for row in mine] == one["tags"][group]
    first = sentences[0]
    assert first.metadata["sent_id"] == f"{demo_documents()[0].doc_id}:0"
    assert [row["id"] for row in first] == list(range(1, len(first) + 1))
    for sentence in sentences:
        for group in bio.GROUPS:
            list(stretches([row[f"factcheck:{group}"] for row in sentence]))


def test_what_bio_cannot_hold_is_counted(tmp_path: Path) -> None:
    document = make_document()
    inner, outer = make_claim(document, content="84 villagers were killed"), make_claim(document)
    bent = make_claim(document, content="84 villagers were kill", effect="injury")
    split = split_claim(document, "At least 84", "Monday.\n“We counted 47")
    manifest = export_to(tmp_path / "set", ["bio"], [inner, outer, bent, split], [document])
    (found,) = lines(tmp_path / "set" / "bio.jsonl")
    claims = [mark for mark in tagged(found) if mark[3] == "CLAIM"]
    second = split.span.parts()[1]
    assert sorted(claims) == [
        (document.doc_id, outer.span.start, outer.span.end, "CLAIM"),
        (document.doc_id, *second, "CLAIM"),
    ]
    assert notes(manifest, "bio.jsonl") == {UNALIGNED: 1, OVERLAP: 2, SPLIT: 1, PLACELESS: 1}
    sentences = conllu.parse((tmp_path / "set" / "bio.conllup").read_text("utf-8"))
    assert [sentence[0]["form"] for sentence in sentences] == ["Flood", "At", "Subscribe"]


@settings(deadline=None)
@given(st.text())
def test_tokens_cover_all_but_white_space(text: str) -> None:
    found = bio.tag("doc", text, [], Counter())
    assert "".join(text[start:end] for start, end in found.places) == "".join(text.split())
    assert all(not any(sign.isspace() for sign in text[start:end]) for start, end in found.places)


def docs(folder: Path) -> Iterator[Doc]:
    """Every document of a dataset's DocBins, as spaCy reads them."""
    vocabulary = spacy.blank("en").vocab
    for path in sorted((folder / "spacy").iterdir()):
        yield from DocBin(store_user_data=True).from_disk(path).get_docs(vocabulary)


def test_spacy_has_every_mark(tmp_path: Path) -> None:
    manifest = export_demo(tmp_path / "set", "spacy")
    found = list(docs(tmp_path / "set"))
    assert sum(records(manifest).values()) == len(found) == len(demo_documents())
    for doc, document in zip(found, demo_documents(), strict=True):
        assert doc.text == document.text
        assert doc.user_data["doc_id"] == document.doc_id
    there = Counter(
        (doc.user_data["doc_id"], span.start_char, span.end_char, span.label_)
        for doc in found for span in doc.spans[docbin.SPANS]
    )  # fmt: skip
    marks = wanted([to_record(claim) for claim in demo_claims()])
    left_out = notes(manifest, "spacy/part-00001.spacy").get(
        "marks left out: they do not begin and end with spaCy's tokens", 0
    )
    assert there <= marks
    assert (marks - there).total() == left_out
    claim = demo_claims()[0]
    spans = [span for span in found[0].spans[docbin.SPANS] if span.id_ == claim.claim_id]
    assert {(span.label_, span.text) for span in spans} == {
        ("CLAIM", claim.span.text), ("CLAIMER", "Police in Yeniçınar"), ("CUE", "said"), ("QUANTITY", "27"),
        ("VICTIM", "people"), ("DATE", "Saturday"),
    }  # fmt: skip


def test_spacy_counts_what_does_not_fit(tmp_path: Path) -> None:
    document = make_document()
    bent = make_claim(document, content="84 villagers were kill")
    split = split_claim(document, "At least 84", "Monday.\n“We counted 47")
    manifest = export_to(tmp_path / "set", ["spacy"], [bent, split], [document])
    (doc,) = docs(tmp_path / "set")
    spans = [span.text for span in doc.spans[docbin.SPANS] if span.label_ == "CLAIM"]
    assert spans == ["At least 84", "Monday.\n“We counted 47"]
    assert notes(manifest, "spacy/part-00001.spacy") == {
        "marks left out: they do not begin and end with spaCy's tokens": 1,
        "marks are split: each part is a span of its own": 1,
        PLACELESS: 1,
    }


def test_spacy_in_several_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docbin, "DOCUMENTS_PER_FILE", 2)
    documents, claims = many(5, per_document=1)
    manifest = export_to(tmp_path / "set", ["spacy"], claims, documents)
    assert list(records(manifest).values()) == [2, 2, 1]
    ids = [doc.user_data["doc_id"] for doc in docs(tmp_path / "set")]
    assert ids == sorted(document.doc_id for document in documents)


def test_without_spacy_it_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(SettingsError, match=r"'spacy' needs spaCy.*Fix: python -m pip install spacy"):
        export_to(tmp_path / "set", ["spacy"], [make_claim()], [make_document()])
    assert not (tmp_path / "set").exists()


def test_every_format_gives_the_same_bytes_everywhere(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from toolkit import pipeline\n"
        "from toolkit.config import packaged_project\n"
        "pipeline.export(sys.argv[1] + '/claims.jsonl', to=Path(sys.argv[2]), project=packaged_project(),\n"
        "    documents=[sys.argv[1] + '/documents.jsonl'],\n"
        "    formats=['labelstudio', 'averitec', 'fever', 'checkthat', 'brat', 'bio', 'spacy', 'ucdp'])"
    )
    worlds = [
        {"PYTHONHASHSEED": "0", "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
    ]
    found = []
    for number, world in enumerate(worlds):
        folder = tmp_path / f"again{number}"
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPO), "HOME": str(tmp_path), **world}
        command = [sys.executable, "-c", code, str(REPO / "exports" / "demo"), str(folder)]
        subprocess.run(command, cwd=tmp_path, env=env, check=True, timeout=120)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        found.append({path.relative_to(folder): path.read_bytes() for path in files})
    assert len(found[0]) == 8 + 1 + 2 * len(demo_documents()) + 1 + 2
    assert found[0] == found[1]
