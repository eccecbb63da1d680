"""JSON Lines in and out; a file is either the old one or the new one, never half of one."""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, Any

from toolkit.errors import DataError
from toolkit.model import Issue

MAX_LINE_BYTES = 64 * 1024 * 1024
PLAIN_BYTES = 1024 * 1024
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Line:
    """One JSON object of a JSON Lines file and where it stands; lines count from 1."""

    path: str
    number: int
    record: dict[str, Any]


def read_lines(path: str | Path) -> Iterator[tuple[int, bytes]]:
    """The non-empty lines of a file (``-`` is stdin) with their numbers.

    Lines end at LF alone: U+2028 and lone CR are data. A line is cut after MAX_LINE_BYTES + 1 bytes.

    Raises ``DataError`` when the file cannot be opened.
    """
    with _opened(path) as stream:
        number = 0
        while line := stream.readline(MAX_LINE_BYTES + 1):
            number += 1
            if len(line) > MAX_LINE_BYTES:
                while rest := stream.readline(MAX_LINE_BYTES):
                    if rest.endswith(b"\n"):
                        break
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield number, line


def read_records(path: str | Path) -> Iterator[Line | Issue]:
    """The JSON objects of a JSON Lines file; a bad line becomes an ``Issue`` and the rest goes on."""
    name = "<stdin>" if str(path) == "-" else str(path)
    for number, line in read_lines(path):
        try:
            yield Line(name, number, parse_object(line))
        except ValueError as error:
            yield Issue(
                check="file/json", path=name, line=number, message=str(error),
                fix="one JSON object a line, UTF-8",
            )  # fmt: skip


def parse_object(line: bytes) -> dict[str, Any]:
    """One JSON object; ValueError says why bytes are none (NaN, duplicate keys, lone surrogates …)."""
    quick = _quickly(line)
    return _exactly(line) if quick is None else quick


def _quickly(line: bytes) -> dict[str, Any] | None:
    """What ``_exactly`` gives for a plain line, in a third of the time; None where it must look.

    A key that stands twice leaves fewer colons in what was read than in the line. An escaped colon
    could hide that, so lines with such escapes are not plain.
    """
    if len(line) > PLAIN_BYTES or b"\\u" in line:
        return None
    decode, encode, refused = _codec()
    try:
        value = decode(line)
    except refused:
        return None
    plain = isinstance(value, dict) and encode(value).count(b":") == line.count(b":")
    return value if plain else None


@cache
def _codec() -> tuple[Callable[[bytes], Any], Callable[[Any], bytes], tuple[type[Exception], ...]]:
    from msgspec import MsgspecError
    from msgspec.json import Decoder, Encoder

    return Decoder().decode, Encoder().encode, (MsgspecError, UnicodeDecodeError, RecursionError)


def _exactly(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE_BYTES:
        raise ValueError(f"line longer than {MAX_LINE_BYTES} bytes")
    try:
        value = json.loads(
            line.decode("utf-8"),
            object_pairs_hook=_unique_keys,
            parse_constant=_no_constant,
            parse_float=_finite,
        )
    except UnicodeDecodeError as error:
        raise ValueError(f"not UTF-8 at byte {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise ValueError(f"not JSON at column {error.colno}: {error.msg}") from error
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(value, dict):
        raise ValueError(f"a JSON {type(value).__name__}, not an object")
    if b"\\u" in line and _SURROGATE.search(json.dumps(value, ensure_ascii=False)):
        raise ValueError("a lone surrogate escape (\\ud800 to \\udfff)")
    return value


def to_json(value: Any) -> str:
    """One line of JSON with readable characters; the same value gives the same bytes."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(", ", ": "))


def write_records(path: str | Path, records: Iterable[dict[str, Any]]) -> int:
    """Write JSON objects, one a line, and return how many; ``-`` is stdout. See ``replacing``."""
    count = 0
    with replacing(path) as stream:
        for record in records:
            stream.write(to_json(record).encode("utf-8") + b"\n")
            count += 1
    return count


def write_new(path: Path, text: str) -> None:
    """Write a file that is not there yet. Raises ``DataError`` when it is, or cannot be written."""
    if path.exists():
        raise DataError("the file is there already", place=str(path), fix="choose another name")
    with naming(path), path.open("x", encoding="utf-8") as file:
        file.write(text)


@contextmanager
def replacing(path: str | Path, *, mode: int = 0o666) -> Iterator[IO[bytes]]:
    """A binary stream whose content takes the place of ``path`` when the block ends well.

    The bytes go to a new file in the same folder, are flushed to disk and renamed; on any failure
    the old file is untouched and the new one is removed. ``mode`` is narrowed by the umask. What is there
    and no file (``/dev/null``, a pipe) takes the bytes as they come and stays what it is.

    Raises ``DataError`` when the folder is missing or cannot be written, or the disk is full.
    """
    if str(path) == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(path)
    if target.exists() and not target.is_file() and not target.is_dir():
        with naming(target), target.open("wb") as stream:
            yield stream
        return
    with naming(target):
        handle, name = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
    try:
        with naming(target), os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        with naming(target):
            Path(name).chmod(mode & ~_umask())
            Path(name).replace(target)
            _sync_folder(target.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def naming(path: str | Path) -> Iterator[None]:
    """Turn the operating system's refusals into a one-line ``DataError`` that names the file."""
    try:
        yield
    except OSError as error:
        raise DataError(
            f"{error.strerror or error}", place=str(path), fix=_FIXES.get(type(error), _fix(error))
        ) from error


_FIXES: dict[type, str] = {
    FileNotFoundError: "check the path, or make the folder first",
    PermissionError: "choose a place that you may read and write",
    IsADirectoryError: "name a file, not a folder",
    NotADirectoryError: "a part of the path is a file; choose another path",
}


def _fix(error: OSError) -> str:
    full = "free some space and run the same command again; what was there before is untouched"
    return full if error.errno in {28, 122} else "run the same command again"


def contents_digest(paths: Iterable[Path]) -> str:
    """Twelve hexadecimal digits that change when a file's name or content does.

    Raises ``DataError`` when a file cannot be read.
    """
    found = hashlib.sha256()
    for path in paths:
        with naming(path):
            content = path.read_bytes()
        found.update(f"{path.name}\0{len(content)}\0".encode() + content)
    return found.hexdigest()[:12]


@contextmanager
def _opened(path: str | Path) -> Iterator[IO[bytes]]:
    if str(path) == "-":
        yield sys.stdin.buffer
        return
    with naming(path), Path(path).open("rb") as stream:
        yield stream


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """A rename is only safe against power loss once its folder is on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) != len(pairs):
        keys = [key for key, _ in pairs]
        double = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {double!r} stands twice")
    return record


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def _finite(text: str) -> float:
    number = float(text)
    if math.isinf(number):
        raise ValueError(f"the number {text[:20]} is too large")
    return number


Progress = Callable[[int, int | None], None]
"""Called with (done, total) as long work goes on; total is None where it is not known."""
