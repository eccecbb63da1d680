"""``factcheck project``: a Label Studio project for several people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, format_option, say, table
from toolkit.config import find_project
from toolkit.model import to_record

if TYPE_CHECKING:
    from toolkit.studio import ProjectReport


@click.command("project", short_help=COMMANDS["project"])
@click.option("--project", "title", help="Title of the Label Studio project (default: studio.title).")
@click.option(
    "--annotators",
    type=click.IntRange(1, 20),
    help="How many people annotate each task, blind to each other.",
)
@click.option("--tabs", is_flag=True, help="Make the tabs, and change nothing else.")
@format_option
def command(title: str | None, annotators: int | None, tabs: bool, style: str) -> None:
    """Prepare a project for several annotators, or show how it stands.

    With --annotators each task waits for so many people. On the local server their accounts are made,
    with random passwords in .factcheck/studio/logins.json, which only you can read; for another server
    the link is printed with which people make their own. Tabs are made in the Data Manager: unreviewed,
    low score first, conflicts first, to re-review; tabs of your own stay as they are. Run again it
    changes nothing, but looks anew where annotators differ. Without options it only shows how the
    project stands.

    Annotators stay blind to each other while they work through "Label All Tasks".

    \b
    Example:
      factcheck project --project "Mali 2024" --annotators 2
    """
    report = pipeline.arrange(
        project=find_project(), title=title, annotators=annotators, change=tabs or annotators is not None
    )
    if style == "json":
        logins = report.team and report.team.logins
        team = report.team and {**to_record(report.team), "logins": str(logins) if logins else None}
        emit({**to_record(report), "team": team})
    else:
        _show(report)


def _show(report: ProjectReport) -> None:
    rows: list[tuple[str, object]] = [
        ("annotators a task", report.annotators),
        ("tasks", report.tasks),
        ("  finished", report.finished),
        ("  with several annotations", report.several),
        *([("  where annotators differ", report.conflicting)] if report.conflicting is not None else []),
        ("annotations", report.annotations),
        ("skipped", report.skipped),
        *((f"tab {title}", state) for title, state in report.tabs.items()),
        *(("account", email) for email in (report.team.emails if report.team else ())),
    ]
    table(report.project, ("project", "state"), rows)
    click.echo(report.url)
    if report.team and report.team.logins:
        say(f"The accounts' passwords are in {report.team.logins}")
    if report.team and report.team.invitation:
        click.echo(f"invitation {report.team.invitation}")
    if report.team and report.team.note:
        say(f"factcheck: {report.team.note}")
