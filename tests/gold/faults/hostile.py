"""Hostile ids, settings, addresses, patterns and versions in the input."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

from tests.gold.build import make_claim, make_document, many, write
from tests.gold.faults.datasets import export
from tests.tally import Tally
from toolkit import safe_yaml
from toolkit.errors import DataError, SettingsError
from toolkit.files import to_json
from toolkit.gold import check_files
from toolkit.model import to_record

HOSTILE = (
    "../x", "../../../../etc/passwd", "/etc/passwd", "..\\..\\x", "a/b", "a\0b", "", ".", "..", "CON", "a\nb",
    "claim-0123456789abcdef/../../x", "claim-0123456789abcdef\n", "\u202eclaim", "x" * 5_000, "=1+1",
    "%2e%2e%2fx",
)  # fmt: skip


def ids(tally: Tally, room: Path, quick: bool) -> None:
    """hostile ids in claims and documents: refused by validate and export, nothing outside the folder"""
    claim, document = to_record(make_claim()), to_record(make_document())
    for kind, record in (("claim_id", claim), ("doc_id", claim), ("doc_id", document)):
        for number, name in enumerate(HOSTILE):
            place = room / f"{kind}{number}{record is document}"
            place.mkdir()
            bad = {**record, kind: name}
            write(place / "claims.jsonl", [bad if record is claim else claim])
            write(place / "documents.jsonl", [bad if record is document else document])
            before = set(room.rglob("*"))
            issues = check_files([str(place / "claims.jsonl")], documents=[str(place / "documents.jsonl")])
            refused = any(issue.severity == "error" for issue in issues)
            try:
                export(place, place / "set", ["jsonl", "brat"])
                refused = False
            except DataError:
                pass
            tally.take(refused and set(room.rglob("*")) == before, f"{kind} {name[:40]!r}")


def bombs() -> Iterator[str]:
    """YAML that grows, loops, nests, hides or makes objects."""
    rows = "\n".join(
        f"{b}: &{b} [{', '.join([f'*{a}'] * 9)}]" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    yield f"a: &a [x, x, x]\n{rows}\n"
    yield "a: &a {b: *a}\n"
    yield "a: &a [*a]\n"
    yield "<<: &x {a: 1}\nb: 2\n"
    yield "a: &x 1\nb: *x\n"
    yield "[" * 3_000 + "]" * 3_000
    yield "{a: " * 500 + "1" + "}" * 500
    yield "- " * 2_000 + "x"
    yield "a: " + "x" * (5 * 1024 * 1024)
    yield "a: " + "9" * 10_000
    yield "a: 0x" + "f" * 10_000
    yield "a: 1" + ":59" * 5_000
    for tag in ("python/object/apply:os.system", "python/name:os.system", "binary", "set", "omap", "merge"):
        yield f"a: !!{tag} [x]\n"
    yield "a: 1\na: 2\n"
    yield "? [a]\n: 1\n"
    yield "--- 1\n--- 2\n"
    yield "%YAML 9.9\n--- {\n"
    yield "a: \x00\n"


def yaml_bombs(tally: Tally, room: Path, quick: bool) -> None:
    """YAML bombs as settings: refused or read as plain values within 5 s of processor"""
    for number, text in enumerate(bombs()):
        path = room / f"{number}.yaml"
        path.write_text(text, "utf-8")
        start = time.process_time()
        try:
            safe = len(to_json(safe_yaml.load(path).value)) <= 2 * len(text)
        except SettingsError as error:
            safe = f"{number}.yaml" in str(error)
        tally.take(safe and time.process_time() - start < 5, f"bomb {number}: {text[:40]!r}")


def references(tally: Tally, room: Path, quick: bool) -> None:
    """remote $ref and addresses in records, settings and manifests: an issue, and no socket is opened"""
    opened = list[Any]()

    def no_socket(*args: Any, **more: Any) -> Any:
        opened.append(args)
        raise OSError("a socket was asked for")

    address = "http://127.0.0.1:9/claim.schema.json"
    for key in (
        "$ref",
        "$schema",
        "$id",
        "@context",
        "schema",
        "claim_schema",
        "$dynamicRef",
        "externalDocs",
    ):
        bad = {**to_record(make_claim()), key: address}
        for name, raw in (
            ("claims.jsonl", to_json(bad)),
            ("project.yaml", f'schema_version: "1"\n"{key}": {address}\n'),
            ("set/manifest.json", json.dumps({key: address, "schema_version": "1"})),
        ):
            path = room / key / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(raw, "utf-8")
            target = path.parent if name.endswith("manifest.json") else path
            with mock.patch.multiple(
                socket, socket=no_socket, create_connection=no_socket, getaddrinfo=no_socket
            ):
                refused = any(issue.severity == "error" for issue in check_files([str(target)]))
            tally.take(refused and not opened, f"{key} in {name}")


def bad_patterns() -> list[str]:
    """Fifty patterns that take for ever on the wrong text."""
    inner = ("a+", "a*", "(a|aa)", "(a|a?)", "(\\w+)", "[a-z]+", "(.*)", "(a?){20}a{20}", "(x+x+)", "\\w*")
    outer = ("({})+$", "({})*b", "^({})+!", "({}){{10,}}\\d", "(({})*)*c")
    return [one.format(part) for part in inner for one in outer]


def patterns(tally: Tally, room: Path, quick: bool) -> None:
    """known bad regexes as rules: every document done within 3 s of processor at a bound of 0.3 s"""
    from tests.rules.conftest import rule, rule_file
    from toolkit.rules import load_rules

    texts = ("a" * 3_000 + "b", "x" * 3_000, "a " * 1_500 + "?", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!")
    for number, pattern in enumerate(bad_patterns()[:10] if quick else bad_patterns()):
        path = room / f"{number}.yaml"
        path.write_text(rule_file(rule("a.bad", "X", pattern)), "utf-8")
        try:
            rules = load_rules([path], seconds=0.3)
        except SettingsError as error:
            tally.take("a.bad" in str(error), pattern)
            continue
        for text in texts[:2] if quick else texts:
            start = time.process_time()
            rules.find(make_document(text))
            tally.take(time.process_time() - start < 3, f"{pattern} on {text[:5]} …")


VERSIONS: tuple[Any, ...] = ("0", "2", "1.0", "1.1", "", " 1", "１", 1, 1.0, None, True, ["1"], {})


def versions(tally: Tally, room: Path, quick: bool) -> None:
    """mixed schema versions in a file: each wrong one an issue at its line, the rest read; export refuses"""
    claims = [to_record(claim) for claim in many(4)[1]]
    for number, version in enumerate(VERSIONS):
        place = room / f"{number}"
        place.mkdir()
        write(place / "claims.jsonl", [claims[0], {**claims[1], "schema_version": version}, *claims[2:]])
        write(place / "documents.jsonl", many(4)[0])
        issues = check_files([str(place / "claims.jsonl")], documents=[str(place / "documents.jsonl")])
        where = {issue.line for issue in issues if issue.severity == "error"}
        try:
            export(place, place / "set", ["jsonl"])
            refused = False
        except DataError as error:
            refused = "claims.jsonl:2" in str(error)
        tally.take(where == {2} and refused and not (place / "set").exists(), f"version {version!r}")
