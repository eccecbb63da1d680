"""One annotation for a document gives its claims; several are reported and give none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.gold.build import TEXT, make_annotation, make_claim, make_document, write
from toolkit.model import Annotation, Claim, Issue, Quarantined
from toolkit.review import settle

SECOND = TEXT + "Another report.\n"


def sorted_out(annotations: list[Annotation]) -> tuple[list[Claim], list[Issue]]:
    items = list(settle(annotations))
    claims = [item for item in items if isinstance(item, Claim)]
    return claims, [item for item in items if isinstance(item, Issue)]


def factcheck(cwd: Path, *args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *args], cwd=cwd, input=stdin, capture_output=True, check=False,
        env={"PATH": os.environ["PATH"], "HOME": str(cwd), "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def test_claims_come_as_they_are() -> None:
    accepted = make_claim()
    rejected = make_claim(content="84 villagers", status="rejected")
    claims, issues = sorted_out([make_annotation(claims=[accepted, rejected])])
    assert claims == [accepted, rejected]
    assert not issues


def test_several_annotations_of_a_document_give_an_issue_and_no_claims() -> None:
    other = make_document(SECOND)
    claims, issues = sorted_out([
        make_annotation(claims=[make_claim()], annotator="ann-1", annotation=7),
        make_annotation(other, claims=[make_claim(other)], annotation=8, task=4),
        make_annotation(claims=[make_claim(content="84 villagers")], annotator="ann-2", annotation=9),
    ])  # fmt: skip
    assert claims == [make_claim(other)]
    (issue,) = issues
    assert (issue.severity, issue.check) == ("error", "adjudicate/several")
    assert issue.record == make_document().doc_id
    assert "task 3" in issue.message
    assert "ann-1, ann-2" in issue.message
    assert "Fix: settle them" in str(issue)


def test_order_of_the_input_does_not_matter() -> None:
    documents = [make_document(f"{TEXT}Report {number}.\n") for number in range(6)]
    work = [make_annotation(document, claims=[make_claim(document)]) for document in documents]
    forwards, backwards = list(settle(work)), list(settle(reversed(work)))
    assert forwards == backwards
    ids = [item.doc_id for item in forwards if isinstance(item, Claim)]
    assert ids == sorted(document.doc_id for document in documents)


def test_skipped_counts_for_nothing_and_empty_counts() -> None:
    done = make_annotation(claims=[make_claim()])
    skipped = make_annotation(state="skipped", annotator="ann-2", annotation=8)
    empty = make_annotation(state="empty", annotator="ann-3", annotation=9)
    assert sorted_out([skipped]) == ([], [])
    assert sorted_out([empty]) == ([], [])
    assert sorted_out([done, skipped]) == ([make_claim()], [])
    claims, issues = sorted_out([done, empty])
    assert not claims
    assert [issue.check for issue in issues] == ["adjudicate/several"]


def test_the_same_annotation_twice_is_taken_once() -> None:
    claims, issues = sorted_out([make_annotation(claims=[make_claim()])] * 2)
    assert len(claims) == 1
    assert [(issue.severity, issue.check) for issue in issues] == [("warning", "adjudicate/double")]


def test_reused_task_ids_are_not_mixed_up() -> None:
    other = make_document(SECOND)
    work = [make_annotation(claims=[make_claim()]), make_annotation(other, claims=[make_claim(other)])]
    claims, issues = sorted_out(work)
    assert len(claims) == 2
    assert not issues


def test_quarantined_regions_are_said() -> None:
    region = Quarantined("r9", "CLAIM", 3, 900, "gone", "ends behind the text")
    claims, issues = sorted_out([make_annotation(claims=[make_claim()], quarantined=(region,))])
    assert len(claims) == 1
    assert [(issue.severity, issue.check) for issue in issues] == [("warning", "adjudicate/quarantined")]
    assert "r9" in issues[0].message
    assert "ends behind the text" in issues[0].message


def test_command_writes_claims_and_documents(tmp_path: Path) -> None:
    other = make_document(SECOND)
    work = [
        make_annotation(claims=[make_claim(), make_claim(content="84 villagers", status="rejected")]),
        make_annotation(other, state="skipped", annotation=8),
    ]
    write(tmp_path / "annotations.jsonl", work)
    done = factcheck(
        tmp_path, "adjudicate", "annotations.jsonl", "--out", "claims.jsonl", "--documents", "documents.jsonl"
    )
    assert done.returncode == 0, done.stderr
    assert "2 annotations (1 annotated, 1 skipped) gave 2 claims (1 accepted, 1 rejected)" in done.stderr
    assert len((tmp_path / "claims.jsonl").read_text("utf-8").splitlines()) == 2
    ids = [json.loads(line)["doc_id"] for line in (tmp_path / "documents.jsonl").open(encoding="utf-8")]
    assert ids == sorted([make_document().doc_id, other.doc_id])
    again = factcheck(tmp_path, "validate", "claims.jsonl", "--documents", "documents.jsonl")
    assert again.returncode == 0, again.stdout


def test_command_keeps_the_good_and_reports_the_bad(tmp_path: Path) -> None:
    other = make_document(SECOND)
    write(tmp_path / "a.jsonl", [
        make_annotation(claims=[make_claim()]), make_annotation(annotator="ann-2", annotation=9),
        make_annotation(other, claims=[make_claim(other)], annotation=10),
    ])  # fmt: skip
    with (tmp_path / "a.jsonl").open("ab") as stream:
        stream.write(b'{"schema_version": "1", "task": \n')
    done = factcheck(tmp_path, "adjudicate", "a.jsonl", "--out", "claims.jsonl", "--format", "json")
    assert done.returncode == 1
    assert "a.jsonl:4: not JSON" in done.stderr
    assert "[adjudicate/several]" in done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads(done.stdout) == {
        "annotations": {"annotated": 3},
        "claims": {"accepted": 1},
        "issues": 2,
    }
    assert len((tmp_path / "claims.jsonl").read_text("utf-8").splitlines()) == 1


def test_command_reads_stdin_and_writes_stdout(tmp_path: Path) -> None:
    raw = Path(write(tmp_path / "a.jsonl", [make_annotation(claims=[make_claim()])])).read_bytes()
    done = factcheck(tmp_path, "adjudicate", "-", "--out", "-", stdin=raw)
    assert done.returncode == 0
    assert json.loads(done.stdout)["claim_id"] == make_claim().claim_id


def test_command_refuses_what_cannot_be(tmp_path: Path) -> None:
    missing = factcheck(tmp_path, "adjudicate", "nowhere.jsonl", "--out", "claims.jsonl")
    assert missing.returncode == 1
    assert missing.stderr.splitlines() == [
        "factcheck: nowhere.jsonl: No such file or directory. Fix: check the path, or make the folder first"
    ]
    assert not (tmp_path / "claims.jsonl").exists()
    (tmp_path / "a.jsonl").write_text("", "utf-8")
    for names in (["--out", "./a.jsonl"], ["--out", "c.jsonl", "--documents", "a.jsonl"]):
        over = factcheck(tmp_path, "adjudicate", "a.jsonl", *names)
        assert over.returncode == 2 and "overwrite ANNOTATIONS" in over.stderr
    same = factcheck(tmp_path, "adjudicate", "a.jsonl", "--out", "x.jsonl", "--documents", "./x.jsonl")
    assert same.returncode == 2
    assert "two names" in same.stderr
