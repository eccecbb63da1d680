"""``factcheck validate`` and ``factcheck export`` as people run them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.gold.build import make_annotation, make_claim, make_document, make_draft, many, write
from toolkit.model import to_record

REPO = Path(__file__).parents[2]
EXAMPLES = Path(__file__).parent / "examples"


def factcheck(cwd: Path, *args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *args], cwd=cwd, input=stdin, capture_output=True, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(cwd), "PYTHONPATH": str(REPO)}, timeout=120,
    )  # fmt: skip
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    documents, claims = many(4)
    write(tmp_path / "claims.jsonl", claims)
    write(tmp_path / "documents.jsonl", documents)
    return tmp_path


def test_validate_says_what_it_did(desk: Path) -> None:
    done = factcheck(desk, "validate", "claims.jsonl", "--documents", "documents.jsonl")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "6 records checked: 0 errors, 0 warnings, 0 notes\n"


def test_validate_without_texts_says_so(desk: Path) -> None:
    done = factcheck(desk, "validate", "claims.jsonl")
    assert done.returncode == 0
    assert done.stdout.startswith("note: claims.jsonl: 4 claims were not held against their texts")


def test_validate_finds_texts_among_the_paths(desk: Path) -> None:
    for paths in (["claims.jsonl", "documents.jsonl"], ["*.jsonl"], ["."]):
        done = factcheck(desk, "validate", *paths)
        assert (done.returncode, done.stdout) == (0, ""), paths
    raw = (desk / "documents.jsonl").read_bytes()
    assert factcheck(desk, "validate", "-", "claims.jsonl", stdin=raw).stdout == ""


def test_validate_takes_texts_from_drafts_and_annotations(tmp_path: Path) -> None:
    claims = write(tmp_path / "claims.jsonl", [make_claim()])
    for record in (make_draft(), make_annotation()):
        texts = write(tmp_path / "texts.jsonl", [record])
        done = factcheck(tmp_path, "validate", claims, "--documents", texts)
        assert (done.returncode, done.stdout) == (0, "")


def test_validate_names_place_field_and_fix(desk: Path) -> None:
    bad: dict[str, Any] = to_record(make_claim())
    bad["quantity"]["high"] = 5
    write(desk / "claims.jsonl", [make_claim(content="84 villagers"), bad])
    write(desk / "documents.jsonl", [make_document()])
    done = factcheck(desk, "validate", "claims.jsonl", "--documents", "documents.jsonl")
    assert done.returncode == 1
    first, second = done.stdout.splitlines()
    assert first.startswith(f"error: claims.jsonl:2: {bad['claim_id']} /quantity: ")
    assert "low 84, value 84, high 5 are not in order. Fix: low ≤ value ≤ high [interval]" in first
    assert "Fix: at_least: value and low are the number, high is null [modifier]" in second
    assert done.stderr == "3 records checked: 2 errors, 0 warnings, 0 notes\n"
    as_json = json.loads(factcheck(desk, "validate", "claims.jsonl", "--format", "json").stdout)
    assert [issue["check"] for issue in as_json] == ["texts", "interval", "modifier"]
    assert as_json[1]["found"] == {"low": 84, "value": 84, "high": 5}


def test_validate_goes_on_after_a_bad_line(desk: Path) -> None:
    raw = (desk / "claims.jsonl").read_bytes().splitlines(keepends=True)
    raw[1] = b'{"claim_id": "claim-\n'
    (desk / "claims.jsonl").write_bytes(b"".join(raw))
    done = factcheck(
        desk, "validate", "claims.jsonl", "nowhere", "no*.jsonl", "--documents", "documents.jsonl"
    )
    assert done.returncode == 1
    assert done.stderr.startswith("6 records checked: 3 errors")
    assert "claims.jsonl:2: not JSON" in done.stdout
    assert "error: nowhere: is not there. Fix: check the path [file/open]" in done.stdout


def test_validate_settings(desk: Path) -> None:
    (desk / "configs").mkdir()
    (desk / "configs" / "project.yaml").write_text('schema_version: "1"\nlanguge: en\n', "utf-8")
    done = factcheck(desk, "validate", "configs/project.yaml")
    assert done.returncode == 1
    assert "project.yaml:2" in done.stdout
    assert "did you mean 'language'?" in done.stdout


def test_validate_explains(tmp_path: Path) -> None:
    done = factcheck(tmp_path, "validate", "--explain", "modifier")
    assert done.returncode == 0
    assert "at_least N: value = low = N" in done.stdout
    assert "breaks its JSON Schema" in factcheck(tmp_path, "validate", "--explain", "schema/required").stdout
    assert len(factcheck(tmp_path, "validate", "--explain", "list").stdout.splitlines()) > 20
    wrong = factcheck(tmp_path, "validate", "--explain", "modifer")
    assert wrong.returncode == 2
    assert "did you mean 'modifier'?" in wrong.stderr


@pytest.mark.parametrize("args", [[], ["-", "--documents", "-"]])
def test_validate_usage(tmp_path: Path, args: list[str]) -> None:
    assert factcheck(tmp_path, "validate", *args).returncode == 2


def test_validate_prints_nothing_a_terminal_obeys(tmp_path: Path) -> None:
    bad = to_record(make_claim())
    bad["claimer"]["span"]["text"] = "\x1b]0;owned\x07 Adama x"
    bad["claimer"]["span"]["end"] = bad["claimer"]["span"]["start"] + len(bad["claimer"]["span"]["text"])
    write(tmp_path / "claims.jsonl", [bad])
    write(tmp_path / "documents.jsonl", [make_document()])
    done = factcheck(tmp_path, "validate", "claims.jsonl", "--documents", "documents.jsonl")
    assert done.returncode == 1
    assert "\x1b" not in done.stdout
    assert "\x1b" not in done.stderr


def test_export_and_validate(desk: Path) -> None:
    done = factcheck(
        desk, "export", "claims.jsonl", "--to", "exports/floods", "--formats", "jsonl,csv,parquet",
        "--documents", "documents.jsonl",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "claims.parquet" in done.stdout
    assert "4 claims (4 accepted) from 2 documents" in done.stderr
    for path in ("exports", "exports/floods", "exports/floods/manifest.json"):
        checked = factcheck(desk, "validate", path)
        assert (checked.returncode, checked.stdout) == (0, ""), path
    data = (desk / "exports" / "floods" / "claims.csv").read_bytes()
    (desk / "exports" / "floods" / "claims.csv").write_bytes(data.replace(b"84", b"48", 1))
    changed = factcheck(desk, "validate", "exports/floods")
    assert changed.returncode == 1
    assert "claims.csv was changed" in changed.stdout


def test_export_from_stdin_as_json(desk: Path) -> None:
    raw = (desk / "claims.jsonl").read_bytes()
    args = ["export", "-", "--to", "set", "--formats", "jsonl", "--format", "json"]
    dry = json.loads(factcheck(desk, *args, "--dry-run", stdin=raw).stdout)
    assert not dry["written"]
    assert not (desk / "set").exists()
    done = json.loads(factcheck(desk, *args, stdin=raw).stdout)
    assert done["written"]
    assert done["manifest"] == dry["manifest"]
    assert done["manifest"]["counts"]["claims"] == 4


def test_export_refuses_in_one_line(desk: Path) -> None:
    unknown = factcheck(desk, "export", "claims.jsonl", "--to", "set", "--formats", "jsonl,parket")
    assert unknown.returncode == 2
    said = (
        "factcheck: unknown format 'parket'. Fix: did you mean 'parquet'? known formats: jsonl, csv, parquet"
    )
    assert unknown.stderr.startswith(said)
    assert unknown.stderr.count("\n") == 1
    write(desk / "bad.jsonl", [make_claim(), make_claim()])
    bad = factcheck(desk, "export", "bad.jsonl", "--to", "set")
    assert bad.returncode == 1
    assert len(bad.stderr.splitlines()) == 1
    assert bad.stderr.startswith("factcheck: bad.jsonl:2: claim-")
    assert "stands in line 1 already" in bad.stderr
    missing = factcheck(desk, "export", "nowhere.jsonl", "--to", "set")
    assert missing.returncode == 1
    assert "nowhere.jsonl: No such file" in missing.stderr
    assert factcheck(desk, "export", "claims.jsonl", "--to", "set", "--formats", ",").returncode == 2
    assert not (desk / "set").exists()
