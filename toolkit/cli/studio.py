"""``factcheck studio``: a Label Studio of one's own on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, format_option, progress, say
from toolkit.config import find_project

if TYPE_CHECKING:
    from toolkit.studio.local.server import Status


@click.group("studio", short_help=COMMANDS["studio"])
def command() -> None:
    """Start, stop or look at a local Label Studio.

    It listens on 127.0.0.1 alone, lets nobody sign up, and calls nobody. Its data, its log and the
    file with its login (mode 0600) lie in .factcheck/studio/ of the project.

    \b
    Example:
      factcheck studio start
      factcheck push drafts.jsonl
      factcheck studio stop
    """


@command.command("start", short_help="Start it, or find it running.")
@click.option("--port", type=click.IntRange(1, 65535), help="Default: the last one, else any free one.")
@format_option
def start(port: int | None, style: str) -> None:
    """Start the local Label Studio and wait until it is ready.

    The first start makes its database (up to a minute); later ones take a few seconds.

    \b
    Example:
      factcheck studio start --port 8080
    """
    from toolkit.studio.local import server

    state = find_project().state
    with progress("Label Studio starts (seconds)") as step:
        server.start(state, port=port, on_progress=step)
    _report(server.status(state), style)


@command.command("stop", short_help="Stop it; its data stays.")
def stop() -> None:
    """Stop the local Label Studio; its data and login stay for the next start.

    \b
    Example:
      factcheck studio stop
    """
    from toolkit.studio.local import server

    say("stopped" if server.stop(find_project().state) else "it was not running")


@command.command("status", short_help="Say where it is and whether it runs.")
@format_option
def status(style: str) -> None:
    """Say whether the local Label Studio runs, its address, and which file holds the login.

    \b
    Example:
      factcheck studio status --format json
    """
    from toolkit.studio.local import server

    _report(server.status(find_project().state), style)


def _report(found: Status, style: str) -> None:
    """The state without the secrets: they stay in their file."""
    info = found.info
    facts: dict[str, str | int | None] = {"state": found.state}
    if info:
        facts |= {"url": info.url, "pid": info.pid, "email": info.email}
        facts |= {"login": _short(found.file), "log": _short(info.log)}
    if style == "json":
        emit(facts)
        return
    for name, value in facts.items():
        if value is not None:
            click.echo(f"{name:6} {value}")
    if found.state == "running":
        say(f"Open the address; the password is in {_short(found.file)}")
    elif found.state == "silent":
        say("It does not answer yet; if that stays so: factcheck studio stop && factcheck studio start")
    else:
        say("Start it: factcheck studio start")


def _short(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here) if path.is_relative_to(here) else path)
