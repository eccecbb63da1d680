"""Hostile and broken input to ``validate``: a clear issue each, bounded memory, and never a crash.

``FUZZ_EXAMPLES=20000 python -m pytest tests/gold/test_bad_input.py -k fuzz`` tries more.
"""

from __future__ import annotations

import json
import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.gold.build import make_claim, make_document, write
from tests.gold.mutations import broken_lines, mutated
from tests.gold.test_commands import factcheck
from toolkit import files
from toolkit.files import to_json
from toolkit.gold import check_files
from toolkit.gold.reports import REPORTS
from toolkit.model import Issue, to_record

MIB = 1024 * 1024
EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "150"))
CLAIM = to_record(make_claim())


def with_fields(**changes: Any) -> bytes:
    return to_json({**CLAIM, **changes}).encode("utf-8")


def deep(levels: int) -> bytes:
    return to_json(CLAIM).encode("utf-8").replace(
        b'"cluster_id": null', b'"cluster_id": ' + b"[" * levels + b"]" * levels
    )  # fmt: skip


BAD: dict[str, tuple[bytes, str, str]] = {
    "truncated": (to_json(CLAIM).encode("utf-8")[:500], "file/json", "not JSON at column"),
    "too large": (
        with_fields().replace(b'"score": 0.9', b'"score": 1e400'), "file/json", "1e400 is too large"
    ),
    "NaN": (with_fields().replace(b'"score": 0.9', b'"score": NaN'), "file/json", "NaN is not JSON"),
    "100 levels": (deep(100), "schema/type", "is not of type 'string', 'null'"),
    "300 levels": (deep(300), "schema/type", "is not of type 'string', 'null'"),
    "remote reference": (
        with_fields(**{"$ref": "https://schema.example/x"}), "schema/additionalProperties", "key '$ref'"
    ),
    "path in the id": (with_fields(claim_id="claim-../../../etc"), "schema/pattern", "claim-../../../etc"),
    "path in the document's id": (with_fields(doc_id="../../x"), "schema/pattern", "../../x"),
    "another version": (with_fields(schema_version="2"), "schema/const", "'1' was expected"),
    "number as version": (with_fields(schema_version=1), "schema/const", "'1' was expected"),
    "newline in the id": (
        with_fields(claim_id=make_claim().claim_id + "\n"), "schema/pattern", "does not match"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_one_bad_line_is_one_clear_issue_and_the_rest_goes_on(tmp_path: Path, name: str) -> None:
    raw, check, said = BAD[name]
    path = tmp_path / "claims.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + raw + b"\r\n" + with_fields() + b"\n")
    errors = [issue for issue in check_files([str(path)]) if issue.severity == "error"]
    assert [(issue.check, issue.line) for issue in errors] == [(check, 1)]
    assert said in errors[0].message
    assert errors[0].fix
    done = factcheck(tmp_path, "validate", "claims.jsonl")
    assert (done.returncode, done.stderr) == (1, "2 records checked: 1 error, 0 warnings, 1 note\n")
    assert "Traceback" not in done.stdout


def peak(work: Callable[[], object]) -> float:
    """Peak memory in MiB that Python objects take while something runs."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1] / MIB
    finally:
        tracemalloc.stop()


def test_a_line_of_100_mb_is_skipped_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "claims.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"text": "')
        for _ in range(100):
            stream.write(b"x" * MIB)
        stream.write(b'"}\n' + with_fields() + b"\n")
    issues: list[Issue] = []
    used = peak(lambda: issues.extend(check_files([str(path)])))
    assert [(issue.check, issue.line) for issue in issues] == [("file/json", 1), ("texts", None)]
    assert issues[0].message == f"line longer than {files.MAX_LINE_BYTES} bytes"
    assert used < 3 * files.MAX_LINE_BYTES / MIB


def test_one_id_in_every_line_takes_time_in_proportion(tmp_path: Path) -> None:
    other = f"claim-{'0' * 16}"
    link = {"target": other, "type": "contradicts", "basis": "count", "caveats": []}
    path = tmp_path / "claims.jsonl"
    path.write_bytes((with_fields(relations=[link]) + b"\n") * 4_000)
    issues = list(check_files([str(path)]))
    assert [issue.line for issue in issues if issue.check == "unique"] == list(range(2, 4_001))
    assert {issue.message for issue in issues if issue.check == "unique"} == {"stands in line 1 already"}


def test_memory_does_not_grow_with_the_records(tmp_path: Path) -> None:
    document = make_document()
    documents = write(tmp_path / "documents.jsonl", [document])

    def work(count: int) -> float:
        path = tmp_path / f"{count}.jsonl"
        with path.open("wb") as stream:
            for number in range(count):
                stream.write(with_fields(claim_id=f"claim-{number:016x}") + b"\n")
        return peak(lambda: [None for _ in check_files([str(path)], documents=[documents])])

    work(100)
    # In MiB. The 1,500 records between take some 4; what caches take of it now and then is less than a tenth.
    assert work(2_500) < work(1_000) + 0.4


def _line(seed: int) -> bytes:
    """The last of a few mutated records, since the first is left as it is."""
    *_, (_, record) = mutated(2, seed)
    return to_json(record).encode("utf-8")


PIECES = st.one_of(
    st.binary(max_size=40),
    st.sampled_from([b"\n", b"\r\n", b"\xef\xbb\xbf", b"{}", b"[]", b"null", b"\xe2\x80\xa8", with_fields()]),
    st.integers(0, 10**6).map(lambda seed: next(broken_lines(1, seed))),
    st.integers(1, 10**6).map(_line),
)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.tuples(PIECES, st.booleans()), max_size=6), of_documents=st.booleans())
def test_fuzz_any_bytes_are_judged(
    tmp_path: Path, pieces: list[tuple[bytes, bool]], of_documents: bool
) -> None:
    path = tmp_path / "fuzz.jsonl"
    path.write_bytes(b"".join(piece + (b"\n" if ends else b"") for piece, ends in pieces))
    other = tmp_path / "documents.jsonl"
    write(other, [make_document()])
    documents = [str(path if of_documents else other)]
    issues = list(check_files([str(path)], documents=documents))
    lines = path.read_bytes().count(b"\n") + 1
    for issue in issues:
        assert issue.check
        assert issue.message
        assert issue.path in {str(path), str(other)}
        assert issue.line is None or 1 <= issue.line <= lines
    for render in REPORTS.values():
        assert "".join(render(issues)) or not issues


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=300) | st.integers(0, 10**6).map(lambda seed: next(broken_lines(1, seed))))
def test_fuzz_any_manifest_is_judged(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(raw)
    issues = list(check_files([str(tmp_path)]))
    assert {issue.severity for issue in issues} == {"error"}


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_fuzz_any_settings_are_judged(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "project.yaml"
    path.write_bytes(raw)
    for issue in check_files([str(path)]):
        assert issue.check == "settings"
        assert json.dumps(str(issue))
