"""Bytes to canonical text, once: UTF-8, LF, NFC. Every offset of every record points into the result."""

from __future__ import annotations

import codecs
import re
import unicodedata

from toolkit.ingest.article import RefusedError

BOM = "\ufeff"
MAX_BYTES_PER_CHAR = 4
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_BYTES = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)


def decode(raw: bytes) -> str:
    """UTF-8 bytes as text.

    Raises ``RefusedError`` with the line and byte (from 1) where they are something else.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        surrogate = _SURROGATE_BYTES.match(raw, error.start)
        raise RefusedError(
            "file/utf8",
            f"{'a lone surrogate, not UTF-8,' if surrogate else 'not UTF-8'} at byte {error.start + 1}",
            fix=f"iconv -f {'UTF-16' if utf16 else 'WINDOWS-1252'} -t UTF-8 OLD > NEW, with the file's "
            "real encoding after -f",
            line=raw.count(b"\n", 0, error.start) + 1,
        ) from error


def decode_html(raw: bytes) -> str:
    """Like ``decode``, but a page that is not UTF-8 may say in a ``<meta>`` what it is."""
    try:
        return decode(raw)
    except RefusedError as refused:
        declared = _CHARSET.search(raw, 0, 4096)
        if declared is None:
            raise
        try:
            # Unlike codecs.lookup, this knows text encodings alone: no "encoding" that unpacks a zip bomb.
            return raw.decode(declared[1].decode("ascii"))
        except (LookupError, ValueError):
            raise refused from None


def check_size(size: int, limit: int) -> None:
    """Refuse a file by its bytes, before reading it; ``limit`` is in code points."""
    if size > limit * MAX_BYTES_PER_CHAR:
        raise _too_long(f"{size:,} bytes", limit)


def check_characters(text: str) -> None:
    """Raise ``RefusedError`` with the line where a text has a NUL or a lone surrogate."""
    for problem, found in (("a NUL character", text.find("\0")), ("a lone surrogate", _surrogate(text))):
        if found >= 0:
            line = text.count("\n", 0, found) + 1
            raise RefusedError("text/character", problem, fix="remove the character", line=line)


def normalise(text: str, *, limit: int) -> str:
    """The canonical form: no byte order mark in front, LF for CRLF and CR, Unicode NFC.

    Idempotent. U+2028 and other separators are data. Raises ``RefusedError`` when the text has a NUL or a
    lone surrogate, nothing to read, or more than ``limit`` code points.
    """
    check_characters(text)
    # NFC can be three times as long as what it came from, so the bound is held before and after.
    if len(text) <= limit:
        text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).lstrip(BOM)
    if len(text) > limit:
        raise _too_long(f"{len(text):,} characters", limit)
    if not any(char.isalnum() for char in text):
        raise RefusedError("text/empty", "no text in it", fix="remove it, or give the article's text")
    return text


def _surrogate(text: str) -> int:
    found = _SURROGATE.search(text)
    return found.start() if found else -1


def _too_long(what: str, limit: int) -> RefusedError:
    return RefusedError(
        "text/length", f"too long for one article: {what}, at most {limit:,} characters",
        fix="split it into articles, or raise limits.document_chars in configs/project.yaml",
    )  # fmt: skip
