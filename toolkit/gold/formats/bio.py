"""BIO tags (``bio.conllup``, ``bio.jsonl``): tokens with one column of tags for each group of labels.

Marks of different groups may lie in each other, so each group has a column of its own. Tokens are runs of
word characters, or one other character, whatever is marked; a mark that does not begin and end with
tokens is counted and left out, and of two marks of a group that overlap the earlier and longer one stays.

The columns are CoNLL-U Plus: the first line names them, and every token has its code points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import regex

from toolkit.files import replacing, to_json
from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.formats.marks import by_document, marks_of, notes, unmarked

GROUPS: dict[str, tuple[str, ...]] = {
    "claim": ("CLAIM",), "claimer": ("CLAIMER",), "cue": ("CUE",), "quantity": ("QUANTITY", "QUANTITY_VAGUE"),
    "victim": ("VICTIM",), "location": ("LOCATION",), "date": ("DATE",), "hedge": ("HEDGE",),
}  # fmt: skip
COLUMNS = ("ID", "FORM", *(f"FACTCHECK:{name.upper()}" for name in ("start", "end", *GROUPS)))
PLACES = "only marks: which source or count belongs to which claim, ids and all values are not in it"
_TOKEN = regex.compile(r"[\w\p{M}]+|[^\w\p{M}\s\x1c-\x1f]")


@dataclass(frozen=True, slots=True)
class Tagged:
    """One document's tokens: half-open code points, and the tags of each group, one for each token."""

    doc_id: str
    text: str
    places: list[tuple[int, int]]
    tags: dict[str, list[str]]


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write both files; the notes count the marks that could not be kept or were split."""
    lost: Counter[str] = Counter()
    documents = sentences = 0
    with replacing(folder / "bio.conllup") as columns, replacing(folder / "bio.jsonl") as lines:
        columns.write(f"# global.columns = {' '.join(COLUMNS)}\n".encode())
        for document, claims in by_document(dataset):
            lost["claims have a source without words in the text"] += unmarked(claims)
            tagged = tag(document.doc_id, document.text, claims, lost)
            lines.write(f"{to_json(_record(tagged))}\n".encode())
            documents += 1
            for sentence in _sentences(tagged):
                columns.write(sentence.encode("utf-8"))
                sentences += 1
    said = (PLACES, *notes(lost))
    yield Written("bio.conllup", sentences, said)
    yield Written("bio.jsonl", documents, said)


def tag(doc_id: str, text: str, claims: list[dict[str, Any]], lost: Counter[str]) -> Tagged:
    """The tokens of a text and their tags; what could not be kept is counted in ``lost``."""
    places = [(match.start(), match.end()) for match in _TOKEN.finditer(text)]
    starts = {start: number for number, (start, _) in enumerate(places)}
    ends = {end: number for number, (_, end) in enumerate(places)}
    wanted: dict[str, set[tuple[int, int, str]]] = {name: set() for name in GROUPS}
    groups = {label: name for name, labels in GROUPS.items() for label in labels}
    for mark in (mark for claim in claims for mark in marks_of(claim)):
        lost["marks are split: each part is tagged by itself"] += len(mark.parts) > 1
        for start, end in mark.parts:
            if start in starts and end in ends:
                wanted[groups[mark.label]].add((starts[start], -ends[end], mark.label))
            else:
                lost["marks left out: they do not begin and end with tokens"] += 1
    return Tagged(doc_id, text, places, {
        name: _tags(sorted(found), len(places), lost) for name, found in wanted.items()
    })  # fmt: skip


def _tags(found: list[tuple[int, int, str]], count: int, lost: Counter[str]) -> list[str]:
    tags = ["O"] * count
    free = 0
    for first, last, label in found:
        if first < free:
            lost["marks left out: they overlap another of their group"] += 1
            continue
        free = -last + 1
        tags[first:free] = [f"B-{label}"] + [f"I-{label}"] * (free - first - 1)
    return tags


def _record(tagged: Tagged) -> dict[str, Any]:
    return {
        "doc_id": tagged.doc_id,
        "tokens": [tagged.text[start:end] for start, end in tagged.places],
        "starts": [start for start, _ in tagged.places],
        "ends": [end for _, end in tagged.places],
        "tags": tagged.tags,
    }


def _sentences(tagged: Tagged) -> Iterator[str]:
    """One block a line of the text; lines that a mark runs over stay together."""
    rows: list[str] = []
    begun = 0
    for number, (start, end) in enumerate(tagged.places):
        tags = [column[number] for column in tagged.tags.values()]
        gap = tagged.text[tagged.places[number - 1][1] : start] if rows else ""
        if "\n" in gap and not any(found.startswith("I-") for found in tags):
            yield _block(tagged.doc_id, begun, rows)
            rows = []
        begun = begun if rows else start
        form = tagged.text[start:end]
        rows.append("\t".join([str(len(rows) + 1), form, str(start), str(end), *tags]))
    if rows:
        yield _block(tagged.doc_id, begun, rows)


def _block(doc_id: str, begun: int, rows: list[str]) -> str:
    return "\n".join([f"# sent_id = {doc_id}:{begun}", *rows]) + "\n\n"
