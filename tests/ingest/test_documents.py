"""``read_documents``: metadata, order, and documents that were ingested before."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from toolkit import reading, schema
from toolkit.config import Limits
from toolkit.files import write_records
from toolkit.ingest import read_documents
from toolkit.model import Document, Issue, to_record

EXAMPLES = Path(__file__).parent / "examples" / "good"
BODY = "The mayor said on Monday that nine people were hurt in the fire."


def read(*paths: Path | str, limits: Limits | None = None) -> tuple[list[Document], list[Issue]]:
    items = list(read_documents([str(path) for path in paths], limits=limits or Limits()))
    return (
        [item for item in items if isinstance(item, Document)],
        [item for item in items if isinstance(item, Issue)],
    )


def test_documents_fit_the_schema_and_their_text() -> None:
    documents, issues = read(EXAMPLES)
    assert not issues
    for document in documents:
        assert not list(schema.problems("document", to_record(document)))
        assert document.doc_id == Document.id_for(document.text)


def test_metadata_of_every_kind_of_file() -> None:
    found = {Path(each.source_path).name: each for each in read(EXAMPLES)[0]}
    ferry, quarry = found["harbour.txt"], found["quarry.html"]
    assert (ferry.title, ferry.publisher, ferry.published_at, ferry.language) == (
        "Ferry sinks off Marvik", "Fjord Post", "2025-02-03T08:00:00+01:00", "en",
    )  # fmt: skip
    assert (quarry.title, quarry.publisher, quarry.published_at, quarry.language) == (
        "Quarry collapse: two counts of the injured", "Ridge Times", "2025-04-02T06:15:00Z", "en-GB",
    )  # fmt: skip
    assert "999" not in quarry.text
    assert "nineteen & said" in quarry.text
    strike, storm, heat = found["feed.jsonl:1"], found["feed.jsonl:3"], found["table.csv:2"]
    assert (strike.language, strike.published_at) == ("en-GB", "2025-01-07")
    assert "\r" not in strike.text
    assert (storm.title, storm.publisher, storm.published_at) == (
        "Storm",
        "Dune Radio",
        "2025-01-07T10:00:00Z",
    )
    assert (heat.title, heat.published_at, heat.text.count("\n")) == ("Heat", "2025-07-25", 1)


def test_sidecar_goes_before_the_page(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes((EXAMPLES / "quarry.html").read_bytes())
    (tmp_path / "a.yaml").write_text("publisher: Their Own Name\npublished_at: 2025-04-03\n")
    (document,), issues = read(tmp_path)
    assert not issues
    assert (document.publisher, document.published_at) == ("Their Own Name", "2025-04-03")
    assert document.title == "Quarry collapse: two counts of the injured"


def test_doubtful_metadata_is_left_out_with_a_warning(tmp_path: Path) -> None:
    fields = {
        "text": BODY, "title": ["a", "list"], "url": "javascript:alert(1)", "publisher": "A\u0007 \n B",
        "published_at": "03/04/2025", "language": "Klingon!",
    }  # fmt: skip
    write_records(tmp_path / "a.jsonl", [fields])
    (document,), issues = read(tmp_path / "a.jsonl")
    assert (document.title, document.url, document.published_at, document.language) == (None,) * 4
    assert document.publisher == "A B"
    assert {issue.check for issue in issues} == {
        "metadata/title", "metadata/url", "metadata/published_at", "metadata/language",
    }  # fmt: skip
    assert all(issue.severity == "warning" and issue.line == 1 and issue.fix for issue in issues)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (f"Fire hurts nine in Dakora\n\n{BODY}\n", "Fire hurts nine in Dakora"),
        (f"Share\n12 March 2025\nWho set the fire in Dakora?\n{BODY}\n", "Who set the fire in Dakora?"),
        (f"{BODY}\n{BODY[::-1]}.\n", None),
        ("Fire hurts nine in Dakora\n", None),
        (f"DAKORA, Niger (AP)\n{BODY}\n", None),
        (f"hurt in a fire in Dakora\n{BODY}\n", None),
    ],
)
def test_headline_of_a_plain_text(tmp_path: Path, text: str, title: str | None) -> None:
    (tmp_path / "a.txt").write_text(text)
    assert read(tmp_path / "a.txt")[0][0].title == title


def test_folder_is_read_in_order_of_names_and_says_what_it_left_out(tmp_path: Path) -> None:
    for name in ("b/z.txt", "b/a.TXT", "a.txt", "c.jpg", ".hidden.txt", "alone.yaml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{BODY} {name}")
    documents, (issue,) = read(tmp_path)
    names = [Path(document.source_path).relative_to(tmp_path).as_posix() for document in documents]
    assert names == ["a.txt", "b/a.TXT", "b/z.txt"]
    assert (issue.severity, issue.check) == ("warning", "file/left-out")
    assert ".hidden.txt, alone.yaml, c.jpg" in issue.message
    globbed, _ = read(str(tmp_path / "**" / "*.txt"))
    assert {Path(document.source_path).name for document in globbed} == {"a.txt", "z.txt"}


def test_file_that_may_not_be_read_is_one_issue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"{BODY} {name}")
    real = Path.open

    def refuse(self: Path, *arguments: Any, **options: Any) -> Any:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied", str(self))
        return real(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    documents, (issue,) = read(tmp_path)
    assert [Path(document.source_path).name for document in documents] == ["b.txt"]
    assert "Permission denied" in str(issue)
    assert issue.path == os.fspath(tmp_path / "a.txt")


def test_limit_is_in_characters_and_held_for_every_kind(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("é" * 100)
    write_records(tmp_path / "b.jsonl", [{"text": "é" * 101}])
    (tmp_path / "c.csv").write_text("text\n" + "é" * 101 + "\n")
    documents, issues = read(tmp_path, limits=Limits(document_chars=100))
    assert [len(document.text) for document in documents] == [100]
    assert [issue.check for issue in issues] == ["text/length", "text/length"]


def test_ingested_documents_come_back_as_they_are(tmp_path: Path) -> None:
    documents, _ = read(EXAMPLES)
    write_records(tmp_path / "documents.jsonl", map(to_record, documents))
    assert read(tmp_path / "documents.jsonl") == (documents, [])
    assert list(reading.read(Document, tmp_path / "documents.jsonl")) == documents
    _, issues = read(EXAMPLES, tmp_path / "documents.jsonl")
    assert [issue.check for issue in issues] == ["ingest/duplicate"] * len(documents)


def change_text(record: dict[str, Any]) -> None:
    record["text"] = record["text"].replace("four", "five")


def region(start: int, end: int) -> dict[str, Any]:
    return {"start": start, "end": end, "kind": "boilerplate", "reason": "test"}


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        (change_text, "/text_sha256"),
        (lambda record: record.update(doc_id="doc-0123456789abcdef"), "/doc_id"),
        (lambda record: record.update(text=record["text"] + "\r\n"), "/text"),
        (lambda record: record.update(text=record["text"] + "\0"), "/text"),
        (lambda record: record.update(regions=[region(0, 10**6)]), "/regions"),
        (lambda record: record.update(regions=[region(5, 9), region(0, 6)]), "/regions"),
        (lambda record: record.update(titel="x"), ""),
        (lambda record: record.update(published_at="yesterday"), "/published_at"),
    ],
)
def test_changed_document_is_refused(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], pointer: str
) -> None:
    record = to_record(read(EXAMPLES / "harbour.txt")[0][0])
    change(record)
    (tmp_path / "documents.jsonl").write_text(json.dumps(record) + "\n")
    documents, issues = read(tmp_path / "documents.jsonl")
    assert not documents
    assert pointer in [issue.pointer for issue in issues]
    assert all(issue.severity == "error" and issue.line == 1 for issue in issues)
