"""Faults and hostile input to export and validation, counted.

    python -m tests.gold.faults [--quick] [ROW ...]

prints a line a row: what was tried, and in how many of how many cases it went as it must. Ends with 1 when
one did not. ``test_faults.py`` runs the rows with fewer cases.
"""

from __future__ import annotations

from tests.gold.faults.hostile import ids, patterns, references, versions, yaml_bombs
from tests.gold.faults.spoilt import flips, manifests, worlds
from tests.gold.faults.steps import read_only, steps
from tests.tally import Row

ROWS: dict[str, Row] = {
    "steps": steps, "flips": flips, "worlds": worlds, "ids": ids, "yaml": yaml_bombs,
    "references": references, "patterns": patterns, "manifests": manifests, "read-only": read_only,
    "versions": versions,
}  # fmt: skip
