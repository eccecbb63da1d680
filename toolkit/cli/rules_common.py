"""What the commands of ``factcheck rules`` share."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit import pipeline
from toolkit.config import find_project

if TYPE_CHECKING:
    from toolkit.rules import RuleSet

MOST_WORDS = 12
files_argument = click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))


def load(files: Sequence[Path]) -> RuleSet:
    """The rules of these files and folders, else those of the project."""
    chosen = [
        found for path in files for found in (sorted(path.rglob("*.yaml")) if path.is_dir() else [path])
    ]
    return pipeline.load_rules(project=find_project(), files=chosen)


def near(place: str) -> str:
    """``file:line`` from the current folder where it lies below it."""
    path, _, line = place.rpartition(":")
    here = Path.cwd()
    return f"{Path(path).relative_to(here)}:{line}" if Path(path).is_relative_to(here) else place
