"""Coverage-guided fuzzing of what reads files from outside, with atheris (`pip install --group fuzz`).

    python -m tests.fuzz_readers --seconds 60 [lines yaml manifest claims html]

Each target runs in a process of its own, starts from the examples of the tests, and keeps inputs that reach
new code. An expected refusal (``DataError``, ``SettingsError``, ``ValueError`` of a parser) is fine; anything
else, and any difference between a fast path and its reference, is a crash: the input is kept and its path
printed.
"""

from __future__ import annotations

import argparse
import contextlib
import copy
import importlib
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

REPO = Path(__file__).parents[1]
INSTRUMENTED = ["toolkit", "yaml"]
LONGEST = 8_192
Target = Callable[[bytes], None]


def lines(folder: Path) -> Target:
    """JSON Lines: the fast reader against the exact one, line by line and through a file."""
    from tests.gold.mutations import reader_disagreement
    from toolkit.files import Line, parse_object, read_records

    path = folder / "x.jsonl"

    def one(data: bytes) -> None:
        for line in data.split(b"\n"):
            assert (said := reader_disagreement(line)) is None, said
            with contextlib.suppress(ValueError):
                parse_object(line)
        path.write_bytes(data)
        for item in read_records(path):
            assert isinstance(item, Line) or item.message

    return one


def yaml(_folder: Path) -> Target:
    """YAML that people edit: a value with its lines, or one message that names the place."""
    from toolkit import safe_yaml
    from toolkit.errors import SettingsError

    def one(data: bytes) -> None:
        with contextlib.suppress(SettingsError):
            safe_yaml.loads(data.decode("utf-8", "replace"), "x.yaml")

    return one


def manifest(folder: Path) -> Target:
    """A dataset folder with any manifest, beside the files of a real one."""
    from toolkit.errors import DataError
    from toolkit.gold import check_files
    from toolkit.gold import manifest as manifests

    def one(data: bytes) -> None:
        (folder / manifests.MANIFEST).write_bytes(data)
        with contextlib.suppress(DataError):
            manifests.load(folder)
        assert any(issue.severity == "error" for issue in check_files([str(folder)]))

    return one


def claims(_folder: Path) -> Target:
    """Records edited at any place: both validators agree, and every check bears what fits the schema."""
    from tests.gold.mutations import disagreement, originals
    from toolkit import schema
    from toolkit.gold.checks.catalogue import check_claim
    from toolkit.gold.fault import Place
    from toolkit.model import Claim, Document, from_record

    atheris: Any = importlib.import_module("atheris")
    sound = originals()
    known = {record["doc_id"]: record for kind, record in sound if kind == "document"}

    def one(data: bytes) -> None:
        given = atheris.FuzzedDataProvider(data)
        kind, record = sound[given.ConsumeIntInRange(0, len(sound) - 1)]
        record = copy.deepcopy(record)
        for _ in range(given.ConsumeIntInRange(1, 4)):
            edit(record, given)
        assert (said := disagreement(kind, record)) is None, said
        if kind == "claim" and schema.surely_fits(kind, record):
            text = known.get(record["doc_id"])
            document = from_record(Document, text) if text else None
            for issue in check_claim(from_record(Claim, record), document, Place("x"), in_dataset=True):
                assert str(issue)

    return one


def html(folder: Path) -> Target:
    """Pages: a document whose record fits its schema, or a reason why not."""
    from toolkit import schema
    from toolkit.config import Limits
    from toolkit.ingest import read_documents
    from toolkit.model import Document, to_record

    path = folder / "x.html"

    def one(data: bytes) -> None:
        path.write_bytes(data)
        for item in read_documents([str(path)], limits=Limits()):
            assert not isinstance(item, Document) or schema.surely_fits("document", to_record(item))

    return one


TARGETS: dict[str, Callable[[Path], Target]] = {
    "lines": lines, "yaml": yaml, "manifest": manifest, "claims": claims, "html": html,
}  # fmt: skip


def edit(record: dict[str, Any], given: Any) -> None:
    """Change one value of a record, at a place and to a value that the input chooses."""
    from tests.gold.mutations import ODD

    parent: Any = record
    for _ in range(given.ConsumeIntInRange(0, 4)):
        inner = list(parent.values()) if isinstance(parent, dict) else parent
        nested = [value for value in inner if isinstance(value, dict | list) and value]
        if not nested:
            break
        parent = nested[given.ConsumeIntInRange(0, len(nested) - 1)]
    keys = list(parent) if isinstance(parent, dict) else list(range(len(parent)))
    if not keys:
        return
    key = keys[given.ConsumeIntInRange(0, len(keys) - 1)]
    match given.ConsumeIntInRange(0, 5):
        case 0:
            del parent[key]
        case 1:
            parent[key] = given.ConsumeUnicode(24)
        case 2:
            parent[key] = given.ConsumeInt(9)
        case 3:
            parent[key] = given.ConsumeFloat()
        case 4:
            parent[key] = copy.deepcopy(ODD[given.ConsumeIntInRange(0, len(ODD) - 1)])
        case _ if isinstance(parent, dict):
            parent[given.ConsumeUnicodeNoSurrogates(12)] = parent[key]
        case _:
            parent.append(copy.deepcopy(parent[key]))


def seeds(name: str) -> Iterator[bytes]:
    """What a target starts from."""
    where = {
        "lines": ("tests/gold/examples", "*.jsonl"), "yaml": ("configs", "*.yaml"),
        "manifest": ("exports", "manifest.json"), "html": ("tests/ingest/examples", "*.html"),
    }  # fmt: skip
    if name in where:
        for path in sorted((REPO / where[name][0]).rglob(where[name][1])):
            yield path.read_bytes()[:LONGEST]
    else:
        yield from (bytes([number, *range(40)]) for number in range(40))


def fuzz(name: str, corpus: Path, options: list[str]) -> None:
    """Run one target until libFuzzer ends the process."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=INSTRUMENTED), tempfile.TemporaryDirectory() as folder:
        target = TARGETS[name](Path(folder))
        atheris.Setup([name, *options, str(corpus)], target)
        atheris.Fuzz()


def run(name: str, seconds: int) -> tuple[int, int, int]:
    """Inputs tried, places of the code reached, and whether it crashed, for one target."""
    with tempfile.TemporaryDirectory() as folder:
        for number, raw in enumerate(seeds(name)):
            (Path(folder) / f"{number}").write_bytes(raw)
        options = [
            f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=20", "-rss_limit_mb=4096",
            f"-artifact_prefix={name}-",
        ]  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "tests.fuzz_readers", "--inside", folder, name, *options],
            cwd=REPO, capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
    ran = re.findall(r"^Done (\d+) (?:runs )?in", done.stderr, re.M) or re.findall(
        r"^#(\d+)\s", done.stderr, re.M
    )
    reached = re.findall(r"cov: (\d+)", done.stderr)
    if done.returncode:
        print("\n".join(done.stderr.splitlines()[-40:]))  # noqa: T201
    return int(ran[-1]) if ran else 0, int(reached[-1]) if reached else 0, int(done.returncode != 0)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("targets", nargs="*", default=list(TARGETS), metavar="TARGET")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    given, options = parser.parse_known_args()
    if given.inside:
        fuzz(given.targets[0], given.inside, options)
        return 0
    if unknown := set(given.targets) - set(TARGETS):
        parser.error(f"no target {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    crashes = 0
    for name in given.targets:
        tried, reached, crashed = run(name, given.seconds)
        crashes += crashed
        print(f"{name}: {tried} inputs in {given.seconds} s, {reached} places reached, {crashed} crashes")  # noqa: T201
    return int(crashes > 0)


if __name__ == "__main__":
    sys.exit(main())
