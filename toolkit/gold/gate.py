"""The gate: five figures of a dataset, each held against a threshold of ``project.yaml``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from toolkit.config import Settings
from toolkit.errors import DataError
from toolkit.files import Progress, read_records
from toolkit.gold import manifest as manifests
from toolkit.gold.diff import compare
from toolkit.gold.releases.release import last
from toolkit.gold.validation import check_files
from toolkit.model import Issue, Manifest

State = Literal["passed", "crossed", "not asked", "not measured"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure; ``threshold`` None asks nothing of it, ``value`` None is not known, ``basis`` says why or
    from what."""

    name: str
    value: float | None
    threshold: float | None
    bound: Literal["at most", "at least"]
    basis: str

    @property
    def state(self) -> State:
        """How the figure stands to its threshold."""
        if self.value is None:
            return "not measured"
        if self.threshold is None:
            return "not asked"
        kept = self.value <= self.threshold if self.bound == "at most" else self.value >= self.threshold
        return "passed" if kept else "crossed"


def measure(
    folder: Path, *, settings: Settings, since: Path | None = None, on_progress: Progress | None = None
) -> Iterator[Measure | Issue]:
    """The figures of a dataset folder, and before them the errors that ``validate`` finds in it.

    ``since`` is the release to measure drift against; else it is the last one beside the folder. Raises
    ``DataError`` when the folder has no manifest of ours.
    """
    manifest, gate = manifests.load(folder), settings.gate
    errors = 0
    for issue in check_files([str(folder)], on_progress=on_progress):
        if issue.severity == "error":
            errors += 1
            yield issue
    yield Measure("errors", errors, gate.errors, "at most", "errors of `factcheck validate`")
    yield _unreviewed(manifest, gate.unreviewed)
    yield _precision(manifest, gate.precision)
    yield _agreement(folder, gate.agreement)
    yield _drift(folder, manifest, gate.drift, since)


def _unreviewed(manifest: Manifest, threshold: float | None) -> Measure:
    counts = manifest.counts
    given = counts.claims + sum(counts.left_out.values())
    waiting = counts.left_out.get("pre_annotated", 0) + counts.by_status.get("pre_annotated", 0)
    share = waiting / given if given else None
    return Measure("unreviewed", share, threshold, "at most", f"{waiting} of {given} claims given to export")


def _precision(manifest: Manifest, threshold: float | None) -> Measure:
    """accepted / (accepted + corrected + rejected); claims that people added say nothing of rules."""
    both = {**manifest.counts.by_status, "rejected": manifest.counts.left_out.get("rejected", 0)}
    accepted, corrected, rejected = (both.get(name, 0) for name in ("accepted", "corrected", "rejected"))
    judged = accepted + corrected + rejected
    basis = f"{accepted} accepted, {corrected} corrected, {rejected} rejected"
    return Measure("precision", accepted / judged if judged else None, threshold, "at least", basis)


def _agreement(folder: Path, threshold: float | None) -> Measure:
    """The mean of ``review.agreement`` over the claims that have one."""
    total, count, path = 0.0, 0, folder / "claims.jsonl"
    for line in read_records(path) if path.is_file() else ():
        if not isinstance(line, Issue):
            review = line.record.get("review")
            found = review.get("agreement") if isinstance(review, dict) else None
            if isinstance(found, int | float):
                total, count = total + found, count + 1
    basis = f"mean of {count} claims" if count else "no claim has one"
    return Measure("agreement", total / count if count else None, threshold, "at least", basis)


def _drift(folder: Path, manifest: Manifest, threshold: float | None, since: Path | None) -> Measure:
    before = last(folder, manifest.name, manifest.release, since)
    if before is None:
        return Measure("drift", None, threshold, "at most", "no earlier release beside it")
    try:
        with compare(before[0], folder) as diff:
            found = diff.summary()
    except DataError as error:
        return Measure("drift", None, threshold, "at most", str(error))
    basis = f"since {before[1].release}: {found.of_substance} changed, {found.removed} gone of {found.old}"
    return Measure("drift", found.drift, threshold, "at most", basis)
