"""Entity and event files as dataclasses; ``schemas/entities`` and ``schemas/event`` describe the fields."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cattrs import Converter

from toolkit import safe_yaml, schema
from toolkit.errors import SettingsError
from toolkit.model.claim import ClaimerType
from toolkit.safe_yaml import Loaded


@dataclass(frozen=True, slots=True)
class Entity:
    """A party under names of its own."""

    id: str
    name: str
    type: ClaimerType
    aliases: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """A place whose government speaks under its name."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """Nouns for one kind of party."""

    id: str
    type: ClaimerType
    nouns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A place that is no country; ``shared``: its names are also those of people or things."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    shared: bool = False


@dataclass(frozen=True, slots=True)
class Victims:
    """What words for those affected mean inside one event."""

    entity: str
    name: str
    type: ClaimerType
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntityFile:
    """Names that hold in every report."""

    schema_version: str
    entities: tuple[Entity, ...] = ()
    countries: tuple[Country, ...] = ()
    parties: tuple[Party, ...] = ()
    places: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFile:
    """One event and the names that hold only in reports about it."""

    schema_version: str
    event_id: str
    title: str
    start: str | None = None
    end: str | None = None
    triggers: tuple[str, ...]
    entities: tuple[Entity, ...] = ()
    places: tuple[Place, ...] = ()
    victims: tuple[Victims, ...] = ()


def read_entity_files(paths: Sequence[Path]) -> list[EntityFile]:
    """The entity files, together free of ids and names that mean two things.

    Raises ``SettingsError`` with file, line and fix.
    """
    seen: dict[str, str] = {}
    files = []
    for path in paths:
        loaded = safe_yaml.load(path)
        schema.check_settings("entities", loaded)
        for kind in ("entities", "countries", "parties", "places"):
            _refuse_doubles(loaded, kind, seen)
        files.append(Converter(forbid_extra_keys=True).structure(loaded.value, EntityFile))
    return files


def read_event_files(paths: Sequence[Path]) -> list[EventFile]:
    """The event files; inside one event a name means one thing. Raises like ``read_entity_files``."""
    seen: dict[str, str] = {}
    files = []
    for path in paths:
        loaded = safe_yaml.load(path)
        schema.check_settings("event", loaded)
        _claim(seen, f"event {loaded.value['event_id']}", loaded, "/event_id", "give the event its own id")
        names: dict[str, str] = {}
        for kind in ("entities", "places"):
            _refuse_doubles(loaded, kind, names)
        start, end = loaded.value.get("start", ""), loaded.value.get("end", "9")
        if start > end:
            raise SettingsError(
                "the event ends before it starts", place=loaded.place("/end"), fix="swap start and end"
            )
        files.append(Converter(forbid_extra_keys=True).structure(loaded.value, EventFile))
    return files


def _refuse_doubles(loaded: Loaded, kind: str, seen: dict[str, str]) -> None:
    for index, item in enumerate(loaded.value.get(kind, [])):
        pointer = f"/{kind}/{index}"
        _claim(seen, f"id {item['id']}", loaded, f"{pointer}/id", "merge the two or rename one")
        for where, name in _names(item):
            _claim(seen, f"name {name}", loaded, f"{pointer}{where}", "keep it in one of them")


def _names(item: dict[str, Any]) -> Iterator[tuple[str, str]]:
    found: set[str] = set()
    for key in ("name", "aliases", "demonyms", "nouns"):
        values = item.get(key, [])
        for index, name in enumerate([values] if isinstance(values, str) else values):
            if name not in found:
                found.add(name)
                yield (f"/{key}" if isinstance(values, str) else f"/{key}/{index}"), name


def _claim(seen: dict[str, str], key: str, loaded: Loaded, pointer: str, fix: str) -> None:
    place = loaded.place(pointer)
    if key in seen:
        kind, _, name = key.partition(" ")
        raise SettingsError(f"the {kind} {name!r} is taken by {seen[key]}", place=place, fix=fix)
    seen[key] = place
