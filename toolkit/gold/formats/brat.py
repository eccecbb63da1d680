"""brat standoff: for each document a ``.txt`` and a ``.ann`` in ``brat/``, and ``annotation.conf``.

Every claim is an entity of its own with attributes and a note; its source, words of saying, count and so on
are entities that relations lead to, shared where two claims mean the same. File names are digests of the
texts. brat has no line break inside an entity, so one that runs over a line end is split there.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

from toolkit.files import naming, replacing, to_json
from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.formats.marks import Mark, Part, by_document, marks_of, notes, unmarked
from toolkit.model import LABELS, Document
from toolkit.model.claim import CheckLabel, Effect, Factuality, RelationType, ReviewStatus, Stance, TollScope

ROLES = {
    "claimer": "CLAIMER", "via": "CLAIMER", "cue": "CUE", "hedge": "HEDGE",
    "quantity": "QUANTITY|QUANTITY_VAGUE", "victim": "VICTIM", "location": "LOCATION", "date": "DATE",
}  # fmt: skip
ATTRIBUTES: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "Stance": (("stance",), get_args(Stance)),
    "ClaimerCertainty": (("certainty", "claimer"), get_args(Factuality)),
    "AuthorCertainty": (("certainty", "author"), get_args(Factuality)),
    "Effect": (("effect",), get_args(Effect)),
    "TollScope": (("toll_scope",), get_args(TollScope)),
    "CheckWorthiness": (("check_worthiness", "label"), get_args(CheckLabel)),
    "Review": (("review", "status"), get_args(ReviewStatus)),
}
PLACES = "sentences, phrases of saying, evidence, verdicts, provenance and judgments are not in it"


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write the pairs and the configuration, whose notes count what does not fit into any of them."""
    lost: Counter[str] = Counter()
    with naming(folder / "brat"):
        (folder / "brat").mkdir()
    for document, claims in by_document(dataset):
        name = f"brat/{Document.id_for(document.text)}"
        lost["claims have a source without words in the text"] += unmarked(claims)
        lines = _Page(document.text, lost).lines(claims)
        for suffix, content, count in ((".txt", document.text, 1), (".ann", "".join(lines), len(claims))):
            _put(folder / (name + suffix), content)
            yield Written(name + suffix, count)
    # This also brings the names of all the others to the disk.
    with replacing(folder / "brat/annotation.conf") as stream:
        stream.write(configuration().encode("utf-8"))
    yield Written("brat/annotation.conf", 0, (PLACES, *notes(lost)))


def _put(path: Path, content: str) -> None:
    """Write a new file to the disk. The folder around it is not in its place yet, so it needs no name first
    that says it is unfinished, and there are many."""
    with naming(path), path.open("xb") as stream:
        stream.write(content.encode("utf-8"))
        stream.flush()
        os.fsync(stream.fileno())


def configuration() -> str:
    """What brat must know to show and edit the files."""
    relations = [f"{role}\tArg1:CLAIM, Arg2:{label}" for role, label in ROLES.items()]
    relations += [f"{kind}\tArg1:CLAIM, Arg2:CLAIM" for kind in get_args(RelationType)]
    attributes = [f"{name}\tArg:CLAIM, Value:{'|'.join(values)}" for name, (_, values) in ATTRIBUTES.items()]
    parts = {"entities": LABELS, "relations": relations, "events": [], "attributes": attributes}
    return "\n".join("".join(f"{line}\n" for line in (f"[{name}]", *lines)) for name, lines in parts.items())


@dataclass(slots=True)
class _Page:
    """The annotations of one document as they are numbered."""

    text: str
    lost: Counter[str]
    counts: Counter[str] = field(default_factory=Counter)
    entities: dict[str, str] = field(default_factory=dict)

    def lines(self, claims: list[dict[str, Any]]) -> Iterator[str]:
        """The lines of the ``.ann`` file, with their line ends."""
        names: dict[str, str] = {}
        for claim in claims:
            first, *others = marks_of(claim)
            name = names[claim["claim_id"]] = self.number("T")
            yield self.entity(name, first)
            yield self.note(name, _told(claim))
            yield from self.attributes(name, claim)
            for mark in others:
                key = to_json([mark.label, mark.parts, mark.said])
                if key not in self.entities:
                    self.entities[key] = self.number("T")
                    yield self.entity(self.entities[key], mark)
                    yield self.note(self.entities[key], mark.said)
                yield self.relation(mark.role, name, self.entities[key])
        for claim in claims:
            for link in claim["relations"]:
                self.lost["relations lead to a claim in another document"] += link["target"] not in names
                if link["target"] in names:
                    yield self.relation(link["type"], names[claim["claim_id"]], names[link["target"]])

    def number(self, kind: str) -> str:
        """The next id of a kind: T1, T2, R1 …"""
        self.counts[kind] += 1
        return f"{kind}{self.counts[kind]}"

    def entity(self, name: str, mark: Mark) -> str:
        """A text-bound line."""
        parts = [piece for part in mark.parts for piece in self.unbroken(part)] or list(mark.parts)
        self.lost["marks run over a line end and are split there"] += len(parts) > len(mark.parts)
        offsets = ";".join(f"{start} {end}" for start, end in parts)
        words = " ".join(self.text[start:end] for start, end in parts)
        return f"{name}\t{mark.label} {offsets}\t{words}\n"

    def unbroken(self, part: Part) -> Iterator[Part]:
        """A part without its line ends."""
        start = part[0]
        for line in self.text[start : part[1]].split("\n"):
            if line.strip():
                yield start, start + len(line)
            start += len(line) + 1

    def relation(self, kind: str, left: str, right: str) -> str:
        """A line that leads from one entity to another."""
        return f"{self.number('R')}\t{kind} Arg1:{left} Arg2:{right}\n"

    def attributes(self, name: str, claim: dict[str, Any]) -> Iterator[str]:
        """A line for each attribute that the claim has."""
        for attribute, (path, _) in ATTRIBUTES.items():
            value: Any = claim
            for key in path:
                value = value[key]
            if value is not None:
                yield f"{self.number('A')}\t{attribute} {name} {value}\n"

    def note(self, name: str, said: dict[str, Any]) -> str:
        """What the record says of an entity, as JSON on one line."""
        return f"{self.number('#')}\tAnnotatorNotes {name}\t{to_json(said)}\n"


def _told(claim: dict[str, Any]) -> dict[str, Any]:
    """What a claim's note says: all that is neither a place nor an attribute."""
    event, check = claim["event"], claim["check_worthiness"]
    return {
        "claim_id": claim["claim_id"],
        "normalized": claim["normalized"],
        "event_id": event["event_id"] if event else None,
        "cluster_id": claim["cluster_id"],
        "check_score": check["score"],
    }
