"""The labelling configuration: the page that annotators see, held against labels and schema."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.config import Project
from toolkit.errors import SettingsError
from toolkit.files import naming
from toolkit.model import Issue


@dataclass(frozen=True, slots=True)
class Labeling:
    """A labelling configuration; ``path`` names its file in messages."""

    xml: str
    sha256: str
    path: str = ""


def load(project: Project) -> Labeling:
    """Read the project's labelling configuration. Raises ``SettingsError`` when it is missing or not UTF-8."""
    path = project.configs / project.settings.labeling
    if not path.is_file():
        raise SettingsError(
            f"{project.settings.labeling!r} does not exist", place=str(project.configs / "project.yaml"),
            fix=f"make {path} or change the key 'labeling'",
        )  # fmt: skip
    with naming(path):
        raw = path.read_bytes()
    try:
        xml = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SettingsError("not UTF-8", place=str(path), fix="save the file as UTF-8") from error
    return Labeling(xml, hashlib.sha256(raw).hexdigest(), str(path))


def check(labeling: Labeling) -> Iterator[Issue]:
    """Every way in which the page does not fit the labels and the schema."""
    yield from ()
