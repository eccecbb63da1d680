"""Issues found before: a report of validation read again, or records that are validated now."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from toolkit.errors import DataError
from toolkit.files import naming
from toolkit.gold.validation import check_files
from toolkit.model import Issue, from_record

_FIX = "give what `factcheck validate --format json` wrote"


def issues_of(path: str, documents: Sequence[str] = ()) -> Iterator[Issue]:
    """The issues in a JSON array (``-`` is stdin), or those that validation finds in a file of records.

    ``documents`` are files with the texts that claims point into.

    Raises ``DataError`` when the file cannot be read or is neither.
    """
    with naming(path):
        content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    if not content.strip():
        raise DataError("nothing in it", place=path, fix=_FIX)
    if not content.lstrip().startswith(b"["):
        if path == "-":
            raise DataError("records on stdin", place=path, fix="give the records as a file")
        yield from check_files([path], documents=documents)
        return
    try:
        yield from [from_record(Issue, record) for record in json.loads(content)]
    except (ValueError, TypeError, KeyError) as error:
        raise DataError("no list of issues", place=path, fix=_FIX) from error
