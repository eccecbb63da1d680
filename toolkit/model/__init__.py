"""The nouns of the toolkit as frozen dataclasses; nothing here reads a file or knows a server."""

from toolkit.model.annotation import Annotation, AnnotationState, Quarantined
from toolkit.model.claim import (
    Certainty,
    CheckWorthiness,
    Claim,
    Claimer,
    Cue,
    Event,
    Evidence,
    Hedge,
    Judgment,
    Location,
    Provenance,
    Quantity,
    Relation,
    Review,
    Verdict,
    Victim,
    When,
    claim_id_for,
)
from toolkit.model.document import Document, Region, Source, Split, digest
from toolkit.model.draft import LABELS, Draft, Label, Mention
from toolkit.model.issue import Issue, Severity
from toolkit.model.manifest import Counts, DatasetFile, Manifest, Quotes, Splits
from toolkit.model.match import Attrs, Found, Match
from toolkit.model.records import from_checked, from_record, quick_record, to_line, to_record
from toolkit.model.span import Piece, Span

SCHEMA_VERSION = "1"

__all__ = [
    "LABELS",
    "SCHEMA_VERSION",
    "Annotation",
    "AnnotationState",
    "Attrs",
    "Certainty",
    "CheckWorthiness",
    "Claim",
    "Claimer",
    "Counts",
    "Cue",
    "DatasetFile",
    "Document",
    "Draft",
    "Event",
    "Evidence",
    "Found",
    "Hedge",
    "Issue",
    "Judgment",
    "Label",
    "Location",
    "Manifest",
    "Match",
    "Mention",
    "Piece",
    "Provenance",
    "Quantity",
    "Quarantined",
    "Quotes",
    "Region",
    "Relation",
    "Review",
    "Severity",
    "Source",
    "Span",
    "Split",
    "Splits",
    "Verdict",
    "Victim",
    "When",
    "claim_id_for",
    "digest",
    "from_checked",
    "from_record",
    "quick_record",
    "to_line",
    "to_record",
]
