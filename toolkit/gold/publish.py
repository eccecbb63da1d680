"""Putting a finished dataset in its place: all files are on disk before the first one is moved."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from toolkit.errors import DataError
from toolkit.files import naming
from toolkit.gold import manifest as manifests
from toolkit.model import Manifest


def owned(to: Path) -> Manifest | None:
    """The manifest of an older export of ours in the folder; None when the folder is empty or missing.

    Raises ``DataError`` when there are files that are no export of ours.
    """
    if not to.is_dir() or not any(to.iterdir()):
        if to.exists() and not to.is_dir():
            raise DataError("is a file", place=str(to), fix="name a folder")
        return None
    try:
        return manifests.load(to)
    except DataError as error:
        raise DataError(
            "the folder has files but no manifest of an export of ours", place=str(to),
            fix="name a new folder, or empty this one",
        ) from error  # fmt: skip


@contextmanager
def staging(to: Path) -> Iterator[Path]:
    """A hidden folder beside the target that is empty at first and gone at the end.

    What a killed run left there is removed. Raises ``DataError`` when another export to the same
    place is under way, or the place cannot be written.
    """
    import fcntl

    folder = to.parent / f".{to.name}.part"
    with naming(to):
        to.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(exist_ok=True)
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        try:
            # The lock goes with the process, so a killed one leaves nothing that blocks the next.
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DataError(
                "another export is writing here", place=str(to), fix="wait for it to end"
            ) from error
        try:
            with naming(to):
                for path in folder.iterdir():
                    path.unlink() if path.is_symlink() or not path.is_dir() else shutil.rmtree(path)
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


def publish(folder: Path, to: Path, *, names: Sequence[str], old: Manifest | None) -> None:
    """Move the files of ``folder`` (``names``, the manifest last) to their place.

    A new dataset appears as a whole. In an older one each file is replaced by its new version, what
    only the old manifest names is removed, and the manifest comes last. When that is cut short, the
    folder does not validate, and the same export again puts it right.
    """
    with naming(to):
        if old is None:
            folder.replace(to)
            _sync(to.parent)
            return
        parents = _parents(names, to)
        for name in names[:-1]:
            (folder / name).replace(to / name)
        # Before the manifest: a run killed here still finds the old one and what it names.
        for file in old.files:
            path = manifests.inside(to, file.path)
            if path is not None and file.path not in names and path.is_file():
                path.unlink()
                _remove_empty(path.parent, to)
        (folder / names[-1]).replace(to / names[-1])
        for parent in parents:
            _sync(parent)


def _parents(names: Sequence[str], to: Path) -> list[Path]:
    """The folders of these files, made where they are missing, before anything is moved.

    Raises ``DataError``, and nothing is made, when a link or a file stands in the place of one.
    """
    parents = sorted({(to / name).parent for name in names}, reverse=True)
    for parent in parents:
        for place in (parent, *parent.parents):
            if place == to:
                break
            if place.is_symlink():
                raise DataError("is a link in the dataset's folder", place=str(place), fix="remove that link")
        if parent.exists() and not parent.is_dir():
            raise DataError("is a file", place=str(parent), fix="move it elsewhere")
    for parent in parents:
        parent.mkdir(parents=True, exist_ok=True)
    return parents


def _remove_empty(folder: Path, to: Path) -> None:
    """A format's own folder goes with its last file."""
    while folder != to and not any(folder.iterdir()):
        folder.rmdir()
        folder = folder.parent


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
