"""Datasets that were changed behind their manifest, and bytes that must not depend on the machine."""

from __future__ import annotations

import copy
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.gold.faults.datasets import REPO, contents, export, found, inputs
from tests.tally import Tally
from toolkit.gold import FORMATS
from toolkit.gold.releases.release import Release


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
        "import sys; from pathlib import Path; from tests.gold.faults.datasets import export\n"
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
