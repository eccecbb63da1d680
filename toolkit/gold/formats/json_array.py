"""One JSON array, an element a line, written without holding it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from toolkit.files import replacing, to_json


def write_array(path: Path, records: Iterable[dict[str, Any]]) -> int:
    """Write the array and return how many elements it has. Raises like ``replacing``."""
    count = 0
    with replacing(path) as stream:
        for record in records:
            stream.write(b",\n" if count else b"[\n")
            stream.write(to_json(record).encode("utf-8"))
            count += 1
        stream.write(b"\n]\n" if count else b"[]\n")
    return count
