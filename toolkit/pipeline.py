"""The table of contents: every stage as one function, composed of the packages named after them.

Each function takes and gives iterators of model records, so memory does not grow with the input. A
bad article or record comes out as an :class:`~toolkit.model.Issue` in its place; the rest goes on.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from toolkit import resources
from toolkit.errors import DataError


def init(folder: Path) -> Iterator[Path]:
    """Make a working project in ``folder`` and give every file written; existing files are kept.

    Raises ``DataError`` when the folder cannot be written.
    """
    source = resources.configs()
    for path in sorted(source.rglob("*")):
        target = folder / "configs" / path.relative_to(source)
        if path.is_file() and not target.exists():
            try:
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)
            except OSError as error:
                raise DataError(
                    error.strerror or str(error), place=str(target), fix="choose a folder you may write"
                ) from error
            yield target
