"""Records of an older form in today's form; nothing is guessed, and nothing is lost in silence.

A migration is a function from one version's record to the next's; a record goes through all that it needs.
Version "0" is what the package wrote before its first release: a cue's ``phrase`` was its words alone, and
``schema_version`` said "1" already, so such records are known by that.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any

from toolkit.files import Line, Progress, read_records
from toolkit.gold.records import kind_of
from toolkit.model import SCHEMA_VERSION, Issue
from toolkit.reading import broken

Record = dict[str, Any]


def cue_phrases(record: Record) -> None:
    """From "0" to "1": a cue's phrase becomes a span. Its words are looked up in the claim's sentence,
    around the cue. Raises ``ValueError`` when they do not stand there, because nobody knows the place then.
    """
    for claim in _claims(record):
        cue = claim.get("cue")
        if isinstance(cue, dict) and isinstance(cue.get("phrase"), str):
            cue["phrase"] = _placed(cue["phrase"], cue["span"], claim["sentence"])
        claim["schema_version"] = "1"


MIGRATIONS: dict[str, Callable[[Record], None]] = {"0": cue_phrases}


def migrate(path: str, *, on_progress: Progress | None = None) -> Iterator[Record | Issue]:
    """The records of a JSON Lines file (claims, drafts, annotations; ``-`` is stdin) in today's form.

    One that cannot be brought there (an unknown version, a place that cannot be known) or does not fit the
    schema afterwards comes as an issue. Records of today's form come as they are.

    Raises ``DataError`` when the file cannot be opened.
    """
    for count, line in enumerate(read_records(path), start=1):
        if on_progress:
            on_progress(count, None)
        yield from [line] if isinstance(line, Issue) else _moved(line)


def version_of(record: Record) -> str:
    """The version of a record's form, as text; empty when it says none."""
    cues = [claim.get("cue") for claim in _claims(record)]
    if any(isinstance(cue, dict) and isinstance(cue.get("phrase"), str) for cue in cues):
        return "0"
    holders = [record, record.get("document"), *_claims(record)]
    said = [one["schema_version"] for one in holders if isinstance(one, dict) and "schema_version" in one]
    return str(said[0]) if said else ""


def _moved(line: Line) -> Iterator[Record | Issue]:
    record, version = copy.deepcopy(line.record), version_of(line.record)
    steps = list(MIGRATIONS)[list(MIGRATIONS).index(version) :] if version in MIGRATIONS else []
    if not steps and version != SCHEMA_VERSION:
        known = ", ".join([*MIGRATIONS, SCHEMA_VERSION])
        yield _issue(
            line, "migrate/version", f"schema_version {version!r} is none that this toolkit knows ({known})",
            "use the toolkit version that wrote it, or a newer one",
        )  # fmt: skip
        return
    try:
        for step in steps:
            MIGRATIONS[step](record)
    except (ValueError, KeyError, TypeError) as error:
        yield _issue(line, "migrate/record", f"{error}", "correct the record by hand; it is left out")
        return
    kind = kind_of(record)
    if kind is None:
        yield _issue(line, "file/kind", "not a record of the toolkit", "give claims, drafts or annotations")
        return
    faults = list(broken(kind, Line(line.path, line.number, record)))
    yield from faults
    if not faults:
        yield record


def _placed(phrase: str, cue: Record, sentence: Record) -> Record:
    """The span of a phrase: where its words stand in the sentence so that they hold the cue."""
    text, first = str(sentence["text"]), int(sentence["start"])
    place = text.find(phrase)
    while place >= 0:
        start, end = first + place, first + place + len(phrase)
        if start <= cue["start"] and cue["end"] <= end:
            return {"start": start, "end": end, "text": phrase}
        place = text.find(phrase, place + 1)
    raise ValueError(f"the cue's phrase {phrase[:60]!r} does not stand around the cue in its sentence")


def _claims(record: Record) -> list[Record]:
    """The claims in a record: itself, or those of a draft or annotation."""
    inner = record.get("claims")
    if isinstance(inner, list):
        return [claim for claim in inner if isinstance(claim, dict)]
    return [record] if "claim_id" in record else []


def _issue(line: Line, check: str, message: str, fix: str) -> Issue:
    name = line.record.get("claim_id") or line.record.get("doc_id")
    return Issue(
        check=check, path=line.path, line=line.number, record=None if name is None else str(name),
        message=message, fix=fix,
    )  # fmt: skip
