"""CSV for spreadsheets (``claims.csv``): one row a claim, the columns below, RFC 4180 in UTF-8 with LF.

A text cell that a spreadsheet would run as a formula gets a leading apostrophe; ``read`` takes it off
again. The table is flat: of spans it has the content's alone, and lists are joined by "; ".
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from toolkit.files import MAX_LINE_BYTES, naming, replacing
from toolkit.gold.dataset import Dataset, Written

Cell = str | int | float
COLUMNS: dict[str, tuple[str, str]] = {
    "claim_id": ("claim_id", "Id of the claim."),
    "doc_id": ("doc_id", "Id of the document."),
    "publisher": ("document.publisher", "Who published the report (where documents were given)."),
    "published_at": ("document.published_at", "When it was published."),
    "title": ("document.title", "Its headline."),
    "url": ("document.url", "Its address."),
    "start": ("span.start", "First code point of the content."),
    "end": ("span.end", "One past its last code point."),
    "text": ("span.text", "The content."),
    "sentence": ("sentence.text", "The sentence it starts in."),
    "normalized": ("normalized", "A statement that stands alone."),
    "claimer": ("claimer.name", "Who says it."),
    "claimer_type": ("claimer.type", "What kind of party that is."),
    "claimer_entity": ("claimer.entity", "Its id in the entity lists."),
    "via": ("via.name", "Outer sources, outermost first."),
    "cue": ("cue.phrase.text", "The words of saying."),
    "cue_type": ("cue.type", "What they do."),
    "stance": ("stance", "affirm, deny or withhold."),
    "certainty_claimer": ("certainty.claimer", "How sure the claimer is."),
    "certainty_author": ("certainty.author", "How sure the report's author is."),
    "hedges": ("hedges.type", "Kinds of weakening words."),
    "quantity": ("quantity.raw", "The count as in the text."),
    "value": ("quantity.value", "The count."),
    "low": ("quantity.low", "Its lower bound."),
    "high": ("quantity.high", "Its upper bound."),
    "modifier": ("quantity.modifier", "How the three are meant."),
    "vague_term": ("quantity.vague_term", "The vague word where there is no number."),
    "unit": ("quantity.unit", "What is counted."),
    "effect": ("effect", "What happened to the victim."),
    "victim": ("victim.name", "Who or what was affected."),
    "victim_type": ("victim.group_type", "What kind of party that is."),
    "victim_entity": ("victim.entity", "Its id in the entity lists."),
    "event_id": ("event.event_id", "The event."),
    "location": ("event.location.name", "Where."),
    "location_entity": ("event.location.entity", "Its id in the place lists."),
    "location_near": ("event.location.near", "true when only near the place."),
    "date_start": ("event.date.start", "First day."),
    "date_end": ("event.date.end", "Last day."),
    "date_granularity": ("event.date.granularity", "How fine the date is."),
    "date_relation": ("event.date.relation", "on, before, after …"),
    "toll_scope": ("toll_scope", "Whole toll, or what the claimer inflicted."),
    "check_worthiness": ("check_worthiness.label", "NFS, UFS or CFS."),
    "check_score": ("check_worthiness.score", "How sure that is, 0 to 1."),
    "cluster_id": ("cluster_id", "Claims about the same thing share it."),
    "verdict": ("verdict.label", "A fact-checker's conclusion."),
    "origin": ("provenance.origin", "rule, human or scripted."),
    "rule_ids": ("provenance.rule_ids", "Rules that suggested it."),
    "rules_version": ("provenance.rules_version", "Digest of the rule files."),
    "score": ("provenance.score", "The rules' score, 0 to 1."),
    "status": ("review.status", "accepted, corrected, added or adjudicated."),
    "annotators": ("review.judgments.annotator", "Who judged it."),
    "adjudicator": ("review.adjudicator", "Who settled it."),
    "agreement": ("review.agreement", "Agreement of the judgments."),
}
# The paths by the part of the record they lead into, as most claims lack some parts.
_PARTS = [
    (name, [path.split(".")[1:] for path, _ in columns])
    for name, columns in groupby(COLUMNS.values(), key=lambda column: column[0].split(".")[0])
]
# Spreadsheets run a cell that starts like this; the full-width forms count in some locales.
_RUNS = re.compile("'*[=+\\-@\t\r\n＝＋－＠]")
_FIRST = frozenset("'=+-@\t\r\n＝＋－＠")


def write(dataset: Dataset, folder: Path) -> Iterator[Written]:
    """Write the table; the notes count what was defused and what does not fit into it."""
    rows = defused = poorer = 0
    with replacing(folder / "claims.csv") as stream:
        text = io.TextIOWrapper(stream, "utf-8", newline="", write_through=True)
        table = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
        table.writerow(COLUMNS)
        for claim in dataset.claims():
            claim["document"] = _described(dataset.document(claim["doc_id"]))
            cells, changed = _row(claim)
            table.writerow(cells)
            rows += 1
            defused += changed
            poorer += _has_more(claim)
        text.detach()
    yield Written("claims.csv", rows, tuple(_notes(defused, poorer)))


def read(path: Path) -> Iterator[dict[str, str]]:
    """The rows of such a table with the apostrophes taken off; empty cells are empty texts.

    Raises ``DataError`` when the file cannot be read.
    """
    csv.field_size_limit(MAX_LINE_BYTES)
    with naming(path), path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            yield {column: restore(cell) for column, cell in row.items()}


def defuse(cell: str) -> str:
    """The cell as data for every spreadsheet; ``restore`` reverses it exactly."""
    return f"'{cell}" if cell and cell[0] in _FIRST and _RUNS.match(cell) else cell


def restore(cell: str) -> str:
    """The text that ``defuse`` was given."""
    return cell[1:] if cell.startswith("'") and _RUNS.match(cell) else cell


def _row(record: dict[str, Any]) -> tuple[list[Cell], int]:
    """The cells of a claim, and how many of them were defused."""
    cells: list[Cell] = []
    changed = 0
    for name, paths in _PARTS:
        part = record[name]
        if part is None:
            cells += [""] * len(paths)
            continue
        for path in paths:
            cell = _cell(_at(part, path))
            if isinstance(cell, str) and (safe := defuse(cell)) is not cell:
                cell, changed = safe, changed + 1
            cells.append(cell)
    return cells, changed


def _described(document: Any) -> dict[str, Any] | None:
    if document is None:
        return None
    return {name: getattr(document, name) for name in ("publisher", "published_at", "title", "url")}


def _at(value: Any, path: Sequence[str]) -> Any:
    """What stands at a path of keys; of a list, what stands there in each element."""
    for index, key in enumerate(path):
        if isinstance(value, list):
            return [_at(element, path[index:]) for element in value]
        if value is None:
            return None
        value = value[key]
    return value


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(str(element) for element in value)
    kept: Cell = value
    return kept


def _has_more(claim: dict[str, Any]) -> bool:
    return bool(claim["relations"] or claim["evidence"] or claim["verdict"] or "pieces" in claim["span"])


def _notes(defused: int, poorer: int) -> Iterator[str]:
    yield "flat: of spans only the content's and of hedges, outer sources and judgments only kinds and names"
    if poorer:
        yield f"{poorer} claims have relations, evidence, a verdict or a split span, not all of it here"
    if defused:
        yield f"{defused} cells start with an apostrophe that keeps spreadsheets from running them"
