"""``factcheck demo``: the whole way on the sample corpus."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, format_option, progress, say, table


@click.command("demo", short_help=COMMANDS["demo"])
@click.argument("folder", type=click.Path(file_okay=False, exists=True, path_type=Path), default=Path())
@format_option
def command(folder: Path, style: str) -> None:
    """Read the sample articles, suggest, push, review, pull, validate and export, in FOLDER.

    A local Label Studio is started (extra `[studio]`) and left running, so that you can go on by hand
    with the address and the login it prints. A script does the reviewing, and its records say so.
    Nothing comes twice when you run it again.

    \b
    Example:
      factcheck demo
      factcheck studio stop
    """
    from toolkit import demo

    report = demo.run(folder, step=progress)
    if style == "json":
        emit(
            {
                "url": report.url, "email": report.email, "dataset": str(report.dataset),
                "work": str(report.work), "claims": report.manifest.counts.claims,
                "stages": dict(report.stages),
            }
        )  # fmt: skip
        return
    table("The way of the sample articles", ("stage", "what came of it"), report.stages)
    statuses = report.manifest.counts.by_status.items()
    table(f"Claims in {report.dataset}", ("review status", "claims"), sorted(statuses))
    click.echo(f"Go on by hand:  {report.url}")
    click.echo(f"        log in:  {report.email}  password  {report.password}")
    click.echo(f"     in between:  {report.work}")
    say("The server is left running; `factcheck studio stop` ends it and keeps its data.")
