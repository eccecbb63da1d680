"""The documents tell the truth: their examples run, their links lead somewhere, the reference is fresh.

``python -m tests.test_docs`` writes docs/checks.md, docs/commands.md and docs/records.md again.
"""

from __future__ import annotations

import importlib
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest

from toolkit import schema
from toolkit.cli import COMMANDS
from toolkit.gold import explanations

REPO = Path(__file__).parent.parent
PAGES = [REPO / "README.md", REPO / "CONTRIBUTING.md", *sorted((REPO / "docs").glob("*.md"))]
RUN = re.compile(r"<!-- run -->\n```sh\n(.*?)```", re.S)


def commands() -> str:
    """The text of docs/commands.md: the help of every command."""
    parts = ["# Commands\n\nMade from `--help`; refresh with `python -m tests.test_docs`.\n"]
    for name in COMMANDS:
        parts += _section(importlib.import_module(f"toolkit.cli.{name}").command, f"factcheck {name}")
    return "\n".join(parts)


def _section(command: click.Command, path: str) -> list[str]:
    context = click.Context(command, info_name=path, max_content_width=100, terminal_width=100)
    parts = [f"## {path}\n\n```text\n{command.get_help(context)}\n```\n"]
    if isinstance(command, click.Group):
        for name, inner in sorted(command.commands.items()):
            parts += _section(inner, f"{path} {name}")
    return parts


def records() -> str:
    """The text of docs/records.md: every field of every schema."""
    parts = ["# Records\n\nMade from `schemas/`; refresh with `python -m tests.test_docs`.\n"]
    for name in schema.NAMES:
        loaded = schema.load(name)
        parts.append(f"## {name}\n\n{loaded['description']}\n\n{_fields(loaded)}")
        for inner, part in loaded.get("$defs", {}).items():
            parts.append(f"### {name}: {inner}\n\n{part['description']}\n\n{_fields(part)}")
    return "\n".join(parts)


def _fields(node: dict[str, Any]) -> str:
    rows = ["| field | kind | content |", "|---|---|---|"]
    for name, part in node["properties"].items():
        star = "" if name in node.get("required", []) else " (optional)"
        rows.append(f"| `{name}`{star} | {_kind(part)} | {part['description']} |")
    return "\n".join(rows) + "\n"


def _kind(part: dict[str, Any]) -> str:
    if "$ref" in part:
        return str(part["$ref"]).removeprefix("#/$defs/").removeprefix("urn:factcheck-toolkit:schema:")
    if "const" in part:
        return f"`{part['const']}`"
    if "enum" in part:
        return ", ".join("null" if value is None else f"`{value}`" for value in part["enum"])
    if "anyOf" in part:
        return " or ".join(_kind(option) for option in part["anyOf"])
    if part.get("type") == "array":
        return f"list of {_kind(part['items'])}"
    kinds = part.get("type", "any")
    return kinds if isinstance(kinds, str) else " or ".join(kinds)


def checks() -> str:
    """The text of docs/checks.md: what every check of `factcheck validate` holds records to."""
    head = "# Checks\n\nMade from the checks' docstrings; refresh with `python -m tests.test_docs`.\n\n"
    words = (
        "Every line that `factcheck validate` prints ends with the name of the check in brackets, and\n"
        "`factcheck validate --explain NAME` prints its explanation.\n\n"
    )
    rows = "".join(f"| `{name}` | {text} |\n" for name, text in explanations().items())
    return f"{head}{words}| check | what it holds records to |\n|---|---|\n{rows}"


REFERENCES = {"checks.md": checks, "commands.md": commands, "records.md": records}


@pytest.mark.parametrize("name", REFERENCES)
def test_reference_is_fresh(name: str) -> None:
    fresh = (REPO / "docs" / name).read_text("utf-8") == REFERENCES[name]()
    assert fresh, "refresh with: python -m tests.test_docs"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_examples_run(page: Path, tmp_path: Path) -> None:
    for block in RUN.findall(page.read_text("utf-8")):
        bin_folder = Path(sys.executable).parent
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", block], cwd=tmp_path, capture_output=True, text=True,
            env={"PATH": f"{bin_folder}:{os.environ['PATH']}", "HOME": str(tmp_path)}, check=False,
        )  # fmt: skip
        assert done.returncode == 0, f"{page.name}:\n{block}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_and_commands_exist(page: Path) -> None:
    text = page.read_text("utf-8")
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", text):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"
    for name in re.findall(r"(?<![\w/-])factcheck ([a-z]+)\b", text):
        assert name in COMMANDS, f"{page.name} speaks of `factcheck {name}`"
    for target in re.findall(r"\bmake ([a-z]+)\b(?=`| +#)", text):
        assert f"\n{target}:" in (REPO / "Makefile").read_text("utf-8"), f"{page.name}: make {target}"


if __name__ == "__main__":
    for file_name, make in REFERENCES.items():
        (REPO / "docs" / file_name).write_text(make(), "utf-8")
