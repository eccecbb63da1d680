"""The manifest of a dataset folder: written, read back, and held against what lies beside it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from toolkit import schema
from toolkit.errors import DataError
from toolkit.files import naming, parse_object
from toolkit.gold.fault import Fault, Place
from toolkit.model import DatasetFile, Issue, Manifest, from_record, to_record

MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
MAX_BYTES = 16 * 1024 * 1024
AGAIN = "export the dataset again"


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Size in bytes and SHA-256 of a file."""

    bytes: int
    sha256: str


def fingerprint(path: Path) -> Fingerprint:
    """Read a file through. Raises ``DataError`` when it cannot be read."""
    with naming(path), path.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256")
        return Fingerprint(stream.tell(), found.hexdigest())


def to_bytes(manifest: Manifest) -> bytes:
    """The manifest as it stands in its file; the same manifest gives the same bytes."""
    return (json.dumps(to_record(manifest), ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def sums(manifest: Manifest, raw: bytes) -> bytes:
    """What ``sha256sum --check`` reads: the digest of every file and of the manifest (``raw``) itself."""
    digests = {file.path: file.sha256 for file in manifest.files} | {
        MANIFEST: hashlib.sha256(raw).hexdigest()
    }
    return "".join(f"{digests[name]}  {name}\n" for name in sorted(digests)).encode("utf-8")


def load(folder: Path) -> Manifest:
    """The manifest of a dataset folder of ours.

    Raises ``DataError`` naming the first thing that is wrong with it.
    """
    path = folder / MANIFEST
    try:
        record = parse_object(_raw(path))
    except ValueError as error:
        raise DataError(str(error), place=str(path), fix=AGAIN) from error
    for problem in schema.problems("manifest", record):
        raise DataError(
            f"{problem.pointer or '/'}: {problem.message}", place=str(path), fix=problem.fix or AGAIN
        )
    manifest = from_record(Manifest, record)
    if manifest.claim_schema != schema.urn("claim"):
        raise DataError(
            f"/claim_schema: {manifest.claim_schema!r} is not {schema.urn('claim')!r}", place=str(path),
            fix="use the toolkit version that wrote it",
        )  # fmt: skip
    return manifest


def inside(folder: Path, name: str) -> Path | None:
    """The file of a manifest entry; None when the name leads out of the folder or through a link."""
    pure = PurePosixPath(name)
    if not pure.parts or pure.is_absolute() or ".." in pure.parts or {"\\", "\0"} & set(name):
        return None
    path = folder.joinpath(*pure.parts)
    return path if path.resolve() == folder.resolve().joinpath(*pure.parts) else None


def check_files(folder: Path, manifest: Manifest) -> Iterator[Issue]:
    """Hold sizes, digests and names in the manifest against the folder."""
    place = Place(str(folder / MANIFEST))
    named = {file.path for file in manifest.files}
    if len(named) != len(manifest.files):
        yield place.issue("manifest/file", Fault("/files", "names a file twice", AGAIN))
    for index, file in enumerate(manifest.files):
        for fault in _faults(folder, file, f"/files/{index}"):
            yield place.issue("manifest/file", fault)
    yield from _sums_issues(folder, manifest)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if (path.is_symlink() or not path.is_dir()) and name not in {*named, MANIFEST, SUMS}:
            fault = Fault("", "is not in the manifest", "move it elsewhere, or export again")
            yield Place(str(path)).issue("manifest/extra", fault)


def check_counts(
    folder: Path, manifest: Manifest, records: Mapping[str, int], statuses: Mapping[str, int]
) -> Iterator[Issue]:
    """Hold the manifest's counts against the records found, by file name and by review status."""
    place = Place(str(folder / MANIFEST))
    for index, file in enumerate(manifest.files):
        if file.path in records and records[file.path] != file.records:
            message = f"says {file.records} records, {file.path} has {records[file.path]}"
            yield place.issue(
                "manifest/counts", Fault(f"/files/{index}/records", message, AGAIN, file.records)
            )
    if "claims.jsonl" in records and dict(manifest.counts.by_status) != dict(statuses):
        shown = ", ".join(f"{count} {name}" for name, count in sorted(statuses.items())) or "none"
        yield place.issue(
            "manifest/counts",
            Fault("/counts/by_status", f"claims.jsonl has {shown}", AGAIN, manifest.counts.by_status),
        )
    for name, said in (("claims", manifest.counts.claims), ("documents", manifest.counts.documents)):
        found = records.get(f"{name}.jsonl")
        if found is not None and found != said:
            message = f"says {said}, {name}.jsonl has {found}"
            yield place.issue("manifest/counts", Fault(f"/counts/{name}", message, AGAIN, said))


def _raw(path: Path) -> bytes:
    with naming(path), path.open("rb") as stream:
        return stream.read(MAX_BYTES + 1)


def _faults(folder: Path, file: DatasetFile, pointer: str) -> Iterator[Fault]:
    path = inside(folder, file.path)
    if path is None:
        message = f"{file.path!r} leads out of the folder or through a link"
        yield Fault(f"{pointer}/path", message, AGAIN, file.path)
        return
    if not path.is_file():
        yield Fault(
            f"{pointer}/path", f"{file.path} is not in the folder", f"put it back or {AGAIN}", file.path
        )
        return
    found = fingerprint(path)
    if found.bytes != file.bytes:
        message = f"{file.path} has {found.bytes} bytes, not {file.bytes}"
        yield Fault(f"{pointer}/bytes", message, f"put the original back or {AGAIN}", file.bytes)
    elif found.sha256 != file.sha256:
        message = f"{file.path} was changed: its digest is {found.sha256}"
        yield Fault(f"{pointer}/sha256", message, f"put the original back or {AGAIN}", file.sha256)


def _sums_issues(folder: Path, manifest: Manifest) -> Iterator[Issue]:
    path = folder / SUMS
    place = Place(str(path))
    if not path.is_file():
        yield place.issue("manifest/sums", Fault("", "is missing", f"put it back or {AGAIN}"))
    elif _raw(path) != sums(manifest, _raw(folder / MANIFEST)):
        message = "does not agree with the manifest and its digests: one of the two was changed"
        yield place.issue("manifest/sums", Fault("", message, f"put the original back or {AGAIN}"))
