"""YAML that people edit and nobody has to trust: no tags, aliases or doubled keys, and every value
remembers its line."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from toolkit.errors import SettingsError
from toolkit.files import naming

MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 40
LARGEST = 2**63
_YAML = "tag:yaml.org,2002:"
_PLAIN = {_YAML + kind for kind in ("null", "bool", "int", "float", "str", "seq", "map", "timestamp")}

_DIFFERENT = frozenset("\t\r\x85\u2028\u2029\ufeff")
_TEXT = {_YAML + "str", _YAML + "timestamp"}


@dataclass(frozen=True, slots=True)
class Loaded:
    """A YAML file's value, and the line (from 1) of each place in it by JSON pointer."""

    path: str
    value: Any
    lines: dict[str, int]

    def place(self, pointer: str = "") -> str:
        """``file:line`` of a JSON pointer, or of the nearest place above it."""
        while pointer and pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return f"{self.path}:{self.lines.get(pointer, 1)}"


def load(path: Path) -> Loaded:
    """Read one YAML file.

    Raises ``SettingsError`` with file and line when it is not plain, safe YAML in UTF-8, and
    ``DataError`` when it cannot be read.
    """
    with naming(path):
        raw = path.read_bytes()
    if len(raw) > MAX_BYTES:
        raise SettingsError(f"larger than {MAX_BYTES} bytes", place=str(path), fix="split the file")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise SettingsError("not UTF-8", place=f"{path}:{line}", fix="save the file as UTF-8") from error
    return loads(text, str(path))


def loads(text: str, name: str) -> Loaded:
    """Like ``load`` for a text; ``name`` stands for the file in messages."""
    try:
        if _is_ordinary(text):
            node = yaml.compose(text, Loader=yaml.CSafeLoader)
        else:
            node = yaml.compose(text, Loader=yaml.SafeLoader)
            _refuse_aliases(text, name)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise SettingsError(
            f"not YAML: {error.problem or error.context}", place=f"{name}:{line}",
            fix="check indentation, quotes and colons on that line",
        ) from error  # fmt: skip
    except (yaml.YAMLError, RecursionError) as error:
        raise SettingsError(f"not YAML: {error}", place=name, fix="save as plain UTF-8 text") from error
    lines: dict[str, int] = {}
    value = None if node is None else _value(node, "", name, lines, 0)
    return Loaded(name, value, lines)


def _is_ordinary(text: str) -> bool:
    """Whether libyaml, ten times as fast as Python's reader, takes the text and finds it plain and flat.

    What it does not take goes to Python's reader, which writes the message. libyaml itself is not asked to
    go deep: its time there grows with the square. About the signs of _DIFFERENT the two disagree.
    """
    if not yaml.__with_libyaml__ or not _DIFFERENT.isdisjoint(text):
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH or isinstance(event, yaml.AliasEvent):
                return False
    except yaml.YAMLError:
        return False
    return True


def _refuse_aliases(text: str, name: str) -> None:
    for event in yaml.parse(text, Loader=yaml.SafeLoader):
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 1
            raise SettingsError("an alias (*name)", place=f"{name}:{line}", fix="write the value out")


def _value(node: yaml.Node, pointer: str, name: str, lines: dict[str, int], depth: int) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(pointer, line)
    if depth > MAX_DEPTH:
        raise SettingsError("nested too deeply", place=f"{name}:{line}", fix="flatten it")
    if node.tag not in _PLAIN:
        raise SettingsError(f"the tag {node.tag}", place=f"{name}:{line}", fix="remove the tag")
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, f"{pointer}/{i}", name, lines, depth + 1) for i, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, pointer, name, lines, depth)
    return _scalar(node, name)


def _mapping(
    node: yaml.MappingNode, pointer: str, name: str, lines: dict[str, int], depth: int
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value if isinstance(key_node, yaml.ScalarNode) else None
        if not isinstance(key, str) or key == "<<":
            raise SettingsError("a key that is not a plain word", place=f"{name}:{line}", fix="use a word")
        if key in found:
            raise SettingsError(f"the key {key!r} stands twice", place=f"{name}:{line}", fix="keep one")
        inner = f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}"
        lines[inner] = line
        found[key] = _value(value_node, inner, name, lines, depth + 1)
    return found


def _scalar(node: yaml.Node, name: str) -> Any:
    if node.tag in _TEXT:
        return node.value
    try:
        value = yaml.SafeLoader("").construct_object(node)
        # Python can hold what neither JSON nor a message can: .inf, .nan, an integer of ten thousand digits.
        if isinstance(value, int | float) and not -LARGEST < value < LARGEST:
            raise ValueError("not a finite number of ordinary size")
        return value
    except (yaml.YAMLError, ValueError) as error:
        raise SettingsError(
            f"not a plain value: {node.value[:60]!r}", place=f"{name}:{node.start_mark.line + 1}",
            fix="put it in quotes",
        ) from error  # fmt: skip
