"""What the paths on a command line mean: files, folders, globs and standard input."""

from __future__ import annotations

import glob
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from toolkit.ingest.metadata import SIDECAR
from toolkit.model import Issue

STDIN = "-"
SHOWN = 5


def expand(paths: Iterable[str], suffixes: Collection[str]) -> Iterator[Path | Issue]:
    """The files behind ``paths`` in order; STDIN stays the path ``-``.

    A folder means every file below it that has one of ``suffixes`` (lower case), sorted by name; what
    is left out of a folder is one warning. A path that leads nowhere is an error.
    """
    for path in paths:
        if path == STDIN:
            yield Path(STDIN)
        elif Path(path).exists():
            yield from _existing(Path(path), suffixes)
        else:
            yield from _pattern(path, suffixes)


def _existing(path: Path, suffixes: Collection[str]) -> Iterator[Path | Issue]:
    if path.is_dir():
        yield from _folder(path, suffixes)
    elif path.suffix.lower() in suffixes:
        yield path
    else:
        yield Issue(
            check="file/type", path=str(path), message=f"unknown type {path.suffix or '(no suffix)'!r}",
            fix=f"known are {', '.join(sorted(suffixes))}; or give plain text on standard input with -",
        )  # fmt: skip


def _pattern(path: str, suffixes: Collection[str]) -> Iterator[Path | Issue]:
    is_pattern = glob.has_magic(path)
    # Path.glob takes no absolute patterns.
    found = sorted(glob.glob(path, recursive=True)) if is_pattern else []  # noqa: PTH207
    for each in found:
        yield from _existing(Path(each), suffixes)
    if not found:
        yield Issue(
            check="file/missing", path=path,
            message="nothing matches this pattern" if is_pattern else "no such file or folder",
            fix="check the spelling, and the folder you are in",
        )  # fmt: skip


def _folder(folder: Path, suffixes: Collection[str]) -> Iterator[Path | Issue]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    known = [path for path in files if path.suffix.lower() in suffixes and not path.name.startswith(".")]
    stems = {path.with_suffix("") for path in known}
    left_out = [
        path for path in files
        if path not in set(known) and not (path.suffix == SIDECAR and path.with_suffix("") in stems)
    ]  # fmt: skip
    yield from known
    if left_out:
        names = ", ".join(str(path.relative_to(folder)) for path in left_out[:SHOWN])
        more = f" and {len(left_out) - SHOWN} more" if len(left_out) > SHOWN else ""
        yield Issue(
            severity="warning", check="file/left-out", path=str(folder),
            message=f"not read, unknown type: {names}{more}",
            fix=f"known are {', '.join(sorted(suffixes))}",
        )  # fmt: skip
    if not known:
        yield Issue(
            check="file/none", path=str(folder), message="no article in this folder",
            fix=f"put files in it that end in {', '.join(sorted(suffixes))}",
        )  # fmt: skip
