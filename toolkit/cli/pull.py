"""``factcheck pull``: people's work out of Label Studio."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit import pipeline
from toolkit.cli import COMMANDS
from toolkit.cli.console import emit, exit_code, format_option, progress, say, table
from toolkit.config import find_project
from toolkit.errors import printable
from toolkit.model import to_record

if TYPE_CHECKING:
    from toolkit.studio import PullReport


@click.command("pull", short_help=COMMANDS["pull"])
@click.option(
    "--out", default="annotations.jsonl", show_default=True, type=click.Path(allow_dash=True),
    help="Where the annotations go; - is stdout.",
)  # fmt: skip
@click.option("--project", "title", help="Title of the Label Studio project (default: studio.title).")
@format_option
def command(out: str, title: str | None, style: str) -> None:
    """Fetch every submitted annotation of the project, skipped ones too.

    Annotators appear under pseudonyms. Every pull is also kept in .factcheck/pulls/, since everybody
    with an account can delete projects on the server. Server and login are found as for `push`.

    \b
    Example:
      factcheck pull --project "Mali 2024" --out annotations.jsonl
      factcheck adjudicate annotations.jsonl --out claims.jsonl
    """
    with progress("Fetching") as step:
        report = pipeline.pull(out, project=find_project(), title=title, on_progress=step)
    for issue in report.issues:
        say(f"factcheck: {printable(str(issue))}")
    if out == "-":
        say(f"{report.annotations} annotations of {report.tasks} tasks from {report.url}")
    elif style == "json":
        emit({**to_record(report), "archive": str(report.archive)})
    else:
        _show(report)
    raise click.exceptions.Exit(exit_code(report.issues))


def _show(report: PullReport) -> None:
    rows: list[tuple[str, object]] = [
        ("tasks", report.tasks),
        ("tasks with submitted work", report.annotated),
        ("annotations", report.annotations),
        ("  skipped", report.skipped),
        ("  without any region", report.empty),
        *((f"claims {status}", number) for status, number in report.claims.items()),
        ("regions in quarantine", report.quarantined),
        ("annotations left out", sum(issue.severity == "error" for issue in report.issues)),
    ]
    table(report.project, ("pulled", "count"), rows)
    click.echo(f"{report.out} (kept as {report.archive})")
    click.echo(report.url)
