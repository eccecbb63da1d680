"""The gate: each figure is what it says, thresholds are those of project.yaml, the exit code tells."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run
from tests.gold.build import many, write
from toolkit.config import GateSettings, Settings
from toolkit.gold import measure, write_dataset
from toolkit.gold.gate import Measure
from toolkit.gold.releases.release import PLAIN, Release
from toolkit.model import Claim, Issue
from toolkit.model.claim import ReviewStatus

STATUSES: list[ReviewStatus] = [
    "accepted", "accepted", "accepted", "corrected", "corrected", "added", "rejected", "rejected",
    "rejected", "pre_annotated",
]  # fmt: skip


def reviewed(count: int = 10, agreement: float | None = None) -> list[Claim]:
    _, claims = many(count)
    return [
        replace(claim, review=replace(claim.review, status=status, agreement=agreement))
        for claim, status in zip(claims, STATUSES, strict=False)
    ]


def dataset(folder: Path, claims: list[Claim], to: str = "set", release: Release = PLAIN) -> Path:
    path = write(folder / "c.jsonl", claims)
    write_dataset(path, to=folder / to, settings=Settings(), formats=["jsonl"], release=release)
    return folder / to


def figures(folder: Path, gate: GateSettings | None = None, **more: Any) -> dict[str, Measure]:
    found = measure(folder, settings=Settings(gate=gate or GateSettings()), **more)
    return {one.name: one for one in found if isinstance(one, Measure)}


def test_the_figures(tmp_path: Path) -> None:
    found = figures(dataset(tmp_path, reviewed(agreement=0.75)))
    assert {name: one.value for name, one in found.items()} == {
        "errors": 0, "unreviewed": 0.1, "precision": 3 / 8, "agreement": 0.75, "drift": None,
    }  # fmt: skip
    assert found["precision"].basis == "3 accepted, 2 corrected, 3 rejected"
    assert {name: one.state for name, one in found.items()} == {
        "errors": "passed", "unreviewed": "passed", "precision": "not asked", "agreement": "not asked",
        "drift": "not measured",
    }  # fmt: skip


def test_drift_is_what_is_gone_or_says_something_else(tmp_path: Path) -> None:
    _, claims = many(10)
    dataset(tmp_path, claims, "s-1.0.0", Release("1.0.0"))
    now = [
        replace(claims[0], stance="withhold"),
        replace(claims[1], review=replace(claims[1].review, status="corrected")),
        replace(claims[2], provenance=replace(claims[2].provenance, task=99)),
        *claims[3:9],
    ]
    plain = dataset(tmp_path, now, "now")
    assert figures(plain)["drift"].value == 2 / 10
    assert figures(plain)["drift"].basis == "since 1.0.0: 1 changed, 1 gone of 10"
    dataset(tmp_path, now, "s-1.1.0", Release("1.1.0"))
    assert figures(plain)["drift"].value == 0
    assert figures(plain, since=tmp_path / "s-1.0.0")["drift"].value == 0.2
    assert figures(tmp_path / "s-1.1.0")["drift"].value == 0.2
    assert figures(tmp_path / "s-1.0.0")["drift"].state == "not measured"


@pytest.mark.parametrize(
    ("gate", "crossed"),
    [
        (GateSettings(), set()),
        (GateSettings(unreviewed=0.09), {"unreviewed"}),
        (GateSettings(precision=0.375, agreement=0.7501), {"agreement"}),
        (GateSettings(precision=0.376, agreement=-1, drift=0), {"precision"}),
    ],
)
def test_thresholds(tmp_path: Path, gate: GateSettings, crossed: set[str]) -> None:
    found = figures(dataset(tmp_path, reviewed(agreement=0.75)), gate)
    assert {name for name, one in found.items() if one.state == "crossed"} == crossed


def test_errors_are_counted_and_given(tmp_path: Path) -> None:
    folder = dataset(tmp_path, reviewed())
    raw = (folder / "claims.jsonl").read_bytes()
    (folder / "claims.jsonl").write_bytes(raw[:-40])
    found = list(measure(folder, settings=Settings()))
    issues = [one for one in found if isinstance(one, Issue)]
    (errors,) = [one for one in found if isinstance(one, Measure) and one.name == "errors"]
    assert errors.value == len(issues) > 1
    assert errors.state == "crossed"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A project whose dataset is where the gate looks by itself."""
    (tmp_path / "configs").mkdir()
    settings = 'schema_version: "1"\nname: floods\ngate:\n  precision: 0.3\n  drift: null\n'
    (tmp_path / "configs" / "project.yaml").write_text(settings, "utf-8")
    dataset(tmp_path, reviewed(), "exports/floods")
    return tmp_path


def test_the_command(desk: Path, run: Run) -> None:
    done = run("gate")
    assert done.returncode == 0, done.stderr
    assert done.stderr == "no threshold crossed\n"
    for words in ("precision", "0.375", "at least 0.3", "passed", "not measured"):
        assert words in done.stdout
    path = desk / "configs" / "project.yaml"
    path.write_text(path.read_text("utf-8").replace("0.3", "0.4"), "utf-8")
    crossed = run("gate", "exports/floods", "--format", "json")
    assert crossed.returncode == 1
    assert crossed.stderr == "crossed: precision\n"
    said = json.loads(crossed.stdout)
    assert not said["passed"]
    (precision,) = [one for one in said["measures"] if one["name"] == "precision"]
    assert (precision["value"], precision["threshold"], precision["state"]) == (0.375, 0.4, "crossed")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("  precison: 0.3", "did you mean 'precision'?"),
        ("  precision: 3", "3 is greater than the maximum of 1"),
        ("  errors: -1", "-1 is less than the minimum of 0"),
    ],
)
def test_wrong_thresholds_are_one_line(desk: Path, run: Run, line: str, said: str) -> None:
    path = desk / "configs" / "project.yaml"
    path.write_text(f'schema_version: "1"\ngate:\n{line}\n', "utf-8")
    done = run("gate", "exports/floods")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert "project.yaml:3" in done.stderr
    assert said in done.stderr


def test_no_dataset_is_one_line(desk: Path, run: Run) -> None:
    for args in (["nowhere"], ["exports/floods", "--since", "nowhere"], ["exports/floods/manifest.json"]):
        done = run("gate", *args)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert "Fix: " in done.stderr


def test_a_broken_dataset_is_measured_as_far_as_it_goes(desk: Path, run: Run) -> None:
    path = desk / "exports" / "floods" / "claims.jsonl"
    path.write_bytes(path.read_bytes()[:-40])
    done = run("gate")
    assert done.returncode == 1
    assert "claims.jsonl:6: not JSON" in done.stderr
    assert done.stderr.splitlines()[-1] == "crossed: errors"
    assert "Traceback" not in done.stderr
