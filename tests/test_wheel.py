"""A wheel alone is enough: installed in an empty folder it makes a project and suggests claims."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

REPO = Path(__file__).parent.parent
ARTICLE = (
    "Fire kills two at mill\n\nPolice said on Monday that at least two workers were killed in the fire.\n"
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built wheel, unpacked where no checkout is near."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=REPO, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = folder.glob("*.whl")
    site = folder / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    return site


def factcheck(site: Path, folder: Path, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "toolkit", *args], cwd=folder, capture_output=True, text=True, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(site)},
    )  # fmt: skip


def test_init_and_prelabel_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    where = subprocess.run(
        [sys.executable, "-c", "import toolkit; print(toolkit.__file__)"], cwd=tmp_path, text=True,
        env={"PYTHONPATH": str(installed), "PATH": os.environ["PATH"]}, capture_output=True, check=True,
    )  # fmt: skip
    assert where.stdout.startswith(str(installed))
    done = factcheck(installed, tmp_path, "init")
    assert done.returncode == 0, done.stderr
    (tmp_path / "fire.txt").write_text(ARTICLE, "utf-8")
    done = factcheck(installed, tmp_path, "prelabel", "fire.txt", "--out", "drafts.jsonl")
    assert done.returncode == 0, done.stderr
    draft = json.loads((tmp_path / "drafts.jsonl").read_text("utf-8"))
    assert {claim["quantity"]["low"] for claim in draft["claims"] if claim["quantity"]} == {2}


def test_the_wheel_carries_what_the_demo_needs(installed: Path) -> None:
    data = installed / "toolkit" / "_data"
    assert (data / "schemas" / "claim.schema.json").is_file()
    assert (data / "configs" / "labeling" / "claims.xml").is_file()
    assert (data / "corpus" / "gold.jsonl").is_file()
    assert list((data / "corpus" / "articles").iterdir())
    assert (installed / "toolkit" / "py.typed").is_file()
