"""Faults and hostile input to export and validation, counted.

    python -m tests.gold.faults [--quick] [ROW ...]

prints a line a row: what was tried, and in how many of how many cases it went as it must. Ends with 1 when
one did not. ``test_faults.py`` runs the rows with fewer cases.
"""

from __future__ import annotations

import argparse
import copy
import errno
import io
import json
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

from tests.gold.build import make_claim, make_document, many, write
from toolkit import pipeline, safe_yaml
from toolkit.config import Project, Settings
from toolkit.errors import DataError, SettingsError
from toolkit.files import to_json
from toolkit.gold import FORMATS, check_files
from toolkit.gold.releases.release import Release
from toolkit.model import to_record

REPO = Path(__file__).parents[2]
CALLS = ("fsync", "replace", "rename", "unlink", "mkdir")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)
PROJECT = Project(Settings(), REPO / "configs", REPO / ".factcheck")


class Tally:
    """Cases of one row: how many there were, and those that went wrong."""

    def __init__(self) -> None:
        self.cases, self.wrong = 0, list[str]()

    def take(self, good: bool, case: str) -> None:
        self.cases += 1
        if not good:
            self.wrong.append(case)


Row = Callable[[Tally, Path, bool], None]


def contents(folder: Path) -> dict[str, bytes]:
    """The bytes of every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else ()
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def found(folder: Path) -> set[str]:
    return {issue.check for issue in check_files([str(folder)]) if issue.severity == "error"}


def formats_with(name: str) -> list[str]:
    return [*FORMATS[name].beside, name]


def export(given: Path, to: Path, formats: Sequence[str], release: Release | None = None) -> None:
    pipeline.export(
        str(given / "claims.jsonl"), to=to, project=PROJECT, formats=formats,
        documents=[str(given / "documents.jsonl")], release=release,
    )  # fmt: skip


def inputs(folder: Path, count: int) -> Path:
    folder.mkdir()
    documents, claims = many(count)
    stated = [replace(claim, normalized=f"{claim.claim_id} says that 84 died.") for claim in claims]
    write(folder / "claims.jsonl", stated)
    write(folder / "documents.jsonl", documents)
    return folder


@contextmanager
def at_step(step: int, act: Callable[[], None]) -> Iterator[list[int]]:
    """Call ``act`` at the Nth write, fsync, rename, unlink or mkdir; gives how many there were so far."""
    calls = [0]

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            calls[0] += 1
            if calls[0] == step:
                act()
            return real(*args, **more)

        return call

    class Raw(io.FileIO):
        write = counted(io.FileIO.write)

    def opened(handle: int, mode: str = "r", *args: Any, **more: Any) -> Any:
        if mode != "wb":
            return os_fdopen(handle, mode, *args, **more)
        return io.BufferedWriter(Raw(handle, "wb"), 1024)

    os_fdopen = os.fdopen
    patched: dict[str, Any] = {"fdopen": opened, **{name: counted(getattr(os, name)) for name in CALLS}}
    with mock.patch.multiple(os, **patched):
        yield calls


def state(folder: Path, old: dict[str, bytes], new: dict[str, bytes]) -> str:
    """Whether a dataset is the old or the new one, in between and seen to be so, or half."""
    now = contents(folder)
    if now in (old, new):
        return "old" if now == old else "new"
    if any(raw not in {old.get(name), new.get(name)} for name, raw in now.items()):
        return "half a file"
    return "between" if found(folder) else "not seen"


def interrupted(tally: Tally, given: dict[str, Path], name: str, before: bool, how: int | None) -> None:
    """Export at every step into a new folder, or over an older dataset, and again without the fault."""
    room = Path(tempfile.mkdtemp(dir=given["room"]))
    formats, to = formats_with(name), room / "set"
    export(given["new"], room / "wanted", formats)
    new, old = contents(room / "wanted"), dict[str, bytes]()
    if before:
        export(given["old"], room / "before", formats)
        old = contents(room / "before")
    step = 0
    while True:
        step += 1
        shutil.rmtree(to, ignore_errors=True)
        if before:
            shutil.copytree(room / "before", to)
        reached = killed(given["new"], to, formats, step) if how is None else failed(
            given["new"], to, formats, step, how
        )  # fmt: skip
        if reached is None:
            break
        seen = state(to, old, new)
        export(given["new"], to, formats)
        good = reached and seen in {"old", "new", "between"} and contents(to) == new
        tally.take(good, f"{name} step {step} {how or 'SIGKILL'}: {seen}, said {reached}")
    shutil.rmtree(room)


def failed(given: Path, to: Path, formats: list[str], step: int, code: int) -> bool | None:
    """Whether one error at a step became one message; None when there was no such step."""

    def act() -> None:
        raise OSError(code, os.strerror(code))

    with at_step(step, act) as calls:
        try:
            export(given, to, formats)
        except DataError as error:
            return os.strerror(code) in str(error) and ".part" not in str(error)
        except OSError:
            return False
    # What cleaning up does not manage is left for the next run; the export itself was whole.
    return None if calls[0] < step else True


def killed(given: Path, to: Path, formats: list[str], step: int) -> bool | None:
    """Kill a child at a step; None when it came to its end."""
    child = os.fork()
    if child == 0:
        with at_step(step, lambda: os.kill(os.getpid(), signal.SIGKILL)):
            export(given, to, formats)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return True if os.WIFSIGNALED(status) else None


def steps(tally: Tally, room: Path, quick: bool) -> None:
    """SIGKILL and ENOSPC, EIO, EACCES at every write, fsync, rename of each format: old or new, not half"""
    given = {"room": room, "old": inputs(room / "old", 2), "new": inputs(room / "new", 3)}
    for name in ("claimreview",) if quick else FORMATS:
        for before in (False, True):
            for how in (None, errno.ENOSPC) if quick else (None, *ERRORS):
                interrupted(tally, given, name, before, how)


def flips(tally: Tally, room: Path, quick: bool) -> None:
    """one byte of an export in every format flipped: found by validate"""
    folder = room / "set"
    export(inputs(room / "given", 4), folder, list(FORMATS), Release("1.0.0"))
    files, chance = sorted(path for path in folder.rglob("*") if path.is_file()), random.Random(11)
    for number in range(60 if quick else 1_000):
        path = files[number % len(files)]
        whole = path.read_bytes()
        raw = bytearray(whole)
        place = chance.randrange(len(raw))
        raw[place] ^= 1 << chance.randrange(8)
        path.write_bytes(raw)
        tally.take(bool(found(folder)), f"{path.name} at {place}")
        path.write_bytes(whole)
    tally.take(not found(folder), "the sound dataset")


WORLDS = (
    {"PYTHONHASHSEED": "0", "TZ": "Asia/Kathmandu", "LC_ALL": "C"},
    {"PYTHONHASHSEED": "4242", "TZ": "America/St_Johns", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "0"},
    {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "tr_TR.UTF-8", "OMP_NUM_THREADS": "1"},
    {"PYTHONHASHSEED": "99", "TZ": "Pacific/Kiritimati", "LANG": "de_DE.ISO-8859-1", "OMP_NUM_THREADS": "2"},
)


def worlds(tally: Tally, room: Path, quick: bool) -> None:
    """same input under other hash seeds, locales, time zones and thread counts: files with the same bytes"""
    given = inputs(room / "given", 4)
    export(given, room / "first", list(FORMATS), Release("1.0.0"))
    wanted = contents(room / "first")
    shutil.move(room / "first", room / "elsewhere")
    code = (
        "import sys; from pathlib import Path; from tests.gold.faults import export\n"
        "from toolkit.gold import FORMATS; from toolkit.gold.releases.release import Release\n"
        "export(Path(sys.argv[1]), Path(sys.argv[2]), list(FORMATS), Release('1.0.0'))"
    )
    for number, world in enumerate(WORLDS[:2] if quick else WORLDS):
        to = room / f"{number}" / "set"
        env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPO), "HOME": str(room), **world}
        subprocess.run([sys.executable, "-c", code, str(given), str(to)], env=env, cwd=REPO, check=True)
        now = contents(to)
        for name in sorted({*wanted, *now}):
            tally.take(now.get(name) == wanted.get(name), f"{name} in {world}")


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
    """YAML bombs as settings: refused or read as plain values within 5 s"""
    for number, text in enumerate(bombs()):
        path = room / f"{number}.yaml"
        path.write_text(text, "utf-8")
        start = time.monotonic()
        try:
            safe = len(to_json(safe_yaml.load(path).value)) <= 2 * len(text)
        except SettingsError as error:
            safe = f"{number}.yaml" in str(error)
        tally.take(safe and time.monotonic() - start < 5, f"bomb {number}: {text[:40]!r}")


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


def lies(record: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A manifest with one thing in it that is not so."""
    changes: tuple[Callable[[Any], object], ...] = (
        lambda one: one["counts"].update(claims=99),
        lambda one: one["counts"].update(documents=99),
        lambda one: one["counts"].update(by_status={"accepted": 1, "added": 3}),
        lambda one: one.update(name="another"),
        lambda one: one.update(rules_versions=["ffffffff"]),
        lambda one: one.update(release="9.9.9"),
        lambda one: one.update(toolkit_version="99"),
        lambda one: one.update(schema_version="2"),
        lambda one: one.update(claim_schema="urn:factcheck-toolkit:schema:claim:2"),
        lambda one: one["files"].pop(),
        lambda one: one["files"].append(one["files"][0]),
        lambda one: one.update(surprise=True),
    )
    for change in changes:
        changed = copy.deepcopy(record)
        change(changed)
        yield changed
    for index in range(len(record["files"])):
        for key, value in (
            ("path", "../x"),
            ("bytes", 1),
            ("sha256", "0" * 64),
            ("records", 77),
            ("format", 5),
        ):
            changed = copy.deepcopy(record)
            changed["files"][index][key] = value
            yield changed


def manifests(tally: Tally, room: Path, quick: bool) -> None:
    """a manifest that lies: found by validate"""
    folder = room / "set"
    export(inputs(room / "given", 4), folder, ["jsonl", "csv", "fever"])
    path = folder / "manifest.json"
    raw = path.read_text("utf-8")
    for number, lie in enumerate(lies(json.loads(raw))):
        path.write_text(json.dumps(lie, ensure_ascii=False, indent=2) + "\n", "utf-8")
        tally.take(bool(found(folder)), f"lie {number}")
    path.write_text(raw, "utf-8")
    tally.take(not found(folder), "the sound dataset")


def read_only(tally: Tally, room: Path, quick: bool) -> None:
    """a target that may not be written, in every format: one message, the old dataset untouched"""
    given, disk = inputs(room / "given", 3), room / "disk"
    disk.mkdir()
    names = ("jsonl", "parquet") if quick else tuple(FORMATS)
    for name in names:
        export(inputs(room / f"old-{name}", 2), disk / name, formats_with(name))
    before = contents(disk)
    mounted = os.getuid() == 0 and not subprocess.run(
        ["mount", "--bind", str(disk), str(disk)], capture_output=True, check=False
    ).returncode  # fmt: skip
    if mounted:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(disk)], check=True)
    else:
        for path in (disk, *disk.rglob("*")):
            path.chmod(0o555)
    try:
        for name in names:
            for to in (disk / name, disk / f"new-{name}"):
                try:
                    export(given, to, formats_with(name))
                    said = "nothing"
                except DataError as error:
                    said = str(error)
                good = "Fix: " in said and str(to) in said and contents(disk) == before
                tally.take(good, f"{name} to {to.name}: {said}")
    finally:
        if mounted:
            subprocess.run(["umount", str(disk)], check=True)
        else:
            for path in (disk, *disk.rglob("*")):
                path.chmod(0o755)


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


VERSIONS: tuple[Any, ...] = ("0", "2", "1.0", "1.1", "", " 1", "１", 1, 1.0, None, True, ["1"], {})
ROWS: dict[str, Row] = {
    "steps": steps, "flips": flips, "worlds": worlds, "ids": ids, "yaml": yaml_bombs,
    "references": references,
    "patterns": patterns, "manifests": manifests, "read-only": read_only, "versions": versions,
}  # fmt: skip


def run(name: str, *, quick: bool) -> Tally:
    """The tally of one row, in a folder that is gone afterwards."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as room:
        ROWS[name](tally, Path(room), quick)
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"of {', '.join(ROWS)}")
    parser.add_argument("--quick", action="store_true", help="fewer cases")
    given = parser.parse_args()
    wrong = 0
    for name in given.rows or ROWS:
        start = time.monotonic()
        tally = run(name, quick=given.quick)
        wrong += len(tally.wrong)
        figure = f"{tally.cases - len(tally.wrong)}/{tally.cases}"
        print(f"{name}: {ROWS[name].__doc__}: {figure} ({time.monotonic() - start:.0f} s)", flush=True)  # noqa: T201
        for case in tally.wrong[:20]:
            print(f"    wrong: {case}")  # noqa: T201
    return int(wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
