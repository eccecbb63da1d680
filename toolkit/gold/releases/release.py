"""Releases: a dataset under a version that stays as it is, with what changed since the one before."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from toolkit.errors import DataError, SettingsError
from toolkit.files import replacing
from toolkit.gold import manifest as manifests
from toolkit.gold.dataset import Dataset, Written
from toolkit.gold.diff import Change, Diff, Kind, Summary, file_of, fill
from toolkit.gold.quotes import cut, cut_record
from toolkit.gold.releases.splits import Plan
from toolkit.model import Manifest
from toolkit.spool import spool

CHANGES = "CHANGES.md"
LISTED = 200
_VERSION = re.compile(r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Release:
    """What a dataset gets beyond a plain export; each part is independent of the others.

    ``version`` (major.minor.patch) adds the change list against ``since``, or against the last release found
    beside the dataset. ``split`` divides the documents. ``quote_chars`` leaves article texts out and cuts
    quotes to that many code points.
    """

    version: str | None = None
    since: Path | None = None
    split: Plan | None = None
    quote_chars: int | None = None


PLAIN = Release()


def number(version: str) -> tuple[int, int, int]:
    """The version as numbers that can be compared. Raises ``SettingsError`` when it is none."""
    found = _VERSION.fullmatch(version)
    if found is None:
        raise SettingsError(f"{version!r} is no version", fix="give major.minor.patch, for instance 1.2.0")
    return int(found[1]), int(found[2]), int(found[3])


def last(to: Path, name: str, version: str | None, since: Path | None = None) -> tuple[Path, Manifest] | None:
    """The release to compare with: ``since``, else the highest one of this name beside ``to`` and below
    ``version``; None when there is none.

    Raises ``DataError`` when ``since`` is no release, or the claims of the one found were changed.
    """
    if since is not None:
        found = manifests.load(since)
        if found.release is None:
            raise DataError("is no release", place=str(since), fix="name a folder made with --release")
        return _sound(since, found)
    best: tuple[tuple[int, int, int], Path, Manifest] | None = None
    for folder, manifest in _beside(to):
        if manifest.name == name and manifest.release is not None:
            here = number(manifest.release)
            below = version is None or here < number(version)
            if below and (best is None or (here, str(folder)) > (best[0], str(best[1]))):
                best = (here, folder, manifest)
    return _sound(best[1], best[2]) if best else None


def refuse_other(to: Path, old: Manifest | None, version: str | None) -> None:
    """A release is never written over by another, nor by a plain export."""
    if old is not None and old.release is not None and old.release != version:
        raise DataError(
            f"holds release {old.release}", place=str(to), fix="name a new folder; a release stays as it is"
        )


class ChangeList:
    """The format of ``CHANGES.md``."""

    def __init__(self, how: Release, before: tuple[Path, Manifest] | None) -> None:
        self._version, self._before = how.version or "", before
        quotes = before[1].quotes if before else None
        lengths = [how.quote_chars, quotes.max_chars if quotes else None]
        self._most = min((length for length in lengths if length is not None), default=None)

    def write(self, dataset: Dataset, folder: Path) -> Iterator[Written]:
        """Write the change list; what is too long for it is counted in it."""
        with replacing(folder / CHANGES) as stream:
            records = 0
            for line in self._lines(dataset):
                stream.write(f"{line}\n".encode())
                records += line.startswith("- `claim-")
        yield Written(CHANGES, records)

    def _lines(self, dataset: Dataset) -> Iterator[str]:
        if self._before is None:
            yield from (f"# Changes in {self._version}", "", "The first release.")
            return
        path, manifest = self._before
        yield from (f"# Changes in {self._version}", "", f"Since {manifest.release}:", "")
        with spool() as old, spool() as new:
            fill(old, file_of(path), "claim_id", most=self._most)
            for record in dataset.claims():
                if self._most is not None:
                    cut_record(record, self._most)
                new.add(record["claim_id"], record)
            diff = Diff(old, new, "claim_id")
            found = diff.summary()
            yield from _counts(found)
            yield from _list("added", "Added", found.added, diff)
            yield from _list("removed", "Removed", found.removed, diff)
            yield from _list("changed", "Changed", found.changed, diff)


def _counts(found: Summary) -> Iterator[str]:
    yield f"{found.old} claims then, {found.new} now: {found.added} added, {found.removed} removed,"
    yield f"{found.changed} changed ({found.of_substance} of them in what they say)."
    if found.fields:
        yield ""
        named = ", ".join(f"`{_code(name)}` in {count}" for name, count in found.fields.items())
        yield f"Changed fields: {named}."


def _list(kind: Kind, title: str, count: int, diff: Diff) -> Iterator[str]:
    if not count:
        return
    yield from ("", f"## {title}", "")
    for change in islice((one for one in diff if one.kind == kind), LISTED):
        yield _line(change)
    if count > LISTED:
        yield f"\n… and {count - LISTED} more: `factcheck diff` lists all."


def _line(change: Change) -> str:
    places = [one.pointer for one in change.fields]
    more = f" and {len(places) - 6} more" if len(places) > 6 else ""
    fields = f": {', '.join(f'`{_code(place)}`' for place in places[:6])}{more}" if places else ""
    return f"- `{_code(change.record)}` “{_plain(cut(change.about, 100))}”{fields}"


def _code(text: str) -> str:
    """A name between backticks, where nothing else is obeyed."""
    return "".join(char for char in text if char.isprintable() and char != "`")


def _plain(text: str) -> str:
    """Words of articles as words: nothing that Markdown or a page made of it would obey."""
    shown = "".join(char if char.isprintable() else " " for char in text)
    return re.sub(r"([\\`*_\[\]|!#~])", r"\\\1", html.escape(" ".join(shown.split()), quote=False))


def _beside(to: Path) -> Iterator[tuple[Path, Manifest]]:
    """Other datasets of ours in the same folder; what cannot be read is none."""
    here = to.resolve()
    if not here.parent.is_dir():
        return
    for folder in sorted(here.parent.iterdir()):
        if folder != here and not folder.name.startswith(".") and (folder / manifests.MANIFEST).is_file():
            try:
                yield folder, manifests.load(folder)
            except DataError:
                continue


def _sound(folder: Path, manifest: Manifest) -> tuple[Path, Manifest]:
    """The release, once its claims are seen to be those it was made with."""
    file = next((file for file in manifest.files if file.path == "claims.jsonl"), None)
    path = Path(file_of(folder))
    if file is None or manifests.fingerprint(path).sha256 != file.sha256:
        raise DataError(
            "was changed after its release, so nothing can be compared with it", place=str(path),
            fix="put the original back",
        )  # fmt: skip
    return folder, manifest
