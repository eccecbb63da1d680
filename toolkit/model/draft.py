"""What rules make of one document, before any person has seen it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from toolkit.model.claim import Claim
from toolkit.model.document import Document

Label = Literal[
    "CLAIM", "CLAIMER", "CUE", "QUANTITY", "QUANTITY_VAGUE", "VICTIM", "LOCATION", "DATE", "HEDGE"
]
LABELS: tuple[Label, ...] = get_args(Label)


@dataclass(frozen=True, slots=True)
class Mention:
    """A labelled piece of text (half-open code points) and the rules that found it."""

    label: Label
    start: int
    end: int
    text: str
    rule_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """One document with its pre-annotations; can always be thrown away and made again."""

    document: Document
    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
