"""Damaged files of every kind: documents or issues come out, never an exception."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from toolkit import schema
from toolkit.config import Limits
from toolkit.ingest import READERS, read_documents
from toolkit.model import Document, to_record

EXAMPLES = Path(__file__).parent / "examples"
PARTS = [
    b"<div>", b"</div>", b"<br>", b"<script>", b"<!--", b"&#0;", b"&#xd800;", b"\0", b"\xff", b"\xe2\x80\xa8",
    b"\r",    b'"', b"{", b"}", b"<td>", b"<meta charset=utf-16>", b"Latest Stories\n", b"(AFP)\n",
    b"<link rel=canonical href='http://['>",
    b"<time datetime='2024-99-99'>", b"\\ud800", b"\x08", "İ".encode(), b"\n\n", b",", b";",
]  # fmt: skip


def damaged(chance: random.Random, sources: list[bytes]) -> bytes:
    raw = bytearray(chance.choice(sources))
    for _ in range(chance.randrange(1, 12)):
        place = chance.randrange(len(raw) + 1)
        match chance.randrange(3):
            case 0:
                raw[place:place] = chance.choice(PARTS) * chance.choice([1, 1, 40])
            case 1:
                del raw[place : place + chance.randrange(40)]
            case _:
                raw[place:place] = chance.choice(sources)[: chance.randrange(100)]
    return bytes(raw)


@pytest.mark.parametrize("suffix", sorted(READERS))
def test_damaged_files(tmp_path: Path, suffix: str) -> None:
    chance = random.Random(suffix)
    sources = [raw for path in sorted(EXAMPLES.rglob("*.*")) if (raw := path.read_bytes())]
    path = tmp_path / f"a{suffix}"
    for _ in range(150):
        path.write_bytes(damaged(chance, sources))
        for item in read_documents([str(path)], limits=Limits()):
            if isinstance(item, Document):
                assert not list(schema.problems("document", to_record(item)))
                json.dumps(to_record(item), ensure_ascii=False).encode()
            else:
                assert str(path) in str(item)
