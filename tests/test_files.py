"""Files: strict JSON Lines in, whole files out."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import files
from toolkit.errors import DataError
from toolkit.files import Line
from toolkit.model import Issue

BAD = {
    b"{": "not JSON",
    b"[1]": "not an object",
    b'{"a": NaN}': "NaN",
    b'{"a": 1e999}': "too large",
    b'{"a": 1, "a": 2}': "stands twice",
    b'{"a": "\xff"}': "not UTF-8",
    b'{"a": "\\ud800"}': "surrogate",
    b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}": "deeply",
}


@pytest.mark.parametrize("line", BAD, ids=lambda line: BAD[line])
def test_a_bad_line_is_an_issue_and_the_rest_goes_on(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"n": 1}\n' + line + b'\n\n{"n": 4}\n')
    first, bad, last = files.read_records(path)
    assert isinstance(bad, Issue)
    assert bad.line == 2
    assert BAD[line] in bad.message
    assert first == Line(str(path), 1, {"n": 1})
    assert last == Line(str(path), 4, {"n": 4})


def test_a_line_ends_at_lf_alone_and_a_bom_is_dropped(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes('\ufeff{"a": "one\u2028two\u0085three"}\n'.encode())
    (line,) = files.read_records(path)
    assert isinstance(line, Line)
    assert line.record == {"a": "one\u2028two\u0085three"}


def test_a_paired_surrogate_escape_is_a_character(tmp_path: Path) -> None:
    assert files.parse_object(b'{"a": "\\ud83d\\ude00"}') == {"a": "😀"}


@given(st.lists(st.dictionaries(st.text(), st.text() | st.integers() | st.none()), max_size=5))
def test_what_is_written_is_read(records: list[dict[str, object]]) -> None:
    lines = [files.to_json(record).encode("utf-8", "surrogatepass") for record in records]
    for record, line in zip(records, lines, strict=True):
        if not any(0xD800 <= ord(c) <= 0xDFFF for c in line.decode("utf-8", "surrogatepass")):
            assert files.parse_object(line) == record


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    files.write_records(path, [{"old": True}])

    def broken() -> Iterator[dict[str, bool]]:
        yield {"new": True}
        raise RuntimeError("stopped half-way")

    with pytest.raises(RuntimeError):
        files.write_records(path, broken())
    assert path.read_text("utf-8") == '{"old": true}\n'
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.jsonl"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_is_one_line_and_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    path = tmp_path / "x.jsonl"
    files.write_records(path, [{"old": True}])

    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os if step == "fsync" else Path, step, full)
    with pytest.raises(DataError, match="No space left") as caught:
        files.write_records(path, [{"new": True}])
    monkeypatch.undo()
    assert "free some space" in str(caught.value)
    assert path.read_text("utf-8") == '{"old": true}\n'
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.jsonl"]


def test_a_missing_folder_names_the_fix(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="No such file") as caught:
        files.write_records(tmp_path / "no" / "x.jsonl", [])
    assert "make the folder" in str(caught.value)


def test_the_mode_is_kept_private(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    with files.replacing(path, mode=0o600) as stream:
        stream.write(b"x")
    assert path.stat().st_mode & 0o777 == 0o600


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    assert files.write_records(pipe, [{"a": 1}]) == 1
    reader.join(10)
    assert got == [b'{"a": 1}\n'] and pipe.is_fifo()
