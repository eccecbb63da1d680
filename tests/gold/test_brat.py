"""brat standoff, read back by a strict parser of its format."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.gold.build import make_claim, make_document
from tests.gold.golden import (
    demo_claims,
    demo_documents,
    export_demo,
    export_to,
    notes,
    records,
    split_claim,
)
from toolkit.gold import check_files
from toolkit.model import LABELS, Claim

BOUND = re.compile(r"(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t([^\n]*)")
LINK = re.compile(r"(R\d+)\t(\S+) Arg1:(T\d+) Arg2:(T\d+)")
ATTRIBUTE = re.compile(r"(A\d+)\t(\S+) (T\d+) (\S+)")
NOTE = re.compile(r"(#\d+)\tAnnotatorNotes (T\d+)\t([^\n]*)")


@dataclass
class Standoff:
    """What a pair of files says."""

    text: str
    entities: dict[str, tuple[str, list[tuple[int, int]], str]] = field(default_factory=dict)
    relations: list[tuple[str, str, str]] = field(default_factory=list)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)

    def claims(self) -> dict[str, str]:
        """The entities that are claims, by claim id."""
        return {self.notes[name]["claim_id"]: name for name, (label, _, _) in self.entities.items()
                if label == "CLAIM"}  # fmt: skip

    def to(self, name: str, kind: str) -> list[str]:
        """Where the relations of a kind lead from an entity."""
        return [right for found, left, right in self.relations if (found, left) == (kind, name)]


def parse(path: Path, *, labels: set[str]) -> Standoff:
    """A ``.ann`` file with its text; every line must be of a known kind and right in itself."""
    found = Standoff(path.with_suffix(".txt").read_bytes().decode("utf-8"))
    ids: set[str] = set()
    for line in path.read_bytes().decode("utf-8").removesuffix("\n").split("\n"):
        if bound := BOUND.fullmatch(line):
            name, label, places, words = bound.groups()
            pairs = [place.split(" ") for place in places.split(";")]
            parts = [(int(start), int(end)) for start, end in pairs]
            assert label in labels
            assert all(0 <= start < end <= len(found.text) for start, end in parts)
            assert parts == sorted(parts)
            assert words == " ".join(found.text[start:end] for start, end in parts)
            found.entities[name] = (label, parts, words)
        elif link := LINK.fullmatch(line):
            name, kind, left, right = link.groups()
            found.relations.append((kind, left, right))
        elif attribute := ATTRIBUTE.fullmatch(line):
            name, kind, target, value = attribute.groups()
            found.attributes.setdefault(target, {})[kind] = value
        else:
            note = NOTE.fullmatch(line)
            assert note or not line, line
            if not note:
                continue
            name, target, said = note.groups()
            found.notes[target] = json.loads(said)
        assert name not in ids
        ids.add(name)
    known = set(found.entities)
    assert {end for _, *ends in found.relations for end in ends} <= known
    assert set(found.attributes) | set(found.notes) <= known
    return found


def configured(folder: Path) -> dict[str, dict[str, str]]:
    """The sections of annotation.conf: name and arguments of each line."""
    sections: dict[str, dict[str, str]] = {}
    for line in (folder / "annotation.conf").read_text("utf-8").splitlines():
        if line.startswith("["):
            section = sections.setdefault(line.strip("[]"), {})
        elif line:
            name, _, rest = line.partition("\t")
            section[name] = rest
    return sections


def test_brat_by_value(tmp_path: Path) -> None:
    manifest = export_demo(tmp_path / "set", "brat")
    folder = tmp_path / "set" / "brat"
    rules = configured(folder)
    documents = demo_documents()
    names = {f"brat/{document.doc_id}{suffix}" for document in documents for suffix in (".txt", ".ann")}
    assert set(records(manifest)) == names | {"brat/annotation.conf"}
    claims: dict[str, list[Claim]] = {}
    for claim in demo_claims():
        claims.setdefault(claim.doc_id, []).append(claim)
    for document in documents:
        read = parse(folder / f"{document.doc_id}.ann", labels=set(rules["entities"]))
        assert read.text == document.text
        inside = claims[document.doc_id]
        assert records(manifest)[f"brat/{document.doc_id}.ann"] == len(inside) == len(read.claims())
        for claim in inside:
            name = read.claims()[claim.claim_id]
            assert read.entities[name] == ("CLAIM", claim.span.parts(), claim.span.text)
            assert read.attributes[name]["Stance"] == claim.stance
            assert read.attributes[name].get("Effect") == claim.effect
            counts = [read.notes[other]["value"] for other in read.to(name, "quantity")]
            assert counts == ([claim.quantity.value] if claim.quantity else [])
            sources = [read.entities[other][1] for other in read.to(name, "claimer")]
            assert sources == ([claim.claimer.span.parts()] if claim.claimer and claim.claimer.span else [])
        for kind, left, right in read.relations:
            assert read.entities[left][0] == "CLAIM"
            assert read.entities[right][0] in rules["relations"][kind].rpartition(":")[2].split("|")
        for given in read.attributes.values():
            for kind, value in given.items():
                assert value in rules["attributes"][kind].rpartition(":")[2].split("|")


def test_split_spans_and_line_ends(tmp_path: Path) -> None:
    document = make_document()
    claim = split_claim(document, "At least 84", "Monday.\n“We counted 47")
    manifest = export_to(tmp_path / "set", ["brat"], [claim], [document])
    read = parse(tmp_path / "set" / "brat" / f"{document.doc_id}.ann", labels=set(LABELS))
    label, parts, words = read.entities[read.claims()[claim.claim_id]]
    (first, (start, end)) = claim.span.parts()
    line = document.text.index("\n", start)
    assert (label, parts) == ("CLAIM", [first, (start, line), (line + 1, end)])
    assert words == "At least 84 Monday. “We counted 47"
    assert notes(manifest, "brat/annotation.conf") == {
        "claims have a source without words in the text": 1,
        "marks run over a line end and are split there": 1,
    }


def test_relations_between_claims(tmp_path: Path) -> None:
    def related(claims: list[dict[str, Any]]) -> None:
        one, two = claims[0], claims[1]
        far = next(claim for claim in claims if claim["doc_id"] != one["doc_id"])
        for left, right in ((one, two), (two, one), (one, far), (far, one)):
            left["relations"].append(
                {"target": right["claim_id"], "type": "compatible", "basis": "desk", "caveats": []}
            )

    manifest = export_demo(tmp_path / "set", "brat", change=related)
    one, two = demo_claims()[:2]
    read = parse(tmp_path / "set" / "brat" / f"{one.doc_id}.ann", labels=set(LABELS))
    names = read.claims()
    links = {(left, right) for kind, left, right in read.relations if kind == "compatible"}
    left, right = names[one.claim_id], names[two.claim_id]
    assert links == {(left, right), (right, left)}
    assert notes(manifest, "brat/annotation.conf")["relations lead to a claim in another document"] == 2


def test_a_document_without_a_claim_has_an_empty_file(tmp_path: Path) -> None:
    other = make_document("Nothing happened.\n")
    export_to(tmp_path / "set", ["brat"], [make_claim()], [make_document(), other])
    assert (tmp_path / "set" / "brat" / f"{other.doc_id}.ann").read_bytes() == b""
    assert (tmp_path / "set" / "brat" / f"{other.doc_id}.txt").read_text("utf-8") == other.text


def test_exporting_again_leaves_no_document_of_the_last_time(tmp_path: Path) -> None:
    other = make_document("Nothing happened.\n")
    export_to(tmp_path / "set", ["brat"], [make_claim()], [make_document(), other])
    export_to(tmp_path / "set", ["brat"], [make_claim()], [make_document()])
    names = {path.name for path in (tmp_path / "set" / "brat").iterdir()}
    assert names == {f"{make_document().doc_id}.txt", f"{make_document().doc_id}.ann", "annotation.conf"}
    assert list(check_files([str(tmp_path / "set")])) == []
