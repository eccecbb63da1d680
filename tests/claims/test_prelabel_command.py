"""``factcheck prelabel`` as a process: what it writes, what it says, and how it refuses."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Run

TEXT = "The army said two soldiers were killed and ten wounded near the bridge on Monday.\n"


def refused(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_writes_one_draft_a_document(run: Run, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    done = run("prelabel", "article.txt", "--out", "drafts.jsonl")
    assert done.returncode == 0, done.stderr
    assert done.stdout == ""
    assert "1 documents" in done.stderr
    assert "2 with a toll" in done.stderr
    (line,) = (tmp_path / "drafts.jsonl").read_text("utf-8").splitlines()
    record = json.loads(line)
    assert list(record) == ["document", "mentions", "claims"]
    assert record["document"]["source_path"].endswith("article.txt")
    assert {claim["effect"] for claim in record["claims"]} == {"death", "injury"}


def test_stdout_is_data_alone_and_repeats(run: Run, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    first, second = (run("prelabel", "article.txt", "--format", "json") for _ in range(2))
    assert first.stdout == second.stdout
    assert json.loads(first.stdout)["mentions"]
    summary = json.loads(first.stderr)
    assert (summary["documents"], summary["claims_with_toll"], summary["issues"]) == (1, 2, 0)


def test_takes_documents_ingested_before(run: Run, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    assert run("ingest", "article.txt", "--out", "documents.jsonl").returncode == 0
    from_documents = run("prelabel", "documents.jsonl")
    from_article = run("prelabel", "article.txt")
    assert from_documents.returncode == 0, from_documents.stderr
    mine, other = json.loads(from_documents.stdout), json.loads(from_article.stdout)
    assert mine["claims"] == other["claims"]


def test_bad_articles_are_named_and_the_good_ones_written(run: Run, tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(TEXT, "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"caf\xe9 closed")
    (tmp_path / "empty.txt").write_bytes(b"")
    done = run("prelabel", "good.txt", "bad.txt", "empty.txt", "--out", "drafts.jsonl")
    refused(done, 1, "bad.txt", "empty.txt", "2 issues")
    assert len((tmp_path / "drafts.jsonl").read_text("utf-8").splitlines()) == 1


def test_bad_line_of_documents(run: Run, tmp_path: Path) -> None:
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    good = run("ingest", "article.txt").stdout
    (tmp_path / "documents.jsonl").write_text(good + "{nonsense\n", "utf-8")
    done = run("prelabel", "documents.jsonl", "--out", "drafts.jsonl")
    refused(done, 1, "documents.jsonl:2")
    assert len((tmp_path / "drafts.jsonl").read_text("utf-8").splitlines()) == 1


def test_missing_folder_and_unwritable_place(run: Run, tmp_path: Path) -> None:
    refused(run("prelabel", "nowhere/"), 1, "nowhere")
    (tmp_path / "article.txt").write_text(TEXT, "utf-8")
    done = run("prelabel", "article.txt", "--out", "missing/drafts.jsonl")
    refused(done, 1, "missing/drafts.jsonl", "Fix:")


@pytest.mark.parametrize(
    ("name", "old", "new", "words"),
    [
        (
            "entities/parties.yaml",
            "type: state_forces",
            "type: state_force",
            ["parties.yaml:6", "state_forces"],
        ),
        ("entities/parties.yaml", "parties:", "party:", ["parties.yaml:4", "did you mean 'parties'?"]),
        ("events/tinzaouaten-2024.yaml", "title:", "titel:", ["tinzaouaten-2024.yaml:", "titel"]),
        ("rules/en/casualty.yaml", "{count} {of_them}", "{cuont} {of_them}", ["casualty.yaml:", "{count}"]),
        ("rules/en/casualty.yaml", "<EFFECT:EFFECT>", "<EFECT:EFFECT>", ["casualty.yaml:", "<EFFECT>"]),
        ("project.yaml", "entities:", "entites:", ["project.yaml:", "did you mean 'entities'?"]),
    ],
)
def test_bad_settings_name_file_line_and_fix(
    run: Run, project_dir: Path, name: str, old: str, new: str, words: list[str]
) -> None:
    (project_dir / "article.txt").write_text(TEXT, "utf-8")
    path = project_dir / "configs" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    done = run("prelabel", "article.txt", cwd=project_dir)
    refused(done, 2, *words, "Fix:")
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
