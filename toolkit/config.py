"""The settings of one working project, found by walking up and held in one typed object."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from cattrs import Converter

from toolkit import resources, safe_yaml, schema
from toolkit.errors import SettingsError
from toolkit.model import SCHEMA_VERSION

PROJECT_FILE = Path("configs") / "project.yaml"
STATE_FOLDER = ".factcheck"


@dataclass(frozen=True, slots=True)
class StudioSettings:
    """How the work is laid out in Label Studio."""

    title: str = "Claims"
    suggest: Literal["check-worthy", "all"] = "check-worthy"
    batch: int = 250


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds against runaway input: code points of an article, seconds of a rule on one article."""

    document_chars: int = 2_000_000
    rule_seconds: float = 2.0


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What exports say of the dataset."""

    license: str = "CC-BY-4.0"
    formats: tuple[str, ...] = ("jsonl", "csv", "parquet")


@dataclass(frozen=True, slots=True)
class GateSettings:
    """What a dataset must keep to; None only measures. Shares are 0 to 1."""

    errors: int | None = 0
    unreviewed: float | None = 0.1
    precision: float | None = None
    agreement: float | None = None
    drift: float | None = 0.2


@dataclass(frozen=True, slots=True)
class Settings:
    """What ``configs/project.yaml`` says; the defaults are those of the schema's comments."""

    schema_version: str = SCHEMA_VERSION
    name: str = "claims"
    language: str = "en"
    rules: tuple[str, ...] = ("rules/en",)
    entities: tuple[str, ...] = ("entities",)
    events: tuple[str, ...] = ("events",)
    labelling_functions: tuple[str, ...] = ()
    labeling: str = "labeling/claims.xml"
    studio: StudioSettings = field(default_factory=StudioSettings)
    limits: Limits = field(default_factory=Limits)
    export: ExportSettings = field(default_factory=ExportSettings)
    gate: GateSettings = field(default_factory=GateSettings)


@dataclass(frozen=True, slots=True)
class Project:
    """A project: its settings, the folder of its configuration, and the folder of its state.

    ``state`` (``.factcheck``, mode 0700) holds the local server, journals and archives; it is made
    by whoever first writes into it.
    """

    settings: Settings
    configs: Path
    state: Path

    def files(self, entries: Iterable[str], suffix: str = ".yaml") -> list[Path]:
        """The files behind settings like ``rules: [rules/en]``: a folder means its files, by name.

        Raises ``SettingsError`` when an entry does not exist.
        """
        found: list[Path] = []
        for entry in entries:
            path = self.configs / entry
            if path.is_dir():
                found += sorted(path.rglob(f"*{suffix}"))
            elif path.is_file():
                found.append(path)
            else:
                raise SettingsError(
                    f"{entry!r} does not exist", place=str(self.configs / "project.yaml"),
                    fix=f"make {path} or change the entry",
                )  # fmt: skip
        return found


def find_project(start: Path | None = None) -> Project:
    """The project around ``start`` (default: the current folder), else the one in the package.

    Walks up to the first folder that has ``configs/project.yaml``. Raises ``SettingsError`` naming
    line and fix when that file is wrong.
    """
    here = (start or Path.cwd()).resolve()
    for folder in [here, *here.parents]:
        if (folder / PROJECT_FILE).is_file():
            return load_project(folder)
    packaged = packaged_project()
    return Project(packaged.settings, packaged.configs, here / STATE_FOLDER)


def packaged_project() -> Project:
    """The project that comes with the package, its state in the current folder."""
    configs = resources.configs()
    return Project(_settings(configs / "project.yaml"), configs, Path.cwd() / STATE_FOLDER)


def load_project(folder: Path) -> Project:
    """The project in ``folder``, which has ``configs/project.yaml``."""
    return Project(_settings(folder / PROJECT_FILE), folder / "configs", folder / STATE_FOLDER)


def _settings(path: Path) -> Settings:
    loaded = safe_yaml.load(path)
    schema.check_settings("project", loaded)
    values: dict[str, Any] = loaded.value
    return Converter(forbid_extra_keys=True).structure(values, Settings)
