"""One reader per kind of file: each gives the articles in it, and an issue for what is none."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from toolkit.config import Limits
from toolkit.files import Line, naming, read_records
from toolkit.ingest import html, records
from toolkit.ingest.article import Article, RefusedError
from toolkit.ingest.metadata import read_sidecar
from toolkit.ingest.normalise import BOM, check_size, decode, decode_html
from toolkit.model import Document, Issue

Read = Article | Document | Issue
Reader = Callable[[Path, Limits], Iterator[Read]]
_ESCAPED_BYTE = range(0xDC80, 0xDD00)


def read_text(path: Path, limits: Limits) -> Iterator[Read]:
    """A plain text file is one article; its metadata may stand in a sidecar."""
    article = Article(str(path), "", metadata=read_sidecar(path))
    try:
        yield Article(str(path), decode(_bytes(path, limits)), metadata=article.metadata)
    except RefusedError as refused:
        yield article.issue(refused)


def read_html(path: Path, limits: Limits) -> Iterator[Read]:
    """A web page is one article; a sidecar goes before what the page says of itself."""
    side = read_sidecar(path)
    try:
        text, metadata = html.extract(decode_html(_bytes(path, limits)))
        yield Article(str(path), text, metadata={**metadata, **side})
    except RefusedError as refused:
        yield Article(str(path), "").issue(refused)


def read_jsonl(path: Path, limits: Limits) -> Iterator[Read]:
    """A JSON object a line: an article's fields, or a document written by ``factcheck ingest``."""
    return _from_lines(read_records(path), limits)


def read_csv(path: Path, limits: Limits) -> Iterator[Read]:
    """A row per article, named columns; comma, semicolon or tab as the header has it."""
    # A cell is at most one article, and the module's own bound is shorter than that.
    csv.field_size_limit(max(csv.field_size_limit(), 4 * limits.document_chars))
    with naming(path), path.open(encoding="utf-8", errors="surrogateescape", newline="") as stream:
        header = stream.readline(100_000).removeprefix(BOM)
        delimiter = max(",;\t", key=header.count)
        rows = csv.reader(chain([header], stream), delimiter=delimiter, strict=True)
        try:
            names = [name.strip().lower() for name in next(rows, [])]
            if not records.TEXT_FIELDS & set(names):
                yield Issue(
                    check="csv/header", path=str(path), line=1, message="no column for the article's text",
                    fix=f"name it one of {', '.join(sorted(records.TEXT_FIELDS))}",
                )  # fmt: skip
                return
            yield from _rows(str(path), names, rows)
        except csv.Error as error:
            yield Issue(
                check="csv/syntax", path=str(path), line=rows.line_num, message=f"not CSV: {error}",
                fix="close the quotes; the rows after it were not read",
            )  # fmt: skip


def read_stdin(limits: Limits) -> Iterator[Read]:
    """Standard input: JSON Lines when it begins with ``{``, else the text of one article."""
    stream = sys.stdin.buffer
    if hasattr(stream, "peek"):
        head = stream.peek(1)
    else:
        head = stream.read(64)
        stream.seek(0)
    if head.removeprefix(BOM.encode()).lstrip().startswith(b"{"):
        yield from _from_lines(read_records("-"), limits)
        return
    article = Article("<stdin>", "")
    raw = stream.read(4 * limits.document_chars + 1)
    try:
        check_size(len(raw), limits.document_chars)
        yield Article("<stdin>", decode(raw))
    except RefusedError as refused:
        yield article.issue(refused)


READERS: dict[str, Reader] = {
    ".txt": read_text,
    ".html": read_html,
    ".htm": read_html,
    ".jsonl": read_jsonl,
    ".csv": read_csv,
}


def _bytes(path: Path, limits: Limits) -> bytes:
    bound = limits.document_chars
    with naming(path), path.open("rb") as stream:
        check_size(path.stat().st_size, bound)
        raw = stream.read(4 * bound + 1)
    check_size(len(raw), bound)
    return raw


def _from_lines(lines: Iterable[Line | Issue], limits: Limits) -> Iterator[Read]:
    for line in lines:
        if isinstance(line, Issue):
            yield line
        elif records.is_document(line.record):
            yield from records.as_document(line, limits)
        else:
            yield records.as_article(line)


def _rows(path: str, names: list[str], rows: Any) -> Iterator[Read]:
    line = rows.line_num + 1
    for row in rows:
        if any(cell.strip() for cell in row):
            yield _row(path, line, names, row)
        line = rows.line_num + 1


def _row(path: str, line: int, names: list[str], row: list[str]) -> Read:
    problem, fix = "", ""
    if len(row) != len(names):
        problem = f"{len(row)} cells under {len(names)} column names"
        fix = "put cells with separators or line breaks in quotes"
    elif any(ord(char) in _ESCAPED_BYTE for cell in row for char in cell):
        problem, fix = "not UTF-8", "iconv -f WINDOWS-1252 -t UTF-8 OLD > NEW, with the file's real encoding"
    if problem:
        return Issue(check="csv/row", path=path, line=line, message=problem, fix=fix)
    return records.as_article(Line(path, line, dict(zip(names, row, strict=True))))
