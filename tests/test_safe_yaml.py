"""YAML: plain values with their lines, and nothing that could surprise."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from toolkit import safe_yaml
from toolkit.errors import SettingsError

REFUSED = {
    "a: [1\nb: 2": (":2", "not YAML"),
    "a: 1\na: 2": (":2", "stands twice"),
    "a: &x 1\nb: *x": (":2", "alias"),
    "a: !!python/object/apply:os.system ['true']": (":1", "tag"),
    "a: !secret x": (":1", "tag"),
    "? [1, 2]\n: 3": (":1", "plain word"),
    "<<: {a: 1}": (":1", "plain word"),
    "\n".join("  " * depth + "a:" for depth in range(60)): (":", "deeply"),
    "a: !!int x": (":1", "plain value"),
}


@pytest.mark.parametrize("text", REFUSED)
def test_refused_with_its_line(text: str) -> None:
    line, words = REFUSED[text]
    with pytest.raises(SettingsError, match=words) as caught:
        safe_yaml.loads(text, "x.yaml")
    assert f"x.yaml{line}" in str(caught.value)
    assert "Fix:" in str(caught.value)


def test_values_know_their_lines() -> None:
    loaded = safe_yaml.loads("a:\n  - x\n  - b: 2024-07-29\nc: true\nd: 1.5\n", "x.yaml")
    assert loaded.value == {"a": ["x", {"b": "2024-07-29"}], "c": True, "d": 1.5}
    assert loaded.place("/a/1/b") == "x.yaml:3"
    assert loaded.place("/a/1/nothing") == "x.yaml:3"
    assert loaded.place("/c") == "x.yaml:4"


def test_not_utf8_names_the_line(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: 1\nb: \xff\n")
    with pytest.raises(SettingsError, match="not UTF-8") as caught:
        safe_yaml.load(path)
    assert ":2:" in str(caught.value)


@pytest.mark.parametrize(
    "number", [".inf", "-.inf", ".nan", "0x" + "f" * 10_000, "9" * 30, "1" + ":59" * 5_000]
)
def test_numbers_that_nothing_else_can_hold_are_refused(number: str) -> None:
    with pytest.raises(SettingsError, match=r"x\.yaml:2.*not a plain value"):
        safe_yaml.loads(f"a: 1\nb: {number}\n", "x.yaml")


@pytest.mark.parametrize(
    "text", ["a: [x, 1, 2020-01-01, yes]\nb:\n  - c: ~\n    d: 'e'\n", "", 'a: "\\u00e9"\n']
)
def test_libyaml_and_python_read_the_same(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fast = safe_yaml.loads(text, "x.yaml")
    monkeypatch.setattr(safe_yaml, "_is_ordinary", lambda _: False)
    assert fast == safe_yaml.loads(text, "x.yaml")


def test_deep_files_are_refused_quickly() -> None:
    start = time.process_time()
    with pytest.raises(SettingsError):
        safe_yaml.loads("[" * 100_000, "x.yaml")
    assert time.process_time() - start < 5
