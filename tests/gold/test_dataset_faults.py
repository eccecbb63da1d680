"""Datasets that were changed, and exports that end in the middle: the old files or the new, never half."""

from __future__ import annotations

import fcntl
import json
import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.gold.build import many, write
from toolkit.config import Settings
from toolkit.errors import DataError
from toolkit.gold import check_files, write_dataset
from toolkit.model import Issue

REPO = Path(__file__).parents[2]
ALL = ["jsonl", "csv", "parquet"]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()} if folder.exists() else {}


def write_set(tmp_path: Path, count: int, *, formats: list[str] = ALL, to: str = "set") -> Path:
    documents, claims = many(count)
    given = write(tmp_path / f"claims{count}.jsonl", claims)
    texts = write(tmp_path / f"texts{count}.jsonl", documents)
    write_dataset(given, to=tmp_path / to, settings=Settings(), formats=formats, documents=[texts])
    return tmp_path / to


def found(folder: Path) -> set[str]:
    return {issue.check for issue in check_files([str(folder)]) if issue.severity == "error"}


def test_one_flipped_byte_is_found(tmp_path: Path) -> None:
    folder = write_set(tmp_path, 2)
    chance = random.Random(11)
    files = sorted(path for path in folder.iterdir())
    for number in range(150):
        path = files[number % len(files)]
        raw = bytearray(path.read_bytes())
        whole = bytes(raw)
        raw[chance.randrange(len(raw))] ^= 1 << chance.randrange(8)
        path.write_bytes(bytes(raw))
        assert found(folder), f"{path.name}: a flipped byte was not found"
        path.write_bytes(whole)
    assert found(folder) == set()


def edit(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "manifest.json"
    record = json.loads(path.read_text("utf-8"))
    change(record)
    path.write_text(json.dumps(record, indent=2) + "\n", "utf-8")


def test_files_that_are_missing_or_too_many(tmp_path: Path) -> None:
    folder = write_set(tmp_path, 2)
    (folder / "claims.csv").rename(folder / "claims-old.csv")
    issues = [issue for issue in check_files([str(folder)]) if issue.severity == "error"]
    assert {issue.check for issue in issues} == {"manifest/file", "manifest/extra"}
    assert any("claims.csv is not in the folder" in issue.message for issue in issues)
    assert all(issue.fix for issue in issues)
    (folder / "SHA256SUMS").unlink()
    assert "manifest/sums" in found(folder)


def test_links_do_not_count_as_files(tmp_path: Path) -> None:
    folder = write_set(tmp_path, 2)
    (folder / "claims.csv").rename(tmp_path / "elsewhere.csv")
    (folder / "claims.csv").symlink_to(tmp_path / "elsewhere.csv")
    assert "manifest/file" in found(folder)


@pytest.mark.parametrize(
    "change",
    [
        lambda record: record["counts"].update(claims=7),
        lambda record: record["counts"].update(documents=7),
        lambda record: record["counts"].update(by_status={"accepted": 1, "added": 1}),
        lambda record: record["files"][0].update(records=7),
    ],
)
def test_a_manifest_that_lies(tmp_path: Path, change: Callable[[dict[str, Any]], object]) -> None:
    folder = write_set(tmp_path, 2)
    edit(folder, change)
    assert {"manifest/counts", "manifest/sums"} <= found(folder)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'{"schema_version": "1"}', b"\xff"])
def test_a_manifest_that_is_none(tmp_path: Path, raw: bytes) -> None:
    folder = write_set(tmp_path, 2)
    (folder / "manifest.json").write_bytes(raw)
    assert found(folder) == {"manifest/format"}


def test_a_rejected_claim_does_not_belong_in_a_dataset(tmp_path: Path) -> None:
    folder = write_set(tmp_path, 2, formats=["jsonl"])
    path = folder / "claims.jsonl"
    raw = path.read_text("utf-8").replace(
        '"review": {"status": "accepted"', '"review": {"status": "rejected"'
    )
    path.write_text(raw, "utf-8")
    assert "reviewed" in found(folder)


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_full_disk_at_every_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    folder = write_set(tmp_path, 2)
    old, new = contents(folder), contents(write_set(tmp_path, 4, to="new"))
    claims, texts = str(tmp_path / "claims4.jsonl"), str(tmp_path / "texts4.jsonl")
    real, failures = getattr(os, call), 0
    for step in range(1, 100):
        steps = iter(range(1, 1000))

        def failing(*args: Any, steps: Iterator[int] = steps, step: int = step) -> Any:
            if next(steps) == step:
                raise OSError(28, "No space left on device")
            return real(*args)

        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing)
            try:
                write_dataset(claims, to=folder, settings=Settings(), formats=ALL, documents=[texts])
            except DataError as error:
                failures += 1
                assert "No space left on device. Fix: free some space" in str(error)
                assert ".set.part" not in str(error)
            else:
                break
        after = contents(folder)
        assert all(after[name] in {old[name], new[name]} for name in old)
        assert after == old or (after == new and call == "fsync") or found(folder)
        assert not list(tmp_path.glob(".set*"))
    assert failures >= 6
    assert contents(folder) == new


def killed_after(number: int, act: Callable[[], object]) -> bool:
    """Run ``act`` in a child that is gone before its Nth fsync or rename; False when it came to its end."""
    child = os.fork()
    if child == 0:
        calls = 0

        def count(real: Callable[..., Any]) -> Callable[..., Any]:
            def counted(*args: Any, **more: Any) -> Any:
                nonlocal calls
                calls += 1
                if calls == number:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **more)

            return counted

        for name in ("fsync", "replace", "rename", "unlink"):
            setattr(os, name, count(getattr(os, name)))
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_killed_at_every_step_of_the_first_export(tmp_path: Path) -> None:
    kills = 0
    while killed_after(kills + 1, lambda: write_set(tmp_path, 4, formats=["jsonl", "csv"])):
        kills += 1
        assert found(tmp_path / "set") == set() if (tmp_path / "set").exists() else True
    assert kills >= 10
    assert found(tmp_path / "set") == set()
    assert not list(tmp_path.glob(".set*"))


def test_killed_at_every_step_of_a_later_export(tmp_path: Path) -> None:
    folder = write_set(tmp_path, 2, formats=["jsonl", "csv"])
    old = contents(folder)
    new = contents(write_set(tmp_path, 4, formats=["jsonl"], to="new"))
    number = 0
    while killed_after(number + 1, lambda: write_set(tmp_path, 4, formats=["jsonl"])):
        number += 1
        for name, raw in contents(folder).items():
            assert raw in {old.get(name), new.get(name)}, f"{name} is neither the old nor the new one"
        if (folder / "manifest.json").read_bytes() == new["manifest.json"]:
            assert found(folder) <= {"manifest/extra"}
        write_set(tmp_path, 4, formats=["jsonl"])
        assert contents(folder) == new
        write_set(tmp_path, 2, formats=["jsonl", "csv"])
        assert contents(folder) == old
    assert number >= 10


def test_two_exports_at_once(tmp_path: Path) -> None:
    folder = write_set(tmp_path, 2)
    before = contents(folder)
    (tmp_path / ".set.part").mkdir()
    handle = os.open(tmp_path / ".set.part", os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(DataError, match="another export is writing here"):
        write_set(tmp_path, 4)
    os.close(handle)
    assert contents(folder) == before
    write_set(tmp_path, 4)
    assert found(folder) == set()


def test_what_a_killed_export_left_is_cleared_away(tmp_path: Path) -> None:
    (tmp_path / ".set.part").mkdir()
    (tmp_path / ".set.part" / ".claims.jsonl.x.part").write_bytes(b"half")
    folder = write_set(tmp_path, 2, formats=["jsonl"])
    assert set(contents(folder)) == {"claims.jsonl", "documents.jsonl", "manifest.json", "SHA256SUMS"}


def test_a_planted_link_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious").mkdir()
    (tmp_path / "precious" / "file").write_bytes(b"keep")
    (tmp_path / ".set.part").symlink_to(tmp_path / "precious")
    with pytest.raises(DataError):
        write_set(tmp_path, 2)
    assert (tmp_path / "precious" / "file").read_bytes() == b"keep"


@pytest.mark.parametrize("target", ["elsewhere", "set/data"])
def test_a_link_planted_in_a_dataset_is_not_followed(tmp_path: Path, target: str) -> None:
    folder = write_set(tmp_path, 2, formats=["jsonl", "brat"])
    (tmp_path / target).mkdir()
    names = [path.name for path in (folder / "brat").iterdir()]
    for name in names:
        (tmp_path / target / name).write_bytes(b"keep")
    (folder / "brat").rename(tmp_path / "brat-then")
    (folder / "brat").symlink_to(tmp_path / target)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert "manifest/file" in found(folder)
    with pytest.raises(DataError, match="is a link in the dataset's folder"):
        write_set(tmp_path, 4, formats=["jsonl", "brat"])
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before
    write_set(tmp_path, 4, formats=["jsonl"])  # the older manifest names files behind the link
    assert {path.name: path.read_bytes() for path in (tmp_path / target).iterdir()} == dict.fromkeys(
        names, b"keep"
    )


def test_a_linked_folder_is_the_folder_it_leads_to(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "set").symlink_to(tmp_path / "real")
    folder = write_set(tmp_path, 2, formats=["jsonl", "brat"])
    write_set(tmp_path, 4, formats=["jsonl", "brat"])
    assert folder.is_symlink()
    assert found(folder) == found(tmp_path / "real") == set()


def run_export(cwd: Path, count: int, to: str, **more: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "toolkit", "export", f"{cwd}/claims{count}.jsonl", "--to", to],
        cwd=cwd, capture_output=True, text=True, check=False, timeout=120, **more,
        env={"PATH": os.environ["PATH"], "HOME": str(cwd), "PYTHONPATH": str(REPO)},
    )  # fmt: skip


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    folder = write_set(tmp_path, 2)
    before = contents(folder)
    write(tmp_path / "claims40.jsonl", many(40)[1])
    done = run_export(
        tmp_path, 40, "set", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    )
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith("factcheck: ")
    assert "File too large" in line or "disk I/O" in line or "full" in line
    assert contents(folder) == before


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 64 KiB."""
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
    if os.getuid() != 0 or subprocess.run(command, capture_output=True, check=False).returncode != 0:
        pytest.skip("needs the right to mount a small file system")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


def test_disk_full_is_one_line_and_the_old_export_stays(tmp_path: Path, tiny_disk: Path) -> None:
    folder = write_set(tmp_path, 2, to="disk/set", formats=["jsonl"])
    before = contents(folder)
    write(tmp_path / "claims40.jsonl", many(40)[1])
    done = run_export(tmp_path, 40, "disk/set")
    assert done.returncode == 1
    assert "No space left on device. Fix: free some space" in done.stderr
    assert "set/claims.jsonl" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert contents(folder) == before
    assert found(folder) == set()


def test_a_place_that_may_not_be_written(tmp_path: Path) -> None:
    write(tmp_path / "claims2.jsonl", many(2)[1])
    (tmp_path / "file").write_bytes(b"")
    done = run_export(tmp_path, 2, "file/set")
    assert done.returncode == 1
    assert "Fix:" in done.stderr
    assert "Traceback" not in done.stderr
    refused = run_export(tmp_path, 2, "file")
    assert refused.returncode == 1
    assert "is a file. Fix: name a folder" in refused.stderr


def test_issues_are_plain_values(tmp_path: Path) -> None:
    folder = write_set(tmp_path, 2)
    (folder / "claims.csv").unlink()
    (issue,) = [issue for issue in check_files([str(folder)]) if issue.check == "manifest/file"]
    assert isinstance(issue, Issue)
    assert issue.pointer == "/files/2/path"
    assert issue.path.endswith("manifest.json")
