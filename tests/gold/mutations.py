"""Records that were changed at random, to hold two validators and two readers against each other.

    python -m tests.gold.mutations 50000 [SEED]

compares the compiled validator with the reference on as many mutated records, and the fast reader with the
exact one on as many mutated lines, and exits with 1 when they ever differ.
"""

from __future__ import annotations

import copy
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from toolkit import files, schema
from toolkit.files import to_json
from toolkit.gold.records import KINDS
from toolkit.model import from_checked, from_record

EXAMPLES = Path(__file__).parent / "examples"
ODD: list[Any] = [
    None, True, False, 0, 1, -1, 1.0, 0.5, 1.5, -0.0, 2**53, 2**63, 2**64, 10**30, -(10**30), 1e300, 5e-324,
    "", " ", "1", "x", "1\n", "\u0661", "\U0001f600", "\x00", "CT+", "death", "2024-02-29", "2024-02-30",
    "0000-01-01", "0001-01-01", "9999-12-31", "2024-1-1", "20240101", "2024-W01-1", "2024-01-01T00:00:00Z",
    "２０２４-01-01", "doc-0123456789abcdef", "doc-0123456789abcdef\n", "claim-0123456789ABCDEF",
    "claim-../../etc/passwd", "0" * 64, "en", "EN-latn", "a.b", "a..b", [], [None], ["x"], [[]], {}, {"x": 1},
    {"$ref": "https://schema.example/claim.json"},
    {"start": 0, "end": 1, "text": "x"}, {"start": 0, "end": 1, "text": "x", "pieces": None},
]  # fmt: skip


@cache
def originals() -> list[tuple[str, dict[str, Any]]]:
    """Sound records of every kind, by the name of their schema."""
    found = [("document", record) for record in _records(EXAMPLES / "documents.jsonl")]
    for path in sorted((EXAMPLES / "good").glob("*.jsonl")):
        kind = path.name.split("--")[0].removesuffix("s")
        found += [(kind, record) for record in _records(path)]
    return found


def mutated(count: int, seed: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Records with up to three values changed, dropped, added or moved; every tenth is left as it is."""
    random, sound = Random(seed), originals()
    for number in range(count):
        kind, record = random.choice(sound)
        changed = copy.deepcopy(record)
        for _ in range(0 if number % 10 == 0 else random.randint(1, 3)):
            _change(changed, random)
        yield kind, changed


def broken_lines(count: int, seed: int) -> Iterator[bytes]:
    """Lines of JSON with bytes changed, dropped, doubled or put in."""
    random = Random(seed)
    pieces = [
        b'"', b":", b",", b"{", b"}", b"[", b"]", b"\\", b"\\u003a", b"\\ud83d", b"\t", b" ", b"\r", b"\xff",
        b"\x00", b"\xef\xbb\xbf", b"1e400", b"-0", b"NaN", b"Infinity", b"18446744073709551616", b"1.0",
        b'"a":1,', b'"a" :1,', b'"start":', b"\xed\xa0\x80", b"null", b"'", b"/*", b"0", b"-",
    ]  # fmt: skip
    for _, record in mutated(count, seed):
        line = bytearray(to_json(record).encode("utf-8"))
        for _ in range(random.randint(0, 2)):
            at = random.randrange(len(line))
            length = random.choice([0, 0, 1, 20])
            line[at : at + length] = random.choice([random.choice(pieces), bytes(line[at : at + 30])])
        yield bytes(line)


def disagreement(kind: str, record: dict[str, Any]) -> str | None:
    """Where the two validators, or the two ways to a dataclass, differ on a record."""
    reference, quick = schema.validator(kind).is_valid(record), schema.surely_fits(kind, record)
    if reference != quick:
        return f"{kind}: reference {reference}, compiled {quick}"
    if reference and repr(from_checked(KINDS[kind], record)) != repr(from_record(KINDS[kind], record)):
        return f"{kind}: two different dataclasses"
    return None


def reader_disagreement(line: bytes) -> str | None:
    """Where the fast reader gives another value than the exact one, or one where that gives none."""
    quick = files._quickly(line)
    if quick is None:
        return None
    try:
        exact = files._exactly(line)
    except ValueError as error:
        return f"fast reader takes what the exact one refuses: {error}"
    return None if repr(quick) == repr(exact) else "two different values"


def _change(record: dict[str, Any], random: Random) -> None:
    parent: Any = record
    for _ in range(random.randint(0, 4)):
        inner = parent.values() if isinstance(parent, dict) else parent
        nested = [value for value in inner if isinstance(value, dict | list) and value]
        if not nested:
            break
        parent = random.choice(nested)
    keys = list(parent) if isinstance(parent, dict) else list(range(len(parent)))
    key = random.choice(keys)
    action = random.randrange(6)
    if action == 0:
        del parent[key]
        return
    if action == 1 and isinstance(parent, dict):
        parent[random.choice(["x", f"{key}s", "pieces", "$ref"])] = copy.deepcopy(random.choice(ODD))
    elif action == 2 and isinstance(parent[key], str):
        parent[key] = random.choice([parent[key] + "\n", parent[key].upper(), parent[key][:-1], ""])
    elif action == 3:
        parent[key] = copy.deepcopy(parent[random.choice(keys)])
    elif action == 4:
        parent[key] = [parent[key]]
    else:
        parent[key] = copy.deepcopy(random.choice(ODD))
    if not record:
        record["x"] = 1


def _records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def main() -> int:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 50_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    start, verdicts, differ = time.perf_counter(), Counter[bool](), 0
    for kind, record in mutated(count, seed):
        verdicts[schema.surely_fits(kind, record)] += 1
        if said := disagreement(kind, record):
            differ += 1
            print(said, to_json(record)[:2000])  # noqa: T201
    read = Counter[bool]()
    for line in broken_lines(count, seed):
        read[files._quickly(line) is not None] += 1
        if said := reader_disagreement(line):
            differ += 1
            print(said, line[:2000])  # noqa: T201
    seconds = time.perf_counter() - start
    print(f"{count} records: {verdicts[True]} valid, {verdicts[False]} not")  # noqa: T201
    print(f"{count} lines: {read[True]} read fast, {read[False]} left to the exact reader")  # noqa: T201
    print(f"they differ on {differ} ({seconds:.0f} s)")  # noqa: T201
    return int(differ > 0)


if __name__ == "__main__":
    sys.exit(main())
