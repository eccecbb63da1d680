"""Tables that other tools and spreadsheets read: quoted where it must be, no cell that runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from toolkit.files import replacing
from toolkit.gold.dataset import Written
from toolkit.gold.formats.csv import defuse

Cell = str | int | None


def write_table(
    path: Path, columns: Sequence[str], rows: Iterable[Sequence[Cell]], *, delimiter: str = ","
) -> tuple[int, int]:
    """Write a header and the rows in UTF-8 with LF; gives how many rows there are and cells were defused.

    A cell that is None is empty. ``toolkit.gold.formats.csv.restore`` takes an apostrophe off again.
    """
    count = defused = 0
    with replacing(path) as stream:
        text = io.TextIOWrapper(stream, "utf-8", newline="", write_through=True)
        table = csv.writer(text, delimiter=delimiter, lineterminator="\n")
        table.writerow(columns)
        for row in rows:
            cells = [defuse(cell) if isinstance(cell, str) else cell for cell in row]
            table.writerow(cells)
            count += 1
            defused += sum(one != other for one, other in zip(row, cells, strict=True))
        text.detach()
    return count, defused


def described(path: str, counts: tuple[int, int], notes: Iterable[str]) -> Written:
    """What the manifest says of such a table."""
    rows, defused = counts
    said = [f"{defused} cells start with an apostrophe that keeps spreadsheets from running them"]
    return Written(path, rows, (*notes, *(said if defused else ())))
