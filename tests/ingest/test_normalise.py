"""Canonical text: idempotent, and refused where it cannot be one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.ingest.article import RefusedError
from toolkit.ingest.normalise import check_size, decode, decode_html, normalise

LIMIT = 500
TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=80).map(
    lambda text: text + "x"
)


@given(TEXT)
def test_idempotent_and_canonical(text: str) -> None:
    once = normalise(text, limit=LIMIT)
    assert normalise(once, limit=LIMIT) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "\r" not in once
    assert not once.startswith("\ufeff")


@given(TEXT)
def test_composition_line_ends_and_mark_make_no_difference(text: str) -> None:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    other = "\ufeff" + unicodedata.normalize("NFD", lines).replace("\n", "\r\n")
    assert normalise(other, limit=LIMIT * 4) == normalise(text, limit=LIMIT * 4)


@given(TEXT)
def test_separators_are_data(text: str) -> None:
    clean = text.replace("\r", "").lstrip("\ufeff")
    if unicodedata.is_normalized("NFC", clean):
        assert normalise(clean + "\u2028\x0b\x85y", limit=LIMIT) == clean + "\u2028\x0b\x85y"


@pytest.mark.parametrize(
    ("text", "check", "line"),
    [
        ("one\ntwo\0", "text/character", 2),
        ("one\ntwo\nthree \ud83d", "text/character", 3),
        ("", "text/empty", None),
        ("\ufeff \n\t…!\u200b", "text/empty", None),
        ("x" * (LIMIT + 1), "text/length", None),
        ("\u0958" * 300, "text/length", None),
    ],
)
def test_refusals(text: str, check: str, line: int | None) -> None:
    with pytest.raises(RefusedError) as refused:
        normalise(text, limit=LIMIT)
    assert (refused.value.check, refused.value.line) == (check, line)
    assert refused.value.fix


def test_bytes_that_are_no_utf8_are_placed() -> None:
    with pytest.raises(RefusedError, match="not UTF-8 at byte 10") as refused:
        decode(b"one\ntwo\nc\xe9\n")
    assert refused.value.line == 3
    with pytest.raises(RefusedError) as refused:
        decode("Zwölf".encode("utf-16"))
    assert "iconv -f UTF-16" in refused.value.fix


def test_page_may_declare_another_encoding() -> None:
    assert decode_html(b'<meta charset="windows-1252"><p>Caf\xe9') == '<meta charset="windows-1252"><p>Café'
    assert "Café" in decode_html("<meta charset=windows-1252><p>Café".encode())
    for unusable in (b"zlib", b"utf-8", b"no-such-thing"):
        with pytest.raises(RefusedError, match="not UTF-8"):
            decode_html(b"<meta charset=" + unusable + b"><p>Caf\xe9")


def test_size_is_checked_before_reading() -> None:
    check_size(4 * LIMIT, LIMIT)
    with pytest.raises(RefusedError, match="too long"):
        check_size(4 * LIMIT + 1, LIMIT)
