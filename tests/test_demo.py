"""The demo on a real server: the whole way, twice, and the dataset that the repository carries.

The golden dataset in exports/demo is refreshed by ``python -m tests.test_demo``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.conftest import Run
from toolkit import demo
from toolkit.studio.local import server
from toolkit.studio.local.server import ServerInfo

REPO = Path(__file__).parent.parent
GOLDEN = REPO / "exports" / "demo"
REFRESH = "refresh with: python -m tests.test_demo"


@pytest.fixture(scope="session")
def demo_folder(studio: ServerInfo) -> Path:
    """The folder of the session's server after `factcheck demo`; runs before anything else uses it."""
    folder = studio.log.parent.parent.parent
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", "demo"], cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (folder / "said.txt").write_text(done.stdout, "utf-8")
    return folder


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def claims(folder: Path) -> list[dict[str, Any]]:
    lines = (folder / "exports" / "demo" / "claims.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


def counts(studio: ServerInfo) -> dict[str, tuple[int, int, int]]:
    """Tasks, annotations and predictions of every project, as the server counts them."""
    answer = httpx.get(f"{studio.url}/api/projects/", headers={"Authorization": f"Token {studio.token}"})
    fields = ("task_number", "total_annotations_number", "total_predictions_number")
    return {one["title"]: tuple(one[field] for field in fields) for one in answer.json()["results"]}


def test_the_dataset_is_the_golden_one(demo_folder: Path) -> None:
    made = files(demo_folder / "exports" / "demo")
    golden = files(GOLDEN)
    assert sorted(made) == sorted(golden), REFRESH
    different = [name for name in made if made[name] != golden[name]]
    assert not different, f"{different} differ; if that is right, {REFRESH}"


def test_it_prints_where_to_go_on(demo_folder: Path, studio: ServerInfo) -> None:
    said = (demo_folder / "said.txt").read_text("utf-8")
    assert studio.url in said
    assert demo.PEOPLE[0] in said
    password = said.split("password", 1)[1].split()[0]
    with httpx.Client(base_url=studio.url) as client:
        client.get("/user/login/")
        form = {
            "email": demo.PEOPLE[0], "password": password,
            "csrfmiddlewaretoken": client.cookies["csrftoken"],
        }  # fmt: skip
        assert client.post("/user/login/", data=form).status_code == 302


def test_a_script_did_all_four_and_says_so(demo_folder: Path) -> None:
    found = claims(demo_folder)
    statuses = Counter(claim["review"]["status"] for claim in found)
    manifest = json.loads((demo_folder / "exports" / "demo" / "manifest.json").read_text("utf-8"))
    assert set(statuses) == {"accepted", "corrected", "added"}
    assert manifest["counts"]["left_out"]["rejected"] > 0
    assert manifest["counts"]["by_status"] == dict(statuses)
    for claim in found:
        (judgment,) = claim["review"]["judgments"]
        assert judgment["kind"] == "scripted"
        assert claim["provenance"]["origin"] in {"rule", "scripted"}


def test_it_says_what_the_sample_gold_says(demo_folder: Path) -> None:
    """Every gold claim is in the dataset with its words, figures, speaker and stance."""

    def essence(claim: dict[str, Any]) -> tuple[object, ...]:
        quantity, claimer = claim["quantity"], claim["claimer"]
        return (
            claim["doc_id"], claim["span"]["text"], claim["stance"], claim["effect"],
            quantity and (quantity["low"], quantity["high"], quantity["modifier"]),
            claimer and claimer["span"] and claimer["span"]["text"],
        )  # fmt: skip

    gold = [json.loads(line) for line in (REPO / "tests/corpus/gold.jsonl").read_text("utf-8").splitlines()]
    made = Counter(map(essence, claims(demo_folder)))
    missing = Counter(map(essence, gold)) - made
    assert missing.total() <= 2, missing


def test_running_it_again_adds_nothing(demo_folder: Path, studio: ServerInfo, run: Run) -> None:
    before, dataset = counts(studio)[demo.TITLE], files(demo_folder / "exports" / "demo")
    assert before[0] == before[1] == before[2] > 0
    done = run("demo", cwd=demo_folder)
    assert done.returncode == 0, done.stderr
    assert f"0 tasks added, {before[0]} there already" in done.stdout
    assert counts(studio)[demo.TITLE] == before
    assert files(demo_folder / "exports" / "demo") == dataset


def test_the_dataset_validates(demo_folder: Path, run: Run) -> None:
    done = run("validate", "exports/demo", cwd=demo_folder)
    assert done.returncode == 0, done.stdout


def test_the_scorecard_is_that_of_the_annotations(demo_folder: Path, studio: ServerInfo, run: Run) -> None:
    """Rule by rule the same as a plain loop over the records; links lead to the server's tasks."""
    work = ".factcheck/demo"
    done = run(
        "rules", "score", f"{work}/annotations.jsonl", "--drafts", f"{work}/drafts.jsonl", "--format", "json",
        cwd=demo_folder,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    plain: Counter[tuple[str, str]] = Counter()
    for line in (demo_folder / work / "annotations.jsonl").read_text("utf-8").splitlines():
        for claim in json.loads(line)["claims"]:
            for rule in claim["provenance"]["rule_ids"]:
                plain[rule, claim["review"]["status"]] += 1
    card = json.loads(done.stdout)
    told = {(one["rule"], status): one[status] for one in card["rules"] if one["of"] == "claims"
            for status in ("accepted", "corrected", "rejected") if one[status]}  # fmt: skip
    assert told == dict(plain)
    (costliest, *_) = card["rules"]
    link = costliest["tasks"][0]["link"]
    assert link.startswith(f"{studio.url}/projects/")
    task = link.rsplit("task=", 1)[1]
    answer = httpx.get(f"{studio.url}/api/tasks/{task}/", headers={"Authorization": f"Token {studio.token}"})
    assert answer.status_code == 200


def refresh() -> None:
    """Make exports/demo anew on a server of its own."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        try:
            subprocess.run([sys.executable, "-m", "toolkit", "demo"], cwd=folder, check=True)
        finally:
            server.stop(folder / ".factcheck")
        shutil.rmtree(GOLDEN, ignore_errors=True)
        shutil.copytree(folder / "exports" / "demo", GOLDEN)


if __name__ == "__main__":
    refresh()
