"""What holds for every command: help with an example, the exit codes, one line and no traceback."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
from pathlib import Path

import click
import pytest

from toolkit.cli import COMMANDS

REPO = Path(__file__).parent.parent.parent


def factcheck(*args: str, cwd: Path | None = None, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "toolkit", *args], cwd=cwd, input=stdin, capture_output=True, timeout=120,
        env={"PATH": os.environ["PATH"], "HOME": str(cwd or Path.cwd())}, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_command_has_help_with_an_example(name: str) -> None:
    command = importlib.import_module(f"toolkit.cli.{name}").command
    assert isinstance(command, click.Command)
    assert command.name == name
    assert command.get_short_help_str(limit=200) == COMMANDS[name]
    help_text = command.get_help(click.Context(command, info_name=f"factcheck {name}"))
    assert "Example" in help_text
    assert f"factcheck {name}" in help_text.split("Example", 1)[1]


def test_every_option_is_explained() -> None:
    def walk(command: click.Command) -> None:
        for option in command.params:
            if isinstance(option, click.Option):
                assert option.help, f"{command.name} {option.opts} has no help"
        if isinstance(command, click.Group):
            for inner in command.commands.values():
                walk(inner)

    for name in COMMANDS:
        walk(importlib.import_module(f"toolkit.cli.{name}").command)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['factcheck', '--help']\n"
        "from toolkit.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "heavy = {'pandas', 'label_studio_sdk', 'rich', 'jsonschema', 'yaml', 'cattrs', 'trafilatura'}\n"
        "print('HEAVY', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip().endswith("HEAVY []")
    assert "Do all of it on the sample corpus." in done.stdout


def test_version_and_unknown_command() -> None:
    assert factcheck("--version").stdout.startswith(b"factcheck ")
    wrong = factcheck("exprot")
    assert wrong.returncode == 2
    assert b"No such command" in wrong.stderr


def test_init_makes_a_project_that_is_kept_on_a_second_run(tmp_path: Path) -> None:
    assert factcheck("init", "desk", cwd=tmp_path).returncode == 0
    settings = tmp_path / "desk" / "configs" / "project.yaml"
    settings.write_text('schema_version: "1"\nname: mine\n', "utf-8")
    again = factcheck("init", "desk", cwd=tmp_path)
    assert again.returncode == 0
    assert b"nothing written" in again.stderr
    assert settings.read_text("utf-8").endswith("name: mine\n")


def test_unknown_key_in_the_settings_names_line_and_fix(tmp_path: Path) -> None:
    factcheck("init", cwd=tmp_path)
    settings = tmp_path / "configs" / "project.yaml"
    settings.write_text('schema_version: "1"\nname: mine\nlabelling: x.xml\n', "utf-8")
    article = tmp_path / "a.txt"
    article.write_text("Police said on Monday that at least seven people were killed.\n", "utf-8")
    done = factcheck("prelabel", "a.txt", cwd=tmp_path)
    assert done.returncode == 2
    line = done.stderr.decode().strip()
    assert "project.yaml:3" in line and "'labelling'" in line and "did you mean 'labeling'?" in line
    assert "\n" not in line


def test_init_into_a_file_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("a file", "utf-8")
    done = factcheck("init", "desk/deeper", cwd=tmp_path)
    assert done.returncode in {1, 2}
    assert b"Traceback" not in done.stderr
    assert b"desk" in done.stderr
