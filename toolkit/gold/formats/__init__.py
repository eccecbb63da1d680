"""One small file for each format that datasets are written in.

A format is a function ``write(dataset, folder)`` that writes its files into the folder and gives a
``Written`` for each. Adding a format is adding a file here and a line to ``FORMATS``.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from toolkit.errors import SettingsError
from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.formats import csv, jsonl, parquet

Writer = Callable[[Dataset, Path], Iterator[Written]]

FORMATS: dict[str, Writer] = {"jsonl": jsonl.write, "csv": csv.write, "parquet": parquet.write}


def chosen(names: Sequence[str]) -> dict[str, Writer]:
    """The formats of these names, each once, in the order of ``FORMATS``.

    Raises ``SettingsError`` when a name is unknown or there is none.
    """
    known = ", ".join(FORMATS)
    for name in names:
        if name not in FORMATS:
            close = difflib.get_close_matches(name, FORMATS, n=1)
            hint = f"did you mean {close[0]!r}? " if close else ""
            raise SettingsError(f"unknown format {name!r}", fix=f"{hint}known formats: {known}")
    if not names:
        raise SettingsError("no format", fix=f"name at least one of {known}")
    return {name: writer for name, writer in FORMATS.items() if name in names}
