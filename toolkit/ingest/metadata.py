"""What is known of an article: sidecar files, and one clean form for every value."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from toolkit import safe_yaml
from toolkit.errors import SettingsError
from toolkit.ingest.article import METADATA, Article, RefusedError
from toolkit.ingest.dates import iso_date
from toolkit.model import Issue

SIDECAR = ".yaml"
MAX_CHARS = 2000
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def sidecar_of(path: Path) -> Path:
    """Where the metadata of an article file is looked for: ``report.yaml`` beside ``report.txt``."""
    return path.with_suffix(SIDECAR)


def read_sidecar(path: Path) -> dict[str, Any]:
    """The metadata in the sidecar of the article ``path``; empty when it has none.

    Raises ``SettingsError`` with line and fix when a key is unknown or a value is no text.
    """
    side = sidecar_of(path)
    if not side.is_file():
        return {}
    loaded = safe_yaml.load(side)
    values = {} if loaded.value is None else loaded.value
    if not isinstance(values, dict):
        raise SettingsError("not a mapping", place=loaded.place(), fix='write lines like title: "…"')
    for key, value in values.items():
        if key not in METADATA:
            close = difflib.get_close_matches(key, METADATA, n=1)
            raise SettingsError(
                f"unknown key {key!r}", place=loaded.place(f"/{key}"),
                fix=f"did you mean {close[0]!r}?" if close else f"known keys: {', '.join(METADATA)}",
            )  # fmt: skip
        if value is not None and not isinstance(value, str):
            raise SettingsError(
                f"{key} is not text", place=loaded.place(f"/{key}"), fix="put the value in quotes"
            )
    return {key: value for key, value in values.items() if value is not None}


def clean(article: Article) -> Iterator[tuple[str, str] | Issue]:
    """Each value in its one form, as (field, value); a value that has none is a warning and left out.

    Titles and names lose line breaks and control characters, URLs are http(s), dates ISO 8601,
    languages BCP 47.
    """
    for name in METADATA:
        value = article.metadata.get(name)
        if value is None or value == "":
            continue
        try:
            text = _text(value)
            if text:
                yield name, _CLEANERS.get(name, _as_it_is)(text)
        except RefusedError as refused:
            yield article.warning(
                f"metadata/{name}", f"{name} left out: {refused.problem}", fix=refused.fix, found=value
            )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise RefusedError("", f"{value!r:.60} is not text", fix="put it in quotes")
    if len(value) > MAX_CHARS:
        raise RefusedError("", f"longer than {MAX_CHARS} characters", fix="shorten it")
    spaced = "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in value)
    return " ".join(unicodedata.normalize("NFC", spaced).split())


def _as_it_is(value: str) -> str:
    return value


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        web = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        web = False
    if not web or " " in value:
        raise RefusedError("", f"{value!r:.80} is not a web address", fix="begin with https://")
    return value


def _published(value: str) -> str:
    found = iso_date(value)
    if found is None:
        raise RefusedError("", f"{value!r:.60} is not one certain date", fix="write it as 2024-07-31")
    return found


def _language(value: str) -> str:
    tag = value.replace("_", "-")
    if not _LANGUAGE.fullmatch(tag):
        raise RefusedError("", f"{value!r:.40} is not a language tag", fix="write it as en or pt-BR")
    return tag


_CLEANERS = {"url": _url, "published_at": _published, "language": _language}
