"""What an exported dataset holds and how it was made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DatasetFile:
    """One file of a dataset; ``notes`` say what its format cannot hold or had to change, counted."""

    path: str
    format: str
    bytes: int
    sha256: str
    records: int
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records there are, and how many were given but left out, by reason."""

    documents: int
    claims: int
    by_status: dict[str, int]
    left_out: dict[str, int]


@dataclass(frozen=True, slots=True)
class Splits:
    """How documents were divided: the seed, each split's share, and what fell into it."""

    seed: int
    shares: dict[str, float]
    documents: dict[str, int]
    claims: dict[str, int]


@dataclass(frozen=True, slots=True)
class Quotes:
    """In a dataset without article texts: the longest quote in code points, and how many were cut to it."""

    max_chars: int
    cut: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """Written last: a folder with a manifest is whole.

    ``release`` is the dataset's own version, ``previous`` the release that CHANGES.md compares with. What
    is None is not in the file.
    """

    schema_version: str
    name: str
    toolkit_version: str
    claim_schema: str
    rules_versions: tuple[str, ...]
    counts: Counts
    files: tuple[DatasetFile, ...]
    release: str | None = None
    previous: str | None = None
    splits: Splits | None = None
    quotes: Quotes | None = None
