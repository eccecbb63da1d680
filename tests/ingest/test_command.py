"""``factcheck ingest`` on the example folders: drop a good or a bad file in and it is tested."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Run

EXAMPLES = Path(__file__).parent / "examples"
GOOD = sorted(path for path in (EXAMPLES / "good").iterdir() if path.suffix != ".yaml")
EXPECTED: dict[str, list[str]] = json.loads((EXAMPLES / "bad" / "expected.json").read_text("utf-8"))
BAD = sorted(path for path in (EXAMPLES / "bad").iterdir() if path.suffix not in {".yaml", ".json"})


def documents(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.split("\n") if line]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_good_example(run: Run, path: Path) -> None:
    done = run("ingest", str(path))
    assert done.returncode == 0, done.stderr
    assert documents(done.stdout)
    assert "0 errors" in done.stderr
    assert "warning" not in done.stderr


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.name)
def test_bad_example(run: Run, path: Path) -> None:
    done = run("ingest", str(path))
    said = done.stderr.splitlines()
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert len(said) == len(EXPECTED[path.name]) + 1, said
    for line, expected in zip(said, EXPECTED[path.name], strict=False):
        assert expected in line
        assert line.startswith("error: ")
        assert "Fix: " in line
    assert f"{len(EXPECTED[path.name])} errors" in said[-1]


def test_every_bad_example_says_what_is_expected() -> None:
    assert [path.name for path in BAD] == sorted(EXPECTED)


def test_other_lines_and_rows_are_kept(run: Run) -> None:
    done = run("ingest", str(EXAMPLES / "bad" / "line-seven.jsonl"))
    lines = [int(document["source_path"].rpartition(":")[2]) for document in documents(done.stdout)]
    assert lines == [1, 2, 3, 4, 5, 6, 8, 9, 10]
    done = run("ingest", str(EXAMPLES / "bad" / "rows.csv"))
    assert [document["title"] for document in documents(done.stdout)] == ["A", "C"]


def test_good_documents_are_written_beside_bad_ones(run: Run, tmp_path: Path) -> None:
    done = run("ingest", str(EXAMPLES), "--out", "all.jsonl", "--format", "json")
    assert done.returncode == 1
    assert done.stdout == ""
    summary = json.loads(done.stderr)
    written = documents((tmp_path / "all.jsonl").read_text("utf-8"))
    assert summary["documents"] == len(written) >= len(GOOD)
    assert summary["errors"] == sum(issue["severity"] == "error" for issue in summary["issues"])
    assert any(issue["check"] == "file/left-out" for issue in summary["issues"])


def test_missing_paths_are_named_and_the_rest_is_read(run: Run) -> None:
    done = run("ingest", "no-such-folder/", "*.nothing", str(GOOD[0]))
    assert done.returncode == 1
    assert "error: no-such-folder/: no such file or folder. Fix: " in done.stderr
    assert "error: *.nothing: nothing matches this pattern. Fix: " in done.stderr
    assert documents(done.stdout)


def test_article_of_fifty_megabytes_is_refused_unread(run: Run, tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    done = run("ingest", "huge.txt")
    assert done.returncode == 1
    assert "huge.txt: too long for one article: 50,000,000 bytes, at most 2,000,000 characters" in done.stderr
    (tmp_path / "huge.jsonl").write_text(
        json.dumps({"text": "word " * 10_000_000}) + '\n{"text": "One line."}\n'
    )
    done = run("ingest", "huge.jsonl")
    assert done.returncode == 1
    assert "huge.jsonl:1: too long for one article: 50,000,000 characters" in done.stderr
    assert [document["text"] for document in documents(done.stdout)] == ["One line."]


def test_old_file_outlives_a_run_that_reads_nothing(run: Run, tmp_path: Path) -> None:
    (tmp_path / "documents.jsonl").write_text("what was there\n")
    assert run("ingest", "missing.txt", "--out", "documents.jsonl").returncode == 1
    assert (tmp_path / "documents.jsonl").read_text() == "what was there\n"


def test_standard_input_is_text_or_json_lines(run: Run) -> None:
    text = "\ufeffThe mayor said:\r\n\r\n  two men were hurt.\r\n"
    (plain,) = documents(run("ingest", "-", stdin=text).stdout)
    assert plain["text"] == "The mayor said:\n\n  two men were hurt.\n"
    assert plain["source_path"] == "<stdin>"
    lines = '{"text": "One man was hurt."}\n{"text": "Two men were hurt."}\n'
    assert [each["source_path"] for each in documents(run("ingest", "-", stdin=lines).stdout)] == [
        "<stdin>:1",
        "<stdin>:2",
    ]
    assert "no text in it" in run("ingest", "-", stdin="").stderr


def test_same_text_twice_is_kept_once_and_said(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Cafe\u0301 owners said nine were hurt.\r\n", newline="")
    (tmp_path / "b.txt").write_text("Café owners said nine were hurt.\n")
    done = run("ingest", "a.txt", "b.txt")
    assert done.returncode == 0
    assert [document["source_path"] for document in documents(done.stdout)] == ["a.txt"]
    (note,) = [line for line in done.stderr.splitlines() if line.startswith("note: ")]
    assert "b.txt" in note
    assert "the same text as a.txt" in note
    assert "ingest/duplicate" in note
    assert "1 left out as duplicates" in done.stderr


def test_bytes_repeat_under_other_hash_seeds_zones_and_locales(run: Run) -> None:
    arguments = ("ingest", str(EXAMPLES / "good"))
    one = run(*arguments, env={"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"})
    two = run(*arguments, env={"PYTHONHASHSEED": "2", "TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8"})
    assert one.stdout == two.stdout != ""


def test_control_characters_of_a_file_name_never_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a\x1b[31m.txt").write_text("")
    done = run("ingest", ".")
    assert "\x1b" not in done.stderr
    assert "no text in it" in done.stderr
