"""Datasets of a few claims to spoil, and what is to be seen of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from tests.gold.build import many, write
from toolkit import pipeline
from toolkit.config import Project, Settings
from toolkit.gold import FORMATS, check_files
from toolkit.gold.releases.release import Release

REPO = Path(__file__).parents[3]
PROJECT = Project(Settings(), REPO / "configs", REPO / ".factcheck")


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else ()
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def found(folder: Path) -> set[str]:
    return {issue.check for issue in check_files([str(folder)]) if issue.severity == "error"}


def formats_with(name: str) -> list[str]:
    return [*FORMATS[name].beside, name]


def export(given: Path, to: Path, formats: Sequence[str], release: Release | None = None) -> None:
    pipeline.export(
        str(given / "claims.jsonl"), to=to, project=PROJECT, formats=formats,
        documents=[str(given / "documents.jsonl")], release=release,
    )  # fmt: skip


def inputs(folder: Path, count: int) -> Path:
    folder.mkdir()
    documents, claims = many(count)
    stated = [replace(claim, normalized=f"{claim.claim_id} says that 84 died.") for claim in claims]
    write(folder / "claims.jsonl", stated)
    write(folder / "documents.jsonl", documents)
    return folder
